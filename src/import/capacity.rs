//! The President speaking for a State and resuming the chair: the capacity of each paragraph.
//!
//! "I shall now make a statement in my capacity as the representative of Belgium." starts such a part and
//! "I now resume my functions as President of the Council." ends it, mostly within one statement. Without
//! the distinction, the positions of the presiding State would be lost under "The President".

use std::sync::LazyLock;

use super::words::{first_bytes, fold_text};
use crate::facts::states;
use crate::record::{As, Capacity, Statement};

/// The number of changes of capacity found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TurnCounts {
    /// Statements in which the President starts to speak in another capacity.
    pub begun: u64,
    /// Statements in which the chair is resumed.
    pub resumed: u64,
}

/// How a sentence changes the capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// From here on the President speaks for a State or an organization.
    To(Capacity),
    /// From here on the President speaks as such again.
    Back,
}

/// Words that announce another capacity, folded. All words of one set must be in the sentence.
const BEGIN: &[&[&str]] = &[
    &["in my capacity as", "statement"],
    &["in my capacity as", "i shall"],
    &["in my capacity as", "i will"],
    &["in my capacity as", "like to"],
    &["in my capacity as", "remarks"],
    &["in my national capacity", "i "],
    &["in a national capacity", "i "],
    &["as the representative of", "i shall now make a statement"],
    &["as representative of", "i shall now make a statement"],
    &["en ma qualite de", "declaration"],
    &["en ma qualite de", "je vais"],
    &["en ma qualite de", "intervention"],
    &["en ma capacite nationale", "je "],
    &["a titre national", "je "],
    &["en mi calidad de", "declaracion"],
    &["en calidad de representante", "declaracion"],
    &["en mi caracter de", "declaracion"],
    &["en mi calidad de", "intervencion"],
    &["en mi capacidad nacional", "declaracion"],
    &["в качестве представител", "заявлени"],
    &["в качестве представител", "выступ"],
    &["в своем качестве", "заявлени"],
    &["в моем качестве", "заявлени"],
    &["в национальном качестве", "выступ"],
    &["代表的身份", "我"],
    &["代表身份", "我"],
    &["بصفتي ممثل", "بيان"],
    &["بصفتي الوطنية", "بيان"],
];

/// Words that resume the chair, in sets as above.
const BACK: &[&[&str]] = &[
    &["i ", "resume", "president"],
    &["i ", "resuming", "president"],
    &["i ", "return to my functions", "president"],
    &["i ", "revert to my functions", "president"],
    &["je reprends", "president"],
    &["vuelvo a asumir", "president"],
    &["reasumo", "president"],
    &["reanudo", "president"],
    &["retomo", "president"],
    &["asumo nuevamente", "president"],
    &["я", "возвращаюсь", "председател"],
    &["я", "возобновляю", "председател"],
    &["я", "вновь приступаю", "председател"],
    &["я", "вновь беру", "председател"],
    &["我", "恢复", "主席"],
    &["أستأنف", "رئيس"],
];

/// Sets of folded words.
type Sets = Vec<Vec<String>>;

/// [`BEGIN`] and [`BACK`], folded once.
static FOLDED: LazyLock<(Sets, Sets)> = LazyLock::new(|| {
    let fold = |sets: &[&[&str]]| -> Sets {
        sets.iter().map(|set| set.iter().map(|w| key_spaced(w)).collect()).collect()
    };
    (fold(BEGIN), fold(BACK))
});

/// How a sentence changes the capacity, if it does.
#[must_use]
pub fn find_turn(sentence: &str) -> Option<Turn> {
    let folded = fold_text(first_bytes(sentence, 600));
    let all = |sets: &Sets| {
        sets.iter().any(|set| set.iter().all(|words| folded.contains(words.as_str())))
    };
    if all(&FOLDED.1) && !folded.contains("meeting") && !folded.contains("consideration") {
        return Some(Turn::Back);
    }
    // "I will not comment on that in my capacity as President", "I reserve that for my statement".
    let other = ["capacity as president", "reserve"].iter().any(|w| folded.contains(w));
    if other || !all(&FOLDED.0) {
        return None;
    }
    Some(Turn::To(if is_for_organization(&folded) {
        Capacity::Organization
    } else {
        Capacity::National
    }))
}

/// Folds a pattern and keeps a space at its end.
fn key_spaced(words: &str) -> String {
    let mut folded = fold_text(words);
    if words.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

/// Whether the capacity is that of a chair of a committee and not of a representative.
fn is_for_organization(folded: &str) -> bool {
    const CHAIR: [&str; 8] = [
        "capacity as chair",
        "capacity as the chair",
        "qualite de president du comite",
        "qualite de presidente du comite",
        "calidad de presidente del comite",
        "calidad de presidenta del comite",
        "качестве председателя комитета",
        "委员会主席",
    ];
    CHAIR.iter().any(|c| folded.contains(&fold_text(c)))
}

/// The State named in a sentence such as "in my capacity as the representative of Belgium".
#[must_use]
pub fn state_named(sentence: &str) -> Option<&'static str> {
    const BEFORE: [&str; 13] = [
        "representative of the ",
        "representative of ",
        "Minister of ",
        "représentant de la ",
        "représentante de la ",
        "représentant du ",
        "représentante du ",
        "représentant de l’",
        "représentante de l’",
        "representante de la ",
        "representante del ",
        "representante de los ",
        "representante de ",
    ];
    BEFORE.iter().find_map(|before| {
        let at = sentence.find(before)? + before.len();
        states::longest_at_start(&sentence[at..]).map(|(state, _)| state.name)
    })
}

/// Splits a paragraph at full stops; those of abbreviations do no harm here.
fn split_at_stops(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(['.', '。', '!', '?']).map(move |sentence| {
        let here = at;
        at += sentence.len();
        (here, sentence)
    })
}

/// Whether a text has the longest words of any set, without which none of its sentences changes the capacity.
fn may_turn(text: &str) -> bool {
    let folded = fold_text(text);
    let longest = |set: &Vec<String>| {
        let longest = set.iter().max_by_key(|words| words.len());
        longest.is_some_and(|words| folded.contains(words.as_str()))
    };
    FOLDED.0.iter().chain(&FOLDED.1).any(longest)
}

/// The changes of capacity in a text, with their byte offsets.
fn find_turns(text: &str) -> Vec<(usize, Turn)> {
    if !may_turn(text) {
        return Vec::new();
    }
    split_at_stops(text).filter_map(|(at, s)| find_turn(s).map(|t| (at, t))).collect()
}

/// Sets the capacity of each paragraph of the President's statements.
///
/// Within a statement every paragraph from the first change on is marked. A paragraph in which the
/// capacity changes gets the one that `paragraph_capacity` chooses.
pub fn mark_capacities<'a>(statements: impl Iterator<Item = &'a mut Statement>) -> TurnCounts {
    let mut counts = TurnCounts::default();
    let mut carried: Option<Capacity> = None;
    for statement in statements.filter(|s| s.speaker.as_ == As::President) {
        let found: Vec<Vec<(usize, Turn)>> =
            statement.paragraphs.iter().map(|p| find_turns(&p.text)).collect();
        let any = |wanted: fn(&Turn) -> bool| found.iter().flatten().any(|(_, t)| wanted(t));
        let begins = any(|t| matches!(t, Turn::To(_)));
        let resumes = any(|t| *t == Turn::Back);
        counts.begun += u64::from(begins);
        counts.resumed += u64::from(resumes);
        // The capacity was announced at the very end of the statement before, and ends in this one.
        let mut now = carried.take().filter(|_| resumes && !begins);
        for (paragraph, turns) in statement.paragraphs.iter_mut().zip(&found) {
            let (here, after) = paragraph_capacity(&paragraph.text, turns, now);
            paragraph.capacity = here;
            now = after;
        }
        carried = ends_on_turn(statement, &found).then_some(now).flatten();
        if begins && statement.speaker.state.is_none() {
            let state = statement
                .paragraphs
                .iter()
                .flat_map(|p| split_at_stops(&p.text))
                .filter(|(_, s)| find_turn(s) == Some(Turn::To(Capacity::National)))
                .find_map(|(_, s)| state_named(s));
            statement.speaker.state = state.map(str::to_owned);
        }
    }
    counts
}

/// The capacity of a paragraph, and the one in force after it.
fn paragraph_capacity(
    text: &str,
    turns: &[(usize, Turn)],
    before: Option<Capacity>,
) -> (Option<Capacity>, Option<Capacity>) {
    let capacity = |turn: &Turn| match turn {
        Turn::To(capacity) => *capacity,
        Turn::Back => Capacity::President,
    };
    let Some((_, last)) = turns.last() else { return (before, before) };
    let mut here: Vec<(usize, Option<Capacity>)> = Vec::new();
    let mut start = (0, before);
    for (at, turn) in turns {
        here.push((at - start.0, start.1));
        start = (*at, Some(capacity(turn)));
    }
    here.push((text.len() - start.0, start.1));
    let other =
        |c: &Option<Capacity>| matches!(c, Some(Capacity::National | Capacity::Organization));
    let spoken: usize = here.iter().filter(|(_, c)| other(c)).map(|(len, _)| len).sum();
    let after = Some(capacity(last));
    // Words in another capacity would be lost otherwise, so a quarter of the text is enough for it.
    if spoken * 4 >= text.len() && spoken > 0 {
        let inner = here.iter().filter(|(_, c)| other(c)).max_by_key(|(len, _)| *len);
        return (inner.and_then(|(_, c)| *c), after);
    }
    (after, after)
}

/// Whether the statement ends with the announcement of another capacity.
fn ends_on_turn(statement: &Statement, found: &[Vec<(usize, Turn)>]) -> bool {
    let (Some(last), Some(turns)) = (statement.paragraphs.last(), found.last()) else {
        return false;
    };
    matches!(turns.last(), Some((at, Turn::To(_))) if last.text.len() - at < 250)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Paragraph, Speaker};

    fn turn_of(paragraphs: &[&str]) -> Statement {
        Statement {
            speaker: Speaker { as_: As::President, ..Speaker::default() },
            paragraphs: paragraphs
                .iter()
                .map(|t| Paragraph { text: (*t).to_owned(), ..Paragraph::default() })
                .collect(),
            ..Statement::default()
        }
    }

    fn capacities(statement: &Statement) -> Vec<Option<Capacity>> {
        statement.paragraphs.iter().map(|p| p.capacity).collect()
    }

    #[test]
    fn sentences_of_each_language() {
        for sentence in [
            "I shall now make a statement in my capacity as the representative of Kazakhstan.",
            "I will now deliver a statement in my national capacity.",
            "I should now like to make a few remarks in my capacity as representative of Peru.",
            "Je vais maintenant faire une déclaration en ma qualité de représentant du Pérou.",
            "Formularé ahora una declaración en mi calidad de representante del Perú.",
            "Сейчас я выступлю с заявлением в качестве представителя Перу.",
            "我现在以秘鲁代表的身份发言。",
        ] {
            assert_eq!(find_turn(sentence), Some(Turn::To(Capacity::National)), "{sentence}");
        }
        let chair = "I shall now make a statement in my capacity as Chair of the Committee.";
        assert_eq!(find_turn(chair), Some(Turn::To(Capacity::Organization)));
        for sentence in [
            "I now resume my functions as President of the Council.",
            "I resume my function as President of the Security Council.",
            "Je reprends à présent mes fonctions de Présidente du Conseil.",
            "Vuelvo a asumir ahora las funciones de Presidente del Consejo.",
            "Сейчас я возвращаюсь к исполнению функций Председателя Совета.",
            "我现在恢复行使安全理事会主席的职能。",
        ] {
            assert_eq!(find_turn(sentence), Some(Turn::Back), "{sentence}");
        }
        for sentence in [
            "I give the floor to the representative of Peru.",
            "The Council will resume its consideration, the President said.",
            "He acted in his capacity as the representative of Peru.",
            "I thank the President.",
            "I shall not say so in my capacity as President of the Council.",
        ] {
            assert_eq!(find_turn(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn within_one_turn() {
        let mut one = turn_of(&[
            "I thank the speaker.",
            "I shall now make a statement in my capacity as the representative of Peru.",
            "Peru is glad.",
            "I now resume my functions as President of the Council.",
            "The meeting is closed.",
        ]);
        let counts = mark_capacities(std::iter::once(&mut one));
        assert_eq!(counts, TurnCounts { begun: 1, resumed: 1 });
        let (n, p) = (Some(Capacity::National), Some(Capacity::President));
        assert_eq!(capacities(&one), [None, n, n, p, p]);
    }

    #[test]
    fn across_turns() {
        let mut first = turn_of(&[
            "I shall now make a statement in my capacity as the representative of Peru.",
        ]);
        let mut second = turn_of(&["Peru is glad.", "I now resume my functions as President."]);
        let mut third = turn_of(&["I give the floor to the next."]);
        mark_capacities([&mut first, &mut second, &mut third].into_iter());
        let (n, p) = (Some(Capacity::National), Some(Capacity::President));
        assert_eq!(capacities(&second), [n, p]);
        assert_eq!(capacities(&third), [None]);
    }

    #[test]
    fn a_turn_without_the_end_does_not_run_on() {
        let mut first = turn_of(&[
            "I shall now make a statement in my national capacity.",
            "Peru is glad and says so at length, in the words of its own for this test.",
        ]);
        let mut second = turn_of(&["I give the floor to the next."]);
        mark_capacities([&mut first, &mut second].into_iter());
        assert_eq!(capacities(&first), [Some(Capacity::National); 2]);
        assert_eq!(capacities(&second), [None]);
    }

    #[test]
    fn a_statement_that_is_one_paragraph() {
        let text = "I thank him. I shall now make a statement in my national capacity. Peru is glad, and it says so at some length here. I now resume my functions as President of the Council. I adjourn.";
        let mut one = turn_of(&[text]);
        mark_capacities(std::iter::once(&mut one));
        assert_eq!(capacities(&one), [Some(Capacity::National)]);
    }
}
