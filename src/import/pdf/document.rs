//! Opens a file with guards.
//!
//! The structure (cross references, objects, encryption) is read by the crate `hayro-syntax`. It unpacks
//! streams of objects without a limit, so these are measured here first.
//!
//! A file is refused if its end, its table of objects or some of its pages are missing. Its objects could
//! often still be found, as viewers do, but the record would end early without a word. A file with only a
//! wrong number in it, or something after its end, is read.

use hayro_syntax::object::{Dict, Number};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::inflate;

/// Why a PDF could not become a record; the message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// The file is damaged, or no PDF.
    #[error("the PDF file is damaged: {0}; download it again")]
    Damaged(String),
    /// The end of the file is missing, or some of its pages.
    #[error("the PDF file is damaged: it is cut off ({0}); download it again")]
    Cut(String),
    /// It holds more than any record.
    #[error("not a record of a meeting: {0}")]
    Large(String),
    /// It needs a password.
    #[error("the PDF file is protected by a password; save it without one and import that")]
    Password,
    /// A scan: the pages are images, and any text is hidden under them.
    #[error("{0}")]
    Scan(String),
    /// It holds no record, or one that cannot be read.
    #[error("{0}")]
    NoRecord(String),
}

/// The largest file that is read: the longest records have 3 MB.
pub(super) const FILE: usize = 64 << 20;
/// The most bytes that streams of objects may unpack to together; a record has under 1 MB of them.
const OBJECTS: usize = 32 << 20;
/// The most pages of a file.
pub(super) const PAGES: usize = 2_000;

/// Opens a file.
pub(super) fn open_pdf(bytes: &[u8]) -> Result<Pdf, PdfError> {
    if bytes.len() > FILE {
        return Err(PdfError::Large("the file has more than 64 MB".to_owned()));
    }
    if !bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
        return Err(PdfError::Damaged("it has no PDF header".to_owned()));
    }
    if let Some(what) = cut_off(bytes) {
        return Err(PdfError::Cut(what.to_owned()));
    }
    if !has_table(bytes) {
        return Err(PdfError::Cut("its table of objects is missing".to_owned()));
    }
    check_packed_objects(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => PdfError::Password,
        LoadPdfError::Decryption(_) => {
            PdfError::Damaged("its encryption is not supported".to_owned())
        }
        LoadPdfError::Invalid => {
            PdfError::Damaged("its table of objects cannot be read or rebuilt".to_owned())
        }
    })?;
    let found = pdf.pages().len();
    if let Some(count) = announced_pages(&pdf).filter(|count| *count > found && *count <= PAGES) {
        return Err(PdfError::Cut(format!("it has {found} of its {count} pages")));
    }
    match found {
        0 => Err(PdfError::Damaged("it has no pages".to_owned())),
        1..=PAGES => Ok(pdf),
        _ => Err(PdfError::Large(format!("the file has more than {PAGES} pages"))),
    }
}

/// The number of pages that the file announces.
fn announced_pages(pdf: &Pdf) -> Option<usize> {
    let xref = pdf.xref();
    let catalog = xref.get::<Dict<'_>>(xref.root_id())?;
    let count = catalog.get::<Dict<'_>>("Pages")?.get::<Number>("Count")?;
    usize::try_from(count.as_i64()).ok()
}

/// Refuses a file whose streams of objects unpack to too much, or that would take too long to repair.
fn check_packed_objects(bytes: &[u8]) -> Result<(), PdfError> {
    check_unclosed_objects(bytes)?;
    let mut unpacked = 0;
    for at in find_all(bytes, b"stream") {
        let Some(data) = bytes.get(at + 6..) else { break };
        // The data of a stream starts after a line end; "endstream" ends it.
        if bytes[..at].ends_with(b"end") || !data.starts_with(b"\n") && !data.starts_with(b"\r") {
            continue;
        }
        let before = &bytes[at.saturating_sub(2048)..at];
        let dict = find_all(before, b"obj").last().map_or(before, |o| &before[o..]);
        let holds = |word: &[u8]| find_all(dict, word).next().is_some();
        // The letters of a name may be escaped by "#".
        if !holds(b"ObjStm") && !holds(b"XRef") && !holds(b"#") {
            continue;
        }
        if holds(b"LZW") || holds(b"RunLength") || find_all(dict, b"Fl").count() > 1 {
            return Err(PdfError::Damaged("its objects are compressed as in no record".to_owned()));
        }
        if find_all(dict, b"/Columns").any(|c| !is_sound_width(&dict[c + 8..])) {
            return Err(PdfError::Damaged("its table of objects has an invalid width".to_owned()));
        }
        let data = &data[data.iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count()..];
        match inflate::inflate_bytes(data, OBJECTS.saturating_sub(unpacked)) {
            Ok(out) => unpacked += out.len(),
            Err(_) => {
                return Err(PdfError::Large("its objects unpack to more than 32 MB".to_owned()));
            }
        }
    }
    Ok(())
}

/// Whether the width of a table is from 1 to 64 bytes.
fn is_sound_width(after: &[u8]) -> bool {
    let text: String = after.iter().take(12).map(|b| char::from(*b)).collect();
    let figures: String =
        text.trim_start().chars().take_while(char::is_ascii_digit).take(8).collect();
    figures.parse().is_ok_and(|width: u32| (1..=64).contains(&width))
}

/// Refuses a file with many objects that do not end. To repair a table of objects each of them is read to
/// its end, so nested objects without an end would be read again and again.
fn check_unclosed_objects(bytes: &[u8]) -> Result<(), PdfError> {
    let (mut open, mut work) = (Vec::new(), 0usize);
    for at in find_all(bytes, b"obj") {
        if bytes[..at].ends_with(b"end") {
            work += open.drain(..).map(|start: usize| at - start).sum::<usize>();
        } else if bytes[..at].ends_with(b" ") {
            open.push(at);
        }
    }
    work += open.iter().map(|start| bytes.len() - start).sum::<usize>();
    if work > 24 * bytes.len() + (1 << 20) {
        return Err(PdfError::Damaged("its objects do not end".to_owned()));
    }
    Ok(())
}

/// The offsets of a word in bytes.
fn find_all<'a>(bytes: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let first = word[0];
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(found) = bytes.get(from..)?.iter().position(|b| *b == first) {
            let at = from + found;
            from = at + 1;
            if bytes[at..].starts_with(word) {
                return Some(at);
            }
        }
        None
    })
}

/// The first bytes of a file, which contain the header and the dictionary of a linearized file.
const HEAD: usize = 1024;

/// The sign that a file is cut off; `None` if there is none.
#[must_use]
pub fn cut_off(bytes: &[u8]) -> Option<&'static str> {
    // Servers and mail programs append zeros, line ends or HTML, so the end may be anywhere.
    let Some(end) = find_last(bytes, b"%%EOF") else { return Some("its end is missing") };
    if find_last(&bytes[end..], b" obj").is_some() {
        return Some("it ends within an appended change");
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    // A linearized file gives its length at the time it was made; later changes make it longer.
    if let Some(at) = find_last(head, b"/Linearized") {
        let dict = &head[at..];
        let dict = &dict[..first_of(dict, b">>")];
        let length = find_last(dict, b"/L ").and_then(|at| parse_number(&dict[at + 3..]));
        if length.is_some_and(|length| length > bytes.len()) {
            return Some("it is shorter than it says");
        }
    }
    let start = find_last(&bytes[..end], b"startxref");
    let table = start.and_then(|at| parse_number(&bytes[at + 9..]));
    if table.is_some_and(|table| table > bytes.len()) {
        return Some("it ends before its table of objects");
    }
    None
}

/// Whether there is a table of objects anywhere in the file.
pub(super) fn has_table(bytes: &[u8]) -> bool {
    let is_one = |w: &[u8]| matches!(w, [b'\n' | b'\r' | b' ', b'x', b'r', b'e', b'f'] | b"/XRef");
    find_last(bytes, b"startxref").is_some() && bytes.windows(5).any(is_one)
}

/// The last offset of a word.
fn find_last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window == word)
}

/// The first offset of a word, or the length.
fn first_of(bytes: &[u8], word: &[u8]) -> usize {
    bytes.windows(word.len()).position(|window| window == word).unwrap_or(bytes.len())
}

/// The number at the start of some bytes, after white space.
fn parse_number(bytes: &[u8]) -> Option<usize> {
    let bytes = bytes.trim_ascii_start();
    let digits = bytes.iter().take(20).take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: &[u8] = b"\nxref\nstartxref\n0\n%%EOF\n";

    #[test]
    fn what_is_no_pdf_is_refused() {
        for bytes in [&b""[..], b"hello"] {
            assert!(matches!(open_pdf(bytes), Err(PdfError::Damaged(_))));
        }
        for bytes in [&b"%PDF-"[..], b"%PDF-1.4\n1 0 obj\n<<>>\nendobj"] {
            assert!(matches!(open_pdf(bytes), Err(PdfError::Cut(_))));
        }
    }

    #[test]
    fn a_bomb_of_objects_is_refused_before_it_is_read() {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 70 << 20], 9);
        let mut bytes =
            b"%PDF-1.5\n1 0 obj\n<</Type/ObjStm/Filter/FlateDecode>>\nstream\n".to_vec();
        bytes.extend(packed);
        bytes.extend(END);
        assert!(matches!(open_pdf(&bytes), Err(PdfError::Large(_))));
    }

    #[test]
    fn objects_in_objects_without_end_are_refused() {
        let mut bytes = b"%PDF-1.5\n".to_vec();
        for n in 0..40_000 {
            bytes.extend(format!("{n} 0 obj (\n").bytes());
        }
        bytes.extend(END);
        assert!(matches!(open_pdf(&bytes), Err(PdfError::Damaged(_))));
    }
    /// A minimal file, with something after its end.
    fn made(start: &str, after: &str) -> Vec<u8> {
        let mut bytes = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n".to_vec();
        let table = bytes.len();
        bytes.extend(b"xref\n0 1\n0000000000 65535 f\ntrailer\n<</Size 1>>\nstartxref\n");
        let start = if start.is_empty() { table.to_string() } else { start.to_owned() };
        bytes.extend(format!("{start}\n%%EOF\n{after}").bytes());
        bytes
    }

    #[test]
    fn a_whole_file_is_whole_and_one_without_its_end_is_not() {
        let whole = made("", "");
        assert_eq!(cut_off(&whole), None);
        for junk in ["\r\n", &"\0".repeat(1500), "<html>what a server adds</html>"] {
            assert_eq!(cut_off(&made("", junk)), None);
        }
        // The reader repairs a wrong number.
        for start in ["7", "0", "-5", "x"] {
            assert_eq!(cut_off(&made(start, "")), None, "{start}");
        }
        assert!(cut_off(&made("99999", "")).is_some());
        // A change was appended, and its end is missing.
        assert!(cut_off(&made("", "2 0 obj\n<</Length 5>>\nstream\nBT")).is_some());
        let eof = find_last(&whole, b"%%EOF").unwrap();
        for end in 0..eof + 5 {
            assert!(cut_off(&whole[..end]).is_some(), "{end}");
        }
        assert!(has_table(&whole));
        for without in [&b"1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF"[..], b"\nxref\n%%EOF"] {
            assert!(!has_table(without));
        }
        // Appended bytes make a file longer than it was when it was linearized.
        let linear = |length: usize| {
            let dict = format!("%PDF-1.4\n9 0 obj\n<</Linearized 1/L {length}/O 5>>\nendobj\n");
            [dict.as_bytes(), &whole[9..]].concat()
        };
        let length = linear(100).len();
        assert_eq!(cut_off(&linear(length - 50)), None);
        assert!(cut_off(&linear(length + 5000)).is_some());
    }
}
