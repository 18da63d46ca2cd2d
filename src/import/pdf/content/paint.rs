//! What the graphics under, around and over text do to it: colours, areas that are filled, clipping.
//!
//! Nothing is drawn. Of a path only the area around it is kept, and whether it is a plain rectangle, which
//! is what writers put under white letters, over letters that are to be hidden, and around what they cut
//! off. Where these rules are not sure, text counts as visible.

use hayro_syntax::object::{Array, Dict, Name, Number, Stream};
use hayro_syntax::page::Resources;

use super::geometry::{Area, Matrix, apply};

/// The most areas that are kept of a page; after them, no further text counts as hidden.
const AREAS: usize = 256;
/// Areas narrower or lower than this are lines and no ground for letters, in points.
const LINE: f64 = 3.0;
/// Letters may reach over the edge of what clips them by this much, in points.
pub(super) const EDGE: f64 = 0.5;
/// Brighter than this is white, and darker than [`BLACK`] is black.
const WHITE: f32 = 0.95;
const BLACK: f32 = 0.05;
/// The brightness of what is not known, such as a pattern or a picture.
const UNKNOWN: f32 = 0.5;

/// How the numbers of a colour are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Space {
    #[default]
    Gray,
    Rgb,
    Cmyk,
    /// The numbers are amounts of inks (Separation and DeviceN).
    Inks,
    /// A pattern, an index, or a space that cannot be read.
    Other,
}

/// A colour as a brightness from 0 (black) to 1 (white).
#[derive(Clone, Copy, Debug, Default)]
struct Colour {
    space: Space,
    bright: f32,
    /// One minus the opacity, so that the default is opaque.
    clear: f32,
}

impl Colour {
    /// Sets space and numbers at once.
    fn set(&mut self, space: Space, numbers: &[f64]) {
        self.space = space;
        self.bright = brightness(space, numbers);
    }

    /// The brightness on white paper.
    fn on_paper(self) -> f32 {
        self.bright + (1.0 - self.bright) * self.clear
    }
}

fn brightness(space: Space, numbers: &[f64]) -> f32 {
    let weighed = |parts: &[f64]| match *parts {
        [red, green, blue] => 0.299 * red + 0.587 * green + 0.114 * blue,
        _ => 0.0,
    };
    let bright = match (space, numbers) {
        (Space::Gray, [gray, ..]) => *gray,
        (Space::Rgb, [red, green, blue, ..]) => weighed(&[*red, *green, *blue]),
        (Space::Cmyk, [cyan, magenta, yellow, black, ..]) => {
            1.0 - (weighed(&[*cyan, *magenta, *yellow]) + black).min(1.0)
        }
        (Space::Inks, [_, ..]) => 1.0 - numbers.iter().copied().fold(0.0, f64::max),
        _ => f64::from(UNKNOWN),
    };
    bright.clamp(0.0, 1.0) as f32
}

/// The part of the graphics state that decides whether letters can be seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    fill: Colour,
    stroke: Colour,
    /// What is drawn now lets through what is under it: a blend mode, a mask or an overprint.
    blended: bool,
    /// The area outside of which nothing is drawn.
    pub(super) clip: Area,
}

impl Paint {
    /// Black on a page of which this area can be seen.
    pub(super) fn new(clip: Area) -> Self {
        Self { fill: Colour::default(), stroke: Colour::default(), blended: false, clip }
    }

    /// Applies an operator that sets a colour; false if it is none.
    pub(super) fn set_colour(
        &mut self,
        operator: &[u8],
        numbers: &[f64],
        name: Option<&[u8]>,
        resources: &Resources<'_>,
    ) -> bool {
        let colour =
            if operator[0].is_ascii_uppercase() { &mut self.stroke } else { &mut self.fill };
        match operator {
            b"g" | b"G" => colour.set(Space::Gray, numbers),
            b"rg" | b"RG" => colour.set(Space::Rgb, numbers),
            b"k" | b"K" => colour.set(Space::Cmyk, numbers),
            b"cs" | b"CS" => {
                colour.space = name.map_or(Space::Other, |name| named_space(name, resources));
                colour.bright = if colour.space == Space::Other { UNKNOWN } else { 0.0 };
            }
            b"sc" | b"scn" | b"SC" | b"SCN" => colour.bright = brightness(colour.space, numbers),
            _ => return false,
        }
        true
    }

    /// Applies a named graphics state.
    pub(super) fn set_state(&mut self, state: &Dict<'_>) {
        let opacity =
            |key: &str| state.get::<Number>(key).map(|n| 1.0 - (n.as_f64().clamp(0.0, 1.0) as f32));
        self.fill.clear = opacity("ca").unwrap_or(self.fill.clear);
        self.stroke.clear = opacity("CA").unwrap_or(self.stroke.clear);
        let plain = |key: &str, words: &[&str]| {
            state.get::<Name<'_>>(key).is_none_or(|name| words.contains(&name.as_str()))
        };
        if state.contains_key("BM") || state.contains_key("SMask") || state.contains_key("op") {
            let overprints = state.get::<bool>("op").unwrap_or(false);
            let modes = state.get::<Array<'_>>("BM").is_some();
            let masked = state.get::<Dict<'_>>("SMask").is_some();
            self.blended = overprints || modes || masked || !plain("BM", &["Normal", "Compatible"]);
        }
    }

    /// How bright letters are on white paper in this text mode; `None` if they are wholly transparent.
    pub(super) fn letters(&self, mode: i64) -> Option<f32> {
        let colour = match mode {
            1 | 5 => self.stroke,
            2 | 6 if self.stroke.on_paper() < self.fill.on_paper() => self.stroke,
            _ => self.fill,
        };
        (colour.clear < WHITE).then(|| colour.on_paper())
    }
}

/// The colour space with this name.
fn named_space(name: &[u8], resources: &Resources<'_>) -> Space {
    match device_space(name) {
        Space::Other => {}
        known => return known,
    }
    if let Some(name) = resources.color_spaces.get::<Name<'_>>(name) {
        return device_space(&name);
    }
    let Some(list) = resources.color_spaces.get::<Array<'_>>(name) else { return Space::Other };
    let mut parts = list.flex_iter();
    let Some(kind) = parts.next::<Name<'_>>() else { return Space::Other };
    match kind.as_str() {
        "CalGray" => Space::Gray,
        "CalRGB" => Space::Rgb,
        "Separation" | "DeviceN" => Space::Inks,
        "ICCBased" => {
            let profile = parts.next::<Stream<'_>>();
            let count = profile.and_then(|p| p.dict().get::<Number>("N")).map(|n| n.as_i64());
            match count {
                Some(1) => Space::Gray,
                Some(3) => Space::Rgb,
                Some(4) => Space::Cmyk,
                _ => Space::Other,
            }
        }
        _ => device_space(&kind),
    }
}

fn device_space(name: &[u8]) -> Space {
    match name {
        b"DeviceGray" | b"G" | b"CalGray" => Space::Gray,
        b"DeviceRGB" | b"RGB" | b"CalRGB" => Space::Rgb,
        b"DeviceCMYK" | b"CMYK" | b"CalCMYK" => Space::Cmyk,
        _ => Space::Other,
    }
}

/// The path that is being built.
#[derive(Clone, Debug)]
pub(super) struct Path {
    area: Area,
    /// Its first points; a rectangle has four, or five if the first is repeated.
    points: Vec<(f64, f64)>,
    /// It has a curve, or more points than a rectangle.
    complex: bool,
    /// It clips what is drawn after it.
    clips: bool,
}

impl Default for Path {
    fn default() -> Self {
        Self { area: Area::NONE, points: Vec::new(), complex: false, clips: false }
    }
}

impl Path {
    /// Adds what an operator draws, under this matrix; false if it is no operator of paths.
    pub(super) fn add(&mut self, operator: &[u8], numbers: &[f64], matrix: &Matrix) -> bool {
        match (operator, numbers) {
            (b"m" | b"l", [x, y, ..]) => self.point(matrix, *x, *y),
            (b"re", [x, y, width, height, ..]) => {
                for (x, y) in [(*x, *y), (x + width, *y), (x + width, y + height), (*x, y + height)]
                {
                    self.point(matrix, x, y);
                }
            }
            (b"c" | b"v" | b"y", _) => {
                self.complex = true;
                for pair in numbers.chunks_exact(2).take(3) {
                    self.point(matrix, pair[0], pair[1]);
                }
            }
            (b"h" | b"m" | b"l" | b"re", _) => {}
            (b"W" | b"W*", _) => self.clips = true,
            _ => return false,
        }
        true
    }

    fn point(&mut self, matrix: &Matrix, x: f64, y: f64) {
        let point = apply(matrix, x, y);
        self.area.include(point);
        if self.points.len() < 5 {
            self.points.push(point);
        } else {
            self.complex = true;
        }
    }

    /// Whether it is one rectangle with upright sides: its points are the four corners of its area.
    fn is_rectangle(&self) -> bool {
        let Area { left, bottom, right, top } = self.area;
        let near = |a: f64, b: f64| (a - b).abs() < 0.5;
        let at = |(x, y): &(f64, f64), (a, b): (f64, f64)| near(*x, a) && near(*y, b);
        let corners = [(left, bottom), (right, bottom), (right, top), (left, top)];
        !self.complex
            && corners.iter().all(|corner| self.points.iter().any(|point| at(point, *corner)))
            && self.points.iter().all(|point| corners.iter().any(|corner| at(point, *corner)))
    }
}

/// An area that was filled.
#[derive(Clone, Copy, Debug)]
struct FilledArea {
    area: Area,
    bright: f32,
    /// It is a rectangle, and not the area around an odd path.
    rectangle: bool,
    /// It hides what is under it.
    opaque: bool,
    /// It is a picture.
    picture: bool,
    /// The number of glyphs that were drawn before it.
    after: usize,
}

/// The areas of a page that were filled, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct FilledAreas {
    list: Vec<FilledArea>,
    full: bool,
}

impl FilledAreas {
    /// Ends a path with the operator that paints it. `glyphs` is the number of glyphs drawn until now;
    /// `None` if what is drawn is not shown.
    pub(super) fn end_path(
        &mut self,
        operator: &[u8],
        path: &mut Path,
        paint: &mut Paint,
        glyphs: Option<usize>,
    ) {
        let fills = match operator {
            b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => true,
            b"n" | b"S" | b"s" => false,
            _ => return,
        };
        let path = std::mem::take(path);
        let area = path.area.intersect(paint.clip);
        if let Some(after) = glyphs.filter(|_| fills && paint.fill.clear < WHITE) {
            let rectangle = path.is_rectangle();
            let bright = paint.fill.on_paper();
            // White letters may be on any part of an odd path that is dark; of one that is white nothing
            // is known.
            if rectangle || bright < WHITE {
                let opaque = rectangle && paint.fill.clear <= 0.0 && !paint.blended;
                self.push(FilledArea { area, bright, rectangle, opaque, picture: false, after });
            }
        }
        // Some writers clip without a path, which viewers pass over.
        if path.clips && path.area.left <= path.area.right {
            paint.clip = area.grown(EDGE);
        }
    }

    /// Adds a picture, which may have any colour.
    pub(super) fn add_picture(&mut self, area: Area, opaque: bool, paint: &Paint, glyphs: usize) {
        let opaque = opaque && paint.fill.clear <= 0.0 && !paint.blended;
        let area = area.intersect(paint.clip);
        let (bright, rectangle, picture) = (UNKNOWN, true, true);
        self.push(FilledArea { area, bright, rectangle, opaque, picture, after: glyphs });
    }

    fn push(&mut self, filled: FilledArea) {
        let Area { left, bottom, right, top } = filled.area;
        if right - left < LINE || top - bottom < LINE {
            return;
        }
        self.full |= self.list.len() >= AREAS;
        if !self.full {
            self.list.push(filled);
        }
    }

    /// Whether letters of this brightness have the colour of what they are drawn on.
    pub(super) fn hides(&self, bright: f32, x: f64, y: f64) -> bool {
        if bright > BLACK && bright < WHITE || self.full {
            return false;
        }
        let ground = self.list.iter().rev().find(|filled| filled.area.contains(x, y));
        match ground {
            Some(filled) if bright <= BLACK => filled.rectangle && filled.bright <= BLACK,
            Some(filled) => filled.bright >= WHITE,
            None => bright >= WHITE,
        }
    }

    /// The area that was drawn over a place after a number of glyphs: whether there is one, and whether it
    /// is a picture.
    pub(super) fn cover(&self, glyph: usize, x: f64, y: f64) -> Option<bool> {
        let over = |filled: &&FilledArea| {
            filled.opaque && filled.after > glyph && filled.area.contains(x, y)
        };
        self.list.iter().find(over).map(|filled| filled.picture)
    }

    /// Whether anything was drawn that can hide glyphs drawn before it.
    pub(super) fn has_covers(&self) -> bool {
        !self.full && self.list.iter().any(|filled| filled.opaque && filled.after > 0)
    }
}
