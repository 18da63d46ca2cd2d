//! The next and the previous reference of a text.

use crate::app::page::Setting;
use crate::app::position::Pos;

use super::state::Reader;

/// A reference before or after another one.
pub(super) enum Next {
    /// This one: its piece, and its number in it.
    At(usize, usize),
    /// There is none.
    None,
    /// There is none in as much of the text as one key looks through.
    Beyond,
}

/// How many bytes of text one key looks through for a reference.
const LOOKED_THROUGH: usize = 2 << 20;

/// The first of some pieces that has references. Those known to have none cost nothing, so that the
/// same key looks further.
fn with_references(
    reader: &mut Reader,
    pieces: impl Iterator<Item = usize>,
) -> Result<Option<usize>, Next> {
    let mut seen = 0;
    for shown in pieces {
        if reader.is_bare(shown) {
            continue;
        }
        if seen > LOOKED_THROUGH {
            return Err(Next::Beyond);
        }
        if reader.has_references(shown) {
            return Ok(Some(shown));
        }
        seen += reader.bytes_in(shown);
    }
    Ok(None)
}

/// The reference after the selected one, or before it; from the top of the screen when none is visible.
pub(super) fn next(reader: &mut Reader, forward: bool) -> Next {
    let from = match reader.reference_shown() {
        Some((shown, number)) => (shown, Some(number)),
        None => (reader.top.item, None),
    };
    if forward { next_reference(reader, from) } else { previous_reference(reader, from) }
}

fn next_reference(reader: &mut Reader, (item, number): (usize, Option<usize>)) -> Next {
    let setting = reader.lines(item);
    let first = match number {
        Some(number) => number + 1,
        None => first_below(reader.top, item, &setting),
    };
    if first < setting.references.len() {
        return Next::At(item, first);
    }
    match with_references(reader, item + 1..reader.shown()) {
        Ok(Some(shown)) => Next::At(shown, 0),
        Ok(None) => Next::None,
        Err(beyond) => beyond,
    }
}

/// The first reference of an item at or below the top of the screen.
fn first_below(top: Pos, shown: usize, setting: &Setting) -> usize {
    if top.item != shown {
        return 0;
    }
    let below = setting.lines.iter().skip(top.line).flat_map(|l| &l.references);
    below.map(|(_, number)| *number).next().unwrap_or(setting.references.len())
}

fn previous_reference(reader: &mut Reader, (item, number): (usize, Option<usize>)) -> Next {
    let setting = reader.lines(item);
    let before = number.unwrap_or_else(|| first_below(reader.top, item, &setting));
    if before > 0 {
        return Next::At(item, before - 1);
    }
    match with_references(reader, (0..item).rev()) {
        Ok(Some(shown)) => Next::At(shown, reader.lines(shown).references.len().saturating_sub(1)),
        Ok(None) => Next::None,
        Err(beyond) => beyond,
    }
}
