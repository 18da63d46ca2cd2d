//! `spv like`: the statements that are most like one.

use std::io::Write;
use std::sync::Arc;

use serde::Serialize;

use super::args::LikeArgs;
use super::cite::{not_here, statement as statement_of};
use super::out::{Answer, Failure, found_if, one_line, say};
use super::process::MemoryLimit;
use super::rows::RowWriter;
use super::search::open_index;
use super::shelf::{Shelf, parse_symbol};
use super::table::{self, MEASURE};
use super::world::World;
use crate::search::index::IndexState;
use crate::search::similar::{Compared, Comparison, FEWEST, similar};

/// The names of the columns of [`Row`], in their order.
const NAMES: &str = "group symbol language statement paragraph page date speaker state organization spoken shared compared words snippet score";

/// A similar statement; the fields are those of its JSON.
#[derive(Debug, Serialize)]
struct Row<'a> {
    /// `other`, or `same` State or organization.
    group: &'static str,
    symbol: String,
    language: &'a str,
    statement: u32,
    /// The paragraph that shares most, from 1.
    paragraph: usize,
    page: Option<u32>,
    date: String,
    speaker: &'a str,
    state: Option<&'a str>,
    organization: Option<&'a str>,
    /// The language it was spoken in, where the edition is a translation.
    spoken: Option<&'a str>,
    /// How many of the words it shares.
    shared: usize,
    /// How many words were compared.
    compared: usize,
    /// The words that it shares, the heaviest first.
    words: &'a [String],
    snippet: &'a str,
    score: f32,
}

/// Runs `spv like`.
///
/// # Errors
/// If there is no such statement, or the library cannot be searched.
pub fn run(world: &World, args: &LikeArgs, out: &mut dyn Write) -> Answer {
    let mut shelf = Shelf::open_one(world)?;
    let symbol = parse_symbol(std::slice::from_ref(&args.symbol))?;
    let standing = shelf.renew_index_state()?;
    shelf.note_and_report();
    let record = shelf.record(&symbol, &world.options)?.ok_or_else(|| not_here(&symbol))?;
    let statement = statement_of(&record, args.statement)?;
    if let Some(n) = args.paragraph.filter(|n| !(1..=statement.paragraphs.len()).contains(n)) {
        let all = statement.paragraphs.len();
        let number = statement.number;
        return Err(Failure::nothing(format!(
            "statement {number} of {symbol} has {all} paragraphs and no paragraph {n}"
        )));
    }
    let nth = record.statements().position(|s| std::ptr::eq(s, statement)).unwrap_or(0);
    let passage = Compared {
        symbol: record.symbol.clone(),
        language: record.language.clone(),
        nth,
        paragraph: args.paragraph.map(|n| n - 1),
    };
    let index = open_index(&shelf, standing, world.options.lang.as_ref(), false)?;
    let _bounded = (standing == IndexState::UpToDate).then(MemoryLimit::begin);
    let never = Arc::default();
    let identity = std::convert::identity;
    let found = similar(&index, &shelf.library, &record, &passage, identity, &never)?;
    shelf.note(&found.unread);
    if found.words.len() < FEWEST {
        return Err(Failure::nothing(format!(
            "{symbol}, statement {}: too few words that other statements have to be compared",
            args.statement
        )));
    }
    let rows = rows(&found);
    if let Some(writer) = RowWriter::begin(out, args.table, NAMES)? {
        writer.write_all(out, &rows)?;
    } else if !rows.is_empty() {
        write_text(&found, &passage, args, out)?;
    }
    let edition = found.held_words(&record.language);
    if !rows.is_empty() {
        out.flush()?;
        say(&format!("compared with {edition}"));
    }
    found_if(!rows.is_empty(), &found.none(&record.language))
}

fn rows(found: &Comparison) -> Vec<Row<'_>> {
    let groups = [("other", &found.others), ("same", &found.same)];
    let all = groups.into_iter().flat_map(|(group, list)| list.iter().map(move |s| (group, s)));
    all.map(|(group, one)| Row {
        group,
        symbol: one.symbol.to_string(),
        language: one.language.code(),
        statement: one.statement,
        paragraph: one.paragraph + 1,
        page: one.page,
        date: one.date.to_string(),
        speaker: &one.speaker,
        state: one.state.as_deref(),
        organization: one.organization.as_deref(),
        spoken: one.spoken.as_ref().map(crate::record::Language::code),
        shared: one.shared.len(),
        compared: found.words.len(),
        words: &one.shared,
        snippet: &one.snippet,
        score: one.score,
    })
    .collect()
}

fn write_text(
    found: &Comparison,
    passage: &Compared,
    args: &LikeArgs,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let paragraph = args.paragraph.map_or(String::new(), |n| format!(", paragraph {n}"));
    let who = found.who.as_ref().map_or(String::new(), |who| format!(", {who}"));
    let (symbol, language) = (&passage.symbol, passage.language.name());
    let head = format!("{symbol}, statement {}{paragraph}{who} ({language})", args.statement);
    writeln!(out, "{}", one_line(&head))?;
    let words = format!("words compared: {}", found.words.join(", "));
    table::write_paragraph(out, &one_line(&words), 2, MEASURE)?;
    let same = found.who.as_ref().map(|who| format!("By {who}"));
    let groups = [(Some("By others".to_owned()), &found.others), (same, &found.same)];
    for (title, list) in groups {
        let Some(title) = title else { continue };
        writeln!(out, "\n{}", one_line(&title))?;
        if list.is_empty() {
            table::write_paragraph(out, &one_line(&found.none(&passage.language)), 2, MEASURE)?;
        }
        for one in list {
            writeln!(out, "  {}", one_line(&one.heading()))?;
            let shared = format!(
                "shares {} of {}: {}",
                one.shared.len(),
                found.words.len(),
                one.shared.join(", ")
            );
            table::write_paragraph(out, &one_line(&shared), 4, MEASURE)?;
            table::write_paragraph(out, &one_line(&one.snippet), 4, MEASURE)?;
        }
    }
    Ok(())
}
