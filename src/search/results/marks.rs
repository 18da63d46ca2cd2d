//! Where the words of a query stand in a text, as bytes: for marks, snippets and the concordance.

use std::ops::Range;

use crate::search::phrase::{Slot, length, slots};
use crate::search::query::{Node, Query, Said};
use crate::search::words::each_until;

/// A word of a text: folded, its place among the words, its bytes.
type Word = (String, u32, Range<usize>);

/// The number of words kept before the occurrences among them are found: texts of any length take no
/// more memory than this.
const WORDS: usize = 4096;

/// The longest mark, in bytes. Occurrences that touch are one mark up to this length.
const LONGEST: usize = 1 << 12;

/// What a query looks for in a text: its words, phrases and pairs, without what is forbidden.
#[derive(Clone, Debug, Default)]
pub struct Marker {
    said: Vec<Vec<Slot>>,
    near: Vec<(Vec<Slot>, Vec<Slot>, u32)>,
    /// Whatever is found has one of these.
    required: bool,
}

impl Marker {
    /// The marker of a query.
    #[must_use]
    pub fn new(query: &Query) -> Self {
        let mut marker = Self::default();
        query.visit(&mut |node, not| match node {
            Node::Said(said) if !not => marker.said.push(slots(said)),
            Node::Near(left, right, within) if !not => {
                marker.near.push((slots(left), slots(right), *within));
            }
            _ => {}
        });
        marker.said.retain(|slots| !slots.is_empty());
        marker.required = query.root.as_ref().is_some_and(required);
        marker
    }

    /// The marker of one word or phrase.
    #[must_use]
    pub fn of(said: &Said) -> Self {
        Self { said: vec![slots(said)], near: Vec::new(), required: true }
    }

    /// Whether there is nothing to look for: the query has fields alone.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.said.is_empty() && self.near.is_empty()
    }

    /// Whether whatever the query finds has something to mark: it has not where a word stands beside a
    /// field as an alternative.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Everything that is looked for, one by one.
    fn slots(&self) -> impl Iterator<Item = &Slot> {
        let near = self.near.iter().flat_map(|(left, right, _)| left.iter().chain(right));
        self.said.iter().flatten().chain(near)
    }

    /// Where they stand in one paragraph: bytes, rising; those that touch or overlap are one. No more
    /// than the first `most`.
    #[must_use]
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

    /// Every occurrence in one paragraph, each by itself and once, in the order of the text, as long as
    /// `found` wants more of them.
    pub fn each(&self, text: &str, mut found: impl FnMut(Range<usize>) -> bool) {
        let reach = self.reach();
        // Of a text of thousands of words a handful is kept: those that a slot asks for.
        let (mut words, mut full): (Vec<Word>, usize) = (Vec::new(), WORDS);
        // The place from which on occurrences are still to be given.
        let mut from = 0;
        let mut wanted = true;
        each_until(text, |word, place, at| {
            if !self.slots().any(|slot| slot.fits(word)) {
                return true;
            }
            if words.len() >= full {
                // What begins further on may depend on words still to come.
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

    /// How many places an occurrence may depend on, before and after the one at which it begins.
    fn reach(&self) -> u32 {
        let said = self.said.iter().map(|slots| length(slots));
        let near =
            self.near.iter().map(|(left, right, within)| length(left) + length(right) + within);
        said.chain(near).max().unwrap_or(0)
    }

    /// The occurrences among some words that begin at some places, in order.
    fn among(&self, words: &[Word], places: Range<u32>) -> Vec<Range<usize>> {
        let mut marks: Vec<(u32, Range<usize>)> = Vec::new();
        for slots in &self.said {
            marks.extend(standing(words, slots));
        }
        for (left, right, within) in &self.near {
            let (lefts, rights) = (standing(words, left), standing(words, right));
            let (long, short) = (length(left), length(right));
            // One side is marked where another one follows it, or is followed by it, closely enough.
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

/// Whether whatever a part finds has a word that is marked.
fn required(node: &Node) -> bool {
    match node {
        Node::All(nodes) => nodes.iter().any(required),
        Node::Any(nodes) => nodes.iter().all(required),
        Node::Said(_) | Node::Near(..) => true,
        Node::Not(_) | Node::Field(_) => false,
    }
}

/// Where the slots stand: the place of the first word, and the bytes from the first to the last.
fn standing(words: &[Word], slots: &[Slot]) -> Vec<(u32, Range<usize>)> {
    let Some(first) = slots.first() else { return Vec::new() };
    let mut found = Vec::new();
    for (word, place, at) in words {
        if !first.fits(word) {
            continue;
        }
        let mut end = at.end;
        let rest = slots[1..].iter().all(|slot| {
            let wanted = place + slot.offset;
            let from = words.partition_point(|(_, place, _)| *place < wanted);
            let here = words[from..].iter().take_while(|(_, place, _)| *place == wanted);
            let fits = here.filter(|(word, _, _)| slot.fits(word)).map(|(_, _, at)| at.end).min();
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
