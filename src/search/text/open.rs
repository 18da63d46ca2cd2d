//! An index that is open for reading, for one library.

use std::path::Path;
use std::time::Duration;

use tantivy::{IndexReader, ReloadPolicy};

use super::directory::{Stored, in_place};
use super::document::{Book, Maker};
use super::guard::guarded;
use super::manifest::Stamp;
use super::schema::{Fields, VERSION, schema, tokenizers};
use super::sound::{self, Sound};
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
        if found.len() > 1 && !super::store::is_true(library, &found[0].1.folder) {
            let is_true = |folder: &Folder| super::store::is_true(library, folder);
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
    pub(super) fn why(&self, failed: IndexError) -> IndexError {
        let Some(files) = self.files.as_ref().filter(|_| !self.is_current()) else { return failed };
        match sound::check(self.reader.searcher().index(), &files.folder) {
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
        let opened = guarded(|| -> Result<Option<(IndexReader, Files)>, IndexError> {
            let mut index =
                match tantivy::Index::open(Stored::to_read(folder)?).map_err(IndexError::from) {
                    Ok(index) => index,
                    Err(error @ IndexError::System(_)) => return Err(error),
                    // A list that cannot be read is no index.
                    Err(_) => return Ok(None),
                };
            if super::store::payload(&index).is_none_or(|(version, _)| version != VERSION) {
                return Ok(None);
            }
            // Before anything is read from them.
            let segments = sound::check(&index, folder)?;
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
