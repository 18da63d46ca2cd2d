//! The encoding of bytes that are not UTF-8.
//!
//! Other scripts than Latin are told apart by `chardetng`, the detector of Firefox: of records in Russian,
//! Chinese and Arabic, cut into pieces of three lines and encoded in eight ways, it named all. It does not
//! know Mac Cyrillic, nor Mac Roman, which differs from Windows-1252 in every accent and quotation mark; of the two the one is taken
//! whose characters make words.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, Encoding, GB18030, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252, X_MAC_CYRILLIC,
};

use crate::import::imported::TextError;
use crate::import::words::{is_arabic, is_wide};

/// How many bytes are looked at to tell UTF-16.
const SAMPLE: usize = 64 << 10;

/// A decoded text and how its encoding was found.
pub(super) struct Legacy {
    /// The characters.
    pub(super) text: String,
    /// A sentence for the report.
    pub(super) note: String,
    /// What is not certain.
    pub(super) doubt: Option<String>,
}

/// Decodes UTF-16 that has no byte order mark; `None` if it is not UTF-16.
///
/// Text in any other encoding has no NUL bytes, and UTF-16 has one in each line end and each ASCII letter.
pub(super) fn decode_bare_utf16(bytes: &[u8]) -> Option<Legacy> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    if !sample.contains(&0) {
        return None;
    }
    // A line end, or a text with spaces, is too long for chance.
    if sample.len() < 16 {
        return None;
    }
    let plausible = |encoding: &'static Encoding| {
        let (text, broken) = encoding.decode_without_bom_handling(sample);
        let all = text.chars().count();
        let usual = text.chars().filter(|c| is_usual(*c)).count();
        let broken = usize::from(broken);
        (usual.saturating_sub(broken) * 100 >= all * 98 && all > 0).then_some(usual)
    };
    let (little, big) = (plausible(UTF_16LE), plausible(UTF_16BE));
    let (encoding, order) = match (little, big) {
        (None, None) => return None,
        (little, big) if little >= big => (UTF_16LE, "little-endian"),
        _ => (UTF_16BE, "big-endian"),
    };
    Some(Legacy {
        text: encoding.decode_without_bom_handling(bytes).0.into_owned(),
        note: format!("guessed the encoding: UTF-16 ({order}) without a byte order mark"),
        doubt: None,
    })
}

/// Whether a character occurs in records of the six languages.
fn is_usual(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{c}' | ' '..='~' | '\u{A0}'..='\u{17F}' | '\u{300}'..='\u{36F}')
        || matches!(c, '\u{400}'..='\u{52F}' | '\u{2000}'..='\u{206F}' | '\u{20A0}'..='\u{214F}')
        || c == '\u{FEFF}'
        || is_arabic(c)
        || matches!(c, '،' | '؛' | '؟' | 'ـ')
        || (is_wide(c) && !matches!(c, '\u{2E80}'..='\u{2FFF}' | '\u{3040}'..='\u{33FF}'))
}

/// Decodes bytes that are neither UTF-8 nor UTF-16.
///
/// # Errors
/// If no encoding makes a text in one of the six languages of the records.
pub(super) fn decode_legacy(bytes: &[u8]) -> Result<Legacy, TextError> {
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    if high * 2 <= letters {
        return decode_western(bytes).ok_or_else(unknown_encoding);
    }
    if let Some(found) = decode_script(bytes) {
        return Ok(found);
    }
    // In a short text many letters can have accents, but never most.
    let western = if high <= letters { decode_western(bytes) } else { None };
    western.ok_or_else(unknown_encoding)
}

fn unknown_encoding() -> TextError {
    TextError(
        "the encoding of the text is not known: it is not UTF-8, and no other encoding makes words of it; open it in an editor that shows it right, save it as UTF-8 and import that".to_owned(),
    )
}

/// Decodes Cyrillic, Chinese or Arabic, if the detector names an encoding that makes such a text.
fn decode_script(bytes: &[u8]) -> Option<Legacy> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // GB18030 contains GBK.
    let guess = if guess == encoding_rs::GBK { GB18030 } else { guess };
    [guess, X_MAC_CYRILLIC, GB18030, BIG5].into_iter().find_map(|encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        is_of_one_script(&text).then(|| Legacy {
            note: format!(
                "guessed the encoding: {}, since the text is not valid UTF-8",
                name_of(encoding)
            ),
            text: text.into_owned(),
            doubt: None,
        })
    })
}

/// Whether nearly all letters of a text are of one script that the records use beside Latin, and it looks
/// like a text of that script.
fn is_of_one_script(text: &str) -> bool {
    const COMMON_HAN: &str = "的是在和主席安理会我国代表一不有这對对中成员发言為为員發國會";
    let (mut cyrillic, mut han, mut arabic, mut other, mut common) = (0u32, 0u32, 0u32, 0u32, 0u32);
    let (mut turned, mut frequent, mut before) = (0u32, 0u32, ' ');
    for c in text.chars().filter(|c| !c.is_ascii()) {
        match c {
            'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => {
                cyrillic += 1;
                frequent += u32::from("оеаинтОЕАИНТ".contains(c));
                // A wrong encoding of Cyrillic swaps small letters and capitals.
                turned += u32::from(before.is_lowercase() && c.is_uppercase());
            }
            '\u{4E00}'..='\u{9FFF}' => {
                han += 1;
                common += u32::from(COMMON_HAN.contains(c));
            }
            c if is_arabic(c) => arabic += 1,
            '«' | '»' | '“' | '”' | '’' | '‘' | '„' | '–' | '—' | '…' | '№' | '\u{A0}' =>
                {}
            c if is_wide(c) && !c.is_alphabetic() => {}
            '！'..='～' => {}
            _ => other += 1,
        }
        before = c;
    }
    let most = cyrillic.max(han).max(arabic);
    let rest = cyrillic + han + arabic - most + other;
    let sound = match most {
        0 => false,
        most if most == cyrillic => turned * 10 <= most && frequent * 10 >= most * 3,
        most if most == han => common * 12 >= most,
        _ => true,
    };
    sound && most >= 4 && rest * 20 <= most
}

/// Decodes Windows-1252 or Mac Roman; `None` if neither makes words.
fn decode_western(bytes: &[u8]) -> Option<Legacy> {
    let windows = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    let mac = MACINTOSH.decode_without_bom_handling(bytes).0;
    let (of_windows, of_mac) = (WordSigns::count(&windows), WordSigns::count(&mac));
    let is_mac = of_mac.score() > of_windows.score();
    let (text, encoding, signs, other, other_signs) = match is_mac {
        true => (mac, MACINTOSH, of_mac, WINDOWS_1252, of_windows),
        false => (windows, WINDOWS_1252, of_windows, MACINTOSH, of_mac),
    };
    if signs.against * 2 > signs.in_favour {
        return None;
    }
    let (name, other) = (name_of(encoding), name_of(other));
    let doubt = if signs.against * 8 > signs.in_favour {
        Some(format!(
            "the encoding was guessed as {name}, but {} characters make no words in it; save the text as UTF-8 and import that",
            signs.against
        ))
    } else if other_signs.score() >= signs.score() {
        Some(format!(
            "the encoding was guessed as {name}, but {other} makes as many words; save the text as UTF-8 and import that"
        ))
    } else {
        None
    };
    let note = format!("guessed the encoding: {name}, since the text is not valid UTF-8");
    Some(Legacy { text: text.into_owned(), note, doubt })
}

/// How the characters beyond ASCII fit into the words of a text in Latin script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct WordSigns {
    in_favour: usize,
    against: usize,
}

impl WordSigns {
    fn score(self) -> i64 {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX / 4);
        number(self.in_favour) - 2 * number(self.against)
    }

    fn count(text: &str) -> Self {
        let mut signs = Self::default();
        let mut before = ' ';
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let after = chars.peek().copied().unwrap_or(' ');
            if !c.is_ascii() {
                match fits_between(before, c, after) {
                    true => signs.in_favour += 1,
                    false => signs.against += 1,
                }
            }
            before = c;
        }
        signs
    }
}

/// Whether a character beyond ASCII can be between these two in French, Spanish or English.
fn fits_between(before: char, c: char, after: char) -> bool {
    let inside = before.is_alphabetic() && after.is_alphabetic();
    match c {
        'à' => !before.is_uppercase() || after.is_alphabetic(),
        c if c.is_lowercase() && c.is_alphabetic() => {
            is_accented(c) && (before.is_alphabetic() || after.is_alphabetic())
        }
        c if c.is_uppercase() => {
            is_accented(c)
                && !before.is_lowercase()
                && (after.is_alphabetic() || before.is_uppercase())
        }
        '’' | '–' | '—' => true,
        '‘' | '“' | '”' | '«' | '»' | '„' | '…' | '•' | '·' | '§' | '°' | '½' | '¼' | '¾' | 'º'
        | 'ª' | '€' | '£' | '©' | '®' | '×' | '′' => !inside,
        '¿' | '¡' => !before.is_alphabetic(),
        '\u{A0}' | '\u{AD}' => true,
        _ => false,
    }
}

/// Whether a letter is in the alphabets of names and words in these languages.
fn is_accented(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='Þ' | 'ß'..='ö' | 'ø'..='ÿ' | 'Œ' | 'œ' | 'Š' | 'š' | 'Ž' | 'ž' | 'Ÿ')
}

/// The usual name of an encoding.
pub(super) fn name_of(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "windows-1252" => "Windows-1252",
        "windows-1251" => "Windows-1251",
        "windows-1256" => "Windows-1256",
        "windows-1250" => "Windows-1250",
        "macintosh" => "Mac Roman",
        "gb18030" => "GB18030 (GBK)",
        "KOI8-U" => "KOI8-R",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Председатель (говорит по-английски): Я предоставляю слово г-ну Орлану.";
    const CHINESE: &str = "主席（以英语发言）：我请哈萨克斯坦代表发言。我们感谢主席。";
    const TRADITIONAL: &str =
        "主席（以英語發言）：我請哈薩克斯坦代表發言。我們感謝主席，並歡迎各位成員。";
    const ARABIC: &str = "الرئيس: أعطي الكلمة الآن لممثل كازاخستان، وأشكر أعضاء المجلس على كلماتهم.";

    #[test]
    fn other_scripts_are_read_in_the_encodings_people_have() {
        for (text, label, name) in [
            (RUSSIAN, "windows-1251", "Windows-1251"),
            (RUSSIAN, "koi8-r", "KOI8-R"),
            (RUSSIAN, "ibm866", "IBM866"),
            (CHINESE, "gbk", "GB18030"),
            (CHINESE, "gb18030", "GB18030"),
            (TRADITIONAL, "big5", "Big5"),
            (ARABIC, "windows-1256", "Windows-1256"),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost, "{label}");
            let read = decode_legacy(&bytes).unwrap();
            assert_eq!(read.text, text, "{label}");
            assert!(read.note.contains(name), "{label}: {}", read.note);
        }
    }

    #[test]
    fn mac_roman_is_told_from_windows_1252() {
        let text = "M. Kouadré (Côte d’Ivoire) dit — « voilà » : “à la santé”, Éric.";
        for (encoding, name) in [(WINDOWS_1252, "Windows-1252"), (MACINTOSH, "Mac Roman")] {
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost);
            let read = decode_legacy(&bytes).unwrap();
            assert_eq!((read.text.as_str(), read.doubt), (text, None));
            assert!(read.note.contains(name), "{}", read.note);
        }
    }

    #[test]
    fn what_makes_no_words_is_refused_by_name() {
        // Code page 437, which no list of encodings has.
        let refused = decode_legacy(b"M. Kouadr\x82 (C\x93te) a t\x82 \x8a l\x85").err().unwrap();
        assert!(refused.0.contains("encoding") && refused.0.contains("UTF-8"), "{refused}");
    }

    #[test]
    fn utf16_needs_no_byte_order_mark() {
        for text in ["Mr. Orlan (Côte d’Ivoire): We.\n", RUSSIAN, CHINESE, ARABIC] {
            let text = format!("{text}\n10\n");
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for bytes in [little, big] {
                assert_eq!(decode_bare_utf16(&bytes).unwrap().text, text);
            }
        }
        assert!(decode_bare_utf16(b"a\0b").is_none());
        assert!(decode_bare_utf16(b"PK\x03\x04\0\0\x08\0\xff\0\xfe\x12\x99").is_none());
        assert!(decode_bare_utf16(b"plain").is_none());
    }
}
