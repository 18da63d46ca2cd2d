//! `spv votes`: votes from the table and from the records of the library, one line each or as a card.

mod query;

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use serde::Serialize;

use crate::app::tally::{Tally, reference};
use crate::cli::args::VotesArgs;
use crate::cli::out::{Answer, Failure, found_if, one_line};
use crate::cli::rows::RowWriter;
use crate::cli::shelf::Shelf;
use crate::cli::world::World;
use crate::cli::{table, text};
use crate::facts::votes::{self as facts, Ballot};
use crate::library::Entry;
use crate::record::{Announced, Language, Outcome, Record, Symbol, Vote, VoteKind, fold};
use query::VoteQuery;

/// The names of the columns of a vote, in their order.
const NAMES: &str = "symbol date title reference kind outcome adopted_as on yes no abstained in_favour against \
                     abstaining not_voting not_known sponsors in_writing letter page exercise doubts";

/// One vote; the fields are those of its JSON.
#[derive(Clone, Debug, Serialize)]
pub struct VoteRow {
    /// Symbol of the record, `null` if not known.
    pub symbol: Option<String>,
    pub date: Date,
    pub title: String,
    /// What was voted on, or what it was adopted as.
    pub reference: String,
    /// The fields of the record file.
    #[serde(flatten)]
    pub vote: Vote,
    /// The same as a card.
    /// The members whose vote the table does not know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_known: Vec<String>,
    /// The States that submitted the draft, where the table knows them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sponsors: Vec<&'static str>,
    /// Cast in writing, so that there was no meeting.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub in_writing: bool,
    /// The letter with the result of a vote in writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<&'static str>,
    #[serde(skip)]
    pub card: Tally,
    /// The row of the table it comes from; `None` for a vote as printed in a record.
    #[serde(skip)]
    pub table: Option<u32>,
}

impl VoteRow {
    /// The row of a vote in the table. The counts of the table are `announced`, because the
    /// listed names do not always add up to them.
    pub fn of_fact(vote: &facts::Vote) -> Self {
        let card = Tally::of_fact(vote);
        let names = |ballot: Ballot| -> Vec<String> {
            let group = card.groups.iter().find(|g| g.ballot == ballot);
            group.into_iter().flat_map(|g| &g.voters).map(|v| v.called.clone()).collect()
        };
        let resolution = vote.reference.starts_with("S/RES/");
        let symbol = Some(vote.reference.to_owned());
        let on = if resolution { vote.draft } else { vote.reference };
        let fields = Vote {
            page: None,
            kind: vote.kind,
            procedural: vote.kind == VoteKind::Procedural,
            on: Some(on).filter(|on| !on.is_empty()).map(str::to_owned).into_iter().collect(),
            in_favour: names(Ballot::InFavour),
            against: names(Ballot::Against),
            abstaining: names(Ballot::Abstaining),
            not_voting: names(Ballot::NotVoting),
            announced: Some(Announced {
                in_favour: vote.yes.into(),
                against: vote.no.into(),
                abstaining: vote.abstain.into(),
            }),
            outcome: Some(vote.outcome),
            adopted_as: symbol.filter(|_| resolution),
            ..Vote::default()
        };
        Self {
            symbol: (!vote.meeting.is_empty()).then(|| vote.meeting.to_owned()),
            date: vote.date,
            title: vote.title.to_owned(),
            reference: vote.reference.to_owned(),
            vote: fields,
            not_known: names(Ballot::Unknown),
            sponsors: vote.sponsors(),
            in_writing: vote.written,
            letter: Some(vote.letter).filter(|letter| !letter.is_empty()),
            card,
            table: Some(vote.id),
        }
    }

    /// The row of a vote block in a record; the title is that of the table if it has the vote.
    pub fn of_record(record: &Record, vote: &Vote) -> Self {
        Self::of_card(Tally::of_record(record, vote), vote)
    }

    fn of_card(mut card: Tally, vote: &Vote) -> Self {
        let known = if card.exercise { None } else { table_vote(vote) };
        if let Some(known) = known {
            known.title.clone_into(&mut card.title);
        }
        Self {
            symbol: Some(card.symbol.clone()),
            date: card.date,
            title: card.title.clone(),
            reference: known.map_or_else(|| reference(vote), |k| k.reference.to_owned()),
            vote: vote.clone(),
            not_known: Vec::new(),
            sponsors: known.map(|known| known.sponsors()).unwrap_or_default(),
            in_writing: false,
            letter: None,
            card,
            table: None,
        }
    }

    /// Its fields with the counts as numbers of their own, for a table.
    fn flat(&self) -> serde_json::Value {
        let mut row = serde_json::to_value(self).unwrap_or_default();
        let said = self.vote.announced.as_ref();
        row["yes"] = said.map(|said| said.in_favour).into();
        row["no"] = said.map(|said| said.against).into();
        row["abstained"] = said.map(|said| said.abstaining).into();
        row["exercise"] = self.card.exercise.into();
        row["in_writing"] = self.in_writing.into();
        row["doubts"] = self.card.doubts.clone().into();
        row
    }

    /// The cells of the text list, with the ballot of `state`.
    pub fn cells(&self, state: Option<&str>) -> Vec<String> {
        let ballot = state.and_then(|s| self.ballot_of(s)).unwrap_or("");
        let mark = if self.card.exercise { "EXERCISE  " } else { "" };
        let doubtful = if self.card.doubts.is_empty() { "" } else { " (doubtful)" };
        vec![
            self.date.to_string(),
            one_line(&self.reference),
            self.card.outcome.map_or("", |o| o.words()).to_owned(),
            format!("{}{doubtful}", self.card.score()),
            ballot.to_lowercase(),
            one_line(self.symbol.as_deref().unwrap_or("-")),
            format!("{mark}{}", one_line(&self.title)),
        ]
    }

    /// How a State voted, by its folded short name, in words.
    fn ballot_of(&self, state: &str) -> Option<&'static str> {
        let voted =
            |g: &&crate::app::tally::Group| g.voters.iter().any(|v| fold::text(&v.state) == state);
        self.card.groups.iter().find(voted).map(|g| g.name)
    }

    /// Whether the ballots fit the query.
    fn fits_ballots(&self, query: &VoteQuery) -> bool {
        if query.state.is_none() && query.ballot.is_none() {
            return true;
        }
        self.card
            .groups
            .iter()
            .filter(|g| query.ballot.is_none_or(|b| b == g.ballot))
            .flat_map(|g| &g.voters)
            .any(|v| query.state.as_ref().is_none_or(|s| fold::text(&v.state) == *s))
    }
}

/// The vote of the table for a vote block. A vote on an amendment to a draft, or on a part of it, is not the
/// vote on the draft, and a draft that was not adopted became no resolution.
fn table_vote(vote: &Vote) -> Option<facts::Vote> {
    if let Some(fact) = vote.adopted_as.as_ref().and_then(|symbol| facts::by_reference(symbol)) {
        return Some(fact);
    }
    let whole = matches!(vote.kind, VoteKind::Substantive | VoteKind::Unknown);
    vote.on.iter().find_map(|symbol| {
        let fact = facts::by_reference(symbol)?;
        let became = fact.draft == symbol.as_str();
        let failed = vote.outcome == Some(Outcome::NotAdopted);
        (if became { whole && !failed } else { whole || fact.kind == vote.kind }).then_some(fact)
    })
}

/// Runs `spv votes`.
///
/// # Errors
/// When the query is wrong, the library cannot be opened, or the answer cannot be written.
pub fn run(world: &World, args: &VotesArgs, out: &mut dyn Write) -> Answer {
    let asked = args.query.join(" ");
    let mut shelf = Shelf::open_one(world)?;
    let (rows, query) = match find_named(world, &shelf, asked.trim()) {
        Some(rows) => (rows, VoteQuery::default()),
        None => {
            let query = VoteQuery::parse(&asked).map_err(Failure::wrong)?;
            shelf = Shelf::open_all(world)?;
            (find_matching(world, &shelf, &query), query)
        }
    };
    if let Some(writer) = RowWriter::begin(out, args.table, NAMES)? {
        match args.table.json {
            true => writer.write_all(out, &rows)?,
            false => rows.iter().try_for_each(|row| writer.write(out, &row.flat()))?,
        }
    } else if let [row] = rows.as_slice() {
        match row.table.and_then(facts::get) {
            Some(vote) => text::write_card(
                out,
                &crate::screens::card::cards::vote(&vote, shelf.library.catalogue()),
            )?,
            None => text::write_tally(out, &row.card, 0)?,
        }
    } else {
        let state = query.state.as_deref();
        let cells: Vec<Vec<String>> = rows.iter().map(|row| row.cells(state)).collect();
        table::write_rows(out, &cells, &[], world.columns)?;
    }
    found_if(!rows.is_empty(), &format!("no vote matches {asked:?}"))
}

/// The votes that a query names by a reference or by the symbol of a record; none for a meeting without votes.
fn find_named(world: &World, shelf: &Shelf, text: &str) -> Option<Vec<VoteRow>> {
    let symbol: Option<Symbol> = text.parse().ok();
    let of_record = |symbol: &Symbol| {
        let record = shelf.record(symbol, &world.options).ok().flatten()?;
        let rows: Vec<VoteRow> = record.votes().map(|v| VoteRow::of_record(&record, v)).collect();
        (!rows.is_empty()).then_some(rows)
    };
    // A bare number is a resolution first, since resolutions are what is voted on.
    let spelt_out = symbol.as_ref().filter(|_| text.contains('.'));
    if let Some(rows) = spelt_out.and_then(|s| votes_of_meeting(shelf, s, &of_record)) {
        return Some(rows);
    }
    if let Some(vote) = facts::by_reference(text).filter(|_| shelf.with_facts()) {
        let record: Option<Symbol> = vote.meeting.parse().ok();
        let printed = record.as_ref().and_then(of_record).and_then(|rows| {
            rows.into_iter().find(|row| table_vote(&row.vote).is_some_and(|v| v.id == vote.id))
        });
        return Some(vec![printed.unwrap_or_else(|| VoteRow::of_fact(&vote))]);
    }
    let symbol = symbol?;
    Some(votes_of_meeting(shelf, &symbol, &of_record).unwrap_or_default())
}

/// The votes of a record: as printed if it is in the library, and further ones of the table.
fn votes_of_meeting(
    shelf: &Shelf,
    symbol: &Symbol,
    of_record: &dyn Fn(&Symbol) -> Option<Vec<VoteRow>>,
) -> Option<Vec<VoteRow>> {
    let mut rows = of_record(symbol).unwrap_or_default();
    let printed: HashSet<String> = rows.iter().map(|r| r.reference.clone()).collect();
    if shelf.with_facts() {
        let table = facts::of_meeting(symbol);
        rows.extend(table.iter().filter(|v| !printed.contains(v.reference)).map(VoteRow::of_fact));
    }
    (!rows.is_empty()).then_some(rows)
}

/// The votes that match a query, newest first: those of the records, and further ones of the table.
fn find_matching(world: &World, shelf: &Shelf, query: &VoteQuery) -> Vec<VoteRow> {
    let mut rows = Vec::new();
    let mut printed = HashSet::new();
    // Exercise votes are not listed with real ones: without a library the table answers.
    let records = if shelf.stand_in { Vec::new() } else { shelf.records(&world.options) };
    let kept = if records.is_empty() { HashMap::new() } else { recorded_votes(shelf) };
    for entry in records.into_iter().filter(|e| query.years.is_none_or(|y| y.hold(e.date))) {
        for vote in record_votes(shelf, entry, &kept) {
            let (symbol, topic) = (entry.symbol.to_string(), entry.topic.to_string());
            let card = Tally::of_block(symbol, entry.date, topic, entry.exercise, &vote);
            let row = VoteRow::of_card(card, &vote);
            printed.insert(row.reference.clone());
            if query.fits(row.date, vote.outcome, &row.title) && row.fits_ballots(query) {
                rows.push(row);
            }
        }
    }
    if shelf.with_facts() {
        rows.extend(
            facts::all()
                .filter(|v| query.fits(v.date, Some(v.outcome), v.title))
                .filter(|v| !printed.contains(v.reference))
                .map(|v| VoteRow::of_fact(&v))
                .filter(|row| row.fits_ballots(query)),
        );
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.date));
    rows
}

/// The vote blocks of each record in the edition that the table of references has; an edition
/// without any has an empty list.
type RecordedVotes = HashMap<(Symbol, Language), Vec<Vote>>;

fn recorded_votes(shelf: &Shelf) -> RecordedVotes {
    let table = shelf.library.references(&AtomicBool::new(false));
    shelf.note(&table.unread);
    let votes = table.votes().into_iter();
    let mut kept: RecordedVotes = table.editions().into_iter().map(|of| (of, Vec::new())).collect();
    kept.extend(votes.map(|at| ((at.symbol, at.language), at.what)));
    kept
}

/// The vote blocks of a record: from the table of references, or from the record if the table has another edition.
fn record_votes(shelf: &Shelf, entry: &Entry, kept: &RecordedVotes) -> Vec<Vote> {
    match kept.get(&(entry.symbol.clone(), entry.language.clone())) {
        Some(votes) => votes.clone(),
        None => {
            let record = shelf.load_or_note(entry);
            record.map(|r| r.votes().cloned().collect()).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vote_on_an_amendment_is_not_the_vote_on_its_draft() {
        let vote = |kind, outcome, on: &str| Vote {
            kind,
            outcome: Some(outcome),
            on: vec![on.to_owned()],
            ..Vote::default()
        };
        let (adopted, not) = (Outcome::Adopted, Outcome::NotAdopted);
        for (vote, of_table) in [
            (vote(VoteKind::Amendment, not, "S/2020/24"), None),
            (vote(VoteKind::Substantive, not, "S/2020/24"), None),
            (vote(VoteKind::Substantive, adopted, "S/2020/24"), Some("S/RES/2504 (2020)")),
            (vote(VoteKind::Substantive, Outcome::Vetoed, "S/2014/348"), Some("S/2014/348")),
            (vote(VoteKind::Part, not, "S/2014/348"), None),
            (vote(VoteKind::Amendment, not, "S/2023/775"), Some("S/2023/775")),
        ] {
            assert_eq!(table_vote(&vote).map(|fact| fact.reference), of_table, "{vote:?}");
        }
    }
}
