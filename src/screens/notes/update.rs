//! Keys of the list of notes and marks: change, remove and take back.
//!
//! Every change is on the disk before the next key. The list shows it at once and then reads the desk again,
//! because another reader of the same person may have written there.

use crate::app::action::{Change, Effect, Question};
use crate::app::cite;
use crate::app::command::Command;
use crate::app::line::InputLine;
use crate::app::prompt::Purpose;
use crate::app::shared::Shared;
use crate::app::window::Move;
use crate::desk::notes::Note;
use crate::record::harmless;
use crate::screens::behaviour::Behaviour as _;
use crate::screens::request::Request;

use super::state::{Notes, Unwritten};

/// How many changes can be taken back.
const TAKEN_BACK: usize = 100;

/// A key.
pub(super) fn obey(list: &mut Notes, command: Command, shared: &mut Shared) -> Vec<Request> {
    if let Some(by) = Move::by_key_in_rows(command, shared.count) {
        let height = list.list_height(shared);
        list.window = list.window.moved(by, list.rows.len(), height);
        return Vec::new();
    }
    let request = match command {
        Command::Slash => Some(Request::Filter),
        Command::Open => open(list, shared),
        Command::Remove => return remove(list, shared),
        Command::Undo => return undo(list, shared),
        Command::Note => reword_line(list, shared),
        Command::Tags => selected(list, shared).map(|note| {
            let tags: Vec<String> = note.tags.iter().map(|tag| format!("#{tag}")).collect();
            Request::Prompt(Purpose::Tags(note.number), tags.join(" "))
        }),
        Command::CopyCitation | Command::CopyText => copy(list, command, shared),
        Command::NextHit | Command::PreviousHit => {
            shared.say("no search in a list: / filters it");
            None
        }
        _ => None,
    };
    request.into_iter().collect()
}

/// The selected note; where there is none, says why.
fn selected<'a>(list: &'a Notes, shared: &mut Shared) -> Option<&'a Note> {
    let note = list.note();
    if note.is_none() {
        let marked = list.mark().is_some();
        shared.say(if marked { "a mark has only its letter and its place" } else { NONE });
    }
    note
}

const NONE: &str = "no note is selected";

/// Enter: the passage.
fn open(list: &Notes, shared: &mut Shared) -> Option<Request> {
    let question = match (list.note(), list.mark()) {
        (Some(note), _) => Question::Note(note.number),
        (None, Some((letter, _))) => Question::Mark(*letter),
        (None, None) => return None,
    };
    Some(shared.ask_to_open(question).into())
}

fn remove(list: &mut Notes, shared: &mut Shared) -> Vec<Request> {
    let (change, back, what) = match (list.note(), list.mark()) {
        (Some(note), _) => {
            let number = note.number;
            let back = Change::Restore(Box::new(note.clone()));
            (Change::Remove(number), back, format!("note {number}"))
        }
        (None, Some((letter, place))) => {
            let back = Change::Mark(*letter, Box::new(place.clone()));
            (Change::Unmark(*letter), back, format!("mark {letter}"))
        }
        (None, None) => {
            shared.say(NONE);
            return Vec::new();
        }
    };
    shared.say(format!("{what} is removed; u puts it back"));
    change_with_undo(list, change, back, shared)
}

/// Carries out a change, and remembers what takes it back.
fn change_with_undo(
    list: &mut Notes,
    change: Change,
    back: Change,
    shared: &mut Shared,
) -> Vec<Request> {
    if list.undo.len() == TAKEN_BACK {
        list.undo.remove(0);
    }
    list.undo.push(back);
    list.unwritten = Unwritten::Added;
    carry_out(list, change, shared)
}

fn carry_out(list: &mut Notes, change: Change, shared: &mut Shared) -> Vec<Request> {
    list.apply(&change);
    list.fit(shared);
    vec![Effect::Desk(change).into(), shared.ask(Question::Notes).into()]
}

/// `u`: the latest change is taken back.
fn undo(list: &mut Notes, shared: &mut Shared) -> Vec<Request> {
    let Some(back) = list.undo.pop() else {
        shared.say("nothing was changed here that could be taken back");
        return Vec::new();
    };
    list.unwritten = Unwritten::Taken(back.clone());
    shared.say(match &back {
        Change::Restore(note) => format!("note {} is back", note.number),
        Change::Mark(letter, _) => format!("mark {letter} is back"),
        Change::Edit(note) => format!("note {} is as it was", note.number),
        Change::Note(_) | Change::Remove(_) | Change::Unmark(_) | Change::Query(_) => {
            "taken back".to_owned()
        }
    });
    carry_out(list, back, shared)
}

/// The change could not be written: what it did to the changes that `u` takes back is reversed.
pub(super) fn not_kept(list: &mut Notes) {
    match std::mem::take(&mut list.unwritten) {
        Unwritten::Nothing => {}
        // The list is as it was at once: a line that is given back may be sent again before the notes are read again.
        Unwritten::Added => {
            if let Some(back) = list.undo.pop() {
                list.apply(&back);
            }
        }
        Unwritten::Taken(change) => list.undo.push(change),
    }
}

/// The line for other words.
fn reword_line(list: &Notes, shared: &mut Shared) -> Option<Request> {
    let note = selected(list, shared)?;
    if InputLine::new(&note.text).text() != note.text {
        // Too long, or with characters that do not show: nothing of it may be lost.
        shared.say("the line cannot hold this note: change it in notes.json");
        return None;
    }
    Some(Request::Prompt(Purpose::Words(note.number), note.text.clone()))
}

/// Other words or tags were typed.
pub(super) fn submit(
    list: &mut Notes,
    purpose: Purpose,
    text: &str,
    shared: &mut Shared,
) -> Vec<Request> {
    match purpose {
        Purpose::Words(_) if text.trim().is_empty() => {
            shared.say("a note needs words; x removes it");
            Vec::new()
        }
        Purpose::Words(number) => edit(list, number, shared, |note| note.reworded(text)),
        Purpose::Tags(number) => edit(list, number, shared, |note| note.retagged(text)),
        _ => Vec::new(),
    }
}

fn edit(
    list: &mut Notes,
    number: u32,
    shared: &mut Shared,
    change: impl FnOnce(&Note) -> Note,
) -> Vec<Request> {
    let Some(old) = list.notes.iter().find(|n| n.number == number).cloned() else {
        shared.say(format!("note {number} does not exist any more"));
        return Vec::new();
    };
    let new = change(&old);
    if new == old {
        return Vec::new();
    }
    shared.say(format!("note {number} is changed; u takes it back"));
    change_with_undo(list, Change::Edit(Box::new(new)), Change::Edit(Box::new(old)), shared)
}

fn copy(list: &Notes, command: Command, shared: &mut Shared) -> Option<Request> {
    let note = selected(list, shared)?;
    // A notes file is written by hand, too: only a quotation has more lines than one.
    let (by, citation) = (harmless::line(&note.place.speaker), harmless::line(&note.citation));
    let text = match command {
        Command::CopyCitation => citation.into_owned(),
        _ => format!("{}\n\n{by}, {citation}\n", harmless::text(&note.quotation)),
    };
    shared.say(cite::told(&text, command == Command::CopyText));
    Some(Effect::Copy(text).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::notes::Note;
    use crate::record::{Language, Place, Symbol};

    #[test]
    fn what_was_refused_is_not_shown_as_changed() {
        let place = Place {
            symbol: Symbol::verbatim(1),
            language: Language::English,
            statement: 1,
            speaker: String::new(),
            words: String::new(),
            before: String::new(),
            after: String::new(),
        };
        let old = Note { number: 1, ..Note::new(place, "", "", "old words") };
        let new = Note { text: "new words".to_owned(), ..old.clone() };
        let mut list = Notes::new(vec![old.clone()], Vec::new(), Vec::new());
        list.apply(&Change::Edit(Box::new(new)));
        list.undo.push(Change::Edit(Box::new(old.clone())));
        list.unwritten = Unwritten::Added;
        not_kept(&mut list);
        // So that the same words, sent again, are a change again.
        assert_eq!((list.notes, list.undo.len()), (vec![old], 0));
    }
}
