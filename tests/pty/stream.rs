//! The escape sequences in what the program wrote, and those it has no business to write.

/// Every escape sequence in some output and where it stands: CSI to its final byte, OSC, DCS and
/// their kin to their end, else two bytes.
pub fn sequences(bytes: &[u8]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(escape) = bytes[at..].iter().position(|b| *b == 0x1b) {
        let from = at + escape;
        let rest = &bytes[from..];
        let length = match rest.get(1) {
            Some(b'[') => rest[2..]
                .iter()
                .position(|b| (0x40..=0x7e).contains(b))
                .map_or(rest.len(), |n| n + 3),
            Some(b']' | b'P' | b'^' | b'_' | b'X') => {
                let bel = rest.iter().position(|b| *b == 7).map_or(rest.len(), |n| n + 1);
                let st = rest.windows(2).position(|w| w == b"\x1b\\").map_or(rest.len(), |n| n + 2);
                bel.min(st)
            }
            _ => rest.len().min(2),
        };
        found.push((from, String::from_utf8_lossy(&rest[..length]).into_owned()));
        at = from + length;
    }
    found
}

/// Everything in some output that the program has no business to send: a sequence that is none of
/// the renderer's, a control that is none of its own, a bidirectional control.
pub fn strangers(bytes: &[u8]) -> Vec<String> {
    let known = |s: &str| {
        let modes = ["1049", "2004", "2026", "25"];
        let mode = s.strip_prefix("\x1b[?").and_then(|s| s.strip_suffix(['h', 'l']));
        let plain = |s: &str, ends: &str| {
            let Some(body) = s.strip_prefix("\x1b[") else { return false };
            let (numbers, end) = body.split_at(body.len() - 1);
            ends.contains(end) && numbers.bytes().all(|b| b.is_ascii_digit() || b == b';')
        };
        mode.is_some_and(|m| modes.contains(&m))
            || plain(s, "HABCDGdmKLMrX")
            || s == "\x1b[J"
            || s == "\x1bM"
    };
    let mut strange: Vec<String> =
        sequences(bytes).into_iter().map(|(_, s)| s).filter(|s| !known(s)).collect();
    let text = String::from_utf8_lossy(bytes);
    let bad = |c: &char| {
        (c.is_control() && !"\r\n\x1b\x08".contains(*c))
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    strange.extend(text.chars().filter(bad).map(|c| format!("{c:?}")));
    strange
}
