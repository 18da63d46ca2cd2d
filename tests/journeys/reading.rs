//! Start, open, read, search, find, resize, quit: nothing installed but what is inside.

use crate::pty::*;

#[test]
fn start_open_read_and_quit() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("EXERCISE debates").shows("MSC/PV.6").shows("S/PV.10235");
    let rows = term.look(|s| s.rows().iter().filter(|row| !row.is_empty()).count());
    assert_eq!(rows, 24, "every row of the first screen has something:\n{}", term.text());
    term.types(ENTER).wait("the statements", |s| s.has("Ms. Rannaveer") && s.has("Adopted."));
    term.types(ENTER).wait("the text", |s| s.status().contains("1/12"));
    let mut read = Vec::new();
    for _ in 0..40 {
        read.push(term.text());
        if term.look(|s| s.status().contains("· end ·")) {
            break;
        }
        let before = term.text();
        term.types(" ").wait("the next page", |s| s.text() != before);
    }
    let read = read.join("\n");
    for word in ["Ms. Rannaveer (Estonia)", "Procedural vote", "Mr. Luong Vinh Thach (Viet Nam)"] {
        assert!(read.contains(word), "{word} was not read in\n{read}");
    }
    term.types("?").shows("Keys: Reading").shows("copy the citation");
    term.types("q").shows("· end ·");
    term.types("q").shows("Adopted.").hides("· end ·");
    term.types("q").shows("Security Council meetings").types("q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn the_words_on_the_command_line_open_there() {
    let home = Home::new();
    home.spv(&["MSC/PV.1 (Resumption 1)", "p2"])
        .start()
        .shows("MSC/PV.1 (Resumption 1)")
        .shows("p. 2");
    let term = home.spv(&["sarsenov", "kazakhstan"]).start();
    term.shows("sarsenov kazakhstan").shows("Mr. Sarsenov, Kazakhstan");
    let term = home.spv(&["7180"]).start();
    term.shows("7180").shows("22 May 2014").shows("S/2014/348");
}

#[test]
fn search_in_a_text_goes_from_hit_to_hit() {
    let home = Home::new();
    let mut term = home.spv(&["MSC/PV.1 (Resumption 1)"]).start();
    term.shows("Mr. Sarsenov").types(ENTER).wait("the text", |s| s.status().contains("/17"));
    term.types("/orchard").shows("/orchard").types(ENTER);
    term.wait("a hit", |s| s.has("orchard does"));
    let first = term.text();
    term.types("n").wait("the next hit", |s| s.text() != first);
    let second = term.text();
    term.types("N").wait("the first hit again", |s| s.text() != second && s.has("orchard does"));
    term.types("/zzyzx\r").wait("that there is none", |s| s.status().contains("zzyzx"));
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn find_a_speaker_list_the_statements_open_one() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("f").shows("Find:").types("sarsenov kazakhstan");
    term.wait("the speaker first", |s| s.row(2).contains("Mr. Sarsenov, Kazakhstan"));
    term.types(ENTER).wait("the statements", |s| s.has("2019-11-19") && !s.has("Find:"));
    term.types(ENTER).wait("the statement", |s| s.has("Mr. Sarsenov (Kazakhstan)"));
    term.shows("2/17 ·");
    term.types("\x7f").wait("the statements again", |s| s.has("2019-11-19"));
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

/// The first words of the first full line of text below the title.
fn top_words(term: &Term) -> String {
    let row = term.look(|s| s.rows().into_iter().skip(1).find(|r| r.trim().len() > 20)).unwrap();
    row.split_whitespace()
        .skip_while(|w| w.parse::<u32>().is_ok())
        .take(2)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn the_words_at_the_top_stay_when_the_terminal_changes_its_size() {
    let home = Home::new();
    let mut term = home.spv(&["MSC/PV.1 (Resumption 1)"]).start();
    term.shows("Mr. Sarsenov").types(ENTER).wait("the text", |s| s.status().contains("/17"));
    // A place in the middle of a paragraph, so that another width breaks the lines elsewhere.
    term.types("/ethnic\r").shows("hit 1 of");
    let before = term.text();
    term.types("2j").wait("two lines on", |s| s.text() != before);
    let words = top_words(&term);
    for (columns, rows) in [(40, 12), (120, 40), (60, 15), (80, 24)] {
        term.resizes(columns, rows);
        term.wait("the new size drawn", |s| {
            let all = s.rows();
            all.len() == usize::from(rows)
                && s.status().contains("2/17")
                && all.iter().all(|r| r.chars().count() <= usize::from(columns))
                && all.iter().take(3).any(|r| r.contains(words.split(' ').next().unwrap()))
        });
    }
    assert_eq!(top_words(&term), words);
    term.resizes(1, 1).resizes(2, 2).resizes(80, 24);
    term.wait("the text again", |s| s.status().contains("2/17"));
    assert_eq!(top_words(&term), words);
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn too_small_a_terminal_says_so_and_still_quits() {
    for (columns, rows) in [(1, 1), (2, 2), (20, 3), (40, 5)] {
        let home = Home::new();
        let mut term = home.spv(&[]).size(columns, rows).start();
        term.wait("the alternate screen", |s| s.inner.alternate_screen());
        term.types("jG\r?");
        term.types("Q");
        assert_eq!(term.ends_and_restores(), 0, "{columns}x{rows}");
    }
}

#[test]
fn an_idle_reader_writes_nothing() {
    let home = Home::new();
    let term = home.spv(&["MSC/PV.6"]).start();
    term.shows("Ms. Rannaveer");
    while !term.is_silent_for(std::time::Duration::from_millis(300)) {}
    let mark = term.mark();
    assert!(term.is_silent_for(std::time::Duration::from_secs(2)), "{:?}", term.since(mark));
    // Nor does a key without a meaning; the one after it shows that it was read.
    term.types("~j").wait_bytes(mark, "the next row", |bytes| !bytes.is_empty());
}
