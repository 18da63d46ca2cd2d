//! How an import ends: the same again, changed a little, killed, stopped.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Child;

use super::kit::*;

/// A set of many small meetings.
fn many(kit: &Kit, meetings: u32) {
    let mut speaker = format!("{SPEAKER}\n");
    let mut meta = format!("{META}\n");
    let mut members = Vec::new();
    for number in 0..meetings {
        let basename = format!("UNSC_{}_SPV.{}", 2000 + number % 20, 4000 + number);
        let date = format!("{}-03-04", 2000 + number % 20);
        for speech in 1..=3 {
            let name = format!("{basename}_spch{speech:04}.txt");
            speaker +=
                &format!("1\t{name}\t{date}\tMs. Orlan\tPeru\t\tMentioned\tU\tL\tS\tNA\tx\n");
            let words = format!("invented sentence {number} of {speech}, said again. ").repeat(30);
            members.push((
                name,
                format!("Ms. Orlan (Peru): An {words}. S/PV.{}", 4000 + number).into_bytes(),
            ));
        }
        meta += &format!("1\t{basename}\t{date}\tU\t3\n");
    }
    kit.write("speaker.tsv", speaker);
    kit.write("meta.tsv", meta);
    kit.write("speeches.tar", tar(&members));
}

#[test]
fn the_same_files_again_change_nothing() {
    let kit = Kit::new();
    many(&kit, 40);
    assert!(kit.import(&[]).out.contains("40 new"));
    let before = files(&kit.library());
    let noted = log(&kit.library());
    let removed = noted.iter().filter(|n| n["sort"] == "removed").count();
    assert_eq!(removed, 120, "each text has a running symbol");
    assert_eq!(noted.len(), 160, "and each meeting is made up, on another day than the real one");
    assert!(kit.import(&[]).out.contains("nothing has changed"));
    // The same bytes under other times: every record is known by its source.
    let archive = kit.set().join("speeches.tar");
    let bytes = std::fs::read(&archive).unwrap();
    std::fs::remove_file(&archive).unwrap();
    std::fs::write(&archive, &bytes).unwrap();
    assert!(kit.import(&[]).out.contains("40 the same as before"));
    // What was noted of each record is still in the log, if in another order.
    let sorted = |notes: &[serde_json::Value]| {
        let mut lines: Vec<String> = notes.iter().map(ToString::to_string).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&log(&kit.library())), sorted(&noted));
    // Without the journal they are compared one by one.
    std::fs::remove_file(kit.library().join(".spv/imported")).unwrap();
    assert!(kit.import(&[]).out.contains("40 the same as before"));
    assert_eq!(files(&kit.library()), before);
    // A record that is gone comes back, and only that one.
    let gone = kit.library().join(before.keys().next().unwrap());
    std::fs::remove_file(gone).unwrap();
    let ran = kit.import(&[]);
    assert!(ran.out.contains("1 new, 39 the same"), "{}", ran.out);
    assert_eq!(files(&kit.library()), before);
}

#[test]
fn one_changed_text_is_one_record_not_taken_or_replaced() {
    let kit = Kit::new();
    many(&kit, 5);
    kit.import(&[]);
    let archive = kit.set().join("speeches.tar");
    let mut bytes = std::fs::read(&archive).unwrap();
    let at = bytes.windows(9).position(|w| w == b"invented ").unwrap();
    bytes[at] = b'I';
    std::fs::write(&archive, bytes).unwrap();
    let ran = kit.import(&[]);
    assert!(ran.out.contains("1 not taken, 4 the same"), "{}", ran.out);
    assert!(kit.import(&[]).out.contains("nothing has changed"));
    let meta = kit.set().join("meta.tsv");
    std::fs::write(&meta, std::fs::read(&meta).unwrap()).unwrap();
    assert!(kit.import(&[]).out.contains("1 not taken, 4 the same"));
    let ran = kit.import(&["--replace"]);
    assert!(ran.out.contains("1 replaced, 4 the same"), "{}", ran.out);
}

/// Waits until so many files stand below `records/`, or the child has ended.
fn wait_for(child: &mut Child, library: &Path, wanted: usize) -> bool {
    loop {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        let years = std::fs::read_dir(library.join("records")).into_iter().flatten().flatten();
        let count: usize =
            years.map(|y| std::fs::read_dir(y.path()).map_or(0, Iterator::count)).sum();
        if count >= wanted {
            return true;
        }
        std::thread::yield_now();
    }
}

/// The library an undisturbed import makes.
fn undisturbed(kit: &Kit) -> BTreeMap<String, Vec<u8>> {
    let library = kit.folder.path().join("undisturbed");
    assert_eq!(ran(kit.command(&library, &[])).code, Some(0));
    files(&library)
}

#[test]
fn killed_at_any_moment_the_next_import_ends_with_the_same_bytes() {
    let kit = Kit::new();
    many(&kit, 400);
    let want = undisturbed(&kit);
    let rounds: usize = std::env::var("SPV_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let mut killed = 0;
    for round in 0..rounds {
        let library = kit.folder.path().join(format!("killed-{round}"));
        // Killed several times over before it may end: also what a kill left is killed again.
        for part in 1..=2 {
            let mut child = kit.command(&library, &[]).spawn().unwrap();
            let moment = 1 + (round * 97 + part * 211) % 399;
            killed += usize::from(wait_for(&mut child, &library, moment));
            child.kill().unwrap();
            child.wait().unwrap();
            for (name, bytes) in files(&library) {
                // What stands under its name is whole.
                if !name.contains("/.tmp-") {
                    assert_eq!(want.get(&name), Some(&bytes), "{name}");
                }
            }
        }
        let last = ran(kit.command(&library, &[]));
        assert_eq!(last.code, Some(0), "{last:?}");
        assert!(files(&library) == want, "round {round}");
        assert!(ran(kit.command(&library, &[])).out.contains("nothing has changed"));
    }
    assert!(killed > 0, "no import was killed while it ran");
}

#[test]
fn stopped_by_ctrl_c_it_keeps_what_is_done_and_goes_on_from_there() {
    let kit = Kit::new();
    many(&kit, 400);
    let want = undisturbed(&kit);
    let library = kit.library();
    let mut child = kit.command(&library, &[]).spawn().unwrap();
    let running = wait_for(&mut child, &library, 70);
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    let (out, err) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    if running && output.status.code() != Some(0) {
        assert_eq!(output.status.code(), Some(130), "{out}{err}");
        assert!(err.contains(" kept"), "{err}");
        let kept = files(&library);
        assert!(kept.len() >= 64 && kept.len() < 400, "{}", kept.len());
        assert!(kept.keys().all(|name| !name.contains("/.tmp-")));
        assert!(out.contains(&format!("{} new", kept.len())), "{out}");
    }
    assert_eq!(ran(kit.command(&library, &[])).code, Some(0));
    assert!(files(&library) == want);
}
