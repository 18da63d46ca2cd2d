//! `spv get facts` from a rehearsed server: what is kept, what is shown of it, and what is refused.

use super::command::{Kit, fails};
use super::dataset::ran;
use super::server::{Asked, Reply, Server};
use spv::facts::meetings;
use spv::record::Symbol;

/// A page of meetings as the library renders it.
fn page(rows: &[[&str; 5]]) -> String {
    let rows: String = rows
        .iter()
        .map(|cells| cells.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>())
        .map(|cells| format!("<tr>{cells}</tr>"))
        .collect();
    format!("<!DOCTYPE html><html><body><table>{rows}</table></body></html>")
}

/// Two invented meetings of 2023, one with a resolution, and a vote that is known otherwise.
const ROWS: [[&str; 5]; 3] = [
    ["S/PV.9100 (Resumption 7)", "3 January 2023", "SC/1", "An invented item", ""],
    ["S/PV.9241 (closed)", "5 January 2023", "None issued", "Another invented item", ""],
    ["S/PV.9243", "12 January 2023", "SC/2", "The rule of law", "S/RES/2672 (2023) 14-1-0"],
];

/// The UN's own table: a resolution that nobody else knows.
const DECISIONS: &str = r#"{"symbol":"S/RES/2999 (2023)","adoption_date":"12 January 2023","adoption_type":"Adopted unanimously, 9243rd meeting","agenda_item_name":"An invented item","draft_resolution":"S/2023/9999","outcome_letter":"S/PV.9243","MS_in_favour_count":"15","MS_in_favour":["ALBANIA","BRAZIL","CHINA","ECUADOR","FRANCE","GABON","GHANA","JAPAN","MALTA","MOZAMBIQUE","RUSSIAN FEDERATION","SWITZERLAND","UNITED ARAB EMIRATES","UNITED KINGDOM","UNITED STATES"],"MS_against":[],"MS_abstaining":[],"sponsors":["JAPAN"]}"#;

/// The page with [`ROWS`] and every other meeting of the year: known ones as they are, and invented ones for the
/// numbers between them, each on the day of the known one before it. Also how many rows it has.
fn whole_page() -> (String, usize) {
    let known: Vec<_> = meetings::all().filter(|known| known.date.year() == 2023).collect();
    let number = |symbol: &str| symbol.parse::<Symbol>().unwrap().number();
    let (first, last) = (number(known[0].symbol), number(known[known.len() - 1].symbol));
    let mut day = String::new();
    let mut rows: Vec<[String; 5]> = vec![ROWS[0].map(str::to_owned)];
    for number in first..=last {
        let symbol = format!("S/PV.{number}");
        let own = known.iter().find(|known| known.symbol == symbol);
        if let Some(known) = own {
            day = known.date.strftime("%-d %B %Y").to_string();
        }
        let topic = own.map_or("An invented item", |known| known.topic);
        let given = ROWS.iter().find(|row| row[0].split(" (").next() == Some(symbol.as_str()));
        let [name, _, press, topic, outcome] =
            given.copied().unwrap_or([symbol.as_str(), "", "", topic, ""]);
        rows.push([name, day.as_str(), press, topic, outcome].map(str::to_owned));
    }
    let cells: Vec<[&str; 5]> = rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
    (page(&cells), rows.len())
}

fn answer(asked: &Asked, table: &str) -> Reply {
    match asked.path.as_str() {
        "/dev/render_meeting/scmeetings_2023/EN" => {
            Reply::new(200, table).field("Content-Type", "text/html; charset=utf-8")
        }
        "/UNxml/SCresolutions/HEAD/data_extract/2023.json" => Reply::new(200, DECISIONS),
        _ => Reply::new(404, "nothing here"),
    }
}

fn service(table: String) -> Server {
    Server::new(move |asked, _| answer(asked, &table))
}

fn get(kit: &Kit) -> super::dataset::Ran {
    kit.spv(&["get", "facts", "--year", "2023"])
}

#[test]
fn fetched_meetings_and_votes_are_known_to_every_command() {
    let (page, rows) = whole_page();
    let kit = Kit::new(service(page));
    let got = get(&kit);
    assert_eq!((got.code, got.err.as_str()), (Some(0), ""), "{got:?}");
    assert!(got.out.contains(&format!("{rows} records of meetings")), "{got:?}");
    assert!(got.out.contains("known to 2023-12-31"), "{got:?}");
    assert!(kit.at("library/facts/2023.json").is_file());
    let list = ran(kit.bare(&["list", "--all", "--json"]));
    for symbol in ["S/PV.9241", "S/PV.9100 (Resumption 7)"] {
        assert!(list.out.contains(&format!("{symbol:?}")), "{symbol}");
    }
    let vote = ran(kit.bare(&["votes", "S/2023/9999", "--json"]));
    assert!(vote.out.contains("S/RES/2999 (2023)"), "{vote:?}");
    let found = ran(kit.bare(&["find", "Another invented item"]));
    assert!(found.out.contains("S/PV.9241"), "{found:?}");
    let info = ran(kit.bare(&["info"]));
    assert!(info.out.contains("facts of 2023"), "{info:?}");
}

#[test]
fn a_table_that_is_only_a_part_of_the_year_says_so_and_covers_nothing() {
    let kit = Kit::new(service(page(&ROWS)));
    let got = get(&kit);
    assert_eq!(got.code, Some(0), "{got:?}");
    assert!(got.err.contains("the table lacks "), "{got:?}");
    assert!(
        got.out.contains("3 records of meetings") && got.out.contains("not complete"),
        "{got:?}"
    );
    let info = ran(kit.bare(&["info"]));
    assert!(!info.out.contains("December 2023"), "{info:?}");
}

#[test]
fn a_fetched_row_does_not_replace_one_inside() {
    let kit = Kit::new(service(page(&ROWS)));
    let got = get(&kit);
    // Resolution 2672 was adopted by 15 votes.
    assert!(got.out.contains("S/RES/2672 (2023): fetched 14-1-0, inside 15-0-0"), "{got:?}");
    let vote = ran(kit.bare(&["votes", "2672"]));
    assert!(vote.out.contains("15 in favour"), "{vote:?}");
    let info = ran(kit.bare(&["info"]));
    assert!(info.out.contains("fetched 14-1-0, inside 15-0-0; the row inside is used"), "{info:?}");
}

#[test]
fn what_is_no_table_of_the_year_changes_nothing() {
    let whole = page(&ROWS);
    let half = whole.trim_end_matches("</table></body></html>").to_owned();
    let cases = [
        ("<html><body>Service unavailable</body></html>".to_owned(), "not a table of the meetings"),
        (half, "cut off"),
        (whole.replace(" 2023<", " 2022<"), "another year than 2023"),
        (whole.replace("<td>SC", &format!("{}<td>SC", "<td>x</td>".repeat(2_000))), "cells, not 5"),
        (whole.replace("January", "Smarch"), "is not a day"),
    ];
    for (table, why) in cases {
        let kit = Kit::new(service(table));
        let got = get(&kit);
        fails(&got, 3, why);
        assert!(got.err.contains("nothing was changed"), "{got:?}");
        assert!(!kit.at("library/facts").exists());
    }
}

#[test]
fn a_redirect_to_another_host_is_refused() {
    let kit = Kit::new(Server::new(|_, _| Reply::to("https://example.org/table")));
    fails(&get(&kit), 3, "not an allowed host");
    assert!(!kit.at("library/facts").exists());
}

#[test]
fn a_row_of_control_characters_is_shown_without_them() {
    let table = page(&ROWS).replace("Another invented", "Ano\u{1b}]0;ther\u{7} invented");
    let kit = Kit::new(service(table));
    assert_eq!(get(&kit).code, Some(0));
    let list = ran(kit.bare(&["list", "--all"]));
    assert!(!list.out.contains(['\u{1b}', '\u{7}']));
}

#[test]
fn a_pack_carries_the_facts() {
    let kit = Kit::new(service(page(&ROWS)));
    assert_eq!(get(&kit).code, Some(0));
    let record = r#"{"format":"spv/1","symbol":"S/PV.99998","kind":"verbatim","language":"en",
        "date":"2024-05-31","topic":"Invented","agenda":["Invented"],
        "presidents":[{"name":"Ms. Invented","state":"Norway"}],"items":[]}"#;
    let file = kit.at("S_PV.99998.en.json");
    std::fs::write(&file, record).unwrap();
    let imported = ran(kit.bare(&["import", "--no-index", file.to_str().unwrap()]));
    assert_eq!(imported.code, Some(0), "{imported:?}");
    let pack = kit.at("all.tar");
    let packed = ran(kit.bare(&["pack", "-o", pack.to_str().unwrap()]));
    assert_eq!(packed.code, Some(0), "{packed:?}");
    let other = Kit::new(service(String::new()));
    let taken = ran(other.bare(&["import", "--no-index", pack.to_str().unwrap()]));
    assert_eq!(taken.code, Some(0), "{taken:?}");
    let same = |kit: &Kit| std::fs::read(kit.at("library/facts/2023.json")).unwrap();
    assert!(same(&kit) == same(&other));
}

#[test]
fn a_file_of_facts_that_is_damaged_is_named_and_the_rest_is_shown() {
    let kit = Kit::new(service(page(&ROWS)));
    assert_eq!(get(&kit).code, Some(0));
    std::fs::write(kit.at("library/facts/2024.json"), "{\"format\":").unwrap();
    let check = ran(kit.bare(&["check"]));
    assert_eq!(check.code, Some(2), "{check:?}");
    assert!(check.out.contains("facts/2024.json: not a file of facts"), "{check:?}");
    let list = ran(kit.bare(&["list", "--all", "--json"]));
    assert!(list.out.contains("\"S/PV.9241\""));
}
