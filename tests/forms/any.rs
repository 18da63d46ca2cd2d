//! Bytes of any kind: no panic, one line if they are refused, and the same answer twice.

use proptest::prelude::*;
use spv::import::forms;

use super::named;
use crate::fuzz::readers::zip_of;

fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let read = forms::read(bytes, &named());
    if let Err(error) = &read {
        let message = error.to_string();
        prop_assert!(
            !message.is_empty() && !message.chars().any(char::is_control),
            "{:?}",
            message
        );
    }
    let again = forms::read(bytes, &named());
    prop_assert_eq!(read.map(|made| made.record), again.map(|made| made.record));
    Ok(())
}

/// The first bytes of the forms.
fn start() -> impl Strategy<Value = Vec<u8>> {
    prop::sample::select(vec![
        &b""[..],
        b"PK\x03\x04",
        b"<html><body>",
        b"<p style=\"top:1px;left:2px\">",
        b"\xFF\xFE",
        b"\xFE\xFF",
        b"> ",
        b"# S/PV.9998\n\nSecurity Council, 31 May 2024\n\nEnglish\n\n",
        b"S/PV.9998\nSecurity Council, 31 May 2024\nEnglish\n\n",
        b"From: a\nSubject: b\n\n",
        b"{\\rtf",
    ])
    .prop_map(<[u8]>::to_vec)
}

proptest! {
    #[test]
    fn any_bytes_after_any_start(start in start(), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&[start, bytes].concat())?;
    }

    #[test]
    fn any_text_after_any_start(start in start(), text in "\\PC{0,80}(\n\\PC{0,40}){0,6}") {
        check(&[start, text.into_bytes()].concat())?;
    }

    #[test]
    fn any_body_of_a_word_file(body in "(<(/)?w:(p|r|t|tbl|tr|tc|del|sectPr|br|ind)( w:val=\"[a-z0-9]{0,6}\")?(/)?>|[a-zé&;: ]{0,12}){0,30}") {
        check(&zip_of("word/document.xml", body.as_bytes()))?;
    }
}
