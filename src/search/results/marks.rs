//! Finds the words of a query in a text, as byte ranges: for marks, snippets and the concordance.

use std::ops::Range;

use crate::search::phrase::{PhraseTerm, phrase_length, phrase_terms};
use crate::search::query::{Node, Query};
use crate::search::words::each_word_while;

/// A word of a text: folded, its position, its bytes.
type Word = (String, u32, Range<usize>);

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

    /// The first `most` marks in one paragraph: byte ranges, ascending; matches that touch or overlap are joined.
    pub fn marks(&self, text: &str, most: usize) -> Vec<Range<usize>> {
        let mut joined: Vec<Range<usize>> = Vec::new();
        self.each(text, |mark| {
            let before = joined.last().cloned().unwrap_or(0..0);
            let touches = !joined.is_empty() && mark.start <= before.end;
            if touches && mark.end.max(before.end) - before.start <= LONGEST {
                joined.pop();
                joined.push(before.start..mark.end.max(before.end));
            } else if joined.len() >= most {
                return false;
            } else if mark.end > before.end {
                joined.push(mark.start.max(before.end)..mark.end);
            }
            true
        });
        joined
    }

    /// Every match in one paragraph, in the order of the text, until `found` returns `false`.
    pub fn each(&self, text: &str, mut found: impl FnMut(Range<usize>) -> bool) {
        let reach = self.reach();
        // Of thousands of words only those are kept that match a term.
        let (mut words, mut full): (Vec<Word>, usize) = (Vec::new(), WORDS);
        // Matches before this position have been given.
        let mut from = 0;
        let mut wanted = true;
        each_word_while(text, |word, place, at| {
            if !self.phrase_terms().any(|term| term.fits(word)) {
                return true;
            }
            if words.len() >= full {
                // Matches that start later may depend on words that were not read yet.
                let to = place.saturating_sub(reach);
                wanted = self.among(&words, from..to).into_iter().all(&mut found);
                from = from.max(to);
                words.retain(|(_, place, _)| *place >= to.saturating_sub(reach));
                full = words.len() + WORDS;
            }
            words.push((word.to_owned(), place, at));
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
            .map(|(left, right, within)| phrase_length(left) + phrase_length(right) + within);
        said.chain(near).max().unwrap_or(0)
    }

    /// The matches among some words that start at some positions, in order.
    fn among(&self, words: &[Word], places: Range<u32>) -> Vec<Range<usize>> {
        let mut marks: Vec<(u32, Range<usize>)> = Vec::new();
        for terms in &self.phrases {
            marks.extend(occurrences(words, terms));
        }
        for (left, right, within) in &self.near {
            let (lefts, rights) = (occurrences(words, left), occurrences(words, right));
            let (long, short) = (phrase_length(left), phrase_length(right));
            // One side is marked if the other is close enough, before or after it.
            let beside = |at: u32, own: u32, others: &[(u32, Range<usize>)], other: u32| {
                let any = |from: u32, to: u32| {
                    let first = others.partition_point(|(place, _)| *place < from);
                    others.get(first).is_some_and(|(place, _)| *place <= to)
                };
                let before = at.checked_sub(other);
                any(at + own, at + own + within)
                    || before.is_some_and(|last| any(last.saturating_sub(*within), last))
            };
            let left_of = |(l, _): &&(u32, Range<usize>)| beside(*l, long, &rights, short);
            let right_of = |(r, _): &&(u32, Range<usize>)| beside(*r, short, &lefts, long);
            marks.extend(lefts.iter().filter(left_of).cloned());
            marks.extend(rights.iter().filter(right_of).cloned());
        }
        let mut marks: Vec<Range<usize>> =
            marks.into_iter().filter(|(at, _)| places.contains(at)).map(|(_, at)| at).collect();
        marks.sort_by_key(|mark| (mark.start, mark.end));
        marks.dedup();
        marks
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

/// The matches of a phrase: the position of the first word, and the bytes from the first to the last.
fn occurrences(words: &[Word], terms: &[PhraseTerm]) -> Vec<(u32, Range<usize>)> {
    let Some(first) = terms.first() else { return Vec::new() };
    let mut found = Vec::new();
    for (word, place, at) in words {
        if !first.fits(word) {
            continue;
        }
        let mut end = at.end;
        let rest = terms[1..].iter().all(|term| {
            let wanted = place + term.offset;
            let from = words.partition_point(|(_, place, _)| *place < wanted);
            let here = words[from..].iter().take_while(|(_, place, _)| *place == wanted);
            let fits = here.filter(|(word, _, _)| term.fits(word)).map(|(_, _, at)| at.end).min();
            end = fits.unwrap_or(end);
            fits.is_some()
        });
        if rest {
            found.push((*place, at.start..end));
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
