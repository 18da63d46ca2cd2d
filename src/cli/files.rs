//! Files and folders named on the command line: which of them are read, and with what limit.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::out::Failure;
use crate::library::RECORD_LIMIT;

/// What a file is taken for, by the end of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Plain text, `.txt`.
    Text,
    /// A record file, `.json` or `.json.zst`.
    Json,
    /// An official PDF, `.pdf`.
    Pdf,
    /// A pack, `.tar`.
    Tar,
    /// Anything else.
    Other,
}

impl FileKind {
    /// The sort of a file by its name.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        if name.ends_with(".txt") {
            Self::Text
        } else if name.ends_with(".json") || name.ends_with(".json.zst") {
            Self::Json
        } else if name.ends_with(".pdf") {
            Self::Pdf
        } else if name.ends_with(".tar") {
            Self::Tar
        } else {
            Self::Other
        }
    }
}

/// The files in a folder and in the folders below it, by name; hidden ones and links to folders
/// are passed over, so that a loop of links ends.
///
/// # Errors
/// When a folder cannot be read.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let io = |e: std::io::Error| Failure::io(folder, &e);
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).map_err(io)?.collect::<Result<_, _>>().map_err(io)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut files = Vec::new();
    for entry in entries {
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        if entry.file_type().map_err(io)?.is_dir() {
            files.extend(files_below(&path)?);
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

/// The bytes of a file, unpacked where it is packed.
///
/// # Errors
/// When it cannot be read (exit code 3), is larger than any record or cannot be unpacked (2).
pub fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let io = |e: std::io::Error| Failure::io(path, &e);
    // Asked before it is opened: to open a pipe is to wait for its writer.
    if !std::fs::metadata(path).map_err(io)?.is_file() {
        return Err(Failure::wrong(format!(
            "{}: this is no ordinary file; name a .txt, .pdf or .json file",
            path.display()
        )));
    }
    let file = File::open(path).map_err(io)?;
    if path.extension().is_some_and(|end| end == "zst") {
        let unpacked = zstd::stream::read::Decoder::new(file)
            .and_then(|mut decoder| decoder.window_log_max(23).map(|()| decoder));
        return unpacked.and_then(|decoder| read_limited(path, decoder)).map_err(|e| {
            Failure::wrong(format!(
                "{}: it cannot be unpacked ({e}); it is damaged or no zstd file",
                path.display()
            ))
        })?;
    }
    read_limited(path, file).map_err(io)?
}

/// All bytes of standard input, of which the first were read before.
///
/// # Errors
/// When it cannot be read, or has more bytes than any record.
pub fn read_standard_input(first: &[u8]) -> Result<Vec<u8>, Failure> {
    let name = Path::new("standard input");
    read_limited(name, first.chain(std::io::stdin().lock())).map_err(|e| Failure::io(name, &e))?
}

/// The bytes of a source, up to the size no record has.
fn read_limited(path: &Path, source: impl Read) -> std::io::Result<Result<Vec<u8>, Failure>> {
    let mut bytes = Vec::new();
    source.take(RECORD_LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 <= RECORD_LIMIT {
        return Ok(Ok(bytes));
    }
    Ok(Err(Failure::wrong(format!(
        "{}: it has more than {} MB, which no record has; split it by meeting",
        path.display(),
        RECORD_LIMIT >> 20
    ))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_for_what_its_name_says() {
        for (name, sort) in [
            ("a.txt", FileKind::Text),
            ("a/S_PV.1.en.JSON", FileKind::Json),
            ("S_PV.1.en.json.zst", FileKind::Json),
            ("a/S_PV.1_E.PDF", FileKind::Pdf),
            ("2019.tar", FileKind::Tar),
            ("a.tar.gz", FileKind::Other),
            ("a.doc", FileKind::Other),
            ("txt", FileKind::Other),
        ] {
            assert_eq!(FileKind::of(Path::new(name)), sort, "{name}");
        }
    }

    #[test]
    fn a_folder_is_read_by_name_and_a_loop_of_links_ends() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("b")).unwrap();
        for name in ["c.txt", "a.txt", "b/d.json", ".hidden.txt"] {
            std::fs::write(at(name), "x").unwrap();
        }
        std::os::unix::fs::symlink(folder.path(), at("b/loop")).unwrap();
        assert_eq!(files_below(folder.path()).unwrap(), [at("a.txt"), at("b/d.json"), at("c.txt")]);
        assert_eq!(files_below(&at("missing")).unwrap_err().code, 3);
    }
}
