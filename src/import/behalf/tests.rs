//! Groups, in invented statements.

use super::*;

fn groups(text: &str) -> Vec<String> {
    find_groups(text, None, None).into_iter().map(|b| b.group).collect()
}

#[test]
fn the_three_african_members_in_five_languages() {
    for text in [
        "I have the honour to deliver this statement on behalf of the three African members of the Security Council — Algeria, Mozambique and Sierra Leone — as well as my own country, Guyana (A3+).",
        "I speak on behalf of the A3+.",
        "J’ai l’honneur de prononcer cette déclaration au nom des trois membres africains du Conseil, et de mon pays, le Guyana.",
        "Tengo el honor de formular esta declaración en nombre de los tres miembros africanos del Consejo, así como mi propio país (A3+1).",
        "Я имею честь выступить от имени трех африканских государств, а также моей собственной страны (группа «А3+»).",
        "我荣幸地代表安全理事会三个非洲成员以及我国圭亚那（A3+）发言。",
    ] {
        assert_eq!(groups(text), ["A3+"], "{text}");
    }
    assert_eq!(groups("I make this statement on behalf of the A3."), ["A3"]);
    assert_eq!(
        groups("On behalf of the African members of the Council, I welcome the report."),
        ["A3"]
    );
}

#[test]
fn other_groups() {
    for (text, want) in [
        (
            "I have the honour to speak on behalf of the European Union and its member States.",
            "European Union",
        ),
        (
            "I am pleased to speak on behalf of the Nordic countries, namely, and my own.",
            "Nordic countries",
        ),
        (
            "I deliver this statement on behalf of the Group of Five Small States.",
            "Group of Five Small States",
        ),
        (
            "I speak on behalf of the Group of Friends of Invented Things, and say so.",
            "Group of Friends of Invented Things",
        ),
        ("J’ai l’honneur de prendre la parole au nom de l’Union européenne.", "European Union"),
    ] {
        assert_eq!(groups(text), [want], "{text}");
    }
}

#[test]
fn thanks_and_own_voices_are_no_groups() {
    for text in [
        "I thank him on behalf of the members of the Council.",
        "On behalf of my delegation, I thank the President.",
        "I speak on behalf of my country.",
        "I have the honour to speak on behalf of the Secretary-General.",
        "He acted on behalf of the European Union.",
        "我以秘鲁代表的身份发言。",
        "我感谢秘书长特别代表。",
    ] {
        assert_eq!(groups(text), Vec::<String>::new(), "{text}");
    }
}
