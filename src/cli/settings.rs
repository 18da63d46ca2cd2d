//! `spv settings`: the settings in effect, and where each comes from.
//!
//! Options override the environment, which overrides the settings files. The rest follows from the name of
//! the terminal.

use std::io::Write;

use super::args::Options;
use super::out::{Answer, Answered, one_line, say};
use super::table;
use super::world::World;
use crate::desk::settings::{NETWORK, Settings, TABLE};
use crate::terminal::caps::{Caps, Colour, Environment, Osc52, Wishes, choose};

/// Runs `spv settings`.
pub fn run(world: &World, out: &mut dyn Write) -> Answer {
    let options = &world.options;
    options.settings.problems.iter().for_each(|problem| say(problem));
    let file = options.settings.file.as_ref();
    let place = match file {
        Some(file) if file.exists() => file.display().to_string(),
        Some(file) => format!("{} (not found)", file.display()),
        None => "none: HOME is not set".to_owned(),
    };
    writeln!(out, "File: {}\n", one_line(&place))?;
    let caps = terminal_caps(&options.settings);
    let head = ["setting", "in effect", "from", "may be", "what it does"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(TABLE.iter().map(|setting| {
        let (value, from) = in_force(setting.key, options, &caps);
        [setting.key.to_owned(), value, from, setting.values.words(), setting.what.to_owned()]
            .to_vec()
    }));
    table::write_rows(out, &rows, &[], None)?;
    Ok(Answered::Something)
}

/// The value of a setting, and its source.
fn in_force(key: &str, options: &Options, caps: &Caps) -> (String, String) {
    let yes = |on: bool| if on { "yes" } else { "no" }.to_owned();
    let value = match key {
        "slow" => yes(options.is_slow()),
        // A terminal that cannot move its cursor is used line by line in any case.
        "linear" => yes(options.linear || !caps.addressable),
        "line_rate" => options.line_rate.unwrap_or(0).to_string(),
        "position" => if options.trails() { "pause" } else { "always" }.to_owned(),
        "colour" => match caps.colour {
            Colour::None => "none",
            Colour::Eight => "8",
            Colour::Sixteen => "16",
            Colour::Indexed => "256",
        }
        .to_owned(),
        "ascii" => yes(caps.ascii),
        "scroll" => yes(caps.scroll),
        "sync" => yes(caps.sync),
        "mouse" => yes(caps.mouse),
        NETWORK => yes(options.why_offline().is_none()),
        "measure" => options.measure().map_or("full".to_owned(), |columns| columns.to_string()),
        "index" => match options.keeping().index {
            Some(folder) => one_line(&folder.display().to_string()),
            None => "in each library".to_owned(),
        },
        _ => match caps.osc52 {
            Osc52::No => "no",
            Osc52::Plain => "plain",
            Osc52::Tmux => "tmux",
            Osc52::Screen => "screen",
        }
        .to_owned(),
    };
    let told = options.from.iter().find(|(known, _)| *known == key);
    let from = match (told, options.settings.get(key)) {
        _ if key == "slow" && !options.slow => default_source(key, options),
        _ if key == NETWORK && options.offline => "--offline or SPV_OFFLINE".to_owned(),
        (Some((_, from)), _) => (*from).to_owned(),
        (None, Some(_)) if options.settings.is_of_host(key) => "this host".to_owned(),
        (None, Some(_)) => "the file".to_owned(),
        (None, None) => default_source(key, options),
    };
    (value, from)
}

/// The source of a setting that nobody has set.
fn default_source(key: &str, options: &Options) -> String {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let term = || std::env::var("TERM").unwrap_or_default();
    match key {
        "slow" if options.line_rate.is_some() => "line_rate".to_owned(),
        "linear" if !options.linear && term() == "dumb" => "TERM=dumb".to_owned(),
        "position" if options.is_slow() => "slow".to_owned(),
        "colour" if set("NO_COLOR") => "NO_COLOR".to_owned(),
        "colour" | "ascii" | "scroll" | "sync" | "osc52" => format!("TERM={}", one_line(&term())),
        _ => "default".to_owned(),
    }
}

/// The capabilities of this terminal, by its name, the environment and the settings.
pub fn terminal_caps(settings: &Settings) -> Caps {
    let value = |name| std::env::var(name).ok();
    let [term, colorterm, no_color, tmux, sty] =
        ["TERM", "COLORTERM", "NO_COLOR", "TMUX", "STY"].map(value);
    let environment = Environment {
        term: term.as_deref(),
        colorterm: colorterm.as_deref(),
        no_color: no_color.as_deref(),
        tmux: tmux.as_deref(),
        sty: sty.as_deref(),
    };
    choose(&environment, &terminal_wishes(settings))
}

/// The capabilities that the settings override.
fn terminal_wishes(settings: &Settings) -> Wishes {
    let colour = settings.get("colour").map(|word| match word {
        "none" => Colour::None,
        "8" => Colour::Eight,
        "16" => Colour::Sixteen,
        _ => Colour::Indexed,
    });
    let osc52 = settings.get("osc52").map(|word| match word {
        "plain" => Osc52::Plain,
        "tmux" => Osc52::Tmux,
        "screen" => Osc52::Screen,
        _ => Osc52::No,
    });
    Wishes {
        colour,
        ascii: settings.yes("ascii"),
        scroll: settings.yes("scroll"),
        sync: settings.yes("sync"),
        mouse: settings.yes("mouse").unwrap_or(false),
        osc52,
    }
}
