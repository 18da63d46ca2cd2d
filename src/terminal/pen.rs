//! How a cell looks (colours, attributes) and the shortest SGR sequence from one look to another.

use super::caps::{Caps, Colour};
use ratatui::style::{Color, Modifier};

/// A colour as sent: the terminal's own, or a number in its table of 256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ink {
    /// The terminal's default.
    #[default]
    Own,
    /// An entry of the table.
    Number(u8),
}

/// The look of a cell, reduced to what the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Pen {
    /// The colour of the letters.
    pub fg: Ink,
    /// Their background.
    pub bg: Ink,
    /// Bold, dim, italic, underlined, reversed; never others, never bold with dim.
    pub attributes: Modifier,
}

/// Each attribute with the codes that switch it on and off (ECMA-48, 8.3.117).
const CODES: [(Modifier, u16, u16); 5] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
];

impl Pen {
    /// The look a ratatui cell asks for, as far as this terminal has it.
    pub fn new(fg: Color, bg: Color, modifier: Modifier, caps: &Caps) -> Self {
        let mut attributes = modifier.intersection(caps.attributes);
        // Terminals differ in what bold and dim together are; one alone is the same everywhere.
        if attributes.contains(Modifier::BOLD) {
            attributes.remove(Modifier::DIM);
        }
        Self { fg: ink(fg, caps.colour), bg: ink(bg, caps.colour), attributes }
    }

    /// Writes the shortest sequence that leads from this look to another; nothing if it is equal.
    pub fn change(self, to: Self, caps: &Caps, out: &mut Vec<u8>) {
        if self == to {
            return;
        }
        let from_nothing = to.codes_from(Self::default());
        let mut fresh = vec![0];
        fresh.extend(from_nothing);
        if to == Self::default() {
            fresh.clear();
        }
        let fresh = sequence(&fresh);
        let only_adds = self.attributes.difference(to.attributes).is_empty()
            && (self.fg == to.fg || to.fg != Ink::Own)
            && (self.bg == to.bg || to.bg != Ink::Own);
        if caps.off_codes || only_adds {
            let step = sequence(&to.codes_from(self));
            if step.len() <= fresh.len() {
                out.extend(step);
                return;
            }
        }
        out.extend(fresh);
    }

    /// The codes that differ.
    fn codes_from(self, from: Self) -> Vec<u16> {
        let mut codes = Vec::new();
        let gone = from.attributes.difference(self.attributes);
        let weight = Modifier::BOLD.union(Modifier::DIM);
        for (attribute, _, off) in CODES {
            if gone.contains(attribute) && !codes.contains(&off) {
                codes.push(off);
            }
        }
        for (attribute, on, _) in CODES {
            // 22 takes both weights away, so the one that stays or comes is said again after it.
            let again = gone.intersects(weight) && weight.contains(attribute);
            let new = !from.attributes.contains(attribute) || again;
            if self.attributes.contains(attribute) && new {
                codes.push(on);
            }
        }
        for (ink, old, base) in [(self.fg, from.fg, 30), (self.bg, from.bg, 40)] {
            if ink != old {
                match ink {
                    Ink::Own => codes.push(base + 9),
                    Ink::Number(n @ 0..=7) => codes.push(base + u16::from(n)),
                    Ink::Number(n @ 8..=15) => codes.push(base + 60 + u16::from(n) - 8),
                    Ink::Number(n) => codes.extend([base + 8, 5, u16::from(n)]),
                }
            }
        }
        codes
    }
}

/// One SGR sequence with these codes; with none it resets.
fn sequence(codes: &[u16]) -> Vec<u8> {
    let words: Vec<String> = codes.iter().map(u16::to_string).collect();
    format!("\x1b[{}m", words.join(";")).into_bytes()
}

/// The colour as far as the terminal has it.
fn ink(color: Color, colour: Colour) -> Ink {
    let number = match color {
        Color::Reset => return Ink::Own,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(number) => number,
        Color::Rgb(red, green, blue) => cube(red, green, blue),
    };
    match (colour, number) {
        (Colour::None, _) => Ink::Own,
        (Colour::Indexed, _) | (Colour::Sixteen, 0..=15) | (Colour::Eight, 0..=7) => {
            Ink::Number(number)
        }
        // Grey as one of eight would be black on black.
        (Colour::Eight, 8) => Ink::Own,
        (Colour::Eight, 9..=15) => Ink::Number(number - 8),
        // A shade with no near twin among so few could hide the text: the default never does.
        (Colour::Eight | Colour::Sixteen, _) => Ink::Own,
    }
}

/// The nearest entry of the cube of 6x6x6 colours that starts at 16.
fn cube(red: u8, green: u8, blue: u8) -> u8 {
    // The steps are 0, 95, 135, 175, 215 and 255.
    let step = |value: u8| match value {
        0..=47 => 0,
        48..=114 => 1,
        _ => (value - 35) / 40,
    };
    16 + 36 * step(red) + 6 * step(green) + step(blue)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::caps::{Environment, Wishes, choose};

    fn caps(term: &str) -> Caps {
        choose(&Environment { term: Some(term), ..Environment::default() }, &Wishes::default())
    }

    fn change(from: Pen, to: Pen, caps: &Caps) -> String {
        let mut out = Vec::new();
        from.change(to, caps, &mut out);
        String::from_utf8(out).unwrap().replace('\x1b', "E")
    }

    #[test]
    fn the_shortest_change_is_chosen() {
        let full = caps("xterm-256color");
        let pen = |fg, attributes| Pen::new(fg, Color::Reset, attributes, &full);
        let plain = Pen::default();
        let bold = pen(Color::Reset, Modifier::BOLD);
        let dim = pen(Color::Reset, Modifier::DIM);
        let red_bold = pen(Color::Red, Modifier::BOLD);
        let red = pen(Color::Red, Modifier::empty());
        let table = [
            (plain, plain, ""),
            (plain, bold, "E[1m"),
            (bold, plain, "E[m"),
            (bold, red_bold, "E[31m"),
            (red_bold, bold, "E[39m"),
            (red_bold, red, "E[22m"),
            (bold, dim, "E[0;2m"),
            (red_bold, dim, "E[0;2m"),
            (plain, pen(Color::LightBlue, Modifier::REVERSED), "E[7;94m"),
            (plain, pen(Color::Indexed(9), Modifier::empty()), "E[91m"),
            (plain, pen(Color::Indexed(200), Modifier::empty()), "E[38;5;200m"),
            (plain, pen(Color::Rgb(255, 0, 0), Modifier::empty()), "E[38;5;196m"),
        ];
        for (from, to, text) in table {
            assert_eq!(change(from, to, &full), text, "{from:?} to {to:?}");
        }
        let vt100 = caps("vt100");
        assert_eq!(change(red_bold, red, &vt100), "E[0;31m");
    }

    #[test]
    fn what_a_terminal_lacks_is_left_out() {
        let all = Modifier::BOLD | Modifier::DIM | Modifier::ITALIC | Modifier::SLOW_BLINK;
        let none = caps("vt100");
        let pen = Pen::new(Color::Red, Color::Blue, all, &none);
        assert_eq!(pen, Pen { attributes: Modifier::BOLD, ..Pen::default() });
        let eight = caps("linux");
        let ink = |color| Pen::new(color, Color::Reset, Modifier::empty(), &eight).fg;
        assert_eq!(ink(Color::LightRed), Ink::Number(1));
        assert_eq!(ink(Color::DarkGray), Ink::Own);
        assert_eq!(ink(Color::Indexed(123)), Ink::Own);
    }
}
