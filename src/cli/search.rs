//! `spv search`: the words of every statement.
//!
//! Here are the index and the list of hits; what is counted, and the concordance, are in files of
//! their own beside this one.

use std::cell::Cell;
use std::io::Write;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::args::{SearchArgs, SearchOrder};
use super::index::Shown;
use super::last::unknown;
use super::memory::Bounded;
use super::out::{Answer, Failure, found, json_line, limit, line, say, say_rest};
use super::place::{Shelf, World};
use super::stop::{self, Stop};
use super::table;
use crate::facts::{groups, states};
use crate::library::SpeakerName;
use crate::record::Language;
use crate::search::index::{
    Index, IndexError, IndexState, index_state, unindexed_records, update_where_allowed,
};
use crate::search::query::{Field, Node, Query, parse};
use crate::search::results::{
    Hit, HitContext, Hits, Marker, OpenedRecord, Order, RecordLoader, SMALL_LIBRARY, find_context,
    search,
};
use crate::search::whole_words::WholeWords;

mod count;
mod kwic;

/// Statements whose records are read at once. Few, since the first rows may be all that is wanted.
const AHEAD: usize = 8;
/// The names of the columns of [`Row`], in their order.
const NAMES: [&str; 11] = [
    "symbol",
    "language",
    "statement",
    "paragraph",
    "page",
    "speaker",
    "state",
    "organization",
    "date",
    "snippet",
    "score",
];

/// One hit, with the names of its JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Symbol of the record.
    pub symbol: String,
    /// Language of the edition.
    pub language: String,
    /// Number of the statement.
    pub statement: u32,
    /// The first paragraph with a word of the query, from 1.
    pub paragraph: usize,
    /// The printed page it stands on.
    pub page: Option<u32>,
    /// Title and name.
    pub speaker: String,
    /// State spoken for.
    pub state: Option<String>,
    /// Organization spoken for.
    pub organization: Option<String>,
    /// The day.
    pub date: String,
    /// The words around the first mark.
    pub snippet: String,
    /// Higher is better; 0 where hits are not ordered by it.
    pub score: f32,
}

/// Answers `spv search`.
///
/// # Errors
/// When nothing was understood of the query, the library cannot be opened, or there is no index and none
/// can be made.
pub fn run(world: &World, args: &SearchArgs, out: &mut dyn Write) -> Answer {
    let query = understood(&args.query.join(" "))?;
    let mut shelf = Shelf::open_one(world)?;
    // An index that is true was compared with every file.
    let mut standing = index_state(&shelf.library, shelf.library.cache());
    if standing != IndexState::UpToDate {
        shelf.renew()?;
        standing = index_state(&shelf.library, shelf.library.cache());
    }
    shelf.note_and_say();
    say_unknown(&query, &shelf);
    let language = world.options.lang.as_ref();
    let (query, shelf, mut mended) = (&query, &shelf, false);
    loop {
        let index = &ready(shelf, standing, language, mended)?;
        // Making an index takes more, and leaves memory that would count.
        let _bounded = (standing == IndexState::UpToDate && !mended).then(Bounded::begin);
        let asked = Asked { world, args, query, shelf, index, damaged: Cell::new(false) };
        let answer = match (args.by, args.kwic) {
            (Some(by), _) => asked.counted(by, out),
            (None, true) => asked.concordance(out),
            (None, false) => asked.listed(out),
        };
        // The index is asked before anything is written, so that it may be asked again.
        if mended || !asked.damaged.get() {
            return answer;
        }
        mended = true;
    }
}

/// The query in what was typed; what of it is wrong is said.
pub(super) fn understood(typed: &str) -> Result<Query, Failure> {
    let query = parse(typed);
    for trouble in &query.troubles {
        let piece = typed.get(trouble.at.clone()).unwrap_or("");
        say(&format!("{piece} (at {}): {}", trouble.at.start + 1, trouble.message));
    }
    if query.is_empty() {
        return Err(Failure::wrong("there is nothing to search for; give a word or a field"));
    }
    Ok(query)
}

/// Says which State or group of a query nobody here is called.
fn say_unknown(query: &Query, shelf: &Shelf) {
    query.visit(&mut |node, _| {
        let (field, name) = match node {
            Node::Field(Field::State(name)) => ("state", name),
            Node::Field(Field::Behalf(name)) => ("behalf", name),
            _ => return,
        };
        let wanted = WholeWords::new([format!("{}*", name.text).as_str()]);
        let speaks = |s: SpeakerName<'_>| s.state.is_some_and(|state| wanted.are_in(&[state]));
        let is_known = states::lookup(&name.text).is_some()
            || field == "behalf" && groups::lookup(&name.text).is_some()
            || shelf.library.catalogue().speakers().any(speaks)
            || field == "behalf" && {
                let table = shelf.library.references(&AtomicBool::new(false));
                table.groups().iter().any(|group| wanted.are_in(&[group]))
            };
        if !is_known {
            say(&format!("{field}:{}: {}", name.text, unknown(shelf, &name.text)));
        }
    });
}

/// The index, which stands as [`state`] says, brought up to date first where that may be done; with `mend` it
/// was found damaged.
///
/// Records that could not be read for it are noted.
///
/// # Errors
/// When there is none and none can be made.
pub(super) fn ready(
    shelf: &Shelf,
    standing: IndexState,
    language: Option<&Language>,
    mend: bool,
) -> Result<Index, Failure> {
    stop::watch_index();
    let library = &shelf.library;
    let cache = library.cache();
    let mut trouble = None;
    if mend || standing != IndexState::UpToDate {
        let mut shown = Shown::new();
        let stop = Stop::listen()?;
        trouble =
            update_where_allowed(library, cache, &stop.flag, &mut |progress| shown.show(progress))
                .err();
        shown.end();
        if trouble.is_none() {
            // What is not in it now cannot be read.
            for entry in unindexed_records(library, cache) {
                let _ = shelf.load_or_note(entry);
            }
        }
    }
    if let Some(error @ IndexError::Stopped) = trouble {
        return Err(error.into());
    }
    let opened = match Index::open(library, cache, language) {
        Err(IndexError::Damaged(_)) if !mend => return ready(shelf, standing, language, true),
        // What is damaged and cannot be made again is as good as none.
        Err(IndexError::Damaged(_)) => None,
        opened => opened?,
    };
    match (opened, trouble) {
        (Some(index), None) => Ok(index),
        (Some(index), Some(error)) if !mend => {
            // Another program is at it already, or it may not be written: what it has answers.
            if let IndexState::Behind(n) = standing {
                say(&format!("{n} records are not in the index yet: {error}"));
            }
            Ok(index)
        }
        (_, Some(_)) if library.catalogue().entries.len() <= SMALL_LIBRARY => {
            let index = Index::in_memory(library, language)?;
            shelf.note(&index.unread);
            Ok(index)
        }
        (_, Some(error)) => Err(error.into()),
        (None, None) if mend => Err(Failure::could_not("the index cannot be opened; spv index")),
        // True by its list of records, and yet it cannot be opened.
        (None, None) => ready(shelf, standing, language, true),
    }
}

/// A search on its way.
struct Asked<'a> {
    world: &'a World,
    args: &'a SearchArgs,
    query: &'a Query,
    shelf: &'a Shelf,
    index: &'a Index,
    /// The index turned out to be damaged.
    damaged: Cell<bool>,
}

impl Asked<'_> {
    fn search(&self, limit: usize, order: Order) -> Result<Hits, Failure> {
        self.sound(search(self.index, self.query, limit, order, &Arc::default()))
    }

    /// What came of asking the index, with a note where it is damaged.
    fn sound<T>(&self, answer: Result<T, IndexError>) -> Result<T, Failure> {
        self.damaged.set(self.damaged.get() || matches!(answer, Err(IndexError::Damaged(_))));
        Ok(answer?)
    }

    /// How many results are printed.
    fn limit(&self) -> usize {
        limit(self.args.limit, 20, !self.args.json && !self.args.csv)
    }

    fn otherwise(&self) -> String {
        format!("no statement here has {}; try fewer words, or word*", self.query)
    }

    /// The hits, each with its words.
    fn listed(&self, out: &mut dyn Write) -> Answer {
        let order = match self.args.order {
            SearchOrder::Relevance => Order::Relevance,
            SearchOrder::Date => Order::Date,
        };
        let hits = self.search(self.limit(), order)?;
        let marker = Marker::new(self.query);
        let mut loader = RecordLoader::new(&self.shelf.library);
        if self.args.csv {
            super::csv::begin(out, self.args.excel)?;
            csv(out, &NAMES)?;
        }
        for some in hits.hits.chunks(AHEAD) {
            loader.ahead(some);
            for row in some.iter().filter_map(|hit| row(self.shelf, &mut loader, &marker, hit)) {
                if self.args.json {
                    json_line(out, &row)?;
                } else if self.args.csv {
                    csv(out, &cells(&row))?;
                } else {
                    self.text(out, &row)?;
                }
            }
        }
        if !self.args.json && !self.args.csv && hits.statements > 0 {
            let records = if hits.records == 1 { "record" } else { "records" };
            writeln!(out, "{} statements in {} {records}", hits.statements, hits.records)?;
            say_rest(out, hits.hits.len(), hits.statements)?;
        }
        found(hits.statements > 0, &self.otherwise())
    }

    fn text(&self, out: &mut dyn Write, row: &Row) -> Result<(), Failure> {
        let of = row.state.as_deref().or(row.organization.as_deref());
        let of = of.map_or(String::new(), |of| format!(" ({of})"));
        let page = row.page.map_or(String::new(), |p| format!(", p. {p}"));
        let head = line(&format!(
            "{}  {}  statement {}{page}  {}{of}",
            row.symbol, row.date, row.statement, row.speaker
        ));
        writeln!(out, "{head}")?;
        let width = self.world.columns.unwrap_or(80).min(usize::from(u16::MAX));
        table::paragraph(out, &line(&row.snippet), 4, u16::try_from(width).unwrap_or(80))?;
        Ok(())
    }
}

/// A row of comma-separated values.
fn csv(out: &mut dyn Write, cells: &[impl AsRef<str>]) -> Result<(), Failure> {
    Ok(out.write_all(super::csv::row(cells).as_bytes())?)
}

/// The record of a hit; one that cannot be read is noted and left out.
fn load(shelf: &Shelf, loader: &mut RecordLoader<'_>, hit: &Hit) -> Option<Rc<OpenedRecord>> {
    match loader.record(hit) {
        Ok(record) => record,
        Err(error) => {
            if let Some(entry) = loader.entry(hit) {
                shelf.note_error(entry, &error);
            }
            None
        }
    }
}

fn row(shelf: &Shelf, loader: &mut RecordLoader<'_>, marker: &Marker, hit: &Hit) -> Option<Row> {
    let record = load(shelf, loader, hit)?;
    let HitContext {
        statement, paragraph, page, speaker, state, organization, snippet, stale, ..
    } = find_context(&record, marker, hit)?;
    if stale {
        say(&format!("{}: the record has changed since it was indexed; spv index", record.symbol));
    }
    Some(Row {
        symbol: record.symbol.to_string(),
        language: record.language.code().to_owned(),
        statement,
        paragraph: paragraph + 1,
        page,
        speaker,
        state,
        organization,
        date: record.date.to_string(),
        snippet,
        score: hit.score,
    })
}

fn cells(row: &Row) -> [String; 11] {
    [
        row.symbol.clone(),
        row.language.clone(),
        row.statement.to_string(),
        row.paragraph.to_string(),
        row.page.map_or(String::new(), |p| p.to_string()),
        row.speaker.clone(),
        row.state.clone().unwrap_or_default(),
        row.organization.clone().unwrap_or_default(),
        row.date.clone(),
        row.snippet.clone(),
        row.score.to_string(),
    ]
}
