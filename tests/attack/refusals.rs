//! Systems that refuse: full disks, read errors, no memory, no threads, no locks, no modes.

/// What the machine refuses (threads, memory), and files that are not as they were written.
mod machine {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::process::Command;
    use std::sync::atomic::AtomicBool;

    use spv::library::Library;
    use spv::search::query::parse;
    use spv::search::text::{Hits, Index, IndexError, Order, search, update};

    use crate::kit::{Kit, record};
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
        search(index, &parse(query), 50, Order::Relevance, &AtomicBool::new(false))
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
        let bring = || update(&library, None, false, &AtomicBool::new(false), &mut |_| {});
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
        assert!(bring().unwrap().anew);
        let index = Index::open(&library, None, None).unwrap().unwrap();
        assert_eq!(ask(&index, queries[0]).unwrap().statements, want[0].statements);
    }

    /// What is in a damaged index never becomes part of one that is up to date.
    #[test]
    fn a_damaged_index_is_not_gone_on_with() {
        let kit = library();
        let never = AtomicBool::new(false);
        update(&open(&kit), None, false, &never, &mut |_| {}).unwrap();
        let folder = kit.at("library/.spv/index");
        let name = files(&folder).into_keys().find(|name| name.ends_with(".term")).unwrap();
        let mut bytes = std::fs::read(folder.join(&name)).unwrap();
        bytes[9] ^= 1;
        std::fs::write(folder.join(&name), bytes).unwrap();
        let new = record("S/PV.13", "en", "2019-11-20").to_string();
        kit.write("library/records/2019/S_PV.13.en.json", new);
        let library = open(&kit);
        assert!(update(&library, None, false, &never, &mut |_| {}).unwrap().anew);
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
    fn checksum(bytes: &[u8]) -> u64 {
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
            let _ = library.references(&AtomicBool::new(false)).citing("S/RES/2254 (2015)");
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
        for megabytes in [40, 60, 100, 200, 300, 500] {
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

    /// Only root can become a user who has no threads left, and sees that here.
    #[test]
    fn without_further_threads_the_work_is_done_with_those_there_are() {
        if !rustix::process::geteuid().is_root() || !Path::new("/usr/bin/setpriv").exists() {
            println!("SKIPPED: not root, or no setpriv");
            return;
        }
        let kit = library();
        let (user, program) = (64_315, kit.at("spv"));
        std::fs::copy(SPV, &program).unwrap();
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
