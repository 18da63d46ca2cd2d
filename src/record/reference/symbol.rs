//! Document symbols in running text: records with resumption and page, resolutions by their symbol, all others.

use super::cursor::Cursor;
use super::{Reference, Target};
use crate::record::Symbol;

/// Takes a document symbol.
pub(super) fn take_symbol<'a>(start: Cursor<'a>, found: &mut Vec<Reference>) -> Option<Cursor<'a>> {
    let mut cursor = start;
    let head = head(&mut cursor)?;
    let (target, end) = match head {
        "S" | "MSC" => {
            record(cursor, head).or_else(|| if head == "S" { other(cursor, head) } else { None })?
        }
        _ => other(cursor, head)?,
    };
    found.push(Reference { at: start.at()..end.at(), target });
    Some(end)
}

/// Takes `ibid., p. 2`: what was cited last, with its own page if it is a record.
pub(super) fn take_ibid<'a>(start: Cursor<'a>, found: &mut Vec<Reference>) -> Option<Cursor<'a>> {
    let mut cursor = start;
    if !cursor.take_whole(&["ibid"]) {
        return None;
    }
    cursor.take_char(&['.']);
    let target = match &found.last()?.target {
        Target::Record { symbol, .. } => {
            Target::Record { symbol: symbol.clone(), page: page(&mut cursor) }
        }
        other => other.clone(),
    };
    found.push(Reference { at: start.at()..cursor.at(), target });
    Some(cursor)
}

/// Takes the letters of the organ and the slash after them. Cyrillic and full-width letters that
/// look alike count too, because real texts have them.
fn head(cursor: &mut Cursor<'_>) -> Option<&'static str> {
    const HEADS: [(&str, &[&[char]]); 4] = [
        ("MSC", &[&['M', 'М'], &['S', 'Ѕ'], &['C', 'С']]),
        ("S", &[&['S', 'Ѕ', 'С', 'Ｓ', '$']]),
        ("A", &[&['A', 'А', 'Ａ']]),
        ("E", &[&['E', 'Е']]),
    ];
    HEADS.into_iter().find_map(|(name, letters)| {
        cursor.attempt(|here| {
            letters.iter().try_for_each(|alike| here.need_char(alike))?;
            here.take_char(&[' ']);
            here.need_char(&['/', '／'])?;
            Some(name)
        })
    })
}

/// Takes the rest of a record's symbol after `S/`, with its page.
fn record<'a>(mut cursor: Cursor<'a>, head: &str) -> Option<(Target, Cursor<'a>)> {
    cursor.skip_spaces();
    if !(cursor.take_char(&['P', 'Р', 'Ｐ']) && cursor.take_char(&['V', 'v', 'Ѵ', 'Ｖ'])) {
        return None;
    }
    cursor.take_char(&['.', '．']);
    cursor.skip_spaces();
    let (number, _) = cursor.number(6)?;
    let mut symbol =
        if head == "MSC" { Symbol::exercise(number) } else { Symbol::verbatim(number) };
    loop {
        // Each starts from the same position, since a failed attempt has moved its cursor.
        let (mut a, mut b, mut c) = (cursor, cursor, cursor);
        if symbol.part() == 0
            && let Some(part) = part(&mut a)
        {
            (symbol, cursor) = (symbol.with_part(part), a);
        } else if symbol.resumption() == 0
            && let Some(resumption) = resumption(&mut b)
        {
            (symbol, cursor) = (symbol.with_resumption(resumption), b);
        } else if dropped(&mut c) {
            cursor = c;
        } else {
            break;
        }
    }
    if cursor.in_word() {
        return None;
    }
    let page = page(&mut cursor);
    Some((Target::Record { symbol, page }, cursor))
}

/// Takes `(Part II)`.
fn part(cursor: &mut Cursor<'_>) -> Option<u8> {
    cursor.skip_spaces();
    if !cursor.take_char(&['(', '（']) {
        return None;
    }
    if !["partie", "parte", "part", "часть"].iter().any(|word| cursor.take_word(word)) {
        return None;
    }
    cursor.skip_spaces();
    let part = ordinal(cursor)?;
    cursor.take_char(&[')', '）']);
    Some(part)
}

/// Takes `(Resumption 1)` in the spellings of real texts: `(Resumption1)`, `(ResumptionI)`,
/// ` Resumption 1`, `, Res.1`, `(Closed-Resumption 1)`.
fn resumption(cursor: &mut Cursor<'_>) -> Option<u8> {
    const WORDS: [&str; 6] =
        ["resumption", "reprise", "reanudacion", "возобновление", "复会", "الاستئناف"];
    cursor.skip_spaces();
    let opened = cursor.take_char(&['(', '（']);
    if !opened && cursor.take_char(&[',']) {
        cursor.skip_spaces();
    }
    if opened && cursor.take_word("closed") {
        cursor.skip(|c| matches!(c, '-' | ' ' | ','));
    }
    let word = WORDS.iter().any(|word| cursor.take_word(word));
    if !(word || cursor.take_word("res.") || cursor.take("R.")) {
        return None;
    }
    cursor.skip(|c| c.is_whitespace() || matches!(c, '.' | '-'));
    // OCR reads the digit one as a bar.
    let resumption = if cursor.take("|") {
        1
    } else if let Some(ordinal) = ordinal(cursor) {
        ordinal
    } else if word && opened && cursor.peek() == Some(')') {
        1
    } else {
        return None;
    };
    if opened {
        cursor.attempt(|here| {
            here.skip_spaces();
            here.need_char(&[')', '）'])
        });
    }
    Some(resumption)
}

/// Takes what the printed symbol omits: `(Closed)`, `(Private)`, `/Corr.1`, ` + Corr.1`.
fn dropped(cursor: &mut Cursor<'_>) -> bool {
    cursor.skip_spaces();
    if cursor.take_char(&['(']) {
        return cursor.take_whole(&["closed", "private"]) && cursor.take_char(&[')']);
    }
    if !cursor.take_char(&['/', '+']) {
        return false;
    }
    cursor.skip_spaces();
    let word = cursor.take("Corr.") || cursor.take("Rev.");
    cursor.skip_spaces();
    word && cursor.number(3).is_some()
}

/// Takes the number of a part or resumption.
fn ordinal(cursor: &mut Cursor<'_>) -> Option<u8> {
    const ROMAN: [&str; 12] =
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    cursor.attempt(|here| {
        let value = match here.number(3) {
            Some((value, _)) => u8::try_from(value).ok()?,
            None => {
                let roman = here.roman()?;
                u8::try_from(ROMAN.iter().position(|r| *r == roman)? + 1).ok()?
            }
        };
        (!here.in_word()).then_some(value)
    })
}

/// Takes `, p. 2`, `. p.13`, ` (p. 2`, `, pp. 5-7` in the languages of the editions; of a run of pages the first.
fn page(cursor: &mut Cursor<'_>) -> Option<u32> {
    const WORDS: [&str; 11] =
        ["pages", "page", "pags", "pag", "paginas", "pagina", "pp", "p", "стр", "с", "ص"];
    let mut here = *cursor;
    here.skip_spaces();
    here.take_char(&[',', '.', ';', '(', '，', '、', '،']);
    here.skip_spaces();
    let chinese = here.take("第");
    if !chinese && !WORDS.iter().any(|word| take_before_digits(&mut here, word)) {
        return None;
    }
    let (page, _) = here.number(4)?;
    if chinese && !here.take("页") {
        return None;
    }
    let mut run = here;
    run.skip_spaces();
    if run.take_char(&['-', '–', '—']) {
        run.skip_spaces();
        if run.number(4).is_some() && !run.in_word() {
            here = run;
        }
    }
    if here.in_word() && !chinese {
        return None;
    }
    *cursor = here;
    Some(page)
}

/// Takes a word for page and its full stop, if digits follow.
fn take_before_digits(cursor: &mut Cursor<'_>, word: &str) -> bool {
    let taken = cursor.attempt(|here| {
        here.take_word(word).then_some(())?;
        here.take_char(&['.']);
        here.skip_spaces();
        let mut ahead = *here;
        ahead.number(4)
    });
    taken.is_some()
}

/// Takes the rest of any other symbol after its head.
fn other<'a>(mut cursor: Cursor<'a>, head: &str) -> Option<(Target, Cursor<'a>)> {
    let mut segments: Vec<String> = Vec::new();
    loop {
        let mut here = cursor;
        if !segments.is_empty() && !here.take_char(&['/', '／']) {
            break;
        }
        let Some(segment) = segment(&mut here) else { break };
        if segments.len() >= MOST_SEGMENTS {
            return None;
        }
        segments.push(segment);
        cursor = here;
    }
    let last = segments.last()?;
    // A digit followed by a lower-case letter means that the source lost a space:
    // `S/PRST/2020/5earlier`.
    let cut = cursor.in_word() && !cursor.peek().is_some_and(char::is_lowercase);
    if cut || !last.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_number = |s: &String| s.bytes().all(|b| b.is_ascii_digit());
    let sound = match (head, segments.as_slice()) {
        // The early documents of the Council: S/5489.
        ("S", [only]) if is_number(only) => (2..=6).contains(&only.len()),
        ("S", [year, number, ..]) if is_number(year) => year.len() == 4 && is_number(number),
        (_, [only]) => !is_number(only) && only.len() > 2,
        _ => true,
    };
    if !sound {
        return None;
    }
    if head == "S" && segments[0] == "RES" {
        return resolution(&segments[1..], cursor);
    }
    let mut document = format!("{head}/{}", segments.join("/"));
    if head == "A" && segments[0] == "RES" && segments.len() == 2 {
        document.push_str(&session(&mut cursor).unwrap_or_default());
    }
    Some((Target::Document(document), cursor))
}

/// No symbol has more segments than this, and none has a longer one.
const MOST_SEGMENTS: usize = 12;
const LONGEST_SEGMENT: usize = 64;

/// Takes one segment of a symbol between slashes: `2019`, `PV.14`, `Add.1`, `ES-10`.
fn segment(cursor: &mut Cursor<'_>) -> Option<String> {
    let mut here = *cursor;
    if here.peek() == Some(' ') {
        // OCR puts a space before the letters: `A/74/ PV.3`.
        here.bump();
        let mut ahead = here;
        if !(ahead.skip(|c| c.is_ascii_uppercase()) && ahead.take_char(&['.', '/'])) {
            return None;
        }
    }
    let mut segment = String::new();
    while let Some(c) = here.peek().filter(|_| segment.len() <= LONGEST_SEGMENT) {
        let mut ahead = here;
        ahead.bump();
        let digit_follows = ahead.peek().is_some_and(|n| n.is_ascii_digit());
        let last_upper = segment.ends_with(|l: char| l.is_ascii_uppercase());
        let goes_on = match c {
            'A'..='Z' | '0'..='9' => true,
            // `Add`, `Corr`, but never after a digit.
            'a'..='z' => segment.ends_with(|l: char| l.is_ascii_alphabetic()),
            '.' => !segment.is_empty() && digit_follows,
            '-' => last_upper && digit_follows,
            _ => false,
        };
        if !goes_on {
            break;
        }
        segment.push(c);
        here = ahead;
    }
    *cursor = here;
    (!segment.is_empty()).then_some(segment)
}

/// A Council resolution by its symbol: `S/RES/2254 (2015)`.
fn resolution<'a>(segments: &[String], mut cursor: Cursor<'a>) -> Option<(Target, Cursor<'a>)> {
    let number: u32 = segments.first()?.parse().ok().filter(|n| (1..10_000).contains(n))?;
    let year = match segments.get(1) {
        Some(year) => year.parse().ok()?,
        None => bracketed_year(&mut cursor).or_else(|| super::years::year_of(number)).unwrap_or(0),
    };
    Some((Target::Resolution { number, year }, cursor))
}

/// Takes `(2015)`, with or without a space before it.
pub(super) fn bracketed_year(cursor: &mut Cursor<'_>) -> Option<u16> {
    cursor.attempt(|here| {
        here.skip_spaces();
        here.need_char(&['(', '（'])?;
        here.skip_spaces();
        let year = here.year()?;
        here.skip_spaces();
        here.need_char(&[')', '）'])?;
        Some(year)
    })
}

/// Takes the session of an Assembly resolution of the years to 1976, ` (V)` or ` A (V)`, in that spelling.
pub(super) fn session(cursor: &mut Cursor<'_>) -> Option<String> {
    cursor.attempt(|here| {
        here.skip_spaces();
        let mut letter = String::new();
        if let Some(c) = here.peek().filter(char::is_ascii_uppercase) {
            here.bump();
            here.skip_spaces();
            letter = format!(" {c}");
        }
        here.need_char(&['(', '（'])?;
        let special = ["ES-", "S-"].into_iter().find(|s| here.take(s)).unwrap_or("");
        let roman = here.roman()?;
        here.need_char(&[')', '）'])?;
        Some(format!("{letter} ({special}{roman})"))
    })
}
