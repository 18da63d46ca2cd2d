//! The JSON tables in `data/facts`; errors name file and line.

use std::error::Error;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Former {
    pub name: String,
    #[serde(default)]
    pub from: String,
    pub until: String,
    #[serde(default)]
    pub sort: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    pub name: String,
    pub formal: String,
    pub iso3: String,
    pub status: String,
    /// The day a former State ended; it is a fact for people, and no row of the blob has it.
    #[serde(default, rename = "ended")]
    _ended: String,
    pub former: Vec<Former>,
    pub aliases: Vec<String>,
    pub fr: Vec<String>,
    pub es: Vec<String>,
    pub ru: Vec<String>,
    pub zh: Vec<String>,
    pub ar: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    pub symbol: String,
    pub date: String,
    pub private: bool,
    pub press: String,
    pub topic: String,
    pub outcomes: Vec<String>,
    pub outcome_text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    pub reference: String,
    pub date: String,
    pub outcome: String,
    pub kind: String,
    pub meeting: String,
    /// The vote was cast in writing; `letter` has the result, if it is known.
    #[serde(default)]
    pub written: bool,
    #[serde(default)]
    pub letter: String,
    pub title: String,
    #[serde(default)]
    pub draft: String,
    #[serde(default)]
    pub sponsors: Vec<String>,
    pub yes: Option<u8>,
    pub no: Option<u8>,
    pub abstain: Option<u8>,
    pub not_voting: Option<u8>,
    pub in_favour: Vec<String>,
    pub against: Vec<String>,
    pub abstaining: Vec<String>,
    pub absent: Vec<String>,
    pub unknown: Vec<String>,
    #[serde(default)]
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    pub year: u32,
    pub state: String,
    pub called: String,
    pub permanent: bool,
    pub group: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
}

#[derive(Deserialize)]
pub struct President {
    pub month: String,
    pub state: String,
}

/// Reads one table; an error names the file and the line.
pub fn read<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let path = folder.join(name);
    println!("cargo::rerun-if-changed={}", path.display());
    let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_slice(&bytes).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// A day, `2014-05-22`, as a number that sorts, `20140522`.
pub fn day(date: &str) -> Result<u32, Box<dyn Error>> {
    let digits: String = date.split('-').collect();
    match digits.parse() {
        Ok(day) if date.len() == 10 && digits.len() == 8 => Ok(day),
        _ => Err(format!("{date:?} is not a date: expected 2014-05-22").into()),
    }
}

/// The number and resumption of `S/PV.8668 (Resumption 1)`.
pub fn symbol(text: &str) -> Result<(u32, u8), Box<dyn Error>> {
    let fault =
        || format!("{text:?} is not the symbol of a meeting: expected S/PV.8668 (Resumption 1)");
    let rest = text.strip_prefix("S/PV.").ok_or_else(fault)?;
    let (number, resumption) = match rest.split_once(" (Resumption ") {
        Some((number, tail)) => (number, tail.strip_suffix(')').ok_or_else(fault)?),
        None => (rest, "0"),
    };
    Ok((number.parse().map_err(|_| fault())?, resumption.parse().map_err(|_| fault())?))
}
