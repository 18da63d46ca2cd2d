//! Who sat in the Council, and who presided by rule 18.
//!
//! The table has seats from 17 January 1946, when the Council first met, to the end of 2027. The
//! presidency is a table of months: known where a record or the metadata of speeches names the
//! president, else computed by rule 18 of the provisional rules of procedure (S/96/Rev.7): it is
//! held in turn by the members in the English alphabetical order of their names, one calendar month
//! each. In 1946 the turns ran from the 17th, and the twelfth was the United States' to the end of
//! the year (S/RES/14 (1946)). Where members once exchanged a turn, a computed month is wrong; a
//! record that names its president takes precedence over this table.

use jiff::civil::Date;

use super::blob;
use super::layout::{GROUPS, KNOWN, NOBODY, Table, YEARS};
use super::states::{self, State};

/// A seat on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The member by its UN short name today.
    pub state: &'static str,
    /// What it was called on that day.
    pub called: &'static str,
    /// A permanent member.
    pub permanent: bool,
    /// Regional group of an elected seat, in words ("African"), or empty.
    pub group: &'static str,
}

/// A group of members that staff speak of by a short name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// The African elected members, three of them since 1966.
    A3,
    /// The elected members.
    E10,
    /// The permanent members.
    P5,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::A3, Self::E10, Self::P5];

    /// Its short name.
    pub fn name(self) -> &'static str {
        match self {
            Self::A3 => "A3",
            Self::E10 => "E10",
            Self::P5 => "P5",
        }
    }

    /// Who they are, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::A3 => "the African members of the Council",
            Self::E10 => "the elected members of the Council",
            Self::P5 => "the permanent members of the Council",
        }
    }

    /// Whether a seat is one of the group's.
    pub fn has(self, seat: &Seat) -> bool {
        match self {
            Self::A3 => !seat.permanent && seat.group == "African",
            Self::E10 => !seat.permanent,
            Self::P5 => seat.permanent,
        }
    }
}

/// The Council on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Council {
    /// The members in English alphabetical order of what they were called.
    pub seats: Vec<Seat>,
    /// Who presides that month.
    pub president: Option<Seat>,
    /// The president is known from a document, not computed by rule 18.
    pub president_known: bool,
    /// Who presides the month after, known or computed; `None` after the last month of the table.
    pub next: Option<Seat>,
}

/// A seat, the State that holds it, and the key of its name on that day.
type Held = (&'static str, State, Seat);

fn held(date: Date) -> Vec<Held> {
    let day = blob::day(date);
    let mut held: Vec<Held> = (0..blob::len(Table::Seats))
        .filter_map(|at| blob::row(Table::Seats, at))
        .filter(|row| row.u32(0) <= day && day < row.u32(4))
        .filter_map(|row| {
            let state = states::get(row.u16(8))?;
            let (called, key) = state.called(date);
            let group = GROUPS.get(usize::from(row.u16(10) >> 1)).copied().unwrap_or_default();
            let permanent = row.u16(10) & 1 != 0;
            Some((key, state, Seat { state: state.name, called, permanent, group }))
        })
        .collect();
    held.sort_by_key(|(key, _, _)| *key);
    held
}

/// The turn a day belongs to, as months since January 1946: in 1946 turns began on the 17th.
fn turn(date: Date) -> Option<u32> {
    let month = u32::try_from(date.month() - 1).ok()?;
    let years = u32::try_from(date.year() - YEARS.0).ok()?;
    let early = years == 0 && month < 11 && date.day() < 17;
    (years * 12 + month).checked_sub(u32::from(early))
}

/// The president of a turn, and whether it is known.
fn president(turn: u32) -> Option<(State, bool)> {
    let word = blob::row(Table::Presidents, turn)?.u16(0);
    let state = Some(word & !KNOWN).filter(|state| *state != NOBODY).and_then(states::get)?;
    Some((state, word & KNOWN != 0))
}

fn seat_of(held: &[Held], state: State) -> Option<Seat> {
    held.iter().find(|(_, holder, _)| *holder == state).map(|(_, _, seat)| *seat)
}

/// Who presides in the turn after `turn`: usually another State, but in 1946 one State had two
/// turns.
fn after(turn: u32) -> Option<Seat> {
    let now = president(turn).map(|(state, _)| state);
    let next = (turn + 1..turn + 3).find(|turn| president(*turn).map(|(state, _)| state) != now)?;
    let (year, month) =
        (YEARS.0 + i16::try_from(next / 12).ok()?, i8::try_from(next % 12).ok()? + 1);
    let day = if year == YEARS.0 { 17 } else { 1 };
    seat_of(&held(Date::new(year, month, day).ok()?), president(next)?.0)
}

/// The Council on `date`, or `None` outside the years of the table.
pub fn on(date: Date) -> Option<Council> {
    let held = held(date);
    let turn = turn(date).filter(|_| !held.is_empty())?;
    let president = president(turn);
    Some(Council {
        president: president.and_then(|(state, _)| seat_of(&held, state)),
        president_known: president.is_some_and(|(_, known)| known),
        next: after(turn),
        seats: held.into_iter().map(|(_, _, seat)| seat).collect(),
    })
}

/// The regional groups that elected seats belong to, by their names in the table.
pub fn regions() -> impl Iterator<Item = &'static str> {
    GROUPS.into_iter().filter(|name| !name.is_empty())
}

/// The first and the last year of the table.
pub fn years() -> (i16, i16) {
    YEARS
}
