//! Finds words in topics and titles, as whole words only.

use super::words::{Chunk, Chunks, fold_name};

/// Words to find in topics and titles. A text matches if it has all of them as whole words, in any order, whatever their
/// case and accents. The words of one term, joined by a hyphen or space, must follow each other. `mali*` is a prefix.
///
/// Every command and field that filters by words of a topic uses this.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WholeWords(Vec<String>);

impl WholeWords {
    /// The words of some terms; a term without a letter or digit is ignored.
    pub fn new<'a>(terms: impl IntoIterator<Item = &'a str>) -> Self {
        let terms = terms.into_iter().filter_map(|term| {
            let words = fold_name(term);
            let end = if term.trim_end().ends_with('*') { "" } else { " " };
            (!words.is_empty()).then(|| format!(" {words}{end}"))
        });
        Self(terms.collect())
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every term is in one of these texts.
    pub fn are_in(&self, texts: &[&str]) -> bool {
        if self.is_empty() {
            return true;
        }
        let mut words = String::from(" ");
        for text in texts {
            words.push_str(&fold_name(text));
            words.push_str(" | ");
            // A compound is also found as one word: `peacebuilding` in "peace-building".
            let (mut chunks, mut chunk) = (Chunks::new(text), Chunk::default());
            while chunks.read(&mut chunk) {
                if let Some((whole, _)) = chunk.whole() {
                    words.push_str(whole);
                    words.push_str(" | ");
                }
            }
        }
        self.0.iter().all(|word| words.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_not_found_inside_words() {
        for (asked, text, found) in [
            ("mali", "The situation in Mali", true),
            ("MALI", "La situation au Mali (résolution)", true),
            ("mali", "The situation in Somalia", false),
            ("mali", "Malian affairs", false),
            ("mali*", "Malian affairs", true),
            ("mali*", "The situation in Somalia", false),
            ("mali", "Mali's neighbours", true),
            ("situation mali", "The situation in Mali", true),
            ("mali situation", "The situation in Mali", true),
            ("mali somalia", "The situation in Mali", false),
            ("cote", "La Côte d’Ivoire", true),
            ("cote d'ivoire", "La Co\u{302}te d’Ivoire", true),
            ("peace-building", "Post-conflict peacebuilding", false),
            ("peacebuilding", "Peace-building and sustaining peace", true),
            ("peace-building", "Building peace", false),
            ("马里", "马里局势", true),
            ("里马", "马里局势", false),
            ("", "anything", true),
            ("*", "anything", true),
        ] {
            let words = WholeWords::new(asked.split_whitespace());
            assert_eq!(words.are_in(&[text]), found, "{asked:?} in {text:?}");
        }
        let phrase = WholeWords::new(["middle east", "2014"]);
        assert!(
            phrase.are_in(&["The Middle East", "2014"]) && !phrase.are_in(&["East, middle 2014"])
        );
        assert!(!WholeWords::new(["middle east"]).are_in(&["the middle", "east"]));
    }
}
