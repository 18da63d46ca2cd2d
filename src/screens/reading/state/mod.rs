//! Reading a record: where one is in it, and how one moves.
//!
//! The place is kept in the document (item and line, and a spot that survives a change of width),
//! never on the screen. The record is shown in pieces (almost always an item each), which are set in
//! lines only when they come near the screen; a number of a shown piece is called `shown` here.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::app::found::At;
use crate::app::last::LookedBack;
use crate::app::page::{self, Setting};
use crate::app::pieces::{self, Piece};
use crate::app::position::{ParagraphAt, Pos, Selection, Spot, StatusPosition};
use crate::app::scan::Scan;
use crate::app::window::Move;
use crate::record::{Item, Record, Statement};

mod lines;
mod parts;

/// The bytes of text one key moves over: more than the longest record has, and few enough to be set at once. A
/// count of lines that leads further leads so far.
const FARTHEST: usize = 1 << 20;

/// The words at the top of the screen, which stay there when the width changes.
#[derive(Clone, Copy, Debug, Default)]
struct Anchor {
    /// Index into the items of the record.
    item: usize,
    /// Paragraph and byte; none at the head of the item, and in one that nobody spoke.
    words: Option<(usize, usize)>,
}

/// The reading screen.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The record, made harmless.
    pub record: Arc<Record>,
    /// The line at the top of the screen.
    pub top: Pos,
    /// Whether procedural turns are shown.
    pub procedural: bool,
    /// The latest search in this record.
    pub scan: Option<Scan>,
    /// What a query over all records found in it, where a query led here; it is shown again after [`Reader::scan`].
    pub of_query: Option<Box<Scan>>,
    /// The reference that Tab has selected: its piece, and its number in that piece.
    pub reference: Option<(usize, usize)>,
    /// What is selected for copying.
    pub selection: Option<Selection>,
    /// The last move was a line down: what is new is at the foot of the screen.
    pub below: bool,
    /// The position that the status line says; none where it says the newest.
    pub status_position: Option<StatusPosition>,
    /// The look back that led here.
    pub looked_back: Option<Box<LookedBack>>,
    /// The selection that a note was made on, to be selected again where the note cannot be written.
    pub noted: Option<Selection>,
    /// What is shown; procedural turns may be left out.
    pieces: Vec<Piece>,
    /// The first pieces of the statements shown.
    statements: Vec<usize>,
    /// Pieces that are known to have no reference.
    bare: HashSet<usize>,
    /// How many statements the record has.
    pub of_statements: usize,
    anchor: Anchor,
    bytes: Vec<usize>,
    width: u16,
    height: usize,
    set: HashMap<usize, Arc<Setting>>,
}

impl Reader {
    /// A reader at the start of a record, for text of `width` columns and `height` rows.
    #[must_use]
    pub fn new(record: Arc<Record>, width: u16, height: usize) -> Self {
        let mut reader = Self {
            pieces: Vec::new(),
            statements: Vec::new(),
            bare: HashSet::new(),
            of_statements: record.statements().count(),
            record,
            top: Pos::default(),
            procedural: true,
            scan: None,
            of_query: None,
            reference: None,
            selection: None,
            below: false,
            status_position: None,
            looked_back: None,
            noted: None,
            anchor: Anchor::default(),
            bytes: Vec::new(),
            width,
            height: height.max(1),
            set: HashMap::new(),
        };
        reader.cut(|_| true);
        reader.top.line = reader.first_words(0);
        reader.settle();
        reader
    }

    /// A reader at the first hit of a scan.
    #[must_use]
    pub fn at_hit(record: Arc<Record>, scan: Scan, width: u16, height: usize) -> Self {
        let mut reader = Self::new(record, width, height);
        let hit = scan.current.and_then(|current| scan.hits.get(current).cloned());
        reader.of_query = Some(Box::new(scan.clone()));
        reader.scan = Some(scan);
        if let Some(hit) = hit {
            // The paragraph from its start, with the heading above the first; a hit further down than
            // the screen shows is scrolled to.
            match reader.first_of(hit.at.item) {
                Some(shown) if hit.at.paragraph == 0 => reader.to_item(shown),
                _ => {
                    reader.to_byte(hit.at, 0, 0);
                }
            }
            if !reader.shows(hit.at, hit.bytes.start) {
                reader.to_byte(hit.at, hit.bytes.start, 4);
            }
        }
        reader
    }

    /// Which hit of a query is selected, and whose words it is in: its heading may be far above.
    #[must_use]
    pub fn hit_words(&self) -> String {
        let Some(scan) = &self.scan else { return String::new() };
        let place = scan.current.map_or(0, |current| current + 1);
        let hit = scan.current.and_then(|current| scan.hits.get(current));
        let who = match hit.and_then(|hit| self.record.items.get(hit.at.item)) {
            Some(Item::Statement(s)) => {
                let who = s.speaker.spoken_for().filter(|_| !s.is_procedural());
                format!(" \u{b7} {}", who.unwrap_or(&s.speaker.name))
            }
            _ => String::new(),
        };
        format!("hit {place} of {} in this record{who}", scan.total())
    }

    /// The statement with the selected hit of the query that led here.
    #[must_use]
    pub fn statement_of_hit(&self) -> Option<At> {
        let scan = self.of_query.as_deref()?;
        let scan = self.scan.as_ref().filter(|scan| scan.of_query).unwrap_or(scan);
        let item = scan.hits.get(scan.current?)?.at.item;
        let items = self.record.items.iter().take(item);
        let nth = items.filter(|item| matches!(item, Item::Statement(_))).count();
        let (symbol, language) = (self.record.symbol.clone(), self.record.language.clone());
        Some(At { symbol, language, nth, capacity: None })
    }

    /// The position at the top of the screen.
    #[must_use]
    pub fn position(&self) -> StatusPosition {
        let statement = self.statement();
        let who = statement.map_or(String::new(), |s| {
            let who = s.speaker.spoken_for().unwrap_or(&s.speaker.name);
            if s.is_procedural() { "The President".to_owned() } else { who.to_owned() }
        });
        let number = statement.map(|s| s.number);
        StatusPosition { number, who, page: self.page(), percent: self.percent() }
    }

    /// The position for the status line. While lines go by it is late, so that a line down costs few bytes:
    /// the speaker's name follows when the keys pause, and where it is `trailing` the whole position does.
    #[must_use]
    pub fn position_in_status(&self, trailing: bool) -> StatusPosition {
        let now = self.position();
        match &self.status_position {
            Some(said) if trailing => said.clone(),
            Some(said) => StatusPosition { who: said.who.clone(), ..now },
            None => now,
        }
    }

    /// The statement at the top of the screen, or the nearest one above it, else below it.
    #[must_use]
    pub fn statement(&self) -> Option<&Statement> {
        self.statement_of(self.statement_item()?)
    }

    /// The piece of [`Reader::statement`] that is the nearest to the top.
    #[must_use]
    pub fn statement_item(&self) -> Option<usize> {
        match self.statements.partition_point(|first| *first <= self.top.item).checked_sub(1) {
            None => self.statements.first().copied(),
            Some(number) => {
                let first = self.statements[number];
                let end = self.after(first).unwrap_or(self.pieces.len());
                Some(self.top.item.min(end - 1))
            }
        }
    }

    /// The printed page at the top of the screen: where it turns within the line at the top, the page
    /// that starts there, which is the one the margin shows beside that line.
    #[must_use]
    pub fn page(&self) -> Option<u32> {
        match (self.item(self.top.item)?, self.spoken_at_top()) {
            (Item::Statement(s), Some(spoken)) => {
                let end = spoken.bytes.end.saturating_sub(1).max(spoken.bytes.start);
                s.paragraphs.get(spoken.paragraph).and_then(|p| p.page_at(end)).or(s.page)
            }
            (item, _) => item.page(),
        }
    }

    /// How far the top of the screen is into the record, in percent of its bytes; 100 at the end.
    #[must_use]
    pub fn percent(&self) -> usize {
        let total = self.bytes.last().copied().unwrap_or(0);
        if total == 0 || self.at_end() {
            return 100;
        }
        let before = if self.top.item == 0 { 0 } else { self.bytes[self.top.item - 1] };
        let within: usize = self
            .set
            .get(&self.top.item)
            .map_or(0, |set| set.lines.iter().take(self.top.line).map(|l| l.text.len()).sum());
        // Headings and notes are on lines but are not counted: an item never takes more than its share.
        let reached = (before + within).min(self.bytes[self.top.item]);
        (reached * 100 / total).min(99)
    }

    /// The lines on the screen, from the top, at most as many as it has rows.
    #[must_use]
    pub fn visible(&self) -> Vec<(Pos, &page::Line)> {
        let mut rows = Vec::new();
        let mut pos = self.top;
        while rows.len() < self.height {
            let Some(set) = self.set.get(&pos.item) else { break };
            match set.lines.get(pos.line) {
                Some(line) => {
                    rows.push((pos, line));
                    pos.line += 1;
                }
                None => pos = Pos { item: pos.item + 1, line: 0 },
            }
        }
        rows
    }

    /// How an item is set, if it is near the screen.
    #[must_use]
    pub fn setting(&self, shown: usize) -> Option<&Setting> {
        self.set.get(&shown).map(AsRef::as_ref)
    }

    /// How many rows the screen has for text.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// Moves the top by this many lines, down to where the last line is at the bottom.
    pub fn scroll(&mut self, lines: isize) {
        let before = self.top;
        let (mut left, mut passed) = (lines.unsigned_abs(), 0);
        while left > 0 && passed < FARTHEST {
            let piece = self.top.item;
            left -= match if lines < 0 { self.steps_up(left) } else { self.steps_down(left) } {
                0 => break,
                steps => steps,
            };
            if piece != self.top.item {
                passed += self.bytes_in(self.top.item);
            }
        }
        if lines > 0 {
            self.fill();
            // A jump may have gone further down than lines scroll; down is never up.
            self.top = self.top.max(before);
        }
        self.arrive();
        self.below = lines == 1;
    }

    /// Moves as the keys of a list do; there are no rows to go to by number in a text.
    pub fn go(&mut self, by: Move) {
        match by {
            Move::Rows(n) => self.scroll(n),
            Move::HalfPages(n) => self.scroll_halves(n),
            Move::Pages(n) => self.scroll_halves(n.saturating_mul(2)),
            Move::First => self.to_start(),
            Move::Last => self.to_end(),
            Move::To(_) => {}
        }
    }

    /// Moves by a number of half screens: 2 is a page, which leaves one line for the eye.
    pub fn scroll_halves(&mut self, halves: isize) {
        let page = if halves.unsigned_abs().is_multiple_of(2) {
            self.height.saturating_sub(1).max(1).cast_signed() * (halves / 2)
        } else {
            (self.height / 2).max(1).cast_signed() * halves
        };
        self.scroll(page);
    }

    /// To the first line.
    pub fn to_start(&mut self) {
        self.to_item(0);
    }

    /// To the last line, shown at the bottom.
    pub fn to_end(&mut self) {
        self.top = Pos { item: self.pieces.len().saturating_sub(1), line: usize::MAX };
        self.fill();
        self.arrive();
    }

    /// Down to where the last line is at the bottom; never up.
    pub fn down_to_end(&mut self) {
        let before = self.top;
        self.to_end();
        self.top = self.top.max(before);
        self.arrive();
    }

    /// To the start of a shown piece.
    pub fn to_item(&mut self, shown: usize) {
        let line = self.first_words(shown);
        self.stand_at(Pos { item: shown, line });
    }

    /// To a line, which is then at the top: the status line gives the position of the line at the
    /// top, so the last statement of a record must be able to be there too.
    fn stand_at(&mut self, pos: Pos) {
        self.top = pos;
        self.arrive();
    }

    /// To a byte of a paragraph of an item of the record; false where that item is not shown.
    pub fn to_byte(&mut self, at: ParagraphAt, byte: usize, context: usize) -> bool {
        let Some(shown) = pieces::with(&self.pieces, at, byte) else { return false };
        let line = self.line_of(shown, at.paragraph, byte);
        self.top = Pos { item: shown, line };
        for _ in 0..context {
            self.steps_up(1);
        }
        self.arrive();
        true
    }

    /// Whether a byte of a paragraph is on the screen.
    #[must_use]
    pub fn shows(&self, at: ParagraphAt, byte: usize) -> bool {
        self.visible().iter().any(|(pos, line)| {
            self.index(pos.item) == Some(at.item)
                && line.shown.as_ref().is_some_and(|s| {
                    s.paragraph == at.paragraph
                        && s.bytes.start <= byte
                        && byte < s.bytes.end.max(1)
                })
        })
    }

    /// The selected reference, while it is on the screen.
    #[must_use]
    pub fn reference_shown(&self) -> Option<(usize, usize)> {
        let (shown, number) = self.reference?;
        let here = |(pos, line): &(Pos, &page::Line)| {
            pos.item == shown && line.references.iter().any(|(_, n)| *n == number)
        };
        self.visible().iter().any(here).then_some((shown, number))
    }

    /// The spot at the top of the screen, to be kept for the next time.
    #[must_use]
    pub fn spot(&self) -> Option<Spot> {
        let statement = self.statement()?;
        let (paragraph, byte) = match self.statement_item()?.cmp(&self.top.item) {
            Ordering::Equal => self.top_shown().unwrap_or((0, 0)),
            // On a vote or direction after it: at its last words, which are the nearest ones.
            Ordering::Less => {
                let last = statement.paragraphs.len().saturating_sub(1);
                (last, statement.paragraphs.last().map_or(0, |p| p.text.len()))
            }
            Ordering::Greater => (0, 0),
        };
        Some(Spot { statement: statement.number, paragraph, byte })
    }

    /// To a spot kept earlier.
    pub fn to_spot(&mut self, spot: Spot) {
        let Some(item) = self.item_of_statement(spot.statement) else { return };
        if spot.paragraph == 0 && spot.byte == 0 {
            if let Some(shown) = self.first_of(item) {
                self.to_item(shown);
            }
        } else {
            self.to_byte(ParagraphAt { item, paragraph: spot.paragraph }, spot.byte, 0);
        }
    }

    /// Index into the record's items of the statement with this number.
    #[must_use]
    pub fn item_of_statement(&self, number: u32) -> Option<usize> {
        self.record
            .items
            .iter()
            .position(|item| matches!(item, Item::Statement(s) if s.number == number))
    }

    /// To the first line of a printed page; false where no line is known to be on it.
    pub fn to_page(&mut self, page: u32) -> bool {
        for (index, item) in self.record.clone().items.iter().enumerate() {
            if let Item::Statement(statement) = item {
                for (paragraph, p) in statement.paragraphs.iter().enumerate() {
                    let starts = p.page == Some(page) && paragraph > 0;
                    let turns = p.breaks.iter().find(|b| b.page == page).map(|b| b.at);
                    if let Some(byte) = turns.or(starts.then_some(0)) {
                        return self.to_byte(ParagraphAt { item: index, paragraph }, byte, 0);
                    }
                    if p.page == Some(page) {
                        break;
                    }
                }
            }
            if item.page() == Some(page) {
                let Some(shown) = self.first_of(index) else { continue };
                self.to_item(shown);
                return true;
            }
        }
        false
    }

    /// The room for text changed; the words at the top stay at the top.
    pub fn set_size(&mut self, width: u16, height: usize) {
        let full = self.visible().len() >= self.height;
        self.height = height.max(1);
        if width != self.width {
            self.width = width;
            self.set.clear();
            let Anchor { item, words } = self.anchor;
            let (paragraph, byte) = words.unwrap_or_default();
            if let Some(shown) = pieces::with(&self.pieces, ParagraphAt { item, paragraph }, byte) {
                let line = words.and_then(|_| self.spoken_line(shown, paragraph, byte));
                let line = line.unwrap_or_else(|| self.first_words(shown));
                self.top = Pos { item: shown, line };
            }
        }
        if full {
            self.fill();
        }
        self.settle();
    }

    /// Shows or leaves out the turns that only conduct the meeting, staying near where one was.
    pub fn show_procedural(&mut self, show: bool) {
        self.procedural = show;
        let here = self.index(self.top.item).unwrap_or(0);
        let further = self.top.item - self.begin(self.top.item);
        self.cut(|item| show || !matches!(item, Item::Statement(s) if s.is_procedural()));
        self.set.clear();
        self.reference = None;
        match self.first_of(here) {
            Some(first) => self.stand_at(Pos { item: first + further, line: self.top.line }),
            None => {
                let next = self.pieces.partition_point(|piece| piece.item < here);
                self.to_item(next.min(self.pieces.len().saturating_sub(1)));
            }
        }
    }

    /// Lets go of the latest search by `/`; where a query led here, its hits are the ones shown again.
    /// False where there was none to let go of.
    pub fn forget_scan(&mut self) -> bool {
        if self.scan.as_ref().is_none_or(|scan| scan.of_query) {
            return false;
        }
        self.scan = self.of_query.as_deref().cloned();
        true
    }

    /// The paragraph at the top of the screen, or the first one below it.
    #[must_use]
    pub fn paragraph_at_top(&self) -> Option<ParagraphAt> {
        self.visible().iter().find_map(|(pos, line)| {
            let shown = line.shown.as_ref()?;
            Some(ParagraphAt { item: self.index(pos.item)?, paragraph: shown.paragraph })
        })
    }

    fn arrive(&mut self) {
        self.settle();
        self.below = false;
        let item = self.index(self.top.item).unwrap_or(0);
        self.anchor = Anchor { item, words: self.top_shown().filter(|_| !self.on_heading()) };
    }

    /// Whether the top of the screen is at the head of an item, before its words.
    fn on_heading(&self) -> bool {
        let lines = self.set.get(&self.top.item).map_or(&[][..], |set| &set.lines);
        let head = |l: &page::Line| matches!(l.role, page::Role::Heading);
        lines
            .get(self.top.line..)
            .is_some_and(|rest| rest.iter().find(|l| l.role != page::Role::Blank).is_some_and(head))
    }

    /// The paragraph and byte of the first spoken line at or below the top, within its item.
    fn top_shown(&self) -> Option<(usize, usize)> {
        self.spoken_at_top().map(|shown| (shown.paragraph, shown.bytes.start))
    }

    fn spoken_at_top(&self) -> Option<&page::Shown> {
        let lines = &self.set.get(&self.top.item)?.lines;
        lines.get(self.top.line..)?.iter().find_map(|l| l.shown.as_ref())
    }
}
