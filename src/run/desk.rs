//! The person's notes and marks: changes carried out, and the records they lead to.

use std::path::Path;
use std::sync::Arc;

use crate::app::action::{Answer, Change, Question, Spot, Start};
use crate::desk::{Desk, marks, notes, session};
use crate::record::{Place, Record};

use super::answers::Sources;

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

/// The answer to a question about notes, marks and the last session.
pub(super) fn answer(
    sources: &Sources,
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
            let note = note.ok_or_else(|| format!("note {number} is there no more"))?;
            at(sources, &note.place, note.text)
        }
        Question::Mark(letter) => {
            let (mut marks, _) = marks::all(desk)?;
            let place = marks.remove(letter).ok_or_else(|| format!("mark {letter} is not set"))?;
            at(sources, &place, format!("mark {letter}"))
        }
        _ => Ok(Answer::Resumed(resumed(sources, desk)?)),
    }
}

/// The record of a place, at its words; where they are gone, at the statement of its number, and said.
fn at(sources: &Sources, place: &Place, said: String) -> Result<Answer, String> {
    let record = sources.record(&place.symbol, &place.language)?;
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

/// The records that stood open, or else the one read last; one that is gone is left out.
fn resumed(sources: &Sources, desk: &Path) -> Result<Vec<(Arc<Record>, Spot)>, String> {
    let (mut open, _) = session::last(desk)?;
    if open.is_empty() {
        open.extend(Desk::open(desk).0.places().first().cloned());
    }
    let found = open.into_iter().filter_map(|place| {
        let record = sources.record(&place.symbol, &place.language).ok()?;
        let spot = super::worker::spot_of(&place, &record);
        Some((Arc::new(record), spot))
    });
    Ok(found.collect())
}
