//! What is a reference, what is none, and what must hold for any text. The sentences are invented.

use proptest::prelude::*;

use super::*;
use crate::record::Symbol;

/// A reference as `printed => target`, for tables.
fn shown(text: &str) -> Vec<String> {
    find_references(text)
        .into_iter()
        .map(|r| {
            let printed = &text[r.at];
            match r.target {
                Target::Record { symbol, page: None } => format!("{printed} => {symbol}"),
                Target::Record { symbol, page: Some(p) } => format!("{printed} => {symbol} p {p}"),
                Target::Resolution { number, year } => format!("{printed} => {number}/{year}"),
                Target::Document(symbol) => format!("{printed} => {symbol}"),
            }
        })
        .collect()
}

fn check(table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(&shown(text), expected, "{text}");
    }
}

#[test]
fn council_resolutions_in_words() {
    check(&[
        ("By resolution 2254 (2015) we", &["resolution 2254 (2015) => 2254/2015"]),
        ("By Resolution 2254(2015).", &["Resolution 2254(2015) => 2254/2015"]),
        ("Security Council resolution 2107 (2013)", &["resolution 2107 (2013) => 2107/2013"]),
        ("resolution\u{a0}1 (1946)", &["resolution\u{a0}1 (1946) => 1/1946"]),
        (
            "resolutions 1325 (2000) and 1820 (2008) hold",
            &["resolutions 1325 (2000) => 1325/2000", "1820 (2008) => 1820/2008"],
        ),
        (
            "resolutions 822 (1993), 853 (1993), 874 (1993), and 884 (1993). 12 (2001)",
            &[
                "resolutions 822 (1993) => 822/1993",
                "853 (1993) => 853/1993",
                "874 (1993) => 874/1993",
                "884 (1993) => 884/1993",
            ],
        ),
        (
            "resolutions 242 (1967) to 2334 (2016)",
            &["resolutions 242 (1967) => 242/1967", "2334 (2016) => 2334/2016"],
        ),
        (
            "resolutions 1267 (1999) 1989 (2011) and others",
            &["resolutions 1267 (1999) => 1267/1999", "1989 (2011) => 1989/2011"],
        ),
        ("resolution 242, of 1967, is", &["resolution 242, of 1967 => 242/1967"]),
        (
            "resolution 2334 of 23 December 2016",
            &["resolution 2334 of 23 December 2016 => 2334/2016"],
        ),
        ("welcomeresolution 2504 (2020), on", &["resolution 2504 (2020) => 2504/2020"]),
        ("as resolution2511 (2020) says", &["resolution2511 (2020) => 2511/2020"]),
        ("as resolution2511 and resolution.2254 say", &[]),
        ("reaffirmed in 2419 (2018). Law", &["2419 (2018) => 2419/2018"]),
        ("Law 2419 (2017) and decision 15 (1946), 12.419 (2018)", &[]),
        (
            "resolutions 1696 (2006), para. 3; 1737 (2006), para. 20",
            &["resolutions 1696 (2006) => 1696/2006", "1737 (2006) => 1737/2006"],
        ),
        ("see S/RES/2254 (2015), and", &["S/RES/2254 (2015) => 2254/2015"]),
        ("resolution S/RES/1325(2000)", &["S/RES/1325(2000) => 1325/2000"]),
        ("S/RES/2254.", &["S/RES/2254 => 2254/2015"]),
    ]);
}

#[test]
fn a_resolution_without_a_year_counts_where_nobody_else_is_named() {
    check(&[
        ("We recall resolution 2254.", &["resolution 2254 => 2254/2015"]),
        ("Resolution 2254 stands.", &["Resolution 2254 => 2254/2015"]),
        ("Security Council resolution 338, which", &["resolution 338 => 338/1973"]),
        ("UNSCR 2231 says", &["UNSCR 2231 => 2231/2015"]),
        ("resolutions 242 and 338 are", &["resolutions 242 => 242/1967", "338 => 338/1973"]),
        ("in resolution 2254, 15 members", &["resolution 2254 => 2254/2015"]),
        ("resolution 2254 and 150 others", &["resolution 2254 => 2254/2015"]),
        ("resolution 2900 is not known yet", &["resolution 2900 => 2900/0"]),
        ("resolution 12 of the committee", &[]),
        ("the House of Representatives resolution 326", &[]),
        ("the League adopted resolution 8522", &[]),
        ("the General Assembly resolution 181", &[]),
        ("resolution 181 of the General Assembly", &[]),
        ("General Assembly resolution 1 (1)", &[]),
        ("resolution 194 (IID) of", &[]),
        ("a resolution 1,000 pages long", &[]),
        ("resolution 300 % better", &[]),
        ("resolution 1024x768", &[]),
        ("resolution 12345 (2015)", &[]),
        ("resolution 0", &[]),
        ("irresolution 2254", &[]),
    ]);
}

#[test]
fn resolutions_of_other_bodies_are_never_the_councils() {
    check(&[
        ("General Assembly resolution 377 (V)", &["resolution 377 (V) => A/RES/377 (V)"]),
        ("General Assembly resolution 377 A (V)", &["resolution 377 A (V) => A/RES/377 A (V)"]),
        ("General Assembly resolution 76/262, on", &["resolution 76/262 => A/RES/76/262"]),
        ("in its resolution 46/182.", &["resolution 46/182 => A/RES/46/182"]),
        (
            "General Assembly resolutions 71/205, 72/190 and 74/168;",
            &[
                "resolutions 71/205 => A/RES/71/205",
                "72/190 => A/RES/72/190",
                "74/168 => A/RES/74/168",
            ],
        ),
        (
            "resolutions 1514 (XV) and 2625 (XXV) of the General Assembly",
            &["resolutions 1514 (XV) => A/RES/1514 (XV)", "2625 (XXV) => A/RES/2625 (XXV)"],
        ),
        (
            "the Human Rights Council in its resolution 31/36",
            &["resolution 31/36 => A/HRC/RES/31/36"],
        ),
        (
            "Economic and Social Council resolution 1996/31",
            &["resolution 1996/31 => E/RES/1996/31"],
        ),
        (
            "by the General Assembly (resolution 70/262) and the Council (resolution 2282 (2016))",
            &["resolution 70/262 => A/RES/70/262", "resolution 2282 (2016) => 2282/2016"],
        ),
    ]);
}

#[test]
fn the_other_official_languages() {
    check(&[
        ("la résolution 2254 (2015)", &["résolution 2254 (2015) => 2254/2015"]),
        (
            "les résolutions 1325 (2000) et 1820 (2008)",
            &["résolutions 1325 (2000) => 1325/2000", "1820 (2008) => 1820/2008"],
        ),
        (
            "la résolution du Conseil de sécurité 2254 (2015)",
            &["résolution du Conseil de sécurité 2254 (2015) => 2254/2015"],
        ),
        ("de l’Assemblée, résolution 76/262", &["résolution 76/262 => A/RES/76/262"]),
        ("la resolución 2254 (2015)", &["resolución 2254 (2015) => 2254/2015"]),
        (
            "las resoluciones 1325 (2000), 1820 (2008) y 2242 (2015)",
            &[
                "resoluciones 1325 (2000) => 1325/2000",
                "1820 (2008) => 1820/2008",
                "2242 (2015) => 2242/2015",
            ],
        ),
        ("резолюции 2254 (2015)", &["резолюции 2254 (2015) => 2254/2015"]),
        (
            "Резолюциями 1325 (2000) и 1820 (2008)",
            &["Резолюциями 1325 (2000) => 1325/2000", "1820 (2008) => 1820/2008"],
        ),
        (
            "резолюцию Совета Безопасности 2254 (2015)",
            &["резолюцию Совета Безопасности 2254 (2015) => 2254/2015"],
        ),
        (
            "резолюция Генеральной Ассамблеи 76/262",
            &["резолюция Генеральной Ассамблеи 76/262 => A/RES/76/262"],
        ),
        ("安全理事会第2254（2015）号决议", &["第2254（2015）号决议 => 2254/2015"]),
        ("第 2254 (2015) 号决议", &["第 2254 (2015) 号决议 => 2254/2015"]),
        (
            "第1325（2000）和1820（2008）号决议",
            &["第1325（2000） => 1325/2000", "1820（2008）号决议 => 1820/2008"],
        ),
        (
            "第1325（2000）号、第1820（2008）号决议",
            &["第1325（2000）号 => 1325/2000", "第1820（2008）号决议 => 1820/2008"],
        ),
        ("大会第76/262号决议", &["第76/262号决议 => A/RES/76/262"]),
        ("第2254号决议", &["第2254号决议 => 2254/2015"]),
        ("第2254次会议", &[]),
        ("大会第2254号决议", &[]),
        ("بالقرار 2254 (2015)", &["قرار 2254 (2015) => 2254/2015"]),
        (
            "القرارات 1325 (2000) و 1820 (2008)",
            &["قرارات 1325 (2000) => 1325/2000", "1820 (2008) => 1820/2008"],
        ),
        ("S/PV.8628, pág. 2", &["S/PV.8628, pág. 2 => S/PV.8628 p 2"]),
        ("S/PV.8628, стр. 2", &["S/PV.8628, стр. 2 => S/PV.8628 p 2"]),
        ("S/PV.8628，第2页", &["S/PV.8628，第2页 => S/PV.8628 p 2"]),
        ("Ѕ/РV.8628", &["Ѕ/РV.8628 => S/PV.8628"]),
        ("А/76/262", &["А/76/262 => A/76/262"]),
    ]);
}

#[test]
fn records_with_resumptions_and_pages() {
    check(&[
        ("S/PV.8628", &["S/PV.8628 => S/PV.8628"]),
        ("(see S/PV.8699)", &["S/PV.8699 => S/PV.8699"]),
        ("S/PV.8589, p. 5)", &["S/PV.8589, p. 5 => S/PV.8589 p 5"]),
        ("(S/PV.8626, p.13).", &["S/PV.8626, p.13 => S/PV.8626 p 13"]),
        ("(S/PV.8699. p. 3)", &["S/PV.8699. p. 3 => S/PV.8699 p 3"]),
        ("(S/PV.8699, pp. 5-7)", &["S/PV.8699, pp. 5-7 => S/PV.8699 p 5"]),
        ("S/PV.8699, page 5 says", &["S/PV.8699, page 5 => S/PV.8699 p 5"]),
        ("S/PV8628, p. 2", &["S/PV8628, p. 2 => S/PV.8628 p 2"]),
        ("S/PV. 8267, p. 3", &["S/PV. 8267, p. 3 => S/PV.8267 p 3"]),
        ("S/PV.8699, paras. 10", &["S/PV.8699 => S/PV.8699"]),
        ("S/PV.8699, per 5", &["S/PV.8699 => S/PV.8699"]),
        ("S/PV.8699. We said", &["S/PV.8699 => S/PV.8699"]),
        ("S/PV.8694 and S/PV.8696", &["S/PV.8694 => S/PV.8694", "S/PV.8696 => S/PV.8696"]),
        ("S/PV.8699 (Resumption 1))", &["S/PV.8699 (Resumption 1) => S/PV.8699 (Resumption 1)"]),
        (
            "(S/PV.8699 (Resumption 1), p. 12)",
            &["S/PV.8699 (Resumption 1), p. 12 => S/PV.8699 (Resumption 1) p 12"],
        ),
        ("S/PV.8699(ResumptionI)", &["S/PV.8699(ResumptionI) => S/PV.8699 (Resumption 1)"]),
        ("S/PV.8699 Resumption 2.", &["S/PV.8699 Resumption 2 => S/PV.8699 (Resumption 2)"]),
        ("S/PV.8699 Resumption | and", &["S/PV.8699 Resumption | => S/PV.8699 (Resumption 1)"]),
        ("(see S/PV.8699, Res.1)", &["S/PV.8699, Res.1 => S/PV.8699 (Resumption 1)"]),
        ("(S/PV.8699 (Resumption 1.", &["S/PV.8699 (Resumption 1 => S/PV.8699 (Resumption 1)"]),
        ("S/PV.8699 (Resumption of work", &["S/PV.8699 => S/PV.8699"]),
        (
            "S/PV.2977 (Part II) (Closed-Resumption 1)",
            &["S/PV.2977 (Part II) (Closed-Resumption 1) => S/PV.2977 (Part II) (Resumption 1)"],
        ),
        ("S/PV.4072 (Closed)", &["S/PV.4072 (Closed) => S/PV.4072"]),
        ("S/PV.3105/Corr.1", &["S/PV.3105/Corr.1 => S/PV.3105"]),
        ("(MSC/PV.2, p. 4)", &["MSC/PV.2, p. 4 => MSC/PV.2 p 4"]),
        ("S/PV.8699 in 1999", &["S/PV.8699 => S/PV.8699"]),
        ("S/PV. and S/PV.x", &[]),
    ]);
}

#[test]
fn other_documents() {
    check(&[
        ("the report (S/2019/823, annex)", &["S/2019/823 => S/2019/823"]),
        ("S/2014/348.", &["S/2014/348 => S/2014/348"]),
        ("S/2019/823/Add.1 and", &["S/2019/823/Add.1 => S/2019/823/Add.1"]),
        ("S/PRST/2019/15", &["S/PRST/2019/15 => S/PRST/2019/15"]),
        ("statementS/PRST/2020/8.", &["S/PRST/2020/8 => S/PRST/2020/8"]),
        ("S/PRST/2020/5earlier", &["S/PRST/2020/5 => S/PRST/2020/5"]),
        ("S/AC.51/2016/2", &["S/AC.51/2016/2 => S/AC.51/2016/2"]),
        ("S/5489", &["S/5489 => S/5489"]),
        ("A/RES/76/262", &["A/RES/76/262 => A/RES/76/262"]),
        ("A/RES/377(V)", &["A/RES/377(V) => A/RES/377 (V)"]),
        ("A/76/262", &["A/76/262 => A/76/262"]),
        ("A/74/ PV.3, p. 4", &["A/74/ PV.3 => A/74/PV.3"]),
        ("A/ES-10/87", &["A/ES-10/87 => A/ES-10/87"]),
        ("A/HRC/ RES/45/34", &["A/HRC/ RES/45/34 => A/HRC/RES/45/34"]),
        ("(A/73/907-S/2019/509)", &["A/73/907 => A/73/907", "S/2019/509 => S/2019/509"]),
        ("https://undocs.org/S/2019/823", &["S/2019/823 => S/2019/823"]),
        ("he/she, S/he, and/or 24/7, A/B, S/N, A/1, TS/2019/8", &[]),
    ]);
}

/// The real texts, joined to one line as an importer would, or `None` where they are not here.
fn real(file: &str) -> Option<String> {
    let shared = std::env::var_os("SPV_SHARED").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        std::path::PathBuf::from,
    );
    let path = shared.join("records").join(file);
    let text = std::fs::read_to_string(&path).ok().map(|text| text.replace('\n', " "));
    if text.is_none() {
        println!("skipped: {} is not here", path.display());
    }
    text
}

#[test]
fn three_editions_of_a_real_record_cite_the_same() {
    let mut editions = Vec::new();
    for language in ["en", "fr", "es"] {
        let Some(text) = real(&format!("text/S_PV.9642.{language}.txt")) else { return };
        let mut cited: Vec<String> =
            find_references(&text).into_iter().map(|r| format!("{:?}", r.target)).collect();
        cited.sort();
        editions.push(cited);
    }
    assert_eq!(editions[0].len(), 17);
    assert!(editions.iter().all(|e| *e == editions[0]), "{editions:#?}");
}

#[test]
fn the_misprint_of_the_seed_is_page_2_of_8628() {
    let Some(text) = real("seed/000_ed079cbc579540b8.txt") else { return };
    assert_eq!(shown(&text), ["S/PV8628, p. 2 => S/PV.8628 p 2"]);
}

/// The same without passing over any byte.
fn find_slowly(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    each_reference_by(
        text,
        |_| None,
        |reference| {
            found.push(reference);
            true
        },
    );
    found
}

proptest! {
    #[test]
    fn ranges_hold_on_any_text(text in prop_oneof![
        any::<String>(),
        "(S/PV\\.8628|S/2019/8|A/RES/3 \\(V\\)|resolutions? |résolution |resolución |резолюции |第|号决议|القرار |和| and |, |p\\. ?|\\(2015\\)|（2015）|\\(Resumption 1\\)|[0-9]{1,5}|[ ,./()SAEMPVС-]|é){0,24}",
    ]) {
        let mut last = 0;
        for reference in find_references(&text) {
            prop_assert!(last <= reference.at.start && reference.at.start < reference.at.end);
            prop_assert!(text.get(reference.at.clone()).is_some());
            last = reference.at.end;
            if let Target::Record { symbol, .. } = &reference.target {
                prop_assert_eq!(&symbol.to_string().parse::<Symbol>().unwrap(), symbol);
            }
        }
    }

    #[test]
    fn nothing_is_passed_over(text in prop_oneof![
        any::<String>(),
        "(S/PV\\.8628|S/2019/8|sS/2019/8|aS/2019/8|9S/2019/8|A/RES/3 \\(V\\)|[rR][eE]solutions? |rés|resoluci|resolução|резолюции |第|القرار |S/RES/|UNSCR |\\(ibid|\\(\\$/2|2419 \\(2018\\)|and|, |p\\. ?|\\(2015\\)|[0-9]{1,4}|[ ,./()SAEMPVCRUir$-]|é){0,16}",
    ]) {
        prop_assert_eq!(find_references(&text), find_slowly(&text));
    }

    #[test]
    fn a_text_without_figures_cites_nothing(text in prop_oneof![
        any::<String>(),
        "(S/|PV\\.|RES/|resolution|резолюция|20|[ (),.A-Za-z’–]){0,12}",
    ]) {
        if !may_have_digits(&text) {
            prop_assert_eq!(find_slowly(&text), vec![]);
        }
    }

    #[test]
    fn each_is_found_in_any_company(
        before in "[a-zéж ]{0,20} ",
        number in 1u32..4000, year in 1946u16..2099, page in 1u32..200, resumption in 0u8..4,
        after in "[ .,;)][ a-oéж]{0,20}",
    ) {
        let symbol = Symbol::verbatim(number).with_resumption(resumption);
        let record = format!("{symbol}, p. {page}");
        let cases = [
            (record, Target::Record { symbol: symbol.clone(), page: Some(page) }),
            (format!("resolution {number} ({year})"), Target::Resolution { number, year }),
            (format!("S/{year}/{number}"), Target::Document(format!("S/{year}/{number}"))),
        ];
        for (printed, target) in cases {
            let text = format!("{before}{printed}{after}");
            let at = before.len()..before.len() + printed.len();
            prop_assert_eq!(find_references(&text), vec![Reference { at, target }], "{}", text);
        }
    }
}

#[test]
fn what_was_cited_last_is_meant_by_ibid() {
    check(&[
        (
            "As said (S/PV.8684, p. 1). And then (ibid., p.2), and so on (ibid.).",
            &[
                "S/PV.8684, p. 1 => S/PV.8684 p 1",
                "ibid., p.2 => S/PV.8684 p 2",
                "ibid. => S/PV.8684",
            ],
        ),
        ("As in S/2020/139 (ibid, para. 4)", &["S/2020/139 => S/2020/139", "ibid => S/2020/139"]),
        ("Nothing is cited here (ibid., p. 2); ibidem.", &[]),
    ]);
}

#[test]
fn a_dollar_in_brackets_is_a_misread_letter_and_a_price_is_none() {
    check(&[
        ("it was \"said\" ($/2020/167, para. 10).", &["$/2020/167 => S/2020/167"]),
        ("at the foot of the page $/2020/254 and ($/2) and ($ 2020/1)", &[]),
    ]);
}
