//! How a table is printed.

use clap::Args;

/// How a table is printed: as text, or with all its rows for programs.
#[derive(Args, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableArgs {
    /// Print one JSON object per line
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print comma-separated values with a header line
    #[arg(long)]
    pub csv: bool,
    /// With --csv: start with a byte order mark, so that Excel reads accents
    #[arg(long, requires = "csv")]
    pub excel: bool,
}

impl TableArgs {
    /// Whether it is text for people.
    pub fn is_text(self) -> bool {
        !self.json && !self.csv
    }
}
