//! Bytes into characters: encodings, line ends, control characters, and what earlier programs did to them.

mod encoding;
mod lost;
mod mojibake;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::imported::TextError;
use super::words::is_wide;

pub(super) use mojibake::mend_mojibake;

/// The largest text that is read, in bytes: 32 MiB. The longest record known is under 2 MB.
pub const LIMIT: usize = 32 << 20;

/// A decoded text, and what was done to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Decoded {
    /// The characters; lines end in `\n`, a page turn is `\u{c}`.
    pub(super) text: String,
    /// Sentences for the report.
    pub(super) notes: Vec<String>,
    /// Sentences about what is not certain, for `source.warnings`.
    pub(super) doubts: Vec<String>,
    /// How often each repair was made, by its name in `source.repairs`.
    pub(super) repairs: Vec<(&'static str, u64)>,
}

/// Decodes a text and cleans it.
///
/// UTF-8 and UTF-16 are read with and without a byte order mark; otherwise the encoding is guessed.
///
/// # Errors
/// If the text is larger than [`LIMIT`], is no text, or its encoding cannot be found.
pub(super) fn decode_text(bytes: &[u8]) -> Result<Decoded, TextError> {
    let mut decoded = Decoded::default();
    let raw = decode_characters(bytes, &mut decoded)?;
    clean_characters(raw, decoded)
}

/// Decodes bytes by the encoding that they are in, or else by the one that a page or a mail says it has.
///
/// # Errors
/// As [`decode_text`].
pub(super) fn decode_labelled(
    bytes: &[u8],
    label: Option<&str>,
    decoded: &mut Decoded,
) -> Result<String, TextError> {
    let said = label.and_then(|label| encoding_rs::Encoding::for_label(label.trim().as_bytes()));
    let marked =
        [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"].iter().any(|m| bytes.starts_with(m));
    match said.filter(|_| !marked && std::str::from_utf8(bytes).is_err()) {
        Some(said) if bytes.len() <= LIMIT => {
            let (text, broken) = said.decode_without_bom_handling(bytes);
            if broken {
                return decode_characters(bytes, decoded);
            }
            decoded.notes.push(format!("decoded as {}, as the file says", encoding::name_of(said)));
            Ok(text.into_owned())
        }
        _ => decode_characters(bytes, decoded),
    }
}

/// Decodes bytes into characters, and cleans nothing.
fn decode_characters(bytes: &[u8], decoded: &mut Decoded) -> Result<String, TextError> {
    if bytes.len() > LIMIT {
        return Err(TextError(format!(
            "the text is too large: it has {} bytes, and at most {LIMIT} are read; split it by record",
            bytes.len()
        )));
    }
    let notes = &mut decoded.notes;
    let raw = if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        decode_bytes(rest, decoded)?
    } else if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        notes.push("decoded as UTF-16 (little-endian) by its byte order mark".to_owned());
        decode_utf16(rest, u16::from_le_bytes)
    } else if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        notes.push("decoded as UTF-16 (big-endian) by its byte order mark".to_owned());
        decode_utf16(rest, u16::from_be_bytes)
    } else if let Some(found) = encoding::decode_bare_utf16(bytes) {
        notes.push(found.note);
        found.text
    } else {
        decode_bytes(bytes, decoded)?
    };
    if raw.contains('\0') {
        return Err(TextError(
            "not a text file: it contains NUL bytes; save it as UTF-8 text and import that"
                .to_owned(),
        ));
    }
    Ok(raw)
}

/// Mends what earlier programs did to the characters, and makes line ends and spaces plain.
///
/// # Errors
/// If most letters are lost.
pub(super) fn clean_characters(
    mut raw: String,
    mut decoded: Decoded,
) -> Result<Decoded, TextError> {
    if let Some(mended) = mend_mojibake(&mut raw) {
        decoded.repairs.push(("mojibake", mended.characters));
        decoded.notes.push(format!(
            "mended {} characters whose UTF-8 had been read as {}",
            mended.characters, mended.read_as
        ));
    }
    if are_words_glued(&raw) {
        return Err(TextError(
            "its words have lost the spaces between them; import the PDF, or convert it with another program".to_owned(),
        ));
    }
    let lost = lost::mend_lost_letters(&mut raw)?;
    if lost.mended > 0 {
        decoded.repairs.push(("lost_letters", lost.mended));
        decoded.notes.push(format!("put back {} lost letters in names of States", lost.mended));
    }
    decoded.doubts.extend(lost.doubts);
    let (mut text, controls) = clean_text(&raw);
    let accents = compose_accents(&mut text);
    if accents > 0 {
        decoded.repairs.push(("composed_accents", accents));
        decoded
            .notes
            .push(format!("composed {accents} letters whose accents were separate characters"));
    }
    if controls > 0 {
        decoded.repairs.push(("controls", controls));
        decoded.notes.push(format!("removed {controls} control characters"));
    }
    decoded.text = text;
    Ok(decoded)
}

/// Whether many words have no spaces between them.
///
/// No word of a record has 24 letters in a row. Of the letters of a text that lost its spaces half are in such
/// words.
pub(super) fn are_words_glued(text: &str) -> bool {
    let (mut all, mut glued, mut words) = (0usize, 0usize, 0usize);
    for word in text.split(|c: char| !c.is_alphabetic() || is_wide(c)) {
        let letters = if word.len() < 24 { word.len() } else { word.chars().count() };
        all += letters;
        if letters >= 24 {
            glued += letters;
            words += 1;
        }
    }
    words >= 5 && glued * 50 >= all
}

/// Decodes a cell of a table or a short text as UTF-8 or Windows-1252, without a report.
pub(super) fn decode_words(bytes: &[u8]) -> String {
    let raw = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if is_mostly_utf8(bytes).is_ok() => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    };
    clean_text(&raw).0
}

/// Decodes UTF-8, or a legacy encoding if most of what is not ASCII is not valid UTF-8.
fn decode_bytes(bytes: &[u8], decoded: &mut Decoded) -> Result<String, TextError> {
    match is_mostly_utf8(bytes) {
        Ok(0) => {}
        Ok(bad) => {
            let note = format!("decoded as UTF-8; {bad} invalid bytes became \u{FFFD}");
            decoded.notes.push(note);
        }
        Err(()) => {
            let found = encoding::decode_legacy(bytes)?;
            decoded.notes.push(found.note);
            decoded.doubts.extend(found.doubt);
            return Ok(found.text);
        }
    }
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

/// The number of bytes that are not UTF-8, if they are fewer than the characters that are.
fn is_mostly_utf8(bytes: &[u8]) -> Result<usize, ()> {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    if bad == 0 || good > bad { Ok(bad) } else { Err(()) }
}

/// Decodes UTF-16; an unpaired surrogate becomes U+FFFD.
fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
}

/// Makes every line end `\n` and every white space a plain space, and removes control characters.
fn clean_text(raw: &str) -> (String, u64) {
    let mut text = String::with_capacity(raw.len());
    let mut dropped = 0;
    let mut rest = raw;
    loop {
        // Nearly all of a text is plain, and copying it in runs is several times faster.
        let plain = |b: u8| matches!(b, b' '..=b'~' | b'\n');
        let run = rest.bytes().position(|b| !plain(b)).unwrap_or(rest.len());
        text.push_str(&rest[..run]);
        let mut chars = rest[run..].chars();
        let Some(c) = chars.next() else { return (text, dropped) };
        rest = chars.as_str();
        match c {
            '\r' if rest.starts_with('\n') => {}
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' => text.push('\n'),
            '\u{c}' => text.push(c),
            // Some PDF viewers copy a line-end hyphen as U+0002.
            '\u{2}' => text.push('\u{AD}'),
            '\u{FEFF}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{61C}' => dropped += 1,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => dropped += 1,
            c if c.is_whitespace() => text.push(' '),
            c if c.is_control() => dropped += 1,
            c => text.push(c),
        }
    }
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
        assert_eq!(
            (decoded.repairs.as_slice(), decoded.notes.len()),
            (&[("composed_accents", 3)][..], 1)
        );
        // A mark that no letter composes with stays, and so does what is composed already.
        for text in ["q\u{301}", "é", "Й", "\u{212B}ngström"] {
            let decoded = decode_text(text.as_bytes()).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.repairs.len()), (text, 0));
        }
    }

    #[test]
    fn words_without_spaces_are_refused() {
        let glued =
            "Themeetingwascalledtoorderat ThePresidentoftheSecurityCouncil said so. ".repeat(5);
        assert!(decode_text(glued.as_bytes()).unwrap_err().0.contains("spaces between them"));
        let sound = "The meeting was called to order. ".repeat(50) + &"x".repeat(30);
        assert!(decode_text(sound.as_bytes()).is_ok());
        assert!(
            decode_text(
                "我们认为虚构的桥比虚构的墙好我们感谢主席我们认为虚构的桥".repeat(9).as_bytes()
            )
            .is_ok()
        );
    }

    #[test]
    fn nul_and_size_are_refused() {
        assert!(decode_text(b"a\0b").is_err());
        assert!(decode_text(&vec![b'a'; LIMIT + 1]).is_err());
    }
}
