//! Every spelling in a table, and what must hold for any text.

use proptest::prelude::*;

use super::*;

/// What people write, and the symbol it is.
const SPELLINGS: &[(&str, &str)] = &[
    ("8668", "S/PV.8668"),
    ("S/PV.8668", "S/PV.8668"),
    ("SPV8668", "S/PV.8668"),
    ("spv 8668", "S/PV.8668"),
    ("S/PV8628", "S/PV.8628"),
    ("S/PV. 8267", "S/PV.8267"),
    ("S / PV . 8267", "S/PV.8267"),
    ("S/P.V. 8267", "S/PV.8267"),
    ("PV.1", "S/PV.1"),
    ("  \u{a0}S/PV.8668\u{202f}\n", "S/PV.8668"),
    ("(S/PV.8668)", "S/PV.8668"),
    ("«S/PV.8668».", "S/PV.8668"),
    ("S/PV.08668", "S/PV.8668"),
    ("8668th meeting", "S/PV.8668"),
    ("meeting 8668", "S/PV.8668"),
    ("https://undocs.org/en/S/PV.8668(Resumption1)", "S/PV.8668 (Resumption 1)"),
    ("https://docs.un.org/S/PV.8668%20(Resumption%201)", "S/PV.8668 (Resumption 1)"),
    // Resumptions.
    ("s/pv 8668 resumption 1", "S/PV.8668 (Resumption 1)"),
    ("S/PV.8668 (Resumption 1)", "S/PV.8668 (Resumption 1)"),
    ("S/PV.8668 (Resumption1)", "S/PV.8668 (Resumption 1)"),
    ("S/PV.8668 (ResumptionI)", "S/PV.8668 (Resumption 1)"),
    ("S/PV.8668 (Resumption II)", "S/PV.8668 (Resumption 2)"),
    ("S/PV.8668 (Resumption Ⅲ)", "S/PV.8668 (Resumption 3)"),
    ("S/PV.8668 Resumption 1)", "S/PV.8668 (Resumption 1)"),
    ("S/PV.8668 (Resumption)", "S/PV.8668 (Resumption 1)"),
    ("S/PV.8668, Res.1", "S/PV.8668 (Resumption 1)"),
    ("S/PV.8668Res.1", "S/PV.8668 (Resumption 1)"),
    ("8668R1", "S/PV.8668 (Resumption 1)"),
    ("8668r1", "S/PV.8668 (Resumption 1)"),
    ("8668 r.2", "S/PV.8668 (Resumption 2)"),
    ("3745Resumption1", "S/PV.3745 (Resumption 1)"),
    ("S/PV.8668 (Reprise 1)", "S/PV.8668 (Resumption 1)"),
    ("S/PV.8668 (Reanudación 1)", "S/PV.8668 (Resumption 1)"),
    ("S/PV.8668 (Возобновление 1)", "S/PV.8668 (Resumption 1)"),
    ("S/PV.8668（复会1）", "S/PV.8668 (Resumption 1)"),
    ("S/PV.8668 (الاستئناف ١)", "S/PV.8668 (Resumption 1)"),
    // File names.
    ("UNSC_2019_SPV.8668", "S/PV.8668"),
    ("UNSC_2019_SPV.8668Resumption1", "S/PV.8668 (Resumption 1)"),
    ("UNSC_2019_SPV.8668Resumption1_spch004.txt", "S/PV.8668 (Resumption 1)"),
    ("S/PV.8706(Resumption1)_E.pdf", "S/PV.8706 (Resumption 1)"),
    ("S_PV.8706(Resumption1)_E.pdf", "S/PV.8706 (Resumption 1)"),
    ("S_PV.8706_R.pdf", "S/PV.8706"),
    ("S_PV.8706-EN.pdf", "S/PV.8706"),
    ("S_PV.9642.zh.txt", "S/PV.9642"),
    ("S_PV.8668_Resumption_1.en.json.zst", "S/PV.8668 (Resumption 1)"),
    ("S_PV.2977_Part_II_Resumption_1.en.json", "S/PV.2977 (Part II) (Resumption 1)"),
    ("S_2020_254.en.json.zst", "S/2020/254"),
    ("MSC_PV.2_Resumption_1.fr.json", "MSC/PV.2 (Resumption 1)"),
    // Letters.
    ("S/2020/254", "S/2020/254"),
    ("s / 2020/254", "S/2020/254"),
    ("2020/254", "S/2020/254"),
    ("SPV.2020_254", "S/2020/254"),
    ("UNSC_2020_SPV.2020_254", "S/2020/254"),
    ("UNSC_2020_SPV.2020_254_spch012.txt", "S/2020/254"),
    // A number alone is a meeting, also where it looks like a year.
    ("2020", "S/PV.2020"),
    ("S/PV.2020", "S/PV.2020"),
    // Corrections, closed meetings and parts.
    ("S/PV.3105 + Corr.1", "S/PV.3105"),
    ("S/PV.3105/Corr.1", "S/PV.3105"),
    ("S/PV.3105 and Corr. 1", "S/PV.3105"),
    ("S/PV.8668 (Resumption 1)/Corr.1", "S/PV.8668 (Resumption 1)"),
    ("S/PV.3105/Rev.1", "S/PV.3105"),
    ("S/PV.8706*", "S/PV.8706"),
    ("S/PV.8706 (Provisional)", "S/PV.8706"),
    ("S/PV.4072 (Closed)", "S/PV.4072"),
    ("S/PV.4072 (closed)", "S/PV.4072"),
    ("S/PV.4072(Private)", "S/PV.4072"),
    ("S/PV.2977 (Part II)", "S/PV.2977 (Part II)"),
    ("S/PV.2977 Part 2", "S/PV.2977 (Part II)"),
    ("S/PV.2977 PartIIResumption1", "S/PV.2977 (Part II) (Resumption 1)"),
    ("S/PV.2977 (partie IV)", "S/PV.2977 (Part IV)"),
    ("S/PV.2977 (Part II) (Closed-Resumption 1)", "S/PV.2977 (Part II) (Resumption 1)"),
    ("S/PV.2977(Part II)(closed-resumption 3)", "S/PV.2977 (Part II) (Resumption 3)"),
    // Exercise debates.
    ("MSC/PV.3", "MSC/PV.3"),
    ("msc 3", "MSC/PV.3"),
    ("mscpv3", "MSC/PV.3"),
    ("MSC/PV.2 (Resumption 1)", "MSC/PV.2 (Resumption 1)"),
    // Letters of other alphabets, full width, and what does not show.
    ("Ѕ/РV.8668", "S/PV.8668"),
    ("С/РѴ.8668", "S/PV.8668"),
    ("с/пв.8668", "S/PV.8668"),
    ("S/ΡV.8668", "S/PV.8668"),
    ("Ｓ／ＰＶ．８６６８", "S/PV.8668"),
    ("МЅС/РV.3", "MSC/PV.3"),
    ("S/PV.8668 (Rеsumptiоn 1)", "S/PV.8668 (Resumption 1)"),
    ("\u{feff}S/\u{200b}PV.\u{ad}8668\u{200e}", "S/PV.8668"),
    ("S/PV.٨٦٦٨", "S/PV.8668"),
];

/// Near misses that are no symbols.
const NONE: &[&str] = &[
    "",
    " ",
    "S",
    "S/PV.",
    "S/PV.0",
    "PV",
    "Kazakhstan",
    "8668 estonia",
    "8668 e",
    "8668 1",
    "8668-1",
    "S/8668",
    "S/PV.8668/1",
    "S/PV.4294967296",
    "99999999999999999999",
    "S/PV.8668 (Resumption 0)",
    "S/PV.8668 (Resumption 256)",
    "S/PV.8668 (Resumption 1) (Resumption 2)",
    "S/PV.8668 (Resumption 1x)",
    "S/PV.2977 (Part)",
    "S/PV.2977 (Part IIII)",
    "S/2020/254 (Resumption 1)",
    "S/2020/",
    "A/76/262",
    "A/PV.8668",
    "C/PV.8668",
    "S/RES/2254 (2015)",
    "S/PRST/2019/15",
    "S/PV.8668, p. 2",
    "resolution 2254",
    "2254 (2015)",
];

#[test]
fn every_spelling_prints_in_one() {
    for (spelling, printed) in SPELLINGS {
        let symbol: Symbol = spelling.parse().unwrap_or_else(|e| panic!("{spelling}: {e}"));
        assert_eq!(symbol.to_string(), *printed, "{spelling}");
        assert_eq!(printed.parse::<Symbol>().unwrap(), symbol, "{spelling}");
        assert_eq!(symbol.file_stem().parse::<Symbol>().unwrap(), symbol, "{spelling}");
        assert_eq!(Symbol::parse_with_page(spelling), Some((symbol, None)), "{spelling}");
    }
}

#[test]
fn what_is_none_is_refused() {
    for text in NONE {
        assert!(text.parse::<Symbol>().is_err(), "{text:?} gave {:?}", text.parse::<Symbol>());
    }
}

#[test]
fn pages_are_read_behind_a_symbol() {
    let table: &[(&str, &str, Option<u32>)] = &[
        ("8668r1 p12", "S/PV.8668 (Resumption 1)", Some(12)),
        ("8628 p2", "S/PV.8628", Some(2)),
        ("8628p2", "S/PV.8628", Some(2)),
        ("S/PV.8628, p. 2", "S/PV.8628", Some(2)),
        ("S/PV8628, p. 2", "S/PV.8628", Some(2)),
        ("S/PV.8628 page 2", "S/PV.8628", Some(2)),
        ("S/PV.8628, pp. 5-7", "S/PV.8628", Some(5)),
        ("S/PV.8628, pp. 5–7", "S/PV.8628", Some(5)),
        ("S/PV.8699 (Resumption 1), p.12", "S/PV.8699 (Resumption 1)", Some(12)),
        ("S/PV.2977 (Part II), p. 3", "S/PV.2977 (Part II)", Some(3)),
        ("S/PV.8628, pág. 2", "S/PV.8628", Some(2)),
        ("S/PV.8628, стр. 2", "S/PV.8628", Some(2)),
        ("MSC/PV.2, p. 4", "MSC/PV.2", Some(4)),
        ("S/2020/254 p 30", "S/2020/254", Some(30)),
        ("8628 p", "S/PV.8628", None),
        ("8628 p.", "S/PV.8628", None),
        ("8628", "S/PV.8628", None),
    ];
    for (text, symbol, page) in table {
        let read = Symbol::parse_with_page(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((read.0.to_string().as_str(), read.1), (*symbol, *page), "{text}");
    }
    for text in ["8628 p0", "8628 peru", "8628 p2 p3", "8628 pa", "p2", "8628 p99999999999"] {
        assert_eq!(Symbol::parse_with_page(text), None, "{text}");
    }
}

#[test]
fn the_newest_is_last() {
    let rising = [
        "S/PV.1",
        "S/PV.2977 (Part I)",
        "S/PV.2977 (Part II)",
        "S/PV.2977 (Part II) (Resumption 1)",
        "S/PV.8668",
        "S/PV.8668 (Resumption 1)",
        "S/PV.8668 (Resumption 2)",
        "S/PV.10100",
        "S/2020/254",
        "S/2021/1",
        "MSC/PV.1",
    ];
    let symbols: Vec<Symbol> = rising.iter().map(|s| s.parse().unwrap()).collect();
    let mut sorted = symbols.clone();
    sorted.reverse();
    sorted.sort();
    assert_eq!(sorted, symbols);
}

#[test]
fn meetings_share_a_symbol() {
    let part: Symbol = "S/PV.2977 (Part II) (Resumption 1)".parse().unwrap();
    assert_eq!(part.meeting(), Symbol::verbatim(2977));
    assert_eq!((part.part(), part.resumption(), part.year()), (2, 1, None));
    assert_eq!(Symbol::letter(2020, 254).year(), Some(2020));
    assert_eq!(
        Symbol::letter(2020, 254).with_resumption(1).with_part(2),
        Symbol::letter(2020, 254)
    );
}

#[test]
fn the_error_shows_three_symbols_and_the_text_made_harmless() {
    let error = "\x1b]0;title\x07\u{202e}\n".parse::<Symbol>().unwrap_err().to_string();
    assert!(!error.chars().any(|c| c.is_control() || c == '\u{202e}'), "{error:?}");
    for shown in ["8668", "S/PV.8668 (Resumption 1)", "S/2020/254"] {
        assert!(error.contains(shown), "{error}");
        assert!(shown.parse::<Symbol>().is_ok());
    }
    let long = "ж".repeat(1_000_000).parse::<Symbol>().unwrap_err();
    assert_eq!(long.given.chars().count(), SymbolError::LONGEST);
    assert!(long.given.ends_with('…'));
}

#[test]
fn every_symbol_of_the_meetings_table_prints_back() {
    let shared = std::env::var_os("SPV_SHARED").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        std::path::PathBuf::from,
    );
    let Ok(table) = std::fs::read_to_string(shared.join("facts/meetings.tsv")) else {
        println!("skipped: {} has no facts/meetings.tsv", shared.display());
        return;
    };
    let mut seen = 0;
    for printed in table.lines().skip(1).filter_map(|line| line.split('\t').next()) {
        let symbol: Symbol = printed.parse().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(symbol.to_string(), printed);
        seen += 1;
    }
    assert_eq!(seen, 9375);
}

fn any_symbol() -> impl Strategy<Value = Symbol> {
    let meeting = (1..=u32::MAX, any::<u8>(), any::<u8>(), any::<bool>()).prop_map(
        |(number, part, resumption, exercise)| {
            let symbol = if exercise { Symbol::exercise(number) } else { Symbol::verbatim(number) };
            symbol.with_part(part).with_resumption(resumption)
        },
    );
    let letter = (1946u16..=2999, 1..=u32::MAX).prop_map(|(y, n)| Symbol::letter(y, n));
    prop_oneof![4 => meeting, 1 => letter]
}

proptest! {
    #[test]
    fn printing_then_parsing_is_the_identity(symbol in any_symbol()) {
        prop_assert_eq!(symbol.to_string().parse::<Symbol>().unwrap(), symbol.clone());
        let walked = parse::parse_any_spelling(&symbol.to_string(), true);
        prop_assert_eq!(walked, Some((symbol.clone(), None)), "the short cut and the walk agree");
        prop_assert_eq!(symbol.file_stem().parse::<Symbol>().unwrap(), symbol.clone());
        let json = serde_json::to_string(&symbol).unwrap();
        prop_assert_eq!(serde_json::from_str::<Symbol>(&json).unwrap(), symbol);
    }

    #[test]
    fn spelling_does_not_matter(
        symbol in any_symbol(),
        flips in proptest::collection::vec((any::<bool>(), 0u8..4), 64),
        page in proptest::option::of(1u32..500),
    ) {
        let mut spelled = String::new();
        for (c, (upper, space)) in symbol.to_string().chars().zip(flips) {
            let c = if upper { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
            match (c, space) {
                (' ', 0) => {}
                (' ', 1) => spelled.push('\u{a0}'),
                (' ', 2) => spelled.push_str("  "),
                ('(' | ')', 0) => spelled.push(' '),
                (c, _) => spelled.push(c),
            }
        }
        prop_assert_eq!(spelled.parse::<Symbol>().ok(), Some(symbol.clone()), "{}", spelled);
        if let Some(page) = page {
            let with_page = format!("{spelled}, p. {page}");
            prop_assert_eq!(Symbol::parse_with_page(&with_page), Some((symbol, Some(page))));
        }
    }

    #[test]
    fn no_text_panics(
        text in prop_oneof![".{0,40}", "[sSpPvV/.0-9 ()_rRіѕСmMcC,+]{0,30}",
            "S/PV\\.[0-9+x]{1,11}( \\(Resumption [0-9+x]{1,4}\\)?)?", any::<String>()],
    ) {
        prop_assert_eq!(parse::parse_symbol(&text, false), parse::parse_any_spelling(&text, false));
        if let Ok(symbol) = text.parse::<Symbol>() {
            prop_assert_eq!(symbol.to_string().parse::<Symbol>().unwrap(), symbol);
        }
        let _ = Symbol::parse_with_page(&text);
    }
}
