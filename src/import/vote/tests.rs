//! Votes, of invented meetings.

use super::*;

/// In favour, against, abstaining.
type Counts = Option<(u32, u32, u32)>;

fn read(text: &str) -> (Counts, Option<bool>, Option<String>) {
    let said = parse_announcement(text);
    let counts = said.counts.map(|c| (c.in_favour, c.against, c.abstaining));
    (counts, said.adopted, said.adopted_as)
}

#[test]
fn labels() {
    for (line, list) in [
        ("In favour:", VoteList::InFavour),
        ("Votent pour :", VoteList::InFavour),
        ("Голосовали за:", VoteList::InFavour),
        ("赞成：", VoteList::InFavour),
        ("Votos en contra:", VoteList::Against),
        ("S’abstiennent :", VoteList::Abstaining),
        ("Воздержались:", VoteList::Abstaining),
        ("弃权：", VoteList::Abstaining),
    ] {
        assert_eq!(parse_list_label(line), Some((list, "")), "{line}");
    }
    assert_eq!(parse_list_label("Against: None"), Some((VoteList::Against, "None")));
    assert_eq!(parse_list_label("The President: In favour"), None);
    assert_eq!(parse_list_label("In favour"), None);
}

#[test]
fn nobody() {
    for text in ["None", "Néant", "Ninguno.", "无", "Никто не голосовал против", "لا يوجد", ""]
    {
        assert!(names_nobody(text), "{text}");
        assert_eq!(parse_state_list(text), StateList::default());
    }
    assert!(!names_nobody("Nauru"));
}

#[test]
fn an_and_inside_a_name_and_one_between_two() {
    let read = parse_state_list(
        "Bolivia (Plurinational State of), Côte d’Ivoire, United Kingdom of Great Britain and Northern Ireland and United States of America",
    );
    assert!(read.unknown.is_empty(), "{read:?}");
    assert_eq!(read.names[2..], ["United Kingdom", "United States"]);
    assert_eq!(
        parse_state_list("China and Russian Federation").names,
        ["China", "Russian Federation"]
    );
    assert_eq!(
        parse_state_list("Trinidad and Tobago, and Chile").names,
        ["Trinidad and Tobago", "Chile"]
    );
    assert_eq!(parse_state_list("Chine et France").names, ["China", "France"]);
    assert_eq!(parse_state_list("Sodor and Elsewhere").unknown, ["Sodor and Elsewhere"]);
}

#[test]
fn announcements_in_each_language() {
    let adopted = |n: &str| Some(format!("S/RES/{n}"));
    for text in [
        "The draft resolution received 13 votes in favour, none against and 2 abstentions. The draft resolution has been adopted as resolution 9815 (2026).",
        "Le résultat du vote est le suivant : 13 voix pour, zéro voix contre et 2 abstentions. Le projet de résolution est adopté en tant que résolution 9815 (2026).",
        "Se han emitido 13 votos a favor, ninguno en contra y 2 abstenciones. El proyecto de resolución queda aprobado como resolución 9815 (2026).",
        "За проект резолюции подано 13 голосов при 2 воздержавшихся, при этом никто не голосовал против. Проект резолюции принимается в качестве резолюции 9815 (2026).",
        "决议草案表决结果如下：13票赞成、零票反对、2票弃权。决议草案获得通过，成为第9815 (2026)号决议。",
        "The result is 13 votes in favour, none against and two abstentions. It was adopted as resolution 9815(2026)",
    ] {
        assert_eq!(read(text), (Some((13, 0, 2)), Some(true), adopted("9815 (2026)")), "{text}");
    }
    assert_eq!(
        read("决议草案获得15票赞成。决议草案获得一致通过，成为第9732（2024）号决议。"),
        (Some((15, 0, 0)), Some(true), adopted("9732 (2024)"))
    );
    assert_eq!(
        read(
            "There were 14 votes in favour, one against and one abstaining. It has not been adopted, owing to the negative vote of a permanent member of the Council."
        ),
        (Some((14, 1, 1)), Some(false), None)
    );
    assert_eq!(
        read("За проект подано 12 голосов, 2 — против при 1 воздержавшемся. Он не принимается."),
        (Some((12, 2, 1)), Some(false), None)
    );
    assert_eq!(read("Un appel pour la paix."), (None, None, None));
}

#[test]
fn outcomes() {
    let date = Date::constant(2014, 5, 22);
    let many = |n: usize| (0..n).map(|i| format!("State {i}")).collect::<Vec<_>>();
    let mut vote = Vote { in_favour: many(13), against: vec!["China".into()], ..Vote::default() };
    let said = parse_announcement(
        "It received 13 votes in favour and 1 against. It has not been adopted.",
    );
    assert_eq!(settle_vote(&mut vote, &said, date), Vec::<String>::new());
    assert_eq!(vote.outcome, Some(Outcome::Vetoed));

    vote.procedural = true;
    settle_vote(&mut vote, &said, date);
    assert_eq!(vote.outcome, Some(Outcome::NotAdopted));

    let mut few = Vote { in_favour: many(8), against: vec!["China".into()], ..Vote::default() };
    settle_vote(&mut few, &said, date);
    assert_eq!(few.outcome, Some(Outcome::NotAdopted));

    let mut differs = Vote { in_favour: many(14), ..Vote::default() };
    let said = parse_announcement(
        "It received 15 votes in favour and has been adopted as resolution 99 (2014)",
    );
    let warnings = settle_vote(&mut differs, &said, date);
    assert_eq!(differs.outcome, Some(Outcome::Adopted));
    assert_eq!(differs.adopted_as.as_deref(), Some("S/RES/99 (2014)"));
    assert!(warnings[0].contains("14-0-0") && warnings[0].contains("15-0-0"), "{warnings:?}");

    let mut unsaid = Vote { in_favour: many(14), ..Vote::default() };
    let warnings = settle_vote(&mut unsaid, &Announcement::default(), date);
    assert_eq!((unsaid.outcome, warnings.len()), (None, 1));
}

#[test]
fn drafts_before_a_vote() {
    assert_eq!(
        find_drafts(
            "Members have before them document S/2099/413, which contains the text of a draft resolution. I draw attention to document S/2099/368, a report."
        ),
        ["S/2099/413"]
    );
    assert_eq!(find_drafts("文件S/2099/413，其中载有一项决议草案的案文。"), ["S/2099/413"]);
    assert_eq!(find_drafts("document S/26971 is the draft resolution"), ["S/26971"]);
    assert!(find_drafts("see S/PV.12 and a draft resolution").is_empty());
    assert!(is_procedural("This is a procedural vote."));
    assert!(!is_procedural("under the rules of procedure"));
}
