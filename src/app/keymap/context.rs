//! Where keys mean something, and where a key is looked up next.

/// Makes [`Context`] of rows `name "title"`, in the order of the printed table.
macro_rules! contexts {
    ($($(#[$doc:meta])* $name:ident $title:literal,)+) => {
        /// Where a key means something.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Context {
            $($(#[$doc])* $name,)+
        }

        impl Context {
            /// All contexts, in the order of the printed table.
            pub const ALL: [Self; [$($title),+].len()] = [$(Self::$name),+];

            /// The title of its keys in help and tables.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)+
                }
            }
        }
    };
}

contexts! {
    /// Every screen, outside an input line.
    Everywhere "Everywhere",
    /// Every list and every text.
    Moving "Lists and text",
    /// The list of meetings.
    Meetings "Meetings",
    /// The statements of a record.
    Statements "Statements of a record",
    /// The text of a record.
    Reading "Reading",
    /// The text of a record while some of it is selected.
    Selecting "Selecting",
    /// The statements of a speaker, State, organization or topic.
    Answers "Statements found",
    /// The person's notes and marks.
    Notes "Notes and marks",
    /// The statements that are most like another.
    Similar "Similar statements",
    /// The kept queries.
    Kept "Kept queries",
    /// A card: vote, Council, known meeting, files that could not be read, help.
    Card "Cards and help",
    /// The card of the Council on a day.
    Council "The Council on a day",
    /// Two statements compared.
    Compare "Two statements",
    /// The find screen, which is an input line above a list.
    Find "Find",
    /// The query line of the search screen.
    Query "Search: the query line",
    /// The statements found by a search.
    Hits "Search: the statements",
    /// The States of the statements found.
    States "Search: the States",
    /// The concordance of a query.
    Concordance "Concordance",
    /// The words beside the occurrences of a query.
    Collocates "Words beside it",
    /// The chart of one or more queries.
    Chart "Chart",
    /// An input line: filter, search in the text, note, mark, file.
    Input "Input lines",
}

impl Context {
    /// Where a key is looked up next.
    pub fn falls_to(self) -> Option<Self> {
        match self {
            Self::Everywhere | Self::Input => None,
            Self::Moving => Some(Self::Everywhere),
            Self::Selecting => Some(Self::Reading),
            Self::Council => Some(Self::Card),
            Self::Find | Self::Query => Some(Self::Input),
            _ => Some(Self::Moving),
        }
    }
}
