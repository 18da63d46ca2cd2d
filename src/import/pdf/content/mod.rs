//! Content streams into glyphs: the operators of ISO 32000-1, Annex A, that decide where text is, what it
//! says and whether it can be seen.
//!
//! Only what a reader of the page sees is text: glyphs inside the visible box and the clipping path, in
//! layers that are on, neither in the colour of their ground nor under something drawn later, and level.
//! What is left out is counted. Everything that a file could nest or repeat without end is counted too.

mod cmap;
mod encodings;
mod fonts;
mod geometry;
mod glyph;
mod interpreter;
mod layers;
mod lexer;
mod metrics;
mod names;
mod paint;
mod text;

pub(super) use geometry::{Area, IDENTITY, Matrix};
pub(super) use glyph::{Glyph, GlyphText, LeftOut, PageCounts};
pub(super) use interpreter::{ContentCounts, Interpreter, View};
pub(super) use layers::Layers;
