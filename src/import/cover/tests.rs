//! Invented covers, whole and in pieces.

use super::*;

fn cover(text: &str) -> Cover {
    let lines: Vec<Line> = text.lines().map(Line::new).collect();
    read_cover(&lines, members_line(&lines).unwrap())
}

#[test]
fn an_invented_cover() {
    let read = cover(
        "United Nations S/PV.9998\nSecurity Council\nFriday, 31 May 2024, 10 a.m.\nNew York\nProvisional\nPresident: Mr. Orlan . . . . . (Kazakhstan)\nMembers: Peru. . . . . . Ms. Vey\nChina Mr. Third\nUnited Kingdom of Great Britain and\nNorthern Ireland . . . . Dame Vera Fourth\nAgenda\nThe invented question\nReport of the Secretary-General on the invented question and\nits many sides (S/2024/1)\nThis record contains the text of speeches",
    );
    assert_eq!(read.symbol.as_ref().map(ToString::to_string).as_deref(), Some("S/PV.9998"));
    assert_eq!(read.date, Some(Date::constant(2024, 5, 31)));
    assert_eq!(read.place.as_deref(), Some("New York"));
    assert_eq!(read.status, Status::Provisional);
    assert_eq!(read.presidents[0].name, "Mr. Orlan");
    assert_eq!(read.presidents[0].state.as_deref(), Some("Kazakhstan"));
    let names: Vec<_> = read.members.iter().filter_map(|m| m.representative.as_deref()).collect();
    assert_eq!(names, ["Ms. Vey", "Mr. Third", "Dame Vera Fourth"]);
    assert_eq!(read.members[2].state, "United Kingdom");
    assert_eq!(
        read.agenda,
        [
            "The invented question",
            "Report of the Secretary-General on the invented question and its many sides (S/2024/1)"
        ]
    );
    assert!(read.unread.is_empty());
}

#[test]
fn chinese_cover() {
    let read = cover(
        "联合国 S/PV.9998\n2024年5月31日星期五上午10时举行\n主席： 奥兰先生 . . . . （秘鲁）\n成员： 中国 . . . . 第三先生\n议程项目\n虚构的局势\n秘书长的报告(S/2024/1)",
    );
    assert_eq!(read.presidents[0].name, "奥兰先生");
    assert_eq!(read.members.len(), 1);
    assert_eq!(read.agenda, ["虚构的局势", "秘书长的报告(S/2024/1)"]);
}

/// Presidents and members of a cover, as "name (State)" and "State: name".
fn council(text: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let lines: Vec<Line> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| Line {
            after_blank: at > 0 && text.lines().nth(at - 1).is_some_and(|l| l.trim().is_empty()),
            ..Line::new(line)
        })
        .collect();
    let cover = read_cover(&lines, members_line(&lines).unwrap());
    let none = || "-".to_owned();
    let presidents = cover.presidents.iter();
    let members = cover.members.iter();
    (
        presidents
            .map(|p| format!("{} ({})", p.name, p.state.clone().unwrap_or_else(none)))
            .collect(),
        members
            .map(|m| format!("{}: {}", m.state, m.representative.clone().unwrap_or_else(none)))
            .collect(),
        cover.unread,
    )
}

/// The three members of most covers here.
const THREE: [&str; 3] = ["Peru: Ms. Vey", "United Kingdom: Dame Vera Fourth", "China: Mr. Third"];

#[test]
fn a_table_in_any_order_gives_the_same_members() {
    for text in [
        "President: Mr. Orlan . . . . (Ghana)\nMembers: Peru. . . . Ms. Vey\nUnited Kingdom of Great Britain and Northern Ireland . . Dame Vera Fourth\nChina . . . Mr. Third\nAgenda\nPeace",
        "President: Mr. Orlan. . . . .(Ghana)\nMembers: Peru. . . . .Ms. Vey\nUnited Kingdom......Dame Vera Fourth\nChina . . ..Mr. Third\nAgenda\nPeace",
        // Leaders lost.
        "President: Mr. Orlan (Ghana)\nMembers: Peru Ms. Vey\nUnited Kingdom of Great Britain and Northern Ireland Dame Vera Fourth\nChina Mr. Third\nAgenda\nPeace",
        // Labels on lines of their own; each cell on its line.
        "President:\nMr. Orlan . . . .\n(Ghana)\nMembers:\nPeru . . . .\nMs. Vey\nUnited Kingdom of Great Britain and Northern Ireland . . .\nDame Vera Fourth\nChina . . .\nMr. Third\nAgenda\nPeace",
        // All States, then all names.
        "President:\n\nMr. Orlan . . . .\n\n(Ghana)\n\nMembers:\n\nPeru . . . .\nUnited Kingdom of Great Britain\nand Northern Ireland\nChina\n\nMs. Vey\nDame Vera Fourth\nMr. Third\n\nAgenda\nPeace",
        // All names, then all States.
        "President: Mr. Orlan (Ghana)\nMembers:\nMs. Vey\nDame Vera Fourth\nMr. Third\n\nPeru\nUnited Kingdom\nChina\nAgenda\nPeace",
        // Name first, on each line.
        "President: Mr. Orlan (Ghana)\nMembers: Ms. Vey . . . Peru\nDame Vera Fourth . . . United Kingdom\nMr. Third . . . China\nAgenda\nPeace",
        "President: Mr. Orlan (Ghana)\nMembers: Ms. Vey Peru\nDame Vera Fourth United Kingdom\nMr. Third China\nAgenda\nPeace",
        // Wrapped names of States.
        "President: Mr. Orlan (Ghana)\nMembers: Peru . . . Ms. Vey\nUnited Kingdom of Great Britain . . . Dame Vera Fourth\nand Northern Ireland\nChina . . . Mr. Third\nAgenda\nPeace",
        // Both labels before everything.
        "President:\nMembers:\nMr. Orlan . . . . (Ghana)\nPeru . . .\nUnited Kingdom . . .\nChina . . .\nMs. Vey\nDame Vera Fourth\nMr. Third\nAgenda\nPeace",
        // Typed, in capitals, without an agenda; the label is after the States, and the President's name
        // apart from the others.
        "President:\n\n(Ghana)\n\nPERU\nUNITED KINGDOM\nCHINA\n\nMs. Vey\nDame Vera Fourth\n\nMembers:\n\nMr. Orlan\n\nMr. Third\n____________\nThis record contains the text",
    ] {
        let (presidents, members, unread) = council(text);
        assert_eq!(presidents, ["Mr. Orlan (Ghana)"], "{text}");
        assert_eq!(members, THREE, "{text}");
        assert_eq!(unread, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn two_presidents_are_two() {
    for label in [
        "President: Mr. Orlan/Ms. Vey . . . (Ghana)",
        "President: Mr. Orlan, later Ms. Vey . . . (Ghana)",
        "President: Mr. Orlan (later: Ms. Vey) . . . (Ghana)",
        "President: Mr. Orlan\nlater: Ms. Vey . . . (Ghana)",
        "President: Mr. Orlan\nMs. Vey . . . (Ghana)",
        "Présidents : M. Orlan . . . (Ghana)\npuis M. Vey . . . (Ghana)",
    ] {
        let text = format!("{label}\nMembers: China . . . Mr. Third\nAgenda\nPeace");
        let (presidents, members, unread) = council(&text);
        assert_eq!(presidents.len(), 2, "{text}: {presidents:?}");
        assert!(presidents.iter().all(|p| p.ends_with("(Ghana)")), "{presidents:?}");
        assert!(presidents[1].ends_with("Vey (Ghana)"), "{presidents:?}");
        assert_eq!(members, ["China: Mr. Third"], "{text}");
        assert_eq!(unread, Vec::<String>::new(), "{text}");
    }
    // Two delegations.
    let text = "President: Mr. Orlan . . . (Ghana)\nMs. Vey . . . (Peru)\nMembers: China . . . Mr. Third\nAgenda";
    assert_eq!(council(text).0, ["Mr. Orlan (Ghana)", "Ms. Vey (Peru)"]);
    // Two representatives of one member stay as printed.
    let text = "President: Mr. Orlan (Ghana)\nMembers: China . . . Mr. Third/Mr. Fourth\nAgenda";
    assert_eq!(council(text).1, ["China: Mr. Third/Mr. Fourth"]);
}

#[test]
fn what_is_no_state_is_left_unread() {
    for (text, members, unread) in [
        (
            "President: Mr. Orlan (Ghana)\nMembers: Utopia . . . Ms. Vey\nChina . . . Mr. Third\nAgenda",
            &["China: Mr. Third"][..],
            &["Utopia Ms. Vey"][..],
        ),
        (
            "President: Mr. Orlan (Ghana)\nMembers: Peru\nUtopia . . .\nChina\nMs. Vey\nMr. Nemo\nMr. Third\nAgenda",
            &["Peru: Ms. Vey", "China: Mr. Third"],
            &["Utopia Mr. Nemo"],
        ),
        // More names than States: none is matched.
        (
            "President: Mr. Orlan (Ghana)\nMembers: Peru\nChina\n\nMs. Vey\nMr. Nemo\nMr. Third\nAgenda",
            &["Peru: -", "China: -"],
            &["Ms. Vey", "Mr. Nemo", "Mr. Third"],
        ),
        (
            "President: Mr. Orlan (Ghana)\nMembers:\nPeru . . .\nMs. Vey\nUtopia\nMr. Nemo\nChina . . .\nMr. Third\nAgenda",
            &["Peru: Ms. Vey", "China: Mr. Third"],
            &["Utopia Mr. Nemo"],
        ),
        (
            "President: Mr. Orlan (Ghana)\nMembers: Peru\nKenya\nMs. Vey\nMr. Nemo Jordan\nAgenda",
            &["Peru: Ms. Vey", "Kenya: Mr. Nemo Jordan"],
            &[],
        ),
        (
            "President: Mr. Orlan (Ghana)\nMembers: Peru . . . Ms. Vey\nPeru . . . Mr. Third\nAgenda",
            &["Peru: Ms. Vey"],
            &["Peru twice"],
        ),
    ] {
        let (_, read, left) = council(text);
        assert_eq!(read, members, "{text}");
        assert_eq!(left, unread, "{text}");
    }
    let (presidents, _, unread) =
        council("President: Mr. Orlan . . . (Utopia)\nMembers: China . . . Mr. Third\nAgenda");
    assert_eq!(presidents, ["Mr. Orlan (-)"]);
    assert_eq!(unread, ["(Utopia)"]);
}

#[test]
fn long_names_of_representatives_and_untitled_ones() {
    let text = "President: Mr. Orlan (Ghana)\nMembers: Peru . . .\nChina . . .\nMs. Vey de la\nTorre\nMr. Third\nAgenda";
    assert_eq!(council(text).1, ["Peru: Ms. Vey de la Torre", "China: Mr. Third"]);
    let text =
        "President: Mr. Orlan (Ghana)\nMembers: Peru . . . Vera Vey\nChina . . . Mr. Third\nAgenda";
    assert_eq!(council(text).1, ["Peru: Vera Vey", "China: Mr. Third"]);
    let text =
        "Председатель: г-н Орлан (Гана)\nЧлены: Перу г-н ар-Вей\nКитай г-н Трети\nПовестка дня";
    assert_eq!(council(text).1, ["Peru: г-н ар-Вей", "China: г-н Трети"]);
}

#[test]
fn the_label_may_be_far_down_or_bare() {
    let far = format!(
        "{}President: Mr. Orlan (Ghana)\nMembers: China . . . Mr. Third\nAgenda",
        "A notice\n".repeat(120)
    );
    assert_eq!(council(&far).1, ["China: Mr. Third"]);
    let bare = "President: Mr. Orlan (Ghana)\nMembers\nChina . . . Mr. Third\nAgenda";
    assert_eq!(council(bare).1, ["China: Mr. Third"]);
}
