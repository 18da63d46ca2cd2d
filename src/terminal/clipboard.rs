//! Text onto the clipboard of the person's own machine, through the terminal (OSC 52).
//!
//! Only writing: reading the clipboard would be a question to the terminal. Whether the terminal
//! obeyed cannot be known, so the screens also show the text flush left, to be taken by mouse.
//!
//! - xterm obeys only where `allowWindowOps` or `disallowedWindowOps` let it.
//! - tmux passes it on with `set -s set-clipboard on`; its default, `external`, does not.
//! - mosh takes only the target `c`, which is the one used.

use super::caps::Osc52;
use crate::record::harmless;

/// The longest text, in bytes, that terminals are known to take: a whole sequence of 100,000
/// bytes holds 99,992 of base64 beside its eight of start and end, which are 74,994 of text.
pub const LIMIT: usize = 74_994;

/// GNU screen passes on a device control string up to its buffer, 256 bytes in old ones.
const SCREEN_PIECE: usize = 240;

/// Why a text is not put on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The terminal is not known to have a clipboard.
    #[error("this terminal is not known to have a clipboard: copy by mouse, or save to a file")]
    NoWay,
    /// It is longer than terminals take.
    #[error("{0} bytes are too many for the clipboard of a terminal: save to a file")]
    TooLong(usize),
}

/// The bytes that put a text on the clipboard, made harmless: whoever pastes it into a shell must run nothing by it
/// but what one can read.
///
/// # Errors
/// The word for the person when there is no way, or the text is too long for it.
pub fn sequence(text: &str, way: Osc52) -> Result<Vec<u8>, Refused> {
    let text = harmless::text(text);
    if text.len() > LIMIT {
        return Err(Refused::TooLong(text.len()));
    }
    // Ended by BEL: the other end, ESC and a backslash, would end what screen and tmux wrap it in.
    let plain = format!("\x1b]52;c;{}\x07", base64(text.as_bytes())).into_bytes();
    match way {
        Osc52::No => Err(Refused::NoWay),
        Osc52::Plain => Ok(plain),
        Osc52::Tmux => {
            let doubled =
                plain.iter().flat_map(|&b| std::iter::repeat_n(b, 1 + usize::from(b == 0x1b)));
            Ok(b"\x1bPtmux;".iter().copied().chain(doubled).chain(*b"\x1b\\").collect())
        }
        Osc52::Screen => Ok(plain
            .chunks(SCREEN_PIECE)
            .flat_map(|piece| b"\x1bP".iter().chain(piece).chain(b"\x1b\\"))
            .copied()
            .collect()),
    }
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        // The test vectors of RFC 4648, section 10.
        let vectors =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (text, coded) in vectors {
            assert_eq!(base64(text.as_bytes()), coded);
        }
        assert_eq!(base64("é?>".as_bytes()), "w6k/Pg==");
    }

    #[test]
    fn no_control_reaches_the_clipboard() {
        let copied = sequence("a\r\x1b[201~b\u{9b}c\u{202e}d\te\nf", Osc52::Plain).unwrap();
        let clean = "a\u{fffd}\u{fffd}[201~b\u{fffd}c\u{fffd}d e\nf";
        assert_eq!(copied, format!("\x1b]52;c;{}\x07", base64(clean.as_bytes())).into_bytes());
    }

    #[test]
    fn each_way_wraps_the_same_sequence() {
        let plain = sequence("foobar", Osc52::Plain).unwrap();
        assert_eq!(plain, b"\x1b]52;c;Zm9vYmFy\x07");
        let tmux = sequence("foobar", Osc52::Tmux).unwrap();
        assert_eq!(tmux, b"\x1bPtmux;\x1b\x1b]52;c;Zm9vYmFy\x07\x1b\\");
        let long = "x".repeat(1000);
        let screen = String::from_utf8(sequence(&long, Osc52::Screen).unwrap()).unwrap();
        let pieces: Vec<&str> = screen.split_terminator("\x1b\\").collect();
        assert!(pieces.iter().all(|piece| piece.starts_with("\x1bP") && piece.len() <= 2 + 240));
        let joined: String = pieces.iter().map(|piece| &piece[2..]).collect();
        assert_eq!(joined.as_bytes(), sequence(&long, Osc52::Plain).unwrap());
    }

    #[test]
    fn what_does_not_fit_is_refused_with_a_word() {
        let longest = sequence(&"x".repeat(LIMIT), Osc52::Plain).unwrap();
        assert_eq!(longest.len(), 100_000);
        let refused = sequence(&"x".repeat(LIMIT + 1), Osc52::Plain);
        assert_eq!(refused, Err(Refused::TooLong(LIMIT + 1)));
        assert_eq!(sequence("x", Osc52::No), Err(Refused::NoWay));
        assert!(Refused::TooLong(9).to_string().contains("save to a file"));
    }
}
