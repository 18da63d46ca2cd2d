//! An index that is open for reading, for one library.

use std::path::Path;
use std::time::Duration;

use tantivy::{IndexReader, ReloadPolicy};

use super::directory::{LIST, Stored, in_place};
use super::document::Maker;
use super::error::IndexError;
use super::manifest::Stamp;
use super::schema::{Fields, VERSION, key, schema, tokenizers};
use super::state::{believed_indexes, is_true, payload};
use super::verify::{self, Sound};
use crate::library::{Catalogue, Entry, Folder, Library, Problem};
use crate::record::Language;
use crate::search::catch_panic::catch_panic;

/// Memory for an index of a few records that is made while one waits.
const SMALL: usize = 64 * 1024 * 1024;

/// The editions of a library by their [`key`], and which of them count.
#[derive(Clone, Debug, Default)]
pub(in crate::search) struct Book {
    /// Key and place in the entries of the catalogue, by key.
    keys: Vec<(u64, u32)>,
    /// Which editions count, once for every record, by their place in the catalogue.
    chosen: Vec<bool>,
}

impl Book {
    /// The book of a catalogue. Exercise debates do not stand beside real records.
    pub fn of(catalogue: &Catalogue, preferred: Option<&Language>) -> Self {
        let entries = &catalogue.entries;
        let real = entries.iter().any(|entry| !entry.exercise);
        let stands = |entry: &Entry| !(real && entry.exercise);
        let mut keys: Vec<(u64, u32)> = entries
            .iter()
            .zip(0_u32..)
            .filter(|(entry, _)| stands(entry))
            .map(|(entry, n)| (key(&entry.symbol, &entry.language), n))
            .collect();
        keys.sort_unstable();
        let mut chosen = vec![false; entries.len()];
        let mut at = 0;
        for entry in catalogue.records(preferred) {
            // The entries of a record stand together and in the order of the records.
            while entries.get(at).is_some_and(|e| !std::ptr::eq(e, entry)) {
                at += 1;
            }
            if let Some(place) = chosen.get_mut(at) {
                *place = true;
            }
            // The editions of one record: the chosen one need not be the last of them.
        }
        Self { keys, chosen }
    }

    /// The place of an edition in the catalogue, where it counts; with `every`, any edition counts.
    pub fn entry(&self, key: u64, every: bool) -> Option<u32> {
        let at = self.keys.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        let (_, entry) = self.keys[at];
        let counts = every || self.chosen.get(entry as usize).copied().unwrap_or(false);
        counts.then_some(entry)
    }
}

/// An index, open, with what is needed to count each record of a library once.
pub struct Index {
    pub(in crate::search) reader: IndexReader,
    pub(in crate::search) fields: Fields,
    pub(in crate::search) book: Book,
    /// How its files were when it was opened; `None` for one in memory.
    files: Option<Files>,
    /// The records that could not be read for one in memory, and are missing.
    pub unread: Vec<Problem>,
}

/// The files of an index, as they were.
struct Files {
    folder: Folder,
    /// The list of the segments.
    list: Stamp,
    segments: Sound,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("documents", &self.reader.searcher().num_docs()).finish()
    }
}

impl Index {
    /// Opens the index kept for a library, in it or in `cache`; one in memory for what is inside the binary.
    /// `None` where there is none of this version. `preferred` is the language of which a record counts that is
    /// here in several.
    ///
    /// Nothing is written but that its files are sound, and a writer is never waited for.
    ///
    /// # Errors
    /// When the index is damaged, or the system refuses.
    pub fn open(
        library: &Library,
        cache: Option<&Path>,
        preferred: Option<&Language>,
    ) -> Result<Option<Self>, IndexError> {
        if library.root().is_none() {
            return Self::in_memory(library, preferred).map(Some);
        }
        let (mut found, mut failed) = (Vec::new(), None);
        for folder in believed_indexes(library, cache) {
            match open_folder(&folder) {
                Ok(opened) => found.extend(opened),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        // Of two the one that is up to date, else the library's own; a look at every file tells.
        if found.len() > 1 && !is_true(library, &found[0].1.folder) {
            let is_true = |folder: &Folder| is_true(library, folder);
            let other = found.iter().position(|(_, files)| is_true(&files.folder));
            found.swap(0, other.unwrap_or(0));
        }
        let (_, fields) = schema();
        match (found.into_iter().next(), failed) {
            (Some((reader, files)), _) => Ok(Some(Self {
                reader,
                fields,
                book: Book::of(library.catalogue(), preferred),
                files: Some(files),
                unread: Vec::new(),
            })),
            (None, Some(error)) => Err(error),
            (None, None) => Ok(None),
        }
    }

    /// Indexes every record of a library in memory: for a library of a few records.
    ///
    /// # Errors
    /// When tantivy fails. Records that cannot be read are left out, and named in [`Index::unread`].
    pub fn in_memory(library: &Library, preferred: Option<&Language>) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        let mut writer = tantivy::Index::builder()
            .schema(schema)
            .tokenizers(tokenizers())
            .settings(super::schema::settings())
            .single_segment_index_writer(tantivy::directory::RamDirectory::create(), SMALL)?;
        let (mut maker, mut unread) = (Maker::default(), Vec::new());
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
        let reader = reader(&writer.finalize()?)?;
        let book = Book::of(library.catalogue(), preferred);
        Ok(Self { reader, fields, book, files: None, unread })
    }

    /// The same index for the library as it is now, or with another language preferred.
    pub fn count_for(&mut self, catalogue: &Catalogue, preferred: Option<&Language>) {
        self.book = Book::of(catalogue, preferred);
    }

    /// Whether nothing was committed, and no file changed, since it was opened. A look at some tens of files: it
    /// may be asked before every search, in the place of a thread that watches.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.files.as_ref().is_none_or(|Files { folder, list, segments }| {
            let now = std::fs::metadata(folder.join(LIST)).ok().map(|meta| Stamp::of(&meta));
            now == Some(*list) && segments.is_current(folder)
        })
    }

    /// Why a question failed: where a file was changed under it, that is why.
    pub(in crate::search) fn why(&self, failed: IndexError) -> IndexError {
        let Some(files) = self.files.as_ref().filter(|_| !self.is_current()) else { return failed };
        match verify::check(self.reader.searcher().index(), &files.folder) {
            Err(damaged @ IndexError::Damaged(_)) => damaged,
            _ => failed,
        }
    }

    /// How many segments and documents it has, those that are deleted left out.
    #[must_use]
    pub fn size(&self) -> (usize, u64) {
        let searcher = self.reader.searcher();
        (searcher.segment_readers().len(), searcher.num_docs())
    }
}

pub(super) fn reader(index: &tantivy::Index) -> tantivy::Result<IndexReader> {
    index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .doc_store_cache_num_blocks(0)
        .try_into()
}

/// The reader of a folder, where there is an index of this version in it.
fn open_folder(folder: &Folder) -> Result<Option<(IndexReader, Files)>, IndexError> {
    let mut failed = None;
    // A writer may remove a segment between the reading of the list and of the segment.
    for wait in [0, 5, 20, 80] {
        std::thread::sleep(Duration::from_millis(wait));
        // Taken before the list is read: one that is written in between counts as another.
        let list = folder.open(LIST).and_then(|list| list.metadata()).ok();
        let Some(list) = list.map(|list| Stamp::of(&list)) else { return Ok(None) };
        let opened = catch_panic(|| -> Result<Option<(IndexReader, Files)>, IndexError> {
            let mut index =
                match tantivy::Index::open(Stored::to_read(folder)?).map_err(IndexError::from) {
                    Ok(index) => index,
                    Err(error @ IndexError::System(_)) => return Err(error),
                    // A list that cannot be read is no index.
                    Err(_) => return Ok(None),
                };
            if payload(&index).is_none_or(|(version, _)| version != VERSION) {
                return Ok(None);
            }
            // Before anything is read from them.
            let segments = verify::check(&index, folder)?;
            index.set_tokenizers(tokenizers());
            let reader = reader(&index)?;
            in_place(folder).map_err(IndexError::Unwritten)?;
            let files = Files { folder: folder.clone(), list, segments };
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
