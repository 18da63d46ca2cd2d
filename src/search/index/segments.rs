//! Makes segments out of records, with a thread for each processor.
//!
//! Each thread reads records, folds their words and adds them to a segment of its own, which it hands over when it is
//! full. tantivy's own writer would take documents from one thread and distribute them to others: that is one thread
//! more than processors, and the threads evict each other's data from the caches.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;

use tantivy::indexer::{AddOperation, SegmentWriter};
use tantivy::{Index, Segment, SegmentMeta};

use super::document::{DocumentMaker, IndexDocument};
use super::error::IndexError;
use super::manifest::{FileStamp, IndexedRecord, Manifest};
use super::schema::{Fields, record_key};
use crate::library::{Entry, Library, checksum};
use crate::search::catch_panic::catch_panic;

/// Records that are read before their words are added to the segment: each of the two kinds of work then finds its
/// data in the caches.
const BATCH: usize = 32;

/// The work that the threads share.
pub(super) struct SegmentTask<'a> {
    pub library: &'a Library,
    pub index: &'a Index,
    pub fields: Fields,
    /// The records in the index.
    pub manifest: &'a Manifest,
    /// The records to read.
    pub entries: Vec<&'a Entry>,
    /// The first entry that no thread has taken.
    pub next: AtomicUsize,
    /// A segment is full when it takes this many bytes of memory.
    pub memory: usize,
    pub cancelled: &'a AtomicBool,
}

/// What a thread reports.
pub(super) enum SegmentMessage {
    /// A record was read.
    RecordRead,
    /// A segment is written.
    Finished(FinishedSegment),
    /// The thread failed.
    Failed(IndexError),
}

/// A segment that is written, and what was learned of its records.
#[derive(Default)]
pub(super) struct FinishedSegment {
    /// The segment; `None` if the records gave no document.
    pub segment: Option<SegmentMeta>,
    /// Records whose documents are in it, by their keys.
    pub indexed: Vec<(u64, IndexedRecord)>,
    /// Records whose bytes have not changed.
    pub same: Vec<(u64, IndexedRecord)>,
    /// Records that cannot be read.
    pub unread: Vec<u64>,
}

/// What came of reading a record.
enum ReadOutcome {
    Same(IndexedRecord),
    Read(IndexedRecord, Vec<IndexDocument>),
    Unread,
}

impl SegmentTask<'_> {
    /// Works until no entry is left or it is cancelled. The open segment is handed over in either case.
    pub fn work(&self, said: &Sender<SegmentMessage>) {
        let done = catch_panic(|| self.segments(said));
        let failed = match done {
            Some(Ok(())) => return,
            Some(Err(error)) => error.into(),
            None => IndexError::fault(),
        };
        let _ = said.send(SegmentMessage::Failed(failed));
    }

    fn segments(&self, said: &Sender<SegmentMessage>) -> tantivy::Result<()> {
        let mut maker = DocumentMaker::default();
        let mut open = OpenSegment::new(self)?;
        loop {
            // The receiver is gone if another thread has failed.
            let Some(batch) = self.batch(&mut maker, said) else { return Ok(()) };
            if batch.is_empty() {
                break;
            }
            for (key, looked) in batch {
                open.take(key, looked)?;
            }
            if open.writer.mem_usage() >= self.memory {
                let full = std::mem::replace(&mut open, OpenSegment::new(self)?);
                let _ = said.send(SegmentMessage::Finished(full.finish()?));
            }
        }
        let _ = said.send(SegmentMessage::Finished(open.finish()?));
        Ok(())
    }

    /// Reads the next records; an empty list when there are no more. `None` if the receiver is gone.
    fn batch(
        &self,
        maker: &mut DocumentMaker,
        said: &Sender<SegmentMessage>,
    ) -> Option<Vec<(u64, ReadOutcome)>> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Some(Vec::new());
        }
        let first = self.next.fetch_add(BATCH, Ordering::Relaxed);
        let entries = self.entries.iter().skip(first).take(BATCH);
        entries
            .map(|entry| {
                said.send(SegmentMessage::RecordRead).ok()?;
                let key = record_key(&entry.symbol, &entry.language);
                Some((key, self.look(key, entry, maker)))
            })
            .collect()
    }

    fn look(&self, key: u64, entry: &Entry, maker: &mut DocumentMaker) -> ReadOutcome {
        let read = self.library.file(entry).and_then(|file| {
            // The stamp is taken first, so that a file that changes in between is read again next time.
            let stamp = FileStamp::of(&std::fs::metadata(&file).ok()?);
            Some((stamp, self.library.bytes(entry).ok()?))
        });
        let Some((stamp, bytes)) = read else { return ReadOutcome::Unread };
        let known = IndexedRecord { stamp, hash: checksum(&bytes) };
        if self.manifest.get(&key).is_some_and(|before| before.hash == known.hash) {
            return ReadOutcome::Same(known);
        }
        match self.library.record_of(entry, &bytes) {
            Ok(record) => ReadOutcome::Read(known, maker.documents(&record, &self.fields)),
            Err(_) => ReadOutcome::Unread,
        }
    }
}

/// A segment that is being written.
struct OpenSegment {
    segment: Segment,
    writer: SegmentWriter,
    made: FinishedSegment,
}

impl OpenSegment {
    fn new(task: &SegmentTask) -> tantivy::Result<Self> {
        let segment = task.index.new_segment();
        let writer = SegmentWriter::for_segment(task.memory, segment.clone())?;
        Ok(Self { segment, writer, made: FinishedSegment::default() })
    }

    /// Adds the documents of a record. They stay neighbours.
    fn take(&mut self, key: u64, looked: ReadOutcome) -> tantivy::Result<()> {
        match looked {
            ReadOutcome::Same(known) => self.made.same.push((key, known)),
            ReadOutcome::Unread => self.made.unread.push(key),
            ReadOutcome::Read(known, documents) => {
                for document in documents {
                    self.writer.add_document(AddOperation { opstamp: 0, document })?;
                }
                self.made.indexed.push((key, known));
            }
        }
        Ok(())
    }

    /// Writes the segment.
    fn finish(self) -> tantivy::Result<FinishedSegment> {
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
