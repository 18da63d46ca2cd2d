//! Facts that were fetched, layered over those inside.
//!
//! A library may have files of facts (`facts/2026.json`), which `spv get facts` writes. They are read
//! once, when the first library is opened, and stay for the whole process. A fetched row fills a gap: a
//! meeting or a vote that is not inside, or what a row inside leaves open. Where both know something
//! and differ, the row inside stays, and [`differences`] lists the two.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use super::checks::{LaidVote, check_symbol, day, day_in, laid_vote, leak};
use super::fetched::{FORMAT, FactsFile, MOST_ROWS, MeetingRow, VoteRow};
use super::inside::{self, Ballot, Cast, Meeting, Vote};
use super::{blob, key, layout};
use crate::record::Symbol;
use crate::record::harmless::excerpt;

/// Days from which every meeting is known, the first and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// Fetched facts, ready to be asked.
#[derive(Debug, Default)]
pub struct Layer {
    /// Rows in place of rows inside, and those after them, by number.
    meetings: HashMap<u32, Meeting>,
    votes: HashMap<u32, LaidVote>,
    /// The numbers of the meetings that are not inside, by symbol.
    symbols: HashMap<String, u32>,
    /// The numbers of votes by what no row inside is found by: folded references and drafts, and the
    /// numbers of resolutions.
    references: HashMap<String, u32>,
    resolutions: HashMap<u16, u32>,
    /// How many votes are not inside.
    added_votes: u32,
    /// Every number, oldest first; empty where nothing was added.
    meeting_order: Vec<u32>,
    vote_order: Vec<u32>,
    spans: Vec<Span>,
    files: Vec<(i16, Date)>,
    differences: Vec<String>,
}

static LAYER: OnceLock<Layer> = OnceLock::new();

/// Lays a layer over the facts inside for the rest of the process; the first one stays.
pub fn install(layer: Layer) {
    let _ = LAYER.set(layer);
}

/// The layer, if there is one.
pub(super) fn layer() -> Option<&'static Layer> {
    LAYER.get()
}

/// Whether facts were fetched: the years, each with the day on which it was fetched.
#[must_use]
pub fn files() -> &'static [(i16, Date)] {
    layer().map_or(&[], |layer| &layer.files)
}

/// Where a fetched row and the row inside differ, a sentence each; the row inside is used.
#[must_use]
pub fn differences() -> &'static [String] {
    layer().map_or(&[], |layer| &layer.differences)
}

impl Layer {
    /// A layer of files, and for each of them a sentence about each row that is not sound and was left out.
    #[must_use]
    pub fn new(files: &[FactsFile]) -> (Self, Vec<Vec<String>>) {
        let mut layer = Self::default();
        let of_file = |file| {
            let mut faults = Vec::new();
            layer.add(file, &mut faults).unwrap_or_else(|fault| faults.push(fault));
            faults
        };
        let faults = files.iter().map(of_file).collect();
        layer.sort();
        (layer, faults)
    }

    fn add(&mut self, file: &FactsFile, faults: &mut Vec<String>) -> Result<(), String> {
        if file.format != FORMAT {
            return Err(format!("the format is {:?}, not {FORMAT}", excerpt(&file.format)));
        }
        let fetched = day(&file.fetched)?;
        let from = Date::new(file.year, 1, 1).map_err(|_| "the year is wrong".to_owned())?;
        let to = if file.to.is_empty() { None } else { Some(day(&file.to)?) };
        if to.is_some_and(|to| to.year() != file.year)
            || file.meetings.len().max(file.votes.len()) > MOST_ROWS
        {
            return Err(format!("the rows are not those of {}", file.year));
        }
        for row in &file.meetings {
            if let Err(fault) = self.add_meeting(row, file.year) {
                faults.push(format!("{}: {fault}", excerpt(&row.symbol)));
            }
        }
        for row in &file.votes {
            if let Err(fault) = self.add_vote(row, file.year) {
                faults.push(format!("{}: {fault}", excerpt(&row.reference)));
            }
        }
        self.spans.extend(to.map(|to| Span { from, to }));
        self.files.push((file.year, fetched));
        Ok(())
    }

    fn add_meeting(&mut self, row: &MeetingRow, year: i16) -> Result<(), String> {
        let symbol = check_symbol(&row.symbol)?;
        let date = day_in(&row.date, year)?;
        let printed = symbol.to_string();
        let inside = inside::meeting_by_symbol(&symbol);
        if let Some(inside) = inside {
            if inside.date != date {
                self.differences.push(format!(
                    "{printed}: fetched with the day {date}, inside {}",
                    inside.date
                ));
                return Ok(());
            }
            let mut filled = inside;
            let fill = |old: &'static str, new: String| match old.is_empty() {
                true => leak(&new),
                false => old,
            };
            filled.press = fill(inside.press, row.press.clone());
            filled.topic = fill(inside.topic, row.topic.clone());
            filled.outcomes = fill(inside.outcomes, row.outcomes.join("; "));
            filled.outcome_text = fill(inside.outcome_text, row.outcome_text.clone());
            if filled != inside {
                self.meetings.insert(inside.id, filled);
            }
            return Ok(());
        }
        if self.symbols.contains_key(&printed) {
            return Err("it is listed twice".to_owned());
        }
        let id = blob::len(layout::Table::Meetings) + self.added_meetings();
        self.meetings.insert(
            id,
            Meeting {
                id,
                symbol: leak(&printed),
                date,
                private: row.private,
                press: leak(&row.press),
                topic: leak(&row.topic),
                outcomes: leak(&row.outcomes.join("; ")),
                outcome_text: leak(&row.outcome_text),
            },
        );
        self.symbols.insert(printed, id);
        Ok(())
    }

    fn add_vote(&mut self, row: &VoteRow, year: i16) -> Result<(), String> {
        let laid = laid_vote(row, year)?;
        let inside = inside::vote_by_reference(&row.reference)
            .filter(|inside| inside.reference == laid.vote.reference);
        match inside {
            Some(inside) => self.compare(inside, laid),
            None => self.add_new_vote(laid)?,
        }
        Ok(())
    }

    fn add_new_vote(&mut self, laid: LaidVote) -> Result<(), String> {
        let vote = Vote { id: inside_votes() + self.added_votes, ..laid.vote };
        let key = key::reference(vote.reference);
        if self.references.contains_key(&key) {
            return Err("it is listed twice".to_owned());
        }
        self.references.insert(key, vote.id);
        self.find_by_draft(&vote);
        if let Some((number, _)) = inside::resolution_number(vote.reference) {
            self.resolutions.insert(number, vote.id);
        }
        self.votes.insert(vote.id, LaidVote { vote, ..laid });
        self.added_votes += 1;
        Ok(())
    }

    /// Lets a vote be found by the draft that was adopted.
    fn find_by_draft(&mut self, vote: &Vote) {
        if !vote.draft.is_empty() {
            self.references.entry(key::reference(vote.draft)).or_insert(vote.id);
        }
    }

    /// Fills what the row inside leaves open; names where the two differ.
    fn compare(&mut self, inside: Vote, laid: LaidVote) {
        let counts = |vote: &Vote| [vote.yes, vote.no, vote.abstain];
        let reference = inside.reference;
        if inside.counts_known && counts(&inside) != counts(&laid.vote) {
            let shown = |counts: [u16; 3]| format!("{}-{}-{}", counts[0], counts[1], counts[2]);
            self.differences.push(format!(
                "{reference}: fetched {}, inside {}",
                shown(counts(&laid.vote)),
                shown(counts(&inside))
            ));
            return;
        }
        if inside.date != laid.vote.date {
            self.differences.push(format!(
                "{reference}: fetched with the day {}, inside {}",
                laid.vote.date, inside.date
            ));
            return;
        }
        let known = |casts: &[Cast]| !casts.iter().any(|cast| cast.ballot == Ballot::Unknown);
        let (casts, sponsors) = (inside::casts(&inside), inside::sponsors(&inside));
        if known(&casts) && known(&laid.casts) && casts != laid.casts {
            self.differences.push(format!("{reference}: its members voted otherwise than inside"));
            return;
        }
        let fill = |old: &'static str, new: &'static str| if old.is_empty() { new } else { old };
        let mut vote = inside;
        if !vote.written {
            vote.meeting = fill(inside.meeting, laid.vote.meeting);
        }
        vote.draft = fill(inside.draft, laid.vote.draft);
        let fills_casts = !known(&casts) && known(&laid.casts);
        if fills_casts {
            vote.note = "";
        }
        let fills_sponsors = sponsors.is_empty() && !laid.sponsors.is_empty();
        if vote != inside || fills_casts || fills_sponsors {
            let casts = if fills_casts { laid.casts } else { casts };
            let sponsors = if fills_sponsors { laid.sponsors } else { sponsors };
            self.find_by_draft(&vote);
            self.votes.insert(inside.id, LaidVote { vote, casts, sponsors });
        }
    }

    fn sort(&mut self) {
        if self.added_meetings() > 0 {
            let all = blob::len(layout::Table::Meetings) + self.added_meetings();
            let mut order: Vec<u32> = (0..all).collect();
            order.sort_by_cached_key(|id| {
                let meeting = self.meeting(*id).or_else(|| inside::meeting(*id))?;
                let symbol: Option<Symbol> = meeting.symbol.parse().ok();
                Some((meeting.date, symbol.map(|s| (s.number(), s.resumption()))))
            });
            self.meeting_order = order;
        }
        if self.added_votes > 0 {
            let mut order: Vec<u32> = (0..inside_votes() + self.added_votes).collect();
            order.sort_by_cached_key(|id| {
                let laid = self.vote(*id).map(|laid| laid.vote);
                laid.or_else(|| inside::vote(*id)).map(|vote| vote.date)
            });
            self.vote_order = order;
        }
        self.spans.sort_by_key(|span| span.from);
        self.files.sort_unstable();
    }

    pub(super) fn meeting(&self, id: u32) -> Option<Meeting> {
        self.meetings.get(&id).copied()
    }

    pub(super) fn meeting_by_symbol(&self, symbol: &str) -> Option<Meeting> {
        self.symbols.get(symbol).and_then(|id| self.meeting(*id))
    }

    pub(super) fn vote(&self, id: u32) -> Option<&LaidVote> {
        self.votes.get(&id)
    }

    /// The vote that no row inside is found by: of a folded reference or draft.
    pub(super) fn vote_by_key(&self, key: &str) -> Option<&LaidVote> {
        self.references.get(key).and_then(|id| self.vote(*id))
    }

    /// The vote on the resolution of this number, if it is not inside.
    pub(super) fn vote_by_number(&self, number: u16) -> Option<&LaidVote> {
        self.resolutions.get(&number).and_then(|id| self.vote(*id))
    }

    /// The votes that are not inside, or whose meeting is known here alone, of a meeting.
    pub(super) fn votes_of(&self, meeting: &str) -> Vec<Vote> {
        let mut found: Vec<Vote> = self
            .votes
            .values()
            .map(|laid| laid.vote)
            .filter(|vote| vote.meeting == meeting)
            .collect();
        found.sort_unstable_by_key(|vote| vote.id);
        found
    }

    /// How many meetings are not inside.
    pub(super) fn added_meetings(&self) -> u32 {
        u32::try_from(self.symbols.len()).unwrap_or(0)
    }

    /// How many votes are not inside.
    pub(super) fn added_votes(&self) -> u32 {
        self.added_votes
    }

    /// The number of the meeting at a place of the list, oldest first.
    pub(super) fn meeting_at(&self, place: u32) -> u32 {
        self.meeting_order.get(place as usize).copied().unwrap_or(place)
    }

    /// The number of the vote at a place of the list, oldest first.
    pub(super) fn vote_at(&self, place: u32) -> u32 {
        self.vote_order.get(place as usize).copied().unwrap_or(place)
    }

    /// How many meetings and votes are not inside.
    #[must_use]
    pub fn added(&self) -> (u32, u32) {
        (self.added_meetings(), self.added_votes())
    }

    /// Where its rows and those inside differ, a sentence each.
    #[must_use]
    pub fn own_differences(&self) -> &[String] {
        &self.differences
    }

    pub(super) fn spans(&self) -> &[Span] {
        &self.spans
    }
}

fn inside_votes() -> u32 {
    blob::len(layout::Table::Votes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meeting(symbol: &str, date: &str) -> MeetingRow {
        MeetingRow {
            symbol: symbol.to_owned(),
            date: date.to_owned(),
            topic: "An invented item".to_owned(),
            ..MeetingRow::default()
        }
    }

    fn vote(reference: &str, date: &str, counts: [u8; 3]) -> VoteRow {
        VoteRow {
            reference: reference.to_owned(),
            date: date.to_owned(),
            outcome: "adopted".to_owned(),
            kind: "substantive".to_owned(),
            title: "An invented item".to_owned(),
            counts,
            ..VoteRow::default()
        }
    }

    fn file(year: i16, meetings: Vec<MeetingRow>, votes: Vec<VoteRow>) -> FactsFile {
        FactsFile {
            format: FORMAT.to_owned(),
            year,
            fetched: "2026-11-30".to_owned(),
            to: format!("{year}-11-28"),
            sources: vec!["an invented table".to_owned()],
            meetings,
            votes,
        }
    }

    /// The layer of files, and all faults of their rows.
    fn laid(files: &[FactsFile]) -> (Layer, Vec<String>) {
        let (layer, faults) = Layer::new(files);
        (layer, faults.concat())
    }

    #[test]
    fn rows_that_are_not_inside_are_added_in_order() {
        let rows = vec![meeting("S/PV.10241", "2026-10-20"), meeting("S/PV.10240", "2026-10-19")];
        let votes = vec![vote("S/RES/2830 (2026)", "2026-10-20", [15, 0, 0])];
        let (layer, faults) = laid(&[file(2026, rows, votes)]);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(layer.added_meetings(), 2);
        let last = blob::len(layout::Table::Meetings) + 1;
        let newest = layer.meeting(layer.meeting_at(last)).unwrap();
        assert_eq!((newest.symbol, newest.topic), ("S/PV.10241", "An invented item"));
        let laid = layer.vote(layer.vote_at(inside_votes())).unwrap();
        assert_eq!((laid.vote.reference, laid.vote.yes), ("S/RES/2830 (2026)", 15));
        assert_eq!(laid.vote.note, "How each member voted is not known.");
    }

    #[test]
    fn a_row_inside_stays_where_the_two_differ() {
        let votes = vec![
            vote("S/RES/2521 (2020)", "2020-05-29", [15, 0, 0]),
            vote("S/RES/2504 (2020)", "2020-01-11", [11, 0, 4]),
        ];
        let rows = vec![meeting("S/PV.8700", "2020-01-11")];
        let (layer, faults) = laid(&[file(2020, rows, votes)]);
        assert!(faults.is_empty() && layer.votes.is_empty() && layer.meetings.is_empty());
        assert_eq!(
            layer.differences,
            [
                "S/PV.8700: fetched with the day 2020-01-11, inside 2020-01-10",
                "S/RES/2521 (2020): fetched 15-0-0, inside 12-0-3",
                "S/RES/2504 (2020): fetched with the day 2020-01-11, inside 2020-01-10",
            ]
        );
    }

    #[test]
    fn what_the_row_inside_leaves_open_is_filled() {
        let mut row = vote("S/2026/740", "2026-09-17", [11, 2, 2]);
        row.outcome = "vetoed".to_owned();
        row.against = ["China", "Russian Federation"].map(str::to_owned).to_vec();
        row.abstaining = ["Pakistan", "Somalia"].map(str::to_owned).to_vec();
        row.in_favour = [
            "Bahrain",
            "Colombia",
            "Democratic Republic of the Congo",
            "Denmark",
            "France",
            "Greece",
            "Latvia",
            "Liberia",
            "Panama",
            "United Kingdom",
            "United States",
        ]
        .map(str::to_owned)
        .to_vec();
        let (layer, faults) = laid(&[file(2026, Vec::new(), vec![row])]);
        assert!(faults.is_empty() && layer.differences.is_empty(), "{faults:?}");
        let inside = inside::vote_by_reference("S/2026/740").unwrap();
        let laid = layer.vote(inside.id).unwrap();
        let unknown = laid.casts.iter().filter(|cast| cast.ballot == Ballot::Unknown).count();
        assert_eq!((unknown, laid.vote.note, laid.vote.meeting), (0, "", "S/PV.10224"));
    }

    #[test]
    fn a_draft_that_fills_a_gap_leads_to_its_vote() {
        let mut row = vote("S/RES/2826 (2026)", "2026-07-14", [13, 0, 2]);
        row.draft = "S/2026/9990".to_owned();
        let new = vote("S/RES/2830 (2026)", "2026-10-20", [15, 0, 0]);
        let (layer, _) = laid(&[file(2026, Vec::new(), vec![row, new])]);
        let found = |draft: &str| layer.vote_by_key(&key::reference(draft)).map(|laid| laid.vote);
        assert_eq!(found("S/2026/9990").unwrap().reference, "S/RES/2826 (2026)");
        assert_eq!(found("S/2026/9991"), None);
        assert_eq!(layer.vote_by_number(2830).unwrap().vote.reference, "S/RES/2830 (2026)");
        assert!(layer.vote_by_number(2826).is_none(), "it is inside");
    }

    #[test]
    fn a_row_that_is_not_sound_is_named_and_left_out() {
        let mut sixteen = vote("S/RES/2830 (2026)", "2026-10-20", [15, 1, 0]);
        let mut stranger = vote("S/RES/2831 (2026)", "2026-10-20", [14, 1, 0]);
        stranger.against.push("Norway".to_owned());
        let mut twice = vote("S/RES/2832 (2026)", "2026-10-20", [13, 2, 0]);
        twice.against = ["China", "China"].map(str::to_owned).to_vec();
        sixteen.title = "\u{1b}[31mred".to_owned();
        let votes = vec![sixteen, stranger, twice, vote("x\u{7}", "2026-10-20", [15, 0, 0])];
        let rows = vec![meeting("S/PV.1x", "2026-10-20"), meeting("S/PV.10240", "2025-10-20")];
        let (layer, faults) = laid(&[file(2026, rows, votes)]);
        assert!(layer.votes.is_empty() && layer.symbols.is_empty());
        assert_eq!(faults.len(), 6, "{faults:?}");
        assert!(faults[2].contains("16 members vote"), "{faults:?}");
        assert!(faults[3].contains("\"Norway\" is no member"), "{faults:?}");
        assert!(faults.iter().all(|fault| !fault.contains(['\u{7}', '\u{1b}'])));
    }

    #[test]
    fn a_file_of_another_format_or_year_is_refused() {
        let mut other = file(2026, Vec::new(), Vec::new());
        other.format = "spv-facts/2".to_owned();
        let mut wrong = file(2026, Vec::new(), Vec::new());
        wrong.to = "2025-12-31".to_owned();
        let (layer, faults) = laid(&[other, wrong]);
        assert_eq!((layer.spans.len(), faults.len()), (0, 2), "{faults:?}");
    }
}
