//! An index that is being written: records in, a commit now and then, one segment at the end.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::directory::MmapDirectory;
use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::{IndexWriter, Term};

use super::directory::Writable;
use super::document::Maker;
use super::guard::guarded;
use super::manifest::{self, Known, Manifest, Stamp};
use super::schema::{Fields, VERSION, key, schema, tokenizers};
use super::store::{IndexError, Progress, Updated, difference, manifest_of, payload};
use super::stretch::Stretch;
use crate::library::{Entry, Library};

/// After so many records what was done is committed, so that a killed writer does not begin anew.
const BETWEEN_COMMITS: usize = 2_500;
/// More segments than this are merged to one.
const SEGMENTS: usize = 8;
/// Memory of the writer, for all of its threads, in bytes.
const MEMORY: usize = 160 * 1024 * 1024;

fn writable(folder: &Path) -> tantivy::Result<Writable> {
    Ok(Writable { inner: MmapDirectory::open(folder)?, folder: folder.to_owned() })
}

/// Removes everything but the lock. Only for who holds it.
pub(super) fn clear(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name() != "lock" {
            // What cannot be removed makes the next step fail with its reason.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// An index that is being written.
pub(super) struct Work {
    folder: PathBuf,
    index: tantivy::Index,
    fields: Fields,
    manifest: Manifest,
    /// It was made from nothing, because there was none that could be gone on with.
    pub anew: bool,
}

impl Work {
    /// Opens the index of a folder for writing; one that is damaged or of another version is made again.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        let opened = guarded(|| {
            let index = tantivy::Index::open(writable(folder).ok()?).ok()?;
            let (_, name) = payload(&index).filter(|(version, _)| *version == VERSION)?;
            // Opening reads every segment; one whose files are cut off fails here and not later.
            super::open::reader(&index).ok()?;
            Some((index, manifest_of(folder, &name)?))
        });
        let (mut index, manifest, anew) = match opened {
            Some(Some((index, manifest))) => (index, manifest, false),
            _ => {
                clear(folder);
                let settings = tantivy::IndexSettings::default();
                let index = tantivy::Index::create(writable(folder)?, schema, settings)?;
                (index, Manifest::new(), true)
            }
        };
        index.set_tokenizers(tokenizers());
        Ok(Self { folder: folder.to_owned(), index, fields, manifest, anew })
    }

    /// Takes in what is new or changed, and removes what is gone.
    pub fn run(
        &mut self,
        library: &Library,
        cancelled: &AtomicBool,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Updated, IndexError> {
        let (changed, gone) = difference(library, &self.manifest);
        let mut updated = Updated { removed: gone.len(), anew: self.anew, ..Updated::default() };
        if changed.is_empty() && gone.is_empty() && !self.anew {
            // Nothing to do: then it is at least made sure that what there is, is sound.
            let damaged = self.index.validate_checksum()?;
            return match damaged.iter().next() {
                Some(file) => Err(IndexError::Damaged(file.display().to_string())),
                None => Ok(updated),
            };
        }
        let few = changed.len() < 64;
        let (threads, memory) = if few { (1, MEMORY / 4) } else { (2, MEMORY) };
        let mut writer: IndexWriter<Stretch> =
            self.index.writer_with_num_threads(threads, memory)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for key in &gone {
            writer.delete_term(self.term(*key));
            self.manifest.remove(key);
        }
        let mut maker = Maker::default();
        let total = changed.len();
        for (done, entry) in changed.into_iter().enumerate() {
            if cancelled.load(Ordering::Relaxed) {
                self.commit(&mut writer)?;
                return Err(IndexError::Stopped);
            }
            progress(Progress { done, total, merging: false });
            self.record(library, entry, &writer, &mut maker, &mut updated)?;
            if done % BETWEEN_COMMITS == BETWEEN_COMMITS - 1 {
                self.commit(&mut writer)?;
            }
        }
        progress(Progress { done: total, total, merging: true });
        self.commit(&mut writer)?;
        self.merge(writer)?;
        Ok(updated)
    }

    fn term(&self, key: u64) -> Term {
        Term::from_field_text(self.fields.meta, &format!("key:{key:016x}"))
    }

    /// Takes in one record, where its bytes are others than those that were taken in.
    fn record(
        &mut self,
        library: &Library,
        entry: &Entry,
        writer: &IndexWriter<Stretch>,
        maker: &mut Maker,
        updated: &mut Updated,
    ) -> Result<(), IndexError> {
        let key = key(&entry.symbol, &entry.language);
        let read = library.file(entry).and_then(|file| {
            // The stamp is taken first: a file that changes in between is looked at again.
            let stamp = Stamp::of(&std::fs::metadata(&file).ok()?);
            let bytes = library.bytes(entry).ok()?;
            Some((stamp, manifest::hash(&bytes), bytes))
        });
        let before = self.manifest.get(&key).copied();
        if let (Some((stamp, hash, _)), Some(before)) = (&read, before)
            && before.hash == *hash
        {
            self.manifest.insert(key, Known { stamp: *stamp, hash: *hash });
            return Ok(());
        }
        let mut operations: Vec<UserOperation<Stretch>> = Vec::new();
        if before.is_some() {
            operations.push(UserOperation::Delete(self.term(key)));
        }
        let record = read.and_then(|(stamp, hash, bytes)| {
            Some((stamp, hash, library.record_of(entry, &bytes).ok()?))
        });
        match record {
            Some((stamp, hash, record)) => {
                let documents = maker.documents(&record, &self.fields);
                operations.extend(documents.into_iter().map(UserOperation::Add));
                self.manifest.insert(key, Known { stamp, hash });
                updated.indexed += 1;
            }
            None => {
                self.manifest.remove(&key);
                updated.unread += 1;
            }
        }
        // In one batch, so that the documents of a record stay neighbours in one segment.
        writer.run(operations)?;
        Ok(())
    }

    fn commit(&self, writer: &mut IndexWriter<Stretch>) -> Result<(), IndexError> {
        let mut prepared = writer.prepare_commit()?;
        let name = format!("records-{:x}-{:x}", prepared.opstamp(), std::process::id());
        let write = |name: &str| -> io::Result<()> {
            let mut file = File::create(self.folder.join(name))?;
            file.write_all(manifest::write(&self.manifest).as_bytes())?;
            file.sync_all()
        };
        write(&name).map_err(IndexError::Unwritten)?;
        prepared.set_payload(&format!("spv {VERSION} {name}"));
        prepared.commit()?;
        // The manifests of earlier commits are no longer named by any.
        for entry in std::fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let file = entry.file_name();
            if file != name.as_str() && file.to_string_lossy().starts_with("records-") {
                let _ = std::fs::remove_file(entry.path());
            }
        }
        Ok(())
    }

    /// Puts the segments together where there are many: after the first making always.
    fn merge(&self, mut writer: IndexWriter<Stretch>) -> Result<(), IndexError> {
        let segments = self.index.searchable_segment_ids()?;
        if segments.len() > if self.anew { 1 } else { SEGMENTS } {
            writer.merge(&segments).wait()?;
        }
        writer.garbage_collect_files().wait()?;
        Ok(writer.wait_merging_threads()?)
    }
}
