//! The document service as it really behaves: what it sends for a document that is not out, a block
//! that lifts and one that does not, and a neighbouring document.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use spv::library::get::plan::last_known;
use spv::library::get::sources::Services;
use spv::library::get::{Client, Kind, Manners, Series, Verdict};

use super::command::{Kit, fails, meeting, pdf, service};
use super::dataset::records;
use super::fetch::{LIMITS, Patient};
use super::server::{Reply, Server};

/// A service that has every document. After `before` of them it blocks who asks: it sends `miss` for
/// everything, until the document that is known to be published was asked for `lifts` times.
fn blocking(before: usize, lifts: usize, miss: fn() -> Reply) -> Server {
    let (came, known) = (AtomicUsize::new(0), AtomicUsize::new(0));
    Server::new(move |asked, _| {
        let Some(number) = meeting(asked) else { return miss() };
        let blocked = came.load(SeqCst) >= before;
        if number == 9400 && blocked {
            known.fetch_add(1, SeqCst);
        }
        if blocked && known.load(SeqCst) < lifts {
            return miss();
        }
        came.fetch_add(1, SeqCst);
        Reply::file(&pdf(number), "\"a\"", asked)
    })
}

fn symbols(numbers: impl Iterator<Item = u32>) -> String {
    numbers.map(|number| format!("S/PV.{number}")).collect::<Vec<_>>().join(", ")
}

#[test]
fn nothing_and_a_small_page_mean_that_a_document_is_not_out() {
    for (miss, answer) in
        [(Reply::nothing as fn() -> _, "empty"), (|| Reply::page(200), "a web page")]
    {
        let kit = Kit::new(Server::new(move |asked, _| match meeting(asked) {
            Some(number @ (9400 | 99998)) => Reply::file(&pdf(number), "\"a\"", asked),
            _ => miss(),
        }));
        let got = kit.spv(&["get", "99997", "99998"]);
        fails(&got, 1, &format!("S/PV.99997 in English: the answer is {answer}"));
        assert_eq!(records(&kit.at("library")).len(), 1);
        assert_eq!(kit.fetched(), ["lock"], "nothing of an empty answer stays");
    }
}

#[test]
fn a_block_that_lifts_costs_a_pause_and_no_record() {
    for miss in [Reply::nothing as fn() -> _, || Reply::page(200)] {
        let kit = Kit::new(blocking(3, 2, miss));
        let last = last_known();
        let got = kit.spv(&["get", &format!("{}..{}", last + 1, last + 12)]);
        assert_eq!(got.code, Some(0), "{got:?}");
        assert_eq!(records(&kit.at("library")).len(), 12, "{got:?}");
        assert!(!got.out.contains("unpublished") && !got.out.contains("not known"), "{got:?}");
        assert_eq!(got.err.lines().count(), 1, "{got:?}");
        for part in ["not even S/PV.9400", "going on in 15 min 00 s", "Ctrl-C"] {
            assert!(got.err.contains(part), "{part} is not in {}", got.err);
        }
        let mut numbers: Vec<u32> = kit.server.asked().iter().filter_map(meeting).collect();
        numbers.dedup();
        let expected = (last + 1..last + 12).chain([9400]).chain(last + 4..=last + 12);
        assert_eq!(numbers, expected.collect::<Vec<_>>(), "eight in a row, then the known one");
    }
}

#[test]
fn a_block_that_does_not_lift_ends_it_and_nothing_is_called_unpublished() {
    let kit = Kit::new(blocking(3, usize::MAX, Reply::nothing));
    let last = last_known();
    let range = format!("{}..{}", last + 1, last + 30);
    let got = kit.spv(&["get", &range]);
    assert_eq!(got.code, Some(3), "{got:?}");
    let lines: Vec<&str> = got.err.lines().collect();
    assert_eq!(lines.len(), 3, "{got:?}");
    assert!(lines[0].contains("15 min") && lines[1].contains("60 min"), "{got:?}");
    assert!(lines[2].contains("try again in some hours"), "{got:?}");
    assert!(!got.out.contains("unpublished"), "{got:?}");
    let unsure = format!("not known              8  {}", symbols(last + 4..last + 12));
    assert!(got.out.contains(&unsure), "{unsure} is not in {}", got.out);
    assert_eq!(records(&kit.at("library")).len(), 3);
    // So is one symbol, which is not enough for a suspicion.
    let got = kit.spv(&["get", &(last + 20).to_string()]);
    assert_eq!(got.code, Some(3), "{got:?}");
    assert!(got.err.contains(&format!("S/PV.{}: it did not come, and whether", last + 20)));
}

#[test]
fn few_that_do_not_come_at_the_end_of_a_range_are_looked_into_too() {
    let kit = Kit::new(blocking(3, 2, Reply::nothing));
    let last = last_known();
    let got = kit.spv(&["get", &format!("{}..{}", last + 1, last + 5)]);
    assert_eq!(got.code, Some(0), "{got:?}");
    assert_eq!(records(&kit.at("library")).len(), 5, "{got:?}");
}

#[test]
fn eight_gaps_inside_the_table_do_not_end_a_range() {
    let last = last_known();
    let (first, wanted) = (last - 30, last + 1);
    let kit = Kit::new(service(&[wanted]));
    let got = kit.spv(&["get", &format!("{first}..{wanted}")]);
    assert_eq!((got.code, got.err.as_str()), (Some(0), ""), "{got:?}");
    assert_eq!(records(&kit.at("library")).len(), 1);
}

#[test]
fn the_pauses_of_a_block_grow_and_begin_again_after_a_record() {
    let server = Server::script(vec![Reply::nothing()]);
    let services = Services::new(Some(&server.address)).unwrap();
    let client = Client::new(LIMITS).unwrap();
    let (mut series, mut patient) = (Series::new(Manners::default()), Patient::default());
    let blocked = series.check(&client, &services, &mut patient).unwrap_err();
    assert_eq!((blocked.kind, server.times()), (Kind::Blocked, 3));
    assert_eq!(
        (patient.pauses.as_slice(), patient.waits.as_slice()),
        (&[900, 3600][..], &[3, 3][..])
    );
    series.check(&client, &services, &mut patient).unwrap_err();
    assert_eq!(patient.pauses, [900, 3600], "no third pause while nothing came");
    series.came();
    series.check(&client, &services, &mut patient).unwrap_err();
    assert_eq!(patient.pauses, [900, 3600, 900, 3600]);

    const SHORT: [Duration; 1] = [Duration::from_secs(7)];
    let quick = Manners { block_pauses: &SHORT, ..Manners::default() };
    let server = Server::new(|asked, before| match before {
        0 => Reply::page(200),
        _ => Reply::file(&pdf(9400), "\"a\"", asked),
    });
    let services = Services::new(Some(&server.address)).unwrap().with_manners(quick);
    let mut series = Series::new(services.manners());
    let mut patient = Patient::default();
    let mut check = || series.check(&client, &services, &mut patient).unwrap();
    assert_eq!((check(), check()), (Verdict::WasBlocked, Verdict::NotPublished));
    assert_eq!(patient.pauses, [7]);
}

#[test]
fn a_challenge_while_a_block_is_looked_into_ends_it() {
    let kit = Kit::new(Server::new(|asked, _| match meeting(asked) {
        Some(9400) => Reply::challenge(202),
        _ => Reply::nothing(),
    }));
    let got = kit.spv(&["get", "99998"]);
    assert_eq!(got.code, Some(3), "{got:?}");
    assert!(got.err.contains("wants a browser"), "{got:?}");
}

#[test]
fn the_service_redirects_to_itself_and_nowhere_else() {
    let kit = Kit::new(Server::new(|asked, _| match meeting(asked) {
        Some(_) => Reply::to("/doc/undoc/pro/n26/093/60/pdf/n2609360.pdf"),
        None => Reply::file(&pdf(99998), "\"a\"", asked),
    }));
    assert_eq!(kit.spv(&["get", "99998"]).code, Some(0));
    let other = Server::script(vec![Reply::new(200, pdf(99998))]);
    let elsewhere = other.at("/n2609360.pdf");
    let kit = Kit::new(Server::new(move |_, _| Reply::to(&elsewhere)));
    fails(&kit.spv(&["get", "99998"]), 3, "which is not an allowed host");
    assert_eq!((other.times(), kit.server.times()), (0, 1));
}

#[test]
fn a_neighbouring_document_is_refused_with_both_names_and_not_kept() {
    let kit = Kit::new(Server::new(|asked, _| match meeting(asked) {
        Some(99997) => Reply::file(&pdf(99998), "\"a\"", asked),
        Some(number) => Reply::file(&pdf(number), "\"a\"", asked),
        None => Reply::nothing(),
    }));
    let keep = kit.at("kept");
    let got = kit.spv(&["get", "99997", "--keep", keep.to_str().unwrap()]);
    fails(&got, 2, "asked for S/PV.99997 in English, but the service sent S/PV.99998");
    assert!(records(&kit.at("library")).is_empty());
    assert_eq!(kit.fetched(), ["lock"]);
    assert!(
        !keep.join("S_PV.99997.en.pdf").exists(),
        "it is kept under a name that is not its own"
    );
    // The others of a list come.
    let got = kit.spv(&["get", "99997", "99996"]);
    fails(&got, 2, "S/PV.99998");
    assert_eq!(records(&kit.at("library")).len(), 1);
}

#[test]
fn a_meeting_with_five_digits_comes() {
    let kit = Kit::new(service(&[20_001]));
    let got = kit.spv(&["get", "20001"]);
    assert_eq!((got.code, got.err.as_str()), (Some(0), ""), "{got:?}");
    assert!(got.out.contains("S/PV.20001 of 2024-05-31, English"), "{got:?}");
}

#[test]
fn a_closed_meeting_is_not_asked_for() {
    let closed = spv::facts::meetings::all().rev().find(|m| m.private).unwrap();
    let kit = Kit::new(service(&[]));
    fails(&kit.spv(&["get", closed.symbol]), 1, "is a closed meeting");
    assert_eq!(kit.server.times(), 0);
}
