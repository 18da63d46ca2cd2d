//! Where keys mean something, and where a key is looked up next.

/// Where a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// Every screen, outside an input line.
    Everywhere,
    /// Every list and every text.
    Moving,
    /// The list of meetings.
    Meetings,
    /// The statements of a record.
    Statements,
    /// The text of a record.
    Reading,
    /// The text of a record while some of it is selected.
    Selecting,
    /// The statements of a speaker, State, organization or topic.
    Answers,
    /// The person's notes and marks.
    Notes,
    /// A card: vote, Council, known meeting, files that could not be read, help.
    Card,
    /// Two statements compared.
    Compare,
    /// An input line: filter, search in the text, note, mark, file.
    Input,
    /// The find screen, which is an input line above a list.
    Find,
    /// The query line of the search screen.
    Query,
    /// The statements found by a search.
    Hits,
    /// The States of the statements found.
    States,
    /// The concordance of a query.
    Concordance,
}

impl Context {
    /// All contexts, in the order of the printed table.
    pub const ALL: [Self; 16] = [
        Self::Everywhere,
        Self::Moving,
        Self::Meetings,
        Self::Statements,
        Self::Reading,
        Self::Selecting,
        Self::Answers,
        Self::Notes,
        Self::Card,
        Self::Compare,
        Self::Find,
        Self::Query,
        Self::Hits,
        Self::States,
        Self::Concordance,
        Self::Input,
    ];

    /// Where a key is looked up next.
    #[must_use]
    pub fn falls_to(self) -> Option<Self> {
        match self {
            Self::Everywhere | Self::Input => None,
            Self::Moving => Some(Self::Everywhere),
            Self::Selecting => Some(Self::Reading),
            Self::Find | Self::Query => Some(Self::Input),
            _ => Some(Self::Moving),
        }
    }

    /// What the table calls it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Moving => "Lists and text",
            Self::Meetings => "Meetings",
            Self::Statements => "Statements of a record",
            Self::Reading => "Reading",
            Self::Selecting => "Selecting",
            Self::Answers => "Statements found",
            Self::Notes => "Notes and marks",
            Self::Card => "Cards and help",
            Self::Compare => "Two statements",
            Self::Input => "Input lines",
            Self::Find => "Find",
            Self::Query => "Search: the query line",
            Self::Hits => "Search: the statements",
            Self::States => "Search: the States",
            Self::Concordance => "Concordance",
        }
    }
}
