//! Lines of a text into paragraphs: hard-wrapped lines are joined, blank lines end a paragraph.

use super::report::RepairCounts;

/// In a text without blank lines, a line that ends a sentence and is this many tenths shorter than the
/// longest ends a paragraph.
const SHORT: usize = 3;

/// The paragraphs of a text. Text is split at line ends only.
pub(super) fn split_paragraphs(text: &str, tally: &mut RepairCounts) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut current = String::new();
    let (mut wraps, mut spaces) = (0, 0);
    let blank = text.contains("\n\n") || text.lines().any(|line| line.trim().is_empty());
    let longest = text.lines().map(str::len).max().unwrap_or(0);
    for line in text.split(['\n', '\u{c}']) {
        let before = current.len();
        let ends = line.trim().is_empty();
        if !ends {
            if before > 0 {
                wraps += 1;
                current.push(' ');
            }
            spaces += push_words(&mut current, line);
        }
        let short =
            !blank && ends_sentence(line) && line.trim().len() + SHORT * longest / 10 < longest;
        if (ends || short) && !current.is_empty() {
            found.push(std::mem::take(&mut current));
        }
    }
    if !current.is_empty() {
        found.push(current);
    }
    tally.repair("joined_lines", wraps);
    tally.repair("spaces", spaces);
    found
}

/// Appends the words of a line with single spaces. Returns the number of spaces removed.
fn push_words(out: &mut String, line: &str) -> usize {
    let line = line.trim();
    if !line.contains("  ") {
        out.push_str(line);
        return 0;
    }
    let mut cut = 0;
    for (at, word) in line.split(' ').enumerate() {
        if word.is_empty() {
            cut += 1;
            continue;
        }
        if at > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
    cut
}

/// Joins paragraphs that a page turn split: the first does not end a sentence, and the next starts with a
/// small letter.
pub(super) fn rejoin_paragraphs(paragraphs: Vec<String>, tally: &mut RepairCounts) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(paragraphs.len());
    let mut times = 0;
    for paragraph in paragraphs.into_iter().filter(|p| !p.is_empty()) {
        let small = paragraph.starts_with(char::is_lowercase);
        match joined.last_mut().filter(|before| small && is_open(before)) {
            Some(before) => {
                times += 1;
                before.push(' ');
                before.push_str(&paragraph);
            }
            None => joined.push(paragraph),
        }
    }
    tally.repair("joined_paragraphs", times);
    joined
}

/// Whether the last sentence is open: the text ends with a letter, a comma or a hyphen.
fn is_open(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-'))
}

/// Whether a line ends with the end of a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '\'', '’', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> (Vec<String>, RepairCounts) {
        let mut tally = RepairCounts::default();
        let paragraphs = split_paragraphs(text, &mut tally);
        (rejoin_paragraphs(paragraphs, &mut tally), tally)
    }

    #[test]
    fn wraps_are_joined_and_blank_lines_end_paragraphs() {
        let (paragraphs, tally) = made("We are\nglad of\nthis.\n\nAnd of\n \nthat, too.\n");
        assert_eq!(paragraphs, ["We are glad of this.", "And of that, too."]);
        assert_eq!(tally.repaired["joined_lines"], 2);
        assert_eq!(tally.repaired["joined_paragraphs"], 1);
    }

    #[test]
    fn without_blank_lines_a_short_line_ends_a_paragraph() {
        let (paragraphs, _) = made(
            "We are glad of this invented\nsentence. So\nit goes on to the end of it.\nIt ends.\nThis is a new paragraph here\nwith two lines.",
        );
        assert_eq!(paragraphs.len(), 2, "{paragraphs:?}");
        assert!(paragraphs[0].ends_with("It ends."));
    }

    #[test]
    fn one_line_stays_one_paragraph() {
        let (paragraphs, tally) = made("One.  Two.   Three.");
        assert_eq!(paragraphs, ["One. Two. Three."]);
        assert_eq!(tally.repaired["spaces"], 3);
    }

    #[test]
    fn a_new_sentence_is_a_new_paragraph() {
        assert_eq!(made("It ends,\n\nNow another.").0.len(), 2);
        assert_eq!(made("It ends.\n\nand another").0.len(), 2);
        assert_eq!(made("\n\n \n").0, Vec::<String>::new());
    }
}
