//! The folder of what is being fetched: `.spv/get/` in the library, one `spv get` at a time.
//!
//! What is unfinished ends in `.part`, with a file `.about` beside that says which answer it is the
//! beginning of. A file has its own name only when it is whole and was found sound, so a killed
//! process leaves nothing that could be taken for more than it is.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::library::error::LibraryError;
use crate::library::{cache, safe, writer};

/// How the name of an unfinished file ends.
pub const PARTIAL: &str = ".part";
/// How the name of the file beside it ends.
const ABOUT: &str = ".about";
/// What was begun longer ago than this is not gone on with.
const OLD: Duration = Duration::from_secs(60 * 60 * 24 * 60);

/// The folder, and the right to fetch into it, held until it is dropped.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: safe::Held,
}

/// What an unfinished file is the beginning of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    /// The address that was asked for it.
    pub address: String,
    /// The ETag or the time of the answer, where there was one.
    pub tag: Option<String>,
    /// The whole length, where it was said.
    pub whole: Option<u64>,
}

impl Folder {
    /// Opens the folder in a library, which is made where it is not there, and takes its lock.
    ///
    /// # Errors
    /// When another `spv get` works there, or the library may not be written.
    pub fn open(library: &Path) -> Result<Self, LibraryError> {
        let refused = |e: io::Error| LibraryError::unwritten(library, &e);
        std::fs::create_dir_all(library).map_err(refused)?;
        let root = library.canonicalize().map_err(refused)?;
        writer::refuse_flat(&root)?;
        cache::own_folder(&root).map_err(refused)?;
        let path = safe::folder_inside(&root, ".spv/get").map_err(refused)?;
        let lock = writer::lock(&path.join("lock"))?;
        safe::clean(&path);
        let folder = Self { path, _lock: lock };
        folder.forget_old();
        Ok(folder)
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where a finished file of this name stands.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// How many bytes of a file are here, finished or not.
    #[must_use]
    pub fn here(&self, name: &str) -> u64 {
        let size = |path: PathBuf| std::fs::metadata(path).map(|meta| meta.len()).ok();
        size(self.file(name)).or_else(|| size(self.part(name))).unwrap_or(0)
    }

    /// The bytes that are free for this person on the disk of the folder, `None` where it does not say.
    #[must_use]
    pub fn free(&self) -> Option<u64> {
        let disk = rustix::fs::statvfs(&self.path).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// Keeps a few words under a name, whole or not at all.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep_words(&self, name: &str, words: &str) -> Result<(), LibraryError> {
        let path = self.file(name);
        safe::write(&path, words.as_bytes(), 0o644).map_err(|e| LibraryError::unwritten(&path, &e))
    }

    /// The words kept under a name.
    #[must_use]
    pub fn words(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.file(name)).ok()
    }

    /// Removes a file of this name and what was begun of it.
    pub fn remove(&self, name: &str) {
        for path in [self.file(name), self.part(name), self.about_file(name)] {
            // What cannot be removed is found again and judged again the next time.
            let _ = std::fs::remove_file(path);
        }
    }

    pub(super) fn part(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}{PARTIAL}"))
    }

    fn about_file(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}{ABOUT}"))
    }

    /// Opens what was begun of a file, to be written at its end.
    pub(super) fn begun(&self, name: &str) -> Result<Begun, LibraryError> {
        let path = self.part(name);
        let no_link = i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or(0);
        let open = || -> io::Result<Begun> {
            let file = OpenOptions::new()
                .create(true)
                .append(true)
                .mode(0o644)
                .custom_flags(no_link)
                .open(&path)?;
            let have = file.metadata()?.len();
            let about = std::fs::read_to_string(self.about_file(name)).ok();
            let about = about.and_then(|text| serde_json::from_str(&text).ok());
            Ok(Begun {
                file,
                have,
                about: about.unwrap_or_default(),
                about_file: self.about_file(name),
                path: path.clone(),
            })
        };
        open().map_err(|e| LibraryError::unwritten(&path, &e))
    }

    /// Gives a file that was found sound its own name.
    pub(super) fn finish(&self, name: &str, begun: Begun) -> Result<PathBuf, LibraryError> {
        let file = self.file(name);
        let rename = || -> io::Result<()> {
            begun.file.sync_all()?;
            std::fs::rename(self.part(name), &file)?;
            File::open(&self.path)?.sync_all()
        };
        rename().map_err(|e| LibraryError::unwritten(&file, &e))?;
        let _ = std::fs::remove_file(self.about_file(name));
        Ok(file)
    }

    /// Removes what was begun so long ago that nobody comes back to it.
    fn forget_old(&self) {
        for entry in std::fs::read_dir(&self.path).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Some(stem) = name.strip_suffix(PARTIAL) else { continue };
            let age =
                entry.metadata().and_then(|m| m.modified()).ok().and_then(|t| t.elapsed().ok());
            if age.is_some_and(|age| age > OLD) {
                self.remove(stem);
            }
        }
    }
}

/// An unfinished file.
#[derive(Debug)]
pub(super) struct Begun {
    file: File,
    /// How many bytes are in it.
    pub have: u64,
    /// What it is the beginning of.
    pub about: About,
    about_file: PathBuf,
    /// Where it is.
    pub path: PathBuf,
}

impl Begun {
    /// Empties the file and notes what will be the beginning in it. The note is written while the
    /// file is empty, so that it never tells of other bytes.
    pub(super) fn afresh(&mut self, about: About) -> Result<(), LibraryError> {
        let refused = |path: &Path, e: io::Error| LibraryError::unwritten(path, &e);
        self.file.set_len(0).map_err(|e| refused(&self.path, e))?;
        self.have = 0;
        let text = serde_json::to_string(&about).unwrap_or_default();
        safe::write(&self.about_file, text.as_bytes(), 0o644)
            .map_err(|e| refused(&self.about_file, e))?;
        self.about = about;
        Ok(())
    }

    /// Adds bytes at the end.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<(), LibraryError> {
        self.file.write_all(bytes).map_err(|e| LibraryError::unwritten(&self.path, &e))?;
        self.have += bytes.len() as u64;
        Ok(())
    }
}
