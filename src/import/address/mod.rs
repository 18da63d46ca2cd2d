//! Forms of address: who speaks, in the six official languages and in the style of older records.
//!
//! `Mr. Umarov (Kazakhstan) (spoke in Russian):`, `The PRESIDENT (interpretation from French):`,
//! `El Presidente (habla en inglés):`, `主席（以英语发言）：`. What a speaker speaks *as* is not
//! decided here, since it takes the members of the Council.

mod embedded;
mod marker;
mod names;
mod resembling;
mod tables;

use crate::facts::states;
use crate::record::{Language, Speaker};

pub use embedded::find_embedded_address;
pub use marker::language as marker_language;
pub use resembling::resembles_address;

/// The longest form of address, in bytes.
const REACH: usize = 500;

/// A form of address at the start of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Who speaks; `as` is left unknown.
    pub speaker: Speaker,
    /// The language in the marker, if there is one.
    pub spoken: Option<Language>,
    /// The speaker is in the chair, and addressed as such and not by name.
    pub chair: bool,
    /// Only a title and a name, which running text could also start with.
    pub bare: bool,
    /// The length of the form of address in bytes, up to the words spoken.
    pub len: usize,
}

/// A form of address in parts: the words outside brackets, and what is in each bracket.
struct AddressParts<'a> {
    printed: &'a str,
    core: String,
    brackets: Vec<&'a str>,
    len: usize,
}

/// Parses the form of address at the start of `text`.
#[must_use]
pub fn parse_address(text: &str) -> Option<Address> {
    parse_with_bold(text, None)
}

/// Parses the form of address of a text whose first `bold` letters are bold. In official records only
/// names are bold within a statement, so a title that no table has ("Lord", "Archbishop") counts as
/// one if the bold letters are the whole name.
#[must_use]
pub fn parse_bold_address(text: &str, bold: usize) -> Option<Address> {
    parse_address(text).or_else(|| parse_with_bold(text, Some(bold)))
}

/// The same with the number of bold letters, if known.
fn parse_with_bold(text: &str, bold: Option<usize>) -> Option<Address> {
    let parts = split_parts(super::words::first_bytes(text, REACH))?;
    let spoken = parts.brackets.iter().find_map(|b| marker::parse_marker(b));
    let about: Vec<&str> =
        parts.brackets.iter().copied().filter(|b| marker::parse_marker(b).is_none()).collect();
    let marked = parts.brackets.len() > about.len();
    let known = about.iter().any(|b| states::lookup(&single_spaced(b)).is_some());
    let whole = bold.is_some_and(|bold| {
        let letters = parts.core.chars().filter(|c| c.is_alphanumeric()).count();
        letters > 2 && bold.abs_diff(letters) <= 1 && parts.core.split(' ').count() <= 9
    });
    let kind = names::classify_name(&parts.core, marked || !about.is_empty(), marked || known)
        .or_else(|| whole.then_some(names::NameKind::Name))?;
    let mut speaker = Speaker {
        printed: parts.printed.to_owned(),
        name: parts.core.clone(),
        ..Speaker::default()
    };
    for bracket in &about {
        file_bracket(&mut speaker, &single_spaced(bracket));
    }
    if let names::NameKind::Office(office) = kind {
        speaker.role = Some(office.to_owned());
        speaker.organization = Some("United Nations".to_owned());
    }
    Some(Address {
        spoken: spoken.flatten(),
        chair: kind == names::NameKind::Chair,
        bare: kind == names::NameKind::Name && !marked && about.is_empty() && !whole,
        len: leading_spaces(text, parts.len),
        speaker,
    })
}

/// Whether a text starts with the title of a person, in any of the six languages.
#[must_use]
pub fn begins_with_title(text: &str) -> bool {
    names::begins_with_title(super::words::first_bytes(text, REACH))
}

/// Whether a text starts with any title and a name, also with a title that is an ordinary word.
#[must_use]
pub fn begins_with_any_title(text: &str) -> bool {
    names::begins_with_any_title(super::words::first_bytes(text, REACH))
}

/// Whether a word is a particle of names: "de", "al-Orlani".
#[must_use]
pub fn is_name_particle(word: &str) -> bool {
    names::is_name_particle(word)
}

/// A name without the titles before it.
#[must_use]
pub fn without_title(name: &str) -> &str {
    names::without_title(name)
}

/// Whether words name an office rather than an organization.
#[must_use]
pub fn is_role(words: &str) -> bool {
    names::is_role(words)
}

/// The end of the white space after byte `at`.
fn leading_spaces(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + (rest.len() - rest.trim_start().len())
}

/// Splits the text before the first colon outside brackets.
fn split_parts(head: &str) -> Option<AddressParts<'_>> {
    let (mut depth, mut start) = (0usize, 0usize);
    let mut core = String::new();
    let mut brackets = Vec::new();
    for (at, c) in head.char_indices() {
        match c {
            '(' | '（' => {
                if depth == 0 {
                    start = at + c.len_utf8();
                }
                depth += 1;
            }
            ')' | '）' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    brackets.push(head[start..at].trim());
                }
            }
            ':' | '：' if depth == 0 => {
                let core = single_spaced(&core);
                let printed = head[..at].trim();
                let len = at + c.len_utf8();
                return (!core.is_empty()).then_some(AddressParts { printed, core, brackets, len });
            }
            // Only the colon may follow the brackets.
            c if depth == 0 => {
                if !brackets.is_empty() && !c.is_whitespace() {
                    return None;
                }
                core.push(c);
            }
            _ => {}
        }
    }
    None
}

/// The words with single spaces. In Chinese they are joined, since spaces there come from the copy.
fn single_spaced(core: &str) -> String {
    let words: Vec<&str> = core.split_whitespace().collect();
    let chinese = core.chars().any(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
    words.join(if chinese { "" } else { " " })
}

/// Stores the content of a bracket as State, role or organization.
fn file_bracket(speaker: &mut Speaker, about: &str) {
    if let Some(state) = states::lookup(about) {
        speaker.state.get_or_insert_with(|| state.name.to_owned());
        return;
    }
    // "Minister for Foreign Affairs, Kazakhstan"
    if let Some((role, place)) = about.rsplit_once([',', '，', '،'])
        && let Some(state) = states::lookup(place.trim())
    {
        speaker.state.get_or_insert_with(|| state.name.to_owned());
        speaker.role.get_or_insert_with(|| role.trim().to_owned());
        return;
    }
    let field = if names::is_role(about) { &mut speaker.role } else { &mut speaker.organization };
    field.get_or_insert_with(|| about.to_owned());
}

#[cfg(test)]
mod tests;
