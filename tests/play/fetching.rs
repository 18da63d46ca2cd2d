//! `F` on the card of a meeting whose text is not here: the question, its answers, and what follows.

use std::sync::Arc;

use spv::app::action::{Action, Command, Effect};
use spv::app::shared::Shelf;
use spv::library::Library;
use spv::record::{Symbol, json};

use crate::kit::Play;

const QUESTION: &str =
    "fetch S/PV.8668 from documents.un.org, about 1 MB? F or Enter: yes, Esc: no";

fn symbol() -> Symbol {
    Symbol::verbatim(8668)
}

/// At the card of a meeting whose text is not here.
fn at_the_card() -> Play {
    let mut play = Play::exercise(80, 24);
    play.keys("fS/PV.8668<Enter>");
    assert_eq!(play.sight(), "card S/PV.8668 top 0");
    play
}

fn fetches(play: &Play) -> usize {
    play.asked.iter().filter(|e| **e == Effect::Fetch(symbol())).count()
}

#[test]
fn nothing_is_fetched_before_a_second_key_agrees() {
    for agreeing in ["FF", "F<Enter>"] {
        let mut play = at_the_card();
        play.keys("F");
        assert!(play.message().starts_with(QUESTION), "{}", play.message());
        assert_eq!(fetches(&play), 0);
        play.keys(&agreeing[1..]);
        assert_eq!(fetches(&play), 1, "{agreeing}");
        assert!(play.status().starts_with("fetching S/PV.8668 \u{2026}"), "{}", play.status());
        // One at a time, and the answer was to that question.
        play.keys("FF<Enter>");
        assert_eq!(fetches(&play), 1);
    }
}

#[test]
fn every_other_key_is_no_agreement_and_does_what_it_does() {
    for keys in
        ["F<Esc><Enter>", "Fj<Enter>", "F3<Enter>", "F?<Esc><Enter>", "Fe<Esc><Enter>", "F~<Enter>"]
    {
        let mut play = at_the_card();
        play.keys(keys);
        assert_eq!(fetches(&play), 0, "{keys}");
    }
    // Esc answers, and leaves the card where it is.
    let mut play = at_the_card();
    play.keys("F<Esc>");
    assert_eq!(play.sight(), "card S/PV.8668 top 0");
    play.keys("F");
    assert!(play.message().starts_with(QUESTION));
}

#[test]
fn a_question_that_is_no_longer_shown_is_not_agreed_to() {
    let mut play = at_the_card();
    play.keys("F");
    play.act(Action::Message("something else".to_owned()));
    play.keys("<Enter>");
    assert_eq!(fetches(&play), 0);
    let mut play = at_the_card();
    play.keys("F");
    play.act(Action::Wheel(3));
    play.keys("<Enter>");
    assert_eq!(fetches(&play), 0);
    // What nobody did leaves it open.
    let mut play = at_the_card();
    play.keys("F");
    play.act(Action::Resize(100, 30));
    play.act(Action::Indexing { done: 1, total: 2 });
    play.act(Action::Paused);
    assert!(play.status().starts_with(QUESTION), "{}", play.status());
    play.keys("<Enter>");
    assert_eq!(fetches(&play), 1);
}

#[test]
fn where_it_is_forbidden_it_is_neither_offered_nor_asked() {
    let mut play = Play::exercise(80, 24);
    play.state.shared.fetching.forbidden = Some("the setting network = no".to_owned());
    play.keys("fS/PV.8668<Enter>");
    assert!(!play.status().contains("fetch"), "{}", play.status());
    play.keys("F");
    assert_eq!(play.message(), "the setting network = no");
    play.keys("F<Enter>");
    assert_eq!(fetches(&play), 0);
}

#[test]
fn a_scan_and_a_closed_meeting_are_not_offered() {
    let closed = spv::facts::meetings::all().rev().find(|m| m.private).unwrap();
    for meeting in ["S/PV.500", closed.symbol] {
        let mut play = Play::exercise(80, 24);
        play.keys(&format!("f{meeting}<Enter>"));
        assert!(play.sight().starts_with("card "), "{}", play.sight());
        assert!(!play.status().contains("fetch"), "{}", play.status());
        play.keys("F");
        assert_eq!(play.message(), "there is nothing to fetch here", "{meeting}");
    }
}

#[test]
fn how_far_it_is_stays_on_the_card_and_a_failure_is_one_line() {
    let mut play = at_the_card();
    play.keys("FF");
    play.act(Action::Indexing { done: 1, total: 2 });
    let waits = "S/PV.8668 is fetched when the index is made";
    assert!(play.status().starts_with(waits), "{}", play.status());
    play.act(Action::Indexed(None));
    play.act(Action::Fetching { have: 120_000, whole: Some(570_000) });
    assert!(play.status().starts_with("fetching S/PV.8668: 120 of 570 kB"), "{}", play.status());
    play.keys("q");
    assert!(!play.status().contains("fetching"), "{}", play.status());
    play.act(Action::Fetched(symbol(), Err("documents.un.org: no network".to_owned())));
    assert_eq!(play.message(), "documents.un.org: no network");
    play.keys("<Enter>FF");
    assert_eq!(fetches(&play), 2, "it can be tried again: {}", play.sight());
}

/// Over a library that has the record by now, which was not there when the card was opened.
fn came_meanwhile() -> (Play, Action) {
    let text = include_str!("../fixtures/records/votes.en.json");
    let mut record = json::read_record(text.as_bytes()).unwrap();
    (record.symbol, record.exercise) = (symbol(), false);
    let mut play = Play::over_record(&record, 80, 24);
    let (catalogue, problems) = (Arc::clone(&play.state.shared.catalogue), Vec::new());
    let shelf = play.state.shared.shelf.clone();
    let there = Action::Library { catalogue, problems: problems.into(), shelf };
    let nothing = Library::exercise().shared_catalogue();
    let shelf = Shelf::Exercise;
    play.act(Action::Library { catalogue: nothing, problems: Vec::new().into(), shelf });
    play.keys("fS/PV.8668<Enter>FF");
    (play, there)
}

#[test]
fn what_came_is_opened_in_place_of_its_card() {
    let (mut play, there) = came_meanwhile();
    play.act(there);
    play.act(Action::Fetched(symbol(), Ok(())));
    assert!(play.sight().starts_with("statements of S/PV.8668"), "{}", play.sight());
    assert_eq!(play.state.shared.shelf, Shelf::Folder("~/library".to_owned()));
    play.keys("q");
    assert!(!play.sight().contains("card"), "it says what is no longer true: {}", play.sight());
}

#[test]
fn who_reads_something_else_by_then_is_told_and_not_disturbed() {
    for keys in ["?", "/", "e", "q"] {
        let (mut play, there) = came_meanwhile();
        play.act(Action::Do(Command::Escape));
        play.keys(keys);
        if play.state.prompt.is_none() && keys == "/" {
            continue;
        }
        let before = play.state.screens.len();
        play.act(there);
        play.act(Action::Fetched(symbol(), Ok(())));
        assert_eq!(play.state.screens.len(), before, "{keys}: {}", play.sight());
        assert!(play.message().contains("S/PV.8668 is in the library now"), "{keys}");
    }
    // On the card that was left and opened again, the key opens it.
    let (mut play, there) = came_meanwhile();
    play.keys("?");
    play.act(there);
    play.act(Action::Fetched(symbol(), Ok(())));
    play.keys("<Esc>F");
    assert!(play.sight().starts_with("statements of S/PV.8668"), "{}", play.sight());
}
