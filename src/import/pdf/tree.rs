//! The structure tree of a tagged file: its paragraphs in the order of the author (ISO 32000-1, 14.7).
//!
//! InDesign names each element after its paragraph style, Word calls all of them `P`. The names are not
//! used, because both give the same name to continuations and headings. Only the limits of paragraphs are
//! taken from the tree.

use std::collections::HashMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Number, Object};

/// How deep elements may be nested.
const DEPTH: usize = 64;
/// The most elements of a tree that are read. A long element counts as several, because one that names
/// itself many times would be read as often.
const ELEMENTS: usize = 1_000_000;
/// An element counts once more for each of this number of bytes.
const LONG: usize = 64;

/// A piece of marked content: the page of the file, from 0, and its number on the page.
pub(super) type TaggedPiece = (usize, u32);

/// Elements that are part of a paragraph and no paragraph of their own.
const INLINE: &str =
    "Span Link Quote Reference BibEntry Code Em Strong Sub Annot Lbl LBody Ruby Warichu";

/// The paragraphs of the tree, each as its pieces in order; empty if the file is not tagged.
pub(super) fn tagged_paragraphs(pdf: &Pdf) -> Vec<Vec<TaggedPiece>> {
    let xref = pdf.xref();
    let root = xref
        .get::<Dict<'_>>(xref.root_id())
        .and_then(|catalog| catalog.get::<Dict<'_>>("StructTreeRoot"));
    let Some(root) = root else { return Vec::new() };
    let mut pages = HashMap::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        if let Some(id) = page.raw().obj_id() {
            pages.insert(id, index);
        }
    }
    let mut walk = TreeWalk {
        roles: root.get::<Dict<'_>>("RoleMap").unwrap_or_default(),
        page_of: |dict: &Dict<'_>| {
            let id = dict.get_ref("Pg")?.into();
            pages.get(&id).copied()
        },
        done: Vec::new(),
        seen: 0,
    };
    let mut open = Vec::new();
    walk.children(&root, None, &mut open, 0);
    walk.done.extend((!open.is_empty()).then_some(open));
    walk.done
}

struct TreeWalk<'a, F> {
    roles: Dict<'a>,
    page_of: F,
    done: Vec<Vec<TaggedPiece>>,
    seen: usize,
}

impl<F: Fn(&Dict<'_>) -> Option<usize>> TreeWalk<'_, F> {
    /// Reads the children of an element: pieces are added to the open paragraph, elements are entered.
    fn children(
        &mut self,
        element: &Dict<'_>,
        page: Option<usize>,
        open: &mut Vec<TaggedPiece>,
        depth: usize,
    ) {
        if depth > DEPTH {
            return;
        }
        match element.get::<Object<'_>>("K") {
            Some(Object::Array(list)) => self.list(&list, page, open, depth),
            Some(child) => self.child(child, page, open, depth),
            None => {}
        }
    }

    fn list(
        &mut self,
        list: &Array<'_>,
        page: Option<usize>,
        open: &mut Vec<TaggedPiece>,
        depth: usize,
    ) {
        for child in list.iter::<Object<'_>>() {
            if self.seen > ELEMENTS {
                return;
            }
            self.child(child, page, open, depth);
        }
    }

    fn child(
        &mut self,
        child: Object<'_>,
        page: Option<usize>,
        open: &mut Vec<TaggedPiece>,
        depth: usize,
    ) {
        self.seen += 1;
        match child {
            Object::Number(number) => {
                if let (Some(page), Ok(mcid)) = (page, u32::try_from(number.as_i64())) {
                    open.push((page, mcid));
                }
            }
            Object::Dict(dict) => {
                self.seen += dict.data().len() / LONG;
                let page = (self.page_of)(&dict).or(page);
                let mcid = dict.get::<Number>("MCID").and_then(|n| u32::try_from(n.as_i64()).ok());
                if let (Some(mcid), Some(page)) = (mcid, page) {
                    open.push((page, mcid));
                } else if self.is_inline(&dict) {
                    self.children(&dict, page, open, depth + 1);
                } else {
                    let mut own = Vec::new();
                    self.children(&dict, page, &mut own, depth + 1);
                    self.done.extend((!own.is_empty()).then_some(own));
                }
            }
            _ => {}
        }
    }

    fn is_inline(&self, element: &Dict<'_>) -> bool {
        let Some(kind) = element.get::<Name<'_>>("S") else { return false };
        let is_inline = |name: &str| INLINE.split(' ').any(|inline| inline == name);
        let role = self.roles.get::<Name<'_>>(kind.as_str());
        is_inline(kind.as_str()) || role.is_some_and(|role| is_inline(role.as_str()))
    }
}
