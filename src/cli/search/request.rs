//! A search in progress: parses the query, opens the index and queries it.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::cli::args::SearchArgs;
use crate::cli::index::IndexProgress;
use crate::cli::last::unknown_name;
use crate::cli::out::{Failure, result_limit, say};
use crate::cli::process::{self, Stop};
use crate::cli::shelf::Shelf;
use crate::cli::world::World;
use crate::facts::{groups, states};
use crate::library::SpeakerName;
use crate::record::{Capacity, Language};
use crate::search::index::{
    Index, IndexError, IndexState, unindexed_records, update_where_allowed,
};
use crate::search::query::{Field, Node, Query, parse, unknown_names};
use crate::search::results::{
    Hit, Hits, OpenedRecord, Order, RecordLoader, SMALL_LIBRARY, said_in_the_chair, search,
};
use crate::search::whole_words::WholeWords;

/// Parses a query; the parts that are not valid are reported.
pub(in crate::cli) fn parse_query(typed: &str) -> Result<Query, Failure> {
    let query = parse(typed);
    for trouble in query.troubles.iter().chain(&query.notes) {
        let piece = typed.get(trouble.at.clone()).unwrap_or("");
        say(&format!("{piece} (at {}): {}", trouble.at.start + 1, trouble.message));
    }
    if query.is_empty() {
        return Err(Failure::wrong("nothing to search for; give a word or a field"));
    }
    Ok(query)
}

/// Reports the names in a query that are not known, with those that are spelt alike.
pub(super) fn say_unknown_names(typed: &str, query: &Query, shelf: &Shelf) {
    for unknown in unknown_names(typed, shelf.library.catalogue()) {
        let piece = typed.get(unknown.at.clone()).unwrap_or("");
        say(&format!("{piece} (at {}): {}", unknown.at.start + 1, unknown.message));
    }
    query.visit(&mut |node, _| {
        let Node::Field(Field::Behalf(name)) = node else { return };
        let wanted = WholeWords::new([format!("{}*", name.text).as_str()]);
        let speaks = |s: SpeakerName<'_>| s.state.is_some_and(|state| wanted.are_in(&[state]));
        let is_known = states::lookup(&name.text).is_some()
            || groups::lookup(&name.text).is_some()
            || shelf.library.catalogue().speakers().any(speaks)
            || {
                let table = shelf.library.references(&AtomicBool::new(false));
                table.groups().iter().any(|group| wanted.are_in(&[group]))
            };
        if !is_known {
            say(&format!("behalf:{}: {}", name.text, unknown_name(shelf, &name.text)));
        }
    });
}

/// Opens the index, updated first if that is possible. `standing` is its state; `mend` says that it was found
/// damaged.
///
/// Records that could not be indexed are noted.
///
/// # Errors
/// If there is none and none can be created.
pub(in crate::cli) fn open_index(
    shelf: &Shelf,
    standing: IndexState,
    language: Option<&Language>,
    mend: bool,
) -> Result<Index, Failure> {
    process::watch_index();
    let library = &shelf.library;
    let cache = library.cache();
    let mut trouble = None;
    if mend || standing != IndexState::UpToDate {
        let mut shown = IndexProgress::new();
        let stop = Stop::listen()?;
        trouble =
            update_where_allowed(library, cache, &stop.flag, &mut |progress| shown.show(progress))
                .err();
        shown.end();
        if trouble.is_none() {
            // The records that it still lacks cannot be read.
            for entry in unindexed_records(library, cache) {
                let _ = shelf.load_or_note(entry);
            }
        }
    }
    if let Some(error @ IndexError::Stopped) = trouble {
        return Err(error.into());
    }
    let opened = match Index::open(library, cache, language) {
        Err(IndexError::Damaged(_)) if !mend => return open_index(shelf, standing, language, true),
        // A damaged index that cannot be created again is as good as none.
        Err(IndexError::Damaged(_)) => None,
        opened => opened?,
    };
    match (opened, trouble) {
        (Some(index), None) => Ok(index),
        (Some(index), Some(error)) if !mend => {
            // Another program is updating it, or it may not be written: search what it has.
            if let IndexState::OutOfDate(n) = standing {
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
        (None, None) if mend => {
            Err(Failure::could_not("the index cannot be opened; run `spv index`"))
        }
        // Up to date by its list of records, and yet it cannot be opened.
        (None, None) => open_index(shelf, standing, language, true),
    }
}

pub(super) struct SearchRequest<'a> {
    pub(super) world: &'a World,
    pub(super) args: &'a SearchArgs,
    pub(super) query: &'a Query,
    pub(super) shelf: &'a Shelf,
    pub(super) index: &'a Index,
    /// The index turned out to be damaged.
    pub(super) damaged: Cell<bool>,
    /// A record that was to be shown has changed since it was indexed; `None` if that is not looked at.
    pub(super) changed: Option<Cell<bool>>,
}

impl SearchRequest<'_> {
    pub(super) fn search(&self, limit: usize, order: Order) -> Result<Hits, Failure> {
        let hits = search(self.index, self.query, limit, order, &Arc::default());
        let hits = self.note_damage(hits)?;
        if let Some(changed) = &self.changed {
            let entries: BTreeSet<usize> = hits.hits.iter().map(|hit| hit.entry).collect();
            if !self.shelf.library.are_unchanged(entries) {
                changed.set(true);
                return Err(Failure::could_not("a record has changed; run `spv index`"));
            }
        }
        Ok(hits)
    }

    /// Unwraps an answer of the index, and remembers if it is damaged.
    pub(super) fn note_damage<T>(&self, answer: Result<T, IndexError>) -> Result<T, Failure> {
        self.damaged.set(self.damaged.get() || matches!(answer, Err(IndexError::Damaged(_))));
        Ok(answer?)
    }

    /// The number of results to print.
    pub(super) fn limit(&self) -> usize {
        result_limit(self.args.limit, 20, self.args.table.is_text())
    }

    /// Why nothing was found.
    pub(super) fn nothing_found(&self) -> String {
        let catalogue = self.shelf.library.catalogue();
        let in_chair = said_in_the_chair(self.index, catalogue, self.query, &Arc::default());
        in_chair.ok().flatten().unwrap_or_else(|| {
            format!("no statement matches {}; try fewer words, or word*", self.query)
        })
    }

    /// Why statements that were found count for no State.
    pub(super) fn no_state_found(&self) -> Result<String, Failure> {
        let all = self.search(0, Order::Date)?.statements;
        if all == 0 {
            return Ok(self.nothing_found());
        }
        let nodes = self.query.root.clone().into_iter();
        let chair = nodes.chain([Node::Field(Field::Capacity(Capacity::President))]).collect();
        let chair = Query { root: Some(Node::All(chair)), ..Query::default() };
        let never = Arc::default();
        let chair =
            self.note_damage(search(self.index, &chair, 0, Order::Date, &never))?.statements;
        let (all_of, were) = if all == 1 {
            ("the statement found".to_owned(), "was")
        } else {
            (format!("all {all} statements found"), "were")
        };
        Ok(if chair == all {
            format!("{all_of} {were} made in the chair, for no State")
        } else {
            format!("{all_of} {were} made for no State")
        })
    }
}

/// Loads the record of a hit; one that cannot be read is noted and left out.
pub(super) fn load_record(
    shelf: &Shelf,
    loader: &mut RecordLoader<'_>,
    hit: &Hit,
) -> Option<Rc<OpenedRecord>> {
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
