//! The arguments of the commands that read and look up.

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::cli::filter::{FilterArgs, Years};

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
    /// Which records.
    #[command(flatten)]
    pub only: FilterArgs,
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

/// `spv search`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv search '\"sexual violence in conflict\" state:Kazakhstan'
  spv search 'ceasefire near/5 humanitarian -truce year:2014..2019' --json
  spv search reconcil* --by year
  spv search 'topic:haiti police OR prison' --kwic --sort right

Words are all required, anywhere in the statement. \"A phrase\" and near/5 hold
inside a paragraph. OR (or |) binds closer than the space, -word or NOT word
forbids (behind -- or in quotation marks of the shell, where it stands first),
AND and && are as good as the space, word* is a beginning. Fields: state: speaker: org: topic: symbol: year: date: lang: spoken:
as: rule: capacity: group: behalf: vote: cites:
--json: symbol language statement paragraph page speaker state organization
date snippet score")]
pub struct SearchArgs {
    /// What to search for
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    /// Print at most N results; 0 prints all, as --json and --csv do; text without it 20
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// The best first, or the latest
    #[arg(long, value_name = "ORDER", value_enum, default_value_t)]
    pub order: SearchOrder,
    /// One JSON object a line
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Comma-separated values, with a line of names first
    #[arg(long)]
    pub csv: bool,
    /// With --csv: a byte order mark first, so that Excel reads accents
    #[arg(long, requires = "csv")]
    pub excel: bool,
    /// Count statements instead of listing them
    #[arg(long, value_name = "WHAT", value_enum, conflicts_with = "kwic")]
    pub by: Option<SearchBy>,
    /// With --by state: a joint statement counts for its speaker and for each member it names
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
    /// Print at most N results; 0 prints all, as --json does; text without it 20
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `spv last`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv last Kazakhstan
  spv last Kazakhstan --topic peacebuilding --before 2019-12-01
  spv last A3 --year 2020 --topic \"west africa\" --all --json

Newest first: date, record, statement, page, length in words, first line. With
--topic: where no topic has the words, those whose agenda item has them, and
that is said. A group's statements are the joint ones, made on its behalf.
--json: symbol language date topic statement page speaker state organization
        words first exercise on")]
pub struct LastArgs {
    /// A State, an organization, or a group such as A3
    #[arg(value_name = "STATE", required = true)]
    pub state: Vec<String>,
    /// Only on a topic that holds these words, else on an agenda item that does
    #[arg(long, value_name = "TOPIC")]
    pub topic: Option<String>,
    /// Only before this day
    #[arg(long, value_name = "DATE")]
    pub before: Option<Date>,
    /// Only in this year, or these years
    #[arg(long, value_name = "YEAR")]
    pub year: Option<Years>,
    /// Print at most N statements; 0 prints all, as --json does; text without it 10
    #[arg(long, value_name = "N", conflicts_with = "all")]
    pub limit: Option<usize>,
    /// All of them
    #[arg(long)]
    pub all: bool,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
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

/// `spv refs`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv refs 8668r1
  spv refs --back S/PV.8628
  spv refs --back \"resolution 2254 (2015)\" --json

--json: symbol statement paragraph page cites cites_page printed")]
pub struct RefsArgs {
    /// The record; with --back, any document or resolution
    #[arg(value_name = "SYMBOL", required = true)]
    pub symbol: Vec<String>,
    /// What cites it, among the records in the library
    #[arg(long)]
    pub back: bool,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}
