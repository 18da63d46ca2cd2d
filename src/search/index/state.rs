//! Where the indexes of a library are, and whether they are up to date.

use std::collections::HashSet;
use std::path::Path;

use super::directory::{LIST, Stored};
use super::manifest::{FileStamp, Manifest, parse_manifest};
use super::schema::{VERSION, record_key};
use crate::library::{Entry, Folder, Keeping, Library, Location, index_locations, is_believed};

/// The folder of the index, next to the catalogue.
pub(super) const FOLDER: &str = "index";
/// The largest manifest that is read, in bytes.
const MANIFEST_LIMIT: u64 = 64 << 20;

/// Whether there is an index, and whether it is up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexState {
    /// It has every record as it is.
    UpToDate,
    /// This many records are new, changed or gone.
    OutOfDate(usize),
    /// There is no index that can be used.
    Missing,
}

/// Where an index of a library may be, the preferred location first.
pub(super) fn index_places(library: &Library, cache: Option<&Path>) -> (Vec<Location>, Keeping) {
    let cache = cache.map(Path::to_owned);
    let keeping = Keeping { cache, ..library.keeping().clone() };
    (library.root().map_or(Vec::new(), |root| index_locations(root, &keeping)), keeping)
}

/// The folders of the indexes of a library that exist and that nobody else could have changed.
pub(super) fn trusted_indexes(library: &Library, cache: Option<&Path>) -> Vec<Folder> {
    let Some(root) = library.root() else { return Vec::new() };
    let open = |place: &Location| {
        let place = place.open().ok()?;
        let folder = place.folder(FOLDER).ok()?;
        is_believed(root, &place, &folder).then_some(folder)
    };
    index_places(library, cache).0.iter().filter_map(open).collect()
}

/// The version of the last commit, and the name of its manifest.
pub(super) fn commit_payload(index: &tantivy::Index) -> Option<(u32, String)> {
    let payload = index.load_metas().ok()?.payload?;
    let mut words = payload.split(' ');
    if words.next() != Some("spv") {
        return None;
    }
    let version = words.next()?.parse().ok()?;
    let name = words.next().filter(|name| !name.contains('/'))?.to_owned();
    Some((version, name))
}

pub(super) fn read_manifest(folder: &Folder, name: &str) -> Option<Manifest> {
    parse_manifest(folder.read(name, MANIFEST_LIMIT).ok()?)
}

/// The manifest of the index in a folder, up to date or not.
fn committed_manifest(folder: &Folder) -> Option<Manifest> {
    if !folder.has(LIST) {
        return None;
    }
    let index = tantivy::Index::open(Stored::to_read(folder).ok()?).ok()?;
    let (_, name) = commit_payload(&index).filter(|(version, _)| *version == VERSION)?;
    read_manifest(folder, &name)
}

/// The entries that are new or changed, oldest first, and the keys of records that are gone. This stats every record
/// file.
pub(super) fn find_changes<'a>(
    library: &'a Library,
    manifest: &Manifest,
) -> (Vec<&'a Entry>, Vec<u64>) {
    changes_by(library, manifest, |_, entry| {
        let file = library.file(entry)?;
        std::fs::metadata(file).ok().map(|meta| FileStamp::of(&meta))
    })
}

/// As [`find_changes`], by the stamps that the catalogue has of the files.
fn find_known_changes<'a>(library: &'a Library, manifest: &Manifest) -> (Vec<&'a Entry>, Vec<u64>) {
    let known = library.known_stamps().unwrap_or_default();
    changes_by(library, manifest, |nth, _| {
        let (size, seconds, nanos) = *known.get(nth)?;
        Some(FileStamp { size, seconds, nanos: i64::from(nanos) })
    })
}

/// The entries that are not in an index as they are by `stamp_of`, and the keys of records that are gone.
fn changes_by<'a>(
    library: &'a Library,
    manifest: &Manifest,
    stamp_of: impl Fn(usize, &Entry) -> Option<FileStamp>,
) -> (Vec<&'a Entry>, Vec<u64>) {
    let entries = &library.catalogue().entries;
    let mut here = HashSet::with_capacity(entries.len());
    let mut changed: Vec<&Entry> = entries
        .iter()
        .enumerate()
        .filter(|(nth, entry)| {
            let key = record_key(&entry.symbol, &entry.language);
            here.insert(key);
            let known = manifest.get(&key).map(|known| known.stamp);
            known.is_none() || known != stamp_of(*nth, entry)
        })
        .map(|(_, entry)| entry)
        .collect();
    changed.reverse();
    (changed, manifest.keys().copied().filter(|key| !here.contains(key)).collect())
}

/// Whether the index in a folder has every record as the catalogue knows it.
pub(super) fn is_up_to_date(library: &Library, folder: &Folder) -> bool {
    committed_manifest(folder).is_some_and(|manifest| {
        let (changed, gone) = find_known_changes(library, &manifest);
        changed.is_empty() && gone.is_empty()
    })
}

/// Whether a library has an index, and whether it is up to date. This stats every record file.
pub fn index_state(library: &Library, cache: Option<&Path>) -> IndexState {
    state_by(library, cache, |manifest| find_changes(library, manifest))
}

/// As [`index_state`], by what the catalogue knows of the files: no record file is looked at. A record that was edited in
/// place since the catalogue was made is not noticed, since the time of its folder stays the same.
pub fn known_index_state(library: &Library, cache: Option<&Path>) -> IndexState {
    state_by(library, cache, |manifest| find_known_changes(library, manifest))
}

fn state_by<'a>(
    library: &'a Library,
    cache: Option<&Path>,
    changes: impl Fn(&Manifest) -> (Vec<&'a Entry>, Vec<u64>),
) -> IndexState {
    if library.root().is_none() {
        return IndexState::UpToDate;
    }
    let states = trusted_indexes(library, cache).into_iter().filter_map(|folder| {
        let (changed, gone) = changes(&committed_manifest(&folder)?);
        Some(changed.len() + gone.len())
    });
    match states.min() {
        None => IndexState::Missing,
        Some(0) => IndexState::UpToDate,
        Some(changes) => IndexState::OutOfDate(changes),
    }
}

/// The records that the best index of a library does not have as they are: they are new, or cannot be read.
pub fn unindexed_records<'a>(library: &'a Library, cache: Option<&Path>) -> Vec<&'a Entry> {
    let changed = trusted_indexes(library, cache)
        .into_iter()
        .filter_map(|folder| Some(find_changes(library, &committed_manifest(&folder)?).0));
    changed.min_by_key(Vec::len).unwrap_or_default()
}
