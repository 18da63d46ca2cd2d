//! What is said about letters that a reader of the file does not see, or that have no meaning.

use super::content::{LeftOut, PageCounts};
use super::document::PdfError;
use super::pages::PdfPages;

/// Refuses a file that is more than one record, or whose pages cannot be told apart.
pub(super) fn refuse_several(sheets: &PdfPages) -> Result<(), PdfError> {
    sheets.refusal.as_ref().map_or(Ok(()), |why| Err(PdfError::NoRecord(why.clone())))
}

/// Refuses a file with missing text or without visible text.
pub(super) fn refuse_unreadable(sheets: &PdfPages) -> Result<(), PdfError> {
    let (tally, counts) = (&sheets.tally, &sheets.counts);
    if let Some(page) = sheets.damaged {
        return Err(PdfError::Damaged(format!(
            "page {page} cannot be unpacked, and its text would be missing"
        )));
    }
    if counts.glyphs == 0 {
        return Err(match tally.cut {
            Some(what) => PdfError::Large(what.to_owned()),
            None => PdfError::Scan(
                "no text in this PDF: it is probably a scan, which cannot be read; import the record as text".to_owned(),
            ),
        });
    }
    if counts.invisible.letters * 2 > counts.glyphs {
        return Err(PdfError::Scan(format!(
            "this PDF is a scan: {} of its {} letters are hidden under images of the pages; that text comes from OCR, with errors and without columns, so it is not imported; import the record as text",
            counts.invisible.letters, counts.glyphs
        )));
    }
    let hidden = counts.off.letters + counts.white.letters + counts.covered.letters;
    if hidden * 2 > counts.glyphs {
        return Err(PdfError::NoRecord(format!(
            "{hidden} of the {} letters of this PDF cannot be seen: they are white, covered or in layers that are off; import another copy",
            counts.glyphs
        )));
    }
    if counts.outside.letters * 2 > counts.glyphs {
        return Err(PdfError::NoRecord(format!(
            "{} of the {} letters of this PDF are outside the visible part of its pages; import another copy",
            counts.outside.letters, counts.glyphs
        )));
    }
    let seen = counts.glyphs - counts.invisible.letters.min(counts.glyphs);
    if counts.unknown * 5 > seen {
        return Err(PdfError::NoRecord(
            "the fonts of this PDF do not map their glyphs to letters, so its text cannot be read; import the record as text".to_owned(),
        ));
    }
    Ok(())
}

/// Says what was left out. Letters beside the page and at right angles to the text are marks of the
/// printer; the others may have been put there to be read, or not to be read.
pub(super) fn describe_left_out(
    counts: &PageCounts,
    report: &mut Vec<String>,
    warnings: &mut Vec<String>,
) {
    let quoted = |left: &LeftOut| {
        let sample = left.sample.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{} letters, “{sample}”", left.letters)
    };
    if counts.unknown > 0 {
        warnings.push(format!(
            "{} glyphs have no meaning in the fonts of this PDF and are shown as “\u{FFFD}”; compare another copy",
            counts.unknown
        ));
    }
    for (left, what) in [
        (&counts.invisible, "that is drawn invisibly or under a picture"),
        (&counts.off, "in layers that are off"),
        (&counts.white, "in the colour of the paper"),
        (&counts.covered, "that something was drawn over"),
        (&counts.slanted, "of slanted lines, as of a watermark"),
        (&counts.stamped, "of a watermark or stamp"),
    ] {
        if left.letters > 0 {
            warnings.push(format!("left out text {what}: {}", quoted(left)));
        }
    }
    if counts.outside.letters > 0 {
        report.push(format!(
            "left out text outside the visible part of the pages: {}",
            quoted(&counts.outside)
        ));
    }
    let turned: usize = counts.turned.iter().sum();
    if turned > 0 {
        report.push(format!("left out {turned} letters of lines at right angles to the text"));
    }
}
