//! Every rule, on texts of our own.

use spv::import::text::{Hints, LIMIT, read};
use spv::record::{Announced, As, Capacity, Item, Language, Outcome, Status};

use super::plain::{directions, file, imported, named, record, set, statements, texts};

const ENGLISH: &str = include_str!("../fixtures/text/invented.en.txt");
const ARABIC: &str = include_str!("../fixtures/text/invented.ar.txt");

#[test]
fn a_whole_record() {
    let made = imported(ENGLISH, &file("notes.txt")).unwrap();
    let record = &made.record;
    assert_eq!(record.symbol.to_string(), "S/PV.9998");
    assert_eq!(record.date.to_string(), "2099-11-11");
    assert_eq!((record.language.clone(), record.status), (Language::English, Status::Provisional));
    assert_eq!(record.opened.as_deref(), Some("10.05 a.m."));
    assert_eq!(record.closed.as_deref(), Some("10.40 a.m."));
    assert_eq!(record.presidents[0].name, "Ms. Orlan");
    assert_eq!(record.members.len(), 4);
    assert_eq!(record.members[3].representative.as_deref(), Some("Dame Vera Fifth"));
    assert_eq!(record.agenda.len(), 2);
    assert_eq!(record.topic, "The invented question");
    assert_eq!(
        directions(record),
        [
            "The meeting was called to order at 10.05 a.m.",
            "Adoption of the agenda",
            "The agenda was adopted.",
            "The invented question",
            "Report of the Secretary-General on the invented question (S/2099/1)",
            "A vote was taken by show of hands.",
            "The meeting rose at 10.40 a.m.",
        ]
    );
    let who: Vec<(&str, As, Option<u32>)> =
        record.statements().map(|s| (s.speaker.name.as_str(), s.speaker.as_, s.page)).collect();
    assert_eq!(
        who,
        [
            ("Ms. Orlan", As::President, Some(2)),
            ("Ms. Orlan", As::President, Some(2)),
            ("Mr. Fourth", As::Member, Some(2)),
            ("Ms. Orlan", As::President, Some(3)),
            ("Ms. Sixth", As::Invited, Some(3)),
            ("Mr. Seventh", As::Invited, Some(3)),
        ]
    );
    let numbers: Vec<u32> = record.statements().map(|s| s.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
    for word in
        ["guessed the language: English", "pages 1 to 4", "by the width of lines", "and 1 vote,"]
    {
        assert!(made.report.iter().any(|l| l.contains(word)), "{word}: {:#?}", made.report);
    }
}

#[test]
fn pages_breaks_hyphens_and_speakers() {
    let record = imported(ENGLISH, &file("notes.txt")).unwrap().record;
    let all = statements(&record);
    let peru = all[2];
    assert_eq!(peru.spoken, Some(Language::Spanish));
    assert_eq!(peru.paragraphs.len(), 2);
    let first = &peru.paragraphs[0];
    assert!(first.text.contains("the people-to-people warmth"));
    let [turn] = first.breaks[..] else { panic!("{:?}", first.breaks) };
    assert_eq!(turn.page, 3);
    assert_eq!(&first.text[turn.at..], "and on the page after it.");
    assert_eq!(peru.paragraphs[1].page, Some(3));
    assert_eq!(all[4].speaker.organization.as_deref(), Some("Invented Union"));
    assert_eq!(all[4].on_behalf_of[0].group, "Group of Friends of Invented Things");
    // No marker, and the record marks the others: the edition's own language.
    assert_eq!(all[4].spoken, Some(Language::English));
    let seventh = all[5];
    assert_eq!(
        seventh.speaker.role.as_deref(),
        Some("Under-Secretary-General for Invented Affairs")
    );
    assert_eq!(
        texts(seventh),
        ["I quote: nothing at all.", "The President of the Republic said: nothing either."]
    );
    assert_eq!(seventh.paragraphs[1].page, Some(4));
}

#[test]
fn the_president_speaks_for_the_state_and_resumes_the_chair() {
    let record = imported(ENGLISH, &file("notes.txt")).unwrap().record;
    let turn = statements(&record)[3];
    let (national, chair) = (Some(Capacity::National), Some(Capacity::President));
    let set: Vec<Option<Capacity>> = turn.paragraphs.iter().map(|p| p.capacity).collect();
    assert_eq!(set, [None, national, national, chair, chair, chair], "{:#?}", texts(turn));
    assert_eq!(turn.speaker.state.as_deref(), Some("Kazakhstan"));
    // With no cover page the words themselves name the State.
    let text = "The President: I shall now make a statement in my capacity as the representative of Peru.\n\nPeru is glad.";
    assert_eq!(statements(&self::record(text))[0].speaker.state.as_deref(), Some("Peru"));
}

fn vote_of(lists: &str, said: &str) -> (spv::record::Vote, Vec<String>) {
    let text = format!(
        "The President: Members have before them document S/2014/348, the text of a draft resolution.\nA vote was taken by show of hands.\n{lists}\nThe President: {said}\n"
    );
    let mut hints = named();
    hints.symbol = Some("S/PV.7180".parse().unwrap());
    hints.date = Some("2014-05-22".parse().unwrap());
    let record = imported(&text, &hints).unwrap().record;
    let vote = record.votes().next().unwrap().clone();
    let doubts = vote.doubts.clone();
    (vote, doubts)
}

const NINE: &str = "Argentina, Australia, Chad, Chile, France, Jordan,\nLithuania, Luxembourg, United Kingdom of Great Bri-\ntain and Northern Ireland";

#[test]
fn a_veto() {
    let (vote, doubts) = vote_of(
        &format!("In favour:\n{NINE}\nAgainst:\nChina, Russian Federation\nAbstaining:\nNone"),
        "The draft resolution received 9 votes in favour, 2 against and no abstentions. The draft resolution has not been adopted, owing to the negative vote of a permanent member of the Council.",
    );
    assert_eq!(vote.outcome, Some(Outcome::Vetoed));
    assert_eq!(vote.against, ["China", "Russian Federation"]);
    assert_eq!(vote.announced, Some(Announced { in_favour: 9, against: 2, abstaining: 0 }));
    assert_eq!(vote.on, ["S/2014/348"]);
    assert_eq!((vote.in_favour.len(), vote.adopted_as), (9, None));
    // "Great Bri-|tain" is unknown as printed, and said so; nothing is lost.
    assert!(doubts.iter().any(|doubt| doubt.contains("Bri-tain")), "{doubts:?}");
}

#[test]
fn lists_and_announcement_that_differ() {
    let (vote, _) = vote_of(
        "In favour:\nChile, France\nAgainst:\nNone",
        "There were 3 votes in favour. The draft resolution has been adopted as resolution 9999 (2014).",
    );
    assert_eq!(vote.outcome, Some(Outcome::Adopted));
    assert_eq!(vote.adopted_as.as_deref(), Some("S/RES/9999 (2014)"));
    let doubts = vote.doubts;
    assert!(doubts.iter().any(|d| d.contains("2-0-0") && d.contains("3-0-0")), "{doubts:?}");
}

#[test]
fn a_procedural_vote_knows_no_veto() {
    let text = "The President: This is a procedural vote.\nA vote was taken by show of hands.\nIn favour:\nArgentina, Australia, Chad, Chile, France, Jordan, Lithuania, Luxembourg, Nigeria\nAgainst:\nChina\nThe President: The result is 9 votes in favour and 1 against. The agenda has been adopted.";
    let vote = record(text).votes().next().unwrap().clone();
    assert!(vote.procedural);
    assert_eq!((vote.outcome, vote.adopted_as), (Some(Outcome::Adopted), None));
}

#[test]
fn the_old_manner() {
    let text = "The PRESIDENT (interpretation from Spanish): I call on the next speaker.\n\nMr. AL-ORLANI (Iraq) (interpretation from Arabic): We are glad, and we say it in the old\nmanner of a text invented for tests.\n\nMr. OLD (United States of America): So are we.";
    let record = record(text);
    let who: Vec<_> = record
        .statements()
        .map(|s| (s.speaker.name.as_str(), s.speaker.state.as_deref(), s.spoken.clone()))
        .collect();
    assert_eq!(
        who,
        [
            ("The PRESIDENT", None, Some(Language::Spanish)),
            ("Mr. AL-ORLANI", Some("Iraq"), Some(Language::Arabic)),
            ("Mr. OLD", Some("United States"), Some(Language::English)),
        ]
    );
}

#[test]
fn other_languages() {
    for (text, language, words) in [
        (
            "Mme Orlan (États-Unis d’Amérique) ( parle en\nanglais) : La résolu-\ntion est bonne, et les États-\nUnis le disent au nom des textes de cet essai.",
            Language::French,
            "La résolution est bonne, et les États-Unis le disent au nom des textes de cet essai.",
        ),
        (
            "Sr. Orlan (Estados Unidos de América) (habla en\ninglés): El Consejo de Se-\nguridad no conoce este texto, y no lo co-\nnocerá.",
            Language::Spanish,
            "El Consejo de Seguridad no conoce este texto, y no lo conocerá.",
        ),
        (
            "Г-н Орлан (Соединенные Штаты Америки) (го-\nворит по-английски): Этот текст пред-\nставлен премьер-\nминистром Сьерра-\nЛеоне.",
            Language::Russian,
            "Этот текст представлен премьер-министром Сьерра-Леоне.",
        ),
        (
            "奥兰先生（美利坚合众国）（以英\n语发言）：这段文字是第\n2107（2013）号\n决议。",
            Language::Chinese,
            "这段文字是第2107（2013）号决议。",
        ),
    ] {
        let record = record(text);
        assert_eq!(record.language, language);
        let one = statements(&record)[0];
        assert_eq!(one.speaker.state.as_deref(), Some("United States"), "{text}");
        assert_eq!(one.spoken, Some(Language::English));
        assert_eq!(texts(one), [words]);
    }
}

#[test]
fn good_arabic_is_read() {
    let record = record(ARABIC);
    assert_eq!(record.language, Language::Arabic);
    let all = statements(&record);
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].speaker.as_, As::President);
    assert_eq!(all[0].spoken, Some(Language::English));
    assert_eq!(all[1].speaker.state.as_deref(), Some("Kazakhstan"));
    assert_eq!(record.closed.as_deref(), Some("10/40"));
    let scrambled =
        ARABIC.replace("الأم", "األم").replace('(', "\u{1}").replace(')', "(").replace('\u{1}', ")");
    assert!(imported(&scrambled, &named()).unwrap_err().to_string().contains("page order"));
}

#[test]
fn what_is_missing_is_asked_for() {
    let text = "Mr. Orlan (Peru): We are glad of the text that is here.";
    let error = |hints: &Hints| imported(text, hints).unwrap_err().to_string();
    assert!(error(&Hints::default()).contains("--symbol"));
    assert!(error(&file("S_PV.9998.en.txt")).contains("--date"));
    // The table of meetings knows the day, but it is offered and not taken.
    assert!(error(&file("S_PV.8668.en.txt")).contains("--date 2019-11-19"));
    let both = imported(text, &file("S_PV.9998_2099-11-11.en.txt")).unwrap();
    assert_eq!(both.record.symbol.to_string(), "S/PV.9998");
    assert_eq!(both.record.date.to_string(), "2099-11-11");
    assert!(imported("", &named()).unwrap_err().to_string().contains("no text"));
    let nobody = imported("Words that nobody said, and the reader is told of it.", &named());
    assert!(nobody.unwrap_err().to_string().contains("form of address"));
}

#[test]
fn what_is_given_by_hand_wins_and_conflicts_are_said() {
    let mut hints = named();
    hints.file_name = Some("S_PV.7777.fr.txt".to_owned());
    let record = imported(ENGLISH, &hints).unwrap().record;
    assert_eq!(record.symbol.to_string(), "S/PV.8668");
    assert_eq!(record.date.to_string(), "2019-11-19");
    assert_eq!(record.language, Language::French);
    for word in ["S/PV.9998", "S/PV.7777", "2099-11-11", "looks like English"] {
        assert!(record.source.warnings.iter().any(|w| w.contains(word)), "{word}");
    }
}

#[test]
fn a_mention_of_a_record_is_not_its_symbol() {
    let text = "Mr. Orlan (Peru): We said so before (S/PV.8628, p. 2) and on 31 May 2024.";
    assert!(imported(text, &Hints::default()).unwrap_err().to_string().contains("--symbol"));
}

#[test]
fn encodings_make_no_difference() {
    let text = "Mme Orlan (Côte d’Ivoire) : Nous sommes d’accord – là.\r\n\r\nMerci.";
    let want = record(text).items;
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let bom: Vec<u8> = [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat();
    let windows: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '’' => 0x92,
            '–' => 0x96,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let plain = text.replace('\r', "").into_bytes();
    for bytes in [utf16, bom, windows, plain] {
        assert_eq!(read(&bytes, &named()).unwrap().record.items, want);
    }
}

#[test]
fn paragraphs_by_the_shape_of_the_lines() {
    let paragraphs = [
        "Mr. Orlan (Peru): The first of the paragraphs that were invented for this test is long enough for a few lines of the usual measure, and it ends on a short one, with a stop after it. It has a second sentence so that there is one inside as well.",
        "The second of them follows with no blank line between, as in a copy from a column of a printed page, and only the shape of the lines can tell where it begins. Nothing else could.",
        "The third is here so that the measure is known from more than a few lines, which is what the reader needs in order to be sure of it at all. It ends here now.",
    ];
    let text: Vec<String> = paragraphs.iter().flat_map(|p| set(p, 54)).collect();
    let found = record(&text.join("\n"));
    let starts: Vec<String> =
        texts(statements(&found)[0]).iter().map(|t| t.chars().take(10).collect()).collect();
    assert_eq!(starts, ["The first ", "The second", "The third "]);
}

#[test]
fn one_line_a_paragraph() {
    let long = "We say it once more in a line that nobody has broken, since some copies come with a paragraph on every line and no blank between, which the reader must see for itself and not join.";
    let found = record(&format!("Mr. Orlan (Peru): {long}\n{long}\n{long}\n"));
    assert_eq!(texts(statements(&found)[0]), [long, long, long]);
}

#[test]
fn a_title_in_the_middle_of_a_sentence_is_no_form_of_address() {
    let text = "Mr. Orlan (Peru): We heard what was said by\nMr. Other: it was invented, and the line goes on for a while after that.";
    assert_eq!(statements(&record(text)).len(), 1);
}

#[test]
fn words_before_the_first_speaker_are_kept() {
    let made =
        imported("A note that stands first.\n\nMr. Orlan (Peru): We are here.", &named()).unwrap();
    assert!(
        matches!(&made.record.items[0], Item::Direction(d) if d.text == "A note that stands first.")
    );
    assert!(made.report.iter().any(|l| l.contains("before the first form of address")));
}

#[test]
fn controls_never_come_through() {
    let found = record("Mr. Orlan (Peru): We \u{1b}[31mare\u{7} here\u{202e} now.\u{9b}x");
    let text = statements(&found)[0].text();
    assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{text:?}");
    assert_eq!(found.source.repairs.get("controls"), Some(&4));
}

#[test]
fn large_and_binary_inputs() {
    let huge = vec![b'a'; LIMIT + 1];
    assert!(read(&huge, &named()).unwrap_err().to_string().contains("at most"));
    assert!(read(b"Mr. Orlan (Peru): a\0b", &named()).unwrap_err().to_string().contains("NUL"));
    let line = "words and words ".repeat(70_000);
    let found = record(&format!("Mr. Orlan (Peru): {line}"));
    assert_eq!(statements(&found)[0].words(), 210_000);
    let hyphens = "Mr. Orlan (Peru): a-\n".to_owned() + &"b-\n".repeat(50_000);
    let mut hints = named();
    hints.language = Some(Language::English);
    assert_eq!(imported(&hyphens, &hints).unwrap().record.items.len(), 1);
}

#[test]
fn a_damaged_text_makes_no_endless_list_of_warnings() {
    let pages = "24-15339 3/9\na\n24-15339 7/9\nb\n".repeat(200);
    let found = record(&format!("Mr. Orlan (Peru): We are here and the pages are not.\n{pages}"));
    assert_eq!(found.source.warnings.len(), 51);
    assert!(found.source.warnings[50].ends_with("more warnings"));
}

#[test]
fn a_record_reads_back_from_its_json() {
    let made = imported(ENGLISH, &file("notes.txt")).unwrap().record;
    let json = spv::record::json::write_record(&made);
    assert_eq!(spv::record::json::read_record(json.as_bytes()).unwrap(), made);
}

#[test]
fn a_line_that_does_not_go_on_is_a_doubt() {
    let said = |text: &str| record(text).doubts;
    let mixed = "The President: We agree on the first of the wells.\nwhich the village dug in the autumn of the year.";
    let doubts = said(mixed);
    assert_eq!(doubts.len(), 1, "{doubts:?}");
    assert_eq!(doubts[0].statement, Some(1));
    assert!(doubts[0].text.contains("out of order"), "{doubts:?}");
    for sound in [
        "The President: We agree on the first of the\nwells, which the village dug in the autumn.",
        "The President: We met on Friday at 10 a.m.\nwhich was too early for the village at the well.",
        "The President: We agree on the first of the wells.\nThe village dug it in the autumn of the year.",
    ] {
        assert!(said(sound).is_empty(), "{sound}");
    }
}

#[test]
fn a_title_names_the_record() {
    let text = "S/PV.9998\n\nThe President: We agree on the first of the wells.\n";
    let hints = Hints { date: "2099-11-11".parse().ok(), ..file("notes.txt") };
    let record = imported(text, &hints).unwrap().record;
    assert_eq!(record.symbol.to_string(), "S/PV.9998");
    assert!(directions(&record).is_empty(), "{:?}", directions(&record));
}
