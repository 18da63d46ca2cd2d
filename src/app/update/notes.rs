//! The list of notes and marks: filter, change, remove and take back.
//!
//! Every change is on the disk before the next key; the list shows it at once, and reads the desk
//! again behind it, because another reader of the same person may have written there.

use crate::app::action::{Change, Command, Effect, Question};
use crate::app::cite;
use crate::app::line::InputLine;
use crate::app::notes::{NONE_YET, Notes};
use crate::app::state::{Changing, Purpose, Screen, State};
use crate::app::window::Move;
use crate::desk::notes::Note;
use crate::record::{Place, harmless};

use super::{ask, fit, movement, opening, prompt};

/// How many changes can be taken back.
const TAKEN_BACK: usize = 100;

/// A key.
pub(super) fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    let height = state.list_height();
    let count = state.count;
    let Some(list) = list(state) else { return Vec::new() };
    if let Some(by) = movement(command, count) {
        let by = match (by, count) {
            (Move::First | Move::Last, Some(n)) => Move::To((n as usize).saturating_sub(1)),
            _ => by,
        };
        list.window = list.window.moved(by, list.rows.len(), height);
        return Vec::new();
    }
    match command {
        Command::Slash => prompt::open(state),
        Command::Open => return open(state),
        Command::Remove => return remove(state),
        Command::Undo => return undo(state),
        Command::Note | Command::Tags => return edit(state, command),
        Command::CopyCitation | Command::CopyText => return copy(state, command),
        Command::NextHit | Command::PreviousHit => {
            state.message = Some("no search in a list: / filters it".to_owned());
        }
        _ => {}
    }
    Vec::new()
}

fn list(state: &mut State) -> Option<&mut Notes> {
    match state.screens.last_mut() {
        Some(Screen::Notes(list)) => Some(list),
        _ => None,
    }
}

/// The note selected, or a line why there is none.
fn note(state: &mut State) -> Option<Note> {
    let found = list(state)?;
    let (note, marked) = (found.note().cloned(), found.mark().is_some());
    if note.is_none() {
        let why = if marked { "a mark has only its letter and its place" } else { NONE };
        state.message = Some(why.to_owned());
    }
    note
}

const NONE: &str = "no note is selected";

/// Enter: the passage.
fn open(state: &mut State) -> Vec<Effect> {
    let Some(list) = list(state) else { return Vec::new() };
    let question = match (list.note(), list.mark()) {
        (Some(note), _) => Question::Note(note.number),
        (None, Some((letter, _))) => Question::Mark(*letter),
        (None, None) => return Vec::new(),
    };
    state.loading = true;
    ask(state, question)
}

fn remove(state: &mut State) -> Vec<Effect> {
    let Some(list) = list(state) else { return Vec::new() };
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
            state.message = Some(NONE.to_owned());
            return Vec::new();
        }
    };
    state.changing = Changing::default();
    state.message = Some(format!("{what} is removed; u puts it back"));
    change_it(state, change, back)
}

/// Carries out a change, and remembers what takes it back.
fn change_it(state: &mut State, change: Change, back: Change) -> Vec<Effect> {
    if state.undo.len() == TAKEN_BACK {
        state.undo.remove(0);
    }
    state.undo.push(back);
    state.changing.added = true;
    carry_out(state, change)
}

fn carry_out(state: &mut State, change: Change) -> Vec<Effect> {
    if let Some(list) = list(state) {
        list.apply(&change);
    }
    fit(state);
    let mut effects = vec![Effect::Desk(change)];
    effects.extend(ask(state, Question::Notes));
    effects
}

/// `u`: the latest change is taken back.
fn undo(state: &mut State) -> Vec<Effect> {
    let Some(back) = state.undo.pop() else {
        state.message = Some("nothing was changed here that could be taken back".to_owned());
        return Vec::new();
    };
    state.changing = Changing { undone: Some(back.clone()), ..Changing::default() };
    state.message = Some(match &back {
        Change::Restore(note) => format!("note {} is back", note.number),
        Change::Mark(letter, _) => format!("mark {letter} is back"),
        Change::Edit(note) => format!("note {} is as it was", note.number),
        Change::Note(_) | Change::Remove(_) | Change::Unmark(_) => "taken back".to_owned(),
    });
    carry_out(state, back)
}

/// The change could not be written: what was typed is in the line again, the list is read again anyway.
pub(super) fn not_kept(state: &mut State, why: String) {
    let Changing { line, selection, added, undone } = std::mem::take(&mut state.changing);
    if added {
        state.undo.pop();
    }
    state.undo.extend(undone);
    if let (Some(Screen::Reader(reader)), Some(selection)) = (state.screens.last_mut(), selection) {
        reader.selection = Some(selection);
    }
    state.prompt = line;
    state.message = Some(why);
}

/// The line for other words or tags.
fn edit(state: &mut State, command: Command) -> Vec<Effect> {
    let Some(note) = note(state) else { return Vec::new() };
    if command == Command::Tags {
        let tags: Vec<String> = note.tags.iter().map(|tag| format!("#{tag}")).collect();
        return prompt::open_for(state, Purpose::Tags(note.number), &tags.join(" "));
    }
    if InputLine::new(&note.text).text() != note.text {
        // Too long, or with characters that do not show: nothing of it may be lost.
        state.message = Some("the line cannot hold this note: change it in notes.json".to_owned());
        return Vec::new();
    }
    prompt::open_for(state, Purpose::Words(note.number), &note.text)
}

/// Other words were typed.
pub(super) fn reword(state: &mut State, number: u32, text: &str) -> Vec<Effect> {
    if text.trim().is_empty() {
        state.message = Some("a note needs words; x removes it".to_owned());
        return Vec::new();
    }
    edited(state, number, |note| note.reworded(text))
}

/// Other tags were typed.
pub(super) fn retag(state: &mut State, number: u32, line: &str) -> Vec<Effect> {
    edited(state, number, |note| note.retagged(line))
}

fn edited(state: &mut State, number: u32, change: impl FnOnce(&Note) -> Note) -> Vec<Effect> {
    let old = list(state).and_then(|l| l.notes.iter().find(|n| n.number == number).cloned());
    let Some(old) = old else {
        state.message = Some(format!("note {number} is there no more"));
        return Vec::new();
    };
    let new = change(&old);
    if new == old {
        return Vec::new();
    }
    state.message = Some(format!("note {number} is changed; u takes it back"));
    change_it(state, Change::Edit(Box::new(new)), Change::Edit(Box::new(old)))
}

fn copy(state: &mut State, command: Command) -> Vec<Effect> {
    let Some(note) = note(state) else { return Vec::new() };
    // A notes file is written by hand, too: only a quotation has more lines than one.
    let (by, citation) = (harmless::line(&note.place.speaker), harmless::line(&note.citation));
    let text = match command {
        Command::CopyCitation => citation.into_owned(),
        _ => format!("{}\n\n{by}, {citation}\n", harmless::text(&note.quotation)),
    };
    state.message = Some(cite::told(&text, command == Command::CopyText));
    vec![Effect::Copy(text)]
}

/// The answer: the list, renewed where it is open already.
pub(super) fn listed(
    state: &mut State,
    notes: Vec<Note>,
    marks: Vec<(char, Place)>,
    said: Option<String>,
) {
    let open = match state.screens.as_mut_slice() {
        [.., Screen::Notes(list)] | [.., Screen::Notes(list), Screen::Help(..)] => Some(list),
        _ => None,
    };
    match open {
        Some(list) => list.renew(notes, marks),
        // What was removed last can be put back in an empty list too.
        None if notes.is_empty() && marks.is_empty() && state.undo.is_empty() => {
            state.message = Some(format!("{NONE_YET}: a and m in a text make them"));
        }
        None => {
            opening::jump(state, Screen::Notes(Box::new(Notes::new(notes, marks))));
        }
    }
    if said.is_some() {
        state.message = said;
    }
    fit(state);
}

/// One is back on the list: what was noted meanwhile is to be in it.
pub(super) fn returned(state: &mut State) -> Vec<Effect> {
    if list(state).is_some() { ask(state, Question::Notes) } else { Vec::new() }
}
