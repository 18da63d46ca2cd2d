//! Web pages into lines: as text flows ([`flow`]), or by the places of lines, which converters from PDF give
//! ([`placed`]).
//!
//! `html5gum` makes the tokens by the rules of browsers, which read damaged pages too. No tree is built: which
//! elements are open is enough to know lines and what is hidden.

mod elements;
mod flow;
mod placed;

pub(super) use elements::tokens;

use super::decode::{self, Decoded};
use super::imported::TextError;

/// How many bytes are looked at to recognize a page and its encoding.
const HEAD: usize = 4096;

/// Whether a file is a web page.
pub(super) fn is_html(bytes: &[u8]) -> bool {
    let head = first_letters(bytes);
    let head =
        head.trim_start_matches(['\u{FEFF}', '\u{FFFD}', ' ', '\n', '\r', '\t', 'ï', '»', '¿']);
    let tag = |name: &str| {
        head.strip_prefix('<').and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
        })
    };
    const FIRST: [&str; 17] = [
        "html", "head", "body", "title", "meta", "p", "div", "span", "table", "pre", "h1", "h2",
        "b", "a", "font", "center", "style",
    ];
    head.starts_with("<!doctype html")
        || FIRST.iter().any(|name| tag(name))
        || head.starts_with("<!--") && head.contains("<html")
        || head.starts_with("<?xml") && head.contains("<html")
        || head.contains("<html") && head.contains("<body")
}

/// The first letters of a file, in small letters, whatever its encoding.
fn first_letters(bytes: &[u8]) -> String {
    let head: Vec<u8> = bytes.iter().take(HEAD).copied().filter(|b| *b != 0).collect();
    String::from_utf8_lossy(&head).to_lowercase()
}

/// The encoding that a page says it has.
fn find_charset(bytes: &[u8]) -> Option<String> {
    let head = first_letters(bytes);
    let found = ["charset=", "encoding="].iter().find_map(|name| head.split_once(name))?.1;
    let label = found.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')));
    Some(label[..end.unwrap_or(label.len())].to_owned()).filter(|label| !label.is_empty())
}

/// Reads a web page into the lines of a text.
///
/// # Errors
/// If it is a page of frames, its columns are mixed, or it has no text.
pub(super) fn decode_html(bytes: &[u8]) -> Result<Decoded, TextError> {
    let mut decoded = Decoded::default();
    let page = decode::decode_labelled(bytes, find_charset(bytes).as_deref(), &mut decoded)?;
    if let Some(source) = elements::find_frame(&page) {
        return Err(TextError(format!(
            "this page only arranges frames; import the page with the text, {source:?}"
        )));
    }
    let lines = match placed::read_lines(&page) {
        Some(lines) => {
            let note = "read a web page by the places of its lines, column by column";
            decoded.notes.push(note.to_owned());
            lines
        }
        None => {
            let flow = flow::read_lines(&page);
            if flow.columns_mixed {
                return Err(TextError(
                    "its columns stand side by side; import the PDF, or convert it with `pdftohtml -s`".to_owned(),
                ));
            }
            decoded.notes.push("read a web page as its text flows".to_owned());
            if flow.hidden > 0 {
                decoded.repairs.push(("hidden_text", flow.hidden));
                decoded.notes.push(format!("left out {} pieces of hidden text", flow.hidden));
            }
            flow.lines
        }
    };
    if lines.is_empty() {
        return Err(TextError(
            "no text found in the web page; if a script loads it, save the page as text or import the PDF".to_owned(),
        ));
    }
    decode::clean_characters(lines.into_text(), decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(page: &str) -> String {
        decode_html(page.as_bytes()).unwrap().text
    }

    #[test]
    fn pages_are_recognized() {
        for yes in [
            "<!DOCTYPE html><p>a",
            "\u{FEFF} <HTML lang=en>",
            "<?xml version=\"1.0\"?>\n<html xmlns=\"x\">",
            "<!-- saved from url --><html>",
            "<p>a</p>",
        ] {
            assert!(is_html(yes.as_bytes()), "{yes}");
        }
        for no in ["Mr. Orlan (Peru): a <b> c", "<Mr. Orlan>", "", "< p>", "The <html> word"] {
            assert!(!is_html(no.as_bytes()), "{no}");
        }
    }

    #[test]
    fn the_encoding_is_that_which_the_page_says() {
        let page =
            b"<html><head><meta charset=\"windows-1252\"></head><body><p>C\xF4te d\x92Ivoire</p>";
        let decoded = decode_html(page).unwrap();
        assert_eq!(decoded.text, "Côte d’Ivoire\n");
        assert!(decoded.notes[0].contains("Windows-1252"));
        // A page that says the wrong thing is UTF-8 all the same.
        let page = "<meta charset=\"iso-8859-1\"><p>Côte d’Ivoire</p>";
        assert_eq!(text(page), "Côte d’Ivoire\n");
    }

    #[test]
    fn a_page_of_frames_names_the_page_with_the_text() {
        let page = "<html><frameset cols=\"100,*\"><frame name=\"links\" src=\"a_ind.html\"/><frame name=\"contents\" src=\"as.html\"/></frameset></html>";
        let refused = decode_html(page.as_bytes()).err().unwrap();
        assert!(refused.0.contains("as.html"), "{refused}");
    }

    #[test]
    fn paragraphs_and_breaks() {
        let page = "<html><head><title>x</title><style>p{}</style><script>if (a<b) {}</script></head><body>\
            <h1>S/PV.9998</h1><p><i>The meeting rose\n at 1 p.m.</i></p>\
            <p><b>Mr.&nbsp;Orlan</b> (Peru): We &amp; they.<br>A line<p style='display:none'>gone<p hidden>gone\
            <p>Next<span style=\"visibility: hidden\">gone</span> &#233;&eacute;</body>";
        let decoded = decode_html(page.as_bytes()).unwrap();
        assert_eq!(
            decoded.text,
            "S/PV.9998\n\nThe meeting rose at 1 p.m.\n\nMr. Orlan (Peru): We & they.\nA line\n\nNext éé\n"
        );
    }

    #[test]
    fn tables_are_read_row_by_row_and_columns_of_text_one_after_the_other() {
        let rows = "<table><tr><td><i>Members</i>:</td><td>Algeria<td>Mr. Orlan</tr>\
            <tr><td></td><td>Peru</td><td><p>Ms. Vey</p></td></tr></table><p>x";
        assert_eq!(text(rows), "Members: Algeria Mr. Orlan\nPeru Ms. Vey\n\nx\n");
        let long = "word ".repeat(80);
        let layout =
            format!("<table><tr><td><p>{long}</p><p>b</p></td><td><p>c</p></td></tr></table>");
        let words: Vec<String> =
            text(&layout).lines().filter(|l| !l.is_empty()).map(str::to_owned).collect();
        assert_eq!(words, [long.trim(), "b", "c"]);
    }

    #[test]
    fn columns_that_a_converter_mixed_are_refused() {
        let rows = "The river is deep and the Council<br/>\nwhere they were in the autumn.<br/>\nof the villages has met them.<br/>\n".repeat(9);
        let page = format!("<html><body><a name=1></a>{rows}<hr/></body></html>");
        let refused = decode_html(page.as_bytes()).err().unwrap();
        assert!(refused.0.contains("columns"), "{refused}");
    }
}
