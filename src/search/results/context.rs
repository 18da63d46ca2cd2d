//! A hit in its record: the first paragraph with a word of the query, its page, and a snippet. The index has no text, so
//! the words are found again in the record.

use std::collections::HashMap;
use std::ops::{Deref, Range};
use std::rc::Rc;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation as _;

use super::marks::Marker;
use super::search::Hit;
use crate::library::{Entry, Library, LibraryError};
use crate::record::{Capacity, Item, Record, Statement, fold};
use crate::search::index::{capacities, capacity_of};

/// The approximate length of a snippet, in characters.
const SNIPPET: usize = 160;

/// The most marks that are looked for in a paragraph: more than a snippet has room for.
const MARKS: usize = 2 * SNIPPET;

/// The most bytes that are allowed for a character of a snippet: a grapheme cluster may be as long as the text.
const CLUSTER: usize = 64;

/// A hit with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct HitContext {
    /// The index of the statement in the record.
    pub nth: usize,
    /// Number of the statement.
    pub statement: u32,
    /// The paragraph in it, from 0.
    pub paragraph: usize,
    /// The printed page of the first of the marked words that the snippet is around.
    pub page: Option<u32>,
    /// Title and name.
    pub speaker: String,
    /// The State spoken for in that paragraph; `None` in the chair.
    pub state: Option<String>,
    /// The organization spoken for.
    pub organization: Option<String>,
    /// The words around the marks, as many different ones as fit.
    pub snippet: String,
    /// The byte ranges of the snippet that are marked.
    pub marks: Vec<Range<usize>>,
    /// The words are not in the record any more: it has changed since it was indexed.
    pub stale: bool,
}

/// A record with an index of its statements, so that each of many hits is found directly.
#[derive(Debug)]
pub struct OpenedRecord {
    /// The record.
    pub record: Arc<Record>,
    /// The indexes of its statements among its items.
    places: Vec<usize>,
    /// The size of its text, in bytes.
    size: usize,
}

impl OpenedRecord {
    /// Indexes the statements of a record.
    pub fn new(record: Record) -> Self {
        let statements = record.items.iter().enumerate().filter_map(|(place, item)| match item {
            Item::Statement(statement) => Some((place, statement)),
            _ => None,
        });
        let (mut places, mut size) = (Vec::new(), 0);
        for (place, statement) in statements {
            places.push(place);
            size += statement.paragraphs.iter().map(|p| p.text.len()).sum::<usize>();
        }
        Self { record: Arc::new(record), places, size }
    }

    /// Statement `nth` of the record.
    pub fn statement(&self, nth: usize) -> Option<&Statement> {
        match self.record.items.get(*self.places.get(nth)?)? {
            Item::Statement(statement) => Some(statement),
            _ => None,
        }
    }

    /// The size of its text, in bytes.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether it is too long to be kept with others.
    pub fn is_large(&self) -> bool {
        self.size > LARGE
    }
}

impl Deref for OpenedRecord {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.record
    }
}

/// The size above which a record is not kept with others, in bytes. The longest real one has less than a million.
const LARGE: usize = 4 << 20;

/// The records that a [`RecordLoader`] keeps: those of the hits on one screen.
const KEPT: usize = 24;

/// Reads the records of hits, and keeps the last few, since hits of one record are mostly neighbours.
#[derive(Debug)]
pub struct RecordLoader<'a> {
    library: &'a Library,
    prepare: fn(Record) -> Record,
    kept: HashMap<usize, Rc<OpenedRecord>>,
}

impl<'a> RecordLoader<'a> {
    /// A loader for the records of a library.
    pub fn new(library: &'a Library) -> Self {
        Self::preparing(library, std::convert::identity)
    }

    /// A loader that changes each record it reads, for instance makes it harmless.
    pub fn preparing(library: &'a Library, prepare: fn(Record) -> Record) -> Self {
        Self { library, prepare, kept: HashMap::new() }
    }

    /// The entry of a hit.
    pub fn entry(&self, hit: &Hit) -> Option<&'a Entry> {
        self.library.catalogue().entries.get(hit.entry)
    }

    /// Reads the records of hits that will be asked for next, on all processors. A record that cannot be read is left to
    /// [`record`](Self::record), which returns the error.
    pub fn ahead(&mut self, hits: &[Hit]) {
        let mut wanted: Vec<usize> = hits.iter().map(|hit| hit.entry).collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted.truncate(KEPT);
        if self.kept.len() + wanted.len() > KEPT {
            self.kept.retain(|entry, _| wanted.binary_search(entry).is_ok());
        }
        wanted.retain(|entry| !self.kept.contains_key(entry));
        let all = &self.library.catalogue().entries;
        wanted.retain(|entry| *entry < all.len());
        let entries: Vec<&Entry> = wanted.iter().map(|entry| &all[*entry]).collect();
        let prepare = self.prepare;
        let read = self.library.load_each(&entries, |record| {
            Some(OpenedRecord::new(prepare(record))).filter(|opened| !opened.is_large())
        });
        let read = wanted.into_iter().zip(read);
        self.kept.extend(read.filter_map(|(entry, read)| Some((entry, Rc::new(read.ok()??)))));
    }

    /// The record of a hit.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn record(&mut self, hit: &Hit) -> Result<Option<Rc<OpenedRecord>>, LibraryError> {
        if let Some(record) = self.kept.get(&hit.entry) {
            return Ok(Some(Rc::clone(record)));
        }
        let Some(entry) = self.entry(hit) else { return Ok(None) };
        if self.kept.len() >= KEPT {
            self.kept.clear();
        }
        self.kept.retain(|_, opened| !opened.is_large());
        let record = Rc::new(OpenedRecord::new((self.prepare)(self.library.load(entry)?)));
        self.kept.insert(hit.entry, Rc::clone(&record));
        Ok(Some(record))
    }
}

/// Finds the words of a hit in its record. If the statement does not have them any more, the nearest statement that has
/// them is returned; if none has, the statement itself with [`HitContext::stale`]. `None` if the record has no statements.
pub fn find_context(record: &OpenedRecord, marker: &Marker, hit: &Hit) -> Option<HitContext> {
    if let Some(statement) = record.statement(hit.nth)
        && let Some(found) = first_marked(statement, marker, hit)
    {
        return Some(found.into_context(hit.nth, statement, false));
    }
    let statements: Vec<&Statement> = record.statements().collect();
    let mut nearest: Vec<usize> = (0..statements.len()).collect();
    nearest.sort_by_key(|n| n.abs_diff(hit.nth));
    let moved =
        nearest.into_iter().find_map(|n| Some((n, first_marked(statements[n], marker, hit)?)));
    if let Some((n, found)) = moved {
        return Some(found.into_context(n, statements[n], false));
    }
    let n = hit.nth.min(statements.len().checked_sub(1)?);
    let first = MarkedParagraph { paragraph: 0, marks: Vec::new() };
    Some(first.into_context(n, statements[n], true))
}

/// The words of hits in their statements, which are read without the rest of their records. `None` for a hit whose
/// statement does not have them, or could not be read in this way: [`find_context`] looks in the whole record.
///
/// `clean` is applied to each statement before its words are looked for.
pub fn find_contexts(
    library: &Library,
    marker: &Marker,
    hits: &[(&Entry, Hit)],
    clean: impl Fn(Statement) -> Statement + Sync,
) -> Vec<Option<HitContext>> {
    let mut wanted: Vec<(&Entry, Vec<usize>)> = Vec::new();
    for (entry, hit) in hits {
        match wanted.iter_mut().find(|(known, _)| std::ptr::eq(*known, *entry)) {
            Some((_, statements)) => statements.push(hit.nth),
            None => wanted.push((entry, vec![hit.nth])),
        }
    }
    for (_, statements) in &mut wanted {
        statements.sort_unstable();
        statements.dedup();
    }
    let found = library.load_statements_of(&wanted, |n, statements| {
        let (entry, indexes) = &wanted[n];
        let statements: Vec<Statement> = statements.into_iter().map(&clean).collect();
        let here = hits.iter().enumerate().filter(|(_, (of, _))| std::ptr::eq(*of, *entry));
        let contexts = here.map(|(place, (_, hit))| {
            let statement = indexes.binary_search(&hit.nth).ok().and_then(|n| statements.get(n));
            let context = statement.and_then(|statement| {
                let marked = first_marked(statement, marker, hit)?;
                Some(marked.into_context(hit.nth, statement, false))
            });
            (place, context)
        });
        contexts.collect::<Vec<_>>()
    });
    let mut contexts = vec![None; hits.len()];
    for (place, context) in found.into_iter().flatten().flatten() {
        contexts[place] = context;
    }
    contexts
}

/// A paragraph and its marks.
struct MarkedParagraph {
    paragraph: usize,
    marks: Vec<Range<usize>>,
}

/// The paragraph of a statement with the most different words of the query, the first of several, among those spoken in
/// the capacity of the hit. If the query may match without a mark, the first paragraph of that capacity.
fn first_marked(statement: &Statement, marker: &Marker, hit: &Hit) -> Option<MarkedParagraph> {
    let of_hit = |here: Option<Capacity>| hit.capacity.is_none_or(|c| here == Some(c));
    let paragraphs = statement.paragraphs.iter().zip(capacities(statement)).enumerate();
    let mut first = None;
    let mut best: Option<(usize, MarkedParagraph)> = None;
    for (paragraph, (p, _)) in paragraphs.filter(|(_, (_, here))| of_hit(*here)) {
        first.get_or_insert(paragraph);
        let (marks, elements) = marker.marks_and_elements(&p.text, MARKS);
        if elements > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((elements, MarkedParagraph { paragraph, marks }));
        }
        if elements == marker.element_count() {
            break;
        }
    }
    let any = || first.map(|paragraph| MarkedParagraph { paragraph, marks: Vec::new() });
    let marked = best.map(|(_, marked)| marked);
    marked.or_else(|| if marker.is_required() { None } else { any() })
}

impl MarkedParagraph {
    fn into_context(self, nth: usize, statement: &Statement, stale: bool) -> HitContext {
        let paragraph = statement.paragraphs.get(self.paragraph);
        let text = paragraph.map_or("", |p| p.text.as_str());
        let anchor = anchor(text, &self.marks, SNIPPET);
        let first = self.marks.get(anchor).map_or(0, |mark| mark.start);
        let page = paragraph.and_then(|p| p.page_at(first)).or_else(|| {
            // A paragraph without a page is on the page where the paragraph before it ends.
            let before = statement.paragraphs.iter().take(self.paragraph).rev();
            before.filter_map(|p| p.page_at(p.text.len())).next().or(statement.page)
        });
        let capacity = capacity_of(statement, self.paragraph);
        let in_chair = capacity == Some(Capacity::President);
        let (snippet, marks) = make_snippet(text, &self.marks, SNIPPET);
        HitContext {
            nth,
            statement: statement.number,
            paragraph: self.paragraph,
            page,
            speaker: statement.speaker.name.clone(),
            state: statement.speaker.state.clone().filter(|_| !in_chair),
            organization: statement.speaker.organization.clone().filter(|_| !in_chair),
            snippet,
            marks,
            stale,
        }
    }
}

/// The mark from which on the most different words are marked within about two thirds of `wide` characters; the first of
/// several.
fn anchor(text: &str, marks: &[Range<usize>], wide: usize) -> usize {
    let room = wide - wide / 3;
    // The number of each different word, by its folded letters.
    let mut known: HashMap<String, usize> = HashMap::new();
    let words: Vec<usize> = marks
        .iter()
        .map(|mark| {
            let next = known.len();
            *known.entry(fold::text(text.get(mark.clone()).unwrap_or(""))).or_insert(next)
        })
        .collect();
    if known.len() < 2 {
        return 0;
    }
    let (mut best, mut most) = (0, 0);
    for first in 0..marks.len() {
        let (mut seen, mut different) = (vec![false; known.len()], 0);
        let (mut long, mut end) = (0, marks[first].start);
        for (mark, word) in marks.iter().zip(&words).skip(first) {
            long += text.get(end..mark.end).map_or(0, |more| more.chars().count());
            end = mark.end.max(end);
            if long > room {
                break;
            }
            different += usize::from(!std::mem::replace(&mut seen[*word], true));
        }
        if different > most {
            (best, most) = (first, different);
        }
    }
    best
}

/// About `wide` characters of a text around the marks with the most different words, and the marks in them. It is cut
/// between words, with an ellipsis at each cut.
pub(crate) fn make_snippet(
    text: &str,
    marks: &[Range<usize>],
    wide: usize,
) -> (String, Vec<Range<usize>>) {
    let first = marks.get(anchor(text, marks, wide)).cloned().unwrap_or(0..0);
    let before = text.get(..first.start).unwrap_or("");
    let start = before.floor_char_boundary(before.len().saturating_sub(wide * CLUSTER));
    let before = &before[start..];
    // A third of the width is before the mark, and what is left over after it.
    let after = text.get(first.start..).unwrap_or("");
    let after = &after[..after.floor_char_boundary(wide * CLUSTER)];
    let length = after.graphemes(true).take(wide).count();
    let room = (wide / 3).max(wide - length);
    let mut from = before.grapheme_indices(true).rev().nth(room).map_or(0, |(at, _)| at);
    if from > 0 {
        from += before[from..].find(char::is_whitespace).map_or(0, |at| at + 1);
    }
    let taken = before[from..].graphemes(true).count();
    let end = after.grapheme_indices(true).nth(wide.saturating_sub(taken)).map(|(at, _)| at);
    let end = end.unwrap_or(after.len());
    let mut to = (first.start + end).max(first.end).min(text.len());
    from += start;
    if to < text.len()
        && let Some(space) = text[from..to].rfind(char::is_whitespace)
        && from + space >= first.end
    {
        to = from + space;
    }
    let lead = if from > 0 { "… " } else { "" };
    let tail = if to < text.len() { " …" } else { "" };
    let shift = |at: usize| at - from + lead.len();
    let inside =
        marks.iter().filter(|mark| mark.start >= from && mark.end <= to && !mark.is_empty());
    let marks = inside.map(|mark| shift(mark.start)..shift(mark.end)).collect();
    (format!("{lead}{}{tail}", &text[from..to]), marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_snippet_is_around_its_mark() {
        let text = "one two three four five six seven eight nine ten eleven twelve";
        let at = text.find("seven").unwrap();
        let (cut, marks) = make_snippet(text, std::slice::from_ref(&(at..at + 5)), 24);
        assert_eq!(cut, "… six seven eight nine …");
        assert_eq!(marks.iter().map(|m| &cut[m.clone()]).collect::<Vec<_>>(), ["seven"]);
        assert_eq!(make_snippet("short", &[], 24), ("short".to_owned(), vec![]));
        assert_eq!(make_snippet("", &[], 24).0, "");
    }

    #[test]
    fn a_snippet_has_as_many_of_the_words_as_fit() {
        let text =
            "desert roads and more roads, far from there; then a long way on, desert locusts come";
        let find = |word: &str| -> Vec<Range<usize>> {
            text.match_indices(word).map(|(at, word)| at..at + word.len()).collect()
        };
        let mut marks = [find("desert"), find("locusts")].concat();
        marks.sort_by_key(|mark| mark.start);
        let (cut, inside) = make_snippet(text, &marks, 40);
        let shown: Vec<&str> = inside.into_iter().map(|mark| &cut[mark]).collect();
        assert_eq!(shown, ["desert", "locusts"], "{cut}");
        // One word alone is shown where it is first.
        assert!(make_snippet(text, &find("roads"), 24).0.starts_with("desert roads"));
    }

    proptest! {
        #[test]
        fn a_snippet_has_its_whole_first_mark(
            text in "[a-e会é ]{0,80}",
            from in 0_usize..80,
            long in 0_usize..20,
            wide in 1_usize..60,
        ) {
            let start = text.floor_char_boundary(from);
            let end = text.floor_char_boundary(start + long);
            let mark = start..end.max(start);
            let marks = if mark.is_empty() { vec![] } else { vec![mark.clone()] };
            let (cut, inside) = make_snippet(&text, &marks, wide);
            prop_assert_eq!(inside.len(), marks.len());
            for (a, b) in inside.iter().zip(&marks) {
                prop_assert_eq!(&cut[a.clone()], &text[b.clone()]);
            }
        }
    }
}
