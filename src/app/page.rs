//! One item of a record set in lines: heading, paragraphs, directions, vote blocks.
//!
//! Pure and lazy: an item is set once for a width, a very long one piece by piece ([`super::pieces`]),
//! and every line keeps the paragraph and the bytes it shows, so that a place in the document is found
//! again at any width.

use std::borrow::Cow;
use std::ops::Range;

use crate::facts::states;
use crate::record::reference::{self, Reference};
use crate::record::{Announced, Capacity, Item, Outcome, Paragraph, Statement, Vote};

use super::number::thousands;
use super::pieces::Piece;
use super::reading_breaks::{self, groups};
use super::wrap::{wrap, wrap_indented};

/// The width of a line of text, in columns, unless another is wished for: longer lines are tiring to read.
pub const MEASURE: u16 = 72;

/// The most bytes of a heading, of a note, of a direction and of a line of a vote that are set. What
/// is longer is in no real record; a line says how much is left out.
const MOST: usize = 1 << 14;

/// The most groups named under a heading.
const MOST_GROUPS: usize = 200;

/// What a line is, so that a screen can set it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The form of address.
    Heading,
    /// What this program says about a statement: on whose behalf, in which capacity.
    Note,
    /// Spoken words.
    Text,
    /// A line nobody spoke.
    Direction,
    /// A line of a vote block.
    Vote,
    /// Nothing.
    Blank,
}

/// The bytes of a paragraph that a line shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The paragraph of the statement, from 0.
    pub paragraph: usize,
    /// Its bytes.
    pub bytes: Range<usize>,
}

/// One line of a set item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub role: Role,
    /// Columns it is moved in from the left of the measure.
    pub indent: u16,
    /// The words on it.
    pub text: String,
    /// The printed page to show at its margin: on a heading, and where the page turns.
    pub page: Option<u32>,
    /// What of a paragraph it shows.
    pub shown: Option<Shown>,
    /// A reading break is before it: it starts a group of sentences that is no printed paragraph.
    pub after_break: bool,
    /// The references on it, by their bytes in `text` and their number in the item.
    pub references: Vec<(Range<usize>, usize)>,
}

impl Line {
    fn new(role: Role, indent: u16, text: &str) -> Self {
        let text = text.to_owned();
        Self {
            role,
            indent,
            text,
            page: None,
            shown: None,
            after_break: false,
            references: Vec::new(),
        }
    }

    fn blank() -> Self {
        Self::new(Role::Blank, 0, "")
    }
}

/// A piece of an item set for one width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Its lines.
    pub lines: Vec<Line>,
    /// The references in it, in order, with the paragraph each is in.
    pub references: Vec<(usize, Reference)>,
}

/// Wraps a piece of an item into lines of at most `width` columns. Where the paragraphs are not `printed`,
/// long ones have reading breaks.
#[must_use]
pub fn set(item: &Item, piece: &Piece, width: u16, printed: bool) -> Setting {
    let width = width.max(1);
    match item {
        Item::Statement(statement) => set_statement(statement, piece, width, printed),
        Item::Direction(direction) => {
            let mut lines = vec![Line::blank()];
            let indent = if width > 40 { 4 } else { 2 };
            push_wrapped(&mut lines, Role::Direction, indent, &direction.text, width);
            if let Some(line) = lines.get_mut(1) {
                line.page = direction.page;
            }
            Setting { lines, references: Vec::new() }
        }
        Item::Vote(vote) => Setting { lines: set_vote(vote, width), references: Vec::new() },
    }
}

fn push_wrapped(lines: &mut Vec<Line>, role: Role, indent: u16, text: &str, width: u16) {
    let room = width.saturating_sub(indent).max(1);
    let (set, left) = text.split_at(text.floor_char_boundary(MOST));
    for row in wrap(set, room) {
        lines.push(Line::new(role, indent, &set[row.start..row.end]));
    }
    if !left.is_empty() {
        let left = format!("[{} more bytes are not shown]", thousands(left.len()));
        lines.extend(
            wrap(&left, room)
                .iter()
                .map(|row| Line::new(Role::Note, indent, &left[row.start..row.end])),
        );
    }
}

/// The names in one line, as far as they are set, and how many more there are.
fn joined<T: AsRef<str>>(names: &[T], named: impl Fn(&str) -> Cow<'_, str>) -> String {
    let mut text = String::new();
    for (n, name) in names.iter().enumerate() {
        if text.len() > MOST / 2 {
            return format!("{text} and {} more", thousands(names.len() - n));
        }
        let name = name.as_ref();
        text.push_str(if n == 0 { "" } else { ", " });
        text.push_str(&named(name));
    }
    text
}

fn set_statement(statement: &Statement, piece: &Piece, width: u16, printed: bool) -> Setting {
    let mut setting = Setting::default();
    if piece.is_first() {
        set_heading(&mut setting.lines, statement, width);
    }
    let mut page = piece.page;
    let paragraphs = statement.paragraphs.iter().enumerate();
    let paragraphs = paragraphs.take(piece.paragraphs.end).skip(piece.paragraphs.start);
    for (index, paragraph) in paragraphs {
        let bytes = piece.bytes_of(index, paragraph);
        let set = ParagraphPart { paragraph, index, bytes, printed };
        if set.bytes.start > 0 {
            page = set_paragraph(&mut setting, &set, page, width);
            continue;
        }
        let capacity = paragraph
            .capacity
            .filter(|_| index == 0 || statement.capacity_at(index - 1) != paragraph.capacity);
        if let Some(note) = capacity.and_then(|c| capacity_note(c, statement, index)) {
            setting.lines.push(Line::blank());
            push_wrapped(&mut setting.lines, Role::Note, 0, &note, width);
        }
        setting.lines.push(Line::blank());
        page = set_paragraph(&mut setting, &set, page, width);
    }
    setting
}

/// Sets the form of address and on whose behalf the statement is made.
fn set_heading(lines: &mut Vec<Line>, statement: &Statement, width: u16) {
    lines.push(Line::blank());
    push_wrapped(lines, Role::Heading, 0, &statement.speaker.printed, width);
    if let Some(line) = lines.get_mut(1) {
        line.page = statement.page;
    }
    for behalf in statement.on_behalf_of.iter().take(MOST_GROUPS) {
        let members = match behalf.members.as_slice() {
            [] => String::new(),
            members => format!(": {}", joined(members, |name| name.into())),
        };
        let note = format!("[on behalf of {}{members}]", behalf.group);
        push_wrapped(lines, Role::Note, 0, &note, width);
    }
    let more = statement.on_behalf_of.len().saturating_sub(MOST_GROUPS);
    if more > 0 {
        let note = format!("[and of {} more groups]", thousands(more));
        push_wrapped(lines, Role::Note, 0, &note, width);
    }
}

/// What to say where the capacity changes. The President's own office needs no word at the start.
fn capacity_note(capacity: Capacity, statement: &Statement, index: usize) -> Option<String> {
    match capacity {
        Capacity::President if index == 0 => None,
        Capacity::President => Some("[again as President]".to_owned()),
        Capacity::National => {
            let state = statement.speaker.state.as_deref().unwrap_or("the State");
            Some(format!("[in national capacity: {state}]"))
        }
        Capacity::Organization => {
            let name = statement.speaker.organization.as_deref().unwrap_or("the organization");
            Some(format!("[for {name}]"))
        }
    }
}

/// A range of bytes of a paragraph.
struct ParagraphPart<'a> {
    paragraph: &'a Paragraph,
    /// Which paragraph of the statement, from 0.
    index: usize,
    bytes: Range<usize>,
    /// It is a paragraph of the printed record, which is set whole.
    printed: bool,
}

/// Sets a range of bytes of a paragraph, and returns the printed page of its last line.
fn set_paragraph(
    setting: &mut Setting,
    part: &ParagraphPart<'_>,
    mut page: Option<u32>,
    width: u16,
) -> Option<u32> {
    let &ParagraphPart { paragraph, index, ref bytes, printed } = part;
    let (text, base) = (&paragraph.text[bytes.clone()], bytes.start);
    // The newline at which a paragraph was cut has no line after it in this piece.
    let cut = bytes.end < paragraph.text.len();
    let text = text.strip_suffix('\n').filter(|_| cut).unwrap_or(text);
    // Rows and references are both sorted. This is the first reference that ends after the previous row.
    let mut next = setting.references.len();
    setting.references.extend(reference::find_references(text).into_iter().map(|mut found| {
        found.at = found.at.start + base..found.at.end + base;
        (index, found)
    }));
    each_row(text, width, printed, |row, after_break| {
        let indent = if after_break { reading_breaks::INDENT.min(width - 1) } else { 0 };
        let mut line = Line::new(Role::Text, indent, &text[row.clone()]);
        line.after_break = after_break;
        let row = base + row.start..base + row.end;
        line.shown = Some(Shown { paragraph: index, bytes: row.clone() });
        let here = paragraph.page_at(row.end.saturating_sub(1)).or(page);
        if here != page {
            line.page = here;
            page = here;
        }
        for (number, (_, found)) in setting.references.iter().enumerate().skip(next) {
            if found.at.start >= row.end {
                break;
            }
            let (start, end) = (found.at.start.max(row.start), found.at.end.min(row.end));
            if start < end {
                line.references.push((start - row.start..end - row.start, number));
            }
            if found.at.end <= row.end {
                next = number + 1;
            }
        }
        setting.lines.push(line);
    });
    page
}

/// Calls `each` with the bytes of every row of a paragraph, and with whether a reading break is before it.
fn each_row(text: &str, width: u16, printed: bool, mut each: impl FnMut(Range<usize>, bool)) {
    if printed || text.len() <= reading_breaks::LONG {
        wrap(text, width).iter().for_each(|row| each(row.start..row.end, false));
        return;
    }
    for group in groups(text) {
        let base = group.start;
        let indent = if base == 0 { 0 } else { reading_breaks::INDENT };
        // White space at the end of a group would be a line of its own where it is a newline.
        let words = text[group].trim_end();
        for (number, row) in wrap_indented(words, width, indent).iter().enumerate() {
            each(base + row.start..base + row.end, number == 0 && base > 0);
        }
    }
}

fn set_vote(vote: &Vote, width: u16) -> Vec<Line> {
    let mut lines = vec![Line::blank()];
    let on = match vote.on.as_slice() {
        [] => String::new(),
        on => format!(" on {}", joined(on, |name| name.into())),
    };
    let kind = if vote.procedural { "Procedural vote" } else { "Vote" };
    push_wrapped(&mut lines, Role::Vote, 2, &format!("{kind}{on}"), width);
    if let Some(line) = lines.get_mut(1) {
        line.page = vote.page;
    }
    for (label, members) in [
        ("In favour", &vote.in_favour),
        ("Against", &vote.against),
        ("Abstaining", &vote.abstaining),
        ("Not voting", &vote.not_voting),
    ] {
        if members.is_empty() && label == "Not voting" {
            continue;
        }
        let vetoed = vote.outcome == Some(Outcome::Vetoed) && label == "Against";
        let names = match members.as_slice() {
            [] => "none".to_owned(),
            members => joined(members, |name| {
                let veto = vetoed && states::lookup(name).is_some_and(|s| s.permanent());
                if veto { format!("{name} (VETO)").into() } else { name.into() }
            }),
        };
        let text = format!("{label} ({}): {names}", members.len());
        push_wrapped(&mut lines, Role::Vote, 4, &text, width);
    }
    push_wrapped(&mut lines, Role::Vote, 2, &result(vote), width);
    lines
}

/// The result in one sentence: what came of it, and the announced count where it is not that of the list.
#[must_use]
pub fn result(vote: &Vote) -> String {
    let mut words = match (vote.outcome, &vote.adopted_as) {
        (Some(Outcome::Adopted | Outcome::AdoptedWithoutVote), Some(symbol)) => {
            format!("Adopted as {symbol}.")
        }
        (Some(outcome), _) => {
            let mut words = outcome.words().to_owned();
            words[..1].make_ascii_uppercase();
            format!("{words}.")
        }
        (None, _) => "The record does not say what came of it.".to_owned(),
    };
    if let Some(Announced { in_favour, against, abstaining }) = vote.announced {
        let listed = [&vote.in_favour, &vote.against, &vote.abstaining].map(Vec::len);
        let announced = [in_favour, against, abstaining].map(|n| n as usize);
        if listed != announced {
            words.push_str(&format!(
                " Announced {in_favour}-{against}-{abstaining}; the printed list has {}-{}-{}.",
                listed[0], listed[1], listed[2]
            ));
        }
    }
    words
}
