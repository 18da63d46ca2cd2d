//! What a fetched file is held against before it has its name.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use md5::{Digest as _, Md5};

use super::address::{Address, Hosts};
use super::fault::{Fault, Kind};
use crate::import::pdf::cut_off;

/// `%PDF-` stands within so many bytes of the beginning, as PDF readers have it.
const BEGIN_OF_PDF: usize = 1024;

/// No PDF of a record is larger: the longest on hand has 1 MB, and a record unpacks to 64 MB at most.
pub const MOST_PDF: u64 = 64 << 20;

/// What is to be fetched.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its address.
    pub address: Address,
    /// Where its redirects may lead.
    pub hosts: Hosts,
    /// The page a browser would come from, where the service asks for it.
    pub referer: Option<String>,
    /// The name of its file in the folder; ours, never the server's.
    pub name: String,
    /// What it is, for messages: `S/PV.8668 in English`.
    pub title: String,
    /// What is to be done by hand where the service will not serve.
    pub by_hand: String,
    /// The most bytes it may have.
    pub most: u64,
    /// What it is held against.
    pub check: Check,
}

/// What a file is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// Length in bytes and MD5 in lower-case hexadecimal, known beforehand.
    Sum {
        /// Bytes.
        length: u64,
        /// The checksum.
        md5: String,
    },
    /// A PDF with its beginning and its end.
    Pdf {
        /// How often a document that seems not to be there is asked for.
        tries: u32,
    },
    /// Anything but a web page; who reads it checks it.
    Any,
}

impl Check {
    /// The length, where it is known beforehand.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Sum { length, .. } => Some(*length),
            Self::Pdf { .. } | Self::Any => None,
        }
    }

    /// Whether it tells of every byte that it is the right one.
    pub(super) fn tells_all(&self) -> bool {
        matches!(self, Self::Sum { .. })
    }

    /// How often it is asked for that a fault of this kind comes.
    pub(super) fn tries(&self, kind: Kind, usual: u32) -> u32 {
        match (self, kind) {
            (Self::Pdf { tries }, Kind::NotThere) => *tries,
            _ => usual,
        }
    }

    /// What is wrong with the first bytes.
    pub(super) fn first(&self, bytes: &[u8]) -> Option<&'static str> {
        let page = || {
            let text = bytes.trim_ascii_start();
            let begins = |word: &str| {
                text.get(..word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word.as_bytes()))
            };
            begins("<!doctype html") || begins("<html")
        };
        match self {
            _ if page() => Some("it answered with a web page"),
            // The first piece may be short; then the whole file is looked at in the end.
            Self::Pdf { .. } if bytes.len() >= BEGIN_OF_PDF && !is_pdf(bytes) => {
                Some("it answered with something that is no PDF")
            }
            _ => None,
        }
    }
}

fn is_pdf(bytes: &[u8]) -> bool {
    let bytes = &bytes[..bytes.len().min(BEGIN_OF_PDF)];
    bytes.windows(5).any(|five| five == b"%PDF-")
}

/// Holds a whole file against its check.
pub(super) fn check_file(path: &Path, check: &Check, wanted: &Wanted) -> Result<(), Fault> {
    let wrong = |what: &str| {
        let host = wanted.address.host();
        Err(Fault::new(
            Kind::Bad,
            format!("{host}: {}: {what}, so it is not used; {}", wanted.title, wanted.by_hand),
        ))
    };
    let io = |e: io::Error| Fault::new(Kind::Disk, format!("{}: {e}", path.display()));
    let mut file = File::open(path).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    match check {
        Check::Any => Ok(()),
        Check::Sum { length, .. } if *length != size => {
            wrong(&format!("{size} bytes came, and the file has {length}"))
        }
        Check::Sum { md5, .. } => {
            let sum = sum(&mut file).map_err(io)?;
            if sum == *md5 {
                return Ok(());
            }
            wrong(&format!("its MD5 is {sum} and should be {md5}"))
        }
        Check::Pdf { .. } => {
            let mut first = Vec::new();
            (&mut file).take(BEGIN_OF_PDF as u64).read_to_end(&mut first).map_err(io)?;
            if !is_pdf(&first) {
                return wrong("what came is no PDF");
            }
            file.seek(SeekFrom::Start(0)).map_err(io)?;
            let mut bytes = Vec::new();
            file.take(MOST_PDF).read_to_end(&mut bytes).map_err(io)?;
            match cut_off(&bytes).filter(|_| size <= MOST_PDF) {
                Some(what) => wrong(&format!("the PDF that came is cut off ({what})")),
                None => Ok(()),
            }
        }
    }
}

/// The MD5 of a file, in lower-case hexadecimal. It guards against accidents on the way, which is
/// what the archive publishes it for; against a forger stands the encrypted line.
fn sum(file: &mut File) -> io::Result<String> {
    let mut hash = Md5::new();
    let mut piece = vec![0; 1 << 17];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect()),
            n => hash.update(&piece[..n]),
        }
    }
}
