//! Keys typed before the answer to an earlier one is there, as on a slow line or in a script.

use crate::pty::*;

#[test]
fn keys_typed_ahead_go_to_the_screen_they_were_meant_for() {
    let home = Home::new();
    for _ in 0..5 {
        let mut term = home.spv(&[]).start();
        term.shows("MSC/PV.6").types("j\r4G\r").wait("the fourth statement", |s| {
            s.row(0).contains("MSC/PV.5") && s.status().contains("4/8")
        });
        term.types("qq").wait("the second meeting", |s| s.status().starts_with("2 of"));
        term.types("f7180\r").wait("the card of what was typed", |s| s.has("22 May 2014"));
        term.types("fsarsenov kazakhstan\r\r")
            .wait("the statement", |s| s.has("Mr. Sarsenov (Kaz"));
        term.types("Q");
        assert_eq!(term.ends_and_restores(), 0);
    }
}

#[test]
fn a_session_typed_in_one_go_ends_as_if_typed_slowly() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("\r\r  ?qqqq");
    assert_eq!(term.ends_and_restores(), 0);
}
