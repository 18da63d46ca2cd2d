//! The search screen against the pipe, and what holds while one types: late answers, lost ones, an index
//! that is not there yet.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use spv::app::action::{Action, Answer, Question};
use spv::app::found::{PAGE, Results, Words};
use spv::screens::Screen;
use spv::screens::search::state::{Focus, Search};

use crate::kit::Play;

/// Queries of every kind that find something in the exercise debates; a space ends the last word.
const QUERIES: &[&str] = &[
    "lake ",
    "peace ",
    "the ",
    "\"small arms\" ",
    "water OR peace ",
    "pea* -water ",
    "lake near/20 metres ",
    "state:Germany ",
    "peace year:2019 ",
    "capacity:national the ",
];

fn search(play: &Play) -> &Search {
    match play.state.screen() {
        Screen::Search(search) => search,
        _ => panic!("{}", play.sight()),
    }
}

/// What the pipe answers, one JSON object a line.
fn pipe(args: &[&str]) -> Vec<serde_json::Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spv"));
    command.arg("search").args(args).args(["--exercise", "--json", "--limit", "0"]);
    let ran = command.env_clear().output().unwrap();
    let text = String::from_utf8(ran.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A statement of the pipe: record, number, paragraph from 1, for whom, words.
type Said = (String, u64, u64, String, String);

fn said(value: &serde_json::Value) -> Said {
    let text = |name: &str| value[name].as_str().unwrap_or("").to_owned();
    let of = if text("state").is_empty() { text("organization") } else { text("state") };
    let number = |name: &str| value[name].as_u64().unwrap();
    (text("symbol"), number("statement"), number("paragraph"), of, text("snippet"))
}

/// The list of the screen, every word of it read.
fn list(play: &mut Play) -> Vec<Said> {
    // Down to the last one and up again, so that all are loaded and every one was in sight.
    for _ in 0..400 {
        play.keys("<PageDown>");
    }
    let found = &search(play).results.found;
    let of = |f: &spv::app::found::Found| match &f.words {
        Words::Here { text, paragraph, of, .. } => (
            f.at.symbol.to_string(),
            u64::from(f.number),
            *paragraph as u64 + 1,
            of.clone().unwrap_or_default(),
            text.clone(),
        ),
        other => panic!("{other:?}"),
    };
    found.iter().map(of).collect()
}

/// Put by record within pages of 50, then 50, 100, 200: plainly.
fn by_record(pipe: Vec<Said>) -> Vec<Said> {
    let mut out: Vec<Said> = Vec::new();
    let mut rest = &pipe[..];
    while !rest.is_empty() {
        let (page, behind) = rest.split_at(out.len().max(PAGE).min(rest.len()));
        let mut met = BTreeSet::new();
        for first in page {
            if met.insert(&first.0) {
                out.extend(page.iter().filter(|one| one.0 == first.0).cloned());
            }
        }
        rest = behind;
    }
    out
}

#[test]
fn the_screen_and_the_pipe_give_one_answer() {
    for query in QUERIES {
        let mut play = Play::exercise(80, 24);
        play.keys("s").paste(query).keys("<Enter>");
        let best: Vec<Said> = pipe(&[query]).iter().map(said).collect();
        assert!(!best.is_empty(), "{query}");
        let counts = search(&play).results.counts.clone().unwrap();
        assert_eq!(counts.statements, best.len(), "{query}");
        let records: BTreeSet<&String> = best.iter().map(|one| &one.0).collect();
        assert_eq!(counts.records, records.len(), "{query}");
        let latest: Vec<Said> = pipe(&[query, "--order", "date"]).iter().map(said).collect();
        assert_eq!(list(&mut play), by_record(best), "{query}");
        play.keys("o");
        assert_eq!(list(&mut play), by_record(latest), "{query}, by date");

        let of_pipe = |by: &str| -> BTreeMap<String, usize> {
            let rows = pipe(&[query, "--by", by]);
            let count = |row: &serde_json::Value| row["statements"].as_u64().unwrap() as usize;
            let name = |row: &serde_json::Value| row[by].to_string().trim_matches('"').to_owned();
            rows.iter().map(|row| (name(row), count(row))).filter(|(_, n)| *n > 0).collect()
        };
        let years = counts.years.iter().map(|(year, n)| (year.to_string(), *n)).collect();
        assert_eq!(of_pipe("year"), years, "{query}");
        assert_eq!(of_pipe("state"), counts.states.iter().cloned().collect(), "{query}");
    }
}

#[test]
fn the_concordance_is_that_of_the_pipe() {
    for (sort, keys) in [("date", ""), ("left", "o"), ("right", "oo"), ("speaker", "ooo")] {
        let mut play = Play::exercise(80, 24);
        play.keys("s").paste("peace OR lake ").keys("<Enter>c").keys(keys);
        let Screen::Concordance(lines) = play.state.screen() else { panic!("{}", play.sight()) };
        let here: Vec<(String, String, String)> = lines
            .rows
            .iter()
            .map(|row| &lines.found[*row].line)
            .map(|line| (line.left.clone(), line.word.clone(), line.right.clone()))
            .collect();
        let text = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap().to_owned();
        let pipe = pipe(&["peace OR lake", "--kwic", "--sort", sort]);
        let there: Vec<(String, String, String)> =
            pipe.iter().map(|r| (text(r, "left"), text(r, "word"), text(r, "right"))).collect();
        assert!(there.len() > 20);
        assert_eq!(here, there, "by {sort}");
    }
}

/// Every year and State that is offered has as many statements as it says, and `x` brings all back.
#[test]
fn narrowing_finds_what_the_counts_promise() {
    for query in ["peace ", "the ", "water OR lake "] {
        let mut play = Play::exercise(80, 24);
        play.keys("s").paste(query).keys("<Enter>");
        let counts = search(&play).results.counts.clone().unwrap();
        for (year, count) in &counts.years {
            play.keys("<Right>");
            let search = search(&play);
            let narrowed = search.results.counts.as_ref().unwrap();
            assert_eq!((search.narrow.year, narrowed.statements), (Some(*year), *count), "{query}");
            assert_eq!(narrowed.years, counts.years, "the bar stays whole");
            assert!(search.results.found.iter().all(|found| found.date.year() == *year));
        }
        play.keys("x");
        for (n, (state, count)) in counts.states.iter().enumerate() {
            play.keys("Sg").keys(&"j".repeat(n)).keys("<Enter>");
            let search = search(&play);
            let narrowed = search.results.counts.as_ref().unwrap();
            assert_eq!(search.narrow.state.as_ref(), Some(state));
            assert_eq!(narrowed.statements, *count, "{query} {state}");
            assert_eq!(narrowed.states, counts.states, "the list of States stays whole");
        }
        play.keys("x");
        assert_eq!(search(&play).results.counts.as_ref(), Some(&counts));
    }
}

/// What was typed is on the screen although no answer comes; an answer to something else is dropped.
#[test]
fn a_key_waits_for_no_answer_and_late_ones_are_dropped() {
    let mut play = Play::exercise(80, 24);
    play.hold().keys("slak");
    assert!(play.text().contains("> lak"), "{}", play.text());
    play.keys("e ");
    let asked = play.held.as_ref().unwrap().len();
    assert_eq!(asked, 5, "one question for each key");
    play.release(asked - 1);
    let shown = search(&play).results.clone();
    assert_eq!((shown.of.line.as_str(), shown.found.is_empty()), ("lake ", false));
    for _ in 1..asked {
        play.release(0);
        assert_eq!(search(&play).results.of.line, "lake ", "an answer came late");
    }
    // An answer for a screen that was left changes nothing.
    play.keys("x").keys("<Esc>").release(0);
    assert!(matches!(play.state.screen(), Screen::Meetings(_)));
}

/// A question that was given up for another is asked again when one is back.
#[test]
fn what_was_given_up_is_asked_again() {
    let mut play = Play::exercise(80, 24);
    play.hold().keys("slake <Enter>R");
    let held = play.held.as_ref().unwrap();
    assert!(matches!(held.last(), Some((_, Question::Notes))));
    let notes = held.len() - 1;
    play.release(notes);
    let held = play.held.as_ref().unwrap();
    let again = held.last().unwrap();
    assert!(matches!(&again.1, Question::Search { asked, .. } if asked.line == "lake "));
    assert_eq!(again.0, play.state.shared.question);
}

/// `n` stands on every hit of every record of the list once, `N` goes the same way back, and Esc comes back
/// to the statement of the hit one stood on.
#[test]
fn n_goes_through_every_record_of_the_list() {
    for keys in ["", "o", "c"] {
        let mut play = Play::exercise(80, 24);
        play.keys("s").paste("lake OR harbour ").keys("<Enter>").keys(keys).keys("g<Enter>");
        let spot = |play: &Play| {
            let Screen::Reader(reader) = play.state.screen() else { panic!("{}", play.sight()) };
            let scan = reader.scan.as_ref().unwrap();
            assert!(scan.of_query);
            let hit = &scan.hits[scan.current.unwrap()];
            assert!(reader.shows(hit.at, hit.bytes.start), "{}", play.sight());
            (reader.record.symbol.to_string(), hit.at, hit.bytes.start)
        };
        // The first of all: the first statement of the list need not be the first of its record.
        while !play.keys("N").message().starts_with("that was the first hit") {}
        let mut way = vec![spot(&play)];
        while !play.keys("n").message().starts_with("that was the last hit") {
            way.push(spot(&play));
        }
        let distinct: BTreeSet<String> = way.iter().map(|spot| format!("{spot:?}")).collect();
        assert_eq!(distinct.len(), way.len(), "a hit twice");
        let count = pipe(&["lake OR harbour", "--kwic"]).len();
        assert_eq!(way.len(), count, "{keys}");
        let mut back = vec![spot(&play)];
        while !play.keys("N").message().starts_with("that was the first hit") {
            back.push(spot(&play));
        }
        back.reverse();
        assert_eq!(way, back);
        play.keys("nnn");
        let (symbol, at, _) = spot(&play);
        let Screen::Reader(reader) = play.state.screen() else { panic!() };
        let spv::record::Item::Statement(statement) = &reader.record.items[at.item] else {
            panic!()
        };
        let number = statement.number;
        play.keys("<Esc>");
        let selected = match play.state.screen() {
            Screen::Search(search) => {
                let found = search.selected().unwrap();
                (found.at.symbol.to_string(), found.number)
            }
            Screen::Concordance(lines) => {
                let one = lines.selected().unwrap();
                (one.line.symbol.clone(), one.line.statement)
            }
            _ => panic!("{}", play.sight()),
        };
        assert_eq!(selected, (symbol, number));
    }
}

#[test]
fn the_list_goes_on_to_its_end() {
    let mut play = Play::exercise(80, 24);
    play.keys("s").paste("the ").keys("<Enter>");
    let all = search(&play).results.counts.as_ref().unwrap().statements;
    assert!(all > PAGE, "{all}");
    assert_eq!(search(&play).results.found.len(), PAGE);
    let first: Vec<_> = search(&play).results.found.iter().map(|f| f.at.clone()).collect();
    play.keys("GGG");
    let found = &search(&play).results.found;
    assert_eq!(found.len(), all);
    assert_eq!(found.iter().map(|f| f.at.clone()).take(PAGE).collect::<Vec<_>>(), first);
    assert_eq!(search(&play).selected_hit(), Some(all - 1));
}

#[test]
fn the_latest_queries_are_recalled_each_once() {
    let mut play = Play::exercise(80, 24);
    for n in 0..120 {
        play.keys(&format!("sword{}<Enter><Esc>", n % 110));
    }
    assert_eq!(play.state.shared.queries.len(), 100);
    assert_eq!(play.kept.len(), 120, "each was to be kept");
    assert_eq!(play.state.shared.queries[0], "word9");
    assert_eq!(play.state.shared.queries.iter().filter(|q| *q == "word9").count(), 1);
    // Those of the desk come later and are older.
    play.act(Action::Queries(vec!["word9".to_owned(), "older".to_owned()]));
    assert_eq!(play.state.shared.queries.len(), 100);
    play.keys("stypin<Up>");
    assert_eq!(search(&play).line.text(), "word9");
    play.keys("<Up>");
    assert_eq!(search(&play).line.text(), "word8");
    play.keys("<Ctrl-N><Ctrl-N>");
    assert_eq!(search(&play).line.text(), "typin");
}

#[test]
fn without_an_index_it_says_so_and_searches_as_soon_as_there_is_one() {
    let mut play = Play::exercise(80, 24);
    play.hold().keys("slake ");
    let (number, question) = play.held.as_mut().unwrap().pop().unwrap();
    let Question::Search { asked, .. } = question else { panic!("{question:?}") };
    let why = Some("no index yet (invented)".to_owned());
    let results = Box::new(Results { of: asked, why, ..Results::default() });
    play.act(Action::Answer { number, answer: Box::new(Answer::Searched(results)) });
    assert!(play.text().contains("no index yet"), "{}", play.text());
    play.act(Action::Indexing { done: 1_234, total: 6_233 });
    assert!(play.text().contains("1,234 of 6,233"), "{}", play.text());
    let waiting = play.held.as_ref().unwrap().len();
    play.act(Action::Indexed(Some("ask the owner (invented)".to_owned())));
    assert!(play.text().contains("ask the owner"), "{}", play.text());
    play.act(Action::Indexed(None));
    let held = play.held.as_ref().unwrap();
    assert!(held.len() > waiting, "it is asked again");
    play.release(held.len() - 1);
    assert!(play.text().contains("Lake Terem"), "{}", play.text());
    assert_eq!(search(&play).focus, Focus::Line);
}
