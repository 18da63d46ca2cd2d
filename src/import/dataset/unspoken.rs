//! What nobody spoke but is in the text of a statement: the direction that closes the meeting, the lists of
//! a vote in one line, and the heading of a meeting ("Adoption of the agenda", "The agenda was adopted." and
//! the titles after it).
//!
//! A heading is removed only as a whole, and only at the very end of a statement. If words that somebody
//! could have spoken follow, all of it stays.

use std::ops::Range;

use crate::facts::states;
use crate::import::direction::{self, DirectionKind, HEADINGS};
use crate::import::vote::{self, VoteList};
use crate::import::words::{first_bytes, last_bytes};
use crate::record::Vote;
use crate::record::sentences::trimmed_sentences;

/// The longest direction, in bytes ("... and resumed at 3.05 p.m.").
const LONGEST_DIRECTION: usize = 160;
/// The longest direction about seats, in bytes.
const LONGEST_SEATING: usize = 600;
/// The most bytes between "A vote was taken" and the first list.
const GAP: usize = 80;
/// The seats of the Council; a damaged list has more.
const SEATS: usize = 15;

/// A closing direction at the end of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ClosingDirection {
    /// The byte at which it starts.
    pub at: usize,
    /// The time the meeting rose or was suspended, as printed.
    pub time: Option<String>,
}

/// Finds "The meeting rose at 1.10 p.m." at the end of a paragraph.
pub(super) fn find_closing(text: &str) -> Option<ClosingDirection> {
    let tail = last_bytes(text, LONGEST_DIRECTION);
    let from = text.len() - tail.len();
    tail.match_indices("The meeting ").map(|(at, _)| from + at).find_map(|at| {
        let (kind, time) = direction::parse_direction(&text[at..])?;
        (kind.closes() && begins_sentence(&text[..at]) && is_one_sentence(&text[at..]))
            .then_some(ClosingDirection { at, time })
    })
}

/// Whether a sentence can start after these words.
pub(super) fn begins_sentence(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty()
        || before
            .ends_with(|c: char| !c.is_alphanumeric() && !matches!(c, ',' | ';' | '-' | '(' | '“'))
}

/// Whether a text is one sentence; the full stops of "a.m." and "p.m." do not count.
fn is_one_sentence(text: &str) -> bool {
    let plain = text.replace("a.m.", "am").replace("p.m.", "pm");
    let end = plain.trim_end().trim_end_matches('.');
    !end.contains(". ") && end.split_whitespace().count() <= 20
}

/// A vote whose lists are in one paragraph.
#[derive(Debug)]
pub(super) struct VoteBlock {
    /// The start of "A vote was taken by show of hands."
    pub at: usize,
    /// The start of the lists.
    pub lists: usize,
    /// The end of the lists; the text after it is spoken.
    pub end: usize,
    /// The lists.
    pub vote: Vote,
}

/// The result of the search for a vote.
#[derive(Debug)]
pub(super) enum FlatVote {
    /// None.
    None,
    /// One whose lists are sound.
    Block(Box<VoteBlock>),
    /// One whose lists are damaged, and why.
    Damaged(String),
}

/// Finds the lists of a vote run into one line.
pub(super) fn find_flat_vote(text: &str) -> FlatVote {
    let taken = text.match_indices("vote was").find_map(|(found, _)| {
        let at = text[..found].rfind(['A', 'a']).filter(|at| found - at <= 2)?;
        let kind = direction::parse_direction(first_bytes(&text[at..], 300)).map(|found| found.0);
        let gap = list_labels(text, at).next().filter(|first| first.0 - at <= GAP)?;
        (kind == Some(DirectionKind::Vote) && begins_sentence(&text[..at])).then_some((at, gap.0))
    });
    let Some((at, lists)) = taken else { return FlatVote::None };
    let found: Vec<(usize, usize, VoteList)> = list_labels(text, lists).collect();
    let mut block = VoteBlock { at, lists, end: text.len(), vote: Vote::default() };
    for (place, (_, from, list)) in found.iter().enumerate() {
        let last = place + 1 == found.len();
        let to = found.get(place + 1).map_or(text.len(), |next| next.0);
        let (names, len) = parse_states(&text[*from..to]);
        if len < text[*from..to].trim_end().len() {
            let rest = text[*from + len..to].trim();
            if !last
                || !rest.starts_with(char::is_uppercase)
                || states::longest_at_start(rest).is_some()
            {
                return FlatVote::Damaged(format!(
                    "{:?} is in a list of the vote",
                    first_bytes(rest, 60)
                ));
            }
            block.end = from + len;
        }
        *list.names_in(&mut block.vote) = names;
    }
    // The text after the lists must not be the rest of a name, such as "Kingdom of Great Britain".
    let rest = text[block.end..].trim();
    if !rest.is_empty() && !is_announcement(rest) {
        return FlatVote::Damaged(format!(
            "{:?} follows the lists of the vote",
            first_bytes(rest, 60)
        ));
    }
    match find_fault(&block.vote) {
        Some(why) => FlatVote::Damaged(why),
        None => FlatVote::Block(Box::new(block)),
    }
}

/// The labels of lists from a byte on: the start of the label, the start of the names, and the list.
fn list_labels(text: &str, from: usize) -> impl Iterator<Item = (usize, usize, VoteList)> + '_ {
    const LABELS: [&str; 8] = [
        "In favour",
        "In favor",
        "Against",
        "Abstaining",
        "Abstentions",
        "Not voting",
        "Not participating",
        "Present and not voting",
    ];
    text[from..].match_indices(':').filter_map(move |(colon, _)| {
        let colon = from + colon;
        let before = text[from..colon].trim_end();
        let label = LABELS.iter().find(|label| before.ends_with(**label))?;
        let at = from + before.len() - label.len();
        let (list, _) = vote::parse_list_label(&text[at..=colon])?;
        Some((at, colon + 1, list))
    })
}

/// The States at the start of a list, and their length in bytes.
fn parse_states(text: &str) -> (Vec<String>, usize) {
    let mut names = Vec::new();
    let mut at = text.len() - text.trim_start().len();
    let none = text[at..].split([' ', '.']).next().unwrap_or("");
    if vote::names_nobody(none) {
        return (names, at + none.len());
    }
    let mut end = at;
    while let Some((state, len)) = states::longest_at_start(&text[at..]) {
        names.push(state.name.to_owned());
        end = at + len;
        let rest = &text[end..];
        let next = rest
            .strip_prefix(", and ")
            .or_else(|| rest.strip_prefix(" and "))
            .or_else(|| rest.strip_prefix(", "));
        let Some(next) = next else { break };
        at = text.len() - next.len();
    }
    // A full stop after the last name belongs to the list.
    end += usize::from(text[end..].starts_with('.') && end > 0);
    (names, end)
}

/// Whether the words after a list start a sentence of the President.
fn is_announcement(rest: &str) -> bool {
    const BEGINNINGS: [&str; 8] =
        ["The ", "There ", "I ", "The President", "It ", "Since ", "In view ", "Members "];
    BEGINNINGS.iter().any(|b| rest.starts_with(b)) && rest.contains('.')
}

/// What is wrong with the lists of a vote, if anything.
fn find_fault(vote: &Vote) -> Option<String> {
    let all: Vec<&String> = vote
        .in_favour
        .iter()
        .chain(&vote.against)
        .chain(&vote.abstaining)
        .chain(&vote.not_voting)
        .collect();
    let mut once = all.clone();
    once.sort_unstable();
    once.dedup();
    if once.len() < all.len() {
        return Some("a State is in the lists of the vote twice".to_owned());
    }
    if all.len() > SEATS || vote.in_favour.is_empty() {
        return Some(format!("the lists of the vote have {} States", all.len()));
    }
    None
}

/// The ends of sentences that may be directions of one line: silence, and who took a seat or left.
const ENDS: [&str; 6] =
    [" of silence.", " withdrew.", " Council table.", " Chamber.", " the Chair.", " as tellers."];
/// The line after which titles follow.
const ADOPTED: &str = "The agenda was adopted.";
/// The most bytes of the titles of an agenda together.
const LONGEST_TITLES: usize = 900;

/// The heading of a meeting at the end of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MeetingHeading {
    /// The byte at which it starts.
    pub at: usize,
    /// Its lines, in order.
    pub lines: Vec<String>,
}

/// Finds the heading at the end of a text; `titles` are the known titles of the agenda.
pub(super) fn find_heading(text: &str, titles: &[String]) -> Option<MeetingHeading> {
    let headings = find_all(text, &HEADINGS);
    let mut starts: Vec<usize> = headings
        .map(|(at, _)| at)
        .filter(|at| begins_sentence(&text[..*at]))
        .chain(find_sentences(text).map(|(at, _)| at))
        .collect();
    starts.sort_unstable();
    starts
        .into_iter()
        .find_map(|at| Some(MeetingHeading { at, lines: heading_lines(&text[at..], titles)? }))
        // Seats and silence without a heading after them are directions within the words.
        .filter(|found| found.lines.iter().any(|line| HEADINGS.contains(&line.as_str())))
}

/// The lines of a text, if it consists of known lines and titles only.
fn heading_lines(text: &str, titles: &[String]) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some(line) = line_at_start(rest) {
        found.push(line.to_owned());
        rest = rest[line.len()..].trim_start();
    }
    if rest.is_empty() {
        return Some(found);
    }
    let adopted = found.last().is_some_and(|line| line == ADOPTED);
    if !adopted || rest.len() > LONGEST_TITLES || is_spoken(rest) {
        return None;
    }
    found.extend(split_titles(rest, titles));
    Some(found)
}

/// Every place of these words in a text. Most texts have none, which `contains` tells much faster.
fn find_all<'t>(
    text: &'t str,
    words: &'static [&'static str],
) -> impl Iterator<Item = (usize, &'t str)> {
    words.iter().filter(|words| text.contains(**words)).flat_map(|words| text.match_indices(*words))
}

/// The directions of one sentence within a text, by their first and last bytes.
fn find_sentences(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    find_all(text, &ENDS).filter_map(|(at, end)| {
        let to = at + end.len();
        let sentence = last_sentence(&text[..to]);
        direction::parse_direction(sentence).map(|_| (to - sentence.len(), to))
    })
}

/// The first direction about seats, the chair or silence within a text.
pub(super) fn find_direction(text: &str) -> Option<Range<usize>> {
    find_sentences(text).map(|(from, to)| from..to).min_by_key(|range| range.start)
}

/// The heading or the direction of one sentence at the start of a text.
fn line_at_start(text: &str) -> Option<&str> {
    if let Some(heading) = direction::heading_at_start(text) {
        return Some(heading);
    }
    let sentence = trimmed_sentences(first_bytes(text, LONGEST_SEATING)).next()?;
    (sentence.ends_with('.') && direction::parse_direction(sentence).is_some()).then_some(sentence)
}

/// The last sentence of a text.
fn last_sentence(text: &str) -> &str {
    let tail = last_bytes(text, LONGEST_SEATING);
    trimmed_sentences(tail).last().unwrap_or(tail)
}

/// Whether somebody could have spoken these words: a sentence ends in them.
fn is_spoken(text: &str) -> bool {
    text.ends_with(['.', '?', '!', ':'])
        || text.contains(". ") && !text.contains("No. ")
        || text.split(' ').any(|word| matches!(word, "I" | "we" | "We"))
}

/// Splits titles: known ones, and those that end with the symbol of a document in brackets.
fn split_titles(text: &str, titles: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let next = |len: &usize| {
            let after = &rest[*len..];
            after.starts_with(' ') && after.trim_start().starts_with(char::is_uppercase)
        };
        let known = titles
            .iter()
            .filter(|title| rest.starts_with(title.as_str()))
            .map(String::len)
            .find(next);
        let symbol = rest.match_indices(')').map(|(at, _)| at + 1).find(|end| {
            let inner = rest[..*end].rsplit('(').next().unwrap_or("");
            (inner.starts_with("S/") || inner.starts_with("A/")) && next(end)
        });
        let len = known.or(symbol).unwrap_or(rest.len());
        found.push(rest[..len].to_owned());
        rest = rest[len..].trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closings() {
        for (text, want) in [
            ("It is so. The meeting rose at 11.40 a.m.", Some("11.40 a.m.")),
            ("It is so. The meeting rose at noon.", Some("noon")),
            ("The meeting rose at 1 p.m.", Some("1 p.m.")),
            (
                "3 p.m. The meeting was suspended at 1.15 p.m. and resumed at 3.05 p.m.",
                Some("1.15 p.m."),
            ),
            ("It is so.The meeting rose at 5.05 p.m.", Some("5.05 p.m.")),
        ] {
            assert_eq!(find_closing(text).and_then(|c| c.time).as_deref(), want, "{text}");
        }
        for text in [
            "After the meeting rose at noon. We left.",
            "The meeting rose at noon. We left then.",
            "The meeting is adjourned.",
            "Long ago, The meeting rose at noon.",
            "",
        ] {
            assert_eq!(find_closing(text), None, "{text}");
        }
    }

    fn block(text: &str) -> VoteBlock {
        match find_flat_vote(text) {
            FlatVote::Block(block) => *block,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn lists_in_one_line() {
        let text = "I put it to the vote. A vote was taken by show of hands. In favour: Belgium, United Kingdom of Great Britain and Northern Ireland, Viet Nam Against: None Abstaining: China and Peru";
        let found = block(text);
        assert_eq!(&text[found.at..found.lists], "A vote was taken by show of hands. ");
        assert_eq!(found.vote.in_favour, ["Belgium", "United Kingdom", "Viet Nam"]);
        assert!(found.vote.against.is_empty());
        assert_eq!(found.vote.abstaining, ["China", "Peru"]);
        assert_eq!(found.end, text.len());
    }

    #[test]
    fn what_the_president_says_behind_is_spoken() {
        let text = "A vote was taken by show of hands. In favour: Belgium, Viet Nam The draft resolution received two votes.";
        let found = block(text);
        assert_eq!(&text[found.end..], " The draft resolution received two votes.");
    }

    #[test]
    fn damaged_lists_stay_in_the_text() {
        for lists in [
            "In favour: China, South Africa Kingdom of Great Britain and Northern Ireland, United States of America Abstaining: Peru",
            "In favour: China, Utopia, Peru",
            "In favour: China, Peru Against: China",
            "In favour: Against: China",
            "In favour: China, Peru Kingdom",
        ] {
            let text = format!("A vote was taken by show of hands. {lists}");
            assert!(matches!(find_flat_vote(&text), FlatVote::Damaged(_)), "{lists}");
        }
    }

    #[test]
    fn talk_of_votes_is_none() {
        for text in [
            "A vote was taken by show of hands.",
            "We are in favour: China and Peru agree.",
            "After that a vote was taken. In favour: China",
            "The vote was taken In favour: China",
        ] {
            assert!(matches!(find_flat_vote(text), FlatVote::None), "{text}");
        }
    }
    #[test]
    fn headings_at_the_end() {
        let titles = ["The invented question".to_owned()];
        for (text, at, want) in [
            (
                "I thank him. Adoption of the agenda The agenda was adopted. The invented question Report of the Secretary-General on it (S/2099/1) Another report (S/2099/2)",
                "I thank him.",
                &[
                    "Adoption of the agenda",
                    "The agenda was adopted.",
                    "The invented question",
                    "Report of the Secretary-General on it (S/2099/1)",
                    "Another report (S/2099/2)",
                ][..],
            ),
            (
                "We stand. The members of the Security Council observed a minute of silence. Adoption of the agenda The agenda was adopted. The invented question",
                "We stand.",
                &[
                    "The members of the Security Council observed a minute of silence.",
                    "Adoption of the agenda",
                    "The agenda was adopted.",
                    "The invented question",
                ],
            ),
            (
                "I thank them. Expression of thanks to the outgoing President",
                "I thank them.",
                &["Expression of thanks to the outgoing President"],
            ),
        ] {
            let found = find_heading(text, &titles).unwrap();
            assert_eq!(
                (
                    text[..found.at].trim_end(),
                    found.lines.iter().map(String::as_str).collect::<Vec<_>>()
                ),
                (at, want.to_vec())
            );
        }
    }

    #[test]
    fn directions_within_the_words() {
        for (text, want) in [
            (
                "We stand. The members of the Council observed a minute of silence. I thank you.",
                "The members of the Council observed a minute of silence.",
            ),
            ("I thank him. Mr. Orlan (Utopia) withdrew.", "Mr. Orlan (Utopia) withdrew."),
            ("It is so. Ms. Vey took the Chair.", "Ms. Vey took the Chair."),
        ] {
            assert_eq!(find_direction(text).map(|range| &text[range]), Some(want), "{text}");
        }
        for text in ["He spoke for long and then withdrew.", "We sat at the Council table.", ""] {
            assert_eq!(find_direction(text), None, "{text}");
        }
    }

    #[test]
    fn what_could_be_spoken_stays() {
        for text in [
            "The agenda was adopted. I thank the members.",
            "The agenda was adopted. The Council will now begin. I give the floor to Ms. Vey.",
            "We spoke of the Adoption of the agenda",
            "The members of the Security Council observed a minute of silence. I thank you",
            "We stand. The members of the Council observed a minute of silence.",
            "He spoke for long and then withdrew.",
            "Mr. Orlan was escorted to a seat at the Council table. I welcome him.",
            "At the invitation of the President, I took a seat at the Council table.",
            "Adoption of the agenda The invented question",
            "I thank them.",
            "",
        ] {
            assert_eq!(find_heading(text, &[]), None, "{text}");
        }
    }
}
