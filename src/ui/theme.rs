//! The looks: few, calm, and by modifiers alone where colour is not wanted.

use ratatui::style::{Color, Modifier, Style};

/// How each kind of thing looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Words.
    pub plain: Style,
    /// The title line.
    pub title: Style,
    /// Headings: forms of address, card headings.
    pub strong: Style,
    /// What is not the matter itself: page numbers, hints, procedural turns. Dim and not grey: grey is
    /// the background of some palettes.
    pub faint: Style,
    /// Directions.
    pub direction: Style,
    /// The selected row.
    pub selected: Style,
    /// Matched letters and search hits.
    pub matched: Style,
    /// The selected hit.
    pub current: Style,
    /// References.
    pub reference: Style,
    /// EXERCISE, VETO, warnings.
    pub alert: Style,
    /// A selected row is marked by a sign in its first column and not by a bar, which takes two rows
    /// of bytes with each move.
    pub mark: bool,
    /// Bars and lines are drawn with signs of ASCII, which every terminal has and which take one byte.
    pub ascii: bool,
}

impl Theme {
    /// With the terminal's own colours, and of them those that are read on a light background as well
    /// as on a dark one: yellow and cyan on the white of an xterm are not.
    pub fn coloured() -> Self {
        Self {
            matched: Style::new().fg(Color::Magenta).add_modifier(Modifier::BOLD),
            alert: Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            ..Self::plain()
        }
    }

    /// By modifiers alone: for `NO_COLOR` and terminals without colour. A reversed cell that also had
    /// a colour would lose its reverse there.
    pub fn plain() -> Self {
        let with = |modifier| Style::new().add_modifier(modifier);
        Self {
            plain: Style::new(),
            title: with(Modifier::REVERSED),
            strong: with(Modifier::BOLD),
            faint: with(Modifier::DIM),
            direction: with(Modifier::ITALIC),
            selected: with(Modifier::REVERSED),
            matched: with(Modifier::BOLD | Modifier::UNDERLINED),
            current: with(Modifier::REVERSED),
            reference: with(Modifier::UNDERLINED),
            alert: with(Modifier::BOLD),
            mark: false,
            ascii: false,
        }
    }

    /// How the lines and bars of the query with this number look on a chart. They are told apart by letters and
    /// patterns too.
    pub fn series(&self, number: usize) -> Style {
        const COLOURS: [Color; 4] = [Color::Magenta, Color::Blue, Color::Red, Color::Green];
        match number.checked_sub(1) {
            None => self.plain,
            Some(_) if self.alert.fg.is_none() => self.strong,
            Some(n) => self.strong.fg(COLOURS[n % COLOURS.len()]),
        }
    }

    /// Whether the selected row has a sign in its first column.
    pub fn has_sign(&self) -> bool {
        self.mark || self.alert.fg.is_none()
    }

    /// The same with few bytes, for a slow line: no bars, and nothing set apart that need not be.
    #[must_use]
    pub fn sparing(self) -> Self {
        let plain = self.plain;
        Self { title: self.strong, faint: plain, direction: plain, mark: true, ascii: true, ..self }
    }
}
