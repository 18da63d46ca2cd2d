//! Forms of address, of invented persons.

use super::*;

fn name(text: &str) -> Option<String> {
    parse_address(text).map(|a| a.speaker.name)
}

#[test]
fn the_chair_in_every_language() {
    for (text, spoken) in [
        ("The President: I open", None),
        ("The PRESIDENT (interpretation from Spanish): I open", Some(Language::Spanish)),
        ("Le Président ( parle en anglais) : Je", Some(Language::English)),
        ("La Présidente (parle en anglais) : Je", Some(Language::English)),
        ("El Presidente (habla en inglés): Yo", Some(Language::English)),
        ("Председатель (говорит по-английски): Я", Some(Language::English)),
        ("主席（以英语发言）：我", Some(Language::English)),
        ("الرئيس (تكلم بالإنكليزية): أفتتح", Some(Language::English)),
        ("Mr. President (spoke in French): I", Some(Language::French)),
    ] {
        let address = parse_address(text).unwrap_or_else(|| panic!("{text}"));
        assert!(address.chair, "{text}");
        assert_eq!(address.spoken, spoken, "{text}");
        assert!(!address.speaker.printed.ends_with(':'), "{text}");
    }
}

#[test]
fn titles_and_names() {
    for (text, want) in [
        ("Mr. Orlan (Kazakhstan): We", "Mr. Orlan"),
        ("Mr. AL-ORLANI (Palestine) (interpretation from Arabic): We", "Mr. AL-ORLANI"),
        ("Dame Vera Orlan (United Kingdom): We", "Dame Vera Orlan"),
        ("Mrs. Orlan-Vey de la Torre: We", "Mrs. Orlan-Vey de la Torre"),
        ("Ms. D’Orlan (France) (spoke in French): We", "Ms. D’Orlan"),
        ("Sheikh Al Orlan (Qatar) (spoke in Arabic): We", "Sheikh Al Orlan"),
        ("Crown Prince Orlan bin Vey (Jordan): We", "Crown Prince Orlan bin Vey"),
        ("Lieutenant General Orlan: We", "Lieutenant General Orlan"),
        ("King Orlan II (Jordan) (spoke in Arabic): We", "King Orlan II"),
        ("Archbishop Orlan (Holy See): We", "Archbishop Orlan"),
        ("M. Orlan (France) : Nous", "M. Orlan"),
        ("Mme Orlan-Vey (Fédération de Russie) ( parle en russe) : Nous", "Mme Orlan-Vey"),
        ("Sr. Orlan (Estados Unidos de América) (habla en inglés): Los", "Sr. Orlan"),
        ("Г-н Орлан (Соединенные Штаты Америки) (говорит по-английски): Мы", "Г-н Орлан"),
        ("Дама Вера Орлан (Соединенное Королевство): Мы", "Дама Вера Орлан"),
        ("奥兰先生（美利坚合众国）（以英语发言）：我们", "奥兰先生"),
        ("奥兰 · 维女士（中国）：我们", "奥兰·维女士"),
        ("السيد أورلان (كازاخستان): نحن", "السيد أورلان"),
        ("Mr. Orlan (Iran (Islamic Republic of)): We", "Mr. Orlan"),
        ("Sister Orlan: We", "Sister Orlan"),
        ("Brother Orlan (Peru): We", "Brother Orlan"),
        ("King Orlan: We", "King Orlan"),
        ("Queen Vera of Utopia: We", "Queen Vera of Utopia"),
        ("Dato Orlan Vey: We", "Dato Orlan Vey"),
        ("Chief Orlan (Nigeria): We", "Chief Orlan"),
        ("Comrade Orlan (Peru): We", "Comrade Orlan"),
        ("Nana Orlan (Ghana): We", "Nana Orlan"),
        ("Dom Orlan (Brazil): We", "Dom Orlan"),
        ("Hermana Orlan: Nosotras", "Hermana Orlan"),
        ("The Chair of the Committee (Peru): We", "The Chair of the Committee"),
        ("Король Орлан: Мы", "Король Орлан"),
    ] {
        assert_eq!(name(text).as_deref(), Some(want), "{text}");
    }
}

#[test]
fn the_words_begin_after_the_colon() {
    let text =
        "Mr. Orlan (Special Envoy of the Secretary-General: Cyprus) (spoke in French): Words: more";
    let address = parse_address(text).unwrap();
    assert_eq!(&text[address.len..], "Words: more");
    assert_eq!(address.spoken, Some(Language::French));
    assert_eq!(
        address.speaker.role.as_deref(),
        Some("Special Envoy of the Secretary-General: Cyprus")
    );
    assert_eq!(
        parse_address("Mr. Orlan (European Union): We").unwrap().speaker.organization.as_deref(),
        Some("European Union")
    );
}

#[test]
fn offices() {
    let address = parse_address("Le Secrétaire général (parle en anglais) : Je").unwrap();
    assert_eq!(address.speaker.role.as_deref(), Some("Secretary-General"));
    assert_eq!(address.speaker.organization.as_deref(), Some("United Nations"));
    assert!(!address.chair);
}

#[test]
fn running_text_is_none() {
    for text in [
        "The President of the Republic said: peace",
        "I quote: peace",
        "Mr. President: I thank you",
        "Mr. Orlan said: peace",
        "Mr. Orlan (Kazakhstan) said: peace",
        "General Assembly: a body",
        "First: peace",
        "The United Kingdom: a member",
        "We have three points: one",
        "Prince: a title",
        "Председатель Комитета сказал: мир",
        "El Presidente de la República dijo: paz",
        "我感谢奥兰先生：他",
        "President Orlan: a name",
        "United States of America The President (spoke in French): There",
        "United Kingdom Mr. Orlan (Peru): We",
        "Threats to Peace The President (spoke in French): The",
        "Peace and Security Mr. Orlan (Peru): We",
        "Mr. Vey (Ghana) Mr. Orlan (Peru): We",
        "Mr. Third Mr. Orlan (Peru): We",
        "Mr.: x",
        ":",
        "（：",
        "",
    ] {
        assert_eq!(name(text), None, "{text}");
    }
}

#[test]
fn what_resembles_a_form_of_address_is_noticed() {
    for text in [
        "Chief Orlan: We are grateful",
        "Comrade Orlan: We are grateful",
        "President Orlan: We are grateful",
        "Father Orlan Vey: We are grateful",
        "Mr. Orlan (Peru), Rapporteur: We are grateful",
        "Mr. Orlan, Rapporteur: We are grateful",
        "Mr. Orlan, President of the Court: We are grateful",
        "Ms. Vey, Special Envoy of the Secretary-General for Utopia: We are grateful",
        "The Rapporteur: We are grateful",
        "The Chair of the Working Group: We are grateful",
        "The Executive Director: We are grateful",
        "The Under-Secretary-General for Invented Affairs: We are grateful",
        "Le Rapporteur : Nous sommes reconnaissants",
        "La Présidente du Comité : Nous sommes reconnaissants",
        "El Relator: Estamos agradecidos",
        "Докладчик: Мы признательны",
        "报告员：我们",
        "委员会主席（秘鲁）：我们",
        "Mr. Orlan (Peru) (spoke in Spanish) We are grateful",
        "Mr. Orlan (Peru). We are grateful",
        "Mr. Orlan (Peru); We are grateful",
        "Thakur Orlan Vey (spoke in French) We are grateful",
        "United States of America The President (spoke in French): There",
    ] {
        assert!(resembles_address(text), "{text}");
    }
    for text in [
        "Mr. Orlan (Peru): We are grateful",
        "The President: I open the meeting",
        "Mr. President: I thank you",
        "Mr. Orlan said: peace",
        "Mr. Orlan (Peru) said: peace",
        "Mr. Orlan (Peru) and his friends: peace",
        "Ms. Vey, who spoke before me: peace",
        "The Chair of the Committee said this: peace",
        "The Secretary-General’s report has three parts: one",
        "The Council has one task: peace",
        "The United Kingdom: a member",
        "The Committee: a body",
        "First: peace",
        "Secondly, we ask for this: peace",
        "General Assembly: a body",
        "Major concerns: none",
        "Chief among them: peace",
        "I quote: peace",
        "(spoke in French) I resume",
        "As we say at home (spoke in French), peace",
        "the Rapporteur: a small letter",
        "我们的代表：他",
        "El Presidente de la República dijo: paz",
        "Председатель Комитета сказал: мир",
        "",
    ] {
        assert!(!resembles_address(text), "{text}");
    }
}

#[test]
fn forms_of_address_after_other_text() {
    for (text, after) in [
        ("United States of America The President (spoke in French): There", "The President"),
        ("Jamaica, Mali, Ukraine, United Kingdom Mr. Orlan (Peru): We", "Mr. Orlan"),
        (
            "The second line of a heading Utopia The President (spoke in French): The",
            "The President",
        ),
        ("Their words end here. Mr. Orlan (Peru): We", "Mr. Orlan"),
        ("Their words end here. The President: I thank", "The President"),
        ("Three things: one, two, three. Ms. Vey (Ghana) (spoke in French): We", "Ms. Vey"),
    ] {
        let at = find_embedded_address(text).unwrap_or_else(|| panic!("{text}"));
        assert!(text[at..].starts_with(after), "{text}");
    }
    for text in [
        "Mr. Orlan (Peru): We",
        "I thank the representative, Mr. Orlan (Peru): he was brief",
        "We heard Ms. Vey (Ghana). She said: peace",
        "They said to the President: no",
        "We ask: why? Mr. Orlan: he knows",
        "",
    ] {
        assert_eq!(find_embedded_address(text), None, "{text}");
    }
}
