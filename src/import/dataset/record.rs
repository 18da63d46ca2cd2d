//! One document of the data set into one record.

use sha2::{Digest as _, Sha256};

use super::page_marks::PageMarks;
use super::plan::{Document, Speech};
use super::report::{ImportNote, NoteKind, RepairCounts};
use super::rows::SpeechRow;
use super::speech::{self, ReadSpeech};
use super::spelling::Spellings;
use crate::facts::{meetings, states};
use crate::import::assemble::{self, RecordParts};
use crate::import::body::{Block, BodyBuilder, Opening};
use crate::import::cover::Cover;
use crate::import::cover::identity::other_day;
use crate::import::direction::DirectionKind;
use crate::import::lines::join::JoinedText;
use crate::import::page_headers::PagedText;
use crate::import::words::to_hex;
use crate::import::{address, decode};
use crate::record::symbol::Series;
use crate::record::{Language, President, Record, Source, Speaker};

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
    maker.finish(hash)
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
    builder: BodyBuilder,
    /// The number of statements until now.
    statements: u32,
    presidents: Vec<President>,
    tally: RepairCounts,
    notes: Vec<ImportNote>,
}

impl<'a> RecordBuilder<'a> {
    fn new(document: &'a Document, names: Option<&'a Spellings>) -> Self {
        Self {
            document,
            names,
            builder: BodyBuilder::default(),
            statements: 0,
            presidents: Vec::new(),
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
        if let Some(mended) = decode::mend_mojibake(&mut whole) {
            self.tally.repair("mojibake", usize::try_from(mended.characters).unwrap_or(usize::MAX));
        }
        whole
    }

    /// Adds a statement and the other items in its text. A vote comes after it, because a speech is one
    /// statement.
    fn add_speech(&mut self, speech: &Speech, text: &str, marks: Option<&PageMarks>) {
        let noted = self.notes.len();
        let mut read =
            speech::read_speech(text, speech.row.as_ref(), marks, &mut self.tally, &mut self.notes);
        let opening = self.find_speaker(speech, &mut read);
        self.statements += 1;
        if read.paragraphs.is_empty() {
            self.notes.push(ImportNote::new(
                NoteKind::Differs,
                "the text has no words after the form of address".to_owned(),
            ));
        }
        self.builder.add(Block::Statement(opening, JoinedText::default()));
        for paragraph in read.paragraphs {
            self.builder.add(Block::Words(JoinedText::from_text(paragraph)));
        }
        for doubt in read.doubts {
            self.builder.doubt(doubt);
        }
        let direction = |kind, text| Block::Direction(kind, JoinedText::from_text(text));
        if let Some((text, vote)) = read.vote.filter(|(text, _)| !text.is_empty()) {
            self.builder.add(direction(Some((DirectionKind::Vote, None)), text));
            self.builder.add_vote_within(vote, read.after_vote);
        }
        for line in read.heading {
            self.builder.add(direction(None, line));
        }
        if let Some((text, time)) = read.closing {
            self.builder.add(direction(Some((DirectionKind::Closing, time)), text));
        }
        let file = speech.texts.first().and_then(|t| t.name.rsplit('/').next()).map(str::to_owned);
        for note in &mut self.notes[noted..] {
            note.statement = Some(self.statements);
            note.file = note.file.take().or_else(|| file.clone());
        }
    }

    /// Who speaks: by the form of address, completed by the table.
    fn find_speaker(&mut self, speech: &Speech, read: &mut ReadSpeech) -> Opening {
        let none = SpeechRow::default();
        let row = speech.row.as_ref().unwrap_or(&none);
        let (mut speaker, chair, spoken) = match read.address.take() {
            Some(address) => (address.speaker, address.chair, address.spoken),
            None => (Speaker::default(), false, None),
        };
        // In a letter the President speaks as such only in the first text, later on for the State.
        let letter = self.document.symbol.series() == Series::Letter && self.statements > 0;
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
        if named.is_some() && (presides || row.presides() && letter) {
            self.note_president(&speaker);
        }
        Opening { speaker, spoken, chair: presides, len: 0 }
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

    /// Keeps who presided, each once.
    fn note_president(&mut self, speaker: &Speaker) {
        let new = self.presidents.iter().all(|p| p.name != speaker.name);
        if new {
            self.presidents
                .push(President { name: speaker.name.clone(), state: speaker.state.clone() });
        }
    }

    /// Puts the record together.
    fn finish(self, hash: String) -> BuiltRecord {
        let Self { document, builder, presidents, tally, mut notes, .. } = self;
        let source = Source {
            from: "dataverse".to_owned(),
            file: Some(document.basename.clone()),
            sha256: Some(hash),
            quality: Some("ocr".to_owned()),
            repairs: tally.repaired.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect(),
            ..Source::default()
        };
        let made = assemble::assemble_record(RecordParts {
            symbol: document.symbol.clone(),
            date: document.date,
            language: Language::English,
            cover: Cover { presidents, agenda: document.agenda.clone(), ..Cover::default() },
            pages: PagedText::default(),
            body: builder.finish(),
            source,
            topic: Some(document.topic.clone()).filter(|topic| !topic.is_empty()),
        });
        // The plan has noted the date already.
        let noted = other_day(&document.symbol, document.date);
        let doubts = made.record.all_doubts();
        let new = doubts.iter().filter(|doubt| noted.as_ref() != Some(&doubt.text));
        notes.extend(new.map(|doubt| ImportNote::new(NoteKind::Unsettled, doubt.spelled())));
        for note in &mut notes {
            note.symbol.get_or_insert_with(|| document.symbol.to_string());
        }
        BuiltRecord { record: made.record, tally, notes }
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
