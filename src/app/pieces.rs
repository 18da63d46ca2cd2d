//! The pieces in which a record is set: an item, or a part of one that is very long.
//!
//! Setting an item takes time and memory with its length, and a key may wait for neither. Almost
//! every item is one piece. A long statement is cut between its paragraphs, which shows nowhere; only
//! a paragraph longer than `MOST` is cut inside, at the end of a line or of a word if there is one,
//! so that the row before the cut may end early.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::position::ParagraphAt;
use crate::record::{Item, Paragraph, Record};

/// The most bytes of a paragraph in one piece. The longest speeches of the data sets, one paragraph
/// each, have fewer.
const MOST: usize = 1 << 16;

/// The most lines, ended by newlines, of a paragraph in one piece.
const MOST_LINES: usize = 1 << 10;

/// The bytes from which on, and the number of paragraphs from which on, a piece takes no further paragraph.
const ENOUGH: usize = 1 << 15;
const ENOUGH_PARAGRAPHS: usize = 256;

/// A place in a statement: paragraph, and byte in it.
type Place = (usize, usize);

/// An item of a record, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Index into the items of the record.
    pub item: usize,
    /// Where it starts in a statement.
    pub from: Place,
    /// The paragraphs of a statement that are in it, the first and the last perhaps in part.
    pub paragraphs: Range<usize>,
    /// The byte of the last of its paragraphs at which it ends; none at the end of that paragraph.
    pub cut: Option<usize>,
    /// How many bytes of text it has.
    pub bytes: usize,
    /// The printed page on which the text before it ends, as far as it is known.
    pub page: Option<u32>,
}

impl Piece {
    /// Whether it is the first of its item, with the heading.
    pub fn is_first(&self) -> bool {
        self.from == (0, 0)
    }

    /// The bytes of one of its paragraphs that are in it.
    pub fn bytes_of(&self, index: usize, paragraph: &Paragraph) -> Range<usize> {
        let from = if index == self.from.0 { self.from.1 } else { 0 };
        let last = index + 1 == self.paragraphs.end;
        from..self.cut.filter(|_| last).unwrap_or(paragraph.text.len())
    }
}

/// The pieces of some items of a record, in order.
pub fn of(record: &Record, items: impl Iterator<Item = usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for index in items {
        match record.items.get(index) {
            Some(Item::Statement(statement)) => {
                of_paragraphs(
                    index,
                    &statement.paragraphs,
                    statement.page,
                    usize::MAX,
                    &mut pieces,
                );
            }
            Some(Item::Direction(direction)) => pieces.push(whole(index, direction.text.len())),
            Some(Item::Vote(_)) => pieces.push(whole(index, 200)),
            None => {}
        }
    }
    pieces
}

/// The piece of an item nobody spoke.
fn whole(item: usize, bytes: usize) -> Piece {
    Piece { item, from: (0, 0), paragraphs: 0..0, cut: None, bytes, page: None }
}

/// The first piece of an item.
pub fn first(item: &Item) -> Piece {
    let mut pieces = Vec::new();
    if let Item::Statement(statement) = item {
        of_paragraphs(0, &statement.paragraphs, statement.page, 1, &mut pieces);
    }
    pieces.into_iter().next().unwrap_or_else(|| whole(0, 0))
}

/// Adds the pieces of a statement, at least as many as are wanted.
fn of_paragraphs(
    item: usize,
    paragraphs: &[Paragraph],
    mut page: Option<u32>,
    wanted: usize,
    pieces: &mut Vec<Piece>,
) {
    let wanted = wanted.saturating_add(pieces.len());
    let mut piece = Piece { page, ..whole(item, 0) };
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if piece.bytes >= ENOUGH || piece.paragraphs.len() >= ENOUGH_PARAGRAPHS {
            let next = Piece { from: (index, 0), paragraphs: index..index, page, ..whole(item, 0) };
            pieces.push(std::mem::replace(&mut piece, next));
            if pieces.len() >= wanted {
                return;
            }
        }
        piece.paragraphs.end = index + 1;
        let mut from = 0;
        while let Some(cut) = cut(&paragraph.text[from..]).map(|cut| from + cut) {
            let page = paragraph.page_at(cut).or(page);
            let next =
                Piece { from: (index, cut), paragraphs: index..index + 1, page, ..whole(item, 0) };
            piece.bytes += cut - from;
            piece.cut = Some(cut);
            pieces.push(std::mem::replace(&mut piece, next));
            from = cut;
            if pieces.len() >= wanted {
                return;
            }
        }
        piece.bytes += paragraph.text.len() - from;
        page = paragraph.page_at(paragraph.text.len()).or(page);
    }
    pieces.push(piece);
}

/// Where a text is cut that is too long for one piece, never at its ends.
fn cut(text: &str) -> Option<usize> {
    let mut lines = text.bytes().take(MOST).enumerate().filter(|(_, b)| *b == b'\n');
    if let Some((at, _)) = lines.nth(MOST_LINES - 1) {
        return (at + 1 < text.len()).then_some(at + 1);
    }
    if text.len() <= MOST {
        return None;
    }
    let window = &text[..text.floor_char_boundary(MOST)];
    let after = |c| window.rfind(c).map(|at| at + 1).filter(|at| *at > MOST / 2);
    let inside =
        || window.grapheme_indices(true).next_back().map(|(at, _)| at).filter(|at| *at > 0);
    after('\n').or_else(|| after(' ')).or_else(inside).or(Some(window.len()))
}

/// The first piece of an item, if it is among the pieces.
pub fn first_of(pieces: &[Piece], item: usize) -> Option<usize> {
    let at = pieces.partition_point(|p| p.item < item);
    pieces.get(at).is_some_and(|p| p.item == item).then_some(at)
}

/// The piece with a byte of a paragraph.
pub fn with(pieces: &[Piece], at: ParagraphAt, byte: usize) -> Option<usize> {
    let place = (at.item, (at.paragraph, byte));
    let found = pieces.partition_point(|p| (p.item, p.from) <= place).checked_sub(1)?;
    pieces.get(found).is_some_and(|p| p.item == at.item).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(texts: &[&str]) -> Vec<Piece> {
        let paragraph =
            |text: &&str| Paragraph { text: (*text).to_owned(), ..Paragraph::default() };
        let paragraphs: Vec<Paragraph> = texts.iter().map(paragraph).collect();
        let mut pieces = Vec::new();
        of_paragraphs(0, &paragraphs, None, usize::MAX, &mut pieces);
        // Together they are the whole, in order.
        let shown: Vec<String> = paragraphs
            .iter()
            .enumerate()
            .map(|(index, p)| {
                let within = pieces.iter().filter(|piece| piece.paragraphs.contains(&index));
                within.map(|piece| &p.text[piece.bytes_of(index, p)]).collect()
            })
            .collect();
        assert_eq!(shown, texts);
        assert_eq!(pieces.iter().map(|p| p.bytes).sum::<usize>(), texts.concat().len());
        pieces
    }

    #[test]
    fn the_usual_statement_is_one_piece_and_a_long_one_is_cut() {
        assert_eq!(pieces(&[]).len(), 1);
        assert_eq!(pieces(&["I thank you.", "And you."]).len(), 1);
        let speech = "The envoy spoke at length. ".repeat(2_000);
        assert_eq!(pieces(&[&speech]).len(), 1);
        assert_eq!(pieces(&[&speech, "The end."])[1].from, (1, 0));
        assert_eq!(pieces(&["x"; 1_000]).len(), 4);
        let long = pieces(&[&speech.repeat(2)]);
        assert_eq!((long.len(), long[1].from.0), (2, 0));
        assert!(speech.repeat(2)[..long[1].from.1].ends_with(' '));
        let lines = pieces(&[&"\n".repeat(3_000)]);
        assert_eq!(lines.iter().map(|p| p.bytes).collect::<Vec<_>>(), [1024, 1024, 952]);
        let joined = "e\u{301}".repeat(MOST);
        let cut = pieces(&[&joined])[1].from.1;
        assert!(joined[cut..].starts_with('e'), "not between a letter and its accent");
        pieces(&[&"\u{1F1E6}".repeat(MOST)]);
        pieces(&[&"\u{301}".repeat(MOST)]);
    }
}
