//! How well a line has the terms of a query, before fuzzy-matcher orders lines that have them equally well.

use super::also_called::{self, Kind};
use super::haystack::Haystack;
use super::meaning::{Form, FormText, Meaning, Term};

/// How well a line has a term; the first is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closeness {
    /// As a whole word, or by another name of the same.
    Whole,
    /// At the start of a word; or a State that is called almost so.
    Start,
    /// By the item under which the Council speaks of it.
    Related,
    /// By a word that is almost the same.
    Corrected,
    /// Within a word.
    Inside,
    /// By its letters in their order.
    Letters,
}

/// The fewest letters that are looked for within a word.
const FEWEST_INSIDE: usize = 3;

/// How well a line has a term, by which of its forms, and whether in the name itself, as opposed to what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TermMatch {
    pub(super) closeness: Closeness,
    pub(super) form: usize,
    pub(super) in_name: bool,
}

/// The order of lines before fuzzy-matcher's: by the term that the line has least well, by kind, by
/// whether the name has other words, and by whether it has the terms as they were typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    pub(super) closeness: Closeness,
    /// The place of its kind, see [`kind_order`].
    kind: u8,
    /// Whether the name has other words than those of the query.
    more: bool,
    /// The term that is least as it was typed.
    form: Form,
}

impl Rank {
    /// The kind of thing, of which the best come first.
    pub(super) fn group(self) -> u8 {
        self.kind / 2
    }
}

/// The rank of lines that have the letters of the words in their order.
pub(super) const BY_LETTERS: Rank =
    Rank { closeness: Closeness::Letters, kind: 0, more: false, form: Form::Typed };
/// The rank of every line if nothing but dates is asked for.
const ALL_ALIKE: Rank =
    Rank { closeness: Closeness::Whole, kind: 0, more: false, form: Form::Typed };

/// The rank of a line. With `missing` it must lack exactly one term; without, it must have all.
pub(super) fn rank_line(
    hay: &Haystack,
    meaning: &Meaning,
    at: usize,
    missing: bool,
) -> Option<Rank> {
    if meaning.terms.is_empty() {
        return (!missing).then_some(ALL_ALIKE);
    }
    let (mut rank, mut lacking) = (ALL_ALIKE, false);
    let (mut any_named, mut all_named) = (false, true);
    for term in &meaning.terms {
        match match_term(hay, term, at) {
            Some(found) => {
                rank.closeness = rank.closeness.max(found.closeness);
                rank.form = rank.form.max(term.forms.get(found.form)?.form);
                any_named |= found.in_name;
                all_named &= found.in_name;
            }
            // What decides which kind is asked for is never lacking.
            None if missing && !lacking && !term.is_veto() => lacking = true,
            None => return None,
        }
    }
    if lacking != missing {
        return None;
    }
    let kind = hay.kind(at);
    // "UK veto" asks for the vetoes by the United Kingdom before those of others on its matters.
    let named = if kind == Kind::Vote { all_named } else { any_named };
    rank.kind = kind_order(kind, meaning.kind, named);
    rank.more = has_more_words(hay, meaning, at);
    Some(rank)
}

/// Whether any line has a term at the start of a word, or better.
pub(super) fn any_starts(hay: &Haystack, term: &Term) -> bool {
    let starts = |at| match_term(hay, term, at).is_some_and(|m| m.closeness <= Closeness::Start);
    (0..hay.len()).any(starts)
}

/// The place of a kind: first the one that is asked for; a speaker last if only the State or office matches.
fn kind_order(kind: Kind, asked: Option<Kind>, named: bool) -> u8 {
    match kind {
        kind if asked == Some(kind) => u8::from(kind == Kind::Vote && !named),
        Kind::Speaker if !named => 2 * Kind::Vote as u8 + 4,
        kind => 2 * kind as u8 + 2 + u8::from(!named && kind == Kind::State),
    }
}

/// Whether the name in a line has words that are neither in the query nor join others.
fn has_more_words(hay: &Haystack, meaning: &Meaning, at: usize) -> bool {
    let (fold, kind) = (hay.fold(at), hay.kind(at));
    let name = match kind {
        // After the symbol and the date.
        Kind::Record | Kind::Vote => fold.splitn(3, "  ").nth(2).unwrap_or(""),
        _ => &fold[..hay.name_end(at)],
    };
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_said = |word: &str| {
        also_called::is_filler(word)
            || meaning.terms.iter().flat_map(|term| &term.forms).any(|form| {
                form.form < Form::Related && form.text.split(' ').any(|part| part == word)
            })
    };
    words.into_iter().any(|word| !is_said(word))
}

/// How well a line has a term; `None` if it has none of its forms.
pub(super) fn match_term(hay: &Haystack, term: &Term, at: usize) -> Option<TermMatch> {
    let (letters, mut best) = (hay.letters(at), None::<TermMatch>);
    for (form, text) in term.forms.iter().enumerate() {
        if text.letters & !letters != 0 {
            continue;
        }
        let fold = hay.fold(at);
        let Some((closeness, found)) = find_form(text, fold) else { continue };
        let state = hay.kind(at) == Kind::State;
        let closeness = match closeness {
            Closeness::Corrected if text.form == Form::CorrectedState && state => Closeness::Start,
            closeness => closeness,
        };
        let found = TermMatch { closeness, form, in_name: found < hay.name_end(at) };
        if best.is_none_or(|best| (closeness, !found.in_name) < (best.closeness, !best.in_name)) {
            best = Some(found);
        }
        if best.is_some_and(|best| best.closeness == Closeness::Whole && best.in_name) {
            break;
        }
    }
    best
}

/// How well a folded line has a form, and at which byte.
fn find_form(form: &FormText, fold: &str) -> Option<(Closeness, usize)> {
    let mut best = None;
    for at in form.finder.find_iter(fold.as_bytes()) {
        let (starts, ends) = word_bounds(fold, at, form.text.len());
        let closeness = match (form.form, starts, ends) {
            (Form::Typed | Form::Same | Form::Former, true, true) => {
                return Some((Closeness::Whole, at));
            }
            (Form::Typed, true, false) | (Form::Started, true, true) => Closeness::Start,
            (Form::Typed, ..) if form.text.chars().count() >= FEWEST_INSIDE => Closeness::Inside,
            (Form::Related, true, true) if !names_more(&fold[at + form.text.len()..]) => {
                Closeness::Related
            }
            (Form::Corrected | Form::CorrectedState, true, true) => Closeness::Corrected,
            _ => continue,
        };
        if best.is_none_or(|(known, _)| closeness < known) {
            best = Some((closeness, at));
        }
    }
    best
}

/// Whether a word starts at these bytes of a folded line, and whether one ends with them.
pub(super) fn word_bounds(fold: &str, at: usize, len: usize) -> (bool, bool) {
    let apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    (apart(fold[..at].chars().next_back()), apart(fold[at + len..].chars().next()))
}

/// Whether an item goes on and is another one: "The situation in the Middle East, including the Palestinian question".
fn names_more(rest: &str) -> bool {
    rest.find("including").is_some_and(|at| at <= " situation, ".len())
}
