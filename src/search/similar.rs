//! The statements that are most like a statement or a paragraph: "more like this".
//!
//! The method is that of Lucene's `MoreLikeThis`: the words of the text are weighed by how often they are in it and how
//! few statements have them (tf × idf), and the [`WORDS`] heaviest are asked for, each boosted by its weight. Words that
//! more than a tenth of the documents have are left out. What tantivy offers for this breaks ties at random, and one
//! library has to give one answer, so the words are chosen here. Each statement found is then compared word by word: it
//! is similar if it has at least [`SHARE`] of them, and these are what is marked. Comparison stays in one edition language.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as Ask, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

use super::compile::compile_field;
use super::index::{Index, IndexError, capacity_of};
use super::query::{Field, Name};
use super::results::{Hit, OpenedRecord, RecordLoader, best_hits, make_snippet};
use super::words::{Chunk, Chunks};
use crate::library::{Library, Problem};
use crate::record::{Capacity, Language, Record, Statement, Symbol};

/// The most words that are compared.
pub const WORDS: usize = 25;
/// A statement is similar if it has a quarter of the words, and at least [`FEWEST`].
pub const SHARE: usize = 4;
/// A text with fewer words than this cannot be compared, and a statement that shares fewer is not similar.
pub const FEWEST: usize = 3;
/// The most similar statements of each group.
pub const MOST: usize = 20;
/// Hits of the index that are compared word by word, for each group.
const COMPARED: usize = 100;
/// The length of a snippet, in characters.
const SNIPPET: usize = 240;

/// Which passage is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The record.
    pub symbol: Symbol,
    /// Its edition.
    pub language: Language,
    /// The index of the statement among those of the record.
    pub nth: usize,
    /// The paragraph in it, from 0; `None` for all of it.
    pub paragraph: Option<usize>,
}

/// A comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The words that are compared, folded, the heaviest first.
    pub words: Vec<String>,
    /// For whom the passage was said, if known: a State or an organization, else the name of the speaker.
    pub who: Option<String>,
    /// Similar statements of others, the most similar first.
    pub others: Vec<Similar>,
    /// Similar statements of the same State or organization.
    pub same: Vec<Similar>,
    /// The statements held in this edition language.
    pub held: usize,
    /// The days of the first and the last of them.
    pub days: Option<(Date, Date)>,
    /// The records that could not be compared.
    pub unread: Vec<Problem>,
}

impl Comparison {
    /// What is said where nothing is similar: `no similar passage among 12 statements held, 2019-01-01–2020-12-31,
    /// English`.
    pub fn none(&self, language: &Language) -> String {
        format!("no similar passage among {}", self.held_words(language))
    }

    /// What it was compared with: `12 statements held, 2019-01-01–2020-12-31, English`.
    pub fn held_words(&self, language: &Language) -> String {
        let days = self.days;
        let days = days.map_or(String::new(), |(first, last)| format!(", {first}\u{2013}{last}"));
        format!("{} statements held{days}, {}", self.held, language.name())
    }
}

/// A statement that shares words with a passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    /// The record.
    pub symbol: Symbol,
    /// Its edition.
    pub language: Language,
    /// Its day.
    pub date: Date,
    /// The number of the statement.
    pub statement: u32,
    /// The paragraph that shares most, from 0.
    pub paragraph: usize,
    /// The byte of the first shared word in it.
    pub byte: usize,
    /// The printed page of that.
    pub page: Option<u32>,
    /// Title and name.
    pub speaker: String,
    /// The State spoken for; `None` in the chair.
    pub state: Option<String>,
    /// The organization spoken for.
    pub organization: Option<String>,
    /// The language it was spoken in, where that is another one: the words are a translation.
    pub spoken: Option<Language>,
    /// The words that it shares, the heaviest first.
    pub shared: Vec<String>,
    /// The words around the first shared one.
    pub snippet: String,
    /// The byte ranges of the snippet that are shared words.
    pub marks: Vec<Range<usize>>,
    /// The score of the index.
    pub score: f32,
}

impl Similar {
    /// Where it is and who said it: `similar passage on 2019-11-19, S/PV.8668, statement 4, p. 3, Mr. Made (Peru)`.
    pub fn heading(&self) -> String {
        let page = self.page.map_or(String::new(), |page| format!(", p. {page}"));
        let of = self.state.as_deref().or(self.organization.as_deref());
        let of = of.map_or(String::new(), |of| format!(" ({of})"));
        let Self { date, symbol, statement, speaker, .. } = self;
        let spoken = self.spoken.as_ref();
        let spoken = spoken.map_or(String::new(), |l| format!(", translated from {}", l.name()));
        format!(
            "similar passage on {date}, {symbol}, statement {statement}{page}, {speaker}{of}{spoken}"
        )
    }
}

/// Compares a passage of a record with every statement of the library in its language. `prepare` makes a record fit to be
/// shown.
///
/// # Errors
/// If the index cannot be read.
pub fn similar(
    index: &Index,
    library: &Library,
    record: &Record,
    passage: &Compared,
    prepare: fn(Record) -> Record,
    cancelled: &Arc<AtomicBool>,
) -> Result<Comparison, IndexError> {
    let mut comparison = held(library, &passage.language);
    let Some(statement) = record.statements().nth(passage.nth) else { return Ok(comparison) };
    let paragraphs = statement.paragraphs.iter().enumerate();
    let paragraphs = paragraphs.filter(|(n, _)| passage.paragraph.is_none_or(|only| only == *n));
    let weights = heaviest(index, paragraphs.map(|(_, paragraph)| paragraph.text.as_str()))?;
    comparison.words = weights.iter().map(|(word, _)| word.clone()).collect();
    let who = Who::of(statement, passage.paragraph.unwrap_or(0));
    comparison.who = who.as_ref().map(Who::name);
    if comparison.words.len() < FEWEST {
        return Ok(comparison);
    }
    for same in [false, true] {
        let limits = match &who {
            Some(who) => {
                let occur = if same { Occur::Must } else { Occur::MustNot };
                vec![(occur, compile_field(&who.field(), &index.fields))]
            }
            None if same => continue,
            None => Vec::new(),
        };
        let ask = question(index, &weights, &passage.language, limits);
        let hits = best_hits(index, &*ask, COMPARED, cancelled)?;
        let mut loader = RecordLoader::preparing(library, prepare);
        loader.ahead(&hits);
        let mut found = Vec::new();
        for hit in hits {
            let Some(entry) = loader.entry(&hit) else { continue };
            let itself = entry.symbol == passage.symbol && entry.language == passage.language;
            if itself && hit.nth == passage.nth {
                continue;
            }
            match loader.record(&hit) {
                Ok(Some(record)) => found.extend(compare(&record, &hit, &comparison.words)),
                Ok(None) => {}
                Err(error) => comparison.unread.push(library.unread(entry, &error)),
            }
        }
        // By what can be counted; equal ones in the order of the index.
        found.sort_by_key(|one: &Similar| std::cmp::Reverse(one.shared.len()));
        found.truncate(MOST);
        if same { comparison.same = found } else { comparison.others = found }
    }
    Ok(comparison)
}

/// How many statements are held in a language, and from when to when.
fn held(library: &Library, language: &Language) -> Comparison {
    let entries = &library.catalogue().entries;
    let real = entries.iter().any(|entry| !entry.exercise);
    let counted = entries.iter().filter(|e| e.language == *language && !(real && e.exercise));
    let mut comparison = Comparison::default();
    for entry in counted {
        comparison.held += entry.statements as usize;
        let (first, last) = comparison.days.unwrap_or((entry.date, entry.date));
        comparison.days = Some((first.min(entry.date), last.max(entry.date)));
    }
    comparison
}

/// For whom a passage was said.
enum Who {
    State(String),
    Organization(String),
    Speaker(String),
}

impl Who {
    /// `None` in the chair: what the President says to conduct the meeting is said for nobody.
    fn of(statement: &Statement, paragraph: usize) -> Option<Self> {
        if capacity_of(statement, paragraph) == Some(Capacity::President) {
            return None;
        }
        let speaker = &statement.speaker;
        Some(match (&speaker.state, &speaker.organization) {
            (Some(state), _) => Self::State(state.clone()),
            (None, Some(organization)) => Self::Organization(organization.clone()),
            (None, None) => Self::Speaker(speaker.name.clone()),
        })
    }

    fn name(&self) -> String {
        let (Self::State(name) | Self::Organization(name) | Self::Speaker(name)) = self;
        name.clone()
    }

    fn field(&self) -> Field {
        let name = Name { text: self.name(), prefix: false };
        match self {
            Self::State(_) => Field::State(name),
            Self::Organization(_) => Field::Organization(name),
            Self::Speaker(_) => Field::Speaker(name),
        }
    }
}

/// Calls `found` for the words of a text that are compared: a compound as a whole, Han characters in pairs.
fn each_compared(text: &str, mut found: impl FnMut(&str, Range<usize>)) {
    let (mut chunks, mut chunk) = (Chunks::new(text), Chunk::default());
    while chunks.read(&mut chunk) {
        if let Some((whole, at)) = chunk.whole() {
            found(whole, at.clone());
            continue;
        }
        for n in 0..chunk.parts().len() {
            // The last character of a run is no pair.
            if let Some((word, at)) = chunk.term(n).filter(|(word, _)| word.chars().count() > 1) {
                found(word, at);
            }
        }
    }
}

/// The heaviest words of a text and their weights, the heaviest first, equal ones by letter.
fn heaviest<'a>(
    index: &Index,
    paragraphs: impl Iterator<Item = &'a str>,
) -> Result<Vec<(String, f32)>, IndexError> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for text in paragraphs {
        each_compared(text, |word, _| match counts.get_mut(word) {
            Some(count) => *count += 1,
            None => drop(counts.insert(word.to_owned(), 1)),
        });
    }
    let searcher = index.reader.searcher();
    let all = searcher.num_docs();
    // In a library of a few records every word is frequent.
    let most = (all / 10).max(20);
    let mut weights = Vec::with_capacity(counts.len());
    for (word, count) in counts {
        let term = Term::from_field_text(index.fields.text, &word);
        let have = searcher.doc_freq(&term).map_err(IndexError::from)?;
        // A word that nobody else has finds nothing.
        if have < 2 || have > most {
            continue;
        }
        let idf = (1.0 + (all.saturating_sub(have) as f32 + 0.5) / (have as f32 + 0.5)).ln();
        weights.push((word, count as f32 * idf));
    }
    weights.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    weights.truncate(WORDS);
    Ok(weights)
}

/// The question for tantivy: any of the words, each boosted by its weight, in one language and within limits.
fn question(
    index: &Index,
    weights: &[(String, f32)],
    language: &Language,
    limits: Vec<(Occur, Box<dyn Ask>)>,
) -> Box<dyn Ask> {
    let heaviest = weights.first().map_or(1.0, |(_, weight)| *weight);
    let any = weights.iter().map(|(word, weight)| -> (Occur, Box<dyn Ask>) {
        let term = Term::from_field_text(index.fields.text, word);
        let ask = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
        (Occur::Should, Box::new(BoostQuery::new(ask, weight / heaviest)))
    });
    let any: Box<dyn Ask> = Box::new(BooleanQuery::new(any.collect()));
    let narrow = |ask| -> Box<dyn Ask> { Box::new(ConstScoreQuery::new(ask, 0.0)) };
    let in_language = compile_field(&Field::Language(language.clone()), &index.fields);
    let mut clauses = vec![(Occur::Must, any), (Occur::Must, narrow(in_language))];
    clauses.extend(limits.into_iter().map(|(occur, ask)| (occur, narrow(ask))));
    Box::new(BooleanQuery::new(clauses))
}

/// The statement of a hit, if it shares enough of the words.
fn compare(record: &Rc<OpenedRecord>, hit: &Hit, words: &[String]) -> Option<Similar> {
    let statement = record.statement(hit.nth)?;
    let place: HashMap<&str, usize> =
        words.iter().enumerate().map(|(n, word)| (word.as_str(), n)).collect();
    let (mut shared, mut best) = (HashSet::new(), (0, 0));
    for (n, paragraph) in statement.paragraphs.iter().enumerate() {
        let mut here: HashSet<usize> = HashSet::new();
        each_compared(&paragraph.text, |word, _| here.extend(place.get(word)));
        if here.len() > best.1 {
            best = (n, here.len());
        }
        shared.extend(here);
    }
    if shared.len() < words.len().div_ceil(SHARE).max(FEWEST) {
        return None;
    }
    let mut shared: Vec<usize> = shared.into_iter().collect();
    shared.sort_unstable();
    let paragraph = statement.paragraphs.get(best.0)?;
    let mut marks = Vec::new();
    each_compared(&paragraph.text, |word, at| {
        if place.contains_key(word) {
            marks.push(at);
        }
    });
    let byte = marks.first().map_or(0, |mark| mark.start);
    let page = paragraph.page_at(byte).or_else(|| {
        let before = statement.paragraphs.iter().take(best.0).rev();
        before.filter_map(|p| p.page_at(p.text.len())).next().or(statement.page)
    });
    let in_chair = capacity_of(statement, best.0) == Some(Capacity::President);
    let (snippet, marks) = make_snippet(&paragraph.text, &marks, SNIPPET);
    let speaker = &statement.speaker;
    Some(Similar {
        symbol: record.symbol.clone(),
        language: record.language.clone(),
        date: record.date,
        statement: statement.number,
        paragraph: best.0,
        byte,
        page,
        speaker: speaker.name.clone(),
        state: speaker.state.clone().filter(|_| !in_chair),
        organization: speaker.organization.clone().filter(|_| !in_chair),
        spoken: statement.spoken.clone().filter(|spoken| *spoken != record.language),
        shared: shared.into_iter().filter_map(|n| words.get(n).cloned()).collect(),
        snippet,
        marks,
        score: hit.score,
    })
}
