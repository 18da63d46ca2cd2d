//! The catalogue of a library: an entry for each record and a heading for each statement.
//!
//! Entries are small and decoded at once. Headings are decoded on demand, because a full library
//! has more than a hundred thousand and a screen shows twenty. `encode.rs` and `decode.rs` define
//! the bytes, `cache/` keeps them on disk.

mod decode;
pub(super) mod encode;
mod entry;
mod outline;
#[cfg(test)]
pub(super) mod tests;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::facts::meetings;
use crate::record::{As, Kind, Language, Outcome, Record, Status, Symbol, VoteKind};
use decode::{Before, Store, heading};
pub(super) use decode::{Reader, date_of, stamps};
pub(super) use encode::{BadFile, Cause, Disk, checksum, encode, write_signed, write_text};
pub(super) use entry::usual_name;
pub use entry::{Entry, Heading, SpeakerName, usual_file};
pub(super) use outline::{CAPACITIES, KINDS, Outline, STATUSES, Stamp, Turn, place};
use outline::{LONGEST, short_outcome};

/// A decoded catalogue.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub catalogue: Catalogue,
    pub disk: Disk,
    /// The section of stamps, read by [`stamps`] when the files are compared with it.
    pub stamps: Vec<u8>,
}

/// Reads a whole catalogue; `None` when the bytes are damaged or of another version.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let decode::Parts { entries, store, disk, stamps } = decode::parts(bytes)?;
    let catalogue = Catalogue { entries, store: Arc::new(store), preferred: None };
    Some(Decoded { catalogue, disk, stamps })
}

/// The headings of one record, in order, decoded one by one.
#[derive(Clone, Debug)]
pub struct Headings<'a> {
    bytes: Reader<'a>,
    before: Before,
    left: u32,
    store: &'a Store,
}

impl<'a> Headings<'a> {
    /// The next heading and the index of its speaker in [`Catalogue::speakers`].
    fn next_with_speaker(&mut self) -> Option<(Heading<'a>, usize)> {
        self.left = self.left.checked_sub(1)?;
        heading(&mut self.bytes, &mut self.before, self.store)
    }
}

impl<'a> Iterator for Headings<'a> {
    type Item = Heading<'a>;

    fn next(&mut self) -> Option<Heading<'a>> {
        self.next_with_speaker().map(|(heading, _)| heading)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.left as usize))
    }
}

/// Everything in a library, newest first. A meeting comes directly before its resumptions, sorted
/// by the day of the latest of them. The editions of a record are adjacent, English first.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// The editions in this order.
    pub entries: Vec<Entry>,
    store: Arc<Store>,
    /// The preferred language of a record with several editions.
    preferred: Option<Language>,
}

impl Catalogue {
    /// The catalogue of these records.
    #[must_use]
    pub fn of<'r>(records: impl IntoIterator<Item = &'r Record>) -> Self {
        let outlines: Vec<Outline> = records.into_iter().map(outline_of).collect();
        encode(&Disk::default(), &outlines)
            .and_then(|bytes| decode(&bytes))
            .map(|decoded| decoded.catalogue)
            .unwrap_or_default()
            .sorted()
    }

    /// Sorts the entries as the type describes.
    pub(super) fn sorted(mut self) -> Self {
        let order = order(self.entries.iter().map(|e| (&e.symbol, &e.language, e.date)));
        let mut entries: Vec<Option<Entry>> = self.entries.drain(..).map(Some).collect();
        self.entries =
            order.into_iter().filter_map(|place| entries.get_mut(place)?.take()).collect();
        self
    }

    /// The statements of an entry of this catalogue, in order.
    #[must_use]
    pub fn headings(&self, entry: &Entry) -> Headings<'_> {
        Headings {
            bytes: self.store.headings(entry.place),
            before: Before::default(),
            left: entry.statements,
            store: &self.store,
        }
    }

    /// One entry for each record: its edition in `preferred`, else in English, else the first.
    pub fn records(&self, preferred: Option<&Language>) -> impl Iterator<Item = &Entry> {
        self.entries
            .chunk_by(|a, b| a.symbol == b.symbol)
            .filter_map(move |editions| edition(editions, preferred))
    }

    /// The language the user prefers for records with several editions.
    #[must_use]
    pub fn preferred(&self) -> Option<&Language> {
        self.preferred.as_ref()
    }

    pub(super) fn prefer(&mut self, language: Option<Language>) {
        self.preferred = language;
    }

    /// One entry for each record, in the preferred language, see [`Catalogue::preferred`].
    pub fn listed(&self) -> impl Iterator<Item = &Entry> {
        self.records(self.preferred())
    }

    /// The indexes of [`Catalogue::listed`] among the entries.
    pub fn listed_places(&self) -> impl Iterator<Item = usize> {
        let mut first = 0;
        self.entries.chunk_by(|a, b| a.symbol == b.symbol).map(move |editions| {
            let chosen = edition(editions, self.preferred());
            let place =
                chosen.and_then(|chosen| editions.iter().position(|e| std::ptr::eq(e, chosen)));
            first += editions.len();
            first - editions.len() + place.unwrap_or(0)
        })
    }

    /// The editions of a record, English first; empty if it is not in the library.
    #[must_use]
    pub fn editions(&self, symbol: &Symbol) -> &[Entry] {
        let Some(start) = self.entries.iter().position(|e| e.symbol == *symbol) else {
            return &[];
        };
        let rest = &self.entries[start..];
        let length = rest.iter().take_while(|e| e.symbol == *symbol).count();
        &rest[..length]
    }

    /// Every speaker, once for each State or organization and office, in no particular order.
    pub fn speakers(&self) -> impl Iterator<Item = SpeakerName<'_>> {
        (0..self.store.speaker_count()).filter_map(|n| self.store.speaker(n))
    }

    /// The first statement of every speaker, in the order of the entries. Speakers seen are marked
    /// by index, since a set of all names would take a megabyte.
    pub fn firsts(&self) -> impl Iterator<Item = (&Entry, Heading<'_>)> {
        let mut met = vec![false; self.store.speaker_count()];
        self.entries.iter().flat_map(move |entry| {
            let mut headings = self.headings(entry);
            let mut found = Vec::new();
            while let Some((heading, speaker)) = headings.next_with_speaker() {
                if met.get_mut(speaker).is_some_and(|met| !std::mem::replace(met, true)) {
                    found.push((entry, heading));
                }
            }
            found
        })
    }

    /// The statements of the speakers for whom `wanted` returns true, in the order of the entries
    /// and in the preferred edition only. It is called once for each speaker, not for each
    /// statement.
    #[must_use]
    pub fn statements_of(
        &self,
        preferred: Option<&Language>,
        wanted: impl Fn(SpeakerName<'_>) -> bool,
    ) -> Vec<(&Entry, Heading<'_>)> {
        let chosen: Vec<bool> = self.speakers().map(wanted).collect();
        let mut found = Vec::new();
        for entry in self.records(preferred) {
            let mut headings = self.headings(entry);
            while let Some((heading, speaker)) = headings.next_with_speaker() {
                if chosen.get(speaker).copied().unwrap_or(false) {
                    found.push((entry, heading));
                }
            }
        }
        found
    }
}

/// The edition of a record to show.
pub(super) fn edition<'a>(
    editions: &'a [Entry],
    preferred: Option<&Language>,
) -> Option<&'a Entry> {
    let in_language = |language: &Language| editions.iter().find(|e| e.language == *language);
    preferred
        .and_then(in_language)
        .or_else(|| in_language(&Language::English))
        .or_else(|| editions.first())
}

/// The indexes of editions in the order of a [`Catalogue`].
pub(super) fn order<'a>(
    editions: impl Iterator<Item = (&'a Symbol, &'a Language, Date)>,
) -> Vec<usize> {
    let editions: Vec<_> = editions.collect();
    let mut latest: HashMap<Symbol, Date> = HashMap::new();
    for (symbol, _, date) in &editions {
        let day = latest.entry(symbol.meeting()).or_insert(*date);
        *day = (*day).max(*date);
    }
    let mut order: Vec<usize> = (0..editions.len()).collect();
    order.sort_by_cached_key(|place| {
        let (symbol, language, _) = editions[*place];
        let meeting = symbol.meeting();
        let day = latest.get(&meeting).copied();
        (Reverse(day), Reverse(meeting), symbol, *language != Language::English, language)
    });
    order
}

/// What the catalogue keeps of a record. A missing topic or outcome of a real record (a
/// presidential statement has no vote) is taken from the table of meetings.
pub(super) fn outline_of(record: &Record) -> Outline {
    let mut outline = own_outline(record);
    if record.exercise {
        return outline;
    }
    if let Some(known) = meetings::by_symbol(&record.symbol) {
        if outline.outcomes.is_empty() {
            outline.outcomes = known.short_outcomes();
        }
        if outline.topic.trim().is_empty() {
            known.topic.clone_into(&mut outline.topic);
        }
    }
    outline
}

/// The most outcomes listed for a record.
const MOST_OUTCOMES: usize = 64;

/// The agenda without its first line, up to the length the catalogue keeps.
fn sub_items(agenda: &[String]) -> String {
    let mut lines = String::new();
    for line in agenda.iter().skip(1) {
        if lines.len() > LONGEST {
            break;
        }
        lines.push_str(if lines.is_empty() { "" } else { "\n" });
        lines.push_str(line);
    }
    lines
}

/// The outline from the record alone.
fn own_outline(record: &Record) -> Outline {
    let mut outcomes: Vec<String> = Vec::new();
    for vote in record.votes() {
        // That an amendment or a part was not adopted is not what came of the draft.
        let of_draft = !matches!(vote.kind, VoteKind::Amendment | VoteKind::Part);
        if !of_draft && vote.outcome == Some(Outcome::NotAdopted) {
            continue;
        }
        let words = vote.outcome.map(Outcome::words);
        let mut short = short_outcome(words, vote.adopted_as.as_deref());
        if let Some(short) = short.as_mut().filter(|_| !vote.doubts.is_empty()) {
            short.push_str(" (doubtful)");
        }
        outcomes.extend(short.filter(|s| outcomes.len() < MOST_OUTCOMES && !outcomes.contains(s)));
    }
    Outline {
        symbol: record.symbol.to_string(),
        language: record.language.code().to_owned(),
        kind: place(&KINDS, Some(kind_word(record.kind)), 0),
        exercise: record.exercise,
        status: place(&STATUSES, Some(status_word(record.status)), 3),
        date: (record.date.year(), record.date.month(), record.date.day()),
        topic: record.topic.clone(),
        item: record.agenda.first().cloned().unwrap_or_default(),
        sub_items: sub_items(&record.agenda),
        outcomes,
        presidents: record.presidents.iter().map(|p| (p.name.clone(), p.state.clone())).collect(),
        turns: record
            .statements()
            .map(|s| Turn {
                number: s.number,
                page: s.page,
                name: s.speaker.name.clone(),
                state: s.speaker.state.clone(),
                organization: s.speaker.organization.clone(),
                role: s.speaker.role.clone(),
                as_: place(&CAPACITIES, Some(as_word(s.speaker.as_)), 3),
                words: u32::try_from(s.words()).unwrap_or(u32::MAX),
                procedural: s.is_procedural(),
            })
            .collect(),
        doubts: u32::try_from(record.count_doubts()).unwrap_or(u32::MAX),
        ..Outline::default()
    }
}

pub(super) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Verbatim => "verbatim",
        Kind::Letter => "letter",
        Kind::Communique => "communique",
    }
}

pub(super) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Provisional => "provisional",
        Status::Final => "final",
        Status::Corrected => "corrected",
        Status::Unknown => "unknown",
    }
}

pub(super) fn as_word(as_: As) -> &'static str {
    match as_ {
        As::President => "president",
        As::Member => "member",
        As::Invited => "invited",
        As::Unknown => "unknown",
    }
}
