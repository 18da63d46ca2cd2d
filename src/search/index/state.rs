//! Which indexes of a library there are, and whether they hold its records as they are.

use std::collections::HashSet;
use std::path::Path;

use super::directory::{LIST, Stored};
use super::manifest::{self, Manifest, Stamp};
use super::schema::{VERSION, key};
use crate::library::{Entry, Folder, Keeping, Library, Place, believed, places_of_index};

/// The folder of the index, beside the catalogue.
pub(super) const FOLDER: &str = "index";
/// A larger manifest is not ours, in bytes.
const MANIFEST_LIMIT: u64 = 64 << 20;

/// Whether there is an index, and whether it is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It holds every record as it is.
    True,
    /// So many records are new, changed or gone.
    Behind(usize),
    /// There is none that can be used.
    Missing,
}

/// Where an index of a library may be, the preferred place first.
pub(super) fn places(library: &Library, cache: Option<&Path>) -> (Vec<Place>, Keeping) {
    let cache = cache.map(Path::to_owned);
    let keeping = Keeping { cache, ..library.keeping().clone() };
    (library.root().map_or(Vec::new(), |root| places_of_index(root, &keeping)), keeping)
}

/// The folders of the indexes of a library that are there and may be believed.
pub(super) fn believed_indexes(library: &Library, cache: Option<&Path>) -> Vec<Folder> {
    let Some(root) = library.root() else { return Vec::new() };
    let open = |place: &Place| {
        let place = place.open().ok()?;
        let folder = place.folder(FOLDER).ok()?;
        believed(root, &place, &folder).then_some(folder)
    };
    places(library, cache).0.iter().filter_map(open).collect()
}

/// Version and name of the manifest of the commit that stands.
pub(super) fn payload(index: &tantivy::Index) -> Option<(u32, String)> {
    let payload = index.load_metas().ok()?.payload?;
    let mut words = payload.split(' ');
    if words.next() != Some("spv") {
        return None;
    }
    let version = words.next()?.parse().ok()?;
    let name = words.next().filter(|name| !name.contains('/'))?.to_owned();
    Some((version, name))
}

pub(super) fn manifest_of(folder: &Folder, name: &str) -> Option<Manifest> {
    manifest::read(folder.read(name, MANIFEST_LIMIT).ok()?)
}

/// The manifest of the index in a folder, be it true or not.
fn standing(folder: &Folder) -> Option<Manifest> {
    if !folder.has(LIST) {
        return None;
    }
    let index = tantivy::Index::open(Stored::to_read(folder).ok()?).ok()?;
    let (_, name) = payload(&index).filter(|(version, _)| *version == VERSION)?;
    manifest_of(folder, &name)
}

/// What is to be done: the entries to look at, oldest first, and the keys of records that are gone.
pub(super) fn difference<'a>(
    library: &'a Library,
    manifest: &Manifest,
) -> (Vec<&'a Entry>, Vec<u64>) {
    let entries = &library.catalogue().entries;
    let mut here = HashSet::with_capacity(entries.len());
    let mut changed: Vec<&Entry> = entries
        .iter()
        .filter(|entry| {
            let key = key(&entry.symbol, &entry.language);
            here.insert(key);
            let known = manifest.get(&key).map(|known| known.stamp);
            let now = library.file(entry).and_then(|file| std::fs::metadata(file).ok());
            known.is_none() || known != now.map(|meta| Stamp::of(&meta))
        })
        .collect();
    changed.reverse();
    (changed, manifest.keys().copied().filter(|key| !here.contains(key)).collect())
}

/// Whether the index in a folder holds every record as it is.
pub(super) fn is_true(library: &Library, folder: &Folder) -> bool {
    standing(folder).is_some_and(|manifest| {
        let (changed, gone) = difference(library, &manifest);
        changed.is_empty() && gone.is_empty()
    })
}

/// Whether there is an index for a library, and whether it is true: a look at every file.
#[must_use]
pub fn state(library: &Library, cache: Option<&Path>) -> State {
    if library.root().is_none() {
        return State::True;
    }
    let states = believed_indexes(library, cache).into_iter().filter_map(|folder| {
        let (changed, gone) = difference(library, &standing(&folder)?);
        Some(changed.len() + gone.len())
    });
    match states.min() {
        None => State::Missing,
        Some(0) => State::True,
        Some(behind) => State::Behind(behind),
    }
}

/// The records of a library that none of its indexes holds as they are: they are new, or cannot be read.
#[must_use]
pub fn missing<'a>(library: &'a Library, cache: Option<&Path>) -> Vec<&'a Entry> {
    let changed = believed_indexes(library, cache)
        .into_iter()
        .filter_map(|folder| Some(difference(library, &standing(&folder)?).0));
    changed.min_by_key(Vec::len).unwrap_or_default()
}
