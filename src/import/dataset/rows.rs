//! The rows of `speaker.tsv` and `meta.tsv`, about speeches and documents.

use std::collections::HashMap;
use std::io::BufRead;

use jiff::civil::Date;

use super::name::{self, SpeechName};
use super::tsv::{Fields, Table, TableError};

/// What `speaker.tsv` says about a speech.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeechRow {
    /// Title and name ("Mr. Umarov").
    pub speaker: Option<String>,
    /// A State or an organization, as the data set calls it.
    pub country: Option<String>,
    /// The office held.
    pub role: Option<String>,
    /// "The President", "Mentioned" or "Guest".
    pub kind: Option<String>,
}

impl SpeechRow {
    /// Whether this speaker presides.
    #[must_use]
    pub fn presides(&self) -> bool {
        self.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("the president"))
    }
}

/// What both tables say about a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentFacts {
    /// The day of the meeting.
    pub date: Option<Date>,
    /// The topic in one line.
    pub topic: Option<String>,
    /// The levels of the agenda item, each once.
    pub agenda: Vec<String>,
    /// The symbol, if a column has one.
    pub symbol: Option<String>,
    /// The number of speeches by `meta.tsv`.
    pub counted: Option<u64>,
}

/// The rows of both tables.
#[derive(Debug, Default)]
pub struct DatasetTables {
    /// By document, then by number of the speech.
    pub speeches: HashMap<String, HashMap<u32, SpeechRow>>,
    /// By document.
    pub documents: HashMap<String, DocumentFacts>,
    /// The number of rows whose lines were joined.
    pub joined: u64,
    /// Warnings about lines that are no row and rows that name no speech.
    pub notes: Vec<String>,
}

/// The names of the columns that versions of the data set give to the same thing, the newest first.
const FILE: [&str; 3] = ["filename", "file", "document"];
const SPEAKER: [&str; 2] = ["speaker", "speaker_name"];
const COUNTRY: [&str; 4] =
    ["country_org", "country", "country_or_organization", "country_organization"];

/// How `speaker.tsv` names a speech.
enum SpeechColumns {
    /// By the name of its text.
    File(usize),
    /// By its document and its number.
    Numbered(usize, usize),
}

impl SpeechColumns {
    fn of<R: BufRead>(table: &Table<R>) -> Result<Self, TableError> {
        let document = table.column(&["basename"]);
        let number = table.column(&["speech", "speech_number"]);
        match (table.column(&FILE), document, number) {
            (None, Some(document), Some(number)) => Ok(Self::Numbered(document, number)),
            _ => table.required(&FILE).map(Self::File),
        }
    }

    fn read(&self, row: &Fields) -> Option<SpeechName> {
        match *self {
            Self::File(file) => {
                let file = row.get(Some(file))?;
                name::parse_name(file).or_else(|| name::parse_name(&format!("{file}.txt")))
            }
            Self::Numbered(document, number) => {
                let number = row.get(Some(number))?.trim_end_matches(".0");
                name::parse_name(&format!("{}_spch{number}.txt", row.get(Some(document))?))
            }
        }
    }
}

/// The indexes of the columns of `speaker.tsv`.
struct SpeakerColumns {
    speech: SpeechColumns,
    speaker: usize,
    country: usize,
    role: Option<usize>,
    kind: Option<usize>,
    topic: Option<usize>,
    symbol: Option<usize>,
    agenda: Vec<Option<usize>>,
    days: DateColumns,
}

/// The indexes of the columns of a date.
struct DateColumns {
    date: Option<usize>,
    parts: [Option<usize>; 3],
}

impl DateColumns {
    fn of<R: BufRead>(table: &Table<R>) -> Self {
        let parts = ["year", "month", "day"].map(|part| table.column(&[part]));
        Self { date: table.column(&["date"]), parts }
    }

    fn read(&self, row: &Fields) -> Option<Date> {
        row.get(self.date).and_then(parse_day).or_else(|| {
            let part = |at: usize| -> Option<i16> {
                row.get(self.parts[at])?.trim_end_matches(".0").parse().ok()
            };
            let short = |n: i16| i8::try_from(n).ok();
            council_day(Date::new(part(0)?, short(part(1)?)?, short(part(2)?)?).ok()?)
        })
    }
}

impl DatasetTables {
    /// Reads `speaker.tsv`.
    ///
    /// # Errors
    /// If it is not such a table, has no column of speeches, speakers or States or no row, is cut off, or
    /// names no speech or no State at all: without it nobody would know who speaks for whom.
    pub fn read_speakers(&mut self, input: impl BufRead) -> Result<(), TableError> {
        let mut table = Table::open(input)?;
        let columns = SpeakerColumns {
            speech: SpeechColumns::of(&table)?,
            speaker: table.required(&SPEAKER)?,
            country: table.required(&COUNTRY)?,
            role: table.column(&["role", "role_in_un"]),
            kind: table.column(&["participanttype"]),
            topic: table.column(&["topic", "topics", "agenda_item_manual"]),
            symbol: table.column(&["document_symbol", "meeting_symbol"]),
            agenda: ["agenda_item1", "agenda_item2", "agenda_item3", "agenda_item4"]
                .iter()
                .map(|name| table.column(&[name]))
                .collect(),
            days: DateColumns::of(&table),
        };
        let (mut rows, mut named, mut placed) = (0_u64, 0_u64, 0_u64);
        while let Some(row) = table.next_row()? {
            rows += 1;
            named += u64::from(self.read_speaker_row(&columns, &row, rows));
            placed += u64::from(row.get(Some(columns.country)).is_some());
        }
        self.finish_table("speaker.tsv", rows, &table)?;
        let refused = |message: String| Err(TableError::Bad { line: 2, message });
        if named == 0 {
            return refused(
                "no row names a speech such as UNSC_2019_SPV.8668_spch0019.txt; this is another table or a damaged one".to_owned(),
            );
        }
        if placed == 0 {
            return refused(format!(
                "the column \"{}\" is empty in every row, so no State is known; use the speaker.tsv published with the texts",
                table.heading(columns.country)
            ));
        }
        if columns.kind.is_none() {
            self.notes.push(
                "speaker.tsv has no column \"participanttype\"; who presides is known by the forms of address only"
                    .to_owned(),
            );
        }
        Ok(())
    }

    /// Reads a row; returns whether it names a speech.
    fn read_speaker_row(&mut self, columns: &SpeakerColumns, row: &Fields, number: u64) -> bool {
        let Some(name) = columns.speech.read(row) else {
            self.notes.push(format!("speaker.tsv: row {number} names no speech and was left out"));
            return false;
        };
        let own = |column| row.get(column).map(str::to_owned);
        let about = self.documents.entry(name.basename.clone()).or_default();
        about.date = about.date.or_else(|| columns.days.read(row));
        about.topic = about.topic.take().or_else(|| own(columns.topic));
        about.symbol = about.symbol.take().or_else(|| own(columns.symbol));
        if about.agenda.is_empty() {
            for level in columns.agenda.iter().filter_map(|column| row.get(*column)) {
                if !about.agenda.iter().any(|there| there == level) {
                    about.agenda.push(level.to_owned());
                }
            }
        }
        let speech = SpeechRow {
            speaker: own(Some(columns.speaker)),
            country: own(Some(columns.country)),
            role: own(columns.role),
            kind: own(columns.kind),
        };
        self.speeches.entry(name.basename).or_default().entry(name.number).or_insert(speech);
        true
    }

    /// Reads `meta.tsv`.
    ///
    /// # Errors
    /// If it is not such a table, has no column of documents or of counts, or is cut off.
    pub fn read_meta(&mut self, input: impl BufRead) -> Result<(), TableError> {
        let mut table = Table::open(input)?;
        let basename = table.required(&["basename"])?;
        let counted = table.required(&["num_speeches", "speeches"])?;
        let topic = table.column(&["topic", "topics"]);
        let days = DateColumns::of(&table);
        let mut rows = 0;
        while let Some(row) = table.next_row()? {
            rows += 1;
            let Some(basename) = row.get(Some(basename)) else {
                self.notes.push(format!("meta.tsv: row {rows} names no document and was left out"));
                continue;
            };
            let about = self.documents.entry(basename.to_owned()).or_default();
            let day = days.read(&row);
            if let (Some(day), Some(other)) = (day, about.date)
                && day != other
            {
                self.notes.push(format!(
                    "{basename}: meta.tsv has the date {day}, and speaker.tsv {other}; used the first"
                ));
            }
            about.date = day.or(about.date);
            about.topic = about.topic.take().or_else(|| row.get(topic).map(str::to_owned));
            about.counted =
                row.get(Some(counted)).and_then(|n| n.trim_end_matches(".0").parse().ok());
        }
        self.finish_table("meta.tsv", rows, &table)
    }

    fn finish_table<R>(
        &mut self,
        name: &str,
        rows: u64,
        table: &Table<R>,
    ) -> Result<(), TableError> {
        self.joined += table.joined;
        for line in &table.broken {
            self.notes.push(format!(
                "{name}: line {line} has too few or too many fields and was left out"
            ));
        }
        if rows == 0 {
            let message = "the table has a heading but no rows; download the file again".to_owned();
            return Err(TableError::Bad { line: 2, message });
        }
        Ok(())
    }
}

/// Parses a date as the layouts write it: `2020-01-08`, `8 January 2020`, `08.01.2020`.
fn parse_day(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.get(..10).filter(|head| head.as_bytes()[4] == b'-').unwrap_or(text);
    let parts: Vec<&str> =
        text.split(['-', '.', '/', ' ', ',']).filter(|p| !p.is_empty()).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let month = month.parse().ok().or_else(|| {
        let head = month.get(..3)?.to_lowercase();
        i8::try_from(MONTHS.iter().position(|m| *m == head)? + 1).ok()
    })?;
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    council_day(Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()?)
}

/// The date, if the Council can have met on it.
fn council_day(date: Date) -> Option<Date> {
    (1946..=2100).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_every_layout() {
        let want = jiff::civil::date(2020, 1, 8);
        for text in
            ["2020-01-08", "8 January 2020", "08.01.2020", "2020-01-08 00:00:00", "8 Jan 2020"]
        {
            assert_eq!(parse_day(text), Some(want), "{text}");
        }
        for text in
            ["", "2020", "2020-13-01", "0020-01-08", "in January 2020", "é-é-é", "1 ééé 2020"]
        {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }

    #[test]
    fn both_tables_in_an_order_of_their_own() {
        let mut tables = DatasetTables::default();
        let speakers = "topic\tcountry\tfilename\tspeaker\tyear\tmonth\tday\tparticipanttype\n\
            An invented topic\tPeru\tUNSC_2019_SPV.8668_spch019.txt\tMr. Orlan\t2019\t11.0\t19\tThe PRESIDENT\n\
            NA\t\tnothing\t\t\t\t\t\n";
        tables.read_speakers(speakers.as_bytes()).unwrap();
        let row = &tables.speeches["UNSC_2019_SPV.8668"][&19];
        assert_eq!(row.speaker.as_deref(), Some("Mr. Orlan"));
        assert!(row.presides());
        let about = &tables.documents["UNSC_2019_SPV.8668"];
        assert_eq!(about.date, Some(jiff::civil::date(2019, 11, 19)));
        assert_eq!(about.topic.as_deref(), Some("An invented topic"));
        assert_eq!(tables.notes.len(), 1);
        let meta = "num_speeches\tbasename\tdate\n3\tUNSC_2019_SPV.8668\t2019-11-20\n";
        tables.read_meta(meta.as_bytes()).unwrap();
        let about = &tables.documents["UNSC_2019_SPV.8668"];
        assert_eq!((about.counted, about.date), (Some(3), Some(jiff::civil::date(2019, 11, 20))));
        assert!(tables.notes[1].contains("meta.tsv has the date 2019-11-20"), "{:?}", tables.notes);
    }

    /// The message with which a table of speakers is refused.
    fn refused(table: &str) -> String {
        DatasetTables::default().read_speakers(table.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_table_of_speakers_without_states_is_refused_with_the_reason() {
        let name = "UNSC_2019_SPV.9998_spch1.txt";
        for (table, why) in [
            (format!("filename\tspeaker\n{name}\tMr. Orlan\n"), "no column \"country_org\""),
            (format!("filename\tcountry\n{name}\tChad\n"), "no column \"speaker\""),
            (
                format!("filename\tspeaker\tCountry\n{name}\tMr. Orlan\tNA\n{name}\tMs. Vey\t\n"),
                "\"Country\" is empty in every row",
            ),
            (
                "filename\tspeaker\tcountry\nwell.txt\tMr. Orlan\tChad\n".to_owned(),
                "no row names a speech",
            ),
        ] {
            assert!(refused(&table).contains(why), "{table}: {}", refused(&table));
        }
    }

    #[test]
    fn other_versions_name_their_columns_otherwise() {
        for table in [
            "Participant Type;File Name;Country.Org;Speaker\nGuest;UNSC_2019_SPV.9998_spch3.txt;Chad;Ms. Vey\n",
            "speech\tbasename\tcountry\tspeaker_name\tparticipant_type\n3\tUNSC_2019_SPV.9998\tChad\tMs. Vey\tGuest\n",
            "\"speaker\",\"country\",\"participanttype\",\"filename\"\n\"Ms. Vey\",\"Chad\",\"Guest\",\"UNSC_2019_SPV.9998_spch3\"\n",
        ] {
            let mut tables = DatasetTables::default();
            tables.read_speakers(table.as_bytes()).unwrap();
            let want = SpeechRow {
                speaker: Some("Ms. Vey".to_owned()),
                country: Some("Chad".to_owned()),
                role: None,
                kind: Some("Guest".to_owned()),
            };
            assert_eq!(tables.speeches["UNSC_2019_SPV.9998"][&3], want, "{table}");
            assert_eq!(tables.notes, Vec::<String>::new());
        }
        let mut tables = DatasetTables::default();
        let table = "filename\tspeaker\tcountry\nUNSC_2019_SPV.9998_spch3.txt\tMs. Vey\tChad\n";
        tables.read_speakers(table.as_bytes()).unwrap();
        assert!(tables.notes[0].contains("participanttype"), "{:?}", tables.notes);
    }

    #[test]
    fn a_table_without_rows_or_columns_is_refused() {
        let mut tables = DatasetTables::default();
        assert!(tables.read_speakers(&b"filename\tdate\n"[..]).is_err());
        assert!(tables.read_speakers(&b"file\n"[..]).is_err());
        assert!(tables.read_speakers(&b"date\tyear\n1\t2\n"[..]).is_err());
        assert!(tables.read_meta(&b"basename\tdate\nx\ty\n"[..]).is_err());
    }
}
