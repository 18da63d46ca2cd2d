//! Headers and footers that a copy has glued to the words around them: "in this regard, 24-153393/4 An
//! invented matter S/PV.9998 our work".
//!
//! Such a place is known by the job number of the document beside a page number; what is printed there in
//! every record, and nothing else, is set apart into lines of its own.

use std::borrow::Cow;
use std::collections::HashMap;

use super::parts::{self, HeaderPart, JOB};
use crate::import::lines::SourceLine;
use crate::import::words::char_floor;

/// The longest header in bytes.
const HEADER: usize = 220;

/// Sets glued headers and footers apart. Other lines stay as they are.
pub(super) fn split_glued(raw: &[SourceLine]) -> Cow<'_, [SourceLine]> {
    let Some(known) = KnownMarks::find(raw) else { return Cow::Borrowed(raw) };
    let mut out: Option<Vec<SourceLine>> = None;
    for (at, line) in raw.iter().enumerate() {
        let pieces = match line {
            SourceLine::Words(words) => known.split_line(words),
            _ => Vec::new(),
        };
        if pieces.len() > 1 {
            let out = out.get_or_insert_with(|| raw[..at].to_vec());
            out.extend(pieces.into_iter().map(|piece| SourceLine::Words(piece.to_owned())));
        } else if let Some(out) = &mut out {
            out.push(line.clone());
        }
    }
    out.map_or(Cow::Borrowed(raw), Cow::Owned)
}

/// What the headers and footers of a document have in common.
struct KnownMarks {
    /// The job number.
    job: String,
    /// The titles of headers that are lines of their own.
    titles: Vec<String>,
}

impl KnownMarks {
    /// Finds the job number that is in most lines; `None` if no line has one.
    fn find(raw: &[SourceLine]) -> Option<Self> {
        let mut jobs: HashMap<&str, usize> = HashMap::new();
        let mut titles: Vec<String> = Vec::new();
        for line in raw {
            let SourceLine::Words(words) = line else { continue };
            for (dash, _) in words.match_indices('-') {
                let job = dash.checked_sub(2).and_then(|at| words.get(at..at + JOB));
                if let Some(job) = job.filter(|job| parts::is_job_number(job)) {
                    *jobs.entry(job).or_default() += 1;
                }
            }
            for part in parts::parse_parts(words) {
                if let HeaderPart::Title(title) = part
                    && !title.is_empty()
                    && !titles.contains(&title)
                {
                    titles.push(title);
                }
            }
        }
        let (job, _) = jobs.into_iter().max_by_key(|(job, count)| (*count, *job))?;
        Some(Self { job: job.to_owned(), titles })
    }

    /// The pieces of a line: words, marks, words. One piece if nothing is glued.
    fn split_line<'a>(&self, line: &'a str) -> Vec<&'a str> {
        let mut pieces = Vec::new();
        let mut rest = line;
        while let Some(at) = rest.find(&self.job) {
            let Some(glued) = self.marks_around(rest, at) else { break };
            let before = rest[..glued[0].0].trim();
            pieces.extend(Some(before).filter(|before| !before.is_empty()));
            pieces.extend(glued.iter().map(|(start, end)| rest[*start..*end].trim()));
            rest = rest[glued[glued.len() - 1].1..].trim();
        }
        if !rest.is_empty() {
            pieces.push(rest);
        }
        // A line that is a header or footer as a whole is left to the parser of such lines.
        if parts::parse_parts(line).is_empty() { pieces } else { vec![line] }
    }

    /// The marks around the job number at byte `at`, in order, as ranges of bytes.
    fn marks_around(&self, line: &str, at: usize) -> Option<Vec<(usize, usize)>> {
        let (mut start, mut end) = (at, at + JOB);
        if let Some(len) = fraction_at(&line[end..]) {
            end += len;
        } else {
            start -= fraction_before(&line[..start])?;
        }
        let mut marks = vec![(start, end)];
        if let Some(len) = self.header_at(&line[end..]) {
            marks.push((end, end + len));
        }
        if let Some(len) = header_before(&line[..start]) {
            marks.insert(0, (start - len, start));
        }
        Some(marks)
    }

    /// The length of a header at the start of a text.
    fn header_at(&self, text: &str) -> Option<usize> {
        let rest = text.trim_start();
        let skipped = text.len() - rest.len();
        let near = &rest[..char_floor(rest, HEADER)];
        let word = near.split(' ').next().unwrap_or("");
        let mut ends = near.match_indices(' ').map(|(at, _)| at).chain([near.len()]);
        if parts::symbol_at(near).is_some() || parts::parse_slashed_date(word).is_some() {
            let whole = ends.rfind(|&end| parts::parse_parts(&near[..end]).len() > 1);
            return whole.map(|end| skipped + end);
        }
        let title = self.titles.iter().find(|title| near.starts_with(title.as_str()))?;
        Some(skipped + title.len())
    }
}

/// The length of a header that ends a text.
fn header_before(text: &str) -> Option<usize> {
    let core = text.trim_end();
    let skipped = text.len() - core.len();
    let mut from = core.len().saturating_sub(HEADER);
    while !core.is_char_boundary(from) {
        from += 1;
    }
    let starts = core[from..].match_indices(' ').map(|(at, _)| from + at + 1);
    starts
        .filter(|&start| parts::parse_parts(&core[start..]).len() > 1)
        .min()
        .map(|start| core.len() - start + skipped)
}

/// The length of `3/4` at the start of a text, with the space before it. The digits of the words after it
/// cannot be told from those of the page, so it must end there.
fn fraction_at(text: &str) -> Option<usize> {
    let rest = text.trim_start();
    let len = rest.find(|c: char| !c.is_ascii_digit() && c != '/').unwrap_or(rest.len());
    parts::parse_fraction(&rest[..len]).map(|_| text.len() - rest.len() + len)
}

/// The length of `3/4` at the end of a text, with the space after it.
fn fraction_before(text: &str) -> Option<usize> {
    let core = text.trim_end();
    let start = core
        .rfind(|c: char| !c.is_ascii_digit() && c != '/')
        .map_or(0, |at| at + core[at..].chars().next().map_or(1, char::len_utf8));
    parts::parse_fraction(&core[start..]).map(|_| text.len() - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(lines: &[&str]) -> Vec<String> {
        let raw: Vec<SourceLine> =
            lines.iter().map(|l| SourceLine::Words((*l).to_owned())).collect();
        let words = |line: &SourceLine| match line {
            SourceLine::Words(words) => words.clone(),
            other => format!("{other:?}"),
        };
        split_glued(&raw).iter().map(words).collect()
    }

    #[test]
    fn glued_marks_become_lines() {
        for (line, want) in [
            (
                "in this regard, 24-153393/4 our work",
                &["in this regard,", "24-153393/4", "our work"][..],
            ),
            (
                "in this regard, 3/4 24-15339 our work",
                &["in this regard,", "3/4 24-15339", "our work"],
            ),
            (
                "so 24-15339 3/4 31/05/2024 A matter S/PV.9998 it is",
                &["so", "24-15339 3/4", "31/05/2024 A matter S/PV.9998", "it is"],
            ),
            (
                "so S/PV.9998 A matter 31/05/2024 2/4 24-15339 it is",
                &["so", "S/PV.9998 A matter 31/05/2024", "2/4 24-15339", "it is"],
            ),
            ("so 24-15339 3/4 A matter it is", &["so", "24-15339 3/4", "A matter", "it is"]),
            ("the number 24-15339 is printed below", &["the number 24-15339 is printed below"]),
            ("24-15339 3/4", &["24-15339 3/4"]),
        ] {
            let lines = split(&["S/PV.9998 A matter 31/05/2024", line, "24-15339"]);
            assert_eq!(lines[1..lines.len() - 1], *want, "{line}");
        }
    }
}
