//! Text from a record made harmless: no byte of it may reach a terminal as a control.

use std::borrow::Cow;

/// The text with every control and bidirectional control replaced by a visible mark.
#[must_use]
pub fn text(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_harmful) {
        Cow::Owned(text.chars().map(|c| if is_harmful(c) { '\u{FFFD}' } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a character could drive a terminal or turn the order of the text around.
#[must_use]
pub fn is_harmful(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}')
}
