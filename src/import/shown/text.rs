//! The text that `spv show` prints, 72 columns wide.

use unicode_width::UnicodeWidthStr as _;

use super::blocks::{
    ShownBlock, ShownRecord, ShownVote, parse_capacity, parse_numbered, parse_page,
    parse_vote_heading,
};
use super::head::{self, parse_head};
use crate::import::address;
use crate::import::words::is_wide;

/// The width of the text, and the indent of directions and votes.
const WIDTH: usize = 72;
const INDENT: &str = "    ";

/// The names of the lists of a vote.
pub(super) const LISTS: [&str; 5] =
    ["In favour", "Against", "Abstaining", "Not voting", "Vote not known"];

/// How the list of names and the count are said to differ.
pub(super) const REMARK: &str = "The list of names and the count differ: ";

/// What a vote was on, if it is called by what it was adopted as.
pub(super) const DRAFTS: &str = "Voted on: ";

/// Words after which a hyphen that is left open goes on: "pre- and post-conflict".
const SUSPENDED: [&str; 12] =
    ["and", "or", "to", "nor", "as", "but", "et", "ou", "y", "o", "и", "или"];

/// Parses the text; `None` if `spv show` did not print it.
pub(super) fn parse(text: &str) -> Option<ShownRecord> {
    let lines: Vec<&str> =
        text.lines().map(str::trim_end).skip_while(|line| line.is_empty()).collect();
    let end = lines.iter().position(|line| line.is_empty()).unwrap_or(lines.len());
    let head = parse_head(&unwrap_rows(&lines[..end]))?;
    let mut reader = TextReader { blocks: Vec::new(), count: 0 };
    let chunks = lines[end..].split(|line| line.is_empty()).filter(|chunk| !chunk.is_empty());
    chunks.for_each(|chunk| reader.read(chunk));
    Some(ShownRecord { head, blocks: reader.blocks })
}

/// The rows of the head, of which long ones were wrapped.
fn unwrap_rows(lines: &[&str]) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    let mut before = "";
    for (index, line) in lines.iter().enumerate() {
        let own = index < 2
            || head::is_labelled(line)
            || head::is_date_row(line)
            || head::parse_edition(line).is_some() && rows.len() < 4
            || rows.last().is_some_and(|row| {
                head::parse_edition(row).is_some() && rows.len() < 5 && !row.ends_with(',')
            })
            || indent(line) != indent(before);
        // A row goes on where its next word did not fit.
        let word = line.trim_start().split(' ').next().unwrap_or("");
        let full = before.width() + 1 + word.width() > WIDTH;
        match rows.last_mut() {
            Some(row) if !own && full => join(row, line.trim_start()),
            _ => rows.push((*line).to_owned()),
        }
        before = line;
    }
    rows
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Adds the next row of a wrapped text, after a space where there was one.
pub(super) fn join(text: &mut String, next: &str) {
    let mut ends = text.chars().rev();
    let (last, before) = (ends.next().unwrap_or(' '), ends.next().unwrap_or(' '));
    let first = next.chars().next().unwrap_or(' ');
    let word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let closed = match last {
        '-' | '\u{2010}' | '\u{2011}' => before.is_alphanumeric() && !SUSPENDED.contains(&word),
        '—' | '–' | '/' => !before.is_whitespace(),
        _ if first == '—' => !next[first.len_utf8()..].starts_with(' '),
        _ => is_wide(last) || is_wide(first),
    };
    if !closed && !text.is_empty() {
        text.push(' ');
    }
    text.push_str(next);
}

/// All lines of a chunk as one.
fn unwrap_chunk(chunk: &[&str]) -> String {
    let mut text = String::new();
    chunk.iter().for_each(|line| join(&mut text, line.trim_start()));
    text
}

struct TextReader {
    blocks: Vec<ShownBlock>,
    /// The number of statements until now.
    count: u32,
}

impl TextReader {
    /// Reads lines that no blank line parts.
    fn read(&mut self, chunk: &[&str]) {
        if chunk[0].starts_with(INDENT) {
            return self.read_indented(chunk);
        }
        if let [line] = chunk {
            if let Some(page) = parse_page(line) {
                return self.blocks.push(ShownBlock::Page(page));
            }
            let inner = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
            if let Some(capacity) = inner.and_then(parse_capacity) {
                return self.blocks.push(ShownBlock::Capacity(capacity));
            }
        }
        if let Some(speaker) = self.read_speaker(chunk) {
            self.count += 1;
            return self.blocks.push(speaker);
        }
        self.blocks.push(ShownBlock::Paragraph(unwrap_chunk(chunk)));
    }

    /// A numbered form of address, with a note below it.
    fn read_speaker(&self, chunk: &[&str]) -> Option<ShownBlock> {
        let note = chunk.iter().position(|line| line.starts_with(INDENT)).unwrap_or(chunk.len());
        let whole = unwrap_chunk(&chunk[..note]);
        let (number, printed) = parse_numbered(&whole)?;
        // A numbered paragraph has no note and no form of address.
        let is_address =
            note < chunk.len() || address::parse_address(&format!("{printed}: x")).is_some();
        let name = is_address || (printed.len() < 100 && !printed.ends_with(['.', ';', ':', ',']));
        (number == self.count + 1 && name).then(|| ShownBlock::Speaker {
            number,
            printed: printed.to_owned(),
            note: unwrap_chunk(&chunk[note..]),
        })
    }

    /// A direction, or a part of a vote, whose lists are apart.
    fn read_indented(&mut self, chunk: &[&str]) {
        let first = chunk[0].trim_start();
        if let (Some((kind, reference)), Some(result)) =
            (parse_vote_heading(first, false), find_result(chunk))
        {
            let mut reference = reference.to_owned();
            chunk[1..result].iter().for_each(|line| join(&mut reference, line.trim_start()));
            let result = unwrap_chunk(&chunk[result..]);
            let result = result.trim_start_matches("Result: ").to_owned();
            let vote = ShownVote { kind, reference, result, ..ShownVote::default() };
            return self.blocks.push(ShownBlock::Vote(vote));
        }
        if let Some(ShownBlock::Vote(vote)) = self.blocks.last_mut() {
            let list = first.split_once("  ").filter(|(name, _)| LISTS.contains(name));
            if let Some((name, _)) = list {
                return vote.groups.push((name.to_owned(), read_members(&chunk[1..])));
            }
            if let Some(drafts) = first.strip_prefix(DRAFTS) {
                let mut whole = drafts.to_owned();
                chunk[1..].iter().for_each(|line| join(&mut whole, line.trim_start()));
                vote.drafts = whole.split(", ").map(str::to_owned).collect();
                return;
            }
            if first.starts_with(REMARK) {
                return;
            }
        }
        self.blocks.push(ShownBlock::Direction(unwrap_chunk(chunk)));
    }
}

fn find_result(chunk: &[&str]) -> Option<usize> {
    chunk.iter().position(|line| line.trim_start().starts_with("Result: "))
}

/// The members of a list, each on a row; a long name is wrapped.
fn read_members(rows: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut before = "";
    for row in rows {
        let word = row.trim_start().split(' ').next().unwrap_or("");
        match names.last_mut() {
            Some(name) if before.width() + 1 + word.width() > WIDTH => join(name, row.trim_start()),
            _ => names.push(row.trim_start().to_owned()),
        }
        before = row;
    }
    names
        .into_iter()
        .map(|name| name.trim_end_matches("   VETO").trim_end_matches(" VETO").to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_are_joined_as_they_were() {
        for (before, next, whole) in [
            ("a word", "and one", "a word and one"),
            ("people-to-", "people ties", "people-to-people ties"),
            ("short-", "and long-term", "short- and long-term"),
            ("Council —", "Algeria", "Council — Algeria"),
            ("Council", "—Algeria", "Council—Algeria"),
            ("Council", "— Algeria", "Council — Algeria"),
            ("and/", "or", "and/or"),
            ("成员——阿", "尔及利亚", "成员——阿尔及利亚"),
        ] {
            let mut text = before.to_owned();
            join(&mut text, next);
            assert_eq!(text, whole);
        }
    }
}
