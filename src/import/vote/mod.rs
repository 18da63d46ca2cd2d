//! Vote blocks and what the President announces of them, in the six official languages.
//!
//! Lists of States are read by the longest name in the table, so that "United Kingdom of Great
//! Britain and Northern Ireland" is one member. What the table does not know stays as printed.

mod announcement;
mod kind;
mod outcome;

use super::words::fold_text;
use crate::facts::states;
use crate::record::Vote;

pub use announcement::{
    Announcement, after_announcement, find_drafts, parse_announcement, parse_result,
};
pub use kind::classify_vote;
pub use outcome::{listed_counts, majority, permanent_against, seat_count, settle_vote};

/// A list of a vote block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteList {
    /// In favour.
    InFavour,
    /// Against.
    Against,
    /// Abstaining.
    Abstaining,
    /// Not taking part.
    NotVoting,
}

impl VoteList {
    /// The names of this list in a vote.
    pub fn names_in(self, vote: &mut Vote) -> &mut Vec<String> {
        match self {
            Self::InFavour => &mut vote.in_favour,
            Self::Against => &mut vote.against,
            Self::Abstaining => &mut vote.abstaining,
            Self::NotVoting => &mut vote.not_voting,
        }
    }
}

const LABELS: [(VoteList, &[&str]); 4] = [
    (
        VoteList::InFavour,
        &[
            "in favour",
            "in favor",
            "votent pour",
            "ont vote pour",
            "votos a favor",
            "a favor",
            "голосовали за",
            "赞成",
            "المؤيدون",
        ],
    ),
    (
        VoteList::Against,
        &[
            "against",
            "votent contre",
            "ont vote contre",
            "votos en contra",
            "en contra",
            "голосовали против",
            "反对",
            "المعارضون",
        ],
    ),
    (
        VoteList::Abstaining,
        &[
            "abstaining",
            "abstentions",
            "abstain",
            "s'abstiennent",
            "se sont abstenus",
            "abstenciones",
            "воздержались",
            "弃权",
            "الممتنعون",
            "الممتنعون عن التصويت",
        ],
    ),
    (
        VoteList::NotVoting,
        &[
            "not voting",
            "present and not voting",
            "not participating",
            "did not participate in the voting",
            "not participating in the voting",
            "ne participent pas au vote",
            "n'ont pas participe au vote",
            "no participan en la votacion",
            "no participaron en la votacion",
            "не участвовали в голосовании",
            "未参加表决",
            "不参加表决",
            "لم يشاركوا في التصويت",
        ],
    ),
];

/// The list whose label starts a line, and the text after its colon.
#[must_use]
pub fn parse_list_label(line: &str) -> Option<(VoteList, &str)> {
    let (head, rest) = line.split_once([':', '：'])?;
    if head.len() > 80 {
        return None;
    }
    let folded = fold_text(head);
    let found = LABELS.iter().find(|(_, labels)| labels.iter().any(|l| fold_text(l) == folded))?;
    Some((found.0, rest.trim()))
}

/// Whether the text of a list says that nobody is in it.
#[must_use]
pub fn names_nobody(text: &str) -> bool {
    let folded = fold_text(text);
    let folded = folded.trim_end_matches(['.', '。', ' ']);
    let none = ["none", "neant", "ninguno", "ninguna", "无", "لا يوجد", "لا أحد", "لا احد", "-", "—"];
    folded.is_empty()
        || none.contains(&folded)
        || folded.starts_with(&fold_text("никто"))
        || folded == fold_text("нет")
        || folded == fold_text("لا أحد")
}

/// The members of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateList {
    /// The UN short names, in printed order; a name that the table does not know is as printed.
    pub names: Vec<String>,
    /// Names that the table does not know.
    pub unknown: Vec<String>,
}

/// Reads a list of States.
#[must_use]
pub fn parse_state_list(text: &str) -> StateList {
    let mut found = StateList::default();
    if names_nobody(text) {
        return found;
    }
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([',', ';', '、', '，', '،', '.', '。', ' ']);
        rest = after_and(rest).unwrap_or(rest);
        if rest.is_empty() {
            return found;
        }
        if let Some((state, len)) = states::longest_at_start(rest)
            && len > 0
            && ends_name(&rest[len..])
        {
            found.names.push(state.name.to_owned());
            rest = &rest[len..];
            continue;
        }
        let end = rest.find([',', ';', '、', '，', '،']).unwrap_or(rest.len());
        let printed = rest[..end].trim().trim_end_matches(['.', '。']);
        if !printed.is_empty() {
            let known = states::lookup(printed);
            if known.is_none() {
                found.unknown.push(printed.to_owned());
            }
            found.names.push(known.map_or(printed, |s| s.name).to_owned());
        }
        rest = &rest[end..];
    }
}

/// Whether a name ends here: before a separator, the end of the list, or an "and" with another State
/// after it. Names contain "and" too, so it never ends a name that the table does not know.
fn ends_name(after: &str) -> bool {
    let after = after.trim_start();
    let separator = |c| matches!(c, ',' | ';' | '、' | '，' | '،' | '.' | '。');
    after.chars().next().is_none_or(separator) || after_and(after).is_some()
}

/// The text after an "and", if it starts with a State.
fn after_and(text: &str) -> Option<&str> {
    const AND: [&str; 6] = ["and ", "et ", "y ", "e ", "и ", "和"];
    let rest = AND.iter().find_map(|and| text.strip_prefix(and))?.trim_start();
    states::longest_at_start(rest).map(|_| rest)
}

#[cfg(test)]
mod tests;
