//! Keys of the text.

use crate::app::action::{Effect, Start};
use crate::app::cite::{self, Pages};
use crate::app::command::Command;
use crate::app::position::{ParagraphAt, Passage, Selection};
use crate::app::prompt::Purpose;
use crate::app::scan::Scan;
use crate::app::shared::Shared;
use crate::app::window::Move;
use crate::facts::votes;
use crate::library::references::target_name;
use crate::record::Symbol;
use crate::record::reference::Target;
use crate::screens::card::cards;
use crate::screens::last_word;
use crate::screens::request::Request;
use crate::screens::statements::state::same_key;

use super::noting::{self, quoted};
use super::references::{self, Next};
use super::selecting::{self, Unit};
use super::state::Reader;

/// A key.
pub(super) fn obey(reader: &mut Reader, command: Command, shared: &mut Shared) -> Vec<Request> {
    if let (Command::Top | Command::Bottom, Some(page)) = (command, shared.count) {
        if !reader.to_page(page) {
            shared.say(format!("no page {page} is known here"));
        }
        return Vec::new();
    }
    if let Some(by) = Move::by_key(command, shared.count) {
        scroll(reader, by);
        return Vec::new();
    }
    // More steps than a record has statements are as good as all of them.
    let times = isize::try_from(shared.count.unwrap_or(1).min(10_000)).unwrap_or(1);
    let request = match command {
        Command::Open => enter(reader, shared),
        Command::Slash => Some(Request::Filter),
        Command::NextHit => next_hit(reader, times, shared),
        Command::PreviousHit => next_hit(reader, -times, shared),
        Command::Concordance => Some(Request::ConcordanceOfHits),
        Command::CopyCitation => copy(reader, false, shared),
        Command::CopyText => copy(reader, true, shared),
        Command::LastWord => return look_back(reader, shared),
        Command::Backlinks => Some(backlinks(reader, shared)),
        Command::MoreLike => noting::more_like(reader, shared),
        Command::SetMark => Some(Request::Prompt(Purpose::SetMark, String::new())),
        Command::Note => Some(Request::Prompt(Purpose::Note, String::new())),
        Command::Compare => Some(Request::Compare(Box::new(to_compare(reader)))),
        Command::Item => Some(Request::Item(reader.record.symbol.clone())),
        Command::Votes => Some(Request::Votes(reader.record.clone())),
        Command::Council => Some(Request::Council(reader.record.date, Some(reader.record.clone()))),
        _ => {
            go(reader, command, times, shared);
            None
        }
    };
    request.into_iter().collect()
}

/// Goes to another place in the text, or shows it in another way.
fn go(reader: &mut Reader, command: Command, times: isize, shared: &mut Shared) {
    match command {
        Command::NextStatement => to_statement(reader, times),
        Command::PreviousStatement => to_statement(reader, -times),
        Command::NextSame | Command::PreviousSame => {
            let found = to_same(reader, command == Command::NextSame, times.unsigned_abs());
            if !found {
                shared.say("no other statement of the same in this record");
            }
        }
        Command::Procedural => {
            let show = !reader.procedural;
            reader.show_procedural(show);
            let words = if show { "shown" } else { "skipped" };
            shared.say(format!("procedural turns {words}"));
        }
        Command::SentenceOn => selecting::extend(reader, Unit::Sentence, times),
        Command::SentenceBack => selecting::extend(reader, Unit::Sentence, -times),
        Command::ParagraphOn => selecting::extend(reader, Unit::Paragraph, times),
        Command::ParagraphBack => selecting::extend(reader, Unit::Paragraph, -times),
        Command::NextReference => to_reference(reader, true, shared),
        Command::PreviousReference => to_reference(reader, false, shared),
        Command::Select => {
            reader.selection = match reader.selection {
                Some(_) => None,
                None => {
                    noting::chosen(reader).map(|(item, passage, _)| Selection::new(item, passage))
                }
            };
        }
        _ => {}
    }
}

/// An input line was accepted.
pub(super) fn submit(
    reader: &mut Reader,
    purpose: Purpose,
    text: &str,
    shared: &mut Shared,
) -> Vec<Request> {
    reader.noted = None;
    let request = match purpose {
        Purpose::Search => {
            search(reader, text, shared);
            None
        }
        Purpose::Note => noting::note(reader, text, shared),
        Purpose::SetMark => text.chars().next().and_then(|letter| {
            let effect = noting::mark(reader, letter, shared);
            effect.map(Request::Do)
        }),
        _ => None,
    };
    request.into_iter().collect()
}

fn look_back(reader: &mut Reader, shared: &mut Shared) -> Vec<Request> {
    let mut looked_back = reader.looked_back.take();
    let Some(statement) = reader.statement() else { return Vec::new() };
    let requests = last_word::look_back(&reader.record, statement, &mut looked_back, shared);
    reader.looked_back = looked_back;
    requests
}

/// Asks who cites the selected reference, else the record, its pages by this statement first.
fn backlinks(reader: &mut Reader, shared: &mut Shared) -> Request {
    let selected = reader.reference.and_then(|(shown, number)| {
        let setting = reader.lines(shown);
        Some(target_name(&setting.references.get(number)?.1.target).0)
    });
    let (of, pages): (String, Pages) = match selected {
        Some(of) => (of, None),
        None => {
            let pages = reader.statement().and_then(|s| cite::pages(s, Passage::of_statement(s)));
            (reader.record.symbol.to_string(), pages)
        }
    };
    shared.ask_for_backlinks(of, pages).into()
}

/// This statement, from its heading and without what is selected or found in it.
fn to_compare(reader: &Reader) -> Reader {
    let mut here = reader.clone();
    (here.selection, here.reference, here.scan) = (None, None, None);
    if let Some(item) = here.statement_item() {
        here.to_item(item);
    }
    here
}

fn scroll(reader: &mut Reader, by: Move) {
    if let (Some(_), Move::Rows(n)) = (reader.selection, by) {
        selecting::extend(reader, Unit::Line, n);
        return;
    }
    reader.go(by);
}

/// Enter follows the selected reference while it is on the screen; without one it goes a line down, as in
/// `less`.
fn enter(reader: &mut Reader, shared: &mut Shared) -> Option<Request> {
    let Some((shown, number)) = reader.reference_shown() else {
        reader.scroll(1);
        return None;
    };
    let setting = reader.lines(shown);
    let (_, reference) = setting.references.get(number)?;
    match &reference.target {
        Target::Record { symbol, page } => {
            Some(Request::Meeting(symbol.clone(), page.map_or(Start::LastPlace, Start::Page)))
        }
        Target::Resolution { number, year: 0 } => vote_on(&format!("resolution {number}"), shared),
        Target::Resolution { number, year } => vote_on(&format!("S/RES/{number} ({year})"), shared),
        // The letter of a videoconference is a record, and cited as any other document.
        Target::Document(name) => match letter(name, shared) {
            Some(letter) => Some(Request::Meeting(letter, Start::LastPlace)),
            None => vote_on(name, shared),
        },
    }
}

/// The record of this symbol that is in the library, or that has a file there which cannot be read.
fn letter(name: &str, shared: &Shared) -> Option<Symbol> {
    let symbol: Symbol = name.parse().ok()?;
    // A revision or an addendum parses to the symbol of what it belongs to, and is another document.
    let same = symbol.to_string() == name;
    let is_here = shared.has_record(&symbol) || shared.has_unreadable_record(&symbol);
    (same && is_here).then_some(symbol)
}

/// A resolution or draft opens the card of its vote; what the table does not know is said.
fn vote_on(name: &str, shared: &mut Shared) -> Option<Request> {
    let Some(vote) = votes::by_reference(name) else {
        shared.say(absent(name));
        return None;
    };
    Some(Request::Card(cards::vote(&vote, &shared.catalogue)))
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
        // To the end, but never up to it: the last statement may be at the top.
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
fn search(reader: &mut Reader, needle: &str, shared: &mut Shared) {
    if needle.trim().is_empty() {
        reader.forget_scan();
        return;
    }
    let scan = Scan::new(&reader.record, needle.trim());
    let at = reader.paragraph_at_top().unwrap_or(ParagraphAt { item: 0, paragraph: 0 });
    let byte =
        reader.visible().iter().find_map(|(_, l)| l.shown.as_ref()).map_or(0, |s| s.bytes.start);
    let next = scan.next_from(at, byte);
    reader.scan = Some(scan);
    match next {
        Some((hit, round)) => show_hit(reader, hit, round, shared),
        None => shared.say(format!("not found: {}", needle.trim())),
    }
}

/// To the next or previous hit: those of `/` go round at the ends, those of a query go on in the next record.
fn next_hit(reader: &mut Reader, by: isize, shared: &mut Shared) -> Option<Request> {
    let Some(scan) = &reader.scan else {
        shared.say("no search yet: / searches in this text");
        return None;
    };
    match scan.step(by) {
        Some((_, true)) if scan.of_query => {
            return Some(Request::NextRecordWithHits { forward: by > 0 });
        }
        Some((hit, round)) => show_hit(reader, hit, round, shared),
        None => shared.say("not found"),
    }
    None
}

fn show_hit(reader: &mut Reader, hit: usize, round: bool, shared: &mut Shared) {
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
    shared.say(if of_query {
        reader.hit_words()
    } else {
        format!("hit {} of {total}{around}", hit + 1)
    });
}

/// To the next or previous reference; from the top of the screen when none that is visible is selected.
fn to_reference(reader: &mut Reader, forward: bool, shared: &mut Shared) {
    let (shown, number) = match references::next(reader, forward) {
        Next::At(shown, number) => (shown, number),
        Next::None => return shared.say("no further reference in this record"),
        Next::Beyond => {
            return shared.say("no reference in the next 2 MB of text; the same key looks further");
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

/// Copies the citation, alone or under the words selected (or the paragraph at the top).
fn copy(reader: &mut Reader, words: bool, shared: &mut Shared) -> Option<Request> {
    let Some((_, passage, statement)) = noting::chosen(reader) else {
        return copy_page(reader, words, shared);
    };
    let pages = cite::pages(statement, passage);
    let citation = cite::citation(&reader.record, pages);
    let text = if words {
        let quoted = quoted(statement, passage, LONGEST + 1);
        if quoted.len() > LONGEST {
            let most = LONGEST >> 10;
            shared.say(format!("longer than {most} kB: too long to copy; e writes it to a file"));
            return None;
        }
        cite::quotation(&reader.record, statement, &quoted, pages)
    } else {
        citation.clone()
    };
    reader.selection = None;
    shared.say(cite::told(&citation, words));
    Some(Effect::Copy(text).into())
}

/// Where the screen shows no spoken word there is still a page to cite.
fn copy_page(reader: &Reader, words: bool, shared: &mut Shared) -> Option<Request> {
    if words {
        shared.say("no spoken words on this screen to copy");
        return None;
    }
    let citation = cite::citation(&reader.record, reader.page().map(|p| (p, p)));
    shared.say(cite::told(&citation, false));
    Some(Effect::Copy(citation).into())
}

/// The longest text that is copied, in bytes: a megabyte, which is longer than any record.
const LONGEST: usize = 1 << 20;
