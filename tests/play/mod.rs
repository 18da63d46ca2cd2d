//! Plays key scripts on the exercise debates, without a terminal: what a person does, and what is seen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fetching;
mod props;
mod quick;
pub mod sentences;

use crate::kit::{Play, assert_scripts, rows};
use spv::app::action::{Action, Command, Effect, Opening, Question};
use spv::app::keymap;
use spv::screens::Screen;

#[test]
#[rustfmt::skip]
fn statement_by_statement() {
    assert_scripts(&[
        ("jjj<Enter><Enter>J", "reading MSC/PV.3 #2 “Mr. Hellwege (Germany) 2”"),
        ("jjj<Enter><Enter>JJ", "reading MSC/PV.3 #3 “Mr. Wen Zhaolin (China) (spoke in Chinese) 2”"),
        ("jjj<Enter><Enter>JJK", "reading MSC/PV.3 #2 “Mr. Hellwege (Germany) 2”"),
        ("jjj<Enter><Enter>JJjjjK", "reading MSC/PV.3 #3 “Mr. Wen Zhaolin (China) (spoke in Chinese) 2”"),
        ("jjj<Enter><Enter>JJjjjKK", "reading MSC/PV.3 #2 “Mr. Hellwege (Germany) 2”"),
        ("jjj<Enter><Enter>K", "reading MSC/PV.3 #1 “The President 2”"),
        ("jjj<Enter><Enter>KK", "reading MSC/PV.3 #1 “The President 2”"),
        ("jjj<Enter>G<Enter>J", "reading MSC/PV.3 #18 “The President 6”"),
        ("jjj<Enter>G<Enter>JJ", "reading MSC/PV.3 #18 “The President 6”"),
        ("jjj<Enter>17G<Enter>JJ", "reading MSC/PV.3 #18 “The President 6”"),
        ("jjj<Enter><Enter>>", "reading MSC/PV.3 #6 “The President 4”"),
        ("jjj<Enter><Enter>>>", "reading MSC/PV.3 #7 “The President 4”"),
        ("jjj<Enter><Enter>>><", "reading MSC/PV.3 #6 “The President 4”"),
        ("jjj<Enter><Enter>J>", "reading MSC/PV.3 #2 “Mr. Hellwege (Germany) 2” | says no other statement of the same in this record"),
        ("jjj<Enter>p", "statements of MSC/PV.3 1/13"),
        ("jjj<Enter>pp", "statements of MSC/PV.3 2/19"),
        ("jjj<Enter>p<Enter>", "reading MSC/PV.3 #2 “Mr. Hellwege (Germany) 2”"),
        ("jjj<Enter>p<Enter>J", "reading MSC/PV.3 #3 “Mr. Wen Zhaolin (China) (spoke in Chinese) 2”"),
        ("jjj<Enter>p<Enter>5J", "reading MSC/PV.3 #9 “Ms. Rannaveer (Estonia) 4”"),
        ("jjj<Enter><Enter>p", "reading MSC/PV.3 #2 “Mr. Hellwege (Germany) 2” | says procedural turns skipped"),
        ("jjj<Enter><Enter>JJpp", "reading MSC/PV.3 #3 “Mr. Wen Zhaolin (China) (spoke in Chinese) 2” | says procedural turns shown"),
        ("jjj<Enter><Enter>Jdpp", "reading MSC/PV.3 #2 “fishermen from both banks met on the mud over the last nets, and the two” | says procedural turns shown"),
    ]);
}

#[test]
#[rustfmt::skip]
fn filters() {
    assert_scripts(&[
        ("/2020", "meetings 1/91 | filter [2020^]"),
        ("/2020<Enter>", "meetings 1/91"),
        ("/1963<Enter>", "meetings 1/63"),
        ("/1963 cyprus<Enter>", "meetings 1/1"),
        ("/CYPRUS 1963<Enter>", "meetings 1/1"),
        ("/2254<Enter>", "meetings 1/2"),
        ("/reconciliation<Enter>", "meetings 1/4"),
        ("/reconciliation<Enter><Enter>", "statements of MSC/PV.1 1/16"),
        ("/reconciliation<Enter><Enter>q", "meetings 1/4"),
        ("/reconciliation<Enter><Esc>", "meetings 6/10010"),
        ("/reconciliation<Esc>", "meetings 1/10010"),
        ("jj/<Esc>", "meetings 3/10010"),
        ("/veto<Enter>", "meetings 1/1"),
        ("/niger<Enter>", "meetings 1/0"),
        ("/nothing has these<Enter>", "meetings 1/0"),
        ("/nothing has these<Enter><Enter>", "meetings 1/0"),
        ("t/2019<Enter>", "meetings 1/3"),
        ("t/côte<Enter>", "meetings 1/0"),
        ("<Enter>/niger", "statements of MSC/PV.6 1/1 | filter [niger^]"),
        ("<Enter>/NIGER<Enter><Enter>", "reading MSC/PV.6 #9 “Mr. Gazeri (Niger) (spoke in French) 3”"),
        ("<Enter>/president<Enter>", "statements of MSC/PV.6 1/5"),
        ("<Enter>/president<Enter>p", "statements of MSC/PV.6 1/0"),
        ("<Enter>/nobody<Enter><Enter>", "statements of MSC/PV.6 1/0"),
        ("<Enter>/gazeri<Enter><Esc>", "statements of MSC/PV.6 10/13"),
    ]);
}

#[test]
#[rustfmt::skip]
fn search_goes_round() {
    assert_scripts(&[
        ("<Enter><Enter>/crane<Enter>", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | says hit 1 of 10"),
        ("<Enter><Enter>/CRANE<Enter>n", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | says hit 2 of 10"),
        ("<Enter><Enter>/crane<Enter>nnnnnnnnn", "reading MSC/PV.6 #11 “the person who came through it.” | says hit 10 of 10"),
        ("<Enter><Enter>/crane<Enter>nnnnnnnnnn", "reading MSC/PV.6 #1 “The Security Council will now begin its consideration of the item on its” | says hit 1 of 10, from the other end"),
        ("<Enter><Enter>/crane<Enter>N", "reading MSC/PV.6 #11 “the person who came through it.” | says hit 10 of 10, from the other end"),
        ("<Enter><Enter>/crane<Enter>NN", "reading MSC/PV.6 #10 “That may be the most useful contribution I can offer. Since 2016 every” | says hit 9 of 10"),
        ("<Enter><Enter>/crane<Enter>NNn", "reading MSC/PV.6 #11 “the person who came through it.” | says hit 10 of 10"),
        ("<Enter>G<Enter>/crane<Enter>", "reading MSC/PV.6 #1 “The Security Council will now begin its consideration of the item on its” | says hit 1 of 10, from the other end"),
        ("<Enter>G<Enter>G/crane<Enter>", "reading MSC/PV.6 #11 “up. In a port the crane driver is paid by the box. Should she stop to” | says hit 10 of 10"),
        ("<Enter><Enter>/no such words<Enter>", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | says not found: no such words"),
        ("<Enter><Enter>/no such words<Enter>n", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | says not found"),
        ("<Enter><Enter>/tractor parts<Enter>", "reading MSC/PV.6 #7 “going to give any, or speak about any box that is before a court. If I” | says hit 1 of 4"),
        ("<Enter><Enter>/tractor   PARTS<Enter>n", "reading MSC/PV.6 #7 “going to give any, or speak about any box that is before a court. If I” | says hit 2 of 4"),
        ("<Enter><Enter>/<Enter>", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2”"),
        ("<Enter><Enter>/crane<Enter><Esc>n", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | says no search yet: / searches in this text"),
        ("<Enter><Enter>/crane<Enter>/<Enter>n", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | says no search yet: / searches in this text"),
        ("<Enter><Enter>p/objections to that<Enter>", "reading MSC/PV.6 #1 “I have received from the representative of Estonia a request that Ms.” | says hit 1 of 1, from the other end"),
    ]);
}

#[test]
#[rustfmt::skip]
fn cards_and_lists() {
    assert_scripts(&[
        ("V", "card Votes of MSC/PV.6 top 0"),
        ("jV", "meetings 2/10010 | says no vote in MSC/PV.5"),
        ("7jV", "card S/PV.10235 top 0"),
        ("8GV", "card S/PV.8 top 0"),
        ("7180G<Enter>", "card S/PV.7180 top 0"),
        ("7180GV<Enter>", "card Vote: S/2014/348 top 0"),
        ("7180G<Enter><Enter>", "card Vote: S/2014/348 top 0"),
        ("7180G<Enter><Enter>q", "card S/PV.7180 top 0"),
        ("7180G<Enter><Enter><Enter>", "card S/PV.7180 top 0"),
        ("C", "card The Council on 5 March 2020 top 0"),
        ("8668GC", "card The Council on 19 November 2019 top 0"),
        ("1G", "meetings 10010/10010"),
        ("G<Enter>", "card S/PV.1 top 0"),
        ("GC", "card The Council on 17 January 1946 top 0"),
        ("<Enter>V", "card Votes of MSC/PV.6 top 0"),
        ("j<Enter>V", "statements of MSC/PV.5 1/8 | says no vote in MSC/PV.5"),
        ("j<Enter>C", "card The Council on 27 February 2020 top 0"),
        ("j<Enter><Enter>VC", "card The Council on 27 February 2020 top 0"),
        ("t", "meetings 1/7 | says the 7 meetings whose text is here"),
        ("tt", "meetings 1/10010 | says all 10010 meetings"),
        ("tG", "meetings 7/7"),
        ("tG<Enter>", "statements of MSC/PV.1 (Resumption 1) 1/17"),
        ("t/lake<Enter>t", "meetings 1/40 | says all 40 meetings, filtered"),
    ]);
}

#[test]
#[rustfmt::skip]
fn the_ladder_down() {
    assert_scripts(&[
        ("<Enter><Enter>?q", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2”"),
        ("<Enter><Enter>?qq", "statements of MSC/PV.6 1/13"),
        ("<Enter><Enter>?qqq", "meetings 1/10010"),
        ("<Enter><Enter>?qqqq", "quit"),
        ("<Enter><Enter>?<Esc><Esc><Esc><Esc><Esc>", "meetings 1/10010"),
        ("/lake<Enter>q", "quit"),
        ("/lake<Enter><Enter><Esc><Esc>", "meetings 4/10010"),
        ("<Enter><Enter>/crane<Enter>v<Tab><Esc>", "reading MSC/PV.6 #2 “there. We have taken the trouble to ask. She is not on the list of” | reference 0"),
        ("<Enter><Enter>/crane<Enter>v<Tab><Esc><Esc>", "reading MSC/PV.6 #2 “there. We have taken the trouble to ask. She is not on the list of”"),
        ("<Enter><Enter>/crane<Enter>v<Tab><Esc><Esc><Esc>", "reading MSC/PV.6 #2 “there. We have taken the trouble to ask. She is not on the list of”"),
        ("<Enter><Enter>/crane<Enter>v<Tab><Esc><Esc><Esc><Esc>", "statements of MSC/PV.6 2/13"),
        ("f<Esc>", "meetings 1/10010"),
        ("fkaz<Esc>", "meetings 1/10010"),
        ("<Enter><Enter>f<Esc>", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2”"),
        ("<Enter>fkazakhstan<Enter><Enter>", "reading MSC/PV.1 (Resumption 1) #2 “Mr. Sarsenov (Kazakhstan) 2”"),
        ("<Enter>fkazakhstan<Enter><Enter>q", "statements of MSC/PV.1 (Resumption 1) 2/17"),
        ("<Enter>fkazakhstan<Enter><Enter>qq", "card Kazakhstan top 0"),
        ("<Enter>fkazakhstan<Enter><Enter>qqq", "find [kazakhstan^] 0"),
        ("<Enter>fkazakhstan<Enter><Enter>qqqq", "find [kazakhstanq^] 0"),
        ("<Enter>fkazakhstan<Enter><Enter><Backspace>", "card Kazakhstan top 0"),
        ("<Enter>fkazakhstan<Enter><Enter><Backspace><Backspace>", "find [kazakhstan^] 0"),
        ("<Backspace>", "meetings 1/10010"),
        ("<Enter><Enter><Backspace>", "meetings 1/10010"),
        ("?<Backspace>", "meetings 1/10010"),
    ]);
}

#[test]
#[rustfmt::skip]
fn find_opens_every_kind() {
    assert_scripts(&[
        ("fMSC/PV.4<Enter>", "statements of MSC/PV.4 1/16"),
        ("fmsc/pv.1 resumption 1<Enter>", "statements of MSC/PV.1 (Resumption 1) 1/17"),
        ("fMSC/PV.3 p5<Enter>", "reading MSC/PV.3 #10 “disputes over nets by drawing lots. In December it was their president, 5”"),
        ("fMSC/PV.3 p99<Enter>", "reading MSC/PV.3 #1 “Exercise debate of a Model Security Council, written for this 2” | says no page 99 is known in MSC/PV.3"),
        ("f8668<Enter>", "card S/PV.8668 top 0"),
        ("f8668 p3<Enter>", "card S/PV.8668 top 0"),
        ("fsarsenov<Enter>", "answers 1/1"),
        ("fsarsenov<Enter><Enter>", "reading MSC/PV.1 (Resumption 1) #2 “Mr. Sarsenov (Kazakhstan) 2”"),
        ("fkazakhstan<Enter>", "card Kazakhstan top 0"),
        ("fkazakhstan<Enter>j<Enter>", "answers 1/1"),
        ("fsouth africa<Enter>jjj<Enter>", "answers 1/3"),
        ("fniue<Enter>", "card Niue top 0"),
        ("fsouth africa<Enter>j<Enter>", "reading MSC/PV.3 #11 “Ms. Mokgadi-Naidoo (South Africa) 5”"),
        ("feuropean union<Enter>", "answers 1/1"),
        ("fobservatory<Enter>", "answers 1/1"),
        ("fwomen mediators<Enter>", "answers 1/6"),
        ("fS/RES/2254<Enter>", "card Vote: S/RES/2254 (2015) top 0"),
        ("f2254<Enter>", "card Vote: S/RES/2254 (2015) top 0"),
        ("fpv 2254<Enter>", "card S/PV.2254 top 0"),
        ("fresolution 2254<Enter>", "card Vote: S/RES/2254 (2015) top 0"),
        ("fS/2014/348<Enter>", "card Vote: S/2014/348 top 0"),
        ("f2014-05-22<Enter>", "card S/PV.7181 top 0"),
        ("fzzzzqqq<Enter>", "search [zzzzqqq^] 0/0"),
        ("fkaz<F4>", "search [kaz^] 1/2"),
        ("f<Enter>", "find [^] 0"),
    ]);
}

/// Leaving a text and coming back, by any way, ends at the line one left.
#[test]
fn the_place_is_kept() {
    let ways = [
        "q<Enter>",
        "<Esc><Enter>",
        "qq<Enter><Enter>",
        "<Backspace><Enter><Enter>",
        "qqj<Enter><Enter>ddqqk<Enter><Enter>",
        "qqfMSC/PV.1<Enter>",
        "?qq<Enter>",
        "CqV<Esc>q<Enter>",
    ];
    for down in ["", "d", "dd", "4<Space>", "J", "JJ", "JJd", "7j"] {
        for way in ways {
            let mut play = Play::exercise(80, 24);
            play.keys("5j<Enter>2G<Enter>").keys(down);
            // The words count: a blank line above them may be left out.
            let left = play.top();
            play.keys(way);
            if matches!(play.state.screen(), Screen::Statements(_)) {
                play.keys("<Enter>");
            }
            assert_eq!(play.top(), left, "{down} then {way}");
        }
    }
}

#[test]
fn the_place_is_kept_on_the_next_start() {
    for script in ["5j<Enter>2G<Enter>dd", "5j<Enter>6G<Enter>ddd", "jjj<Enter>15G<Enter>7j"] {
        let mut play = Play::exercise(80, 24);
        play.keys(script);
        let (left, symbol) = (play.top(), play.reader().record.symbol.clone());
        play.restart().keys("f").keys(&symbol.to_string()).keys("<Enter><Enter>");
        assert_eq!((play.top(), &play.reader().record.symbol), (left, &symbol), "{script}");
    }
}

/// At every width the words at the top are those that were at the top.
#[test]
fn a_change_of_width_keeps_the_words_at_the_top() {
    for script in ["", "J", "Jd", "JJ<Space>", "Jjj", "4Gd", "JJJJJ5j"] {
        let mut play = Play::exercise(80, 24);
        play.keys("5j<Enter>2G<Enter>").keys(script);
        let (_, line) = play.reader().visible()[0];
        let Some(here) = line.shown.clone() else { continue };
        let (before, item) = (rows(&play.draw().0), play.reader().top.item);
        for columns in (24..160).chain([40, 120, 80]) {
            play.resize(columns, 24);
            let reader = play.reader();
            let (_, line) = reader.visible()[0];
            let shown = line.shown.clone().expect("spoken words at the top");
            assert_eq!((reader.top.item, shown.paragraph), (item, here.paragraph), "{columns}");
            assert!(shown.bytes.contains(&here.bytes.start), "{script} at {columns}: {shown:?}");
        }
        assert_eq!(rows(&play.draw().0), before, "{script}: 80 columns again");
    }
}

/// Heights too: growing shows more, shrinking keeps the first line.
#[test]
fn a_change_of_height_keeps_the_first_line() {
    let mut play = Play::exercise(80, 24);
    play.keys("5j<Enter>2G<Enter>dd");
    let top = play.reader().top;
    for rows in (6..60).chain([24]) {
        assert_eq!(play.resize(80, rows).reader().top, top);
    }
}

/// Tab walks every reference of every exercise debate, Enter follows each, Backspace comes back.
#[test]
fn references_lead_there_and_back() {
    use spv::record::reference::Target;
    let (mut pages, mut cards) = (0, 0);
    for row in 0..7 {
        let mut play = Play::exercise(80, 24);
        play.keys(&"j".repeat(row)).keys("<Enter><Enter>g");
        let mut walked = Vec::new();
        loop {
            play.keys("<Tab>");
            if !play.message().is_empty() {
                assert_eq!(play.message(), "no further reference in this record");
                break;
            }
            let reader = play.reader();
            let (shown, number) = reader.reference.unwrap();
            walked.push((shown, number));
            let setting = reader.setting(shown).unwrap();
            let target = setting.references[number].1.target.clone();
            let at = reader.visible();
            let on_screen = at.iter().any(|(pos, line)| {
                pos.item == shown && line.references.iter().any(|(_, n)| *n == number)
            });
            assert!(on_screen, "{target:?} is chosen and not shown");
            let (top, before) = (reader.top, rows(&play.draw().0));
            play.keys("<Enter>");
            match (&target, play.state.screen()) {
                (Target::Record { symbol, page: Some(page) }, Screen::Reader(reader)) => {
                    assert_eq!(reader.record.symbol, *symbol);
                    assert_eq!(reader.page(), Some(*page), "{symbol}, p. {page}: {}", play.sight());
                    pages += 1;
                }
                (Target::Record { symbol, .. }, Screen::Statements(list)) => {
                    assert_eq!(list.record.symbol, *symbol);
                }
                (Target::Record { symbol, .. }, Screen::Card(card)) => {
                    assert_eq!(card.title, symbol.to_string());
                    cards += 1;
                }
                (Target::Resolution { number, .. }, Screen::Card(card)) => {
                    assert!(card.title.contains(&number.to_string()), "{}", card.title);
                    cards += 1;
                }
                (Target::Document(_), Screen::Card(_)) => cards += 1,
                (_, Screen::Reader(reader)) => {
                    assert_eq!(reader.top, top, "{target:?} leads nowhere");
                    assert!(
                        play.message().contains("not here")
                            || play.message().contains("not in the library"),
                        "{target:?}: {}",
                        play.message()
                    );
                    continue;
                }
                (target, _) => panic!("{target:?} leads to {}", play.sight()),
            }
            play.keys("<Backspace>");
            assert_eq!(play.reader().top, top, "back from {target:?}");
            assert_eq!(play.reader().reference, Some((shown, number)));
            assert_eq!(rows(&play.draw().0), before);
        }
        for place in walked.iter().rev().skip(1) {
            play.keys("<Shift-Tab>");
            assert_eq!(play.reader().reference, Some(*place));
        }
    }
    assert!(pages >= 5 && cards >= 5, "{pages} pages and {cards} cards were reached");
}

/// Without a reference chosen, Shift-Tab goes to the nearest one above the top of the screen.
#[test]
fn shift_tab_begins_above_the_top() {
    let mut play = Play::exercise(80, 24);
    play.keys("<Enter><Enter>");
    let mut walked = Vec::new();
    while play.keys("<Tab>").message().is_empty() {
        walked.push(play.reader().reference.unwrap());
    }
    play.keys("<Esc>G<Shift-Tab>");
    let top = play.reader().top.item;
    let (shown, _) = play.reader().reference.unwrap();
    let nearest = walked.iter().rev().find(|(item, _)| *item <= top).unwrap();
    assert_eq!(shown, nearest.0, "of {walked:?} below item {top}");
}

/// A reference that scrolled out of sight is not followed unseen: Enter is then a line down.
#[test]
fn enter_follows_only_what_is_seen() {
    let mut play = Play::exercise(80, 24);
    play.keys("j<Enter>2G<Enter><Tab>");
    assert!(play.reader().reference.is_some());
    play.keys("G");
    let Screen::Reader(reader) = play.state.screen() else { panic!() };
    let (shown, _) = reader.reference.unwrap_or((usize::MAX, 0));
    let seen = reader.visible().iter().any(|(pos, _)| pos.item == shown);
    assert!(!seen);
    play.keys("ukkk<Enter>");
    assert!(matches!(play.state.screen(), Screen::Reader(_)), "{}", play.sight());
}

/// (script, what is on the clipboard): words, speaker, symbol, pages of this edition, the mark.
#[test]
fn what_is_copied() {
    const MARK: &str = "[EXERCISE: not the words of any State]";
    let table: &[(&str, &str)] = &[
        ("y", "MSC/PV.1, p. 3 (English)"),
        ("jjy", "MSC/PV.1, p. 3 (English)"),
        ("v}}}y", "MSC/PV.1, pp. 3–4 (English)"),
        ("v}}}}}}}}}}y", "MSC/PV.1, pp. 3–4 (English)"),
        ("v}}}}{y", "MSC/PV.1, pp. 3–4 (English)"),
        ("v}{y", "MSC/PV.1, p. 3 (English)"),
        ("v}{{{{{y", "MSC/PV.1, p. 3 (English)"),
        ("Jy", "MSC/PV.1, p. 4 (English)"),
    ];
    for (script, citation) in table {
        let mut play = Play::exercise(80, 24);
        play.keys("5j<Enter>6G<Enter>").keys(script);
        assert_eq!(play.copied, [format!("{citation} {MARK}")], "{script}");
        assert_eq!(play.message(), format!("copied: {citation} {MARK} · w shows it"));
        assert!(play.reader().selection.is_none(), "a copy ends the selection");
    }
    let mut play = Play::exercise(80, 24);
    play.keys("5j<Enter>6G<Enter>");
    let paragraphs: Vec<String> = {
        let statement = play.reader().statement().unwrap();
        statement.paragraphs.iter().map(|p| p.text.clone()).collect()
    };
    let printed = play.reader().statement().unwrap().speaker.printed.clone();
    let said = |words: &[String], pages: &str| {
        format!("{}\n\n{printed}, MSC/PV.1, {pages} (English) {MARK}\n", words.join("\n\n"))
    };
    play.keys("Y").keys("v}Y").keys("vG}}}}}}Y");
    assert_eq!(play.copied[0], said(&paragraphs[..1], "p. 3"));
    assert_eq!(play.copied[1], said(&paragraphs[..2], "p. 3"));
    assert_eq!(play.copied.len(), 3);
    play.keys("qqq");
    let mut play = Play::exercise(80, 24);
    play.keys("5j<Enter>6G<Enter>v}}}}}}}Y");
    assert_eq!(play.copied, [said(&paragraphs, "pp. 3–4")]);
}

/// Two editions of one record: the English one opens, and is cited as English.
#[test]
fn an_edition_is_named_in_what_is_copied() {
    let mut play = Play::exercise(80, 24);
    play.keys("j<Enter>4G<Enter>y");
    assert!(play.copied[0].contains("(English)"), "{:?}", play.copied);
}

/// Where nothing can be copied that is said, not passed over.
#[test]
fn every_copy_is_answered() {
    for record in 0..7 {
        let mut play = Play::exercise(80, 6);
        play.keys(&"j".repeat(record)).keys("<Enter><Enter>g");
        for _ in 0..400 {
            let top = play.reader().top;
            for key in ["y", "Y"] {
                play.keys(key);
                assert!(!play.message().is_empty(), "{key} at {}", play.sight());
            }
            play.keys("j");
            if play.reader().top == top {
                break;
            }
        }
    }
}

#[test]
fn late_answers_change_nothing() {
    // Each letter is a question; only the answer to the last is wanted.
    let mut play = Play::exercise(80, 24);
    play.hold().keys("fkaz");
    let asked = play.held.clone().unwrap();
    assert_eq!(asked.len(), 3);
    assert!(matches!(&asked[2].1, Question::Find { query, .. } if query == "kaz"));
    let before = play.text();
    play.release(0).release(0);
    assert_eq!(play.text(), before, "older answers are dropped");
    play.fail(asked[0].0, "too late to say");
    assert_eq!(play.text(), before);
    play.release(0);
    assert_ne!(play.text(), before);

    // A record asked for and left before it came.
    for leave in ["q", "<Esc>", "<Backspace>"] {
        let mut play = Play::exercise(80, 24);
        play.keys("C").hold().keys("q").keys("C");
        play.state.screens.truncate(2);
        play.keys("qj<Enter>");
        assert_eq!(play.held.as_ref().unwrap().len(), 1);
        play.keys("?").keys(leave);
        let before = play.text();
        play.release(0);
        assert_eq!(play.text(), before, "{leave}");
        assert!(!play.state.shared.loading);
    }

    // Of two records asked for, the second one opens.
    let mut play = Play::exercise(80, 24);
    play.hold().keys("<Enter>j<Enter>").release(0);
    assert_eq!(play.sight(), "meetings 2/10010");
    play.release(0);
    assert_eq!(play.sight(), "statements of MSC/PV.5 1/8");
}

/// A jump back gives up what was asked for meanwhile.
#[test]
fn backspace_gives_up_a_question() {
    let mut play = Play::exercise(80, 24);
    play.keys("fkazakhstan<Enter>").hold().keys("<Enter>");
    assert!(play.state.shared.loading);
    play.keys("<Backspace>");
    let before = play.sight();
    assert!(!play.state.shared.loading);
    play.release(0);
    assert_eq!(play.sight(), before);
}

/// An answer finds its screen even when help or a card stands on it meanwhile.
#[test]
fn answers_find_their_screen_under_help() {
    let mut play = Play::exercise(80, 24);
    play.keys("fsarsenov").hold().keys("<Enter>?").release(0);
    assert!(play.sight().starts_with("help"), "{}", play.sight());
    play.state.screens.pop();
    assert_eq!(play.sight(), "answers 1/1");
}

/// A clock that is wrong is one line at the most, and the card goes on from there.
#[test]
fn the_council_today_bears_any_clock() {
    use jiff::civil::{Date, date};
    for (day, shows) in [
        (date(1970, 1, 1), "Permanent members (P5)"),
        (date(2090, 1, 1), "The members for 2090 are not yet elected"),
        (Date::MIN, "The Council first met on 17 January 1946."),
        (Date::MAX, "The members for 9999 are not yet elected"),
    ] {
        let mut play = Play::exercise(80, 24);
        play.act(Action::CouncilOn(day));
        assert!(play.text().contains(shows), "{day}: {}", play.text());
        play.keys("<Right><Left><Left>]][");
        assert!(play.sight().starts_with("card The Council on "), "{day}: {}", play.sight());
        play.keys("/30 nov 2026<Enter>");
        assert_eq!(play.sight(), "card The Council on 30 November 2026 top 0");
    }
}

/// What could not be loaded is said in one line, and the next key takes the words away.
#[test]
fn a_failure_is_said_once() {
    let mut play = Play::exercise(80, 24);
    play.hold().keys("<Enter>");
    assert!(play.status().starts_with("opening"), "{}", play.status());
    let number = play.state.shared.question;
    play.fail(number, "MSC/PV.6: line 3: something is wrong");
    assert!(play.status().starts_with("MSC/PV.6: line 3"), "{}", play.status());
    play.keys("j");
    assert!(play.status().starts_with("2 of"), "{}", play.status());
}

/// Help tells every key of every screen, and leaves one where one was.
#[test]
fn help_on_every_screen() {
    for script in [
        "",
        "<Enter>",
        "<Enter><Enter>",
        "C",
        "fkazakhstan<Enter>",
        "fkazakhstan<Enter>j<Enter>",
        "fkaz",
        "/rec",
        "<Enter><Enter>awords",
    ] {
        let mut play = Play::exercise(100, 30);
        play.keys(script);
        let (context, before) = (play.state.context(), play.sight());
        play.keys("<F1>");
        assert!(
            matches!(play.state.screen(), Screen::Help(help) if help.context == context),
            "{context:?}"
        );
        let mut words = String::new();
        for _ in 0..4 {
            words.push_str(&play.text());
            play.keys("<PageDown>");
        }
        for binding in keymap::in_force(context) {
            assert!(words.contains(binding.help), "{context:?}: {}", binding.help);
            assert!(binding.keys.iter().all(|k| words.contains(&k.to_string())));
        }
        play.keys("<Esc>");
        assert_eq!(play.sight(), before);
    }
}

/// The status line always says where one is, and shows keys that work there.
#[test]
fn the_status_line_is_true() {
    for (script, starts) in [
        ("", "1 of 10010"),
        ("j", "2 of 10010"),
        ("/lake<Enter>", "1 of 40 with “lake”"),
        ("<Enter>", "1 of 13"),
        ("<Enter>4G<Enter>", " 4/12 · 30% · p. 2"),
        ("<Enter>4G<Enter>v", " 4/12 · 30% · p. 2"),
        ("<Enter>G<Enter>", "12/12 · end · p. 4"),
        ("<Enter><Enter>G", "11/12 · end · p. 4"),
        ("fkaz", "1 of "),
        ("fzzzzqqq", "no name"),
        ("fkazakhstan<Enter>j<Enter>", "1 of 1"),
    ] {
        let mut play = Play::exercise(80, 24);
        play.keys(script);
        let status = play.status();
        assert!(status.starts_with(starts), "{script}: {status}");
        let context = play.state.context();
        for hint in keymap::in_force(context).iter().filter(|b| !b.hint.is_empty()) {
            let shown = format!("{} {}", hint.keys[0], hint.hint);
            // With nothing found there is nothing to open.
            if status.contains(&shown) && script != "fzzzzqqq" {
                assert!(play_key_works(&play, hint.command), "{script}: {shown}");
            }
        }
    }
}

/// Whether a command does anything at all in this state.
fn play_key_works(play: &Play, command: Command) -> bool {
    let mut state = play.state.clone();
    let before = format!("{:?}", (&state.screens.len(), &state.shared.message, &state.prompt));
    let effects = spv::screens::update::update(&mut state, spv::app::action::Action::Do(command));
    let after = format!("{:?}", (&state.screens.len(), &state.shared.message, &state.prompt));
    before != after || !effects.is_empty() || state_moved(play, &state)
}

fn state_moved(play: &Play, state: &spv::screens::state::State) -> bool {
    format!("{:?}", play.state.screen()) != format!("{:?}", state.screen())
}

/// What the command line can ask for.
#[test]
fn opened_from_the_command_line() {
    let symbol = |s: &str| s.parse().unwrap();
    for (opening, seen) in [
        (Opening::Meetings, "meetings 1/10010"),
        (Opening::Record(symbol("MSC/PV.5"), None), "statements of MSC/PV.5 1/8"),
        (Opening::Record(symbol("S/PV.7180"), None), "card S/PV.7180 top 0"),
        (Opening::Find("sarsenov kazakhstan".to_owned()), "find [sarsenov kazakhstan^] 0"),
    ] {
        let play = Play::exercise(80, 24).open(&opening);
        assert_eq!(play.sight(), seen);
    }
    let play = Play::exercise(80, 24).open(&Opening::Record(symbol("MSC/PV.3"), Some(5)));
    assert_eq!((play.reader().page(), play.reader().record.symbol.number()), (Some(5), 3));
    let mut play = Play::exercise(80, 24).open(&Opening::Record(symbol("S/PV.99999"), None));
    assert!(play.message().contains("not in the library"), "{}", play.message());
    play.keys("q");
    assert!(play.quit);
    assert!(play.asked.iter().all(|e| !matches!(e, Effect::Suspend)));
}

/// What was copied stands at the edge with nothing beside it, in full, and can be written to a file.
#[test]
fn what_was_copied_is_shown_for_the_mouse_and_can_be_saved() {
    for columns in [40, 80, 120] {
        let mut play = Play::exercise(columns, 24);
        play.keys("<Enter><Enter>JYw");
        let text = play.text();
        let words: Vec<&str> = text.lines().skip(1).collect();
        assert!(words[0].starts_with(|c: char| !c.is_whitespace()), "{text}");
        let shown = words[..words.len() - 1].join(" ");
        let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(squeeze(&shown), squeeze(&play.copied[0]), "{text}");
        let file = play.desk.path().join("taken.txt");
        play.keys(&format!("e<Ctrl-U>{}<Enter>", file.display()));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), play.copied[0]);
        play.keys("w<Esc>");
        assert!(play.sight().starts_with("reading"), "{}", play.sight());
    }
}
