//! One document of the data set into one record.

use std::collections::HashSet;

use sha2::{Digest as _, Sha256};

use super::page_marks::PageMarks;
use super::plan::{Document, Speech};
use super::report::{ImportNote, NoteKind, RepairCounts};
use super::rows::SpeechRow;
use super::speech::{self, ReadSpeech};
use super::spelling::Spellings;
use crate::facts::{council, meetings, states};
use crate::import::assemble::{set_groups, statements_mut};
use crate::import::check::{self, VoteWords};
use crate::import::cover::identity::other_day;
use crate::import::decode;
use crate::import::words::to_hex;
use crate::import::{address, capacity, invitation};
use crate::record::symbol::Series;
use crate::record::{
    As, Direction, Item, Kind, Language, Paragraph, President, Record, Source, Speaker, Statement,
    Status,
};

/// How texts are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuildOptions {
    /// Whether mechanical errors in the text are repaired.
    pub repair: bool,
}

/// A record, and what was done to make it.
#[derive(Clone, Debug)]
pub struct BuiltRecord {
    /// The record.
    pub record: Record,
    /// Repairs and guesses.
    pub tally: RepairCounts,
    /// Notes for the log.
    pub notes: Vec<ImportNote>,
}

/// The hash of everything a record is made from: the rows of the tables, and the texts in order. The same
/// hash with the same options gives the same record.
#[must_use]
pub fn source_hash(document: &Document, texts: &[Vec<u8>]) -> String {
    let mut hash = Sha256::new();
    let about = format!(
        "{}\n{}\n{}\n{}\n{:?}\n",
        document.basename, document.symbol, document.date, document.topic, document.agenda
    );
    hash.update(about.as_bytes());
    for speech in &document.speeches {
        let row = row_to_hash(speech.row.as_ref());
        hash.update(format!("{row}\n{}\n", speech.texts.len()).as_bytes());
    }
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    to_hex(&hash.finalize())
}

/// A row as [`source_hash`] takes it. The form is fixed: another one would make every record of a
/// library look changed.
fn row_to_hash(row: Option<&SpeechRow>) -> String {
    row.map_or_else(
        || "None".to_owned(),
        |SpeechRow { speaker, country, role, kind }| {
            format!(
                "Some(Row {{ speaker: {speaker:?}, country: {country:?}, role: {role:?}, kind: {kind:?} }})"
            )
        },
    )
}

/// Makes the record of a document. `texts` are the bytes of all its texts in order, and `hash` is their
/// [`source_hash`].
#[must_use]
pub fn build_record(
    document: &Document,
    texts: &[Vec<u8>],
    hash: String,
    options: BuildOptions,
    names: &Spellings,
) -> BuiltRecord {
    let mut maker = RecordBuilder::new(document, options.repair.then_some(names));
    let mut texts = texts.iter();
    let decoded: Vec<String> =
        document.speeches.iter().map(|speech| maker.decode_speech(speech, &mut texts)).collect();
    let marks = options.repair.then(|| {
        let mut marks = PageMarks::new(&document.symbol, document.date, known_titles(document));
        marks.learn_pages(decoded.iter().map(String::as_str));
        marks
    });
    for (speech, text) in document.speeches.iter().zip(&decoded) {
        maker.add_speech(speech, text, marks.as_ref());
    }
    drop(decoded);
    let mut record = maker.take_record(hash);
    finish_record(&mut record, &maker.vote_words, &mut maker.notes);
    record.source.repairs =
        maker.tally.repaired.iter().map(|(name, times)| ((*name).to_owned(), *times)).collect();
    for note in &mut maker.notes {
        note.symbol.get_or_insert_with(|| document.symbol.to_string());
    }
    BuiltRecord { record, tally: maker.tally, notes: maker.notes }
}

/// The titles that may be printed beside the symbol on a page.
fn known_titles(document: &Document) -> Vec<String> {
    let mut titles = document.agenda.clone();
    titles.push(document.topic.clone());
    titles.extend(
        meetings::by_symbol(&document.symbol).map(|m| m.topic.trim_end_matches('.').to_owned()),
    );
    titles
}

/// A record that is being made.
struct RecordBuilder<'a> {
    document: &'a Document,
    /// How other records spell names, if names are repaired.
    names: Option<&'a Spellings>,
    items: Vec<Item>,
    closed: Option<String>,
    presidents: Vec<President>,
    /// The members of the Council on that day.
    seated: HashSet<&'static str>,
    /// What was said around each vote, within the same text.
    vote_words: Vec<VoteWords>,
    tally: RepairCounts,
    notes: Vec<ImportNote>,
}

impl<'a> RecordBuilder<'a> {
    fn new(document: &'a Document, names: Option<&'a Spellings>) -> Self {
        let council = council::on(document.date);
        Self {
            document,
            names,
            items: Vec::new(),
            closed: None,
            presidents: Vec::new(),
            seated: council.iter().flat_map(|c| &c.seats).map(|s| s.state).collect(),
            vote_words: Vec::new(),
            tally: RepairCounts::default(),
            notes: Vec::new(),
        }
    }

    /// The text of a speech, its parts joined.
    fn decode_speech<'t>(
        &mut self,
        speech: &Speech,
        texts: &mut impl Iterator<Item = &'t Vec<u8>>,
    ) -> String {
        let mut whole = String::new();
        for (part, bytes) in speech.texts.iter().zip(texts) {
            if std::str::from_utf8(bytes).is_err() {
                self.tally.guess("encodings");
                self.notes.push(ImportNote::of_file(
                    NoteKind::Guessed,
                    &part.name,
                    "the encoding: Windows-1252, since the text is not valid UTF-8",
                ));
            }
            if !whole.is_empty() {
                whole.push('\n');
            }
            whole.push_str(&decode::decode_words(bytes));
        }
        whole
    }

    /// Adds a statement and the other items in its text.
    fn add_speech(&mut self, speech: &Speech, text: &str, marks: Option<&PageMarks>) {
        let number = u32::try_from(
            self.items.iter().filter(|i| matches!(i, Item::Statement(_))).count() + 1,
        )
        .unwrap_or(u32::MAX);
        let noted = self.notes.len();
        let mut read = speech::read_speech(text, marks, &mut self.tally, &mut self.notes);
        let heading = std::mem::take(&mut read.heading);
        let (speaker, spoken) = self.find_speaker(speech, &mut read);
        if read.paragraphs.is_empty() {
            self.notes.push(ImportNote::new(
                NoteKind::Differs,
                "the text has no words after the form of address".to_owned(),
            ));
        }
        if let Some(direction) = read.vote.as_ref().map(|v| v.0.clone()).filter(|d| !d.is_empty()) {
            self.add_vote(direction, &mut read, number, speaker, spoken);
        } else {
            self.add_statement(number, speaker, spoken, read.paragraphs);
        }
        let lines = heading.into_iter().map(|text| Direction { page: None, text });
        self.items.extend(lines.map(Item::Direction));
        if let Some((text, time)) = read.closing {
            self.closed = time.or(self.closed.take());
            self.items.push(Item::Direction(Direction { page: None, text }));
        }
        let file = speech.texts.first().and_then(|t| t.name.rsplit('/').next()).map(str::to_owned);
        for note in &mut self.notes[noted..] {
            note.statement = Some(number);
            note.file = note.file.take().or_else(|| file.clone());
        }
    }

    /// Adds a statement with a vote in it. The vote comes after it, because a speech is one statement.
    fn add_vote(
        &mut self,
        direction: String,
        read: &mut ReadSpeech,
        number: u32,
        speaker: Speaker,
        spoken: Option<Language>,
    ) {
        let before = read.paragraphs[..read.after_vote].join("\n");
        let after = read.paragraphs[read.after_vote..].join("\n");
        let paragraphs = std::mem::take(&mut read.paragraphs);
        self.add_statement(number, speaker, spoken, paragraphs);
        self.items.push(Item::Direction(Direction { page: None, text: direction }));
        if let Some((_, vote)) = read.vote.take() {
            self.vote_words.push(VoteWords { before, after });
            self.items.push(Item::Vote(vote));
        }
    }

    fn add_statement(
        &mut self,
        number: u32,
        speaker: Speaker,
        spoken: Option<Language>,
        paragraphs: Vec<String>,
    ) {
        let paragraphs =
            paragraphs.into_iter().map(|text| Paragraph { text, ..Paragraph::default() }).collect();
        self.items.push(Item::Statement(Statement {
            number,
            page: None,
            speaker,
            spoken,
            on_behalf_of: Vec::new(),
            paragraphs,
        }));
    }

    /// Who speaks: by the form of address, completed by the table.
    fn find_speaker(
        &mut self,
        speech: &Speech,
        read: &mut ReadSpeech,
    ) -> (Speaker, Option<Language>) {
        let none = SpeechRow::default();
        let row = speech.row.as_ref().unwrap_or(&none);
        let (mut speaker, chair, spoken) = match read.address.take() {
            Some(address) => (address.speaker, address.chair, address.spoken),
            None => (Speaker::default(), false, None),
        };
        // In a letter the President speaks as such only in the first text, later on for the State.
        let letter = self.document.symbol.series() == Series::Letter && !self.items.is_empty();
        let presides = chair || (row.presides() && speaker.printed.is_empty() && !letter);
        let named = row.speaker.as_deref().filter(|name| is_name(name));
        let spoken = spoken.or_else(|| swallowed_language(&mut speaker));
        if speaker.printed.is_empty() {
            self.tally.guess("speakers");
            let what = "the speaker, from speaker.tsv: the text has no form of address".to_owned();
            self.notes.push(ImportNote::new(NoteKind::Guessed, what));
            let unnamed = if presides { "The President" } else { "Speaker not named" };
            let name = named.or(row.country.as_deref()).unwrap_or(unnamed);
            speaker.printed = name.to_owned();
            speaker.name = name.to_owned();
        }
        if let Some(name) = named.filter(|_| chair) {
            speaker.name = name.to_owned();
        }
        fill_in_place(&mut speaker, row);
        self.mend_name(&mut speaker);
        speaker.as_ = self.speaks_as(&speaker, presides);
        if named.is_some() && (presides || row.presides() && letter) {
            self.note_president(&speaker);
        }
        (speaker, spoken)
    }

    /// Repairs a damaged name as other records spell it.
    fn mend_name(&mut self, speaker: &mut Speaker) {
        let known = self.names.zip(speaker.state.as_deref());
        let Some(name) = known.and_then(|(names, state)| names.mend(&speaker.name, state)) else {
            return;
        };
        self.tally.repair("names", 1);
        let what = format!("the name {:?} is spelled {name:?} in other records", speaker.name);
        self.notes.push(ImportNote::new(NoteKind::Guessed, what));
        speaker.name = name.to_owned();
    }

    fn speaks_as(&self, speaker: &Speaker, presides: bool) -> As {
        let seated = speaker.state.as_deref().is_some_and(|s| self.seated.contains(s));
        match (presides, self.seated.is_empty()) {
            (true, _) => As::President,
            (_, true) => As::Unknown,
            _ if seated && speaker.organization.is_none() => As::Member,
            _ => As::Invited,
        }
    }

    /// Keeps who presided, each once.
    fn note_president(&mut self, speaker: &Speaker) {
        let new = self.presidents.iter().all(|p| p.name != speaker.name);
        if new {
            self.presidents
                .push(President { name: speaker.name.clone(), state: speaker.state.clone() });
        }
    }

    fn take_record(&mut self, hash: String) -> Record {
        let document = self.document;
        let letter = document.symbol.series() == Series::Letter;
        Record {
            format: Record::FORMAT.to_owned(),
            symbol: document.symbol.clone(),
            kind: if letter { Kind::Letter } else { Kind::Verbatim },
            exercise: false,
            language: Language::English,
            status: Status::Unknown,
            corrections: Vec::new(),
            date: document.date,
            opened: None,
            closed: self.closed.take(),
            place: None,
            presidents: std::mem::take(&mut self.presidents),
            members: Vec::new(),
            agenda: document.agenda.clone(),
            topic: document.topic.clone(),
            topic_from: (!document.topic.is_empty()).then(|| "import".to_owned()),
            items: std::mem::take(&mut self.items),
            doubts: Vec::new(),
            source: Source {
                from: "dataverse".to_owned(),
                file: Some(document.basename.clone()),
                sha256: Some(hash),
                quality: Some("ocr".to_owned()),
                ..Source::default()
            },
        }
    }
}

/// Adds from the table what the form of address does not say, or says in damaged letters.
fn fill_in_place(speaker: &mut Speaker, row: &SpeechRow) {
    if speaker.role.is_none() {
        speaker.role.clone_from(&row.role);
    }
    if speaker.state.is_some() {
        return;
    }
    let country = row.country.as_deref().filter(|c| !c.eq_ignore_ascii_case("individual"));
    if let Some(state) = country.and_then(states::lookup) {
        // The bracket then contained a misread State, such as "El] Salvador".
        speaker.state = Some(state.name.to_owned());
        speaker.organization = None;
    } else if speaker.organization.is_none() {
        speaker.organization = country.map(|country| expand_organization(country).to_owned());
    }
}

/// The name of an organization that the data set abbreviates; "UN" is its word for the Secretariat.
fn expand_organization(country: &str) -> &str {
    match country {
        "UN" => "United Nations",
        "EU" => "European Union",
        other => other,
    }
}

/// The language at the end of a bracket that contains a sentence of the text by an error of OCR, as in
/// "(spoke I thank Ms. Vey. in French)". Such a bracket names no organization.
fn swallowed_language(speaker: &mut Speaker) -> Option<Language> {
    let bracket = speaker.organization.take_if(|o| o.starts_with("spoke "))?;
    let (_, language) = bracket.rsplit_once(" in ")?;
    let language = address::marker_language(language)?;
    Language::OFFICIAL.contains(&language).then_some(language)
}

/// Whether the table names a person; it writes "unknown" if it does not know the name.
fn is_name(name: &str) -> bool {
    !is_the_president(name) && !["unknown", "individual"].contains(&name.to_lowercase().as_str())
}

fn is_the_president(name: &str) -> bool {
    ["the president", "president", "the acting president"].contains(&name.to_lowercase().as_str())
}

/// Does what needs the whole record: capacities, groups, votes, doubts.
fn finish_record(record: &mut Record, vote_words: &[VoteWords], notes: &mut Vec<ImportNote>) {
    let date = record.date;
    invitation::mark_invited(&mut record.items, &record.symbol, &record.language);
    capacity::mark_capacities(statements_mut(&mut record.items));
    let marked = record.statements().any(|s| s.spoken.is_some());
    for statement in statements_mut(&mut record.items) {
        if marked && statement.spoken.is_none() {
            statement.spoken = Some(Language::English);
        }
        set_groups(statement, date);
    }
    check::check_record(record, vote_words);
    // The plan has noted the date already.
    let noted = other_day(&record.symbol, date);
    let new = record.all_doubts().into_iter().filter(|doubt| noted.as_ref() != Some(&doubt.text));
    notes.extend(new.map(|doubt| ImportNote::new(NoteKind::Unsettled, doubt.spelled())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_a_row_keeps_its_form() {
        let row = SpeechRow { speaker: Some("Mr. \"Orlan\"".to_owned()), ..SpeechRow::default() };
        assert_eq!(
            row_to_hash(Some(&row)),
            r#"Some(Row { speaker: Some("Mr. \"Orlan\""), country: None, role: None, kind: None })"#
        );
        assert_eq!(row_to_hash(None), "None");
    }
}
