//! Packing and taking in that is stopped, killed, or runs out of disk.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::archive;
use super::kit::{Kit, record};
use super::on;

/// A library of many small records and a pack of it.
fn many() -> Kit {
    let kit = Kit::empty();
    std::fs::create_dir(kit.at("in")).unwrap();
    for number in 1..=150 {
        let value = record(&format!("S/PV.{number}"), "en", "2019-01-01");
        kit.write(&format!("in/{number}.json"), value.to_string());
    }
    assert_eq!(kit.spv(&["import", "in"]).code, 0);
    assert_eq!(kit.spv(&["pack", "-o", "all.tar"]).code, 0);
    kit
}

fn start(kit: &Kit, library: &str, args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spv"));
    command.env_clear().env("HOME", kit.at("home")).current_dir(kit.folder.path());
    command.arg("--library").arg(kit.at(library)).args(args);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

fn rounds() -> u64 {
    std::env::var("SPV_TEST_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(6)
}

#[test]
fn an_import_killed_at_any_moment_ends_like_one_that_was_not() {
    let kit = many();
    assert_eq!(on(&kit, "whole", &["import", "all.tar"]).code, 0);
    let whole = archive::files(&kit.at("whole"));
    assert_eq!(whole.len(), 150);
    for round in 0..rounds() {
        let name = format!("killed{round}");
        let mut child = start(&kit, &name, &["import", "all.tar"]);
        std::thread::sleep(Duration::from_millis(round * 37 % 240));
        let _ = child.kill();
        child.wait().unwrap();
        for (file, bytes) in archive::files(&kit.at(&name)) {
            if !file.contains(".tmp-") {
                assert_eq!(bytes, whole[&file], "round {round}: {file} is half-written");
            }
        }
        let ran = on(&kit, &name, &["import", "all.tar"]);
        assert_eq!(ran.code, 0, "round {round}: {}", ran.err);
        assert_eq!(archive::files(&kit.at(&name)), whole, "round {round}");
        std::fs::remove_dir_all(kit.at(&name)).unwrap();
    }
}

#[test]
fn packing_that_is_stopped_leaves_nothing_and_never_half_a_pack() {
    let kit = many();
    let whole = std::fs::read(kit.at("all.tar")).unwrap();
    std::fs::create_dir(kit.at("out")).unwrap();
    for round in 0..rounds() {
        let mut child = start(&kit, "library", &["pack", "-o", "out/p.tar"]);
        std::thread::sleep(Duration::from_millis(round * 17 % 90));
        let pid = rustix::process::Pid::from_child(&child);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::INT);
        let status = child.wait().unwrap();
        match std::fs::read(kit.at("out/p.tar")) {
            Ok(bytes) => assert_eq!(bytes, whole, "round {round}"),
            Err(_) => assert!(!status.success(), "round {round}"),
        }
        let _ = std::fs::remove_file(kit.at("out/p.tar"));
        assert_eq!(std::fs::read_dir(kit.at("out")).unwrap().count(), 0, "round {round}");
    }
}

#[test]
fn a_full_disk_leaves_whole_records_and_no_pack() {
    let Some(disk) = std::env::var_os("SPV_TEST_SMALL_DISK") else {
        println!("skipped: SPV_TEST_SMALL_DISK names no folder on a disk of less than 4 MB");
        return;
    };
    let kit = many();
    let small = tempfile::tempdir_in(disk).unwrap();
    // Room for some of the records only: each takes a page of the disk.
    let filler = small.path().join("filler");
    let mut size = 4 << 20;
    while size > 4096 {
        let mut bytes = std::fs::read(&filler).unwrap_or_default();
        bytes.resize(bytes.len() + size, b'x');
        if std::fs::write(&filler, &bytes).is_err() {
            bytes.truncate(bytes.len() - size);
            std::fs::write(&filler, &bytes).unwrap();
        }
        size /= 2;
    }
    let bytes = std::fs::read(&filler).unwrap();
    std::fs::write(&filler, &bytes[..bytes.len() - (300 << 10)]).unwrap();
    let library = small.path().join("library");
    let (library, pack) = (library.to_str().unwrap(), small.path().join("p.tar"));
    let ran = kit.without(&["--library", library, "import", "all.tar"]);
    assert_eq!(ran.code, 3, "{} {}", ran.out, ran.err);
    assert!(ran.err.contains("the disk is full"), "{}", ran.err);
    assert_eq!(ran.err.lines().filter(|l| l.starts_with("spv:")).count(), 1, "{}", ran.err);
    let checked = kit.without(&["--library", library, "check"]);
    assert!(checked.out.contains(", 0 not"), "{}", checked.out);
    let ran = kit.spv(&["pack", "-o", pack.to_str().unwrap()]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("the disk is full"), "{}", ran.err);
    assert!(!pack.exists());
    let names: Vec<_> =
        std::fs::read_dir(small.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(names.iter().all(|n| n == "filler" || n == "library"), "{names:?}");
}
