//! Kept queries: what they find now, and what of it is new.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::app::action::Answer;
use crate::app::found::At;
use crate::app::kept::{KeptFound, KeptRow, Looked};
use crate::desk::queries::{self, KeptQuery, Look, Seen};
use crate::search::new_hits::{NewHits, library_name, new_hits};
use crate::search::query::{Query, parse};
use crate::search::results::Order;

use super::answers::Sources;
use super::desk::HOMELESS;
use super::searching::NO_INDEX;

/// New statements that are put before the others.
const FIRST: usize = 200;

impl Sources {
    /// Every kept query: first as it is kept, then with what it finds.
    pub(super) fn kept_queries(
        &mut self,
        cancelled: &Arc<AtomicBool>,
        part: &mut dyn FnMut(Answer),
    ) -> Answer {
        let read = self.desk_folder().ok_or(HOMELESS.to_owned()).and_then(queries::all);
        let (kept, said) = match read {
            Ok(read) => read,
            Err(why) => return Answer::Failed(why),
        };
        let here = library_name(&self.library);
        let row = |kept: KeptQuery| KeptRow {
            elsewhere: kept.library.clone().filter(|library| *library != here),
            kept: Arc::new(kept),
            found: KeptFound::Awaited,
        };
        let mut rows: Vec<KeptRow> = kept.into_iter().map(row).collect();
        part(Answer::KeptQueries { rows: rows.clone(), said: said.clone(), last: false });
        for row in &mut rows {
            if cancelled.load(Ordering::Relaxed) {
                break;
            }
            row.found = match self.ask_kept(&row.kept.query, &row.kept.seen, cancelled) {
                Ok(found) => {
                    KeptFound::Counted { statements: found.hits.statements, new: found.new.len() }
                }
                Err(why) => KeptFound::Trouble(why),
            };
        }
        Answer::KeptQueries { rows, said, last: true }
    }

    /// The kept query with this name, to be looked at.
    pub(super) fn open_kept(&mut self, name: &str, cancelled: &Arc<AtomicBool>) -> Answer {
        let read = self.desk_folder().ok_or(HOMELESS.to_owned());
        let read = read.and_then(|folder| queries::named(folder, name));
        let looked = read.and_then(|(kept, _)| {
            let found = self.ask_kept(&kept.query, &kept.seen, cancelled)?;
            let entries = &self.library.catalogue().entries;
            let at = found.new.iter().filter_map(|hit| {
                let entry = entries.get(hit.entry)?;
                Some(At {
                    symbol: entry.symbol.clone(),
                    language: entry.language.clone(),
                    nth: hit.nth,
                    capacity: hit.capacity,
                })
            });
            let new: Vec<At> = at.collect();
            let look = self.look(&kept.name, &kept.query, found.seen);
            Ok(Looked::new(&kept, &new, FIRST, look))
        });
        match looked {
            Ok(looked) => Answer::OpenedKept(Box::new(looked)),
            Err(why) => Answer::Failed(why),
        }
    }

    /// Marks everything that a query finds as seen, after it was kept; one line where that is not possible.
    pub fn see_all(&mut self, name: &str, query: &str, at: i64) -> Option<String> {
        // Why it could not be kept was said then.
        let kept = self.desk_folder().and_then(|folder| queries::named(folder, name).ok());
        kept.filter(|(kept, _)| kept.query == query)?;
        match self.ask_kept(query, &Seen::default(), &Arc::default()) {
            Ok(found) => {
                let look = self.look(name, query, found.seen);
                self.see(&look, at)
            }
            Err(why) => Some(format!("{name} is kept, and nothing is marked as seen: {why}")),
        }
    }

    /// Remembers a look; one line where that is not possible.
    pub fn see(&self, look: &Look, at: i64) -> Option<String> {
        let folder = self.desk_folder()?;
        match queries::see(folder, look, at) {
            Ok((_, warning)) => warning,
            Err(error) => Some(format!("not marked as seen: {error}")),
        }
    }

    fn look(&self, name: &str, query: &str, seen: Seen) -> Look {
        let library = Some(library_name(&self.library));
        Look { name: name.to_owned(), query: query.to_owned(), library, seen }
    }

    /// What a query finds, or why it cannot be asked.
    fn ask_kept(
        &mut self,
        line: &str,
        seen: &Seen,
        cancelled: &Arc<AtomicBool>,
    ) -> Result<NewHits, String> {
        let query: Query = parse(line);
        if let Some(trouble) = query.troubles.first() {
            let piece = line.get(trouble.at.clone()).unwrap_or("");
            return Err(format!("the query can no longer be read: {piece}: {}", trouble.message));
        }
        if query.is_empty() {
            return Err("the query has neither a word nor a field".to_owned());
        }
        let found = self.search(|index, library| {
            new_hits(index, library, &query, seen, Order::Date, cancelled)
        })?;
        let mut found = found.ok_or_else(|| NO_INDEX.to_owned())?;
        self.add_unread(std::mem::take(&mut found.unread));
        Ok(found)
    }
}
