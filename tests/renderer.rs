//! The renderer draws right and spends few bytes.
//!
//! Right: random series of frames go through the renderer into the vt100 crate and are compared,
//! cell by cell, with a full redraw and with the buffer itself. How many: `SPV_PROPTEST_CASES`, else
//! `PROPTEST_CASES`, else few. Few bytes: fixed scenes with a text made up here, at 80x24.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use spv::terminal::caps::{Caps, Colour, Environment, Wishes, choose};
use spv::terminal::render::Renderer;
use std::num::NonZeroU16;

fn caps(term: &str) -> Caps {
    choose(&Environment { term: Some(term), ..Environment::default() }, &Wishes::default())
}

fn parser(width: u16, height: u16) -> vt100::Parser {
    let size = |n| NonZeroU16::new(n).expect("a screen of at least one cell");
    vt100::Parser::new(size(height), size(width), 0)
}

/// One change of the screen.
#[derive(Debug, Clone)]
enum Step {
    Text {
        x: u16,
        y: u16,
        text: String,
        style: Style,
    },
    Look {
        x: u16,
        y: u16,
        width: u16,
        height: u16,
        style: Style,
    },
    Clear {
        x: u16,
        y: u16,
        width: u16,
        height: u16,
    },
    /// Rows from `top`, `height` of them, move up (or down) by `by`; this text comes in.
    Scroll {
        top: u16,
        height: u16,
        by: i16,
        text: String,
    },
    Page {
        text: String,
    },
    Skip {
        x: u16,
        y: u16,
    },
    Resize {
        width: u16,
        height: u16,
    },
    Forget,
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z ]{1,12}",
        1 => "[а-я ]{1,8}",
        2 => "[\u{0621}-\u{064A} ]{1,8}",
        2 => "[\u{4E00}-\u{4E20}]{1,6}",
        1 => Just("e\u{301}".to_owned()),
        1 => Just("中\u{301}".to_owned()),
        1 => Just("\u{628}\u{64E}".to_owned()),
        1 => Just("\u{1F469}\u{200D}\u{1F467}".to_owned()),
        1 => Just("\u{260E}\u{FE0F}\u{17D8}".to_owned()),
        1 => Just("│─…“".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn any_style() -> impl Strategy<Value = Style> {
    let colour = || {
        prop_oneof![
            3 => Just(Color::Reset),
            1 => Just(Color::Red),
            1 => Just(Color::LightBlue),
            1 => any::<u8>().prop_map(Color::Indexed),
            1 => Just(Color::Rgb(9, 99, 199)),
        ]
    };
    let modifier = prop_oneof![2 => Just(Modifier::empty()), 3 => any::<u16>().prop_map(Modifier::from_bits_truncate)];
    (colour(), colour(), modifier).prop_map(|(fg, bg, add)| Style {
        fg: Some(fg),
        bg: Some(bg),
        add_modifier: add,
        sub_modifier: !add,
        ..Style::new()
    })
}

fn any_step() -> impl Strategy<Value = Step> {
    let side = || prop_oneof![Just(1u16), Just(2), 3u16..30, Just(80)];
    prop_oneof![
        6 => (0u16..80, 0u16..24, any_text(), any_style())
            .prop_map(|(x, y, text, style)| Step::Text { x, y, text, style }),
        2 => (0u16..80, 0u16..24, 1u16..80, 1u16..4, any_style())
            .prop_map(|(x, y, width, height, style)| Step::Look { x, y, width, height, style }),
        2 => (0u16..80, 0u16..24, 1u16..80, 1u16..24)
            .prop_map(|(x, y, width, height)| Step::Clear { x, y, width, height }),
        6 => (0u16..6, 2u16..24, -9i16..9, any_text())
            .prop_map(|(top, height, by, text)| Step::Scroll { top, height, by, text }),
        2 => any_text().prop_map(|text| Step::Page { text }),
        1 => (0u16..80, 0u16..24).prop_map(|(x, y)| Step::Skip { x, y }),
        1 => (side(), side().prop_map(|n| n.min(24)))
            .prop_map(|(width, height)| Step::Resize { width, height }),
        1 => Just(Step::Forget),
    ]
}

fn inside(buffer: &Buffer, x: u16, y: u16) -> (u16, u16) {
    (x % buffer.area.width, y % buffer.area.height)
}

/// Rows with different text, so that a shift of them can be told.
fn write_rows(buffer: &mut Buffer, rows: impl Iterator<Item = u16>, text: &str) {
    for y in rows {
        let row = Rect::new(0, y, buffer.area.width, 1);
        for position in row.positions() {
            buffer[position].reset();
        }
        buffer.set_string(0, y, format!("{}{text} {}", y % 5, text.len() * 7), Style::new());
    }
}

fn apply(buffer: &mut Buffer, step: &Step) {
    match step {
        Step::Text { x, y, text, style } => {
            let (x, y) = inside(buffer, *x, *y);
            buffer.set_string(x, y, text, *style);
        }
        Step::Look { x, y, width, height, style } => {
            let (x, y) = inside(buffer, *x, *y);
            buffer.set_style(Rect::new(x, y, *width, *height).intersection(buffer.area), *style);
        }
        Step::Clear { x, y, width, height } => {
            let (x, y) = inside(buffer, *x, *y);
            for position in Rect::new(x, y, *width, *height).intersection(buffer.area).positions() {
                buffer[position].reset();
            }
        }
        Step::Scroll { top, height, by, text } => scroll(buffer, *top, *height, *by, text),
        Step::Page { text } => write_rows(buffer, 0..buffer.area.height, text),
        Step::Skip { x, y } => {
            let (x, y) = inside(buffer, *x, *y);
            buffer[(x, y)].set_diff_option(ratatui::buffer::CellDiffOption::Skip);
        }
        Step::Resize { width, height } => *buffer = Buffer::empty(Rect::new(0, 0, *width, *height)),
        Step::Forget => {}
    }
}

fn scroll(buffer: &mut Buffer, top: u16, height: u16, by: i16, text: &str) {
    let top = top % buffer.area.height;
    let height = height.min(buffer.area.height - top);
    let old = buffer.clone();
    for row in 0..height {
        let from = i32::from(row) + i32::from(by);
        for x in 0..buffer.area.width {
            if (0..i32::from(height)).contains(&from) {
                let from = u16::try_from(from).expect("a row inside the region");
                buffer[(x, top + row)] = old[(x, top + from)].clone();
            }
        }
        if !(0..i32::from(height)).contains(&from) {
            write_rows(buffer, top + row..top + row + 1, text);
        }
    }
}

/// A cell as a person sees it.
#[derive(Debug, PartialEq)]
struct Seen {
    text: String,
    colours: (vt100::Color, vt100::Color),
    attributes: [bool; 5],
}

fn seen(parser: &vt100::Parser, x: u16, y: u16) -> Seen {
    let cell = parser.screen().cell(y, x).expect("a cell of the screen");
    let text = match cell.contents() {
        "" => " ",
        text => text,
    };
    Seen {
        text: text.to_owned(),
        colours: (cell.fgcolor(), cell.bgcolor()),
        attributes: [cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse()],
    }
}

fn every_cell(width: u16, height: u16) -> impl Iterator<Item = (u16, u16)> {
    (0..height).flat_map(move |y| (0..width).map(move |x| (x, y)))
}

/// Whether the second cell of a double-width character: vt100 gives those no look of their own.
fn is_second_half(parser: &vt100::Parser, x: u16, y: u16) -> bool {
    parser.screen().cell(y, x).is_some_and(vt100::Cell::is_wide_continuation)
}

fn same_as_full_redraw(
    caps: Caps,
    steps: &[(Vec<Step>, Option<(u16, u16)>)],
) -> Result<(), TestCaseError> {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 12));
    let mut terminal = parser(40, 12);
    let mut renderer = Renderer::new(caps);
    for (frame, cursor) in steps {
        for step in frame {
            apply(&mut buffer, step);
            if matches!(step, Step::Forget) {
                renderer.forget();
                terminal.process(b"left \x1b[7;31mby another\x1b[3;5r\x1b[2;2H");
            }
        }
        let (width, height) = (buffer.area.width, buffer.area.height);
        let size = |n| NonZeroU16::new(n).expect("not empty");
        terminal.screen_mut().set_size(size(height), size(width));
        let mut out = Vec::new();
        renderer.draw(&buffer, *cursor, &mut out);
        terminal.process(&out);
        // A skipped cell stays what it was, which a full redraw cannot know.
        if buffer
            .content
            .iter()
            .all(|cell| cell.diff_option == ratatui::buffer::CellDiffOption::None)
        {
            let mut fresh = parser(width, height);
            let mut full = Vec::new();
            Renderer::new(caps).draw(&buffer, *cursor, &mut full);
            fresh.process(&full);
            for (x, y) in every_cell(width, height) {
                prop_assert_eq!(
                    is_second_half(&terminal, x, y),
                    is_second_half(&fresh, x, y),
                    "{} {}",
                    x,
                    y
                );
                if !is_second_half(&fresh, x, y) {
                    prop_assert_eq!(
                        seen(&terminal, x, y),
                        seen(&fresh, x, y),
                        "at {} {}, sent {:?}",
                        x,
                        y,
                        String::from_utf8_lossy(&out)
                    );
                }
            }
        }
        prop_assert_eq!(terminal.screen().hide_cursor(), cursor.is_none());
        if let Some((x, y)) = cursor {
            let place = ((*y).min(height - 1), (*x).min(width - 1));
            prop_assert_eq!(terminal.screen().cursor_position(), place);
        }
        let mut again = Vec::new();
        renderer.draw(&buffer, *cursor, &mut again);
        prop_assert_eq!(String::from_utf8_lossy(&again), "", "an equal frame costs bytes");
        for cell in &mut buffer.content {
            cell.set_diff_option(ratatui::buffer::CellDiffOption::None);
        }
    }
    Ok(())
}

fn cases() -> u32 {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    number("SPV_PROPTEST_CASES").or_else(|| number("PROPTEST_CASES")).unwrap_or(48)
}

fn any_caps() -> impl Strategy<Value = Caps> {
    let names =
        ["xterm-256color", "xterm-kitty", "linux", "screen", "vt100", "vt220", "unheard-of"];
    let ascii = Caps { ascii: true, colour: Colour::Sixteen, ..caps("xterm") };
    let all = names.into_iter().map(caps).chain([ascii]).collect::<Vec<_>>();
    prop::sample::select(all)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_series_of_frames_ends_as_a_full_redraw(
        caps in any_caps(),
        steps in prop::collection::vec(
            (prop::collection::vec(any_step(), 1..4), prop::option::of((0u16..90, 0u16..30))), 1..25),
    ) {
        same_as_full_redraw(caps, &steps)?;
    }

    /// The other side of the comparison: what a full redraw shows is what the buffer asks for.
    #[test]
    fn a_full_redraw_is_the_buffer(steps in prop::collection::vec(any_step(), 1..30)) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 12));
        for step in steps.iter().filter(|step| !matches!(step, Step::Skip { .. })) {
            apply(&mut buffer, step);
        }
        let (width, height) = (buffer.area.width, buffer.area.height);
        let (mut terminal, mut out) = (parser(width, height), Vec::new());
        Renderer::new(caps("xterm-256color")).draw(&buffer, None, &mut out);
        terminal.process(&out);
        for (x, y) in every_cell(width, height) {
            let cell = &buffer[(x, y)];
            // Of others a terminal shows something else on purpose: `grid` has its own tests.
            if !matches!(cell.symbol().as_bytes(), [b' '..=b'~']) || is_second_half(&terminal, x, y) {
                continue;
            }
            let seen = seen(&terminal, x, y);
            prop_assert_eq!(&seen.text, cell.symbol());
            let has = |modifier| cell.modifier.contains(modifier);
            let dim = has(Modifier::DIM) && !has(Modifier::BOLD);
            let asked = [has(Modifier::BOLD), dim, has(Modifier::ITALIC), has(Modifier::UNDERLINED), has(Modifier::REVERSED)];
            prop_assert_eq!(seen.attributes, asked);
            prop_assert_eq!(seen.colours, (colour(cell.fg), colour(cell.bg)));
        }
    }
}

fn colour(color: Color) -> vt100::Color {
    match color {
        Color::Reset => vt100::Color::Default,
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Rgb(9, 99, 199) => vt100::Color::Idx(16 + 6 + 4),
        other => panic!("no test draws with {other:?}"),
    }
}

// The scenes whose bytes are counted.

/// Made-up prose at 72 columns: words of a fixed rule, no sentence of anybody.
fn prose(words: &[&str], lines: usize) -> Vec<String> {
    let mut lines_made = Vec::new();
    let (mut line, mut n) = (String::new(), 7usize);
    while lines_made.len() < lines {
        n = n.wrapping_mul(1_103_515_245).wrapping_add(12_345) % (1 << 31);
        let word = words[(n >> 8) % words.len()];
        if spv::app::wrap::columns(&line) + 1 + spv::app::wrap::columns(word) > 72 {
            lines_made.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if lines_made.len() % 9 == 8 && line.len() > 30 {
            lines_made.extend([std::mem::take(&mut line), String::new()]);
        }
    }
    lines_made
}

const LATIN: &[&str] = &[
    "the",
    "invented",
    "council",
    "of",
    "a",
    "made-up",
    "place",
    "spoke",
    "today",
    "and",
    "its",
    "delegation",
    "would",
    "perhaps",
    "support",
    "no",
    "text",
    "whatever",
    "in",
    "this",
    "window",
    "example",
    "paragraph,",
    "line.",
];
const CYRILLIC: &[&str] =
    &["слово", "и", "пример", "текста", "длинное", "на", "выдуманный", "строка,", "для", "окна."];
const CHINESE: &[&str] =
    &["虚构的", "例子", "文字", "一行，", "窗口", "测试", "句子。", "没有", "意义"];
const ARABIC: &[&str] =
    &["كلمة", "مثال", "في", "نص", "سطر", "نافذة", "تجربة", "من", "طويلة،", "جملة."];

fn reading(lines: &[String], top: usize) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    for y in 0..23u16 {
        if let Some(line) = lines.get(top + usize::from(y)) {
            buffer.set_string(0, y, line, Style::new());
        }
    }
    let bar = Style::new().add_modifier(Modifier::REVERSED);
    buffer.set_style(Rect::new(0, 23, 80, 1), bar);
    buffer.set_string(0, 23, " S/PV.1 (Exercise)  statement 3 of 41", bar);
    let place = format!("line {} of {}  {}% ", top + 1, lines.len(), top * 100 / lines.len());
    buffer.set_string(80 - u16::try_from(place.len()).expect("short"), 23, place, bar);
    buffer
}

/// The bytes of each step of a series of frames, median and most.
fn spent(caps: Caps, frames: &[Buffer], cursor: Option<(u16, u16)>) -> (usize, usize) {
    let mut renderer = Renderer::new(caps);
    let mut bytes = Vec::new();
    for frame in frames {
        let mut out = Vec::new();
        renderer.draw(frame, cursor, &mut out);
        bytes.push(out.len());
    }
    let mut steps = bytes[1..].to_vec();
    steps.sort_unstable();
    (steps[steps.len() / 2], steps[steps.len() - 1])
}

fn text_bytes(lines: &[String], from: usize, rows: usize) -> usize {
    lines[from..from + rows].iter().map(String::len).sum()
}

#[test]
fn a_line_down_or_up_costs_about_what_less_spends() {
    for term in ["xterm-256color", "linux", "vt100", "screen"] {
        let lines = prose(LATIN, 3050);
        let down: Vec<Buffer> = (100..131).map(|top| reading(&lines, top)).collect();
        let up: Vec<Buffer> = down.iter().rev().cloned().collect();
        for (name, frames) in [("down", &down), ("up", &up)] {
            for cursor in [None, Some((0, 5))] {
                let (median, most) = spent(caps(term), frames, cursor);
                println!("{term}: line {name}, cursor {}: {median} / {most}", cursor.is_some());
                assert!(median <= 92 && most <= 105, "{term} {name}: {median} / {most}");
            }
        }
    }
}

#[test]
fn other_scripts_cost_their_text_and_little_more() {
    for (name, words, less) in [("ru", CYRILLIC, 138), ("zh", CHINESE, 118), ("ar", ARABIC, 136)] {
        let lines = prose(words, 3050);
        let frames: Vec<Buffer> = (100..131).map(|top| reading(&lines, top)).collect();
        let (median, most) = spent(caps("xterm-256color"), &frames, None);
        let text = lines[122..153].iter().map(String::len).max().expect("lines");
        println!(
            "{name}: line down {median} / {most}, text of the longest line {text}, less on its text {less}"
        );
        assert!(most <= text + 40, "{name}: {most} for {text} bytes of text");
    }
}

#[test]
fn a_page_costs_its_text_and_little_more() {
    for words in [LATIN, CHINESE, ARABIC] {
        let lines = prose(words, 3050);
        let mut renderer = Renderer::new(caps("xterm-256color"));
        let mut out = Vec::new();
        renderer.draw(&reading(&lines, 0), None, &mut out);
        println!("start: {} for {} of text", out.len(), text_bytes(&lines, 0, 23) + 80);
        assert!(out.len() <= text_bytes(&lines, 0, 23) + 80 + 120);
        for (page, top) in (0..6)
            .map(|page| page * 22)
            .chain((0..5).rev().map(|page| page * 22))
            .enumerate()
            .skip(1)
        {
            out.clear();
            renderer.draw(&reading(&lines, top), None, &mut out);
            let text = text_bytes(&lines, top, 23);
            println!("page {page}: {} for {text} of text", out.len());
            assert!(out.len() * 10 <= text * 11 + 600, "page {page}: {} for {text}", out.len());
        }
    }
}

/// A list where a mark, and the cursor, stand on the chosen row.
fn list(chosen: u16, top: usize) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    for y in 1..23u16 {
        let row = format!(
            "S/PV.{}  2 January 2030  an invented item of the agenda",
            1000 - top - usize::from(y)
        );
        buffer.set_string(2, y, row, Style::new());
    }
    buffer.set_string(0, chosen, ">", Style::new());
    buffer.set_string(0, 23, format!("{} of 900", top + usize::from(chosen)), Style::new());
    buffer
}

#[test]
fn moving_the_mark_costs_twenty_bytes_at_most() {
    let mut renderer = Renderer::new(caps("xterm-256color"));
    let (mut most, mut out) = (0, Vec::new());
    renderer.draw(&list(1, 0), Some((0, 1)), &mut out);
    for row in (2..20).chain((1..19).rev()) {
        out.clear();
        renderer.draw(&list(row, 0), Some((0, row)), &mut out);
        most = most.max(out.len());
        assert!(out.len() <= 20, "row {row}: {:?}", String::from_utf8_lossy(&out));
    }
    println!("mark: at most {most}");
    let frames: Vec<Buffer> = (0..20).map(|top| list(22, top)).collect();
    let (median, most) = spent(caps("xterm-256color"), &frames, Some((0, 22)));
    println!("scrolling list: {median} / {most}");
    assert!(most <= 190);
}

#[test]
fn an_equal_frame_costs_nothing_and_no_size_panics() {
    let mut renderer = Renderer::new(caps("xterm"));
    let frame = reading(&prose(LATIN, 100), 0);
    let mut out = Vec::new();
    renderer.draw(&frame, None, &mut out);
    out.clear();
    renderer.draw(&frame, None, &mut out);
    assert!(out.is_empty());
    for (width, height) in [(0, 0), (0, 5), (5, 0), (1, 1), (2, 1)] {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        if width > 0 && height > 0 {
            buffer.set_string(0, 0, "中", Style::new());
        }
        out.clear();
        renderer.draw(&buffer, Some((7, 7)), &mut out);
        assert_eq!(out.is_empty(), width == 0 || height == 0);
    }
}
