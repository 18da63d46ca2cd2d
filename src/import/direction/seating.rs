//! Directions about seats: who came to the Council table, who left, who took the Chair.
//!
//! "At the invitation of the President, Mr. Orlan (Utopia) took a seat at the Council table." Such a sentence
//! is only names, one of a few verbs and the furniture of the Chamber. A sentence with any other word is
//! somebody's, as "At the invitation of the President, I visited the camps."

use std::collections::HashSet;
use std::sync::LazyLock;

use super::kind::DirectionKind;
use super::table::{fold_start, is_spoken};
use crate::import::address;
use crate::import::words::fold_text;

/// How such a sentence starts when the President invited them.
const INVITATIONS: [&str; 16] = [
    "at the invitation of the president",
    "at the invitation of the acting president",
    "at the invitation of the temporary president",
    "à l'invitation du président",
    "à l'invitation de la présidente",
    "sur l'invitation du président",
    "sur l'invitation de la présidente",
    "por invitación del presidente",
    "por invitación de la presidenta",
    "a invitación del presidente",
    "a invitación de la presidenta",
    "по приглашению председателя",
    "应主席邀请",
    "应主席的邀请",
    "بناء على دعوة",
    "بدعوة من الرئيس",
];

/// Other subjects; a title and a name is one too.
const SUBJECTS: [&str; 22] = [
    "the representative of ",
    "the representatives of ",
    "the delegation of ",
    "the members of the delegation",
    "members of the delegation",
    "the president ",
    "the acting president ",
    "the vice-president ",
    "the secretary-general ",
    "the deputy secretary-general ",
    "his majesty ",
    "her majesty ",
    "his excellency ",
    "her excellency ",
    "le président ",
    "la présidente ",
    "le secrétaire général ",
    "el presidente ",
    "la presidenta ",
    "el secretario general ",
    "председатель ",
    "генеральный секретарь ",
];

/// Verbs about seats: English first, whose sentences have no word that is not known here.
const SEATED: [&[&str]; 2] = [
    &[
        "took a seat",
        "took seats",
        "took a place",
        "took places",
        "took the seat",
        "took the place",
        "took his seat",
        "took her seat",
        "took their seat",
        "took his place",
        "took her place",
        "took their place",
        "was escorted",
        "were escorted",
        "was conducted",
        "was seated",
        "were seated",
        "occupied a seat",
        "occupied the seat",
        "withdrew",
        "left the council chamber",
        "left the security council chamber",
        "left the chamber",
        "left the council table",
        "left the table",
        "acted as teller",
    ],
    &[
        "prend place",
        "prennent place",
        "occupe le siège",
        "occupe un siège",
        "occupe la place",
        "occupent les sièges",
        "occupent des sièges",
        "occupent les places",
        "est escorté",
        "est conduit",
        "est accompagné",
        "se retire",
        "se retirent",
        "quitte la salle",
        "quittent la salle",
        "toma asiento",
        "toman asiento",
        "ocupa un asiento",
        "ocupan asientos",
        "ocupa el asiento",
        "ocupa el lugar",
        "ocupan los asientos",
        "ocupan los lugares",
        "es acompañad",
        "se retira",
        "abandona el salón",
        "abandonan el salón",
        "занимает мест",
        "занимают мест",
        "занимает отведенн",
        "занимают отведенн",
        "сопровожда",
        "покидает зал",
        "покидают зал",
        "就座",
        "就坐",
        "入席",
        "退席",
        "شغل",
        "اصطحب",
        "انسحب",
    ],
];

/// Verbs about the chair, English first.
const CHAIRED: [&[&str]; 2] = [
    &[
        "took the chair",
        "resumed the chair",
        "returned to the chair",
        "assumed the presidency",
        "resumed the presidency",
    ],
    &[
        "prend la présidence",
        "reprend la présidence",
        "assume la présidence",
        "prend place au fauteuil présidentiel",
        "ocupa la presidencia",
        "asume la presidencia",
        "reasume la presidencia",
        "vuelve a ocupar la presidencia",
        "занимает место председателя",
        "место председателя занимает",
        "возвращается на место председателя",
        "代行主席职务",
        "تولى الرئاسة",
    ],
];

/// Every word in small letters that an English sentence of this kind may have, apart from names.
const PLAIN: &str = "a an the at in on to into of from for and as by with out behind beside his her \
    him them their its it was were took seat seats place places escorted conducted seated occupied \
    withdrew left acted teller tellers council security table side chamber hall room rostrum podium \
    reserved invitation president presidency chair resumed returned assumed then also both who had \
    been respectively accompanied chief protocol officer representative representatives member \
    members delegation delegations minister ministers deputy acting vice-president rapporteur \
    permanent observer mission director-general secretary-general";

/// The most words of a sentence that starts with a person.
const WORDS: usize = 45;
/// The same of an invitation, which may name forty representatives.
const INVITED: usize = 500;

/// The words above, folded.
struct Folded {
    invitations: Vec<String>,
    subjects: Vec<String>,
    seated: [Vec<String>; 2],
    chaired: [Vec<String>; 2],
    plain: HashSet<&'static str>,
}

static FOLDED: LazyLock<Folded> = LazyLock::new(|| {
    let fold = |words: &[&str]| words.iter().map(|word| fold_start(word)).collect::<Vec<String>>();
    Folded {
        invitations: fold(&INVITATIONS),
        subjects: fold(&SUBJECTS),
        seated: SEATED.map(fold),
        chaired: CHAIRED.map(fold),
        plain: PLAIN.split_whitespace().collect(),
    }
});

/// The kind of a sentence about seats or the chair; `None` if it is no such sentence.
pub(super) fn parse_seating(sentence: &str) -> Option<DirectionKind> {
    let folded = fold_text(sentence);
    let any = |verbs: &[String]| verbs.iter().any(|verb| folded.contains(verb.as_str()));
    let [seated, seated_elsewhere] = FOLDED.seated.each_ref().map(|verbs| any(verbs));
    let [chaired, chaired_elsewhere] = FOLDED.chaired.each_ref().map(|verbs| any(verbs));
    let kind = match (chaired || chaired_elsewhere, seated || seated_elsewhere) {
        (true, _) => DirectionKind::Chair,
        (_, true) => DirectionKind::Seating,
        _ => return None,
    };
    let invited = FOLDED.invitations.iter().any(|start| folded.starts_with(start.as_str()));
    let most = if invited { INVITED } else { WORDS };
    let sound = (invited || starts_with_subject(sentence, &folded))
        && folded.split(' ').count() <= most
        && !is_spoken(&folded)
        && (!(seated || chaired) || has_only_plain_words(sentence));
    sound.then_some(kind)
}

/// Whether a sentence about seats could start with this line.
pub(super) fn begins_like_seating(line: &str) -> bool {
    let capital = line.chars().next().is_some_and(|c| !c.is_lowercase());
    let folded = fold_text(line);
    capital
        && (FOLDED.invitations.iter().any(|start| folded.starts_with(start.as_str()))
            || starts_with_subject(line, &folded))
}

/// Whether a sentence starts with a person or a delegation.
fn starts_with_subject(sentence: &str, folded: &str) -> bool {
    let person = ["El ", "La ", "Los ", "Las ", "Le ", "Les "]
        .iter()
        .find_map(|article| sentence.strip_prefix(article))
        .unwrap_or(sentence);
    FOLDED.subjects.iter().any(|subject| folded.starts_with(subject.as_str()))
        || address::begins_with_any_title(person)
        || sentence.trim_end_matches('。').ends_with("退席") && sentence.chars().count() <= 40
}

/// Whether all words in small letters outside of brackets are those of such sentences.
fn has_only_plain_words(sentence: &str) -> bool {
    let mut depth = 0usize;
    let outside: String = sentence
        .chars()
        .map(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ if depth == 0 => return c,
                _ => {}
            }
            ' '
        })
        .collect();
    outside.split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        !word.starts_with(char::is_lowercase)
            || FOLDED.plain.contains(word)
            || address::is_name_particle(word)
    })
}
