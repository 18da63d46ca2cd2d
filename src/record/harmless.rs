//! Text of strangers made harmless: what goes to screens, plain text, Markdown, CSV and the clipboard.
//!
//! A record must not be able to drive the reader's terminal, to turn the order of its words around,
//! or to hide words in characters that do not show. Here a bad character becomes one visible mark, so
//! that nobody mistakes the text for clean. JSON output is escaped instead, in [`super::json`].

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// What stands in place of a bad character.
pub const MARK: char = '\u{FFFD}';

/// How many marks may stand on one letter. Vietnamese needs two, Arabic and Hebrew four, the
/// longest clusters of the official languages' scripts fewer than eight.
pub const MARKS_ON_A_LETTER: usize = 8;

/// The text made harmless, its newlines kept: every bad character is one [`MARK`], a tab a space,
/// and marks on one letter beyond [`MARKS_ON_A_LETTER`] are one [`MARK`] together.
///
/// Nothing is copied where nothing is wrong.
#[must_use]
pub fn text(text: &str) -> Cow<'_, str> {
    clean(text, true)
}

/// Like [`text`], on one line: a newline too is a space.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    clean(text, false)
}

/// One character as [`text`] shows it when it stands alone; a newline stays.
#[must_use]
pub fn letter(c: char) -> char {
    match c {
        '\t' => ' ',
        c if is_harmful(c) => MARK,
        c => c,
    }
}

/// Whether a character could drive a terminal, turn the order of the text around, or hide in it.
///
/// A newline is not harmful. Zero-width joiner and non-joiner are not, because Persian and Indic
/// scripts are misspelt without them; a run of them is cut as marks on a letter are.
#[must_use]
pub fn is_harmful(c: char) -> bool {
    if c < '\u{A0}' {
        return c.is_control() && c != '\n';
    }
    matches!(
        c,
        '\u{00AD}' // soft hyphen
        | '\u{061C}' | '\u{200E}' | '\u{200F}' // bidirectional marks
        | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' // bidirectional overrides and isolates
        | '\u{200B}' | '\u{2060}'..='\u{2065}' | '\u{FEFF}' | '\u{180E}' // of no width
        | '\u{2028}' | '\u{2029}' // line and paragraph separators
        | '\u{206A}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' // formats
        | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' // letters of Hangul that are blank
        | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}' // tags
    )
}

/// A cell of a CSV file (RFC 4180): harmless, quoted where it must be, and with an apostrophe
/// before a text that a spreadsheet would take for a formula (it begins with `= + - @`, a tab or
/// a carriage return, also behind white space or in full width).
#[must_use]
pub fn csv_cell(text: &str) -> Cow<'_, str> {
    let first = text.trim_start_matches([' ', '\n', '\u{A0}', '\u{3000}']).chars().next();
    let formula =
        matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠'));
    let safe = self::text(text);
    let quoted = safe.contains(['"', ',', '\n', '\r']);
    if !formula && !quoted {
        return safe;
    }
    let mut cell = String::with_capacity(safe.len() + 3);
    if quoted {
        cell.push('"');
    }
    if formula {
        cell.push('\'');
    }
    cell.push_str(&if quoted { safe.replace('"', "\"\"") } else { safe.into_owned() });
    if quoted {
        cell.push('"');
    }
    Cow::Owned(cell)
}

/// Copies the text only from the first fault on.
fn clean(text: &str, newlines: bool) -> Cow<'_, str> {
    let plain = |b: &u8| (0x20..0x7F).contains(b) || (*b == b'\n' && newlines);
    if text.as_bytes().iter().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut marks = 0;
    let mut copy: Option<String> = None;
    for (at, c) in text.char_indices() {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        let shown = match c {
            '\n' if !newlines => Some(' '),
            _ if marks > MARKS_ON_A_LETTER + 1 => None,
            _ if marks == MARKS_ON_A_LETTER + 1 => Some(MARK),
            _ => Some(letter(c)),
        };
        if copy.is_none() && shown == Some(c) {
            continue;
        }
        let copy = copy.get_or_insert_with(|| {
            let mut copy = String::with_capacity(text.len());
            copy.push_str(&text[..at]);
            copy
        });
        copy.extend(shown);
    }
    copy.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Whether a character sits on the one before it: combining marks, variation selectors, joiners.
fn is_mark(c: char) -> bool {
    c >= '\u{300}' && (is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn clean_text_is_not_copied() {
        for clean in [
            "",
            "The meeting rose at 1.10 p.m.\nInvented.",
            "Ça, señor — «tiếng Việt»",
            "Рассмотрение",
            "会议",
            "مُحَمَّدٌ",
            "می\u{200c}خواهم",
            "👩\u{200d}🌾",
        ] {
            assert!(matches!(text(clean), Cow::Borrowed(t) if t == clean), "{clean}");
        }
        assert!(matches!(line("one line"), Cow::Borrowed(_)));
    }

    #[test]
    fn each_bad_character_is_one_mark() {
        for bad in [
            '\0',
            '\x07',
            '\x08',
            '\r',
            '\x1b',
            '\x7f',
            '\u{80}',
            '\u{9b}',
            '\u{9d}',
            '\u{ad}',
            '\u{61c}',
            '\u{200b}',
            '\u{200e}',
            '\u{2028}',
            '\u{2029}',
            '\u{202e}',
            '\u{2060}',
            '\u{2067}',
            '\u{feff}',
            '\u{fff9}',
            '\u{e0041}',
            '\u{3164}',
        ] {
            assert_eq!(text(&format!("a{bad}{bad}б")), "a\u{fffd}\u{fffd}б", "{bad:?}");
            assert_eq!(line(&format!("a{bad}")), "a\u{fffd}", "{bad:?}");
        }
        assert_eq!(text("a\tb\nc"), "a b\nc");
        assert_eq!(line("a\tb\nc"), "a b c");
    }

    #[test]
    fn marks_on_a_letter_are_cut() {
        let few = format!("a{}b", "\u{301}".repeat(MARKS_ON_A_LETTER));
        assert_eq!(text(&few), few);
        let many = format!("a{}b\u{301}", "\u{301}".repeat(1000));
        assert_eq!(
            text(&many),
            format!("a{}\u{fffd}b\u{301}", "\u{301}".repeat(MARKS_ON_A_LETTER))
        );
        let joiners = format!("a{}b", "\u{200d}".repeat(1000));
        assert_eq!(text(&joiners).chars().count(), MARKS_ON_A_LETTER + 3);
    }

    #[test]
    fn cells_are_quoted_and_defused() {
        let table = [
            ("plain", "plain"),
            ("", ""),
            ("a, b", "\"a, b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "' =1"),
            ("\r=1", "'\u{fffd}=1"),
            ("  =1", "'  =1"),
            ("＝1", "'＝1"),
            ("=A1,\"x\"", "\"'=A1,\"\"x\"\"\""),
            ("a=b", "a=b"),
            ("a\x1b[2J", "a\u{fffd}[2J"),
        ];
        for (given, cell) in table {
            assert_eq!(csv_cell(given), cell, "{given:?}");
        }
    }

    /// The plain way: character by character, always copied.
    fn slowly(text: &str) -> String {
        let mut out = String::new();
        let mut run: Vec<char> = Vec::new();
        for c in text.chars().chain(['\u{0}']) {
            if !is_mark(c) && !run.is_empty() {
                out.extend(run.iter().take(MARKS_ON_A_LETTER));
                if run.len() > MARKS_ON_A_LETTER {
                    out.push(MARK);
                }
                run.clear();
            }
            if is_mark(c) { run.push(c) } else { out.push(letter(c)) }
        }
        out.pop();
        out
    }

    proptest! {
        #[test]
        fn nothing_bad_is_left(given in prop_oneof![
            any::<String>(),
            "[a\u{301}\u{200d}\n\t\r\u{1b}\u{9b}\u{202e}ж]{0,60}",
        ]) {
            let shown = text(&given);
            prop_assert_eq!(&*shown, slowly(&given));
            prop_assert!(!shown.chars().any(is_harmful));
            prop_assert_eq!(text(&shown).into_owned(), &*shown);
            let one = line(&given);
            prop_assert!(!one.contains('\n'));
            prop_assert_eq!(shown.replace('\n', " "), one);
            let cell = csv_cell(&given);
            prop_assert!(!cell.chars().any(is_harmful));
            prop_assert!(!cell.starts_with(['=', '+', '-', '@']));
        }
    }
}
