//! Parses the tokens of a query.

use std::ops::Range;

use super::habit::{Meaning, doubtful_word, field_meaning, is_plain, read_signs};
use super::lex::{Quote, Token, tokenize};
use super::node::{all_of, any_of, negated};
use super::value::parse_field;
use super::{LONGEST, MOST_WORDS, Node, Phrase, Query, Trouble};
use crate::record::fold;
use crate::search::forms::Grammar;
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
    let tokens = tokenize(cut);
    let mut parser = Parser {
        all_forms: tokens.iter().any(|(token, _)| turns_forms_on(token)),
        tokens,
        at: 0,
        troubles: Vec::new(),
        notes: Vec::new(),
        typed: typed && cut.len() == text.len(),
        end: cut.len(),
        words: 0,
        full: false,
        pairs: 0,
        values_of: None,
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
    let (mut troubles, mut notes) = (parser.troubles, parser.notes);
    troubles.sort_by_key(|trouble| trouble.at.start);
    notes.sort_by_key(|note| note.at.start);
    let mut query = Query { root: all_of(nodes), troubles, notes };
    let grammar = query.language().map_or(Grammar::English, Grammar::of);
    if let Some(root) = &mut query.root {
        set_grammar(root, grammar);
    }
    query
}

/// Whether a query asks for all forms of every bare word.
pub fn forms_are_on(text: &str) -> bool {
    tokenize(text).iter().any(|(token, _)| turns_forms_on(token))
}

/// A query with all forms of every bare word, or without if it has them.
pub fn toggle_forms(text: &str) -> String {
    if !forms_are_on(text) {
        return format!("forms:on {text}");
    }
    let mut without = text.to_owned();
    for (_, at) in tokenize(text).into_iter().rev().filter(|(token, _)| turns_forms_on(token)) {
        let space = text[at.end..].len() - text[at.end..].trim_start().len();
        without.replace_range(at.start..at.end + space, "");
    }
    without
}

/// Whether a token asks for all forms of every bare word.
fn turns_forms_on(token: &Token<'_>) -> bool {
    let Token::Field(name, value, _) = token else { return false };
    let on = ["on", "all", "yes"].contains(&&*fold::text(value));
    on && matches!(field_meaning(name, value), Ok(Meaning::Field("forms", ..)))
}

/// Inflects by the grammar of the language that the query asks for.
fn set_grammar(node: &mut Node, grammar: Grammar) {
    match node {
        Node::All(nodes) | Node::Any(nodes) => {
            nodes.iter_mut().for_each(|node| set_grammar(node, grammar));
        }
        Node::Not(node) => set_grammar(node, grammar),
        Node::Phrase(said) => said.forms = said.forms.map(|_| grammar),
        Node::Near(..) | Node::Field(_) => {}
    }
}

pub(super) struct Parser<'a> {
    pub(super) tokens: Vec<(Token<'a>, Range<usize>)>,
    pub(super) at: usize,
    troubles: Vec<Trouble>,
    notes: Vec<Trouble>,
    pub(super) typed: bool,
    end: usize,
    /// Every bare word is looked for in all its forms.
    all_forms: bool,
    /// The field whose values are in brackets: `state:(France OR China)`.
    values_of: Option<&'a str>,
    /// Words read.
    words: usize,
    /// There were too many words, and that was reported.
    full: bool,
    /// Pairs of `near` read.
    pub(super) pairs: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn trouble(&mut self, at: Range<usize>, message: String) {
        if !self.full {
            self.troubles.push(Trouble { at, message });
        }
    }

    pub(super) fn note(&mut self, at: Range<usize>, message: String) {
        if !self.full {
            self.notes.push(Trouble { at, message });
        }
    }

    pub(super) fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    pub(super) fn next(&mut self) -> Option<(Token<'a>, Range<usize>)> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    /// The token that will be read next, if nothing is between it and what ends at `end`.
    pub(super) fn adjoining(&self, end: usize) -> Option<&Token<'a>> {
        self.tokens.get(self.at).filter(|(_, at)| at.start == end).map(|(token, _)| token)
    }

    /// Whether a token is being typed.
    pub(super) fn being_typed(&self, at: &Range<usize>) -> bool {
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
        let mut plus = self.plus();
        nodes.extend(self.one(depth));
        while let Some(Token::Or) = self.peek() {
            self.doubt_alternative();
            let Some((_, at)) = self.next() else { break };
            let ends =
                |token: Option<&Token<'_>>| matches!(token, None | Some(Token::Close | Token::And));
            let one_sided =
                nodes.is_empty() || ends(self.peek()) || self.peek() == Some(&Token::Or);
            if one_sided && !self.may_go_on() {
                let message = "OR belongs between two words; for the word itself write \"or\"";
                self.trouble(at, message.to_owned());
            }
            if !ends(self.peek()) && self.peek() != Some(&Token::Or) {
                plus = plus.or(self.plus());
                nodes.extend(self.one(depth));
            }
        }
        if let Some(at) = plus.filter(|_| nodes.len() > 1) {
            let message = "of words with OR between one is enough; the + was left out";
            self.trouble(at, message.to_owned());
        }
        any_of(nodes)
    }

    /// The bytes of a plus that comes next.
    fn plus(&self) -> Option<Range<usize>> {
        let (token, at) = self.tokens.get(self.at)?;
        (*token == Token::Plus).then(|| at.clone())
    }

    /// Names a word after `OR` that may have been meant as another value of the field before it.
    fn doubt_alternative(&mut self) {
        let before = self.at.checked_sub(1).and_then(|n| self.tokens.get(n));
        let (or, after) = (self.tokens.get(self.at), self.tokens.get(self.at + 1));
        let (Some((Token::Field(name, ..), field)), Some((_, or)), Some((Token::Bare(word), at))) =
            (before, or, after)
        else {
            return;
        };
        let joined = field.end == or.start && or.end == at.start;
        if joined && self.values_of.is_none() {
            let message = format!("this is a word; for a value of the field write {name}:{word}");
            self.note(at.clone(), message);
        }
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
            Token::Plus => {
                if matches!(self.peek(), None | Some(Token::Close | Token::And | Token::Or)) {
                    self.trouble(at, "+ belongs before a word".to_owned());
                    return None;
                }
                self.one(depth)
            }
            Token::Open => self.bracket(depth, at),
            Token::Field(name, "", Quote::Bare)
                if self.values_of.is_none() && self.adjoining(at.end) == Some(&Token::Open) =>
            {
                let open = self.next()?.1;
                self.values_of = Some(name);
                let node = self.bracket(depth, open);
                self.values_of = None;
                node
            }
            Token::Field(name, value, quote) => self.field(name, value, quote, at),
            Token::Bare(value) if self.values_of.is_some() => {
                self.field(self.values_of?, value, Quote::Bare, at)
            }
            Token::Quoted(value, closed) if self.values_of.is_some() => {
                let quote = if closed { Quote::Closed } else { Quote::Open };
                self.field(self.values_of?, value, quote, at)
            }
            Token::Bare(word)
                if word.eq_ignore_ascii_case("near")
                    && self.adjoining(at.end) == Some(&Token::Open) =>
            {
                self.near_call(at)
            }
            Token::Bare(_) | Token::Quoted(..) => {
                self.doubt(&token, &at);
                let phrase = self.phrase(&token, &at)?;
                if let Some(node) = self.after_phrase(&phrase, &at) {
                    return Some(node);
                }
                self.near(phrase)
            }
            Token::Near(..) => {
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

    /// Names a word that may have been meant as an operator.
    pub(super) fn doubt(&mut self, token: &Token<'_>, at: &Range<usize>) {
        let Token::Bare(word) = token else { return };
        let before = self.at.checked_sub(2).and_then(|n| self.tokens.get(n));
        let before = before.is_some_and(|(token, _)| *token != Token::Open);
        let after = self.peek().is_some_and(|token| *token != Token::Close);
        if let Some(message) = doubtful_word(word, before, after) {
            self.note(at.clone(), message);
        }
    }

    /// Reads a bare word and names the signs in it that mean nothing here.
    fn bare_word(&mut self, raw: &str, at: &Range<usize>) -> Option<(String, bool, bool)> {
        let signs = read_signs(raw);
        if let Some((sign, message)) = signs.trouble {
            let sign = at.start + sign.start..at.start + sign.end;
            if signs.is_doubt {
                self.note(sign, message)
            } else {
                self.trouble(sign, message)
            }
            if signs.word.is_empty() {
                return None;
            }
        }
        Some((signs.word, signs.prefix, signs.quoted))
    }

    pub(super) fn phrase(&mut self, token: &Token<'_>, at: &Range<usize>) -> Option<Phrase> {
        let (raw, quoted, closed) = match token {
            Token::Bare(raw) => (*raw, false, true),
            Token::Quoted(raw, closed) => (*raw, true, *closed),
            _ => return None,
        };
        let open = !quoted || !closed;
        let (text, star, quoted) = if quoted {
            let bare = raw.trim_end_matches(|c: char| c == '*' || c.is_whitespace());
            if bare.contains('*') {
                let message = "the star is read at the end of a phrase only; it was left out";
                self.trouble(at.clone(), message.to_owned());
            }
            let text = bare.replace('*', " ").split_whitespace().collect::<Vec<_>>().join(" ");
            (text, raw[bare.len()..].starts_with('*'), true)
        } else {
            self.bare_word(raw, at)?
        };
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
        let inflects = !quoted && !star && self.all_forms;
        if let Some(word) = inflectable(&text).filter(|_| inflects) {
            let (text, forms) = (word.to_owned(), Some(Grammar::English));
            return Some(Phrase { text, quoted, prefix: typing, forms });
        }
        let forms = None;
        Some(Phrase { text, quoted, prefix: star || typing, forms })
    }

    fn field(
        &mut self,
        name: &'a str,
        value: &'a str,
        quote: Quote,
        at: Range<usize>,
    ) -> Option<Node> {
        let typing = self.being_typed(&at);
        if quote == Quote::Open && !self.typed {
            let message = "this value has no second quotation mark; write \" after it";
            self.trouble(at.clone(), message.to_owned());
        }
        let field = match field_meaning(name, value) {
            Ok(Meaning::Words) if !value.is_empty() => {
                let start = at.end - value.len() - usize::from(quote == Quote::Closed);
                let token = match quote {
                    Quote::Bare if is_plain(value.trim_end_matches('*')) => Token::Bare(value),
                    quote => Token::Quoted(value, quote != Quote::Open),
                };
                // Only the signs of the value are named, and only in it.
                let within = if quote == Quote::Bare { start..at.end } else { at };
                return self.phrase(&token, &within).map(Node::Phrase);
            }
            Ok(Meaning::Words) => Err(format!("{name}: wants a value: a word")),
            Ok(Meaning::Field("forms", value, _)) => return self.forms(&value, at),
            Ok(Meaning::Field(name, value, note)) => {
                let field = parse_field(name, &value, quote, typing);
                if let (Some(note), Ok(_)) = (note, &field) {
                    self.note(at.clone(), note);
                }
                field
            }
            Err(message) => Err(message),
        };
        match field {
            Ok(field) => Some(Node::Field(field)),
            // A field that is not finished is no mistake yet.
            Err(_) if typing && quote != Quote::Closed => None,
            Err(message) => {
                self.trouble(at, message);
                None
            }
        }
    }

    /// Parses the value of `forms:`: a word, or whether the forms of every bare word are looked for.
    fn forms(&mut self, value: &str, at: Range<usize>) -> Option<Node> {
        if ["on", "all", "yes", "off", "no"].contains(&&*fold::text(value)) {
            return None;
        }
        let star = value.ends_with('*');
        let word = value.trim_end_matches('*');
        let Some(word) = inflectable(word) else {
            if !self.being_typed(&at) {
                self.trouble(at, "forms: takes one word of letters, or on".to_owned());
            }
            return None;
        };
        self.words += 1;
        let prefix = star || self.being_typed(&at);
        let forms = Some(Grammar::English);
        Some(Node::Phrase(Phrase { text: word.to_owned(), quoted: false, prefix, forms }))
    }
}

/// The word that a text is, if it is one of letters: it may have other forms.
fn inflectable(text: &str) -> Option<&str> {
    let (mut chunks, mut chunk) = (Chunks::new(text), Chunk::default());
    let one = chunks.read(&mut chunk) && chunk.parts().len() == 1 && !chunk.han;
    let letters = chunk.word().chars().all(char::is_alphabetic);
    let at = chunk.at();
    (one && letters && !chunks.read(&mut chunk)).then(|| text.get(at))?
}
