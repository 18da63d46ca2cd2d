//! The one table of keys: context, keys, command, help.
//!
//! Dispatch, the help screen, the status hints, `spv keys` and the README all read it, so that none
//! of them can be wrong about a key. A key is looked up in the context of the screen, then in the
//! contexts below it ([`Context::falls_to`]).

use std::fmt;

use super::action::{Action, Command};

mod context;

pub use context::Context;

/// A key with its modifiers, as the table writes it: `j`, `J`, `Enter`, `Ctrl-C`, `Shift-Tab`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A printable character.
    Char(char),
    /// Ctrl and a letter.
    Ctrl(char),
    /// Any key with a name: `Enter`, `Esc`, `Up`, `PageDown`, `F1`...
    Named(&'static str),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char(' ') => f.write_str("Space"),
            Self::Char(c) => write!(f, "{c}"),
            Self::Ctrl(c) => write!(f, "Ctrl-{}", c.to_ascii_uppercase()),
            Self::Named(name) => f.write_str(name),
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// The keys, the one to show first.
    pub keys: &'static [Key],
    /// What they do.
    pub command: Command,
    /// The same in words, for help.
    pub help: &'static str,
    /// One word for the status line, or empty where it is not shown there.
    pub hint: &'static str,
}

const fn row(
    context: Context,
    keys: &'static [Key],
    command: Command,
    help: &'static str,
    hint: &'static str,
) -> Binding {
    Binding { context, keys, command, help, hint }
}

use Key::{Char, Ctrl, Named};

/// The table.
pub const KEYS: &[Binding] = &[
    row(
        Context::Everywhere,
        &[Char('?'), Named("F1")],
        Command::Help,
        "the keys of this screen",
        "keys",
    ),
    row(
        Context::Everywhere,
        &[Char('f'), Ctrl('p'), Named("F3")],
        Command::Find,
        "find a record, speaker, State, item, vote",
        "find",
    ),
    row(
        Context::Everywhere,
        &[Char('s'), Named("F4")],
        Command::Search,
        "search the words of every statement",
        "search",
    ),
    row(
        Context::Everywhere,
        &[Char('q')],
        Command::Close,
        "close this screen; from the first one, quit",
        "",
    ),
    row(Context::Everywhere, &[Char('Q'), Ctrl('c')], Command::Quit, "quit", ""),
    row(
        Context::Everywhere,
        &[Named("Esc")],
        Command::Escape,
        "step back: selection, filter, screen",
        "",
    ),
    row(Context::Everywhere, &[Named("Backspace")], Command::Back, "back to the last place", ""),
    row(
        Context::Everywhere,
        &[Ctrl('z')],
        Command::Suspend,
        "suspend; the shell's fg comes back",
        "",
    ),
    row(Context::Everywhere, &[Ctrl('l')], Command::Redraw, "draw everything anew", ""),
    row(Context::Moving, &[Char('j'), Named("Down"), Ctrl('n')], Command::Down, "down", ""),
    row(Context::Moving, &[Char('k'), Named("Up")], Command::Up, "up", ""),
    row(Context::Moving, &[Char('d'), Ctrl('d')], Command::HalfDown, "half a page down", ""),
    row(Context::Moving, &[Char('u'), Ctrl('u')], Command::HalfUp, "half a page up", ""),
    row(
        Context::Moving,
        &[Char(' '), Named("PageDown"), Ctrl('f')],
        Command::PageDown,
        "a page down",
        "",
    ),
    row(
        Context::Moving,
        &[Char('b'), Named("PageUp"), Ctrl('b')],
        Command::PageUp,
        "a page up",
        "",
    ),
    row(
        Context::Moving,
        &[Char('g'), Named("Home")],
        Command::Top,
        "to the first; with a count to that one",
        "",
    ),
    row(
        Context::Moving,
        &[Char('G'), Named("End")],
        Command::Bottom,
        "to the last; 8668G to that meeting, statement or page",
        "",
    ),
    row(Context::Moving, &[Named("Enter")], Command::Open, "open", "open"),
    row(
        Context::Moving,
        &[Char('/')],
        Command::Slash,
        "filter a list, search in this text",
        "filter",
    ),
    row(Context::Moving, &[Char('n')], Command::NextHit, "next hit of the latest search", ""),
    row(Context::Moving, &[Char('N')], Command::PreviousHit, "previous hit", ""),
    row(
        Context::Meetings,
        &[Char('t')],
        Command::TextOnly,
        "only those whose text is here, or all known",
        "all known",
    ),
    row(Context::Meetings, &[Char('!')], Command::Problems, "the files that could not be read", ""),
    row(Context::Meetings, &[Char('V')], Command::Votes, "the votes of this meeting", "votes"),
    row(Context::Meetings, &[Char('C')], Command::Council, "the Council on that day", ""),
    row(
        Context::Statements,
        &[Char('p')],
        Command::Procedural,
        "procedural turns shown or skipped",
        "procedural",
    ),
    row(
        Context::Statements,
        &[Char('>'), Named("Right")],
        Command::NextSame,
        "next statement of the same State",
        "",
    ),
    row(
        Context::Statements,
        &[Char('<'), Named("Left")],
        Command::PreviousSame,
        "previous statement of the same State",
        "",
    ),
    row(Context::Statements, &[Char('V')], Command::Votes, "the votes of this record", "votes"),
    row(Context::Statements, &[Char('C')], Command::Council, "the Council on that day", ""),
    row(Context::Statements, &[Char('y')], Command::CopyCitation, "copy the citation", ""),
    row(
        Context::Reading,
        &[Char('J'), Named("Right")],
        Command::NextStatement,
        "next statement",
        "next",
    ),
    row(
        Context::Reading,
        &[Char('K'), Named("Left")],
        Command::PreviousStatement,
        "previous statement",
        "",
    ),
    row(Context::Reading, &[Char('>')], Command::NextSame, "next statement of the same State", ""),
    row(
        Context::Reading,
        &[Char('<')],
        Command::PreviousSame,
        "previous statement of the same State",
        "",
    ),
    row(
        Context::Reading,
        &[Char('p')],
        Command::Procedural,
        "procedural turns shown or skipped",
        "",
    ),
    row(
        Context::Reading,
        &[Named("Tab")],
        Command::NextReference,
        "next reference; Enter follows it",
        "",
    ),
    row(
        Context::Reading,
        &[Named("Shift-Tab")],
        Command::PreviousReference,
        "previous reference",
        "",
    ),
    row(
        Context::Reading,
        &[Char('v')],
        Command::Select,
        "select from the paragraph at the top; j k extend",
        "",
    ),
    row(Context::Reading, &[Char('y')], Command::CopyCitation, "copy the citation", "cite"),
    row(
        Context::Reading,
        &[Char('Y')],
        Command::CopyText,
        "copy the selection or paragraph with its citation",
        "",
    ),
    row(Context::Reading, &[Char('V')], Command::Votes, "the votes of this record", ""),
    row(Context::Reading, &[Char('C')], Command::Council, "the Council on that day", ""),
    row(Context::Everywhere, &[Char('w')], Command::Copied, "what was copied, for the mouse", ""),
    row(Context::Everywhere, &[Char('R')], Command::Notes, "your notes, to read them again", ""),
    row(Context::Everywhere, &[Char('\'')], Command::ToMark, "to a mark: its letter follows", ""),
    row(Context::Everywhere, &[Char('e')], Command::Export, "write what is shown to a file", ""),
    row(
        Context::Statements,
        &[Char('L')],
        Command::LastWord,
        "what this State said last before, on this topic",
        "",
    ),
    row(Context::Statements, &[Char('B')], Command::Backlinks, "who cites this record", ""),
    row(
        Context::Reading,
        &[Char('L')],
        Command::LastWord,
        "what this State said last before; again further back",
        "last word",
    ),
    row(
        Context::Reading,
        &[Char('B')],
        Command::Backlinks,
        "who cites this statement, or the reference of Tab",
        "",
    ),
    row(Context::Reading, &[Char('m')], Command::SetMark, "set a mark: a letter follows", ""),
    row(Context::Reading, &[Char('a')], Command::Note, "a note on the selection or paragraph", ""),
    row(
        Context::Reading,
        &[Char('c')],
        Command::Concordance,
        "the concordance of the query that led here",
        "",
    ),
    row(
        Context::Reading,
        &[Char('D')],
        Command::Compare,
        "remember this statement; on another, compare the two",
        "",
    ),
    row(Context::Card, &[Char('B')], Command::Backlinks, "who cites what was voted on", ""),
    row(
        Context::Compare,
        &[Named("Tab")],
        Command::Switch,
        "move both, the first, the second",
        "move",
    ),
    row(
        Context::Find,
        &[Named("Enter")],
        Command::Open,
        "open the record, vote or resolution; list the statements of the rest",
        "open",
    ),
    row(Context::Find, &[Named("Down"), Ctrl('n'), Named("Tab")], Command::Down, "down", ""),
    row(Context::Find, &[Named("Up"), Ctrl('p'), Named("Shift-Tab")], Command::Up, "up", ""),
    row(Context::Find, &[Named("PageDown")], Command::PageDown, "a page down", ""),
    row(Context::Find, &[Named("PageUp")], Command::PageUp, "a page up", ""),
    row(
        Context::Query,
        &[Named("Enter"), Named("Down")],
        Command::ToHits,
        "to the statements found; in an empty line, to your latest queries",
        "statements",
    ),
    row(
        Context::Query,
        &[Named("Up"), Ctrl('p')],
        Command::OlderQuery,
        "the query before this one",
        "earlier",
    ),
    row(Context::Query, &[Ctrl('n')], Command::NewerQuery, "the query after it", ""),
    row(
        Context::Query,
        &[Named("Tab")],
        Command::Complete,
        "complete a field, or its value: state:kaz; again for the next",
        "",
    ),
    row(Context::Query, &[Named("Shift-Tab")], Command::CompleteBack, "the completion before", ""),
    row(Context::Query, &[Named("F1")], Command::Help, "the keys of this screen", "keys"),
    row(
        Context::Hits,
        &[Char('s'), Char('/'), Named("Tab"), Named("F4")],
        Command::Search,
        "back to the query line",
        "query",
    ),
    row(
        Context::Hits,
        &[Named("Right")],
        Command::NextYear,
        "only the next year that has statements",
        "",
    ),
    row(Context::Hits, &[Named("Left")], Command::PreviousYear, "only the year before", "year"),
    row(Context::Hits, &[Char('S')], Command::States, "the States, to narrow to one", "States"),
    row(Context::Hits, &[Char('x')], Command::Clear, "every year and State again", ""),
    row(
        Context::Hits,
        &[Char('o')],
        Command::Order,
        "the best first, or the latest first",
        "order",
    ),
    row(
        Context::Hits,
        &[Char('c')],
        Command::Concordance,
        "the concordance: every occurrence on a line",
        "concordance",
    ),
    row(
        Context::Hits,
        &[Char('%')],
        Command::Rates,
        "the years by statements, or for every 100,000 words spoken",
        "",
    ),
    row(Context::States, &[Char('x')], Command::Clear, "every State again", "all"),
    row(
        Context::Concordance,
        &[Char('o')],
        Command::Order,
        "by date, by what stands left, right, by speaker",
        "order",
    ),
    row(Context::Input, &[Named("F1")], Command::Help, "the keys of this screen", "keys"),
    row(Context::Input, &[Named("Enter")], Command::Submit, "accept", "accept"),
    row(Context::Input, &[Named("Esc")], Command::Cancel, "leave the line", "back"),
    row(
        Context::Input,
        &[Named("Backspace"), Ctrl('h')],
        Command::DeleteLeft,
        "delete a letter; in an empty line, leave it",
        "",
    ),
    row(Context::Input, &[Ctrl('w')], Command::DeleteWord, "delete a word", ""),
    row(Context::Input, &[Ctrl('u')], Command::DeleteLine, "delete the line", ""),
    row(Context::Input, &[Named("Left"), Ctrl('b')], Command::CursorLeft, "cursor left", ""),
    row(Context::Input, &[Named("Right"), Ctrl('f')], Command::CursorRight, "cursor right", ""),
    row(Context::Input, &[Ctrl('c')], Command::Quit, "quit", ""),
    row(Context::Input, &[Ctrl('z')], Command::Suspend, "suspend; the shell's fg comes back", ""),
    row(Context::Input, &[Ctrl('l')], Command::Redraw, "draw everything anew", ""),
];

/// What a key means in a context.
#[must_use]
pub fn resolve(context: Context, key: Key) -> Action {
    let mut at = Some(context);
    while let Some(here) = at {
        let found = KEYS.iter().find(|b| b.context == here && b.keys.contains(&key));
        if let Some(binding) = found {
            return Action::Do(binding.command);
        }
        at = here.falls_to();
    }
    match (takes_text(context), key) {
        (true, Char(c)) => Action::Insert(c.to_string()),
        (false, Char(c)) => {
            c.to_digit(10).and_then(|d| u8::try_from(d).ok()).map_or(Action::Nothing, Action::Digit)
        }
        _ => Action::Nothing,
    }
}

/// Whether every printable key is text there.
#[must_use]
pub fn takes_text(context: Context) -> bool {
    matches!(context, Context::Input | Context::Find | Context::Query)
}

/// The rows that hold in a context, nearest first, without those a nearer one hides.
#[must_use]
pub fn in_force(context: Context) -> Vec<&'static Binding> {
    let mut rows: Vec<&'static Binding> = Vec::new();
    let mut at = Some(context);
    while let Some(here) = at {
        for binding in KEYS.iter().filter(|b| b.context == here) {
            let hidden = |key: &Key| rows.iter().any(|r| r.keys.contains(key));
            if !binding.keys.iter().all(hidden) {
                rows.push(binding);
            }
        }
        at = here.falls_to();
    }
    rows
}

/// The key to show for a command in a context.
#[must_use]
pub fn key_for(context: Context, command: Command) -> Option<Key> {
    in_force(context).into_iter().find(|b| b.command == command).map(|b| b.keys[0])
}

#[cfg(test)]
#[path = "keymap_tests.rs"]
mod tests;
