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

/// Makes the words of rows `word: [names] argument, what it does;`.
macro_rules! words {
    ($($word:ident: [$($name:literal),+] $argument:literal, $what:literal;)+) => {
        /// A word of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the rows say what they do")]
        pub enum Word {
            $($word,)+
        }

        /// The table: word, names, argument, what it does.
        pub const WORDS: &[(Word, &[&str], &str, &str)] =
            &[$((Word::$word, &[$($name),+], $argument, $what),)+];
    };
}

words! {
    Next: ["next", "n"] "", "the next statement";
    Previous: ["previous", "p"] "", "the start of this statement, then the one before";
    Same: ["same"] "", "the next statement of the same State or organization";
    Read: ["read", "r"] "[all]", "the rest of this statement, or of the whole record";
    Resume: ["resume"] "", "where you left this record";
    Page: ["page"] "NUMBER", "the printed page of this record";
    List: ["list", "l"] "[WORDS]", "the list you are in, or its lines with these words";
    Meetings: ["meetings", "m"] "[WORDS]", "the meetings, or those with these words";
    Find: ["find", "f"] "WORDS", "records, speakers, States, items and votes by name";
    Search: ["search", "s"] "QUERY", "statements of every record with these words";
    Chart: ["chart"] "[by year|month|state|topic] [rate] [QUERY; QUERY]",
        "how many statements this search, or each query, finds";
    Follow: ["follow"] "[NUMBER]", "a reference of this paragraph";
    Where: ["where", "w"] "", "where you are";
    Cite: ["cite", "c"] "[NUMBER]",
        "the citation of this paragraph, or of its sentence with this number";
    Quote: ["quote"] "[NUMBER]",
        "this paragraph with its citation, or its sentence with this number";
    Votes: ["votes", "v"] "", "the votes of this record";
    Council: ["council"] "[DATE]", "the Council on the day of this record, or on another day";
    Item: ["item"] "", "all meetings on the same agenda item";
    Today: ["today"] "", "the Council today";
    Doubts: ["doubts"] "", "what is doubtful in this record; files that could not be read";
    Last: ["last"] "", "what the same said last before on this matter; again further back";
    Fetch: ["fetch"] "", "fetch the record that is not here, after a question";
    Backlinks: ["backlinks"] "[NUMBER]", "who cites this, or a reference of this paragraph";
    Compare: ["compare"] "", "remember this statement; on another, say one after the other";
    Like: ["like"] "[NUMBER]", "the statements most like this one, or like one of the list";
    Note: ["note"] "WORDS", "a note on this paragraph; words that begin with # are its tags";
    Notes: ["notes"] "[WORDS]", "your notes and marks, or those with these words";
    Mark: ["mark"] "LETTER", "mark this paragraph";
    Marks: ["marks"] "[LETTER]", "your marks, or to the one with this letter";
    Reword: ["reword"] "NUMBER WORDS", "other words for the note with this number";
    Tags: ["tags"] "NUMBER [WORDS]", "other tags for it, or none";
    Remove: ["remove"] "NUMBER", "remove that note, or the mark with that letter";
    Undo: ["undo"] "", "take back the latest change of your notes and marks";
    Collocates: ["collocates"] "[NUMBER]",
        "the words that are often beside those of the search, within a span of words";
    Keep: ["keep"] "[NAME]", "keep the query you are in under a name, to see later what is new";
    Queries: ["queries"] "", "your kept queries, and how many statements are new to each";
    Export: ["export"] "[FILE]", "write what you are at to a new file: .txt, .md, .csv, .json";
    Procedural: ["procedural"] "", "read procedural turns, or leave them out";
    Back: ["back", "b"] "", "one step back";
    Return: ["return"] "", "to where the last jump began, however far";
    Help: ["help", "h", "?"] "", "these words";
    Quit: ["quit", "q", "exit"] "", "leave; so does the end of input";
}

/// Reads a line.
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
