//! The same tasks on real records, where `../shared/records` is there: their words stand nowhere here.

use std::process::Command;

use super::tasks::Count;
use crate::pty::*;

/// Brings something into the library of a person.
fn import(home: &Home, args: &[&str]) {
    let args: Vec<&str> = ["import"].iter().chain(args).copied().collect();
    let (code, out, err) = home.command(&args);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn what_kazakhstan_said_on_reconciliation_in_the_seed_is_quoted_without_a_page() {
    let Some(shared) = shared() else { return };
    let home = Home::new();
    let seed = std::fs::read_dir(shared.join("records/seed")).unwrap().next().unwrap().unwrap();
    let file = seed.path();
    let symbol = ["--symbol", "S/PV.8668 (Resumption 1)", "--date", "2019-11-19"];
    import(&home, &[&symbol[..], &[file.to_str().unwrap()]].concat());
    let mut term = home.spv(&[]).start();
    term.shows("S/PV.8668 R1");
    let mut count = Count::on(&term);
    count.commands("f").types("kazakh");
    term.wait("the State", |s| s.row(2).contains("Kazakhstan"));
    count.commands("\r");
    term.wait("its statement", |s| s.has("2019-11-19") && !s.has("Find:"));
    count.commands("\r");
    term.wait("the statement", |s| s.has("Mr. Umarov (Kazakhstan)"));
    count.commands("/").types("reconcil").commands("\r");
    term.wait("a hit", |s| s.text().to_lowercase().contains("reconcil"));
    let mark = term.mark();
    count.commands("Y");
    term.wait_bytes(mark, "a copy", |bytes| !copied(bytes).is_empty());
    println!("task a, seed: {} keys, {} of them commands", count.keys, count.commands);
    assert!(count.keys <= 30 && count.commands <= 8, "{} {}", count.keys, count.commands);
    let copy = copied(&term.since(mark)).remove(0);
    let cited = "Mr. Umarov (Kazakhstan), S/PV.8668 (Resumption 1) (English, page not known)";
    assert!(copy.trim_end().ends_with(cited), "{copy}");
    assert!(copy.to_lowercase().contains("reconcil"), "the paragraph of the hit: {copy}");
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn who_vetoed_in_the_record_of_3756_and_why() {
    let Some(shared) = shared() else { return };
    let home = Home::new();
    import(&home, &[shared.join("records/pdf/S_PV.3756_E.pdf").to_str().unwrap()]);
    let mut term = home.spv(&[]).start();
    term.shows("S/PV.3756");
    let mut count = Count::on(&term);
    count.commands("V");
    term.wait("who vetoed", |s| {
        s.rows().iter().any(|row| row.contains("United States") && row.contains("VETO"))
    });
    // The veto stands below those in favour; from link to link one comes to it.
    let selected = |s: &Screen| s.rows().into_iter().find(|row| row.starts_with('>'));
    while !term.look(|s| selected(&s).is_some_and(|row| row.contains("VETO"))) {
        let before = term.look(|s| selected(&s));
        assert!(count.keys < 20, "{}", term.text());
        count.commands("j");
        term.wait("the next link", |s| selected(&s) != before);
    }
    count.commands("\r");
    term.wait("its explanation", |s| {
        s.row(0).contains("S/PV.3756") && s.has("(United States of America)")
    });
    println!(
        "task b, why: {} keys, {} of them commands\n{}",
        count.keys,
        count.commands,
        term.text()
    );
    assert!(count.keys <= 20, "{}", count.keys);
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

/// A person with the statements of 2020 in the library; `None` where they are not here.
fn year_2020() -> Option<Home> {
    let shared = shared()?;
    let home = Home::new();
    let set = home.at("set");
    let script = shared.join("tools/make_corpus.py");
    let made = Command::new("python3").arg(script).arg("real").arg(&set).output();
    if !made.is_ok_and(|made| made.status.success()) {
        println!("SKIPPED: the real texts cannot be written here");
        return None;
    }
    import(&home, &[set.to_str().unwrap()]);
    Some(home)
}

#[test]
fn the_statements_of_the_a3_in_a_year_on_one_topic_two_of_them_side_by_side() {
    let Some(home) = year_2020() else { return };
    let (_, found, _) = home.command(&["last", "A3", "--year", "2020", "--all", "--json"]);
    let joint = found.lines().count();
    // Each was read, and says itself that it is made for the three or for the three and one more; that
    // of S/PV.8712 names them and not the group. S/2020/286 only thanks on their behalf, and is not one.
    assert_eq!(joint, 30, "joint statements");
    assert!(found.contains("S/PV.8712") && !found.contains("S/2020/286"));
    let (_, found, _) = home.command(&["search", "behalf:A3", "--limit", "100", "--json"]);
    assert_eq!(found.lines().count(), joint, "search finds those that last lists");

    let mut term = home.spv(&[]).size(120, 40).start();
    term.shows("S/PV.8778");
    let mut count = Count::on(&term);
    count.commands("f").types("A3");
    term.wait("the group", |s| s.row(2).contains("African members"));
    count.commands("\r");
    // Making the table of references takes a while the first time.
    term.wait("its statements", |s| s.has(&format!("{joint} for all")));
    count.commands("/").types("A3: 2020 children").commands("\r");
    let dates = ["2020-09-10", "2020-06-23", "2020-02-12"];
    term.wait("those on one topic, newest first", |s| {
        let rows = s.rows();
        let listed: Vec<&str> =
            rows[1..].iter().filter_map(|row| row.trim_start().get(..10)).collect();
        listed.iter().filter(|day| day.starts_with("20")).eq(dates.iter())
    });
    count.commands("\rD");
    term.wait("remembered", |s| s.has("remembered"));
    count.commands(BACKSPACE);
    term.wait("the list again", |s| s.has("2020-02-12") && s.has("2020-09-10"));
    count.commands("G\r");
    term.wait("the earliest", |s| s.row(0).contains("S/PV.8721"));
    count.commands("D");
    term.wait("both", |s| s.row(0).contains("S/PV.8756 and S/PV.8721"));
    println!("task c: {} keys, {} of them commands\n{}", count.keys, count.commands, term.text());
    assert!(count.keys <= 36, "{}", count.keys);
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}
