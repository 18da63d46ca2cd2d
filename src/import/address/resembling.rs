//! Text that begins like a form of address and is none that is understood. Whatever follows could be
//! another speaker's, so it is named as a doubt and never passed over.

use super::names;
use super::tables::{CHINESE_OFFICES, OFFICE_WORDS};
use super::{REACH, marker, parse_address};
use crate::facts::states;
use crate::import::words::{first_bytes, fold_text};

/// The most words before the colon.
const WORDS: usize = 20;
/// The most words before a bracket with a language.
const MARKED_WORDS: usize = 9;
/// Articles before an office, folded.
const ARTICLES: [&str; 8] = ["the ", "le ", "la ", "l'", "el ", "los ", "les ", "las "];
/// Words inside the name of an office, folded.
const LINKS: [&str; 22] = [
    "of", "the", "for", "and", "to", "on", "in", "at", "de", "du", "des", "la", "le", "les", "del",
    "los", "las", "y", "et", "e", "по", "и",
];

/// Whether a paragraph, or a line at which one may start, begins like a form of address that
/// [`parse_address`] does not take: an unknown title ("Chief Orlan:"), an office ("The Rapporteur:"), words
/// after the brackets ("Mr. Orlan (Utopia), Rapporteur:"), a lost colon ("Mr. Orlan (spoke in French) I").
#[must_use]
pub fn resembles_address(text: &str) -> bool {
    let text = first_bytes(text.trim_start(), REACH);
    if !text.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase()) {
        return false;
    }
    let Some(head) = Head::parse(text) else { return false };
    head.resembles() && parse_address(text).is_none()
}

/// The words before the first colon or, without one, before the end of the last bracket.
struct Head<'a> {
    /// The words before the first bracket.
    core: String,
    /// What is in brackets.
    brackets: Vec<&'a str>,
    /// The words after the last bracket.
    after: String,
    /// A colon ends the head.
    colon: bool,
    /// What follows the head without a colon.
    next: Option<char>,
}

impl<'a> Head<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (mut depth, mut start, mut spaces) = (0usize, 0usize, 0usize);
        let mut head = Self {
            core: String::new(),
            brackets: Vec::new(),
            after: String::new(),
            colon: false,
            next: None,
        };
        for (at, c) in text.char_indices() {
            match c {
                '(' | '（' => {
                    if depth == 0 {
                        start = at + c.len_utf8();
                        head.after.clear();
                    }
                    depth += 1;
                }
                ')' | '）' => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        head.brackets.push(text[start..at].trim());
                        head.next = text[at + c.len_utf8()..].trim_start().chars().next();
                    }
                }
                ':' | '：' if depth == 0 => {
                    head.colon = true;
                    return Some(head);
                }
                // A sentence ended before any colon.
                '?' | '!' | '。' | '\n' if depth == 0 => break,
                _ if depth > 0 => {}
                c if head.brackets.is_empty() => {
                    head.core.push(c);
                    spaces += usize::from(c == ' ');
                    if spaces >= WORDS {
                        return None;
                    }
                }
                c => head.after.push(c),
            }
        }
        (!head.brackets.is_empty()).then_some(head)
    }

    fn resembles(&self) -> bool {
        let core = self.core.split_whitespace().collect::<Vec<_>>().join(" ");
        if core.is_empty() || self.after.split_whitespace().count() > WORDS {
            return false;
        }
        let marked = self.brackets.first().is_some_and(|b| marker::parse_marker(b).is_some())
            || self.brackets.get(1).is_some_and(|b| marker::parse_marker(b).is_some());
        let placed = self.brackets.first().is_some_and(|b| states::lookup(b).is_some());
        let person = is_person(&core);
        if marked && core.split(' ').count() <= MARKED_WORDS && (person || is_name_like(&core)) {
            return true;
        }
        if !self.colon {
            // "Mr. Orlan (Utopia). We", "Mr. Orlan (Utopia); We": the colon was misread.
            return placed && person && matches!(self.next, Some('.' | ';'));
        }
        let after = self.after.trim_matches([' ', ',', '，', '-', '–', '—']);
        let known_after = after.is_empty() || is_office(after) || names::is_role(after);
        let begins_after =
            after.is_empty() || self.after.trim_start().starts_with([',', '，', '-', '–', '—']);
        known_after && begins_after && (person || is_office(&core) || is_chinese_office(&core))
    }
}

/// Whether words are a title and a name, with or without an office after a comma.
fn is_person(core: &str) -> bool {
    let (name, office) = core.split_once([',', '，']).unwrap_or((core, ""));
    let office = office.trim();
    names::titled_name(name.trim()).is_some()
        && (office.is_empty() || is_office(office) || names::is_role(office) && !is_clause(office))
}

/// Whether words in small letters show a clause: "who spoke first".
fn is_clause(words: &str) -> bool {
    let mut small = words.split(' ').filter(|word| word.starts_with(char::is_lowercase));
    small.any(|word| !LINKS.contains(&fold_text(word).as_str()))
}

/// Whether every word starts with a capital, as in a name.
fn is_name_like(core: &str) -> bool {
    let capital = |word: &str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    core.split(' ').all(|word| capital(word) || names::is_name_particle(word))
        && !core.contains([',', ';', '"', '“', '«'])
}

/// Whether words are an office: "The Rapporteur", "The Chair of the Committee".
fn is_office(words: &str) -> bool {
    if is_clause(words) || words.contains([',', ';', '.', '’', '\'']) && !words.starts_with("L’")
    {
        return false;
    }
    let folded = fold_text(words);
    let bare = ARTICLES.iter().find_map(|article| folded.strip_prefix(article)).unwrap_or(&folded);
    let end = [" of ", " for ", " to ", " on ", " de ", " du ", " des ", " del ", " por "]
        .iter()
        .filter_map(|link| bare.find(link))
        .min();
    let first = &bare[..end.unwrap_or(bare.len())];
    let articled = bare.len() < folded.len() || !folded.is_ascii();
    let is = |word: &str| OFFICE_WORDS.iter().any(|office| fold_text(office) == word);
    let mut words = first.split(' ');
    let last = words.next_back().unwrap_or("");
    // Romance languages and Russian put the noun first.
    let noun = is(last) || is(first.split(' ').next().unwrap_or("")) && !folded.starts_with("the ");
    articled && noun && first.split(' ').count() <= 4
}

/// Whether Chinese words are an office.
fn is_chinese_office(core: &str) -> bool {
    core.chars().count() <= 16
        && CHINESE_OFFICES.iter().any(|office| core.ends_with(office))
        && !core.contains(['我', '请', '谢', '说', '，', '、'])
}
