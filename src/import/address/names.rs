//! The words before the brackets: the chair, an office, or a title and a name.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::tables::{
    CHAIRS, COURTESIES, HONORIFICS, OFFICES, PARTICLES, SPOKEN_TO, TITLES, WEAK_TITLES,
};
use crate::facts::states;
use crate::import::words::fold_text;

/// What a form of address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    /// The chair: "The President".
    Chair,
    /// An office of the United Nations, by its English name.
    Office(&'static str),
    /// A title and a name.
    Name,
}

/// What the words before the brackets name. `bracket` means that one follows, `sure` that it is a State
/// or a language.
pub(super) fn classify_name(core: &str, bracket: bool, sure: bool) -> Option<NameKind> {
    let folded = fold_text(core);
    if is_chair(&folded) {
        return Some(NameKind::Chair);
    }
    // "Mr. President (spoke in French)" is a misprint of the chair; without a language it is spoken to.
    if sure && is_chair(&format!("the {}", folded.trim_start_matches("mr. "))) {
        return Some(NameKind::Chair);
    }
    if is_glued(core, &folded) {
        return None;
    }
    for (office, names) in OFFICES {
        if names.iter().any(|n| fold_text(n) == folded) {
            return Some(NameKind::Office(office));
        }
    }
    if core.chars().any(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) {
        return is_chinese_name(core, bracket).then_some(NameKind::Name);
    }
    if let Some(name) = after_title(core, &FOLDED[0]) {
        let arabic = core.starts_with('ا');
        return (is_name(name, arabic) && (bracket || !is_common_noun(name)))
            .then_some(NameKind::Name);
    }
    if bracket && let Some(name) = after_title(core, &FOLDED[1]) {
        return is_name(name, false).then_some(NameKind::Name);
    }
    (sure && is_name(core, false) && core.split(' ').count() <= 6).then_some(NameKind::Name)
}

/// Whether folded words are those of the chair.
fn is_chair(folded: &str) -> bool {
    CHAIRS_FOLDED.contains(folded)
}

/// Whether the end of other text is before a form of address: the last State of a list of votes, or the
/// second line of a heading ("United States of America The President", "Utopia Mr. Orlan").
fn is_glued(core: &str, folded: &str) -> bool {
    let inside = folded.match_indices(' ').any(|(at, _)| {
        let rest = &folded[at + 1..];
        let first = rest.split(' ').next().unwrap_or("");
        let courtesy = COURTESIES.contains(&first) && !TITLES.contains(&&folded[..at]);
        courtesy || rest != "president" && is_chair(rest)
    });
    let after_state = || {
        let (_, len) = states::longest_at_start(core)?;
        let rest = core.get(len..)?.trim_start_matches([' ', '.', ',']);
        (!rest.is_empty() && (begins_with_title(rest) || is_chair(&fold_text(rest)))).then_some(())
    };
    inside || after_state().is_some()
}

/// The words for the chair, folded.
static CHAIRS_FOLDED: LazyLock<HashSet<String>> =
    LazyLock::new(|| CHAIRS.iter().map(|chair| fold_text(chair)).collect());

/// Titles, folded: those that suffice alone, and those that are also ordinary words.
static FOLDED: LazyLock<[HashSet<String>; 2]> =
    LazyLock::new(|| [TITLES, WEAK_TITLES].map(|all| all.iter().map(|t| fold_text(t)).collect()));

/// The name after one or more of these titles ("Mr. Prince", "Her Excellency Ms.").
fn after_title<'a>(core: &'a str, titles: &HashSet<String>) -> Option<&'a str> {
    let mut rest = core;
    while let Some(name) = strip_title(rest, titles) {
        rest = name;
    }
    (rest.len() < core.len()).then_some(rest)
}

/// A name without the titles before it.
pub(super) fn without_title(name: &str) -> &str {
    after_title(name, &FOLDED[0]).unwrap_or(name)
}

/// The text after the longest of these titles at its start; a title has at most four words.
fn strip_title<'a>(text: &'a str, titles: &HashSet<String>) -> Option<&'a str> {
    let ends = text.match_indices(' ').map(|(at, _)| at).take(4);
    ends.filter(|&end| titles.contains(&fold_text(&text[..end])))
        .last()
        .map(|end| text[end..].trim_start())
        .filter(|name| !name.is_empty())
}

/// Whether these words could be a person's name.
fn is_name(name: &str, arabic: bool) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    if words.is_empty() || words.len() > 9 || SPOKEN_TO.contains(&fold_text(name).as_str()) {
        return false;
    }
    if name.contains([',', ';', '?', '!', '"', '“', '«', '/']) {
        return false;
    }
    if arabic {
        return words.len() <= 7;
    }
    let named = words.iter().filter(|w| starts_upper(w)).count();
    named > 0 && words.iter().all(|w| (starts_upper(w) && stop_is_short(w)) || is_particle(w))
}

/// Whether a word is a particle or starts with one: "de", "al-Thani", "d'Escoto".
fn is_particle(word: &str) -> bool {
    let folded = fold_text(word);
    if PARTICLES.contains(&folded.as_str()) {
        return true;
    }
    word.split_once(['-', '’', '\''])
        .is_some_and(|(head, tail)| head.chars().count() <= 3 && !tail.is_empty())
}

/// Whether a word starts with a capital; apostrophes before it are ignored ("’Abd", "‘Uthman").
fn starts_upper(word: &str) -> bool {
    let word = word.trim_start_matches(['’', '‘', '\'', '`', 'ʿ', 'ʾ']);
    word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() && word.len() < 3)
}

/// Whether a full stop at the end is that of a short word, such as an initial, "St." or "Jr.".
fn stop_is_short(word: &str) -> bool {
    !word.ends_with('.') || word.chars().count() <= 5
}

/// Whether the words name a body, such as "Assembly", and no person.
fn is_common_noun(name: &str) -> bool {
    let first = fold_text(name.split(' ').next().unwrap_or(""));
    matches!(
        first.as_str(),
        "assembly"
            | "council"
            | "committee"
            | "debate"
            | "secretary"
            | "assemblee"
            | "asamblea"
            | "committees"
            | "conference"
    )
}

/// Whether this is a Chinese name with an honorific. Without a bracket it must be short, and contain no
/// word of a sentence.
fn is_chinese_name(core: &str, bracket: bool) -> bool {
    let count = core.chars().count();
    let plain = core.chars().all(|c| {
        matches!(c, '\u{3400}'..='\u{9FFF}' | '·' | '•' | '-' | '–' | '—' | '‧' | '・')
            || c.is_ascii_alphabetic()
    });
    let honoured = HONORIFICS.iter().any(|h| core.ends_with(h) && core.len() > h.len());
    let sentence = core.contains(['我', '请', '谢', '说', '的', '给', '向', '和']);
    plain && honoured && if bracket { count <= 30 } else { count <= 12 && !sentence }
}

/// Whether a bracket names an office rather than an organization.
pub(super) fn is_role(about: &str) -> bool {
    const ROLES: &str = "secretary envoy representative director commissioner minister president chair head \
        coordinator adviser advisor chief executive prosecutor registrar judge commander \
        rapporteur observer founder professor secretaire envoye envoyee representant \
        representante directeur directrice ministre secretario enviado enviada ministro \
        directora ministra secretaria presidenta presidente coordinador coordinadora jefe jefa \
        comisionado comisionada observador observadora coordonnateur coordonnatrice \
        commissaire chef cheffe секретар посланник представител директор министр";
    const CHINESE: [&str; 8] = ["代表", "特使", "秘书长", "主任", "部长", "专员", "检察官", "总统"];
    let folded = fold_text(about);
    let words = || folded.split([' ', '-']);
    ROLES.split(' ').any(|r| {
        words().any(|w| {
            w == r
                || (!r.is_ascii() && w.starts_with(&fold_text(r)))
                || (r.len() > 5 && w.strip_suffix('s') == Some(r))
        })
    }) || CHINESE.iter().any(|r| about.contains(r))
}

/// Whether a text starts with the title of a person, or is a Chinese name with an honorific.
pub(super) fn begins_with_title(text: &str) -> bool {
    after_title(text, &FOLDED[0]).is_some_and(|name| !name.is_empty())
        || HONORIFICS.iter().any(|h| text.ends_with(h)) && text.chars().count() <= 30
}

/// Whether a text starts with a title of any kind and a name.
pub(super) fn begins_with_any_title(text: &str) -> bool {
    let named = |name: &str| starts_upper(name) || name.split(' ').next().is_some_and(is_particle);
    after_title(text, &FOLDED[0]).is_some_and(named)
        || after_title(text, &FOLDED[1]).is_some_and(starts_upper)
        || HONORIFICS.iter().any(|h| text.split(['（', '(']).next().is_some_and(|t| t.ends_with(h)))
}

/// The name after any title, if it could be a person's.
pub(super) fn titled_name(core: &str) -> Option<&str> {
    let name = after_title(core, &FOLDED[0]).or_else(|| after_title(core, &FOLDED[1]))?;
    (is_name(name, core.starts_with('ا')) && !is_common_noun(name)).then_some(name)
}

/// Whether a word is a particle of names.
pub(super) fn is_name_particle(word: &str) -> bool {
    is_particle(word)
}

/// Whether a text starts with the words of the chair.
pub(super) fn begins_with_chair(text: &str) -> bool {
    let end = text.find(['(', '（', ':', '：']).unwrap_or(text.len());
    is_chair(&fold_text(&text[..end]))
}
