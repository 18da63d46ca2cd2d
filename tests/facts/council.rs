//! Who sat and who presided: against the plain way on every day that matters, and against known facts.

use std::collections::BTreeMap;

use jiff::civil::Date;
use spv::facts::council;

use super::plain::{called, council as plain_council, rows, text};

fn on(date: &str) -> council::Council {
    council::on(date.parse().unwrap()).unwrap_or_else(|| panic!("{date}"))
}

/// The State that presides on a day.
fn presides(date: &str) -> &'static str {
    on(date).president.unwrap_or_else(|| panic!("{date}")).state
}

#[test]
fn the_council_is_that_of_its_table_on_every_day_of_the_years_of_change() {
    let (seats, states) = (rows("council.json"), rows("states.json"));
    let days = (1946..=2027).flat_map(|year| {
        let change = [1946, 1961, 1971, 1976, 1977, 1984, 1990, 1991].contains(&year);
        let step = if change { 1 } else { 26 };
        let first = Date::new(year, 1, 1).unwrap();
        first.series(jiff::Span::new().days(step)).take_while(move |day| day.year() == year)
    });
    for day in days {
        let plain = plain_council(&seats, &states, &day.to_string());
        let Some(council) = council::on(day) else {
            assert!(plain.is_empty(), "{day}");
            continue;
        };
        let found: Vec<_> = council
            .seats
            .iter()
            .map(|s| (s.state.to_owned(), s.called.to_owned(), s.permanent, s.group.to_owned()))
            .collect();
        assert_eq!(found, plain, "{day}");
        assert!(council.seats.contains(&council.president.unwrap()), "{day}");
    }
}

#[test]
fn the_council_has_11_members_and_from_1966_15_with_5_permanent() {
    for year in 1946..=2027 {
        let council = on(&format!("{year}-06-30"));
        assert_eq!(council.seats.len(), if year < 1966 { 11 } else { 15 }, "{year}");
        assert_eq!(council.seats.iter().filter(|seat| seat.permanent).count(), 5, "{year}");
        assert!(
            council.seats.iter().all(|seat| !seat.permanent || seat.group.is_empty()),
            "{year}"
        );
    }
    assert_eq!(council::years(), (1946, 2027));
    for outside in ["1945-12-31", "1946-01-16", "2028-01-01"] {
        assert_eq!(council::on(outside.parse().unwrap()), None, "{outside}");
    }
}

#[test]
fn seats_pass_on_their_day() {
    let name = |date: &str, state: &str| {
        on(date).seats.iter().find(|seat| seat.state == state).map(|seat| seat.called)
    };
    assert_eq!(name("1971-10-24", "China"), Some("Republic of China"));
    assert_eq!(name("1971-10-25", "China"), Some("China"));
    assert_eq!(
        name("1991-12-23", "Russian Federation"),
        Some("Union of Soviet Socialist Republics")
    );
    assert_eq!(name("1991-12-24", "Russian Federation"), Some("Russian Federation"));
    assert_eq!(name("1990-05-21", "Yemen"), None);
    assert_eq!(name("1990-05-21", "Democratic Yemen"), Some("Democratic Yemen"));
    assert_eq!(name("1990-05-22", "Yemen"), Some("Yemen"));
    assert_eq!(name("1990-05-22", "Democratic Yemen"), None);
    assert_eq!(name("1977-06-01", "Germany"), Some("Federal Republic of Germany"));
    assert_eq!(name("1961-06-01", "Egypt"), Some("United Arab Republic"));
    assert_eq!(name("1982-06-01", "Democratic Republic of the Congo"), Some("Zaire"));
}

#[test]
fn members_stand_in_the_order_of_what_they_were_called() {
    let names = |date: &str| on(date).seats.iter().map(|seat| seat.called).collect::<Vec<_>>();
    // The Federal Republic of Germany was listed as "Germany, Federal Republic of".
    let german = names("1977-03-01");
    let at = german.iter().position(|name| *name == "Federal Republic of Germany").unwrap();
    assert_eq!((german[at - 1], german[at + 1]), ("France", "India"));
    assert_eq!(names("1970-03-01")[1..3], ["Republic of China", "Colombia"]);
    assert_eq!(
        names("2024-05-30"),
        [
            "Algeria",
            "China",
            "Ecuador",
            "France",
            "Guyana",
            "Japan",
            "Malta",
            "Mozambique",
            "Republic of Korea",
            "Russian Federation",
            "Sierra Leone",
            "Slovenia",
            "Switzerland",
            "United Kingdom",
            "United States",
        ]
    );
}

#[test]
fn presidents_anyone_can_look_up() {
    for (date, state) in [
        ("1946-01-17", "Australia"),
        ("1946-02-16", "Australia"),
        ("1946-02-17", "Brazil"),
        ("1946-12-16", "United States"),
        ("1946-12-31", "United States"),
        ("1947-01-01", "Australia"),
        ("1950-06-25", "India"),
        ("1950-08-01", "Russian Federation"),
        ("1962-10-22", "Russian Federation"),
        ("1967-06-05", "Denmark"),
        ("1973-10-22", "Australia"),
        ("1982-04-03", "Democratic Republic of the Congo"),
        ("1990-08-02", "Romania"),
        ("1990-11-29", "United States"),
        ("2000-10-31", "Namibia"),
        ("2014-05-22", "Republic of Korea"),
        ("2019-11-19", "United Kingdom"),
        ("2020-01-09", "Viet Nam"),
        ("2021-06-15", "Estonia"),
        ("2021-10-15", "Kenya"),
        ("2023-10-18", "Brazil"),
        ("2024-05-30", "Mozambique"),
        ("2026-01-30", "Somalia"),
        ("2026-02-01", "United Kingdom"),
        ("2026-03-01", "United States"),
    ] {
        assert_eq!(presides(date), state, "{date}");
    }
    let january = on("2026-01-30");
    assert_eq!((january.president_known, january.next.unwrap().state), (true, "United Kingdom"));
    assert!(!on("2026-03-01").president_known);
    assert_eq!(
        on("1946-11-20").next.unwrap().state,
        "Australia",
        "two turns of one State are passed over"
    );
    assert_eq!(
        on("2019-12-31").next.unwrap().state,
        "Viet Nam",
        "the next Council is that of the next year"
    );
    assert_eq!(on("2027-12-31").next, None);
}

/// Rule 18 from one month to the next, the plain way: the next name in the alphabet, or the first.
fn rule(
    last: &str,
    month: &str,
    seats: &[serde_json::Value],
    states: &[serde_json::Value],
) -> String {
    let first =
        if month.starts_with("1946") { format!("{month}-17") } else { format!("{month}-01") };
    let members = plain_council(seats, states, &first);
    let keyed: Vec<_> =
        members.iter().map(|seat| (called(states, &seat.0, &first).1, &seat.0)).collect();
    keyed.iter().find(|(key, _)| key.as_str() > last).or(keyed.first()).unwrap().1.clone()
}

#[test]
fn every_known_month_is_what_rule_18_says() {
    let (seats, states) = (rows("council.json"), rows("states.json"));
    let known: BTreeMap<String, String> = rows("presidents.json")
        .iter()
        .map(|row| (text(row, "month").to_owned(), text(row, "state").to_owned()))
        .collect();
    assert_eq!(known.len(), 316);
    let mut last = String::new();
    let mut exceptions = Vec::new();
    for turn in 0..(2028 - 1946) * 12 {
        let month = format!("{}-{:02}", 1946 + turn / 12, turn % 12 + 1);
        let computed = rule(&last, &month, &seats, &states);
        let stands = known.get(&month).unwrap_or(&computed);
        if *stands != computed {
            exceptions.push(month.clone());
        }
        let day = if turn < 12 { "17" } else { "01" };
        let council = on(&format!("{month}-{day}"));
        assert_eq!(council.president.unwrap().state, stands, "{month}");
        assert_eq!(council.president_known, known.contains_key(&month), "{month}");
        last = called(&states, stands, &format!("{month}-{day}")).1;
    }
    // The United States had a second turn, the second half of December 1946 (S/RES/14 (1946)).
    assert_eq!(exceptions, ["1946-12"]);
}

#[test]
fn turns_follow_one_another_to_the_end_of_the_table() {
    let turns = |date: &str| council::turns_after(date.parse().unwrap());
    let first =
        |date: &str| turns(date).first().map(|turn| (turn.from.to_string(), turn.seat.state));
    assert_eq!(first("2018-11-30"), Some(("2018-12-01".to_owned(), "C\u{f4}te d'Ivoire")));
    assert!(turns("2018-11-30")[0].known);
    assert_eq!(first("2027-11-30").map(|turn| turn.0), Some("2027-12-01".to_owned()));
    assert_eq!(first("2027-12-01"), None);
    assert_eq!(first("2028-01-01"), None);
    // In 1946 turns began on the 17th.
    assert_eq!(first("1946-01-20").map(|turn| turn.0), Some("1946-02-17".to_owned()));
    for date in ["1946-01-20", "1946-11-20", "2018-11-30", "2027-01-31"] {
        let next = on(date).next.map(|seat| seat.state);
        assert_eq!(first(date).map(|turn| turn.1), next, "{date}");
    }
    let own = council::turns_of("Kazakhstan");
    let own: Vec<_> = own.iter().map(|turn| (turn.from.to_string(), turn.known)).collect();
    assert_eq!(own, [("2018-01-01".to_owned(), true)]);
    assert!(council::turns_of("Switzerland").len() == 2 && council::turns_of("Niue").is_empty());
}

#[test]
fn terms_end_where_the_table_says_so() {
    let terms = |state: &str| -> Vec<(i16, Option<String>)> {
        let terms = council::terms_of(state).into_iter();
        terms.map(|term| (term.from.year(), term.last.map(|last| last.to_string()))).collect()
    };
    let last = |year: &str| Some(format!("{year}-12-31"));
    assert_eq!(terms("Kazakhstan"), [(2017, last("2018"))]);
    assert_eq!(terms("Bahrain"), [(1998, last("1999")), (2026, last("2027"))]);
    // Elected for 2027 and 2028: the table has the first year only.
    assert_eq!(terms("Kyrgyzstan"), [(2027, None)]);
    assert_eq!(terms("France"), [(1946, None)]);
    assert_eq!(terms("Niue"), []);
}

#[test]
fn who_leaves_and_who_comes() {
    let names = |seats: &[council::Seat]| seats.iter().map(|s| s.state).collect::<Vec<_>>();
    let change = council::change_after("2026-11-30".parse().unwrap());
    assert_eq!(names(&change.leaving), ["Denmark", "Greece", "Pakistan", "Panama", "Somalia"]);
    let coming = ["Austria", "Kyrgyzstan", "Portugal", "Trinidad and Tobago", "Zimbabwe"];
    assert_eq!(names(&change.coming.unwrap()), coming);
    let change = council::change_after("2027-01-01".parse().unwrap());
    assert_eq!((change.leaving.len(), change.coming), (5, None));
    // The Council grew from six elected members to ten.
    let change = council::change_after("1965-06-01".parse().unwrap());
    assert_eq!(change.coming.unwrap().len(), change.leaving.len() + 4);
}

#[test]
fn there_was_no_e10_before_1966() {
    for (date, e10) in [("1950-06-27", false), ("1965-12-31", false), ("1966-01-01", true)] {
        let council = on(date);
        assert_eq!(council.group(council::Group::E10).is_some(), e10, "{date}");
        assert!(council.group(council::Group::P5).is_some());
        let elected = council.seats.iter().find(|seat| !seat.permanent).unwrap();
        assert_eq!(council.groups_of(elected).contains(&council::Group::E10), e10, "{date}");
    }
    assert!(council::why_unknown("1945-01-01".parse().unwrap()).contains("first met"));
    assert!(council::why_unknown("2090-01-01".parse().unwrap()).contains("not yet elected"));
}
