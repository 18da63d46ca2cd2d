//! Paragraphs into blocks where the weight of the letters is known: by it first, by their words second.
//!
//! A bold name before a colon starts a statement. A paragraph in bold is a title, one in italics a
//! direction or the label of a list of votes. The words, which decide in a plain text, confirm the font.

use super::builder::{Block, Body, BodyBuilder};
use super::by_words;
use crate::import::address::{self, Address};
use crate::import::direction::{self, DirectionKind};
use crate::import::lines::join::{JoinRules, JoinedText};
use crate::import::lines::{LetterCounts, Line};
use crate::import::vote::{self, VoteList};
use crate::import::words::is_wide;

/// A paragraph whose lines have counted letters.
#[derive(Clone, Debug, Default)]
pub struct StyledParagraph {
    /// The lines, from top to bottom and from column to column.
    pub lines: Vec<Line>,
    /// A note at the foot of a page.
    pub note: bool,
}

impl StyledParagraph {
    /// How many letters it has, and how many of them are bold and italic.
    fn letters(&self) -> LetterCounts {
        self.lines.iter().fold(LetterCounts::default(), |mut sum, line| {
            sum.append(&line.letters);
            sum
        })
    }

    /// Whether it starts with enough bold letters for a name.
    fn is_named(&self) -> bool {
        self.lines.first().is_some_and(|line| self.letters().head >= name_letters(&line.text))
    }
}

/// The fewest bold letters that can be a name: "President" has two in Chinese.
pub fn name_letters(text: &str) -> usize {
    if text.starts_with(is_wide) { 2 } else { 3 }
}

/// Reads the body of a record. `agenda` is that of the cover page.
pub fn read_body(paragraphs: &[StyledParagraph], rules: &JoinRules, agenda: &[String]) -> Body {
    // If no font has a name, no letter is known to be bold, and the words decide.
    if !paragraphs.iter().any(StyledParagraph::is_named) {
        return by_words::read_body(&as_plain_lines(paragraphs), rules, agenda);
    }
    let mut reader = StyleReader { builder: BodyBuilder::default(), list: None };
    let joined: Vec<JoinedText> = paragraphs
        .iter()
        .map(|paragraph| JoinedText::join(&paragraph.lines, rules, reader.builder.tally()))
        .collect();
    for (at, (paragraph, text)) in paragraphs.iter().zip(&joined).enumerate() {
        let next = paragraphs.get(at + 1).zip(joined.get(at + 1));
        if !text.text.trim().is_empty() {
            let kind = reader.classify(paragraph, &text.text, next);
            reader.add(kind, text.clone());
        }
    }
    reader.end_list();
    reader.builder.finish()
}

/// The lines of paragraphs, with a blank line before each paragraph.
fn as_plain_lines(paragraphs: &[StyledParagraph]) -> Vec<Line> {
    let marked = paragraphs.iter().flat_map(|paragraph| {
        paragraph
            .lines
            .iter()
            .enumerate()
            .map(|(at, line)| Line { after_blank: at == 0, ..line.clone() })
    });
    marked.collect()
}

/// What a paragraph is.
enum ParagraphKind {
    /// A form of address and the first words.
    Statement(Address),
    /// A line nobody spoke.
    Direction(Option<(DirectionKind, Option<String>)>),
    /// The label of a list of a vote, and its length in bytes.
    Label(VoteList, usize),
    /// A note at the foot of a page.
    Note,
    /// More words of the open statement, or more names of the open list.
    Words,
}

/// Reads styled paragraphs.
struct StyleReader {
    builder: BodyBuilder,
    /// The list whose names are being read, the page of its label, and the names so far.
    list: Option<(VoteList, Option<u32>, String)>,
}

impl StyleReader {
    /// What a paragraph is.
    fn classify(
        &self,
        paragraph: &StyledParagraph,
        text: &str,
        next: Option<(&StyledParagraph, &JoinedText)>,
    ) -> ParagraphKind {
        if paragraph.note {
            return ParagraphKind::Note;
        }
        let letters = paragraph.letters();
        let (italic, bold) = (letters.is_italic(), letters.is_bold());
        if let Some((list, rest)) = vote::parse_list_label(text)
            && (italic || self.list.is_some() || self.builder.in_vote() || !rest.is_empty())
        {
            return ParagraphKind::Label(list, text.len() - rest.len());
        }
        if let Some(address) = parse_named(text, letters.head)
            && !(bold && text.len() == address.len && !text.trim_end().ends_with([':', '：']))
        {
            return ParagraphKind::Statement(address);
        }
        if bold {
            return ParagraphKind::Direction(direction::parse_direction(text));
        }
        let kind = direction::parse_direction(text);
        let timed = kind.as_ref().is_some_and(|(kind, _)| kind.is_timed());
        // Between statements the font need not tell: this sentence is a direction in every record.
        if timed && !self.builder.in_statement()
            || italic && self.is_direction(text, letters, kind.as_ref(), next)
        {
            return ParagraphKind::Direction(kind);
        }
        ParagraphKind::Words
    }

    /// Whether italics are a direction and not part of a statement. "(spoke in English)" and verses are
    /// inside a statement, and the speaker continues after them.
    fn is_direction(
        &self,
        text: &str,
        letters: LetterCounts,
        kind: Option<&(DirectionKind, Option<String>)>,
        next: Option<(&StyledParagraph, &JoinedText)>,
    ) -> bool {
        if kind.is_some_and(|(kind, _)| kind.is_timed() || *kind == DirectionKind::Vote) {
            return true;
        }
        if text.starts_with(['(', '（']) {
            return false;
        }
        if kind.is_some() || !self.builder.in_statement() {
            return true;
        }
        letters.letters >= 4
            && next.is_none_or(|(next, joined)| {
                let letters = next.letters();
                letters.is_italic()
                    || letters.is_bold()
                    || parse_named(&joined.text, letters.head).is_some()
            })
    }

    /// Adds a paragraph of a known kind.
    fn add(&mut self, kind: ParagraphKind, text: JoinedText) {
        match kind {
            ParagraphKind::Statement(address) => {
                self.end_list();
                self.builder.add(Block::Statement(address.into(), text));
            }
            ParagraphKind::Direction(kind) => {
                self.end_list();
                self.builder.add(Block::Direction(kind, text));
            }
            ParagraphKind::Label(list, len) => {
                self.end_list();
                self.builder.close_statement();
                self.list = Some((list, text.page, text.text[len..].to_owned()));
            }
            ParagraphKind::Note => self.builder.add(Block::Note(text)),
            ParagraphKind::Words => {
                if !self.add_names(&text.text) {
                    self.end_list();
                    self.builder.add(Block::Words(text));
                }
            }
        }
    }

    /// Adds words to the open list, if they are names of it.
    fn add_names(&mut self, text: &str) -> bool {
        let Some((_, _, names)) = &mut self.list else { return false };
        let whole = !names.is_empty() && !names.ends_with(',');
        if whole && !vote::parse_state_list(text).unknown.is_empty() {
            return false;
        }
        if whole {
            names.push(',');
        }
        names.push(' ');
        names.push_str(text);
        true
    }

    fn end_list(&mut self) {
        if let Some((list, page, names)) = self.list.take() {
            self.builder.add(Block::List(list, page, names));
        }
    }
}

/// The form of address at the start of a paragraph with this many bold letters at its start.
fn parse_named(text: &str, head: usize) -> Option<Address> {
    if head < name_letters(text) { None } else { address::parse_bold_address(text, head) }
}
