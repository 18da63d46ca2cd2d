//! The renderer spends few bytes: fixed scenes with a text made up here, at 80x24, counted and
//! printed (`cargo test --test screens renderer::bytes -- --nocapture`). That it draws right is in
//! `renderer/mod.rs`.

#![allow(clippy::expect_used)] // The helpers of tests, too, may fail loudly.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use spv::terminal::caps::{Caps, Environment, Wishes, choose};
use spv::terminal::render::Renderer;

fn caps(term: &str) -> Caps {
    choose(&Environment { term: Some(term), ..Environment::default() }, &Wishes::default())
}

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
    "representatives",
    "circumstances",
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
    let lines = prose(LATIN, 3050);
    let down: Vec<Buffer> = (100..131).map(|top| reading(&lines, top)).collect();
    let up: Vec<Buffer> = down.iter().rev().cloned().collect();
    // The budgets of 92 and 105 are for a text with a median of 65 bytes a line, on which less
    // spends 76 and less with a status line 128: 27 over the text. A VT100 cannot insert lines
    // and pays for margins.
    let text = |from: usize| {
        let mut bytes: Vec<usize> = lines[from..from + 30].iter().map(String::len).collect();
        bytes.sort_unstable();
        bytes[15]
    };
    for (term, over) in [("xterm-256color", 27), ("linux", 27), ("screen", 27), ("vt100", 33)] {
        // Upwards the way to the status line is a byte longer.
        for (name, frames, text) in [("down", &down, text(123)), ("up", &up, text(100) + 1)] {
            let (median, most) = spent(caps(term), frames, None);
            println!("{term}: line {name}: {median} / {most} for a text of {text}");
            assert!(median <= text + over && most <= text + over + 13, "{term} {name}: {median}");
            let (with_cursor, _) = spent(caps(term), frames, Some((0, 5)));
            println!("{term}: line {name} with the cursor in the text: {with_cursor}");
            assert!(with_cursor <= median + 12);
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
    buffer.set_string(0, 23, format!("{:>3} of 900", top + usize::from(chosen)), Style::new());
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

/// Run with `-- --ignored --nocapture`: how long a frame takes to find; asserts no time.
#[test]
#[ignore = "a measurement, printed for the person who asks"]
fn how_long_a_frame_takes() {
    for (width, height) in [(80, 24), (200, 50)] {
        let lines = prose(LATIN, 3050);
        let frame = |top: usize| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
            for y in 0..height {
                let twice = format!(
                    "{} {}",
                    lines[top + usize::from(y)],
                    lines[top + 900 + usize::from(y)]
                );
                buffer.set_stringn(0, y, twice, usize::from(width), Style::new());
            }
            buffer
        };
        for step in [0, 1, usize::from(height) - 2] {
            let mut renderer = Renderer::new(caps("xterm-256color"));
            let mut out = Vec::new();
            let frames: Vec<Buffer> = (0..30).map(|n| frame(n * step)).collect();
            let begin = std::time::Instant::now();
            frames.iter().for_each(|frame| renderer.draw(frame, None, &mut out));
            println!("{width}x{height}, {step} lines on: {:?} a frame", begin.elapsed() / 30);
        }
    }
}
