//! What is decided by a vote, from the words of the President around it.
//!
//! The kind matters because a veto counts in votes of substance alone (Charter, Article 27). The words
//! that put the question to the vote decide; where they only say "I shall put it to the vote now", the
//! sentences before them do, the nearest first.

use super::announcement::{is_procedural, names_draft, put_to_vote, sentences};
use crate::import::words::fold_text;
use crate::record::VoteKind;

/// The most sentences before the vote that are read.
const REACH: usize = 24;

/// Words that mark a kind, folded, in the order in which they decide.
const ELECTION: [&str; 5] =
    ["by secret ballot", "by ballot", "scrutin secret", "votacion secreta", "тайн"];
const PRELIMINARY: [&str; 5] = [
    "preliminary question",
    "question preliminaire",
    "cuestion preliminar",
    "предварительный вопрос",
    "先决问题",
];
const AGENDA: [&str; 7] = [
    "provisional agenda",
    "ordre du jour provisoire",
    "orden del dia provisional",
    "предварительной повестки",
    "предварительную повестку",
    "临时议程",
    "جدول الأعمال المؤقت",
];
/// Proposals about the conduct of a meeting. They count only in the words that put the question: the
/// invitations under rules 37 and 39 come before most votes.
const PROCEDURE: [&str; 22] = [
    "adjourn",
    "suspend the meeting",
    "suspension of the meeting",
    "to invite",
    "invitation",
    "briefer",
    "request to participate",
    "request for participation",
    "rule 33",
    "rule 37",
    "rule 39",
    "inclusion of the item",
    "ajourn",
    "inviter",
    "l'article 33",
    "l'article 37",
    "l'article 39",
    "aplazamiento",
    "invitar",
    "отложить заседание",
    "пригла",
    "邀请",
];
const AMENDMENT: [&str; 6] = ["amendment", "amendement", "enmienda", "поправк", "修正案", "تعديل"];
const WHOLE: [&str; 6] =
    ["as a whole", "dans son ensemble", "en su conjunto", "в целом", "整体", "ككل"];
const SEPARATE: [&str; 10] = [
    "separate vote",
    "paragraph by paragraph",
    "vote separe",
    "vote par division",
    "votacion separada",
    "votacion por separado",
    "votacion por partes",
    "раздельное голосование",
    "单独表决",
    "分段表决",
];
const PARAGRAPH: [&str; 6] = ["paragraph", "paragraphe", "parrafo", "пункт", "段", "الفقرة"];

/// The kind of a vote, from what the President said since the vote before it, the draft symbols found
/// there, and what was announced after it.
#[must_use]
pub fn classify_vote(before: &str, drafts: &[String], after: &str) -> VoteKind {
    let said: Vec<String> = sentences(before).map(fold_text).collect();
    let said = &said[said.len().saturating_sub(REACH)..];
    let put = said.iter().rposition(|sentence| put_to_vote(sentence));
    // What puts the question, then what explains it after, then what comes before.
    let (first, rest) = said.split_at(put.unwrap_or(said.len()));
    let question = rest.first().and_then(|sentence| classify_question(sentence));
    let around = rest.iter().skip(1).chain(first.iter().rev());
    question
        .or_else(|| around.filter_map(|sentence| classify_words(sentence)).next())
        .or_else(|| sentences(after).take(4).find_map(|s| classify_words(&fold_text(s))))
        .unwrap_or(if drafts.is_empty() { VoteKind::Unknown } else { VoteKind::Substantive })
}

/// The kind that the sentence which puts the question names. Only there a paragraph is one of the draft:
/// elsewhere it may be one of any document.
fn classify_question(folded: &str) -> Option<VoteKind> {
    let procedure = has(folded, &AGENDA) || has(folded, &PROCEDURE);
    let kind = classify_words(folded).or(procedure.then_some(VoteKind::Procedural));
    // In Russian an item of the agenda has the same name.
    let item = folded.contains("повестк");
    let paragraph = !item && has(folded, &PARAGRAPH);
    let whole = has(folded, &WHOLE);
    match kind {
        None | Some(VoteKind::Substantive) if paragraph && !whole => Some(VoteKind::Part),
        kind => kind,
    }
}

/// The kind that a sentence names.
fn classify_words(folded: &str) -> Option<VoteKind> {
    if has(folded, &ELECTION) {
        Some(VoteKind::Election)
    } else if has(folded, &PRELIMINARY) {
        Some(VoteKind::Preliminary)
    } else if is_procedural(folded) || has(folded, &AGENDA) && put_to_vote(folded) {
        Some(VoteKind::Procedural)
    } else if has(folded, &SEPARATE) {
        Some(VoteKind::Part)
    } else if has(folded, &WHOLE) && names_draft(folded) {
        Some(VoteKind::Substantive)
    } else if has(folded, &AMENDMENT) {
        Some(VoteKind::Amendment)
    } else {
        names_draft(folded).then_some(VoteKind::Substantive)
    }
}

fn has(folded: &str, words: &[&str]) -> bool {
    words.iter().any(|word| folded.contains(&fold_text(word)))
}
