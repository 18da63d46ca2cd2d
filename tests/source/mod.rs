//! Source text as the walls see it: comments and literals blanked out, and what is only for tests.

pub mod circles;

use std::ops::Range;
use std::path::{Path, PathBuf};

/// One source file.
pub struct Source {
    /// Its path from the root of the crate, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// The text with comments, strings and characters blanked; every line is where it was.
    pub code: String,
    /// The code with every item under `cfg(test)` blanked too.
    pub work: String,
    /// The bytes of those items.
    pub tests: Vec<Range<usize>>,
}

impl Source {
    fn read(root: &Path, path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("a source file is readable");
        let path = path.strip_prefix(root).expect("below the root").to_string_lossy();
        Self::new(&path, &text)
    }

    /// A source file of some path and text.
    pub fn new(path: &str, text: &str) -> Self {
        let code = blanked(text);
        let is_tests = path.ends_with("/tests.rs") || path.ends_with("_tests.rs");
        let tests =
            if is_tests { std::iter::once(0..code.len()).collect() } else { under_test(&code) };
        let mut work = code.clone().into_bytes();
        for range in &tests {
            blank(&mut work[range.clone()]);
        }
        let work = String::from_utf8(work).expect("whole characters were blanked");
        Self { path: path.replace('\\', "/"), text: text.to_owned(), code, work, tests }
    }

    /// Whether a byte stands in an item that is only for tests.
    pub fn in_tests(&self, byte: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&byte))
    }

    /// The room it stands in: `app` of `src/app/update/mod.rs`; none for `main.rs` and `lib.rs`.
    pub fn room(&self) -> Option<&str> {
        self.path.strip_prefix("src/")?.split_once('/').map(|(room, _)| room)
    }

    /// How deep its module stands below the crate: 1 for `src/app/mod.rs`, 2 for `src/app/card.rs`.
    pub fn depth(&self) -> usize {
        let parts = self.path.split('/').count() - 1;
        if self.path.ends_with("/mod.rs") { parts - 1 } else { parts }
    }

    /// `file:line` of a byte.
    pub fn at(&self, byte: usize) -> String {
        format!("{}:{}", self.path, self.text[..byte].matches('\n').count() + 1)
    }
}

/// Every Rust file below a folder of the crate, in order of path.
pub fn below(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    walk(&root.join(folder), &mut paths);
    paths.sort();
    paths.iter().map(|path| Source::read(root, path)).collect()
}

fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("a folder of sources is readable");
    for path in entries.map(|e| e.expect("an entry").path()) {
        if path.is_dir() {
            walk(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

/// The items under `cfg(test)`: from the attribute to the end of the item.
fn under_test(code: &str) -> Vec<Range<usize>> {
    code.match_indices("#[cfg(test)]").map(|(at, _)| at..end_of_item(code, at)).collect()
}

/// The end of the item that begins here: its `;`, or the brace that closes its body.
fn end_of_item(code: &str, at: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, c) in code[at..].char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, ';' | '}') {
            return at + offset + 1;
        }
    }
    code.len()
}

/// Makes spaces of everything but newlines.
fn blank(bytes: &mut [u8]) {
    for b in bytes.iter_mut().filter(|b| **b != b'\n') {
        *b = b' ';
    }
}

/// The places of a word in code, whole: not inside a longer name.
pub fn word<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        !part(code[..at].chars().next_back()) && !part(code[at + word.len()..].chars().next())
    })
}

/// Functions with a body: name, byte of `fn`, number of lines from `fn` to the closing brace.
pub fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    for at in word(code, "fn") {
        let name: String = code[at + 2..]
            .trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let mut depth = 0_usize;
        let body = code[at..].char_indices().find(|(_, c)| {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && matches!(c, '{' | ';')
        });
        let Some((open, '{')) = body else { continue };
        // A type such as `fn(u8) -> u8` before a block has no name.
        if name.is_empty() {
            continue;
        }
        let end = end_of_item(code, at + open);
        found.push((name, at, code[at..end].matches('\n').count() + 1));
    }
    found
}

/// The text with every byte of comments, strings and character literals a space; newlines stay.
pub fn blanked(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = literal_end(text, at);
        if end > at {
            blank(&mut out[at..end]);
            at = end;
        } else {
            at += 1;
        }
    }
    String::from_utf8(out).expect("whole characters were blanked")
}

/// The end of the comment or literal that begins here, or the same place.
fn literal_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let rest = &bytes[at..];
    let find = |from: usize, what: &str| {
        text[from..].find(what).map_or(bytes.len(), |found| from + found + what.len())
    };
    let inside_name = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    match rest {
        [b'/', b'/', ..] => find(at, "\n").saturating_sub(1).max(at + 1),
        [b'/', b'*', ..] => {
            let (mut depth, mut here) = (0, at);
            loop {
                match &bytes[here.min(bytes.len())..] {
                    [] => return bytes.len(),
                    [b'/', b'*', ..] => (depth, here) = (depth + 1, here + 2),
                    [b'*', b'/', ..] => (depth, here) = (depth - 1, here + 2),
                    _ => here += 1,
                }
                if depth == 0 {
                    return here;
                }
            }
        }
        [b'r', b'"' | b'#', ..] if !inside_name || bytes[at - 1] == b'b' => {
            let hashes = rest[1..].iter().take_while(|b| **b == b'#').count();
            if rest.get(1 + hashes) != Some(&b'"') {
                return at;
            }
            find(at + 2 + hashes, &format!("\"{}", "#".repeat(hashes)))
        }
        [b'"', ..] => {
            let mut here = at + 1;
            while here < bytes.len() && bytes[here] != b'"' {
                here += if bytes[here] == b'\\' { 2 } else { 1 };
            }
            (here + 1).min(bytes.len())
        }
        [b'\'', b'\\', ..] => find(at + 3, "'"),
        [b'\'', ..] => {
            let first = text[at + 1..].chars().next().map_or(0, char::len_utf8);
            if bytes.get(at + 1 + first) == Some(&b'\'') { at + 2 + first } else { at }
        }
        _ => at,
    }
}
