//! Answers to the questions of the screens: the one place where they reach library and search.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::app::action::{Answer, Question, Spot};
use crate::app::answers::{of_group, statements_of};
use crate::app::last;
use crate::library::Library;
use crate::library::references::References;
use crate::record::{Language, Record, Symbol, harmless};
use crate::search::find::{Named, Names};

use super::desk;

/// So many records are read again without being asked for.
const FEW: usize = 32;

/// What questions are answered from.
#[derive(Debug, Default)]
pub struct Sources {
    /// The library.
    pub library: Arc<Library>,
    names: Option<Names>,
    /// The table of references, where it cannot be kept on disk.
    references: Option<Arc<References>>,
    /// The table kept on disk was compared with the files in this session.
    compared: bool,
    desk: Option<PathBuf>,
}

impl Sources {
    /// Over a library; the names to find are gathered when the first is asked for.
    #[must_use]
    pub fn new(library: Arc<Library>) -> Self {
        Self { library, ..Self::default() }
    }

    /// Takes the person's folder of notes and marks.
    pub fn set_desk(&mut self, desk: Option<PathBuf>) {
        self.desk = desk;
    }

    /// Over a library that changed, with the same folder of notes and marks.
    #[must_use]
    pub fn renewed(&self, library: Arc<Library>) -> Self {
        Self { desk: self.desk.clone(), ..Self::new(library) }
    }

    /// Gathers the names to find, so that the first key in Find need not wait for it.
    pub fn prepare(&mut self) {
        let library = &self.library;
        self.names.get_or_insert_with(|| Names::new(library.catalogue()));
    }

    /// Compares the kept table of references with the files, and reads the few that changed, so that
    /// the first question need not. A table that is still to be made is left for that question: it
    /// takes every record, which nobody may have asked for.
    pub fn prepare_references(&mut self, cancelled: &AtomicBool) {
        if self.library.root().is_some() && self.library.unread_references() <= FEW {
            self.references(cancelled);
        }
    }

    /// The answer to a question; `place` tells where the person left a record.
    pub fn answer(
        &mut self,
        question: &Question,
        place: impl Fn(&Record) -> Option<Spot>,
        cancelled: &AtomicBool,
    ) -> Answer {
        match question {
            Question::Find { query, limit } => {
                self.prepare();
                let hits = self.names.as_ref().map(|n| n.find(query, *limit, cancelled));
                Answer::Found(hits.unwrap_or_default())
            }
            Question::StatementsOf(Named::Group(group)) => {
                let name = last::padded(group.name());
                let table = self.references(cancelled);
                let joint = table.for_group(|words| last::padded(words).contains(&name));
                let joint = joint.into_iter().map(|at| (at.symbol, at.what)).collect();
                Answer::Listed(of_group(*group, self.library.catalogue(), &joint))
            }
            Question::StatementsOf(named) => {
                Answer::Listed(statements_of(named, self.library.catalogue()))
            }
            Question::Load { symbol, language, at } => match self.load(symbol, language.as_ref()) {
                Ok(record) => {
                    let place = place(&record);
                    Answer::Loaded { record: Arc::new(record), at: at.clone(), place }
                }
                Err(message) => Answer::Failed(message),
            },
            Question::Backlinks { of, pages } => {
                let table = self.references(cancelled);
                Answer::Backlinks { of: of.clone(), pages: *pages, found: table.citing(of) }
            }
            Question::Mark(_) | Question::Notes | Question::Note(_) | Question::Resume => {
                desk::answer(self, self.desk.as_deref(), question).unwrap_or_else(Answer::Failed)
            }
        }
    }

    /// The table of references. In a full library it takes seconds to make, and a few milliseconds to
    /// read where it is kept; it is read for each question, so that a reader at rest holds none.
    fn references(&mut self, cancelled: &AtomicBool) -> Arc<References> {
        if let Some(held) = &self.references {
            return Arc::clone(held);
        }
        if self.compared
            && let Some(kept) = self.library.kept_references()
        {
            return Arc::new(kept);
        }
        let table = Arc::new(self.library.references(cancelled));
        if !table.given_up {
            self.compared = true;
            if self.library.kept_references().is_none() {
                self.references = Some(Arc::clone(&table));
            }
        }
        table
    }

    /// A record in this language, or else in another.
    ///
    /// # Errors
    /// One line, when it is not here or cannot be read.
    pub fn record(&self, symbol: &Symbol, language: &Language) -> Result<Record, String> {
        self.load(symbol, Some(language))
    }

    fn load(&self, symbol: &Symbol, language: Option<&Language>) -> Result<Record, String> {
        let entry = self
            .library
            .entry(symbol, language)
            .ok_or_else(|| format!("{symbol} is not in the library"))?;
        let record = self.library.load(entry).map_err(|e| e.to_string())?;
        Ok(cleaned(record))
    }
}

/// The record with its spoken words made harmless once, so that every byte offset taken from them
/// later (references, hits, places) is an offset into what is shown.
fn cleaned(mut record: Record) -> Record {
    use crate::record::Item;
    for item in &mut record.items {
        match item {
            Item::Statement(statement) => {
                for paragraph in &mut statement.paragraphs {
                    clean_paragraph(paragraph);
                }
                clean(&mut statement.speaker.printed);
                clean(&mut statement.speaker.name);
            }
            Item::Direction(direction) => clean(&mut direction.text),
            Item::Vote(_) => {}
        }
    }
    record
}

fn clean(text: &mut String) {
    if let std::borrow::Cow::Owned(changed) = harmless::line(text) {
        *text = changed;
    }
}

/// Page breaks keep the character they stand before.
fn clean_paragraph(paragraph: &mut crate::record::Paragraph) {
    let std::borrow::Cow::Owned(changed) = harmless::line(&paragraph.text) else { return };
    for turn in &mut paragraph.breaks {
        let before = paragraph.text.get(..turn.at).unwrap_or(&paragraph.text);
        turn.at = harmless::line(before).len().min(changed.len());
    }
    paragraph.text = changed;
}
