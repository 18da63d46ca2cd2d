//! Names of States: looked up, and found at the start of a text, in six languages.

use proptest::prelude::*;
use spv::facts::states::{self, Status};
use spv::facts::{meetings, votes};
use spv::record::Language;

use super::plain::{every_name, rows, text};

fn name(text: &str) -> Option<&'static str> {
    states::lookup(text).map(|state| state.name)
}

#[test]
fn there_are_193_members_two_observers_and_the_former_members() {
    let count = |status| states::all().filter(|state| state.status() == status).count();
    assert_eq!(
        (count(Status::Member), count(Status::Observer), count(Status::Former)),
        (193, 2, 5)
    );
    let permanent: Vec<_> =
        states::all().filter(states::State::permanent).map(|state| state.name).collect();
    assert_eq!(
        permanent,
        ["China", "France", "Russian Federation", "United Kingdom", "United States"]
    );
    let mut codes: Vec<_> =
        states::all().map(|state| state.iso3).filter(|code| !code.is_empty()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 201, "every State but Zanzibar has a code of its own");
}

#[test]
fn every_name_of_the_table_is_looked_up() {
    for row in rows("states.json") {
        for printed in every_name(&row) {
            let wanted = Some(text(&row, "name"));
            assert_eq!(name(&printed), wanted, "{printed}");
            assert_eq!(name(&printed.to_uppercase()), wanted, "{printed}");
            assert_eq!(name(&printed.to_lowercase()), wanted, "{printed}");
            assert_eq!(name(&format!("  {printed}\n")), wanted, "{printed}");
            assert_eq!(name(&printed.replace('\'', "’")), wanted, "{printed}");
        }
    }
}

#[test]
fn names_as_people_and_tables_write_them() {
    for (printed, state) in [
        ("Bolivia (Plurinational State of)", "Bolivia (Plurinational State of)"),
        ("Plurinational State Of Bolivia", "Bolivia (Plurinational State of)"),
        ("Bolivarian Republic of Venezuela", "Venezuela (Bolivarian Republic of)"),
        ("Islamic Republic Of Iran", "Iran (Islamic Republic of)"),
        ("Turkey", "Türkiye"),
        ("Turkiye", "Türkiye"),
        ("Czech Republic", "Czechia"),
        ("Cape Verde", "Cabo Verde"),
        ("Swaziland", "Eswatini"),
        ("Former Yugoslav Republic Of Macedonia", "North Macedonia"),
        ("Cote D'Ivoire", "Côte d'Ivoire"),
        ("CÔTE D’IVOIRE", "Côte d'Ivoire"),
        ("Slovak Republic", "Slovakia"),
        ("Kyrgyz Republic", "Kyrgyzstan"),
        ("the Russian Federation", "Russian Federation"),
        ("Union of Soviet Socialist Republics", "Russian Federation"),
        ("Republic of China", "China"),
        ("United Arab Republic", "Egypt"),
        ("Byelorussian Soviet Socialist Republic", "Belarus"),
        ("Zaire", "Democratic Republic of the Congo"),
        ("Libyan Arab Jamahiriya", "Libya"),
        ("Socialist Republic of Viet Nam", "Viet Nam"),
        ("Federated States Of Micronesia", "Micronesia (Federated States of)"),
        ("Serbia And Montenegro", "Serbia"),
        ("Tanzania", "United Republic of Tanzania"),
        ("us", "United States"),
        ("Royaume-Uni de Grande-Bretagne et d'Irlande du Nord", "United Kingdom"),
        ("Royaume-Uni", "United Kingdom"),
        ("États-Unis d’Amérique", "United States"),
        ("la Fédération de Russie", "Russian Federation"),
        ("L'Algérie", "Algeria"),
        ("República de Corea", "Republic of Korea"),
        ("Соединенное Королевство Великобритании и Северной Ирландии", "United Kingdom"),
        ("Соединённые Штаты Америки", "United States"),
        ("大不列颠及北爱尔兰联合王国", "United Kingdom"),
        ("联合王国", "United Kingdom"),
        ("مصر", "Egypt"),
        ("المملكة المتحدة", "United Kingdom"),
        ("امارة اندورا", "Andorra"),
    ] {
        assert_eq!(name(printed), Some(state), "{printed}");
    }
    for stranger in
        ["", " ", "the", "Atlantis", "European Union", "Kosovo", "Stat", "United", "\u{1b}[31m"]
    {
        assert_eq!(name(stranger), None, "{stranger}");
    }
}

#[test]
fn names_in_the_official_languages() {
    let korea = states::lookup("Republic of Korea").unwrap();
    let names = Language::OFFICIAL.map(|language| korea.names_in(&language).next().unwrap());
    let printed = [
        "جمهورية كوريا",
        "大韩民国",
        "Republic of Korea",
        "République de Corée",
        "Республика Корея",
        "República de Corea",
    ];
    assert_eq!(names, printed);
    let kingdom = states::lookup("UK").unwrap();
    assert_eq!(kingdom.formal, "United Kingdom of Great Britain and Northern Ireland");
    assert!(kingdom.names_in(&Language::French).any(|name| name.ends_with("d'Irlande du Nord")));
    assert!(korea.aliases().any(|alias| alias == "South Korea"));
}

#[test]
fn the_longest_name_at_the_start_of_a_text() {
    for (printed, length, state) in [
        (
            "United Kingdom of Great Britain and Northern Ireland, United States",
            52,
            "United Kingdom",
        ),
        ("United Kingdom, France", 14, "United Kingdom"),
        ("United\n  Kingdom: the draft", 16, "United Kingdom"),
        ("United Republic of Tanzania", 27, "United Republic of Tanzania"),
        ("Nigeria: none", 7, "Nigeria"),
        ("Niger: none", 5, "Niger"),
        ("Guinea-Bissau, Guinea", 13, "Guinea-Bissau"),
        ("Guinea, Guinea-Bissau", 6, "Guinea"),
        ("Republic of Korea, Romania", 17, "Republic of Korea"),
        ("Democratic People's Republic of Korea", 37, "Democratic People's Republic of Korea"),
        ("Democratic Republic of the Congo)", 32, "Democratic Republic of the Congo"),
        ("Congo, Croatia", 5, "Congo"),
        ("Dominican Republic", 18, "Dominican Republic"),
        ("Dominica and", 8, "Dominica"),
        ("Iran (Islamic Republic of), Iraq", 26, "Iran (Islamic Republic of)"),
        ("Iran, Iraq", 4, "Iran (Islamic Republic of)"),
        ("the Gambia, Ghana", 10, "Gambia"),
        ("The Niger.", 9, "Niger"),
        ("US position", 2, "United States"),
        ("South Sudan", 11, "South Sudan"),
        ("French", 0, ""),
        ("us and them", 0, ""),
        ("Nigerien", 0, ""),
        ("Omani", 0, ""),
        ("", 0, ""),
        ("大不列颠及北爱尔兰联合王国、美利坚合众国", 39, "United Kingdom"),
        ("尼日利亚和尼日尔", 12, "Nigeria"),
        ("尼日尔和尼日利亚", 9, "Niger"),
        ("几内亚比绍代表", 15, "Guinea-Bissau"),
        ("几内亚代表", 9, "Guinea"),
        ("法国代表发言", 6, "France"),
        ("朝鲜民主主义人民共和国", 33, "Democratic People's Republic of Korea"),
        ("刚果民主共和国、刚果", 21, "Democratic Republic of the Congo"),
        ("印度尼西亚", 15, "Indonesia"),
        ("Российская Федерация, Сьерра-Леоне", 39, "Russian Federation"),
        ("Индонезия", 18, "Indonesia"),
        ("la République de Corée, le Niger", 24, "Republic of Korea"),
        ("Guinée équatoriale", 20, "Equatorial Guinea"),
        ("Reino Unido de Gran Bretaña e Irlanda del Norte, Suiza", 48, "United Kingdom"),
        ("El Salvador, Eslovenia", 11, "El Salvador"),
        ("الولايات المتحدة الأمريكية، فرنسا", 50, "United States"),
    ] {
        let found = states::longest_at_start(printed)
            .map_or((0, ""), |(state, length)| (length, state.name));
        assert_eq!(found, (length, state), "{printed}");
    }
}

#[test]
fn decomposed_letters_are_letters_and_lengths_count_their_bytes() {
    let printed = "Co\u{302}te d'Ivoire, Cuba";
    let (state, length) = states::longest_at_start(printed).unwrap();
    assert_eq!((state.name, &printed[length..]), ("Côte d'Ivoire", ", Cuba"));
    let turkish = "Tu\u{308}rkiye";
    assert_eq!(states::longest_at_start(turkish).map(|(_, length)| length), Some(turkish.len()));
}

/// The plain way: of all names, the longest with which the text begins and after which a word ends.
fn plain_longest(states: &[serde_json::Value], text: &str) -> Option<(String, usize)> {
    let cjk = |c: char| ('\u{2e80}'..='\u{9fff}').contains(&c);
    let mut best: Option<(String, usize)> = None;
    for row in states {
        for printed in every_name(row) {
            let Some(rest) = text.strip_prefix(&printed) else { continue };
            let last = printed.chars().next_back().unwrap();
            let next = rest.chars().next().unwrap_or(' ');
            let word = !last.is_alphanumeric() || !next.is_alphanumeric() || cjk(last) || cjk(next);
            if word && best.as_ref().is_none_or(|(_, length)| *length < printed.len()) {
                best = Some((row["name"].as_str().unwrap().to_owned(), printed.len()));
            }
        }
    }
    best
}

#[test]
fn the_longest_name_is_that_of_the_plain_way_for_every_pair_of_tails() {
    let states = rows("states.json");
    for (index, row) in states.iter().enumerate() {
        let printed = every_name(row);
        let printed = &printed[index % printed.len()];
        // Every name by turns, and every way a word may end or go on after it.
        for tail in ["", ", ", " (", "-", "n", "、", "代表", "s"] {
            let text = format!("{printed}{tail}");
            let found = states::longest_at_start(&text)
                .map(|(state, length)| (state.name.to_owned(), length));
            assert_eq!(found, plain_longest(&states, &text), "{text}");
        }
    }
}

#[test]
fn facts_are_asked_for_without_a_start() {
    // A first answer needs nothing made beforehand; this is a guard against tables built at start.
    assert_eq!(meetings::get(0).map(|meeting| meeting.symbol), Some("S/PV.1"));
    assert_eq!(votes::get(0).map(|vote| vote.reference), Some("S/RES/1 (1946)"));
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "\\PC{0,60}") {
        let _ = states::lookup(&text);
        let _ = votes::by_reference(&text);
        if let Some((_, length)) = states::longest_at_start(&text) {
            prop_assert!(length > 0 && text.is_char_boundary(length));
        }
    }

    #[test]
    fn a_name_in_front_of_any_text_is_found(index in 0usize..202, tail in "[ ,.;:)、]\\PC{0,20}") {
        let state = states::all().nth(index).unwrap();
        let text = format!("{}{tail}", state.formal);
        let (_, length) = states::longest_at_start(&text).unwrap();
        prop_assert!(length >= state.formal.len() && text.is_char_boundary(length));
    }

    #[test]
    fn any_number_is_answered(text in "(S/RES/|res |resolution )?[0-9]{0,12}( ?\\([0-9]{0,6}\\))?") {
        if let Some(vote) = votes::by_reference(&text) {
            let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit())
                .take_while(char::is_ascii_digit).collect();
            let number: u32 = digits.parse().unwrap();
            let prefix = format!("S/RES/{number} (");
            prop_assert!(vote.reference.starts_with(&prefix));
        }
    }
}
