//! An index that is being written: records in, a commit now and then, one segment at the end.

use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::mpsc::channel;

use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, Term};

use super::directory::{MANIFEST, Stored, clear, in_place, is_of_an_index};
use super::guard::{guarded, last_fault};
use super::manifest::{self, Manifest};
use super::schema::{Fields, VERSION, schema, tokenizers};
use super::segments::{Made, Said, Task};
use super::sound;
use super::store::{IndexError, Progress, Updated, difference, manifest_of, payload};
use super::stretch::Stretch;
use crate::library::{Entry, Folder, Library, processors, spawn_some, sync};

/// More segments than this are merged to one.
const SEGMENTS: usize = 8;
/// Memory of the segments that are being made, together, in bytes. Each is committed when it is full, so that a killed
/// writer does not begin anew.
const MEMORY: usize = 224 * 1024 * 1024;
/// Memory of the writer of tantivy, which gets no documents here: the least it allows.
const LEAST: usize = 15_000_000;
/// Fewer records than this are not worth a second thread, nor a second segment.
const FEW: usize = 64;
/// More threads than this would make small segments.
const MOST: usize = 4;

/// An index that is being written.
pub(super) struct Work {
    folder: Folder,
    index: tantivy::Index,
    fields: Fields,
    manifest: Manifest,
    /// It was made from nothing, because there was none that could be gone on with.
    pub anew: bool,
}

impl Work {
    /// Opens the index of a folder for writing; one that is damaged or of another version is made again.
    pub fn open(folder: &Folder) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        in_place(folder).map_err(IndexError::Unwritten)?;
        let opened = guarded(|| -> Result<Option<(tantivy::Index, Manifest)>, IndexError> {
            let index = tantivy::Index::open(Stored::to_write(folder)?)?;
            let Some((_, name)) = payload(&index).filter(|(version, _)| *version == VERSION) else {
                return Ok(None);
            };
            // What is gone on with is made part of new segments, which have checksums of their own.
            sound::check(&index, folder)?;
            // Opening reads every segment; one whose files are cut off fails here and not later.
            super::open::reader(&index)?;
            Ok(manifest_of(folder, &name).map(|manifest| (index, manifest)))
        });
        let (mut index, manifest, anew) = match opened {
            Some(Ok(Some((index, manifest)))) => (index, manifest, false),
            // What the system refuses now is no reason to make it again.
            Some(Err(error @ (IndexError::System(_) | IndexError::Unwritten(_)))) => {
                return Err(error);
            }
            _ => {
                drop(last_fault());
                clear(folder);
                let settings = super::schema::settings();
                let stored = Stored::to_write(folder)?;
                let index = tantivy::Index::create(stored, schema, settings)?;
                (index, Manifest::new(), true)
            }
        };
        in_place(folder).map_err(IndexError::Unwritten)?;
        index.set_tokenizers(tokenizers());
        Ok(Self { folder: folder.clone(), index, fields, manifest, anew })
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
        let mut writer = self.index.writer_with_num_threads(1, LEAST)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for key in &gone {
            writer.delete_term(self.term(*key));
            self.manifest.remove(key);
        }
        let stopped =
            self.take_in(library, changed, &mut writer, cancelled, &mut updated, progress)?;
        self.commit(&mut writer)?;
        if stopped {
            return Err(IndexError::Stopped);
        }
        self.merge(writer)?;
        Ok(updated)
    }

    /// Has segments made of records and takes them in, each when it is there; whether it was stopped before
    /// all were looked at.
    fn take_in(
        &mut self,
        library: &Library,
        entries: Vec<&Entry>,
        writer: &mut IndexWriter<Stretch>,
        cancelled: &AtomicBool,
        updated: &mut Updated,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<bool, IndexError> {
        let total = entries.len();
        let threads = if total < FEW { 1 } else { processors(MOST) };
        let (index, manifest) = (self.index.clone(), self.manifest.clone());
        let task = Task {
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
                    Said::Looked => {
                        done += 1;
                        progress(Progress { done, total, merging: done == total });
                    }
                    Said::Made(made) => {
                        updated.indexed += made.indexed.len();
                        updated.unread += made.unread.len();
                        self.made(made, writer)?;
                    }
                    Said::Failed(error) => return Err(error),
                }
            }
            Ok(())
        })?;
        Ok(done < total)
    }

    /// Takes in a segment.
    fn made(&mut self, made: Made, writer: &mut IndexWriter<Stretch>) -> Result<(), IndexError> {
        let mut old = false;
        for key in made.unread.iter().chain(made.indexed.iter().map(|(key, _)| key)) {
            if self.manifest.remove(key).is_some() {
                writer.delete_term(self.term(*key));
                old = true;
            }
        }
        if old {
            // What is still to be deleted when a segment is added would be deleted in that, too.
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

    fn commit(&self, writer: &mut IndexWriter<Stretch>) -> Result<(), IndexError> {
        let mut prepared = writer.prepare_commit()?;
        let name = format!("{MANIFEST}{:x}-{:x}", prepared.opstamp(), std::process::id());
        let write = |name: &str| -> io::Result<()> {
            let mut file = self.folder.create_empty(name, 0o644)?;
            file.write_all(&manifest::write(&self.manifest))?;
            sync(&file)
        };
        write(&name).map_err(IndexError::Unwritten)?;
        prepared.set_payload(&format!("spv {VERSION} {name}"));
        prepared.commit()?;
        // The manifests of earlier commits are no longer named by any.
        for file in self.folder.names().unwrap_or_default() {
            let is_manifest = file.to_string_lossy().starts_with(MANIFEST);
            if file != name.as_str() && is_manifest && is_of_an_index(file.as_ref()) {
                let _ = self.folder.remove(&file);
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
        writer.wait_merging_threads()?;
        // What was just written is read once, so that no search has to.
        sound::check(&self.index, &self.folder).map(drop)
    }
}
