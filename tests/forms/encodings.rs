//! Encodings and what earlier programs did to the characters.

use encoding_rs::Encoding;

use super::{imported, items, refused};

const ENGLISH: &str = "The President: I thank the representative of Côte d’Ivoire — and all “officers”.\n\n\
    Mr. Kouadré (Côte d’Ivoire): We thank the President.\n";
const FRENCH: &str = "Le Président : Je remercie les États-Unis d’Amérique de leur déclaration.\n\n\
    M. Kouadré (Côte d’Ivoire) : « Où sont-ils ? » a-t-il demandé à l’été.\n";
const RUSSIAN: &str = "Председатель (говорит по-английски): Я предоставляю слово представителю Казахстана.\n\n\
    Г-н Орлан (Казахстан): Мы считаем, что выдуманный мост лучше выдуманной стены.\n";
const CHINESE: &str = "主席（以英语发言）：我请哈萨克斯坦代表发言。\n\n\
    奥兰先生（哈萨克斯坦）（以俄语发言）：我们认为虚构的桥比虚构的墙好。我们感谢主席。\n";

/// The text in an encoding; `None` if that does not have all of its characters.
fn encoded(text: &str, label: &str) -> Option<Vec<u8>> {
    let utf16 = |order: fn(u16) -> [u8; 2], mark: bool| {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        Some(units.flat_map(order).collect())
    };
    match label {
        "utf-8-bom" => Some([&b"\xEF\xBB\xBF"[..], text.as_bytes()].concat()),
        "utf-16le" => utf16(u16::to_le_bytes, false),
        "utf-16be" => utf16(u16::to_be_bytes, false),
        "utf-16le-bom" => utf16(u16::to_le_bytes, true),
        "utf-16be-bom" => utf16(u16::to_be_bytes, true),
        _ => {
            let (bytes, _, lost) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
            (!lost).then(|| bytes.into_owned())
        }
    }
}

#[test]
fn a_text_in_any_encoding_is_the_same_record() {
    const ALL: [&str; 6] =
        ["utf-8", "utf-8-bom", "utf-16le", "utf-16be", "utf-16le-bom", "utf-16be-bom"];
    for (text, own) in [
        (ENGLISH, &["windows-1252", "macintosh"][..]),
        (FRENCH, &["windows-1252", "macintosh"]),
        (RUSSIAN, &["windows-1251", "koi8-r", "ibm866", "iso-8859-5"]),
        (CHINESE, &["gbk", "gb18030"]),
    ] {
        let right = items(&imported(text.as_bytes()).record);
        assert_eq!(right.len(), 2, "{right:?}");
        for label in ALL.iter().chain(own) {
            let made = imported(&encoded(text, label).unwrap());
            assert_eq!(items(&made.record), right, "{label}");
            let told =
                made.report.iter().any(|line| line.contains("UTF-16") || line.contains("encoding"));
            assert_eq!(told, !label.starts_with("utf-8"), "{label}: {:?}", made.report);
        }
    }
}

#[test]
fn utf_8_that_was_read_in_another_encoding_is_mended_and_counted() {
    let right = |text: &str| items(&imported(text.as_bytes()).record);
    for (text, labels) in [
        (ENGLISH, &["windows-1252", "macintosh"][..]),
        (FRENCH, &["windows-1252", "macintosh"]),
        (RUSSIAN, &["windows-1252", "windows-1251"]),
        (CHINESE, &["windows-1252"]),
    ] {
        for label in labels {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let once = encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned();
            let twice = encoding.decode_without_bom_handling(once.as_bytes()).0.into_owned();
            for wrong in [once, twice] {
                let made = imported(wrong.as_bytes());
                assert_eq!(items(&made.record), right(text), "{label}: {wrong}");
                assert!(
                    made.record.source.repairs["mojibake"] > 3,
                    "{:?}",
                    made.record.source.repairs
                );
            }
        }
        assert!(!imported(text.as_bytes()).record.source.repairs.contains_key("mojibake"));
    }
}

#[test]
fn a_lost_letter_is_put_back_in_a_state_and_doubted_elsewhere() {
    let text = "Mr. Orlan (C?te d'Ivoire): We ask Mr. J?rlansen: why? We are in C?te d?Ivoire.\n";
    let made = imported(text.as_bytes());
    assert_eq!(
        items(&made.record),
        ["Mr. Orlan [Côte d'Ivoire] We ask Mr. J?rlansen: why? We are in Côte d’Ivoire."]
    );
    assert_eq!(made.record.source.repairs["lost_letters"], 3);
    let doubts = &made.record.source.warnings;
    assert!(doubts.iter().any(|doubt| doubt.contains("J?rlansen")), "{doubts:?}");
}

#[test]
fn what_no_encoding_makes_a_text_of_is_refused_by_name() {
    for bytes in [
        // Code pages 437 and 1253, and a text whose letters were lost.
        &b"M. Kouadr\x82 (C\x93te d'Ivoire): \x8a l'\x82t\x82, o\x97, \x87a."[..],
        b"\xcf \xd0\xf1\xfc\xe5\xe4\xf1\xef\xf2: \xc4\xdf\xed\xf9 \xf4\xef \xeb\xfc\xe3\xef \xf3\xf4\xef\xed \xe5\xea\xf0\xf1\xfc\xf3\xf9\xf0\xef.",
        "???????????? (??????? ??-?????????): ? ???????????? ????? ?-?? ?????? (?????????).".as_bytes(),
    ] {
        let error = refused(bytes);
        assert!(error.contains("encoding") && error.contains("UTF-8"), "{error}");
    }
}
