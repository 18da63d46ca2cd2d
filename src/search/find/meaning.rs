//! What the words of a query mean: the words themselves, and what else is called so.
//!
//! A [`Term`] is a word, or several that name one thing ("united kingdom", "red cross"). Its [`Form`]s are the texts by
//! which it is found in a line: as typed, as another name of the same ("uk", "россия", "ocha"), as an item under which the
//! Council speaks of it ("golan"), or corrected.

use memchr::memmem::Finder;

use super::also_called::{self, Kind};
use super::haystack::letters_of;
use super::score::{LONGEST, Pattern};
use crate::facts::states::{self, State};
use crate::record::fold;

/// The most words that name one thing.
const LONGEST_NAME: usize = 7;

/// How a form follows from what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// As typed: also the start of a word, or a part of one.
    Typed,
    /// Another name of the same.
    Same,
    /// A name that a State no longer has.
    Former,
    /// A State of which what was typed starts a name, in any language.
    Started,
    /// The item or State under which the Council speaks of it.
    Related,
    /// A State that is called almost so.
    CorrectedState,
    /// A word that is almost the same.
    Corrected,
}

impl Form {
    /// Whether the form is not what was typed but almost.
    pub(super) fn is_corrected(self) -> bool {
        matches!(self, Self::CorrectedState | Self::Corrected)
    }
}

/// A text by which a term is found.
#[derive(Clone, Debug)]
pub(super) struct FormText {
    /// Folded.
    pub(super) text: String,
    pub(super) form: Form,
    pub(super) letters: u64,
    pub(super) finder: Finder<'static>,
    pub(super) pattern: Pattern,
}

impl FormText {
    fn new(text: &str, form: Form) -> Self {
        let text: String = text.chars().take(LONGEST).collect();
        let (letters, pattern) = (letters_of(&text), Pattern::new(&text));
        let finder = Finder::new(text.as_bytes()).into_owned();
        Self { text, form, letters, finder, pattern }
    }
}

/// A word of a query, or several that name one thing.
#[derive(Clone, Debug, Default)]
pub(super) struct Term {
    /// The first is as typed.
    pub(super) forms: Vec<FormText>,
    /// Whether it names a State or something in the tables; it is not corrected then.
    pub(super) named: bool,
}

impl Term {
    /// The text as typed.
    pub(super) fn typed(&self) -> &str {
        self.forms.first().map_or("", |form| &form.text)
    }

    /// Whether it asks for vetoes.
    pub(super) fn is_veto(&self) -> bool {
        self.forms.iter().any(|form| form.text == "vetoed")
    }

    /// Adds a form unless there is one with this text.
    pub(super) fn push(&mut self, text: &str, form: Form) {
        if !text.is_empty() && !self.forms.iter().any(|known| known.text == text) {
            self.forms.push(FormText::new(text, form));
        }
    }

    /// Adds the English names of a State.
    pub(super) fn push_state(&mut self, state: &State, form: Form) {
        for name in [state.name, state.formal].into_iter().chain(state.aliases()) {
            self.push(&fold::shapes(name), form);
        }
        let former = if form == Form::Same { Form::Former } else { form };
        for name in state.former() {
            self.push(&fold::shapes(name.name), former);
        }
    }
}

/// The terms of a query, and the kind of thing it asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    pub(super) terms: Vec<Term>,
    /// What comes first.
    pub(super) kind: Option<Kind>,
}

impl Meaning {
    /// The meaning of these folded words.
    pub(super) fn of(words: &[&str]) -> Self {
        let mut meaning = Self::default();
        let mut left_out: Vec<&str> = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            if let Some((term, taken)) = longest_name(&words[at..]) {
                at += taken;
                meaning.push(term);
                continue;
            }
            at += 1;
            let kind = also_called::kind_named(word);
            meaning.kind = meaning.kind.or(kind);
            if kind.is_some() || also_called::is_unsaid(word) {
                left_out.push(word);
            } else {
                meaning.push(single(word));
            }
        }
        // Words that are nothing beside others are looked for if there are no others.
        if meaning.terms.is_empty() {
            left_out.iter().for_each(|word| meaning.push(single(word)));
        }
        let asks =
            |test: &dyn Fn(&str) -> bool| meaning.terms.iter().any(|term| test(term.typed()));
        if asks(&|word| word.split(' ').any(also_called::is_office)) {
            meaning.kind = meaning.kind.or(Some(Kind::Speaker));
        }
        if meaning.terms.iter().any(Term::is_veto) {
            meaning.kind = Some(Kind::Vote);
        }
        meaning
    }

    /// Whether there are words, and none of them asks for a kind of thing.
    pub(super) fn asks_for_any_kind(&self) -> bool {
        self.kind.is_none() && !self.terms.is_empty()
    }

    /// The words without those that name a kind of thing.
    pub(super) fn without_kinds(&self) -> String {
        self.terms.iter().map(Term::typed).collect::<Vec<_>>().join(" ")
    }

    fn push(&mut self, term: Term) {
        if !self.terms.iter().any(|known| known.typed() == term.typed()) {
            self.terms.push(term);
        }
    }
}

/// The term of the longest name that these words start with, and the number of its words; `None` if they start with none.
fn longest_name(words: &[&str]) -> Option<(Term, usize)> {
    let most = words.len().min(LONGEST_NAME);
    (1..=most).rev().find_map(|taken| {
        let first = words.first()?;
        // "Who vetoed" does not ask for the World Health Organization.
        if taken == 1 && words.len() > 1 && also_called::is_unsaid(first) {
            return None;
        }
        let text = words[..taken].join(" ");
        let mut term = Term { forms: vec![FormText::new(&text, Form::Typed)], named: true };
        push_meanings(&mut term, &text, taken == 1);
        (term.forms.len() > 1 || states::lookup(&text).is_some()).then_some((term, taken))
    })
}

fn push_meanings(term: &mut Term, text: &str, single: bool) {
    let named = states::lookup(text).or_else(|| states::lookup(also_called::state_called(text)?));
    if let Some(state) = named.or_else(|| single.then(|| adjective_of(text)).flatten()) {
        term.push_state(&state, Form::Same);
    }
    for same in also_called::same_as(text) {
        // "Veto" is in no line as it is typed.
        term.push(same, if same == "vetoed" { Form::Typed } else { Form::Same });
    }
    let names: Vec<String> = term.forms.iter().map(|form| form.text.clone()).collect();
    for related in names.iter().flat_map(|name| also_called::related_to(name)) {
        term.push(related, Form::Related);
    }
}

/// A word that is no name: also without its hyphens and apostrophes, and with spaces for them.
fn single(word: &str) -> Term {
    let mut term = Term { forms: vec![FormText::new(word, Form::Typed)], named: false };
    if word.len() > 3 && word.trim_matches(['-', '\'']).contains(['-', '\'']) {
        term.push(&word.replace(['-', '\''], " "), Form::Same);
        term.push(&word.replace(['-', '\''], ""), Form::Same);
    }
    // The prefix of a name in another language than that of the lines.
    if !word.is_ascii() || (word.len() > 3 && states::names_starting_with(word).next().is_some()) {
        for (_, state) in states::names_starting_with(word).take(MOST_STATES) {
            term.push_state(&state, Form::Started);
        }
    }
    term
}

/// The most names of States that the start of a word can be.
const MOST_STATES: usize = 8;

/// The endings of an adjective of a State's name: "iraqi", "lebanese", "swedish".
const ENDINGS: [&str; 7] = ["ian", "ish", "ese", "an", "ic", "n", "i"];

/// The State whose adjective a word is, by its endings: the rest of the word starts a name that is hardly longer.
fn adjective_of(word: &str) -> Option<State> {
    ENDINGS.iter().find_map(|ending| {
        let stem = word.strip_suffix(ending).filter(|stem| stem.len() >= 4 && stem.is_ascii())?;
        let fits = |name: &str| name.len() <= stem.len() + 2 && !name.contains(' ');
        states::names_starting_with(stem).find(|(name, _)| fits(name)).map(|(_, state)| state)
    })
}
