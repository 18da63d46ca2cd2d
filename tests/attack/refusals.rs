//! Systems that refuse: full disks, read errors, no memory, no threads, no locks, no modes.

mod disks {
    //! File systems that lack something, or hold no more; libraries of others; locks that are held.

    use std::fs::{File, Permissions};
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::path::{Path, PathBuf};
    use std::process::Command;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::super::kit::{Kit, Ran, files, record, run};
    use super::super::pty::Home;

    const NOBODY: u32 = 65_534;

    /// A library with some records in a year, and a record to take in.
    fn kit() -> Kit {
        let kit = Kit::empty();
        std::fs::create_dir_all(kit.at("library/records/2020")).unwrap();
        for number in 8700..8703 {
            let text = record(&format!("S/PV.{number}"), "en", "2020-01-09").to_string();
            kit.write(&format!("library/records/2020/S_PV.{number}.en.json"), text);
        }
        kit.write("8710.json", record("S/PV.8710", "en", "2020-01-10").to_string());
        kit
    }

    /// The shim that refuses, `None` where there is no compiler for C.
    fn shim(kit: &Kit) -> Option<PathBuf> {
        let shim = kit.at("refuses.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/attack/refuses.c");
        let made =
            Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&shim).arg(source).status();
        if cfg!(target_os = "linux") && made.is_ok_and(|made| made.success()) {
            return Some(shim);
        }
        println!("SKIPPED: there is no cc to make a file system that refuses");
        None
    }

    fn unfinished(folder: &Path) -> Vec<PathBuf> {
        let is_left = |path: &PathBuf| path.to_str().unwrap().contains(".tmp-");
        files(folder).into_iter().filter(is_left).collect()
    }

    #[test]
    fn a_disk_that_lacks_locks_syncing_or_modes_keeps_everything() {
        let Some(shim) = shim(&kit()) else { return };
        // ENOLCK, ENOSYS and EOPNOTSUPP have these numbers on Linux.
        let lacks: [&[(&str, &str)]; 5] = [
            &[("REFUSE_LOCKS", "37")],
            &[("REFUSE_LOCKS", "38")],
            &[("REFUSE_LOCKS", "95")],
            &[("REFUSE_SYNC", "1")],
            &[("REFUSE_MODES", "1"), ("REFUSE_SYNC", "1"), ("REFUSE_LOCKS", "95")],
        ];
        for lacks in lacks {
            let other = kit();
            let shim = super::disks::shim(&other).unwrap_or(shim.clone());
            let on = |args: &[&str]| {
                let mut command = other.bare();
                command.env("LD_PRELOAD", &shim).envs(lacks.iter().copied());
                run(command.env("SPV_LIBRARY", other.library()).args(args))
            };
            let ran = on(&["import", "8710.json"]);
            assert_eq!(ran.code, 0, "{lacks:?}: {}", ran.err);
            let has_no_locks = lacks.iter().any(|(name, _)| *name == "REFUSE_LOCKS");
            let warned = ran.err.lines().filter(|line| line.contains("keeps no locks")).count();
            assert_eq!(warned, usize::from(has_no_locks), "{}", ran.err);
            let found = on(&["search", "invented"]);
            assert_eq!((found.code, found.err.as_str()), (0, ""), "{lacks:?}");
            assert!(other.library().join(".spv/index/meta.json").is_file(), "{lacks:?}");
            let packed = on(&["pack", "-o", "records.tar"]);
            assert_eq!(packed.code, 0, "{lacks:?}: {}", packed.err);
            assert_eq!(unfinished(other.folder.path()), [] as [PathBuf; 0]);
        }
    }

    /// As on exFAT and on the disks of Windows under WSL.
    #[test]
    fn where_everyone_may_write_everything_the_index_is_kept_in_the_cache_and_said_once() {
        let kit = kit();
        let Some(shim) = shim(&kit) else { return };
        assert_eq!(kit.spv(&["list"]).code, 0);
        open_to_all(&kit.library());
        let on = |args: &[&str]| {
            let mut command = kit.bare();
            command.env("LD_PRELOAD", &shim).env("REFUSE_MODES", "1");
            run(command.arg("--library").arg(kit.library()).args(args))
        };
        let first = on(&["search", "invented"]);
        assert_eq!(first.code, 0, "{}", first.err);
        assert_eq!(first.err.lines().count(), 1, "{}", first.err);
        assert!(first.err.contains("everyone may write into this library"), "{}", first.err);
        assert!(first.err.contains("kept in your own cache"), "{}", first.err);
        let index = |kit: &Kit| {
            let kept = files(&kit.at("home/.cache/spv"));
            kept.into_iter().find(|path| path.ends_with("index/meta.json"))
        };
        let made = std::fs::metadata(index(&kit).unwrap()).unwrap();
        let again = on(&["search", "invented"]);
        assert_eq!((again.code, again.err.as_str(), &again.out), (0, "", &first.out));
        let still = std::fs::metadata(index(&kit).unwrap()).unwrap();
        assert_eq!((still.ino(), still.mtime_nsec()), (made.ino(), made.mtime_nsec()));
        assert_eq!(unfinished(&kit.library()), [] as [PathBuf; 0]);
    }

    fn open_to_all(folder: &Path) {
        std::fs::set_permissions(folder, Permissions::from_mode(0o777)).unwrap();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open_to_all(&path);
            } else {
                std::fs::set_permissions(&path, Permissions::from_mode(0o777)).unwrap();
            }
        }
    }

    #[test]
    fn at_a_limit_of_file_sizes_one_line_is_said_and_nothing_is_left() {
        let kit = kit();
        assert_eq!(kit.spv(&["index"]).code, 0);
        // Noise packs badly, so that the record is larger than the limit.
        let mut large = record("S/PV.8711", "en", "2020-01-11");
        let noise = |n: u64| format!("{:x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ n << 17);
        let words: Vec<String> = (1..3000).map(noise).collect();
        large["items"][1]["paragraphs"][0]["text"] = words.join(" ").into();
        kit.write("8711.json", large.to_string());
        let before = listed(&kit);
        let commands = [
            "import 8711.json --no-index",
            "pack -o records.tar",
            "export --state Belgium --output all.md",
        ];
        for command in commands {
            let script =
                format!("trap '' XFSZ; ulimit -f 1; exec \"$0\" --library \"$1\" {command}");
            let program = env!("CARGO_BIN_EXE_spv");
            let mut shell = assert_cmd::Command::new("sh");
            shell.arg("-c").arg(script).arg(program).arg(kit.library());
            shell.env_clear().env("HOME", kit.at("home")).current_dir(kit.folder.path());
            let ran = run(&mut shell);
            if ran.code == 0 {
                continue; // what it wrote was within the limit
            }
            assert_eq!(unfinished(kit.folder.path()), [] as [PathBuf; 0], "{command}");
            assert_eq!(listed(&kit), before, "{command}: {}", ran.err);
            if command.starts_with("import") {
                assert_eq!(ran.code, 3, "{}", ran.err);
                assert!(ran.err.contains("ulimit -f"), "{}", ran.err);
            }
        }
    }

    fn listed(kit: &Kit) -> Vec<PathBuf> {
        let mut files = files(&kit.at("library/records"));
        files.sort();
        files
    }

    #[test]
    fn what_a_killed_export_left_is_removed_by_the_next_and_nothing_of_others() {
        let kit = kit();
        std::fs::create_dir(kit.at("out")).unwrap();
        let dead = kit.write("out/.tmp-spv-out-0123456789abcdef", "half a pack");
        let alive = kit.write("out/.tmp-spv-out-fedcba9876543210", "half a pack");
        kit.write("out/.tmp-mine", "precious");
        let writer = File::open(&alive).unwrap();
        writer.lock().unwrap();
        let ran = kit.spv(&["pack", "-o", "out/records.tar"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(!dead.exists() && alive.exists() && kit.at("out/.tmp-mine").exists());
        drop(writer);
        let ran = kit.spv(&["export", "--state", "Belgium", "--output", "out/all.md"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(!alive.exists() && kit.at("out/.tmp-mine").exists());
    }

    #[test]
    fn a_reader_who_holds_a_lock_keeps_no_writer_out() {
        let kit = kit();
        assert_eq!(kit.spv(&["import", "8710.json"]).code, 0);
        let locks = [".spv/lock", ".spv/index/lock"].map(|name| kit.library().join(name));
        let mode = |path: &Path| std::fs::metadata(path).unwrap().mode() & 0o777;
        locks.iter().for_each(|lock| assert_eq!(mode(lock), 0o600, "{}", lock.display()));
        // As an earlier version left them, and held by somebody who may only read.
        let held: Vec<File> = locks
            .iter()
            .map(|lock| {
                std::fs::write(lock, "2000000000\n").unwrap();
                std::fs::set_permissions(lock, Permissions::from_mode(0o644)).unwrap();
                let file = File::open(lock).unwrap();
                file.lock().unwrap();
                file
            })
            .collect();
        kit.write("8711.json", record("S/PV.8711", "en", "2020-01-11").to_string());
        let ran = kit.spv(&["import", "8711.json"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(kit.spv(&["search", "invented"]).out.contains("8711"));
        locks.iter().for_each(|lock| assert_eq!(mode(lock), 0o600, "{}", lock.display()));
        drop(held);
    }

    #[test]
    fn a_folder_in_the_place_of_a_lock_is_named_with_what_to_do() {
        let kit = kit();
        std::fs::create_dir_all(kit.library().join(".spv/lock")).unwrap();
        let ran = kit.spv(&["import", "8710.json"]);
        assert_eq!(ran.code, 3, "{}", ran.err);
        assert!(
            ran.err.contains("the lock file is not an ordinary file; remove it"),
            "{}",
            ran.err
        );
    }

    fn give_to_nobody(folder: &Path) {
        std::os::unix::fs::chown(folder, Some(NOBODY), Some(NOBODY)).unwrap();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                give_to_nobody(&path);
            } else {
                std::os::unix::fs::chown(&path, Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
    }

    #[test]
    fn a_library_of_another_is_said_to_be_so_once_and_root_leaves_it_alone() {
        if !rustix::process::geteuid().is_root() {
            println!("SKIPPED: only root can give a folder to another");
            return;
        }
        let kit = kit();
        give_to_nobody(&kit.library());
        let said =
            |ran: &Ran| ran.err.contains("this library belongs to") && ran.err.lines().count() == 1;
        for _ in 0..2 {
            let private = kit.spv(&["--private", "list"]);
            assert!(said(&private), "not remembered: {}", private.err);
        }
        let first = kit.spv(&["list"]);
        assert!(said(&first) && first.err.contains("--library names it"), "{}", first.err);
        for args in [&["list"][..], &["search", "invented"], &["index"], &["refs", "8700"]] {
            let ran = kit.spv(args);
            assert!(!ran.err.contains("belongs to"), "{args:?}: {}", ran.err);
        }
        let ran = kit.spv(&["import", "8710.json"]);
        ran.fails(3, "only if --library names it");
        assert!(!kit.library().join(".spv").exists(), "root wrote into it");
        // It is searched from an index in the cache of root.
        assert!(files(&kit.at("home/.cache")).iter().any(|f| f.ends_with("index/meta.json")));
        let named =
            run(kit.bare().arg("--library").arg(kit.library()).args(["import", "8710.json"]));
        assert_eq!(named.code, 0, "{}", named.err);
        assert!(kit.library().join(".spv/index/meta.json").exists());
    }

    #[test]
    fn the_reader_says_once_whose_a_library_is() {
        if !rustix::process::geteuid().is_root() {
            println!("SKIPPED: only root can give a folder to another");
            return;
        }
        let (kit, home) = (kit(), Home::new());
        give_to_nobody(&kit.library());
        let library = kit.library();
        let read = |once: bool| {
            let mut term = home.spv(&["--library", library.to_str().unwrap()]).start();
            term.wait("the message", |s| s.has("S/PV.8700") && s.has("belongs to") == once);
            term.types("Q");
            assert_eq!(term.ends_and_restores(), 0);
        };
        read(true);
        read(false);
    }

    #[test]
    fn a_setting_says_where_indexes_are_and_a_library_does_not() {
        let kit = kit();
        std::fs::create_dir_all(kit.at("home/.config/spv")).unwrap();
        let indexes = kit.at("Indexes");
        kit.write(
            "home/.config/spv/settings",
            format!("index = {}\nslow = yes\n", indexes.display()),
        );
        // Nothing in a library configures the program.
        std::fs::create_dir_all(kit.at("library/.spv")).unwrap();
        kit.write("library/.spv/settings", "index = /nonexistent\n");
        let found = kit.spv(&["search", "invented"]);
        assert_eq!((found.code, found.err.as_str()), (0, ""));
        let made =
            |folder: &Path| files(folder).into_iter().find(|f| f.ends_with("index/meta.json"));
        let index = made(&indexes).unwrap();
        assert_eq!(index.strip_prefix(&indexes).unwrap().components().count(), 3);
        assert!(made(&kit.library()).is_none());
        assert_eq!(kit.spv(&["import", "8710.json"]).code, 0);
        assert!(kit.spv(&["search", "invented"]).out.contains("8710"));
        assert!(made(&kit.library()).is_none());
        let settings = kit.spv(&["settings"]).out;
        assert!(settings.contains(indexes.to_str().unwrap()), "{settings}");
    }

    #[test]
    fn many_read_a_library_at_once_while_one_writes() {
        let readers = if std::env::var_os("SPV_LONG").is_some() { 100 } else { 10 };
        let kit = kit();
        assert_eq!(kit.spv(&["index"]).code, 0);
        let ended = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..readers)
                .map(|_| {
                    scope.spawn(|| {
                        while !ended.load(Ordering::Relaxed) {
                            let ran = kit.spv(&["search", "invented"]);
                            assert_eq!(ran.code, 0, "{}", ran.err);
                            assert!(ran.out.contains("S/PV.8700"), "{}", ran.out);
                        }
                    })
                })
                .collect();
            let imported = (8720..8724).map(|number| {
                let name = format!("{number}.json");
                kit.write(&name, record(&format!("S/PV.{number}"), "en", "2020-02-09").to_string());
                kit.spv(&["import", &name])
            });
            let imported: Vec<Ran> = imported.collect();
            ended.store(true, Ordering::Relaxed);
            // Another who searches may be making the index just then, which is no failure.
            imported.iter().for_each(|ran| assert_eq!(ran.code, 0, "{}", ran.err));
            all.into_iter().for_each(|reader| reader.join().unwrap());
        });
        let listed = kit.spv(&["list"]).out;
        assert!((8720..8724).all(|n| listed.contains(&format!("S/PV.{n}"))), "{listed}");
    }
}

/// What the machine refuses (threads, memory), and files that are not as they were written.
pub mod machine {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::process::Command;
    use std::sync::atomic::AtomicBool;

    use spv::library::Library;
    use spv::search::index::{Index, IndexError, update_index};
    use spv::search::query::parse;
    use spv::search::results::{Hits, Order, search};

    use crate::command::{Kit, record};
    use crate::pty::SPV;

    fn library() -> Kit {
        let kit = Kit::empty();
        std::fs::create_dir_all(kit.at("library/records/2019")).unwrap();
        for number in 1..=12 {
            let name = format!("library/records/2019/S_PV.{number}.en.json");
            kit.write(&name, record(&format!("S/PV.{number}"), "en", "2019-11-19").to_string());
        }
        kit
    }

    fn open(kit: &Kit) -> Library {
        Library::open_with(&kit.library(), None).unwrap()
    }

    fn ask(index: &Index, query: &str) -> Result<Hits, IndexError> {
        search(index, &parse(query), 50, Order::Relevance, &std::sync::Arc::default())
    }

    fn long() -> u64 {
        std::env::var("SPV_LONG").ok().and_then(|n| n.parse().ok()).unwrap_or(1)
    }

    fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
        let named = |entry: std::io::Result<std::fs::DirEntry>| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap())
        };
        std::fs::read_dir(folder).unwrap().map(named).collect()
    }

    /// Numbers that look random, the same each time.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
            (self.0 >> 33) as usize % end.max(1)
        }

        /// Some bytes with a few changes.
        fn change(&mut self, bytes: &[u8]) -> Vec<u8> {
            let mut bytes = bytes.to_vec();
            let at = self.below(bytes.len());
            match self.below(4) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..(at + 3).min(bytes.len()))),
                2 => bytes.extend_from_slice(b"\xff\xff\xff"),
                _ => bytes[at] ^= 1 << self.below(8),
            }
            bytes
        }
    }

    #[test]
    fn an_index_that_is_not_as_it_was_written_gives_no_wrong_answer() {
        let kit = library();
        let library = open(&kit);
        let bring = || update_index(&library, None, false, &AtomicBool::new(false), &mut |_| {});
        bring().unwrap();
        let folder = kit.at("library/.spv/index");
        let whole = files(&folder);
        let names: Vec<&String> =
            whole.iter().filter(|(_, bytes)| !bytes.is_empty()).map(|(name, _)| name).collect();
        let queries = ["invented", "\"invented meeting\"", "sent*", "state:Belgium resolution"];
        let sound = Index::open(&library, None, None).unwrap().unwrap();
        let want: Vec<Hits> = queries.iter().map(|query| ask(&sound, query).unwrap()).collect();
        assert!(want.iter().all(|hits| hits.statements == 12 || hits.statements == 24));
        drop(sound);
        let mut chance = Chance(15);
        for round in 0..120 * long() {
            let name = names[chance.below(names.len())];
            std::fs::write(folder.join(name), chance.change(&whole[name])).unwrap();
            match Index::open(&library, None, None) {
                Ok(None) | Err(IndexError::Damaged(_)) => {}
                Ok(Some(index)) => {
                    for (query, want) in queries.iter().zip(&want) {
                        assert_eq!(&ask(&index, query).unwrap(), want, "{round}: {name} {query}");
                    }
                }
                Err(error) => panic!("{round}: {name}: {error}"),
            }
            std::fs::write(folder.join(name), &whole[name]).unwrap();
        }
        // One that is changed while it is open is found out by the next question.
        let name = names.iter().find(|name| name.contains(".term")).unwrap();
        let index = Index::open(&library, None, None).unwrap().unwrap();
        assert!(index.is_current());
        let mut bytes = whole[*name].clone();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x40;
        std::fs::write(folder.join(name), &bytes).unwrap();
        assert!(!index.is_current());
        assert!(matches!(Index::open(&library, None, None), Err(IndexError::Damaged(_))));
        assert!(bring().unwrap().rebuilt);
        let index = Index::open(&library, None, None).unwrap().unwrap();
        assert_eq!(ask(&index, queries[0]).unwrap().statements, want[0].statements);
    }

    /// What is in a damaged index never becomes part of one that is up to date.
    #[test]
    fn a_damaged_index_is_not_gone_on_with() {
        let kit = library();
        let never = AtomicBool::new(false);
        update_index(&open(&kit), None, false, &never, &mut |_| {}).unwrap();
        let folder = kit.at("library/.spv/index");
        let name = files(&folder).into_keys().find(|name| name.ends_with(".term")).unwrap();
        let mut bytes = std::fs::read(folder.join(&name)).unwrap();
        bytes[9] ^= 1;
        std::fs::write(folder.join(&name), bytes).unwrap();
        let new = record("S/PV.13", "en", "2019-11-20").to_string();
        kit.write("library/records/2019/S_PV.13.en.json", new);
        let library = open(&kit);
        assert!(update_index(&library, None, false, &never, &mut |_| {}).unwrap().rebuilt);
        let index = Index::open(&library, None, None).unwrap().unwrap();
        assert_eq!(ask(&index, "\"invented meeting\"").unwrap().statements, 13);
    }

    /// A copy has other times, and its bytes are compared once; one that may not be written is compared each time.
    #[test]
    fn a_copied_index_is_used() {
        let kit = library();
        assert_eq!(kit.spv(&["index"]).code, 0);
        let folder = kit.at("library/.spv/index");
        let before = files(&folder);
        for (name, bytes) in &before {
            std::fs::remove_file(folder.join(name)).unwrap();
            std::fs::write(folder.join(name), bytes).unwrap();
        }
        let index = Index::open(&open(&kit), None, None).unwrap().unwrap();
        assert_eq!(ask(&index, "invented").unwrap().statements, 24);
        assert_ne!(files(&folder)["sound"], before["sound"], "the states are noted");
        std::fs::remove_file(folder.join("sound")).unwrap();
        assert!(Index::open(&open(&kit), None, None).unwrap().is_some());
    }

    /// The checksum of our own files, which finds damage and not malice.
    pub fn checksum(bytes: &[u8]) -> u64 {
        const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut sum = bytes.len() as u64 ^ 0x5350_565F_4341_5431;
        let (words, rest) = bytes.as_chunks::<8>();
        let words = words.iter().map(|word| u64::from_le_bytes(*word));
        for word in words.chain(rest.iter().map(|byte| u64::from(*byte))) {
            sum = (sum ^ word).wrapping_mul(PRIME);
            sum ^= sum >> 32;
        }
        sum
    }

    #[test]
    fn a_catalogue_of_any_bytes_is_read_or_made_again() {
        let kit = library();
        let file = kit.at("library/.spv/catalogue");
        for _ in 0..2 {
            assert_eq!(kit.spv(&["refs", "--back", "S/RES/2254"]).code, 0);
        }
        let whole = std::fs::read(&file).unwrap();
        assert_eq!(whole[8..16], checksum(&whole[16..]).to_le_bytes(), "not the layout known here");
        let table = kit.at("library/.spv/references");
        let references = std::fs::read(&table).unwrap();
        let mut chance = Chance(23);
        for _ in 0..100 * long() {
            for (file, whole) in [(&file, &whole), (&table, &references)] {
                let body = chance.change(&whole[16..]);
                let sum = checksum(&body).to_le_bytes();
                std::fs::write(file, [&whole[..8], &sum, &body].concat()).unwrap();
            }
            let library = open(&kit);
            let catalogue = library.catalogue();
            for entry in &catalogue.entries {
                let _ = catalogue.headings(entry).count();
                // A wrong entry is an error, and never the record of another.
                if let Ok(record) = library.load(entry) {
                    assert_eq!(record.symbol, entry.symbol);
                }
            }
            let _ =
                library.references(&AtomicBool::new(false)).citing("S/RES/2254 (2015)", usize::MAX);
        }
    }

    /// Runs the program below a limit that a shell sets.
    fn limited(kit: &Kit, limit: &str, args: &str) -> (i32, String) {
        let script =
            format!("ulimit {limit}; exec {SPV} --library {} {args}", kit.library().display());
        let mut command = Command::new("bash");
        command.env_clear().env("HOME", kit.at("home")).env("PATH", "/usr/bin:/bin");
        let output = command.args(["-c", &script]).output().unwrap();
        let code = output.status.code().expect("ended by a signal");
        (code, String::from_utf8(output.stderr).unwrap())
    }

    #[test]
    fn with_little_memory_a_command_fails_in_one_line() {
        let kit = library();
        let (mut failed, mut done) = (0, 0);
        // The debug build alone takes 42 MB: below that the system does not start it.
        for megabytes in [45, 60, 100, 200, 300, 500] {
            for args in ["list", "search invented", "index", "export --state Belgium"] {
                let (code, err) = limited(&kit, &format!("-v {}", megabytes * 1024), args);
                assert!([0, 3].contains(&code), "{megabytes} MB, {args}: {code} {err}");
                assert!(!err.contains("panicked") && !err.contains("damaged"), "{megabytes} {err}");
                if code == 3 {
                    // Where several threads find none, the standard library says so for each.
                    let of_std = |line: &&str| {
                        line.starts_with("memory allocation") || line.starts_with("skipping")
                    };
                    let ours = err.lines().filter(|line| !of_std(line)).count();
                    assert!(ours == 1 || ours == 0 && !err.is_empty(), "{megabytes} {args}: {err}");
                    failed += 1;
                }
                done += 1;
            }
        }
        assert!(done > failed, "nothing was done at all");
    }

    #[test]
    fn at_a_limit_of_file_sizes_nothing_is_ended_by_a_signal() {
        let kit = library();
        for args in ["index", "list", "search invented", "pack -o all.tar", "refs --back 8628"] {
            let (code, err) = limited(&kit, "-f 1", args);
            assert!([0, 1, 3].contains(&code), "{args}: {code} {err}");
            assert!(!err.contains("panicked") && !err.contains("damaged"), "{args}: {err}");
        }
    }

    #[test]
    fn a_pipe_in_the_place_of_the_certificates_is_not_waited_for() {
        let kit = library();
        let pipe = kit.at("roots.pem");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let mut get = kit.bare();
        get.env("SPV_LIBRARY", kit.library()).env("SSL_CERT_FILE", &pipe).args(["get", "9300"]);
        crate::command::run(&mut get).fails(3, "SSL_CERT_FILE");
    }

    /// Only root can become a user who has no threads left, and sees that here.
    #[test]
    fn without_further_threads_the_work_is_done_with_those_there_are() {
        if !rustix::process::geteuid().is_root() || !Path::new("/usr/bin/setpriv").exists() {
            println!("SKIPPED: not root, or no setpriv");
            return;
        }
        let kit = library();
        let (user, program) = (64_315, kit.at("spv"));
        // By a program of its own: one that another test starts meanwhile would inherit the open file.
        assert!(Command::new("cp").arg(SPV).arg(&program).status().unwrap().success());
        let mut owned = Command::new("chown");
        owned.args(["-R", &user.to_string()]).arg(kit.folder.path());
        assert!(owned.status().unwrap().success());
        for threads in 1..5 {
            for args in ["list", "search invented", "find belgium", "index", "import in.json"] {
                kit.write("in.json", record("S/PV.13", "en", "2019-11-20").to_string());
                let mut command = Command::new("/usr/bin/setpriv");
                command.env_clear().env("HOME", kit.at("home")).current_dir(kit.folder.path());
                let id = user.to_string();
                command.args(["--reuid", &id, "--regid", &id, "--clear-groups", "prlimit"]);
                command.arg(format!("--nproc={threads}")).arg(&program);
                command.arg("--library").arg(kit.library()).args(args.split(' '));
                let output = command.output().unwrap();
                let err = String::from_utf8(output.stderr).unwrap();
                let code = output.status.code().expect("ended by a signal");
                assert!([0, 3].contains(&code), "{threads} {args}: {code} {err}");
                assert!(code == 0 || args == "index", "{threads} {args}: {err}");
                assert!(code == 0 || err.contains("thread"), "{threads} {args}: {err}");
                assert!(!err.contains("panicked") && !err.contains("damaged"), "{args}: {err}");
            }
        }
    }
}
