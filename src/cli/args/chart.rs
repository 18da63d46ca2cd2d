//! The arguments of `spv chart`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::TableArgs;

/// `spv chart`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv chart ceasefire truce
  spv chart 'ceasefire state:France' 'ceasefire state:China' --rate
  spv chart '\"climate change\"' --by state --limit 10
  spv chart ceasefire --rate --svg ceasefire.svg
  spv chart state:France --by topic --csv > france.csv

Each argument is one query; put one of several words in quotation marks. Counted
are statements, each once. Verbatim records and letters are never added, and the
chair's procedural turns are left out. A rate is for 100,000 words of those among
which the query looks; below 10,000 words there is none. Under the years: how
much of each is in the library, ? where it is not known how much there is.
--by state and --by topic draw a bar for each; --table has the years as columns,
and --csv and --json a row for each of them and year.
--csv, --json: query state topic period year month statements words
per_100000_words words_of records_here records_known kind procedural exercise
until program facts library")]
pub struct ChartArgs {
    /// The queries, as of spv search
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    /// What statements are counted by
    #[arg(long, value_name = "WHAT", value_enum, default_value_t)]
    pub by: ChartBy,
    /// Statements per 100,000 words instead of statements
    #[arg(long)]
    pub rate: bool,
    /// Count in letters of videoconferences instead of verbatim records
    #[arg(long)]
    pub letters: bool,
    /// Count the procedural turns of the chair too
    #[arg(long)]
    pub procedural: bool,
    /// Draw bars instead of lines
    #[arg(long, conflicts_with = "table")]
    pub bars: bool,
    /// Draw with ASCII characters only
    #[arg(long)]
    pub ascii: bool,
    /// Print a table instead of drawing
    #[arg(long, conflicts_with_all = ["json", "csv"])]
    pub table: bool,
    /// Write an SVG picture to this new file; - is standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["table", "json", "csv"])]
    pub svg: Option<PathBuf>,
    /// As text or for programs.
    #[command(flatten)]
    pub rows: TableArgs,
    /// Only the N States or topics with the most statements; 0 prints all [default: 20, with --csv and --json all]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

/// What a chart counts by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ChartBy {
    /// The year
    #[default]
    Year,
    /// The month
    Month,
    /// The State spoken for
    State,
    /// The agenda item
    Topic,
}
