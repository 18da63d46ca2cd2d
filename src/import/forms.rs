//! The forms in which people have a record beside its PDF: plain text, Word, web page, quoted mail, Markdown.
//!
//! Each becomes lines of text with what the form knows of paragraphs and pages, and [`text`] reads on from
//! there. The form is recognized by the first bytes, whatever the name of the file.

use super::decode::{self, Decoded};
use super::imported::{Hints, Imported, TextError};
use super::markup::{self, markdown};
use super::{docx, html, shown, text};

/// Reads a record or a statement in any of these forms.
///
/// # Errors
/// If the form is not read, damaged or too large; and as [`text::read`].
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Imported, TextError> {
    if let Some(what) = refused_form(bytes) {
        return Err(TextError(what.to_owned()));
    }
    if docx::is_zip(bytes) {
        return text::read_decoded(docx::decode_docx(bytes)?, "docx", bytes, hints);
    }
    if html::is_html(bytes) {
        return text::read_decoded(html::decode_html(bytes)?, "html", bytes, hints);
    }
    let mut decoded = decode::decode_text(bytes)?;
    let mut form = "text";
    if let Some(mail) = markup::strip_quotes(&decoded.text) {
        form = "mail";
        describe_mail(&mail, &mut decoded);
        decoded.text = mail.text;
    }
    if let Some(read) = shown::read(&decoded.text, bytes, hints) {
        return read;
    }
    if markup::is_markdown(&decoded.text, hints.file_name.as_deref()) {
        form = "markdown";
        decoded.notes.push("read as Markdown".to_owned());
        let lines = markdown::to_lines(markdown::read_blocks(&decoded.text));
        decoded = Decoded { text: lines.into_text(), ..decoded };
    }
    text::read_decoded(decoded, form, bytes, hints)
}

/// Says what was around the text of a mail.
fn describe_mail(mail: &markup::Unquoted, decoded: &mut Decoded) {
    let lines = |count: u64| format!("{count} line{}", if count == 1 { "" } else { "s" });
    if mail.quoted > 0 {
        decoded.repairs.push(("quote_marks", mail.quoted));
        decoded.notes.push(format!("removed the marks of quotation from {}", lines(mail.quoted)));
    }
    if mail.left_out > 0 {
        decoded.notes.push(format!("left out {} of a mail around the text", lines(mail.left_out)));
    }
}

/// What to do about a form that is not read.
fn refused_form(bytes: &[u8]) -> Option<&'static str> {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    let found = if begins(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        // An encrypted .docx is such a container too.
        let utf16: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(utf16.len()).any(|w| w == utf16) {
            "the file is protected by a password; remove the password and import that"
        } else {
            "this is an old Word file (.doc) or another file of old Office; save it as .docx or PDF and import that"
        }
    } else if begins(b"{\\rtf") {
        "this is a rich text file (.rtf); save it as .docx or PDF and import that"
    } else if begins(b"\x1F\x8B") || begins(b"7z\xBC\xAF\x27\x1C") || begins(b"Rar!") {
        "this is a compressed file; unpack it and import what is in it"
    } else if begins(b"\x89PNG") || begins(b"\xFF\xD8\xFF") || begins(b"II*\0") || begins(b"MM\0*")
    {
        "this is a picture; its text cannot be read; import the PDF or a text of the record"
    } else if begins(b"%!PS") {
        "this is a PostScript file; convert it to PDF and import that"
    } else {
        return None;
    };
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_forms_are_named_with_what_to_do() {
        for (bytes, what) in [
            (&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old"[..], ".docx or PDF"),
            (b"{\\rtf1 Mr. Orlan (Peru): We.}", ".rtf"),
            (b"\x89PNG\r\n", "picture"),
            (b"\x1F\x8B\x08", "unpack"),
            (b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "zip file"),
            (b"PK\x03\x04damaged", "damaged"),
        ] {
            let refused = read(bytes, &Hints::default()).unwrap_err();
            assert!(refused.0.contains(what), "{refused}");
        }
    }
}
