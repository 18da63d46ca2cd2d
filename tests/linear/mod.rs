//! The linear mode, on the real binary: with a script on standard input, and in a dumb terminal.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::time::Duration;

use crate::command::{self as kit, Kit};
use crate::pty::counted::Pty;

/// So long anything may take before a test gives it up; on a sound machine it takes no time.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs a script of lines in the linear mode.
fn talk(kit: &Kit, args: &[&str], script: &str) -> String {
    let output = kit
        .bare()
        .env("SPV_LIBRARY", kit.library())
        .arg("--linear")
        .args(args)
        .write_stdin(script)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.chars().all(|c| c == '\n' || !c.is_control()), "{out:?}");
    out
}

/// The paragraphs of a statement as `spv show` has them.
fn paragraphs(kit: &Kit, symbol: &str, number: &str) -> Vec<String> {
    let ran = kit.spv(&["show", symbol, "--statement", number, "--format", "json"]);
    let items = ran.json();
    let texts = items[0]["paragraphs"].as_array().unwrap();
    texts.iter().map(|p| p["text"].as_str().unwrap().to_owned()).collect()
}

/// A line without what it says of a turn of the page.
fn without_pages(line: &str) -> String {
    let mut pieces = line.split("[page ");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once("] ").map_or("", |(_, rest)| rest))
}

/// Every one of some lines stands in the output once, whole, in this order.
#[track_caller]
fn each_once_in_order(out: &str, wanted: &[String]) {
    let lines: Vec<&str> = out.lines().collect();
    let mut from = 0;
    for line in wanted {
        let found: Vec<usize> =
            (0..lines.len()).filter(|at| lines[*at].trim_end() == line.trim_end()).collect();
        assert_eq!(found.len(), 1, "{line}\nstands {} times in\n{out}", found.len());
        assert!(found[0] >= from, "{line}\nstands too early");
        from = found[0];
    }
}

#[test]
fn a_chart_is_said_as_a_table_and_written_to_files() {
    let kit = Kit::new();
    let (picture, table) = (kit.at("chart.svg"), kit.at("chart.csv"));
    let script = format!(
        "chart\nsearch lake\nchart\nchart by state rate lake; peace\nexport {}\nexport {}\n1\n",
        picture.display(),
        table.display()
    );
    let out = talk(&kit, &["--exercise"], &script);
    for line in [
        "Say what to count: chart ceasefire; truce.",
        "Statements by year.",
        "lake, 4 statements.",
        "1. 2019: statements 0, here 3, known 3.",
        "Statements per 100,000 words by State, in national capacity.",
        "b: peace, 12 statements.",
    ] {
        let whole = line.trim_end_matches('.');
        assert!(out.lines().any(|said| said.contains(whole)), "{line} is not in\n{out}");
    }
    // A line opens the search of its State.
    assert!(out.contains("1 statement in 1 record, best first."), "{out}");
    assert!(out.contains("EXERCISE: invented persons and words"), "{out}");
    assert!(out.contains("Drawn from 7 exercise debates, invented."), "{out}");
    let picture = std::fs::read_to_string(picture).unwrap();
    assert!(picture.starts_with("<svg ") && picture.contains("by State"), "{picture}");
    let table = std::fs::read_to_string(table).unwrap();
    assert!(table.starts_with("query,state,topic,period,"), "{table}");
    assert!(out.contains(&format!("{} rows written to", table.lines().count() - 1)), "{out}");
}

#[test]
fn the_council_of_a_day_is_said() {
    let out = talk(&Kit::new(), &[], "council 30 nov 2026\ncouncil soon\ntoday\n");
    assert!(out.contains("The Council on 30 November 2026.\n"), "{out}");
    assert!(out.contains("1. President, November 2026, Latvia, "), "{out}");
    assert!(out.contains("\nSay which day: council 30 nov 2026.\n"), "{out}");
    assert_eq!(out.matches("The Council on ").count(), 2, "{out}");
}

#[test]
fn a_speaker_is_found_opened_and_read_to_the_end() {
    let kit = Kit::new();
    let out = talk(&kit, &["--exercise"], "find solheimsdal\n1\n1\nread\n");
    let wanted = paragraphs(&kit, "MSC/PV.1", "2");
    assert!(wanted.len() > 5, "a statement worth reading");
    let plain: Vec<String> = out.lines().map(without_pages).collect();
    each_once_in_order(&plain.join("\n"), &wanted);
    assert!(out.contains("Statement 2 of 16, page 2: Ms. Solheimsdal"), "{out}");
    assert!(out.contains("EXERCISE"));
    assert!(!out.contains("> "), "no prompt where nobody types: {out}");
}

#[test]
fn a_sentence_is_cited_by_its_number() {
    let kit = Kit::new();
    let out = talk(&kit, &["8668r1"], "1\nquote 1\ncite 1\nquote 9\nquote x\nquote\n");
    let said = "An invented sentence that cites S/PV.8628, p. 2, as an example.";
    assert_eq!(out.matches(said).count(), 3, "said, and quoted twice: {out}");
    assert_eq!(out.matches("p. 1 (English)").count(), 3, "{out}");
    assert!(out.contains("This paragraph has no sentence 9; it has 1."), "{out}");
    assert!(out.contains("This paragraph has no sentence x; it has 1."), "{out}");
}

#[test]
fn enter_reads_paragraph_by_paragraph_through_the_record() {
    let kit = Kit::new();
    let out = talk(&kit, &["8668r1"], "1\n\n\n");
    let wanted = [
        "Statement 1 of 1, page 1: Mr. Umarov (Kazakhstan)",
        "invited under rule 37.",
        "An invented sentence that cites S/PV.8628, p. 2, as an example.",
        "Reference: 1, S/PV.8628, page 2.",
        "Page one ends here. [page 2] Page two begins here.",
        "That was the end of the record.",
    ];
    each_once_in_order(&out, &wanted.map(ToOwned::to_owned));
}

#[test]
fn what_screens_show_by_looks_is_said_in_words() {
    let kit = Kit::new();
    let script = "1\n\nwhere\nfollow\nback\ncite\n/invented\nprocedural\nfollow 9\nnxt\n";
    let out = talk(&kit, &["S/PV.8668"], script);
    for words in [
        "Procedural statement 1 of 2, page 2: The President",
        "Reference: 1, resolution 2254 (2015).",
        "Paragraph 1 of 1.",
        "Vote: S/RES/2254 (2015).",
        "S/PV.8668, p. 3 (English)",
        "54 percent of the record.",
        "hit 2 of 2.",
        "procedural turns skipped.",
        "This paragraph has no such reference.",
        "nxt is no word here.",
    ] {
        assert!(out.contains(words), "{words} is not in\n{out}");
    }
    let hit = talk(&kit, &["8668r1"], "/begins here\n");
    let words = "hit 1 of 1.\nIn statement 1, Mr. Umarov (Kazakhstan), paragraph 2 of 2:\n";
    assert!(hit.contains(words), "{hit}");
    let vote = talk(&kit, &["7180"], "1\n\n");
    assert!(vote.contains("Vote on S/2014/348: vetoed, 13 in favour, 2 against"), "{vote}");
    assert!(vote.contains("Against, 2: China (veto), Russian Federation (veto)."), "{vote}");
}

#[test]
fn a_number_opens_a_line_that_was_said_and_else_a_meeting() {
    let kit = Kit::new();
    let opened = |script: &str, head: &str| {
        let out = talk(&kit, &[], script);
        assert!(out.lines().any(|line| line.starts_with(head)), "{head} is not in\n{out}");
    };
    opened("1\n", "S/PV.8668, 19 November 2019, English, provisional.");
    opened("7180\n", "S/PV.7180, 22 May 2014");
    opened("list 7180\n1\n", "S/PV.7180, 22 May 2014");
    opened("9999999\n", "S/PV.9999999 is not in the library");
}

#[test]
fn the_place_is_kept_and_gone_back_to() {
    let kit = Kit::new();
    let first = talk(&kit, &["8668r1"], "1\n\n");
    assert!(!first.contains("resume"), "{first}");
    let second = talk(&kit, &["8668r1"], "resume\n");
    assert!(second.contains("You were in statement 1; resume goes there."), "{second}");
    assert!(second.ends_with("Page one ends here. [page 2] Page two begins here.\n"), "{second}");
}

#[test]
fn a_hostile_record_sends_nothing_to_the_terminal() {
    let kit = Kit::empty();
    let mut record = kit::record("S/PV.8668", "en", "2019-11-19");
    record["topic"] = "An invented \u{1b}]0;topic\u{7}".into();
    record["items"][2]["paragraphs"][0]["text"] = "Bad \u{1b}[2J \u{9b}5A \u{202e} words.".into();
    record["items"][2]["speaker"]["printed"] = "Mr. \u{1b}[31mMade\r(Belgium)".into();
    kit.put("S_PV.8668.en.json", &record);
    // That no control comes out is held by `talk` for every script.
    let out = talk(&kit, &["8668"], "2\nwhere\nquote\nback\nlist\nfind made\n");
    assert!(out.contains("Bad \u{FFFD}[2J"), "{out}");
}

#[test]
fn lines_that_are_no_text_or_too_long_are_told_and_passed_over() {
    let kit = Kit::new();
    let mut script = b"\xff\xfe\xc3\n".to_vec();
    script.extend(vec![b'x'; 1_000_000]);
    script.extend(b"\nwhere");
    let output = kit.bare().args(["--linear", "--exercise"]).write_stdin(script).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(out.contains("is no word here."), "{out}");
    assert!(out.contains("That line is too long; 4096 bytes are the most."), "{out}");
    assert!(out.ends_with(" in this list.\n"), "the last line needs no end: {out}");
}

#[test]
fn a_listener_who_has_left_is_no_failure() {
    let kit = Kit::new();
    let program = Path::new(env!("CARGO_BIN_EXE_spv"));
    let mut child = std::process::Command::new(program)
        .env_clear()
        .env("HOME", kit.at("home"))
        .args(["--linear", "--exercise"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

/// The program in a dumb terminal, without being asked for the linear mode.
fn dumb(kit: &Kit) -> Pty {
    let home = kit.at("home").display().to_string();
    let library = kit.library().display().to_string();
    let environment = [("HOME", home.as_str()), ("TERM", "dumb"), ("SPV_LIBRARY", &library)];
    Pty::start(Path::new(env!("CARGO_BIN_EXE_spv")), &[], &environment, (80, 24)).unwrap()
}

#[test]
fn a_dumb_terminal_is_talked_to_in_lines_without_an_escape() {
    let kit = Kit::new();
    let mut terminal = dumb(&kit);
    terminal.send(b"8668r1\n1\n\nquit\n").unwrap();
    let out = String::from_utf8(terminal.end(PATIENCE)).unwrap();
    assert_eq!(terminal.code(PATIENCE).unwrap(), 0);
    assert!(out.chars().all(|c| matches!(c, '\r' | '\n') || !c.is_control()), "{out:?}");
    assert!(out.contains("spv> "), "{out}");
    assert!(out.contains("S/PV.8668 (Resumption 1) statement 1> "), "{out}");
    assert!(out.contains("Page one ends here. [page 2] Page two begins here.\r\n"), "{out}");
}

#[test]
fn an_interrupt_or_the_end_of_input_keeps_the_place() {
    for (key, code) in [(&b"\x03"[..], 130), (b"\x04", 0)] {
        let kit = Kit::new();
        let mut terminal = dumb(&kit);
        terminal.send(b"8668r1\n1\n\n").unwrap();
        let said = |screen: &str| screen.matches("statement 1> ").count() == 2;
        assert!(terminal.until(PATIENCE, said));
        terminal.send(key).unwrap();
        assert_eq!(terminal.code(PATIENCE).unwrap(), code);
        let again = talk(&kit, &["8668r1"], "resume\n");
        assert!(again.contains("You were in statement 1"), "{again}");
    }
}

/// The statements that `spv search` finds, numbered in the order of the screen; a number opens one, `/` alone
/// goes on from hit to hit, over the end of the record.
#[test]
fn every_record_is_searched_and_a_hit_opened() {
    let kit = Kit::new();
    let out = talk(&kit, &["--exercise"], "search lake\n2\n/\n/\nback\nquit\n");
    let lines: Vec<&str> = out.lines().collect();
    let at = lines.iter().position(|l| *l == "4 statements in 2 records, best first.").unwrap();
    assert!(lines[at + 1].starts_with("1. EXERCISE, MSC/PV.3, 2020-01-21, statement 2, page "));
    assert!(lines[at + 2].starts_with("2. EXERCISE, MSC/PV.3, 2020-01-21, statement 8, page "));
    assert!(lines[at + 1].contains("Mr. Hellwege, Germany: "), "{}", lines[at + 1]);
    assert!(lines[at + 1].contains("Lake Terem"), "{}", lines[at + 1]);
    for hit in ["hit 5 of 5", "hit 1 of 2", "hit 2 of 2"] {
        assert!(out.contains(&format!("{hit} in this record")), "{hit}: {out}");
    }
    let wrong =
        talk(&kit, &["--exercise"], "search lake year:20x4\nsearch\nsearch zzzzqqq\nquit\n");
    assert!(wrong.contains("20x4 is no year") && wrong.contains("4 statements"), "{wrong}");
    assert!(wrong.contains("Say what to search") && wrong.contains("No statement has"), "{wrong}");
}

/// The second time somebody says something there: an earlier record with the same words, for `last`.
fn with_an_earlier_record() -> Kit {
    let kit = Kit::new();
    kit.put("S_PV.8600.en.json", &kit::record("S/PV.8600", "en", "2019-01-10"));
    kit
}

#[test]
fn the_last_word_who_cites_and_two_statements_are_said_in_lines() {
    let kit = with_an_earlier_record();
    let out =
        talk(&kit, &["S/PV.8668"], "2\nlast\nlast\nreturn\nbacklinks\nback\n2\nbacklinks 1\n1\n");
    let wanted = [
        "Belgium, 2019-01-10: on the same topic.",
        "S/PV.8600, 10 January 2019.",
        "Belgium: nothing earlier on the same topic here.",
        "Who cites S/PV.8668.",
        "No other record in this library cites it.",
        "Who cites S/RES/2254 (2015).",
        "Cited 2 times in 2 records",
    ];
    each_once_in_order(&out, &wanted.map(ToOwned::to_owned));
    let link = "1. 2019-01-10  S/PV.8600, p. 3  Mr. Made (Belgium): \u{201C}resolution 2254 (2015)\u{201D}";
    assert!(out.contains(link), "{out}");
    assert!(out.ends_with("Reference: 1, resolution 2254 (2015).\n"), "the link is opened: {out}");
    let wrong = talk(&kit, &["S/PV.8668"], "last\ncompare\n2\nbacklinks 7\n");
    assert_eq!(wrong.matches("No text is open.").count(), 2, "{wrong}");
    assert!(wrong.contains("This paragraph has no such reference."), "{wrong}");

    let both = talk(&kit, &["S/PV.8668"], "2\ncompare\nlast\ncompare\n\nback\nwhere\n");
    let wanted = [
        "remembered Belgium in S/PV.8668; compare on another says both.",
        "The first: S/PV.8668, 19 November 2019.",
        "The second: S/PV.8600, 10 January 2019.",
        "Both were said. back goes back.",
    ];
    each_once_in_order(&both, &wanted.map(ToOwned::to_owned));
    let compared = both.split("The first: ").nth(1).unwrap();
    let said = "An invented sentence about resolution 2254 (2015).";
    assert_eq!(compared.matches(said).count(), 2, "each side once: {both}");
}

#[test]
fn notes_and_marks_are_made_listed_changed_and_gone_to() {
    let kit = Kit::new();
    let none = talk(&kit, &["8668r1"], "notes\nremove 1\nundo\nnote words\nmark k\n");
    assert_eq!(none.matches("There is no note or mark yet: note and mark make them.").count(), 3);
    assert_eq!(none.matches("No text is open.").count(), 2, "{none}");

    let out = talk(&kit, &["8668r1"], "1\n\nnote ask when it turns #pages\nmark k\nmark kk\n");
    assert!(
        out.contains(
            "noted on S/PV.8668 (Resumption 1), pp. 1\u{2013}2 (English); notes lists it."
        ),
        "{out}"
    );
    assert!(out.contains("mark k is set; marks k comes back."), "{out}");
    assert!(out.contains("Say one letter: mark k."), "{out}");
    let kept = kit.json(&["notes", "--json"]);
    assert_eq!(kept[0]["quotation"], "Page one ends here. Page two begins here.");
    assert_eq!(kept[0]["text"], "ask when it turns #pages");

    let out = talk(&kit, &[], "notes\nmarks\nnotes\n1\nmarks k\nmarks z\nnotes nothing\n");
    let note = ", Mr. Umarov, S/PV.8668 (Resumption 1), pp. 1\u{2013}2 (English): ask when it turns #pages. Tags: pages.";
    let listed = |l: &str| l.starts_with("1. ") && l.ends_with(note);
    assert_eq!(out.lines().filter(|l| listed(l)).count(), 2, "{out}");
    let mark = "Mark k: S/PV.8668 (Resumption 1), statement 1, Mr. Umarov: Page one ends here. Page two beg\u{2026}";
    assert_eq!(out.matches(mark).count(), 3, "among the notes, and alone: {out}");
    let there = "Page one ends here. [page 2] Page two begins here.";
    assert_eq!(out.matches(there).count(), 2, "by the note and by the mark: {out}");
    assert!(out.contains("mark z is not set."), "{out}");
    assert!(out.ends_with("Nothing is in this list.\n"), "{out}");

    let script = "reword 1 ask again #page\ntags 1 later\nundo\nremove 1\nremove k\nremove k\nundo\nundo\nreword k x\n";
    let out = talk(&kit, &[], script);
    for words in [
        "note 1 is changed; undo takes it back.",
        "note 1 is as it was.",
        "note 1 is removed; undo puts it back.",
        "mark k is removed; undo puts it back.",
        "There is no note or mark k here.",
        "mark k is back.",
        "note 1 is back.",
        "Say the number of the note first",
    ] {
        assert!(out.contains(words), "{words} is not in\n{out}");
    }
    let kept = kit.json(&["notes", "--json"]);
    assert_eq!((kept.len(), &kept[0]["text"]), (1, &"ask again #page".into()));
    let long = format!("1\nnote {}\n", "x".repeat(600));
    assert!(talk(&kit, &["8668r1"], &long).contains("That is too long; 500 bytes are the most."));
    assert_eq!(kit.json(&["notes", "--json"]).len(), 1);
}

#[test]
fn what_one_is_at_is_written_to_a_new_file() {
    let kit = Kit::new();
    let script = "export record.md\n1\nnote ask #ports\nexport\nexport record.md\nnotes\nexport notes.json\nmeetings\nexport\n";
    let out = talk(&kit, &["8668r1"], script);
    let wanted = [
        "written: record.md.",
        "written: S_PV.8668_Resumption_1.1.md.",
        "1 note written to notes.json.",
        "3 meetings written to meetings.csv.",
    ];
    each_once_in_order(&out, &wanted.map(ToOwned::to_owned));
    assert!(out.contains("record.md: already exists and is not overwritten"), "{out}");
    let text = std::fs::read_to_string(kit.at("record.md")).unwrap();
    assert!(text.contains("Page one ends here."), "{text}");
    let notes = std::fs::read_to_string(kit.at("notes.json")).unwrap();
    assert!(notes.contains("ask #ports"), "{notes}");
}

#[test]
fn queries_and_open_records_are_kept_but_not_in_private() {
    let kit = Kit::new();
    let desk = kit.at("home/.local/state/spv");
    talk(&kit, &["--private", "8668r1"], "1\n\nsearch invented\nback\nmark k\n");
    let names: Vec<_> = std::fs::read_dir(&desk).unwrap().map(|f| f.unwrap().file_name()).collect();
    let asked = |name: &std::ffi::OsString| name == "marks.json" || name == "desk.lock";
    assert!(names.iter().all(asked), "only what was asked for: {names:?}");
    talk(&kit, &["8668r1"], "1\n\nsearch invented\nback\n");
    let history = std::fs::read_to_string(desk.join("history.json")).unwrap();
    assert!(history.contains("\"invented\"") && history.contains("search"), "{history}");
    let again = talk(&kit, &["--resume"], "");
    assert_eq!(again, "Page one ends here. [page 2] Page two begins here.\n");
}

#[test]
fn queries_are_kept_and_similar_statements_and_words_beside_are_said() {
    let kit = Kit::new();
    let out = talk(
        &kit,
        &["--exercise"],
        "keep x\nsearch peace\nkeep\nkeep peace\nqueries\n1\nqueries\nremove 1\nundo\nremove 7\nquit\n",
    );
    for said in [
        "Search first: search truth and reconciliation.",
        "kept: peace; queries lists it.",
        "1. peace: peace. 13 statements, 0 new since ",
        "Kept query peace: nothing new since ",
        "peace is removed; undo puts it back.",
        "peace is back",
        "There is no kept query 7 here.",
    ] {
        assert!(out.contains(said), "{said}\nis not in\n{out}");
    }
    let out = talk(
        &kit,
        &["--exercise"],
        "like\nsearch lake\nlike 1\n1\nsearch peace\ncollocates 2\nquit\n",
    );
    for said in [
        "like needs a statement",
        "compared with 99 statements held",
        "1. by another, similar passage on ",
        "matches in 13 statements",
        "1. process: 2 beside it, 0.03 expected",
    ] {
        assert!(out.contains(said), "{said}\nis not in\n{out}");
    }
}
