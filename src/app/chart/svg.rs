//! A chart as a picture for a paper: plain SVG, told apart in print by dashes, marks and hatching and not by colour
//! alone, with everything in it that says what it was drawn from.

use std::fmt::Write as _;

use super::model::{Chart, letter};
use super::scale::{nice_top, steps};
use super::words::{lines, title, value_words};
use crate::app::identity::Identity;
use crate::record::harmless;

/// The size, in units of the picture.
const WIDTH: f64 = 800.0;
/// Left of the graph: the values of the axis, or the names of States.
const LEFT: f64 = 64.0;
const NAMES: f64 = 250.0;
const RIGHT: f64 = 24.0;
/// The height of the graph of lines.
const HEIGHT: f64 = 320.0;
/// The height of a line of text.
const LINE: f64 = 16.0;
/// The height of a bar.
const BAR: f64 = 12.0;
/// The most bars: a picture of more is no picture.
const MOST_BARS: usize = 40;
/// Characters in a line of text below the graph.
const MEASURE: usize = 118;

/// Colours that stay apart for people who see few of them, and as greys; dashes; marks.
const STYLES: [(&str, &str); 6] = [
    ("#000000", ""),
    ("#0072b2", "7 3"),
    ("#d55e00", "2 3"),
    ("#009e73", "10 3 2 3"),
    ("#cc79a7", "4 2 1 2"),
    ("#8a6d00", "12 4"),
];

/// A chart as SVG.
pub fn svg(chart: &Chart, rate: bool, from: &Identity) -> String {
    let mut body = String::new();
    let mut y = 30.0;
    let queries: Vec<&str> = chart.series.iter().map(|series| series.query.as_str()).collect();
    let heading = format!("{}: {}", title(chart, rate), queries.join("; "));
    text(&mut body, (LEFT.min(16.0), y), "bold", "start", &title(chart, rate));
    y += 8.0;
    for (n, query) in queries.iter().enumerate() {
        y += LINE;
        sample(&mut body, n, y - 4.0, chart.asked.by.is_grouped());
        text(&mut body, (64.0, y), "normal", "start", &format!("{} {query}", letter(n)));
    }
    y += 20.0;
    y = if chart.asked.by.is_grouped() {
        bars(&mut body, chart, rate, y)
    } else {
        graph(&mut body, chart, rate, y)
    };
    let mut said = lines(chart, rate);
    said.push(from.line());
    let mut rows = Vec::new();
    for line in &said {
        let wrapped = textwrap::wrap(line, MEASURE);
        rows.extend(wrapped.into_iter().map(|row| row.into_owned()));
    }
    y += 12.0;
    for row in &rows {
        y += LINE;
        text(&mut body, (16.0, y), "small", "start", row);
    }
    let height = y + 16.0;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"t d\" \
         viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\">"
    );
    let _ = writeln!(out, "<title id=\"t\">{}</title>", escaped(&heading));
    let _ = writeln!(out, "<desc id=\"d\">{}</desc>", escaped(&said.join(". ")));
    out.push_str(
        "<style>text{font-family:sans-serif;font-size:13px;fill:#000}.bold{font-weight:bold;font-size:15px}\
         .small{font-size:12px}.axis{stroke:#000}.grid{stroke:#ccc}.line{fill:none;stroke-width:1.6}</style>\n",
    );
    let _ = writeln!(out, "<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>");
    out.push_str(&hatches(chart.series.len()));
    out.push_str(&body);
    out.push_str("</svg>\n");
    out
}

/// Lines over the periods, with the axes and the strip of what is here.
fn graph(out: &mut String, chart: &Chart, rate: bool, top: f64) -> f64 {
    let (left, right, bottom) = (LEFT, WIDTH - RIGHT, top + HEIGHT);
    let most = nice_top(chart.largest(rate));
    let count = chart.periods.len();
    let each = (right - left) / count.max(1) as f64;
    let x = |at: usize| left + (at as f64 + 0.5) * each;
    let y = |value: f64| bottom - value / most * HEIGHT;
    for value in steps(most, 6) {
        line(out, "grid", (left, y(value)), (right, y(value)));
        text(out, (left - 6.0, y(value) + 4.0), "small", "end", &axis_words(value, rate));
    }
    line(out, "axis", (left, top), (left, bottom));
    line(out, "axis", (left, bottom), (right, bottom));
    let every = count.div_ceil(12).max(1);
    for (at, period) in chart.periods.iter().enumerate().step_by(every) {
        line(out, "axis", (x(at), bottom), (x(at), bottom + 4.0));
        text(out, (x(at), bottom + LINE), "small", "middle", &period.name());
    }
    for n in 0..chart.series.len() {
        curve(out, chart, rate, n, &|at, value| (x(at), y(value)));
    }
    // How much of each period is here: full is black, none is white, not known has a cross.
    let strip = bottom + 30.0;
    text(out, (left - 6.0, strip + 9.0), "small", "end", "here");
    for (at, period) in chart.periods.iter().enumerate() {
        let from = left + at as f64 * each;
        let share = period.share().unwrap_or(0.0);
        let _ = writeln!(
            out,
            "<rect x=\"{from:.1}\" y=\"{strip:.1}\" width=\"{each:.1}\" height=\"10\" fill=\"#000\" \
             fill-opacity=\"{:.2}\" stroke=\"#999\" stroke-width=\"0.5\"/>",
            share * 0.8
        );
        if period.known.is_none() {
            line(out, "axis", (from, strip), (from + each, strip + 10.0));
            line(out, "axis", (from, strip + 10.0), (from + each, strip));
        }
    }
    let key = "here: the part of the known records of each period that is in the library; crossed: not known how many \
               there are";
    text(out, (left, strip + 26.0), "small", "start", key);
    strip + 26.0
}

/// The line of one query; it is broken where there is no value.
fn curve(
    out: &mut String,
    chart: &Chart,
    rate: bool,
    n: usize,
    place: &dyn Fn(usize, f64) -> (f64, f64),
) {
    let (colour, dashes) = STYLES[n % STYLES.len()];
    let mut path = String::new();
    let mut open = false;
    for at in 0..chart.periods.len() {
        let Some(value) = chart.value(n, at, rate) else {
            open = false;
            continue;
        };
        let (x, y) = place(at, value);
        let _ = write!(path, "{}{x:.1} {y:.1} ", if open { 'L' } else { 'M' });
        open = true;
    }
    let dashes =
        if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") };
    let _ = writeln!(
        out,
        "<path class=\"line\" stroke=\"{colour}\"{dashes} d=\"{}\"/>",
        path.trim_end()
    );
    for at in 0..chart.periods.len() {
        if let Some(value) = chart.value(n, at, rate) {
            let words = format!("{} {}", chart.point_name(at), value_words(Some(value), rate));
            mark(out, n, place(at, value), &words);
        }
    }
}

/// Bars for the groups with the most statements, one for each query.
fn bars(out: &mut String, chart: &Chart, rate: bool, top: f64) -> f64 {
    let (left, right) = (NAMES, WIDTH - 90.0);
    let each = chart.series.len().max(1);
    let shown = (MOST_BARS / each).max(1).min(chart.groups.len());
    let values = (0..shown).flat_map(|at| (0..each).filter_map(move |n| chart.value(n, at, rate)));
    let most = nice_top(values.fold(0.0, f64::max));
    let mut y = top;
    for group in 0..shown {
        let name: String = chart.point_name(group).chars().take(38).collect();
        text(out, (left - 6.0, y + BAR - 2.0), "small", "end", &name);
        for n in 0..chart.series.len() {
            let value = chart.value(n, group, rate);
            let long = value.unwrap_or(0.0) / most * (right - left);
            let _ = writeln!(
                out,
                "<rect x=\"{left}\" y=\"{y:.1}\" width=\"{long:.1}\" height=\"{:.1}\" fill=\"url(#h{n})\" \
                 stroke=\"#000\" stroke-width=\"0.7\"/>",
                BAR - 2.0
            );
            text(
                out,
                (left + long + 5.0, y + BAR - 2.5),
                "small",
                "start",
                &value_words(value, rate),
            );
            y += BAR;
        }
        y += 5.0;
    }
    line(out, "axis", (left, top - 3.0), (left, y));
    if shown < chart.groups.len() {
        let words = format!("the first {shown} of {}; --csv has all", chart.groups.len());
        y += LINE;
        text(out, (left, y), "small", "start", &words);
    }
    y
}

/// The fillings of bars: full, hatched one way, the other way, and crossed.
fn hatches(count: usize) -> String {
    let mut out = String::from("<defs>\n");
    for n in 0..count {
        let (colour, _) = STYLES[n % STYLES.len()];
        let lines = match n % 6 {
            0 => {
                format!("<rect width=\"6\" height=\"6\" fill=\"{colour}\" fill-opacity=\"0.75\"/>")
            }
            1 => format!("<path d=\"M0 6L6 0\" stroke=\"{colour}\" stroke-width=\"1.5\"/>"),
            2 => format!("<path d=\"M0 0L6 6\" stroke=\"{colour}\" stroke-width=\"1.5\"/>"),
            3 => format!("<path d=\"M0 3H6\" stroke=\"{colour}\" stroke-width=\"1.5\"/>"),
            4 => format!("<path d=\"M3 0V6\" stroke=\"{colour}\" stroke-width=\"1.5\"/>"),
            _ => format!("<circle cx=\"3\" cy=\"3\" r=\"1.4\" fill=\"{colour}\"/>"),
        };
        let _ = writeln!(
            out,
            "<pattern id=\"h{n}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">{lines}</pattern>"
        );
    }
    out.push_str("</defs>\n");
    out
}

/// The sign before the name of a query: a piece of its line with the mark, or its filling.
fn sample(out: &mut String, n: usize, y: f64, bars: bool) {
    if bars {
        let _ = writeln!(
            out,
            "<rect x=\"20\" y=\"{:.1}\" width=\"34\" height=\"10\" fill=\"url(#h{n})\" stroke=\"#000\" \
             stroke-width=\"0.7\"/>",
            y - 5.0
        );
        return;
    }
    let (colour, dashes) = STYLES[n % STYLES.len()];
    let dashes =
        if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") };
    let _ = writeln!(out, "<path class=\"line\" stroke=\"{colour}\"{dashes} d=\"M20 {y:.1}H54\"/>");
    mark(out, n, (37.0, y), "");
}

/// The mark of a query at a point: each query has another shape.
fn mark(out: &mut String, n: usize, (x, y): (f64, f64), words: &str) {
    let (colour, _) = STYLES[n % STYLES.len()];
    let title =
        if words.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(words)) };
    let path = match n % 6 {
        0 => format!("M{:.1} {y:.1}a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0 -4.8 0", x - 2.4),
        1 => format!("M{:.1} {:.1}h5v5h-5z", x - 2.5, y - 2.5),
        2 => format!("M{x:.1} {:.1}l3 5h-6z", y - 3.0),
        3 => format!("M{x:.1} {:.1}l3.2 3.2l-3.2 3.2l-3.2 -3.2z", y - 3.2),
        4 => format!("M{x:.1} {:.1}l3 -5h-6z", y + 3.0),
        _ => format!("M{:.1} {:.1}h7v2h-7z", x - 3.5, y - 1.0),
    };
    let fill = if n.is_multiple_of(2) { colour } else { "#fff" };
    let _ = writeln!(out, "<path d=\"{path}\" fill=\"{fill}\" stroke=\"{colour}\">{title}</path>");
}

fn axis_words(value: f64, rate: bool) -> String {
    if value.fract() == 0.0 {
        value_words(Some(value), false)
    } else {
        value_words(Some(value), rate)
    }
}

fn line(out: &mut String, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
    let _ = writeln!(
        out,
        "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
    );
}

fn text(out: &mut String, (x, y): (f64, f64), class: &str, anchor: &str, words: &str) {
    let _ = writeln!(
        out,
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>",
        escaped(words)
    );
}

/// A text that is no markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in harmless::line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
