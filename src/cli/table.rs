//! Tables and paragraphs, aligned by display width.

use std::io::{self, Write};

use crate::app::wrap::{columns, wrap};

/// The width of running text, in columns.
pub const MEASURE: u16 = 72;

/// Writes rows in columns, two spaces apart. The columns in `right` are right-aligned, the last is not
/// padded, and lines are cut to `width` if given.
pub fn write_rows(
    out: &mut dyn Write,
    rows: &[Vec<String>],
    right: &[usize],
    width: Option<usize>,
) -> io::Result<()> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|i| rows.iter().filter_map(|row| row.get(i)).map(|c| columns(c)).max().unwrap_or(0))
        .collect();
    for row in rows {
        let mut line = String::new();
        for (i, cell) in row.iter().enumerate() {
            // A column that is empty in every row takes no space.
            if widths[i] == 0 {
                continue;
            }
            if i + 1 == row.len() {
                line.push_str(cell);
                continue;
            }
            let pad = " ".repeat(widths[i].saturating_sub(columns(cell)));
            if right.contains(&i) {
                line.push_str(&pad);
                line.push_str(cell);
            } else {
                line.push_str(cell);
                line.push_str(&pad);
            }
            line.push_str("  ");
        }
        let line = line.trim_end();
        match width {
            Some(width) => writeln!(out, "{}", cut_to_width(line, width))?,
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}

/// Cuts a text to `width` columns, the last an ellipsis if something was cut off.
pub fn cut_to_width(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 1;
    for cluster in unicode_segmentation::UnicodeSegmentation::graphemes(text, true) {
        used += columns(cluster);
        if used > width {
            break;
        }
        cut.push_str(cluster);
    }
    if width > 0 {
        cut.truncate(cut.trim_end().len());
        cut.push('…');
    }
    cut
}

/// Writes a text wrapped to `width` columns, each line indented by `indent` spaces.
pub fn write_paragraph(
    out: &mut dyn Write,
    text: &str,
    indent: usize,
    width: u16,
) -> io::Result<()> {
    let room = width.saturating_sub(u16::try_from(indent).unwrap_or(0));
    for row in wrap(text, room) {
        let shown = &text[row.start..row.end];
        if shown.is_empty() {
            writeln!(out)?;
        } else {
            writeln!(out, "{:indent$}{shown}", "")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rows: &[&[&str]], right: &[usize], width: Option<usize>) -> String {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect();
        let mut out = Vec::new();
        write_rows(&mut out, &rows, right, width).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_aligned_by_display_width() {
        let rows: &[&[&str]] = &[&["中文", "5", "one"], &["abc", "10", "two"], &["d", "", ""]];
        assert_eq!(shown(rows, &[1], None), "中文   5  one\nabc   10  two\nd\n");
    }

    #[test]
    fn an_empty_column_takes_no_space_and_the_last_is_cut() {
        let rows: &[&[&str]] = &[&["a", "", "a long topic"], &["b", "", "short"]];
        assert_eq!(shown(rows, &[], Some(10)), "a  a long…\nb  short\n");
        assert_eq!(shown(rows, &[], None), "a  a long topic\nb  short\n");
    }

    #[test]
    fn a_cut_text_is_never_wider_than_asked() {
        for width in 0..12 {
            let text = cut_to_width("中文 and Latin e\u{301}", width);
            assert!(columns(&text) <= width, "{text:?} at {width}");
        }
        assert_eq!(cut_to_width("short", 5), "short");
    }

    #[test]
    fn a_paragraph_is_indented() {
        let mut out = Vec::new();
        write_paragraph(&mut out, "one two three", 2, 9).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "  one two\n  three\n");
    }
}
