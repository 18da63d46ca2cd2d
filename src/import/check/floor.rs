//! The next speaker beside whom the President gives the floor to.
//!
//! "I now give the floor to the representative of Peru." names the next speaker. If somebody else speaks
//! next, a form of address was lost, and the words of one are in the mouth of another. A doubt needs that
//! the President names a person or a State and that nothing of it is in the next form of address, so that
//! spellings, titles and inflected names raise none.

use crate::facts::states;
use crate::import::address;
use crate::import::words::{first_bytes, fold_text};
use crate::record::{As, Doubt, Item, Language, Record, Speaker, Statement};

/// The most bytes of the words that name a speaker.
const NAMED: usize = 400;

/// Gives the floor, folded, in the languages with words between spaces. What follows names the speaker.
const CUES: [(&str, &[&str]); 4] = [
    (
        "en",
        &[
            "give the floor to",
            "giving the floor to",
            "i call on",
            "i call upon",
            "the next speaker is",
            "the next speaker on my list is",
            "the next speaker inscribed on my list is",
            "i recognize the representative of",
        ],
    ),
    (
        "fr",
        &[
            "donne maintenant la parole a",
            "donne a present la parole a",
            "donne la parole a",
            "vais donner la parole a",
            "la parole est maintenant a",
            "la parole est a",
            "le prochain orateur inscrit sur ma liste est",
            "l'orateur suivant est",
            "l'orateur suivant inscrit sur ma liste est",
        ],
    ),
    (
        "es",
        &[
            "doy ahora la palabra a",
            "doy la palabra a",
            "dare ahora la palabra a",
            "tiene ahora la palabra",
            "tiene la palabra",
            "cedo la palabra a",
            "cedo ahora la palabra a",
            "concedo la palabra a",
            "el siguiente orador es",
            "el siguiente orador inscrito en mi lista es",
        ],
    ),
    (
        "ru",
        &[
            "слово предоставляется",
            "предоставляю слово",
            "слово имеет",
            "даю слово",
            "передаю слово",
        ],
    ),
];

/// Doubts about speakers that the President does not announce.
pub(super) fn find_doubts(record: &Record) -> Vec<Doubt> {
    let Some((_, cues)) = CUES.iter().find(|(code, _)| *code == record.language.code()) else {
        return Vec::new();
    };
    let cues: Vec<String> = cues.iter().map(|cue| fold_text(cue)).collect();
    let inflected = record.language == Language::Russian;
    let statements: Vec<&Statement> = record.statements().collect();
    let mut found = Vec::new();
    for (index, chair) in statements.iter().enumerate() {
        if chair.speaker.as_ != As::President {
            continue;
        }
        let text = chair.text();
        let calls = find_calls(&text, &cues);
        let Some(last) = calls.last() else { continue };
        if !names_somebody(last, inflected) {
            continue;
        }
        let Some(next) = statements.get(index + 1) else {
            if is_cut_off(record, chair, &text, last) {
                let text = format!("the record ends where the floor is given to {:?}", shown(last));
                found.push(Doubt { statement: Some(chair.number), page: chair.page, text });
            }
            continue;
        };
        if calls.iter().any(|call| names_speaker(call, &next.speaker)) {
            continue;
        }
        let who =
            if next.speaker.as_ == As::President { "the President" } else { &next.speaker.printed };
        found.push(Doubt {
            statement: Some(next.number),
            page: next.page,
            text: format!(
                "the floor is given to {:?}, and the next speaker is {}",
                shown(last),
                first_bytes(who, 120)
            ),
        });
    }
    found
}

/// The words that follow each cue in a text, as printed, up to the end of their sentence.
fn find_calls<'t>(text: &'t str, cues: &[String]) -> Vec<&'t str> {
    let mut calls = Vec::new();
    for paragraph in text.split('\n') {
        let (folded, places) = fold_with_places(paragraph);
        let mut ends: Vec<usize> = cues
            .iter()
            // Most cues are nowhere, which `contains` tells much faster than `match_indices`.
            .filter(|cue| folded.contains(cue.as_str()))
            .flat_map(|cue| folded.match_indices(cue.as_str()).map(|(at, _)| at + cue.len()))
            .filter_map(|end| places.get(end).copied())
            .collect();
        ends.sort_unstable();
        ends.dedup();
        calls.extend(ends.into_iter().map(|at| first_sentence(&paragraph[at..])));
    }
    calls
}

/// A folded text, with the place in the original of each of its bytes and of its end.
fn fold_with_places(text: &str) -> (String, Vec<usize>) {
    let (mut folded, mut places) = (String::with_capacity(text.len()), Vec::new());
    for (at, c) in text.char_indices() {
        let c = match c {
            '’' | '‘' | 'ʼ' => '\'',
            c if c.is_whitespace() => ' ',
            c => crate::record::fold::letter(c),
        };
        folded.push(c);
        places.resize(folded.len(), at);
    }
    places.push(text.len());
    (folded, places)
}

/// The text up to the end of its first sentence. The full stop of a title or an initial ends none.
fn first_sentence(text: &str) -> &str {
    let text = first_bytes(text, NAMED);
    let end = text.match_indices(['.', '?', '!', ';']).find(|(at, _)| {
        let word = text[..*at].rsplit([' ', '(', '.']).next().unwrap_or("");
        word.chars().count() > 4
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// The States named in a text, and the text without their names.
fn split_states(text: &str) -> (Vec<&'static str>, String) {
    let (mut named, mut left) = (Vec::new(), String::with_capacity(text.len()));
    let mut rest = text;
    while !rest.is_empty() {
        let capital = rest.starts_with(char::is_uppercase);
        if let Some((state, len)) =
            states::longest_at_start(rest).filter(|(_, len)| capital && *len > 0)
        {
            named.push(state.name);
            rest = &rest[len..];
            continue;
        }
        // To the start of the next word.
        let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let gap = rest[word..].find(char::is_alphanumeric).unwrap_or(rest.len() - word);
        left.push_str(&rest[..word + gap]);
        rest = &rest[word + gap..];
    }
    (named, left)
}

/// The words of a text that may be of a name, folded.
fn name_words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 && word.starts_with(char::is_uppercase))
        .map(fold_text)
}

/// Whether the words after a cue name a State or a person. Inflected names of States are not known, so
/// that there a representative or a title and a capital have to do.
fn names_somebody(call: &str, inflected: bool) -> bool {
    let (states, left) = split_states(call);
    let mut words = left.match_indices(' ').map(|(at, _)| &left[at + 1..]);
    !states.is_empty()
        || words.any(|w| w.starts_with(char::is_uppercase) && address::begins_with_title(w))
        || inflected && names_inflected(call)
}

/// Whether words with inflected names name the representative of a State, or a person by title.
fn names_inflected(call: &str) -> bool {
    let folded = fold_text(call);
    let who = ["представител", "наблюдател", "г-н", "г-ж"];
    who.iter().any(|word| folded.contains(&fold_text(word))) && name_words(call).next().is_some()
}

/// Whether the words after a cue name this speaker: by State, or by any word of a name or an office.
fn names_speaker(call: &str, speaker: &Speaker) -> bool {
    let (states, left) = split_states(call);
    if speaker.state.as_deref().is_some_and(|state| states.contains(&state)) {
        return true;
    }
    // Words of the names of two States, such as "South", do not make them one.
    let stateless = |text: &str| match &speaker.state {
        Some(_) if !states.is_empty() => split_states(text).1,
        _ => text.to_owned(),
    };
    let speaker_words: Vec<String> = [
        Some(&speaker.printed),
        Some(&speaker.name),
        speaker.state.as_ref(),
        speaker.organization.as_ref(),
        speaker.role.as_ref(),
    ]
    .into_iter()
    .flatten()
    .flat_map(|text| name_words(&stateless(text)).collect::<Vec<_>>())
    .collect();
    let call = if speaker.state.is_some() { left } else { call.to_owned() };
    name_words(&call).any(|word| speaker_words.iter().any(|other| alike(&word, other)))
}

/// Whether two words of names are one: their first letters agree, whatever the ending.
fn alike(one: &str, other: &str) -> bool {
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let shorter = one.chars().count().min(other.chars().count());
    shared >= 4.min(shorter) && shared + 3 >= shorter
}

/// Whether the record ends before the speaker who has the floor: those are its last words.
fn is_cut_off<'t>(record: &Record, chair: &Statement, text: &'t str, call: &'t str) -> bool {
    let last = matches!(record.items.last(), Some(Item::Statement(s)) if s.number == chair.number);
    let bare = |words: &'t str| words.trim_end().trim_end_matches('.');
    last && bare(text).ends_with(bare(call))
}

/// The words after a cue for a message.
fn shown(call: &str) -> &str {
    first_bytes(call.trim(), 120)
}
