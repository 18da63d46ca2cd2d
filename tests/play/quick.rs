//! Quick lookup, played with keys: last word, backlinks, notes, marks, export, comparison, and what
//! a member said on a vote. All sentences are invented.
#![allow(clippy::unwrap_used, clippy::panic)]

use crate::kit::Play;
use serde_json::{Value, json};
use spv::app::action::Opening;
use spv::app::shared::Shelf;
use spv::library::Library;
use spv::record::Symbol;
use spv::screens::Screen;

/// A statement longer than any screen here, so that each can stand at the top.
fn said(number: u32, state: &str, text: &str) -> Value {
    let more = (1..60).map(|n| json!({"text": format!("Invented line {n} of {state}.")}));
    let first = json!({"page": number + 1, "text": text});
    let paragraphs: Vec<Value> = std::iter::once(first).chain(more).collect();
    json!({"type": "statement", "number": number, "page": number + 1,
        "speaker": {"printed": format!("Ms. Made ({state})"), "name": "Ms. Made", "state": state,
                    "as": "member"},
        "paragraphs": paragraphs})
}

fn record(number: u32, date: &str, topic: &str, items: Vec<Value>) -> Value {
    json!({"format": "spv/1", "symbol": format!("S/PV.{number}"), "kind": "verbatim", "language": "en",
        "status": "provisional", "date": date, "agenda": ["An invented item"], "topic": topic,
        "items": items, "source": {"from": "hand"}})
}

/// Belgium on water in 9001 and twice in 9003, on roads in 9002; 9003 cites 9001 and has a vote.
fn library() -> (tempfile::TempDir, Vec<Value>) {
    let folder = tempfile::tempdir().unwrap();
    let vote = json!({"type": "vote", "page": 3, "on": ["S/2020/1"], "in_favour": ["Chad", "Belgium"],
        "against": ["China"], "abstaining": ["Peru"], "outcome": "not adopted"});
    let records = vec![
        record(9001, "2020-01-10", "Water", vec![said(1, "Belgium", "Wells first, then words.")]),
        record(9002, "2020-02-10", "Roads", vec![said(1, "Belgium", "Roads are patient.")]),
        record(
            9003,
            "2020-03-10",
            "Water",
            vec![
                said(1, "China", "As was said (S/PV.9001, p. 2), wells come first."),
                said(2, "Belgium", "We recall S/PV.9001 and resolution 2254 (2015)."),
                vote,
                said(3, "Belgium", "We voted in favour; see resolution 2254 (2015)."),
            ],
        ),
    ];
    for (n, record) in (9001..).zip(&records) {
        std::fs::write(folder.path().join(format!("S_PV.{n}.en.json")), record.to_string())
            .unwrap();
    }
    (folder, records)
}

fn over(folder: &tempfile::TempDir, columns: u16, rows: u16) -> Play {
    let library = Library::open_with(folder.path(), None).unwrap();
    Play::over(library, Shelf::Folder("~/library".to_owned()), columns, rows)
}

/// At a record's list of statements.
fn at(folder: &tempfile::TempDir, number: u32, columns: u16, rows: u16) -> Play {
    over(folder, columns, rows).open(&Opening::Record(Symbol::verbatim(number), None))
}

fn reading(play: &Play) -> (String, u32) {
    let Screen::Reader(reader) = play.state.screen() else { panic!("{}", play.text()) };
    (reader.record.symbol.to_string(), reader.statement().unwrap().number)
}

const SIZES: [(u16, u16); 3] = [(80, 24), (40, 12), (120, 40)];

#[test]
fn l_goes_back_on_the_same_topic_and_says_so() {
    let (folder, _) = library();
    for (columns, rows) in SIZES {
        let mut play = at(&folder, 9003, columns, rows);
        play.keys("3G<Enter>");
        assert_eq!(reading(&play), ("S/PV.9003".to_owned(), 3));
        play.keys("L");
        assert_eq!(reading(&play), ("S/PV.9003".to_owned(), 2), "earlier in the same meeting");
        assert!(play.message().contains("on the same topic"), "{}", play.message());
        play.keys("L");
        assert_eq!(reading(&play), ("S/PV.9001".to_owned(), 1), "the roads are another topic");
        play.keys("L");
        assert!(play.message().contains("nothing earlier on the same topic"), "{}", play.message());
        play.keys("<Backspace><Backspace>");
        assert_eq!(reading(&play), ("S/PV.9003".to_owned(), 3), "back to where one came from");
    }
}

#[test]
fn l_falls_back_to_the_item_and_says_so() {
    let (folder, _) = library();
    let mut play = at(&folder, 9002, 80, 24);
    play.keys("L");
    assert_eq!(reading(&play), ("S/PV.9001".to_owned(), 1));
    assert!(play.message().contains("on the same agenda item"), "{}", play.message());
}

#[test]
fn l_prefers_a_shared_sub_item_to_the_item_and_says_so() {
    let (folder, mut records) = library();
    for (record, sub) in
        records.iter_mut().zip(["Of the invented wells", "", "of the invented WELLS"])
    {
        record["agenda"] = json!(["An invented item", "A letter of an invented State", sub]);
        record["topic"] = json!(format!("A topic only of {}", record["symbol"]));
        if sub.is_empty() {
            record["agenda"] = json!(["An invented item"]);
        }
        let name = record["symbol"].as_str().unwrap().replace('/', "_");
        std::fs::write(folder.path().join(format!("{name}.en.json")), record.to_string()).unwrap();
    }
    let mut play = at(&folder, 9003, 80, 24);
    play.keys("2G<Enter>L");
    assert_eq!(reading(&play), ("S/PV.9001".to_owned(), 1), "9002 is later, with the item alone");
    assert!(play.message().contains("on the same sub-item"), "{}", play.message());
    let mut play = at(&folder, 9002, 80, 24);
    play.keys("L");
    assert!(play.message().contains("on the same agenda item"), "{}", play.message());
}

#[test]
fn the_statements_of_a_group_are_filtered_by_topic_and_year() {
    let (folder, mut records) = library();
    // The Niger, South Africa and Tunisia sat in the Council in 2020.
    let mut joint = said(1, "Niger", "For the three, wells.");
    joint["on_behalf_of"] = json!([{"group": "the A3 plus one", "members": []}]);
    let alone = said(2, "Tunisia", "Wells for us.");
    records.push(record(9004, "2020-04-10", "Water", vec![joint, alone, said(3, "Peru", "No.")]));
    records.push(record(9005, "2020-05-10", "Roads", vec![said(1, "Niger", "Roads.")]));
    // In 2023 Niger sat there no more.
    records.push(record(9006, "2023-05-10", "Water", vec![said(1, "Niger", "Wells.")]));
    for (n, record) in (9004..).zip(&records[3..]) {
        std::fs::write(folder.path().join(format!("S_PV.{n}.en.json")), record.to_string())
            .unwrap();
    }
    let mut play = over(&folder, 80, 24);
    play.keys("fa3<Enter>");
    assert!(play.title().contains("the A3: 1 for all, 2 of members"), "{}", play.title());
    let rows = |play: &Play| match play.state.screen() {
        Screen::Answers(list) => list.rows.iter().map(|r| r.name.clone()).collect::<Vec<_>>(),
        _ => panic!("{}", play.text()),
    };
    assert_eq!(rows(&play), ["Niger", "A3: Niger", "Tunisia"], "newest first");
    play.keys("/WATER 2020<Enter>");
    assert_eq!(rows(&play), ["A3: Niger", "Tunisia"]);
    assert!(play.status().starts_with("1 of 2 with"), "{}", play.status());
    play.keys("j<Enter>");
    assert_eq!(reading(&play), ("S/PV.9004".to_owned(), 2));
    play.keys("<Backspace><Esc>");
    assert_eq!(rows(&play).len(), 3, "Esc takes the filter away");
    play.keys("/nothing");
    assert!(play.text().contains("No statement here has these words."), "{}", play.text());
}

/// The groups stand in no catalogue: they are read from the table of references when they are wanted.
#[test]
fn tab_completes_the_groups_that_joint_statements_were_made_for() {
    let (folder, mut records) = library();
    records[2]["items"][1]["on_behalf_of"] = json!([{"group": "European Union", "members": []}]);
    records[2]["items"][3]["on_behalf_of"] = json!([{"group": "Invented Group", "members": []}]);
    std::fs::write(folder.path().join("S_PV.9003.en.json"), records[2].to_string()).unwrap();
    let mut play = over(&folder, 80, 24);
    let line = |play: &Play| match play.state.screen() {
        Screen::Search(search) => search.line.text().to_owned(),
        _ => panic!("{}", play.text()),
    };
    play.keys("sbehalf:union<Tab>");
    assert_eq!(line(&play).trim_end(), "behalf:\"European Union\"");
    play.keys("<Ctrl-U>behalf:inv<Tab>");
    assert_eq!(line(&play).trim_end(), "behalf:\"Invented Group\"");
    play.keys("<Ctrl-U>group:east<Tab>");
    assert_eq!(line(&play).trim_end(), "group:\"Eastern European\"");
}

#[test]
fn f1_shows_the_keys_of_an_input_line_and_comes_back_to_it() {
    let (folder, _) = library();
    let mut play = at(&folder, 9001, 80, 24);
    play.keys("<Enter>aHalf a no<F1>");
    assert!(play.title().contains("Keys: Input lines"), "{}", play.title());
    play.keys("<Esc>te<Enter>");
    assert!(play.message().starts_with("noted on"), "{}", play.message());
    play.keys("R");
    assert!(play.text().contains("Half a note"), "{}", play.text());
}

#[test]
fn b_counts_and_lists_who_cites_and_enter_opens_it() {
    let (folder, _) = library();
    for (columns, rows) in SIZES {
        let mut play = at(&folder, 9001, columns, rows);
        play.keys("<Enter>B");
        let text = play.text();
        assert!(text.contains("Cited 2 times in 1 record"), "{text}");
        assert!(text.contains("Of these once by a page of this"), "{text}");
        play.keys("<Enter>");
        assert_eq!(reading(&play), ("S/PV.9003".to_owned(), 1));
        play.keys("<Backspace><Esc>");
        assert_eq!(reading(&play), ("S/PV.9001".to_owned(), 1));
    }
    // Of the reference Tab stands on, and of the vote on a card.
    let mut play = at(&folder, 9003, 80, 24);
    play.keys("2G<Enter><Tab><Tab>B");
    assert!(play.text().contains("Cited 2 times in 1 record"), "{}", play.text());
    let mut play = over(&folder, 80, 24);
    play.keys("fresolution 2254<Enter>B");
    assert!(play.title().contains("Who cites S/RES/2254 (2015)"), "{}", play.title());
    assert!(play.text().contains("Cited 2 times in 1 record"), "{}", play.text());
}

#[test]
fn a_note_is_found_again_by_its_words_after_a_reissue() {
    let (folder, mut records) = library();
    let mut play = at(&folder, 9003, 40, 12);
    play.keys("2G<Enter>aask Belgium #wells<Enter>");
    assert!(play.message().contains("noted on S/PV.9003, p. 3 (English)"), "{}", play.message());
    let desk = play.desk;
    let (kept, _) = spv::desk::notes::all(desk.path()).unwrap();
    assert_eq!(
        (kept[0].text.as_str(), kept[0].tags.as_slice()),
        ("ask Belgium #wells", &["wells".to_owned()][..])
    );
    assert_eq!(kept[0].quotation, "We recall S/PV.9001 and resolution 2254 (2015).");

    // A reissue with one statement more before it.
    let items = records[2]["items"].as_array_mut().unwrap();
    items.insert(0, said(1, "Peru", "A point of order, invented as well."));
    for (number, item) in (1..).zip(items.iter_mut().filter(|i| i["type"] == "statement")) {
        item["number"] = json!(number);
    }
    std::fs::write(folder.path().join("S_PV.9003.en.json"), records[2].to_string()).unwrap();
    for (columns, rows) in SIZES {
        let mut play = over(&folder, columns, rows);
        let old = std::mem::replace(&mut play.desk, tempfile::tempdir().unwrap());
        drop(old);
        for file in std::fs::read_dir(desk.path()).unwrap().map(Result::unwrap) {
            std::fs::copy(file.path(), play.desk.path().join(file.file_name())).unwrap();
        }
        play.keys("R");
        assert!(play.text().contains("1 note"), "{}", play.text());
        play.keys("<Enter>");
        assert_eq!(reading(&play), ("S/PV.9003".to_owned(), 3));
        assert!(play.message().contains("ask Belgium"), "{}", play.message());
    }
}

#[test]
fn marks_come_back_from_anywhere() {
    let (folder, _) = library();
    for (columns, rows) in SIZES {
        let mut play = at(&folder, 9003, columns, rows);
        play.keys("3G<Enter>mя");
        assert!(play.message().contains("mark я is set"), "{}", play.message());
        play.keys("qqf<Esc>'я");
        assert_eq!(reading(&play), ("S/PV.9003".to_owned(), 3));
        play.keys("'b");
        assert_eq!(play.message(), "mark b is not set");
        play.keys("m<Esc>m!");
        assert_eq!(play.message(), "a mark is one letter");
    }
}

#[test]
fn e_writes_what_is_shown_and_overwrites_nothing() {
    let (folder, _) = library();
    let out = tempfile::tempdir().unwrap();
    let name = |file: &str| out.path().join(file).display().to_string();
    for (script, file, wanted) in [
        ("3G<Enter>", "one.md", "We voted in favour"),
        ("", "record.txt", "As was said (S/PV.9001, p. 2)"),
        ("V", "card.txt", "China"),
        ("fbelgium<Enter>jjj<Enter>", "list.csv", "Roads are patient."),
    ] {
        let mut play = at(&folder, 9003, 80, 24);
        play.keys(script).keys("e<Ctrl-U>").paste(&name(file)).keys("<Enter>");
        let said = match file {
            "list.csv" => format!("4 rows written to {}", name(file)),
            _ => format!("written: {}", name(file)),
        };
        assert_eq!(play.message(), said);
        let text = std::fs::read_to_string(name(file)).unwrap();
        assert!(text.contains(wanted), "{text}");
        play.keys("e<Ctrl-U>").paste(&name(file)).keys("<Enter>");
        assert!(play.message().contains("is not overwritten"), "{}", play.message());
    }
    let one = std::fs::read_to_string(name("one.md")).unwrap();
    assert!(one.contains("S/PV.9003, statement 3") && one.contains("2021-02-03"), "{one}");
    assert!(!one.contains("As was said"), "only the statement");
}

#[test]
fn d_puts_two_statements_beside_or_above_one_another() {
    let (folder, _) = library();
    for (columns, rows) in SIZES {
        let mut play = at(&folder, 9001, columns, rows);
        play.keys("<Enter>D");
        assert!(play.message().contains("remembered Belgium in S/PV.9001"), "{}", play.message());
        play.keys("qf9003<Enter>3G<Enter>D");
        let text = play.text();
        assert!(text.contains("Wells first") && text.contains("We voted in favour"), "{text}");
        let beside = text.lines().any(|l| l.contains("Wells first") && l.contains('\u{2502}'));
        assert_eq!(beside, columns >= 110, "{text}");
        play.keys("<Tab><Tab>k");
        let Screen::Compare(two) = play.state.screen() else { panic!("{}", play.text()) };
        assert_eq!(two.first.top, spv::app::position::Pos { item: 0, line: 1 }.min(two.first.top));
        play.resize(60, 20).resize(130, 40).keys("q");
        assert_eq!(reading(&play), ("S/PV.9003".to_owned(), 3));
    }
}

#[test]
fn enter_on_a_member_opens_what_it_said_on_the_vote() {
    let (folder, _) = library();
    for (columns, rows) in SIZES {
        let mut play = at(&folder, 9003, columns, rows);
        play.keys("V");
        let card = play.text();
        assert!(card.contains("Belgium   spoke after, p. 4"), "{card}");
        play.keys("<Enter>");
        assert_eq!(reading(&play), ("S/PV.9003".to_owned(), 3));
        play.keys("<Backspace>j<Enter>");
        assert_eq!(reading(&play), ("S/PV.9003".to_owned(), 1), "China spoke before it only");
    }
}

/// The letter of a videoconference is a record, though it is cited as any other document.
#[test]
fn a_letter_that_is_here_is_followed_like_a_record_and_what_cannot_be_read_is_said() {
    let (folder, _) = library();
    let mut letter = record(1, "2020-04-10", "Water", vec![said(1, "Chad", "Wells by letter.")]);
    letter["symbol"] = json!("S/2020/254");
    letter["kind"] = json!("letter");
    let text = "As Chad wrote (S/2020/254), and not in S/2020/254/Add.1 or S/2020/255.";
    let citing = record(9004, "2020-05-10", "Water", vec![said(1, "Peru", text)]);
    let file = folder.path().join("S_2020_254.en.json");
    std::fs::write(&file, letter.to_string()).unwrap();
    std::fs::write(folder.path().join("S_PV.9004.en.json"), citing.to_string()).unwrap();
    for (columns, rows) in SIZES {
        let mut play = at(&folder, 9004, columns, rows);
        play.keys("<Enter><Tab><Enter><Enter>");
        assert_eq!(reading(&play), ("S/2020/254".to_owned(), 1));
        play.keys("B");
        assert!(play.text().contains("Cited once in 1 record"), "{}", play.text());
        play.keys("<Backspace><Backspace><Tab><Enter>");
        assert_eq!(reading(&play), ("S/PV.9004".to_owned(), 1), "an addendum is another document");
        let words = "S/2020/254/Add.1 is not here: it is no record of a meeting";
        assert!(play.message().starts_with(words), "{}", play.message());
        play.keys("<Tab><Enter>");
        assert!(play.message().contains("spv get S/2020/255 brings it"), "{}", play.message());
    }
    // Damaged while it is open, and found damaged at the start.
    let mut play = at(&folder, 9004, 80, 24);
    std::fs::write(&file, "{ cut sho").unwrap();
    play.keys("<Enter><Tab><Enter>");
    let said = play.message();
    assert!(said.starts_with("S/2020/254 cannot be read: "), "{said}");
    assert!(said.ends_with("S_2020_254.en.json)"), "{said}");
    let mut play = at(&folder, 9004, 80, 24);
    play.keys("<Enter><Tab><Enter>");
    assert_eq!(play.message(), "S/2020/254 is here and cannot be read: spv check says why");
    assert_eq!(reading(&play), ("S/PV.9004".to_owned(), 1));
}

#[test]
fn the_card_of_a_state_counts_what_is_for_groups_apart() {
    let (folder, _) = library();
    let mut joint = said(1, "Niger", "For the three, wells.");
    joint["on_behalf_of"] = json!([{"group": "the A3 plus one", "members": []}]);
    for record in [
        record(99904, "2020-04-10", "Water", vec![joint, said(2, "Niger", "Wells for us.")]),
        record(99905, "2020-05-10", "Roads", vec![said(1, "Niger", "Roads.")]),
        record(99906, "2021-05-10", "Roads", vec![said(1, "Niger", "Roads again.")]),
    ] {
        let name = record["symbol"].as_str().unwrap().replace('/', "_");
        std::fs::write(folder.path().join(format!("{name}.en.json")), record.to_string()).unwrap();
    }
    let mut play = over(&folder, 100, 80);
    play.keys("fniger<Enter>");
    let lines = |play: &Play| -> Vec<String> {
        play.text()
            .lines()
            .map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    };
    let shown = lines(&play);
    let has = |line: &str| assert!(shown.iter().any(|l| l == line), "{line}\n{}", play.text());
    has("> 2021-05-10 S/PV.99906 Ms. Made");
    has("All: 4 statements; 1 of them for groups");
    has("Member 2020–2021 African");
    has("2021 1");
    has("2020 2");
    has("3 An invented item");
    has("1 the A3 plus one");
    assert!(
        shown.iter().any(
            |l| l.starts_with("In your library: 6 of 10,0") && l.ends_with(", to 10 May 2021.")
        )
    );
    play.keys("<Enter>");
    assert_eq!(reading(&play), ("S/PV.99906".to_owned(), 1));
    // A member of the Council opens its card.
    let mut play = over(&folder, 100, 80);
    play.keys("T/april 2020<Enter><Enter>");
    assert!(play.sight().starts_with("card Dominican Republic"), "{}", play.sight());
    play.keys("<Esc>");
    assert_eq!(play.sight(), "card The Council on 1 April 2020 top 0");
}

#[test]
fn the_meetings_of_an_item_are_listed_with_what_is_here() {
    let (folder, records) = library();
    // Of the item "The situation in Namibia", which ended in 1989, one record is here.
    let mut here = record(2277, "1981-04-30", "Namibia", vec![said(1, "Belgium", "Dunes.")]);
    here["source"] = records[0]["source"].clone();
    std::fs::write(folder.path().join("S_PV.2277.en.json"), here.to_string()).unwrap();
    let mut play = over(&folder, 100, 200);
    play.keys("fS/PV.2274<Enter>I");
    assert!(play.sight().starts_with("card Item: The situation in Namibia"), "{}", play.sight());
    let lines: Vec<String> = play
        .text()
        .lines()
        .map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let has = |line: &str| lines.iter().any(|l| l.starts_with(line));
    assert!(has("142 meetings on this item"), "{}", play.text());
    assert!(has("In your library: 1 of 142 known records on this item, to 30 April 1981."));
    assert!(has("1981-04-30 S/PV.2277 text VETO by "), "{}", play.text());
    assert!(has("1989-10-31 S/PV.2886 RES 643 15-0-0"), "{}", play.text());
    // Records that the table does not have are on the item that they print.
    let mut play = at(&folder, 9002, 100, 30);
    play.keys("I");
    assert!(play.text().contains("on this item"), "{}", play.text());
}
