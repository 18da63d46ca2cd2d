//! The files of the debates data set on disk.

use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io::{self, BufReader};
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::cli::out::Failure;
use crate::import::dataset::{self, DatasetTables, FoundText, TableError, TarError};

/// The extensions of tables; Dataverse also serves them as `.tab`, and spreadsheets save them as `.csv`.
const ENDINGS: [&str; 4] = ["tsv", "tab", "txt", "csv"];

/// The files of a data set.
#[derive(Debug)]
pub struct DatasetFiles {
    texts: Texts,
    speakers: PathBuf,
    meta: Option<PathBuf>,
}

/// Where the texts are.
#[derive(Debug)]
enum Texts {
    /// In an archive, opened once and read at offsets by all threads.
    Archive(PathBuf, File),
    /// In a folder, one file each.
    Folder(PathBuf, Vec<PathBuf>),
}

/// The table with this stem in a folder: under its own name, else in other letters or as a copy
/// ("Speaker.tsv", "speaker (1).tab"), the first by name.
fn find_table(folder: &Path, stem: &str) -> Option<PathBuf> {
    find_named(folder, stem, &ENDINGS)
}

/// The archive of texts in a folder.
fn find_archive(folder: &Path) -> Option<PathBuf> {
    find_named(folder, "speeches", &["tar"])
}

fn find_named(folder: &Path, stem: &str, endings: &[&str]) -> Option<PathBuf> {
    let own = endings.iter().map(|end| folder.join(format!("{stem}.{end}")));
    own.into_iter().find(|path| path.is_file()).or_else(|| {
        let words = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        let named = |path: &PathBuf| {
            endings.contains(&words(path.extension()).to_lowercase().as_str())
                && dataset::is_table_name(&words(path.file_stem()), stem)
                && path.is_file()
        };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(named).min()
    })
}

/// The folder that has the texts as files: the folder itself or `speeches/` in it.
fn folder_of_texts(folder: &Path) -> Option<PathBuf> {
    [folder.join("speeches"), folder.to_owned()].into_iter().find(|folder| {
        let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
        // A few names are enough; a folder of other files may be large.
        names.take(64).any(|e| dataset::parse_name(&e.file_name().to_string_lossy()).is_some())
    })
}

/// Whether a folder is laid out as the data set.
pub fn is_dataset(folder: &Path) -> bool {
    folder.is_dir()
        && (find_archive(folder).is_some()
            || find_table(folder, "speaker").is_some() && find_table(folder, "meta").is_some()
            || folder_of_texts(folder).is_some())
}

impl DatasetFiles {
    /// Opens the files of a data set.
    ///
    /// # Errors
    /// When one that is needed is missing or may not be read.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        let missing = |what: &str| {
            Failure::wrong(format!(
                "{}: {what} is missing from this folder of the debates data set; add it and import again",
                folder.display()
            ))
        };
        let speakers = find_table(folder, "speaker").ok_or_else(|| missing("speaker.tsv"))?;
        let texts = if let Some(archive) = find_archive(folder) {
            let file = File::open(&archive).map_err(|e| Failure::io(&archive, &e))?;
            Texts::Archive(archive, file)
        } else {
            let texts = folder_of_texts(folder).ok_or_else(|| missing("speeches.tar"))?;
            let files = list_texts(&texts).map_err(|e| Failure::io(&texts, &e))?;
            Texts::Folder(texts, files)
        };
        Ok(Self { texts, speakers, meta: find_table(folder, "meta") })
    }

    /// Whether there is a table of counts.
    pub fn has_meta(&self) -> bool {
        self.meta.is_some()
    }

    /// A hash of the names, sizes, times and inodes of the files, which stays the same while they do.
    ///
    /// # Errors
    /// If a file is missing.
    pub fn stamp(&self) -> Result<String, Failure> {
        let mut hash = Sha256::new();
        let mut add = |path: &Path| -> Result<(), Failure> {
            let meta = std::fs::metadata(path).map_err(|e| Failure::io(path, &e))?;
            hash.update(format!("{}\0{}\n", path.display(), file_times(&meta)));
            Ok(())
        };
        match &self.texts {
            Texts::Archive(path, _) => add(path)?,
            Texts::Folder(folder, files) => {
                add(folder)?;
                files.iter().try_for_each(|file| add(file))?;
            }
        }
        add(&self.speakers)?;
        self.meta.as_deref().map(&mut add).transpose()?;
        Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
    }

    /// Reads both tables.
    ///
    /// # Errors
    /// If one is not such a table, is damaged or truncated (exit code 2), or cannot be read (3).
    pub fn tables(&self) -> Result<DatasetTables, Failure> {
        let mut tables = DatasetTables::default();
        let opened = |path: &Path| {
            File::open(path)
                .map(|f| BufReader::with_capacity(1 << 16, f))
                .map_err(|e| Failure::io(path, &e))
        };
        let failed = |path: &Path, error: TableError| match error {
            TableError::Io(e) => Failure::io(path, &e),
            bad @ TableError::Bad { .. } => Failure::wrong(format!("{}: {bad}", path.display())),
        };
        tables.read_speakers(opened(&self.speakers)?).map_err(|e| failed(&self.speakers, e))?;
        if let Some(meta) = &self.meta {
            tables.read_meta(opened(meta)?).map_err(|e| failed(meta, e))?;
        }
        Ok(tables)
    }

    /// Lists the texts.
    ///
    /// # Errors
    /// When the archive is damaged or cut short (exit code 2), or the system fails (3).
    pub fn list(&self) -> Result<Vec<FoundText>, Failure> {
        match &self.texts {
            Texts::Archive(path, file) => {
                // The headers are far apart, so that a large buffer would read what is skipped.
                let mut archive = BufReader::with_capacity(512, file);
                let members = dataset::list_members(&mut archive).map_err(|error| match error {
                    TarError::Io(e) => Failure::io(path, &e),
                    bad @ TarError::Bad { .. } => {
                        Failure::wrong(format!("{}: {bad}", path.display()))
                    }
                })?;
                let found = members.into_iter();
                Ok(found.map(|m| FoundText { name: m.name, at: m.at, size: m.size }).collect())
            }
            Texts::Folder(_, files) => files.iter().enumerate().map(found_text).collect(),
        }
    }

    /// The bytes of one text.
    ///
    /// # Errors
    /// When it cannot be read, or is shorter than it was when it was listed.
    pub fn read(&self, text: &FoundText) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(text.size).map_err(io::Error::other)?];
        match &self.texts {
            Texts::Archive(_, file) => file.read_exact_at(&mut bytes, text.at)?,
            Texts::Folder(_, files) => {
                let at = usize::try_from(text.at).map_err(io::Error::other)?;
                let path = files.get(at).ok_or(io::ErrorKind::NotFound)?;
                File::open(path)?.read_exact_at(&mut bytes, 0)?;
            }
        }
        Ok(bytes)
    }

    /// The table of speakers, for messages.
    pub fn speakers(&self) -> &Path {
        &self.speakers
    }

    /// The file or folder with the texts, for messages.
    pub fn file(&self) -> &Path {
        match &self.texts {
            Texts::Archive(path, _) | Texts::Folder(path, _) => path,
        }
    }
}

/// The regular files in a folder that are named as in the data set, sorted by name. Links are skipped.
fn list_texts(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let named = dataset::parse_name(&entry.file_name().to_string_lossy()).is_some();
        if named && entry.file_type()?.is_file() {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

fn found_text((at, file): (usize, &PathBuf)) -> Result<FoundText, Failure> {
    let size = std::fs::metadata(file).map_err(|e| Failure::io(file, &e))?.len();
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(FoundText { name, at: at as u64, size })
}

fn file_times(meta: &Metadata) -> String {
    let parts = [meta.mtime(), meta.mtime_nsec(), meta.ctime(), meta.ctime_nsec()];
    format!("{} {} {} {parts:?}", meta.len(), meta.dev(), meta.ino())
}
