//! `W`: the query of the statements found, or of the concordance, is kept under a name.

use crate::app::action::{Change, Effect, QueryChange};
use crate::app::prompt::Purpose;
use crate::app::shared::Shared;
use crate::desk::queries::{LONGEST_NAME, clean_name};
use crate::search::query::{Node, Query};

use super::request::Request;

/// The line for the name, which offers the words of the query.
pub(super) fn ask_name(query: &Query, shared: &mut Shared) -> Vec<Request> {
    if query.is_empty() {
        shared.say("type a query first: s");
        return Vec::new();
    }
    if let Some(trouble) = query.troubles.first() {
        shared.say(format!("the query is not kept: {}", trouble.message));
        return Vec::new();
    }
    vec![Request::Prompt(Purpose::KeepQuery, suggest_name(query))]
}

/// The words of a query, or else the query.
fn suggest_name(query: &Query) -> String {
    let mut words = Vec::new();
    query.visit(&mut |node, excluded| match node {
        Node::Phrase(phrase) if !excluded => words.push(phrase.to_string()),
        Node::Near(left, right, _) if !excluded => {
            words.push(left.to_string());
            words.push(right.to_string());
        }
        _ => {}
    });
    let plain = |c: char| !matches!(c, '"' | '*');
    let name: String = words.join(" ").chars().filter(|c| plain(*c)).collect();
    let name = if name.trim().is_empty() { query.to_string() } else { name };
    name.chars().take(LONGEST_NAME).collect::<String>().trim().to_owned()
}

/// The name was typed: the query is on the disk before the next key, and what it finds is marked as seen after that.
pub(super) fn keep(query: &Query, name: &str, shared: &mut Shared) -> Vec<Request> {
    // A name that cannot be used is refused by the desk, which gives the line back.
    let name = clean_name(name).unwrap_or_default();
    let query = query.to_string();
    shared.say(format!("kept: {name}; W on another screen lists what is kept"));
    let change = QueryChange::Keep { name: name.clone(), query: query.clone() };
    vec![Effect::Desk(Change::Query(Box::new(change))).into(), Effect::SeeAll(name, query).into()]
}
