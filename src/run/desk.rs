//! The person's notes and marks: changes carried out, and the records they lead to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::action::{Answer, Change, Question, Start};
use crate::app::position::Spot;
use crate::desk::drafts::{self, Draft};
use crate::desk::notes::{self, Note};
use crate::desk::{self, Desk, marks, session};
use crate::record::{Item, Language, Place, Record, Symbol};

/// What is said where there is no folder to keep anything in.
const HOMELESS: &str = "there is no folder for notes and marks; set HOME";

/// Carries out a change, made at `at` (seconds since 1970). When this returns it is on the disk.
///
/// # Errors
/// One line, when it is not kept.
pub fn change(desk: Option<&Path>, change: Change, at: i64) -> Result<Option<String>, String> {
    let desk = desk.ok_or(HOMELESS)?;
    let kept = match change {
        Change::Note(note) => notes::add(desk, *note, at).map(|(_, warning)| warning),
        Change::Edit(note) => notes::replace(desk, *note),
        Change::Remove(number) => notes::remove(desk, number).map(|_| None),
        Change::Restore(note) => notes::restore(desk, *note),
        Change::Mark(letter, place) => marks::set(desk, letter, *place),
        Change::Unmark(letter) => marks::remove(desk, letter).map(|_| None),
    };
    kept.map_err(|e| e.to_string())
}

/// Who keeps the changes, and what was typed where it cannot be kept.
#[derive(Debug, Default)]
pub struct Keeper {
    desk: Option<PathBuf>,
    /// The draft of what is in the input line.
    in_line: Option<Draft>,
    /// The file that a draft was put into.
    drafts: Option<PathBuf>,
}

impl Keeper {
    /// For the desk in a folder.
    pub fn new(desk: Option<PathBuf>) -> Self {
        Self { desk, ..Self::default() }
    }

    /// Carries out a change. When this returns it is on the disk, or else a draft of what was typed is.
    ///
    /// # Errors
    /// One line, when it is not kept, and where the draft is.
    pub fn change(&mut self, wanted: Change, at: i64) -> Result<Option<String>, String> {
        let desk = self.desk.clone();
        let typed = match &wanted {
            Change::Note(note) => Some(Note { at, ..(**note).clone() }),
            Change::Edit(note) => Some((**note).clone()),
            _ => None,
        };
        let why = match (change(desk.as_deref(), wanted, at), &desk) {
            (Ok(said), None) => return Ok(said),
            (Ok(said), Some(desk)) => {
                if let Some(draft) = self.in_line.take() {
                    drafts::remove(desk, &draft);
                }
                let adopted = self.drafts.take().and_then(|_| drafts::adopt(desk));
                return Ok(said.or(adopted));
            }
            (Err(why), _) => why,
        };
        let (Some(note), Some(desk)) = (typed, desk) else { return Err(why) };
        let known = notes::all(&desk).map(|(notes, _)| notes).unwrap_or_default();
        let was = known.iter().find(|known| known.number == note.number);
        let draft = Draft { note: note.without_unknown(), was: was.map(Note::without_unknown) };
        match drafts::keep(&desk, &draft, self.in_line.as_ref()) {
            Ok(file) => {
                let said = format!("{why}; until then it is in {}", file.display());
                (self.in_line, self.drafts) = (Some(draft), Some(file));
                Err(said)
            }
            Err(_) => Err(format!("{why}; it is in this line alone")),
        }
    }

    /// Whether the input line holds what could not be kept.
    pub fn has_draft(&self) -> bool {
        self.in_line.is_some()
    }

    /// The line is left: its draft stays, and one typed later does not take its place.
    pub fn let_go(&mut self) {
        self.in_line = None;
    }

    /// What is said at the end where a draft is not kept yet.
    pub fn farewell(&self) -> Option<String> {
        let file = self.drafts.as_ref()?.display();
        Some(format!("a note could not be kept and is in {file}; the next start tries again"))
    }
}

/// Loads a record in a language; one line where that fails.
pub(super) type RecordOf<'a> = &'a dyn Fn(&Symbol, &Language) -> Result<Record, String>;

/// The answer to a question about notes, marks and the last session.
pub(super) fn answer(
    record_of: RecordOf<'_>,
    desk: Option<&Path>,
    question: &Question,
) -> Result<Answer, String> {
    let desk = desk.ok_or(HOMELESS)?;
    match question {
        Question::Notes => {
            let (notes, damaged) = notes::all(desk)?;
            let (marks, also) = marks::all(desk)?;
            let marks = marks.into_iter().collect();
            Ok(Answer::Notes { notes, marks, said: damaged.or(also) })
        }
        Question::Note(number) => {
            let (notes, _) = notes::all(desk)?;
            let note = notes.into_iter().find(|n| n.number == *number);
            let note = note.ok_or_else(|| format!("note {number} does not exist any more"))?;
            at(record_of, &note.place, note.text)
        }
        Question::Mark(letter) => {
            let (mut marks, _) = marks::all(desk)?;
            let place = marks.remove(letter).ok_or_else(|| format!("mark {letter} is not set"))?;
            at(record_of, &place, format!("mark {letter}"))
        }
        _ => Ok(Answer::Resumed(resumed(record_of, desk)?)),
    }
}

/// The record of a place, at its words; where they are gone, at the statement of its number, and said.
fn at(record_of: RecordOf<'_>, place: &Place, said: String) -> Result<Answer, String> {
    let record = record_of(&place.symbol, &place.language)?;
    let found = place.find(&record).and_then(|(index, paragraph, byte)| {
        let statement = record.statements().nth(index)?.number;
        Some(Spot { statement, paragraph, byte })
    });
    let (spot, said) = match found {
        Some(spot) => (spot, said),
        None => (
            Spot { statement: place.statement, paragraph: 0, byte: 0 },
            format!("{said} (its words are not in this edition: by number)"),
        ),
    };
    let at = Start::Place(spot, Some(said));
    Ok(Answer::Loaded { record: Arc::new(record), at, place: Some(spot) })
}

/// The records that were open, or else the one read last; one that is missing is left out.
fn resumed(record_of: RecordOf<'_>, desk: &Path) -> Result<Vec<(Arc<Record>, Spot)>, String> {
    let (mut open, _) = session::last(desk)?;
    if open.is_empty() {
        open.extend(Desk::open(desk).0.places().first().cloned());
    }
    let found = open.into_iter().filter_map(|place| {
        let record = record_of(&place.symbol, &place.language).ok()?;
        let spot = spot_of(&place, &record);
        Some((Arc::new(record), spot))
    });
    Ok(found.collect())
}

/// Where the person left a record.
pub(super) fn left_at(desk: &Desk, record: &Record) -> Option<Spot> {
    Some(spot_of(desk.place_of(&record.symbol, &record.language)?, record))
}

/// Finds a place in a record: by the words at it, else by its numbers.
fn spot_of(place: &desk::Place, record: &Record) -> Spot {
    let spot = Spot { statement: place.statement, paragraph: place.paragraph, byte: place.byte };
    if place.words.is_empty() || has_words_at(record, spot, &place.words) {
        return spot;
    }
    find_words(record, &place.words).unwrap_or(spot)
}

fn has_words_at(record: &Record, spot: Spot, words: &str) -> bool {
    let statement = record.statements().find(|s| s.number == spot.statement);
    statement
        .and_then(|s| s.paragraphs.get(spot.paragraph)?.text.get(spot.byte..))
        .is_some_and(|rest| rest.starts_with(words))
}

fn find_words(record: &Record, words: &str) -> Option<Spot> {
    record.items.iter().find_map(|item| {
        let Item::Statement(s) = item else { return None };
        s.paragraphs.iter().enumerate().find_map(|(paragraph, p)| {
            let byte = p.text.find(words)?;
            Some(Spot { statement: s.number, paragraph, byte })
        })
    })
}
