//! Invented documents of each kind, and records that are none of them.

use super::tables::{CITING, COUNCIL, COVER, KINDS, MASTHEAD, OPENED, TITLES};
use super::*;

fn named(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    name_neighbour(&lines, None)
}

#[test]
fn each_neighbour_is_named_with_its_own_symbol() {
    for (text, words) in [
        (
            "A/99/PV.25\n\nUnited Nations\n\nGeneral Assembly\n\nOfficial Records\n\nMr. Orlan (Chad): We dig.",
            &["this is A/99/PV.25 of the General Assembly; spv reads the Security Council"][..],
        ),
        (
            "Nations Unies          A/99/PV.25\nAssemblée générale   Documents officiels",
            &["A/99/PV.25 of the General Assembly"],
        ),
        (
            "Организация Объединенных Наций A/99/PV.25\nГенеральная Ассамблея",
            &["A/99/PV.25 of the General Assembly"],
        ),
        ("联合国 A/99/PV.25\n大会", &["A/99/PV.25 of the General Assembly"]),
        ("الأمم المتحدة A/99/PV.25\nالجمعية العامة", &["A/99/PV.25 of the General Assembly"]),
        ("# A/C.1/99/PV.3\n\nFirst Committee", &["A/C.1/99/PV.3 of the First Committee"]),
        (
            "A/C.4/SR.9985\nQuatrième Commission",
            &["A/C.4/SR.9985, a summary record of the Fourth Committee"],
        ),
        (
            "E/2099/SR.12\nConsejo Económico y Social",
            &["E/2099/SR.12, a summary record of the Economic and Social Council"],
        ),
        (
            "S/AC.99/SR.3\nSecurity Council",
            &["S/AC.99/SR.3, a summary record of a body of the Security Council"],
        ),
        ("CD/PV.9998\nConference on Disarmament", &["CD/PV.9998 of the Conference on Disarmament"]),
        (
            "S/RES/9998 (2099)\n\nUnited Nations\n\nSecurity Council\nDistr.: General\n\nResolution 9998 (2099)\nAdopted by the Security Council at its 9997th meeting, on\n1 May 2099",
            &["S/RES/9998 (2099), a resolution", "S/PV.9997"],
        ),
        (
            "S/RES/9998 (2099)\nConseil de sécurité\nAdoptée par le Conseil de sécurité à sa 9997e séance,\nle 1er mai 2099",
            &["a resolution", "S/PV.9997"],
        ),
        (
            "S/PRST/2099/1\nSecurity Council\nStatement by the President of the Security Council\nAt the 9998th meeting of the Security Council",
            &["S/PRST/2099/1, a statement by the President", "S/PV.9998"],
        ),
        (
            "S/Agenda/9998\nSecurity Council\nProvisional agenda for the 9998th (closed) meeting",
            &["S/Agenda/9998, the agenda", "S/PV.9998"],
        ),
        (
            "S/2013/9998\n\nUnited Nations\nSecurity Council\nDistr.: General\nReport of the Secretary-General on wells",
            &["S/2013/9998, a report"],
        ),
        (
            "S/2013/9998\nConseil de sécurité\nLettre datée du 1er mai 2099, adressée au Président",
            &["S/2013/9998, a letter"],
        ),
        (
            "S/2013/9998\nConsejo de Seguridad\nChad: proyecto de resolución",
            &["S/2013/9998, a draft resolution"],
        ),
        ("S/25998\n1 May 1993\nLETTER DATED 1 MAY 1993 FROM", &["S/25998, a letter"]),
        ("S/INF/99\nSecurity Council", &["S/INF/99, a list"]),
        (
            "S/PV.9998/Corr.1\nSecurity Council\nCorrigendum",
            &["S/PV.9998/Corr.1, a corrigendum", "the record itself"],
        ),
        (
            "SC/99998\n1 May 2099\nSecurity Council Press Statement on Wells",
            &["SC/99998, a press release"],
        ),
        (
            "Security Council Press Statement on Wells\n1 May 2099\nThe members of the Security Council dug.",
            &["a press release of the Security Council"],
        ),
        (
            "Resolution 9998 (2099)\nAdopted by the Security Council\nThe Security Council,",
            &["a resolution of the Security Council"],
        ),
        (
            "Peace and Security Council of the African Union\nCommuniqué of the 99th meeting",
            &["a communiqué"],
        ),
        (
            "General Assembly\nOfficial Records\n25th plenary meeting\nMr. Orlan (Chad): We dig.",
            &["a document of the General Assembly"],
        ),
        (
            "Nations Unies\nQUATRIEME COMMISSION,\nASSEMBLEE\nGENERALE\nDocuments officiels",
            &["a document of the General Assembly"],
        ),
        (
            "Eightieth session\nAgenda item 155\nUnited Nations General Assembly\nDistr.: General",
            &["a document of the General Assembly"],
        ),
        (
            "A/99/590\nGeneral Assembly\nReport of the Secretary-General",
            &["A/99/590 of the General Assembly"],
        ),
        (
            "A/RES/99/1\nResolution adopted by the General Assembly",
            &["A/RES/99/1 of the General Assembly"],
        ),
    ] {
        let told = named(text).unwrap_or_else(|| panic!("{text} is not named"));
        for word in words {
            assert!(told.contains(word), "{word}: {told}");
        }
        assert!(!told.contains('\n') && !told.contains("--symbol"), "{told}");
    }
}

#[test]
fn the_words_of_the_tables_are_folded() {
    let titles = TITLES.iter().chain(&KINDS).flat_map(|(_, names)| *names);
    for word in titles.chain(&COUNCIL).chain(&COVER).chain(&MASTHEAD).chain(&CITING).chain(&OPENED)
    {
        assert_eq!(fold_text(word), *word);
    }
}

#[test]
fn records_and_statements_are_none() {
    for text in [
        "S/PV.9998\n\nUnited Nations\n\nSecurity Council\n\nLetter dated 1 May 2099 (S/2099/1)",
        "United Nations S/PV.9998 (Resumption 1)\nSecurity Council",
        "S/PV.9998\nOfficial communiqué of the 9998th (closed) meeting of the Security Council",
        "Nations Unies                    S/PV.9998\nConseil de sécurité",
        "联合国 S/PV.9998\n安全理事会",
        "UNITED\nNATIONS\n\nS\nSecurity Council\nPROVISIONAL\nS/PV.9998",
        "S1PV.9998\nSecurity Council\nThe meeting was called to order at 3 p.m.\nS/25998",
        "Mr. Orlan (Chad): We recall the resolution\nS/RES/9998 (2099)\nof the Council, and document\nS/2099/1\nand A/99/PV.25.",
        "The President: We have before us document\nS/2099/413, which contains the report on the\nGeneral Assembly\nand its session.",
        "S/2020/9998\nSecurity Council\nLetter dated 1 May 2020 from the President of the Security Council addressed to the Secretary-General\nvideoconference",
        "S/2021/9998\nAnnex 1\nMr. Orlan (Chad): We dig.",
        "Open debate S/PV.9998\nS/2099/1",
        "Mr. Orlan: We have read the\ncommuniqué of the wells and the\nCommuniqués of others.",
        "**The President** (spoke in Russian): We dig.",
        "Wells are better than walls.",
        "",
    ] {
        assert_eq!(named(text), None, "{text}");
    }
}

#[test]
fn the_name_of_the_file_counts_where_the_text_has_no_symbol() {
    let by_name = |text: &str, name: &str| {
        let lines: Vec<&str> = text.lines().collect();
        name_neighbour(&lines, Some(name))
    };
    for (name, words) in [
        ("A_99_PV.25_N0599998.pdf", "A/99/PV.25 of the General Assembly"),
        ("a/b/A_C.4_SR.9985-FR_scan.pdf", "A/C.4/SR.9985, a summary record"),
        ("S_RES_9998_(2099)-EN.pdf", "S/RES/9998 (2099), a resolution"),
        ("S%2FPRST%2F2099%2F1.txt", "S/PRST/2099/1, a statement"),
        ("S_Agenda_9998-EN.pdf", "S/Agenda/9998, the agenda"),
        ("S_2013_9998-EN.pdf", "S/2013/9998, a letter, report or draft"),
    ] {
        let told = by_name("Wells are better than walls.", name).unwrap_or_default();
        assert!(told.contains(words), "{name}: {told}");
    }
    for name in [
        "S_PV.9998_E.pdf",
        "S_PV.9998(Resumption1)_E.pdf",
        "notes.txt",
        "A4.pdf",
        "e_1.txt",
        "000_ed07.txt",
        "",
    ] {
        assert_eq!(by_name("Wells are better than walls.", name), None, "{name}");
    }
    // The text is a record, whatever its file is called.
    assert_eq!(by_name("S/PV.9998\nSecurity Council", "A_99_PV.25.pdf"), None);
    assert_eq!(by_name("Mr. Orlan (Chad): We dig.", "S_2099_9998.txt"), None);
}
