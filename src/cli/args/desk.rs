//! The arguments of the commands that quote and export, and of those about the program itself.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::rows::TableArgs;
use crate::app::cite;
use crate::cli::filter::Years;

/// `spv cite`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv cite 8668r1 --statement 4
  spv cite S/PV.9642 --statement 3 --page 5 --style bibtex

Without --style the form is S/PV.8699, p. 12 (English); a style also says
whether the text is provisional. Corrections, exercises and unknown pages are
always named.")]
pub struct CiteArgs {
    /// The record
    #[arg(value_name = "SYMBOL", required = true)]
    pub symbol: Vec<String>,
    /// The number of the statement
    #[arg(long, value_name = "N", required = true)]
    pub statement: u32,
    /// Only this printed page of it
    #[arg(long, value_name = "P")]
    pub page: Option<u32>,
    /// The style of the citation
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

Every format names its origin: the library, the query, the day, and the edition
and source of each record. csv and json have a row for each statement. An
existing file is never overwritten.")]
pub struct ExportArgs {
    /// The record; without one, the statements of --state
    #[arg(value_name = "SYMBOL", required_unless_present = "state")]
    pub symbol: Vec<String>,
    /// Only the statement with this number
    #[arg(long, value_name = "N", requires = "symbol")]
    pub statement: Option<u32>,
    /// The statements of this State, organization or group
    #[arg(long, value_name = "STATE", conflicts_with = "symbol")]
    pub state: Option<String>,
    /// Only on a topic, or else an agenda item, that contains these words
    #[arg(long, value_name = "TOPIC", requires = "state")]
    pub topic: Option<String>,
    /// Only in this year, or these years
    #[arg(long, value_name = "YEAR", requires = "state")]
    pub year: Option<Years>,
    /// The output format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Form,
    /// With --format csv: start with a byte order mark, so that Excel reads accents
    #[arg(long)]
    pub excel: bool,
    /// Write to this new file; - is standard output [default: -]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// The output format of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Plain text
    #[default]
    Text,
    /// Markdown
    Md,
    /// Comma-separated values, a row for each statement
    Csv,
    /// One JSON object per line for each statement
    Json,
}

impl Form {
    /// The same for a table.
    pub fn table(self) -> TableArgs {
        let (json, csv) = (self == Self::Json, self == Self::Csv);
        TableArgs { json, csv, excel: false }
    }

    /// The format for a file name, by its extension; text for any other.
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

Oldest first: number, day and note, then the quotation, its speaker and its
citation. Notes are kept in $XDG_STATE_HOME/spv/notes.json, outside any library
and readable by you alone.
--json: the fields of that file. --csv: number date symbol language statement
speaker quotation citation note tags")]
pub struct NotesArgs {
    /// Only notes with this tag
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,
    /// As text or for programs.
    #[command(flatten)]
    pub table: TableArgs,
    /// Print Markdown
    #[arg(long, conflicts_with_all = ["json", "csv"])]
    pub md: bool,
    /// Remove the note with this number
    #[arg(long, value_name = "N", conflicts_with_all = ["tag", "json", "csv", "md"])]
    pub remove: Option<u32>,
}

/// `spv queries`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv search 'grain near/5 port*' --save grain
  spv queries
  spv queries --rename grain \"grain and ports\"
  spv search --saved grain --new

For each: name, statements it finds now, how many of them are new since it was
looked at, and the query. New is a statement whose words it had not found then:
in a record that came later, or in a corrected one. A record that is imported
again, or a new index, makes nothing new. Kept queries are in
$XDG_STATE_HOME/spv/queries.json, outside any library and readable by you alone.
--json, --csv: name query statements new kept looked library trouble")]
pub struct QueriesArgs {
    /// As text or for programs.
    #[command(flatten)]
    pub table: TableArgs,
    /// Remove the query with this name
    #[arg(long, value_name = "NAME", conflicts_with_all = ["json", "csv", "rename"])]
    pub remove: Option<String>,
    /// Give a query another name
    #[arg(long, value_names = ["NAME", "NEW"], num_args = 2, conflicts_with_all = ["json", "csv"])]
    pub rename: Vec<String>,
}

/// `spv desk`
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  spv desk export desk.json
  spv desk import desk.json

The file has your kept queries with what they found, notes, marks and reading
positions, as JSON with \"format\": \"spv-desk/1\". An existing file is never
overwritten; - is standard output or input. An import only adds: what is here
stays, a name that is taken gets a number, and a letter that is taken keeps its
mark.")]
pub struct DeskArgs {
    /// What to do
    #[command(subcommand)]
    pub action: DeskAction,
}

/// What `spv desk` does.
#[derive(Subcommand, Debug)]
pub enum DeskAction {
    /// Write your kept queries, notes, marks and reading positions to a file
    Export {
        /// The new file; - is standard output
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Add what such a file has to yours
    Import {
        /// The file; - is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// `spv settings`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv settings
  spv --slow settings

The file is $XDG_CONFIG_HOME/spv/settings, by default ~/.config/spv/settings,
and is optional. Each line is key = value; # starts a comment:
  # over the satellite
  slow = yes
  line_rate = 9600
Options override the environment (SPV_SLOW, SPV_LINE_RATE, SPV_LINEAR), which
overrides the file.")]
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
    /// Print the page of this command instead of the whole program
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}
