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
    seat_of(&held(first_day(next)?), president(next)?.0)
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

/// A turn of the presidency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Its first day.
    pub from: Date,
    /// Who presides.
    pub seat: Seat,
    /// The president is known from a document, not computed by rule 18.
    pub known: bool,
}

impl Turn {
    /// When it starts: `November 2026`, or `17 January 1946` where that is not the first of a month.
    pub fn start(&self) -> String {
        let form = if self.from.day() == 1 { "%B %Y" } else { "%-d %B %Y" };
        self.from.strftime(form).to_string()
    }
}

/// How a president is known, in a word.
pub fn how_known(known: bool) -> &'static str {
    if known { "known" } else { "computed" }
}

/// The first day of a turn.
fn first_day(turn: u32) -> Option<Date> {
    let year = YEARS.0 + i16::try_from(turn / 12).ok()?;
    let month = i8::try_from(turn % 12).ok()? + 1;
    Date::new(year, month, if year == YEARS.0 { 17 } else { 1 }).ok()
}

fn read_turn(number: u32) -> Option<Turn> {
    let (state, known) = president(number)?;
    let from = first_day(number)?;
    Some(Turn { from, seat: seat_of(&held(from), state)?, known })
}

/// The turns after the one of `date`, to the end of the table. Where a State had two turns on end
/// in 1946, the first after it is that of the next State.
pub fn turns_after(date: Date) -> Vec<Turn> {
    let Some(now) = turn(date) else { return Vec::new() };
    let presides = president(now).map(|(state, _)| state);
    let next = (now + 1..blob::len(Table::Presidents))
        .skip_while(|turn| president(*turn).is_some_and(|(state, _)| Some(state) == presides));
    next.filter_map(read_turn).collect()
}

/// Every turn of a State, by its short name, oldest first.
pub fn turns_of(state: &str) -> Vec<Turn> {
    (0..blob::len(Table::Presidents))
        .filter(|turn| president(*turn).is_some_and(|(holder, _)| holder.name == state))
        .filter_map(read_turn)
        .collect()
}

/// A time without a break in which a State has a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its first day.
    pub from: Date,
    /// Its last day, `None` for a permanent member and where the table ends within the term.
    pub last: Option<Date>,
    /// A permanent seat.
    pub permanent: bool,
    /// Regional group of an elected seat, in words, or empty.
    pub group: &'static str,
}

/// The terms of a State, by its short name, oldest first.
pub fn terms_of(state: &str) -> Vec<Term> {
    let mut years: Vec<(u32, u32, u16)> = (0..blob::len(Table::Seats))
        .filter_map(|at| blob::row(Table::Seats, at))
        .filter(|row| states::get(row.u16(8)).is_some_and(|holder| holder.name == state))
        .map(|row| (row.u32(0), row.u32(4), row.u16(10)))
        .collect();
    years.sort_unstable();
    let mut terms: Vec<(u32, u32, u16)> = Vec::new();
    for (from, until, flags) in years {
        match terms.last_mut() {
            Some(term) if term.1 == from && term.2 == flags => term.1 = until,
            _ => terms.push((from, until, flags)),
        }
    }
    terms.into_iter().map(|(from, until, flags)| term(from, until, flags)).collect()
}

fn term(from: u32, until: u32, flags: u16) -> Term {
    let (from, end) = (blob::date(from), blob::date(until));
    let permanent = flags & 1 != 0;
    // Members are elected for two years: one whose second year is not in the table goes on after it.
    let goes_on = end.year() > YEARS.1 && from.year() == YEARS.1;
    let last = end.yesterday().ok().filter(|_| !permanent && !goes_on);
    let group = GROUPS.get(usize::from(flags >> 1)).copied().unwrap_or_default();
    Term { from, last, permanent, group }
}

impl Council {
    /// The seat of a State by any of its names.
    pub fn seat(&self, name: &str) -> Option<&Seat> {
        let known = states::lookup(name);
        let same =
            |seat: &&Seat| known.is_some_and(|k| k.name == seat.state) || seat.called == name;
        self.seats.iter().find(same)
    }

    /// The members of a group, where it has as many as its name says: before 1966 there were six
    /// elected members, and no E10.
    pub fn group(&self, group: Group) -> Option<Vec<&Seat>> {
        let members: Vec<&Seat> = self.seats.iter().filter(|seat| group.has(seat)).collect();
        let number = group.name().get(1..).and_then(|number| number.parse().ok());
        (number == Some(members.len())).then_some(members)
    }

    /// The groups that the holder of a seat is in: P5; or E10, and A3.
    pub fn groups_of(&self, seat: &Seat) -> Vec<Group> {
        let all = [Group::P5, Group::E10, Group::A3].into_iter();
        all.filter(|group| group.has(seat) && self.group(*group).is_some()).collect()
    }
}

/// Who leaves the Council at the end of a year and who comes after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Elected members whose term ends.
    pub leaving: Vec<Seat>,
    /// Members of the next year that are none of this; `None` where they are not yet elected.
    pub coming: Option<Vec<Seat>>,
}

/// Who leaves at the end of the year of `date`, and who comes.
pub fn change_after(date: Date) -> Change {
    let on_last_day = |year: i16| Date::new(year, 12, 31).ok().and_then(on);
    let Some(now) = on_last_day(date.year()) else { return Change::default() };
    let next = date.year().checked_add(1).and_then(|year| Date::new(year, 1, 1).ok()).and_then(on);
    let holds =
        |council: &Council, seat: &Seat| council.seats.iter().any(|s| s.state == seat.state);
    let ends = |seat: &Seat| match &next {
        Some(next) => !holds(next, seat),
        None => terms_of(seat.state).last().is_some_and(|term| term.last.is_some()),
    };
    let leaving = now.seats.iter().filter(|s| !s.permanent && ends(s)).copied().collect();
    let coming = next.as_ref().map(|next| {
        next.seats.iter().filter(|seat| !holds(&now, seat)).copied().collect::<Vec<_>>()
    });
    Change { leaving, coming }
}

/// Why there is no Council on a day outside the table, in one sentence without a full stop.
pub fn why_unknown(date: Date) -> String {
    let last = YEARS.1;
    if date.year() > last {
        format!(
            "the members for {} are not yet elected: they are known to 31 December {last}",
            date.year()
        )
    } else {
        "the Council first met on 17 January 1946".to_owned()
    }
}

/// The regional groups that elected seats belong to, by their names in the table.
pub fn regions() -> impl Iterator<Item = &'static str> {
    GROUPS.into_iter().filter(|name| !name.is_empty())
}

/// The first and the last year of the table.
pub fn years() -> (i16, i16) {
    YEARS
}
