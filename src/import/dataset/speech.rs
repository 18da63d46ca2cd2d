//! One text into one statement: its spaces repaired, its form of address parsed, and what nobody spoke
//! removed.

use super::page_marks::PageMarks;
use super::report::{ImportNote, NoteKind, RepairCounts};
use super::rows::SpeechRow;
use super::unspoken::{self, FlatVote};
use super::{inner, letters, paragraphs, spaces};
use crate::import::address::{self, Address};
use crate::import::capacity;
use crate::record::Vote;

/// The most paragraphs of a heading.
const HEADING: usize = 8;

/// A text read.
#[derive(Debug, Default)]
pub(super) struct ReadSpeech {
    /// The form of address, if there is one.
    pub address: Option<Address>,
    /// The words spoken, by paragraph.
    pub paragraphs: Vec<String>,
    /// The direction before a vote, and the vote.
    pub vote: Option<(String, Vote)>,
    /// The first paragraph spoken after the vote.
    pub after_vote: usize,
    /// The closing direction and its time.
    pub closing: Option<(String, Option<String>)>,
    /// The lines of the heading after the words.
    pub heading: Vec<String>,
    /// What is not certain about who speaks, a sentence each.
    pub doubts: Vec<String>,
}

/// Reads a text, of which the table says `row`. Without `marks` nothing is repaired, and every line is a
/// paragraph.
pub(super) fn read_speech(
    text: &str,
    row: Option<&SpeechRow>,
    marks: Option<&PageMarks>,
    tally: &mut RepairCounts,
    notes: &mut Vec<ImportNote>,
) -> ReadSpeech {
    let mut read = ReadSpeech::default();
    let Some(marks) = marks else {
        read.paragraphs =
            text.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect();
        take_address(&mut read, row);
        return read;
    };
    let mut paragraphs = paragraphs::split_paragraphs(text, tally);
    for paragraph in &mut paragraphs {
        for taken in marks.strip(paragraph) {
            tally.repair("page_marks", 1);
            let what = "a page header, page number or job number within the text".to_owned();
            notes
                .push(ImportNote { text: Some(taken), ..ImportNote::new(NoteKind::Removed, what) });
        }
    }
    read.paragraphs = paragraphs::rejoin_paragraphs(paragraphs, tally);
    for paragraph in &mut read.paragraphs {
        mend_letters(paragraph, tally, notes);
        spaces::mend_spaces(paragraph, tally);
    }
    take_address(&mut read, row);
    take_closing(&mut read, tally, notes);
    take_heading(&mut read, marks, tally, notes);
    take_directions(&mut read, tally, notes);
    take_vote(&mut read, tally, notes);
    split_at_turns(&mut read, tally);
    read.doubts.extend(read.paragraphs.iter().flat_map(|text| inner::find_addresses(text)));
    notes.extend(read.doubts.iter().map(|what| ImportNote::new(NoteKind::Unmended, what.clone())));
    read
}

/// Replaces misread letters, each with a note.
fn mend_letters(paragraph: &mut String, tally: &mut RepairCounts, notes: &mut Vec<ImportNote>) {
    for letter in letters::mend_letters(paragraph) {
        tally.repair(if letter.now == 'I' { "letters_i" } else { "digits_1" }, 1);
        let what = format!("\"{}\" in these words is read as \"{}\"", letter.was, letter.now);
        notes.push(ImportNote {
            text: Some(letter.around),
            ..ImportNote::new(NoteKind::Mended, what)
        });
    }
}

/// Removes the form of address from the first paragraph.
fn take_address(read: &mut ReadSpeech, row: Option<&SpeechRow>) {
    let Some(first) = read.paragraphs.first_mut() else { return };
    let known = address::parse_address(first);
    let Some(address) = known.or_else(|| row.and_then(|row| inner::address_by_row(first, row)))
    else {
        return;
    };
    if address.chair && !address.speaker.printed.starts_with("The ") {
        read.doubts.push(format!(
            "{:?} is read as the form of address of the President",
            address.speaker.printed
        ));
    }
    first.drain(..address.len);
    if first.is_empty() {
        read.paragraphs.remove(0);
    }
    read.address = Some(address);
}

/// Removes the direction that closes the meeting from the last paragraph.
fn take_closing(read: &mut ReadSpeech, tally: &mut RepairCounts, notes: &mut Vec<ImportNote>) {
    let Some(last) = read.paragraphs.last_mut() else { return };
    let Some(closing) = unspoken::find_closing(last) else { return };
    let text = last.split_off(closing.at);
    last.truncate(last.trim_end().len());
    if last.is_empty() {
        read.paragraphs.pop();
    }
    tally.repair("closing_directions", 1);
    let what = "the closing direction became an item of its own".to_owned();
    notes.push(ImportNote { text: Some(text.clone()), ..ImportNote::new(NoteKind::Moved, what) });
    read.closing = Some((text, closing.time));
}

/// Removes the heading of the meeting from the end; it may take several paragraphs.
fn take_heading(
    read: &mut ReadSpeech,
    marks: &PageMarks,
    tally: &mut RepairCounts,
    notes: &mut Vec<ImportNote>,
) {
    let first = read.paragraphs.len().saturating_sub(HEADING);
    for place in first..read.paragraphs.len() {
        let tail = read.paragraphs[place..].join(" ");
        let own = read.paragraphs[place].len();
        let Some(found) = unspoken::find_heading(&tail, marks.titles()).filter(|h| h.at < own)
        else {
            continue;
        };
        let text = tail[found.at..].to_owned();
        read.paragraphs.truncate(place + 1);
        let last = &mut read.paragraphs[place];
        last.truncate(tail[..found.at].trim_end().len());
        if last.is_empty() {
            read.paragraphs.pop();
        }
        tally.repair("agenda_blocks", 1);
        let what = "the heading of the meeting became items of its own".to_owned();
        notes.push(ImportNote { text: Some(text), ..ImportNote::new(NoteKind::Moved, what) });
        read.heading = found.lines;
        return;
    }
}

/// Removes directions about seats and silence from within the words. They follow the statement, because a
/// speech is one statement.
fn take_directions(read: &mut ReadSpeech, tally: &mut RepairCounts, notes: &mut Vec<ImportNote>) {
    let mut found = Vec::new();
    for paragraph in &mut read.paragraphs {
        while let Some(range) = unspoken::find_direction(paragraph) {
            let text = paragraph[range.clone()].to_owned();
            let after = paragraph[range.end..].trim_start().to_owned();
            paragraph.truncate(paragraph[..range.start].trim_end().len());
            if !paragraph.is_empty() && !after.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(&after);
            tally.repair("directions", 1);
            let what = "a direction within the words became an item of its own".to_owned();
            let note = ImportNote::new(NoteKind::Moved, what);
            notes.push(ImportNote { text: Some(text.clone()), ..note });
            found.push(text);
        }
    }
    read.paragraphs.retain(|paragraph| !paragraph.is_empty());
    read.heading.splice(0..0, found);
}

/// Removes the first vote from the paragraphs.
fn take_vote(read: &mut ReadSpeech, tally: &mut RepairCounts, notes: &mut Vec<ImportNote>) {
    for place in 0..read.paragraphs.len() {
        let block = match unspoken::find_flat_vote(&read.paragraphs[place]) {
            FlatVote::None => continue,
            FlatVote::Damaged(why) => {
                notes.push(ImportNote::new(
                    NoteKind::Unmended,
                    format!("the lists of a vote stay in the text: {why}"),
                ));
                continue;
            }
            FlatVote::Block(block) => *block,
        };
        let whole = std::mem::take(&mut read.paragraphs[place]);
        let direction = whole[block.at..block.lists].trim_end().to_owned();
        let around = [whole[..block.at].trim_end(), whole[block.end..].trim_start()];
        tally.repair("votes", 1);
        let what = "the lists of a vote became an item of their own".to_owned();
        let text = whole[block.at..block.end].to_owned();
        notes.push(ImportNote { text: Some(text), ..ImportNote::new(NoteKind::Moved, what) });
        let spoken = around.iter().filter(|t| !t.is_empty()).map(|t| (*t).to_owned());
        read.after_vote = place + usize::from(!around[0].is_empty());
        read.paragraphs.splice(place..=place, spoken);
        read.vote = Some((direction, block.vote));
        return;
    }
}

/// Starts a paragraph where the capacity changes, because most texts have no paragraphs.
fn split_at_turns(read: &mut ReadSpeech, tally: &mut RepairCounts) {
    let mut made = Vec::with_capacity(read.paragraphs.len());
    for (place, paragraph) in std::mem::take(&mut read.paragraphs).into_iter().enumerate() {
        if place == read.after_vote {
            read.after_vote = made.len();
        }
        let mut rest = paragraph.as_str();
        while let Some(at) = turn_in(rest) {
            made.push(rest[..at].trim_end().to_owned());
            rest = &rest[at..];
            tally.repair("paragraphs_at_turns", 1);
        }
        made.push(rest.to_owned());
    }
    read.after_vote = read.after_vote.min(made.len());
    read.paragraphs = made;
}

/// The start of the first sentence that changes the capacity, other than the first of the text.
fn turn_in(text: &str) -> Option<usize> {
    // Every such sentence in English has one of these words, and a search for them is cheap.
    if !["capacity", "resume", "resuming", "representative of"].iter().any(|w| text.contains(w)) {
        return None;
    }
    let mut at = 0;
    for sentence in text.split_inclusive(['.', '!', '?']) {
        let begin = at + (sentence.len() - sentence.trim_start().len());
        // The space before it may be lost, and a language may come before it: "(spoke in French) I now".
        let starts = text[begin..].starts_with(|c: char| c.is_uppercase() || c == '(');
        if begin > 0 && starts && capacity::find_turn(sentence.trim()).is_some() {
            return Some(begin);
        }
        at += sentence.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> (ReadSpeech, RepairCounts, Vec<ImportNote>) {
        let (mut tally, mut notes) = (RepairCounts::default(), Vec::new());
        let marks = PageMarks::new(
            &"S/PV.8704".parse().unwrap(),
            jiff::civil::date(2020, 1, 16),
            Vec::new(),
        );
        let read = read_speech(text, None, Some(&marks), &mut tally, &mut notes);
        (read, tally, notes)
    }

    #[test]
    fn everything_in_one_text() {
        let (read, tally, notes) = made(
            "Mr. Orlan (Peru): Inow put it to the vote. A vote was taken by show of hands. In favour: Belgium, Peru Against: None Abstaining: China The result is as follows. It is adopted. The meeting rose at noon. 3/3",
        );
        assert_eq!(read.address.unwrap().speaker.name, "Mr. Orlan");
        assert_eq!(
            read.paragraphs,
            ["I now put it to the vote.", "The result is as follows. It is adopted."]
        );
        assert_eq!(read.after_vote, 1);
        assert_eq!(read.vote.unwrap().1.in_favour, ["Belgium", "Peru"]);
        assert_eq!(
            read.closing.unwrap(),
            ("The meeting rose at noon.".to_owned(), Some("noon".to_owned()))
        );
        for repair in ["split_words", "votes", "closing_directions", "page_marks"] {
            assert_eq!(tally.repaired[repair], 1, "{repair}");
        }
        assert_eq!(notes.len(), 3);
    }

    #[test]
    fn the_heading_of_the_meeting_is_taken_off() {
        let text = "The President: I pay tribute to him.\n\nAdoption of the agenda\n\nThe agenda was adopted.\n\nThe invented question";
        let (read, tally, notes) = made(text);
        assert_eq!(read.paragraphs, ["I pay tribute to him."]);
        assert_eq!(
            read.heading,
            ["Adoption of the agenda", "The agenda was adopted.", "The invented question"]
        );
        assert_eq!((tally.repaired["agenda_blocks"], notes.len()), (1, 1));
    }

    #[test]
    fn a_turn_of_capacity_begins_a_paragraph() {
        let (read, tally, _) = made(
            "The President: I thank him. I shall now make a statement in my national capacity. Peru is glad. I now resume my functions as President of the Council. I adjourn.",
        );
        assert_eq!(read.paragraphs.len(), 3);
        assert!(read.paragraphs[1].starts_with("I shall now"));
        assert!(read.paragraphs[2].starts_with("I now resume"));
        assert_eq!(tally.repaired["paragraphs_at_turns"], 2);
    }

    #[test]
    fn a_turn_is_found_without_its_space_and_behind_a_language() {
        let (read, ..) = made(
            "The President: I shall now make a statement in my national capacity. Peru is glad.(spoke in French) I now resume my functions as President of the Council.I adjourn.",
        );
        assert_eq!(
            read.paragraphs[1],
            "(spoke in French) I now resume my functions as President of the Council. I adjourn."
        );
    }

    #[test]
    fn directions_within_the_words_follow_them() {
        let (read, tally, notes) = made(
            "The President: I welcome him. Mr. Orlan, President of Utopia, was escorted to a seat at the Council table. I invite Ms. Vey. At the invitation of the President, Ms. Vey (Peru) took the seat reserved for her at the side of the Council Chamber. I give them the floor.",
        );
        assert_eq!(read.paragraphs, ["I welcome him. I invite Ms. Vey. I give them the floor."]);
        assert_eq!(
            read.heading,
            [
                "Mr. Orlan, President of Utopia, was escorted to a seat at the Council table.",
                "At the invitation of the President, Ms. Vey (Peru) took the seat reserved for her at the side of the Council Chamber."
            ]
        );
        assert_eq!(tally.repaired["directions"], 2);
        assert_eq!(notes.len(), 2);
    }

    #[test]
    fn without_repair_every_line_is_as_it_was() {
        let mut tally = RepairCounts::default();
        let read = read_speech(
            "Mr. Orlan (Peru): Inow\nsay  this.\n\nThe meeting rose at noon.",
            None,
            None,
            &mut tally,
            &mut Vec::new(),
        );
        assert_eq!(read.paragraphs, ["Inow", "say  this.", "The meeting rose at noon."]);
        assert!(tally.repaired.is_empty());
    }
}
