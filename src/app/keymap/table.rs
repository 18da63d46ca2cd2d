//! The rows of the key table. What a row is, and how a key is looked up, is in `keymap/mod.rs`.

use super::binding::Binding;
use super::binding::Key::{self, Char, Ctrl, F};
use super::context::Context;
use crate::app::command::Command;

/// Makes bindings of rows `command: [keys] help, hint;` by context. A row without a hint is not in the
/// status line.
macro_rules! bindings {
    ($($context:ident {
        $($command:ident: [$($key:expr),+] $help:literal $(, $hint:literal)?;)+
    })+) => {
        &[$($(Binding {
            context: Context::$context,
            keys: &[$($key),+],
            command: Command::$command,
            help: $help,
            hint: concat!($($hint)?),
        },)+)+]
    };
}

/// The table.
pub const KEYS: &[Binding] = bindings! {
    Everywhere {
        Help: [Char('?'), F(1)] "the keys of this screen", "keys";
        Find: [Char('f'), Ctrl('p'), F(3)] "find a record, speaker, State, item, vote", "find";
        Search: [Char('s'), F(4)] "search the words of every statement", "search";
        Close: [Char('q')] "close this screen; from the first one, quit";
        Quit: [Char('Q'), Ctrl('c')] "quit";
        Escape: [Key::Esc, F(10)] "step back: selection, filter, screen";
        Back: [Key::Backspace] "back to the last place";
        Suspend: [Ctrl('z')] "suspend; the shell's fg comes back";
        Redraw: [Ctrl('l')] "draw everything again";
        Problems: [Char('!')] "doubts about this record; files that could not be read";
        Copied: [Char('w')] "what was copied, for the mouse";
        Notes: [Char('R')] "your notes and marks";
        KeptQueries: [Char('W')] "your kept queries, and what is new to each";
        Today: [Char('T')] "the Council today";
        ToMark: [Char('\'')] "to a mark: its letter follows";
        Export: [Char('e')] "write what is shown to a file";
    }
    Moving {
        Down: [Char('j'), Key::Down, Ctrl('n')] "down";
        Up: [Char('k'), Key::Up] "up";
        HalfDown: [Char('d'), Ctrl('d')] "half a page down";
        HalfUp: [Char('u'), Ctrl('u')] "half a page up";
        PageDown: [Char(' '), Key::PageDown, Ctrl('f')] "a page down";
        PageUp: [Char('b'), Key::PageUp, Ctrl('b')] "a page up";
        Top: [Char('g'), Key::Home] "to the first; with a count to that one";
        Bottom: [Char('G'), Key::End] "to the last; 8668G to that meeting, statement or page";
        Open: [Key::Enter] "open", "open";
        Slash: [Char('/')] "filter a list, search in this text", "filter";
        NextHit: [Char('n')] "next hit of the latest search";
        PreviousHit: [Char('N')] "previous hit";
    }
    Meetings {
        TextOnly: [Char('t')] "only those whose text is here, or all known", "all known";
        Votes: [Char('V')] "the votes of this meeting", "votes";
        Council: [Char('C')] "the Council on that day";
        Item: [Char('I')] "all meetings on the same agenda item";
    }
    Statements {
        Procedural: [Char('p')] "procedural turns shown or skipped", "procedural";
        NextSame: [Char('>'), Key::Right] "next statement of the same State";
        PreviousSame: [Char('<'), Key::Left] "previous statement of the same State";
        Votes: [Char('V')] "the votes of this record", "votes";
        Council: [Char('C')] "the Council on that day";
        CopyCitation: [Char('y')] "copy the citation";
        LastWord: [Char('L')] "what this State said last before, on this topic";
        Backlinks: [Char('B')] "who cites this record";
        MoreLike: [Char('M')] "the statements that are most like this one";
        Item: [Char('I')] "all meetings on the same agenda item";
    }
    Reading {
        NextStatement: [Char('J'), Key::Right] "next statement", "next";
        PreviousStatement: [Char('K'), Key::Left] "previous statement";
        NextSame: [Char('>')] "next statement of the same State";
        PreviousSame: [Char('<')] "previous statement of the same State";
        Procedural: [Char('p')] "procedural turns shown or skipped";
        NextReference: [Key::Tab] "next reference; Enter follows it";
        PreviousReference: [Key::BackTab] "previous reference";
        Select: [Char('v')] "select the paragraph at the top; then ) selects a sentence";
        CopyCitation: [Char('y')] "copy the citation", "cite";
        CopyText: [Char('Y')] "copy the selection or paragraph with its citation";
        Votes: [Char('V')] "the votes of this record";
        Council: [Char('C')] "the Council on that day";
        LastWord: [Char('L')] "what this State said last before; again further back", "last word";
        Backlinks: [Char('B')] "who cites this statement, or the reference of Tab";
        Item: [Char('I')] "all meetings on the same agenda item";
        SetMark: [Char('m')] "set a mark: a letter follows";
        Note: [Char('a')] "a note on the selection or paragraph";
        MoreLike: [Char('M')] "the statements most like this one, or like the paragraph selected";
        Concordance: [Char('c')] "the concordance of the query that led here";
        Compare: [Char('D')] "remember this statement; on another, compare the two";
    }
    Selecting {
        SentenceOn: [Char(')')]
            "select a sentence; again, extend to the end of the next", "sentence";
        SentenceBack: [Char('(')] "extend back to the start of the sentence before";
        CopyCitation: [Char('y')] "copy the citation of what is selected", "cite";
        ParagraphOn: [Char('}')] "extend by a paragraph", "paragraph";
        ParagraphBack: [Char('{')] "extend back by a paragraph";
        Down: [Char('j'), Key::Down] "extend by a line";
        Up: [Char('k'), Key::Up] "extend back by a line";
    }
    Notes {
        Remove: [Char('x')] "remove the note or mark", "remove";
        Undo: [Char('u')] "take back the latest change here", "undo";
        Tags: [Char('t')] "the tags of the note", "tags";
        Note: [Char('a')] "other words for the note";
        CopyCitation: [Char('y')] "copy the citation";
        CopyText: [Char('Y')] "copy the quotation with its citation";
    }
    Kept {
        Rename: [Char('r')] "another name", "rename";
        Remove: [Char('x')] "remove the query", "remove";
        Undo: [Char('u')] "put back what was removed here", "undo";
    }
    Card {
        Backlinks: [Char('B')] "who cites what was voted on", "who cites it";
        Fetch: [Char('F')] "fetch the record that is not here; asks first", "fetch";
        Item: [Char('I')] "all meetings on the same agenda item", "same item";
    }
    Council {
        Slash: [Char('/')] "another day: 30 nov 2026, november 2026", "date";
        NextDay: [Key::Right] "a day later", "day";
        PreviousDay: [Key::Left] "a day earlier";
        NextMonth: [Char(']')] "a month later", "month";
        PreviousMonth: [Char('[')] "a month earlier";
    }
    Compare {
        Switch: [Key::Tab] "move both, the first, the second", "move";
    }
    Find {
        Open: [Key::Enter]
            "open the record, vote, State or day; list the statements of the rest", "open";
        Down: [Key::Down, Ctrl('n'), Key::Tab] "down";
        Up: [Key::Up, Ctrl('p'), Key::BackTab] "up";
        PageDown: [Key::PageDown] "a page down";
        PageUp: [Key::PageUp] "a page up";
        Search: [F(4)] "search the texts for these words";
    }
    Query {
        ToHits: [Key::Enter, Key::Down]
            "to the statements found; in an empty line, to your latest queries", "statements";
        OlderQuery: [Key::Up, Ctrl('p')] "the query before this one", "earlier";
        NewerQuery: [Ctrl('n')] "the query after it";
        Complete: [Key::Tab] "complete a field, or its value: state:kaz; again for the next";
        CompleteBack: [Key::BackTab] "the completion before";
        Help: [F(1)] "the keys of this screen", "keys";
    }
    Hits {
        Search: [Char('s'), Char('/'), Key::Tab, F(4)] "back to the query line", "query";
        NextYear: [Key::Right] "only the next year that has statements";
        PreviousYear: [Key::Left] "only the year before", "year";
        States: [Char('S')] "the States, to narrow to one", "States";
        Clear: [Char('x')] "every year and State again";
        Order: [Char('o')] "the best first, or the latest first", "order";
        Concordance: [Char('c')] "the concordance: every occurrence on a line", "concordance";
        Forms: [Char('v')] "all forms of the words (veto, vetoed), or the words as they are";
        Rates: [Char('%')] "the years by statements, or for every 100,000 words spoken";
        KeepQuery: [Char('W')] "keep this query, to see later what is new";
        MoreLike: [Char('M')] "the statements that are most like this one";
        Chart: [Char('#')] "a chart by year, month, State or topic";
    }
    States {
        Chart: [Char('#')] "a chart by State", "chart";
        Clear: [Char('x')] "every State again", "all";
    }
    Concordance {
        Order: [Char('o')] "by date, by the words before, after, by speaker", "order";
        Collocates: [Char('c')] "the words beside it, by log-likelihood; 3c: within 3", "words beside";
        KeepQuery: [Char('W')] "keep this query, to see later what is new";
        Chart: [Char('#')] "a chart by year, month, State or topic";
    }
    Chart {
        Open: [Key::Enter] "search what is selected", "search";
        Shape: [Key::Tab] "lines, bars, a table with all that is said of it", "table";
        Rates: [Char('%')] "statements, or for every 100,000 words", "rate";
        Slash: [Char('/')] "other queries, with ; between them", "queries";
        NextYear: [Key::Right] "the next year or month; further years of a table";
        PreviousYear: [Key::Left] "the one before";
        ByYear: [Char('y')] "by year";
        ByMonth: [Char('m')] "by month";
        States: [Char('S')] "by State, in a table with its years";
        ByTopic: [Char('t')] "by agenda item, in a table with its years";
        Procedural: [Char('p')] "with the procedural turns of the chair, or without";
        Letters: [Char('v')] "verbatim records, or letters of videoconferences";
    }
    Input {
        Help: [F(1)] "the keys of this screen", "keys";
        Submit: [Key::Enter] "accept", "accept";
        Cancel: [Key::Esc, F(10), Ctrl('c')] "leave the line", "back";
        DeleteLeft: [Key::Backspace, Ctrl('h')] "delete a letter; in an empty line, leave it";
        DeleteWord: [Ctrl('w')] "delete a word";
        DeleteLine: [Ctrl('u')] "delete the line";
        CursorLeft: [Key::Left, Ctrl('b')] "cursor left";
        CursorRight: [Key::Right, Ctrl('f')] "cursor right";
        Suspend: [Ctrl('z')] "suspend; the shell's fg comes back";
        Redraw: [Ctrl('l')] "draw everything again";
    }
};
