//! From a record to the documents of the index: one for each stretch.
//!
//! A statement spoken in one capacity is one document. One spoken in several, as when the President speaks
//! for the State and resumes the chair, is a document as a whole and one for each capacity: words and `-not` are
//! held against the whole, fields such as `state:` against the capacities. The documents of a record, and
//! those of a statement in it, are always neighbours; counting relies on that.

use std::collections::{BTreeSet, HashMap};

use super::folded::{Folded, Folder, Terms};
use super::schema::{Attributes, Fields, Part, key};
use super::stretch::Stretch;
use crate::facts::{council, states, votes};
use crate::library::{Catalogue, Entry};
use crate::record::reference;
use crate::record::{As, Capacity, Record, Statement};
use crate::search::query::{Cast, target};
use crate::search::words;

/// The most words of topic and agenda in all documents of a record together, and in each of them where
/// it has very many.
const TOPIC_WORDS: usize = 1 << 21;
const FEW_TOPIC_WORDS: usize = 64;

/// The capacity paragraph `n` of a statement was spoken in: what the record says, or what is plain from
/// the speaker.
#[must_use]
pub fn capacity_of(statement: &Statement, n: usize) -> Option<Capacity> {
    statement.capacity_at(n).or(plain_capacity(statement))
}

/// The capacity that is plain from the speaker.
fn plain_capacity(statement: &Statement) -> Option<Capacity> {
    let speaker = &statement.speaker;
    match speaker.as_ {
        As::President => Some(Capacity::President),
        _ if speaker.state.is_some() => Some(Capacity::National),
        _ if speaker.organization.is_some() => Some(Capacity::Organization),
        _ => None,
    }
}

/// [`capacity_of`] each paragraph of a statement, in order.
pub fn capacities(statement: &Statement) -> impl Iterator<Item = Option<Capacity>> + Clone + '_ {
    let plain = plain_capacity(statement);
    statement.paragraphs.iter().scan(None, move |set, paragraph| {
        *set = paragraph.capacity.or(*set);
        Some(set.or(plain))
    })
}

/// Makes documents; it remembers what it was asked before of States and days.
#[derive(Debug, Default)]
pub(super) struct Maker {
    states: HashMap<String, String>,
    day: Option<(jiff::civil::Date, Vec<council::Seat>)>,
    folder: Folder,
}

/// What is the same for every statement of a record.
struct Shared {
    record: u64,
    date: u32,
    terms: Terms,
    casts: HashMap<String, BTreeSet<&'static str>>,
}

impl Maker {
    /// The documents of a record, in the order they are to be added.
    pub fn documents(&mut self, record: &Record, fields: &Fields) -> Vec<Stretch> {
        let shared = self.shared(record);
        let mut documents = Vec::new();
        for (nth, statement) in record.statements().enumerate() {
            self.statement(record, &shared, nth, statement, fields, &mut documents);
        }
        documents
    }

    /// The UN short name of a State today, or its name as it stands.
    fn state(&mut self, name: &str) -> String {
        if let Some(known) = self.states.get(name) {
            return known.clone();
        }
        let found = states::lookup(name).map_or_else(|| name.to_owned(), |s| s.name.to_owned());
        self.states.insert(name.to_owned(), found.clone());
        found
    }

    fn shared(&mut self, record: &Record) -> Shared {
        let date = record.date;
        let year = u32::try_from(date.year()).unwrap_or(0);
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        let key = key(&record.symbol, &record.language);
        let mut terms = Terms::default();
        for term in [
            format!("key:{key:016x}"),
            format!("y:{year:04}"),
            format!("d:{year:04}{month:02}{day:02}"),
            format!("l:{}", record.language.code()),
            format!("sy:{}", record.symbol.meeting()),
            format!("sy={}", record.symbol),
        ] {
            terms.push(&term);
        }
        let mut topic: BTreeSet<String> = BTreeSet::new();
        // They stand in the document of each statement: all of them in any real record.
        let most = (TOPIC_WORDS / record.statements().count().max(1)).max(FEW_TOPIC_WORDS);
        for line in std::iter::once(&record.topic).chain(&record.agenda) {
            words::each_until(line, |word, _, _| {
                if topic.len() < most && !topic.contains(word) {
                    topic.insert(word.to_owned());
                }
                topic.len() < most
            });
        }
        terms.push_each("to:", &topic);
        Shared {
            record: key,
            date: year << 9 | u32::from(month) << 5 | u32::from(day),
            terms,
            casts: self.casts(record),
        }
    }

    /// How each State voted in the record: what the record says, or else the tables inside the binary.
    fn casts(&mut self, record: &Record) -> HashMap<String, BTreeSet<&'static str>> {
        let mut casts: HashMap<String, BTreeSet<&'static str>> = HashMap::new();
        for vote in record.votes() {
            for (list, cast) in [
                (&vote.in_favour, Cast::Favour),
                (&vote.against, Cast::Against),
                (&vote.abstaining, Cast::Abstaining),
                (&vote.not_voting, Cast::Absent),
            ] {
                for state in list {
                    casts.entry(self.state(state)).or_default().insert(cast.word());
                }
            }
        }
        if casts.is_empty() && !record.exercise {
            for vote in votes::of_meeting(&record.symbol) {
                for cast in vote.casts() {
                    let word = match cast.ballot {
                        votes::Ballot::InFavour => Cast::Favour,
                        votes::Ballot::Against => Cast::Against,
                        votes::Ballot::Abstaining => Cast::Abstaining,
                        votes::Ballot::NotVoting => Cast::Absent,
                        votes::Ballot::Unknown => continue,
                    };
                    casts.entry(cast.state.to_owned()).or_default().insert(word.word());
                }
            }
        }
        casts
    }

    fn statement(
        &mut self,
        record: &Record,
        shared: &Shared,
        nth: usize,
        statement: &Statement,
        fields: &Fields,
        documents: &mut Vec<Stretch>,
    ) {
        let capacities: Vec<Option<Capacity>> = self::capacities(statement).collect();
        let mut kinds: Vec<Option<Capacity>> = capacities.clone();
        // The chair comes last, so that a statement that is found in several pieces counts for the State.
        kinds.sort_by_key(|capacity| match capacity {
            Some(Capacity::National) => 0,
            Some(Capacity::Organization) => 1,
            None => 2,
            Some(Capacity::President) => 3,
        });
        kinds.dedup();
        let (common, members) = self.common(statement);
        let mut add = |text: Folded, part: Part, terms: &Terms, state: Option<String>, capacity| {
            let nth = u32::try_from(nth).unwrap_or(u32::MAX);
            let attributes = Attributes { date: shared.date, nth, capacity, part };
            // In the order of the schema: tantivy sorts them by that.
            let mut document = Stretch::default();
            document.text(fields.text, text.words);
            document.text(fields.meta, Terms::text([&shared.terms, &common, terms]));
            document.number(fields.record, shared.record);
            document.number(fields.attributes, attributes.pack());
            state.iter().for_each(|state| document.text(fields.state, state.clone()));
            document.text(fields.speaker, statement.speaker.name.clone());
            let others = members.iter().filter(|member| Some(*member) != state.as_ref());
            for member in state.iter().chain(others) {
                document.text(fields.members, member.clone());
            }
            document.numbers(fields.initials, text.initials);
            documents.push(document);
        };
        if kinds.len() > 1 {
            let (_, state) = self.of_capacity(record, shared, statement, kinds[0]);
            let all = statement.paragraphs.iter().map(|p| p.text.as_str());
            add(self.folder.fold(all), Part::Whole, &Terms::default(), state, None);
        }
        let part = if kinds.len() > 1 { Part::Piece } else { Part::Only };
        if kinds.is_empty() {
            kinds.push(capacity_of(statement, 0));
        }
        for kind in kinds {
            let (terms, state) = self.of_capacity(record, shared, statement, kind);
            let paragraphs = statement.paragraphs.iter().zip(&capacities);
            let of_kind = paragraphs.filter(|(_, capacity)| **capacity == kind);
            let text = self.folder.fold(of_kind.map(|(paragraph, _)| paragraph.text.as_str()));
            add(text, part, &terms, state, kind);
        }
    }

    /// Terms that do not hang on the capacity, and the members a joint statement names.
    fn common(&mut self, statement: &Statement) -> (Terms, BTreeSet<String>) {
        let speaker = &statement.speaker;
        let as_ = match speaker.as_ {
            As::President => "president",
            As::Member => "member",
            As::Invited => "invited",
            As::Unknown => "unknown",
        };
        let mut terms = Terms::default();
        terms.push(&format!("as:{as_}"));
        terms.push_each("pe:", &words::of_name(&speaker.name));
        if let Some(rule) = speaker.rule {
            terms.push(&format!("ru:{rule}"));
        }
        if let Some(spoken) = &statement.spoken {
            terms.push(&format!("sp:{}", spoken.code()));
        }
        let (mut behalf, mut members) = (BTreeSet::new(), BTreeSet::new());
        for group in &statement.on_behalf_of {
            behalf.extend(words::of_name(&group.group));
            for member in &group.members {
                let member = self.state(member);
                behalf.extend(words::of_name(&member));
                members.insert(member);
            }
        }
        terms.push_each("be:", &behalf);
        let mut cited = BTreeSet::new();
        for paragraph in &statement.paragraphs {
            let found = reference::find_references(&paragraph.text);
            cited.extend(found.iter().map(|reference| target(&reference.target)));
        }
        for document in &cited {
            terms.push(&format!("ci:{document}"));
        }
        (terms, members)
    }

    /// Terms of what was spoken in one capacity, and the State it counts for.
    fn of_capacity(
        &mut self,
        record: &Record,
        shared: &Shared,
        statement: &Statement,
        capacity: Option<Capacity>,
    ) -> (Terms, Option<String>) {
        let speaker = &statement.speaker;
        let mut terms = Terms::default();
        let word = match capacity {
            Some(Capacity::President) => "president",
            Some(Capacity::National) => "national",
            Some(Capacity::Organization) => "organization",
            None => "unknown",
        };
        terms.push(&format!("ca:{word}"));
        let organization = speaker.organization.as_deref();
        if let Some(organization) = organization.filter(|_| capacity != Some(Capacity::President)) {
            terms.push(&format!("or={}", words::name(organization)));
            terms.push_each("or:", &words::of_name(organization));
        }
        let state = speaker.state.as_deref().filter(|_| capacity == Some(Capacity::National));
        let state = state.map(|name| self.state(name));
        if let Some(state) = &state {
            terms.push(&format!("st={}", words::name(state)));
            terms.push_each("st:", &words::of_name(state));
            for cast in shared.casts.get(state).into_iter().flatten() {
                terms.push(&format!("vo:{cast}"));
            }
            terms.push_each("gr:", &self.groups(record, state));
        }
        (terms, state)
    }

    /// The groups of the Council a State sat in on the day of the record, as words.
    fn groups(&mut self, record: &Record, state: &str) -> BTreeSet<String> {
        if self.day.as_ref().is_none_or(|(day, _)| *day != record.date) {
            let seats = council::on(record.date).map(|council| council.seats).unwrap_or_default();
            self.day = Some((record.date, seats));
        }
        let seats = self.day.iter().flat_map(|(_, seats)| seats);
        let mut groups = BTreeSet::new();
        for seat in seats.filter(|seat| seat.state == state) {
            let has = council::Group::ALL.into_iter().filter(|group| group.has(seat));
            groups.extend(has.map(|group| group.name().to_lowercase()));
            groups.extend(words::of_name(seat.group));
        }
        groups
    }
}

/// The editions of a library by their [`key`], and which of them count.
#[derive(Clone, Debug, Default)]
pub(super) struct Book {
    /// Key and place in the entries of the catalogue, by key.
    keys: Vec<(u64, u32)>,
    /// Which editions count, once for every record, by their place in the catalogue.
    chosen: Vec<bool>,
}

impl Book {
    /// The book of a catalogue. Exercise debates do not stand beside real records.
    pub fn of(catalogue: &Catalogue, preferred: Option<&crate::record::Language>) -> Self {
        let entries = &catalogue.entries;
        let real = entries.iter().any(|entry| !entry.exercise);
        let stands = |entry: &Entry| !(real && entry.exercise);
        let mut keys: Vec<(u64, u32)> = entries
            .iter()
            .zip(0_u32..)
            .filter(|(entry, _)| stands(entry))
            .map(|(entry, n)| (key(&entry.symbol, &entry.language), n))
            .collect();
        keys.sort_unstable();
        let mut chosen = vec![false; entries.len()];
        let mut at = 0;
        for entry in catalogue.records(preferred) {
            // The entries of a record stand together and in the order of the records.
            while entries.get(at).is_some_and(|e| !std::ptr::eq(e, entry)) {
                at += 1;
            }
            if let Some(place) = chosen.get_mut(at) {
                *place = true;
            }
            // The editions of one record: the chosen one need not be the last of them.
        }
        Self { keys, chosen }
    }

    /// The place of an edition in the catalogue, where it counts; with `every`, any edition counts.
    pub fn entry(&self, key: u64, every: bool) -> Option<u32> {
        let at = self.keys.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        let (_, entry) = self.keys[at];
        let counts = every || self.chosen.get(entry as usize).copied().unwrap_or(false);
        counts.then_some(entry)
    }
}
