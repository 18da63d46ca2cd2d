//! From a record to the documents of the index.
//!
//! A statement spoken in one capacity is one document. One spoken in several, as when the President speaks
//! for their State and then resumes the chair, is one document as a whole and one for each capacity: words and `-not`
//! are compared with the whole, fields such as `state:` with the capacities. The documents of a record, and those of a
//! statement, are always neighbours; counting relies on that.

use std::collections::{BTreeSet, HashMap};
use std::iter::Empty;

use tantivy::schema::Field;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

use super::folded_text::{FoldedText, MetaTerms, TextFolder};
use super::schema::{Attributes, DocumentPart, Fields, Length, record_key};
use crate::facts::{council, states, votes};
use crate::record::reference;
use crate::record::{As, Capacity, Paragraph, Record, Statement};
use crate::search::query::{AS, CAPACITIES, Cast, document_name, word_of};
use crate::search::words;

/// The most words of topic and agenda in all documents of a record together, and the least for each of them however
/// many there are.
const TOPIC_WORDS: usize = 1 << 21;
const FEW_TOPIC_WORDS: usize = 64;

/// The capacity in which paragraph `n` of a statement was spoken: what the record says, or what follows from the
/// speaker.
pub fn capacity_of(statement: &Statement, n: usize) -> Option<Capacity> {
    statement.capacity_at(n).or(plain_capacity(statement))
}

/// The capacity that follows from the speaker.
fn plain_capacity(statement: &Statement) -> Option<Capacity> {
    let speaker = &statement.speaker;
    match speaker.as_ {
        As::President => Some(Capacity::President),
        _ if speaker.state.is_some() => Some(Capacity::National),
        _ if speaker.organization.is_some() => Some(Capacity::Organization),
        _ => None,
    }
}

/// The number of words of some paragraphs, counted as [`Statement::words`] counts them.
fn count_words<'a>(paragraphs: impl IntoIterator<Item = &'a Paragraph>) -> u32 {
    let words = paragraphs.into_iter().map(|p| p.text.split_whitespace().count());
    u32::try_from(words.sum::<usize>()).unwrap_or(u32::MAX)
}

/// [`capacity_of`] each paragraph of a statement, in order.
pub fn capacities(statement: &Statement) -> impl Iterator<Item = Option<Capacity>> + Clone + '_ {
    let plain = plain_capacity(statement);
    statement.paragraphs.iter().scan(None, move |set, paragraph| {
        *set = paragraph.capacity.or(*set);
        Some(set.or(plain))
    })
}

/// A document as it is handed to tantivy: its values in the order they were added. tantivy borrows them, so that no
/// text is copied.
#[derive(Debug, Default)]
pub(super) struct IndexDocument(Vec<(Field, FieldValue)>);

#[derive(Debug)]
enum FieldValue {
    Text(String),
    Number(u64),
    Numbers(Vec<u64>),
}

impl IndexDocument {
    /// Adds a text.
    pub fn text(&mut self, field: Field, text: String) {
        self.0.push((field, FieldValue::Text(text)));
    }

    /// Adds a number.
    pub fn number(&mut self, field: Field, number: u64) {
        self.0.push((field, FieldValue::Number(number)));
    }

    /// Adds several numbers of one field.
    pub fn numbers(&mut self, field: Field, numbers: Vec<u64>) {
        self.0.push((field, FieldValue::Numbers(numbers)));
    }
}

impl Document for IndexDocument {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, Leaf<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        Box::new(self.0.iter().flat_map(|(field, kept)| {
            let (one, numbers) = match kept {
                FieldValue::Text(text) => (Some(Leaf::Text(text)), &[][..]),
                FieldValue::Number(number) => (Some(Leaf::Number(*number)), &[][..]),
                FieldValue::Numbers(numbers) => (None, numbers.as_slice()),
            };
            one.into_iter()
                .chain(numbers.iter().map(|n| Leaf::Number(*n)))
                .map(|leaf| (*field, leaf))
        }))
    }
}

/// A value of a field.
#[derive(Clone, Copy, Debug)]
pub(super) enum Leaf<'a> {
    Text(&'a str),
    Number(u64),
}

impl<'a> Value<'a> for Leaf<'a> {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self {
            Leaf::Text(text) => ReferenceValueLeaf::Str(text),
            Leaf::Number(number) => ReferenceValueLeaf::U64(*number),
        })
    }
}

/// Makes documents. It caches the names of States and the Council of the last day.
#[derive(Debug, Default)]
pub(super) struct DocumentMaker {
    states: HashMap<String, String>,
    day: Option<(jiff::civil::Date, Vec<council::Seat>)>,
    folder: TextFolder,
}

/// What all statements of a record share.
struct Shared {
    record: u64,
    date: u32,
    terms: MetaTerms,
    casts: HashMap<String, BTreeSet<&'static str>>,
}

impl DocumentMaker {
    /// The documents of a record, in the order they are to be added.
    pub fn documents(&mut self, record: &Record, fields: &Fields) -> Vec<IndexDocument> {
        let shared = self.shared(record);
        let mut documents = Vec::new();
        for (nth, statement) in record.statements().enumerate() {
            self.statement(record, &shared, nth, statement, fields, &mut documents);
        }
        documents
    }

    /// The current UN short name of a State, or the name as given.
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
        let key = record_key(&record.symbol, &record.language);
        let mut terms = MetaTerms::default();
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
        // They are in the document of each statement. Every real record is far below the limit.
        let most = (TOPIC_WORDS / record.statements().count().max(1)).max(FEW_TOPIC_WORDS);
        for line in std::iter::once(&record.topic).chain(&record.agenda) {
            words::each_word_while(line, |word, _, _| {
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

    /// How each State voted in the record: from the record, else from the tables in the binary.
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
        documents: &mut Vec<IndexDocument>,
    ) {
        let capacities: Vec<Option<Capacity>> = self::capacities(statement).collect();
        let mut kinds: Vec<Option<Capacity>> = capacities.clone();
        // The chair comes last: a statement found in several pieces counts for the State.
        kinds.sort_by_key(|capacity| match capacity {
            Some(Capacity::National) => 0,
            Some(Capacity::Organization) => 1,
            None => 2,
            Some(Capacity::President) => 3,
        });
        kinds.dedup();
        let (common, members) = self.common(statement);
        let mut add = |text: FoldedText,
                       part: DocumentPart,
                       terms: &MetaTerms,
                       state: Option<String>,
                       capacity,
                       length: Length| {
            let nth = u32::try_from(nth).unwrap_or(u32::MAX);
            let attributes = Attributes { date: shared.date, nth, capacity, part };
            // In the order of the schema, by which tantivy sorts them.
            let mut document = IndexDocument::default();
            document.text(fields.text, text.words);
            document.text(fields.meta, MetaTerms::text([&shared.terms, &common, terms]));
            document.number(fields.record, shared.record);
            document.number(fields.attributes, attributes.pack());
            document.number(fields.length, length.pack());
            state.iter().for_each(|state| document.text(fields.state, state.clone()));
            document.text(fields.speaker, statement.speaker.name.clone());
            let others = members.iter().filter(|member| Some(*member) != state.as_ref());
            for member in state.iter().chain(others) {
                document.text(fields.members, member.clone());
            }
            document.numbers(fields.prefix_column, text.prefix_column);
            documents.push(document);
        };
        if kinds.len() > 1 {
            let (_, state) = self.of_capacity(record, shared, statement, kinds[0]);
            let all = statement.paragraphs.iter().map(|p| p.text.as_str());
            let length = Length { words: count_words(&statement.paragraphs), procedural: false };
            let none = MetaTerms::default();
            add(self.folder.fold(all), DocumentPart::Whole, &none, state, None, length);
        }
        let part = if kinds.len() > 1 { DocumentPart::Piece } else { DocumentPart::Only };
        if kinds.is_empty() {
            kinds.push(capacity_of(statement, 0));
        }
        for kind in kinds {
            let (terms, state) = self.of_capacity(record, shared, statement, kind);
            let paragraphs = statement.paragraphs.iter().zip(&capacities);
            let of_kind = paragraphs.filter(|(_, capacity)| **capacity == kind);
            let of_kind = of_kind.map(|(paragraph, _)| paragraph);
            let procedural = match part {
                DocumentPart::Piece => kind == Some(Capacity::President),
                _ => statement.is_procedural(),
            };
            let length = Length { words: count_words(of_kind.clone()), procedural };
            let text = self.folder.fold(of_kind.map(|paragraph| paragraph.text.as_str()));
            add(text, part, &terms, state, kind, length);
        }
    }

    /// Terms that do not depend on the capacity, and the members a joint statement names.
    fn common(&mut self, statement: &Statement) -> (MetaTerms, BTreeSet<String>) {
        let speaker = &statement.speaker;
        let mut terms = MetaTerms::default();
        terms.push(&format!("as:{}", word_of(&speaker.as_, &AS)));
        terms.push_each("pe:", &words::words_of_name(&speaker.name));
        if let Some(rule) = speaker.rule {
            terms.push(&format!("ru:{rule}"));
        }
        if let Some(spoken) = &statement.spoken {
            terms.push(&format!("sp:{}", spoken.code()));
        }
        let (mut behalf, mut members) = (BTreeSet::new(), BTreeSet::new());
        for group in &statement.on_behalf_of {
            behalf.extend(words::words_of_name(&group.group));
            for member in &group.members {
                let member = self.state(member);
                behalf.extend(words::words_of_name(&member));
                members.insert(member);
            }
        }
        terms.push_each("be:", &behalf);
        let mut cited = BTreeSet::new();
        for paragraph in &statement.paragraphs {
            let found = reference::find_references(&paragraph.text);
            cited.extend(found.iter().map(|reference| document_name(&reference.target)));
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
    ) -> (MetaTerms, Option<String>) {
        let speaker = &statement.speaker;
        let mut terms = MetaTerms::default();
        let word = capacity.map_or("unknown", |capacity| word_of(&capacity, &CAPACITIES));
        terms.push(&format!("ca:{word}"));
        let organization = speaker.organization.as_deref();
        if let Some(organization) = organization.filter(|_| capacity != Some(Capacity::President)) {
            terms.push(&format!("or={}", words::fold_name(organization)));
            terms.push_each("or:", &words::words_of_name(organization));
        }
        let state = speaker.state.as_deref().filter(|_| capacity == Some(Capacity::National));
        let state = state.map(|name| self.state(name));
        if let Some(state) = &state {
            terms.push(&format!("st={}", words::fold_name(state)));
            terms.push_each("st:", &words::words_of_name(state));
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
            groups.extend(words::words_of_name(seat.group));
        }
        groups
    }
}
