//! Segments made out of records, on all processors: each thread reads records, folds their words and keeps them
//! in a segment of its own, which it hands over when it is full.
//!
//! tantivy would take documents from one thread and share them out to others. Then three threads are at work where two
//! processors are, and drive each other's words out of the caches.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;

use tantivy::indexer::{AddOperation, SegmentWriter};
use tantivy::{Index, Segment, SegmentMeta};

use super::document::{Maker, Stretch};
use super::error::IndexError;
use super::manifest::{Known, Manifest, Stamp};
use super::schema::{Fields, key};
use crate::library::{Entry, Library, checksum};
use crate::search::catch_panic::catch_panic;

/// So many records are read before their words are put into the segment, so that each of the two kinds of work
/// finds its own things in the caches.
const BATCH: usize = 32;

/// What is to be done, shared by the threads.
pub(super) struct Task<'a> {
    pub library: &'a Library,
    pub index: &'a Index,
    pub fields: Fields,
    /// What is known of the records in the index.
    pub manifest: &'a Manifest,
    /// The records to be looked at.
    pub entries: Vec<&'a Entry>,
    /// The first entry nobody has taken.
    pub next: AtomicUsize,
    /// A segment that takes so many bytes of memory is full.
    pub memory: usize,
    pub cancelled: &'a AtomicBool,
}

/// What a thread has to say.
pub(super) enum Said {
    /// A record was looked at.
    Looked,
    /// A segment is written.
    Made(Made),
    /// It cannot go on.
    Failed(IndexError),
}

/// A segment that is written, or nothing but news of records.
#[derive(Default)]
pub(super) struct Made {
    /// The segment, where any document came of the records.
    pub segment: Option<SegmentMeta>,
    /// Records whose documents are in it, by their keys.
    pub indexed: Vec<(u64, Known)>,
    /// Records whose bytes are what they were.
    pub same: Vec<(u64, Known)>,
    /// Records that cannot be read.
    pub unread: Vec<u64>,
}

/// What was found of a record.
enum Looked {
    Same(Known),
    Read(Known, Vec<Stretch>),
    Unread,
}

impl Task<'_> {
    /// Works until nothing is left to be taken, or until it is cancelled: what was begun is handed over then, too.
    pub fn work(&self, said: &Sender<Said>) {
        let done = catch_panic(|| self.segments(said));
        let failed = match done {
            Some(Ok(())) => return,
            Some(Err(error)) => error.into(),
            None => IndexError::fault(),
        };
        let _ = said.send(Said::Failed(failed));
    }

    fn segments(&self, said: &Sender<Said>) -> tantivy::Result<()> {
        let mut maker = Maker::default();
        let mut open = Open::new(self)?;
        loop {
            // Where nobody listens any more, another thread has failed.
            let Some(batch) = self.batch(&mut maker, said) else { return Ok(()) };
            if batch.is_empty() {
                break;
            }
            for (key, looked) in batch {
                open.take(key, looked)?;
            }
            if open.writer.mem_usage() >= self.memory {
                let full = std::mem::replace(&mut open, Open::new(self)?);
                let _ = said.send(Said::Made(full.finish()?));
            }
        }
        let _ = said.send(Said::Made(open.finish()?));
        Ok(())
    }

    /// Takes some records and looks at them; none when there are no more. `None` where nobody wants to know.
    fn batch(&self, maker: &mut Maker, said: &Sender<Said>) -> Option<Vec<(u64, Looked)>> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Some(Vec::new());
        }
        let first = self.next.fetch_add(BATCH, Ordering::Relaxed);
        let entries = self.entries.iter().skip(first).take(BATCH);
        entries
            .map(|entry| {
                said.send(Said::Looked).ok()?;
                let key = key(&entry.symbol, &entry.language);
                Some((key, self.look(key, entry, maker)))
            })
            .collect()
    }

    fn look(&self, key: u64, entry: &Entry, maker: &mut Maker) -> Looked {
        let read = self.library.file(entry).and_then(|file| {
            // The stamp is taken first: a file that changes in between is looked at again.
            let stamp = Stamp::of(&std::fs::metadata(&file).ok()?);
            Some((stamp, self.library.bytes(entry).ok()?))
        });
        let Some((stamp, bytes)) = read else { return Looked::Unread };
        let known = Known { stamp, hash: checksum(&bytes) };
        if self.manifest.get(&key).is_some_and(|before| before.hash == known.hash) {
            return Looked::Same(known);
        }
        match self.library.record_of(entry, &bytes) {
            Ok(record) => Looked::Read(known, maker.documents(&record, &self.fields)),
            Err(_) => Looked::Unread,
        }
    }
}

/// A segment that is being written.
struct Open {
    segment: Segment,
    writer: SegmentWriter,
    made: Made,
}

impl Open {
    fn new(task: &Task) -> tantivy::Result<Self> {
        let segment = task.index.new_segment();
        let writer = SegmentWriter::for_segment(task.memory, segment.clone())?;
        Ok(Self { segment, writer, made: Made::default() })
    }

    /// Takes in what was found of a record. Its documents stay neighbours.
    fn take(&mut self, key: u64, looked: Looked) -> tantivy::Result<()> {
        match looked {
            Looked::Same(known) => self.made.same.push((key, known)),
            Looked::Unread => self.made.unread.push(key),
            Looked::Read(known, documents) => {
                for document in documents {
                    self.writer.add_document(AddOperation { opstamp: 0, document })?;
                }
                self.made.indexed.push((key, known));
            }
        }
        Ok(())
    }

    /// Writes it.
    fn finish(self) -> tantivy::Result<Made> {
        let Self { segment, writer, mut made } = self;
        let documents = writer.max_doc();
        if documents > 0 {
            writer.finalize()?;
            let meta = segment.with_max_doc(documents).meta().clone();
            meta.untrack_temp_docstore();
            made.segment = Some(meta);
        }
        Ok(made)
    }
}
