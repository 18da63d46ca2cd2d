//! The plain way: every query is compared with every statement, word by word, with a separate folding.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use spv::record::{As, Capacity, Record, Statement};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A query of the tests; it is printed for the program and answered here.
#[derive(Clone, Debug)]
pub enum Ask {
    Word(String),
    Beginning(String),
    Phrase(Vec<String>, bool),
    Near(String, String, u32),
    Not(Box<Ask>),
    One(Vec<Ask>),
    All(Vec<Ask>),
    State(String),
    Speaker(String),
    Years(i16, i16),
    As(As),
    Capacity(Capacity),
    Rule(u8),
    Language(String),
    Topic(String),
}

impl std::fmt::Display for Ask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |of: &[Self], between: &str| {
            of.iter().map(|a| format!("({a})")).collect::<Vec<_>>().join(between)
        };
        match self {
            Self::Word(word) => write!(f, "{word}"),
            Self::Beginning(word) => write!(f, "{word}*"),
            Self::Phrase(words, open) => {
                write!(f, "\"{}{}\"", words.join(" "), if *open { "*" } else { "" })
            }
            Self::Near(a, b, n) => write!(f, "{a} near/{n} {b}"),
            Self::Not(ask) => write!(f, "-({ask})"),
            Self::One(asks) => write!(f, "{}", list(asks, " OR ")),
            Self::All(asks) => write!(f, "{}", list(asks, " ")),
            Self::State(name) => write!(f, "state:\"{name}\""),
            Self::Speaker(name) => write!(f, "speaker:\"{name}\""),
            Self::Years(a, b) => write!(f, "year:{a}..{b}"),
            Self::As(as_) => write!(f, "as:{}", format!("{as_:?}").to_lowercase()),
            Self::Capacity(c) => write!(f, "capacity:{}", format!("{c:?}").to_lowercase()),
            Self::Rule(rule) => write!(f, "rule:{rule}"),
            Self::Language(code) => write!(f, "lang:{code}"),
            Self::Topic(word) => write!(f, "topic:\"{word}\""),
        }
    }
}

/// The words of a text: for each position the word there, and the compound that starts there.
pub fn words(text: &str) -> Vec<Vec<String>> {
    numbered_words(text).into_iter().map(|(place, _)| place).collect()
}

/// [`words`], each position with its number when a compound is counted once.
fn numbered_words(text: &str) -> Vec<(Vec<String>, usize)> {
    let text: String =
        text.replace(['’', '‘'], "'").replace(['–', '‑', '‐'], "-").replace('_', "-");
    let folded: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let letters: Vec<char> = folded.to_lowercase().chars().chain([' ']).collect();
    let (mut places, mut parts, mut signs) = (Vec::new(), vec![String::new()], Vec::new());
    let mut number = 0;
    for (n, c) in letters.iter().enumerate() {
        let near = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied().unwrap_or(' ');
        let (before, after) = (near(n.checked_sub(1)), near(Some(n + 1)));
        let holds = match c {
            '-' | '\'' | '/' | '.' => before.is_alphanumeric() && after.is_alphanumeric(),
            ',' => before.is_numeric() && after.is_numeric(),
            _ => false,
        };
        if c.is_alphanumeric() {
            parts.last_mut().unwrap().push(*c);
        } else if holds {
            let beside = before.is_numeric() || after.is_numeric();
            let kept = *c == '/' || (*c == '.' && beside);
            signs.push(if kept { c.to_string() } else { String::new() });
            parts.push(String::new());
        } else if !parts[0].is_empty() {
            let mut whole = parts[0].clone();
            signs.iter().zip(&parts[1..]).for_each(|(s, p)| whole = format!("{whole}{s}{p}"));
            let first = places.len();
            let compound = parts.len() > 1 && parts.len() <= 12;
            for part in &parts {
                places.push((vec![part.clone()], number));
                number += usize::from(!compound);
            }
            if compound {
                places[first].0.push(whole);
                number += 1;
            }
            (parts, signs) = (vec![String::new()], Vec::new());
        }
    }
    places
}

/// A statement, prepared to be compared with queries.
pub struct Said<'a> {
    pub record: &'a Record,
    pub nth: usize,
    pub statement: &'a Statement,
    paragraphs: Vec<Vec<(Vec<String>, usize)>>,
    any: HashSet<String>,
    pub capacities: Vec<Option<Capacity>>,
}

/// Every statement of the records.
pub fn statements(records: &[Record]) -> Vec<Said<'_>> {
    let mut all = Vec::new();
    for record in records {
        for (nth, statement) in record.statements().enumerate() {
            let paragraphs: Vec<_> =
                statement.paragraphs.iter().map(|p| numbered_words(&p.text)).collect();
            let capacity = |n: usize| {
                let speaker = &statement.speaker;
                let set = statement.paragraphs[..=n].iter().rev().find_map(|p| p.capacity);
                let plain = if speaker.as_ == As::President {
                    Some(Capacity::President)
                } else if speaker.state.is_some() {
                    Some(Capacity::National)
                } else {
                    speaker.organization.as_ref().map(|_| Capacity::Organization)
                };
                set.or(plain)
            };
            all.push(Said {
                record,
                nth,
                statement,
                any: paragraphs.iter().flatten().flat_map(|(place, _)| place).cloned().collect(),
                capacities: (0..paragraphs.len()).map(capacity).collect(),
                paragraphs,
            });
        }
    }
    all
}

/// First paragraphs from 0, by record, language and statement.
pub type Firsts = BTreeMap<(String, String, usize), usize>;

/// The answer the plain way.
#[derive(Debug, Default, PartialEq)]
pub struct Answer {
    /// Record, language, statement from 0.
    pub found: BTreeSet<(String, String, usize)>,
    pub years: BTreeMap<i16, usize>,
    pub states: BTreeMap<String, usize>,
    pub records: usize,
}

/// The answer, and the first paragraph of each statement in it, in the order of the records.
pub fn answer(ask: &Ask, statements: &[Said<'_>]) -> (Answer, Firsts) {
    let mut firsts = Firsts::new();
    let mut answer = Answer::default();
    let mut records = HashSet::new();
    for said in statements {
        let order = [
            Some(Capacity::National),
            Some(Capacity::Organization),
            None,
            Some(Capacity::President),
        ];
        let kinds: Vec<_> = order.into_iter().filter(|c| said.capacities.contains(c)).collect();
        let matching: Vec<_> =
            kinds.iter().copied().filter(|c| holds(ask, said, Some(*c))).collect();
        let of_pieces = of_capacity(ask);
        if if of_pieces { matching.is_empty() } else { !holds(ask, said, None) } {
            continue;
        }
        let counts_for = matching.first().or(kinds.first()).copied().flatten();
        let piece = of_pieces.then(|| matching[0]);
        let of_piece =
            (0..said.paragraphs.len()).filter(|n| piece.is_none_or(|c| said.capacities[*n] == c));
        // The first of those with the most different words, phrases and pairs.
        let most = of_piece.clone().map(|n| marked_parts(ask, &said.paragraphs[n])).max();
        let mut first = of_piece.filter(|n| Some(marked_parts(ask, &said.paragraphs[*n])) == most);
        let first = first.next().unwrap_or(0);
        let symbol = said.record.symbol.to_string();
        records.insert((symbol.clone(), said.record.language.clone()));
        let language = said.record.language.code().to_owned();
        firsts.insert((symbol.clone(), language.clone(), said.nth), first);
        answer.found.insert((symbol, language, said.nth));
        *answer.years.entry(said.record.date.year()).or_default() += 1;
        if let (Some(Capacity::National), Some(state)) = (counts_for, &said.statement.speaker.state)
        {
            *answer.states.entry(usual(state)).or_default() += 1;
        }
    }
    answer.records = records.len();
    (answer, firsts)
}

/// Whether a statement is found only from the chair: it conducts the meeting, or the first part of it that has the words
/// was spoken as President. `None` if it is not found.
pub fn is_found_in_the_chair(ask: &Ask, said: &Said<'_>) -> Option<bool> {
    let order =
        [Some(Capacity::National), Some(Capacity::Organization), None, Some(Capacity::President)];
    let kinds: Vec<_> = order.into_iter().filter(|c| said.capacities.contains(c)).collect();
    let first = kinds.iter().find(|c| holds(ask, said, Some(**c)));
    let found = if of_capacity(ask) { first.is_some() } else { holds(ask, said, None) };
    let chair = first == Some(&Some(Capacity::President)) && kinds.len() > 1;
    found.then(|| said.statement.is_procedural() || chair)
}

pub fn usual(state: &str) -> String {
    spv::facts::states::lookup(state).map_or_else(|| state.to_owned(), |s| s.name.to_owned())
}

fn of_capacity(ask: &Ask) -> bool {
    match ask {
        Ask::State(_) | Ask::Capacity(_) => true,
        Ask::Not(ask) => of_capacity(ask),
        Ask::One(asks) | Ask::All(asks) => asks.iter().any(of_capacity),
        _ => false,
    }
}

/// Whether a statement, or the part of it that was spoken in one capacity, matches.
fn holds(ask: &Ask, said: &Said<'_>, piece: Option<Option<Capacity>>) -> bool {
    let speaker = &said.statement.speaker;
    let here = |n: usize| piece.is_none_or(|c| said.capacities[n] == c);
    let name_has = |name: &str, value: &str| {
        let name: Vec<String> = words(name).concat();
        words(value).iter().all(|w| name.contains(&w[0]))
    };
    match ask {
        // Skipped quickly if a word is not in the statement at all.
        Ask::Word(word) if !said.any.contains(word) => false,
        Ask::Near(a, b, _) if !said.any.contains(a) || !said.any.contains(b) => false,
        Ask::Phrase(words, _) if !words[..words.len() - 1].iter().all(|w| said.any.contains(w)) => {
            false
        }
        Ask::Word(_) | Ask::Beginning(_) | Ask::Phrase(..) | Ask::Near(..) => {
            (0..said.paragraphs.len()).any(|n| here(n) && is_marked(ask, &said.paragraphs[n]))
        }
        Ask::Not(ask) => !holds(ask, said, piece),
        Ask::One(asks) => asks.iter().any(|ask| holds(ask, said, piece)),
        Ask::All(asks) => asks.iter().all(|ask| holds(ask, said, piece)),
        Ask::State(name) => {
            let of_state = piece == Some(Some(Capacity::National));
            of_state && speaker.state.as_deref().is_some_and(|s| usual(s) == usual(name))
        }
        Ask::Capacity(capacity) => piece == Some(Some(*capacity)),
        Ask::Speaker(name) => name_has(&speaker.name, name),
        Ask::Topic(word) => {
            let agenda = said.record.agenda.join(" ");
            name_has(&format!("{} {agenda}", said.record.topic), word)
        }
        Ask::Years(a, b) => (*a..=*b).contains(&said.record.date.year()),
        Ask::As(as_) => speaker.as_ == *as_,
        Ask::Rule(rule) => speaker.rule == Some(*rule),
        Ask::Language(code) => said.record.language.code() == code,
    }
}

/// How many words, phrases and pairs of the query are in a paragraph.
fn marked_parts(ask: &Ask, places: &[(Vec<String>, usize)]) -> usize {
    match ask {
        Ask::One(asks) | Ask::All(asks) => asks.iter().map(|ask| marked_parts(ask, places)).sum(),
        ask => usize::from(is_marked(ask, places)),
    }
}

/// Whether any word, phrase or pair of the query is in a paragraph.
fn is_marked(ask: &Ask, places: &[(Vec<String>, usize)]) -> bool {
    let at = |n: usize, word: &str, open: bool| {
        let fits = |w: &String| if open { w.starts_with(word) } else { w == word };
        places.get(n).is_some_and(|(place, _)| place.iter().any(fits))
    };
    let all = 0..places.len();
    match ask {
        Ask::Word(word) => all.clone().any(|n| at(n, word, false)),
        Ask::Beginning(word) => all.clone().any(|n| at(n, word, true)),
        Ask::Phrase(words, open) => all.clone().any(|n| {
            let last = words.len() - 1;
            words.iter().enumerate().all(|(i, word)| at(n + i, word, *open && i == last))
        }),
        Ask::Near(a, b, within) => all.clone().filter(|n| at(*n, a, false)).any(|n| {
            // Two parts of one compound have nothing between them.
            all.clone().filter(|m| *m != n && at(*m, b, false)).any(|m| {
                let apart = places[n].1.abs_diff(places[m].1);
                apart.saturating_sub(1) <= *within as usize
            })
        }),
        Ask::One(asks) | Ask::All(asks) => asks.iter().any(|ask| is_marked(ask, places)),
        _ => false,
    }
}
