//! What a terminal can do, chosen from its name and the environment by one table.
//!
//! A pure choice: no terminfo file is opened (a host at the end of a line often lacks the entry)
//! and no question is sent. Where a thing is not known to be safe it is not used; an unknown name
//! gets what every VT100 since 1978 understands, without colour.

use ratatui::style::Modifier;

/// How many colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colour {
    /// None: emphasis by bold, underline and reverse alone.
    None,
    /// The eight of ECMA-48 (30 to 37).
    Eight,
    /// The eight and their bright twins (90 to 97).
    Sixteen,
    /// The table of 256.
    Indexed,
}

/// How text may be put on the person's clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Osc52 {
    /// Not at all: the terminal has no clipboard or would print the bytes.
    No,
    /// In one OSC 52 sequence; also through tmux, when its `set-clipboard` is `on`.
    Plain,
    /// Through tmux by its passthrough, when its `allow-passthrough` is `on`.
    Tmux,
    /// In the DCS pieces that GNU screen passes on.
    Screen,
}

/// What may be sent to this terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// The colours.
    pub colour: Colour,
    /// The attributes: others asked for are left out.
    pub attributes: Modifier,
    /// Whether attributes can be switched off one by one (22 to 27, 39, 49), not only all at once.
    pub off_codes: bool,
    /// Whether rows may be moved by scroll region, line feed and reverse index.
    pub scroll: bool,
    /// Whether lines can be inserted and deleted (IL, DL), which takes fewer bytes than margins.
    pub lines: bool,
    /// Whether large frames are put between the marks of synchronized output (mode 2026).
    pub sync: bool,
    /// Whether there is an alternate screen (mode 1049).
    pub alternate: bool,
    /// Whether pasted text can be bracketed (mode 2004).
    pub paste: bool,
    /// Whether the terminal reports clicks and the wheel (modes 1000 and 1006). Its own selection of text needs a
    /// modifier then, so that it is only asked for when the person wants it.
    pub mouse: bool,
    /// Whether only ASCII may be written.
    pub ascii: bool,
    /// The way to the clipboard.
    pub osc52: Osc52,
    /// Whether the cursor can be moved at all; without it only the linear mode works.
    pub addressable: bool,
}

/// What the environment says of the terminal; an empty value counts as none.
#[derive(Debug, Clone, Copy, Default)]
pub struct Environment<'a> {
    /// `TERM`.
    pub term: Option<&'a str>,
    /// `COLORTERM`; ssh does not pass it on, so its absence says nothing.
    pub colorterm: Option<&'a str>,
    /// `NO_COLOR` (no-color.org).
    pub no_color: Option<&'a str>,
    /// `TMUX`: set inside tmux.
    pub tmux: Option<&'a str>,
    /// `STY`: set inside GNU screen.
    pub sty: Option<&'a str>,
}

/// What the person chose in the settings; each wins over the table.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes {
    /// The colours; `NO_COLOR` gives way to it, as no-color.org asks.
    pub colour: Option<Colour>,
    /// Only ASCII.
    pub ascii: Option<bool>,
    /// Moving rows, by scroll regions or inserted lines.
    pub scroll: Option<bool>,
    /// Synchronized output.
    pub sync: Option<bool>,
    /// Clicks and the wheel.
    pub mouse: bool,
    /// The way to the clipboard.
    pub osc52: Option<Osc52>,
}

const PLAIN: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED).union(Modifier::REVERSED);
const DIM: Modifier = PLAIN.union(Modifier::DIM);
const ALL: Modifier = DIM.union(Modifier::ITALIC);

/// What an unknown terminal gets: moves and erases, bold, underline, reverse, and no more.
pub const SAFEST: Caps = Caps {
    colour: Colour::None,
    attributes: PLAIN,
    off_codes: false,
    scroll: false,
    lines: false,
    sync: false,
    alternate: false,
    paste: false,
    mouse: false,
    ascii: false,
    osc52: Osc52::No,
    addressable: true,
};

/// A terminal of today that is not known to understand synchronized output.
const MODERN: Caps = Caps {
    colour: Colour::Eight,
    attributes: ALL,
    off_codes: true,
    scroll: true,
    lines: true,
    alternate: true,
    paste: true,
    osc52: Osc52::Plain,
    ..SAFEST
};

/// One that is.
const SYNCED: Caps = Caps { colour: Colour::Indexed, sync: true, ..MODERN };

/// The DEC line: scroll regions since the VT100, inserted lines since the VT102, switching off
/// since the VT220, no colour.
const VT100: Caps = Caps { scroll: true, ..SAFEST };
const VT220: Caps = Caps { lines: true, off_codes: true, ..VT100 };

/// The first match by the name up to its first hyphen or full stop, or by the whole name, counts.
///
/// - GNU screen names itself after the terminal it runs in where that has an entry of its own:
///   `screen.xterm-256color`.
/// - mosh keeps the `TERM` of the terminal it runs in and re-renders by itself; its OSC 52 takes
///   only the target `c`, which is the one used.
/// - PuTTY and Windows Terminal name themselves `xterm` or `xterm-256color`.
/// - The linux console has scroll regions but no italic (it shows green), no clipboard; its
///   bracketed paste is never sent, and setting the mode is ignored.
/// - GNU screen takes SGR 3 as standout, so italic is left out there.
/// - tmux has synchronized output since 3.4, which its name does not tell, so it is not used.
const TABLE: &[(&str, Caps)] = &[
    ("xterm-kitty", SYNCED),
    ("xterm-ghostty", SYNCED),
    ("xterm", MODERN),
    ("alacritty", SYNCED),
    ("foot", SYNCED),
    ("contour", SYNCED),
    ("wezterm", SYNCED),
    ("ghostty", SYNCED),
    ("tmux", MODERN),
    ("screen", Caps { attributes: DIM, osc52: Osc52::Screen, ..MODERN }),
    ("linux", Caps { attributes: DIM, osc52: Osc52::No, ..MODERN }),
    ("rxvt", Caps { attributes: PLAIN, osc52: Osc52::No, ..MODERN }),
    ("putty", Caps { attributes: PLAIN, osc52: Osc52::No, ..MODERN }),
    ("konsole", MODERN),
    ("gnome", MODERN),
    ("vte", MODERN),
    ("mintty", MODERN),
    ("iterm", MODERN),
    ("iterm2", MODERN),
    ("ms", MODERN),
    ("st", MODERN),
    ("vt100", VT100),
    ("vt102", Caps { lines: true, ..VT100 }),
    ("vt220", VT220),
    ("vt320", VT220),
    ("vt420", VT220),
    ("dumb", Caps { attributes: Modifier::empty(), ascii: true, addressable: false, ..SAFEST }),
];

/// What may be sent to the terminal the environment speaks of.
pub fn choose(environment: &Environment<'_>, wishes: &Wishes) -> Caps {
    let set = |value: Option<&str>| value.is_some_and(|value| !value.is_empty());
    let term = environment.term.unwrap_or_default();
    let family = term.split(['-', '.']).next().unwrap_or_default();
    let found = TABLE.iter().find(|(name, _)| *name == term || *name == family);
    let mut caps = found.map_or(SAFEST, |(_, caps)| *caps);
    if found.is_some() && caps.addressable {
        caps.colour = colours(term, caps.colour, environment.colorterm.unwrap_or_default());
    }
    if set(environment.no_color) {
        caps.colour = Colour::None;
    }
    // Before 2.6 tmux named itself screen; its way to the clipboard is its own all the same.
    if set(environment.tmux) && caps.osc52 != Osc52::No {
        caps.osc52 = Osc52::Plain;
    } else if set(environment.sty) && caps.osc52 != Osc52::No {
        caps.osc52 = Osc52::Screen;
    }
    Caps {
        colour: wishes.colour.unwrap_or(caps.colour),
        ascii: wishes.ascii.unwrap_or(caps.ascii),
        scroll: wishes.scroll.unwrap_or(caps.scroll),
        lines: wishes.scroll.map_or(caps.lines, |scroll| scroll && caps.lines),
        sync: wishes.sync.unwrap_or(caps.sync),
        mouse: wishes.mouse && caps.alternate,
        osc52: wishes.osc52.unwrap_or(caps.osc52),
        ..caps
    }
}

/// The colours by the end of the name; a terminal that counts none in the table keeps none.
fn colours(term: &str, table: Colour, colorterm: &str) -> Colour {
    if table == Colour::None || term.ends_with("-m") || term.ends_with("-mono") {
        Colour::None
    } else if term.contains("-256color") || term.ends_with("-direct") || !colorterm.is_empty() {
        table.max(Colour::Indexed)
    } else if term.ends_with("-16color") {
        table.max(Colour::Sixteen)
    } else {
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(term: &str) -> Caps {
        choose(&Environment { term: Some(term), ..Environment::default() }, &Wishes::default())
    }

    #[test]
    fn each_terminal_gets_what_the_table_says() {
        let table = [
            // name, colour, scroll, sync, clipboard, italic
            ("xterm", Colour::Eight, true, false, Osc52::Plain, true),
            ("xterm-256color", Colour::Indexed, true, false, Osc52::Plain, true),
            ("xterm-16color", Colour::Sixteen, true, false, Osc52::Plain, true),
            ("xterm-mono", Colour::None, true, false, Osc52::Plain, true),
            ("xterm-kitty", Colour::Indexed, true, true, Osc52::Plain, true),
            ("foot", Colour::Indexed, true, true, Osc52::Plain, true),
            ("tmux-256color", Colour::Indexed, true, false, Osc52::Plain, true),
            ("screen", Colour::Eight, true, false, Osc52::Screen, false),
            ("screen-256color", Colour::Indexed, true, false, Osc52::Screen, false),
            ("screen.xterm-256color", Colour::Indexed, true, false, Osc52::Screen, false),
            ("screen.linux", Colour::Eight, true, false, Osc52::Screen, false),
            ("linux", Colour::Eight, true, false, Osc52::No, false),
            ("putty-256color", Colour::Indexed, true, false, Osc52::No, false),
            ("vt100", Colour::None, true, false, Osc52::No, false),
            ("dumb", Colour::None, false, false, Osc52::No, false),
            ("", Colour::None, false, false, Osc52::No, false),
            ("no-such-256color", Colour::None, false, false, Osc52::No, false),
        ];
        for (term, colour, scroll, sync, osc52, italic) in table {
            let caps = of(term);
            let italics = caps.attributes.contains(Modifier::ITALIC);
            let got = (caps.colour, caps.scroll, caps.sync, caps.osc52, italics);
            assert_eq!(got, (colour, scroll, sync, osc52, italic), "{term}");
        }
        assert!(!of("dumb").addressable && of("dumb").ascii && of("unheard").addressable);
        assert!(!of("vt100").off_codes && of("vt220").off_codes);
    }

    #[test]
    fn the_environment_and_the_settings_win_over_the_name() {
        let xterm = Environment { term: Some("xterm"), ..Environment::default() };
        let caps = |environment, wishes| choose(&environment, &wishes);
        let none = Wishes::default();
        let colorterm = Environment { colorterm: Some("truecolor"), ..xterm };
        assert_eq!(caps(colorterm, none).colour, Colour::Indexed);
        let no_color = Environment { no_color: Some("1"), ..colorterm };
        assert_eq!(caps(no_color, none).colour, Colour::None);
        assert_eq!(caps(Environment { no_color: Some(""), ..xterm }, none).colour, Colour::Eight);
        let wish = Wishes { colour: Some(Colour::Sixteen), ..none };
        assert_eq!(caps(no_color, wish).colour, Colour::Sixteen);
        let screen = Environment { term: Some("screen"), tmux: Some("/tmp/x,1,0"), ..xterm };
        assert_eq!(caps(screen, none).osc52, Osc52::Plain);
        assert_eq!(caps(Environment { sty: Some("1.x"), ..xterm }, none).osc52, Osc52::Screen);
        let vt100 = Environment { term: Some("vt100"), colorterm: Some("yes"), ..xterm };
        assert_eq!(caps(vt100, none).colour, Colour::None);
    }
}
