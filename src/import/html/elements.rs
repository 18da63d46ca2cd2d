//! Which elements of a page are open, and what their names and styles mean.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

/// The tokens of a page; the insides of scripts and styles are one text each.
pub(in crate::import) fn tokens(page: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    // A text in memory cannot fail to be read.
    Tokenizer::new_with_emitter(page, emitter).filter_map(Result::ok)
}

/// The name of a tag; prefixes such as in `o:p` stay.
pub(super) fn name_of(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

/// The value of an attribute.
pub(super) fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(&value.value).into_owned())
}

/// The value of a property in a style such as `top: 10px; left:3px`, in small letters.
pub(super) fn property(style: &str, name: &str) -> Option<String> {
    style.split(';').find_map(|rule| {
        let (key, value) = rule.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_lowercase())
    })
}

/// A length in pixels; those in points are converted.
pub(super) fn length(value: &str) -> Option<f32> {
    let digits = value
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-')))
        .unwrap_or(value.len());
    let number: f32 = value[..digits].parse().ok()?;
    let number =
        if value[digits..].trim_start().starts_with("pt") { number * 4.0 / 3.0 } else { number };
    (number.abs() < 1e7).then_some(number)
}

/// Whether an element has no end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether the inside of an element is never shown as text of the page.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "head"
            | "title"
            | "template"
            | "noscript"
            | "noframes"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "select"
            | "button"
            | "textarea"
            | "nav"
            | "aside"
            | "audio"
            | "video"
            | "canvas"
            | "datalist"
            | "dialog"
    )
}

/// Whether an element starts and ends a line.
pub(super) fn is_block(name: &str) -> bool {
    is_paragraph(name)
        || matches!(
            name,
            "address"
                | "article"
                | "body"
                | "center"
                | "dd"
                | "details"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "header"
                | "hgroup"
                | "html"
                | "legend"
                | "li"
                | "main"
                | "section"
                | "summary"
                | "caption"
        )
}

/// Whether there is a blank line before and after an element.
pub(super) fn is_paragraph(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "ul"
            | "ol"
            | "pre"
            | "table"
    )
}

/// An element that is open.
#[derive(Clone, Debug, Default)]
pub(super) struct OpenElement {
    pub(super) name: String,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) pre: bool,
    /// It is not shown; one of a script or a head is not counted as hidden text.
    pub(super) hidden: Option<Hidden>,
}

/// Why an element is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hidden {
    /// It is no text of the page.
    ByKind,
    /// Its style or an attribute hides it.
    ByStyle,
}

/// The elements that are open, from the outermost.
#[derive(Clone, Debug, Default)]
pub(super) struct OpenElements(Vec<OpenElement>);

/// The most elements that are kept open; what is deeper has the face of these.
const DEEPEST: usize = 400;

impl OpenElements {
    /// The innermost element; its face is that of the text.
    pub(super) fn top(&self) -> OpenElement {
        self.0.last().cloned().unwrap_or_default()
    }

    /// Opens an element. Its end may be left out, so it closes what cannot contain it.
    pub(super) fn open(&mut self, tag: &StartTag<()>) {
        let name = name_of(&tag.name);
        self.close_implied(&name);
        if is_void(&name) || tag.self_closing && name.contains(':') || self.0.len() >= DEEPEST {
            return;
        }
        let outer = self.top();
        let style = attribute(tag, "style").unwrap_or_default();
        let is =
            |key: &str, value: &str| property(&style, key).is_some_and(|v| v.starts_with(value));
        let weight = property(&style, "font-weight");
        let bold = match weight.as_deref() {
            Some("bold" | "bolder" | "600" | "700" | "800" | "900") => true,
            Some("normal" | "lighter" | "400" | "300") => false,
            _ => {
                outer.bold
                    || matches!(
                        name.as_str(),
                        "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th"
                    )
            }
        };
        let italic = match property(&style, "font-style").as_deref() {
            Some("italic" | "oblique") => true,
            Some("normal") => false,
            _ => outer.italic || matches!(name.as_str(), "i" | "em" | "cite" | "var"),
        };
        let hides = is("display", "none")
            || is("visibility", "hidden")
            || is("mso-hide", "all")
            || tag.attributes.contains_key(b"hidden".as_slice())
            || property(&style, "font-size")
                .and_then(|v| length(&v))
                .is_some_and(|size| size <= 1.0);
        let hidden = outer.hidden.or(match (is_left_out(&name), hides) {
            (true, _) => Some(Hidden::ByKind),
            (false, true) => Some(Hidden::ByStyle),
            (false, false) => None,
        });
        let pre = outer.pre || name == "pre" || is("white-space", "pre");
        let pre = pre && !is("white-space", "pre-line") && !is("white-space", "normal");
        self.0.push(OpenElement { name, bold, italic, pre, hidden });
    }

    /// Closes an element, and what is still open in it. An end without a start is ignored.
    pub(super) fn close(&mut self, name: &str) {
        let Some(at) = self.0.iter().rposition(|open| open.name == name) else { return };
        // An end inside a cell closes nothing outside of it.
        let walled = self.0[at..]
            .iter()
            .skip(1)
            .any(|open| matches!(open.name.as_str(), "td" | "th" | "table"));
        if !walled || matches!(name, "table" | "tr" | "body" | "html") {
            self.0.truncate(at);
        }
    }

    fn close_implied(&mut self, name: &str) {
        let within = |elements: &[OpenElement], names: &[&str], walls: &[&str]| {
            for (at, open) in elements.iter().enumerate().rev() {
                if names.contains(&open.name.as_str()) {
                    return Some(at);
                }
                if walls.contains(&open.name.as_str()) {
                    return None;
                }
            }
            None
        };
        let at = match name {
            "body" => within(&self.0, &["head"], &[]),
            "tr" => within(&self.0, &["tr"], &["table"]),
            "td" | "th" => within(&self.0, &["td", "th"], &["tr", "table"]),
            "li" => within(&self.0, &["li"], &["ul", "ol"]),
            "option" => within(&self.0, &["option"], &["select"]),
            _ if is_block(name) => {
                within(&self.0, &["p"], &["td", "th", "table", "li", "div", "body"])
            }
            _ => None,
        };
        if let Some(at) = at {
            self.0.truncate(at);
        }
    }
}

/// The page with the text, if this one only arranges frames.
pub(super) fn find_frame(page: &str) -> Option<String> {
    // Only a page that says so is looked through.
    let frames =
        page.get(..page.len().min(4096)).unwrap_or(page).to_lowercase().contains("<frameset");
    if !frames {
        return None;
    }
    let mut sources = tokens(page).filter_map(|token| match token {
        Token::StartTag(tag) if tag.name.as_slice() == b"frame" => attribute(&tag, "src"),
        _ => None,
    });
    let first = sources.next()?;
    // The first frame is an outline.
    let source = sources.next().unwrap_or(first);
    Some(source.chars().take(100).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_and_lengths() {
        let style = "position:absolute;TOP: 12.5pt ;left:-3px";
        assert_eq!(property(style, "top").as_deref(), Some("12.5pt"));
        assert_eq!(property(style, "right"), None);
        assert_eq!(length("12pt"), Some(16.0));
        assert_eq!(length("-3px"), Some(-3.0));
        assert_eq!(length("auto"), None);
    }
}
