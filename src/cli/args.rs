//! The arguments of the program, and the words of its help.
//!
//! Only shapes and sentences are here. What a command answers is in the file of its name.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use super::desk_args::{CiteArgs, ExportArgs, LastArgs, NotesArgs, RefsArgs};
pub use super::pack_args::PackArgs;
use super::years::Years;
use crate::record::Language;

/// What every command understands.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The folder of the records, else SPV_LIBRARY names it
    #[arg(long, value_name = "DIR", global = true, help_heading = "Everywhere")]
    pub library: Option<PathBuf>,
    /// Use the exercise debates inside the program
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub exercise: bool,
    /// Prefer editions in ar, zh, en, fr, ru or es
    #[arg(long, value_name = "LANG", global = true, value_parser = language, help_heading = "Everywhere")]
    pub lang: Option<Language>,
    /// Open the reader where it was left
    #[arg(long, help_heading = "Reader")]
    pub resume: bool,
    /// Keep no history of where you were
    #[arg(long, help_heading = "Reader")]
    pub private: bool,
    /// Draw sparingly: one pane, a mark instead of a bar (SPV_SLOW=1)
    #[arg(long, global = true, help_heading = "On a slow line")]
    pub slow: bool,
    /// Send no faster than the line, in bits a second (SPV_LINE_RATE); draws sparingly too
    #[arg(long, value_name = "BITS", global = true, value_parser = line_rate, help_heading = "On a slow line")]
    pub line_rate: Option<u32>,
    /// Print line below line and move no cursor: for screen readers and logs (SPV_LINEAR=1)
    #[arg(long, global = true, help_heading = "On a slow line")]
    pub linear: bool,
}

impl Options {
    /// Whether every byte is to be spared.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        self.slow || self.line_rate.is_some()
    }

    /// These options, with what the environment says where none of them does.
    ///
    /// # Errors
    /// When `SPV_LINE_RATE` is no rate.
    pub fn or(mut self, variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let on = |name| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
        self.slow |= on("SPV_SLOW");
        self.linear |= on("SPV_LINEAR");
        if let (None, true) = (self.line_rate, on("SPV_LINE_RATE")) {
            let value = variable("SPV_LINE_RATE").unwrap_or_default();
            let rate = line_rate(&value).map_err(|e| format!("SPV_LINE_RATE={value}: {e}"))?;
            self.line_rate = Some(rate);
        }
        Ok(self)
    }

    /// These options, with what `later` gives put over them.
    #[must_use]
    pub fn with(self, later: Self) -> Self {
        Self {
            library: later.library.or(self.library),
            exercise: later.exercise || self.exercise,
            lang: later.lang.or(self.lang),
            resume: later.resume || self.resume,
            private: later.private || self.private,
            slow: later.slow || self.slow,
            line_rate: later.line_rate.or(self.line_rate),
            linear: later.linear || self.linear,
        }
    }
}

const ABOUT: &str = "Read the verbatim records of the UN Security Council in a terminal";

const EXAMPLES: &str = "\
Examples:
  spv                     open the reader at the meetings
  spv 8668                open S/PV.8668
  spv \"8628 p2\"           open S/PV.8628 at page 2
  spv umarov kazakhstan   open Find on these words
  spv show 8668 | less    the same record as plain text

When its output is no terminal, spv prints instead of opening the reader.
Exit codes: 0 found or done, 1 nothing found, 2 wrong use or bad input,
3 could not (network, disk, lock, permission).";

/// The whole command line.
#[derive(Parser, Debug)]
#[command(
    name = "spv",
    version,
    about = ABOUT,
    after_help = EXAMPLES,
    override_usage = "spv [OPTIONS] [SYMBOL | \"SYMBOL pN\" | WORDS...]\n       spv [OPTIONS] COMMAND ...",
    max_term_width = 80,
    disable_help_subcommand = true,
    subcommand_help_heading = "Commands"
)]
pub struct Cli {
    /// What every command understands.
    #[command(flatten)]
    pub options: Options,
    /// What to do; without one, the reader opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The words after `spv` when the first of them is no command.
#[derive(Parser, Debug)]
#[command(name = "spv", max_term_width = 80, override_usage = "spv [OPTIONS] WORDS...")]
pub struct Bare {
    /// What every command understands.
    #[command(flatten)]
    pub options: Options,
    /// A symbol, a symbol and a page, or words to find
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// List the records, newest first
    List(ListArgs),
    /// Print a record, one statement or one page
    Show(ShowArgs),
    /// Search the words of every statement
    Search(SearchArgs),
    /// Find records, speakers, States, items and votes by name
    Find(FindArgs),
    /// Print votes, member by member
    Votes(VotesArgs),
    /// Print who sat in the Council on a day, and who presided
    Council(CouncilArgs),
    /// Print what a record cites, or what cites it
    Refs(RefsArgs),
    /// Print what a State, organization or group said last
    Last(LastArgs),
    /// Print the citation of a statement
    Cite(CiteArgs),
    /// Print your notes
    Notes(NotesArgs),
    /// Write statements as text, Markdown, CSV or JSON, with where they come from
    Export(ExportArgs),
    /// Bring texts, PDFs, record files and packs into the library
    Import(ImportArgs),
    /// Write records into one file, a pack, that spv import takes in elsewhere
    Pack(PackArgs),
    /// Make the index for search, or bring it up to date
    Index(IndexArgs),
    /// Say whether record files are sound
    Check(CheckArgs),
    /// Say what is in the library and where it came from
    Info(InfoArgs),
    /// Print the keys of the reader
    Keys,
    /// Print the completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, for man -l
    Man(ManArgs),
    /// A symbol, or words to find.
    #[command(external_subcommand)]
    Words(Vec<OsString>),
}

/// `spv list`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv list --year 2014..2019 --state Kazakhstan
  spv list --topic \"peacebuilding\" --json
  spv list --all --year 1946

Columns: symbol, date, statements, outcome, topic. A meeting whose text is not
here has - for its statements.
--json: symbol language date topic statements outcome text exercise")]
pub struct ListArgs {
    /// Only this year, or these years: 2019, 2014..2019, 2014.., ..1950
    #[arg(long, value_name = "YEAR")]
    pub year: Option<Years>,
    /// Only records in which this State speaks, by any of its names
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// Only where the topic or the agenda holds these words
    #[arg(long, value_name = "TOPIC")]
    pub topic: Option<String>,
    /// Also the known meetings whose text is not here
    #[arg(long)]
    pub all: bool,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `spv show`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv show 8668r1
  spv show S/PV.9642 --statement 3
  spv show 8628 --page 2 --format md
  spv show 9642 --lang fr --format json

As json: the record file; of a statement or a page its items, one a line.
A meeting that is known but not here: its date, item, outcome and votes, and
exit code 1.")]
pub struct ShowArgs {
    /// The record: 8668, S/PV.8668 (Resumption 1), S/2020/254
    #[arg(value_name = "SYMBOL", required = true)]
    pub symbol: Vec<String>,
    /// Only the statement with this number
    #[arg(long, value_name = "N", conflicts_with = "page")]
    pub statement: Option<u32>,
    /// Only the printed page with this number
    #[arg(long, value_name = "P")]
    pub page: Option<u32>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
}

/// How a record is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain text, at most 72 columns
    #[default]
    Text,
    /// Markdown
    Md,
    /// The record file
    Json,
}

/// `spv find`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv find umarov kazakhstan
  spv find --limit 5 \"19 november 2019\"
  spv find 8628 p2

Each word matches by itself, in any order; case and accents do not matter.
--json: kind name symbol score")]
pub struct FindArgs {
    /// What to find
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
    /// At most so many lines
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `spv search`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv search '\"sexual violence in conflict\" state:Kazakhstan'
  spv search 'ceasefire near/5 humanitarian -truce year:2014..2019' --json
  spv search reconcil* --by year
  spv search 'topic:haiti police OR prison' --kwic --sort right

Words are all required, anywhere in the statement. \"A phrase\" and near/5 hold
inside a paragraph. OR binds closer than the space, -word forbids (behind -- or
in quotation marks of the shell, where it stands first), word* is a
beginning. Fields: state: speaker: org: topic: symbol: year: date: lang: spoken:
as: rule: capacity: group: behalf: vote: cites:
--json: symbol language statement paragraph page speaker state organization
date snippet score")]
pub struct SearchArgs {
    /// What to search for
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    /// At most so many lines; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// The best first, or the latest
    #[arg(long, value_name = "ORDER", value_enum, default_value_t)]
    pub order: SearchOrder,
    /// One JSON object a line
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Comma-separated values, with a line of names first
    #[arg(long)]
    pub csv: bool,
    /// Count statements instead of listing them
    #[arg(long, value_name = "WHAT", value_enum, conflicts_with = "kwic")]
    pub by: Option<SearchBy>,
    /// With --by state: a joint statement counts for each member it names
    #[arg(long, requires = "by")]
    pub members: bool,
    /// Every occurrence on a line of its own, with the words around it
    #[arg(long)]
    pub kwic: bool,
    /// How the lines of --kwic are ordered
    #[arg(long, value_name = "HOW", value_enum, default_value_t, requires = "kwic")]
    pub sort: KwicSort,
}

/// How hits are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SearchOrder {
    /// The best first
    #[default]
    Relevance,
    /// The latest first
    Date,
}

/// What statements are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchBy {
    /// Years, beside what the library has in each
    Year,
    /// The State spoken for
    State,
    /// The speaker
    Speaker,
    /// The record
    Record,
}

/// How the lines of a concordance are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum KwicSort {
    /// The latest first
    #[default]
    Date,
    /// By the words before, from the nearest on
    Left,
    /// By the words behind
    Right,
    /// By the name of the speaker
    Speaker,
}

/// `spv index`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv index
  spv index --private

Only records that are new or changed are read. It can be stopped and deleted at
any time: the index is made from the records and stands in .spv/index of the
library.")]
pub struct IndexArgs {
    /// Make it in your own cache, for a library you may not write
    #[arg(long)]
    pub private: bool,
}

/// `spv votes`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv votes S/2014/348
  spv votes 2254
  spv votes S/PV.7180
  spv votes state:China vote:against year:2010..2014
  spv votes outcome:vetoed golan

A symbol or a reference alone gives its votes; words must all stand in the
title. Fields: state: vote: (favour, against, abstaining, absent) year:
outcome: (adopted, vetoed, failed). A single vote is printed member by member.
--json: the vote's fields of the record file, and symbol date title reference")]
pub struct VotesArgs {
    /// What to look for
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `spv council`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv council
  spv council 2019-11-19
  spv council 19 November 2019

From the cover page of a record of that day where one is here, otherwise from
the table of members and rule 18, and then marked as computed.
--json: date state called permanent group president next computed")]
pub struct CouncilArgs {
    /// The day; today where none is given
    #[arg(value_name = "DATE")]
    pub date: Vec<String>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `spv import`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv import S_PV.8701_E.pdf
  spv import S_PV.9642.en.txt
  spv import --symbol 8668r1 --date 2019-11-19 statement.txt
  pbpaste | spv import - --symbol 8668
  spv import ~/records 2019.tar

Reads official PDFs (.pdf), plain text (.txt), record files (.json) and packs
(.tar, see spv pack); in a folder, all of them. A folder with speeches.tar,
speaker.tsv and meta.tsv is the debates data set. A pack adds what is not here.
The symbol and the date come from the text, the file name or the options, and
are never invented. A file that cannot be read does not stop the others.")]
pub struct ImportArgs {
    /// Files and folders; - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// The symbol, where the text does not say
    #[arg(long, value_name = "SYMBOL")]
    pub symbol: Option<String>,
    /// The date of the meeting, as 2019-11-19
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
    /// Put it in the place of a record that is here with other words
    #[arg(long)]
    pub replace: bool,
    /// Leave the texts of the debates data set as they are, faults and all
    #[arg(long)]
    pub no_repair: bool,
}

/// `spv check`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv check
  spv check ~/records S_PV.9642.en.json 2019.tar

One line for each fault, with the file and the place in it. Exit code 2 where
there is any.")]
pub struct CheckArgs {
    /// Record files, packs and folders; the library where none is given
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// `spv info`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv info
  spv info 8668r1")]
pub struct InfoArgs {
    /// A record: where its text came from
    #[arg(value_name = "SYMBOL")]
    pub symbol: Vec<String>,
}

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

fn language(word: &str) -> Result<Language, String> {
    match Language::from_word(word) {
        Language::Other(_) => Err("no official language; try en, fr, es, ar, ru or zh".to_owned()),
        language => Ok(language),
    }
}

/// A rate in bits a second; slower than 110 no line was ever used.
fn line_rate(word: &str) -> Result<u32, String> {
    match word.trim().parse() {
        Ok(rate @ 110..) => Ok(rate),
        _ => Err("no rate in bits a second; try 9600 or 64000".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_environment_speaks_where_no_option_does() {
        let of = |options: Options, set: &[(&str, &str)]| {
            let set: std::collections::HashMap<String, String> =
                set.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
            options.or(|name| set.get(name).cloned())
        };
        let none = Options::default;
        assert_eq!(of(none(), &[]), Ok(none()));
        assert_eq!(of(none(), &[("SPV_SLOW", "0"), ("SPV_LINEAR", "")]), Ok(none()));
        assert!(of(none(), &[("SPV_SLOW", "1")]).unwrap().is_slow());
        assert!(of(none(), &[("SPV_LINEAR", "1")]).unwrap().linear);
        let rate = |options, value| of(options, &[("SPV_LINE_RATE", value)]);
        assert_eq!(rate(none(), "9600").unwrap().line_rate, Some(9600));
        assert!(rate(none(), "9600").unwrap().is_slow());
        assert_eq!(rate(none(), "0").unwrap().line_rate, None);
        let given = Options { line_rate: Some(64_000), ..none() };
        assert_eq!(rate(given, "9600").unwrap().line_rate, Some(64_000));
        assert!(rate(none(), "fast").unwrap_err().starts_with("SPV_LINE_RATE=fast: "));
    }

    #[test]
    fn clap_finds_no_fault_in_the_arguments() {
        Cli::command().debug_assert();
        Bare::command().debug_assert();
    }
}
