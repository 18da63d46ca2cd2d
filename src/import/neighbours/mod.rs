//! Documents that are beside the records of the Council in people's folders and are none of them: records of
//! other organs, resolutions, letters, agendas, press releases.
//!
//! A document is known by its own symbol, which is on a line of its own near the top (or beside the name of
//! the organ), by its title where it has no symbol, and by the name of its file. A symbol within a sentence or
//! in brackets is cited and says nothing. The official communiqué of a closed meeting and the letters of the
//! videoconferences of 2020 and 2021 are read, and so are none of these.

mod symbols;
mod tables;

use super::words::{first_bytes, fold_text};
use symbols::{has_council_record, organ, own_symbol, symbol_of_file};
use tables::{COUNCIL, COVER, KINDS, LONGEST, OPENED, RELEASES, TITLE, TITLES};

/// The number of lines at the start of a document that are looked at.
pub const LINES: usize = 60;
/// The bytes of a line that are looked at; a damaged file may be one line.
const LINE: usize = 600;
/// The lines in which the title of a communiqué is.
const FIRST: usize = 8;

/// Says in one line what a document is and what there is to do, if it is no verbatim record of the Council.
///
/// `lines` are the first lines of the document, of which 60 are looked at; `file_name` is the name of its
/// file, if it has one.
#[must_use]
pub fn name_neighbour<'a>(lines: &[&'a str], file_name: Option<&str>) -> Option<String> {
    let cut = |line: &&'a str| first_bytes(strip_markup(line), LINE);
    let lines: Vec<&str> = lines.iter().take(LINES).map(cut).collect();
    let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let front = Front::read(&lines);
    if let Some(symbol) = own_symbol(&lines) {
        return front.judge_symbol(&symbol);
    }
    if front.record {
        return None;
    }
    let titled = front.judge_titles();
    titled.or_else(|| front.judge_symbol(&symbol_of_file(file_name?)?))
}

/// What the first lines show beside the symbol.
struct Front<'a> {
    lines: &'a [&'a str],
    /// The first lines, folded.
    folded: Vec<String>,
    /// The symbol of a record of the Council, or the opening of its meeting.
    record: bool,
    /// The number of first lines that are before any form of address.
    titles: usize,
    /// A line starts with a form of address.
    spoken: bool,
    /// The name of the Council is among the titles.
    council: bool,
}

impl<'a> Front<'a> {
    fn read(lines: &'a [&'a str]) -> Self {
        let folded: Vec<String> = lines.iter().take(TITLE).map(|line| fold_text(line)).collect();
        let council = folded.iter().any(|line| {
            COUNCIL.iter().any(|name| line.contains(name))
                && !line.contains("peace and security council")
        });
        let numbered = lines.iter().any(|line| has_council_record(line));
        let opened = lines.iter().any(|line| {
            line.len() < LONGEST && OPENED.iter().any(|words| fold_text(line).contains(words))
        });
        let spoken = lines.iter().position(|line| {
            super::address::parse_address(line).is_some_and(|address| !address.bare)
        });
        let titles = spoken.unwrap_or(folded.len()).min(folded.len());
        let (record, spoken) = (numbered || opened && council, spoken.is_some());
        Self { lines, folded, record, titles, spoken, council }
    }

    /// Judges a document by its symbol.
    fn judge_symbol(&self, symbol: &str) -> Option<String> {
        let upper = symbol.to_ascii_uppercase();
        let is = |words: &str| Some(format!("this is {symbol}, {words}"));
        let ends = |series: &str| upper.split('/').any(|part| part.starts_with(series));
        if let Some(number) = upper.strip_prefix("S/PV.") {
            return number.contains("/CORR").then(|| {
                format!("this is {symbol}, a corrigendum, a list of changes to a record; import the record itself")
            });
        }
        if RELEASES.iter().any(|series| upper.starts_with(series)) {
            return is(
                "a press release; spv reads verbatim records of the Security Council, which are named S/PV.N",
            );
        }
        if ends("SR.") {
            return is(&format!(
                "a summary record of {}; spv reads verbatim records of the Security Council, which are named S/PV.N",
                organ(symbol)
            ));
        }
        let Some(series) = upper.strip_prefix("S/") else {
            let organ = organ(symbol);
            return Some(format!(
                "this is {symbol} of {organ}; spv reads the Security Council, whose records are named S/PV.N"
            ));
        };
        let meeting = || match self.meeting() {
            Some(number) => format!("import the record of that meeting, S/PV.{number}"),
            None => "import the record of that meeting, which is named S/PV.N".to_owned(),
        };
        if series.starts_with("RES/") {
            return is(&format!(
                "a resolution, adopted at a meeting of the Council; {}",
                meeting()
            ));
        }
        if series.starts_with("PRST/") {
            return is(&format!(
                "a statement by the President, made at a meeting of the Council; {}",
                meeting()
            ));
        }
        if let Some(number) = series.strip_prefix("AGENDA/") {
            let number: String = number.chars().take_while(char::is_ascii_digit).collect();
            return is(&format!(
                "the agenda of a meeting; import the record of that meeting, S/PV.{number}"
            ));
        }
        if series.starts_with("INF/") {
            return is("a list or an index; spv reads verbatim records, which are named S/PV.N");
        }
        if !series.starts_with(|c: char| c.is_ascii_digit()) {
            return is(
                "a document of a body of the Council; spv reads verbatim records, which are named S/PV.N",
            );
        }
        self.judge_letter(symbol)
    }

    /// Judges a document of the series of letters, reports and drafts. The letters of videoconferences are
    /// read, and whatever has a form of address.
    fn judge_letter(&self, symbol: &str) -> Option<String> {
        let year = symbol.split('/').nth(1).unwrap_or("");
        let conference = ["2020", "2021"].contains(&year)
            && self.folded.iter().any(|line| {
                [
                    "videoconference",
                    "video teleconference",
                    "video-teleconference",
                    "visioconference",
                    "videoconferencia",
                    "видеоконференц",
                    "视频会议",
                ]
                .iter()
                .any(|word| line.contains(word))
                    || line.contains("president of the security council addressed")
                    || line.contains("from the president of the security council")
            });
        if conference || self.spoken || self.record {
            return None;
        }
        // The first title decides: a report may speak of a draft.
        let kind = self.titles().iter().find_map(|line| {
            KINDS.iter().find(|(_, words)| words.iter().any(|word| line.contains(word)))
        });
        let kind = kind.map_or("a letter, report or draft", |found| found.0);
        Some(format!(
            "this is {symbol}, {kind}; spv reads verbatim records, which are named S/PV.N"
        ))
    }

    /// Judges a document without a symbol by its titles.
    fn judge_titles(&self) -> Option<String> {
        if self.council {
            return self.judge_council_titles();
        }
        let organ = TITLES.iter().find(|(_, names)| self.has_title(names));
        // A second sign that this is the front of a document.
        if let Some((organ, _)) = organ.filter(|_| self.any(&COVER)) {
            return Some(format!(
                "this is a document of {organ}; spv reads the Security Council, whose records are named S/PV.N"
            ));
        }
        let titles = self.lines.iter().zip(self.titles()).take(FIRST);
        let title = titles.into_iter().find(|(line, folded)| {
            line.starts_with(|c: char| !c.is_lowercase()) && is_communique(folded)
        });
        title.map(|(line, _)| {
            let title: String = line.chars().take(60).collect();
            format!(
                "this is a communiqué ({title:?}) and no record of the Security Council; spv reads its verbatim records, which are named S/PV.N"
            )
        })
    }

    /// Judges a document of the Council without a symbol.
    fn judge_council_titles(&self) -> Option<String> {
        if self.spoken {
            return None;
        }
        let title = |words: &[&str]| {
            self.folded.iter().any(|line| words.iter().any(|word| line.starts_with(word)))
        };
        let kind = if title(&[
            "security council press statement",
            "press release",
            "press statement",
            "communique de presse",
            "comunicado de prensa",
        ]) {
            "a press release"
        } else if title(&[
            "provisional agenda for the",
            "ordre du jour provisoire de la",
            "orden del dia provisional de la",
        ]) {
            "the agenda of a meeting"
        } else if title(&["statement by the president of the security council"]) {
            "a statement by the President"
        } else if self.folded.iter().any(|line| is_resolution_title(line)) {
            "a resolution"
        } else {
            return None;
        };
        Some(format!(
            "this is {kind} of the Security Council and no verbatim record; import the record of the meeting, which is named S/PV.N"
        ))
    }

    /// The first lines before any form of address.
    fn titles(&self) -> &[String] {
        &self.folded[..self.titles]
    }

    /// Whether one of these words is in one of the first lines before any form of address.
    fn any(&self, words: &[&str]) -> bool {
        self.titles().iter().any(|line| words.iter().any(|word| line.contains(word)))
    }

    /// Whether a line, or two lines one after the other, is one of these names.
    fn has_title(&self, names: &[&str]) -> bool {
        let bare = |line: &str| line.trim_start_matches("united nations").trim().to_owned();
        let lines: Vec<String> = self.titles().iter().map(|line| bare(line)).collect();
        names.iter().any(|name| {
            let parted = |pair: &[String]| match name.split_once(' ') {
                Some((first, second)) => pair[0] == first && pair[1] == second,
                None => false,
            };
            lines.iter().any(|line| line == name) || lines.windows(2).any(parted)
        })
    }

    /// The number of the meeting at which a document was adopted: "at its 10046th meeting".
    fn meeting(&self) -> Option<u32> {
        let text = self.lines.join(" ");
        let words: Vec<&str> = text.split_whitespace().collect();
        words.windows(2).find_map(|pair| {
            const MEETING: [&str; 8] = [
                "meeting",
                "meeting,",
                "séance,",
                "séance",
                "sesión,",
                "sesión",
                "заседании",
                "заседании,",
            ];
            if !MEETING.contains(&pair[1]) {
                return None;
            }
            let digits: String = pair[0].chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok().filter(|number| *number > 0)
        })
    }
}

/// Whether a folded line is the title of a resolution: "resolution 2803 (2025)".
fn is_resolution_title(line: &str) -> bool {
    let rest = ["resolution ", "resolucion ", "резолюция "]
        .iter()
        .find_map(|word| line.strip_prefix(word));
    let mut words = rest.unwrap_or("").split(' ');
    let number = words
        .next()
        .is_some_and(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()));
    let year = words.next().is_some_and(|word| word.starts_with('(') && word.ends_with(')'));
    number && year && words.next().is_none()
}

/// Whether a folded line is the title of a communiqué.
fn is_communique(line: &str) -> bool {
    let line = ["joint ", "final "].iter().find_map(|word| line.strip_prefix(word)).unwrap_or(line);
    ["communique", "коммюнике", "comunicado", "联合公报", "公报", "البيان الختامي"].iter().any(
        |word| {
            line.strip_prefix(word)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic() && c.is_ascii()))
        },
    )
}

/// A line without the marks of Markdown, HTML and quoted mail around it.
fn strip_markup(line: &str) -> &str {
    let mark = |c: char| {
        c.is_whitespace() || matches!(c, '#' | '*' | '_' | '>' | '|' | '\u{feff}' | '\u{c}')
    };
    line.trim_matches(mark)
}

#[cfg(test)]
mod tests;
