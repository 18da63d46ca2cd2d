//! The votes since 2000 against the UN's own XML, where the table made of it is at hand.
//!
//! A plain reading of the table, by itself: what still differs is named here with its reason.

use std::collections::{BTreeMap, BTreeSet};

use std::path::PathBuf;

use spv::facts::states;
use spv::facts::votes::{self, Ballot, Vote};

/// The XML names other members than the row, or not as many as it counts.
const MEMBERS: [(&str, &str); 5] = [
    ("S/RES/1287 (2000)", "has Jamaica abstaining; its text has it absent"),
    ("S/RES/2756 (2024)", "names 14 members, without Algeria, which did not vote"),
    ("S/RES/2812 (2026)", "names 15 members in favour and counts 13-0-2"),
    ("S/2023/638", "has China in favour and abstaining"),
    ("S/2025/353", "names nobody"),
];

/// The XML names nobody.
const NOBODY: [&str; 10] = [
    "S/RES/1326 (2000)",
    "S/RES/1358 (2001)",
    "S/RES/1361 (2001)",
    "S/RES/1414 (2002)",
    "S/RES/1426 (2002)",
    "S/RES/1571 (2004)",
    "S/RES/1691 (2006)",
    "S/RES/1715 (2006)",
    "S/RES/1733 (2006)",
    "S/RES/1999 (2011)",
];

/// The rows of comma-separated values; a value in quotation marks may have commas and line breaks.
fn rows(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut quoted) = (vec![vec![String::new()]], false);
    let mut chars = table.chars().peekable();
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        let cell = row.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.push(chars.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' => {}
            c => cell.push(c),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows
}

/// The members of a list, by their names today; two misspellings are read as what they mean.
fn members(list: &str) -> BTreeSet<&'static str> {
    let list = list.replace("CHILEs", "CHILE").replace("CÔTE.; D'IVOIRE", "CÔTE D'IVOIRE");
    list.split("; ")
        .filter(|name| !name.is_empty())
        .map(|name| states::lookup(name).unwrap_or_else(|| panic!("{name:?}")).name)
        .collect()
}

fn voted(vote: &Vote, ballot: Ballot) -> BTreeSet<&'static str> {
    vote.casts().iter().filter(|cast| cast.ballot == ballot).map(|cast| cast.state).collect()
}

/// The vote of a row: by its symbol, or by the number in the name of its file.
fn vote_of(symbol: &str) -> Option<Vote> {
    let number = ["S_RES-", "SC_"].iter().find_map(|prefix| symbol.strip_prefix(prefix));
    let number = number.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect());
    let number = number.or_else(|| {
        symbol.strip_suffix(" (0001)").map(|s| s.trim_start_matches("S/RES/").to_owned())
    });
    votes::by_reference(number.as_deref().unwrap_or(symbol))
}

#[test]
fn members_and_days_are_those_of_the_xml_or_are_named_with_the_reason() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let shared = std::env::var_os("SPV_SHARED").map_or(default.into(), PathBuf::from);
    let path = shared.join("facts/decisions-2000-2026.csv");
    if !path.exists() {
        println!("SKIPPED: no table at {} (set SPV_SHARED)", path.display());
        return;
    }
    let table = std::fs::read_to_string(path).unwrap();
    let mut rows = rows(&table).into_iter();
    let heads = rows.next().unwrap();
    let (mut compared, mut differing, mut nobody) = (0, BTreeSet::new(), BTreeSet::new());
    for cells in rows {
        let row: BTreeMap<&str, String> = heads.iter().map(String::as_str).zip(cells).collect();
        if row["kind"] == "prst" || row["symbol"].starts_with("S_PRST") {
            continue;
        }
        let vote = vote_of(&row["symbol"]).unwrap_or_else(|| panic!("{}", row["symbol"]));
        compared += 1;
        if !row["date"].starts_with("0001") {
            assert_eq!(vote.date.to_string(), row["date"], "{}", vote.reference);
        }
        if vote.reference.starts_with("S/RES/") {
            assert_eq!(vote.draft, row["draft"], "{}", vote.reference);
        }
        let lists = ["in_favour", "against", "abstaining"].map(|field| members(&row[field]));
        if vote.reference.starts_with("S/RES/") && lists.iter().all(BTreeSet::is_empty) {
            nobody.insert(vote.reference);
            continue;
        }
        let ballots = [Ballot::InFavour, Ballot::Against, Ballot::Abstaining];
        if lists != ballots.map(|ballot| voted(&vote, ballot))
            || vote.reference == "S/RES/2756 (2024)"
        {
            differing.insert(vote.reference);
        }
    }
    assert!(compared > 1_550, "{compared}");
    assert_eq!(differing, MEMBERS.into_iter().map(|(reference, _)| reference).collect());
    assert_eq!(nobody, NOBODY.into_iter().chain(["S/RES/2034 (2012)"]).collect());
}
