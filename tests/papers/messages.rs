//! `docs/messages.md`: every message of the program, collected from the sources, so that they can be read in one go.
//!
//! A string literal counts as a message if it has two words or a word and a placeholder, or is given to a function
//! that prints. Patterns, comparisons and attributes do not count, nor do the lists of phrases by which texts are
//! read. A few titles get in that way, but no message is missed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const PAGE: &str = "docs/messages.md";
const HEAD: &str = "# Messages\n\nEverything that the program can say to a person, by room and file, in the order of \
                    the sources. `{name}` is filled in. `tests/papers/messages.rs` collects it, and \
                    `SPV_REWRITE=1 cargo test --test papers` writes it again. The texts of the keys are in \
                    `src/app/keymap`, those of `--help` in `src/cli/args`.\n";

/// What a literal given to these is a message, however short.
const PRINTING: [&str; 6] = [
    "say(",
    "Failure::nothing(",
    "Failure::wrong(",
    "Failure::could_not(",
    "message=Some(",
    "#[error(",
];
/// What a literal given to these is compared with or looked up, not printed.
const COMPARING: [&str; 13] = [
    "contains(",
    "starts_with(",
    "ends_with(",
    "strip_prefix(",
    "strip_suffix(",
    "start_matches(",
    "end_matches(",
    "find(",
    "split(",
    "split_once(",
    "var(",
    "==",
    "!=",
];

/// The rooms with lists of phrases and names.
const DATA: [&str; 3] = ["src/import/", "src/record/", "src/facts/"];
/// What is described elsewhere: keys and the text of the help.
const ELSEWHERE: [&str; 2] = ["src/app/keymap/", "src/cli/args/mod.rs"];

/// What encloses a literal.
#[derive(Clone, Copy, PartialEq)]
enum Bracket {
    Round,
    Square,
    Curly,
    Attribute,
    Error,
}

/// A string literal and the code around it, without white space.
struct Literal<'a> {
    text: &'a str,
    before: String,
    after: &'a str,
    brackets: Vec<Bracket>,
}

impl Literal<'_> {
    fn is_message(&self, path: &str) -> bool {
        if self.brackets.contains(&Bracket::Attribute) {
            return false;
        }
        let before = |ends: &[&str]| ends.iter().any(|end| self.before.ends_with(end));
        let after = self.after.trim_start();
        let is_pattern = after.starts_with("=>") || after.starts_with("| ");
        if before(&COMPARING) || is_pattern {
            return false;
        }
        let is_printed = before(&PRINTING) || self.brackets.contains(&Bracket::Error);
        if is_printed {
            return self.text.chars().any(char::is_alphabetic);
        }
        // These rooms have lists of phrases and names that occur in records.
        let inner = self.brackets.iter().rev().find(|bracket| **bracket != Bracket::Round);
        let is_listed = inner == Some(&Bracket::Square) && !self.before.ends_with("format!(");
        let is_data = DATA.iter().any(|room| path.starts_with(room)) && is_listed;
        !is_data && is_sentence(self.text)
    }

    /// The text on one line.
    fn shown(&self) -> String {
        let text = self.text.replace("\\\n", "").replace("\\n", " ").replace("\\\"", "\"");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Whether a text has a word, and another or a placeholder beside it.
fn is_sentence(text: &str) -> bool {
    let mut depth = 0_usize;
    let outside = |c: &char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    let plain: String = text.chars().filter(outside).collect();
    let is_word = |token: &&str| {
        let token = token.trim_matches(|c: char| !c.is_alphabetic());
        token.len() > 1 && token.chars().all(|c| c.is_lowercase() || "'-’".contains(c))
    };
    let words = plain.split_whitespace().filter(is_word).count();
    words > 1 || words == 1 && (plain.len() < text.len() || plain.split_whitespace().count() > 1)
}

/// The length of the string literal at the start of a text, and what is in it.
fn string(rest: &str) -> Option<(usize, &str)> {
    let after = rest.strip_prefix('b').unwrap_or(rest);
    if let Some(raw) = after.strip_prefix('r') {
        let hashes = raw.bytes().take_while(|b| *b == b'#').count();
        let text = raw[hashes..].strip_prefix('"')?;
        let end = text.find(&format!("\"{}", "#".repeat(hashes)))?;
        let text = &text[..end];
        return Some((text.as_ptr() as usize - rest.as_ptr() as usize + end + 1 + hashes, text));
    }
    let text = after.strip_prefix('"')?;
    let mut escaped = false;
    let end = text.bytes().position(|b| {
        let ends = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        ends
    })?;
    Some((text.as_ptr() as usize - rest.as_ptr() as usize + end + 1, &text[..end]))
}

/// The string literals of a source, without its comments.
fn literals(source: &str) -> Vec<Literal<'_>> {
    let (mut found, mut brackets) = (Vec::new(), Vec::new());
    let (mut code, mut at) = (String::new(), 0);
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        let in_word = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        if let Some((length, text)) = string(rest).filter(|_| c == '"' || !in_word) {
            at += length;
            let before = code.clone();
            found.push(Literal { text, before, after: &source[at..], brackets: brackets.clone() });
            code.push('S');
            continue;
        }
        let quoted = rest.strip_prefix('\'').and_then(|quoted| {
            let inside = if quoted.starts_with('\\') {
                quoted[2..].find('\'')? + 2
            } else {
                quoted.chars().next()?.len_utf8()
            };
            quoted[inside..].starts_with('\'').then_some(inside + 2)
        });
        if let Some(length) = quoted {
            at += length;
            continue;
        }
        match c {
            '(' => brackets.push(Bracket::Round),
            '{' => brackets.push(Bracket::Curly),
            '[' if rest.starts_with("[error(") => brackets.push(Bracket::Error),
            '[' if code.ends_with('#') => brackets.push(Bracket::Attribute),
            '[' => brackets.push(Bracket::Square),
            ')' | ']' | '}' => drop(brackets.pop()),
            _ => {}
        }
        if !c.is_whitespace() {
            code.push(c);
            if code.len() > 200 {
                code = code.chars().skip(100).collect();
            }
        }
        at += c.len_utf8();
    }
    found
}

/// The page: room, file, messages.
fn page() -> String {
    let mut rooms: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for file in super::files() {
        let path = file.strip_prefix(super::root()).unwrap().to_string_lossy().into_owned();
        let tests = path.contains("/tests") || path.ends_with("tests.rs");
        let Some(room) = path.strip_prefix("src/").and_then(|path| path.split_once('/')) else {
            continue;
        };
        if !path.ends_with(".rs") || tests || ELSEWHERE.iter().any(|part| path.starts_with(part)) {
            continue;
        }
        let source = std::fs::read_to_string(&file).unwrap();
        let work = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let mut seen = BTreeSet::new();
        let messages = literals(work).into_iter().filter(|literal| literal.is_message(&path));
        let messages: Vec<String> = messages
            .map(|literal| literal.shown())
            .filter(|text| seen.insert(text.clone()))
            .collect();
        if !messages.is_empty() {
            rooms.entry(room.0.to_owned()).or_default().insert(path.clone(), messages);
        }
    }
    let mut page = HEAD.to_owned();
    for (room, files) in rooms {
        let _ = writeln!(page, "\n## {room}");
        for (path, messages) in files {
            let _ = writeln!(page, "\n### {path}\n");
            for message in messages {
                let _ = writeln!(page, "- {message}");
            }
        }
    }
    page
}

#[test]
fn the_page_of_messages_is_that_of_the_sources() {
    let made = page();
    for message in
        ["- nothing to search for", "- unknown State {given:?}", "- printed {printed} of {found}"]
    {
        assert!(made.contains(message), "{message}");
    }
    let file = super::root().join(PAGE);
    if std::fs::read_to_string(&file).is_ok_and(|there| there == made) {
        return;
    }
    let rewrite = std::env::var_os("SPV_REWRITE").is_some();
    assert!(rewrite, "{PAGE} is stale; run SPV_REWRITE=1 cargo test --test walls papers");
    std::fs::write(file, made).unwrap();
}

#[test]
fn messages_are_told_from_other_literals() {
    let source = r##"
        // say("in a comment")
        #[command(about = "Words of a help")]
        #[error("{}: it is bad")]
        fn f<'a>() { let c = '"'; say("short"); if x == "two words" { y("a \"quoted\" word") }
            match z { "one two" => r#"raw words"#, _ => "Title" } }
    "##;
    let found = literals(source);
    let messages: Vec<String> =
        found.iter().filter(|l| l.is_message("src/cli/x.rs")).map(Literal::shown).collect();
    assert_eq!(messages, ["{}: it is bad", "short", "a \"quoted\" word", "raw words"]);
}
