//! Directions of invented meetings in the six languages, and words that are none.

use super::*;

#[test]
fn kinds_and_times() {
    use DirectionKind::{Closing, Opening, Resumed, Suspended};
    for (line, want, time) in [
        ("The meeting was called to order at 10.05 a.m.", Opening, "10.05 a.m."),
        ("La séance est ouverte à 10 heures.", Opening, "10 heures"),
        ("Se abre la sesión a las 10.05 horas.", Opening, "10.05 horas"),
        ("Заседание открывается в 10 ч 05 мин.", Opening, "10 ч 05 мин."),
        ("上午10时5分开会。", Opening, "上午10时5分"),
        ("افتتحت الجلسة الساعة 10/05.", Opening, "10/05"),
        ("The meeting resumed at 10.10 a.m. on Wednesday, 22 January.", Resumed, "10.10 a.m."),
        ("The meeting was resumed at 3.05 p.m.", Resumed, "3.05 p.m."),
        ("La séance est reprise à 15 h 5.", Resumed, "15 h 5"),
        ("Заседание возобновляется в 15 ч 05 мин.", Resumed, "15 ч 05 мин."),
        ("下午3时5分复会。", Resumed, "下午3时5分"),
        ("The meeting rose at 6 p.m.", Closing, "6 p.m."),
        ("La séance est levée à 10 h 15.", Closing, "10 h 15"),
        ("Se levanta la sesión a las 10.15 horas.", Closing, "10.15 horas"),
        ("上午10时15分散会。", Closing, "上午10时15分"),
        ("The meeting was suspended at 1.05 p.m.", Suspended, "1.05 p.m."),
        ("The meeting was suspended at 1.15 p.m. and resumed at 3.05 p.m.", Suspended, "1.15 p.m."),
        ("The meeting was suspended at I p.m.", Suspended, "I p.m."),
        ("La séance est suspendue à 13 h 10.", Suspended, "13 h 10"),
        ("La séance, suspendue à 13 h 10, est reprise à 15 heures.", Suspended, "13 h 10"),
        (
            "Se suspende la sesión a las 13.10 horas y se reanuda a las 15.00 horas.",
            Suspended,
            "13.10 horas",
        ),
        ("Заседание прерывается в 13 ч 10 мин.", Suspended, "13 ч 10 мин."),
        ("下午1时10分会议暂停。", Suspended, "下午1时10分"),
        ("علقت الجلسة الساعة 13/10.", Suspended, "13/10"),
    ] {
        assert_eq!(parse_direction(line), Some((want, Some(time.to_owned()))), "{line}");
        assert!(is_whole_direction(line), "{line}");
    }
}

#[test]
fn kinds_without_a_time() {
    use DirectionKind::{Agenda, Applause, Aside, Chair, Decided, Seating, Silence, Vote};
    for (line, want) in [
        ("The agenda was adopted.", Agenda),
        ("ADOPTION OF THE AGENDA", Agenda),
        ("Adoption de l’ordre du jour", Agenda),
        ("议程通过。", Agenda),
        ("There being no objection, it is so decided.", Decided),
        ("It was so decided.", Decided),
        ("En l’absence d’objection, il en est ainsi décidé.", Decided),
        ("Así queda acordado.", Decided),
        ("没有人反对，就这样决定。", Decided),
        ("A vote was taken by show of hands.", Vote),
        ("A vote was taken by secret ballot.", Vote),
        ("Il est procédé au vote à main levée.", Vote),
        ("进行了举手表决。", Vote),
        (
            "At the invitation of the President, Mr. Orlan (Utopia) took a seat at the Council table.",
            Seating,
        ),
        (
            "At the invitation of the President, Mr. Orlan (Utopia) and Ms. Vey (Ruritania) took seats at the Council table; Mr. al-Third (Erewhon), Mr. Fourth (Brobdingnag) and Mrs. Fifth (Lilliput) took the seats reserved for them at the side of the Council Chamber.",
            Seating,
        ),
        (
            "Mr. Orlan, Minister for Foreign Affairs of Utopia, was escorted to a seat at the Council table.",
            Seating,
        ),
        ("His Majesty King Orlan was escorted from the Security Council Chamber.", Seating),
        ("Mr. Orlan and Ms. Vey were escorted from the Chamber.", Seating),
        ("Mr. Orlan (Utopia) withdrew.", Seating),
        ("Mr. ORLAN withdrew.", Seating),
        ("Mr. Orlan (Utopia) withdrew. Ms. Vey (Ruritania) left the Council Chamber.", Seating),
        ("The representative of Utopia left the Council Chamber.", Seating),
        ("The Secretary-General took a seat at the Council table.", Seating),
        (
            "At the invitation of the President, Mr. Orlan (Utopia) and Ms. Vey (Ruritania) acted as tellers.",
            Seating,
        ),
        (
            "Sur l’invitation du Président, M. Orlan (Utopie) prend place à la table du Conseil.",
            Seating,
        ),
        (
            "Por invitación del Presidente, el Sr. Orlan toma asiento a la mesa del Consejo.",
            Seating,
        ),
        ("По приглашению Председателя г-н Орлан занимает место за столом Совета.", Seating),
        ("应主席邀请，奥兰先生（乌托邦）在安理会议席就座。", Seating),
        ("بناء على دعوة الرئيس، شغل السيد أورلان مقعدا على طاولة المجلس.", Seating),
        ("The President resumed the Chair.", Chair),
        ("Ms. Vey took the Chair.", Chair),
        ("M. Orlan prend la présidence.", Chair),
        ("El Sr. Orlan ocupa la Presidencia.", Chair),
        ("The Council observed a minute of silence.", Silence),
        ("The members of the Security Council observed a minute of silence.", Silence),
        ("The members of the Council stood and observed a minute of silence.", Silence),
        ("A minute of silence was observed.", Silence),
        ("Les membres du Conseil observent une minute de silence.", Silence),
        ("Los miembros del Consejo guardan un minuto de silencio.", Silence),
        ("Члены Совета Безопасности соблюдают минуту молчания.", Silence),
        ("安理会成员默哀一分钟。", Silence),
        ("(Applause)", Applause),
        ("[Applaudissements]", Applause),
        ("A video was shown in the Council Chamber.", Aside),
        ("An audio recording was played in the Council Chamber.", Aside),
        ("Une vidéo est projetée dans la salle du Conseil.", Aside),
    ] {
        assert_eq!(parse_direction(line), Some((want, None)), "{line}");
        assert!(is_whole_direction(line), "{line}");
    }
}

#[test]
fn words_of_a_speaker_are_none() {
    for line in [
        "the meeting rose at last to the occasion",
        "We adopted the agenda.",
        "安理会准备对面前的决议草案进行表决。我现在",
        "我们希望尽快进行表决。",
        "I hear no objection, it is so decided.",
        "At the invitation of the President, I visited the camps.",
        "At the invitation of the President, Mr. Orlan visited the camps and took a seat.",
        "At the invitation of the President of Utopia, we took a seat at the table.",
        "Mr. Orlan withdrew his draft.",
        "Mr. Orlan withdrew. We regret it.",
        "Mr. Orlan (Utopia) withdrew the troops from the Council of the region.",
        "The United States withdrew.",
        "The troops withdrew.",
        "Mr. Orlan took a seat beside me.",
        "Ms. Vey was escorted to the border by soldiers.",
        "The Council observed a minute of silence yesterday.",
        "We all observed a minute of silence.",
        "I would ask that the Council observe a minute of silence.",
        "The members of the Council observed the elections.",
        "A video was shown to us by the families.",
        "Applause is not enough.",
        "El Sr. Orlan se retira de nuestro grupo.",
        "",
    ] {
        assert_eq!(parse_direction(line), None, "{line}");
    }
}

#[test]
fn sentences_over_several_lines() {
    let seated = [
        "At the invitation of the President, Mr. Orlan (Utopia)",
        "took a seat at the Council table; Ms. Vey (Ruri-",
        "tania) took the seat reserved for her at the side of",
        "the Council Chamber.",
        "The President: I give the floor to Mr. Orlan.",
    ];
    let found = find_direction(seated).unwrap();
    assert_eq!((found.kind, found.lines), (DirectionKind::Seating, 4));
    let escorted =
        ["Mr. Orlan, President of Utopia, was escorted to a seat", "at the Council table."];
    assert_eq!(find_direction(escorted).unwrap().lines, 2);
    let timed = ["The meeting rose at 10.15 a.m."];
    assert_eq!(find_direction(timed).unwrap().time.as_deref(), Some("10.15 a.m."));
    for lines in [
        &["At the invitation of the President, I visited", "the camps."][..],
        &["Mr. Orlan, whom we met, took a seat", "at the head of a movement."],
        &["Mr. Orlan took a seat", "and a stand at the Council table: we saw it."],
        &["Mr. Orlan took a seat at the Council"],
        &[],
    ] {
        assert_eq!(find_direction(lines.iter().copied()), None, "{lines:?}");
    }
}

#[test]
fn a_paragraph_that_goes_on_is_no_direction() {
    for paragraph in [
        "The agenda was adopted. I thank the members of the Council.",
        "Mr. Orlan (Utopia) withdrew. I now give the floor to Ms. Vey.",
        "The meeting rose at noon, as I recall.",
        "",
    ] {
        assert!(!is_whole_direction(paragraph), "{paragraph}");
    }
}

#[test]
fn the_last_line_says_whether_the_meeting_was_suspended() {
    let items = |lines: &[&str]| -> Vec<Item> {
        let direction =
            |text: &&str| crate::record::Direction { page: None, text: (*text).to_owned() };
        lines.iter().map(|text| Item::Direction(direction(text))).collect()
    };
    let suspended = "The meeting was suspended at 1.05 p.m.";
    assert!(ends_suspended(&items(&["The meeting was called to order at 10 a.m.", suspended])));
    assert!(ends_suspended(&items(&[suspended, "A note at the foot."])));
    for lines in [
        &[suspended, "The meeting was resumed at 3 p.m.", "The meeting rose at 6 p.m."][..],
        &["The meeting rose at 6 p.m."],
        &[],
    ] {
        assert!(!ends_suspended(&items(lines)), "{lines:?}");
    }
}
