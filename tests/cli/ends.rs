//! How each command ends: exit codes, one line on standard error, closed pipes, missing folders.

use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use super::kit::{Kit, record, run};

#[test]
fn nothing_found_is_1() {
    let kit = Kit::new();
    for args in [
        &["list", "--year", "1950"][..],
        &["find", "zzzzqqqqxxxx"],
        &["votes", "zzzzqqqqxxxx"],
        &["show", "S/PV.99999"],
        &["show", "8668", "--statement", "99"],
        &["show", "8668", "--page", "99"],
        &["refs", "S/PV.99999"],
        &["refs", "--back", "S/PV.99999"],
        &["info", "S/PV.99999"],
        &["council", "1900-01-01"],
        &["zzzzqqqqxxxx"],
    ] {
        let ran = kit.spv(args);
        ran.fails(1, "spv: ");
        assert_eq!(ran.out, "", "{args:?}");
    }
}

#[test]
fn wrong_use_is_2_and_says_what_would_be_right() {
    let kit = Kit::new();
    for (args, with) in [
        (&["show", "nonsense"][..], "try 8668, S/PV.8668 (Resumption 1) or S/2020/254"),
        (&["refs", "nonsense"], "S/PV."),
        (&["refs", "--back", "nonsense"], "resolution 2254 (2015)"),
        (&["info", "nonsense"], "8668"),
        (&["votes", "vote:maybe"], "vote:against"),
        (&["votes", "colour:red"], "state:"),
        (&["votes", "state:Nowhereland"], "state:China"),
        (&["list", "--state", "Nowhereland"], "Kazakhstan"),
        (&["list", "--all", "--exercise"], "leave one"),
        (&["council", "yesterday"], "2019-11-19"),
        (&["man", "nonsense"], "spv --help"),
        (&["find", " "], "spv find"),
        (&["import", "--exercise", "a.txt"], "--exercise"),
        (&["import", "--symbol", "nonsense", "a.txt"], "8668"),
    ] {
        let ran = kit.spv(args);
        ran.fails(2, with);
        assert_eq!(ran.out, "", "{args:?}");
    }
    for args in [
        &["list", "--nonsense"][..],
        &["list", "--year", "20"],
        &["list", "--lang", "xx"],
        &["show"],
        &["show", "8668", "--format", "pdf"],
        &["show", "8668", "--page", "1", "--statement", "1"],
        &["completions", "nonsense"],
        &["umarov", "--nonsense"],
    ] {
        let ran = kit.spv(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {}", ran.err);
        assert!(!ran.err.is_empty());
    }
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let kit = Kit::empty();
    let good = record("S/PV.9001", "en", "2022-03-25").to_string();
    kit.write("bad.json", &good[..good.len() / 2]);
    kit.write("good.json", &good);
    kit.write("a.pdf", "%PDF-1.7 invented");
    let ran = kit.spv(&["import", "bad.json", "missing.txt", "a.pdf", "good.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("good.json: S/PV.9001"), "{}", ran.out);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), 3, "{}", ran.err);
    assert!(lines[0].contains("bad.json: line 1"), "{}", lines[0]);
    assert!(lines[1].contains("missing.txt: no such file"), "{}", lines[1]);
    assert!(lines[2].contains("a.pdf"), "{}", lines[2]);
    kit.spv(&["import", "missing.txt"]).fails(3, "missing.txt");
    kit.spv(&["import", "good.json", "bad.json", "--symbol", "1"]).fails(2, "one by one");
}

/// Of many files imported records are kept, counted, and not left half-way.
#[test]
fn an_import_of_many_files_is_stopped_in_order() {
    let kit = Kit::empty();
    std::fs::create_dir_all(kit.at("in")).unwrap();
    const FILES: usize = 600;
    for number in 0..FILES {
        let one = record(&format!("S/PV.{}", 1000 + number), "en", "2022-03-25");
        kit.write(&format!("in/{}.json", 1000 + number), one.to_string());
    }
    let start = || {
        std::process::Command::new(env!("CARGO_BIN_EXE_spv"))
            .env_clear()
            .env("HOME", kit.at("home"))
            .env("SPV_LIBRARY", kit.library())
            .args(["import", "--no-index"])
            .arg(kit.at("in"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let count = || {
        let year = std::fs::read_dir(kit.at("library/records/2022")).into_iter().flatten();
        year.flatten().filter(|e| !e.file_name().to_string_lossy().starts_with('.')).count()
    };
    let mut child = start();
    while count() < 3 {
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        std::thread::yield_now();
    }
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    let (out, err) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(130), "{err}");
    assert!(err.lines().last().unwrap().contains(" kept"), "{err}");
    let kept = count();
    assert!((3..FILES).contains(&kept), "{kept}");
    let row = out.lines().find(|line| line.starts_with("records ")).unwrap();
    assert!(row.ends_with(&format!("{kept} new")), "{row}, and {kept} are there");
    // The same again takes in the rest, and says on the way how far it is.
    let output = start().wait_with_output().unwrap();
    let (out, err) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert_eq!(count(), FILES);
    assert!(out.contains(&format!("{kept} already here")), "{out}");
    let told: Vec<&str> = err.lines().collect();
    assert_eq!(told.len(), 9, "a line for each tenth: {err}");
    assert!(told[4].starts_with("300 of 600 files, ") && told[4].ends_with(" left"), "{err}");
}

#[test]
fn another_text_of_a_record_takes_its_place_only_when_told() {
    let kit = Kit::empty();
    let mut value = record("S/PV.9001", "en", "2022-03-25");
    let path = kit.write("a.json", value.to_string());
    let path = path.to_str().unwrap();
    assert_eq!(kit.spv(&["import", path]).code, 0);
    value["items"][0]["text"] = "Another invented line.".into();
    kit.write("a.json", value.to_string());
    kit.spv(&["import", path]).fails(2, "--replace");
    assert_eq!(kit.spv(&["import", "--replace", path]).code, 0);
    assert!(kit.spv(&["show", "9001"]).out.contains("Another invented line."));
}

#[test]
fn check_names_each_fault_and_the_others_still_load() {
    let kit = Kit::new();
    kit.write("library/bad.json", "{\"format\": \"spv/9\"}");
    let ran = kit.spv(&["check"]);
    ran.fails(2, "1 record file not sound");
    assert!(ran.out.lines().any(|l| l.contains("bad.json: ")), "{}", ran.out);
    assert!(ran.out.ends_with("4 record files sound, 1 not\n"), "{}", ran.out);
    kit.spv(&["check", "library/bad.json"]).fails(2, "not sound");
    kit.spv(&["check", "missing.json"]).fails(2, "missing.json");
    let list = kit.spv(&["list"]);
    assert_eq!((list.code, list.out.lines().count()), (3, 3));
    assert!(list.err.contains("bad.json"), "{}", list.err);
}

#[test]
fn a_library_that_is_missing_is_wrong_use_and_import_makes_it() {
    let kit = Kit::empty();
    for args in [
        &["list"][..],
        &["show", "8668"],
        &["find", "a"],
        &["votes"],
        &["info"],
        &["check"],
        &["council"],
    ] {
        let ran = run(kit.bare().env("SPV_LIBRARY", kit.at("missing")).args(args));
        ran.fails(2, "missing");
    }
    let ran = run(kit.bare().args(["list", "--library", "home/../missing"]));
    ran.fails(2, "missing");
}

#[test]
fn a_library_that_may_not_be_read_is_3() {
    let kit = Kit::new();
    let mode = |bits| {
        std::fs::set_permissions(kit.library(), std::fs::Permissions::from_mode(bits)).unwrap();
    };
    mode(0o000);
    if std::fs::read_dir(kit.library()).is_ok() {
        println!("skipped: whoever runs this test may read everything");
        return;
    }
    let ran = kit.spv(&["list"]);
    mode(0o755);
    ran.fails(3, "library");
}

#[test]
fn a_library_in_use_by_another_writer_is_3() {
    let kit = Kit::empty();
    let path = kit.write("a.json", record("S/PV.9001", "en", "2022-03-25").to_string());
    let writer = spv::library::Writer::open(&kit.library()).unwrap();
    kit.spv(&["import", path.to_str().unwrap()]).fails(3, "another spv");
    drop(writer);
    assert_eq!(kit.spv(&["import", path.to_str().unwrap()]).code, 0);
}

#[test]
fn without_a_home_reading_goes_on_and_import_says_what_to_do() {
    let kit = Kit::empty();
    for home in [None, Some("")] {
        let command = || {
            let mut command = kit.bare();
            match home {
                None => command.env_remove("HOME"),
                Some(home) => command.env("HOME", home),
            };
            command
        };
        assert_eq!(run(command().arg("list")).code, 0);
        assert_eq!(run(command().args(["show", "MSC/PV.1"])).code, 0);
        assert_eq!(run(command().args(["show", "7180"])).code, 1);
        run(command().args(["import", "a.json"])).fails(3, "--library");
    }
}

/// `spv list | head -1`: whoever reads has what they wanted, and that is no failure.
#[test]
fn a_closed_pipe_is_no_error() {
    let kit = Kit::empty();
    for args in
        [&["list", "--all"][..], &["list", "--all", "--json"], &["votes"], &["--help"], &["man"]]
    {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_spv"))
            .args(args)
            .env_clear()
            .env("HOME", kit.at("home"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 1];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut first).unwrap();
        drop(out);
        let ended = child.wait_with_output().unwrap();
        let err = String::from_utf8(ended.stderr).unwrap();
        assert_eq!((ended.status.code(), err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn a_full_disk_is_3() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        println!("skipped: there is no /dev/full here");
        return;
    };
    let kit = Kit::empty();
    let ended = std::process::Command::new(env!("CARGO_BIN_EXE_spv"))
        .arg("keys")
        .env_clear()
        .env("HOME", kit.at("home"))
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap();
    let err = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(3), "{err}");
    assert!(err.contains("standard output: the disk is full"), "{err}");
}

#[test]
fn help_of_every_command_fits_80_columns_and_has_examples() {
    let kit = Kit::empty();
    let commands = [
        "list",
        "show",
        "search",
        "chart",
        "find",
        "last",
        "votes",
        "council",
        "refs",
        "import",
        "check",
        "info",
        "settings",
        "keys",
        "completions",
        "man",
    ];
    let whole = kit.spv(&["--help"]);
    assert_eq!(whole.code, 0);
    for command in commands {
        assert!(whole.out.contains(command), "{command}");
        let help = kit.spv(&[command, "--help"]);
        assert_eq!((help.code, help.err.as_str()), (0, ""));
        assert!(command == "keys" || help.out.contains("Examples:"), "{command}");
        for line in whole.out.lines().chain(help.out.lines()) {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
    assert!(kit.spv(&["--version"]).out.starts_with("spv "));
}
