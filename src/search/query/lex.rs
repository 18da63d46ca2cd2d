//! Splits a query into tokens.

use std::ops::Range;

/// A token of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    Minus,
    /// A plus before a word, which is required in any case.
    Plus,
    /// The word `NOT`, also written `ANDNOT`.
    Not,
    /// The word `AND`, or `&&`.
    And,
    /// The word `OR`, or `|` or `||`.
    Or,
    /// `near/5`, or what means the same elsewhere: its name and the number.
    Near(&'a str, &'a str),
    /// A run without white space, quotation marks, brackets, `|` and `&&`.
    Bare(&'a str),
    /// The text between quotation marks, and whether it is closed.
    Quoted(&'a str, bool),
    /// The name of a field and what follows the colon.
    Field(&'a str, &'a str, Quote),
}

/// How the value of a field is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    Bare,
    Closed,
    Open,
}

/// Whether a character is a quotation mark of any kind.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// Whether a character ends a bare word.
fn ends_word(c: char) -> bool {
    c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')' | '|')
}

/// Whether a text is one token without quotation marks around it.
pub(super) fn is_one_run(text: &str) -> bool {
    !text.contains(ends_word) && !text.contains("&&") && !text.starts_with('[')
}

/// Splits a text into tokens, with their bytes.
pub(super) fn tokenize(text: &str) -> Vec<(Token<'_>, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        let binds = text[next..].chars().next().is_some_and(|c| !c.is_whitespace() && c != ')');
        let token = match c {
            c if c.is_whitespace() => {
                at = next;
                continue;
            }
            '(' => (Token::Open, next),
            ')' => (Token::Close, next),
            '|' => {
                let double = text[next..].starts_with('|');
                (Token::Or, next + usize::from(double))
            }
            '&' if text[next..].starts_with('&') => (Token::And, next + 1),
            // Some programs turn a minus into a dash while it is typed.
            '-' | '!' | '\u{2010}'..='\u{2013}' | '\u{2212}' if binds => (Token::Minus, next),
            '+' if binds => (Token::Plus, next),
            c if is_quote(c) => {
                let (inside, closed, end) = lex_quoted(text, next);
                (Token::Quoted(inside, closed), end)
            }
            _ => lex_bare(text, at),
        };
        tokens.push((token.0, at..token.1));
        at = token.1;
    }
    tokens
}

/// The text between quotation marks that were opened before `from`, whether they are closed, and the end.
fn lex_quoted(text: &str, from: usize) -> (&str, bool, usize) {
    match text[from..].char_indices().find(|(_, c)| is_quote(*c)) {
        Some((length, mark)) => (&text[from..from + length], true, from + length + mark.len_utf8()),
        None => (&text[from..], false, text.len()),
    }
}

fn lex_bare(text: &str, at: usize) -> (Token<'_>, usize) {
    let end = text[at..].find(ends_word).map_or(text.len(), |length| at + length);
    let end = text[at..end].find("&&").map_or(end, |length| at + length);
    let word = &text[at..end];
    if let Some((name, value)) = word.split_once(':')
        && is_field_name(name)
    {
        if name.eq_ignore_ascii_case("near") {
            return (Token::Near(name, value), end);
        }
        if value.is_empty()
            && let Some(mark) = text[end..].chars().next().filter(|c| is_quote(*c))
        {
            let (inside, closed, after) = lex_quoted(text, end + mark.len_utf8());
            let quote = if closed { Quote::Closed } else { Quote::Open };
            return (Token::Field(name, inside, quote), after);
        }
        // A range in square brackets has spaces.
        let start = at + name.len() + 1;
        if value.starts_with('[')
            && let Some(length) = text[start..].find(']')
        {
            let end = start + length + 1;
            return (Token::Field(name, &text[start..end], Quote::Bare), end);
        }
        return (Token::Field(name, value, Quote::Bare), end);
    }
    let token = match word {
        "OR" => Token::Or,
        "AND" => Token::And,
        "NOT" | "ANDNOT" | "BUTNOT" => Token::Not,
        _ => lex_near(word).unwrap_or(Token::Bare(word)),
    };
    (token, end)
}

/// Whether a text before a colon may be the name of a field: `10:30` has none.
fn is_field_name(name: &str) -> bool {
    name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// `near/5`, and `w/5` and the like, which other programs have for it. Without a number only `near/` is meant so: `w/o`
/// is a word.
fn lex_near(word: &str) -> Option<Token<'_>> {
    let (name, number) = word.split_once('/')?;
    if name.eq_ignore_ascii_case("near") {
        return Some(Token::Near(name, number));
    }
    let others = ["w", "n", "within", "adj", "pre", "onear", "p"];
    let known = others.iter().any(|other| name.eq_ignore_ascii_case(other));
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (known && digits).then_some(Token::Near(name, number))
}
