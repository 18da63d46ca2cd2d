//! The user's settings: an optional file of lines `key = value`.
//!
//! `$XDG_CONFIG_HOME/spv/settings` is written by the user and only read here. A `#` at the start of
//! a line or after a space starts a comment; case and spaces around words do not matter. [`TABLE`]
//! defines the settings, for the parser, for `spv settings` and for its help. An invalid line is
//! reported with its number, and the others are used.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// The values a setting may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// `yes` or `no`.
    YesNo,
    /// One of these words, the first by default.
    OneOf(&'static [&'static str]),
    /// Bits a second, or 0 for a line of unknown speed.
    Rate,
    /// The path of a folder.
    Folder,
}

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub key: &'static str,
    /// What it may be.
    pub values: Values,
    /// What it does, in a few words.
    pub what: &'static str,
}

const fn setting(key: &'static str, values: Values, what: &'static str) -> Setting {
    Setting { key, values, what }
}

const YES_NO: Values = Values::OneOf(&["auto", "yes", "no"]);

/// All settings.
pub const TABLE: [Setting; 13] = [
    setting("slow", Values::YesNo, "draw sparingly: one pane, a mark instead of a bar"),
    setting("line_rate", Values::Rate, "send at most this many bits a second; implies slow"),
    setting("linear", Values::YesNo, "print line below line and move no cursor"),
    setting(
        "position",
        Values::OneOf(&["auto", "always", "pause"]),
        "when the position in a text is written: with each line, or when keys pause (auto: where slow)",
    ),
    setting("colour", Values::OneOf(&["auto", "none", "8", "16", "256"]), "how many colours"),
    setting("ascii", YES_NO, "only ASCII: no lines, no accents"),
    setting("scroll", YES_NO, "scroll rows instead of drawing them again"),
    setting("sync", YES_NO, "show large changes at once (synchronized output)"),
    setting(
        "osc52",
        Values::OneOf(&["auto", "no", "plain", "tmux", "screen"]),
        "how copied text reaches the clipboard",
    ),
    setting(
        "measure",
        Values::OneOf(&["72", "80", "96", "full"]),
        "how wide the lines of a text may be, where the screen has room",
    ),
    setting("mouse", Values::YesNo, "the wheel scrolls and a click selects a row"),
    setting(INDEX, Values::Folder, "where indexes for search are kept, instead of in libraries"),
    setting(NETWORK, Values::YesNo, "whether the network may be used: by spv get, and by F"),
];

/// The setting for the folder of indexes.
const INDEX: &str = "index";

/// The setting that forbids the network.
pub const NETWORK: &str = "network";

/// The settings that may be set for everybody on a host. They are about folders and the network; the
/// appearance is up to the user.
const OF_A_HOST: [&str; 2] = [INDEX, NETWORK];

/// The largest settings file, in bytes.
const LIMIT: u64 = 64 * 1024;

/// The lowest line rate, in bits a second.
const SLOWEST: u32 = 110;

/// The settings in the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The path of the user's file.
    pub file: Option<PathBuf>,
    /// Invalid lines, with file and line number.
    pub problems: Vec<String>,
    values: BTreeMap<&'static str, String>,
    /// The keys set for the host and not by the user.
    of_host: Vec<&'static str>,
}

impl Settings {
    /// Reads the settings of the host and those of the user, which take precedence. Neither folder
    /// need exist.
    pub fn read_over(host: &Path, folder: Option<&Path>) -> Self {
        let mut settings = Self::read(folder);
        let host = Self::read(Some(host));
        settings.problems.extend(host.problems);
        for (key, value) in host.values {
            if !OF_A_HOST.contains(&key) {
                let file = host.file.as_deref().unwrap_or(Path::new("")).display();
                settings.problems.push(format!("{file}: {key} is for each person to set"));
            } else if !settings.values.contains_key(key) {
                settings.values.insert(key, value);
                settings.of_host.push(key);
            }
        }
        settings
    }

    /// Only the settings about folders and the network: commands obey no others, so that they answer
    /// the same for everybody.
    #[must_use]
    pub fn of_commands(self) -> Self {
        let values = self.values.into_iter().filter(|(key, _)| OF_A_HOST.contains(key)).collect();
        Self { file: self.file, problems: Vec::new(), values, of_host: self.of_host }
    }

    /// Whether it was set for the host and not by the user.
    pub fn is_of_host(&self, key: &str) -> bool {
        self.of_host.contains(&key)
    }

    /// The folder in which indexes are kept, with `~/` expanded.
    pub fn index(&self, home: Option<&Path>) -> Option<PathBuf> {
        let path = self.get(INDEX)?;
        match path.strip_prefix("~/") {
            Some(inside) => home.map(|home| home.join(inside)),
            None => Some(PathBuf::from(path)),
        }
    }

    /// Reads the settings of a folder, which need not exist.
    pub fn read(folder: Option<&Path>) -> Self {
        let Some(file) = folder.map(|folder| folder.join("settings")) else {
            return Self::default();
        };
        let mut settings = Self { file: Some(file.clone()), ..Self::default() };
        match read_file(&file) {
            Ok(Some(bytes)) => settings.read_lines(&file, &bytes),
            Ok(None) => {}
            Err(why) => settings.problems.push(format!("{}: {why}", file.display())),
        }
        settings
    }

    fn read_lines(&mut self, file: &Path, bytes: &[u8]) {
        for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
            let line = String::from_utf8_lossy(line);
            if let Err(why) = self.line(line.trim_start_matches('\u{feff}')) {
                self.problems.push(format!("{}:{number}: {why}", file.display()));
            }
        }
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let comment = line.match_indices('#').map(|(at, _)| at);
        let mut starts =
            comment.filter(|at| line[..*at].chars().next_back().is_none_or(char::is_whitespace));
        let line = line[..starts.next().unwrap_or(line.len())].trim();
        if line.is_empty() {
            return Ok(());
        }
        let shown = || line.chars().take(40).flat_map(char::escape_default).collect::<String>();
        let (key, value) =
            line.split_once('=').ok_or_else(|| format!("\"{}\" is not key = value", shown()))?;
        let key = key.trim().to_ascii_lowercase();
        let known = TABLE.iter().find(|setting| setting.key == key);
        let setting = known.ok_or_else(|| {
            let names: Vec<&str> = TABLE.iter().map(|setting| setting.key).collect();
            format!("\"{}\" is not a setting; there are {}", shown(), names.join(", "))
        })?;
        let value = match setting.values {
            Values::Folder => value.trim().to_owned(),
            _ => value.trim().to_ascii_lowercase(),
        };
        setting.values.allow(&value).map_err(|why| format!("{key}: {why}"))?;
        self.values.insert(setting.key, value);
        Ok(())
    }

    /// The value of a setting, if it is set.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str).filter(|value| *value != "auto")
    }

    /// The value of a setting that is yes or no.
    pub fn yes(&self, key: &str) -> Option<bool> {
        self.get(key).map(|value| value == "yes")
    }
}

impl Values {
    /// The allowed values, for messages.
    pub fn words(self) -> String {
        match self {
            Self::YesNo => "yes, no".to_owned(),
            Self::OneOf(words) => words.join(", "),
            Self::Rate => format!("0, or bits a second from {SLOWEST}"),
            Self::Folder => "a path that starts with / or ~/".to_owned(),
        }
    }

    fn allow(self, value: &str) -> Result<(), String> {
        let good = match self {
            Self::YesNo => matches!(value, "yes" | "no"),
            Self::OneOf(words) => words.contains(&value),
            Self::Rate => value.parse().is_ok_and(|rate: u32| rate == 0 || rate >= SLOWEST),
            Self::Folder => value.starts_with('/') || value.starts_with("~/"),
        };
        if good {
            return Ok(());
        }
        let shown: String = value.chars().take(40).flat_map(char::escape_default).collect();
        Err(format!("\"{shown}\" is not one of: {}", self.words()))
    }
}

/// The bytes of the file, if it exists. Only a regular file is opened: opening others could block.
fn read_file(file: &Path) -> Result<Option<Vec<u8>>, String> {
    let about = match std::fs::metadata(file) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(format!("the settings cannot be read ({error})")),
        Ok(about) => about,
    };
    if !about.is_file() || about.len() > LIMIT {
        return Err(format!("not a settings file: expected a text of at most {LIMIT} bytes"));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|open| open.take(LIMIT).read_to_end(&mut bytes))
        .map_err(|error| format!("the settings cannot be read ({error})"))?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Settings {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("settings"), bytes).unwrap();
        Settings::read(Some(folder.path()))
    }

    #[test]
    fn lines_say_what_holds_and_the_last_one_wins() {
        let all =
            of(b"# mine\r\n\r\n  SLOW = Yes # at sea\r\nline_rate=9600\r\ncolour = 8\ncolour=16\n");
        assert_eq!(all.problems, Vec::<String>::new());
        assert_eq!((all.yes("slow"), all.get("line_rate")), (Some(true), Some("9600")));
        assert_eq!(
            (all.get("colour"), all.yes("ascii"), all.get("sync")),
            (Some("16"), None, None)
        );
        assert_eq!(of(b"ascii = auto").yes("ascii"), None);
        assert_eq!(of(b"\xef\xbb\xbfslow = no").yes("slow"), Some(false));
        let none = Settings::read(None);
        assert_eq!((none.file, none.problems.len()), (None, 0));
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Settings::read(Some(folder.path())).problems, Vec::<String>::new());
    }

    #[test]
    fn the_host_says_where_things_are_and_the_person_wins() {
        let write = |text: &str| {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("settings"), text).unwrap();
            folder
        };
        let host = write("index = /scratch/Indexes\nslow = yes\n");
        let mine = write("index = ~/Mine\nascii = yes\n");
        let home = Some(Path::new("/home/x"));
        let of_host = Settings::read_over(host.path(), None);
        assert_eq!(of_host.index(home), Some("/scratch/Indexes".into()));
        assert!(of_host.is_of_host("index"));
        assert_eq!((of_host.yes("slow"), of_host.problems.len()), (None, 1));
        assert!(of_host.problems[0].contains("slow is for each person"), "{:?}", of_host.problems);
        let both = Settings::read_over(host.path(), Some(mine.path()));
        assert_eq!(both.index(home), Some("/home/x/Mine".into()));
        assert_eq!((both.index(None), both.is_of_host("index")), (None, false));
        let bare = both.of_commands();
        assert_eq!((bare.index(home), bare.yes("ascii")), (Some("/home/x/Mine".into()), None));
        assert_eq!(of(b"index = here").problems.len(), 1);
        let host = write("network = no\n");
        let both = Settings::read_over(host.path(), Some(mine.path())).of_commands();
        assert_eq!((both.yes("network"), both.is_of_host("network")), (Some(false), true));
        let none = Settings::read_over(Path::new("/nonexistent"), None);
        assert_eq!((none.index(home), none.problems.len()), (None, 0));
    }

    #[test]
    fn what_is_not_understood_is_told_with_its_line_and_the_rest_holds() {
        let table: [(&[u8], &str); 7] = [
            (b"slow", "settings:1: \"slow\" is not key = value"),
            (
                b"\nspeed = 3",
                "settings:2: \"speed = 3\" is not a setting; there are slow, line_rate",
            ),
            (b"slow = perhaps", "settings:1: slow: \"perhaps\" is not one of: yes, no"),
            (b"line_rate = 50", "line_rate: \"50\" is not one of: 0, or bits a second from 110"),
            (b"colour = blue", "colour: \"blue\" is not one of: auto, none, 8, 16, 256"),
            (b"slow = \x1b[2J\x9b", "\"\\u{1b}[2j\\u{fffd}\" is not one of"),
            (b"\xff\xfe=\x00", "is not a setting"),
        ];
        for (bytes, words) in table {
            let all = of(&[bytes, b"\nascii = yes"].concat());
            assert_eq!(all.problems.len(), 1, "{:?}", all.problems);
            assert!(all.problems[0].contains(words), "{:?} has not {words}", all.problems);
            assert!(!all.problems[0].contains(char::is_control));
            assert_eq!(all.yes("ascii"), Some(true));
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("settings")).unwrap();
        assert_eq!(Settings::read(Some(folder.path())).problems.len(), 1);
        assert_eq!(of(&vec![b'#'; 70_000]).problems.len(), 1);
    }
}
