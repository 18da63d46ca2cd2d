//! Votes, of invented meetings.

use jiff::civil::Date;

use super::*;
use crate::record::{Outcome, VoteKind};

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
    let kind = VoteKind::Substantive;
    let against = vec!["China".into()];
    let mut vote = Vote { kind, in_favour: many(13), against, ..Vote::default() };
    let said = parse_announcement(
        "It received 13 votes in favour and 1 against. It has not been adopted.",
    );
    settle_vote(&mut vote, &said, date);
    assert_eq!(vote.outcome, Some(Outcome::Vetoed));

    for kind in [VoteKind::Procedural, VoteKind::Election, VoteKind::Unknown] {
        vote.set_kind(kind);
        settle_vote(&mut vote, &said, date);
        assert_eq!(vote.outcome, Some(Outcome::NotAdopted), "{kind:?}");
    }
    // The President gives the reason, so that the kind need not be known.
    let reason = parse_announcement(
        "It received 13 votes in favour and 1 against. It has not been adopted, owing to the negative vote of a permanent member of the Council.",
    );
    settle_vote(&mut vote, &reason, date);
    assert_eq!(vote.outcome, Some(Outcome::Vetoed));

    let against = vec!["China".into()];
    let mut few = Vote { kind, in_favour: many(8), against, ..Vote::default() };
    settle_vote(&mut few, &said, date);
    assert_eq!(few.outcome, Some(Outcome::NotAdopted));

    let mut differs = Vote { in_favour: many(14), ..Vote::default() };
    let said = parse_announcement(
        "It received 15 votes in favour and has been adopted as resolution 99 (2014)",
    );
    settle_vote(&mut differs, &said, date);
    assert_eq!(differs.outcome, Some(Outcome::Adopted));
    assert_eq!(differs.adopted_as.as_deref(), Some("S/RES/99 (2014)"));
    assert_eq!(differs.announced.map(|a| a.in_favour), Some(15));

    let mut unsaid = Vote { in_favour: many(14), ..Vote::default() };
    settle_vote(&mut unsaid, &Announcement::default(), date);
    assert_eq!(unsaid.outcome, None);
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
    // What is put to the vote counts, of all that are before the Council.
    assert_eq!(
        find_drafts(
            "Members have before them the draft resolutions in documents S/2099/413 and S/2099/414. I shall now put to the vote the draft resolution in S/2099/414."
        ),
        ["S/2099/414"]
    );
    assert!(announcement::is_procedural("This is a procedural vote."));
    assert!(!announcement::is_procedural("under the rules of procedure"));
}

#[test]
fn the_result_of_the_vote_before_is_passed_over() {
    for (text, rest) in [
        (
            "It received 3 votes in favour. It has not been adopted. I shall put S/1.",
            "I shall put S/1.",
        ),
        ("I shall put S/1 to the vote.", "I shall put S/1 to the vote."),
        ("La enmienda no ha sido aprobada.", ""),
        ("修正案未获通过。我现在付诸表决。", "我现在付诸表决。"),
    ] {
        let left = after_announcement(text).trim();
        assert!(left == rest || rest.is_empty(), "{text}: {left:?}");
    }
}

#[test]
fn the_kind_is_that_of_the_question() {
    use VoteKind::{Amendment, Election, Part, Preliminary, Procedural, Substantive, Unknown};
    let invited = "In accordance with rule 37 of the provisional rules of procedure, I invite the representative of Peru. ";
    let drafts = "Members have before them document S/2099/1, the text of a draft resolution. ";
    for (before, kind) in [
        (format!("{invited}{drafts}I shall put the draft resolution to the vote now."), Substantive),
        (format!("{invited}{drafts}I shall put it to the vote now."), Substantive),
        (format!("{drafts}I shall first put to the vote the amendments in S/2099/2."), Amendment),
        ("I shall now put to the vote the oral amendment proposed by Peru.".to_owned(), Amendment),
        (format!("{drafts}I shall put to the vote paragraph 4 of the draft resolution."), Part),
        (format!("{drafts}A separate vote has been requested. I shall put those words to the vote."), Part),
        (format!("{drafts}I shall now put to the vote the draft resolution as a whole, with its paragraph 4."), Substantive),
        ("The provisional agenda is before the Council. I shall put the provisional agenda to the vote.".to_owned(), Procedural),
        ("I shall put it to the vote. This is a procedural vote.".to_owned(), Procedural),
        ("I will put to the vote the question whether the Council agrees to invite Mr. Orlan to brief it today.".to_owned(), Procedural),
        ("I shall put to the vote the motion to adjourn the meeting.".to_owned(), Procedural),
        ("I shall put to the vote the preliminary question whether the matter is procedural.".to_owned(), Preliminary),
        ("The Council will proceed to the vote by secret ballot.".to_owned(), Election),
        ("I shall put the proposal to the vote.".to_owned(), Unknown),
        (String::new(), Unknown),
        ("Je vais maintenant mettre aux voix le projet de résolution S/2099/1.".to_owned(), Substantive),
        ("Je mets aux voix l’ordre du jour provisoire.".to_owned(), Procedural),
        ("Someteré a votación el proyecto de resolución.".to_owned(), Substantive),
        ("Someto a votación la enmienda.".to_owned(), Amendment),
        ("Я ставлю на голосование проект резолюции.".to_owned(), Substantive),
        ("Я ставлю на голосование проект по этому пункту повестки дня, проект резолюции S/2099/1.".to_owned(), Substantive),
        ("Я ставлю на голосование пункт 4 проекта резолюции.".to_owned(), Part),
        ("我现在将决议草案付诸表决。".to_owned(), Substantive),
        ("我现在将临时议程付诸表决。".to_owned(), Procedural),
    ] {
        assert_eq!(classify_vote(&before, &find_drafts(&before), ""), kind, "{before}");
    }
    assert_eq!(
        classify_vote("", &[], "The draft resolution received 15 votes in favour."),
        Substantive
    );
    assert_eq!(classify_vote("", &["S/2099/1".to_owned()], ""), Substantive);
}
