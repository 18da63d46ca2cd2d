//! The check of a whole record, the same for every source, before it is stored.
//!
//! It adds what only the whole record tells (the result and the kind of each vote) and looks for what
//! cannot be right. Nothing is corrected: the text and the lists stay as printed, and what is doubtful
//! is said beside them.

mod dates;
mod floor;
mod pages;
mod seats;
mod votes;

use crate::record::{Doubt, Item, Record};

pub use dates::compare_editions;
pub use votes::VoteWords;

/// The most doubts that are kept of one record, beside those of its votes.
const MOST: usize = 50;
/// The most doubts that are kept of one vote.
const MOST_OF_A_VOTE: usize = 10;

/// Settles the votes of a record that was made from another format, and adds every doubt about it.
///
/// `words` are those around each vote, in order, for sources that have them; else they are taken from
/// the statements before and after it.
pub fn check_record(record: &mut Record, words: &[VoteWords]) {
    votes::settle_votes(record, words);
    add_doubts(record);
}

/// Adds every doubt about a record that is complete, and changes nothing else. Doubts that it has already
/// are not added again.
pub fn add_doubts(record: &mut Record) {
    let seats = seats::Seats::of(record);
    let known = votes::known_votes(record);
    for at in 0..record.items.len() {
        if let Item::Vote(vote) = &record.items[at] {
            let found = votes::find_doubts(vote, record, &seats, &known);
            if let Item::Vote(vote) = &mut record.items[at] {
                add_new(&mut vote.doubts, found, MOST_OF_A_VOTE, |more| {
                    format!("and {more} more doubts")
                });
            }
        }
    }
    let mut found = dates::find_doubts(record);
    found.extend(votes::doubt_date(record));
    found.extend(pages::find_doubts(record));
    found.extend(votes::find_missing(record, &known));
    found.extend(floor::find_doubts(record));
    add_new(&mut record.doubts, found, MOST, |more| Doubt {
        text: format!("and {more} more doubts"),
        ..Doubt::default()
    });
}

/// Adds what is not in a list yet, up to `most`, and then how many are left out. A list that was cut
/// before stays as it is.
fn add_new<T: PartialEq>(list: &mut Vec<T>, found: Vec<T>, most: usize, left_out: fn(usize) -> T) {
    if list.len() > most {
        return;
    }
    let mut more = 0;
    for new in found {
        if list.contains(&new) {
            continue;
        } else if list.len() < most {
            list.push(new);
        } else {
            more += 1;
        }
    }
    if more > 0 {
        list.push(left_out(more));
    }
}

#[cfg(test)]
mod tests;
