//! Invented invitations in five languages.

use super::*;
use crate::record::Paragraph;

/// A statement of the President.
fn president(text: &str) -> Item {
    let paragraphs = vec![Paragraph { text: text.to_owned(), ..Paragraph::default() }];
    let speaker = Speaker { as_: As::President, ..Speaker::default() };
    Item::Statement(Statement { speaker, paragraphs, ..Statement::default() })
}

/// A statement by somebody so addressed; who sits in the Council is not known here.
fn speaker(printed: &str) -> Item {
    let speaker = address::parse_address(&format!("{printed}:")).unwrap().speaker;
    Item::Statement(Statement { speaker, ..Statement::default() })
}

fn symbol() -> Symbol {
    "S/PV.9998".parse().unwrap()
}

/// Rule and role of each speaker after the words of the President, as "rule|role".
fn marked(said: &str, language: &Language, speakers: &[&str]) -> Vec<String> {
    let mut items = vec![president(said)];
    items.extend(speakers.iter().map(|s| speaker(s)));
    mark_invited(&mut items, &symbol(), language);
    let of = |s: &Statement| {
        let rule = s.speaker.rule.map_or_else(|| "-".to_owned(), |r| r.to_string());
        assert_eq!(s.speaker.rule.is_some(), s.speaker.as_ == As::Invited);
        format!("{rule}|{}", s.speaker.role.as_deref().unwrap_or("-"))
    };
    statements(&items).skip(1).map(of).collect()
}

#[test]
fn states_and_briefers() {
    let said = "In accordance with rule 37 of the Council’s provisional rules of procedure, I invite the representatives of the Islamic Republic of Iran, Peru and the Sudan to participate in this meeting on Chad. In accordance with rule 39 of the Council’s provisional rules of procedure, I invite the following briefers to participate in this meeting: Ms. Vera van Vey, Special Envoy of the Secretary-General for Utopia, on behalf of Mr. Third; His Excellency Mr. Otto Orlan, Head of Delegation of the Invented Union to the United Nations; and Dr. Una Fourth, Under-Secretary-General for Harbours and Lighthouse Coordinator.";
    let speakers = [
        "Mr. First (Islamic Republic of Iran)",
        "Mr. Second (Sudan) (spoke in Arabic)",
        "Ms. Vey",
        "Mr. Orlan",
        "Dr. Una Fourth (spoke in French)",
        "Mr. Third",
        "Mr. Fifth (Chad)",
    ];
    assert_eq!(
        marked(said, &Language::English, &speakers),
        [
            "37|-",
            "37|-",
            "39|Special Envoy of the Secretary-General for Utopia",
            "39|Head of Delegation of the Invented Union to the United Nations",
            "39|Under-Secretary-General for Harbours and Lighthouse Coordinator",
            "-|-",
            "-|-",
        ]
    );
}

#[test]
fn the_secretariat_by_its_offices() {
    let mut items = vec![
        president(
            "In accordance with rule 39 of the Council's provisional rules of procedure, I invite Ms. Vera Vey, Assistant Secretary-General for Harbours, to participate in this meeting.",
        ),
        speaker("Ms. Vey"),
    ];
    assert_eq!(mark_invited(&mut items, &symbol(), &Language::English), 1);
    let organization = statements(&items).nth(1).unwrap().speaker.organization.clone();
    assert_eq!(organization.as_deref(), Some("United Nations"));
}

#[test]
fn the_words_of_the_nineties() {
    let said = "I should like to inform the Council that I have received letters from the representatives of Cuba, Malta and the Libyan Arab Jamahiriya in which they request to be invited to participate in the discussion. In accordance with the usual practice, I propose, with the consent of the Council, to invite those representatives to participate in the discussion, without the right to vote, in accordance with the relevant provisions of the Charter and rule 37 of the Council’s provisional rules of procedure. I shall take it that the Council agrees to extend an invitation under rule 39 of its provisional rules of procedure to Mr. Otto Orlan, Under-Secretary-General for Harbours. There being no objection, it is so decided.";
    let speakers = ["Mr. First (Malta)", "Mr. Second (Libyan Arab Jamahiriya)", "Mr. Orlan"];
    assert_eq!(
        marked(said, &Language::English, &speakers),
        ["37|-", "37|-", "39|Under-Secretary-General for Harbours"]
    );
}

#[test]
fn what_is_not_beyond_doubt_is_left() {
    let rule =
        "In accordance with rule 39 of the Council’s provisional rules of procedure, I invite";
    for (said, who) in [
        // Two of one name.
        (format!("{rule} Ms. Vera Vey, Director of A, and Mr. Otto Vey, Director of B, to participate in this meeting."), "Mr. Vey"),
        // Somebody who is only mentioned.
        (format!("{rule} Ms. Vera Vey, Director of A, on behalf of Mr. Orlan, Chair of B, to participate in this meeting."), "Mr. Orlan"),
        ("We heard why rule 39 of the rules of procedure was not used to hear Mr. Orlan, Chair of B.".to_owned(), "Mr. Orlan"),
        ("I propose that the Council invite the Observer of Utopia to participate, in accordance with previous practice.".to_owned(), "Mr. Orlan"),
    ] {
        assert_eq!(marked(&said, &Language::English, &[who]), ["-|-"], "{said}");
    }
    // No office is told: the rule is.
    let said = format!("{rule} Ms. Vera Vey, Lighthouses for All, to participate in this meeting.");
    assert_eq!(marked(&said, &Language::English, &["Ms. Vey"]), ["39|-"]);
}

#[test]
fn a_member_keeps_its_seat_and_gains_its_office() {
    let said = "I warmly welcome Her Excellency Ms. Vera Vey, Minister for Foreign Affairs of Peru. In accordance with rule 37 of the Council's provisional rules of procedure, I invite the representative of Peru to participate in this meeting.";
    let mut items = vec![president(said), speaker("Ms. Vey (Peru)")];
    if let Item::Statement(statement) = &mut items[1] {
        statement.speaker.as_ = As::Member;
    }
    mark_invited(&mut items, &symbol(), &Language::English);
    let speaker = &statements(&items).nth(1).unwrap().speaker;
    assert_eq!((speaker.as_, speaker.rule), (As::Member, None));
    assert_eq!(speaker.role.as_deref(), Some("Minister for Foreign Affairs of Peru"));
}

#[test]
fn a_resumption_says_nothing_again() {
    let symbol = "S/PV.9998 (Resumption 1)".parse().unwrap();
    let mut items = vec![
        president("I give the floor to the representative of Peru."),
        speaker("Mr. First (Peru)"),
        speaker("Ms. Second (Belgium)"),
        speaker("Mr. Third (Palestine)"),
        speaker("Ms. Vey"),
    ];
    for (at, as_) in [(1, As::Invited), (2, As::Member), (3, As::Invited), (4, As::Invited)] {
        let Item::Statement(statement) = &mut items[at] else { panic!() };
        statement.speaker.as_ = as_;
    }
    mark_invited(&mut items, &symbol, &Language::English);
    let rules: Vec<Option<u8>> = statements(&items).skip(1).map(|s| s.speaker.rule).collect();
    assert_eq!(rules, [Some(37), None, None, None]);
}

#[test]
fn other_languages() {
    let french = "Conformément à l’article 37 du Règlement intérieur provisoire du Conseil, j’invite les représentants du Pérou, de l’Ukraine et de la République arabe syrienne à participer à la présente séance. Conformément à l’article 39 du Règlement intérieur provisoire du Conseil, j’invite Mme Vera Vey, Envoyée spéciale du Secrétaire général pour l’Utopie, à participer à la présente séance.";
    assert_eq!(
        marked(
            french,
            &Language::French,
            &[
                "M. Premier (Pérou)",
                "Mme Autre (République arabe syrienne)",
                "Mme Vey (parle en anglais)"
            ]
        ),
        ["37|-", "37|-", "39|Envoyée spéciale du Secrétaire général pour l’Utopie"]
    );
    let spanish = "De conformidad con el artículo 37 del reglamento provisional del Consejo, invito a los representantes de Chile y del Iraq a participar en esta sesión. De conformidad con el artículo 39 del reglamento provisional del Consejo, invito a los siguientes exponentes a participar en esta sesión: la Sra. Vera Vey, Directora de Puertos; y el Sr. Otto Orlan, Enviado Especial del Secretario General.";
    assert_eq!(
        marked(
            spanish,
            &Language::Spanish,
            &["Sr. Uno (Chile)", "Sr. Dos (Iraq)", "Sra. Vey", "Sr. Orlan"]
        ),
        ["37|-", "37|-", "39|Directora de Puertos", "39|Enviado Especial del Secretario General"]
    );
    let russian = "В соответствии с правилом 37 временных правил процедуры Совета я приглашаю принять участие в этом заседании представителей Украины и Сирийской Арабской Республики. В соответствии с правилом 39 временных правил процедуры Совета я приглашаю принять участие в этом заседании г-на Отто Орлана, специального посланника Генерального секретаря.";
    assert_eq!(
        marked(
            russian,
            &Language::Russian,
            &[
                "Г-н Первый (Украина)",
                "Г-жа Вторая (Сирийская Арабская Республика)",
                "Г-н Орлан (говорит по-английски)",
                "Г-н Третий (Чили)"
            ]
        ),
        ["37|-", "37|-", "39|-", "-|-"]
    );
    let chinese = "根据安理会暂行议事规则第37条，我邀请伊拉克代表参加本次会议。根据安理会暂行议事规则第39条，我邀请秘书长特使维拉·奥兰女士参加本次会议。";
    assert_eq!(
        marked(chinese, &Language::Chinese, &["第一先生（伊拉克）", "奥兰女士（以英语发言）"]),
        ["37|-", "39|-"]
    );
}

/// The speakers of a record after the words of the President, as "state|organization|role|rule|as".
fn held(said: &str, speakers: &[(&str, As)]) -> Vec<String> {
    let mut items = vec![president(said)];
    items.extend(speakers.iter().map(|(printed, as_)| {
        let Item::Statement(mut statement) = speaker(printed) else { unreachable!() };
        statement.speaker.as_ = *as_;
        Item::Statement(statement)
    }));
    mark_invited(&mut items, &symbol(), &Language::English);
    let show = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let each = statements(&items).skip(1).map(|s| {
        let s = &s.speaker;
        let rule = s.rule.map_or_else(|| "-".to_owned(), |rule| rule.to_string());
        format!("{}|{}|{}|{rule}|{:?}", show(&s.state), show(&s.organization), show(&s.role), s.as_)
    });
    each.collect()
}

#[test]
fn what_is_known_of_a_speaker_holds_for_later_statements() {
    let said = "In accordance with rule 39 of the Council’s provisional rules of procedure, I invite Ms. Vey, Special Envoy of the Secretary-General, to participate in this meeting.";
    let envoy = "-|United Nations|Special Envoy of the Secretary-General|39|Invited";
    for (speakers, want) in [
        (&[("Ms. Vey", As::Invited), ("Ms. Vey", As::Invited)][..], &[envoy, envoy][..]),
        (
            &[("Mr. Orlan (Peru)", As::Member), ("Mr. Orlan", As::Invited)],
            &["Peru|-|-|-|Member", "Peru|-|-|-|Member"],
        ),
        (
            &[("Mr. Orlan (European Union)", As::Invited), ("Mr. Orlan", As::Invited)],
            &["-|European Union|-|-|Invited", "-|European Union|-|-|Invited"],
        ),
        // Nothing is known before it is said, and two of one name give nothing.
        (
            &[("Mr. Orlan", As::Invited), ("Mr. Orlan (Peru)", As::Member)],
            &["-|-|-|-|Invited", "Peru|-|-|-|Member"],
        ),
        (
            &[
                ("Mr. Orlan (Peru)", As::Member),
                ("Mr. Orlan (Ghana)", As::Member),
                ("Mr. Orlan", As::Invited),
            ],
            &["Peru|-|-|-|Member", "Ghana|-|-|-|Member", "-|-|-|-|Invited"],
        ),
    ] {
        assert_eq!(held(said, speakers), want, "{speakers:?}");
    }
}

#[test]
fn the_organization_of_an_office_in_a_bracket() {
    for (printed, want) in [
        (
            "Mr. Orlan (Head of the Delegation of the European Union)",
            "-|European Union|Head of the Delegation of the European Union|-|Invited",
        ),
        (
            "Mr. Orlan (Executive Director of UNICEF)",
            "-|United Nations Children's Fund|Executive Director of UNICEF|-|Invited",
        ),
        (
            "Ms. Vey (Special Envoy of the Secretary-General)",
            "-|United Nations|Special Envoy of the Secretary-General|-|Invited",
        ),
    ] {
        assert_eq!(held("I open the meeting.", &[(printed, As::Invited)]), [want], "{printed}");
    }
}
