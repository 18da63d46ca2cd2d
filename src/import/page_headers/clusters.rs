//! Lines that are headers and footers, found by what is in them together and by what recurs.

use std::collections::{HashMap, HashSet};

use super::mark::HeaderMark;
use super::parts::{self, HeaderPart, PartKind};
use crate::import::lines::SourceLine;
use crate::import::words::letters_only;

/// Lines that are headers and footers, with the blank lines and page turns between them.
#[derive(Clone, Debug)]
pub(super) struct HeaderCluster {
    /// The first line.
    pub(super) start: usize,
    /// The line after the last.
    pub(super) end: usize,
    /// The number of lines with words.
    pub(super) lines: u64,
    pub(super) mark: HeaderMark,
    pub(super) feed: bool,
    pub(super) page_before_feed: Option<bool>,
    /// The page number, and the line it is in, counted from the first.
    pub(super) page_line: Option<(usize, u32)>,
}

/// The most lines a title takes.
const TITLE_LINES: usize = 3;
/// The longest line of a title in bytes.
const TITLE_LENGTH: usize = 160;
/// The lines of a header or footer of one part that make it one.
const RECURS: usize = 3;
/// The first lines of a text may be those of a cover page, where the symbol is alone on its line.
const COVER_LINES: usize = 12;

/// Finds headers and footers among the lines of a source.
pub(super) struct HeaderFinder<'a> {
    raw: &'a [SourceLine],
    /// The parts of each line; none if it is a line of the record.
    parts: Vec<Vec<HeaderPart>>,
    /// The titles of headers, by their letters alone.
    titles: HashSet<String>,
    /// The number of lines with one part of a kind and nothing else.
    alone: HashMap<PartKind, usize>,
    /// The number of lines with a page of a document with this number of pages, if that is printed.
    runs: HashMap<Option<u32>, usize>,
}

impl<'a> HeaderFinder<'a> {
    pub(super) fn new(raw: &'a [SourceLine]) -> Self {
        let parts = raw
            .iter()
            .map(|line| match line {
                SourceLine::Words(words) => parts::parse_parts(words),
                _ => Vec::new(),
            })
            .collect();
        let mut finder = Self {
            raw,
            parts,
            titles: HashSet::new(),
            alone: HashMap::new(),
            runs: HashMap::new(),
        };
        finder.join_wrapped();
        finder.count_parts();
        finder.learn_titles();
        finder
    }

    /// Finds headers whose long title takes two or three lines.
    fn join_wrapped(&mut self) {
        for at in 0..self.raw.len() {
            let Some(first) = self.words(at).filter(|w| parts::starts_header(w)) else { continue };
            if !self.parts[at].is_empty() {
                continue;
            }
            let mut joined = first.to_owned();
            for next in at + 1..self.raw.len().min(at + TITLE_LINES) {
                let Some(words) = self.words(next).filter(|w| w.len() <= TITLE_LENGTH) else {
                    break;
                };
                joined.push(' ');
                joined.push_str(words);
                let parts = parts::parse_parts(&joined);
                if parts.len() > 1 {
                    self.parts[at] = parts;
                    for line in at + 1..=next {
                        self.parts[line] = vec![HeaderPart::Title(String::new())];
                    }
                    break;
                }
            }
        }
    }

    fn words(&self, at: usize) -> Option<&'a str> {
        self.raw[at].words()
    }

    /// Whether a line has a part of this kind.
    fn has(&self, at: usize, kind: PartKind) -> bool {
        self.parts[at].iter().any(|part| part.kind() == kind)
    }

    /// Counts the lines of each kind, to know which recur.
    fn count_parts(&mut self) {
        for parts in &self.parts {
            if let [part] = parts.as_slice() {
                *self.alone.entry(part.kind()).or_default() += 1;
            }
            let of = parts.iter().find_map(|part| match part {
                HeaderPart::Page(_, of) => Some(*of),
                _ => None,
            });
            if let Some(of) = of {
                *self.runs.entry(of).or_default() += 1;
            }
        }
    }

    /// Learns the titles: what is between a symbol and a date, and what is beside a symbol twice.
    fn learn_titles(&mut self) {
        let mut beside: HashSet<String> = HashSet::new();
        for at in 0..self.raw.len() {
            if !self.has(at, PartKind::Symbol) && !self.has(at, PartKind::Date) {
                continue;
            }
            let Some((start, end)) = self.words_after(at) else { continue };
            let title = self.letters(start, end);
            let next = (end..self.raw.len()).find(|&next| self.words(next).is_some());
            let closed = next.is_some_and(|next| {
                let closing =
                    if self.has(at, PartKind::Symbol) { PartKind::Date } else { PartKind::Symbol };
                self.has(next, closing)
            });
            if closed || (end == start + 1 && !beside.insert(title.clone())) {
                self.titles.insert(title);
            }
        }
    }

    /// The lines of a possible title after a part, up to the next part: the first, and the line after the
    /// last. A title longer than [`TITLE_LINES`] is none, and its first line alone is returned.
    fn words_after(&self, at: usize) -> Option<(usize, usize)> {
        let is_words = |at: usize| self.words(at).is_some_and(|w| w.len() <= TITLE_LENGTH);
        let start = (at + 1..self.raw.len()).find(|&next| self.words(next).is_some())?;
        if !self.parts[start].is_empty() || !is_words(start) {
            return None;
        }
        let mut end = start + 1;
        while end < self.raw.len() && end < start + TITLE_LINES {
            if !is_words(end) || !self.parts[end].is_empty() {
                break;
            }
            end += 1;
        }
        let closed = (end..self.raw.len())
            .find(|&next| self.words(next).is_some())
            .is_some_and(|next| !self.parts[next].is_empty());
        Some((start, if closed { end } else { start + 1 }))
    }

    /// The letters of the lines `start..end`.
    fn letters(&self, start: usize, end: usize) -> String {
        (start..end).filter_map(|at| self.words(at)).map(letters_only).collect()
    }

    /// The line after a known title that starts at line `at`.
    fn title_end(&self, at: usize) -> Option<usize> {
        let most = self.raw.len().min(at + TITLE_LINES);
        (at + 1..=most)
            .rev()
            .filter(|&end| (at..end).all(|i| self.words(i).is_some() && self.parts[i].is_empty()))
            .find(|&end| self.titles.contains(&self.letters(at, end)))
    }

    /// The first line of a known title whose last line is `at`.
    fn title_start(&self, at: usize) -> Option<usize> {
        (at.saturating_sub(TITLE_LINES - 1)..=at)
            .find(|&start| self.title_end(start).is_some_and(|end| end == at + 1))
    }

    /// The headers and footers, in order.
    pub(super) fn find_clusters(&self) -> Vec<HeaderCluster> {
        let mut clusters = Vec::new();
        let (mut at, mut free) = (0, 0);
        // The number of lines of the record until now.
        let mut lines = 0;
        while at < self.raw.len() {
            if self.parts[at].is_empty() {
                lines += usize::from(self.words(at).is_some());
                at += 1;
                continue;
            }
            let cluster = self.cluster_at(at, free);
            if self.is_header(&cluster, lines) {
                at = cluster.end;
                free = cluster.end;
                clusters.push(cluster);
            } else {
                lines += 1;
                at += 1;
            }
        }
        clusters
    }

    /// The cluster whose first part is in line `at`; it may not start before line `free`.
    fn cluster_at(&self, at: usize, free: usize) -> HeaderCluster {
        let mut titled = false;
        // "Title" before "S/PV.9998" and "31/05/2024".
        let mut start = at;
        let last_words = (free..at).rev().find(|&before| self.words(before).is_some());
        if let Some(title) = last_words.and_then(|before| self.title_start(before))
            && title >= free
        {
            start = title;
            titled = true;
        }
        let (mut end, mut next) = (at + 1, at + 1);
        while next < self.raw.len() {
            if !self.parts[next].is_empty() {
                next += 1;
                end = next;
            } else if self.words(next).is_none() {
                next += 1;
            } else if let Some(after) = self.title_end(next).filter(|_| !titled) {
                titled = true;
                next = after;
                end = after;
            } else {
                break;
            }
        }
        let inside = || (start..end).filter(|&i| !self.parts[i].is_empty());
        let mut mark = HeaderMark::from_parts(inside().flat_map(|i| &self.parts[i]));
        if mark.title.is_none() && titled {
            let title: Vec<&str> = (start..end)
                .filter(|&i| self.parts[i].is_empty())
                .filter_map(|i| self.words(i))
                .collect();
            mark.title = Some(title.join(" "));
        }
        let feed = (start..end).find(|&i| self.raw[i] == SourceLine::Feed);
        let page = inside()
            .find(|&i| self.parts[i].iter().any(|part| matches!(part, HeaderPart::Page(..))));
        let number = mark.page();
        HeaderCluster {
            start,
            end,
            lines: (start..end).filter(|&i| self.words(i).is_some()).count() as u64,
            mark,
            feed: feed.is_some(),
            page_before_feed: feed.zip(page).map(|(feed, page)| page < feed),
            page_line: page.map(|page| page - start).zip(number),
        }
    }

    /// Whether a cluster is a header or footer, and not the words of a record that look like one. `lines`
    /// is the number of lines before it.
    fn is_header(&self, cluster: &HeaderCluster, lines: usize) -> bool {
        let mut kinds: Vec<PartKind> = Vec::new();
        for at in cluster.start..cluster.end {
            let parts = &self.parts[at];
            // Several parts in one line are nothing else.
            if parts.len() > 1 {
                return true;
            }
            for part in parts {
                if !kinds.contains(&part.kind()) {
                    kinds.push(part.kind());
                }
            }
        }
        kinds.retain(|kind| !matches!(kind, PartKind::Title | PartKind::Speaker));
        let is_gap = |line: &SourceLine| matches!(line, SourceLine::Blank | SourceLine::Indent);
        let turned = |at: Option<usize>| {
            at.and_then(|at| self.raw.get(at)).is_some_and(|line| *line == SourceLine::Feed)
        };
        let before = (0..cluster.start).rev().find(|&i| !is_gap(&self.raw[i]));
        let after = (cluster.end..self.raw.len()).find(|&i| !is_gap(&self.raw[i]));
        let on_cover = |kind: &PartKind| matches!(kind, PartKind::Symbol | PartKind::Old);
        let at_turn = cluster.feed || turned(before) || turned(after);
        match kinds[..] {
            [] => false,
            // The first lines are those of a cover page, with the same words alone on their lines.
            [..] if lines < COVER_LINES && !at_turn && kinds.iter().all(on_cover) => false,
            [_] if at_turn => true,
            // A footer of one part recurs. So does a symbol that heads the pages.
            [kind @ (PartKind::Symbol | PartKind::Job | PartKind::Old)] => {
                self.alone.get(&kind).is_some_and(|count| *count >= RECURS)
            }
            [PartKind::Fraction] => {
                self.runs.get(&cluster.mark.page_count()).is_some_and(|count| *count >= RECURS)
            }
            [_] => false,
            _ => true,
        }
    }
}
