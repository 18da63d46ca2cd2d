//! Whether a file is whole: what shows that its end, its table of objects or some of its pages are missing.
//!
//! The objects of a cut file can often still be found, and a viewer shows what there is. A record that is read
//! from it would end early without a word, so that such a file is refused. What only has a wrong number in it,
//! or something after its end, is read.

/// The header, and the dictionary of a linearized file, stand within so many bytes of the beginning.
const HEAD: usize = 1024;

/// What shows that a file is cut off; `None` where nothing does.
#[must_use]
pub fn cut_off(bytes: &[u8]) -> Option<&'static str> {
    // Servers and mail programs append zeros, line ends or pages of their own, so the end may be anywhere.
    let Some(end) = last(bytes, b"%%EOF") else { return Some("it has no end") };
    if last(&bytes[end..], b" obj").is_some() {
        return Some("it ends inside a change that was added to it");
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    // A linearized file says how long it was when it was made; what was added later makes it longer.
    if let Some(at) = last(head, b"/Linearized") {
        let dict = &head[at..];
        let dict = &dict[..first_of(dict, b">>")];
        let length = last(dict, b"/L ").and_then(|at| number(&dict[at + 3..]));
        if length.is_some_and(|length| length > bytes.len()) {
            return Some("it is shorter than it says");
        }
    }
    let start = last(&bytes[..end], b"startxref");
    let table = start.and_then(|at| number(&bytes[at + 9..]));
    if table.is_some_and(|table| table > bytes.len()) {
        return Some("it ends before its table of objects");
    }
    None
}

/// Whether there is a table of objects anywhere, be it where the file says or not.
pub(super) fn has_table(bytes: &[u8]) -> bool {
    let is_one = |w: &[u8]| matches!(w, [b'\n' | b'\r' | b' ', b'x', b'r', b'e', b'f'] | b"/XRef");
    last(bytes, b"startxref").is_some() && bytes.windows(5).any(is_one)
}

/// The last place of a word.
fn last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window == word)
}

/// The first place of a word, or the end.
fn first_of(bytes: &[u8], word: &[u8]) -> usize {
    bytes.windows(word.len()).position(|window| window == word).unwrap_or(bytes.len())
}

/// The number that some bytes begin with, after white space.
fn number(bytes: &[u8]) -> Option<usize> {
    let bytes = bytes.trim_ascii_start();
    let digits = bytes.iter().take(20).take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of the least, with something after its end.
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
        // A wrong number is mended by who reads it.
        for start in ["7", "0", "-5", "x"] {
            assert_eq!(cut_off(&made(start, "")), None, "{start}");
        }
        assert!(cut_off(&made("99999", "")).is_some());
        // A later change of the file, of which the end is missing.
        assert!(cut_off(&made("", "2 0 obj\n<</Length 5>>\nstream\nBT")).is_some());
        let eof = last(&whole, b"%%EOF").unwrap();
        for end in 0..eof + 5 {
            assert!(cut_off(&whole[..end]).is_some(), "{end}");
        }
        assert!(has_table(&whole));
        for without in [&b"1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF"[..], b"\nxref\n%%EOF"] {
            assert!(!has_table(without));
        }
        // Bytes that are added later make a file longer than it was when it was linearized.
        let linear = |length: usize| {
            let dict = format!("%PDF-1.4\n9 0 obj\n<</Linearized 1/L {length}/O 5>>\nendobj\n");
            [dict.as_bytes(), &whole[9..]].concat()
        };
        let length = linear(100).len();
        assert_eq!(cut_off(&linear(length - 50)), None);
        assert!(cut_off(&linear(length + 5000)).is_some());
    }
}
