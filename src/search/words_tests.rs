//! Tests of the folding: one table of what becomes of a text, places, and properties.

use super::*;
use proptest::prelude::*;

fn words(text: &str) -> Vec<(String, u32)> {
    let mut words = Vec::new();
    each(text, |word, place, _| words.push((word.to_owned(), place)));
    words
}

fn letters(text: &str) -> String {
    words(text).iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn one_table_of_foldings() {
    for (text, folded) in [
        ("The COUNCIL met.", "the council met"),
        ("Côte d’Ivoire", "cote divoire d ivoire"),
        ("Cote d'Ivoire", "cote divoire d ivoire"),
        ("ＵＮ　２０１９", "un 2019"),
        ("peace-building", "peacebuilding peace building"),
        ("peace\u{ad}building", "peacebuilding"),
        ("people–to‑people", "peopletopeople people to people"),
        ("yes—no", "yes no"),
        ("resolution 2254 (2015)", "resolution 2254 2015"),
        ("S/2019/823", "s/2019/823 s 2019 823"),
        ("S/PV.8668", "s/pv.8668 s pv 8668"),
        ("6,500 of 2.5 per cent, no", "6500 6 500 of 2.5 2 5 per cent no"),
        ("the U.N. is", "the un u n is"),
        ("end.Next", "endnext end next"),
        ("e\u{301}te\u{301} É", "ete e"),
        ("Ёлка Йод", "елка иод"),
        ("مُحَمَّد أَحْمَد الـــعربية", "محمد احمد العربية"),
        ("Straße Œuvre Łódź", "strasse oeuvre lodz"),
        ("安全理事会 会", "安全 全理 理事 事会 会 会"),
        ("第2254号", "第 2254 号"),
        ("'quoted' -x- a- -", "quoted x a"),
        ("ŉ Ⅻ ½", "n xii 12"),
        ("", ""),
    ] {
        assert_eq!(letters(text), folded, "{text}");
    }
}

#[test]
fn every_part_has_a_place() {
    let pairs = |list: &[(&str, u32)]| -> Vec<(String, u32)> {
        list.iter().map(|(word, place)| ((*word).to_owned(), *place)).collect()
    };
    assert_eq!(
        words("the well-known 会议 x"),
        pairs(&[
            ("the", 0),
            ("wellknown", 1),
            ("well", 1),
            ("known", 2),
            ("会议", 3),
            ("议", 4),
            ("x", 5)
        ])
    );
}

#[test]
fn a_name_is_the_same_however_it_is_written() {
    assert_eq!(name("CÔTE D’IVOIRE"), name("Cote d'Ivoire"));
    assert_eq!(name("Guinea-Bissau"), "guinea bissau");
}

proptest! {
    #[test]
    fn bytes_are_of_the_text_and_places_rise(text in prop_oneof![
        any::<String>(),
        "[a-cÉ会议\u{301}\u{640} .,/'’-]{0,40}",
    ]) {
        let mut last = 0;
        each(&text, |word, place, at| {
            assert!(!word.is_empty() && word.len() <= LONGEST);
            assert!(text.get(at.clone()).is_some_and(|t| !t.is_empty()), "{at:?}");
            assert!(word.chars().all(|c| c.is_alphanumeric() || "/.".contains(c)), "{word}");
            assert!(place >= last);
            last = place;
        });
    }

    #[test]
    fn a_folded_word_folds_to_itself(text in prop_oneof![any::<String>(), "\\PC{0,12}"]) {
        each(&text, |word, _, _| {
            if !word.contains(['/', '.']) && word.len() + 4 < LONGEST {
                let mut again = Vec::new();
                each(word, |w, _, _| again.push(w.to_owned()));
                // A pair of Han characters is read as a pair and its last character.
                assert_eq!(again.first().map(String::as_str), Some(word));
            }
        });
    }

    #[test]
    fn case_and_accents_do_not_matter(text in "[a-zéñüА-Яа-я '’.-]{0,40}") {
        prop_assert_eq!(words(&text), words(&text.to_uppercase()));
        let marked: String = text.nfd().collect();
        prop_assert_eq!(words(&text), words(&marked));
    }
}
