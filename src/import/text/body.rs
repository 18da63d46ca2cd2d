//! The body of a record: lines into directions, statements and votes.

use super::geometry::{self, ParagraphShape};
use crate::import::assemble::Body;
use crate::import::direction::{self, DirectionKind, FoundDirection};
use crate::import::lines::join::{JoinRules, JoinedText, ends_in_hyphen, peek_joined};
use crate::import::lines::{Line, ends_sentence};
use crate::import::{address, vote, words};
use crate::record::{Direction, Item, Paragraph, Statement, Vote};

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
    let mut reader = BodyReader {
        lines,
        rules,
        agenda: agenda.iter().map(|title| letters_only(title)).collect(),
        shape,
        starts,
        body: Body::default(),
        open: None,
        last: None,
        count: 0,
        titles: true,
    };
    let mut at = 0;
    while at < lines.len() {
        at = match reader.starts[at].clone() {
            LineStart::Heading => reader.read_statement(at),
            LineStart::Direction(kind, time) => reader.read_direction(at, kind, time),
            LineStart::Label => reader.read_vote(at),
            LineStart::Nothing => reader.read_paragraph(at),
        };
    }
    reader.close_statement();
    reader.body.by_width = matches!(shape, ParagraphShape::Measured(_));
    reader.body
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

/// The letters and digits of a title, so that spaces, hyphens and the width of brackets do not matter.
fn letters_only(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The state of the reader: what is open, and what is done.
struct BodyReader<'a> {
    lines: &'a [Line],
    rules: &'a JoinRules,
    /// The titles of the agenda, by their letters alone.
    agenda: Vec<String>,
    shape: ParagraphShape,
    starts: Vec<LineStart>,
    body: Body,
    /// The statement that is being read.
    open: Option<Statement>,
    /// The statement before a direction, whose speaker may go on.
    last: Option<Statement>,
    /// The number of statements until now.
    count: u32,
    /// An opening or the agenda came before: titles follow, which nobody speaks.
    titles: bool,
}

impl BodyReader<'_> {
    /// Joins the lines of one paragraph, and returns it with the line after it.
    fn join_paragraph(&mut self, at: usize) -> (JoinedText, usize) {
        let mut joined = JoinedText::default();
        let mut next = at;
        loop {
            joined.push(&self.lines[next], self.rules, &mut self.body.tally);
            let inside = next < at + HEADING_LINES - 1
                && self.starts[at] == LineStart::Heading
                && address::parse_address(&joined.text).is_none();
            next += 1;
            if next >= self.lines.len() {
                break;
            }
            if inside {
                continue;
            }
            let language = &self.rules.language;
            if self.starts[next] != LineStart::Nothing
                || geometry::ends_paragraph(self.lines, next - 1, self.shape, language)
            {
                break;
            }
        }
        (joined, next)
    }

    /// A form of address and the paragraph that follows it.
    fn read_statement(&mut self, at: usize) -> usize {
        self.close_statement();
        let (joined, next) = self.join_paragraph(at);
        let Some(address) = address::parse_address(&joined.text) else {
            self.add_paragraph(joined);
            return next;
        };
        self.count += 1;
        let number = self.count;
        if address.chair {
            self.body.chairs.push(number);
        }
        self.open = Some(Statement {
            number,
            page: joined.page,
            speaker: address.speaker,
            spoken: address.spoken,
            ..Statement::default()
        });
        self.titles = false;
        self.add_paragraph(joined.without_head(address.len));
        next
    }

    /// A later paragraph of a statement, or a line nobody speaks.
    fn read_paragraph(&mut self, at: usize) -> usize {
        if self.open.is_none() && self.titles {
            return self.read_title(at);
        }
        let (joined, next) = self.join_paragraph(at);
        if self.open.is_none() {
            // "There being no objection, it is so decided." and the President goes on.
            if let Some(last) = self.last.take() {
                self.body.resumed += 1;
                self.count += 1;
                let number = self.count;
                if self.body.chairs.contains(&last.number) {
                    self.body.chairs.push(number);
                }
                self.open =
                    Some(Statement { number, page: joined.page, paragraphs: Vec::new(), ..last });
            }
        }
        self.add_paragraph(joined);
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
            let joined: String = self.lines[at..to].iter().map(|l| letters_only(&l.text)).collect();
            self.agenda.contains(&joined)
        });
        let mut joined = JoinedText::default();
        let mut next = at;
        loop {
            joined.push(&self.lines[next], self.rules, &mut self.body.tally);
            next += 1;
            if next >= known.unwrap_or(end) || (known.is_none() && !self.title_goes_on(next)) {
                break;
            }
        }
        self.add_paragraph(joined);
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
                && !geometry::ends_paragraph(
                    self.lines,
                    next - 1,
                    self.shape,
                    &self.rules.language,
                ))
    }

    /// Adds a paragraph to the open statement; without one it is a direction.
    fn add_paragraph(&mut self, joined: JoinedText) {
        let text = joined.text.trim_end().to_owned();
        if text.is_empty() {
            return;
        }
        self.body.paragraphs += 1;
        match &mut self.open {
            Some(statement) => statement.paragraphs.push(Paragraph {
                page: joined.page,
                text,
                capacity: None,
                breaks: joined.breaks,
            }),
            None => self.body.items.push(Item::Direction(Direction { page: joined.page, text })),
        }
    }

    /// A direction, up to the end of its sentence.
    fn read_direction(&mut self, at: usize, kind: DirectionKind, time: Option<String>) -> usize {
        self.close_statement();
        let mut joined = JoinedText::default();
        let mut next = at;
        let whole = at + find_direction(self.lines, at).map_or(1, |found| found.lines);
        loop {
            joined.push(&self.lines[next], self.rules, &mut self.body.tally);
            let done = ends_sentence(&self.lines[next].text);
            next += 1;
            if next < whole {
                continue;
            }
            let more = !done
                && next < self.lines.len().min(at + 3)
                && self.starts[next] == LineStart::Nothing
                && !self.lines[next].after_blank
                && self.lines[next]
                    .text
                    .starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
            if !more {
                break;
            }
        }
        // The time may be on the second line.
        let time =
            time.filter(|t| !t.is_empty()).or_else(|| direction::parse_direction(&joined.text)?.1);
        match kind {
            kind if kind.opens() => self.body.opened = self.body.opened.take().or(time),
            kind if kind.closes() => self.body.closed = time.or_else(|| self.body.closed.take()),
            _ => {}
        }
        self.titles = kind.precedes_titles();
        let page = joined.page;
        self.body.items.push(Item::Direction(Direction { page, text: joined.text }));
        next
    }

    /// The lists of a vote.
    fn read_vote(&mut self, at: usize) -> usize {
        self.close_statement();
        let mut vote = Vote { page: self.lines[at].page, ..Vote::default() };
        let mut next = at;
        while next < self.lines.len() && self.starts[next] == LineStart::Label {
            let Some((list, rest)) = vote::parse_list_label(&self.lines[next].text) else { break };
            let first = Line { text: rest.to_owned(), ..self.lines[next].clone() };
            next += 1;
            let mut joined = JoinedText::default();
            if !first.text.is_empty() {
                joined.push(&first, self.rules, &mut self.body.tally);
            }
            while next < self.lines.len() && self.list_goes_on(&joined.text, next) {
                joined.push(&self.lines[next], self.rules, &mut self.body.tally);
                next += 1;
            }
            let names = vote::parse_state_list(&joined.text);
            for unknown in &names.unknown {
                self.body.warnings.push(format!(
                    "unknown State {unknown:?} in the list of a vote; kept as printed"
                ));
            }
            *list.names_in(&mut vote) = names.names;
        }
        self.body.items.push(Item::Vote(vote));
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

    /// Ends the open statement.
    fn close_statement(&mut self) {
        let Some(statement) = self.open.take() else { return };
        self.last = Some(Statement { paragraphs: Vec::new(), ..statement.clone() });
        self.body.items.push(Item::Statement(statement));
    }
}
