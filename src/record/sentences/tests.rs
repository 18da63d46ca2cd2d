//! Where sentences end: a table of texts in the six languages, and what holds for any text.

use proptest::prelude::*;

use super::*;

/// The words are invented; `|` is where a sentence ends and the next one begins.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    // English: titles and names.
    "I thank Mr. Orlan. |We agree.",
    "I thank Ms. Vey, Dr. Ardent and Prof. Orlan. |They spoke well.",
    "Lt. Gen. Orlan and Messrs. Vey and Ardent left. |Nobody stayed.",
    "The envoy met J. P. Orlan in the harbour. |It was late.",
    "J. P. Orlan spoke. |So did J.-P. Vey.",
    "They met in St. Orlan. |It rained.",
    "MR. ORLAN SPOKE. |WE LISTENED.",
    "The Rev. Orlan and the Hon. Vey came. |Both left.",
    // Numbers.
    "Draft No. 5 is on the table. |It was read.",
    "We read Nos. 5 and 6. |We agreed.",
    "See p. 3 and pp. 5 to 7. |See also para. 12.",
    "Paras. 3 and 4 stay. |Art. 4 goes.",
    "It rests on Art. IV of the pact. |That is all.",
    "It is in vol. II, chap. X, of the report. |We read it.",
    "Is that so? |No. |We do not think it is.",
    "Do we wait? |No. 5 of the list says that we do.",
    "The answer is no. |We regret it.",
    "It is a work of art. |It hangs in the hall.",
    "The text is in doc. S/2019/823. |It is short.",
    "It was adopted as S/PV. 9998. |It was long.",
    "It grew by 3.5 per cent. |That is 1,200.50 tons.",
    "It was so in 2019. |It is so in 2020. |15 ships came.",
    "It began on Sept. 11 of that year. |It ended.",
    "Rates rose by 2.5. |Prices did not.",
    "The pact (S/2019/823, annex). |The rest follows.",
    "See S/RES/2254 (2015). |It says so.",
    // Points within words, and their ends.
    "We met at 10 a.m. at the port. |We left at 3.05 p.m. |The rest stayed.",
    "The U.S. delegate spoke. |The U.S. President did not.",
    "He lives in the U.S. |The others do not.",
    "It is a treaty, i.e. a pact. |It is old, e.g. Article 5.",
    "Bread, salt, etc. were sent. |Grain, oil, etc. |We thank them.",
    "Orlan, Vey et al. wrote it. |We read Vey et al. |They are right.",
    "Orlan Ltd. built it. |Vey Inc. |We bought it.",
    "M. Orlan, Jr. Vey spoke to us. |It helped.",
    "See www.example.org. |It is all there, at example.org/a.B too.",
    // Letters of a list are part of what they number.
    "1. The harbour is open. |2. The bridge is closed.",
    "(a) First. |(b) Second.",
    "We agree. |(spoke in French) We agree once more. |(He left.)",
    "He says “we agree.” (see para. (b) and art. 5 (c)). |We do.",
    "A. The harbour. |II. The bridge.",
    "He read part A. |The rest was not read.",
    "It was so in the 1970s and 1980s. |Kinships grew with A4P. |Nobody asked.",
    "So do you and I. |We thank you.",
    // Quotations, brackets, ellipses.
    "“Where is it?” he asked. |“Here it is.” |She left.",
    "He said, “We are late.” |We were.",
    "He said \"We are late.\" |We were. |\"Now we are not.\"",
    "(He rose.) |We waited. |(See para. 5.) |He sat.",
    "Stop! |Why? |Who is there?! |Nobody.",
    "We waited ... and waited. |We left ... |It was late.",
    "We waited … and waited. |We left… |It was late.",
    "It says “... the harbour . . . is open . . . ”. |It is.",
    "[...] The harbour is open. |It is.",
    "It is time — now. |— It is late.",
    "‘It is so.’ |It is.",
    // Marks left by reading from pictures, and spaces that were lost.
    "The ban on weapons.|We thank them. |1 thank them too. || thank you.",
    "The guns are silent.|The Council-House.|The people are not. |It is e.g.The same.",
    // French.
    "Je remercie M. Orlan et MM. Vey et Ardent. |Je les félicite.",
    "Mme Vey a parlé. |M. J.-P. Orlan aussi.",
    "Il dit : « Nous voilà. » |Nous partons. |« Non ! » |Il reste.",
    "« Où est-il ? » demande-t-il. |Ici.",
    "Le n° 5 est là. |La p. 3 aussi, cf. Annexe.",
    "Il y a, p. ex. M. Orlan. |Voilà ce qu’il a. |Les autres n’ont rien.",
    "C’est l’art. 5. |C’est de l’art. |Nous l’aimons.",
    // Spanish.
    "Doy las gracias al Sr. Orlan y a la Sra. Vey. |Tienen la palabra.",
    "Véase el núm. 5 y el párr. 12 de la pág. 3. |Es así.",
    "¿Es así? |¡No! |¿Por qué?",
    "Los EE. UU. han hablado. |Es tarde en los EE. UU. |Nosotros no.",
    "Hay, p. ej. Orlan y otros. |No. |Eso es todo.",
    "La Dra. Vey y el Excmo. Sr. Orlan. |Gracias.",
    // Russian.
    "Я благодарю г-на Орлана. |Слово имеет г-жа Вей.",
    "Это ст. 5 и п. 12, стр. 3. |Это так.",
    "Это пакт, т.е. Договор. |Хлеб и т.д. |Спасибо.",
    "Выступил С. В. Орлан. |В зале тихо.",
    "Помощь в 5 млн. долл. США получена. |Мы рады.",
    "Это было в 2024 г. и раньше. |Это мы помним.",
    "Мы помогли им. |Они ушли. |«Где они?» |Нет их.",
    "См. Приложение. |Это в гл. II.",
    // Chinese.
    "我感谢奥兰先生。|我们同意。|谁？|没有人！|好",
    "他说：“我们来了。”|我们走了。|（完。）|S/PV.9998号文件。",
    "我们等……等。|是吗?|我们不知道。",
    // Arabic.
    "أشكر السيد أورلان. |نحن موافقون. |هل هذا صحيح؟ |نعم!",
    "تكلم د. أورلان. |ثم خرج۔|انتهى.",
    // White space, and what is no sentence.
    "  One.  |Two. \n |Three.",
    "A heading\n\nA text. |More.",
    "First line.\n\n|second line.",
    "One\u{a0}! |Two.",
    "No stop at all",
    "...",
    " ",
];

#[test]
fn sentences_end_where_a_reader_ends_them() {
    let mut wrong = Vec::new();
    for marked in TEXTS {
        // A bar is the letter I where it is doubled.
        let wanted: Vec<String> = marked
            .replace("||", "|\u{1}")
            .split('|')
            .map(|sentence| sentence.replace('\u{1}', "|"))
            .collect();
        let text = wanted.concat();
        let found: Vec<&str> = sentences(&text).map(|at| &text[at]).collect();
        if found != wanted {
            wrong.push(format!("{found:#?}\n  not {wanted:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), TEXTS.len(), wrong.join("\n"));
    assert!(TEXTS.len() >= 60);
}

#[test]
fn a_sentence_is_found_by_a_byte_of_it() {
    let text = "One. Two.  Three.";
    for (byte, sentence) in
        [(0, "One. "), (4, "One. "), (5, "Two.  "), (11, "Three."), (99, "Three.")]
    {
        assert_eq!(&text[sentence_at(text, byte)], sentence, "{byte}");
    }
    assert_eq!(sentence_at("", 3), 0..0);
    assert_eq!(trimmed(text, 5..11), 5..9);
    assert_eq!(trimmed("   ", 0..3), 3..3);
}

#[test]
fn abbreviations_without_what_comes_after_them() {
    for yes in ["thank Mr.", "see No.", "paras.", "2024 г.", "Sra.", "M.", "ст.", "vs.", "MM."] {
        assert!(ends_in_abbreviation(yes), "{yes}");
    }
    for no in ["no.", "a.m.", "the harbour.", "the U.S.", "5.", "", "...", "им.", "col."] {
        assert!(!ends_in_abbreviation(no), "{no}");
    }
}

/// A second, plain way to part a text that has only sentences of which each rule is certain.
fn plain_sentence() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "The harbour was open.",
        "Why was it?",
        "Mr. Orlan said so!",
        "It is in para. 12 of No. 5.",
        "“It is so.”",
        "(We agree.)",
        "Это так.",
        "¿Es así?",
        "Nous voilà…",
        "هذا صحيح؟",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #[test]
    fn the_ranges_are_the_text(text in "([A-Za-z. !?…。؟“”«»()\\[\\]\n\u{a0}0-9éЯ中م'-]|Mr\\. |U\\.S\\. |\\PC){0,60}") {
        let mut end = 0;
        for at in sentences(&text) {
            prop_assert!(at.start == end && at.end > at.start, "{:?}", at);
            prop_assert!(text.is_char_boundary(at.end));
            prop_assert_eq!(sentence_at(&text, at.start), at.clone());
            prop_assert_eq!(sentence_at(&text, at.end - 1), at.clone());
            end = at.end;
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn sentences_that_were_joined_are_parted(said in prop::collection::vec(plain_sentence(), 1..12)) {
        let text = said.join(" ");
        let found: Vec<&str> = sentences(&text).map(|at| text[at].trim_end()).collect();
        prop_assert_eq!(found, said);
    }

    #[test]
    fn a_sentence_does_not_change_with_what_follows_it(text in "([a-zA-Z]{1,9}[ .?!]{1,2}){0,20}") {
        // A boundary is known from the sentence and the next word.
        let all: Vec<_> = sentences(&text).collect();
        for (first, second) in all.iter().zip(all.iter().skip(1)) {
            prop_assert_eq!(sentences(&text[first.start..second.end]).next(), Some(0..first.len()));
        }
    }
}
