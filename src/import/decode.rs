//! Bytes into characters: encodings, line ends, control characters.

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::imported::TextError;

/// The largest text that is read, in bytes: 32 MiB. The longest record known is under 2 MB.
pub const LIMIT: usize = 32 << 20;

/// A decoded text, and what was done to it.
pub(super) struct Decoded {
    /// The characters; lines end in `\n`, a page turn is `\u{c}`.
    pub(super) text: String,
    /// Sentences for the report.
    pub(super) notes: Vec<String>,
    /// The number of control characters removed.
    pub(super) controls: u64,
    /// The number of accents composed with their letters.
    pub(super) accents: u64,
}

/// Decodes UTF-8, UTF-16 with a byte order mark, or otherwise Windows-1252.
pub(super) fn decode_text(bytes: &[u8]) -> Result<Decoded, TextError> {
    if bytes.len() > LIMIT {
        return Err(TextError(format!(
            "the text is too large: it has {} bytes, and at most {LIMIT} are read; split it by record",
            bytes.len()
        )));
    }
    let mut notes = Vec::new();
    let raw = if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        decode_bytes(rest, &mut notes)
    } else if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        notes.push("decoded as UTF-16 (little-endian) by its byte order mark".to_owned());
        decode_utf16(rest, u16::from_le_bytes)
    } else if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        notes.push("decoded as UTF-16 (big-endian) by its byte order mark".to_owned());
        decode_utf16(rest, u16::from_be_bytes)
    } else {
        decode_bytes(bytes, &mut notes)
    };
    if raw.contains('\0') {
        return Err(TextError(
            "not a text file: it contains NUL bytes; save it as UTF-8 text and import that"
                .to_owned(),
        ));
    }
    let (mut text, controls) = clean_text(&raw);
    let accents = compose_accents(&mut text);
    if accents > 0 {
        notes.push(format!("composed {accents} letters whose accents were separate characters"));
    }
    if controls > 0 {
        notes.push(format!("removed {controls} control characters"));
    }
    Ok(Decoded { text, notes, controls, accents })
}

/// Decodes a cell of a table or a short text as UTF-8 or Windows-1252, without a report.
pub(super) fn decode_words(bytes: &[u8]) -> String {
    clean_text(&decode_bytes(bytes, &mut Vec::new())).0
}

/// Decodes UTF-8, or Windows-1252 if most of what is not ASCII is not valid UTF-8.
fn decode_bytes(bytes: &[u8], notes: &mut Vec<String>) -> String {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    if bad == 0 {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    if good > bad {
        notes.push(format!("decoded as UTF-8; {bad} invalid bytes became \u{FFFD}"));
        return String::from_utf8_lossy(bytes).into_owned();
    }
    notes.push("guessed the encoding: Windows-1252, since the text is not valid UTF-8".to_owned());
    bytes.iter().map(|&b| windows_1252(b)).collect()
}

/// Decodes UTF-16; an unpaired surrogate becomes U+FFFD.
fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
}

/// One byte of Windows-1252, by the table of the WHATWG; the five bytes it leaves out become U+FFFD.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž',
        '\u{FFFD}', '\u{FFFD}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
        '\u{FFFD}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Makes every line end `\n` and every white space a plain space, and removes control characters.
fn clean_text(raw: &str) -> (String, u64) {
    let mut text = String::with_capacity(raw.len());
    let mut dropped = 0;
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    text.push('\n');
                }
            }
            '\n' | '\u{c}' => text.push(c),
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' => text.push('\n'),
            // Some PDF viewers copy a line-end hyphen as U+0002.
            '\u{2}' => text.push('\u{AD}'),
            '\u{FEFF}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{61C}' => dropped += 1,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => dropped += 1,
            c if c.is_whitespace() => text.push(' '),
            c if c.is_control() => dropped += 1,
            c => text.push(c),
        }
    }
    (text, dropped)
}

/// Composes letters and accents that are separate characters, as macOS copies them (NFD to NFC), since
/// the tables of words are composed. Returns the number of accents.
fn compose_accents(text: &mut String) -> u64 {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return 0;
    }
    let composed: String = text.nfc().collect();
    let accents = text.chars().count().saturating_sub(composed.chars().count());
    if accents > 0 {
        *text = composed;
    }
    accents as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode_text(bytes).unwrap().text
    }

    #[test]
    fn encodings_are_read() {
        assert_eq!(text("é—x".as_bytes()), "é—x");
        assert_eq!(text(b"\xEF\xBB\xBFabc"), "abc");
        assert_eq!(text(b"\xFF\xFEa\0\xE9\0"), "aé");
        assert_eq!(text(b"\xFE\xFF\0a\0\xE9"), "aé");
        assert_eq!(text(b"C\xF4te d\x92Ivoire \x96 x"), "Côte d’Ivoire – x");
        let notes = decode_text(b"C\xF4te").unwrap().notes;
        assert!(notes[0].contains("Windows-1252"), "{notes:?}");
    }

    #[test]
    fn mostly_utf8_stays_utf8() {
        let mut bytes = "Совет Безопасности".as_bytes().to_vec();
        bytes.push(0xFF);
        let decoded = decode_text(&bytes).unwrap();
        assert_eq!(decoded.text, "Совет Безопасности\u{FFFD}");
        assert_eq!(decoded.notes.len(), 1);
    }

    #[test]
    fn line_ends_and_controls() {
        assert_eq!(text(b"a\r\nb\rc\nd\x0ce"), "a\nb\nc\nd\u{c}e");
        assert_eq!(text("a\u{a0}b\tc\u{202e}d\x1b[0m".as_bytes()), "a b cd[0m");
        assert_eq!(text(b"peo\x02\nple"), "peo\u{ad}\nple");
    }

    #[test]
    fn separate_accents_are_composed_and_counted() {
        let decoded =
            decode_text("La se\u{301}ance est leve\u{301}e a\u{300} 11 heures.".as_bytes())
                .unwrap();
        assert_eq!(decoded.text, "La séance est levée à 11 heures.");
        assert_eq!((decoded.accents, decoded.notes.len()), (3, 1));
        // A mark that no letter composes with stays, and so does what is composed already.
        for text in ["q\u{301}", "é", "Й", "\u{212B}ngström"] {
            let decoded = decode_text(text.as_bytes()).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.accents), (text, 0));
        }
    }

    #[test]
    fn nul_and_size_are_refused() {
        assert!(decode_text(b"a\0b").is_err());
        assert!(decode_text(&vec![b'a'; LIMIT + 1]).is_err());
    }
}
