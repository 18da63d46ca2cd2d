//! Resolutions named by the word: "resolution 2254 (2015)", lists of them, and those of other
//! bodies, told apart.

use super::cursor::Cursor;
use super::symbol::{bracketed_year, session};
use super::years::year_of;
use super::{Reference, Target};

/// The body that adopted a resolution, as far as the words around it say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    /// The Security Council, or nobody named.
    Council,
    Assembly,
    HumanRights,
    Economic,
    /// Another body; its name is directly before the word.
    Other,
}

/// A number without a year counts as a Council resolution only below this: the Council reached 2700
/// in 2023 and adds some fifty a year, while those of the Arab League have reached 8000.
const HIGHEST_WITHOUT_YEAR: u32 = 4000;

/// One number of a list.
struct Numbered<'a> {
    target: Target,
    end: Cursor<'a>,
    kind: NumberKind,
}

/// What comes with a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NumberKind {
    /// A year or a session.
    Dated,
    /// A slash and a second number.
    Slash,
    /// Nothing, and the number may be a Council resolution.
    Bare,
    /// Nothing, and the number is too low or too high for a Council resolution.
    BareAndDoubtful,
}

/// The most resolutions in one list.
const LONGEST_LIST: usize = 500;

/// Takes the word and every number of the list after it.
pub(super) fn take_list<'a>(start: Cursor<'a>, found: &mut Vec<Reference>) -> Option<Cursor<'a>> {
    let mut cursor = start;
    // OCR loses spaces: "welcomeresolution 2504 (2020)". With a year the meaning is still clear.
    let mut glued = start.before().is_some_and(char::is_alphanumeric) && start.peek() != Some('ق');
    let plural = word(&mut cursor)?;
    glued |= !cursor.skip_spaces();
    let body = body_after(&mut cursor).unwrap_or_else(|| body_before(start));
    for sign in ["nos.", "no.", "n°", "№", "nums.", "num.", "number", "numbers"] {
        if cursor.take_word(sign) {
            cursor.skip_spaces();
            break;
        }
    }
    let first = numbered(cursor, body)?;
    match first.kind {
        NumberKind::BareAndDoubtful => return None,
        NumberKind::Bare if glued || body != Body::Council || of_the_assembly(first.end) => {
            return None;
        }
        _ => {}
    }
    let mut end = first.end;
    found.push(Reference { at: start.at()..end.at(), target: first.target });
    // No real list has a tenth of this.
    for _ in 0..LONGEST_LIST {
        let Some((next, joined)) = joint(end) else { break };
        let Some(more) = numbered(next, body) else { break };
        let known = match more.kind {
            NumberKind::Dated => true,
            NumberKind::Slash | NumberKind::Bare => plural && joined,
            NumberKind::BareAndDoubtful => false,
        };
        if !known {
            break;
        }
        end = more.end;
        found.push(Reference { at: next.at()..end.at(), target: more.target });
    }
    Some(end)
}

/// Takes a number with its year where the word is elsewhere ("reaffirmed in 2419 (2018)") or
/// missing. The number must belong to that year, which excludes laws and decisions of others.
pub(super) fn take_bare<'a>(start: Cursor<'a>, found: &mut Vec<Reference>) -> Option<Cursor<'a>> {
    if start.before().is_some_and(|c| matches!(c, ',' | '.' | '/' | '-' | '–' | '$')) {
        return None;
    }
    let mut cursor = start;
    let (number, digits) = cursor.number(4)?;
    let year = bracketed_year(&mut cursor)?;
    if digits < 3 || year_of(number) != Some(year) {
        return None;
    }
    found.push(Reference {
        at: start.at()..cursor.at(),
        target: Target::Resolution { number, year },
    });
    Some(cursor)
}

/// Takes the word in English, French, Spanish, Russian or Arabic; returns whether it is certainly a
/// plural.
fn word(cursor: &mut Cursor<'_>) -> Option<bool> {
    // A digit may follow directly: "resolution2254 (2015)".
    let mut whole = |words: &[&str]| cursor.take_word_before(words, |c| !c.is_alphabetic());
    if whole(&["resolutions", "resoluciones", "unscrs"]) {
        return Some(true);
    }
    if whole(&["resolution", "resolucion", "unscr"]) {
        return Some(false);
    }
    if cursor.take_word("резолюц") || cursor.take("قرار") {
        cursor.skip(char::is_alphabetic);
        return Some(false);
    }
    None
}

/// Takes the name of a body between the word and the number, where languages other than English put
/// it.
fn body_after(cursor: &mut Cursor<'_>) -> Option<Body> {
    const NAMES: [(&str, Body); 14] = [
        ("of the security council", Body::Council),
        ("du conseil de securite", Body::Council),
        ("del consejo de seguridad", Body::Council),
        ("совета безопасности", Body::Council),
        ("of the general assembly", Body::Assembly),
        ("de l'assemblee generale", Body::Assembly),
        ("de l’assemblee generale", Body::Assembly),
        ("de la asamblea general", Body::Assembly),
        ("генеральнои ассамблеи", Body::Assembly),
        ("مجلس الأمن", Body::Council),
        ("مجلس الامن", Body::Council),
        ("الجمعية العامة", Body::Assembly),
        ("du conseil", Body::Council),
        ("del consejo", Body::Council),
    ];
    NAMES.into_iter().find_map(|(name, body)| {
        cursor.attempt(|here| (here.take_word(name) && here.skip_spaces()).then_some(body))
    })
}

/// The body named before the word.
fn body_before(word: Cursor<'_>) -> Body {
    const NAMES: [(&str, Body); 6] = [
        ("Human Rights Council", Body::HumanRights),
        ("Economic and Social Council", Body::Economic),
        ("Peace and Security Council", Body::Other),
        ("Security Council", Body::Council),
        ("General Assembly", Body::Assembly),
        ("Assembly", Body::Assembly),
    ];
    let window = word.window_before(90);
    // A previous sentence is not about this resolution.
    let window = window.rsplit_once(". ").map_or(window, |(_, last)| last).trim_end();
    let nearest = NAMES
        .iter()
        .filter_map(|(name, body)| window.rfind(name).map(|at| (at + name.len(), *body)))
        // Of two names with the same end the first, which is longer.
        .fold(None, |best: Option<(usize, Body)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        });
    if let Some((end, body)) = nearest {
        let adjacent = end == window.len();
        if adjacent || body != Body::Assembly {
            return body;
        }
    }
    let last = window.rsplit(char::is_whitespace).next().unwrap_or("");
    let name = last.trim_matches(|c: char| !c.is_alphanumeric());
    let known = ["", "Council", "Council's", "Council’s", "UN", "Nations", "UNSC", "SC", "I"];
    let first_of_sentence = window.len() == last.len();
    let named = name.chars().next().is_some_and(char::is_uppercase)
        && !known.contains(&name)
        && !first_of_sentence
        && last.ends_with(char::is_alphanumeric);
    if named { Body::Other } else { Body::Council }
}

/// Whether "of the General Assembly" follows.
fn of_the_assembly(mut cursor: Cursor<'_>) -> bool {
    cursor.skip_spaces();
    cursor.take_word("of the general assembly") || cursor.take_word("of the assembly")
}

/// Takes one number with its year, its session or its slash.
fn numbered(start: Cursor<'_>, body: Body) -> Option<Numbered<'_>> {
    let mut cursor = start;
    let (number, digits) = cursor.number(4)?;
    let document =
        |text: String, end, kind| Some(Numbered { target: Target::Document(text), end, kind });
    if cursor.take_char(&['/']) {
        let (second, _) = cursor.number(4)?;
        let organ = match body {
            Body::HumanRights => "A/HRC/RES",
            _ if number >= 1945 => "E/RES",
            Body::Economic => return None,
            _ => "A/RES",
        };
        let end = !cursor.in_word() && cursor.peek() != Some('/');
        let text = format!("{organ}/{number}/{second}");
        return if end { document(text, cursor, NumberKind::Slash) } else { None };
    }
    if cursor.in_word() {
        return None;
    }
    if let Some(session) = session(&mut cursor) {
        return document(format!("A/RES/{number}{session}"), cursor, NumberKind::Dated);
    }
    let year = bracketed_year(&mut cursor).or_else(|| of_year(&mut cursor));
    let council = !matches!(body, Body::Assembly | Body::HumanRights | Body::Economic);
    if !council || (year.is_none() && continues(cursor)) {
        return None;
    }
    Some(council_resolution(number, digits, year, cursor))
}

/// The Council resolution of this number, and how certain it is.
fn council_resolution(
    number: u32,
    digits: usize,
    year: Option<u16>,
    end: Cursor<'_>,
) -> Numbered<'_> {
    let kind = match year {
        Some(_) => NumberKind::Dated,
        None if digits >= 3 && number < HIGHEST_WITHOUT_YEAR => NumberKind::Bare,
        None => NumberKind::BareAndDoubtful,
    };
    let year = year.or_else(|| year_of(number)).unwrap_or(0);
    Numbered { target: Target::Resolution { number, year }, end, kind }
}

/// Takes "of 2015" or "of 18 December 2015", also after a comma.
fn of_year(cursor: &mut Cursor<'_>) -> Option<u16> {
    let mut here = *cursor;
    here.take_char(&[',']);
    here.skip_spaces();
    if !here.take_whole(&["of", "de", "du", "от"]) {
        return None;
    }
    here.skip_spaces();
    let mut dated = here;
    if dated.number(2).is_some() && dated.skip_spaces() {
        if dated.take_whole(&["de"]) {
            dated.skip_spaces();
        }
        if dated.skip(char::is_alphabetic) {
            dated.take_char(&[',']);
            dated.skip_spaces();
            if dated.take_whole(&["de"]) {
                dated.skip_spaces();
            }
            here = dated;
        }
    }
    let year = here.year().filter(|_| !here.in_word())?;
    *cursor = here;
    Some(year)
}

/// Whether a bare number continues as something else: `1,000`, `3.5`, `5 %`, `194 (IID)`, `22-24`.
fn continues(mut cursor: Cursor<'_>) -> bool {
    if cursor.take_char(&[',', '.', '-', '–', ':']) {
        return cursor.number(9).is_some() || cursor.rest().starts_with('0');
    }
    cursor.skip_spaces();
    if cursor.take_char(&['(']) {
        let short = cursor.rest().bytes().take(6).any(|b| b == b')');
        return short;
    }
    cursor.peek() == Some('%')
}

/// Takes what joins two numbers of a list; returns whether it is more than a space, which may be
/// all the source kept of a comma.
fn joint(mut cursor: Cursor<'_>) -> Option<(Cursor<'_>, bool)> {
    const WORDS: [&str; 9] = ["as well as", "and", "et", "or", "to", "through", "y", "e", "и"];
    let mut spaces = cursor.skip_spaces();
    let comma = cursor.take_char(&[',', ';', '،']);
    spaces |= cursor.skip_spaces();
    if !spaces {
        return None;
    }
    for word in WORDS {
        let mut here = cursor;
        if here.take_whole(&[word]) && here.skip_spaces() {
            return Some((here, true));
        }
    }
    if cursor.take("و") {
        cursor.skip_spaces();
        return Some((cursor, true));
    }
    Some((cursor, comma))
}

/// Takes `第2254（2015）号决议`, and lists of them.
pub(super) fn take_chinese_list<'a>(
    start: Cursor<'a>,
    found: &mut Vec<Reference>,
    no_list: &mut usize,
) -> Option<Cursor<'a>> {
    // Starting at any later number of such a list would end the same way.
    if start.at() < *no_list {
        return None;
    }
    let before = start.window_before(30);
    let body = if before.ends_with("人权理事会") {
        Body::HumanRights
    } else if before.ends_with("大会") {
        Body::Assembly
    } else {
        Body::Council
    };
    let mut list: Vec<Reference> = Vec::new();
    let mut cursor = start;
    loop {
        let from = cursor;
        cursor.take("第");
        cursor.skip_spaces();
        let Some(one) = numbered_chinese(cursor, body) else {
            *no_list = cursor.at();
            return None;
        };
        cursor = one.end;
        cursor.skip_spaces();
        let counted = cursor.take_char(&['号', '號']);
        let end = if counted { cursor } else { one.end };
        list.push(Reference { at: from.at()..end.at(), target: one.target });
        if counted && (cursor.take("决议") || cursor.take("決議")) {
            break;
        }
        cursor.skip_spaces();
        if !["以及", "、", "和", "及", "与", "，"].iter().any(|joint| cursor.take(joint))
            || list.len() >= LONGEST_LIST
        {
            *no_list = cursor.at();
            return None;
        }
        cursor.skip_spaces();
    }
    if let Some(last) = list.last_mut() {
        last.at.end = cursor.at();
    }
    found.append(&mut list);
    Some(cursor)
}

/// One number of a Chinese list. The sign for "number" after it is a letter and allowed, and the
/// word for resolution comes later.
fn numbered_chinese(start: Cursor<'_>, body: Body) -> Option<Numbered<'_>> {
    let mut cursor = start;
    let (number, digits) = cursor.number(4)?;
    let document = if cursor.take_char(&['/', '／']) {
        let (second, _) = cursor.number(4)?;
        let organ = if body == Body::HumanRights { "A/HRC/RES" } else { "A/RES" };
        format!("{organ}/{number}/{second}")
    } else if let Some(session) = session(&mut cursor) {
        format!("A/RES/{number}{session}")
    } else {
        let year = bracketed_year(&mut cursor);
        let one = council_resolution(number, digits, year, cursor);
        let sound = body == Body::Council && one.kind != NumberKind::BareAndDoubtful;
        return sound.then_some(one);
    };
    Some(Numbered { target: Target::Document(document), end: cursor, kind: NumberKind::Slash })
}
