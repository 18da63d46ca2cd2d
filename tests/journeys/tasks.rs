//! What a delegation's staff asks within seconds, with the keys counted.

use crate::pty::*;

/// Types keys one by one, counting them.
pub struct Count<'a> {
    /// The terminal they are typed in.
    pub term: &'a Term,
    /// How many so far.
    pub keys: usize,
    /// How many of them command.
    pub commands: usize,
}

impl<'a> Count<'a> {
    /// None yet.
    pub fn on(term: &'a Term) -> Self {
        Self { term, keys: 0, commands: 0 }
    }
    /// Keys that command.
    pub fn commands(&mut self, keys: &str) -> &mut Self {
        self.commands += keys.chars().count();
        self.types(keys)
    }

    /// Letters in an input line.
    pub fn types(&mut self, keys: &str) -> &mut Self {
        self.keys += keys.chars().count();
        for key in keys.chars() {
            self.term.types(&key.to_string());
        }
        self
    }
}

#[test]
fn what_kazakhstan_said_on_reconciliation_quoted_and_cited() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6");
    let mut count = Count::on(&term);
    count.commands("f").types("kazakh");
    term.wait("the State", |s| s.row(2).contains("Kazakhstan"));
    count.commands("\r");
    term.wait("its statements", |s| s.has("2019-11-19"));
    count.commands("\r");
    term.wait("the statement", |s| s.has("Mr. Sarsenov (Kazakhstan)"));
    count.commands("/").types("front").commands("\r");
    term.wait("the observation", |s| s.has("First, reconciliation should be moved"));
    // The hit stands four lines below the top, and what is copied is the paragraph at the top.
    count.commands("4j");
    term.wait("the observation at the top", |s| s.row(1).contains("First, reconciliation"));
    let mark = term.mark();
    count.commands("Y");
    term.wait_bytes(mark, "a copy", |bytes| !copied(bytes).is_empty());
    println!("task a: {} keys, {} of them commands", count.keys, count.commands);
    assert!(count.keys <= 30 && count.commands <= 8, "{} {}", count.keys, count.commands);
    let (_, text, _) =
        home.command(&["show", "MSC/PV.1 (Resumption 1)", "--statement", "2", "--format", "json"]);
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    let statement = record["items"].as_array().map_or(&record, |items| &items[0]);
    let paragraphs = statement["paragraphs"].as_array().unwrap().iter();
    let said =
        paragraphs.map(|p| p["text"].as_str().unwrap()).find(|t| t.starts_with("First, ")).unwrap();
    let expected = format!(
        "{said}\n\nMr. Sarsenov (Kazakhstan), MSC/PV.1 (Resumption 1), p. 2 (English) \
         [EXERCISE: not the words of any State]\n"
    );
    assert_eq!(copied(&term.since(mark)), [expected]);
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn who_presides_today_and_next() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6");
    let mut count = Count::on(&term);
    count.commands("T");
    // The clock is that of the machine, and the table ends with 2027.
    term.wait("the Council today", |s| {
        let row = |word: &str| s.rows().iter().any(|row| row.contains(word));
        row("The Council on ") && (row("not yet elected") || row("President") && row("Next"))
    });
    println!("task c: {} keys", count.keys);
    assert!(count.keys <= 1, "{}", count.keys);
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn who_vetoed_the_draft_of_22_may_2014_on_syria() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6");
    let mut count = Count::on(&term);
    count.commands("f").types("syria 2014");
    term.wait("the meeting or the draft", |s| s.row(2).contains("2014-05-22"));
    count.commands("\r");
    term.wait("who vetoed it", |s| {
        let text = s.text();
        s.has("22 May 2014")
            && text.contains("China")
            && text.contains("Russian Federation")
            && text.to_lowercase().contains("veto")
    });
    println!("task b: {} keys, {} of them commands\n{}", count.keys, count.commands, term.text());
    assert!(count.keys <= 12, "{}", count.keys);
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}
