//! What a bulk import remembers in the library: which record came from which source, batch by batch.
//!
//! One JSON object a line, in `.spv/imported`. A batch counts when its line is on the disk; a line that is
//! cut or damaged is passed over, and its records are compared with their files again. The journal may be
//! deleted at any time: then the next import reads more and changes nothing.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::library::files::stamp;
use crate::library::safe::{Folder, sync};

/// The file in `.spv/`.
const FILE: &str = "imported";
/// A journal larger than this is not ours.
const LIMIT: u64 = 256 << 20;
/// How many imports are remembered as complete.
const IMPORTS: usize = 16;

/// What a record that came by bulk was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// In the words of the importer.
    pub words: String,
    /// Another record stands in its place and was kept.
    pub other: bool,
}

/// A record that stands in the library because of a source, or in spite of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Standing {
    /// Its file, from the root on.
    pub file: String,
    /// What it was made from, in the words of the importer.
    pub origin: String,
    size: u64,
    seconds: i64,
    nanos: u32,
    /// Another record stands there and was kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub other: bool,
}

impl Standing {
    /// What stands in a file now.
    pub(super) fn now(root: &Path, file: &Path, origin: &str, other: bool) -> io::Result<Self> {
        let at = stamp(&std::fs::metadata(root.join(file))?);
        let file = file.to_string_lossy().into_owned();
        let (size, seconds, nanos) = (at.size, at.seconds, at.nanos);
        Ok(Self { file, origin: origin.to_owned(), size, seconds, nanos, other })
    }

    /// Whether the file is still the one that was noted.
    fn stands(&self, root: &Path) -> bool {
        std::fs::metadata(root.join(&self.file)).is_ok_and(|meta| {
            let at = stamp(&meta);
            (at.size, at.seconds, at.nanos) == (self.size, self.seconds, self.nanos)
        })
    }
}

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    /// Records that are on the disk.
    Batch(Vec<Standing>),
    /// An import that ran to its end over these inputs.
    Complete(String),
}

/// The journal of a library, read whole.
#[derive(Debug)]
pub(super) struct Journal {
    root: PathBuf,
    folder: Folder,
    file: Option<File>,
    known: HashMap<String, Standing>,
    complete: Vec<String>,
}

impl Journal {
    /// Reads what is there; a journal that cannot be read is as good as none.
    pub(super) fn open(root: &Path, folder: Folder) -> Self {
        let mut journal = Self {
            root: root.to_owned(),
            file: None,
            known: HashMap::new(),
            complete: Vec::new(),
            folder,
        };
        for line in journal.text().unwrap_or_default().lines() {
            match serde_json::from_str(line) {
                Ok(Line::Batch(batch)) => journal.learn(batch),
                Ok(Line::Complete(inputs)) => journal.completed(inputs),
                Err(_) => {}
            }
        }
        journal
    }

    fn text(&self) -> io::Result<String> {
        let bytes = self.folder.read(FILE, LIMIT)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn learn(&mut self, batch: Vec<Standing>) {
        for standing in batch {
            self.known.insert(standing.file.clone(), standing);
        }
    }

    fn completed(&mut self, inputs: String) {
        self.complete.retain(|there| *there != inputs);
        self.complete.push(inputs);
        let more = self.complete.len().saturating_sub(IMPORTS);
        self.complete.drain(..more);
    }

    /// Whether some record was not taken because another stands in its place.
    pub(super) fn has_others(&self) -> bool {
        self.known.values().any(|standing| standing.other)
    }

    /// What came from where, where the file still is as it was left; with those that were not taken
    /// because another stands there, or without.
    pub(super) fn standing(&self, others: bool) -> HashMap<String, Origin> {
        let wanted = |standing: &&Standing| others || !standing.other;
        let still = self.known.values().filter(wanted).filter(|s| s.stands(&self.root));
        let origin = |s: &Standing| Origin { words: s.origin.clone(), other: s.other };
        still.map(|s| (s.file.clone(), origin(s))).collect()
    }

    /// Whether an import over these inputs ran to its end and everything known still stands.
    pub(super) fn is_complete(&self, inputs: &str) -> bool {
        self.complete.iter().any(|there| there == inputs)
            && self.known.values().all(|standing| standing.stands(&self.root))
    }

    /// Notes a batch; when this returns it is on the disk.
    pub(super) fn note(&mut self, batch: Vec<Standing>) -> io::Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        let mut line = serde_json::to_vec(&Line::Batch(batch.clone()))?;
        // A line that a killed writer left half would swallow this one.
        line.insert(0, b'\n');
        line.push(b'\n');
        if self.file.is_none() {
            self.file = Some(self.folder.append(FILE, 0o644)?);
        }
        if let Some(file) = &mut self.file {
            file.write_all(&line)?;
            sync(file)?;
        }
        self.learn(batch);
        Ok(())
    }

    /// Notes that an import over these inputs ran to its end, and writes the journal anew, each
    /// record once.
    pub(super) fn complete(&mut self, inputs: String) -> io::Result<()> {
        self.completed(inputs);
        let mut known: Vec<Standing> = self.known.values().cloned().collect();
        known.sort_by(|a, b| a.file.cmp(&b.file));
        let mut lines = Vec::new();
        for batch in known.chunks(256) {
            serde_json::to_writer(&mut lines, &Line::Batch(batch.to_vec()))?;
            lines.push(b'\n');
        }
        for inputs in &self.complete {
            serde_json::to_writer(&mut lines, &Line::Complete(inputs.clone()))?;
            lines.push(b'\n');
        }
        self.file = None;
        self.folder.write(FILE, &lines, 0o644)
    }
}
