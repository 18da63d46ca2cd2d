//! Text whose UTF-8 was once read in another encoding: "dâ€™Ivoire", "CÃ´te", "√©", "Ð¡Ð¾", "РЎРѕ".
//!
//! Each character of such a text was one byte. Where these bytes are the UTF-8 of one character, it takes
//! their place. A few pairs are possible in sound text too, such as a capital and a closing quote, so
//! letters of other scripts need several in a row.

use std::sync::LazyLock;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

/// The encodings in which UTF-8 is read by mistake.
const MISREAD: [&Encoding; 4] = [WINDOWS_1252, MACINTOSH, WINDOWS_1251, WINDOWS_1250];

/// How often a text may have been read wrongly, one time after the other.
const TIMES: usize = 3;

/// The number of letters in rows after which a single letter of that script is believed.
const BELIEVED: usize = 4;

/// What was mended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mended {
    /// The number of characters.
    pub(crate) characters: u64,
    /// The encoding in which they were read.
    pub(crate) read_as: &'static str,
}

/// Mends a text in place. Returns what was done, or `None` if nothing was found.
pub(crate) fn mend_mojibake(text: &mut String) -> Option<Mended> {
    let mut mended: Option<Mended> = None;
    for _ in 0..TIMES {
        if !has_pair(text) {
            break;
        }
        let attempts = TABLES.iter().map(|table| (table, mend_once(text, table)));
        let best = attempts.max_by_key(|(table, (_, count))| {
            // The commonest encoding wins a tie.
            (*count, table.encoding == WINDOWS_1252)
        });
        let Some((table, (better, count))) = best.filter(|(_, (_, count))| *count > 0) else {
            break;
        };
        *text = better;
        let read_as = super::encoding::name_of(table.encoding);
        let before = mended.unwrap_or(Mended { characters: 0, read_as });
        mended = Some(Mended { characters: before.characters.max(count), ..before });
    }
    mended
}

/// Whether two characters beside one another are not ASCII, as the bytes of every sequence are. Most texts
/// have none.
fn has_pair(text: &str) -> bool {
    // The first byte of such a character is 0xC0 or more, and its other bytes are 0x80 or more.
    text.as_bytes().windows(2).any(|pair| pair[0] >= 0x80 && pair[1] >= 0xC0)
}

/// The kind of the character that a sequence was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strength {
    /// An accented letter or a quotation mark: no other text has such a sequence.
    Certain,
    /// A letter of central Europe, or a sign, believed beside letters.
    BesideLetters,
    /// A letter of this script, believed in a row.
    InRow(Script),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Cyrillic,
    Arabic,
    Wide,
}

/// Characters that could be the bytes of one character.
#[derive(Clone, Copy, Debug)]
struct Sequence {
    /// The index of its first character.
    at: usize,
    /// The number of its characters.
    len: usize,
    /// The character that it was.
    means: char,
    strength: Strength,
}

/// A table for each of [`MISREAD`].
static TABLES: LazyLock<[ByteTable; 4]> = LazyLock::new(|| MISREAD.map(ByteTable::new));

/// The byte of each character in an encoding.
struct ByteTable {
    encoding: &'static Encoding,
    rows: Vec<(char, u8)>,
    cyrillic: bool,
}

impl ByteTable {
    fn new(encoding: &'static Encoding) -> Self {
        let mut rows: Vec<(char, u8)> = (0x80..=0xFF_u8)
            .filter_map(|byte| {
                let c = encoding.decode_without_bom_handling(&[byte]).0.chars().next()?;
                (c != '\u{FFFD}').then_some((c, byte))
            })
            .collect();
        rows.sort_unstable();
        Self { encoding, rows, cyrillic: encoding == WINDOWS_1251 }
    }

    fn byte(&self, c: char) -> Option<u8> {
        // Latin-1 has control characters where Windows-1252 has letters and quotation marks.
        if matches!(c, '\u{80}'..='\u{9F}') {
            return u8::try_from(u32::from(c)).ok();
        }
        let at = self.rows.binary_search_by_key(&c, |row| row.0).ok()?;
        Some(self.rows[at].1)
    }
}

/// Undoes one reading in the encoding of a table. Returns the text and the number of characters mended.
fn mend_once(text: &str, table: &ByteTable) -> (String, u64) {
    let chars: Vec<char> = text.chars().collect();
    let found = find_sequences(&chars, table);
    let rows = |script: Script| {
        let pairs = found.windows(2);
        pairs
            .filter(|p| p[0].at + p[0].len == p[1].at && p[0].strength == Strength::InRow(script))
            .count()
    };
    let believed = [Script::Cyrillic, Script::Arabic, Script::Wide].map(|s| rows(s) >= BELIEVED);
    let certain = found.iter().any(|s| s.strength == Strength::Certain);
    let (mut out, mut count, mut at) = (String::with_capacity(text.len()), 0, 0);
    for (index, sequence) in found.iter().enumerate() {
        let touches = |other: Option<&Sequence>| {
            other.is_some_and(|o| o.at + o.len == sequence.at || sequence.at + sequence.len == o.at)
        };
        let beside = touches(index.checked_sub(1).and_then(|i| found.get(i)))
            || touches(found.get(index + 1));
        let letters = sequence.at.checked_sub(1).is_some_and(|i| chars[i].is_ascii_alphabetic())
            || chars.get(sequence.at + sequence.len).is_some_and(char::is_ascii_alphabetic);
        let taken = match sequence.strength {
            Strength::Certain => true,
            Strength::BesideLetters => beside || letters,
            Strength::InRow(script) => believed[script as usize] && (beside || !letters),
        };
        if taken {
            out.extend(&chars[at..sequence.at]);
            out.push(sequence.means);
            count += 1;
            at = sequence.at + sequence.len;
        }
    }
    out.extend(&chars[at..]);
    if certain && table.encoding == WINDOWS_1252 {
        count += mend_lost_spaces(&mut out);
    }
    (out, count)
}

/// "dÃ©jÃ ": the second byte of "à" is a no-break space, which many programs turn into a plain one.
fn mend_lost_spaces(text: &mut String) -> u64 {
    let count = text.matches("Ã ").count();
    if count > 0 {
        // Another space after it is that of the text.
        *text = text.replace("Ã  ", "à ").replace("Ã ", "à ");
    }
    count as u64
}

/// Finds the sequences of a text, from left to right and without overlaps.
fn find_sequences(chars: &[char], table: &ByteTable) -> Vec<Sequence> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let sequence = if chars[at].is_ascii() { None } else { sequence_at(chars, at, table) };
        at += sequence.map_or(1, |s| s.len);
        found.extend(sequence);
    }
    found
}

fn sequence_at(chars: &[char], at: usize, table: &ByteTable) -> Option<Sequence> {
    let lead = table.byte(chars[at])?;
    let len = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => return None,
    };
    let tail = chars.get(at + 1..at + len)?;
    let mut bytes = vec![lead];
    for &c in tail {
        match table.byte(c) {
            Some(byte) => bytes.push(byte),
            // The last byte of a closing quote has no character in Windows-1252, and U+FFFD was itself read
            // wrongly if it happened before the last time.
            None if c == '\u{FFFD}' && bytes == [0xE2, 0x80] => bytes.push(0x9D),
            None => return None,
        }
    }
    let means = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    let strength = match means {
        'À'..='ÿ' if !table.cyrillic => Strength::Certain,
        // Quotation marks, and the signs of Mac Roman, which a second reading gives.
        '\u{2010}'..='\u{25CA}' | '\u{FEFF}' => Strength::Certain,
        '\u{80}'..='¿' if !table.cyrillic => Strength::Certain,
        // "В" and a no-break space are sound in Russian.
        '\u{A0}'..='¿' => Strength::InRow(Script::Cyrillic),
        '\u{100}'..='\u{17F}' if !table.cyrillic => Strength::BesideLetters,
        // Letters and signs of the encodings themselves, which a second reading gives.
        'ƒ' | '\u{2C6}'..='\u{2DD}' | 'Ω' | 'π' | '\u{F8FF}' | 'ﬁ' | 'ﬂ' => {
            Strength::BesideLetters
        }
        '\u{300}'..='\u{304}' => Strength::BesideLetters,
        '\u{400}'..='\u{4FF}' => Strength::InRow(Script::Cyrillic),
        '\u{600}'..='\u{6FF}' => Strength::InRow(Script::Arabic),
        '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}' => {
            Strength::InRow(Script::Wide)
        }
        _ => return None,
    };
    Some(Sequence { at, len, means, strength })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Mr. Kouadré (Côte d’Ivoire): “We — the officers” of São Tomé, à côté, Müller, déjà vu…";
    const RUSSIAN: &str =
        "Председатель: Я предоставляю слово г-ну Орлану и благодарю его. Совет — «за».";
    const CHINESE: &str = "主席：我请哈萨克斯坦代表发言。";

    fn misread(text: &str, encoding: &'static Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn text_that_was_read_wrongly_is_mended_once_and_twice() {
        for text in [TEXT, RUSSIAN, CHINESE] {
            for encoding in [WINDOWS_1252, MACINTOSH] {
                let once = misread(text, encoding);
                for wrong in [misread(&once, encoding), once] {
                    let mut mended = wrong.clone();
                    let told = mend_mojibake(&mut mended).unwrap();
                    assert_eq!(mended, text, "{wrong}");
                    assert!(told.characters >= 8);
                }
            }
        }
        let mut mended = misread(RUSSIAN, WINDOWS_1251);
        mend_mojibake(&mut mended).unwrap();
        assert_eq!(mended, RUSSIAN);
    }

    #[test]
    fn bytes_that_were_lost_on_the_way_are_understood() {
        for (wrong, text) in [
            ("the â€œofficersâ€\u{FFFD} of CÃ´te", "the “officers” of Côte"),
            ("dÃ©jÃ  vu, Ã  la", "déjà vu, à la"),
            ("dâ\u{80}\u{99}Ivoire", "d’Ivoire"),
        ] {
            let mut mended = wrong.to_owned();
            mend_mojibake(&mut mended).unwrap();
            assert_eq!(mended, text);
        }
    }

    #[test]
    fn sound_text_stays_as_it_is() {
        for sound in [
            TEXT,
            RUSSIAN,
            CHINESE,
            "Le « CAFÉ» et “LIBERTÉ”, la santé…” À «OUI»",
            "«СССР», «РС» В\u{a0}2020 году “НАТО” СМ№5",
            "ESPAÑA “¿CUMPLEAÑOS?” ÂGE",
            "الرئيس: شكراً.",
            "plain",
        ] {
            let mut same = sound.to_owned();
            let mended = mend_mojibake(&mut same);
            assert_eq!((same.as_str(), mended), (sound, None));
        }
    }
}
