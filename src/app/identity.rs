//! What an export was made from, so that it can be told later whether another one is of the same: the program, the
//! facts, and the library.

use sha2::{Digest as _, Sha256};

use crate::facts;
use crate::library::Library;
use crate::search::index::Index;

use super::number::thousands;

/// What an export was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The program and its version: `spv 0.2.0`.
    pub program: String,
    /// The facts: see [`facts::edition`].
    pub facts: String,
    /// The library: a hash over the checksums of its records, the same wherever the same records are.
    pub library: String,
    /// The number of editions in it.
    pub records: usize,
}

impl Identity {
    /// What an answer from an index was made from: the records are those that are in the index.
    pub fn of_index(index: &Index, library: &Library) -> Self {
        let sums = index.record_checksums(library).unwrap_or_default();
        let mut hash = Sha256::new();
        for (edition, sum) in &sums {
            hash.update(edition.to_le_bytes());
            hash.update(sum.to_le_bytes());
        }
        let hash: String =
            hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self {
            program: concat!("spv ", env!("CARGO_PKG_VERSION")).to_owned(),
            facts: facts::edition(),
            library: if sums.is_empty() { "not known".to_owned() } else { hash },
            records: sums.len(),
        }
    }

    /// In one line.
    pub fn line(&self) -> String {
        let Self { program, facts, library, records } = self;
        format!("{program}; facts {facts}; library {library}, {} editions", thousands(*records))
    }
}
