//! Whatever ends the program, the terminal is as it was found; long work stops, and what is done is kept.

use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::command::{Kit, record};
use crate::pty::*;

#[test]
fn a_signal_that_ends_the_program_leaves_the_terminal_as_it_was_found() {
    let home = Home::new();
    let mut all = vec![
        Signal::ALARM,
        Signal::USR1,
        Signal::USR2,
        Signal::VTALARM,
        Signal::PROF,
        Signal::XCPU,
        Signal::SYS,
        Signal::TRAP,
        Signal::ABORT,
        Signal::BUS,
    ];
    #[cfg(target_os = "linux")]
    all.extend([Signal::POWER, Signal::IO, Signal::STKFLT]);
    for signal in all {
        let mut term = home.spv(&[]).start();
        term.shows("MSC/PV.6").signals(signal);
        let code = term.ends_and_restores();
        let told = match signal {
            Signal::BUS => "the next search makes it again",
            Signal::ABORT => "not enough memory",
            _ => {
                assert_eq!(code, u32::try_from(128 + signal.as_raw()).unwrap(), "{signal:?}");
                continue;
            }
        };
        assert_eq!(code, 3, "{signal:?}");
        term.shows(told);
    }
}

#[test]
fn a_terminal_that_takes_nothing_holds_up_no_end() {
    let home = Home::new();
    for signal in [Signal::TERM, Signal::USR1] {
        let mut term = home.spv(&[]).start();
        term.shows("MSC/PV.6");
        let stopped = term.stops();
        // Help is a screen full of bytes, which the program cannot get rid of.
        term.types("?").signals(signal);
        let code = u32::try_from(128 + signal.as_raw()).unwrap();
        let status = term.ends_without_output();
        drop(stopped);
        assert_eq!(status, code, "{signal:?}");
        let (now, found) = term.modes();
        assert_eq!(now, found, "the modes of the terminal");
    }
}

/// A library that takes a while to index.
fn laden() -> Kit {
    let kit = Kit::empty();
    std::fs::create_dir_all(kit.at("library/records/2019")).unwrap();
    std::fs::create_dir(kit.at("in")).unwrap();
    for number in 1..=120_u32 {
        let mut laden = record(&format!("S/PV.{number}"), "en", "2019-11-19");
        let words = |n: u32| format!("invented word{} of the said{} matter{n} ", n % 97, n % 1009);
        let text: String = (number..number + 400).map(words).collect();
        laden["items"][2]["paragraphs"] = json!(vec![json!({"text": text}); 3]);
        let name = format!("library/records/2019/S_PV.{number}.en.json");
        kit.write(&name, laden.to_string());
    }
    for number in 9001..9003 {
        let new = record(&format!("S/PV.{number}"), "en", "2022-03-25");
        kit.write(&format!("in/S_PV.{number}.en.json"), new.to_string());
    }
    kit
}

fn start(kit: &Kit, args: &[&str]) -> Child {
    let mut command = Command::new(SPV);
    command.env_clear().env("HOME", kit.at("home")).env("SPV_LIBRARY", kit.library());
    command.args(args).current_dir(kit.folder.path());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn send(child: &Child, signal: Signal) {
    // One that has ended by itself is seen by whoever waits for it.
    let _ = kill_process(Pid::from_child(child), signal);
}

/// The exit code as a shell has it, and what was said.
fn ended(child: Child) -> (i32, String) {
    let output = child.wait_with_output().unwrap();
    let code = output.status.code().or(output.status.signal().map(|signal| 128 + signal));
    (code.unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn the_making_of_an_index_stops_whoever_asked_for_it() {
    let kit = laden();
    for (args, signal) in [
        (&["index"][..], Signal::INT),
        (&["search", "invented"], Signal::TERM),
        // The records are taken in by then, and the index is made of all there are.
        (&["import", "in"], Signal::INT),
        (&["import", "in", "--replace"], Signal::TERM),
        (&["index"], Signal::BUS),
    ] {
        let _ = std::fs::remove_dir_all(kit.at("library/.spv/index"));
        let mut child = start(&kit, args);
        while !kit.at("library/.spv/index/lock").exists() {
            assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
            std::thread::yield_now();
        }
        send(&child, signal);
        let (code, err) = ended(child);
        if signal == Signal::BUS {
            assert_eq!(code, 3, "{args:?}: {err}");
            assert!(err.contains("the next search makes it again"), "{err}");
        } else {
            assert_eq!(code, 128 + signal.as_raw(), "{args:?}: {err}");
        }
        assert!(!err.contains("panicked") && !err.contains("damaged"), "{err}");
    }
    let found = kit.spv(&["search", "invented", "--by", "year"]);
    assert_eq!(found.code, 0, "{}", found.err);
    assert!(found.out.contains("2019") && found.err.is_empty(), "{}{}", found.out, found.err);
}

/// The thread of a process with this name, once there is one.
fn thread(process: i32, name: &str) -> Pid {
    loop {
        let threads = std::fs::read_dir(format!("/proc/{process}/task")).unwrap();
        for thread in threads.map(Result::unwrap) {
            let named = std::fs::read_to_string(thread.path().join("comm")).unwrap_or_default();
            if named.trim() == name {
                let number = thread.file_name().to_str().unwrap().parse().unwrap();
                return Pid::from_raw(number).unwrap();
            }
        }
        std::thread::yield_now();
    }
}

/// A signal that is sent may reach the very thread that is to end the program. On Linux the number of a thread
/// sends it there.
#[cfg(target_os = "linux")]
#[test]
fn a_fault_signal_sent_to_the_thread_that_waits_for_it_ends_the_program() {
    let kit = laden();
    for name in ["signals", "faults"] {
        let _ = std::fs::remove_dir_all(kit.at("library/.spv/index"));
        let child = start(&kit, &["index"]);
        // Both are there: from then on it can be sent.
        let threads = ["signals", "faults"].map(|n| (n, thread(child.id() as i32, n)));
        let (_, thread) = threads.into_iter().find(|(n, _)| *n == name).unwrap();
        kill_process(thread, Signal::BUS).unwrap();
        let (code, err) = ended(child);
        assert_eq!(code, 3, "{name}: {err}");
        assert!(err.contains("the next search makes it again"), "{name}: {err}");
    }
}

#[test]
fn a_signal_at_any_moment_of_long_work_loses_nothing() {
    let kit = laden();
    let long = std::env::var("SPV_LONG").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let jobs: [&[&str]; 6] = [
        &["index"],
        &["import", "in", "--replace"],
        &["search", "invented"],
        &["pack", "-o", "all.tar"],
        &["refs", "--back", "S/RES/2254"],
        &["check"],
    ];
    let mut moment = 7_u64;
    for round in 0..6 * long {
        let job = jobs[round % jobs.len()];
        if job[0] == "index" {
            let _ = std::fs::remove_dir_all(kit.at("library/.spv"));
        }
        let _ = std::fs::remove_file(kit.at("all.tar"));
        let child = start(&kit, job);
        // Where it falls is not told by time: any moment must do.
        moment = (moment * 37 + 11) % 301;
        std::thread::sleep(std::time::Duration::from_millis(moment));
        let signal = if round % 2 == 0 { Signal::TERM } else { Signal::INT };
        send(&child, signal);
        let (code, err) = ended(child);
        assert!(code == 0 || code == 128 + signal.as_raw(), "{job:?}: {code} {err}");
        assert!(!err.contains("panicked") && !err.contains("damaged"), "{job:?}: {err}");
        if code == 0 && job[0] == "pack" {
            assert!(kit.at("all.tar").exists());
        }
    }
    let found = kit.spv(&["search", "invented", "--by", "record", "--json", "--limit", "0"]);
    assert_eq!(found.code, 0, "{}", found.err);
    assert!((120..=122).contains(&found.json().len()), "{}", found.json().len());
}
