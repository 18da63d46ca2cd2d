//! The arguments of the commands that read and look up.

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::rows::TableArgs;
use crate::cli::filter::{FilterArgs, Years};

/// `spv list`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv list --year 2014..2019 --state Kazakhstan
  spv list --topic \"peacebuilding\" --json
  spv list --all --year 1946

Columns: symbol, date, statements, outcome, topic. A meeting whose text is
not in the library has - for its statements.
--json, --csv: symbol language date topic statements outcome doubts text exercise
kind item")]
pub struct ListArgs {
    /// Which records to take.
    #[command(flatten)]
    pub only: FilterArgs,
    /// Also list known meetings whose text is not in the library
    #[arg(long)]
    pub all: bool,
    /// Only records about which something is doubtful; spv info SYMBOL says what
    #[arg(long, conflicts_with = "all")]
    pub doubtful: bool,
    /// As text or for programs.
    #[command(flatten)]
    pub table: TableArgs,
}

/// `spv show`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv show 8668r1
  spv show S/PV.9642 --statement 3
  spv show 8628 --page 2 --format md
  spv show 9642 --lang fr --format json

As json: the record file, or the items of the statement or page, one per line.
Of a known meeting whose text is not in the library: its date, item, outcome and
votes, with exit code 1.")]
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
    /// The output format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
}

/// The output format of a record.
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
  spv search ceasefire --kwic --collocates --span 4
  spv search 'grain near/5 port*' --save grain
  spv search --saved grain --new

A statement must contain all words. \"A phrase\" and near/5 match within a
paragraph. OR (or |) binds tighter than the space, AND and && mean the same as
the space, -word or NOT word excludes (if it comes first, put it after -- or in
quotation marks), word* matches a prefix. What other programs write (title:x,
a w/5 b, before:2019) is obeyed or named on standard error.
Fields: state: speaker: org: topic: symbol: year: date: lang: spoken: as: rule:
capacity: group: behalf: vote: cites: forms:
Files are looked at by the times of their folders, and each that is printed;
after editing a record by hand run spv index.
--json, --csv: symbol language statement paragraph page speaker state
organization date snippet score topic item printed role as capacity spoken words
source; with --kwic left word right instead of snippet score
--collocates: word observed expected frequency likelihood span window corpus;
docs/similar-and-collocates.md has the formula")]
pub struct SearchArgs {
    /// Words, phrases and fields
    #[arg(value_name = "QUERY", required_unless_present = "saved")]
    pub query: Vec<String>,
    /// Print at most N results; 0 prints all [default: 20, with --json and --csv all]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Sort by relevance or by date
    #[arg(long, value_name = "ORDER", value_enum, default_value_t)]
    pub order: SearchOrder,
    /// As text or for programs.
    #[command(flatten)]
    pub table: TableArgs,
    /// Count statements instead of listing them
    #[arg(long, value_name = "WHAT", value_enum, conflicts_with = "kwic")]
    pub by: Option<SearchBy>,
    /// With --by state: count a joint statement for its speaker and each member it names
    #[arg(long, requires = "by")]
    pub members: bool,
    /// Find all forms of each word: veto, vetoes, vetoed
    #[arg(long)]
    pub forms: bool,
    /// Print each occurrence on its own line, with the words around it
    #[arg(long)]
    pub kwic: bool,
    /// Sort the lines of --kwic
    #[arg(long, value_name = "HOW", value_enum, default_value_t, requires = "kwic")]
    pub sort: KwicSort,
    /// With --kwic: count the words beside the occurrences, by log-likelihood
    #[arg(long, requires = "kwic", conflicts_with = "sort")]
    pub collocates: bool,
    /// With --collocates: count N words on each side [default: 5]
    #[arg(long, value_name = "N", requires = "collocates", value_parser = clap::value_parser!(u32).range(1..=50))]
    pub span: Option<u32>,
    /// Keep the query under a name, and what it finds now as seen
    #[arg(long, value_name = "NAME", conflicts_with = "saved")]
    pub save: Option<String>,
    /// Run the kept query with this name; spv queries lists them
    #[arg(long, value_name = "NAME", conflicts_with = "query")]
    pub saved: Option<String>,
    /// With --saved: print only what is new since it was looked at, and mark it as seen
    #[arg(long, requires = "saved", conflicts_with_all = ["by", "kwic", "limit"])]
    pub new: bool,
    /// With --new: leave it new
    #[arg(long, requires = "new")]
    pub peek: bool,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SearchOrder {
    /// Best match first
    #[default]
    Relevance,
    /// Newest first
    Date,
}

/// What statements are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchBy {
    /// The year, with the totals of the library in each
    Year,
    /// The State spoken for
    State,
    /// The speaker
    Speaker,
    /// The record
    Record,
}

/// The order of the lines of a concordance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum KwicSort {
    /// Newest first
    #[default]
    Date,
    /// By the words before it, nearest first
    Left,
    /// By the words after it
    Right,
    /// By the name of the speaker
    Speaker,
}

/// `spv like`
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  spv like 8668r1 4
  spv like S/PV.9642 3 --paragraph 2
  spv like 9642 3 --json

The 25 heaviest words of the statement are compared with every statement held
in the same edition language; one that has a quarter of them is similar. Those
of others come first, then those of the same State or organization.
--json, --csv: group symbol language statement paragraph page date speaker state
organization spoken shared compared words snippet score")]
pub struct LikeArgs {
    /// The record
    #[arg(value_name = "SYMBOL")]
    pub symbol: String,
    /// The number of the statement
    #[arg(value_name = "STATEMENT")]
    pub statement: u32,
    /// Only its paragraph with this number, from 1
    #[arg(long, value_name = "N")]
    pub paragraph: Option<usize>,
    /// As text or for programs.
    #[command(flatten)]
    pub table: TableArgs,
}

/// `spv find`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv find umarov kazakhstan
  spv find --limit 5 \"19 november 2019\"
  spv find 8628 p2

Each word matches by itself, in any order; case and accents do not matter.
--json, --csv: kind name symbol score")]
pub struct FindArgs {
    /// Words to find
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
    /// Print at most N results; 0 prints all [default: 20, with --json and --csv all]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// As text or for programs.
    #[command(flatten)]
    pub table: TableArgs,
}

/// `spv last`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv last Kazakhstan
  spv last Kazakhstan --topic peacebuilding --before 2019-12-01
  spv last A3 --year 2020 --topic \"west africa\" --all --json

Newest first: date, record, statement, page, length in words, first line. With
--topic, if no topic contains the words, statements whose agenda item does are
printed, with a message. A group's statements are those made on its behalf.
--json, --csv: symbol language date topic statement page speaker state
organization words first exercise on item printed role as capacity spoken source")]
pub struct LastArgs {
    /// A State, an organization, or a group such as A3
    #[arg(value_name = "STATE", required = true)]
    pub state: Vec<String>,
    /// Only on a topic that contains these words, else on an agenda item that does
    #[arg(long, value_name = "TOPIC")]
    pub topic: Option<String>,
    /// Only before this day
    #[arg(long, value_name = "DATE")]
    pub before: Option<Date>,
    /// Only in this year, or these years
    #[arg(long, value_name = "YEAR")]
    pub year: Option<Years>,
    /// Print at most N statements; 0 prints all [default: 10, with --json and --csv all]
    #[arg(long, value_name = "N", conflicts_with = "all")]
    pub limit: Option<usize>,
    /// Print all statements
    #[arg(long)]
    pub all: bool,
    /// As text or for programs.
    #[command(flatten)]
    pub table: TableArgs,
}

/// `spv votes`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv votes S/2014/348
  spv votes 2254
  spv votes S/PV.7180
  spv votes state:China vote:against year:2010..2014
  spv votes outcome:vetoed palestin*

A symbol or a reference alone prints its votes; other words must all occur in
the title. Fields: state: vote: (favour, against, abstaining, absent) year:
outcome: (adopted, without-a-vote, vetoed, failed); adopted holds those adopted
without a vote. A single vote is printed member by member.
--json: the vote's fields of the record file, and symbol date title reference
not_known sponsors in_writing letter. --csv: a row for each vote, the counts as yes
no abstained, the States of each list with semicolons between them")]
pub struct VotesArgs {
    /// A symbol, a reference, or words and fields
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// As text or for programs.
    #[command(flatten)]
    pub table: TableArgs,
}

/// `spv council`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv council
  spv council 2019-11-19
  spv council --date \"30 nov 2026\"

Taken from the cover page of a record of that day if the library has one, else
from the table of members. A President is known from a record, or computed by
rule 18 and marked so.
--json, --csv: date state called permanent group groups until president next
computed presides")]
pub struct CouncilArgs {
    /// The day [default: today]
    #[arg(value_name = "DATE")]
    pub date: Vec<String>,
    /// The day, as an option
    #[arg(long = "date", value_name = "DATE", num_args = 1.., conflicts_with = "date")]
    pub day: Option<Vec<String>>,
    /// As text or for programs.
    #[command(flatten)]
    pub table: TableArgs,
}

/// `spv refs`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv refs 8668r1
  spv refs --back S/PV.8628
  spv refs --back \"resolution 2254 (2015)\" --json

--json, --csv: symbol statement paragraph page cites cites_page printed language
date")]
pub struct RefsArgs {
    /// The record; with --back, any document or resolution
    #[arg(value_name = "SYMBOL", required = true)]
    pub symbol: Vec<String>,
    /// Print what cites it, among the records in the library
    #[arg(long)]
    pub back: bool,
    /// As text or for programs.
    #[command(flatten)]
    pub table: TableArgs,
}
