//! What people write because other programs read it: other names of fields, comparisons and ranges, words and signs that
//! are operators elsewhere.
//!
//! What has one plain meaning here is obeyed. Everything else is named, so that nothing is taken for a word in silence.

use std::borrow::Cow;
use std::ops::Range;

use super::lex::{Token, tokenize};
use super::value::{date_span, next_day};
use crate::facts::states;
use crate::record::fold;
use crate::search::words::{Chunk, Chunks};

/// Other names of fields that mean one of ours.
const OTHER_NAMES: [(&str, &[&str]); 14] = [
    ("topic", &["title", "intitle", "subject", "agenda", "item", "about", "theme", "tag"]),
    ("state", &["country", "nation", "delegation", "countries", "states"]),
    ("speaker", &["name", "person", "speakers"]),
    ("org", &["organization", "organisation", "agency"]),
    ("symbol", &["record", "meeting", "id", "pv", "spv"]),
    ("year", &["years", "yr"]),
    ("date", &["day", "on", "month", "dates"]),
    ("lang", &["language", "edition"]),
    ("as", &["role"]),
    ("group", &["bloc"]),
    ("behalf", &["onbehalf", "on-behalf", "behalf-of", "for"]),
    ("vote", &["voted", "votes", "cast", "ballot"]),
    ("spoken", &["spoke", "language-spoken"]),
    ("forms", &["form", "stem", "inflected"]),
];

/// How the name and the value of a field are meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning<'a> {
    /// A field of ours and its value; and what is to be said about it.
    Field(&'a str, Cow<'a, str>, Option<String>),
    /// The words themselves: `text:peace`.
    Words,
}

/// What a field means that may have the name of another program.
///
/// # Errors
/// A sentence that says what to write instead, for a name with more than one meaning here.
pub(super) fn field_meaning<'a>(name: &'a str, value: &'a str) -> Result<Meaning<'a>, String> {
    let folded = fold::text(name);
    if let Some((ours, _)) = OTHER_NAMES.iter().find(|(_, others)| others.contains(&&*folded)) {
        return ranged(ours, value);
    }
    let read = |field: &'static str, value: String| {
        let note = format!("{name}: is read as {field}:{}", quoted(&value));
        Ok(Meaning::Field(field, value.into(), Some(note)))
    };
    let day = || {
        date_span(value.trim())
            .ok_or_else(|| format!("{value} is no date; try {name}:2019-11-19 or {name}:2019"))
    };
    match folded.as_str() {
        "text" | "body" | "content" | "intext" | "fulltext" | "all" | "words" => Ok(Meaning::Words),
        "by" | "author" | "who" | "from" | "member" if states::lookup(value.trim()).is_some() => {
            read("state", value.to_owned())
        }
        "by" | "author" | "who" => read("speaker", value.to_owned()),
        "before" => read("date", format!("..{}", next_day(day()?.0, -1)?)),
        "after" => read("date", format!("{}..", next_day(day()?.1, 1)?)),
        "since" | "from" if date_span(value.trim()).is_some() || folded == "since" => {
            read("date", format!("{}..", day()?.0))
        }
        "until" | "till" | "to" if date_span(value.trim()).is_some() || folded != "to" => {
            read("date", format!("..{}", day()?.1))
        }
        "in" if date_span(value.trim()).is_some() => read("date", value.trim().to_owned()),
        "res" | "resolution" | "ref" | "refs" | "mentions" | "doc" | "document" => {
            read("cites", value.to_owned())
        }
        "from" => Err(format!(
            "from: is a day here; for who spoke write state:{0} or speaker:{0}",
            quoted(value)
        )),
        "to" => {
            Err("to: is the last day, as in to:2019-11-30; nothing else is addressed".to_owned())
        }
        "in" => {
            Err("in: is a year or day here; write lang:, topic: or symbol: for the rest".to_owned())
        }
        "outcome" | "result" => Err(format!(
            "{name}: is a field of votes: spv votes outcome:vetoed; here vote:against is a field"
        )),
        "site" | "url" | "inurl" | "filetype" | "type" | "sort" | "order" => {
            Err(format!("{name}: has no meaning here and was left out"))
        }
        _ => ranged(name, value),
    }
}

/// A value of `year:` and `date:` may be a comparison or a range of another program.
fn ranged<'a>(name: &'a str, value: &'a str) -> Result<Meaning<'a>, String> {
    let plain = Meaning::Field(name, value.into(), None);
    let folded = fold::text(name);
    let (years, days) = (folded == "year", folded == "date");
    if !years && !days {
        if value.starts_with('[') && value.ends_with(']') {
            return Err(format!("{name}: takes one value; ranges are for year: and date:"));
        }
        return Ok(plain);
    }
    let value = value.trim();
    let range = |text: String| Ok(Meaning::Field(name, text.into(), None));
    if let Some(inside) = value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) {
        let ends: Vec<&str> = inside.split_whitespace().collect();
        let [first, to, last] = ends[..] else {
            return Err(format!("a range has two ends: {name}:2014..2019"));
        };
        if !to.eq_ignore_ascii_case("to") {
            return Err(format!("a range has two ends: {name}:2014..2019"));
        }
        let end = |text: &str| if text == "*" { String::new() } else { text.to_owned() };
        return range(format!("{}..{}", end(first), end(last)));
    }
    if let Some((first, last)) = value.split_once(['-', '\u{2013}'])
        && [first, last].iter().all(|year| year.len() == 4 && year.parse::<u16>().is_ok())
    {
        return range(format!("{first}..{last}"));
    }
    let signs = [(">=", 0, true), ("<=", 0, false), (">", 1, true), ("<", -1, false)];
    for (sign, step, first) in signs {
        let Some(day) = value.strip_prefix(sign) else { continue };
        let wrong = || format!("{day} is no date; try {name}:2014.. or {name}:..2019");
        let (from, to) = date_span(day.trim()).ok_or_else(wrong)?;
        // The days of a year that is not meant itself are outside the range.
        let day = match (sign, years) {
            (">", _) => next_day(to, step)?,
            ("<", _) => next_day(from, step)?,
            (">=", _) => from,
            _ => to,
        };
        let text = if years { format!("{:04}", day.year()) } else { day.to_string() };
        return range(if first { format!("{text}..") } else { format!("..{text}") });
    }
    Ok(plain)
}

/// A value as it is written after a field.
fn quoted(value: &str) -> String {
    let value = value.trim();
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}

/// Words that are operators elsewhere, or here in capitals, and what to write for them.
const OPERATORS: &[(&str, &str)] = &[
    ("or", "OR for one of the two"),
    ("and", "AND, or only a space, for both"),
    ("not", "NOT or -word for without"),
    ("near", "near/5 for at most five words between"),
    ("xor", "(a OR b) NOT (a b) for one of the two alone"),
    ("adj", "\"a b\" for words next to each other"),
    ("within", "near/5 for at most five words between"),
    ("et", "AND, or only a space, for both"),
    ("ou", "OR for one of the two"),
    ("sauf", "NOT or -word for without"),
    ("\u{438}", "AND, or only a space, for both"),
    ("\u{438}\u{43b}\u{438}", "OR for one of the two"),
    ("\u{43d}\u{435}", "NOT or -word for without"),
    ("but", "NOT or -word for without"),
    ("except", "NOT or -word for without"),
    ("without", "NOT or -word for without"),
    ("minus", "NOT or -word for without"),
    ("sin", "NOT or -word for without"),
    ("y", "AND, or only a space, for both"),
    ("o", "OR for one of the two"),
    ("around", "near/5 for at most five words between"),
    ("same", "near/5 for at most five words between"),
];
/// The first of them are doubtful in small letters too.
const SMALL: usize = 4;

/// What to say of a word between two others that may have been meant as an operator. `before` and `after` say whether
/// there is something on that side.
pub(super) fn doubtful_word(word: &str, before: bool, after: bool) -> Option<String> {
    if before && after && is_short_near(word) {
        let instead = format!("near/{} for at most that many words between", &word[1..]);
        return Some(format!("\u{201C}{word}\u{201D} is looked for as a word; write {instead}"));
    }
    let folded = fold::text(word);
    let nth = OPERATORS.iter().position(|(name, _)| *name == folded)?;
    let (name, instead) = OPERATORS[nth];
    let capitals = word.chars().all(char::is_uppercase);
    let one_sided = name == "not" || name == "but" && capitals;
    if !(nth < SMALL || capitals) || !after || !(before || one_sided) {
        return None;
    }
    Some(format!("\u{201C}{word}\u{201D} is looked for as a word; write {instead}"))
}

/// Whether a word is the `near` of library catalogues: `N5`, `W12`.
fn is_short_near(word: &str) -> bool {
    let digits = word.strip_prefix(['N', 'W']).unwrap_or_default();
    matches!(digits.len(), 1 | 2) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// What remains of a bare word when the signs that other programs read are taken away.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// The word that is looked for; empty if there is none.
    pub word: String,
    /// Whether it is a prefix.
    pub prefix: bool,
    /// It is a phrase now, because a sign was between its words.
    pub quoted: bool,
    /// The bytes of the first sign that is not read, and what to say of it.
    pub trouble: Option<(Range<usize>, String)>,
    /// The sign changes nothing here: only a doubt is to be named.
    pub is_doubt: bool,
}

/// Reads the signs in a bare word.
pub(super) fn read_signs(raw: &str) -> Signs {
    let bare = raw.trim_end_matches('*');
    let star = bare.len() < raw.len();
    let pattern = read_pattern(raw, bare, star);
    let (word, prefix) =
        pattern.as_ref().map_or((bare, star), |(word, prefix, ..)| (*word, *prefix));
    let unread = unread_signs(word);
    let Some((first, message)) = unread.first().cloned() else {
        let quoted = pattern.is_some() && !is_plain(word);
        let trouble = pattern.map(|(_, _, at, message)| (at, message));
        return Signs { word: word.to_owned(), prefix, quoted, trouble, is_doubt: false };
    };
    // Without the signs it is a word, or several one after the other.
    let words: Vec<&str> = {
        let mut pieces = Vec::new();
        let mut from = 0;
        for (at, _) in &unread {
            pieces.push(&word[from..at.start]);
            from = at.end;
        }
        pieces.push(&word[from..]);
        pieces.retain(|piece| piece.contains(char::is_alphanumeric));
        pieces
    };
    let doubts = [',', ';', '\'', '\u{2018}', '\u{2019}', '`'];
    let is_doubt = pattern.is_none() && word[first.clone()].contains(doubts);
    let trouble = pattern.map(|(_, _, at, message)| (at, message)).or(Some((first, message)));
    let word = words.join(" ");
    Signs { quoted: !is_plain(&word), word, prefix, trouble, is_doubt }
}

/// Whether a word would be read as it is: without the sign before it, `near/5` is no word.
pub(super) fn is_plain(word: &str) -> bool {
    let one = matches!(tokenize(word).as_slice(), [(Token::Bare(bare), _)] if *bare == word);
    let near = word.eq_ignore_ascii_case("near");
    word.is_empty()
        || one
            && !near
            && read_pattern(word, word, false).is_none()
            && unread_signs(word).is_empty()
}

/// A pattern as in other programs: the word that is looked for instead, whether it is a prefix, the bytes of the pattern
/// and what to say of it.
fn read_pattern<'a>(
    raw: &str,
    bare: &'a str,
    star: bool,
) -> Option<(&'a str, bool, Range<usize>, String)> {
    if raw.len() > 2 && raw.starts_with('/') && raw.ends_with('/') {
        let message = "patterns between slashes are not read; word* finds what begins so";
        return Some(("", false, 0..raw.len(), message.to_owned()));
    }
    for (sign, what) in
        [('~', "similar spellings are not looked for"), ('^', "words have no weights")]
    {
        if let Some((before, number)) = bare.split_once(sign)
            && !before.is_empty()
            && number.chars().all(|c| c.is_ascii_digit() || c == '.')
        {
            let message = format!("{what}; this is the word as it is written");
            return Some((before, false, before.len()..raw.len(), message));
        }
    }
    // Money is no pattern.
    let from = bare.len() - bare.trim_start_matches('$').len();
    let at = from + bare[from..].find(['*', '?', '$'])?;
    let (before, after, sign) = (&bare[..at], &bare[at + 1..], at..at + 1);
    let letters = |text: &str| text.contains(char::is_alphanumeric);
    match (letters(before), letters(after)) {
        (false, true) => {
            let message = "a word is found by its first letters only, as in recon*";
            Some(("", false, 0..raw.len(), message.to_owned()))
        }
        (true, true) => {
            let message = format!("signs inside a word stand for nothing; taken as {before}*");
            Some((before, true, sign, message))
        }
        (true, false) => {
            let message = format!(
                "{} is not a wildcard here; write {before}* for a prefix",
                &bare[sign.clone()]
            );
            Some((before, star, sign, message))
        }
        (false, false) => None,
    }
}

/// The signs of a word that are neither a part of words nor the punctuation after one, and what to say of each.
fn unread_signs(word: &str) -> Vec<(Range<usize>, String)> {
    let (mut chunks, mut chunk, mut ranges) = (Chunks::new(word), Chunk::default(), Vec::new());
    while chunks.read(&mut chunk) {
        ranges.push(chunk.at());
    }
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return Vec::new() };
    let (first, last) = (first.start, last.end);
    let message = |at: usize, c: char| match c {
        '\'' | '\u{2018}' | '\u{2019}' | '`' if at < first => {
            Some("a phrase needs double quotation marks: \"peace talks\"".to_owned())
        }
        ',' | ';' if first < at && at < last => {
            Some(format!("read as a phrase; put a space after {c} for words that may be anywhere"))
        }
        '=' | '<' | '>' | '~' | '^' | '@' | '#' | '[' | ']' | '{' | '}' | '\\' | '*' => {
            Some(format!("{c} means nothing here and was left out"))
        }
        ':' | '/' | '.' | '\u{2014}' | '\u{2015}' | '&' | '%' if at < first => {
            Some(format!("{c} before a word means nothing and was left out"))
        }
        '/' if at >= last => Some(format!("{c} after a word means nothing and was left out")),
        _ => None,
    };
    let signs =
        word.char_indices().filter(|(at, _)| !ranges.iter().any(|range| range.contains(at)));
    signs.filter_map(|(at, c)| Some((at..at + c.len_utf8(), message(at, c)?))).collect()
}
