//! The arguments of `spv search` and `spv index`, and the words of their help.

use clap::{Args, ValueEnum};

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
