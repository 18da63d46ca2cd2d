//! Who was invited to the meeting, under which rule, and in which office, as the President says it:
//! "In accordance with rule 39 of the Council's provisional rules of procedure, I invite Ms. Vey,
//! Special Envoy of the Secretary-General for Utopia, to participate in this meeting."
//!
//! Rule 37 is for Members of the United Nations that have no seat, rule 39 for everybody else
//! (Provisional Rules of Procedure of the Security Council, S/96/Rev.7). A form of address names only the
//! briefer, so this sentence is the one place where a record gives the rule and the office. What is
//! doubtful is left open: two guests of one name, or an observer invited "in accordance with previous
//! practice". A resumption does not repeat the invitations. A Member of the United Nations without a seat
//! speaks under rule 37 there too, because no other rule applies to it.

mod guests;
mod organizations;

use super::address;
use super::words::fold_text;
use crate::facts::states;
use crate::record::sentences::trimmed_sentences;
use crate::record::{As, Item, Language, Speaker, Statement, Symbol};

use guests::Guest;

/// "Rule 37" as the six languages write it in this sentence, folded; the other rule has the other number.
const RULE_37: [&str; 9] = [
    "rule 37",
    "article 37",
    "articulo 37",
    "правилом 37",
    "правила 37",
    "правилу 37",
    "第37条",
    "第三十七条",
    "المادة 37",
];
/// The rules of procedure as the languages call them, folded.
const PROCEDURE: [&str; 6] = [
    "rules of procedure",
    "reglement interieur",
    "reglamento",
    "процедуры",
    "议事规则",
    "النظام الداخلي",
];
/// Stems of the verb, folded.
const INVITE: [&str; 4] = ["invit", "приглаш", "邀请", "أدعو"];
/// Words after which the list of those invited has ended.
const ENDS: [&str; 10] = [
    " to participate",
    " to take part",
    " to take a",
    " to take the",
    " to address the",
    " without the right",
    " à participer",
    " à prendre part",
    " a participar",
    "参加",
];
/// Words that refer to States named in an earlier sentence, folded.
const THOSE: [&str; 6] = [
    "those representative",
    "that representative",
    "these representative",
    "these speakers",
    "the representatives mentioned",
    "the representative of that",
];

/// Everybody whom the President invited or introduced in a record.
#[derive(Clone, Debug, Default)]
struct Invited {
    /// States under rule 37, by their short names.
    states: Vec<&'static str>,
    /// The words of the invitations under rule 37, folded: Russian declines the names in them.
    said: Vec<String>,
    /// People, those under rule 39 among them.
    guests: Vec<Guest>,
    /// The record is of a resumption, in which nobody is invited again.
    resumed: bool,
}

/// Sets rule and office of each speaker whom the words of the President name beyond doubt. Returns the
/// number of speakers for whom either was set.
pub fn mark_invited(items: &mut [Item], symbol: &Symbol, language: &Language) -> u64 {
    let mut invited = Invited { resumed: symbol.resumption() > 0, ..Invited::default() };
    for statement in statements(items).filter(|s| s.speaker.as_ == As::President) {
        invited.read_statement(statement);
    }
    let mut set = 0;
    for item in items.iter_mut() {
        let Item::Statement(statement) = item else { continue };
        if statement.speaker.as_ != As::President {
            set += u64::from(invited.apply_to(&mut statement.speaker, language));
        }
    }
    set + hold_for_later(items, language)
}

/// What was known of a speaker holds for later statements of the same speaker: State, organization, office,
/// rule, and whether they are a member of the Council. A later form of address is often a name alone.
/// Two speakers of one name give nothing to a third. Returns the number of speakers completed.
fn hold_for_later(items: &mut [Item], language: &Language) -> u64 {
    let mut known: Vec<(String, Speaker)> = Vec::new();
    let mut completed = 0;
    for item in items {
        let Item::Statement(Statement { speaker, .. }) = item else { continue };
        if speaker.as_ == As::President {
            continue;
        }
        let name = name_key(&speaker.name, language);
        let same_place = |other: &Speaker| {
            let placed = speaker.state.is_some() || speaker.organization.is_some();
            let (state, organization) = (&speaker.state, &speaker.organization);
            !placed || (state, organization) == (&other.state, &other.organization)
        };
        let mut those = known.iter().filter(|(key, other)| *key == name && same_place(other));
        match (those.next(), those.next()) {
            (Some((_, earlier)), None) => {
                completed += u64::from(complete_speaker(speaker, earlier))
            }
            (Some(_), Some(_)) => continue,
            (None, _) => {}
        }
        let entry = known.iter_mut().find(|(key, other)| {
            *key == name
                && (&other.state, &other.organization) == (&speaker.state, &speaker.organization)
        });
        match entry {
            Some((_, other)) => other.clone_from(speaker),
            None => known.push((name, speaker.clone())),
        }
    }
    completed
}

/// A name for comparison: folded, and without titles except in Chinese.
fn name_key(name: &str, language: &Language) -> String {
    match language {
        Language::Chinese => fold_text(name),
        _ => fold_text(address::without_title(name)),
    }
}

/// Fills from an earlier statement what a later one does not say. Returns whether anything was missing.
fn complete_speaker(speaker: &mut Speaker, earlier: &Speaker) -> bool {
    let before = speaker.clone();
    if speaker.state.is_none() && speaker.organization.is_none() {
        speaker.state.clone_from(&earlier.state);
        speaker.organization.clone_from(&earlier.organization);
    }
    if speaker.role.is_none() {
        speaker.role.clone_from(&earlier.role);
    }
    if speaker.rule.is_none() {
        speaker.rule = earlier.rule;
        if earlier.as_ != As::Unknown {
            speaker.as_ = earlier.as_;
        }
    }
    *speaker != before
}

fn statements(items: &[Item]) -> impl Iterator<Item = &Statement> {
    items.iter().filter_map(|item| match item {
        Item::Statement(statement) => Some(statement),
        _ => None,
    })
}

impl Invited {
    /// Collects the invitations in a statement of the President.
    fn read_statement(&mut self, statement: &Statement) {
        let mut before: Vec<&str> = Vec::new();
        for sentence in statement.paragraphs.iter().flat_map(|p| trimmed_sentences(&p.text)) {
            self.read_sentence(sentence, &before);
            before.push(sentence);
        }
    }

    fn read_sentence(&mut self, sentence: &str, before: &[&str]) {
        let introduced = guests::is_introduction(sentence);
        if !introduced && !sentence.contains(['3', '三']) {
            return;
        }
        let folded = fold_text(sentence);
        let rule = |rule: u8| {
            let names = |name: &&str| match rule {
                37 => folded.contains(*name),
                _ => folded.contains(&name.replace("37", "39").replace("三十七", "三十九")),
            };
            RULE_37.iter().any(names)
        };
        let any = |all: &[&str]| all.iter().any(|word| folded.contains(word));
        let invites = any(&PROCEDURE) && any(&INVITE);
        let (states, people) = (invites && rule(37), invites && rule(39));
        if states {
            self.under_37(sentence, &folded, before);
        }
        if people {
            self.guests.extend(guests::find_guests(sentence, Some(39)));
        } else if introduced {
            self.guests.extend(guests::find_guests(sentence, None));
        }
    }

    /// The States of an invitation under rule 37; "those representatives" are those named before it.
    fn under_37(&mut self, sentence: &str, folded: &str, before: &[&str]) {
        let found = states_in(sentence);
        if found.is_empty() && THOSE.iter().any(|those| folded.contains(those)) {
            let asked = before.iter().rev().take(3).find(|s| {
                let s = s.to_lowercase();
                s.contains("representative") && ["letter", "request"].iter().any(|w| s.contains(w))
            });
            self.states.extend(asked.map(|s| states_in(s)).unwrap_or_default());
        }
        self.states.extend(found);
        self.said.push(folded.to_owned());
    }

    /// Sets rule and office of a speaker. Returns whether either was set.
    fn apply_to(&self, speaker: &mut Speaker, language: &Language) -> bool {
        let guest = guests::find_guest(&self.guests, &speaker.name, language);
        let from_state = names_place(&speaker.printed);
        let under_39 = guest.as_ref().is_some_and(|g| g.rule == Some(39)) && !from_state;
        let mut set = false;
        if under_39 {
            (speaker.as_, speaker.rule, set) = (As::Invited, Some(39), true);
        } else if speaker.as_ != As::Member && self.invites(speaker, language) {
            (speaker.as_, speaker.rule, set) = (As::Invited, Some(37), true);
        }
        if let Some(role) = guest.and_then(|g| g.role.clone()).filter(|_| speaker.role.is_none()) {
            (speaker.role, set) = (Some(role), true);
        }
        if let Some(organization) = organization_of(speaker) {
            (speaker.organization, set) = (Some(organization.to_owned()), true);
        }
        set
    }

    /// Whether a speaker's State was invited under rule 37.
    fn invites(&self, speaker: &Speaker, language: &Language) -> bool {
        let Some(name) = speaker.state.as_deref().filter(|_| speaker.organization.is_none()) else {
            return false;
        };
        let resumed = || {
            let member =
                || states::lookup(name).is_some_and(|s| s.status() == states::Status::Member);
            self.resumed && speaker.as_ == As::Invited && names_place(&speaker.printed) && member()
        };
        self.states.contains(&name)
            || resumed()
            || *language == Language::Russian
                && states::lookup(name).is_some_and(|state| {
                    let names: Vec<String> = state.names_in(language).map(fold_text).collect();
                    self.said
                        .iter()
                        .any(|said| names.iter().any(|n| guests::contains_declined(said, n)))
                })
    }
}

/// The organization of a speaker, by the office, where the form of address names no place.
fn organization_of(speaker: &Speaker) -> Option<&'static str> {
    let free = speaker.state.is_none() && speaker.organization.is_none();
    let role = speaker.role.as_deref().filter(|_| free)?;
    organizations::organization_of(role)
}

/// Whether a form of address names a State or an organization beside the person.
fn names_place(printed: &str) -> bool {
    address::parse_address(&format!("{printed}:"))
        .is_some_and(|a| a.speaker.state.is_some() || a.speaker.organization.is_some())
}

/// The States that a sentence names from the verb on, up to what they are invited to do.
fn states_in(sentence: &str) -> Vec<&'static str> {
    let lower = sentence.to_lowercase();
    // Byte offsets in the lower-case text hold only if it has the same length.
    let text = if lower.len() == sentence.len() { lower.as_str() } else { sentence };
    let begin = ["representative", "représentant", "representante", "邀请"]
        .iter()
        .filter_map(|word| text.find(word).map(|at| at + word.len()))
        .min()
        .unwrap_or(text.len());
    let Some(rest) = sentence.get(begin..) else { return Vec::new() };
    let end = ENDS.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let rest = &rest[..end];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(text) = rest.get(at..).filter(|text| !text.is_empty()) {
        if let Some((state, len)) = states::longest_at_start(text).filter(|(_, len)| *len > 0) {
            found.push(state.name);
            at += len;
            continue;
        }
        // The next word; in Chinese the next letter.
        let wide = text.starts_with(|c: char| c >= '\u{3000}');
        let step = text.char_indices().skip(1).find(|(i, c)| {
            wide || *c >= '\u{3000}' || matches!(text[..*i].chars().last(), Some(' ' | '\'' | '’'))
        });
        at += step.map_or(text.len(), |(i, _)| i);
    }
    found
}

#[cfg(test)]
mod tests;
