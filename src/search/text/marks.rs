//! Where the words of a query stand in a text, as bytes: for marks, snippets and the concordance.

use std::ops::Range;

use super::slots::{Slot, length, slots};
use crate::search::query::{Node, Query, Said};
use crate::search::words::each;

/// A word of a text: folded, its place among the words, its bytes.
type Word = (String, u32, Range<usize>);

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

    /// Where they stand in one paragraph: bytes, rising; those that touch or overlap are one.
    #[must_use]
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let mut marks = self.occurrences(text);
        marks.sort_by_key(|mark| (mark.start, mark.end));
        let mut joined: Vec<Range<usize>> = Vec::new();
        for mark in marks {
            match joined.last_mut() {
                Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
                _ => joined.push(mark),
            }
        }
        joined
    }

    /// Every occurrence in one paragraph, each by itself, in no particular order and each once.
    #[must_use]
    pub fn occurrences(&self, text: &str) -> Vec<Range<usize>> {
        // Of a text of thousands of words a handful is kept: those that a slot asks for.
        let mut words: Vec<Word> = Vec::new();
        each(text, |word, place, at| {
            if self.slots().any(|slot| slot.fits(word)) {
                words.push((word.to_owned(), place, at));
            }
        });
        if words.is_empty() {
            return Vec::new();
        }
        let mut marks = Vec::new();
        for slots in &self.said {
            marks.extend(standing(&words, slots).into_iter().map(|(_, at)| at));
        }
        for (left, right, within) in &self.near {
            let (lefts, rights) = (standing(&words, left), standing(&words, right));
            let (long, short) = (length(left), length(right));
            let near = |l: u32, r: u32| {
                r.checked_sub(l + long).or(l.checked_sub(r + short)).is_some_and(|n| n <= *within)
            };
            for (l, at) in &lefts {
                for (r, other) in &rights {
                    if near(*l, *r) {
                        marks.extend([at.clone(), other.clone()]);
                    }
                }
            }
        }
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
            let shown: Vec<&str> = marker.marks(text).into_iter().map(|at| &text[at]).collect();
            assert_eq!(shown, marked, "{query} in {text}");
        }
    }
}
