//! A query cut into its pieces.

use std::ops::Range;

/// A piece of a query, as it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
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
    /// The text between quotation marks, and whether the second is there.
    Quoted(&'a str, bool),
    /// A field's name and what follows the colon.
    Field(&'a str, &'a str, Quote),
}

/// How the value of a field stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    Bare,
    Closed,
    Open,
}

/// Whether a character is a quotation mark of any kind.
pub(super) fn quotes(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// Whether a character ends a bare word.
fn apart(c: char) -> bool {
    c.is_whitespace() || quotes(c) || matches!(c, '(' | ')' | '|')
}

/// Whether a text is one piece as it stands, without quotation marks around it.
pub(super) fn is_one_run(text: &str) -> bool {
    !text.contains(apart) && !text.contains("&&")
}

/// Cuts a text into pieces with their bytes.
pub(super) fn lex(text: &str) -> Vec<(Piece<'_>, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        let piece = match c {
            c if c.is_whitespace() => {
                at = next;
                continue;
            }
            '(' => (Piece::Open, next),
            ')' => (Piece::Close, next),
            '|' => {
                let double = text[next..].starts_with('|');
                (Piece::Or, next + usize::from(double))
            }
            '&' if text[next..].starts_with('&') => (Piece::And, next + 1),
            '-' if text[next..].chars().next().is_some_and(|c| !c.is_whitespace() && c != ')') => {
                (Piece::Minus, next)
            }
            c if quotes(c) => {
                let (inside, closed, end) = quoted(text, next);
                (Piece::Quoted(inside, closed), end)
            }
            _ => bare(text, at),
        };
        pieces.push((piece.0, at..piece.1));
        at = piece.1;
    }
    pieces
}

/// What stands between quotation marks that were opened before `from`, and where it ends.
fn quoted(text: &str, from: usize) -> (&str, bool, usize) {
    match text[from..].char_indices().find(|(_, c)| quotes(*c)) {
        Some((length, mark)) => (&text[from..from + length], true, from + length + mark.len_utf8()),
        None => (&text[from..], false, text.len()),
    }
}

fn bare(text: &str, at: usize) -> (Piece<'_>, usize) {
    let end = text[at..].find(apart).map_or(text.len(), |length| at + length);
    let end = text[at..end].find("&&").map_or(end, |length| at + length);
    let word = &text[at..end];
    if let Some((name, value)) = word.split_once(':')
        && !name.is_empty()
        && name.chars().all(char::is_alphabetic)
    {
        if value.is_empty()
            && let Some(mark) = text[end..].chars().next().filter(|c| quotes(*c))
        {
            let (inside, closed, after) = quoted(text, end + mark.len_utf8());
            let quote = if closed { Quote::Closed } else { Quote::Open };
            return (Piece::Field(name, inside, quote), after);
        }
        return (Piece::Field(name, value, Quote::Bare), end);
    }
    let near = word.get(..5).filter(|start| start.eq_ignore_ascii_case("near/"));
    let piece = match word {
        "OR" => Piece::Or,
        "AND" => Piece::And,
        "NOT" => Piece::Not,
        _ if near.is_some() => Piece::Near(&word[5..]),
        _ => Piece::Bare(word),
    };
    (piece, end)
}
