//! A person with folders of their own, and how a program is started in a terminal.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, Mutex};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::{SPV, Seen, Term, look, modes};

/// A person with folders of their own, and nothing installed.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A path in the home folder.
    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder of the library that is looked in when none is named.
    pub fn library(&self) -> PathBuf {
        self.at(".local/share/spv/library")
    }

    /// The file in which the places are kept.
    pub fn places(&self) -> PathBuf {
        self.at(".local/state/spv/places.json")
    }

    /// Puts a file somewhere under the home folder.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.at(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Puts a record file into the library by hand.
    pub fn put_record(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        self.put(&format!(".local/share/spv/library/records/{name}"), bytes)
    }

    /// The program, to be started in a terminal.
    pub fn spv(&self, args: &[&str]) -> Run {
        self.program(SPV, args)
    }

    /// Another program, to be started in a terminal.
    pub fn program(&self, program: impl AsRef<OsStr>, args: &[&str]) -> Run {
        let mut run = Run {
            command: CommandBuilder::new(program),
            size: (80, 24),
            folder: self.folder.path().to_owned(),
        };
        run.command.env_clear();
        run.command.args(args);
        run.env("HOME", self.folder.path()).env("TERM", "xterm-256color").env("PATH", PATH)
    }

    /// Runs a command of the program without a terminal, and gives its exit code, output and errors.
    pub fn command(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = std::process::Command::new(SPV);
        command.env_clear().env("HOME", self.folder.path()).args(args);
        let ran = command.stdin(std::process::Stdio::null()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
    }
}

const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// How a program is started.
pub struct Run {
    command: CommandBuilder,
    size: (u16, u16),
    folder: PathBuf,
}

impl Run {
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// Starts it in a terminal of its own.
    pub fn start(mut self) -> Term {
        let (columns, rows) = self.size;
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        self.command.cwd(OsString::from(&self.folder));
        let found = modes(&*pair.master);
        let mut child = pair.slave.spawn_command(self.command).unwrap();
        let pid = i32::try_from(child.process_id().unwrap()).unwrap();
        let killer = child.clone_killer();
        let (ended, end) = channel();
        std::thread::spawn(move || ended.send(child.wait().unwrap()));

        let seen = Arc::new((Mutex::new(Seen::new(columns, rows)), Condvar::new()));
        let from = pair.master.try_clone_reader().unwrap();
        let reader = std::thread::spawn({
            let seen = Arc::clone(&seen);
            move || look(from, &seen)
        });
        let (keys, typed) = channel::<Vec<u8>>();
        let mut to = pair.master.take_writer().unwrap();
        let writer = std::thread::spawn(move || {
            while let Ok(bytes) = typed.recv() {
                // The end of the terminal is seen by whoever waits for the screen.
                let _ = to.write_all(&bytes);
            }
        });
        Term {
            found,
            pid,
            killer,
            end,
            status: None,
            seen,
            master: Some(pair.master),
            slave: Some(pair.slave),
            reader: Some(reader),
            keys: Some(keys),
            writer: Some(writer),
        }
    }
}
