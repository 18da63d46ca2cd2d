//! The words beside the occurrences of a query, the most telling first.

use crate::app::found::Narrow;
use crate::app::window::Window;
use crate::search::collocates::{Collocate, Collocates};
use crate::search::query::{Node, Phrase, Query};

/// The screen.
#[derive(Clone, Debug)]
pub struct CollocateList {
    /// The query line they are of.
    pub query: String,
    /// What it is narrowed to.
    pub narrow: Narrow,
    /// What was counted.
    pub found: Collocates,
    /// Scroll and selection.
    pub window: Window,
}

impl CollocateList {
    /// A list of what was counted.
    pub fn new(query: String, narrow: Narrow, found: Collocates) -> Self {
        Self { query, narrow, found, window: Window::default() }
    }

    /// The word that is selected.
    pub fn selected(&self) -> Option<&Collocate> {
        self.found.rows.get(self.window.selected)
    }

    /// The query for the selected word beside the words of the query; `None` where these are more than a word or a
    /// phrase.
    pub fn both(&self) -> Option<String> {
        let text = self.selected()?.word.clone();
        let query = self.narrow.query(&self.query);
        let mut nodes = match query.root? {
            Node::All(nodes) => nodes,
            node => vec![node],
        };
        let is_words = |node: &Node| !matches!(node, Node::Field(_));
        let (at, phrase) = match nodes
            .iter()
            .enumerate()
            .filter(|(_, n)| is_words(n))
            .collect::<Vec<_>>()
            .as_slice()
        {
            [(at, Node::Phrase(phrase))] => (*at, phrase.clone()),
            _ => return None,
        };
        let beside = Phrase { text, quoted: true, prefix: false, forms: None };
        // `near` counts the words between.
        nodes[at] = Node::Near(phrase, beside, self.found.span.saturating_sub(1));
        Some(Query { root: Some(Node::All(nodes)), ..Query::default() }.to_string())
    }
}
