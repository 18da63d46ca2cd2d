//! The folders in use: the library, and the user's own by the XDG rules.
//!
//! The file system is not consulted; a folder need not exist.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use etcetera::base_strategy::Xdg;

use crate::record::harmless;

/// Shown if there is no home folder.
const HOMELESS: &str = "HOME is not set: showing the exercise debates and keeping no places; set HOME, \
                        or name a library with --library";

/// The folders in use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// The library; `None` if there is no home folder and none was named.
    pub library: Option<PathBuf>,
    /// The user named it, by `--library` or `SPV_LIBRARY`: if it is missing that is an error, not a
    /// reason to show the exercise debates.
    pub named: bool,
    /// What belongs to the user: `$XDG_STATE_HOME/spv`.
    pub state: Option<PathBuf>,
    /// What can be rebuilt: `$XDG_CACHE_HOME/spv`.
    pub cache: Option<PathBuf>,
    /// Settings: `$XDG_CONFIG_HOME/spv`.
    pub config: Option<PathBuf>,
    /// One line for the user if there is no home folder.
    pub notice: Option<&'static str>,
}

impl Folders {
    /// The folders of this process: `library` is what `--library` named.
    pub fn find(library: Option<&Path>) -> Self {
        let named = library.map(Path::to_owned).or_else(|| {
            // An invalid path was refused with the options.
            variable("SPV_LIBRARY").map(|path| expand_home(&path).unwrap_or(path))
        });
        let base = Base::of_process();
        let spv = |folder: Option<PathBuf>| folder.map(|f| f.join("spv"));
        let state = spv(base.state);
        Self {
            named: named.is_some(),
            library: named.or_else(|| spv(base.data).map(|data| data.join("library"))),
            notice: state.is_none().then_some(HOMELESS),
            state,
            cache: spv(base.cache),
            config: spv(base.config),
        }
    }
}

/// The cache folder.
pub(super) fn cache_folder() -> Option<PathBuf> {
    Base::of_process().cache.map(|folder| folder.join("spv"))
}

/// Expands a leading `~` to the home folder. A shell does so in most places, but not in a unit file
/// or a Dockerfile.
///
/// # Errors
/// One line, if it names the home folder of another user or there is no home folder.
pub fn expand_home(path: &Path) -> Result<PathBuf, String> {
    let mut parts = path.components();
    let first = parts.next().map(|part| part.as_os_str().as_encoded_bytes());
    let shown = || harmless::line(&path.display().to_string()).into_owned();
    match first {
        Some(b"~") => match variable("HOME").filter(|home| home.is_absolute()) {
            Some(home) => Ok(home.join(parts.as_path())),
            None => Err(format!("{}: HOME is not set; write the full path", shown())),
        },
        Some([b'~', ..]) => Err(format!(
            "{0}: only ~ and ~/ are known, for your home folder; write the full path, or ./{0}",
            shown()
        )),
        _ => Ok(path.to_owned()),
    }
}

/// A variable that is set and not empty.
fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The folders that the XDG rules name.
#[derive(Default)]
struct Base {
    data: Option<PathBuf>,
    state: Option<PathBuf>,
    cache: Option<PathBuf>,
    config: Option<PathBuf>,
}

impl Base {
    fn of_process() -> Self {
        let absolute = |name| variable(name).filter(|path| path.is_absolute());
        // Without HOME, etcetera would query the user database, which may wait on a network and
        // does not work in a static program.
        let strategy = absolute("HOME").and_then(|_| Xdg::new().ok());
        match strategy {
            Some(xdg) => Self {
                data: Some(xdg.data_dir()),
                state: xdg.state_dir(),
                cache: Some(xdg.cache_dir()),
                config: Some(xdg.config_dir()),
            },
            None => Self {
                data: absolute("XDG_DATA_HOME"),
                state: absolute("XDG_STATE_HOME"),
                cache: absolute("XDG_CACHE_HOME"),
                config: absolute("XDG_CONFIG_HOME"),
            },
        }
    }
}
