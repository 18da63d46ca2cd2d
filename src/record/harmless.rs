//! Makes untrusted text harmless before it goes to a screen, plain text, Markdown, CSV or the
//! clipboard.
//!
//! A record must not be able to control the terminal, reorder its words on screen or hide words in
//! invisible characters. Each harmful character becomes a visible mark, so that the text cannot
//! pass for clean. JSON output is escaped instead, in [`super::json`].

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// Shown in place of a harmful character.
pub const MARK: char = '\u{FFFD}';

/// The most combining marks shown on one letter. Vietnamese needs two, Arabic and Hebrew four, the
/// longest clusters of the official languages' scripts fewer than eight.
pub const MARKS_ON_A_LETTER: usize = 8;

/// The text with its newlines, every harmful character replaced by [`MARK`], every tab by a space,
/// and the combining marks beyond [`MARKS_ON_A_LETTER`] on a letter by one [`MARK`].
///
/// Borrows the text if nothing has to be replaced.
#[must_use]
pub fn text(text: &str) -> Cow<'_, str> {
    clean(text, true)
}

/// Like [`text`], on one line: newlines become spaces too.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    clean(text, false)
}

/// The first bytes of a text as [`line()`] shows them, for a message that quotes it.
#[must_use]
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = line(text);
    line[..line.floor_char_boundary(LONGEST)].to_owned()
}

/// One character as [`text`] shows it alone; a newline is kept.
#[must_use]
pub fn letter(c: char) -> char {
    match c {
        '\t' => ' ',
        c if is_harmful(c) => MARK,
        c => c,
    }
}

/// Whether a character could control a terminal, reorder text or hide in it.
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
        | '\u{034F}' | '\u{17B4}' | '\u{17B5}' // marks that do not show
        | '\u{061C}' | '\u{200E}' | '\u{200F}' // bidirectional marks
        | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' // bidirectional overrides and isolates
        | '\u{200B}' | '\u{2060}'..='\u{2065}' | '\u{FEFF}' // of no width
        | '\u{2028}' | '\u{2029}' // line and paragraph separators
        | '\u{206A}'..='\u{206F}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' // formats
        | '\u{1BCA0}'..='\u{1BCA3}' // formats of shorthand
        | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' // letters of Hangul that are blank
        | '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' // variation selectors, which can carry hidden text
        | '\u{E0000}'..='\u{E0FFF}' // tags, and more variation selectors
        | '\u{FDD0}'..='\u{FDEF}' // noncharacters
    ) || u32::from(c) & 0xFFFE == 0xFFFE // the others, two at the end of each plane
}

/// Copies the text only if a character has to be replaced.
fn clean(text: &str, newlines: bool) -> Cow<'_, str> {
    let plain = |b: &u8| (0x20..0x7F).contains(b) || (*b == b'\n' && newlines);
    if text.as_bytes().iter().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut marks = 0;
    let mut copy: Option<String> = None;
    for (at, c) in text.char_indices() {
        let shown = shown(c, newlines, &mut marks);
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

/// What is shown of a character; `marks` counts the combining marks up to here.
fn shown(c: char, newlines: bool, marks: &mut usize) -> Option<char> {
    *marks = if is_mark(c) { *marks + 1 } else { 0 };
    match c {
        '\n' if !newlines => Some(' '),
        _ if *marks > MARKS_ON_A_LETTER + 1 => None,
        _ if *marks == MARKS_ON_A_LETTER + 1 => Some(MARK),
        _ => Some(letter(c)),
    }
}

/// Maps byte offsets of a text to those in [`line()`] of it. The offsets are character boundaries in
/// rising order.
pub fn places_in_line<'a>(text: &str, places: impl Iterator<Item = &'a mut usize>) {
    let (mut marks, mut made) = (0, 0);
    let mut letters = text.char_indices().peekable();
    for place in places {
        while let Some((_, c)) = letters.next_if(|(at, _)| *at < *place) {
            made += shown(c, false, &mut marks).map_or(0, char::len_utf8);
        }
        *place = made;
    }
}

/// Whether a character combines with the one before it: combining marks, variation selectors,
/// joiners.
pub(crate) fn is_mark(c: char) -> bool {
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
    fn no_selector_and_no_noncharacter_can_carry_hidden_text() {
        let ranges = [
            '\u{34f}'..='\u{34f}',
            '\u{180b}'..='\u{180f}',
            '\u{fdd0}'..='\u{fdef}',
            '\u{fe00}'..='\u{fe0f}',
            '\u{fff0}'..='\u{fff8}',
            '\u{1bca0}'..='\u{1bca3}',
            '\u{e0000}'..='\u{e0fff}',
        ];
        for c in ranges.into_iter().flatten() {
            assert!(is_harmful(c), "{c:?}");
        }
        for plane in 0..=16_u32 {
            for end in [0xFFFE, 0xFFFF] {
                let c = char::from_u32(plane << 16 | end).unwrap();
                assert_eq!(letter(c), MARK, "{c:?}");
            }
        }
        assert!(!['\u{fffd}', '\u{fdcf}', '\u{fdf0}', '\u{180a}'].into_iter().any(is_harmful));
    }

    /// The plain way: character by character, always copied.
    fn slowly(text: &str) -> String {
        let mut out = String::new();
        let mut run: Vec<char> = Vec::new();
        for c in text.chars().chain(['\u{0}']) {
            if !is_mark(c) && !run.is_empty() {
                out.extend(run.iter().copied().map(letter).take(MARKS_ON_A_LETTER));
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
        }
    }
}
