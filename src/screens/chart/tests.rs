//! Tests of the screen of a chart: its keys, and the answers it takes.

use super::*;
use crate::app::chart::{By, Cell, Chart, Period, Series};
use crate::app::geometry::Geometry;
use crate::app::shared::Shelf;
use crate::library::Catalogue;
use crate::record::Kind;

fn shared() -> Shared {
    Shared::new(
        Geometry::new(80, 24, true),
        Catalogue::default().into(),
        Shelf::Exercise,
        Vec::new(),
    )
}

/// A chart of ten years with one statement more in each.
fn answer(asked: &Asked) -> Chart {
    let mut series = Series { query: "peace".to_owned(), ..Series::default() };
    let period = |year| Period { year, month: None, held: 1, known: Some(2) };
    for at in 0..10 {
        series.cells.insert((0, at), Cell { statements: at + 1, words: 20_000 });
    }
    Chart {
        asked: asked.clone(),
        periods: (2000..2010).map(period).collect(),
        groups: vec![String::new()],
        series: vec![series],
        ..Chart::default()
    }
}

fn answered() -> (ChartScreen, Shared) {
    let mut shared = shared();
    let asked = Asked { queries: vec!["peace".to_owned()], ..Asked::default() };
    let mut screen = ChartScreen::new(asked.clone());
    assert_eq!(screen.status(&shared), "counting \u{2026}");
    screen.ask(&mut shared);
    assert!(screen.take_answer(Answer::Charted(Box::new(answer(&asked))), &mut shared).is_none());
    (screen, shared)
}

#[test]
fn the_last_year_is_selected_and_keys_go_back_and_forth() {
    let (mut screen, mut shared) = answered();
    assert_eq!(screen.status(&shared), "2009: 10 (50.0/100k) \u{b7} 1 of 2 here");
    for (command, year) in [
        (Command::NextYear, "2009"),
        (Command::PreviousYear, "2008"),
        (Command::Top, "2000"),
        (Command::PreviousYear, "2000"),
        (Command::NextYear, "2001"),
        (Command::Down, "2002"),
        (Command::Bottom, "2009"),
    ] {
        screen.obey(command, &mut shared);
        assert!(screen.status(&shared).starts_with(year), "{command:?} {}", screen.status(&shared));
    }
    // The same year stays selected in another shape, and with another answer.
    screen.obey(Command::PreviousYear, &mut shared);
    screen.obey(Command::Shape, &mut shared);
    screen.obey(Command::Shape, &mut shared);
    assert_eq!((screen.shape, screen.selected()), (Shape::Table, Some(8)));
    let again = answer(&screen.asked);
    screen.take_answer(Answer::Charted(Box::new(again)), &mut shared);
    assert_eq!(screen.selected(), Some(8));
}

#[test]
fn an_answer_to_another_question_is_dropped_and_asked_for_again() {
    let (mut screen, mut shared) = answered();
    assert!(screen.is_answered() && screen.wanted(&mut shared).is_empty());
    screen.obey(Command::Letters, &mut shared);
    assert_eq!(screen.asked.kind, Kind::Letter);
    assert!(!screen.is_answered());
    let late = answer(&Asked { queries: vec!["peace".to_owned()], ..Asked::default() });
    screen.take_answer(Answer::Charted(Box::new(late)), &mut shared);
    assert!(!screen.is_answered() && screen.wanted(&mut shared).len() == 1);
    screen.obey(Command::States, &mut shared);
    assert_eq!(screen.asked.by, By::State);
    assert!(screen.submit(Purpose::Queries, " ; ", &mut shared).is_empty());
    assert_eq!(screen.submit(Purpose::Queries, "a; b c", &mut shared).len(), 1);
    assert_eq!(screen.asked.queries, ["a", "b c"]);
}

#[test]
fn enter_searches_what_is_selected() {
    let (mut screen, mut shared) = answered();
    let requests = screen.obey(Command::Open, &mut shared);
    assert!(matches!(&requests[..], [Request::Hits(query)] if query == "peace year:2009 "));
}

#[test]
fn a_search_in_one_year_is_charted_by_its_months() {
    let narrow = Narrow { year: Some(2014), state: None };
    assert_eq!(of_search("peac", &narrow, By::Year).by, By::Month);
    assert_eq!(of_search("peac", &narrow, By::Year).queries, ["peac* year:2014"]);
    assert_eq!(of_search("peace ", &narrow, By::State).by, By::State);
    assert!(of_search(" ", &Narrow::default(), By::Year).queries.is_empty());
}

#[test]
fn why_there_is_no_answer_is_shown_and_not_asked_for_again_until_the_index_changes() {
    let (mut screen, mut shared) = answered();
    let why = Some("there is no index".to_owned());
    let none = Chart { asked: screen.asked.clone(), why, ..Chart::default() };
    screen.take_answer(Answer::Charted(Box::new(none)), &mut shared);
    assert!(screen.is_answered() && screen.wanted(&mut shared).is_empty());
    for command in [Command::Shape, Command::Rates, Command::Down, Command::Open, Command::Shape] {
        assert!(screen.obey(command, &mut shared).is_empty(), "{command:?}");
    }
    screen.index_changed();
    assert_eq!(screen.wanted(&mut shared).len(), 1);
}
