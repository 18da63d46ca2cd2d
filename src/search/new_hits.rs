//! What a query finds that was not seen before: the answer to a kept query.
//!
//! Which statements were seen is a [`Seen`]. Only records whose files or hits changed since are read, so that a query with
//! thousands of hits costs little when it is asked again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::index::{Index, IndexError, record_key};
use super::query::Query;
use super::results::{Hit, Hits, Order, search};
use crate::desk::queries::{Seen, SeenRecord, hashes, print_of};
use crate::library::{
    Entry, Library, LibraryError, Problem, checksum, parallel_map_with, processors,
};
use crate::record::Statement;

/// What a query finds now.
#[derive(Debug, Default)]
pub struct NewHits {
    /// Everything it finds.
    pub hits: Hits,
    /// What of it was not seen, in the order of the hits.
    pub new: Vec<Hit>,
    /// What is to be remembered once the hits were looked at; see [`Seen::add`].
    pub seen: Seen,
    /// The records that could not be read: whether their statements are new is not known.
    pub unread: Vec<Problem>,
    /// The number of records that changed since they were indexed: their statements are compared when they are indexed.
    pub changing: usize,
}

/// Asks a query, and compares what it finds with what was seen. If `cancelled` is set, [`Hits::complete`] is false and the
/// rest is not to be used.
///
/// # Errors
/// If the index cannot be read.
pub fn new_hits(
    index: &Index,
    library: &Library,
    query: &Query,
    seen: &Seen,
    order: Order,
    cancelled: &Arc<AtomicBool>,
) -> Result<NewHits, IndexError> {
    let hits = search(index, query, usize::MAX, order, cancelled)?;
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for hit in &hits.hits {
        found.entry(hit.entry).or_default().push(hit.nth);
    }
    let indexed: HashMap<u64, u64> =
        index.record_checksums(library).unwrap_or_default().into_iter().collect();
    let mut changed = Vec::new();
    for (place, mut nths) in found {
        let Some(entry) = library.catalogue().entries.get(place) else { continue };
        nths.sort_unstable();
        nths.dedup();
        let file = indexed.get(&record_key(&entry.symbol, &entry.language)).copied();
        let name = Seen::name(&entry.symbol, &entry.language);
        let same = |file| seen.record(&name).is_some_and(|s| s.has_print(print_of(file, &nths)));
        if !file.is_some_and(same) {
            changed.push(ToRead { place, entry, nths, file, name });
        }
    }
    let threads = vec![(); processors(changed.len())];
    let read = parallel_map_with(changed.len(), threads, |(), n| {
        let wanted = changed.get(n).filter(|_| !cancelled.load(Ordering::Relaxed))?;
        Some(wanted.read(library))
    });
    let mut answer = NewHits { hits, ..NewHits::default() };
    let mut new = HashSet::new();
    for (wanted, read) in changed.into_iter().zip(read) {
        match read.unwrap_or_else(|| wanted.read(library)) {
            Ok(Some((file, statements))) => {
                let before = seen.record(&wanted.name);
                let is_new = |hash| !before.is_some_and(|before| before.has(hash));
                let here = wanted.nths.iter().zip(&statements);
                new.extend(
                    here.filter(|(_, hash)| is_new(**hash)).map(|(n, _)| (wanted.place, *n)),
                );
                let record = SeenRecord::new(print_of(file, &wanted.nths), statements);
                answer.seen.insert(wanted.name, record);
            }
            Ok(None) => answer.changing += 1,
            Err(error) => answer.unread.push(library.unread(wanted.entry, &error)),
        }
        if cancelled.load(Ordering::Relaxed) {
            answer.hits.complete = false;
            return Ok(answer);
        }
    }
    let hits = answer.hits.hits.iter();
    answer.new = hits.filter(|hit| new.contains(&(hit.entry, hit.nth))).copied().collect();
    Ok(answer)
}

/// The library in which a query is looked at, as it is remembered and shown.
pub fn library_name(library: &Library) -> String {
    let root = library.root().map(|root| root.display().to_string());
    root.unwrap_or_else(|| "the exercise debates in spv".to_owned())
}

/// A record that has to be read to know which of its hits are new.
struct ToRead<'a> {
    /// Its index in the entries of the catalogue.
    place: usize,
    entry: &'a Entry,
    /// The statements found in it.
    nths: Vec<usize>,
    /// The checksum of its file when it was indexed, if known.
    file: Option<u64>,
    name: String,
}

impl ToRead<'_> {
    /// The checksum of its file and the hashes of the statements found in it; `None` if the file is no longer what was
    /// indexed.
    fn read(&self, library: &Library) -> Result<Option<(u64, Vec<u64>)>, LibraryError> {
        let bytes = library.bytes(self.entry)?;
        let file = checksum(&bytes);
        if self.file.is_some_and(|indexed| indexed != file) {
            return Ok(None);
        }
        let record = library.record_of(self.entry, &bytes)?;
        let all: Vec<&Statement> = record.statements().collect();
        let found: Option<Vec<&Statement>> =
            self.nths.iter().map(|nth| all.get(*nth).copied()).collect();
        Ok(found.map(|found| (file, hashes(found.into_iter()))))
    }
}
