//! Parses `near`, and what other programs write for it.

use std::ops::Range;

use super::lex::{Token, tokenize};
use super::node::all_of;
use super::parse::Parser;
use super::{FARTHEST, MOST_NEAR, Node, Phrase};
use crate::search::words::{Chunk, Chunks};

/// The distance of `NEAR` without a number.
const USUAL: u32 = 5;
/// The distance of `NEAR(a b)` without a number, as SQLite has it.
const USUAL_CALL: u32 = 10;

impl<'a> Parser<'a> {
    /// Parses `near` after a word or phrase; a chain gives each pair of neighbours.
    pub(super) fn near(&mut self, first: Phrase) -> Option<Node> {
        let mut left = first;
        let mut pairs = Vec::new();
        while let Some((within, at)) = self.operator() {
            let right = match self.tokens.get(self.at).cloned() {
                Some((token @ (Token::Bare(_) | Token::Quoted(..)), range)) => {
                    self.at += 1;
                    self.doubt(&token, &range);
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
            self.pair(&mut pairs, left, right.clone(), within, at);
            left = right;
        }
        self.joined(pairs, left)
    }

    /// The distance of a `near` that comes next, and its bytes.
    fn operator(&mut self) -> Option<(u32, Range<usize>)> {
        let (token, at) = self.tokens.get(self.at)?.clone();
        let next = self.tokens.get(self.at + 1);
        let within = match token {
            Token::Near(name, number) => {
                self.at += 1;
                let within = self.distance(number, &at);
                if !name.eq_ignore_ascii_case("near") {
                    let message = format!(
                        "read as near/{within}: at most {within} words between, in either order"
                    );
                    self.note(at.clone(), message);
                }
                within
            }
            Token::Bare("NEAR")
                if matches!(next, Some((Token::Bare(_) | Token::Quoted(..), _))) =>
            {
                self.at += 1;
                self.note(at.clone(), format!("read as near/{USUAL}"));
                USUAL
            }
            _ => return None,
        };
        Some((within, at))
    }

    /// Adds a pair, unless there are too many.
    fn pair(
        &mut self,
        pairs: &mut Vec<Node>,
        mut left: Phrase,
        mut right: Phrase,
        within: u32,
        at: Range<usize>,
    ) {
        self.pairs += 1;
        if left.forms.take().or(right.forms.take()).is_some() {
            let message = "near looks for these words as they are written, not for their forms";
            self.note(at.clone(), message.to_owned());
        }
        match self.pairs {
            ..=MOST_NEAR => pairs.push(Node::Near(left, right, within)),
            n if n == MOST_NEAR + 1 => {
                let message = format!(
                    "a query has at most {MOST_NEAR} pairs with near; from here on they are left out"
                );
                self.trouble(at, message);
            }
            _ => {}
        }
    }

    /// The node of some pairs; of a word or phrase alone where there are none.
    fn joined(&self, pairs: Vec<Node>, alone: Phrase) -> Option<Node> {
        match pairs.is_empty() {
            true if self.pairs <= MOST_NEAR => Some(Node::Phrase(alone)),
            true => None,
            false => all_of(pairs),
        }
    }

    fn distance(&mut self, number: &str, at: &Range<usize>) -> u32 {
        match number.parse::<u32>() {
            Ok(within) if within <= FARTHEST => within,
            _ if number.is_empty() && self.being_typed(at) => USUAL,
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
                    format!("how many words may be between? taken as near/{USUAL}"),
                );
                USUAL
            }
        }
    }

    /// Parses `NEAR(a b, 5)` after the word.
    pub(super) fn near_call(&mut self, at: Range<usize>) -> Option<Node> {
        let from = self.at;
        let inside = self.tokens.iter().skip(from + 1);
        let length = inside.take_while(|(token, _)| *token != Token::Close).count();
        let inside: Vec<_> = self.tokens[from + 1..from + 1 + length].to_vec();
        let (mut operands, mut number) = (Vec::new(), None);
        for (token, range) in &inside {
            match token {
                Token::Bare(word) if word.split(',').all(is_word) => {
                    let mut start = range.start;
                    for piece in word.split(',') {
                        operands.push((Token::Bare(piece), start..start + piece.len()));
                        start += piece.len() + 1;
                    }
                }
                Token::Quoted(..) => operands.push((token.clone(), range.clone())),
                // Brackets inside, fields, operators: not plain.
                _ => {
                    let message = "near takes two words or phrases: fire near/5 cease";
                    self.trouble(at, message.to_owned());
                    return None;
                }
            }
        }
        operands.retain(|(token, _)| *token != Token::Bare(""));
        if let [_, _, .., (Token::Bare(last), range)] = operands.as_slice()
            && last.bytes().all(|b| b.is_ascii_digit())
        {
            number = Some((*last, range.clone()));
            operands.pop();
        }
        self.at = (from + length + 2).min(self.tokens.len());
        let numbered = number.is_some();
        let within = match number {
            Some((number, range)) => self.distance(number, &range),
            None => USUAL_CALL,
        };
        let mut said = Vec::new();
        for (token, range) in operands {
            said.extend(self.phrase(&token, &range));
        }
        if said.len() < 2 && !self.typed {
            let message = "near takes two words or phrases: fire near/5 cease";
            self.trouble(at.clone(), message.to_owned());
        }
        let written: Vec<String> = said.iter().map(ToString::to_string).collect();
        let mut pairs = Vec::new();
        for (left, right) in said.iter().zip(said.iter().skip(1)) {
            self.pair(&mut pairs, left.clone(), right.clone(), within, at.clone());
        }
        if said.len() > 2 || !numbered {
            let between = format!(" near/{within} ");
            self.note(at, format!("read as {}", written.join(&between)));
        }
        let alone = said.into_iter().next()?;
        self.joined(pairs, alone)
    }

    /// What is written directly after a phrase elsewhere: `"a b"~5` for words near each other, `"a b"^2` for a weight.
    pub(super) fn after_phrase(&mut self, phrase: &Phrase, at: &Range<usize>) -> Option<Node> {
        let Some(Token::Bare(sign)) = self.adjoining(at.end).filter(|_| phrase.quoted) else {
            return None;
        };
        let slop = sign.strip_prefix('~');
        if slop.is_none() && !sign.starts_with('^') {
            return None;
        }
        let (_, sign_at) = self.next()?;
        let words = two_words(&phrase.text).filter(|_| !phrase.prefix);
        match (slop, words) {
            (Some(number), Some([left, right])) => {
                let within = self.distance(number, &sign_at);
                let said = |text: String| Phrase { text, quoted: true, prefix: false, forms: None };
                self.note(sign_at.clone(), format!("read as {left} near/{within} {right}"));
                let mut pairs = Vec::new();
                self.pair(&mut pairs, said(left), said(right), within, sign_at);
                self.joined(pairs, phrase.clone())
            }
            (Some(_), None) => {
                let message = "~ is read after a phrase of two words; this is the phrase as it is";
                self.trouble(sign_at, message.to_owned());
                Some(Node::Phrase(phrase.clone()))
            }
            (None, _) => {
                let message = "phrases have no weights; this is the phrase as it is";
                self.trouble(sign_at, message.to_owned());
                Some(Node::Phrase(phrase.clone()))
            }
        }
    }
}

/// Whether a part of a run is a word too, or nothing.
fn is_word(piece: &str) -> bool {
    piece.is_empty()
        || matches!(tokenize(piece).as_slice(), [(Token::Bare(word), _)] if *word == piece)
}

/// The words of a phrase of two.
fn two_words(text: &str) -> Option<[String; 2]> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [left, right] = words[..] else { return None };
    let one = |text: &str| {
        let (mut chunks, mut chunk) = (Chunks::new(text), Chunk::default());
        chunks.read(&mut chunk) && !chunks.read(&mut chunk)
    };
    (one(left) && one(right)).then(|| [left.to_owned(), right.to_owned()])
}
