//! Pages and lines as the services send them, whole and damaged.

use jiff::civil::date;

use super::*;
use crate::facts::meetings;

const TODAY: Date = date(2026, 11, 30);

fn row(cells: [&str; 5]) -> String {
    let cells: String = cells.iter().map(|cell| format!("<td>{cell}</td>")).collect();
    format!("<tr>{cells}</tr>")
}

fn page(rows: &[String]) -> String {
    let head = "<tr><th>Meeting Record</th><th>Date</th><th>Press Release</th><th>Topic</th><th>Outcome</th></tr>";
    format!("<html><body><table>{head}{}</table></body></html>", rows.concat())
}

fn sound() -> Vec<String> {
    vec![
        row([
            "<a href=\"https://docs.un.org/S/PV.10242\">S/PV.10242</a>",
            "20 November 2026",
            "SC/16500",
            "The situation in the invented lands",
            "S/RES/2831 (2026) 13-0-2",
        ]),
        row(["S/PV.10241 (closed)", "19 November 2026", "None issued", "An invented item", ""]),
        row([
            "S/PV.10240 (Resumption 1)",
            "18 November 2026",
            "",
            "An invented item",
            "Draft resolution S/2026/900 vetoed by China, Russian Federation<br>11-2-2",
        ]),
        row(["S/PV.10239", "17 November 2026", "SC/16499", "An invented item", "S/PRST/2026/9"]),
    ]
}

/// The same after every known meeting of the year, with the numbers between them.
fn whole() -> Vec<String> {
    let known = meetings::all().filter(|known| known.date.year() == 2026);
    let known = known.map(|known| {
        let day = known.date.strftime("%-d %B %Y").to_string();
        row([known.symbol, &day, "", known.topic, ""])
    });
    let between = [10236, 10237, 10238, 10240].map(|number| {
        row([&format!("S/PV.{number}"), "17 November 2026", "", "An invented item", ""])
    });
    known.chain(between).chain(sound()).collect()
}

fn built(meetings: &str, decisions: Option<&str>) -> Result<YearOfFacts, TableFault> {
    build_year(2026, TODAY, meetings, decisions)
}

#[test]
fn a_page_becomes_meetings_and_votes() {
    let made = built(&page(&sound()), None).unwrap();
    assert!(made.faults.is_empty(), "{:?}", made.faults);
    let meetings: Vec<(&str, bool)> =
        made.file.meetings.iter().map(|m| (m.symbol.as_str(), m.private)).collect();
    assert_eq!(
        meetings,
        [
            ("S/PV.10239", false),
            ("S/PV.10240 (Resumption 1)", false),
            ("S/PV.10241", true),
            ("S/PV.10242", false)
        ]
    );
    assert_eq!(made.file.meetings[0].outcomes, ["S/PRST/2026/9"]);
    let [veto, adopted] = made.file.votes.as_slice() else { panic!("{:?}", made.file.votes) };
    assert_eq!((veto.reference.as_str(), veto.counts), ("S/2026/900", [11, 2, 2]));
    assert_eq!(
        (veto.outcome.as_str(), veto.meeting.as_str()),
        ("vetoed", "S/PV.10240 (Resumption 1)")
    );
    assert_eq!(veto.against, ["China", "Russian Federation"]);
    assert_eq!((adopted.reference.as_str(), adopted.counts), ("S/RES/2831 (2026)", [13, 0, 2]));
    assert!(adopted.in_favour.is_empty());
}

#[test]
fn a_table_that_lacks_meetings_is_not_taken_as_the_whole_year() {
    let made = built(&page(&whole()), None).unwrap();
    assert!(made.faults.is_empty() && made.remarks.is_empty(), "{:?}", made.remarks);
    assert_eq!((made.file.to.as_str(), made.file.fetched.as_str()), ("2026-11-20", "2026-11-30"));
    let mut rows = whole();
    rows.retain(|row| !row.contains("S/PV.10100<") && !row.contains("S/PV.10237<"));
    let made = built(&page(&rows), None).unwrap();
    assert_eq!(made.file.to, "");
    let lacks = "the table lacks 2 of the meetings of 2026, the first S/PV.10100";
    assert!(made.remarks[0].starts_with(lacks), "{:?}", made.remarks);
}

const DECISION: &str = r#"{"symbol":"S/RES/2831 (2026)","adoption_date":"20 November 2026","agenda_item_name":"An invented item","adoption_type":"Adopted 13-0-2, 10242nd meeting","draft_resolution":"S/2026/910","outcome_letter":"S/PV.10242","resolution_title":"Security Council resolution 2831 (2026) [on invented matters]","MS_in_favour_count":"013","MS_against_count":"","MS_abstaining_count":"002","MS_in_favour":["BAHRAIN","COLOMBIA","DEMOCRATIC REPUBLIC OF THE CONGO","DENMARK","FRANCE","GREECE","LATVIA","LIBERIA","PAKISTAN","PANAMA","SOMALIA","UNITED KINGDOM","UNITED STATES"],"MS_against":[],"MS_abstaining":["CHINA","RUSSIAN FEDERATION"],"sponsors":["UNITED KINGDOM"],"SDGs":[]}"#;

#[test]
fn decisions_give_members_draft_and_sponsors() {
    let made = built(&page(&sound()), Some(DECISION)).unwrap();
    assert!(made.faults.is_empty(), "{:?}", made.faults);
    let vote = made.file.votes.iter().find(|vote| vote.reference == "S/RES/2831 (2026)").unwrap();
    assert_eq!(vote.abstaining, ["China", "Russian Federation"]);
    assert_eq!((vote.draft.as_str(), vote.title.as_str()), ("S/2026/910", "invented matters"));
    assert_eq!(
        (vote.sponsors.as_slice(), vote.in_favour.len()),
        (&["United Kingdom".to_owned()][..], 13)
    );
    assert_eq!(made.file.votes.len(), 2);
}

#[test]
fn a_decision_whose_counts_do_not_agree_has_no_members() {
    // The members and the numbers say 15, the words 13-0-2.
    let all = DECISION
        .replace("\"MS_abstaining\":[\"CHINA\",\"RUSSIAN FEDERATION\"]", "\"MS_abstaining\":[]");
    let all = all.replace("\"BAHRAIN\",", "\"BAHRAIN\",\"CHINA\",\"RUSSIAN FEDERATION\",");
    let made = built(&page(&sound()), Some(&all)).unwrap();
    let vote = made.file.votes.iter().find(|vote| vote.reference == "S/RES/2831 (2026)").unwrap();
    assert_eq!((vote.counts, vote.in_favour.len()), ([13, 0, 2], 0));
    // Two tables that count differently are both named.
    let other = DECISION.replace("13-0-2", "unanimously").replace("\"013\"", "\"015\"");
    let made = built(&page(&sound()), Some(&other.replace("\"002\"", "\"\""))).unwrap();
    let counts: Vec<&String> = made.remarks.iter().filter(|text| text.contains("counts")).collect();
    assert_eq!(counts.len(), 1, "{:?}", made.remarks);
    assert!(counts[0].contains("counts 15-0-0, the library's 13-0-2"), "{:?}", made.remarks);
}

#[test]
fn what_is_no_table_of_the_year_is_refused_whole() {
    let half = page(&sound());
    let half = &half[..half.len() - "</table></body></html>".len()];
    let other_year = page(&sound()).replace(" 2026</td>", " 2025</td>");
    let wide = format!("<table><tr>{}</tr></table>", "<td>S/PV.1</td>".repeat(2_000));
    for (text, why) in [
        (
            "<html><body><h1>Service unavailable</h1></body></html>",
            "not a table of the meetings of 2026",
        ),
        ("{\"message\":\"Internal server error\"}", "not a table of the meetings of 2026"),
        ("", "not a table of the meetings of 2026"),
        (half, "cut off"),
        (&other_year, "another year than 2026"),
        (&wide, "13 cells, not 5"),
    ] {
        let refused = built(text, None).unwrap_err();
        assert!(
            matches!(&refused, TableFault::Meetings(fault) if fault.contains(why)),
            "{refused:?}"
        );
    }
    let refused = built(&page(&sound()), Some("<html>")).unwrap_err();
    let why = "not a table of the resolutions of 2026";
    assert!(matches!(&refused, TableFault::Decisions(fault) if fault.contains(why)), "{refused:?}");
}

#[test]
fn a_row_that_is_not_sound_is_named_and_left_out() {
    let mut rows = sound();
    rows.extend([
        row(["S/PV.10238", "31 April 2026", "", "An invented item", ""]),
        row(["S/PV.10243", "1 December 2026", "", "An invented item", ""]),
        row(["S/PV.10237", "18 November 2025", "", "An invented item", ""]),
    ]);
    let made = built(&page(&rows), None).unwrap();
    assert_eq!(made.file.meetings.len(), 4);
    let faults = made.faults.join("\n");
    for part in [
        "\"31 April 2026\" is not a day",
        "2026-12-01 is in the future",
        "2025-11-18 is not in 2026",
    ] {
        assert!(faults.contains(part), "{faults}");
    }
}

#[test]
fn days_out_of_order_and_control_characters() {
    let mut rows = sound();
    rows.push(row(["S/PV.10238", "16 November 2026", "", "An inv\u{1b}[31mented item", ""]));
    rows.push(row(["S/PV.10237", "2 March 2026", "", "An invented item", ""]));
    rows.push(row(["S/PV.10236", "15 November 2026", "", "An invented item", ""]));
    rows.push(row(["S/PV.10235", "14 November 2026", "", "An invented item", ""]));
    let made = built(&page(&rows), None).unwrap();
    assert_eq!(made.faults, ["S/PV.10237: its day 2026-03-02 is out of order"]);
    assert!(made.file.meetings.iter().all(|row| !row.topic.contains('\u{1b}')));
}

#[test]
fn sixteen_members_do_not_vote() {
    let many = DECISION.replace("13-0-2", "14-0-2").replace("\"013\"", "\"014\"");
    let made =
        built(&page(&sound()), Some(&format!("{many}\n{}", DECISION.replace("2831", "2832"))));
    let made = made.unwrap();
    assert!(
        made.faults[0].contains("its counts and its members do not agree"),
        "{:?}",
        made.faults
    );
}
