//! An index of a library, open for reading.

use std::path::Path;
use std::time::Duration;

use tantivy::{IndexReader, ReloadPolicy};

use super::directory::{LIST, Stored, in_place};
use super::document::DocumentMaker;
use super::error::IndexError;
use super::manifest::FileStamp;
use super::schema::{Fields, VERSION, index_schema, index_settings, record_key, tokenizers};
use super::state::{commit_payload, is_up_to_date, read_manifest, trusted_indexes};
use super::verify::{VerifiedFiles, verify_segments};
use crate::library::{Catalogue, Entry, Folder, Library, Problem, checksum};
use crate::record::Language;
use crate::search::catch_panic::catch_panic;

/// Memory for an index of a few records that is made while the user waits, in bytes.
const SMALL: usize = 64 * 1024 * 1024;

/// The editions of a library by their [`record_key`], and which of them are counted.
#[derive(Clone, Debug, Default)]
pub(in crate::search) struct Editions {
    /// Key and index in the entries of the catalogue, sorted by key.
    keys: Vec<(u64, u32)>,
    /// For each entry of the catalogue, whether it is the edition that is counted of its record.
    chosen: Vec<bool>,
}

impl Editions {
    /// The editions of a catalogue. Exercise debates are left out if there are real records.
    pub fn of(catalogue: &Catalogue, preferred: Option<&Language>) -> Self {
        let entries = &catalogue.entries;
        let real = entries.iter().any(|entry| !entry.exercise);
        let is_kept = |entry: &Entry| !(real && entry.exercise);
        let mut keys: Vec<(u64, u32)> = entries
            .iter()
            .zip(0_u32..)
            .filter(|(entry, _)| is_kept(entry))
            .map(|(entry, n)| (record_key(&entry.symbol, &entry.language), n))
            .collect();
        keys.sort_unstable();
        let mut chosen = vec![false; entries.len()];
        let mut at = 0;
        for entry in catalogue.records(preferred) {
            // The entries of a record are neighbours, in the order of the records.
            while entries.get(at).is_some_and(|e| !std::ptr::eq(e, entry)) {
                at += 1;
            }
            if let Some(place) = chosen.get_mut(at) {
                *place = true;
            }
        }
        Self { keys, chosen }
    }

    /// The index of an edition in the catalogue, if it is counted; with `every`, any edition is.
    pub fn entry(&self, key: u64, every: bool) -> Option<u32> {
        let at = self.keys.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        let (_, entry) = self.keys[at];
        let counts = every || self.chosen.get(entry as usize).copied().unwrap_or(false);
        counts.then_some(entry)
    }
}

/// An open index, with the editions by which each record is counted once.
pub struct Index {
    pub(in crate::search) reader: IndexReader,
    pub(in crate::search) fields: Fields,
    pub(in crate::search) editions: Editions,
    /// The state of its files when it was opened; `None` for one in memory.
    files: Option<Files>,
    /// The records that an index in memory lacks because they could not be read.
    pub unread: Vec<Problem>,
}

/// The files of an index, as they were when it was opened.
struct Files {
    folder: Folder,
    /// The list of segments.
    list: FileStamp,
    segments: VerifiedFiles,
    /// The name of the list of indexed records.
    manifest: String,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("documents", &self.reader.searcher().num_docs()).finish()
    }
}

impl Index {
    /// Opens the index of a library, in the library or in `cache`; for the records in the binary, one in memory.
    /// `None` if there is none of this version. Of a record in several languages the edition in the `preferred` one is
    /// counted.
    ///
    /// It writes nothing but which files were verified, and never waits for a writer.
    ///
    /// # Errors
    /// If the index is damaged or cannot be read.
    pub fn open(
        library: &Library,
        cache: Option<&Path>,
        preferred: Option<&Language>,
    ) -> Result<Option<Self>, IndexError> {
        if library.root().is_none() {
            return Self::in_memory(library, preferred).map(Some);
        }
        let (mut found, mut failed) = (Vec::new(), None);
        for folder in trusted_indexes(library, cache) {
            match open_folder(&folder) {
                Ok(opened) => found.extend(opened),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        // Of two indexes the one that is up to date, else that of the library.
        if found.len() > 1 && !is_up_to_date(library, &found[0].1.folder) {
            let is_up_to_date = |folder: &Folder| is_up_to_date(library, folder);
            let other = found.iter().position(|(_, files)| is_up_to_date(&files.folder));
            found.swap(0, other.unwrap_or(0));
        }
        let (_, fields) = index_schema();
        match (found.into_iter().next(), failed) {
            (Some((reader, files)), _) => Ok(Some(Self {
                reader,
                fields,
                editions: Editions::of(library.catalogue(), preferred),
                files: Some(files),
                unread: Vec::new(),
            })),
            (None, Some(error)) => Err(error),
            (None, None) => Ok(None),
        }
    }

    /// Indexes every record of a small library in memory.
    ///
    /// # Errors
    /// If tantivy fails. Records that cannot be read are left out and listed in [`Index::unread`].
    pub fn in_memory(library: &Library, preferred: Option<&Language>) -> Result<Self, IndexError> {
        let (schema, fields) = index_schema();
        let mut writer = tantivy::Index::builder()
            .schema(schema)
            .tokenizers(tokenizers())
            .settings(index_settings())
            .single_segment_index_writer(tantivy::directory::RamDirectory::create(), SMALL)?;
        let (mut maker, mut unread) = (DocumentMaker::default(), Vec::new());
        for entry in &library.catalogue().entries {
            let record = match library.load(entry) {
                Ok(record) => record,
                Err(error) => {
                    unread.push(library.unread(entry, &error));
                    continue;
                }
            };
            for document in maker.documents(&record, &fields) {
                writer.add_document(document)?;
            }
        }
        let reader = open_reader(&writer.finalize()?)?;
        let editions = Editions::of(library.catalogue(), preferred);
        Ok(Self { reader, fields, editions, files: None, unread })
    }

    /// Whether no file has changed since it was opened. This stats a few dozen files: cheap enough to ask before every
    /// search, so that no thread has to watch the folder.
    pub fn is_current(&self) -> bool {
        self.files.as_ref().is_none_or(|Files { folder, list, segments, .. }| {
            let now = std::fs::metadata(folder.join(LIST)).ok().map(|meta| FileStamp::of(&meta));
            now == Some(*list) && segments.is_current(folder)
        })
    }

    /// Why a search failed: a damaged file, if one was changed after it was opened, else the error itself.
    pub(in crate::search) fn explain_failure(&self, failed: IndexError) -> IndexError {
        let Some(files) = self.files.as_ref().filter(|_| !self.is_current()) else { return failed };
        match verify_segments(self.reader.searcher().index(), &files.folder) {
            Err(damaged @ IndexError::Damaged(_)) => damaged,
            _ => failed,
        }
    }

    /// The checksums of the records in it, by the keys of their editions, in the order of the keys. For an index in
    /// memory they are taken from the files of its library. `None` if the list of the records cannot be read, such as where
    /// another index was written meanwhile.
    pub fn record_checksums(&self, library: &Library) -> Option<Vec<(u64, u64)>> {
        let mut sums: Vec<(u64, u64)> = match &self.files {
            Some(Files { folder, manifest, .. }) => {
                let manifest = read_manifest(folder, manifest)?;
                manifest.into_iter().map(|(key, known)| (key, known.hash)).collect()
            }
            None => {
                let entries = library.catalogue().entries.iter();
                let of = |entry: &Entry| {
                    let bytes = library.bytes(entry).ok()?;
                    Some((record_key(&entry.symbol, &entry.language), checksum(&bytes)))
                };
                entries.filter_map(of).collect()
            }
        };
        sums.sort_unstable();
        Some(sums)
    }

    /// The number of segments and of documents that are not deleted.
    pub fn size(&self) -> (usize, u64) {
        let searcher = self.reader.searcher();
        (searcher.segment_readers().len(), searcher.num_docs())
    }
}

pub(super) fn open_reader(index: &tantivy::Index) -> tantivy::Result<IndexReader> {
    index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .doc_store_cache_num_blocks(0)
        .try_into()
}

/// The reader of the index in a folder; `None` if there is none of this version.
fn open_folder(folder: &Folder) -> Result<Option<(IndexReader, Files)>, IndexError> {
    let mut failed = None;
    // A writer may remove a segment after the list was read.
    for wait in [0, 5, 20, 80] {
        std::thread::sleep(Duration::from_millis(wait));
        // Taken before the list is read, so that a list written in between counts as changed.
        let list = folder.open(LIST).and_then(|list| list.metadata()).ok();
        let Some(list) = list.map(|list| FileStamp::of(&list)) else { return Ok(None) };
        let opened = catch_panic(|| -> Result<Option<(IndexReader, Files)>, IndexError> {
            let mut index =
                match tantivy::Index::open(Stored::to_read(folder)?).map_err(IndexError::from) {
                    Ok(index) => index,
                    Err(error @ IndexError::System(_)) => return Err(error),
                    // Without a readable list there is no index.
                    Err(_) => return Ok(None),
                };
            let payload = commit_payload(&index).filter(|(version, _)| *version == VERSION);
            let Some((_, manifest)) = payload else { return Ok(None) };
            // Before anything else is read from the files.
            let segments = verify_segments(&index, folder)?;
            index.set_tokenizers(tokenizers());
            let reader = open_reader(&index)?;
            in_place(folder).map_err(IndexError::Unwritten)?;
            let files = Files { folder: folder.clone(), list, segments, manifest };
            Ok(Some((reader, files)))
        });
        match opened {
            Some(Ok(opened)) => return Ok(opened),
            Some(Err(error)) => failed = Some(error),
            None => return Err(IndexError::fault()),
        }
    }
    failed.map_or(Ok(None), Err)
}
