//! The rows of `speaker.tsv` and `meta.tsv`, about speeches and documents.

use std::collections::HashMap;
use std::io::BufRead;

use jiff::civil::Date;

use super::name;
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

/// The indexes of the columns of `speaker.tsv`.
struct SpeakerColumns {
    file: usize,
    speaker: Option<usize>,
    country: Option<usize>,
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
    /// If it is not such a table, has no column of file names or no row, or is cut off.
    pub fn read_speakers(&mut self, input: impl BufRead) -> Result<(), TableError> {
        let mut table = Table::open(input)?;
        let columns = SpeakerColumns {
            file: table.required(&["filename", "file_name", "file"])?,
            speaker: table.column(&["speaker"]),
            country: table.column(&["country_org", "country"]),
            role: table.column(&["role", "role_in_un"]),
            kind: table.column(&["participanttype", "participant_type"]),
            topic: table.column(&["topic", "topics", "agenda_item_manual"]),
            symbol: table.column(&["document_symbol", "meeting_symbol"]),
            agenda: ["agenda_item1", "agenda_item2", "agenda_item3", "agenda_item4"]
                .iter()
                .map(|name| table.column(&[name]))
                .collect(),
            days: DateColumns::of(&table),
        };
        let mut rows = 0_u64;
        while let Some(row) = table.next_row()? {
            rows += 1;
            self.read_speaker_row(&columns, &row, rows);
        }
        self.finish_table("speaker.tsv", rows, &table)
    }

    fn read_speaker_row(&mut self, columns: &SpeakerColumns, row: &Fields, number: u64) {
        let Some(name) = row.get(Some(columns.file)).and_then(name::parse_name) else {
            self.notes.push(format!("speaker.tsv: row {number} names no speech and was left out"));
            return;
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
            speaker: own(columns.speaker),
            country: own(columns.country),
            role: own(columns.role),
            kind: own(columns.kind),
        };
        self.speeches.entry(name.basename).or_default().entry(name.number).or_insert(speech);
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
            about.date = days.read(&row).or(about.date);
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
