//! Packs that are sound: what goes in comes out, and no more.

use std::process::{Command, Stdio};

use super::kit::{Kit, files, record, run};
use super::{archive, bare, on};

/// A library with four editions, packed from loose files.
fn packed() -> Kit {
    let kit = Kit::new();
    let ran = on(&kit, "full", &["import", kit.library().to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    kit
}

#[test]
fn what_is_packed_is_taken_in_and_says_where_it_came_from() {
    let kit = packed();
    let ran = on(&kit, "full", &["pack", "--year", "2014..2019", "-o", "all.tar"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.starts_with("spv: 4 records, "), "{}", ran.err);
    let size = std::fs::metadata(kit.at("all.tar")).unwrap().len();
    assert!(ran.err.contains(&format!("{:.1} kB", size as f64 / 1e3)), "{size}: {}", ran.err);
    let ran = on(&kit, "new", &["import", "all.tar"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("4 new") && ran.out.contains("left out"), "{}", ran.out);
    assert_eq!(bare(&kit.at("new")), bare(&kit.at("full")));
    for record in archive::records(&kit.at("new")).values() {
        assert_eq!(record["source"]["pack"]["file"], "all.tar");
        assert_eq!(record["source"]["pack"]["verified"], false);
        assert_eq!(record["source"]["from"], "hand", "the claim is kept");
    }
    let info = on(&kit, "new", &["info", "8668r1"]);
    assert!(info.out.contains("from a pack, origin not verified (all.tar)"), "{}", info.out);
    let export = on(&kit, "new", &["export", "8668r1", "--format", "json"]);
    assert!(export.out.contains("from a pack, origin not verified"), "{}", export.out);
    // The same again changes nothing.
    let before = archive::files(&kit.at("new"));
    let ran = on(&kit, "new", &["import", "all.tar"]);
    assert!(ran.code == 0 && ran.out.contains("4 the same as before"), "{}", ran.out);
    assert_eq!(archive::files(&kit.at("new")), before);
    // And its own library has them all.
    let before = archive::files(&kit.at("full"));
    let ran = on(&kit, "full", &["import", "all.tar"]);
    assert!(ran.code == 0 && ran.out.contains("4 the same as before"), "{}", ran.out);
    assert_eq!(archive::files(&kit.at("full")), before);
}

#[test]
fn other_programs_read_a_pack_and_the_same_library_gives_the_same_bytes() {
    let kit = packed();
    for name in ["one.tar", "two.tar"] {
        assert_eq!(on(&kit, "full", &["pack", "-o", name]).code, 0);
    }
    let read = |name: &str| std::fs::read(kit.at(name)).unwrap();
    assert_eq!(read("one.tar"), read("two.tar"));
    let loose = kit.spv(&["pack", "-o", "loose.tar"]);
    assert_eq!(loose.code, 0, "{}", loose.err);
    std::fs::create_dir(kit.at("apart")).unwrap();
    let script = "tar xf ../one.tar && sha256sum --quiet -c SHA256SUMS && find . -type f | wc -l";
    let output = Command::new("sh").args(["-c", script]).current_dir(kit.at("apart")).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), "5");
    assert_eq!(archive::files(&kit.at("apart")), archive::files(&kit.at("full")));
    // What tar itself makes of the folder is a pack too, as long as the list stands first.
    let script = "tar cf ../by_hand.tar ./SHA256SUMS ./records";
    let made = Command::new("sh").args(["-c", script]).current_dir(kit.at("apart")).status();
    assert!(made.unwrap().success());
    let ran = on(&kit, "hand", &["import", "by_hand.tar"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(bare(&kit.at("hand")), bare(&kit.at("full")));
    let ran = on(&kit, "loose", &["import", "loose.tar"]);
    assert!(ran.out.contains("4 new"), "{}", ran.out);
    assert_eq!(bare(&kit.at("loose")), bare(&kit.at("full")));
}

#[test]
fn what_is_asked_for_is_packed_and_nothing_else() {
    let kit = packed();
    let (en, fr) = ("S_PV.8668.en", "S_PV.8668.fr");
    let (resumed, vote) = ("S_PV.8668_Resumption_1.en", "S_PV.7180.en");
    let table: [(&[&str], &[&str]); 12] = [
        (&[], &[vote, en, fr, resumed]),
        (&["--year", "2014"], &[vote]),
        (&["--state", "Kazakhstan"], &[resumed]),
        (&["--topic", "WATER", "--year", "2019.."], &[en, fr, resumed]),
        (&["--lang", "fr"], &[fr]),
        (&["--symbol", "8668"], &[en, fr, resumed]),
        (&["--symbol", "8668r1"], &[resumed]),
        (&["--symbol", "7000..8000"], &[vote]),
        (&["--symbol", "8668.."], &[en, fr, resumed]),
        (&["draft"], &[vote]),
        (&["speaker:umarov", "example"], &[resumed]),
        (&["invented", "--year", "2019", "--symbol", "8668"], &[en, fr, resumed]),
    ];
    for (at, (args, wanted)) in table.iter().enumerate() {
        let name = format!("{at}.tar");
        let ran = on(&kit, "full", &[&["pack", "-o", &name], *args].concat());
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        let bytes = std::fs::read(kit.at(&name)).unwrap();
        for stem in [en, fr, resumed, vote] {
            let there = bytes.windows(stem.len()).any(|w| w == stem.as_bytes());
            assert_eq!(there, wanted.contains(&stem), "{args:?}: {stem}");
        }
    }
}

#[test]
fn what_cannot_be_packed_is_one_line() {
    let kit = packed();
    let full = |args: &[&str]| on(&kit, "full", &[&["pack"], args].concat());
    full(&["--year", "1950", "-o", "x.tar"]).fails(1, "no record in the library matches");
    full(&["--symbol", "9..8", "-o", "x.tar"]).fails(2, "write 8..9");
    full(&["--symbol", "S/2020/1..5", "-o", "x.tar"]).fails(2, "invalid meeting");
    full(&["--state", "Nowhere", "-o", "x.tar"]).fails(2, "unknown State");
    full(&["-o", "no/such/x.tar"]).err.contains("no such folder").then_some(()).unwrap();
    full(&["--exercise", "-o", "x.tar"]).fails(2, "exercise");
    kit.without(&["pack", "-o", "x.tar"]).fails(2, "exercise");
    kit.write("x.tar", "there");
    full(&["-o", "x.tar"]).fails(3, "not overwritten");
    assert_eq!(std::fs::read(kit.at("x.tar")).unwrap(), b"there");
    let left = std::fs::read_dir(kit.folder.path()).unwrap().map(|e| e.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().starts_with(".tmp")));
}

#[test]
fn a_pack_goes_through_a_pipe() {
    let kit = packed();
    let mut program = kit.bare();
    program.arg("--library").arg(kit.at("full")).args(["pack", "-o", "-"]);
    let output = program.output().unwrap();
    assert!(output.status.success());
    let mut import = kit.bare();
    import.arg("--library").arg(kit.at("piped")).args(["import", "-"]).write_stdin(output.stdout);
    let ran = run(&mut import);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(bare(&kit.at("piped")), bare(&kit.at("full")));
    let info = on(&kit, "piped", &["info", "7180"]);
    assert!(info.out.contains("origin not verified (standard input)"), "{}", info.out);
    // Whoever stops reading is no error.
    let mut cut = std::process::Command::new(env!("CARGO_BIN_EXE_spv"));
    cut.arg("--library").arg(kit.at("full")).args(["pack", "-o", "-"]);
    cut.env("HOME", kit.at("home")).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = cut.spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn packs_are_found_in_folders_and_under_any_name() {
    let kit = packed();
    std::fs::create_dir(kit.at("in")).unwrap();
    assert_eq!(on(&kit, "full", &["pack", "--year", "2014", "-o", "in/a.tar"]).code, 0);
    assert_eq!(on(&kit, "full", &["pack", "--year", "2019", "-o", "b.download"]).code, 0);
    kit.write("in/c.json", record("S/PV.8001", "en", "2018-01-01").to_string());
    let ran = on(&kit, "new", &["import", "in", "b.download"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(archive::files(&kit.at("new")).len(), 5);
    on(&kit, "new", &["import", "in/a.tar", "--symbol", "7"]).fails(2, "leave them out");
    let ran = on(&kit, "new", &["check", "in/a.tar", "b.download"]);
    let sound = "7 doubts in 4 record files\n4 record files sound, 0 not\n";
    assert!(ran.code == 0 && ran.out.ends_with(sound), "{}", ran.out);
}

#[test]
fn a_pack_takes_the_place_of_nothing_unless_told() {
    let kit = packed();
    assert_eq!(on(&kit, "full", &["pack", "--symbol", "8668", "-o", "p.tar"]).code, 0);
    // Worse than what the pack has: no pages. It stays all the same.
    let mut other = record("S/PV.8668", "en", "2019-11-19");
    other["items"] = serde_json::json!([{"type": "direction", "text": "Other invented words."}]);
    let path = kit.write("other.json", other.to_string());
    assert_eq!(on(&kit, "mine", &["import", path.to_str().unwrap()]).code, 0);
    let before = archive::files(&kit.at("mine"));
    let ran = on(&kit, "mine", &["import", "p.tar"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("2 new, 1 not taken") && ran.out.contains("--replace"), "{}", ran.out);
    let name = "records/2019/S_PV.8668.en.json.zst";
    assert_eq!(archive::files(&kit.at("mine"))[name], before[name]);
    let log = archive::log(&kit.at("mine"));
    assert!(log.iter().any(|l| l["pack"] == "p.tar" && l["file"] == "S/PV.8668"), "{log:?}");
    let ran = on(&kit, "mine", &["import", "p.tar", "--replace"]);
    assert!(ran.code == 0 && ran.out.contains("1 replaced"), "{} {}", ran.out, ran.err);
    assert_eq!(bare(&kit.at("mine"))[name], bare(&kit.at("full"))[name]);
    let kept = files(&kit.at("mine/editions"));
    assert_eq!(kept.len(), 1);
    assert_eq!(std::fs::read(&kept[0]).unwrap(), before[name]);
}

#[test]
fn the_source_itself_settles_what_a_pack_only_claims() {
    let kit = packed();
    assert_eq!(on(&kit, "full", &["pack", "--symbol", "7180", "-o", "p.tar"]).code, 0);
    assert_eq!(on(&kit, "new", &["import", "p.tar"]).code, 0);
    let own = kit.library().join("S_PV.7180.en.json");
    let ran = on(&kit, "new", &["import", own.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let info = on(&kit, "new", &["info", "7180"]);
    assert!(!info.out.contains("from a pack"), "{}", info.out);
    // And the pack does not unsettle it.
    assert_eq!(on(&kit, "new", &["import", "p.tar", "--replace"]).code, 0);
    assert!(!on(&kit, "new", &["info", "7180"]).out.contains("from a pack"));
}
