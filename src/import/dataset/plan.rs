//! Which texts make which record, before any text is read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::name::{self, SpeechName};
use super::report::{ImportNote, NoteKind};
use super::rows::{DatasetTables, SpeechRow};
use crate::facts::meetings;
use crate::import::cover::identity::other_day;
use crate::record::Symbol;

/// A text that was found: a member of the archive, or a file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundText {
    /// Its name or path; only the last part is read.
    pub name: String,
    /// Where its bytes are; only the caller knows the meaning.
    pub at: u64,
    /// Its size in bytes.
    pub size: u64,
}

/// One statement to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speech {
    /// Its texts in order; more than one if it was split into several files.
    pub texts: Vec<FoundText>,
    /// Its row in the table.
    pub row: Option<SpeechRow>,
}

/// One record to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The data set's name for it.
    pub basename: String,
    /// Its symbol.
    pub symbol: Symbol,
    /// The day of the meeting.
    pub date: Date,
    /// The topic in one line.
    pub topic: String,
    /// The levels of the agenda item.
    pub agenda: Vec<String>,
    /// The statements in order.
    pub speeches: Vec<Speech>,
}

impl Document {
    /// The bytes of all its texts.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.speeches.iter().flat_map(|s| &s.texts).map(|t| t.size).sum()
    }
}

/// The records to be made, and why others are not.
#[derive(Debug, Default)]
pub struct ImportPlan {
    /// The records to be made, oldest first.
    pub documents: Vec<Document>,
    /// What was noticed.
    pub notes: Vec<ImportNote>,
    /// The number of texts whose names are not those of the data set.
    pub strangers: u64,
    /// The number of documents that have texts and no row in `speaker.tsv`.
    pub rowless: u64,
}

/// The texts of a document, by number and part.
type Texts = BTreeMap<(u32, String), FoundText>;

/// Joins the texts and the tables.
#[must_use]
pub fn plan_records(mut tables: DatasetTables, found: Vec<FoundText>) -> ImportPlan {
    let mut plan = ImportPlan::default();
    let tables_say = std::mem::take(&mut tables.notes);
    plan.notes.extend(tables_say.into_iter().map(|what| ImportNote::new(NoteKind::Left, what)));
    let mut by_document: BTreeMap<String, Texts> = BTreeMap::new();
    for text in found {
        let Some(SpeechName { basename, number, part }) = name::parse_name(&text.name) else {
            plan.strangers += 1;
            continue;
        };
        let texts = by_document.entry(basename).or_default();
        if let Some(twice) = texts.insert((number, part), text) {
            plan.notes.push(ImportNote::of_file(
                NoteKind::Left,
                &twice.name,
                "the archive has this text twice; used the later one",
            ));
        }
    }
    // Every document in the tables or the texts, so that one without a text is reported too.
    let mut all: BTreeSet<String> = by_document.keys().cloned().collect();
    all.extend(tables.documents.keys().cloned());
    let mut made: BTreeMap<Symbol, Document> = BTreeMap::new();
    for basename in all {
        let texts = by_document.remove(&basename).unwrap_or_default();
        plan.rowless += u64::from(!texts.is_empty() && !tables.speeches.contains_key(&basename));
        let Some(document) = plan_document(basename, texts, &mut tables, &mut plan.notes) else {
            continue;
        };
        match made.entry(document.symbol.clone()) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(document);
            }
            std::collections::btree_map::Entry::Occupied(mut first) => {
                let what =
                    format!("{} continues in {}; joined", first.get().basename, document.basename);
                plan.notes.push(ImportNote::new(NoteKind::Joined, what).on(&document.symbol));
                // A record continues within days; if the dates differ it may be another one.
                let days = (first.get().date, document.date);
                if days.0 != days.1 {
                    let what = format!(
                        "{} is of {} and {} of {}; joined in one record under the first date",
                        first.get().basename,
                        days.0,
                        document.basename,
                        days.1
                    );
                    plan.notes.push(ImportNote::new(NoteKind::Differs, what).on(&document.symbol));
                }
                first.get_mut().speeches.extend(document.speeches);
            }
        }
    }
    plan.documents = made.into_values().collect();
    plan.documents.sort_by(|a, b| (a.date, &a.symbol).cmp(&(b.date, &b.symbol)));
    plan
}

/// Plans one document, unless its texts, symbol or date are missing.
fn plan_document(
    basename: String,
    texts: Texts,
    tables: &mut DatasetTables,
    notes: &mut Vec<ImportNote>,
) -> Option<Document> {
    let about = tables.documents.remove(&basename).unwrap_or_default();
    let mut rows = tables.speeches.remove(&basename).unwrap_or_default();
    let mut left = |what: &str| {
        notes.push(ImportNote::new(NoteKind::Left, what.to_owned()).about(&basename));
    };
    if texts.is_empty() {
        left("it is in the tables but has no text");
        return None;
    }
    if rows.is_empty() {
        left(
            "speaker.tsv has no row for it, so its speakers are not known; use the speaker.tsv published with these texts",
        );
        return None;
    }
    let symbol = name::document_symbol(&basename).or_else(|| about.symbol.as_ref()?.parse().ok());
    let Some(symbol) = symbol else {
        left("no symbol in its name or in the table");
        return None;
    };
    let date = about.date.or_else(|| meetings::by_symbol(&symbol).map(|m| m.date));
    let Some(date) = date else {
        left("no date in the tables");
        return None;
    };
    let mut speeches: BTreeMap<u32, Speech> = BTreeMap::new();
    for ((number, _), text) in texts {
        let speech = speeches
            .entry(number)
            .or_insert_with(|| Speech { row: rows.remove(&number), texts: Vec::new() });
        speech.texts.push(text);
    }
    let on = |sort, what: String| ImportNote::new(sort, what).on(&symbol).about(&basename);
    notes.extend(other_day(&symbol, date).map(|what| on(NoteKind::Differs, what)));
    for (number, speech) in &speeches {
        if speech.texts.len() > 1 {
            notes.push(on(
                NoteKind::Joined,
                format!("speech {number} is in {} files; joined", speech.texts.len()),
            ));
        }
        if speech.row.is_none() {
            notes.push(on(NoteKind::Differs, format!("speech {number} has no row in speaker.tsv")));
        }
    }
    let mut without: Vec<u32> = rows.into_keys().collect();
    without.sort_unstable();
    notes.extend(without.iter().map(|n| {
        on(NoteKind::Differs, format!("speech {n} has a row in speaker.tsv but no text"))
    }));
    let here = speeches.len() as u64;
    if let Some(counted) = about.counted.filter(|counted| *counted != here) {
        notes.push(on(
            NoteKind::Differs,
            format!("meta.tsv counts {counted} speeches, but {here} were found"),
        ));
    }
    let speeches = speeches.into_values().collect();
    let topic = about.topic.unwrap_or_default();
    Some(Document { basename, symbol, date, topic, agenda: about.agenda, speeches })
}
