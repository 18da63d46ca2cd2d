//! Lines into paragraphs: once by the places of the lines, once by the structure tree.
//!
//! The two ways are independent, so a paragraph on which they agree is certain. Where they differ the tree
//! is followed, because it comes from the author, and the import reports it.

use std::collections::HashMap;

use super::lines::PlacedLine;
use super::pages::PdfPages;
use super::tree::TaggedPiece;
use crate::import::body::by_style::{StyledParagraph, name_letters};
use crate::import::lines::Line;
use crate::import::words::letters_only;

/// A line that starts further right than this is indented, in points.
const INDENT: f64 = 8.0;

/// A paragraph, as its lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PlacedParagraph {
    /// The lines, from top to bottom and from column to column.
    pub(super) lines: Vec<PlacedLine>,
}

impl PlacedParagraph {
    /// The paragraph without its places; `usual` is the size of the text, and `numbers` are the printed
    /// numbers of the file's pages.
    pub(super) fn to_styled(&self, usual: f64, numbers: &[u32]) -> StyledParagraph {
        let line = |line: &PlacedLine| Line {
            text: line.text.clone(),
            page: numbers.get(line.page).copied(),
            letters: line.letters,
            ..Line::default()
        };
        StyledParagraph { lines: self.lines.iter().map(line).collect(), note: is_note(self, usual) }
    }

    /// Its letters and digits, for comparison.
    fn letters_only(&self) -> String {
        self.lines.iter().map(|l| letters_only(&l.text)).collect()
    }
}

/// Fewer gaps than this do not show the line spacing of running text.
const FEW: usize = 40;

/// Paragraphs by the tree, in its order; `None` if less than 98 % of the text is in it.
pub(super) fn by_tree(
    sheets: &mut PdfPages,
    tree: Vec<Vec<TaggedPiece>>,
) -> Option<Vec<PlacedParagraph>> {
    let all: usize = sheets.lines.iter().map(|l| l.letters.letters).sum();
    let mut held = 0;
    let mut paragraphs = Vec::new();
    for pieces in tree {
        let mut paragraph = PlacedParagraph::default();
        for piece in pieces {
            for line in sheets.tagged.remove(&piece).unwrap_or_default() {
                held += line.letters.letters;
                join_line(&mut paragraph.lines, line);
            }
        }
        for line in &mut paragraph.lines {
            line.text = line.text.trim().to_owned();
        }
        paragraph.lines.retain(|l| !l.text.is_empty());
        if !paragraph.lines.is_empty() {
            paragraphs.push(paragraph);
        }
    }
    (held > 0 && held * 100 >= all * 98).then_some(paragraphs)
}

/// Adds a line; if it is on the same baseline to the right of the last one, it continues that.
fn join_line(lines: &mut Vec<PlacedLine>, line: PlacedLine) {
    match lines.last_mut() {
        Some(last)
            if last.page == line.page
                && (last.y - line.y).abs() < 2.5
                && line.x > last.end - 3.0
                && line.x - last.end < 60.0 =>
        {
            last.append(&line);
        }
        _ => lines.push(line),
    }
}

/// Paragraphs by the places of the lines. A note at the foot of a page follows the last paragraph that
/// starts on this page.
pub(super) fn by_place(lines: &[PlacedLine]) -> Vec<PlacedParagraph> {
    let (lines, notes) = split_off_notes(lines);
    let mut paragraphs = in_order(&lines);
    insert_notes(&mut paragraphs, notes);
    paragraphs
}

/// The same for lines without notes.
fn in_order(lines: &[PlacedLine]) -> Vec<PlacedParagraph> {
    let mut paragraphs: Vec<PlacedParagraph> = Vec::new();
    let bases = column_bases(lines);
    let spacing = line_spacing(lines);
    let mut before: Option<(&PlacedLine, f64)> = None;
    for line in lines {
        let base = bases.get(&(line.page, line.column)).copied().unwrap_or(line.x);
        let begins = match before {
            None => true,
            Some((last, _)) if last.page == line.page && last.column == line.column => {
                begins_below(last, line, spacing(line))
            }
            Some((last, last_base)) => begins_column(last, last.x - last_base, line, line.x - base),
        };
        match paragraphs.last_mut().filter(|_| !begins) {
            Some(open) => open.lines.push(line.clone()),
            None => paragraphs.push(PlacedParagraph { lines: vec![line.clone()] }),
        }
        before = Some((line, base));
    }
    paragraphs
}

/// Whether a line starts a paragraph, given the line above it in the column.
fn begins_below(last: &PlacedLine, line: &PlacedLine, lead: f64) -> bool {
    last.y - line.y > 1.25 * lead || line.x - last.x > INDENT
}

/// Whether the first line of a column starts a paragraph, given the last line before it and both indents.
fn begins_column(last: &PlacedLine, last_indent: f64, line: &PlacedLine, indent: f64) -> bool {
    let style = |l: &PlacedLine| (l.letters.is_bold(), l.letters.is_italic());
    let closed = last.text.ends_with(['.', '!', '?', ':', ')', '”', '"', '»', '。', '：']);
    if indent <= INDENT {
        // A title or a label at the top of a column.
        return style(last) != style(line) && (closed || style(line) != (false, false));
    }
    // A quotation is indented as a whole, and continues in the next column. So is the list of a vote,
    // but the text after it starts in bold.
    let named =
        line.letters.head >= name_letters(&line.text) && last.letters.head < last.letters.letters;
    named || closed || style(last) != style(line) || (indent - last_indent).abs() > 3.0
}

/// The left edge of each column: the leftmost place at which a tenth of its lines start.
fn column_bases(lines: &[PlacedLine]) -> HashMap<(usize, usize), f64> {
    let mut places: HashMap<(usize, usize), Vec<f64>> = HashMap::new();
    let mut whole: HashMap<usize, Vec<f64>> = HashMap::new();
    for line in lines {
        places.entry((line.page, line.column)).or_default().push(line.x);
        whole.entry(line.column).or_default().push(line.x);
    }
    let whole: HashMap<usize, f64> =
        whole.into_iter().map(|(column, mut xs)| (column, leftmost(&mut xs))).collect();
    places
        .into_iter()
        .map(|(place, mut xs)| {
            let own = leftmost(&mut xs);
            // A short column may be indented as a whole.
            let common = whole.get(&place.1).copied().unwrap_or(own);
            let short = xs.len() < 10 && own > common && own - common < 60.0;
            (place, if short { common } else { own })
        })
        .collect()
}

fn leftmost(xs: &mut [f64]) -> f64 {
    xs.sort_by(f64::total_cmp);
    let needed = xs.len().div_ceil(10);
    let below = |limit: f64| xs.partition_point(|x| *x < limit);
    let near = |x: f64| below(x + 1.5) - below(x - 1.5);
    xs.iter().copied().find(|x| near(*x) >= needed).or(xs.first().copied()).unwrap_or(0.0)
}

/// The distance of baselines in running text: the first quartile of the gaps of each column, because a
/// column may be stretched to the foot of its page.
fn line_spacing(lines: &[PlacedLine]) -> impl Fn(&PlacedLine) -> f64 + use<> {
    let mut gaps: HashMap<(usize, usize), Vec<f64>> = HashMap::new();
    let mut all = Vec::new();
    for pair in lines.windows(2) {
        let gap = pair[0].y - pair[1].y;
        if pair[0].page == pair[1].page && pair[0].column == pair[1].column && gap > 4.0 {
            gaps.entry((pair[0].page, pair[0].column)).or_default().push(gap);
            all.push(gap);
        }
    }
    let few = all.len() < FEW;
    let common = first_quartile(&mut all).unwrap_or(12.0);
    let own: HashMap<(usize, usize), f64> = gaps
        .into_iter()
        .filter(|(_, gaps)| gaps.len() >= 8)
        .filter_map(|(place, mut gaps)| Some((place, first_quartile(&mut gaps)?)))
        .collect();
    move |line| {
        let own = own.get(&(line.page, line.column)).copied().unwrap_or(common);
        // In a column of short paragraphs nearly every gap is between two of them.
        let own = if own > 1.3 * common { common } else { own };
        // The same in a short record: no text has such a wide line spacing.
        if few && own > 1.6 * line.size { 1.2 * line.size } else { own }
    }
}

fn first_quartile(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 4).copied()
}

/// A warning if the two readings of a text differ.
pub(super) fn describe_differences(
    tree: &[PlacedParagraph],
    place: &[PlacedParagraph],
    numbers: &[u32],
) -> Vec<String> {
    let mut counts: HashMap<String, i64> = HashMap::new();
    for paragraph in place {
        *counts.entry(paragraph.letters_only()).or_default() += 1;
    }
    let mut pages: Vec<u32> = Vec::new();
    let mut differ = 0;
    for paragraph in tree {
        let count = counts.entry(paragraph.letters_only()).or_default();
        *count -= 1;
        if *count < 0 {
            differ += 1;
            let page = paragraph.lines.first().and_then(|l| numbers.get(l.page)).copied();
            pages.extend(page.filter(|p| !pages.contains(p)));
        }
    }
    if differ == 0 {
        return Vec::new();
    }
    let shown: Vec<String> = pages.iter().take(12).map(u32::to_string).collect();
    let more = if pages.len() > 12 { " and others" } else { "" };
    vec![format!(
        "{differ} of {} paragraphs differ between the tags of the file and the positions of lines, on printed pages {}{more}; used the tags",
        tree.len(),
        shown.join(", ")
    )]
}

/// Notes at the foot of a page are smaller than this share of the usual size. Nobody spoke them, and the
/// sentence above continues in the next column.
const SMALL: f64 = 0.9;

/// The median size of lines.
fn median_size(lines: &[PlacedLine]) -> f64 {
    let mut sizes: Vec<f64> = lines.iter().map(|l| l.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// Whether a text starts with the mark of a note.
fn is_marked(text: &str) -> bool {
    text.starts_with(['*', '†', '‡'])
}

/// Whether a paragraph is a note; `usual` is the size of the text.
fn is_note(paragraph: &PlacedParagraph, usual: f64) -> bool {
    paragraph.lines.first().is_some_and(|line| is_marked(&line.text))
        && paragraph.lines.iter().all(|line| line.size < SMALL * usual)
}

/// The median size of the lines of paragraphs.
pub(super) fn usual_size(paragraphs: &[PlacedParagraph]) -> f64 {
    let lines: Vec<PlacedLine> = paragraphs.iter().flat_map(|p| p.lines.iter().cloned()).collect();
    median_size(&lines)
}

/// Splits lines into text and notes. A note is small lines from a mark to the foot of the column.
pub(super) fn split_off_notes(lines: &[PlacedLine]) -> (Vec<PlacedLine>, Vec<PlacedParagraph>) {
    let usual = median_size(lines);
    let mut text = Vec::with_capacity(lines.len());
    let mut notes: Vec<PlacedParagraph> = Vec::new();
    for column in lines.chunk_by(|a, b| (a.page, a.column) == (b.page, b.column)) {
        let small = column.iter().rev().take_while(|l| l.size < SMALL * usual).count();
        let (before, foot) = column.split_at(column.len() - small);
        let first = foot.iter().position(|l| is_marked(&l.text)).unwrap_or(foot.len());
        text.extend_from_slice(before);
        text.extend_from_slice(&foot[..first]);
        for line in &foot[first..] {
            match notes.last_mut().filter(|_| !is_marked(&line.text)) {
                Some(note) => note.lines.push(line.clone()),
                None => notes.push(PlacedParagraph { lines: vec![line.clone()] }),
            }
        }
    }
    (text, notes)
}

/// Inserts each note after the last paragraph that starts on its page or before.
pub(super) fn insert_notes(paragraphs: &mut Vec<PlacedParagraph>, notes: Vec<PlacedParagraph>) {
    for note in notes {
        let page = note.lines.first().map_or(0, |l| l.page);
        let begins = |p: &PlacedParagraph| p.lines.first().map_or(0, |l| l.page);
        let at = paragraphs.iter().rposition(|p| begins(p) <= page).map_or(0, |at| at + 1);
        paragraphs.insert(at, note);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::LetterCounts;

    /// Lines of an invented column: left end, baseline, words.
    fn lines(column: &[(f64, f64, &str)]) -> Vec<PlacedLine> {
        let line = |(x, y, text): &(f64, f64, &str)| PlacedLine {
            text: (*text).to_owned(),
            x: *x,
            end: 300.0,
            y: *y,
            size: 10.0,
            letters: LetterCounts { letters: text.len(), ..LetterCounts::default() },
            ..PlacedLine::default()
        };
        column.iter().map(line).collect()
    }

    fn texts(paragraphs: &[PlacedParagraph]) -> Vec<String> {
        let joined = |p: &PlacedParagraph| {
            p.lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        paragraphs.iter().map(joined).collect()
    }

    #[test]
    fn indents_and_gaps_begin_paragraphs() {
        let column = lines(&[
            (78.0, 700.0, "One"),
            (60.0, 688.0, "goes on"),
            (60.0, 676.0, "and on."),
            (78.0, 664.0, "Two"),
            (60.0, 652.0, "goes on"),
            (60.0, 634.0, "Three."),
            (60.0, 622.0, "Its end."),
        ]);
        assert_eq!(
            texts(&by_place(&column)),
            ["One goes on and on.", "Two goes on", "Three. Its end."]
        );
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_column_and_a_paragraph_does_not() {
        let mut column = lines(&[
            (60.0, 700.0, "a line of text"),
            (60.0, 688.0, "and another one:"),
            (78.0, 670.0, "“We the peoples"),
            (78.0, 658.0, "of these lines"),
        ]);
        let mut next = lines(&[
            (330.0, 700.0, "are quoted”."),
            (312.0, 682.0, "And so on"),
            (312.0, 670.0, "to the end"),
            (312.0, 658.0, "of it."),
        ]);
        next.iter_mut().for_each(|l| l.column = 1);
        column.extend(next);
        assert_eq!(
            texts(&by_place(&column)),
            [
                "a line of text and another one:",
                "“We the peoples of these lines are quoted”.",
                "And so on to the end of it."
            ]
        );
    }

    #[test]
    fn what_differs_is_said_with_its_page() {
        let one = |text: &str| PlacedParagraph { lines: lines(&[(60.0, 1.0, text)]) };
        let (tree, place) = ([one("a b"), one("c")], [one("ab"), one("c d")]);
        let said = describe_differences(&tree, &place, &[7]);
        assert!(
            said[0].starts_with("1 of 2 paragraphs") && said[0].contains("pages 7"),
            "{said:?}"
        );
        assert!(describe_differences(&tree, &tree, &[7]).is_empty());
    }
}
