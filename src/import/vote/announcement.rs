//! What the President says of a vote: the drafts before it, the count and the outcome after it.

use std::sync::LazyLock;

use crate::import::words::{first_bytes, fold_text, parse_number};
use crate::record::Announced;

/// What was announced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announcement {
    /// The counts; one that is not named is 0.
    pub counts: Option<Announced>,
    /// Whether it was adopted, if that is said.
    pub adopted: Option<bool>,
    /// `S/RES/2732 (2024)`.
    pub adopted_as: Option<String>,
    /// The negative vote of a permanent member is given as the reason.
    pub by_permanent: bool,
}

/// Words that say that a draft was not adopted. They are searched before those that say it was.
const NOT_ADOPTED: &[&str] = &[
    "not been adopted",
    "was not adopted",
    "is not adopted",
    "has been rejected",
    "was rejected",
    "not obtained the required",
    "failed to obtain",
    "n'est pas adopte",
    "n'a pas ete adopte",
    "n'est donc pas adopte",
    "est rejete",
    "no ha sido aprobado",
    "no queda aprobado",
    "no ha quedado aprobado",
    "no se aprueba",
    "queda rechazado",
    "не принимается",
    "не принят",
    "не был принят",
    "отклоняется",
    "отклонен",
    "未获通过",
    "没有通过",
    "没有获得通过",
    "未能获得通过",
    "未通过",
    "未能通过",
    "لم يعتمد",
];

const ADOPTED: &[&str] = &[
    "been adopted",
    "was adopted",
    "is adopted",
    "est adopte",
    "a ete adopte",
    "queda aprobado",
    "ha sido aprobado",
    "quedado aprobado",
    "queda aprobada",
    "принимается",
    "принят ",
    "принята ",
    "принято",
    "获得通过",
    "一致通过",
    "获通过",
    "اعتمد",
];

const PERMANENT: &[&str] = &[
    "negative vote of a permanent member",
    "vote negatif d'un membre permanent",
    "voto negativo de un miembro permanente",
    "voto en contra de un miembro permanente",
    "постоянный член",
    "постоянного члена",
    "常任理事国投了反对票",
    "常任理事国反对",
];

/// Words, folded.
struct FoldedWords(Vec<String>);

impl FoldedWords {
    fn new(words: &[&str]) -> Self {
        Self(words.iter().map(|word| fold_text(word)).collect())
    }

    /// The first place of any of them in a folded text. Most texts have none, which `contains` tells much
    /// faster than `find`.
    fn find_in(&self, folded: &str) -> Option<usize> {
        let present = self.0.iter().filter(|word| folded.contains(word.as_str()));
        present.filter_map(|word| folded.find(word.as_str())).min()
    }
}

/// The tables above.
struct FoldedTables {
    not_adopted: FoldedWords,
    adopted: FoldedWords,
    permanent: FoldedWords,
}

static FOLDED: LazyLock<FoldedTables> = LazyLock::new(|| FoldedTables {
    not_adopted: FoldedWords::new(NOT_ADOPTED),
    adopted: FoldedWords::new(ADOPTED),
    permanent: FoldedWords::new(PERMANENT),
});

/// The counts that are announced in a text that also says whether something was adopted.
#[must_use]
pub fn parse_result(text: &str) -> Option<Announced> {
    let folded = fold_text(first_bytes(text, 4000));
    let said = [&FOLDED.not_adopted, &FOLDED.adopted];
    said.iter().find_map(|words| words.find_in(&folded))?;
    parse_counts(&folded)
}

/// Reads an announcement.
#[must_use]
pub fn parse_announcement(text: &str) -> Announcement {
    let text = first_bytes(text, 4000);
    let folded = fold_text(text);
    let refused = FOLDED.not_adopted.find_in(&folded);
    let adopted = if refused.is_some() { None } else { FOLDED.adopted.find_in(&folded) };
    Announcement {
        counts: parse_counts(&folded),
        adopted: match (refused, adopted) {
            (Some(_), _) => Some(false),
            (None, Some(_)) => Some(true),
            (None, None) => None,
        },
        adopted_as: adopted.and_then(|at| find_resolution(&folded[at..])),
        by_permanent: FOLDED.permanent.find_in(&folded).is_some(),
    }
}

/// The counts in a folded text.
fn parse_counts(folded: &str) -> Option<Announced> {
    let tokens = split_tokens(folded);
    let (mut favour, mut against, mut abstaining) = (None, None, None);
    for (at, token) in tokens.iter().enumerate() {
        let Some(n) = parse_number(token) else { continue };
        let mut next = at + 1;
        let mut votes = false;
        while next < tokens.len() && next < at + 5 && is_filler(&tokens[next]) {
            votes = votes || is_votes(&tokens[next]);
            next += 1;
        }
        let word = tokens.get(next).map_or("", String::as_str);
        let slot = match list_index(word) {
            // "un appel pour" has no vote in it.
            Some(0) if votes || next > at + 1 => &mut favour,
            Some(1) => &mut against,
            Some(2) => &mut abstaining,
            // Russian: "подано 15 голосов", with nothing after.
            _ if votes && tokens[at + 1].starts_with("голос") => &mut favour,
            _ => continue,
        };
        slot.get_or_insert(n);
    }
    favour.map(|in_favour| Announced {
        in_favour,
        against: against.unwrap_or(0),
        abstaining: abstaining.unwrap_or(0),
    })
}

/// Words and numbers; the few Chinese words of an announcement are set apart first.
fn split_tokens(folded: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(folded.len() * 2);
    let mut last_digit = false;
    for c in folded.chars() {
        let digit = c.is_ascii_digit();
        if (digit != last_digit && c > '\u{2E80}') || (digit && !last_digit) {
            spaced.push(' ');
        }
        last_digit = digit;
        spaced.push(c);
    }
    for (word, apart) in
        [("票", " 票 "), ("赞成", " 赞成 "), ("反对", " 反对 "), ("弃权", " 弃权 "), ("获得", " ")]
    {
        spaced = spaced.replace(word, apart);
    }
    spaced
        .split(|c: char| !c.is_alphanumeric())
        .filter(|t| !t.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_votes(token: &str) -> bool {
    matches!(token, "vote" | "votes" | "voix" | "voto" | "votos" | "票")
        || token.starts_with("голос")
}

/// Whether a word may be between a number and the name of its list.
fn is_filler(token: &str) -> bool {
    is_votes(token) || matches!(token, "in" | "en" | "a" | "не" | "were" | "at")
}

/// 0 for in favour, 1 for against, 2 for abstaining.
fn list_index(token: &str) -> Option<u8> {
    match token {
        "favour" | "favor" | "pour" | "赞成" => Some(0),
        "against" | "contre" | "contra" | "против" | "反对" => Some(1),
        "弃权" => Some(2),
        _ if token.starts_with("abst") || token.starts_with("воздерж") => Some(2),
        _ => None,
    }
}

/// The first "2732 (2024)" of a text, as a symbol.
fn find_resolution(folded: &str) -> Option<String> {
    let bytes = folded.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            at += 1;
            continue;
        }
        let number = &folded[at..at + digits];
        at += digits;
        let rest = folded[at..].trim_start();
        let Some(inner) = rest.strip_prefix(['(', '（']) else { continue };
        let year: String = inner.trim_start().chars().take_while(char::is_ascii_digit).collect();
        let closed = inner.trim_start()[year.len()..].trim_start().starts_with([')', '）']);
        if digits <= 4 && year.len() == 4 && closed && ("1946"..="2100").contains(&year.as_str()) {
            return Some(format!("S/RES/{number} ({year})"));
        }
    }
    None
}

/// The words for a draft that can be voted on.
const DRAFT: [&str; 10] = [
    "draft resolution",
    "draft amendment",
    "amendment",
    "projet de resolution",
    "projet d'amendement",
    "proyecto de resolucion",
    "проект",
    "поправ",
    "决议草案",
    "مشروع قرار",
];

/// Whether a folded sentence speaks of a draft.
pub(super) fn names_draft(folded: &str) -> bool {
    DRAFT.iter().any(|word| folded.contains(&fold_text(word)))
}

/// Whether a folded sentence puts a question to the vote.
pub(super) fn put_to_vote(folded: &str) -> bool {
    const WORDS: [&str; 16] = [
        "to the vote",
        "to a vote",
        "to vote on",
        "vote on the",
        "voting on",
        "aux voix",
        "au vote",
        "a votacion",
        "a la votacion",
        "на голосование",
        "голосованию",
        "付诸表决",
        "进行表决",
        "付表决",
        "للتصويت",
        "التصويت على",
    ];
    WORDS.iter().any(|word| folded.contains(&fold_text(word)))
}

/// The ends of sentences, near enough: an abbreviation ends one too.
const SENTENCE_ENDS: [char; 5] = ['.', '。', '\n', '?', '؟'];

/// The sentences of a text.
pub(super) fn sentences(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(SENTENCE_ENDS).map(str::trim).filter(|s| !s.is_empty())
}

/// The text after the announcement of a result at its start, up to the last sentence that says whether
/// something was adopted. Without one the whole text.
#[must_use]
pub fn after_announcement(text: &str) -> &str {
    let (mut at, mut end) = (0, 0);
    for sentence in first_bytes(text, 4000).split_inclusive(SENTENCE_ENDS) {
        at += sentence.len();
        let folded = fold_text(sentence);
        let says = |words: &[&str]| words.iter().any(|w| folded.contains(&fold_text(w)));
        if says(NOT_ADOPTED) || says(ADOPTED) || parse_counts(&folded).is_some() {
            end = at;
        }
    }
    &text[end..]
}

/// Symbols of the drafts named in a text before a vote, in order. Where the words that put the question
/// name some, only these: drafts for later votes are named before it too.
#[must_use]
pub fn find_drafts(text: &str) -> Vec<String> {
    let (mut found, mut put) = (Vec::new(), Vec::new());
    for sentence in sentences(text) {
        let folded = fold_text(sentence);
        if !names_draft(&folded) {
            continue;
        }
        let symbols = document_symbols(sentence);
        if put_to_vote(&folded) && !symbols.is_empty() {
            put.clone_from(&symbols);
        }
        for symbol in symbols {
            if !found.contains(&symbol) {
                found.push(symbol);
            }
        }
    }
    if put.is_empty() { found } else { put }
}

/// `S/2024/413` and the like in a text.
fn document_symbols(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("S/") {
        if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/') {
            continue;
        }
        let end = text[at + 2..]
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '/')
            .map_or(text.len(), |e| at + 2 + e);
        let symbol = text[at..end].trim_end_matches('/');
        let parts: Vec<&str> = symbol.split('/').collect();
        let figures = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit());
        // S/2024/413 now, S/26971 before 1994.
        if parts.len() >= 2 && parts[1..parts.len().min(3)].iter().all(|p| figures(p)) {
            found.push(symbol.to_owned());
        }
    }
    found
}

/// Whether the words before a vote say that it is procedural.
#[must_use]
pub fn is_procedural(text: &str) -> bool {
    const WORDS: [&str; 7] = [
        "procedural vote",
        "procedural matter",
        "procedural motion",
        "vote de procedure",
        "votacion de procedimiento",
        "процедурн",
        "程序性",
    ];
    let folded = fold_text(text);
    WORDS.iter().any(|w| folded.contains(&fold_text(w)))
        || (folded.contains("provisional agenda") && folded.contains("to the vote"))
}
