//! Makes the pictures under `screenshots/` from real frames: key scripts are played on the program over what
//! is inside it, and what `ui::view` draws is written as SVG.
//!
//! `cargo run --example screenshots` writes them; with `-- --check` nothing is written, and those
//! that are not what the program draws today are named (exit code 1).
//!
//! Every run of cells is a `<text>` with its `textLength`, so that columns line up in any font.

#[path = "../tests/kit/mod.rs"]
mod kit;

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use spv::ui::Theme;
use unicode_width::UnicodeWidthStr as _;

use kit::Play;

/// A picture: its file, its size in columns and rows, the keys that lead to it, and what it shows.
struct Scene {
    file: &'static str,
    size: (u16, u16),
    keys: &'static str,
    shows: &'static str,
}

const SCENES: &[Scene] = &[
    Scene { file: "meetings", size: (80, 24), keys: "jjjj", shows: "The list of meetings" },
    Scene {
        file: "statements",
        size: (80, 24),
        keys: "jjj<Enter>jj",
        shows: "The statements of a record, with its vote",
    },
    Scene {
        file: "reading",
        size: (80, 24),
        keys: "jjjjjj<Enter>2G<Enter><Tab>",
        shows: "A statement, with printed pages in the margin and a reference selected",
    },
    Scene {
        file: "find",
        size: (80, 24),
        keys: "f2014 syria",
        shows: "Find, with the letters that matched",
    },
    Scene {
        file: "search",
        size: (80, 24),
        keys: "speace OR water<Enter>jjj",
        shows: "Search in every statement, with the hits by year",
    },
    Scene {
        file: "concordance",
        size: (80, 24),
        keys: "speace<Enter>cojj",
        shows: "The concordance of a word, by what stands before it",
    },
    Scene {
        file: "vote",
        size: (80, 24),
        keys: "fS/2014/348<Enter>",
        shows: "The vote on draft resolution S/2014/348, member by member",
    },
    Scene {
        file: "council",
        size: (80, 24),
        keys: "jjjjjjC",
        shows: "Who sat in the Council on a day, and who presided",
    },
    Scene {
        file: "panes",
        size: (120, 40),
        keys: "jjjjj<Enter>4G<Enter>",
        shows: "Two panes at 120 columns: statements and text",
    },
    Scene {
        file: "small",
        size: (40, 12),
        keys: "jjjjj<Enter>4G<Enter>",
        shows: "The same at 40 columns and 12 rows",
    },
    Scene { file: "keys", size: (80, 24), keys: "jjj<Enter>?", shows: "The keys of a screen" },
];

/// Width and height of a cell, and the frame around the cells, in user units. The width is that of
/// a 14-pixel letter in the most common monospace fonts, so that little is stretched.
const CELL: (f64, f64) = (8.4, 18.0);
const PAD: f64 = 14.0;

/// The background, the letters, and the sixteen colours of a terminal, in their order.
const GROUND: [u8; 3] = [0x1c, 0x21, 0x29];
const INK: [u8; 3] = [0xd6, 0xda, 0xe0];
const SIXTEEN: [[u8; 3]; 16] = [
    [0x3a, 0x41, 0x4d],
    [0xe5, 0x7b, 0x7f],
    [0x9c, 0xc4, 0x89],
    [0xe3, 0xc0, 0x78],
    [0x82, 0xab, 0xe0],
    [0xc3, 0x9a, 0xd8],
    [0x79, 0xc2, 0xc9],
    [0xc8, 0xcd, 0xd5],
    [0x86, 0x8f, 0x9d],
    [0xf0, 0x94, 0x97],
    [0xb4, 0xd8, 0xa2],
    [0xf2, 0xd5, 0x96],
    [0xa2, 0xc4, 0xf2],
    [0xd8, 0xb5, 0xea],
    [0x99, 0xd9, 0xdf],
    [0xf4, 0xf6, 0xf8],
];

fn main() -> ExitCode {
    let check = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("--check") => true,
        Some(other) => {
            eprintln!("{other}: not known; `-- --check` compares, without it all are written");
            return ExitCode::from(2);
        }
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    let mut stale = unknown(&folder);
    for scene in SCENES {
        let file = folder.join(scene.file).with_extension("svg");
        let svg = draw(scene);
        let same = std::fs::read_to_string(&file).is_ok_and(|there| there == svg);
        if check && !same {
            stale.push(format!("{}.svg is not what the program draws", scene.file));
        }
        let written = std::fs::create_dir_all(&folder).and_then(|()| match check || same {
            true => Ok(()),
            false => std::fs::write(&file, svg),
        });
        if let Err(error) = written {
            eprintln!("{}: {error}", file.display());
            return ExitCode::from(3);
        }
    }
    for line in &stale {
        eprintln!("screenshots: {line}; run `cargo run --example screenshots`");
    }
    if stale.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Pictures that no scene makes.
fn unknown(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .filter(|name| !SCENES.iter().any(|scene| format!("{}.svg", scene.file) == *name))
        .map(|name| format!("{name} is made by no scene: remove it"))
        .collect()
}

/// Plays a scene and draws its last frame.
fn draw(scene: &Scene) -> String {
    let (columns, rows) = scene.size;
    let mut play = Play::exercise(columns, rows);
    play.theme = Theme::coloured();
    play.keys(scene.keys);
    let (buffer, cursor) = play.draw();
    svg(&buffer, cursor, scene.shows)
}

/// A frame as SVG.
fn svg(buffer: &Buffer, cursor: Option<(u16, u16)>, shows: &str) -> String {
    let width = f64::from(buffer.area.width) * CELL.0 + 2.0 * PAD;
    let height = f64::from(buffer.area.height) * CELL.1 + 2.0 * PAD;
    let mut svg = String::new();
    let _ = writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0}" height="{height:.0}" viewBox="0 0 {width:.1} {height:.1}" role="img">
<title>{}</title>
<style>text{{font-family:'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono',ui-monospace,monospace;font-size:14px;fill:{};white-space:pre}}.c{{shape-rendering:crispEdges}}</style>
<rect x=".5" y=".5" width="{:.1}" height="{:.1}" rx="8" fill="{}" stroke="{}"/>"#,
        escape(shows),
        hex(INK),
        width - 1.0,
        height - 1.0,
        hex(GROUND),
        hex(SIXTEEN[0]),
    );
    for y in 0..buffer.area.height {
        for run in runs(buffer, y) {
            run.write(y, &mut svg);
        }
    }
    if let Some((x, y)) = cursor {
        let (x, y) = corner(x, y);
        let _ = writeln!(
            svg,
            r#"<rect x="{x:.1}" y="{y:.1}" width="2" height="{}" fill="{}"/>"#,
            CELL.1,
            hex(SIXTEEN[12])
        );
    }
    svg.push_str("</svg>\n");
    svg
}

/// Adjacent cells of a row that look alike.
struct Run {
    x: u16,
    columns: u16,
    text: String,
    look: Look,
}

/// The look of a cell, with its colours resolved.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    ink: [u8; 3],
    ground: [u8; 3],
    bold: bool,
    italic: bool,
    underlined: bool,
    struck: bool,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let has = |modifier| cell.modifier.contains(modifier);
        let (mut ink, mut ground) = (colour(cell.fg, INK), colour(cell.bg, GROUND));
        if has(Modifier::REVERSED) {
            (ink, ground) = (ground, ink);
        }
        if has(Modifier::DIM) {
            ink = std::array::from_fn(|n| mix(ink[n], ground[n]));
        }
        Self {
            ink,
            ground,
            bold: has(Modifier::BOLD),
            italic: has(Modifier::ITALIC),
            underlined: has(Modifier::UNDERLINED),
            struck: has(Modifier::CROSSED_OUT),
        }
    }

    /// Whether a space with this look can be seen.
    fn seen(self) -> bool {
        self.ground != GROUND || self.underlined || self.struck
    }
}

/// Mixes three parts of one colour with two of the other, for dim letters that can still be read.
fn mix(ink: u8, ground: u8) -> u8 {
    u8::try_from((u16::from(ink) * 3 + u16::from(ground) * 2) / 5).unwrap_or(ink)
}

fn colour(colour: Color, default: [u8; 3]) -> [u8; 3] {
    let n = match colour {
        Color::Reset => return default,
        Color::Rgb(r, g, b) => return [r, g, b],
        Color::Indexed(n @ 16..=231) => {
            let level = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
            let n = n - 16;
            return [level(n / 36), level(n / 6 % 6), level(n % 6)];
        }
        Color::Indexed(n @ 232..) => return [8 + 10 * (n - 232); 3],
        Color::Indexed(n) => n,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    SIXTEEN[usize::from(n)]
}

/// The runs of a row. Two adjacent invisible spaces end a run, and a character that is
/// not one column wide is a run by itself, so that no font can push what follows it.
fn runs(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut spaces = 0;
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        let (symbol, look) = (cell.symbol(), Look::of(cell));
        let columns = u16::try_from(symbol.width()).unwrap_or(1).max(1);
        if symbol == " " && !look.seen() {
            spaces += 1;
        } else {
            let alike = |run: &&mut Run| {
                run.look == look
                    && run.x + run.columns + spaces == x
                    && spaces < 2
                    && columns == 1
                    && run.columns as usize == run.text.chars().count()
            };
            match runs.last_mut().filter(alike) {
                Some(run) => {
                    run.text.push_str(&" ".repeat(usize::from(spaces)));
                    run.text.push_str(symbol);
                    run.columns += spaces + columns;
                }
                None => runs.push(Run { x, columns, text: symbol.to_owned(), look }),
            }
            spaces = 0;
        }
        x += columns;
    }
    runs
}

impl Run {
    fn write(&self, y: u16, svg: &mut String) {
        let (x, top) = corner(self.x, y);
        let width = f64::from(self.columns) * CELL.0;
        if self.look.ground != GROUND {
            let _ = writeln!(
                svg,
                r#"<rect class="c" x="{x:.1}" y="{top:.1}" width="{width:.1}" height="{}" fill="{}"/>"#,
                CELL.1,
                hex(self.look.ground)
            );
        }
        let trimmed = if self.look.underlined { &self.text } else { self.text.trim_end() };
        if trimmed.is_empty() {
            return;
        }
        let width = width - (self.text.len() - trimmed.len()) as f64 * CELL.0;
        let _ = write!(
            svg,
            r#"<text xml:space="preserve" x="{x:.1}" y="{:.1}" textLength="{width:.1}" lengthAdjust="spacingAndGlyphs""#,
            top + 13.5
        );
        if self.look.ink != INK {
            // An attribute would yield to the rule in the style sheet.
            let _ = write!(svg, r#" style="fill:{}""#, hex(self.look.ink));
        }
        for (on, attribute) in [
            (self.look.bold, r#" font-weight="bold""#),
            (self.look.italic, r#" font-style="italic""#),
            (self.look.underlined, r#" text-decoration="underline""#),
            (self.look.struck, r#" text-decoration="line-through""#),
        ] {
            svg.push_str(if on { attribute } else { "" });
        }
        let _ = writeln!(svg, ">{}</text>", escape(trimmed));
    }
}

/// The upper left corner of a cell.
fn corner(x: u16, y: u16) -> (f64, f64) {
    (PAD + f64::from(x) * CELL.0, PAD + f64::from(y) * CELL.1)
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
