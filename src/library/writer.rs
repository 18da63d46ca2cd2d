//! Records into a library: one writer at a time, each record whole or not at all.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::cache::own_folder;
use super::error::LibraryError;
use super::files::{RECORD_LIMIT, is_record_name};
use super::here::{Verdict, verdict};
use super::{Replace, safe, usual_file};
use crate::record::{Record, json};

/// The strongest level of zstd that needs no more than 8 MB to unpack.
pub(super) const LEVEL: i32 = 19;

/// What a store did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// The record was not here before.
    New {
        /// Its file.
        file: PathBuf,
    },
    /// The same text is here already; nothing was written.
    Same {
        /// Its file.
        file: PathBuf,
    },
    /// It took the place of another.
    Replaced {
        /// Its file.
        file: PathBuf,
        /// Where the one before it is kept, under `editions/`.
        earlier: PathBuf,
    },
}

impl Stored {
    /// The file of the record.
    #[must_use]
    pub fn file(&self) -> &Path {
        match self {
            Self::New { file } | Self::Same { file } | Self::Replaced { file, .. } => file,
        }
    }
}

/// The right to write into a library, held until it is dropped. Readers are never kept out.
#[derive(Debug)]
pub struct Writer {
    root: PathBuf,
    _lock: safe::Held,
}

impl Writer {
    /// Takes the lock of a library, which is made if it is not there, and removes what killed
    /// writers left.
    ///
    /// # Errors
    /// When another program holds the lock, or the folder may not be written.
    pub fn open(root: &Path) -> Result<Self, LibraryError> {
        let refused = |e: io::Error| LibraryError::unwritten(root, &e);
        std::fs::create_dir_all(root).map_err(refused)?;
        let root = root.canonicalize().map_err(refused)?;
        refuse_flat(&root)?;
        let own = own_folder(&root).map_err(refused)?;
        let lock = lock(&own.join("lock"))?;
        let writer = Self { root, _lock: lock };
        writer.clean();
        Ok(writer)
    }

    /// The folder of the library, as the system names it.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn clean(&self) {
        safe::clean(&self.root.join(super::cache::FOLDER));
        for kind in ["records", "editions"] {
            let folder = self.root.join(kind);
            safe::clean(&folder);
            years(&folder).iter().for_each(|year| safe::clean(year));
        }
    }

    /// Writes one record to its usual file: beside, synced and renamed. The same text (all but
    /// `source`) changes nothing. One that was there before is kept under `editions/`.
    ///
    /// # Errors
    /// When a record that is no worse stands there with other words, or the system refuses; what
    /// was there is unchanged.
    pub fn store(&self, record: &Record, replace: Replace) -> Result<Stored, LibraryError> {
        let name = usual_file(&record.symbol, &record.language, record.date);
        let file = self.root.join(&name);
        let packed = pack(&file, record, LEVEL)?;
        let standing = match verdict(&self.root, self.standing(&name), record, replace)? {
            Verdict::Same(file) => return Ok(Stored::Same { file }),
            Verdict::Kept(file) => return Err(LibraryError::Differs { file }),
            Verdict::Written(standing) => standing,
        };
        self.folder_of(&name)?;
        let mut earlier = None;
        for path in &standing {
            let kept = self.keep_aside(path).map_err(|e| LibraryError::unwritten(path, &e))?;
            earlier.get_or_insert(kept);
        }
        safe::write(&file, &packed, 0o644).map_err(|e| LibraryError::unwritten(&file, &e))?;
        for path in standing.iter().filter(|path| **path != file) {
            std::fs::remove_file(path).map_err(|e| LibraryError::unwritten(path, &e))?;
        }
        Ok(match earlier {
            Some(earlier) => Stored::Replaced { file, earlier },
            None => Stored::New { file },
        })
    }

    /// Makes the folder of a file, from the root on.
    pub(super) fn folder_of(&self, name: &Path) -> Result<(), LibraryError> {
        let folder = name.parent().and_then(Path::to_str).unwrap_or_default();
        let path = self.root.join(folder);
        safe::folder_inside(&self.root, folder)
            .map(drop)
            .map_err(|e| LibraryError::unwritten(&path, &e))
    }

    /// The files of the same symbol and language that are here, in any year and packed or not.
    fn standing(&self, name: &Path) -> Vec<PathBuf> {
        let Some(packed) = name.file_name().and_then(|n| n.to_str()) else {
            return Vec::new();
        };
        let plain = packed.strip_suffix(".zst").unwrap_or(packed);
        let records = self.root.join("records");
        let mut folders = years(&records);
        folders.push(records);
        let candidates =
            folders.iter().flat_map(|folder| [folder.join(packed), folder.join(plain)]);
        candidates.filter(|path| path.symlink_metadata().is_ok()).collect()
    }

    /// Keeps a file under `editions/` with the first free number. It is linked there, not moved, so
    /// that a record stands in its place at every moment.
    pub(super) fn keep_aside(&self, path: &Path) -> io::Result<PathBuf> {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let (stem, ending) = match name.strip_suffix(".json.zst") {
            Some(stem) => (stem, "json.zst"),
            None => (name.strip_suffix(".json").unwrap_or(name), "json"),
        };
        let year = path.parent().and_then(Path::file_name).and_then(|n| n.to_str());
        let inside = format!("editions/{}", year.unwrap_or_default());
        let folder = safe::folder_inside(&self.root, &inside)?;
        for number in 1_u32.. {
            let aside = folder.join(format!("{stem}.{number}.{ending}"));
            if aside.symlink_metadata().is_ok() {
                // A writer that was killed may have kept this very file aside before.
                if std::fs::read(&aside)? == std::fs::read(path)? {
                    return Ok(aside);
                }
                continue;
            }
            if std::fs::hard_link(path, &aside).is_err() {
                safe::write(&aside, &std::fs::read(path)?, 0o644)?;
            }
            File::open(&folder)?.sync_all()?;
            return Ok(aside);
        }
        Err(io::Error::other("every number for an earlier edition is taken"))
    }
}

/// A flat folder of record files would seem empty once there is a `records/` in it.
pub(super) fn refuse_flat(root: &Path) -> Result<(), LibraryError> {
    if root.join("records").is_dir() {
        return Ok(());
    }
    let names = std::fs::read_dir(root).map_err(|e| LibraryError::unwritten(root, &e))?;
    let loose = names.flatten().find(|e| is_record_name(&e.file_name().to_string_lossy()));
    match loose {
        None => Ok(()),
        Some(loose) => Err(LibraryError::Bad {
            file: loose.path(),
            message:
                "this folder holds loose files and is no library; name another with --library \
                      and take these in with spv import"
                    .to_owned(),
        }),
    }
}

/// Takes the lock, or says who has it.
pub(super) fn lock(path: &Path) -> Result<safe::Held, LibraryError> {
    safe::lock(path, 0o664).map_err(|why| match why {
        safe::NotHeld::ByAnother(by) => LibraryError::Locked { lock: path.to_owned(), by },
        safe::NotHeld::Refused(e) => LibraryError::unwritten(path, &e),
    })
}

/// The folders in a folder.
pub(super) fn years(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// The bytes of a record file. What could not be read back is not written.
pub(super) fn pack(file: &Path, record: &Record, level: i32) -> Result<Vec<u8>, LibraryError> {
    let bad = |message: String| LibraryError::Bad { file: file.to_owned(), message };
    let text = json::write(record);
    if text.len() as u64 > RECORD_LIMIT {
        return Err(bad(format!("it would have more than {} MB; divide it", RECORD_LIMIT >> 20)));
    }
    let again = json::read(text.as_bytes())
        .map_err(|e| bad(format!("the record is not sound and was not written: {e}")))?;
    if again != *record {
        return Err(bad(
            "the record changes when it is written and read; it was not written".to_owned()
        ));
    }
    let pack = || -> io::Result<Vec<u8>> {
        let mut encoder = zstd::Encoder::new(Vec::new(), level)?;
        encoder.include_checksum(true)?;
        encoder.set_pledged_src_size(Some(text.len() as u64))?;
        encoder.write_all(text.as_bytes())?;
        encoder.finish()
    };
    pack().map_err(|source| LibraryError::Io { file: file.to_owned(), source })
}
