//! Statements that a query for a State does not find because they were made in the chair, where nobody speaks for a State.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::search::{Order, search};
use crate::facts::states;
use crate::library::Catalogue;
use crate::record::Capacity;
use crate::search::index::{Index, IndexError};
use crate::search::query::{Field, Name, Node, Query};
use crate::search::whole_words::WholeWords;

/// Why a query that found nothing found nothing, if it asks for a State whose representative said it in the chair.
///
/// # Errors
/// If the index cannot be read.
pub fn said_in_the_chair(
    index: &Index,
    catalogue: &Catalogue,
    query: &Query,
    cancelled: &Arc<AtomicBool>,
) -> Result<Option<String>, IndexError> {
    let nodes = match &query.root {
        Some(Node::All(nodes)) => nodes.clone(),
        _ => return Ok(None),
    };
    let named = |node: &Node| matches!(node, Node::Field(Field::State(_)));
    let (wanted, mut others): (Vec<Node>, Vec<Node>) = nodes.into_iter().partition(named);
    let [Node::Field(Field::State(name))] = wanted.as_slice() else { return Ok(None) };
    others.push(Node::Field(Field::Capacity(Capacity::President)));
    let in_chair = Query { root: Some(Node::All(others)), ..Query::default() };
    let hits = search(index, &in_chair, usize::MAX, Order::Date, cancelled)?;
    let mut found = 0;
    for of_record in hits.hits.chunk_by(|a, b| a.entry == b.entry) {
        let Some(entry) = catalogue.entries.get(of_record[0].entry) else { continue };
        let headings: Vec<_> = catalogue.headings(entry).collect();
        let states = of_record.iter().filter_map(|hit| headings.get(hit.nth)?.state);
        found += states.filter(|state| is_called(state, name)).count();
    }
    Ok((found > 0).then(|| {
        let (statements, were) =
            if found == 1 { ("statement", "was") } else { ("statements", "were") };
        let text = &name.text;
        format!(
            "no statement for {text}; {found} {statements} of its representative {were} made in the chair (capacity:president)"
        )
    }))
}

/// Whether a State is the one that a field names.
fn is_called(state: &str, name: &Name) -> bool {
    match states::lookup(&name.text) {
        Some(asked) => states::lookup(state).map_or(state, |state| state.name) == asked.name,
        None => {
            let star = if name.prefix { "*" } else { "" };
            WholeWords::new([format!("{}{star}", name.text).as_str()]).are_in(&[state])
        }
    }
}
