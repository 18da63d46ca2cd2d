//! Every screen by snapshot with its styles, and what holds on all of them at any size.
//!
//! A snapshot shows each row after `|` and, where it has any style, the styles after `:` with one
//! letter a column (see `kit::style_row`). `INSTA_UPDATE=always cargo test --test screens` takes new
//! ones; read them as a tired person would before keeping them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bytes;
mod keys;
mod kit;
mod play;
mod renderer;

use std::sync::{LazyLock, Mutex};

use kit::Play;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Color;
use spv::record::harmless;
use spv::screens::frame::view;
use spv::ui::Theme;

/// Which library a screen is over.
#[derive(Clone, Copy, PartialEq)]
enum Over {
    Exercise,
    Fixtures,
    Doubtful,
    Nothing,
    Dataset,
}
use Over::{Dataset, Doubtful, Exercise, Fixtures, Nothing};

/// Name, library, and the keys that lead to the screen.
#[rustfmt::skip]
const SCREENS: &[(&str, Over, &str)] = &[
    ("meetings", Exercise, ""),
    ("meetings_further_down", Exercise, "8668Gjjj"),
    ("meetings_here_only", Exercise, "t"),
    ("meetings_filtered", Exercise, "/reconciliation<Enter>"),
    ("meetings_filtered_to_nothing", Exercise, "/no such meeting<Enter>"),
    ("meetings_of_a_folder", Fixtures, ""),
    ("meetings_of_an_empty_folder", Nothing, ""),
    ("prompt_filter", Exercise, "/lake terem"),
    ("count", Exercise, "8668"),
    ("message", Exercise, "99999G"),
    ("statements", Exercise, "jjj<Enter>"),
    ("statements_further_down", Exercise, "jjj<Enter>G"),
    ("statements_filtered", Exercise, "jjj<Enter>/president<Enter>"),
    ("statements_without_chair", Exercise, "5j<Enter>p"),
    ("statements_for_groups", Exercise, "jj<Enter>4G"),
    ("reader_start", Exercise, "5j<Enter><Enter>g"),
    ("reader_statement", Exercise, "5j<Enter>6G<Enter>"),
    ("reader_page_turns", Exercise, "5j<Enter>6G<Enter>dd"),
    ("reader_vote", Exercise, "jjj<Enter>6G<Enter>jj"),
    ("reader_capacity", Exercise, "jj<Enter>10G<Enter>"),
    ("reader_behalf", Exercise, "jj<Enter>4G<Enter>"),
    ("reader_direction_and_end", Exercise, "jjj<Enter><Enter>G"),
    ("reader_last_statement", Exercise, "jjj<Enter>G<Enter>"),
    ("reader_search", Exercise, "<Enter><Enter>/crane<Enter>n"),
    ("reader_reference", Exercise, "j<Enter>2G<Enter><Tab>"),
    ("reader_selection", Exercise, "5j<Enter>6G<Enter>v}"),
    ("reader_copied", Exercise, "5j<Enter>6G<Enter>v}Y"),
    ("reader_sentence", Exercise, "5j<Enter>6G<Enter>v))"),
    ("reader_breaks", Dataset, ""),
    ("reader_breaks_and_sentences", Dataset, "/Sentence 6<Enter>v))"),
    ("help_selecting", Exercise, "5j<Enter>6G<Enter>v?"),
    ("prompt_search", Exercise, "<Enter><Enter>/the weight"),
    ("find_empty", Exercise, "f"),
    ("find_results", Exercise, "fkazakhstan"),
    ("find_mixed", Exercise, "fsouth africa"),
    ("find_vote", Exercise, "fres 2254"),
    ("find_nothing", Exercise, "fzzzzqqq"),
    ("search_empty", Exercise, "s"),
    ("search_typing", Exercise, "speac"),
    ("search_hits", Exercise, "speace<Enter>jj"),
    ("search_trouble", Exercise, "speace year:20x4 "),
    ("search_completing", Exercise, "sstate:e<Tab>"),
    ("search_year", Exercise, "speace<Enter><Left>"),
    ("search_rates", Exercise, "sthe<Enter>%"),
    ("search_states", Exercise, "speace<Enter>Sj"),
    ("search_state_and_year", Exercise, "sthe<Enter><Left>Sjj<Enter>"),
    ("search_nothing", Exercise, "szzzzqqq "),
    ("search_latest_queries", Exercise, "slake<Enter><Esc>s\"the weight\"<Enter><Esc>s<Enter>j"),
    ("search_reading", Exercise, "slake<Enter>j<Enter>nn"),
    ("search_fixtures", Fixtures, "slang:ar OR lang:en<Enter>"),
    ("search_other_script", Fixtures, "sال OR 的 OR symbol:S/PV.99905 <Enter>"),
    ("concordance", Exercise, "speace<Enter>cjj"),
    ("concordance_by_left", Exercise, "speace<Enter>co"),
    ("chart", Exercise, "sthe <Enter>#"),
    ("chart_several", Exercise, "sthe <Enter>#/; peace; lake OR water<Enter>%"),
    ("chart_months", Exercise, "sthe <Enter>#m"),
    ("chart_bars", Exercise, "sthe <Enter>#/; peace<Enter>m<Tab>"),
    ("chart_states", Exercise, "sthe <Enter>#Sj"),
    ("chart_states_of_two", Exercise, "sthe <Enter>#/; peace<Enter>Sj%"),
    ("chart_states_table", Exercise, "sthe <Enter>#/; peace<Enter>S<Tab>j"),
    ("chart_topics", Exercise, "sthe <Enter>#t"),
    ("chart_table", Exercise, "sthe <Enter>#<Tab><Tab>%"),
    ("chart_queries", Exercise, "sthe <Enter>#/; peace"),
    ("chart_nothing", Exercise, "sthe <Enter>#/zzzqqq<Enter>"),
    ("help_chart", Exercise, "sthe <Enter>#?"),
    ("answers", Exercise, "fsouth africa<Enter>jjj<Enter>"),
    ("card_state", Exercise, "fsouth africa<Enter>"),
    ("card_state_down", Exercise, "fsouth africa<Enter>G"),
    ("card_state_permanent", Exercise, "T/may 2027<Enter><Enter>"),
    ("card_state_never", Exercise, "fniue<Enter>"),
    ("card_agreements", Exercise, "fsouth africa<Enter>jjjj<Enter>"),
    ("card_agreement", Exercise, "fsouth africa<Enter>jjjj<Enter>j<Enter>"),
    ("card_vetoes", Exercise, "ffrench republic<Enter>jjjjj<Enter>"),
    ("answers_on_a_topic", Exercise, "fwomen mediators<Enter>"),
    ("notes", Exercise, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkR"),
    ("notes_mark", Exercise, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkRG"),
    ("notes_filtered", Exercise, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkR/#ports"),
    ("notes_tags", Exercise, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkRt"),
    ("notes_removed", Exercise, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkRx"),
    ("help_notes", Exercise, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkR?"),
    ("kept", Exercise, "speace <Enter>W<Enter>s<Ctrl-u>\"small arms\" OR \"free port\" state:Estonia <Enter>Wports<Enter><Esc><Esc>W"),
    ("kept_opened", Exercise, "speace <Enter>W<Enter><Esc><Esc>W<Enter>"),
    ("kept_name", Exercise, "speace <Enter>W"),
    ("search_empty_with_kept", Exercise, "speace <Enter>W<Enter><Esc><Esc>Wqs"),
    ("collocates", Exercise, "sthe <Enter>cc"),
    ("similar", Exercise, "<Enter>j<Enter>vM"),
    ("similar_opened", Exercise, "<Enter>j<Enter>vM<Enter>"),
    ("help_kept", Exercise, "speace <Enter>W<Enter><Esc><Esc>W?"),
    ("card_vote_of_record", Exercise, "jjjV"),
    ("card_vote_vetoed", Exercise, "fS/2014/348<Enter>"),
    ("card_vote_down", Exercise, "fS/2014/348<Enter>G"),
    ("card_council_here", Exercise, "<Enter>C"),
    ("card_council_table", Exercise, "8668GC"),
    ("card_council_today", Exercise, "T"),
    ("card_council_today_down", Exercise, "TG"),
    ("card_council_date", Exercise, "T/27 june 1950"),
    ("card_council_1950", Exercise, "T/27 june 1950<Enter>"),
    ("card_council_before_the_first", Exercise, "T/16 january 1946<Enter>"),
    ("card_council_not_yet_elected", Exercise, "T/2090-01-01<Enter>"),
    ("card_council_at_the_end", Exercise, "T/november 2027<Enter>G"),
    ("find_president", Exercise, "fwho is president"),
    ("find_month", Exercise, "fnovember 2018"),
    ("card_item", Exercise, "2277G<Enter>I"),
    ("card_item_down", Exercise, "2277G<Enter>I<Space><Space>"),
    ("card_item_here", Exercise, "<Enter>I"),
    ("card_meeting", Exercise, "7180G<Enter>"),
    ("card_meeting_fetch", Exercise, "7180G<Enter>F"),
    ("card_meeting_fetching", Exercise, "7180G<Enter>FF"),
    ("card_problems", Fixtures, "!"),
    ("help_meetings", Exercise, "?"),
    ("help_reading", Exercise, "<Enter><Enter>?"),
    ("help_find", Exercise, "f<F1>"),
    ("help_query", Exercise, "s<F1>"),
    ("help_hits", Exercise, "slake<Enter>?"),
    ("fixture_bare", Fixtures, "fS/PV.99907<Enter><Enter>g"),
    ("fixture_arabic", Fixtures, "fS/PV.99904<Enter><Enter>"),
    ("fixture_hostile_statements", Fixtures, "fS/PV.99905<Enter>"),
    ("fixture_hostile_text", Fixtures, "fS/PV.99905<Enter><Enter>g"),
    ("fixture_hostile_text_down", Fixtures, "fS/PV.99905<Enter><Enter>gdd"),
    ("fixture_hostile_find", Fixtures, "fhostile"),
    ("fixture_hostile_council", Fixtures, "fS/PV.99905<Enter>C"),
    ("doubtful_meetings", Doubtful, "t"),
    ("doubtful_statements", Doubtful, "fS/PV.99906<Enter>"),
    ("doubtful_reader", Doubtful, "fS/PV.99906<Enter><Enter>j"),
    ("doubtful_card", Doubtful, "fS/PV.99906<Enter>!"),
    ("doubtful_votes", Doubtful, "fS/PV.99906<Enter>V"),
];

fn play(over: Over, script: &str, columns: u16, rows: u16) -> Play {
    let mut play = match over {
        Exercise => Play::exercise(columns, rows),
        Fixtures => Play::fixtures(true, columns, rows),
        Doubtful => Play::doubtful(columns, rows),
        Nothing => Play::empty(columns, rows),
        Dataset => play::sentences::reading("dataverse", columns, rows),
    };
    play.keys(script);
    play
}

/// Every screen at 80x24, played once for all tests that only look at it.
fn screens() -> Vec<(&'static str, Play)> {
    static PLAYED: LazyLock<Mutex<Vec<(&'static str, Play)>>> = LazyLock::new(|| {
        let screens =
            SCREENS.iter().map(|(name, over, script)| (*name, play(*over, script, 80, 24)));
        Mutex::new(screens.collect())
    });
    PLAYED.lock().unwrap().iter().map(|(name, play)| (*name, play.again())).collect()
}

fn snapshots(columns: u16, rows: u16) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, over, script) in SCREENS {
            let picture = play(*over, script, columns, rows).picture();
            insta::assert_snapshot!(format!("{columns}x{rows}_{name}"), picture);
        }
    });
}

#[test]
fn screens_at_80x24() {
    snapshots(80, 24);
}

#[test]
fn screens_at_40x12() {
    snapshots(40, 12);
}

#[test]
fn screens_at_120x40() {
    snapshots(120, 40);
}

#[test]
fn some_screens_in_colour() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for name in [
            "meetings",
            "statements",
            "reader_search",
            "reader_reference",
            "find_results",
            "search_hits",
        ] {
            let (_, over, script) = SCREENS.iter().find(|(n, ..)| *n == name).unwrap();
            let mut play = play(*over, script, 80, 24);
            play.theme = Theme::coloured();
            insta::assert_snapshot!(format!("colour_{name}"), play.picture());
        }
    });
}

/// Sizes a terminal can have for a moment, and those at the edge of too small.
const SIZES: &[(u16, u16)] = &[
    (0, 0),
    (1, 1),
    (2, 2),
    (0, 24),
    (80, 0),
    (23, 5),
    (23, 6),
    (24, 5),
    (24, 6),
    (59, 7),
    (60, 15),
    (109, 30),
    (110, 6),
    (300, 100),
];

/// Every screen at every size: opened there, or brought there by a change of size.
#[test]
fn no_size_is_too_much_for_a_screen() {
    for (name, mut grown) in screens() {
        let title = grown.title();
        for (columns, rows) in SIZES {
            grown.resize(*columns, *rows);
            let (_, cursor) = grown.draw();
            assert!(cursor.is_none_or(|(x, y)| x < *columns && y < *rows), "{name}: {cursor:?}");
            let small = *columns < 24 || *rows < 6;
            if small && *columns >= 22 && *rows > 0 {
                assert!(grown.text().starts_with("too small: 24x6 or more"), "{name}");
            }
        }
        grown.resize(80, 24);
        assert_eq!(grown.title(), title, "{name}");
    }
    for (columns, rows) in SIZES {
        let mut opened = Play::exercise(*columns, *rows);
        for keys in
            ["", "<Enter>", "<Enter>", "?", "<Esc>", "V", "<Esc>", "f", "lake", "<Esc>", "/x"]
        {
            opened.keys(keys).draw();
        }
    }
}

/// Nothing is written outside the area a view is given, and every cell inside is.
#[test]
fn a_view_stays_in_its_area() {
    for (name, mut play) in screens() {
        for (columns, rows) in [(80, 24), (40, 12), (120, 40), (24, 6), (10, 3)] {
            play.resize(columns, rows);
            let around = Rect::new(0, 0, columns + 7, rows + 5);
            let mut buffer = Buffer::filled(around, Cell::new("~"));
            let area = Rect::new(3, 2, columns, rows);
            view(&play.state, &Theme::coloured(), area, &mut buffer);
            for (x, y) in positions(around).filter(|(x, y)| !area.contains((*x, *y).into())) {
                let cell = &buffer[(x, y)];

                assert_eq!(*cell, Cell::new("~"), "{name} at {columns}x{rows}: {x},{y}");
            }
        }
    }
}

fn positions(area: Rect) -> impl Iterator<Item = (u16, u16)> {
    (area.y..area.bottom()).flat_map(move |y| (area.x..area.right()).map(move |x| (x, y)))
}

#[test]
fn the_plain_theme_has_no_colour() {
    let mut coloured = 0;
    for (name, mut play) in screens() {
        let (buffer, _) = play.draw();
        for cell in &buffer.content {
            let plain = cell.fg == Color::Reset && cell.bg == Color::Reset;
            assert!(plain, "{name}: {:?} in colour", cell.symbol());
        }
        play.theme = Theme::coloured();
        coloured += play.draw().0.content.iter().filter(|c| c.fg != Color::Reset).count();
    }
    assert!(coloured > 0, "the other theme has some");
}

/// What a colour says is also said without: whatever is set apart in colour is set apart in plain.
#[test]
fn nothing_is_said_by_colour_alone() {
    for (name, mut play) in screens() {
        let plain = play.draw().0;
        play.theme = Theme::coloured();
        let coloured = play.draw().0;
        for (a, b) in plain.content.iter().zip(&coloured.content) {
            let said = b.fg != Color::Reset && a.symbol() != " ";
            assert!(!said || !a.modifier.is_empty(), "{name}: {:?}", a.symbol());
        }
    }
}

/// No byte of a record drives the terminal or turns the order of words.
#[test]
fn hostile_records_are_harmless_on_every_screen() {
    let mut marks = 0;
    let places = ["", "<Enter>", "<Enter>g", "C", "<Esc>V", "<Esc>/nowhere<Enter>"];
    for (columns, rows) in [(80, 24), (40, 12), (120, 40)] {
        let mut hostile = play(Fixtures, "fS/PV.99905", columns, rows);
        for keys in places {
            hostile.keys(keys);
            marks += harmless_cells(&hostile);
        }
        let mut reading = play(Fixtures, "fS/PV.99905<Enter><Enter>g", columns, rows);
        for _ in 0..40 {
            marks += harmless_cells(&reading);
            reading.keys("<Space>");
        }
        reading.keys("gyYvjjY");
        for copied in &reading.copied {
            let harmful = copied.chars().find(|c| harmless::is_harmful(*c));
            assert_eq!(harmful, None, "copied {copied:?}");
        }
        for (_, mut screen) in screens() {
            marks += harmless_cells(screen.resize(columns, rows));
        }
    }
    assert!(marks > 100, "bad characters are shown as marks: {marks}");
}

/// Asserts that no cell has a bad character; gives back how many show the mark of one.
fn harmless_cells(play: &Play) -> usize {
    let (buffer, _) = play.draw();
    for cell in &buffer.content {
        let bad = cell.symbol().chars().find(|c| *c == '\n' || harmless::is_harmful(*c));
        assert_eq!(bad, None, "{}", play.sight());
        assert!(cell.symbol().chars().count() <= 12, "a tower of marks: {:?}", cell.symbol());
    }
    buffer.content.iter().filter(|c| c.symbol().contains(harmless::MARK)).count()
}
