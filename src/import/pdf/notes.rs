//! Notes at the foot of a page, in small letters behind an asterisk: nobody spoke them, and the sentence
//! over them goes on in the next column.

use super::lines::Line;
use super::paragraphs::Paragraph;

/// A note is set smaller than this share of the usual size.
const SMALL: f64 = 0.9;

/// The size of most lines.
fn usual(lines: &[Line]) -> f64 {
    let mut sizes: Vec<f64> = lines.iter().map(|l| l.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// Whether a text begins as a note does.
fn is_marked(text: &str) -> bool {
    text.starts_with(['*', '†', '‡'])
}

/// Whether a paragraph is a note; `usual` is the size of the text.
pub(super) fn is_note(paragraph: &Paragraph, usual: f64) -> bool {
    paragraph.lines.first().is_some_and(|line| is_marked(&line.text))
        && paragraph.lines.iter().all(|line| line.size < SMALL * usual)
}

/// The usual size of some paragraphs.
pub(super) fn usual_size(paragraphs: &[Paragraph]) -> f64 {
    let lines: Vec<Line> = paragraphs.iter().flat_map(|p| p.lines.iter().cloned()).collect();
    usual(&lines)
}

/// The lines of the text, and the notes: small lines from a mark down to the foot of their column.
pub(super) fn apart(lines: &[Line]) -> (Vec<Line>, Vec<Paragraph>) {
    let usual = usual(lines);
    let mut text = Vec::with_capacity(lines.len());
    let mut notes: Vec<Paragraph> = Vec::new();
    for column in lines.chunk_by(|a, b| (a.page, a.column) == (b.page, b.column)) {
        let small = column.iter().rev().take_while(|l| l.size < SMALL * usual).count();
        let (before, foot) = column.split_at(column.len() - small);
        let first = foot.iter().position(|l| is_marked(&l.text)).unwrap_or(foot.len());
        text.extend_from_slice(before);
        text.extend_from_slice(&foot[..first]);
        for line in &foot[first..] {
            match notes.last_mut().filter(|_| !is_marked(&line.text)) {
                Some(note) => note.lines.push(line.clone()),
                None => notes.push(Paragraph { lines: vec![line.clone()] }),
            }
        }
    }
    (text, notes)
}

/// Puts each note behind the last paragraph that begins on its page or before.
pub(super) fn put(paragraphs: &mut Vec<Paragraph>, notes: Vec<Paragraph>) {
    for note in notes {
        let page = note.lines.first().map_or(0, |l| l.page);
        let begins = |p: &Paragraph| p.lines.first().map_or(0, |l| l.page);
        let at = paragraphs.iter().rposition(|p| begins(p) <= page).map_or(0, |at| at + 1);
        paragraphs.insert(at, note);
    }
}
