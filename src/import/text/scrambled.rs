//! A test for Arabic that its extraction has left in the order of the page instead of that of reading.
//!
//! Such a text cannot be put right: words, brackets and whole lines have changed places.
//! It is recognised and refused, never mended.

/// What speaks for a scrambled order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Signs {
    /// Arabic words.
    words: usize,
    /// Words in which the ligature lam-alef has come apart the wrong way: "األ" for "الأ".
    swaps: usize,
    /// Brackets that open where they should close.
    reversed: usize,
    /// Brackets as they should be.
    straight: usize,
    /// Lines that begin with a full stop or a comma.
    stops: usize,
    /// Lines with Arabic in them.
    lines: usize,
}

/// Why the text is taken for scrambled, as the end of a sentence, or `None`.
pub(in crate::import) fn why<'a>(lines: impl Iterator<Item = &'a str>) -> Option<String> {
    let signs = read(lines);
    let Signs { words, swaps, reversed, straight, stops, lines } = signs;
    let mut reasons = Vec::new();
    // Alef, then alef with hamza or madda, then lam begins no Arabic word.
    if swaps >= 3 && swaps * 100 >= words {
        reasons.push(format!("{swaps} of {words} words have lam and alef the wrong way round"));
    }
    if reversed >= 2 && reversed > straight {
        reasons.push(format!("{reversed} of {} brackets are reversed", reversed + straight));
    }
    if stops >= 3 && stops * 20 >= lines {
        reasons.push(format!("{stops} of {lines} lines begin with a full stop or a comma"));
    }
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// Counts the signs.
fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Signs {
    let mut signs = Signs::default();
    for line in lines {
        if !line.chars().any(is_arabic) {
            continue;
        }
        signs.lines += 1;
        signs.stops += usize::from(line.starts_with(['.', '،']) && line.chars().count() > 3);
        let mut open = 0usize;
        for c in line.chars() {
            match c {
                '(' => open += 1,
                ')' if open > 0 => {
                    open -= 1;
                    signs.straight += 1;
                }
                ')' => signs.reversed += 1,
                _ => {}
            }
        }
        for word in line.split(|c: char| !is_arabic(c)).filter(|w| !w.is_empty()) {
            signs.words += 1;
            let swapped = ["األ", "اإل", "اآل"].iter().any(|s| word.contains(s));
            signs.swaps += usize::from(swapped);
        }
    }
    signs
}

/// Whether a character is a letter or mark of the Arabic script.
pub(in crate::import) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61A}' | '\u{620}'..='\u{65F}' | '\u{66E}'..='\u{6D3}' | '\u{6D5}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_arabic_stands() {
        let good = [
            "الرئيس (تكلم بالإنكليزية): يبدأ المجلس الآن نظره في البند.",
            "أشكر الأمين العام على إحاطته، وأؤكد الأهمية الكبيرة للأمم المتحدة (S/2099/1).",
            "1) أولا، لا بد من الإسراع. 2) ثانيا، الآن.",
        ];
        assert_eq!(why(good.into_iter()), None);
    }

    #[test]
    fn each_sign_is_enough() {
        assert!(why(["األمن لألمم األعضاء", "اإلسهامات اآلن"].into_iter()).is_some());
        assert!(why([")الصومال( السيد", ")أ( ب"].into_iter()).is_some());
        assert!(why([".قبل الجلسة", ".بعد الجلسة", "،ثم قال"].into_iter()).is_some());
        assert_eq!(why(["plain English (with brackets)", ". x"].into_iter()), None);
    }
}
