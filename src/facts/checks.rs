//! The rows of a file of fetched facts, each checked before it is laid over the facts inside.

use jiff::civil::Date;

use super::council::{self, Council};
use super::fetched::VoteRow;
use super::inside::{Ballot, Cast, Vote};
use super::states;
use crate::record::harmless::{self, excerpt};
use crate::record::{Outcome, Symbol, VoteKind};

/// The longest text of a row, in bytes.
const LONGEST: usize = 4_000;

/// A vote of the layer with what the tables inside keep apart from its row.
#[derive(Clone, Debug)]
pub(super) struct LaidVote {
    pub vote: Vote,
    pub casts: Vec<Cast>,
    pub sponsors: Vec<&'static str>,
}

/// A vote of a file, whose number is 0 until it has one.
///
/// # Errors
/// What is not sound, in one line.
pub(super) fn laid_vote(row: &VoteRow, year: i16) -> Result<LaidVote, String> {
    let date = day_in(&row.date, year)?;
    let council = council::on(date).ok_or("no members of the Council are known on its day")?;
    let seats = council.seats.len();
    let counted: usize = row.counts.iter().map(|count| usize::from(*count)).sum();
    if counted > seats {
        return Err(format!("{counted} members vote, and the Council has {seats}"));
    }
    let outcome = match row.outcome.as_str() {
        "adopted" => Outcome::Adopted,
        "vetoed" => Outcome::Vetoed,
        "not adopted" => Outcome::NotAdopted,
        other => return Err(format!("its outcome is {:?}", excerpt(other))),
    };
    let kind = VoteKind::ALL.into_iter().find(|kind| kind.word() == row.kind);
    let kind = kind.ok_or_else(|| format!("its kind is {:?}", excerpt(&row.kind)))?;
    let meeting = match row.meeting.is_empty() {
        true => "",
        false => leak(&check_symbol(&row.meeting)?.to_string()),
    };
    let mut casts = casts_by_name(&council, [&row.in_favour, &row.against, &row.abstaining])?;
    let named = casts.iter().filter(|cast| cast.ballot != Ballot::Unknown).count();
    if named == counted && !row.in_favour.is_empty() {
        // All who voted are named; the others did not vote.
        let others = casts.iter_mut().filter(|cast| cast.ballot == Ballot::Unknown);
        others.for_each(|cast| cast.ballot = Ballot::NotVoting);
    }
    let unknown = casts.iter().any(|cast| cast.ballot == Ballot::Unknown);
    let sponsors = row.sponsors.iter().filter_map(|name| states::lookup(name));
    let [yes, no, abstain] = row.counts.map(u16::from);
    let vote = Vote {
        id: 0,
        reference: leak(&spelt(&row.reference)?),
        date,
        outcome,
        kind,
        meeting,
        written: !row.letter.is_empty(),
        letter: leak(&row.letter),
        title: leak(&row.title),
        draft: leak(&row.draft),
        yes,
        no,
        abstain,
        not_voting: u16::try_from(seats - counted).unwrap_or(0),
        counts_known: true,
        note: match (unknown, row.against.is_empty()) {
            (false, _) => "",
            (true, true) => "How each member voted is not known.",
            (true, false) => "How the other members voted is not known.",
        },
    };
    let sponsors = sponsors.map(|state| state.called_on(date)).collect();
    Ok(LaidVote { vote, casts, sponsors })
}

/// How the lists of names that a vote has are in their order.
pub const LISTS: [Ballot; 3] = [Ballot::InFavour, Ballot::Against, Ballot::Abstaining];

/// How each member voted by the names in lists, in the order of [`LISTS`]; unknown for those that are not named.
///
/// # Errors
/// If a name is not that of a member, or is in the lists twice.
pub fn casts_by_name(council: &Council, lists: [&[String]; 3]) -> Result<Vec<Cast>, String> {
    let mut casts: Vec<Cast> = council
        .seats
        .iter()
        .map(|seat| Cast {
            state: seat.state,
            called: seat.called,
            ballot: Ballot::Unknown,
            permanent: seat.permanent,
        })
        .collect();
    for (names, ballot) in lists.into_iter().zip(LISTS) {
        for name in names {
            let state = states::lookup(name).map(|state| state.name);
            let cast = casts.iter_mut().find(|cast| Some(cast.state) == state);
            let no_member =
                || format!("{:?} is no member of the Council on that day", excerpt(name));
            let cast = cast.ok_or_else(no_member)?;
            if cast.ballot != Ballot::Unknown {
                return Err(format!("{:?} votes twice", excerpt(name)));
            }
            cast.ballot = ballot;
        }
    }
    Ok(casts)
}

/// A day that must be in a year.
pub(super) fn day_in(text: &str, year: i16) -> Result<Date, String> {
    let date = day(text)?;
    match date.year() == year {
        true => Ok(date),
        false => Err(format!("its day {date} is not in {year}")),
    }
}

/// Keeps a text for the rest of the process, harmless and on one line, as rows have it.
pub(super) fn leak(text: &str) -> &'static str {
    let line = harmless::line(text);
    let end = line.floor_char_boundary(LONGEST);
    Box::leak(line[..end].to_owned().into_boxed_str())
}

/// A day such as `2026-11-30`.
pub(super) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("{:?} is not a day such as 2026-11-30", excerpt(text)))
}

/// The symbol of a meeting of the Council.
pub(super) fn check_symbol(text: &str) -> Result<Symbol, String> {
    text.parse::<Symbol>()
        .ok()
        .filter(|symbol| symbol.to_string().starts_with("S/PV."))
        .ok_or_else(|| format!("{:?} is not the symbol of a meeting", excerpt(text)))
}

/// A reference in the usual spelling: `S/RES/2829 (2026)`, `S/2026/740`.
fn spelt(text: &str) -> Result<String, String> {
    let plain = text.trim();
    let letters = |c: char| c.is_ascii_alphanumeric() || "/.() -".contains(c);
    if !plain.starts_with("S/") || plain.len() > 60 || !plain.chars().all(letters) {
        return Err(format!("{:?} is not the symbol of what was voted on", excerpt(text)));
    }
    Ok(plain.to_owned())
}
