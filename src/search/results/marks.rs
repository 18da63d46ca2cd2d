//! Finds the words of a query in a text, as byte ranges: for marks, snippets and the concordance.

use std::ops::Range;

use crate::search::phrase::{PhraseTerm, phrase_length, phrase_terms};
use crate::search::query::{Node, Query};
use crate::search::words::{MOST_PARTS, each_numbered_word_while};

/// A word of a text.
#[derive(Clone, Debug)]
struct Word {
    folded: String,
    /// Its position, as in the index.
    place: u32,
    /// Its number when a compound is counted as one word.
    nth: u32,
    /// Its bytes.
    at: Range<usize>,
}

/// A match of a phrase.
#[derive(Clone, Debug)]
struct Occurrence {
    /// The position of its first word.
    place: u32,
    /// The numbers of its first and its last word.
    nth: (u32, u32),
    /// The bytes from the first word to the last.
    at: Range<usize>,
}

/// The number of words that are kept before matches among them are looked for. It bounds the memory for long texts.
const WORDS: usize = 4096;

/// The longest mark, in bytes. Matches that touch are joined up to this length.
const LONGEST: usize = 1 << 12;

/// The words, phrases and `near` pairs of a query, without those it forbids.
#[derive(Clone, Debug, Default)]
pub struct Marker {
    phrases: Vec<Vec<PhraseTerm>>,
    near: Vec<(Vec<PhraseTerm>, Vec<PhraseTerm>, u32)>,
    /// Every hit of the query has one of these.
    required: bool,
}

impl Marker {
    /// The marker of a query.
    pub fn new(query: &Query) -> Self {
        let mut marker = Self::default();
        query.visit(&mut |node, not| match node {
            Node::Phrase(said) if !not => marker.phrases.push(phrase_terms(said)),
            Node::Near(left, right, within) if !not => {
                marker.near.push((phrase_terms(left), phrase_terms(right), *within));
            }
            _ => {}
        });
        marker.phrases.retain(|terms| !terms.is_empty());
        marker.required = query.root.as_ref().is_some_and(has_required_mark);
        marker
    }

    /// Whether there is nothing to look for: the query has only fields.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty() && self.near.is_empty()
    }

    /// Whether every hit of the query has something to mark. A hit may have nothing if a word and a field are
    /// alternatives.
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// All terms that are looked for.
    fn phrase_terms(&self) -> impl Iterator<Item = &PhraseTerm> {
        let near = self.near.iter().flat_map(|(left, right, _)| left.iter().chain(right));
        self.phrases.iter().flatten().chain(near)
    }

    /// The number of words, phrases and pairs that are looked for.
    pub fn element_count(&self) -> usize {
        self.phrases.len() + self.near.len()
    }

    /// The first `most` marks in one paragraph: byte ranges, ascending; matches that touch or overlap are joined.
    pub fn marks(&self, text: &str, most: usize) -> Vec<Range<usize>> {
        let mut joined = Joined { marks: Vec::new(), most };
        self.each(text, |mark| joined.push(mark));
        joined.marks
    }

    /// [`marks`](Self::marks), and how many of the [elements](Self::element_count) are in the paragraph.
    pub fn marks_and_elements(&self, text: &str, most: usize) -> (Vec<Range<usize>>, usize) {
        let mut joined = Joined { marks: Vec::new(), most };
        let (mut seen, mut missing, mut full) =
            (vec![false; self.element_count()], self.element_count(), false);
        self.each_of(text, |mark, element| {
            if !std::mem::replace(&mut seen[element], true) {
                missing -= 1;
            }
            full = full || !joined.push(mark);
            !full || missing > 0
        });
        (joined.marks, self.element_count() - missing)
    }

    /// Every match in one paragraph, in the order of the text, until `found` returns `false`.
    pub fn each(&self, text: &str, mut found: impl FnMut(Range<usize>) -> bool) {
        let mut before = None;
        self.each_of(text, |mark, _| {
            let new = before.replace(mark.clone()) != Some(mark.clone());
            !new || found(mark)
        });
    }

    /// [`each`](Self::each), with the index of the word, phrase or pair that it is a match of.
    fn each_of(&self, text: &str, mut found: impl FnMut(Range<usize>, usize) -> bool) {
        let mut found = |(mark, element)| found(mark, element);
        let reach = self.reach();
        // Of thousands of words only those are kept that match a term.
        let (mut words, mut full): (Vec<Word>, usize) = (Vec::new(), WORDS);
        // Matches before this position have been given.
        let mut from = 0;
        let mut wanted = true;
        each_numbered_word_while(text, |word, place, nth, at| {
            if !self.phrase_terms().any(|term| term.fits(word)) {
                return true;
            }
            if words.len() >= full {
                // Matches that start later may depend on words that were not read yet.
                let to = place.saturating_sub(reach);
                wanted = self.among(&words, from..to).into_iter().all(&mut found);
                from = from.max(to);
                words.retain(|word| word.place >= to.saturating_sub(reach));
                full = words.len() + WORDS;
            }
            words.push(Word { folded: word.to_owned(), place, nth, at });
            wanted
        });
        if wanted {
            self.among(&words, from..u32::MAX).into_iter().all(found);
        }
    }

    /// The number of positions, before and after its start, that a match may depend on.
    fn reach(&self) -> u32 {
        let said = self.phrases.iter().map(|terms| phrase_length(terms));
        let near = self
            .near
            .iter()
            // Every word between may be a compound.
            .map(|(left, right, within)| {
                phrase_length(left) + phrase_length(right) + (within + 2) * MOST_PARTS as u32
            });
        said.chain(near).max().unwrap_or(0)
    }

    /// The matches among some words that start at some positions, in order.
    fn among(&self, words: &[Word], places: Range<u32>) -> Vec<(Range<usize>, usize)> {
        let mut marks: Vec<(Occurrence, usize)> = Vec::new();
        for (n, terms) in self.phrases.iter().enumerate() {
            marks.extend(occurrences(words, terms).into_iter().map(|mark| (mark, n)));
        }
        for (n, (left, right, within)) in (self.phrases.len()..).zip(&self.near) {
            let (lefts, rights) = (occurrences(words, left), occurrences(words, right));
            let (long, short) = (phrase_length(left), phrase_length(right));
            let is_near = |first: &Occurrence, second: &Occurrence| {
                second.nth.0.saturating_sub(first.nth.1 + 1) <= *within
            };
            // One side is marked if the other is close enough, before or after it: the nearest decides.
            let beside = |one: &Occurrence, own: u32, others: &[Occurrence], other: u32| {
                let after = others.partition_point(|o| o.place < one.place + own);
                let before = others.partition_point(|o| o.place + other <= one.place);
                others.get(after).is_some_and(|next| is_near(one, next))
                    || before.checked_sub(1).is_some_and(|n| is_near(&others[n], one))
            };
            let lefts_near = lefts.iter().filter(|l| beside(l, long, &rights, short));
            let rights_near = rights.iter().filter(|r| beside(r, short, &lefts, long));
            marks.extend(lefts_near.chain(rights_near).map(|mark| (mark.clone(), n)));
        }
        marks.retain(|(mark, _)| places.contains(&mark.place));
        let mut marks: Vec<_> = marks.into_iter().map(|(mark, n)| (mark.at, n)).collect();
        marks.sort_by_key(|(mark, n)| (mark.start, mark.end, *n));
        marks.dedup();
        marks
    }
}

/// Marks that touch or overlap, joined to one.
struct Joined {
    marks: Vec<Range<usize>>,
    most: usize,
}

impl Joined {
    /// Adds a mark, which does not start before the last one; `false` if there are enough.
    fn push(&mut self, mark: Range<usize>) -> bool {
        let before = self.marks.last().cloned().unwrap_or(0..0);
        let touches = !self.marks.is_empty() && mark.start <= before.end;
        if touches && mark.end.max(before.end) - before.start <= LONGEST {
            self.marks.pop();
            self.marks.push(before.start..mark.end.max(before.end));
        } else if self.marks.len() >= self.most {
            return false;
        } else if mark.end > before.end {
            self.marks.push(mark.start.max(before.end)..mark.end);
        }
        true
    }
}

/// Whether every hit of a node has a word that is marked.
fn has_required_mark(node: &Node) -> bool {
    match node {
        Node::All(nodes) => nodes.iter().any(has_required_mark),
        Node::Any(nodes) => nodes.iter().all(has_required_mark),
        Node::Phrase(_) | Node::Near(..) => true,
        Node::Not(_) | Node::Field(_) => false,
    }
}

/// The matches of a phrase, in order.
fn occurrences(words: &[Word], terms: &[PhraseTerm]) -> Vec<Occurrence> {
    let Some(first) = terms.first() else { return Vec::new() };
    let mut found = Vec::new();
    for word in words {
        if !first.fits(&word.folded) {
            continue;
        }
        let (mut end, mut last) = (word.at.end, word.nth);
        let rest = terms[1..].iter().all(|term| {
            let wanted = word.place + term.offset;
            let from = words.partition_point(|word| word.place < wanted);
            let here = words[from..].iter().take_while(|word| word.place == wanted);
            let fits = here.filter(|word| term.fits(&word.folded)).min_by_key(|word| word.at.end);
            if let Some(fits) = fits {
                (end, last) = (fits.at.end, fits.nth);
            }
            fits.is_some()
        });
        if rest {
            let at = word.at.start..end;
            found.push(Occurrence { place: word.place, nth: (word.nth, last), at });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::parse;

    #[test]
    fn marks_are_bytes_of_the_text() {
        for (query, text, marked) in [
            ("peace", "Peace, and PEACE-building.", vec!["Peace", "PEACE"]),
            ("peacebuilding", "Peace, and PEACE-building.", vec!["PEACE-building"]),
            (
                "\"peace building\"",
                "a peace building, a peace-building",
                vec!["peace building", "peace-building"],
            ),
            ("cote*", "En Côte d’Ivoire", vec!["Côte"]),
            ("fire near/1 cease", "fire a cease b c fire", vec!["fire", "cease"]),
            ("fire near/2 cease", "fire a cease b c fire", vec!["fire", "cease", "fire"]),
            ("fire near/2 cease", "fire the Secretary-General’s cease", vec!["fire", "cease"]),
            ("general near/0 cease", "Secretary-General’s cease fire", vec!["General", "cease"]),
            ("fire near/1 cease", "fire a-b c-d cease", vec![]),
            ("a -b", "b a", vec!["a"]),
            ("a OR b", "b c a", vec!["b", "a"]),
            ("理事", "安全理事会", vec!["理事"]),
            ("会", "安全理事会", vec!["会"]),
            ("安全 全理", "安全理事会", vec!["安全理"]),
            ("state:x", "x", vec![]),
            ("\"a b\"", "a c b", vec![]),
        ] {
            let marker = Marker::new(&parse(query));
            let shown: Vec<&str> =
                marker.marks(text, usize::MAX).into_iter().map(|at| &text[at]).collect();
            assert_eq!(shown, marked, "{query} in {text}");
        }
    }
}
