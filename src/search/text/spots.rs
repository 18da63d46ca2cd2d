//! Documents that may be found, with the places in each where a phrase begins, in few bytes.
//!
//! A frequent word stands millions of times. The places of all documents are kept in one run of bytes, each
//! as the distance from the one before, so that a dense phrase takes megabytes neither for
//! long nor in many pieces.

use tantivy::DocId;

use crate::record::varint::{read_varint, write_varint};

/// Lists of rising numbers, one behind the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    /// Where each list ends.
    ends: Vec<usize>,
    bytes: Vec<u8>,
}

impl Lists {
    /// Adds a list.
    pub fn push(&mut self, rising: impl Iterator<Item = u32>) {
        let mut before = 0;
        for number in rising {
            write_varint(&mut self.bytes, u64::from(number.wrapping_sub(before)));
            before = number;
        }
        self.ends.push(self.bytes.len());
    }

    /// The numbers of list `n`.
    pub fn get(&self, n: usize) -> impl Iterator<Item = u32> + '_ {
        let from = n.checked_sub(1).map_or(0, |before| self.ends[before]);
        let mut bytes = &self.bytes[from..self.ends[n]];
        let mut number = 0_u32;
        std::iter::from_fn(move || {
            number = number.wrapping_add(read_varint(&mut bytes)? as u32);
            Some(number)
        })
    }

    fn kept(&self, keep: impl Iterator<Item = usize>) -> Self {
        let mut kept = Self::default();
        keep.for_each(|n| kept.push(self.get(n)));
        kept
    }
}

/// Candidates: documents, rising, and for each side of the question where it begins; `None` while nothing
/// of that side has been looked at.
#[derive(Debug, Default)]
pub(super) struct Spots {
    pub docs: Vec<DocId>,
    pub sides: [Option<Lists>; 2],
    /// Documents that are found already and no candidates any more, rising.
    pub sure: Vec<DocId>,
    /// Of some documents it is not known how their words begin.
    pub unknown: bool,
}

impl Spots {
    /// Keeps those in which `side` begins at one of these places: pairs of a candidate and a place, in any
    /// order.
    pub fn keep(&mut self, side: usize, mut places: Vec<(u32, u32)>) {
        places.sort_unstable();
        places.dedup();
        let (mut lists, mut kept) = (Lists::default(), Vec::new());
        for of_one in places.chunk_by(|a, b| a.0 == b.0) {
            kept.push(of_one[0].0 as usize);
            lists.push(of_one.iter().map(|(_, place)| *place));
        }
        let other = &mut self.sides[1 - side];
        *other = other.as_ref().map(|lists| lists.kept(kept.iter().copied()));
        self.sides[side] = Some(lists);
        self.docs = kept.into_iter().map(|n| self.docs[n]).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_kept_is_what_was_put_in(
            lists in prop::collection::vec(prop::collection::btree_set(any::<u32>(), 0..6), 0..8),
        ) {
            let mut packed = Lists::default();
            lists.iter().for_each(|list| packed.push(list.iter().copied()));
            for (n, list) in lists.iter().enumerate() {
                let given: Vec<u32> = packed.get(n).collect();
                prop_assert_eq!(&given, &list.iter().copied().collect::<Vec<_>>());
            }
            let odd = packed.kept((0..lists.len()).filter(|n| n % 2 == 1));
            for (n, list) in lists.iter().skip(1).step_by(2).enumerate() {
                prop_assert!(odd.get(n).eq(list.iter().copied()));
            }
        }
    }

    #[test]
    fn candidates_without_a_place_are_left_out() {
        let mut other = Lists::default();
        for n in [1, 2, 3] {
            other.push([n].into_iter());
        }
        let mut spots =
            Spots { docs: vec![10, 20, 30], sides: [None, Some(other)], ..Spots::default() };
        spots.keep(0, vec![(2, 9), (0, 5), (0, 4), (2, 9)]);
        assert_eq!(spots.docs, [10, 30]);
        let side = |n: usize, at: usize| -> Vec<u32> {
            spots.sides[n].iter().flat_map(|lists| lists.get(at)).collect()
        };
        assert_eq!((side(0, 0), side(0, 1)), (vec![4, 5], vec![9]));
        assert_eq!((side(1, 0), side(1, 1)), (vec![1], vec![3]));
    }
}
