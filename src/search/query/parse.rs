//! Parses the tokens of a query.

use std::ops::Range;

use super::lex::{Quote, Token, tokenize};
use super::node::{all_of, any_of, negated};
use super::value::parse_field;
use super::{FARTHEST, LONGEST, MOST_NEAR, MOST_WORDS, Node, Phrase, Query, Trouble};
use crate::search::words::{Chunk, Chunks};

/// The deepest nesting of brackets.
const DEEPEST: usize = 24;

/// Parses a complete query.
pub fn parse(text: &str) -> Query {
    parse_text(text, false)
}

/// Parses a query that is being typed: its last word is a prefix until a space follows, and what is not closed yet is no
/// mistake.
pub fn parse_typed(text: &str) -> Query {
    parse_text(text, true)
}

fn parse_text(text: &str, typed: bool) -> Query {
    let cut = &text[..text.floor_char_boundary(LONGEST)];
    let mut parser = Parser {
        tokens: tokenize(cut),
        at: 0,
        troubles: Vec::new(),
        typed: typed && cut.len() == text.len(),
        end: cut.len(),
        words: 0,
        full: false,
        pairs: 0,
    };
    if cut.len() < text.len() {
        let message = format!("a query is read up to {LONGEST} bytes; this was left out");
        parser.trouble(cut.len()..text.len(), message);
    }
    let mut nodes = Vec::new();
    while parser.at < parser.tokens.len() {
        nodes.extend(parser.all(0));
        if let Some((Token::Close, at)) = parser.tokens.get(parser.at).cloned() {
            parser.trouble(at, "no bracket was opened here; write ( before it".to_owned());
            parser.at += 1;
        }
    }
    let mut troubles = parser.troubles;
    troubles.sort_by_key(|trouble| trouble.at.start);
    Query { root: all_of(nodes), troubles }
}

struct Parser<'a> {
    tokens: Vec<(Token<'a>, Range<usize>)>,
    at: usize,
    troubles: Vec<Trouble>,
    typed: bool,
    end: usize,
    /// Words read.
    words: usize,
    /// There were too many words, and that was reported.
    full: bool,
    /// Pairs of `near` read.
    pairs: usize,
}

impl<'a> Parser<'a> {
    fn trouble(&mut self, at: Range<usize>, message: String) {
        if !self.full {
            self.troubles.push(Trouble { at, message });
        }
    }

    fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn next(&mut self) -> Option<(Token<'a>, Range<usize>)> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    /// Whether a token is being typed.
    fn being_typed(&self, at: &Range<usize>) -> bool {
        self.typed && at.end == self.end
    }

    /// Whether more may follow in a query that is being typed.
    fn may_go_on(&self) -> bool {
        self.typed && self.peek().is_none()
    }

    /// Parses everything up to a closing bracket or the end.
    fn all(&mut self, depth: usize) -> Option<Node> {
        let mut nodes = Vec::new();
        let mut left = false;
        while let Some((token, at)) = self.tokens.get(self.at).cloned() {
            match token {
                Token::Close => break,
                Token::And => {
                    self.at += 1;
                    let right =
                        !matches!(self.peek(), None | Some(Token::Close | Token::And | Token::Or));
                    if !(left && right || self.may_go_on()) {
                        let message =
                            "AND belongs between two words; for the word itself write \"and\"";
                        self.trouble(at, message.to_owned());
                    }
                    left = false;
                }
                _ => {
                    nodes.extend(self.any(depth));
                    left = true;
                }
            }
        }
        all_of(nodes)
    }

    /// Parses one node, or several with `OR` between.
    fn any(&mut self, depth: usize) -> Option<Node> {
        let mut nodes = Vec::new();
        nodes.extend(self.one(depth));
        while let Some(Token::Or) = self.peek() {
            let Some((_, at)) = self.next() else { break };
            let ends =
                |token: Option<&Token<'_>>| matches!(token, None | Some(Token::Close | Token::And));
            let one_sided = nodes.is_empty() || ends(self.peek());
            if one_sided && !self.may_go_on() {
                let message = "OR belongs between two words; for the word itself write \"or\"";
                self.trouble(at, message.to_owned());
            }
            if !ends(self.peek()) && self.peek() != Some(&Token::Or) {
                nodes.extend(self.one(depth));
            }
        }
        any_of(nodes)
    }

    fn one(&mut self, depth: usize) -> Option<Node> {
        if self.peek() == Some(&Token::Or) {
            return None;
        }
        let (token, at) = self.next()?;
        match token {
            Token::Minus | Token::Not => {
                let (mut forbidden, mut last) = (true, (token, at));
                while let Some(Token::Minus | Token::Not) = self.peek() {
                    last = self.next()?;
                    forbidden = !forbidden;
                }
                if matches!(self.peek(), None | Some(Token::Close | Token::And | Token::Or)) {
                    if last.0 == Token::Not && !self.may_go_on() {
                        let message =
                            "NOT belongs before a word; for the word itself write \"not\"";
                        self.trouble(last.1, message.to_owned());
                    }
                    return None;
                }
                self.one(depth).map(|node| if forbidden { negated(node) } else { node })
            }
            Token::Open => self.bracket(depth, at),
            Token::Field(name, value, quote) => self.field(name, value, quote, at),
            Token::Bare(_) | Token::Quoted(..) => {
                let phrase = self.phrase(&token, &at)?;
                self.near(phrase)
            }
            Token::Near(_) => {
                self.trouble(at, "near belongs between two words: fire near/5 cease".to_owned());
                None
            }
            Token::And | Token::Or | Token::Close => None,
        }
    }

    fn bracket(&mut self, depth: usize, at: Range<usize>) -> Option<Node> {
        if depth >= DEEPEST {
            self.trouble(at, "there are too many brackets inside brackets".to_owned());
            // The rest is parsed as if the bracket were not there, without recursion.
            return None;
        }
        let node = self.all(depth + 1);
        if self.peek() == Some(&Token::Close) {
            self.at += 1;
        } else if !self.typed {
            self.trouble(at, "this bracket is not closed; write ) after it".to_owned());
        }
        node
    }

    fn phrase(&mut self, token: &Token<'_>, at: &Range<usize>) -> Option<Phrase> {
        let (raw, quoted, closed) = match token {
            Token::Bare(raw) => (*raw, false, true),
            Token::Quoted(raw, closed) => (*raw, true, *closed),
            _ => return None,
        };
        let bare = raw.trim_end_matches(|c: char| c == '*' || c.is_whitespace());
        let text = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        let star = raw[bare.len()..].starts_with('*');
        let open = !quoted || !closed;
        let typing = self.being_typed(at) && open && !raw.ends_with(char::is_whitespace);
        if !closed && !self.typed {
            let message = "this phrase has no second quotation mark; write \" after it";
            self.trouble(at.clone(), message.to_owned());
        }
        let words = self.words;
        let (mut chunks, mut chunk) = (Chunks::new(&text), Chunk::default());
        while chunks.read(&mut chunk) {
            self.words += chunk.parts().len();
        }
        if self.words > MOST_WORDS {
            if words <= MOST_WORDS {
                let message = format!(
                    "a query has at most {MOST_WORDS} words; from here on they are left out"
                );
                self.trouble(at.start..self.end, message);
                self.full = true;
            }
            return None;
        }
        if self.words == words {
            // A sign that is being typed may be the start of something.
            if !self.being_typed(at) {
                let message = "there is no letter or digit in this; words are looked for";
                self.trouble(at.clone(), message.to_owned());
            }
            return None;
        }
        Some(Phrase { text, quoted, prefix: star || typing })
    }

    /// Parses `near` after a word or phrase; a chain gives each pair of neighbours.
    fn near(&mut self, first: Phrase) -> Option<Node> {
        let mut left = first;
        let mut pairs = Vec::new();
        while let Some(Token::Near(number)) = self.peek().cloned() {
            let Some((_, at)) = self.next() else { break };
            let within = self.distance(number, &at);
            let right = match self.tokens.get(self.at).cloned() {
                Some((token @ (Token::Bare(_) | Token::Quoted(..)), range)) => {
                    self.at += 1;
                    self.phrase(&token, &range)
                }
                _ => None,
            };
            let Some(right) = right else {
                if !self.typed {
                    let message = "near belongs between two words or phrases: fire near/5 cease";
                    self.trouble(at, message.to_owned());
                }
                break;
            };
            self.pairs += 1;
            match self.pairs {
                ..=MOST_NEAR => pairs.push(Node::Near(left, right.clone(), within)),
                n if n == MOST_NEAR + 1 => {
                    let message = format!(
                        "a query has at most {MOST_NEAR} pairs with near; from here on they are left out"
                    );
                    self.trouble(at, message);
                }
                _ => {}
            }
            left = right;
        }
        match pairs.is_empty() {
            true if self.pairs <= MOST_NEAR => Some(Node::Phrase(left)),
            true => None,
            false => all_of(pairs),
        }
    }

    fn distance(&mut self, number: &str, at: &Range<usize>) -> u32 {
        match number.parse::<u32>() {
            Ok(within) if within <= FARTHEST => within,
            _ if number.is_empty() && self.being_typed(at) => 5,
            Ok(_) => {
                self.trouble(
                    at.clone(),
                    format!("near reaches at most {FARTHEST} words; taken as near/{FARTHEST}"),
                );
                FARTHEST
            }
            Err(_) => {
                self.trouble(
                    at.clone(),
                    "how many words may be between? taken as near/5".to_owned(),
                );
                5
            }
        }
    }

    fn field(&mut self, name: &str, value: &str, quote: Quote, at: Range<usize>) -> Option<Node> {
        let typing = self.being_typed(&at);
        if quote == Quote::Open && !self.typed {
            let message = "this value has no second quotation mark; write \" after it";
            self.trouble(at.clone(), message.to_owned());
        }
        match parse_field(name, value, quote, typing) {
            Ok(field) => Some(Node::Field(field)),
            // A field that is not finished is no mistake yet.
            Err(_) if typing && quote != Quote::Closed => None,
            Err(message) => {
                self.trouble(at, message);
                None
            }
        }
    }
}
