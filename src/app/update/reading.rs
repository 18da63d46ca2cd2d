//! Keys of the text.

use crate::app::action::{Command, Effect, Start};
use crate::app::card;
use crate::app::cite;
use crate::app::reader::{ParagraphAt, Pos, Reader, Selection};
use crate::app::scan::Scan;
use crate::app::state::{Purpose, Screen, State};
use crate::app::statements::same_key;
use crate::app::window::Move;
use crate::facts::votes;
use crate::record::reference::Target;
use crate::record::{Item, Statement, Symbol};

use super::{cards, movement, opening, prompt};

/// A key.
pub(super) fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    let count = state.count;
    let Some(Screen::Reader(reader)) = state.screens.last_mut() else { return Vec::new() };
    if let (Command::Top | Command::Bottom, Some(number)) = (command, count) {
        if !reader.to_page(number) {
            state.message = Some(format!("no page {number} is known here"));
        }
        return Vec::new();
    }
    if let Some(by) = movement(command, count) {
        scroll(reader, by);
        return Vec::new();
    }
    // More steps than a record has statements are as good as all of them.
    let times = isize::try_from(count.unwrap_or(1).min(10_000)).unwrap_or(1);
    match command {
        Command::Open => return enter(state),
        Command::Slash => prompt::open(state),
        Command::NextHit => return hit(state, times),
        Command::PreviousHit => return hit(state, -times),
        Command::Concordance => return concordance(state),
        Command::NextStatement => to_statement(reader, times),
        Command::PreviousStatement => to_statement(reader, -times),
        Command::NextSame | Command::PreviousSame => {
            let found = to_same(reader, command == Command::NextSame, times.unsigned_abs());
            let none = || "no other statement of the same in this record".to_owned();
            state.message = (!found).then(none);
        }
        Command::Procedural => {
            let show = !reader.procedural;
            reader.show_procedural(show);
            let words = if show { "shown" } else { "skipped" };
            state.message = Some(format!("procedural turns {words}"));
        }
        Command::NextReference => to_reference(state, true),
        Command::PreviousReference => to_reference(state, false),
        Command::Select => {
            reader.selection = match reader.selection {
                Some(_) => None,
                None => reader.paragraph_at_top().map(|at| Selection { anchor: at, head: at }),
            };
        }
        Command::CopyCitation => return copy(state, false),
        Command::CopyText => return copy(state, true),
        Command::LastWord => return super::last::word(state),
        Command::Backlinks => return super::backlinks::of_reading(state),
        Command::SetMark => return prompt::open_for(state, Purpose::SetMark, ""),
        Command::Note => return prompt::open_for(state, Purpose::Note, ""),
        Command::Compare => super::compare::remember(state),
        Command::Votes => {
            let record = reader.record.clone();
            cards::votes(state, &record);
        }
        Command::Council => {
            let record = reader.record.clone();
            cards::council(state, record.date, Some(&record));
        }
        _ => {}
    }
    Vec::new()
}

fn scroll(reader: &mut Reader, by: Move) {
    if let (Some(_), Move::Rows(n)) = (reader.selection, by) {
        extend(reader, n);
        return;
    }
    reader.go(by);
}

/// Extends the selection by paragraphs within the statement it began in: one citation, one speaker.
fn extend(reader: &mut Reader, by: isize) {
    let Some(mut selection) = reader.selection else { return };
    let Some(Item::Statement(statement)) = reader.record.items.get(selection.head.item) else {
        return;
    };
    let last = statement.paragraphs.len().saturating_sub(1);
    selection.head.paragraph = selection.head.paragraph.saturating_add_signed(by).min(last);
    reader.selection = Some(selection);
    if !reader.shows(selection.head, 0) {
        let context = usize::from(by < 0);
        reader.to_byte(selection.head, 0, context);
    }
}

/// Enter follows the reference Tab stands on while it is in sight; without one it goes a line down,
/// as in `less`.
fn enter(state: &mut State) -> Vec<Effect> {
    let Some(Screen::Reader(reader)) = state.screens.last_mut() else { return Vec::new() };
    let Some((shown, number)) = reader.reference_shown() else {
        reader.scroll(1);
        return Vec::new();
    };
    let setting = reader.lines(shown);
    let Some((_, reference)) = setting.references.get(number) else { return Vec::new() };
    match reference.target.clone() {
        Target::Record { symbol, page } => {
            let at = page.map_or(Start::LastPlace, Start::Page);
            opening::meeting(state, &symbol, at)
        }
        Target::Resolution { number, year } => {
            let name = if year == 0 {
                format!("resolution {number}")
            } else {
                format!("S/RES/{number} ({year})")
            };
            open_vote(state, &name);
            Vec::new()
        }
        // The letter of a videoconference is a record, and cited as any other document.
        Target::Document(symbol) => match opening::here(state, &symbol) {
            Some(letter) => opening::meeting(state, &letter, Start::LastPlace),
            None => {
                open_vote(state, &symbol);
                Vec::new()
            }
        },
    }
}

/// A resolution or draft opens the card of its vote; what the table does not know is said.
fn open_vote(state: &mut State, name: &str) {
    match votes::by_reference(name) {
        Some(vote) => {
            let card = card::vote(&vote, &state.catalogue);
            cards::show(state, card);
        }
        None => state.message = Some(absent(name)),
    }
}

/// The first year in which letters carried the statements of videoconferences.
const LETTERS: u16 = 2020;

/// What is said of a document that is neither a record here nor was voted on, and which command may get it.
fn absent(name: &str) -> String {
    let letter = name.parse::<Symbol>().ok().filter(|symbol| symbol.to_string() == name);
    match letter.and_then(|symbol| symbol.year()) {
        Some(LETTERS..) => format!(
            "{name} is not here; if it is the letter of a videoconference, spv get {name} brings it"
        ),
        _ => {
            format!("{name} is not here: it is no record of a meeting, and no vote on it is known")
        }
    }
}

/// Goes `times` statements on. Where `times` is negative it goes back, first to the start of this statement.
fn to_statement(reader: &mut Reader, times: isize) {
    let statements = reader.statements();
    let here = reader.top.item;
    if times < 0 {
        let into = reader.top.line > 1 || reader.begin(here) < here;
        let before = statements.partition_point(|first| *first < here + usize::from(into));
        let to = before.saturating_add_signed(times);
        if let Some(&first) = statements[..before].get(to) {
            reader.to_item(first);
        }
        return;
    }
    let below = &statements[statements.partition_point(|first| *first <= here)..];
    let to = below.get(times.unsigned_abs() - 1).copied();
    if let Some(first) = to.or(below.last().copied()) {
        reader.to_item(first);
    }
    if to.is_none() {
        // To the end, but never up to it: the last statement may stand at the top.
        reader.down_to_end();
    }
}

/// Goes to the next or previous statement of the same State, organization or speaker, `times` times or as
/// often as there is one. Returns false if there is none.
fn to_same(reader: &mut Reader, forward: bool, times: usize) -> bool {
    let Some(statement) = reader.statement() else { return false };
    let statements = reader.statements();
    let number = reader.statement_item().map(|here| reader.begin(here));
    let Some(here) = number.and_then(|first| statements.binary_search(&first).ok()) else {
        return false;
    };
    let key = same_key(statement);
    let is_same = |shown: &&usize| reader.statement_of(**shown).is_some_and(|s| same_key(s) == key);
    let found = if forward {
        statements[here + 1..].iter().filter(is_same).take(times).last()
    } else {
        statements[..here].iter().rev().filter(is_same).take(times).last()
    };
    let Some(&shown) = found else { return false };
    reader.to_item(shown);
    true
}

/// Starts a search in the text; the view goes to the first hit at or below the top of the screen.
pub(super) fn search(state: &mut State, needle: &str) {
    let Some(Screen::Reader(reader)) = state.screens.last_mut() else { return };
    if needle.trim().is_empty() {
        reader.forget_scan();
        return;
    }
    let scan = Scan::new(&reader.record, needle.trim());
    let at = reader.paragraph_at_top().unwrap_or(ParagraphAt { item: 0, paragraph: 0 });
    let byte =
        reader.visible().iter().find_map(|(_, l)| l.shown.as_ref()).map_or(0, |s| s.bytes.start);
    let next = scan.next_from(at, byte);
    let found = scan.hits.len();
    reader.scan = Some(scan);
    match next {
        Some((hit, round)) => show_hit(state, hit, round),
        None => state.message = Some(format!("not found: {}", needle.trim())),
    }
    debug_assert!(next.is_some() == (found > 0), "a search with hits goes to one");
}

/// The concordance of the query that led here.
fn concordance(state: &mut State) -> Vec<Effect> {
    let below = state.screens.iter().rev().find_map(|screen| match screen {
        Screen::Search(search) => Some((search.results.of.line.clone(), search.narrow.clone())),
        Screen::Concordance(lines) => Some((lines.query.clone(), lines.narrow.clone())),
        _ => None,
    });
    let (query, narrow) = below.unwrap_or_default();
    super::search::concordance_of(state, &query, narrow)
}

/// To the next or previous hit: those of `/` go round at the ends, those of a query go on in the next record.
fn hit(state: &mut State, by: isize) -> Vec<Effect> {
    let Some(Screen::Reader(reader)) = state.screens.last_mut() else { return Vec::new() };
    match reader.scan.as_ref().map(|s| s.step(by)) {
        Some(Some((_, true))) if reader.scan.as_ref().is_some_and(|scan| scan.of_query) => {
            return super::search::onward(state, by > 0);
        }
        Some(Some((hit, round))) => show_hit(state, hit, round),
        Some(None) => state.message = Some("not found".to_owned()),
        None => state.message = Some("no search yet: / searches in this text".to_owned()),
    }
    Vec::new()
}

fn show_hit(state: &mut State, hit: usize, round: bool) {
    let Some(Screen::Reader(reader)) = state.screens.last_mut() else { return };
    let Some(scan) = &mut reader.scan else { return };
    scan.current = Some(hit);
    let (at, byte, total) = (scan.hits[hit].at, scan.hits[hit].bytes.start, scan.total());
    let of_query = scan.of_query;
    if reader.first_of(at.item).is_none() {
        reader.show_procedural(true);
    }
    if !reader.shows(at, byte) {
        reader.to_byte(at, byte, 4);
    }
    let around = if round { ", from the other end" } else { "" };
    state.message = Some(if of_query {
        super::search::hit_words(reader)
    } else {
        format!("hit {} of {total}{around}", hit + 1)
    });
}

/// To the next or previous reference; from the top of the screen when none is chosen in sight.
fn to_reference(state: &mut State, forward: bool) {
    let Some(Screen::Reader(reader)) = state.screens.last_mut() else { return };
    let from = match reader.reference_shown() {
        Some((shown, number)) => (shown, Some(number)),
        None => (reader.top.item, None),
    };
    let found =
        if forward { next_reference(reader, from) } else { previous_reference(reader, from) };
    let (shown, number) = match found {
        Next::At(shown, number) => (shown, number),
        Next::None => {
            state.message = Some("no further reference in this record".to_owned());
            return;
        }
        Next::Beyond => {
            let words = "no reference in the next 2 MB of text; the same key looks further";
            state.message = Some(words.to_owned());
            return;
        }
    };
    reader.reference = Some((shown, number));
    let setting = reader.lines(shown);
    let (paragraph, reference) = &setting.references[number];
    let Some(item) = reader.index(shown) else { return };
    let at = ParagraphAt { item, paragraph: *paragraph };
    let byte = reference.at.start;
    if !reader.shows(at, byte) {
        reader.to_byte(at, byte, 4);
    }
}

/// A reference before or after another one.
enum Next {
    /// This one: its piece, and its number in it.
    At(usize, usize),
    /// There is none.
    None,
    /// There is none in as much of the text as one key looks through.
    Beyond,
}

/// How many bytes of text one key looks through for a reference.
const LOOKED_THROUGH: usize = 2 << 20;

/// The first of some pieces that has references. Those known to have none cost nothing, so that the
/// same key looks further.
fn with_references(
    reader: &mut Reader,
    pieces: impl Iterator<Item = usize>,
) -> Result<Option<usize>, Next> {
    let mut seen = 0;
    for shown in pieces {
        if reader.is_bare(shown) {
            continue;
        }
        if seen > LOOKED_THROUGH {
            return Err(Next::Beyond);
        }
        if reader.has_references(shown) {
            return Ok(Some(shown));
        }
        seen += reader.bytes_in(shown);
    }
    Ok(None)
}

fn next_reference(reader: &mut Reader, (item, number): (usize, Option<usize>)) -> Next {
    let setting = reader.lines(item);
    let first = match number {
        Some(number) => number + 1,
        None => first_below(reader.top, item, &setting),
    };
    if first < setting.references.len() {
        return Next::At(item, first);
    }
    match with_references(reader, item + 1..reader.shown()) {
        Ok(Some(shown)) => Next::At(shown, 0),
        Ok(None) => Next::None,
        Err(beyond) => beyond,
    }
}

/// The first reference of an item that stands at or below the top of the screen.
fn first_below(top: Pos, shown: usize, setting: &crate::app::page::Setting) -> usize {
    if top.item != shown {
        return 0;
    }
    let below = setting.lines.iter().skip(top.line).flat_map(|l| &l.references);
    below.map(|(_, number)| *number).next().unwrap_or(setting.references.len())
}

fn previous_reference(reader: &mut Reader, (item, number): (usize, Option<usize>)) -> Next {
    let setting = reader.lines(item);
    let before = number.unwrap_or_else(|| first_below(reader.top, item, &setting));
    if before > 0 {
        return Next::At(item, before - 1);
    }
    match with_references(reader, (0..item).rev()) {
        Ok(Some(shown)) => Next::At(shown, reader.lines(shown).references.len().saturating_sub(1)),
        Ok(None) => Next::None,
        Err(beyond) => beyond,
    }
}

/// Copies the citation, alone or under the words selected (or the paragraph at the top).
fn copy(state: &mut State, words: bool) -> Vec<Effect> {
    let Some(Screen::Reader(reader)) = state.screens.last_mut() else { return Vec::new() };
    let Some((first, last)) =
        reader.selection.map(|s| s.ends()).or_else(|| in_sight(reader).map(|at| (at, at)))
    else {
        return copy_page(state, words);
    };
    let Some(Item::Statement(statement)) = reader.record.items.get(first.item) else {
        return Vec::new();
    };
    let pages = cite::pages(statement, first.paragraph, last.paragraph);
    let citation = cite::citation(&reader.record, pages);
    let text = if words {
        let quoted = quoted(statement, first.paragraph, last.paragraph, LONGEST + 1);
        if quoted.len() > LONGEST {
            let most = LONGEST >> 10;
            state.message =
                Some(format!("longer than {most} kB: too long to copy; e writes it to a file"));
            return Vec::new();
        }
        cite::quotation(&reader.record, statement, &quoted, pages)
    } else {
        citation.clone()
    };
    reader.selection = None;
    state.message = Some(cite::told(&citation, words));
    vec![Effect::Copy(text)]
}

/// The paragraph that is meant without a selection: that of the hit one stands on, while it is on the
/// screen, else the one at the top.
pub(super) fn in_sight(reader: &Reader) -> Option<ParagraphAt> {
    let hit = reader.scan.as_ref().and_then(|s| s.hits.get(s.current?));
    let shown = hit.filter(|h| reader.shows(h.at, h.bytes.start)).map(|h| h.at);
    shown.or_else(|| reader.paragraph_at_top())
}

/// Where the screen shows no spoken word there is still a page to cite.
fn copy_page(state: &mut State, words: bool) -> Vec<Effect> {
    let Some(Screen::Reader(reader)) = state.screens.last() else { return Vec::new() };
    if words {
        state.message = Some("no spoken words on this screen to copy".to_owned());
        return Vec::new();
    }
    let citation = cite::citation(&reader.record, reader.page().map(|p| (p, p)));
    state.message = Some(cite::told(&citation, false));
    vec![Effect::Copy(citation)]
}

/// The longest text that is copied, in bytes: a megabyte, which is longer than any record.
const LONGEST: usize = 1 << 20;

/// The words of some paragraphs of a statement, cut after about `most` bytes.
pub(super) fn quoted(statement: &Statement, first: usize, last: usize, most: usize) -> String {
    let paragraphs = &statement.paragraphs[first..=last.min(statement.paragraphs.len() - 1)];
    let mut words = String::new();
    for (n, paragraph) in paragraphs.iter().enumerate() {
        words.push_str(if n == 0 { "" } else { "\n\n" });
        words.push_str(&paragraph.text[..paragraph.text.floor_char_boundary(most)]);
        if words.len() >= most {
            break;
        }
    }
    words
}
