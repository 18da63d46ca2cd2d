//! The words of the linear mode: one table, read by the parser and by `help`.

use crate::record::Symbol;

/// What a line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// An empty line: the next paragraph, or the next lines of a list.
    Onward,
    /// A line of the list, or a statement of the record.
    Number(u32),
    /// A record, and a page of it.
    Open(Symbol, Option<u32>),
    /// Search in the record; with no words the next hit.
    Search(String),
    /// A word of the table, with what came after it.
    Word(Word, String),
    /// None of these: the first word as it was typed.
    Unknown(String),
}

/// A word of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The next statement.
    Next,
    /// The previous statement.
    Previous,
    /// The next statement of the same.
    Same,
    /// The rest of the statement, or of the record.
    Read,
    /// Where the person left the record.
    Resume,
    /// To a printed page.
    Page,
    /// The list one is in.
    List,
    /// The meetings.
    Meetings,
    /// Find.
    Find,
    /// Search in every record.
    Search,
    /// Follow a reference.
    Follow,
    /// Where one is.
    Where,
    /// The citation.
    Cite,
    /// The words with the citation.
    Quote,
    /// The votes.
    Votes,
    /// The Council on that day.
    Council,
    /// What the same State said last before.
    Last,
    /// Who cites a record or a reference.
    Backlinks,
    /// A statement remembered, or two said one after the other.
    Compare,
    /// A note on a paragraph.
    Note,
    /// The notes and marks.
    Notes,
    /// A mark set.
    Mark,
    /// The marks, or to one.
    Marks,
    /// Other words for a note.
    Reword,
    /// Other tags for a note.
    Tags,
    /// A note or mark removed.
    Remove,
    /// The latest change of notes and marks taken back.
    Undo,
    /// What is shown, written to a file.
    Export,
    /// Procedural turns read or left out.
    Procedural,
    /// One step back.
    Back,
    /// To where a reference, a last word or a mark led away from.
    Return,
    /// These words.
    Help,
    /// Leave.
    Quit,
}

/// A row: the word, how it is written, what may follow it, what it does.
type Row = (Word, &'static [&'static str], &'static str, &'static str);

/// The table.
pub const WORDS: &[Row] = &[
    (Word::Next, &["next", "n"], "", "the next statement"),
    (Word::Previous, &["previous", "p"], "", "the start of this statement, then the one before"),
    (Word::Same, &["same"], "", "the next statement of the same State or organization"),
    (Word::Read, &["read", "r"], "[all]", "the rest of this statement, or of the whole record"),
    (Word::Resume, &["resume"], "", "where you left this record"),
    (Word::Page, &["page"], "NUMBER", "the printed page of this record"),
    (Word::List, &["list", "l"], "[WORDS]", "the list you are in, or its lines with these words"),
    (Word::Meetings, &["meetings", "m"], "[WORDS]", "the meetings, or those with these words"),
    (Word::Find, &["find", "f"], "WORDS", "records, speakers, States, items and votes by name"),
    (Word::Search, &["search", "s"], "QUERY", "statements of every record with these words"),
    (Word::Follow, &["follow"], "[NUMBER]", "a reference of this paragraph"),
    (Word::Where, &["where", "w"], "", "where you are"),
    (
        Word::Cite,
        &["cite", "c"],
        "[NUMBER]",
        "the citation of this paragraph, or of its sentence with this number",
    ),
    (
        Word::Quote,
        &["quote"],
        "[NUMBER]",
        "this paragraph with its citation, or its sentence with this number",
    ),
    (Word::Votes, &["votes", "v"], "", "the votes of this record"),
    (Word::Council, &["council"], "", "the Council on that day"),
    (
        Word::Last,
        &["last"],
        "",
        "what the same said last before on this matter; again further back",
    ),
    (
        Word::Backlinks,
        &["backlinks"],
        "[NUMBER]",
        "who cites this, or a reference of this paragraph",
    ),
    (
        Word::Compare,
        &["compare"],
        "",
        "remember this statement; on another, say one after the other",
    ),
    (
        Word::Note,
        &["note"],
        "WORDS",
        "a note on this paragraph; words that begin with # are its tags",
    ),
    (Word::Notes, &["notes"], "[WORDS]", "your notes and marks, or those with these words"),
    (Word::Mark, &["mark"], "LETTER", "mark this paragraph"),
    (Word::Marks, &["marks"], "[LETTER]", "your marks, or to the one with this letter"),
    (Word::Reword, &["reword"], "NUMBER WORDS", "other words for the note with this number"),
    (Word::Tags, &["tags"], "NUMBER [WORDS]", "other tags for it, or none"),
    (Word::Remove, &["remove"], "NUMBER", "remove that note, or the mark with that letter"),
    (Word::Undo, &["undo"], "", "take back the latest change of your notes and marks"),
    (
        Word::Export,
        &["export"],
        "[FILE]",
        "write what you are at to a new file: .txt, .md, .csv, .json",
    ),
    (Word::Procedural, &["procedural"], "", "read procedural turns, or leave them out"),
    (Word::Back, &["back", "b"], "", "one step back"),
    (Word::Return, &["return"], "", "to where the last jump began, however far"),
    (Word::Help, &["help", "h", "?"], "", "these words"),
    (Word::Quit, &["quit", "q", "exit"], "", "leave; so does the end of input"),
];

/// Reads a line.
#[must_use]
pub fn read(line: &str) -> Order {
    let line = line.trim();
    if line.is_empty() {
        return Order::Onward;
    }
    if let Some(needle) = line.strip_prefix('/') {
        return Order::Search(needle.trim().to_owned());
    }
    if let Ok(number) = line.parse() {
        return Order::Number(number);
    }
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let lower = first.to_lowercase();
    if let Some((word, ..)) = WORDS.iter().find(|(_, names, ..)| names.contains(&lower.as_str())) {
        return Order::Word(*word, rest.trim().to_owned());
    }
    match Symbol::parse_with_page(line) {
        Some((symbol, page)) => Order::Open(symbol, page),
        None => Order::Unknown(first.to_owned()),
    }
}

/// The lines of `help`.
#[must_use]
pub fn help() -> Vec<String> {
    let mut lines = vec![
        "Enter alone: the next paragraph, or the next lines of a list.".to_owned(),
        "A number: that line of the list, or that statement of the record.".to_owned(),
        "A symbol, such as 8668 or S/PV.8668, page 2: that record.".to_owned(),
        "/WORDS: search in this record; / alone: the next hit.".to_owned(),
    ];
    for (_, names, argument, what) in WORDS {
        let (name, short) = names.split_first().unwrap_or((&"", &[]));
        let argument = if argument.is_empty() { String::new() } else { format!(" {argument}") };
        let short =
            if short.is_empty() { String::new() } else { format!(" (or {})", short.join(", ")) };
        lines.push(format!("{name}{argument}{short}: {what}."));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read() {
        let word = |word, rest: &str| Order::Word(word, rest.to_owned());
        let open = |number, page| Order::Open(Symbol::verbatim(number), page);
        let table = [
            ("", Order::Onward),
            (" \t", Order::Onward),
            ("12", Order::Number(12)),
            ("n", word(Word::Next, "")),
            ("NEXT", word(Word::Next, "")),
            ("find umarov  kazakhstan ", word(Word::Find, "umarov  kazakhstan")),
            ("/ water ", Order::Search("water".to_owned())),
            ("/", Order::Search(String::new())),
            ("S/PV.8668", open(8668, None)),
            ("8628 p2", open(8628, Some(2))),
            ("page 3", word(Word::Page, "3")),
            ("nxt please", Order::Unknown("nxt".to_owned())),
            ("99999999999999", Order::Unknown("99999999999999".to_owned())),
        ];
        for (line, order) in table {
            assert_eq!(read(line), order, "{line:?}");
        }
    }

    #[test]
    fn every_word_is_written_one_way_only_and_stands_in_help() {
        let mut seen = std::collections::HashSet::new();
        let help = help().join("\n");
        for (_, names, _, what) in WORDS {
            for name in *names {
                assert!(seen.insert(*name), "{name} stands twice in the table");
            }
            assert!(help.contains(what));
        }
    }
}
