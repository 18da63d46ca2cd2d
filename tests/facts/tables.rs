//! Every row of the blob is the row of its JSON, and a few facts that anyone can look up.

use spv::facts::votes::Ballot;
use spv::facts::{meetings, states, votes};
use spv::record::{Language, Outcome, Symbol};

use super::plain::{date, list, rows, text};

#[test]
fn every_meeting_is_the_row_of_its_table() {
    let rows = rows("meetings.json");
    assert_eq!((rows.len(), meetings::len()), (10003, 10003));
    for (row, meeting) in rows.iter().zip(meetings::all()) {
        assert_eq!(meeting.symbol, text(row, "symbol"));
        assert_eq!(meeting.date, date(row, "date"), "{}", meeting.symbol);
        assert_eq!(meeting.private, row["private"].as_bool().unwrap(), "{}", meeting.symbol);
        assert_eq!(meeting.press, text(row, "press"), "{}", meeting.symbol);
        assert_eq!(meeting.topic, text(row, "topic"), "{}", meeting.symbol);
        assert_eq!(meeting.outcomes, list(row, "outcomes").join("; "), "{}", meeting.symbol);
        assert_eq!(meeting.outcome_text, text(row, "outcome_text"), "{}", meeting.symbol);
        assert_eq!(meetings::get(meeting.id), Some(meeting));
    }
    assert_eq!(meetings::get(10003), None);
}

#[test]
fn every_meeting_is_found_by_its_symbol() {
    for meeting in meetings::all() {
        let symbol: Symbol = meeting.symbol.parse().unwrap();
        assert_eq!(meetings::by_symbol(&symbol), Some(meeting));
    }
    for unknown in ["S/PV.8096", "S/PV.99999", "MSC/PV.1", "S/PV.1 (Resumption 1)"] {
        assert_eq!(meetings::by_symbol(&unknown.parse().unwrap()), None, "{unknown}");
    }
}

#[test]
fn outcomes_are_spelt_in_one_way() {
    for meeting in meetings::all() {
        for outcome in meeting.outcomes.split("; ").filter(|outcome| outcome.starts_with("S/RES/"))
        {
            // One row has a resolution without its year, and is listed in `unjoined.md`.
            assert!(
                outcome.contains(" (") || outcome == "S/RES/1969",
                "{}: {outcome}",
                meeting.symbol
            );
        }
    }
}

#[test]
fn every_vote_is_the_row_of_its_table() {
    let rows = rows("votes.json");
    assert_eq!((rows.len(), votes::len()), (3226, 3226));
    for (row, vote) in rows.iter().zip(votes::all()) {
        assert_eq!(vote.reference, text(row, "reference"));
        assert_eq!(vote.date, date(row, "date"), "{}", vote.reference);
        assert_eq!(vote.outcome.words(), text(row, "outcome"), "{}", vote.reference);
        assert_eq!(vote.meeting, text(row, "meeting"), "{}", vote.reference);
        assert_eq!(vote.title, text(row, "title"), "{}", vote.reference);
        assert_eq!(vote.note, text(row, "note"), "{}", vote.reference);
        assert_eq!(vote.kind.word(), text(row, "kind"), "{}", vote.reference);
        assert_eq!(vote.draft, text(row, "draft"), "{}", vote.reference);
        assert_eq!(vote.letter, text(row, "letter"), "{}", vote.reference);
        assert_eq!(vote.written, row["written"].as_bool() == Some(true), "{}", vote.reference);
        assert_eq!(vote.sponsors(), list(row, "sponsors"), "{}", vote.reference);
        let counts = [vote.yes, vote.no, vote.abstain, vote.not_voting].map(u64::from);
        let printed = ["yes", "no", "abstain", "not_voting"].map(|field| row[field].as_u64());
        assert_eq!(
            vote.counts_known.then_some(counts),
            printed[0].map(|_| printed.map(|c| c.unwrap()))
        );
        let casts = vote.casts();
        for (field, ballot) in [
            ("in_favour", Ballot::InFavour),
            ("against", Ballot::Against),
            ("abstaining", Ballot::Abstaining),
            ("absent", Ballot::NotVoting),
            ("unknown", Ballot::Unknown),
        ] {
            let called: Vec<_> =
                casts.iter().filter(|cast| cast.ballot == ballot).map(|c| c.called).collect();
            assert_eq!(called, list(row, field), "{} {field}", vote.reference);
        }
        assert_eq!(votes::get(vote.id), Some(vote));
    }
    assert_eq!(votes::get(3226), None);
}

#[test]
fn every_state_is_the_row_of_its_table() {
    let rows = rows("states.json");
    let states: Vec<_> = states::all().collect();
    assert_eq!(states.len(), rows.len());
    for (row, state) in rows.iter().zip(states) {
        assert_eq!(
            [state.name, state.formal, state.iso3],
            ["name", "formal", "iso3"].map(|f| text(row, f))
        );
        assert_eq!(
            format!("{:?}", state.status()).to_lowercase(),
            text(row, "status").replace('-', "")
        );
        assert_eq!(state.aliases().collect::<Vec<_>>(), list(row, "aliases"));
        for language in Language::OFFICIAL {
            if language != Language::English {
                let names: Vec<_> = state.names_in(&language).collect();
                assert_eq!(names, list(row, language.code()), "{} {}", state.name, language.name());
            }
            assert!(
                state.names_in(&language).next().is_some_and(|name| !name.is_empty()),
                "{}",
                state.name
            );
        }
        assert_eq!(state.names_in(&Language::English).next(), Some(state.name));
        assert_eq!(state.names_in(&Language::Other("de".to_owned())).next(), None);
        let former: Vec<_> = state.former().map(|f| (f.name, f.from, f.until)).collect();
        let printed: Vec<_> = row["former"].as_array().unwrap().iter().collect();
        assert_eq!(former.len(), printed.len());
        for ((name, from, until), row) in former.into_iter().zip(printed) {
            let first = row.get("from").map(|_| date(row, "from"));
            assert_eq!((name, from, until), (text(row, "name"), first, date(row, "until")));
        }
    }
}

/// Looks a vote up and checks its record, count and vetoes.
fn vote(reference: &str, meeting: &str, counts: [u16; 3], vetoes: &[&str]) {
    let vote = votes::by_reference(reference).unwrap_or_else(|| panic!("{reference}"));
    assert_eq!((vote.meeting, [vote.yes, vote.no, vote.abstain]), (meeting, counts), "{reference}");
    assert_eq!(vote.vetoes().iter().map(|cast| cast.state).collect::<Vec<_>>(), vetoes);
    assert!(votes::of_meeting(&meeting.parse().unwrap()).contains(&vote), "{reference}");
}

#[test]
fn votes_anyone_can_look_up() {
    vote("S/2014/348", "S/PV.7180", [13, 2, 0], &["China", "Russian Federation"]);
    vote("S/1997/241", "S/PV.3756", [13, 1, 1], &["United States"]);
    vote("S/RES/1325 (2000)", "S/PV.4213", [15, 0, 0], &[]);
    vote("S/RES/2254 (2015)", "S/PV.7588", [15, 0, 0], &[]);
    vote("S/RES/2720 (2023)", "S/PV.9520", [13, 0, 2], &[]);
    vote("S/RES/1559 (2004)", "S/PV.5028", [9, 0, 6], &[]);
    vote("S/RES/2312 (2016)", "S/PV.7783", [14, 0, 1], &[]);
    vote("S/2026/740", "S/PV.10224", [11, 2, 2], &["China", "Russian Federation"]);
    vote("S/2023/772", "S/PV.9439", [5, 4, 6], &[]);
    vote("S/2014/916", "S/PV.7354", [8, 2, 5], &[]);
    vote("S/PV.8764", "S/PV.8764", [3, 6, 6], &[]);
    vote("S/PV.8960", "S/PV.8960", [10, 2, 3], &[]);
    let abstaining = |reference: &str| -> Vec<&str> {
        let casts = votes::by_reference(reference).unwrap().casts();
        let abstained = casts.iter().filter(|cast| cast.ballot == Ballot::Abstaining);
        abstained.map(|cast| cast.state).collect()
    };
    assert_eq!(abstaining("S/RES/2720 (2023)"), ["Russian Federation", "United States"]);
    assert_eq!(abstaining("S/RES/2312 (2016)"), ["Venezuela (Bolivarian Republic of)"]);
    assert!(abstaining("S/2026/740").is_empty());
    // One table of the UN counts 15-0-0 here, and its own document 12-0-3.
    let written = votes::by_reference("S/RES/2521 (2020)").unwrap();
    assert_eq!([written.yes, written.no, written.abstain], [12, 0, 3]);
    assert_eq!((written.meeting, written.letter, written.written), ("", "S/2020/462", true));
    let written = votes::by_reference("S/2020/654").unwrap();
    assert!(written.written && written.letter.is_empty() && written.vetoes().len() == 2);
    let draft = votes::by_reference("S/2014/348").unwrap();
    assert_eq!(draft.date, "2014-05-22".parse().unwrap());
    assert_eq!(draft.outcome, Outcome::Vetoed);
    let meeting = meetings::by_symbol(&"S/PV.7180".parse().unwrap()).unwrap();
    assert_eq!((meeting.date, meeting.outcomes), (draft.date, "S/2014/348"));
}

#[test]
fn a_vote_is_found_by_every_spelling_of_its_reference() {
    let found = votes::by_reference("S/RES/2254 (2015)");
    assert!(found.is_some());
    for spelling in [
        "2254",
        "resolution 2254",
        "Resolution 2254 (2015)",
        "S/RES/2254",
        "RES 2254",
        "res. 2254",
        "res/2254",
        "s/res/2254(2015)",
        "2254 (2015)",
        "UNSCR 2254",
        "Security Council resolution 2254 (2015)",
        " 2254 ",
    ] {
        assert_eq!(votes::by_reference(spelling), found, "{spelling}");
    }
    for wrong in
        ["2254 (2016)", "resolution", "", "99999", "S/RES/", "S/2014/999999", "4294967296", "2254x"]
    {
        assert_eq!(votes::by_reference(wrong), None, "{wrong}");
    }
    for vote in votes::all() {
        // One reference may be voted on in parts, or written with a space or without; the first is found.
        let first = votes::by_reference(vote.reference).unwrap();
        let same = first.reference.replace(' ', "") == vote.reference.replace(' ', "");
        assert!(same && first.id <= vote.id, "{}", vote.reference);
    }
}

#[test]
fn the_blob_is_small() {
    let (rows, texts) = spv::facts::size();
    println!("facts in the binary: {rows} bytes of rows, {texts} of texts");
    assert!(rows > 400_000 && texts > 400_000, "a table is missing");
    assert!(rows + texts <= 1_600_000, "{} bytes", rows + texts);
}
