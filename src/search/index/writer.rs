//! Writes an index: adds records, commits whenever a segment is full, and merges the segments at the end.

use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::mpsc::channel;

use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, Term};

use super::directory::{MANIFEST, Stored, clear_index, in_place, is_of_an_index};
use super::document::IndexDocument;
use super::error::IndexError;
use super::manifest::{Manifest, write_manifest};
use super::schema::{Fields, VERSION, index_schema, index_settings, tokenizers};
use super::segments::{FinishedSegment, SegmentMessage, SegmentTask};
use super::state::{commit_payload, find_changes, read_manifest};
use super::verify::verify_segments;
use crate::library::{Entry, Folder, Library, processors, spawn_some, sync};
use crate::search::catch_panic::{catch_panic, take_last_fault};

/// More segments than this are merged into one.
const SEGMENTS: usize = 8;
/// Memory of all segments in the making, in bytes. Each is committed when it is full, so that little is lost if the
/// writer is killed.
const MEMORY: usize = 224 * 1024 * 1024;
/// Memory of tantivy's own writer, which gets no documents here: the least it allows.
const LEAST: usize = 15_000_000;
/// Fewer records than this are not worth a second thread, nor a second segment.
const FEW: usize = 64;
/// More threads than this would make small segments.
const MOST: usize = 4;

/// The progress of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Records read.
    pub done: usize,
    /// Records to read.
    pub total: usize,
    /// All are read, and the segments are being merged.
    pub merging: bool,
}

/// What an update did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IndexUpdate {
    /// Records that were added, new or changed.
    pub indexed: usize,
    /// Records that were removed because they are gone from the library.
    pub removed: usize,
    /// Records that could not be read and are not in the index.
    pub unread: usize,
    /// The index was made from scratch.
    pub rebuilt: bool,
}

/// An index that is being written.
pub(super) struct Writer {
    folder: Folder,
    index: tantivy::Index,
    fields: Fields,
    manifest: Manifest,
    /// It is made from scratch, because there was none that could be updated.
    pub rebuilt: bool,
}

impl Writer {
    /// Opens the index of a folder for writing. One that is damaged or of another version is cleared.
    pub fn open(folder: &Folder) -> Result<Self, IndexError> {
        let (schema, fields) = index_schema();
        in_place(folder).map_err(IndexError::Unwritten)?;
        let opened = catch_panic(|| -> Result<Option<(tantivy::Index, Manifest)>, IndexError> {
            let index = tantivy::Index::open(Stored::to_write(folder)?)?;
            let Some((_, name)) = commit_payload(&index).filter(|(version, _)| *version == VERSION)
            else {
                return Ok(None);
            };
            // Its contents become part of new segments with new checksums.
            verify_segments(&index, folder)?;
            // Opening reads every segment: one with truncated files fails here and not later.
            super::open::open_reader(&index)?;
            Ok(read_manifest(folder, &name).map(|manifest| (index, manifest)))
        });
        let (mut index, manifest, rebuilt) = match opened {
            Some(Ok(Some((index, manifest)))) => (index, manifest, false),
            // An error of the system is no reason to rebuild it.
            Some(Err(error @ (IndexError::System(_) | IndexError::Unwritten(_)))) => {
                return Err(error);
            }
            _ => {
                drop(take_last_fault());
                clear_index(folder);
                let settings = index_settings();
                let stored = Stored::to_write(folder)?;
                let index = tantivy::Index::create(stored, schema, settings)?;
                (index, Manifest::new(), true)
            }
        };
        in_place(folder).map_err(IndexError::Unwritten)?;
        index.set_tokenizers(tokenizers());
        Ok(Self { folder: folder.clone(), index, fields, manifest, rebuilt })
    }

    /// Takes in what is new or changed, and removes what is gone.
    pub fn run(
        &mut self,
        library: &Library,
        cancelled: &AtomicBool,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<IndexUpdate, IndexError> {
        let (changed, gone) = find_changes(library, &self.manifest);
        let mut updated =
            IndexUpdate { removed: gone.len(), rebuilt: self.rebuilt, ..IndexUpdate::default() };
        if changed.is_empty() && gone.is_empty() && !self.rebuilt {
            // Nothing to do: at least verify what there is.
            let damaged = self.index.validate_checksum()?;
            return match damaged.iter().next() {
                Some(file) => Err(IndexError::Damaged(file.display().to_string())),
                None => Ok(updated),
            };
        }
        let mut writer = self.index.writer_with_num_threads(1, LEAST)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for key in &gone {
            writer.delete_term(self.term(*key));
            self.manifest.remove(key);
        }
        let stopped =
            self.add_records(library, changed, &mut writer, cancelled, &mut updated, progress)?;
        self.commit(&mut writer)?;
        if stopped {
            return Err(IndexError::Stopped);
        }
        self.merge(writer)?;
        Ok(updated)
    }

    /// Adds the segments that the threads make of the records. Returns whether it was stopped before all were read.
    fn add_records(
        &mut self,
        library: &Library,
        entries: Vec<&Entry>,
        writer: &mut IndexWriter<IndexDocument>,
        cancelled: &AtomicBool,
        updated: &mut IndexUpdate,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<bool, IndexError> {
        let total = entries.len();
        let threads = if total < FEW { 1 } else { processors(MOST) };
        let (index, manifest) = (self.index.clone(), self.manifest.clone());
        let task = SegmentTask {
            library,
            index: &index,
            fields: self.fields,
            manifest: &manifest,
            entries,
            next: AtomicUsize::new(0),
            memory: MEMORY / threads,
            cancelled,
        };
        let mut done = 0;
        std::thread::scope(|scope| {
            let (said, heard) = channel();
            let started = spawn_some(scope, threads, || {
                let (task, said) = (&task, said.clone());
                move || task.work(&said)
            });
            if started.is_err() {
                task.work(&said);
            }
            drop(said);
            for said in heard {
                match said {
                    SegmentMessage::RecordRead => {
                        done += 1;
                        progress(Progress { done, total, merging: done == total });
                    }
                    SegmentMessage::Finished(made) => {
                        updated.indexed += made.indexed.len();
                        updated.unread += made.unread.len();
                        self.add_segment(made, writer)?;
                    }
                    SegmentMessage::Failed(error) => return Err(error),
                }
            }
            Ok(())
        })?;
        Ok(done < total)
    }

    /// Adds a segment and commits it.
    fn add_segment(
        &mut self,
        made: FinishedSegment,
        writer: &mut IndexWriter<IndexDocument>,
    ) -> Result<(), IndexError> {
        let mut old = false;
        for key in made.unread.iter().chain(made.indexed.iter().map(|(key, _)| key)) {
            if self.manifest.remove(key).is_some() {
                writer.delete_term(self.term(*key));
                old = true;
            }
        }
        if old {
            // A pending deletion would also delete from a segment that is added before the commit.
            self.commit(writer)?;
        }
        self.manifest.extend(made.same.into_iter().chain(made.indexed));
        match made.segment {
            Some(segment) => {
                writer.add_segment(segment)?;
                self.commit(writer)
            }
            None => Ok(()),
        }
    }

    fn term(&self, key: u64) -> Term {
        Term::from_field_text(self.fields.meta, &format!("key:{key:016x}"))
    }

    fn commit(&self, writer: &mut IndexWriter<IndexDocument>) -> Result<(), IndexError> {
        let mut prepared = writer.prepare_commit()?;
        let name = format!("{MANIFEST}{:x}-{:x}", prepared.opstamp(), std::process::id());
        let write = |name: &str| -> io::Result<()> {
            let mut file = self.folder.create_empty(name, 0o644)?;
            file.write_all(&write_manifest(&self.manifest))?;
            sync(&file)
        };
        write(&name).map_err(IndexError::Unwritten)?;
        prepared.set_payload(&format!("spv {VERSION} {name}"));
        prepared.commit()?;
        // The manifests of earlier commits are not needed any more.
        for file in self.folder.names().unwrap_or_default() {
            let is_manifest = file.to_string_lossy().starts_with(MANIFEST);
            if file != name.as_str() && is_manifest && is_of_an_index(file.as_ref()) {
                let _ = self.folder.remove(&file);
            }
        }
        Ok(())
    }

    /// Merges the segments if there are many, and always after a rebuild.
    fn merge(&self, mut writer: IndexWriter<IndexDocument>) -> Result<(), IndexError> {
        let segments = self.index.searchable_segment_ids()?;
        if segments.len() > if self.rebuilt { 1 } else { SEGMENTS } {
            writer.merge(&segments).wait()?;
        }
        writer.garbage_collect_files().wait()?;
        writer.wait_merging_threads()?;
        // Verifies what was just written, so that no search has to.
        verify_segments(&self.index, &self.folder).map(drop)
    }
}
