//! What to download, and how to check it before it gets its name.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use md5::{Digest as _, Md5};

use super::address::{Address, Hosts};
use super::fault::{Fault, Kind};
use crate::import::pdf::cut_off;

/// `%PDF-` must be within this many bytes of the start, as in PDF readers.
const START_OF_PDF: usize = 1024;

/// The largest PDF of a record, in bytes. The longest known has 1 MB, and a record unpacks to at
/// most 64 MB.
pub const MOST_PDF: u64 = 64 << 20;

/// The number of attempts for a file that is published and seems to be missing: a status 404 of the
/// archive was seen to heal within a minute, and so many attempts take about two.
const TRIES_PUBLISHED: u32 = 7;

/// A file to download.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its URL.
    pub address: Address,
    /// Where its redirects may lead.
    pub hosts: Hosts,
    /// The referring page, if the service requires one.
    pub referer: Option<String>,
    /// The name of its file in the folder, never chosen by the server.
    pub name: String,
    /// What it is, for messages: `S/PV.8668 in English`.
    pub title: String,
    /// What to do by hand if the service refuses.
    pub by_hand: String,
    /// Its largest size in bytes.
    pub most: u64,
    /// How it is checked.
    pub check: Check,
}

/// How a file is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// Known length in bytes and MD5 in lower-case hexadecimal.
    Sum {
        /// Bytes.
        length: u64,
        /// The checksum.
        md5: String,
    },
    /// A PDF with a valid start and end.
    Pdf {
        /// How often a document that seems to be missing is requested.
        tries: u32,
    },
    /// Anything but a web page; its reader checks it.
    Any,
    /// Anything, also a web page; its reader checks it.
    Page,
}

impl Check {
    /// The length, if known beforehand.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Sum { length, .. } => Some(*length),
            Self::Pdf { .. } | Self::Any | Self::Page => None,
        }
    }

    /// Whether it verifies every byte.
    pub(super) fn verifies_all(&self) -> bool {
        matches!(self, Self::Sum { .. })
    }

    /// How often to try with a fault of this kind.
    pub(super) fn tries(&self, kind: Kind, usual: u32) -> u32 {
        match (self, kind) {
            (Self::Pdf { tries }, Kind::NotThere) => *tries,
            (Self::Sum { .. }, Kind::NotThere) => TRIES_PUBLISHED,
            _ => usual,
        }
    }

    /// What is wrong with the first bytes, if anything.
    pub(super) fn first_fault(&self, bytes: &[u8]) -> Option<&'static str> {
        let page = || {
            let text = bytes.trim_ascii_start();
            let starts_with = |word: &str| {
                text.get(..word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word.as_bytes()))
            };
            starts_with("<!doctype html") || starts_with("<html")
        };
        match self {
            Self::Page => None,
            _ if page() => Some("the answer is a web page"),
            // The first piece may be short; then the complete file is checked at the end.
            Self::Pdf { .. } if bytes.len() >= START_OF_PDF && !is_pdf(bytes) => {
                Some("the answer is not a PDF")
            }
            _ => None,
        }
    }
}

fn is_pdf(bytes: &[u8]) -> bool {
    let bytes = &bytes[..bytes.len().min(START_OF_PDF)];
    bytes.windows(5).any(|five| five == b"%PDF-")
}

/// Checks a complete file.
pub(super) fn check_file(path: &Path, check: &Check, wanted: &Wanted) -> Result<(), Fault> {
    let wrong = |what: &str| {
        let host = wanted.address.host();
        Err(Fault::new(Kind::Bad, format!("{host}: {}: {what}; {}", wanted.title, wanted.by_hand)))
    };
    let io = |e: io::Error| Fault::new(Kind::Disk, format!("{}: {e}", path.display()));
    let mut file = File::open(path).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    match check {
        Check::Any | Check::Page => Ok(()),
        Check::Sum { length, .. } if *length != size => {
            wrong(&format!("received {size} bytes, expected {length}"))
        }
        Check::Sum { md5, .. } => {
            let sum = md5_of(&mut file).map_err(io)?;
            if sum == *md5 {
                return Ok(());
            }
            wrong(&format!("MD5 mismatch: {sum}, expected {md5}"))
        }
        Check::Pdf { .. } => {
            let mut first = Vec::new();
            (&mut file).take(START_OF_PDF as u64).read_to_end(&mut first).map_err(io)?;
            if !is_pdf(&first) {
                return wrong("not a PDF");
            }
            file.seek(SeekFrom::Start(0)).map_err(io)?;
            let mut bytes = Vec::new();
            file.take(MOST_PDF).read_to_end(&mut bytes).map_err(io)?;
            match cut_off(&bytes).filter(|_| size <= MOST_PDF) {
                Some(what) => wrong(&format!("the PDF is cut off ({what})")),
                None => Ok(()),
            }
        }
    }
}

/// The MD5 of a file, in lower-case hexadecimal. It detects accidents in transit, which is why the
/// archive publishes it; TLS protects against forgery.
fn md5_of(file: &mut File) -> io::Result<String> {
    let mut hash = Md5::new();
    let mut piece = vec![0; 1 << 17];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect()),
            n => hash.update(&piece[..n]),
        }
    }
}
