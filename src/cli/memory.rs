//! How much memory a command may take.
//!
//! Records may come from anybody, and a small file can unpack into much text. What a command holds is bounded
//! where it is known to grow; this is the bound for what is not known. Beyond it an allocation fails, the standard
//! library says so in one line, and the command ends with exit code 3 ([`super::main`]): better than a host
//! that starts to swap, or ends another program.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::args::Command;

/// The memory of a command, in bytes, that is not a file: its heap and the stacks of its threads.
const BUDGET: u64 = 512 << 20;

/// Whether a command has the budget from its start. What makes an index takes more, and has bounds of its own;
/// a search has the budget from when there is an index.
pub(super) fn is_bounded(command: &Command) -> bool {
    !matches!(
        command,
        Command::Import(_)
            | Command::Get(_)
            | Command::Index(_)
            | Command::Pack(_)
            | Command::Search(_)
    )
}

/// The budget is in force until this is dropped.
pub(super) struct Bounded {
    before: Rlimit,
}

impl Bounded {
    /// Takes no more than the budget from now on, nor more than the process was allowed before.
    pub(super) fn begin() -> Self {
        let before = getrlimit(Resource::Data);
        let most = before.current.map_or(BUDGET, |most| most.min(BUDGET));
        // A system without this limit goes on without it.
        let _ = setrlimit(Resource::Data, Rlimit { current: Some(most), ..before });
        Self { before }
    }
}

impl Drop for Bounded {
    fn drop(&mut self) {
        let _ = setrlimit(Resource::Data, self.before);
    }
}
