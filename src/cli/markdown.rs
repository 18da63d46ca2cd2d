//! Records as Markdown (CommonMark); whatever could be markup in their text is escaped.

use std::io::{self, Write};

use super::out::one_line;
use super::text::{capacity_words, heading_lines};
use crate::app::blocks::{Block, Part, record_blocks};
use crate::app::tally::{self, Tally, Voter};
use crate::record::Record;

/// Writes a part of a record.
pub fn write_record(out: &mut dyn Write, record: &Record, part: Part) -> io::Result<()> {
    for (i, row) in
        heading_lines(record, part).iter().enumerate().filter(|(_, row)| !row.is_empty())
    {
        match i {
            0 => writeln!(out, "# {}", escape_markdown(row))?,
            _ => writeln!(out, "\n{}", escape_markdown(row))?,
        }
    }
    for block in record_blocks(record, part) {
        writeln!(out)?;
        match block {
            Block::Page(page) => writeln!(out, "\\[page {page}\\]")?,
            Block::Direction(text) => write_emphasis(out, text)?,
            Block::Speaker { number, printed, note } => {
                writeln!(out, "## {number}. {}", escape_markdown(printed))?;
                if !note.is_empty() {
                    writeln!(out)?;
                    write_emphasis(out, &note)?;
                }
            }
            Block::Capacity(capacity) => write_emphasis(out, capacity_words(capacity))?,
            Block::Paragraph(text) => writeln!(out, "{}", escape_markdown(&text))?,
            Block::Vote(vote) => write_vote(out, &Tally::of_record(record, vote))?,
        }
    }
    Ok(())
}

fn write_emphasis(out: &mut dyn Write, text: &str) -> io::Result<()> {
    match one_line(text).as_str() {
        "" => Ok(()),
        text => writeln!(out, "*{}*", escape_markdown(text)),
    }
}

fn write_vote(out: &mut dyn Write, card: &Tally) -> io::Result<()> {
    writeln!(
        out,
        "**{}**: {}",
        escape_markdown(&tally::heading(card.kind, &card.reference)),
        escape_markdown(&card.result())
    )?;
    for group in card.groups.iter().filter(|g| !g.voters.is_empty()) {
        let voters: Vec<String> = group.voters.iter().map(voter).collect();
        writeln!(out, "\n- {}: {}", group.name, voters.join(", "))?;
    }
    if let Some(remark) = card.remark() {
        writeln!(out, "\n{}", escape_markdown(&remark))?;
    }
    Ok(())
}

fn voter(voter: &Voter) -> String {
    let veto = if voter.veto { " **(veto)**" } else { "" };
    format!("{}{veto}", escape_markdown(&voter.called))
}

/// Puts a text on one line, makes it harmless, and escapes every character that is markup in Markdown or in
/// the extensions of GitHub, pandoc and site generators: automatic links, formulas, templates.
pub fn escape_markdown(text: &str) -> String {
    let text = one_line(text);
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let own = match c {
            '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '{' | '}' => true,
            '&' | '~' | '|' | '$' | '@' | '^' => true,
            ':' => text[at..].starts_with("://"),
            '.' => is_www(&text[..at]),
            _ => false,
        };
        if own {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    // At the start of a line, these make a heading, a list, a rule, a title or a definition.
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && escaped[digits..].starts_with(['.', ')']);
    if numbered {
        escaped.insert(digits, '\\');
    } else if escaped.starts_with(['#', '+', '-', '=', '%', ':', '!']) {
        escaped.insert(0, '\\');
    }
    escaped
}

/// Whether a text ends with the word `www`.
fn is_www(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next();
    word.is_some_and(|word| word.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::escape_markdown;

    #[test]
    fn nothing_of_a_record_is_taken_for_markdown() {
        for (text, escaped) in [
            ("# no heading", "\\# no heading"),
            ("1. no list", "1\\. no list"),
            ("- no list", "\\- no list"),
            ("<script>", "\\<script\\>"),
            ("[a](b)", "\\[a\\](b)"),
            ("![a](b)", "\\!\\[a\\](b)"),
            ("---", "\\---"),
            ("% title", "\\% title"),
            (" \u{a0}    code", "code"),
            ("see http://a.b, WWW.a.b, awww.a", "see http\\://a.b, WWW\\.a.b, awww.a"),
            ("a@b.c $x$ {{y}}", "a\\@b.c \\$x\\$ \\{\\{y\\}\\}"),
            ("a*b_c", "a\\*b\\_c"),
            ("S/PV.8628, p. 2", "S/PV.8628, p. 2"),
            ("two\nlines\u{1b}[0m", "two lines\u{FFFD}\\[0m"),
        ] {
            assert_eq!(escape_markdown(text), escaped);
        }
    }
}
