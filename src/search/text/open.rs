//! An index that is open for reading, for one library.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tantivy::{IndexReader, ReloadPolicy};

use super::directory::{Stored, in_place};
use super::document::{Book, Maker};
use super::guard::guarded;
use super::manifest::Stamp;
use super::schema::{Fields, VERSION, schema, tokenizers};
use super::store::{IndexError, believed_indexes};
use crate::library::{Catalogue, Folder, Library, Problem};
use crate::record::Language;

/// Memory for an index of a few records that is made while one waits.
const SMALL: usize = 64 * 1024 * 1024;
/// The file with the list of the segments.
pub(super) const LIST: &str = "meta.json";

/// An index, open, with what is needed to count each record of a library once.
pub struct Index {
    pub(super) reader: IndexReader,
    pub(super) fields: Fields,
    pub(super) book: Book,
    /// The list of its segments and how that stood when it was opened; `None` for one in memory.
    list: Option<(PathBuf, Stamp)>,
    /// The records that could not be read for one in memory, and are missing.
    pub unread: Vec<Problem>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("documents", &self.reader.searcher().num_docs()).finish()
    }
}

impl Index {
    /// Opens the index kept for a library, in it or in `cache`; one in memory for what is inside the binary.
    /// `None` where there is none, or none that is sound and of this version. `preferred` is the language
    /// of which a record counts that is here in several.
    ///
    /// Nothing is written, and a writer is never waited for.
    ///
    /// # Errors
    /// When the debates inside the binary cannot be indexed, which nothing outside is the cause of.
    pub fn open(
        library: &Library,
        cache: Option<&Path>,
        preferred: Option<&Language>,
    ) -> Result<Option<Self>, IndexError> {
        if library.root().is_none() {
            return Self::in_memory(library, preferred).map(Some);
        }
        let mut found: Vec<(IndexReader, Stamp, Folder)> = Vec::new();
        for folder in believed_indexes(library, cache) {
            found.extend(open_folder(&folder).map(|(reader, stamp)| (reader, stamp, folder)));
        }
        // Of two the one that is up to date, else the library's own; a look at every file tells.
        if found.len() > 1 && !super::store::is_true(library, &found[0].2) {
            let is_true = |folder: &Folder| super::store::is_true(library, folder);
            let other = found.iter().position(|(_, _, folder)| is_true(folder));
            found.swap(0, other.unwrap_or(0));
        }
        let (_, fields) = schema();
        Ok(found.into_iter().next().map(|(reader, stamp, folder)| Self {
            reader,
            fields,
            book: Book::of(library.catalogue(), preferred),
            list: Some((folder.join(LIST), stamp)),
            unread: Vec::new(),
        }))
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
            .single_segment_index_writer(tantivy::directory::RamDirectory::create(), SMALL)?;
        let (mut maker, mut unread) = (Maker::default(), Vec::new());
        for entry in &library.catalogue().entries {
            let record = match library.load(entry) {
                Ok(record) => record,
                Err(error) => {
                    let file = library.file(entry).unwrap_or_else(|| entry.file());
                    unread.push(Problem::unread(file, &error));
                    continue;
                }
            };
            for document in maker.documents(&record, &fields) {
                writer.add_document(document)?;
            }
        }
        let reader = reader(&writer.finalize()?)?;
        let book = Book::of(library.catalogue(), preferred);
        Ok(Self { reader, fields, book, list: None, unread })
    }

    /// The same index for the library as it is now, or with another language preferred.
    pub fn count_for(&mut self, catalogue: &Catalogue, preferred: Option<&Language>) {
        self.book = Book::of(catalogue, preferred);
    }

    /// Whether nothing was committed since it was opened. One look at a file: it may be asked before
    /// every search, in the place of a thread that watches.
    #[must_use]
    pub fn is_current(&self) -> bool {
        let now = |path: &Path| std::fs::metadata(path).ok().map(|meta| Stamp::of(&meta));
        self.list.as_ref().is_none_or(|(path, then)| now(path) == Some(*then))
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

/// The reader of a folder, where there is an index of this version in it that can be read.
fn open_folder(folder: &Folder) -> Option<(IndexReader, Stamp)> {
    // A writer may remove a segment between the reading of the list and of the segment.
    for wait in [0, 5, 20, 80] {
        std::thread::sleep(Duration::from_millis(wait));
        // Taken before the list is read: one that is written in between counts as another.
        let list = folder.open(LIST).and_then(|list| list.metadata()).ok()?;
        let opened = guarded(|| -> tantivy::Result<Option<IndexReader>> {
            let mut index = tantivy::Index::open(Stored::to_read(folder)?)?;
            if super::store::payload(&index).is_none_or(|(version, _)| version != VERSION) {
                return Ok(None);
            }
            index.set_tokenizers(tokenizers());
            let reader = reader(&index)?;
            in_place(folder)?;
            Ok(Some(reader))
        });
        match opened {
            Some(Ok(reader)) => return reader.map(|reader| (reader, Stamp::of(&list))),
            Some(Err(_)) => {}
            None => return None,
        }
    }
    None
}
