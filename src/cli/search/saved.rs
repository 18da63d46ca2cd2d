//! Kept queries on the command line: `spv search QUERY --save NAME`, and `spv search --saved NAME --new`.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use super::request::SearchRequest;
use crate::cli::args::SearchOrder;
use crate::cli::clock;
use crate::cli::out::{Answer, Answered, Failure, found_if, one_line, say};
use crate::cli::shelf::Shelf;
use crate::desk::queries::{self, Keeping, KeptQuery, Look, NotKept, Seen};
use crate::library::Folders;
use crate::search::index::{Index, IndexError};
use crate::search::new_hits::{NewHits, library_name, new_hits};
use crate::search::query::{Query, parse};
use crate::search::results::Order;

/// The folder of the kept queries.
pub(in crate::cli) fn folder() -> Result<PathBuf, Failure> {
    Folders::find(None).state.ok_or_else(|| {
        Failure::could_not("HOME is not set, so there is no folder for kept queries; set HOME")
    })
}

/// The kept query with this name.
pub(super) fn find(name: &str) -> Result<KeptQuery, Failure> {
    let (kept, warning) = queries::all(&folder()?).map_err(Failure::could_not)?;
    warning.iter().for_each(|warning| say(warning));
    let found = kept.into_iter().find(|kept| kept.is_named(name));
    found.ok_or_else(|| of_refusal(NotKept::Missing(one_line(name))))
}

/// A failure to keep or find a query.
pub(in crate::cli) fn of_refusal(refused: NotKept) -> Failure {
    match refused {
        NotKept::Missing(_) => Failure::nothing(refused.to_string()),
        NotKept::Name(_) | NotKept::Taken { .. } => Failure::wrong(refused.to_string()),
        NotKept::Desk(error) => Failure::could_not(error.to_string()),
    }
}

/// Parses a kept query. One with a part that is not valid is not run: what is new to a part of it is not what is new to it.
pub(super) fn parse_kept(kept: &KeptQuery) -> Result<Query, Failure> {
    let query = parse(&kept.query);
    match trouble(&query, &kept.query) {
        Some(trouble) => Err(Failure::wrong(format!(
            "the kept query {} can no longer be read: {trouble}",
            kept.name
        ))),
        None => Ok(query),
    }
}

/// The first part of a query that is not valid.
pub(in crate::cli) fn trouble(query: &Query, typed: &str) -> Option<String> {
    if let Some(trouble) = query.troubles.first() {
        let piece = typed.get(trouble.at.clone()).unwrap_or("");
        return Some(one_line(&format!("{piece}: {}", trouble.message)));
    }
    query.is_empty().then(|| "it has neither a word nor a field".to_owned())
}

/// Refuses what cannot be kept before anything is searched.
pub(super) fn check(name: &str, query: &Query) -> Result<(), Failure> {
    let name = queries::clean_name(name).map_err(of_refusal)?;
    if !query.troubles.is_empty() {
        return Err(Failure::wrong("the query is not kept, because a part of it is not valid"));
    }
    let (kept, _) = queries::all(&folder()?).map_err(Failure::could_not)?;
    match kept.into_iter().find(|kept| kept.is_named(&name)) {
        Some(KeptQuery { name, query: other, .. }) if other != query.to_string() => {
            Err(of_refusal(NotKept::Taken { name, query: other }))
        }
        _ => Ok(()),
    }
}

/// What is to be said where a query was looked at in another library, which decides what is new.
pub(in crate::cli) fn other_library(kept: &KeptQuery, here: &str) -> Option<String> {
    let before = kept.library.as_deref().filter(|before| *before != here)?;
    Some(format!(
        "{} was looked at in another library, {before}: new is what was not found there; this is {here}",
        kept.name
    ))
}

/// Asks a kept query, and notes what could not be read.
pub(in crate::cli) fn look(
    shelf: &Shelf,
    index: &Index,
    query: &Query,
    seen: &Seen,
    order: Order,
) -> Result<NewHits, IndexError> {
    let found = new_hits(index, &shelf.library, query, seen, order, &Arc::default())?;
    shelf.note(&found.unread);
    if found.changing > 0 {
        say(&format!(
            "records have changed since they were indexed and are not compared: {}; run `spv index`",
            found.changing
        ));
    }
    Ok(found)
}

impl SearchRequest<'_> {
    /// Prints what a kept query finds that was not seen, and marks it as seen once it is written.
    pub(super) fn write_new(&self, kept: Option<&KeptQuery>, out: &mut dyn Write) -> Answer {
        let Some(kept) = kept else { return Ok(Answered::Nothing) };
        let order = match self.args.order {
            SearchOrder::Relevance => Order::Relevance,
            SearchOrder::Date => Order::Date,
        };
        let looked = look(self.shelf, self.index, self.query, &kept.seen, order);
        let found = self.note_damage(looked)?;
        let library = library_name(&self.shelf.library);
        other_library(kept, &library).iter().for_each(|words| say(words));
        if !found.new.is_empty() {
            self.write_rows(&found.new, out)?;
            if self.args.table.is_text() {
                let (new, all) = (found.new.len(), found.hits.statements);
                writeln!(
                    out,
                    "{new} new of {all} statements; kept query: {}",
                    one_line(&kept.name)
                )?;
            }
        }
        // What did not reach its reader is not seen.
        out.flush()?;
        if !self.args.peek {
            self.see(&kept.name, &kept.query, &found)?;
        }
        let all = found.hits.statements;
        let nothing =
            format!("nothing new for {}; it finds {all} statements in {library}", kept.name);
        found_if(!found.new.is_empty(), &nothing)
    }

    /// Keeps the query after its answer was printed, and what it finds as seen.
    pub(super) fn keep(&self, name: &str, answer: Answer, out: &mut dyn Write) -> Answer {
        // A query that finds nothing yet is worth keeping, one that could not be asked is not.
        if answer.as_ref().is_err_and(|failure| failure.code != 1) {
            return answer;
        }
        out.flush()?;
        let query = self.query.to_string();
        let looked = look(self.shelf, self.index, self.query, &Seen::default(), Order::Date);
        let found = self.note_damage(looked)?;
        let kept = queries::keep(&folder()?, name, &query, clock::now());
        let (kept, warning) = kept.map_err(of_refusal)?;
        warning.iter().for_each(|warning| say(warning));
        self.see(name, &query, &found)?;
        let before = if kept == Keeping::Known { " already" } else { "" };
        let all = found.hits.statements;
        say(&format!("{name} is kept{before}; {all} statements are marked as seen"));
        answer
    }

    /// Remembers what was found.
    fn see(&self, name: &str, query: &str, found: &NewHits) -> Result<(), Failure> {
        let look = Look {
            name: name.to_owned(),
            query: query.to_owned(),
            library: Some(library_name(&self.shelf.library)),
            seen: found.seen.clone(),
        };
        match queries::see(&folder()?, &look, clock::now()) {
            Ok((true, warning)) => warning.iter().for_each(|warning| say(warning)),
            Ok((false, _)) => say(&format!("{name} was removed meanwhile")),
            Err(error) => {
                return Err(Failure::could_not(format!("not marked as seen: {error}")));
            }
        }
        Ok(())
    }
}
