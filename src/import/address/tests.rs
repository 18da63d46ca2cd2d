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
        "Mr.: x",
        ":",
        "（：",
        "",
    ] {
        assert_eq!(name(text), None, "{text}");
    }
}
