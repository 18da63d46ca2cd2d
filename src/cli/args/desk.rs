//! The arguments of the commands that quote and export, and of those about the program itself.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::app::cite;
use crate::cli::filter::Years;

/// `spv cite`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv cite 8668r1 --statement 4
  spv cite S/PV.9642 --statement 3 --page 5 --style bibtex

Without --style the form of records, S/PV.8699, p. 12 (English); with one,
also whether the text is provisional. A correction, an exercise and a page that
is not known are always named.")]
pub struct CiteArgs {
    /// The record
    #[arg(value_name = "SYMBOL", required = true)]
    pub symbol: Vec<String>,
    /// The statement with this number
    #[arg(long, value_name = "N", required = true)]
    pub statement: u32,
    /// Only this printed page of it
    #[arg(long, value_name = "P")]
    pub page: Option<u32>,
    /// un, bibtex or ris
    #[arg(long, value_name = "STYLE", value_enum)]
    pub style: Option<Style>,
}

/// A style of citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Style {
    /// As UN documents cite records
    Un,
    /// BibTeX
    Bibtex,
    /// RIS, for reference managers
    Ris,
}

impl From<Style> for cite::Style {
    fn from(style: Style) -> Self {
        match style {
            Style::Un => Self::Un,
            Style::Bibtex => Self::Bibtex,
            Style::Ris => Self::Ris,
        }
    }
}

/// `spv export`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv export 8668r1 --statement 4 --format md
  spv export 9642 --format csv --output 9642.csv
  spv export --state Kazakhstan --topic peacebuilding --year 2019 --format json

Every form says where it comes from: the library, what was asked, the day, and
of each record its edition and source. --csv and --json have a row for each
statement. A file that is there is never overwritten.")]
pub struct ExportArgs {
    /// The record; without one, the statements that --state names
    #[arg(value_name = "SYMBOL", required_unless_present = "state")]
    pub symbol: Vec<String>,
    /// Only the statement with this number
    #[arg(long, value_name = "N", requires = "symbol")]
    pub statement: Option<u32>,
    /// The statements of this State, organization or group
    #[arg(long, value_name = "STATE", conflicts_with = "symbol")]
    pub state: Option<String>,
    /// Only on a topic, or else an agenda item, that holds these words
    #[arg(long, value_name = "TOPIC", requires = "state")]
    pub topic: Option<String>,
    /// Only in this year, or these years
    #[arg(long, value_name = "YEAR", requires = "state")]
    pub year: Option<Years>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Form,
    /// With --format csv: a byte order mark first, so that Excel reads accents
    #[arg(long)]
    pub excel: bool,
    /// Into this new file; - and without it to standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How an export is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Plain text
    #[default]
    Text,
    /// Markdown
    Md,
    /// Comma-separated values, a row for each statement
    Csv,
    /// One JSON object a line for each statement
    Json,
}

impl Form {
    /// The form that the ending of a file name asks for; text for any other.
    #[must_use]
    pub fn of_file(file: &std::path::Path) -> Self {
        match file.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("md" | "markdown") => Self::Md,
            Some("csv") => Self::Csv,
            Some("json" | "jsonl") => Self::Json,
            _ => Self::Text,
        }
    }
}

/// `spv notes`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv notes
  spv notes --tag water --md > water.md
  spv notes --remove 3

In the order of their making: number, day, citation and tags, then the words
noted and the note. Notes are kept in $XDG_STATE_HOME/spv/notes.json, yours
alone and in no library.
--json: the fields of that file. --csv: number date symbol language statement
speaker quotation citation note tags")]
pub struct NotesArgs {
    /// Only notes with this tag
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,
    /// One JSON object a line
    #[arg(long, group = "form")]
    pub json: bool,
    /// Comma-separated values
    #[arg(long, group = "form")]
    pub csv: bool,
    /// With --csv: a byte order mark first, so that Excel reads accents
    #[arg(long, requires = "csv")]
    pub excel: bool,
    /// Markdown
    #[arg(long, group = "form")]
    pub md: bool,
    /// Remove the note with this number
    #[arg(long, value_name = "N", conflicts_with_all = ["tag", "form"])]
    pub remove: Option<u32>,
}

/// `spv settings`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv settings
  spv --slow settings

The file is $XDG_CONFIG_HOME/spv/settings, by default ~/.config/spv/settings. It
need not be there. A line is key = value, and # begins a comment:
  # over the satellite
  slow = yes
  line_rate = 9600
An option wins over the environment (SPV_SLOW, SPV_LINE_RATE, SPV_LINEAR), and
that over the file.")]
pub struct SettingsArgs {}

/// `spv completions`
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  spv completions bash > ~/.local/share/bash-completion/completions/spv
  spv completions fish > ~/.config/fish/completions/spv.fish")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: clap_complete::Shell,
}

/// `spv man`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv man > ~/.local/share/man/man1/spv.1
  spv man votes | man -l -")]
pub struct ManArgs {
    /// The page of this command instead of the whole program
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}
