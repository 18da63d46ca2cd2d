//! Splits a query into tokens.

use std::ops::Range;

/// A token of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    Minus,
    /// The word `NOT`.
    Not,
    /// The word `AND`, or `&&`.
    And,
    /// The word `OR`, or `|` or `||`.
    Or,
    Near(&'a str),
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
    !text.contains(ends_word) && !text.contains("&&")
}

/// Splits a text into tokens, with their bytes.
pub(super) fn tokenize(text: &str) -> Vec<(Token<'_>, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
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
            '-' if text[next..].chars().next().is_some_and(|c| !c.is_whitespace() && c != ')') => {
                (Token::Minus, next)
            }
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
        && !name.is_empty()
        && name.chars().all(char::is_alphabetic)
    {
        if value.is_empty()
            && let Some(mark) = text[end..].chars().next().filter(|c| is_quote(*c))
        {
            let (inside, closed, after) = lex_quoted(text, end + mark.len_utf8());
            let quote = if closed { Quote::Closed } else { Quote::Open };
            return (Token::Field(name, inside, quote), after);
        }
        return (Token::Field(name, value, Quote::Bare), end);
    }
    let near = word.get(..5).filter(|start| start.eq_ignore_ascii_case("near/"));
    let token = match word {
        "OR" => Token::Or,
        "AND" => Token::And,
        "NOT" => Token::Not,
        _ if near.is_some() => Token::Near(&word[5..]),
        _ => Token::Bare(word),
    };
    (token, end)
}
