//! The budgets of bytes, on the real screens without a terminal: the screens of an exercise debate
//! at 80x24 through the renderer. Beside `less` and through the real binary they are measured by
//! `cargo run --release --example bytes`.
#![allow(clippy::panic)]

use crate::kit::Play;
use spv::app::action::{Action, Opening};
use spv::record::Symbol;
use spv::screens::frame::frame;
use spv::terminal::caps::{Environment, Wishes, choose};
use spv::terminal::render::Renderer;
use spv::ui::Theme;

/// A program that is played, and what stands on its terminal.
struct Screen {
    play: Play,
    renderer: Renderer,
}

impl Screen {
    /// The exercise debates, in the ordinary looks or those of a slow line.
    fn new(slow: bool) -> Self {
        let term = Environment { term: Some("xterm-256color"), ..Environment::default() };
        let mut play = Play::exercise(80, 24);
        play.state.shared.geometry.wide = !slow;
        play.state.shared.trailing = slow;
        play.theme = if slow { Theme::coloured().sparing() } else { Theme::coloured() };
        let renderer = Renderer::new(choose(&term, &Wishes::default()));
        let mut screen = Self { play, renderer };
        screen.draw();
        screen
    }

    /// A page of a debate.
    fn reading(slow: bool) -> Self {
        let Ok(symbol) = "MSC/PV.1".parse::<Symbol>() else { panic!("no symbol") };
        let mut screen = Self::new(slow);
        screen.play = screen.play.open(&Opening::Record(symbol, Some(2)));
        screen.draw();
        screen
    }

    /// The bytes from what stands on the terminal to what is to stand there.
    fn draw(&mut self) -> usize {
        let (theme, renderer) = (self.play.theme, &self.renderer);
        self.play.state.hold_back(|state| {
            let (buffer, cursor) = frame(state, &theme);
            renderer.cost(&buffer, cursor)
        });
        let (buffer, cursor) = self.play.draw();
        let mut out = Vec::new();
        self.renderer.draw(&buffer, cursor, &mut out);
        self.play.state.shared.budget.sent(out.len());
        out.len()
    }

    /// What is drawn when the keys pause.
    fn pause(&mut self) -> usize {
        self.play.act(Action::Paused);
        self.draw()
    }

    /// The rows of the list below an input line, and the row after the last that is shown.
    fn below(&self) -> (Vec<String>, usize) {
        let text = self.play.text();
        let head = 1 + usize::from(self.play.state.shared.geometry.head());
        let rows: Vec<String> = text.lines().skip(head).map(str::to_owned).collect();
        let last = rows.iter().position(|row| row.trim() == "\u{2026}").unwrap_or(rows.len() - 1);
        (rows, last)
    }

    /// The bytes of a key.
    fn key(&mut self, key: &str) -> usize {
        self.play.holds(key);
        self.draw()
    }

    /// Median and most bytes of a key pressed some times.
    fn keys(&mut self, key: &str, times: usize) -> (usize, usize) {
        let mut bytes: Vec<usize> = (0..times).map(|_| self.key(key)).collect();
        bytes.sort_unstable();
        (bytes[times / 2], bytes[times - 1])
    }
}

#[track_caller]
fn at_most(what: &str, took: usize, budget: usize) {
    println!("{what}: {took} of {budget}");
    assert!(took <= budget, "{what} took {took} bytes, {budget} are the budget");
}

/// A key for each line of the whole debate.
const ALL: usize = 700;

#[test]
fn a_line_down_or_up_is_never_over_its_budget() {
    // With the position shown, and where it is written when keys pause.
    for (slow, budget) in [(false, 92), (true, 70)] {
        let mut screen = Screen::reading(slow);
        for key in ["j", "k"] {
            let (median, most) = screen.keys(key, ALL);
            at_most(&format!("{key}, slow {slow}"), median, budget);
            at_most(&format!("{key} at most, slow {slow}"), most, 105);
        }
    }
}

#[test]
fn when_keys_pause_the_position_is_told_and_costs_little() {
    for slow in [false, true] {
        let mut screen = Screen::reading(slow);
        for _ in 0..100 {
            screen.key("jjj");
            assert!(
                screen.play.state.draws_at_a_pause() || slow || screen.play.status() != "",
                "never asked"
            );
            screen.play.act(Action::Paused);
            assert!(!screen.play.state.draws_at_a_pause());
            at_most("pause", screen.draw(), 70);
            assert_eq!(screen.draw(), 0);
        }
        let seen = screen.play.status();
        screen.play.keys("<Down>");
        screen.play.holds("<Up>");
        screen.play.act(Action::Paused);
        assert_eq!(screen.play.status(), seen);
    }
}

#[test]
fn a_page_costs_its_text_and_few_bytes_a_row() {
    for (slow, over) in [(true, 3), (false, 5)] {
        let mut screen = Screen::reading(slow);
        for _ in 0..20 {
            let bytes = screen.key("<Space>");
            let rows: Vec<String> = screen.play.text().lines().map(str::to_owned).collect();
            let body = rows[1..23].iter().map(|row| row.trim()).filter(|row| !row.is_empty());
            let text: usize = body.map(|row| row.len() + over).sum();
            // The status line, the title where the place is in it, and coming to each.
            at_most("page", bytes, text + 70);
        }
    }
}

#[test]
fn the_next_hit_on_the_screen_and_the_list_are_within_their_budgets() {
    let mut screen = Screen::reading(true);
    screen.key("/reconciliation<Enter>");
    let mut on_screen = 0;
    for _ in 0..12 {
        let before = screen.play.text();
        let bytes = screen.key("n");
        let still = before.lines().zip(screen.play.text().lines()).filter(|(b, a)| b != a).count();
        if still <= 1 {
            on_screen += 1;
            at_most("next hit", bytes, 300);
        }
    }
    assert!(on_screen > 0, "no hit was on the screen already");
    // A mark where slow, and else a bar.
    for (slow, budget) in [(true, 20), (false, 190)] {
        let mut screen = Screen::new(slow);
        at_most("list", screen.keys("j", 15).0, budget);
        screen.keys("j", 5);
        at_most("list that scrolls", screen.keys("j", 20).0, 190);
    }
}

/// Keys that change few rows and such that change all.
const TYPED: [&str; 14] = [
    "p",
    "e",
    "a",
    "<Backspace>",
    "<Ctrl-u>",
    "k",
    "a",
    "z",
    "<Ctrl-w>",
    "8",
    "6",
    "6",
    "8",
    "<Space>",
];

/// Bytes of a letter on a slow line.
const LETTER: usize = 350;

#[test]
fn a_letter_in_find_search_and_a_filter_is_never_over_its_budget() {
    for start in ["f", "s", "/"] {
        let mut screen = Screen::new(true);
        screen.key(start);
        for key in TYPED {
            at_most(&format!("{key} after {start}"), screen.key(key), LETTER);
        }
        // And where the hand rests after each.
        for key in TYPED {
            at_most(&format!("{key} after {start} and a rest"), screen.key(key), LETTER);
            screen.pause();
            assert!(!screen.play.state.draws_at_a_pause(), "{key} after {start}");
            assert_eq!(screen.draw(), 0);
        }
    }
}

#[test]
fn a_line_that_is_not_slow_draws_the_whole_list_with_each_letter() {
    for start in ["f", "s", "/"] {
        let mut screen = Screen::new(false);
        screen.key(start);
        for key in TYPED {
            screen.key(key);
            let (rows, last) = screen.below();
            assert_eq!(last, rows.len() - 1, "{key} after {start}: {rows:?}");
            assert!(!screen.play.state.draws_at_a_pause(), "{key} after {start}");
        }
    }
}

/// Names that Find shows at the most on a slow line.
const NAMES: usize = 12;

#[test]
fn rows_held_back_follow_when_the_keys_pause_and_no_old_one_stays_below() {
    let mut screen = Screen::new(true);
    screen.key("f");
    screen.key("p");
    let ((typed, last), old) = (screen.below(), screen.play.text());
    assert!((2..NAMES).contains(&last), "{last} rows are shown\n{old}");
    assert!(typed[last + 1..typed.len() - 1].iter().all(|row| row.is_empty()), "{old}");
    assert!(screen.play.state.draws_at_a_pause());
    screen.pause();
    let (whole, all) = screen.below();
    assert_eq!((&whole[..last], all), (&typed[..last], whole.len() - 1));
    assert!(whole[last..NAMES].iter().all(|row| !row.is_empty()), "{whole:?}");
    // The next letter changes all of it again.
    screen.key("<Backspace>");
    screen.key("k");
    let (next, last) = screen.below();
    assert!(last < NAMES && next[last + 1..NAMES].iter().all(|row| row.is_empty()), "{next:?}");
    assert!(!next[..last].iter().any(|row| whole.contains(row)), "{next:?}");
}

#[test]
fn another_key_than_a_letter_draws_the_whole_list_and_enter_opens_what_is_shown() {
    for (key, row) in [("<Down>", 1), ("<PageDown>", NAMES)] {
        let mut screen = Screen::new(true);
        screen.key("f");
        screen.key("p");
        assert!(screen.below().1 < NAMES);
        screen.key(key);
        let (rows, last) = screen.below();
        assert_eq!(last, rows.len() - 1, "{rows:?}");
        let selected = rows.iter().find(|row| row.starts_with('>')).cloned();
        assert!(selected.is_some() || row == NAMES, "{rows:?}");
    }
    let mut screen = Screen::new(true);
    screen.key("f");
    screen.key("k");
    screen.key("a");
    let first = screen.below().0[0].clone();
    let name = first.get(10..).unwrap_or_default().trim().to_owned();
    screen.key("<Enter>");
    let opened = screen.play.text();
    assert!(opened.contains(name.split("  ").next().unwrap_or("?")), "{name}\n{opened}");
}

#[test]
fn rows_of_an_earlier_answer_are_not_drawn_while_the_next_is_awaited() {
    let mut screen = Screen::new(true);
    screen.key("f");
    screen.key("p");
    let shown = screen.below();
    assert!(shown.1 < NAMES);
    screen.play.hold();
    at_most("the letter itself", screen.key("e"), 40);
    assert_eq!(screen.below(), shown);
    // A pause that is over before the answer has come draws nothing of the old one.
    assert!(!screen.play.state.draws_at_a_pause());
    screen.play.release(0);
    at_most("its answer", screen.draw(), LETTER);
    assert!(screen.below().0[0] != shown.0[0] || screen.below().1 != shown.1);
    screen.pause();
    let (rows, last) = screen.below();
    assert_eq!(last, rows.len() - 1);
}

#[test]
fn what_changes_nothing_sends_nothing() {
    for slow in [false, true] {
        let mut screen = Screen::reading(slow);
        assert_eq!(screen.draw(), 0);
        screen.play.act(Action::Nothing);
        assert_eq!(screen.draw(), 0);
        screen.play.act(Action::Resize(80, 24));
        assert_eq!(screen.draw(), 0);
    }
}

#[test]
fn on_a_slow_line_everything_is_still_shown() {
    let mut screen = Screen::new(true);
    screen.key("j");
    let text = screen.play.text();
    let marked: Vec<&str> = text.lines().filter(|row| row.starts_with('>')).collect();
    assert_eq!(marked.len(), 1, "{text}");
    assert!(marked[0].contains("MSC/PV.5"), "{text}");
    let screen = Screen::reading(true);
    let text = screen.play.text();
    assert!(text.lines().any(|row| row.len() > 70 && row.trim_end().ends_with(" 2")), "{text}");
    assert!(text.contains("EXERCISE") && text.contains("? keys"), "{text}");
    // A message takes the place of the title, not of what the words are.
    let mut screen = screen;
    screen.key("/reconciliation<Enter>");
    let status = screen.play.status();
    assert!(status.starts_with("hit 1 of") && status.contains("  EXERCISE  ? keys"), "{status}");
    // The mark of the selected row stands beside its text, and not on it.
    screen.key("s");
    screen.key("reconciliation<Enter>c");
    let text = screen.play.text();
    assert!(text.lines().any(|row| row.starts_with("> 20")), "{text}");
    for columns in [24, 40, 60, 77, 79, 100, 200] {
        let mut screen = Screen::reading(true);
        screen.play.resize(columns, 24);
        let text = screen.play.text();
        let page = text.lines().any(|row| row.ends_with(" 2"));
        assert!(page, "the page is cut off at {columns} columns\n{text}");
    }
}
