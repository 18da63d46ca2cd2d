//! The options of every command, from the command line, the environment and the settings.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::app::page::MEASURE;
use crate::desk::settings::{NETWORK, Settings};
use crate::library::{Folders, Keeping, expand_home};
use crate::record::Language;

/// The options of every command.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The folder of the library (SPV_LIBRARY)
    #[arg(long, value_name = "DIR", global = true, help_heading = "All commands")]
    pub library: Option<PathBuf>,
    /// Use the built-in exercise debates
    #[arg(long, global = true, help_heading = "All commands")]
    pub exercise: bool,
    /// Prefer editions in ar, zh, en, fr, ru or es
    #[arg(long, value_name = "LANG", global = true, value_parser = language, help_heading = "All commands")]
    pub lang: Option<Language>,
    /// Never use the network (SPV_OFFLINE=1)
    #[arg(long, global = true, help_heading = "All commands")]
    pub offline: bool,
    /// Open the reader where you left it
    #[arg(long, help_heading = "Reader")]
    pub resume: bool,
    /// Keep no reading history
    #[arg(long, help_heading = "Reader")]
    pub private: bool,
    /// Send few bytes: one pane, a mark instead of a bar (SPV_SLOW=1)
    #[arg(long, global = true, help_heading = "Slow lines and screen readers")]
    pub slow: bool,
    /// Send at most this many bits per second (SPV_LINE_RATE); implies --slow
    #[arg(long, value_name = "BITS", global = true, value_parser = line_rate, help_heading = "Slow lines and screen readers")]
    pub line_rate: Option<u32>,
    /// Print line by line, for screen readers and logs (SPV_LINEAR=1)
    #[arg(long, global = true, help_heading = "Slow lines and screen readers")]
    pub linear: bool,
    /// The settings files.
    #[arg(skip)]
    pub settings: Settings,
    /// The settings that an option or the environment gives: key and source.
    #[arg(skip)]
    pub from: Vec<(&'static str, &'static str)>,
}

impl Options {
    /// Whether as few bytes as possible are sent.
    pub fn is_slow(&self) -> bool {
        self.slow || self.line_rate.is_some()
    }

    /// Fills in from the environment what no option gives.
    ///
    /// # Errors
    /// If `SPV_LINE_RATE` is not a rate, or the library is in the home folder of an unknown user.
    pub fn with_environment(
        mut self,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let said = |name| variable(name).filter(|value| !value.is_empty());
        let on = |name| said(name).is_some_and(|value| value != "0");
        self.offline |= on("SPV_OFFLINE");
        self.library = self.library.map(|folder| expand_home(&folder)).transpose()?;
        if let (None, Some(folder)) = (&self.library, said("SPV_LIBRARY")) {
            expand_home(Path::new(&folder)).map_err(|why| format!("SPV_LIBRARY={why}"))?;
        }
        for (key, flag, option, name) in [
            ("slow", &mut self.slow, "--slow", "SPV_SLOW"),
            ("linear", &mut self.linear, "--linear", "SPV_LINEAR"),
        ] {
            if *flag {
                self.from.push((key, option));
            } else if said(name).is_some() {
                *flag = on(name);
                self.from.push((key, name));
            }
        }
        if self.line_rate.is_some() {
            self.from.push(("line_rate", "--line-rate"));
        } else if let Some(value) = said("SPV_LINE_RATE") {
            if value != "0" {
                let rate = line_rate(&value).map_err(|e| format!("SPV_LINE_RATE={value}: {e}"))?;
                self.line_rate = Some(rate);
            }
            self.from.push(("line_rate", "SPV_LINE_RATE"));
        }
        Ok(self)
    }

    /// Fills in from the settings what neither an option nor the environment gives.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        let open = |key| !self.from.iter().any(|(known, _)| *known == key);
        if open("slow") {
            self.slow |= settings.yes("slow").unwrap_or(false);
        }
        if open("linear") {
            self.linear |= settings.yes("linear").unwrap_or(false);
        }
        if open("line_rate") {
            let rate = settings.get("line_rate").and_then(|rate| rate.parse().ok());
            self.line_rate = rate.filter(|rate| *rate > 0);
        }
        Self { settings, ..self }
    }

    /// Where files made from libraries may be kept.
    pub fn keeping(&self) -> Keeping {
        let home = std::env::var_os("HOME").map(PathBuf::from);
        Keeping {
            cache: Folders::find(None).cache,
            index: self.settings.index(home.as_deref()),
            named: self.library.is_some(),
        }
    }

    /// What forbids the network, if anything does.
    pub fn why_offline(&self) -> Option<&'static str> {
        match self.settings.yes(NETWORK) {
            _ if self.offline => Some("--offline or SPV_OFFLINE"),
            Some(false) => Some("the setting network = no"),
            _ => None,
        }
    }

    /// Whether the position in a text is drawn only when no keys arrive.
    pub fn trails(&self) -> bool {
        self.settings.get("position").map_or_else(|| self.is_slow(), |when| when == "pause")
    }

    /// The widest a line of text is set, in columns; `None` where it may have the whole screen.
    pub fn measure(&self) -> Option<u16> {
        match self.settings.get("measure") {
            Some(columns) => columns.parse().ok(),
            None => Some(MEASURE),
        }
    }

    /// Combines these options with `later` ones, which take precedence.
    #[must_use]
    pub fn overridden_by(self, later: Self) -> Self {
        Self {
            library: later.library.or(self.library),
            exercise: later.exercise || self.exercise,
            lang: later.lang.or(self.lang),
            offline: later.offline || self.offline,
            resume: later.resume || self.resume,
            private: later.private || self.private,
            slow: later.slow || self.slow,
            line_rate: later.line_rate.or(self.line_rate),
            linear: later.linear || self.linear,
            settings: self.settings,
            from: self.from,
        }
    }
}

fn language(word: &str) -> Result<Language, String> {
    match Language::from_word(word) {
        Language::Other(_) => {
            Err("not an official language: try en, fr, es, ar, ru or zh".to_owned())
        }
        language => Ok(language),
    }
}

/// Parses a rate in bits per second; 110 is the slowest that modems ever had.
fn line_rate(word: &str) -> Result<u32, String> {
    match word.trim().parse() {
        Ok(rate @ 110..) => Ok(rate),
        _ => Err("not a rate in bits per second: try 9600 or 64000".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_speaks_where_no_option_does() {
        let of = |options: Options, set: &[(&str, &str)]| {
            let set: std::collections::HashMap<String, String> =
                set.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
            options.with_environment(|name| set.get(name).cloned())
        };
        let none = Options::default;
        assert_eq!(of(none(), &[]), Ok(none()));
        let off = of(none(), &[("SPV_SLOW", "0"), ("SPV_LINEAR", "")]).unwrap();
        assert!(!off.is_slow() && !off.linear);
        assert!(of(none(), &[("SPV_OFFLINE", "1")]).unwrap().offline);
        assert!(!of(none(), &[("SPV_OFFLINE", "0")]).unwrap().offline);
        assert!(of(none(), &[("SPV_SLOW", "1")]).unwrap().is_slow());
        assert!(of(none(), &[("SPV_LINEAR", "1")]).unwrap().linear);
        let rate = |options, value| of(options, &[("SPV_LINE_RATE", value)]);
        assert_eq!(rate(none(), "9600").unwrap().line_rate, Some(9600));
        assert!(rate(none(), "9600").unwrap().is_slow());
        assert_eq!(rate(none(), "0").unwrap().line_rate, None);
        let given = Options { line_rate: Some(64_000), ..none() };
        assert_eq!(rate(given, "9600").unwrap().line_rate, Some(64_000));
        assert!(rate(none(), "fast").unwrap_err().starts_with("SPV_LINE_RATE=fast: "));
    }
    #[test]
    fn an_option_wins_over_the_environment_and_that_over_the_settings() {
        let folder = tempfile::tempdir().unwrap();
        let text = "slow = yes\nline_rate = 9600\nlinear = yes\nposition = always\n";
        std::fs::write(folder.path().join("settings"), text).unwrap();
        let settings = || Settings::read(Some(folder.path()));
        let none = Options::default;
        let all = none().with_environment(|_| None).unwrap().with_settings(settings());
        assert_eq!((all.slow, all.linear, all.line_rate), (true, true, Some(9600)));
        assert!(!all.trails() && all.from.is_empty());
        let off = |name: &str| name.starts_with("SPV_").then(|| "0".to_owned());
        let all = none().with_environment(off).unwrap().with_settings(settings());
        assert_eq!((all.slow, all.linear, all.line_rate), (false, false, None));
        assert!(all.from.contains(&("slow", "SPV_SLOW")));
        let given = Options { line_rate: Some(64_000), slow: true, ..none() };
        let all = given.with_environment(off).unwrap().with_settings(settings());
        assert_eq!((all.slow, all.line_rate), (true, Some(64_000)));
        assert!(all.from.contains(&("line_rate", "--line-rate")));
        let slow = Options { slow: true, ..none() };
        assert!(
            slow.with_environment(|_| None).unwrap().with_settings(Settings::default()).trails()
        );
    }
}
