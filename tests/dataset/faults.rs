//! Each layout, and each fault of the texts, once.

use serde_json::json;

use super::kit::*;

const CHAIR: &str = "Mr. Vey\tPeru\tNA\tThe President";
const MEMBER: &str = "Ms. Orlan\tRussian Federation\t\tMentioned";
const GUEST: &str = "Mr. Adan\tUN\tSpecial Envoy\tGuest";

#[test]
fn who_speaks_for_whom_and_as_what() {
    let kit = Kit::new();
    kit.meeting(&[
        (CHAIR, "The President (spoke in Spanish): I give the floor to the next."),
        (MEMBER, "Ms. Orlan (Russian Federation) (spoke in Russian): We are glad, on behalf of nobody."),
        (GUEST, "Mr. Adan: I am glad as well."),
        (MEMBER, "I have no form of address."),
        ("Mr. Umar\tNiger\t\tMentioned", "Mr. Umar (Niger): I have the honour to speak on behalf of the three African members of the Security Council, the Niger, South Africa and Tunisia."),
        ("NA\tEU\t\tGuest", "Mr. Sel (spoke I thank Ms. Vey. in French): The Union is glad."),
        ("NA\tEl Salvador\t\tGuest", "Ms. Ilo (El] Salvador): We agree."),
    ]);
    let (ran, record) = kit.one(&[]);
    let said = items(&record, "statement");
    let who = |at: usize, fields: &[&str]| -> Vec<Option<&str>> {
        let field = |name: &&str| match *name {
            "spoken" => said[at]["spoken"].as_str(),
            name => said[at]["speaker"][name].as_str(),
        };
        fields.iter().map(field).collect()
    };
    let all = ["printed", "name", "state", "organization", "as", "spoken"];
    let some = |want: &[&'static str]| -> Vec<Option<&str>> {
        want.iter().map(|w| (!w.is_empty()).then_some(*w)).collect()
    };
    for (at, want) in [
        (0, ["The President (spoke in Spanish)", "Mr. Vey", "Peru", "", "president", "es"]),
        (
            1,
            [
                "Ms. Orlan (Russian Federation) (spoke in Russian)",
                "Ms. Orlan",
                "Russian Federation",
                "",
                "member",
                "ru",
            ],
        ),
        (2, ["Mr. Adan", "Mr. Adan", "", "United Nations", "invited", "en"]),
        (3, ["Ms. Orlan", "Ms. Orlan", "Russian Federation", "", "member", "en"]),
    ] {
        assert_eq!(who(at, &all), some(&want));
    }
    assert_eq!(who(5, &all[3..]), some(&["European Union", "invited", "fr"]));
    assert_eq!(who(6, &all[2..4]), some(&["El Salvador", ""]));
    assert_eq!(said[2]["speaker"]["role"], "Special Envoy");
    assert_eq!(said[4]["on_behalf_of"][0]["group"], "A3");
    assert_eq!(record["presidents"], json!([{"name": "Mr. Vey", "state": "Peru"}]));
    assert_eq!(record["topic"], "Utopia");
    assert_eq!(record["agenda"], json!(["Level one", "The situation in Utopia"]));
    assert_eq!(record["source"]["from"], "dataverse");
    assert!(ran.out.contains("1 speakers"), "{}", ran.out);
}

#[test]
fn texts_are_mended_and_every_repair_counted() {
    let kit = Kit::new();
    kit.meeting(&[
        (CHAIR, "The President: Inow give the floor. itis so decided."),
        (MEMBER, "Ms. Orlan (Russian Federation): The Secretary- General spoke of pre- and post-war\naid to16/01/2020 The situation in Utopia S/PV.8704 the people,\n\nwho need it. 20-03616\n\nA new paragraph (see S/PV.8704)."),
        (CHAIR, "The President: I put it to the vote. A vote was taken by show of hands. In favour: Belgium, Niger Against: None Abstaining: China"),
        (CHAIR, "The President: There were 2 votes in favour and 1 abstention. The draft resolution has not been adopted. The meeting rose at 11.40 a.m. 21/21"),
    ]);
    let (ran, record) = kit.one(&[]);
    let said = items(&record, "statement");
    assert_eq!(text(said[0]), "I now give the floor. it is so decided.");
    assert_eq!(
        text(said[1]),
        "The Secretary-General spoke of pre- and post-war aid to the people, who need it.\nA new paragraph (see S/PV.8704)."
    );
    assert_eq!(text(said[2]), "I put it to the vote.");
    let directions: Vec<_> =
        items(&record, "direction").iter().map(|d| d["text"].clone()).collect();
    assert_eq!(
        directions,
        ["A vote was taken by show of hands.", "The meeting rose at 11.40 a.m."]
    );
    assert_eq!(record["closed"], "11.40 a.m.");
    let vote = items(&record, "vote")[0];
    assert_eq!(vote["in_favour"], json!(["Belgium", "Niger"]));
    assert_eq!((&vote["abstaining"], &vote["outcome"]), (&json!(["China"]), &json!("not adopted")));
    assert_eq!(vote["announced"], json!({"in_favour": 2, "against": 0, "abstaining": 1}));
    assert_eq!(
        record["source"]["repairs"],
        json!({"closed_hyphens": 1, "closing_directions": 1, "joined_lines": 1, "joined_paragraphs": 1,
               "page_marks": 3, "split_words": 2, "votes": 1})
    );
    for repaired in ["repaired              10", "3 page marks", "1 votes"] {
        assert!(ran.out.contains(repaired), "{}", ran.out);
    }
    let removed: Vec<_> = log(&kit.library())
        .into_iter()
        .filter(|l| l["sort"] == "removed")
        .map(|l| l["text"].clone())
        .collect();
    assert_eq!(removed, ["16/01/2020 The situation in Utopia S/PV.8704", "20-03616", "21/21"]);
}

#[test]
fn no_repair_leaves_the_words_as_they_are() {
    let kit = Kit::new();
    let words = "Inow say the Secretary- General\nwent. The meeting rose at noon. 21/21";
    kit.meeting(&[(MEMBER, &format!("Ms. Orlan (Russian Federation): {words}"))]);
    let (ran, record) = kit.one(&["--no-repair"]);
    assert_eq!(text(items(&record, "statement")[0]), words);
    assert_eq!(record["source"]["repairs"], json!({}));
    assert!(ran.out.contains("repaired               0"), "{}", ran.out);
    // The other way of reading is another record, which does not push this one out unasked.
    let again = kit.import(&[]);
    assert_eq!(again.code, Some(0));
    assert!(again.out.contains("1 not taken"), "{}", again.out);
    assert_eq!(text(items(&records(&kit.library()).pop_first().unwrap().1, "statement")[0]), words);
    assert!(kit.import(&["--replace"]).out.contains("1 replaced"));
    assert_ne!(text(items(&records(&kit.library()).pop_first().unwrap().1, "statement")[0]), words);
}

#[test]
fn the_capacity_turns_within_a_text_of_one_line() {
    let kit = Kit::new();
    kit.meeting(&[(CHAIR, "The President: I thank him. I shall now make a statement in my national capacity. Peru is glad. I now resume my functions as President of the Council. I adjourn.")]);
    let (_, record) = kit.one(&[]);
    let paragraphs = items(&record, "statement")[0]["paragraphs"].as_array().unwrap();
    let capacities: Vec<_> = paragraphs.iter().map(|p| p["capacity"].clone()).collect();
    assert_eq!(capacities, [json!(null), json!("national"), json!("president")]);
}

#[test]
fn the_layout_of_2020_from_a_folder_of_texts() {
    let kit = Kit::new();
    let columns = "basename\tspeech\tcountry\tdate\tday\tfilename\tmonth\tparticipanttype\trole_in_un\tspeaker\tspv\ttopic\tyear";
    let mut speaker = format!("{columns}\r\n");
    for (basename, number, kind) in [
        ("UNSC_2020_SPV.8704", 1, "The President"),
        ("UNSC_2020_SPV.8704Resumption1", 1, "Guest"),
        ("UNSC_2020_SPV.2020_254", 0, "The President"),
        ("UNSC_2020_SPV.2020_254", 1, "The President"),
    ] {
        speaker += &format!(
            "{basename}\t{number}\tPeru\t16 January 2020\t16\t{basename}_spch{number:03}.txt\t1.0\t{kind}\t\tMr. Vey\t8704\tCharge d''Affaires \"quoted\"\t2020.0\r\n"
        );
        kit.write(
            &format!("{basename}_spch{number:03}.txt"),
            "Words of C\u{f4}te invented.".chars().map(|c| c as u8).collect::<Vec<u8>>(),
        );
    }
    kit.write("speaker.tsv", speaker);
    let ran = kit.import(&[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let records = records(&kit.library());
    let names: Vec<&String> = records.keys().collect();
    assert_eq!(
        names,
        [
            "records/2020/S_2020_254.en.json.zst",
            "records/2020/S_PV.8704.en.json.zst",
            "records/2020/S_PV.8704_Resumption_1.en.json.zst"
        ]
    );
    let letter = &records[names[0]];
    assert_eq!(letter["kind"], "letter");
    // Only what a letter begins with is the President's; the rest is said for the State.
    let as_: Vec<_> =
        items(letter, "statement").iter().map(|s| s["speaker"]["as"].clone()).collect();
    assert_eq!(as_, ["president", "invited"]);
    assert_eq!(text(items(letter, "statement")[0]), "Words of Côte invented.");
    assert_eq!(letter["topic"], "Charge d'Affaires \"quoted\"");
    assert!(ran.out.contains("4 encodings"), "{}", ran.out);
    assert!(ran.out.contains("meta.tsv is not in the folder"), "{}", ran.out);
}

#[test]
fn rows_over_two_lines_are_joined_and_texts_in_pieces_too() {
    let kit = Kit::new();
    kit.meeting(&[(MEMBER, "Ms. Orlan (Russian Federation): The first piece,")]);
    let row = |n: u32, name: &str| {
        format!("{n}\t{name}\t2020-01-16\t{MEMBER}\tUtopia\tLevel one\tin\nUtopia\tNA\tS/PV.8704\n")
    };
    let speaker = [
        SPEAKER,
        "\n",
        &row(1, "UNSC_2020_SPV.8704_spch0001.txt"),
        &row(2, "UNSC_2020_SPV.8704_spch0002.txt"),
    ]
    .concat();
    kit.write("speaker.tsv", speaker);
    kit.write(
        "speeches.tar",
        tar(&[
            (
                "UNSC_2020_SPV.8704_spch0002.txt".into(),
                b"Ms. Orlan (Russian Federation): Another.".to_vec(),
            ),
            ("UNSC_2020_SPV.8704_spch0001b.txt".into(), b"and the second.".to_vec()),
            (
                "UNSC_2020_SPV.8704_spch0001.txt".into(),
                b"Ms. Orlan (Russian Federation): The first piece,".to_vec(),
            ),
            ("readme.txt".into(), b"not a speech".to_vec()),
        ]),
    );
    let (ran, record) = kit.one(&[]);
    let said = items(&record, "statement");
    assert_eq!(text(said[0]), "The first piece, and the second.");
    assert_eq!(text(said[1]), "Another.");
    assert_eq!(record["agenda"], json!(["Level one", "in Utopia"]));
    for words in [
        "speech 1 is in 2 files; joined",
        "meta.tsv counts 1 speeches, but 2 were found",
        "1 files are not named as in the data set",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
}

#[test]
fn rows_and_texts_without_each_other_are_named() {
    let kit = Kit::new();
    kit.meeting(&[
        (MEMBER, "Ms. Orlan (Russian Federation): One."),
        (MEMBER, "Ms. Orlan (Russian Federation): Two."),
    ]);
    let one = std::fs::read_to_string(kit.set().join("speaker.tsv")).unwrap();
    let cut: String = one.lines().take(2).map(|l| format!("{l}\n")).collect();
    let more = "9\tUNSC_2020_SPV.8704_spch0007.txt\t2020-01-16\tMs. Orlan\tPeru\t\tGuest\tU\tL\tS\tNA\tS/PV.8704\n9\tUNSC_2020_SPV.8705_spch0001.txt\t2020-01-16\tMs. Orlan\tPeru\t\tGuest\tU\tL\tS\tNA\tS/PV.8705\n";
    kit.write("speaker.tsv", cut + more);
    let (ran, _) = kit.one(&[]);
    for words in [
        "speech 2 has no row in speaker.tsv",
        "speech 7 has a row in speaker.tsv but no text",
        "UNSC_2020_SPV.8705: it is in the tables but has no text",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
}

#[test]
fn misread_letters_and_glued_sentences_are_mended_counted_and_left_without_repair() {
    let kit = Kit::new();
    let words = "Ms. Orlan (Russian Federation) (spoke in Russian): | am glad of Article | of it.We dig, and 1 of us digs. 1 thank annex |.";
    kit.meeting(&[(MEMBER, words)]);
    let (ran, record) = kit.one(&[]);
    assert_eq!(
        text(items(&record, "statement")[0]),
        "I am glad of Article 1 of it. We dig, and 1 of us digs. I thank annex |."
    );
    let repairs = &record["source"]["repairs"];
    assert_eq!(repairs, &json!({"digits_1": 1, "letters_i": 2, "parted_sentences": 1}));
    assert!(ran.out.contains("2 letters i"), "{}", ran.out);
    let mended: Vec<_> =
        log(&kit.library()).into_iter().filter(|l| l["sort"] == "mended").collect();
    assert_eq!(mended.len(), 3);
    assert_eq!(mended[0]["what"], "\"|\" in these words is read as \"I\"");
    assert!(mended[0]["text"].as_str().unwrap().ends_with("| am glad of Article | o"));
    let (_, record) = Kit::one(&kit, &["--no-repair", "--replace"]);
    let (_, spoken) = words.split_once(": ").unwrap();
    assert_eq!(text(items(&record, "statement")[0]), spoken);
}

#[test]
fn the_rest_of_a_page_header_at_the_end_of_a_letter_is_removed() {
    let kit = Kit::new();
    let basename = "UNSC_2020_SPV.2020_9998";
    let mut speaker = format!("{SPEAKER}\n");
    let mut members = Vec::new();
    for (number, words) in
        ["We dig. S/2", "We dig.$/2", "We dig. 7/26 S/20", "We dig at S/3"].iter().enumerate()
    {
        let name = format!("{basename}_spch{number:03}.txt");
        speaker += &format!("1\t{name}\t2020-01-16\t{MEMBER}\tUtopia\tL\tS\tNA\tx\n");
        members.push((name, words.as_bytes().to_vec()));
    }
    kit.write("speaker.tsv", speaker);
    kit.write("meta.tsv", format!("{META}\n1\t{basename}\t2020-01-16\tUtopia\t4\n"));
    kit.write("speeches.tar", tar(&members));
    let (_, record) = kit.one(&[]);
    let texts: Vec<String> = items(&record, "statement").iter().map(|s| text(s)).collect();
    assert_eq!(texts, ["We dig.", "We dig.", "We dig.", "We dig at S/3"]);
    assert_eq!(record["source"]["repairs"]["page_marks"], 3);
}

#[test]
fn a_form_of_address_that_no_table_of_titles_has_is_known_by_the_table_of_speakers() {
    let kit = Kit::new();
    kit.meeting(&[
        ("Datuk Adan Sel\tASEAN\t\tGuest", "Datuk Adan Sel: We dig."),
        (CHAIR, "Mr. President (spoke in French): We dig."),
    ]);
    let (_, record) = kit.one(&[]);
    let said = items(&record, "statement");
    assert_eq!(said[0]["speaker"]["printed"], "Datuk Adan Sel");
    assert_eq!(
        (&said[1]["speaker"]["as"], &said[1]["spoken"]),
        (&json!("president"), &json!("fr"))
    );
    assert_eq!(said[1]["speaker"]["printed"], "Mr. President (spoke in French)");
    assert_eq!((text(said[0]), text(said[1])), ("We dig.".to_owned(), "We dig.".to_owned()));
}
