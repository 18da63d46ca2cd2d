//! Tables, properties and a slow plain second implementation of the wrapping.

use super::{WrappedRow, columns, plain_breaks, unicode_breaks, wrap};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// The rows as strings.
fn shown(text: &str, width: u16) -> Vec<&str> {
    wrap(text, width).into_iter().map(|row| &text[row.start..row.end]).collect()
}

#[test]
fn rows_break_where_readers_expect() {
    let table: &[(&str, u16, &[&str])] = &[
        ("", 10, &[""]),
        ("   ", 10, &[""]),
        ("one two three", 7, &["one two", "three"]),
        ("one  two", 3, &["one", "two"]),
        ("  one two", 9, &["  one two"]),
        ("one\ntwo\n\nthree", 20, &["one", "two", "", "three"]),
        ("non-proliferation", 8, &["non-", "prolifer", "ation"]),
        ("in S/PRST/2019/15 now", 16, &["in", "S/PRST/2019/15", "now"]),
        ("a well-known word", 7, &["a well-", "known", "word"]),
        ("long way -", 8, &["long way", "-"]),
        ("so . be", 3, &["so", ".", "be"]),
        ("a - b", 3, &["a -", "b"]),
        ("no\u{A0}break here", 8, &["no\u{A0}break", "here"]),
        ("中文字符测试", 5, &["中文", "字符", "测试"]),
        ("他说：和平。", 6, &["他说：", "和平。"]),
        ("السلام عليكم", 7, &["السلام", "عليكم"]),
        ("abc", 0, &["a", "b", "c"]),
        ("abc", 1, &["a", "b", "c"]),
        ("中a", 1, &["中", "a"]),
        ("\u{1F469}\u{200D}\u{1F467}x", 2, &["\u{1F469}\u{200D}\u{1F467}", "x"]),
    ];
    for (text, width, rows) in table {
        assert_eq!(&shown(text, *width), rows, "{text:?} at {width}");
    }
}

#[test]
fn a_wide_character_in_a_narrow_column_takes_no_more_than_the_column() {
    assert_eq!(wrap("中", 1), [WrappedRow { start: 0, end: 3, width: 1 }]);
    assert_eq!(wrap("中", 0), [WrappedRow { start: 0, end: 3, width: 0 }]);
}

/// Pieces of text in several scripts, and some that are awkward.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z0-9.,;:'()/-]{1,12}",
        4 => Just(" ".to_owned()),
        2 => "[а-яА-Я]{1,12}",
        2 => "[\u{0621}-\u{064A}]{1,8}",
        2 => "[\u{4E00}-\u{4FFF}，。：（）]{1,8}",
        1 => prop_oneof![
            Just("\n"), Just("\u{1F469}\u{200D}\u{1F467}"), Just("\u{1F1FA}\u{1F1F3}"), Just("e\u{301}"),
            Just("\u{301}"), Just("\u{3000}"), Just("\u{A0}"), Just("\u{2014}"), Just("\u{200B}"),
            Just("\u{FF76}\u{FF9E}"), Just("\u{1F44D}\u{1F3FD}"), Just("中\u{1F3FD}"), Just("\u{0644}\u{0627}"),
        ].prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_is_lost_and_no_row_is_too_wide(text in any_text(), width in 0u16..40) {
        let rows = wrap(&text, width);
        prop_assert!(rows.len() > text.matches('\n').count());
        let mut at = 0;
        for row in &rows {
            prop_assert!(at <= row.start && row.start <= row.end);
            prop_assert!(text[at..row.start].chars().all(char::is_whitespace), "lost {:?}", &text[at..row.start]);
            let part = &text[row.start..row.end];
            prop_assert_eq!(part.trim_end(), part);
            prop_assert!(!part.contains('\n'));
            prop_assert!(row.width <= width);
            let seen = columns(part);
            let alone = part.graphemes(true).filter(|cluster| columns(cluster) > 0).count() == 1;
            prop_assert!(seen <= usize::from(width.max(1)) || alone, "{part:?} takes {seen}");
            if seen <= usize::from(width) {
                prop_assert_eq!(usize::from(row.width), seen);
            }
            at = row.end;
        }
        prop_assert!(text[at..].chars().all(char::is_whitespace));
    }

    #[test]
    fn the_fast_way_breaks_where_the_rules_do(
        text in prop_oneof!["[a-c1-3 .,;:!?()“”’'\"/-]{0,24}", "([(“'\"]?[a-c1-3]{1,3}([-/.,:’()][a-c1-3]{1,2}){0,2}[.,;:!?)”’'\"]{0,2} {0,2}){0,9}"],
    ) {
        if let Some(fast) = plain_breaks(&text) {
            prop_assert_eq!(fast, unicode_breaks(&text), "{:?}", text);
        }
    }

    #[test]
    fn columns_are_those_ratatui_draws(text in any_text()) {
        let mut buffer = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 2000, 1));
        let drawn = buffer.set_stringn(0, 0, &text, 2000, ratatui::style::Style::new()).0;
        prop_assert_eq!(columns(&text), usize::from(drawn));
    }

    #[test]
    fn plain_words_wrap_as_in_the_slow_plain_way(text in "[a-z\u{20}\n.-]{0,120}", width in 1u16..30) {
        let rows: Vec<String> = shown(&text, width).into_iter().map(str::to_owned).collect();
        prop_assert_eq!(rows, slow(&text, usize::from(width)), "{:?} at {}", text, width);
    }
}

/// The same by trying, for each row, every length from the longest down. ASCII only; breaks after
/// white space and after a hyphen between letters.
fn slow(text: &str, width: usize) -> Vec<String> {
    let mut rows = Vec::new();
    for line in text.split('\n') {
        let letters: Vec<char> = line.chars().collect();
        let letter = |at: usize| letters.get(at).is_some_and(|c| c.is_ascii_alphabetic());
        let good = |at: usize| {
            at == letters.len()
                || (letters[at - 1] == ' ' && !matches!(letters[at], ' ' | '.'))
                || (letters[at - 1] == '-' && at > 1 && letter(at - 2) && letter(at))
        };
        let trimmed = |from: usize, to: usize| {
            letters[from..to].iter().collect::<String>().trim_end().to_owned()
        };
        let (mut from, before) = (0, rows.len());
        while from < letters.len() {
            let fits = |to: &usize| trimmed(from, *to).len() <= width;
            let to = (from + 1..=letters.len()).rev().filter(fits).find(|&to| good(to));
            // A word too long for a row is cut where the row is full, and no cut part begins with
            // white space.
            let cut = to.is_none();
            let spaces = letters[from..].iter().take_while(|&&c| c == ' ').count();
            if cut && spaces > 0 {
                from += spaces;
                continue;
            }
            let to = to.unwrap_or((from + width).min(letters.len()));
            if !(trimmed(from, to).is_empty()) {
                rows.push(trimmed(from, to));
            }
            from = to;
            if cut {
                from += letters[from..].iter().take_while(|&&c| c == ' ').count();
            }
        }
        if rows.len() == before {
            rows.push(String::new());
        }
    }
    rows
}

/// Run with `cargo test --release wrap -- --ignored --nocapture` to see the cost; asserts no time.
#[test]
#[ignore = "a measurement, printed for the person who asks"]
fn how_long_a_record_takes() {
    let word = [
        "council",
        "peace",
        "S/2019/823",
        "the",
        "non-aligned",
        "of",
        "(spoke",
        "Russian)",
        "“no”,",
    ];
    let latin: String = (0..600).map(|n| word[n * 7 % word.len()].to_owned() + " ").collect();
    let chinese: String =
        (0..900u32).filter_map(|n| char::from_u32(0x4E00 + n * 37 % 9000)).collect();
    for (name, text) in
        [("ascii", latin.replace(['“', '”'], "\"")), ("latin", latin), ("chinese", chinese)]
    {
        let begin = std::time::Instant::now();
        let rows: usize = (0..180).map(|_| wrap(&text, 76).len()).sum();
        println!("{name}: 180 statements, {rows} rows, {:?}", begin.elapsed());
    }
}
