//! Lines into blocks where nothing but their words is known.

use super::builder::{Block, Body, BodyBuilder};
use super::shape::{self, ParagraphShape};
use crate::import::direction::{self, DirectionKind, FoundDirection};
use crate::import::lines::join::{JoinRules, JoinedText, ends_in_hyphen, peek_joined};
use crate::import::lines::{Line, ends_sentence};
use crate::import::{address, vote, words};

/// The most lines a form of address may take.
const HEADING_LINES: usize = 3;

/// What a line starts.
#[derive(Clone, Debug, PartialEq, Eq)]
enum LineStart {
    Nothing,
    Heading,
    Direction(DirectionKind, Option<String>),
    Label,
}

/// Reads the body of a record.
///
/// `agenda` is that of the cover page, whose titles are repeated before the first statement.
pub fn read_body(lines: &[Line], rules: &JoinRules, agenda: &[String]) -> Body {
    let starts = find_starts(lines, rules);
    let shape = ParagraphShape::measure(lines, &mark_lists(&starts), &rules.language);
    let mut reader = WordReader {
        lines,
        rules,
        agenda: agenda.iter().map(|title| words::letters_only(title)).collect(),
        shape,
        starts,
        builder: BodyBuilder::default(),
        titles: true,
    };
    let mut at = 0;
    while at < lines.len() {
        let next = match reader.starts[at].clone() {
            LineStart::Heading => reader.read_statement(at),
            LineStart::Direction(kind, time) => reader.read_direction(at, kind, time),
            LineStart::Label => reader.read_list(at),
            LineStart::Nothing => reader.read_paragraph(at),
        };
        for line in (at.max(1)..next).filter(|&line| breaks_order(&lines[line - 1], &lines[line])) {
            let start = words::first_bytes(&lines[line].text, 60);
            reader.builder.doubt(format!(
                "the line {start:?} does not go on from the one before; the text may be out of order"
            ));
        }
        at = next;
    }
    let by_width = matches!(shape, ParagraphShape::Measured(_));
    Body { by_width, ..reader.builder.finish() }
}

/// Whether a line starts with a small letter although the one before ends a sentence, as where a program has
/// put the pieces of a page in another order. Of 10,000 lines of sound texts four are so.
fn breaks_order(before: &Line, line: &Line) -> bool {
    let before = before.text.as_str();
    let mut back = before.chars().rev();
    let stop = back.next().is_some_and(|c| matches!(c, '.' | '!' | '?'));
    // "10 a.m.", "the U.S."
    let word = back.take_while(|c| c.is_alphabetic()).count();
    stop && word > 2
        && ends_sentence(before)
        && line.text.chars().take(3).all(char::is_lowercase)
        && line.text.len() > 20
}

/// Parts each line in which another speaker's form of address follows the last words of the one before.
pub fn split_embedded_addresses(lines: &mut Vec<Line>) {
    let mut at = 0;
    while at < lines.len() {
        if let Some(cut) = address::find_embedded_address(&lines[at].text) {
            let line = &mut lines[at];
            let next = Line { after_blank: false, after_turn: false, ..line.clone() };
            let tail = line.text.split_off(cut);
            line.text.truncate(line.text.trim_end().len());
            lines.insert(at + 1, Line { text: tail, starts: next.starts.map(|_| true), ..next });
        }
        at += 1;
    }
}

/// The first line with a form of address or an opening direction, and whether it is the latter.
pub fn find_body_start(lines: &[Line], rules: &JoinRules, from: usize) -> Option<(usize, bool)> {
    let starts = find_starts(lines, rules);
    let opening = starts
        .iter()
        .skip(from)
        .position(|s| matches!(s, LineStart::Direction(kind, _) if kind.opens()))
        .map(|p| p + from);
    let heading = starts.iter().skip(from).position(|s| *s == LineStart::Heading).map(|p| p + from);
    match (opening, heading) {
        (Some(o), Some(h)) if o < h => Some((o, true)),
        (Some(o), None) => Some((o, true)),
        (_, Some(h)) => Some((h, false)),
        (None, None) => None,
    }
}

/// Marks the lines of vote lists and directions: their widths do not show the width of the column.
fn mark_lists(starts: &[LineStart]) -> Vec<bool> {
    let mut list = false;
    let mut apart = Vec::with_capacity(starts.len());
    for start in starts {
        list = match start {
            LineStart::Label => true,
            LineStart::Nothing => list,
            LineStart::Heading | LineStart::Direction(..) => false,
        };
        apart.push(list || matches!(start, LineStart::Direction(..)));
    }
    apart
}

/// What each line starts.
fn find_starts(lines: &[Line], rules: &JoinRules) -> Vec<LineStart> {
    let mut starts: Vec<LineStart> = Vec::with_capacity(lines.len());
    for at in 0..lines.len() {
        let free = at == 0
            || lines[at].after_blank
            || matches!(starts[at - 1], LineStart::Direction(..) | LineStart::Label)
            || ends_sentence(&lines[at - 1].text);
        starts.push(find_start(lines, at, free, rules));
    }
    starts
}

/// What a line starts; `free` means that a sentence ends before it.
fn find_start(lines: &[Line], at: usize, free: bool, rules: &JoinRules) -> LineStart {
    let line = &lines[at].text;
    if at > 0 && ends_in_hyphen(&lines[at - 1].text) {
        return LineStart::Nothing;
    }
    if vote::parse_list_label(line).is_some() {
        return LineStart::Label;
    }
    if let Some(found) = find_direction(lines, at) {
        return LineStart::Direction(found.kind, found.time);
    }
    let ahead = &lines[at..lines.len().min(at + HEADING_LINES)];
    let colon = ahead.iter().any(|l| words::first_bytes(&l.text, 400).contains([':', '：']));
    if !colon || line.chars().next().is_none_or(char::is_lowercase) {
        return LineStart::Nothing;
    }
    match address::parse_address(&peek_joined(ahead, rules, 400)) {
        Some(address) if free || !address.bare => LineStart::Heading,
        _ => LineStart::Nothing,
    }
}

/// The direction that starts at a line.
fn find_direction(lines: &[Line], at: usize) -> Option<FoundDirection> {
    let ahead = lines[at..].iter().take(direction::MOST_LINES);
    direction::find_direction(ahead.map(|line| line.text.as_str()))
}

/// Reads lines.
struct WordReader<'a> {
    lines: &'a [Line],
    rules: &'a JoinRules,
    /// The titles of the agenda, by their letters alone.
    agenda: Vec<String>,
    shape: ParagraphShape,
    starts: Vec<LineStart>,
    builder: BodyBuilder,
    /// An opening or the agenda came before: titles follow, which nobody speaks.
    titles: bool,
}

impl WordReader<'_> {
    /// Joins the lines `at..next`.
    fn join(&mut self, at: usize, next: usize) -> JoinedText {
        JoinedText::join(&self.lines[at..next], self.rules, self.builder.tally())
    }

    /// The line after the paragraph that starts at line `at`.
    fn paragraph_end(&self, at: usize) -> usize {
        let heading = self.starts[at] == LineStart::Heading;
        let mut next = at + 1;
        while next < self.lines.len() {
            // A form of address is read to its colon, whatever its lines look like.
            let inside = heading
                && next < at + HEADING_LINES
                && address::parse_address(&peek_joined(&self.lines[at..next], self.rules, 400))
                    .is_none();
            if !inside && self.ends_before(next) {
                break;
            }
            next += 1;
        }
        next
    }

    /// Whether a paragraph ends before line `next`.
    fn ends_before(&self, next: usize) -> bool {
        self.starts[next] != LineStart::Nothing
            || shape::ends_paragraph(self.lines, next - 1, self.shape, &self.rules.language)
    }

    /// A form of address and the paragraph that follows it.
    fn read_statement(&mut self, at: usize) -> usize {
        let next = self.paragraph_end(at);
        let joined = self.join(at, next);
        self.builder.add(match address::parse_address(&joined.text) {
            Some(address) => Block::Statement(address.into(), joined),
            None => Block::Words(joined),
        });
        self.titles = false;
        next
    }

    /// A later paragraph of a statement, or a line nobody speaks.
    fn read_paragraph(&mut self, at: usize) -> usize {
        if self.titles {
            return self.read_title(at);
        }
        let next = self.paragraph_end(at);
        let joined = self.join(at, next);
        self.builder.add(Block::Words(joined));
        next
    }

    /// A title that nobody speaks. Titles of the agenda are known from the cover page. Of any other, a
    /// line that starts with a bracket or a small letter belongs to the line before.
    fn read_title(&mut self, at: usize) -> usize {
        let end = (at..self.lines.len().min(at + 9))
            .take_while(|&i| i == at || self.starts[i] == LineStart::Nothing)
            .last()
            .map_or(at + 1, |last| last + 1);
        let known = (at + 1..=end).rev().find(|&to| {
            let joined: String =
                self.lines[at..to].iter().map(|l| words::letters_only(&l.text)).collect();
            self.agenda.contains(&joined)
        });
        let next = known.unwrap_or_else(|| {
            (at + 1..end).find(|&next| !self.title_goes_on(next)).unwrap_or(end)
        });
        let joined = self.join(at, next);
        self.builder.add(Block::Direction(None, joined));
        next
    }

    /// Whether the line belongs to the title before it for certain.
    fn title_goes_on(&self, next: usize) -> bool {
        let (before, line) = (&self.lines[next - 1].text, &self.lines[next]);
        let small = line.text.starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | '（'));
        let ended = before.ends_with([')', '）', '.', '。']);
        !line.after_blank && (small || !ended && ends_in_hyphen(before))
            || (!line.after_blank
                && !ended
                && !shape::ends_paragraph(self.lines, next - 1, self.shape, &self.rules.language))
    }

    /// A direction, up to the end of its sentence.
    fn read_direction(&mut self, at: usize, kind: DirectionKind, time: Option<String>) -> usize {
        let mut next = at + find_direction(self.lines, at).map_or(1, |found| found.lines);
        while next < self.lines.len().min(at + 3)
            && !ends_sentence(&self.lines[next - 1].text)
            && self.starts[next] == LineStart::Nothing
            && !self.lines[next].after_blank
            && self.lines[next].text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
        {
            next += 1;
        }
        let joined = self.join(at, next);
        if kind == DirectionKind::Decided
            && self.builder.in_chair()
            && direction::is_ruling(&joined.text)
        {
            self.builder.add(Block::Words(joined));
            return next;
        }
        // The time may be on the second line.
        let time =
            time.filter(|t| !t.is_empty()).or_else(|| direction::parse_direction(&joined.text)?.1);
        self.builder.add(Block::Direction(Some((kind, time)), joined));
        self.titles = kind.precedes_titles();
        next
    }

    /// One list of a vote.
    fn read_list(&mut self, at: usize) -> usize {
        self.builder.close_statement();
        let page = self.lines[at].page;
        let rest = vote::parse_list_label(&self.lines[at].text).map_or("", |(_, rest)| rest);
        let mut joined = JoinedText::default();
        let first = Line { text: rest.to_owned(), ..self.lines[at].clone() };
        if !first.text.is_empty() {
            joined.push(&first, self.rules, self.builder.tally());
        }
        let mut next = at + 1;
        while next < self.lines.len() && self.list_goes_on(&joined.text, next) {
            joined.push(&self.lines[next], self.rules, self.builder.tally());
            next += 1;
        }
        if let Some((list, _)) = vote::parse_list_label(&self.lines[at].text) {
            self.builder.add(Block::List(list, page, joined.text));
        }
        self.titles = false;
        next
    }

    /// Whether the line continues the list read until now.
    fn list_goes_on(&self, list: &str, next: usize) -> bool {
        let line = &self.lines[next];
        if self.starts[next] != LineStart::Nothing || list.len() > 2000 {
            return false;
        }
        if list.is_empty() || list.ends_with([',', '、', '，', '،', '-']) {
            return true;
        }
        if line.after_blank || vote::names_nobody(list) {
            return false;
        }
        // A complete name needs no further line, unless that line starts with a small letter.
        let whole = vote::parse_state_list(list).unknown.is_empty();
        !whole || line.text.starts_with(char::is_lowercase) || !line.text.ends_with(['.', '。'])
    }
}
