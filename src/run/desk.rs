//! The person's notes and marks: changes carried out, and the records they lead to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::action::{Answer, Change, QueryChange, Question, Start};
use crate::app::position::Spot;
use crate::desk::drafts::{self, Draft};
use crate::desk::notes::{self, Note};
use crate::desk::{self, Desk, marks, queries, session};
use crate::record::{Language, Place, Record, Symbol};

/// The number of characters that must be there; those after them only choose among equal matches.
const WORDS: usize = 32;
/// What is said where there is no folder to keep anything in.
pub(super) const HOMELESS: &str = "there is no folder for notes and marks; set HOME";

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
        Change::Query(change) => return change_query(desk, *change, at),
    };
    kept.map_err(|e| e.to_string())
}

/// Carries out a change of the kept queries.
fn change_query(desk: &Path, change: QueryChange, at: i64) -> Result<Option<String>, String> {
    let kept = match change {
        QueryChange::Keep { name, query } => {
            queries::keep(desk, &name, &query, at).map(|(_, warning)| warning)
        }
        QueryChange::Rename { name, to } => queries::rename(desk, &name, &to),
        QueryChange::Remove(name) => queries::remove(desk, &name).map(|_| None),
        QueryChange::Restore(query) => queries::restore(desk, query).map_err(Into::into),
    };
    kept.map_err(|refused| refused.to_string())
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
    find_words(record, place).unwrap_or(spot)
}

fn has_words_at(record: &Record, spot: Spot, words: &str) -> bool {
    let statement = record.statements().find(|s| s.number == spot.statement);
    statement
        .and_then(|s| s.paragraphs.get(spot.paragraph)?.text.get(spot.byte..))
        .is_some_and(|rest| rest.starts_with(words))
}

/// Looks for the words of a place, which may go on in the next paragraph in another edition.
fn find_words(record: &Record, place: &desk::Place) -> Option<Spot> {
    let end = place.words.char_indices().nth(WORDS).map_or(place.words.len(), |(at, _)| at);
    let (words, after) = place.words.split_at(end);
    let wanted = Place {
        symbol: place.symbol.clone(),
        language: place.language.clone(),
        statement: place.statement,
        speaker: String::new(),
        words: words.to_owned(),
        before: String::new(),
        after: after.to_owned(),
    };
    let (statement, paragraph, byte) = wanted.find(record)?;
    Some(Spot { statement: record.statements().nth(statement)?.number, paragraph, byte })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::json;

    /// A record of the data set, or of a PDF with one statement before, paragraphs and pages. The words are
    /// invented.
    fn edition(pdf: bool) -> Record {
        let statement = |number: u32, paragraphs: &str| {
            format!(
                r#"{{"type": "statement", "number": {number}, "speaker": {{"printed": "Mr. Orlan",
                "name": "Mr. Orlan"}}, "paragraphs": [{paragraphs}]}}"#
            )
        };
        let items = if pdf {
            let said = r#"{"page": 2, "text": "We thank the envoy. The harbour is open."},
                {"page": 3, "text": "The bridge  is closed, and we regret it. It was mended in the spring of that year, and we thank all who did it."}"#;
            format!("{}, {}", statement(1, r#"{"text": "Order."}"#), statement(2, said))
        } else {
            let said = "We thank the envoy. The harbour is open. \
                The bridge is closed, and we regret it. 1t was mended in the spring of that year, and we thank all who did it.";
            statement(1, &format!(r#"{{"text": "{said}"}}"#))
        };
        let record = format!(
            r#"{{"format": "spv/1", "symbol": "S/PV.9998", "kind": "verbatim", "language": "en",
                "date": "2020-02-27", "items": [{items}]}}"#
        );
        json::read_record(record.as_bytes()).unwrap()
    }

    #[test]
    fn a_place_in_the_data_set_is_found_in_the_pdf_that_comes_later() {
        let (old, new) = (edition(false), edition(true));
        let text = &old.statements().next().unwrap().paragraphs[0].text;
        // (words at the top of the screen, paragraph of the PDF, words there)
        for (at, paragraph, words) in [
            ("We thank", 0, "We thank"),
            ("The harbour", 0, "The harbour"),
            ("open. The bridge", 0, "open."),
            ("The bridge", 1, "The bridge"),
            // The words themselves differ: those after them are found.
            ("1t was mended in the spring of that", 1, "hat year, and"),
        ] {
            let byte = text.find(at).unwrap();
            let place = desk::Place {
                symbol: old.symbol.clone(),
                language: old.language.clone(),
                statement: 1,
                paragraph: 0,
                byte,
                words: text[byte..].chars().take(64).collect(),
                at: 0,
            };
            assert_eq!(spot_of(&place, &old), Spot { statement: 1, paragraph: 0, byte });
            let spot = spot_of(&place, &new);
            assert_eq!((spot.statement, spot.paragraph), (2, paragraph), "{at}");
            let there = &new.statements().nth(1).unwrap().paragraphs[paragraph].text;
            assert!(there[spot.byte..].starts_with(words), "{at}");
        }
    }
}
