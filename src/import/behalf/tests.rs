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
        ("I speak on behalf of the 10 elected members (E10) of the Council: Peru, Ghana.", "E10"),
        (
            "I speak on behalf of the members of the Group of Friends of Invented Things: Peru, Ghana and Chile.",
            "members of the Group of Friends of Invented Things",
        ),
        (
            "I deliver this statement on behalf of the United States of America, Peru and Ghana.",
            "United States of America, Peru and Ghana",
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

#[test]
fn joint_statements_in_other_words() {
    let own = Some("Peru");
    for (text, want, members) in [
        (
            "I deliver this statement on the humanitarian situation in Yemen on behalf of the co-penholders, Germany and Belgium.",
            "co-penholders",
            &["Germany", "Belgium"][..],
        ),
        (
            "I deliver this statement on behalf of my country and Ghana.",
            "Peru and Ghana",
            &["Peru", "Ghana"],
        ),
        (
            "I am pleased to deliver this statement together with Norway and Ghana.",
            "Peru, Norway and Ghana",
            &["Peru", "Norway", "Ghana"],
        ),
        (
            "J’ai l’honneur de parler au nom de mon pays et du Ghana.",
            "Peru and Ghana",
            &["Peru", "Ghana"],
        ),
        (
            "In my capacity as Chair of the Group of Arab States, I thank you.",
            "Group of Arab States",
            &[],
        ),
        (
            "I make this statement in my capacity as Coordinator of the Group of Friends of Invented Things.",
            "Group of Friends of Invented Things",
            &[],
        ),
    ] {
        let found = find_groups(text, own, None);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(
            (found[0].group.as_str(), found[0].members.as_slice()),
            (want, &members.iter().map(|m| (*m).to_owned()).collect::<Vec<_>>()[..]),
            "{text}"
        );
    }
    for text in [
        "In this statement, I would like, together with Norway, to thank the Secretary-General.",
        "We organized a meeting together with Norway.",
        "I speak of what we did, together with Norway and Ghana.",
        "I make this statement in my capacity as Chair of the Committee established by the Council.",
        "In my capacity as Chair of the Peacebuilding Commission, I thank you.",
        "I speak on behalf of my country and my people.",
        "In the name of humanity, I ask this.",
    ] {
        assert_eq!(find_groups(text, own, None), Vec::new(), "{text}");
    }
}

#[test]
fn members_are_listed_or_aligned_and_no_subject_of_the_debate() {
    let members = |text: &str| find_groups(text, None, None).remove(0).members;
    let none: [&str; 0] = [];
    for text in [
        "I have the honour to speak on behalf of the European Union in the debate on the Central African Republic.",
        "I have the honour to speak on behalf of the European Union. The Central African Republic and Chad are in need.",
        "I speak on behalf of the European Union, in support of Chad and Mali.",
    ] {
        assert_eq!(members(text), none, "{text}");
    }
    assert_eq!(
        members(
            "I have the honour to speak on behalf of the European Union. The candidate countries Montenegro and Albania, as well as Georgia, align themselves with this statement. We support Chad."
        ),
        ["Montenegro", "Albania", "Georgia"]
    );
    for text in [
        "I make this statement on behalf of Peru and Ghana, the two members of the Human Security Network on the Council.",
        "I make this statement on behalf of the members of the Human Security Network in the Council, namely, Peru and Ghana.",
    ] {
        assert_eq!(members(text), ["Peru", "Ghana"], "{text}");
    }
    assert_eq!(
        members(
            "I speak on behalf of the Baltic States — Estonia, Latvia and Lithuania — in this debate."
        ),
        ["Estonia", "Latvia", "Lithuania"]
    );
}

#[test]
fn the_name_of_a_long_list_is_whole() {
    let states = "Austria, Belgium, Bulgaria, Croatia, Cyprus, Czechia, Denmark, Estonia, Finland, France, Germany, Greece, Hungary, Ireland, Italy, Latvia, Lithuania, Luxembourg, Malta, the Netherlands, Poland, Portugal, Romania, Slovakia, Slovenia, Spain, Sweden, Ukraine, Norway, Iceland, Canada, Australia, New Zealand, Japan, Chile, Peru, Mexico, Uruguay, Kenya, Ghana, Nepal, Jordan, Lebanon, Kuwait, Qatar, Morocco, Tunisia, Algeria, Egypt, Senegal, Gabon, Zambia, Botswana, Namibia, Fiji, Palau and Tuvalu";
    let text = format!("I deliver this statement on behalf of {states}. We are many.");
    let found = find_groups(&text, None, None);
    assert_eq!(found[0].group, states);
    assert_eq!(found[0].members.len(), 57);
    // Without a full stop the list ends between words.
    let endless =
        format!("I deliver this statement on behalf of {}", format!("{states}, ").repeat(40));
    let group = find_groups(&endless, None, None).remove(0).group;
    assert!(
        endless[endless.find(&group).unwrap() + group.len()..].starts_with([',', ' ']),
        "{}",
        &group[group.len() - 40..]
    );
}
