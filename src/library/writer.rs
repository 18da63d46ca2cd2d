//! Writes records into a library: one writer at a time, each record completely or not at all.

use std::fs::File;
use std::io::{self, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::catalogue::usual_file;
use super::error::LibraryError;
use super::existing::{Replace, Verdict, decide, subfolders};
use super::files::{RECORD_LIMIT, is_record_name, read_record};
use super::keeping::{FOLDER, own_folder};
use super::safe::lock::lock_in;
use super::safe::{Folder, Held, NotHeld};
use crate::record::{Language, Record, json};

/// The highest zstd level that needs no more than 8 MB to unpack.
pub(super) const LEVEL: i32 = 19;

/// The result of storing a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// The record is new.
    New {
        /// Its file.
        file: PathBuf,
    },
    /// The library already has the same text; nothing was written.
    Same {
        /// Its file.
        file: PathBuf,
    },
    /// It replaced another.
    Replaced {
        /// Its file.
        file: PathBuf,
        /// Where the replaced one is kept, under `editions/`.
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

/// The right to write into a library, held until dropped. Readers are never blocked.
#[derive(Debug)]
pub struct Writer {
    root: PathBuf,
    folder: Folder,
    own: Folder,
    lock: Held,
}

impl Writer {
    /// Takes the lock of a library, which is created if missing, and removes what killed writers
    /// left.
    ///
    /// # Errors
    /// If another program holds the lock or the folder cannot be written.
    pub fn open(root: &Path) -> Result<Self, LibraryError> {
        let refused = |e: io::Error| LibraryError::unwritten(root, &e);
        std::fs::create_dir_all(root).map_err(refused)?;
        let root = root.canonicalize().map_err(refused)?;
        refuse_flat(&root)?;
        let folder = Folder::named(&root).map_err(refused)?;
        let unmade = |e| LibraryError::unwritten(&folder.join(FOLDER), &e);
        let own = own_folder(&folder).map_err(unmade)?;
        let lock = take_lock(&own)?;
        let writer = Self { root, folder, own, lock };
        writer.clean();
        Ok(writer)
    }

    /// The folder of the library, as the system names it.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A warning if the file system has no locks.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        (!self.lock.is_kept).then(|| {
            format!(
                "{}: this file system keeps no locks; make sure that no other spv writes into this library",
                self.root.display()
            )
        })
    }

    /// The folder for derived files.
    pub(super) fn own(&self) -> &Folder {
        &self.own
    }

    fn clean(&self) {
        self.own.clean();
        for kind in ["records", "editions"] {
            if let Ok(folder) = self.folder.folder(kind) {
                folder.clean();
                folder.folders().iter().for_each(Folder::clean);
            }
        }
    }

    /// The editions of a record in other official languages that the library has for the same year. One
    /// that cannot be read is left out.
    #[must_use]
    pub fn other_editions(&self, record: &Record) -> Vec<Record> {
        Language::OFFICIAL
            .iter()
            .filter(|language| **language != record.language)
            .map(|language| self.root.join(usual_file(&record.symbol, language, record.date)))
            .filter(|file| file.is_file())
            .filter_map(|file| read_record(&file).ok())
            .collect()
    }

    /// Writes a record to its usual file: first to a temporary file, synced, then renamed. The same
    /// text (all but `source`) changes nothing. A replaced file is kept under `editions/`.
    ///
    /// # Errors
    /// If the library has the record with other words from a source that is no worse, or the system
    /// refuses; nothing is changed then.
    pub fn store(&self, record: &Record, replace: Replace) -> Result<Stored, LibraryError> {
        let name = usual_file(&record.symbol, &record.language, record.date);
        let file = self.root.join(&name);
        let packed = pack_record(&file, record, LEVEL)?;
        let existing = match decide(&self.root, self.files_of(&name), record, replace)? {
            Verdict::Same(file) => return Ok(Stored::Same { file }),
            Verdict::Kept(file) => return Err(LibraryError::Differs { file }),
            Verdict::Written(existing) => existing,
        };
        let unwritten = |e| LibraryError::unwritten(&file, &e);
        let (year, packed_name) = (name.parent().unwrap_or(&name), name.file_name());
        let year = self.make_folder(year).map_err(unwritten)?;
        let mut earlier = None;
        for path in &existing {
            let kept = self.keep_aside(path).map_err(|e| LibraryError::unwritten(path, &e))?;
            earlier.get_or_insert(kept);
        }
        year.write(packed_name.unwrap_or_default(), &packed, 0o644).map_err(unwritten)?;
        for path in existing.iter().filter(|path| **path != file) {
            self.remove(path).map_err(|e| LibraryError::unwritten(path, &e))?;
        }
        Ok(match earlier {
            Some(earlier) => Stored::Replaced { file, earlier },
            None => Stored::New { file },
        })
    }

    /// The files with the same symbol and language, in any year, packed or not.
    fn files_of(&self, name: &Path) -> Vec<PathBuf> {
        let Some(packed) = name.file_name().and_then(|n| n.to_str()) else {
            return Vec::new();
        };
        let plain = packed.strip_suffix(".zst").unwrap_or(packed);
        let records = self.root.join("records");
        let mut folders = subfolders(&records);
        folders.push(records);
        let candidates =
            folders.iter().flat_map(|folder| [folder.join(packed), folder.join(plain)]);
        candidates.filter(|path| path.symlink_metadata().is_ok()).collect()
    }

    /// Keeps a file under `editions/` with the first free number. It is linked, not moved, so that
    /// the record is never missing from its place.
    pub(super) fn keep_aside(&self, path: &Path) -> io::Result<PathBuf> {
        let (from, name) = self.folder_of(path)?;
        let (stem, ending) = match name.strip_suffix(".json.zst") {
            Some(stem) => (stem, "json.zst"),
            None => (name.strip_suffix(".json").unwrap_or(&name), "json"),
        };
        let year = path.parent().and_then(Path::file_name).unwrap_or_default();
        let folder = self.make_folder(&Path::new("editions").join(year))?;
        for number in 1_u32.. {
            let aside = format!("{stem}.{number}.{ending}");
            if folder.has(&aside) {
                // A killed writer may already have kept this file aside.
                if same_bytes(&folder, &aside, &from, &name) {
                    return Ok(folder.join(aside));
                }
                continue;
            }
            // Not every file system has hard links.
            if from.link(&name, &folder, &aside).is_ok() {
                folder.sync()?;
            } else {
                let mut copy = folder.unfinished(0o644)?;
                io::copy(&mut from.open(&name)?, &mut copy.file)?;
                copy.finish(&aside)?;
            }
            return Ok(folder.join(aside));
        }
        Err(io::Error::other("every number for an earlier edition is taken"))
    }

    /// Removes a file of the library.
    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        let (folder, name) = self.folder_of(path)?;
        folder.remove(name)
    }

    /// The folder of a file, and its name there. Files may be read through links, but not written
    /// or removed.
    fn folder_of(&self, path: &Path) -> io::Result<(Folder, String)> {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let name = inside.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        let folder = self.folder.descend(inside.parent().unwrap_or(Path::new("")))?;
        Ok((folder, name))
    }

    /// Opens a folder of the library, creating it and its parents if missing.
    pub(super) fn make_folder(&self, folder: &Path) -> io::Result<Folder> {
        let parts = folder.components();
        parts.into_iter().try_fold(self.folder.clone(), |at, part| {
            at.make_folder(part, 0o775).map(|(made, _)| made)
        })
    }
}

/// Whether two files are regular files with the same bytes.
fn same_bytes(one: &Folder, name: &str, other: &Folder, named: &str) -> bool {
    let open = |folder: &Folder, name: &str| -> io::Result<(u64, File)> {
        let file = folder.open(name)?;
        Ok((file.metadata()?.len(), file))
    };
    let (Ok((size, one)), Ok((length, other))) = (open(one, name), open(other, named)) else {
        return false;
    };
    let mut bytes = BufReader::new(one).bytes();
    size == length
        && BufReader::new(other).bytes().all(
            |byte| matches!((byte, bytes.next()), (Ok(here), Some(Ok(there))) if here == there),
        )
}

/// Refuses a flat folder of record files, which would look empty with a `records/` in it.
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
                "this folder holds loose record files and is not a library; name another with --library \
                      and import these with spv import"
                    .to_owned(),
        }),
    }
}

/// Takes the lock, or reports who holds it.
pub(super) fn take_lock(folder: &Folder) -> Result<Held, LibraryError> {
    let path = folder.join("lock");
    lock_in(folder, "lock").map_err(|why| match why {
        NotHeld::ByAnother(by) => LibraryError::Locked { lock: path, by },
        NotHeld::Refused(e) => LibraryError::unwritten(&path, &e),
    })
}

/// The bytes of a record file. A record that would not read back unchanged is refused.
pub(super) fn pack_record(
    file: &Path,
    record: &Record,
    level: i32,
) -> Result<Vec<u8>, LibraryError> {
    let bad = |message: String| LibraryError::Bad { file: file.to_owned(), message };
    let text = json::write_record(record);
    if text.len() as u64 > RECORD_LIMIT {
        return Err(bad(format!(
            "the record file would have more than {} MB; split the record",
            RECORD_LIMIT >> 20
        )));
    }
    let again = json::read_record(text.as_bytes())
        .map_err(|e| bad(format!("not a valid record, not written: {e}")))?;
    if again != *record {
        return Err(bad("the record would not read back unchanged; not written".to_owned()));
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
