//! Draws charts: lines in braille, bars in blocks, both in ASCII where nothing else may be written.
//!
//! ```text
//! 1,500 │        ⢀⡠⠤a
//!       │  b⠉⠒⠤⠔⠁
//!     0 └────────────▲──
//!        2010    2015        the years
//!  here  ▓▓▓▓███████??       how much of each is in the library
//! ```

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Direction, Rect};
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::symbols::bar::Set;
use ratatui::widgets::canvas::{Canvas, Line, Points};
use ratatui::widgets::{Bar, BarChart, BarGroup};

use crate::app::chart::{Cell, Chart, letter, nice_top, steps, value_words};
use crate::app::wrap::columns;

use super::Theme;
use super::paint::Pen;

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// As bars; else as lines, where it is by year or month.
    pub bars: bool,
    /// Rates instead of counts.
    pub rate: bool,
    /// The point that is selected.
    pub selected: Option<usize>,
    /// The first group that is shown.
    pub top: usize,
}

/// Rows below a graph: the axis, the periods, the strip of what is here.
const BELOW: u16 = 3;
/// What bars are measured in: eighths of a cell are never lost.
const WHOLE: f64 = 1_000_000.0;

/// A bar that is full, and its parts; the same in ASCII.
const BLOCKS: Set<'_> = ratatui::symbols::bar::NINE_LEVELS;
const SIGNS: Set<'_> = Set {
    full: "#",
    seven_eighths: "#",
    three_quarters: "+",
    five_eighths: "+",
    half: "=",
    three_eighths: "=",
    one_quarter: "-",
    one_eighth: ".",
    empty: " ",
};
/// What the bars of further queries are filled with.
const FILLINGS: [&str; 6] = ["█", "▒", "░", "▓", "▚", "▞"];
const ASCII_FILLINGS: [&str; 6] = ["#", "=", "-", "%", "o", "x"];
/// How much of a period is here, from nothing to all.
const SHARES: [&str; 5] = [" ", "░", "▒", "▓", "█"];
const ASCII_SHARES: [&str; 5] = [" ", ".", ":", "+", "#"];

/// Draws a chart. Returns where the cursor is: on the selected point.
pub fn draw(chart: &Chart, look: Look, area: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    if area.width < 12 || area.height < 1 {
        return None;
    }
    if chart.asked.by.is_grouped() {
        return groups(chart, look, area, pen);
    }
    if area.height <= BELOW || chart.periods.is_empty() {
        return None;
    }
    periods(chart, look, area, pen)
}

/// A chart as lines of text, for a pipe: a graph has `height` rows, and a list of groups as many as it needs.
pub fn text(chart: &Chart, look: Look, width: u16, height: u16, ascii: bool) -> Vec<String> {
    let theme = Theme { ascii, ..Theme::plain() };
    let grouped = chart.asked.by.is_grouped();
    let (mut lines, mut look) = (Vec::new(), look);
    // A list is drawn piece by piece, since a buffer has an end.
    loop {
        let area = Rect::new(0, 0, width, height);
        let mut buffer = Buffer::empty(area);
        draw(chart, look, area, &mut Pen::new(&mut buffer, area, &theme));
        let groups = groups_in(chart, height.into());
        let rows = match chart.groups.len().saturating_sub(look.top).min(groups) {
            left if grouped => left * chart.series.len().max(1),
            _ => height.into(),
        };
        for y in (0..height).take(rows) {
            let cells = (0..width).filter_map(|x| buffer.cell((x, y)));
            let line: String = cells.map(ratatui::buffer::Cell::symbol).collect();
            lines.push(line.trim_end().to_owned());
        }
        look.top += groups;
        if !grouped || look.top >= chart.groups.len() {
            return lines;
        }
    }
}

/// How many groups a height has room for.
fn groups_in(chart: &Chart, height: usize) -> usize {
    (height / chart.series.len().max(1)).max(1)
}

/// Where the periods are in the width of a graph.
struct Columns {
    /// The left edge.
    x: u16,
    /// Columns in use.
    width: u16,
    count: usize,
}

impl Columns {
    /// The columns of a period, at least one.
    fn of(&self, period: usize) -> Range<u16> {
        let at =
            |n: usize| u16::try_from(n * usize::from(self.width) / self.count.max(1)).unwrap_or(0);
        let from = at(period);
        self.x + from..self.x + at(period + 1).max(from + 1)
    }

    fn middle(&self, period: usize) -> u16 {
        let Range { start, end } = self.of(period);
        start + (end - start - 1) / 2
    }
}

/// A graph over years or months.
fn periods(chart: &Chart, look: Look, area: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let rows = area.height - BELOW;
    let all = bars_of(chart, look, area.width);
    let top = match look.bars {
        true => nice_top(all.largest),
        false => nice_top(chart.largest(look.rate)),
    };
    let labels: Vec<(f64, String)> = steps(top, usize::from(rows / 2).clamp(2, 6))
        .into_iter()
        .map(|value| (value, axis_words(value, look.rate)))
        .collect();
    let wide = labels.iter().map(|(_, words)| columns(words)).max().unwrap_or(0).max(4);
    let left = u16::try_from(wide).unwrap_or(4).min(area.width / 3) + 1;
    let (axis, bottom) = (area.x + left, area.y + rows);
    for (value, words) in labels {
        let y = bottom - (value / top * f64::from(rows)).round() as u16;
        pen.put_right(axis, y.max(area.y), &words, theme.faint);
    }
    let (side, corner, base) =
        if theme.ascii { ("|", "+", "-") } else { ("\u{2502}", "\u{2514}", "\u{2500}") };
    for y in area.y..bottom {
        pen.put(axis, y, 1, side, theme.faint);
    }
    pen.put(axis, bottom, 1, corner, theme.faint);
    let graph =
        Rect { x: axis + 1, y: area.y, width: area.width.saturating_sub(left + 1), height: rows };
    let count = chart.periods.len();
    // Each period has the same number of columns where there are enough of them.
    let room = usize::from(graph.width);
    let (used, count) = match look.bars {
        true => (all.width, all.groups.len() * all.per),
        false if count <= room => (room / count * count, count),
        false => (room, count),
    };
    if look.bars && all.per > 1 {
        let words = format!("a bar: {} {}s", all.per, chart.asked.by.word());
        pen.put_right(area.right(), area.y, &words, theme.faint);
    }
    let along =
        Columns { x: graph.x, width: u16::try_from(used).unwrap_or(graph.width).max(1), count };
    let inner = Rect { width: along.width.min(graph.width), ..graph };
    if look.bars {
        bars(chart, look, &all, top, inner, pen);
    } else {
        lines(chart, look, top, &along, inner, pen);
    }
    for x in inner.x..inner.right() {
        pen.put(x, bottom, 1, base, theme.faint);
    }
    names(chart, &along, inner, bottom + 1, pen);
    here(chart, &along, Rect { x: area.x, y: bottom + 2, height: 1, width: left }, inner, pen);
    let selected = look.selected.filter(|at| *at < chart.periods.len())?;
    let x = along.middle(selected).min(inner.right().saturating_sub(1));
    pen.put(x, bottom, 1, if theme.ascii { "^" } else { "\u{25b2}" }, theme.strong);
    Some((x, bottom))
}

/// The lines of every query, broken where there is no value; each has its letter at some points.
fn lines(chart: &Chart, look: Look, top: f64, along: &Columns, graph: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let several = chart.series.len() > 1;
    let wide = f64::from(graph.width) * 2.0 - 1.0;
    let x = |period: usize| f64::from(along.middle(period) - graph.x) * 2.0 + 0.5;
    for series in 0..chart.series.len() {
        let sign = if several { letter(series) } else { '*' };
        let marker = if theme.ascii { Marker::Custom(sign) } else { Marker::Braille };
        let code = colour_of(series);
        let value = |period: usize| chart.value(series, period, look.rate);
        let canvas =
            Canvas::default().marker(marker).x_bounds([0.0, wide]).y_bounds([0.0, top]).paint(
                |context| {
                    for period in 0..chart.periods.len() {
                        let Some(here) = value(period) else { continue };
                        context.draw(&Points { coords: &[(x(period), here)], color: code });
                        if let Some(next) = value(period + 1) {
                            let (x1, x2) = (x(period), x(period + 1));
                            context.draw(&Line { x1, y1: here, x2, y2: next, color: code });
                        }
                    }
                },
            );
        pen.widget(graph, canvas);
    }
    pen.change(graph, |_, _, cell| {
        if let Some(series) = series_of(cell.fg) {
            cell.set_style(ratatui::style::Style::reset().patch(theme.series(series)));
        }
    });
    if several && !theme.ascii {
        letters(chart, look, top, along, graph, pen);
    }
}

/// Writes the letters of the queries at some of their points, those of one query beside those of another.
fn letters(chart: &Chart, look: Look, top: f64, along: &Columns, graph: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let count = chart.periods.len();
    let every = (count / 4).max(chart.series.len());
    for series in 0..chart.series.len() {
        let first = series * every / chart.series.len();
        for period in (first..count).step_by(every) {
            let Some(value) = chart.value(series, period, look.rate) else { continue };
            let row = ((1.0 - value / top) * f64::from(graph.height - 1)).round() as u16;
            let sign = letter(series).to_string();
            pen.put(along.middle(period), graph.y + row, 1, &sign, theme.series(series));
        }
    }
}

/// The bars of a chart: of several periods each where there is no room for all.
struct Bars {
    /// The periods of each group of bars.
    groups: Vec<Range<usize>>,
    /// How many periods that is.
    per: usize,
    /// Columns of a bar, and between two groups.
    bar: u16,
    gap: u16,
    /// Columns of all.
    width: usize,
    largest: f64,
}

/// The bars that a width has room for.
fn bars_of(chart: &Chart, look: Look, width: u16) -> Bars {
    // The widest axis leaves this much.
    let room = usize::from(width.saturating_sub(width.min(36) / 3 + 2)).max(1);
    let (count, each) = (chart.periods.len().max(1), chart.series.len().max(1));
    let gap = usize::from(each > 1 || count * 2 <= room);
    let per = (count * (each + gap)).div_ceil(room).max(1);
    let groups: Vec<Range<usize>> =
        (0..count).step_by(per).map(|from| from..(from + per).min(count)).collect();
    let bar = ((room / groups.len().max(1)).saturating_sub(gap) / each).clamp(1, 8);
    let values = groups
        .iter()
        .flat_map(|periods| (0..each).filter_map(|series| value_of(chart, look, series, periods)));
    let largest = values.fold(0.0, f64::max);
    let width = groups.len() * (bar * each + gap);
    let narrow = |n: usize| u16::try_from(n).unwrap_or(1);
    Bars { bar: narrow(bar), gap: narrow(gap), width, largest, groups, per }
}

/// The value of some periods together.
fn value_of(chart: &Chart, look: Look, series: usize, periods: &Range<usize>) -> Option<f64> {
    let any = periods.clone().any(|period| chart.value(series, period, false).is_some());
    let mut sum = Cell::default();
    for period in periods.clone() {
        let cell = chart.at(series, period);
        sum.statements += cell.statements;
        sum.words += cell.words;
    }
    sum.value(look.rate).filter(|_| any)
}

fn bars(chart: &Chart, look: Look, all: &Bars, top: f64, graph: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let mut widget = BarChart::default()
        .bar_width(all.bar)
        .bar_gap(0)
        .group_gap(all.gap)
        .max(WHOLE as u64)
        .bar_set(if theme.ascii { SIGNS } else { BLOCKS });
    // What there is at all is never nothing.
    let least = WHOLE / f64::from(graph.height) / 8.0 + 1.0;
    for periods in &all.groups {
        let bar = |series| {
            let value = value_of(chart, look, series, periods).filter(|value| *value > 0.0);
            let high = value.map_or(0.0, |value| (value / top * WHOLE).max(least));
            Bar::default().value(high as u64).text_value(String::new()).style(colour_of(series))
        };
        let bars: Vec<Bar<'_>> = (0..chart.series.len()).map(bar).collect();
        widget = widget.data(BarGroup::default().bars(&bars));
    }
    pen.widget(graph, widget);
    pen.change(graph, |_, _, cell| fill(cell, theme));
}

/// Gives a cell of a bar the look and the pattern of its query.
fn fill(cell: &mut ratatui::buffer::Cell, theme: Theme) {
    let Some(series) = series_of(cell.fg) else { return };
    let blank = cell.symbol() == " ";
    if cell.symbol() == "█" || cell.symbol() == "#" {
        let fillings = if theme.ascii { ASCII_FILLINGS } else { FILLINGS };
        cell.set_symbol(fillings[series % fillings.len()]);
    }
    let style = if blank { theme.plain } else { theme.series(series) };
    cell.set_style(ratatui::style::Style::reset().patch(style));
}

/// The names of the periods below the axis, as many as have room.
fn names(chart: &Chart, along: &Columns, graph: Rect, y: u16, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let mut free = graph.x;
    for (at, period) in chart.periods.iter().enumerate() {
        let name = period.name();
        let wide = u16::try_from(columns(&name)).unwrap_or(4);
        let x = along.middle(at).saturating_sub(wide / 2).max(graph.x);
        if x >= free && x + wide <= graph.right().max(graph.x + wide) {
            pen.put(x, y, wide, &name, theme.faint);
            free = x + wide + 2;
        }
    }
}

/// The strip that says how much of each period is in the library.
fn here(chart: &Chart, along: &Columns, label: Rect, graph: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let shares = if theme.ascii { ASCII_SHARES } else { SHARES };
    pen.put_right(label.right(), label.y, "here", theme.faint);
    for (at, period) in chart.periods.iter().enumerate() {
        let sign = match period.share() {
            None => "?",
            Some(share) if share <= 0.0 => shares[0],
            Some(share) if share >= 1.0 => shares[4],
            Some(share) => shares[1 + ((share * 3.0) as usize).min(2)],
        };
        for x in along.of(at).filter(|x| *x < graph.right()) {
            pen.put(x, label.y, 1, sign, theme.faint);
        }
    }
}

/// Bars for States or topics, one below the other.
fn groups(chart: &Chart, look: Look, area: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let each = chart.series.len().max(1);
    let several = each > 1;
    let shown = look.top..chart.groups.len().min(look.top + groups_in(chart, area.height.into()));
    let top = nice_top(chart.largest(look.rate));
    let wide = |words: &str| u16::try_from(columns(words)).unwrap_or(u16::MAX);
    let longest = shown.clone().map(|at| wide(&chart.groups[at])).max().unwrap_or(0);
    let name = longest.min(area.width * 2 / 5);
    let value = |series, at| value_words(chart.value(series, at, look.rate), look.rate);
    let all = shown.clone().flat_map(|at| (0..each).map(move |series| (series, at)));
    let value_wide = all.map(|(series, at)| wide(&value(series, at))).max().unwrap_or(1);
    let x = area.x + 2 + name + if several { 3 } else { 1 };
    let bar = Rect { x, width: area.right().saturating_sub(x + value_wide + 1), ..area };
    let mut widget = BarChart::default()
        .direction(Direction::Horizontal)
        .bar_width(1)
        .bar_gap(0)
        .group_gap(0)
        .max(WHOLE as u64)
        .bar_set(if theme.ascii { SIGNS } else { BLOCKS });
    let mut cursor = None;
    for (place, at) in shown.clone().enumerate() {
        let y = area.y + u16::try_from(place * each).unwrap_or(0);
        let chosen = look.selected == Some(at);
        let style = if chosen { theme.strong } else { theme.plain };
        pen.put(area.x + 2, y, name, &chart.groups[at], style);
        if chosen {
            pen.put(area.x, y, 1, ">", theme.strong);
            cursor = Some((area.x, y));
        }
        let mut bars = Vec::new();
        for series in 0..chart.series.len() {
            let y = y + u16::try_from(series).unwrap_or(0);
            if y >= area.bottom() {
                break;
            }
            if several {
                pen.put(x - 2, y, 1, &letter(series).to_string(), theme.series(series));
            }
            let here = chart.value(series, at, look.rate).unwrap_or(0.0);
            let long = (here / top * WHOLE) as u64;
            bars.push(
                Bar::default().value(long).text_value(String::new()).style(colour_of(series)),
            );
            let words = value(series, at);
            let cells = (here / top * f64::from(bar.width)) as u16;
            pen.put(bar.x + cells + 1, y, value_wide, &words, theme.plain);
        }
        widget = widget.data(BarGroup::default().bars(&bars));
    }
    let drawn = u16::try_from(shown.len() * each).unwrap_or(u16::MAX).min(area.height);
    let bar = Rect { height: drawn, ..bar };
    draw_bars(bar, widget, pen);
    cursor
}

/// Draws bars over what is there, and leaves the values beside them.
fn draw_bars(area: Rect, widget: BarChart<'_>, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let mut buffer = Buffer::empty(area);
    ratatui::widgets::Widget::render(widget, area, &mut buffer);
    pen.change(area, |x, y, cell| {
        if let Some(drawn) = buffer.cell((x, y)).filter(|drawn| drawn.symbol() != " ") {
            *cell = drawn.clone();
            fill(cell, theme);
        }
    });
}

fn axis_words(value: f64, rate: bool) -> String {
    let whole = value.fract().abs() < 1e-9;
    value_words(Some(value), rate && !whole)
}

/// A query is drawn in a colour that is its number, and gets its look afterwards.
fn colour_of(series: usize) -> Color {
    Color::Indexed(u8::try_from(series + 1).unwrap_or(u8::MAX))
}

fn series_of(colour: Color) -> Option<usize> {
    match colour {
        Color::Indexed(number) => usize::from(number).checked_sub(1),
        _ => None,
    }
}
