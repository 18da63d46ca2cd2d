//! Damaged and hostile files: each is refused in one clear line or read as far as it goes. None may
//! panic, and none may work or grow without bound; that much is seen by the test ending at all.

use spv::import::pdf::{self, Hints, PdfError};

use super::crypt;
use super::hostile::{self, damages};
use super::make::{self, page};

/// What came of a file, in one line.
fn outcome(bytes: &[u8]) -> Result<usize, PdfError> {
    let read = pdf::read(bytes, &Hints::default()).map(|i| i.record.statements().count());
    if let Err(error) = &read {
        let line = error.to_string();
        assert!(!line.contains('\n') && line.len() > 20 && line.len() < 400, "{line}");
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    read
}

#[test]
fn a_damaged_record_is_read_as_far_as_it_goes_or_refused() {
    for tagged in [false, true] {
        let whole = make::record(tagged).bytes();
        let (mut read, mut refused) = (0, 0);
        for (name, bytes) in damages(&whole) {
            match outcome(&bytes) {
                Ok(statements) => {
                    assert!(statements <= 10, "{name}");
                    read += 1;
                }
                Err(_) => refused += 1,
            }
        }
        assert!(read >= 4 && refused >= 6, "read {read}, refused {refused}");
    }
}

#[test]
fn a_wrong_place_of_the_table_is_mended_with_the_same_text() {
    let whole = make::record(true).bytes();
    let want = pdf::read(&whole, &Hints::default()).unwrap().record;
    let at = whole.windows(9).rposition(|w| w == b"startxref").unwrap();
    let bytes = [&whole[..at], b"startxref\n7\n%%EOF"].concat();
    let mended = pdf::read(&bytes, &Hints::default()).unwrap().record;
    assert_eq!(mended.items, want.items);
    let mended = pdf::read(&[&whole[..], b"\0\0 junk\n"].concat(), &Hints::default());
    assert_eq!(mended.unwrap().record.items, want.items);
}

#[test]
fn a_file_that_is_cut_off_is_refused_wherever_it_is_cut() {
    let refused = |bytes: &[u8], name: &str| {
        let error = outcome(bytes).expect_err(name);
        let cut = matches!(error, PdfError::Cut(_));
        assert!(cut || bytes.len() < 5 && matches!(error, PdfError::Damaged(_)), "{name} {error}");
        assert!(error.to_string().ends_with("download it again"), "{error}");
    };
    for tagged in [false, true] {
        let whole = make::record(tagged).bytes();
        let end = whole.windows(5).rposition(|w| w == b"%%EOF").unwrap() + 5;
        (0..end).step_by(37).for_each(|at| refused(&whole[..at], "made"));
        refused(&whole[..end - 1], "made");
        assert!(outcome(&whole[..end]).is_ok());
        // The file says that it has more pages than can be found.
        let mut more = whole.clone();
        let count = more.windows(7).position(|w| w == b"/Count ").unwrap() + 7;
        more[count] = b'9';
        refused(&more, "of nine pages");
    }
    for (name, bytes) in super::real::files() {
        for percent in [20, 30, 50, 70, 90, 97, 99] {
            refused(&bytes[..bytes.len() * percent / 100], &name);
        }
    }
}

/// The invented record with its pages packed, the last of them changed.
fn packed(change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut file = make::record(false);
    let pages = std::iter::once(make::cover()).chain(make::body(false));
    for (n, page) in pages.enumerate() {
        let mut data = hostile::zlib(&page.bytes());
        if n == 2 {
            change(&mut data);
        }
        file.objects[6 + 2 * n] = make::stream("/Filter/FlateDecode", &data);
    }
    file.bytes()
}

/// A file may be whole at both its ends and have a hole, as a download that was resumed in the wrong place. Text
/// would be missing, and nobody would see it.
#[test]
fn a_page_that_cannot_be_unpacked_is_refused_by_its_number() {
    let whole = make::record(false).bytes();
    let want = pdf::read(&whole, &Hints::default()).unwrap().record.items;
    let read = |bytes: &[u8]| pdf::read(bytes, &Hints::default()).map(|read| read.record.items);
    assert_eq!(read(&packed(|_| {})).unwrap(), want);
    // Some writers leave out the checksum; nothing of the text is missing then.
    let without_sum = packed(|data| data.truncate(data.len() - 4));
    assert_eq!(read(&without_sum).unwrap(), want);
    let damages: [fn(&mut Vec<u8>); 4] = [
        |data| data.truncate(data.len() / 2),
        |data| {
            let middle = data.len() / 2;
            data[middle..middle + 40].fill(0);
        },
        |data| data[40] ^= 4,
        |data| *data.last_mut().unwrap() ^= 1,
    ];
    for damage in damages {
        let error = read(&packed(damage)).unwrap_err();
        assert!(matches!(&error, PdfError::Damaged(what) if what.contains("page 3")), "{error}");
    }
    // In a real file a hole is wherever it is.
    for (name, bytes) in super::real::files() {
        let whole = read(&bytes).unwrap();
        for tenth in 1..9 {
            let mut hole = bytes.clone();
            let from = bytes.len() * tenth / 10;
            hole[from..from + 3_000].fill(0);
            if let Ok(items) = read(&hole) {
                assert_eq!(items.len(), whole.len(), "{name}: a hole at {tenth} tenths");
            }
        }
    }
}

#[test]
fn what_a_server_adds_after_the_end_does_not_matter() {
    let whole = make::record(true).bytes();
    let want = pdf::read(&whole, &Hints::default()).unwrap().record.items;
    for after in [&b"\r\n"[..], &[0; 5_000], &b"<html>not found</html>\n".repeat(300)] {
        let padded = [&whole[..], after].concat();
        assert_eq!(pdf::read(&padded, &Hints::default()).unwrap().record.items, want);
    }
}

#[test]
fn real_records_are_damaged_too() {
    for (at, (name, bytes)) in super::real::files().into_iter().enumerate() {
        // A third of the damages to each file, so that each is done to two or three.
        for (how, damaged) in damages(&bytes).into_iter().skip(at % 3).step_by(3) {
            if let Ok(statements) = outcome(&damaged) {
                assert!(statements < 80, "{name} {how}");
            }
        }
    }
}

#[test]
fn each_hostile_file_is_refused() {
    for (name, bytes) in hostile::all() {
        assert!(outcome(&bytes).is_err(), "{name}");
    }
}

#[test]
fn a_bomb_is_told_from_damage() {
    for at in [0, 3] {
        let (name, bytes) = &hostile::bombs()[at];
        assert!(matches!(outcome(bytes), Err(PdfError::Large(_))), "{name}");
    }
    let none = outcome(&hostile::tables()[4].1).unwrap_err();
    assert!(none.to_string().contains("do not map their glyphs to letters"), "{none}");
}

#[test]
fn structure_trees_that_hold_themselves_are_passed_over() {
    // Twice, and a great many times.
    let often = format!("<</S/P/K[{}]>>", "13 0 R ".repeat(60_000));
    for kids in ["<</S/P/K[13 0 R 13 0 R]>>", "<</S/Span/K[13 0 R 13 0 R 13 0 R]>>", &often] {
        let mut file = make::record(false);
        file.objects[0] = b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 12 0 R>>".to_vec();
        file.add("<</Type/StructTreeRoot/K[13 0 R]>>");
        file.add(kids);
        assert_eq!(outcome(&file.bytes()).unwrap(), 5);
    }
}

#[test]
fn a_password_is_asked_for_and_an_empty_one_opens() {
    let plain = make::record(true);
    let error = outcome(&crypt::locked(&plain, b"secret").bytes()).unwrap_err();
    assert_eq!(error, PdfError::Password);
    let locked = crypt::locked(&plain, b"");
    assert!(!locked.bytes().windows(15).any(|w| w == b"United Nations)"));
    let want = pdf::read(&plain.bytes(), &Hints::default()).unwrap().record;
    let read = pdf::read(&locked.bytes(), &Hints::default()).unwrap().record;
    assert_eq!(read.items, want.items);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn any_bytes_in_any_place(
        tagged: bool,
        changes in proptest::collection::vec((0usize..100_000, proptest::prelude::any::<u8>()), 1..60),
    ) {
        let mut bytes = make::record(tagged).bytes();
        let len = bytes.len();
        for (at, byte) in changes {
            bytes[at % len] = byte;
        }
        let _ = outcome(&bytes);
    }

    #[test]
    fn any_content(content in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..2_000)) {
        let _ = outcome(&page(content).bytes());
    }

    #[test]
    fn any_words_of_content(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "BT", "ET", "q", "Q", "(a b)", "<41>", "[(a) -300 (b)]", "Tj", "TJ", "'", "\"", "T*", "Td",
            "Tm", "cm", "Tf", "/F1", "/F2", "10", "-1.5", "0", "99999", "BDC", "EMC", "<</MCID 1>>",
            "<</ActualText (x)>>", "/P", "/Artifact", "Do", "/X", "BI", "EI", "[", "]", "<<", ">>", "Tr", "3",
        ]),
        0..400,
    )) {
        let _ = outcome(&page(words.join(" ")).bytes());
    }
}
