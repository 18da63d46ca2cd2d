//! Files under a temporary name, in the folder where they get their own name once they are
//! complete.

use std::fs::{File, TryLockError};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
#[cfg(test)]
use std::path::PathBuf;
use std::time::Duration;

use rustix::fs::OFlags;

use super::folder::{Folder, is_unsupported, regular_file, sync};

/// The prefix of unfinished files; readers skip them and the next writer removes them.
pub(crate) const UNFINISHED: &str = ".tmp-";
/// The prefix this version uses in folders of the program,
const OURS: &str = ".tmp-spv-";
/// and in any other folder, where only files with this prefix are removed.
const OUTPUT: &str = ".tmp-spv-out-";
/// Without locks, an unfinished file that was not touched for this long has no writer any more.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);

impl Folder {
    /// Starts an unfinished file, which is removed if dropped before it is finished.
    ///
    /// # Errors
    /// The error of the system.
    pub fn unfinished(&self, mode: u32) -> io::Result<Unfinished> {
        self.create_unfinished(OURS, mode)
    }

    fn create_unfinished(&self, prefix: &str, mode: u32) -> io::Result<Unfinished> {
        loop {
            let number = std::hash::RandomState::new().build_hasher().finish();
            let name = format!("{prefix}{number:016x}");
            match self.create_new(&name, mode) {
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                file => {
                    return Ok(Unfinished {
                        file: file?,
                        folder: self.clone(),
                        name,
                        placed: false,
                    });
                }
            }
        }
    }

    /// Starts an unfinished file in a folder that is not the program's, as for an export. What
    /// killed writers left there is removed first; a lock on each file shows that its writer is
    /// alive.
    ///
    /// # Errors
    /// The error of the system.
    pub fn unfinished_output(&self, mode: u32) -> io::Result<Unfinished> {
        self.remove_leftovers();
        loop {
            let unfinished = self.create_unfinished(OUTPUT, mode)?;
            // Another writer may have removed it as a leftover before it was locked.
            match unfinished.file.try_lock() {
                Err(TryLockError::WouldBlock) => {}
                _ if unfinished.file.metadata()?.nlink() == 0 => {}
                _ => return Ok(unfinished),
            }
        }
    }

    /// Removes the user's unfinished files that no writer has locked any more.
    fn remove_leftovers(&self) {
        let me = rustix::process::geteuid().as_raw();
        for name in self.names().unwrap_or_default() {
            if !name.to_string_lossy().starts_with(OUTPUT) {
                continue;
            }
            let opened = self.open_with(&name, OFlags::RDWR, 0).and_then(regular_file);
            let Ok((file, meta)) = opened else { continue };
            let old = || meta.modified().is_ok_and(|at| at.elapsed().is_ok_and(|age| age > OLD));
            let dead = match file.try_lock() {
                Ok(()) => true,
                Err(TryLockError::Error(e)) => is_unsupported(&e) && old(),
                Err(TryLockError::WouldBlock) => false,
            };
            if meta.uid() == me && dead {
                // A file that cannot be removed does no harm.
                let _ = self.remove(&name);
            }
        }
    }

    /// Writes a temporary file, syncs it, renames it into place and syncs the folder. The umask
    /// applies to `mode`.
    ///
    /// # Errors
    /// The error of the system; the existing file is unchanged and nothing half-written is left.
    pub fn write(&self, name: impl AsRef<Path>, bytes: &[u8], mode: u32) -> io::Result<()> {
        let mut unfinished = self.unfinished(mode)?;
        unfinished.file.write_all(bytes)?;
        unfinished.finish(name)
    }

    /// Removes what killed writers left. The caller must hold the lock on a folder of the program.
    pub fn clean(&self) {
        for name in self.names().unwrap_or_default() {
            if name.to_string_lossy().starts_with(UNFINISHED) {
                // Readers skip a file that cannot be removed.
                let _ = self.remove(&name);
            }
        }
    }
}

/// A file under a temporary name. It is removed if dropped before it got its own name.
#[derive(Debug)]
pub(crate) struct Unfinished {
    /// The file itself.
    pub file: File,
    folder: Folder,
    name: String,
    placed: bool,
}

impl Unfinished {
    /// Syncs it, gives it its name, replacing an existing file, and syncs the folder.
    ///
    /// # Errors
    /// The error of the system.
    pub fn finish(self, name: impl AsRef<Path>) -> io::Result<()> {
        let folder = self.folder.clone();
        sync(&self.file)?;
        self.replace(name)?;
        folder.sync()
    }

    /// Gives it its name, replacing an existing file.
    ///
    /// # Errors
    /// The error of the system.
    pub fn replace(mut self, name: impl AsRef<Path>) -> io::Result<()> {
        self.folder.rename(&self.name, name)?;
        self.placed = true;
        Ok(())
    }

    /// Syncs it and gives it its name, never replacing an existing file.
    ///
    /// # Errors
    /// `AlreadyExists` if the name is taken, else the error of the system.
    pub fn finish_new(self, name: impl AsRef<Path>) -> io::Result<()> {
        let name = name.as_ref();
        sync(&self.file)?;
        let folder = self.folder.clone();
        match folder.link(&self.name, &folder, name) {
            // Dropping this removes the temporary name.
            Ok(()) => drop(self),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => return Err(e),
            // A file system without hard links.
            Err(_) => self.finish_without_link(name)?,
        }
        folder.sync()
    }

    /// Gives it its name without a hard link: an empty file reserves the name and is then replaced.
    fn finish_without_link(self, name: &Path) -> io::Result<()> {
        let folder = self.folder.clone();
        drop(folder.create_new(name, 0o600)?);
        let placed = self.replace(name);
        if placed.is_err() {
            let _ = folder.remove(name);
        }
        placed
    }
}

#[cfg(test)]
impl Unfinished {
    /// Leaves the file as a killed process does; returns its path.
    pub fn leave(mut self) -> PathBuf {
        self.placed = true;
        self.folder.join(&self.name)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.placed {
            // The next writer removes what is left.
            let _ = self.folder.remove(&self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Folder) -> Vec<String> {
        let names = folder.names().unwrap().into_iter();
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_takes_the_place_of_none_with_or_without_second_names() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::named(temp.path()).unwrap();
        let beside = |text: &[u8]| {
            let mut beside = folder.unfinished(0o644).unwrap();
            beside.file.write_all(text).unwrap();
            beside
        };
        beside(b"one").finish_new("a").unwrap();
        beside(b"two").finish_without_link(Path::new("b")).unwrap();
        let taken = [
            beside(b"three").finish_new("a"),
            beside(b"three").finish_without_link(Path::new("a")),
            beside(b"three").finish_new("b"),
        ];
        for refused in taken {
            assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        }
        assert_eq!(names(&folder), ["a", "b"], "nothing unfinished is left");
        assert_eq!(
            (folder.read("a", 9).unwrap(), folder.read("b", 9).unwrap()),
            (b"one".into(), b"two".into())
        );
    }

    #[test]
    fn leftovers_of_the_dead_are_removed_and_nothing_else() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::named(temp.path()).unwrap();
        let alive = folder.unfinished_output(0o644).unwrap();
        let dead = folder.create_unfinished(OUTPUT, 0o644).unwrap().leave();
        let inside = folder.unfinished(0o644).unwrap();
        for name in [".tmp-mine", ".tmp-abc123", "thesis.doc"] {
            std::fs::write(temp.path().join(name), "precious").unwrap();
        }
        std::os::unix::fs::symlink("thesis.doc", temp.path().join(".tmp-spv-out-link")).unwrap();
        drop(folder.unfinished_output(0o644).unwrap());
        assert!(!dead.exists());
        let mut left = vec![".tmp-abc123", ".tmp-mine", ".tmp-spv-out-link", "thesis.doc"];
        left.extend([alive.name.as_str(), &inside.name]);
        left.sort_unstable();
        assert_eq!(names(&folder), left);
    }
}
