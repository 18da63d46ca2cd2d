use spv::import::{address, behalf, capacity};
use spv::record::*;
use std::io::BufRead;
fn main() {
    let (mut n, mut addr, mut begun, mut back, mut a3, mut any, mut bare) = (0, 0, 0, 0, 0, 0, 0);
    let mut groups = std::collections::BTreeMap::new();
    for line in std::io::stdin().lock().lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = v["content"].as_str().unwrap();
        let chair = v["participanttype"] == "The President";
        n += 1;
        let a = address::parse(text);
        if let Some(a) = &a {
            addr += 1;
            if a.bare {
                bare += 1;
            }
            if a.chair != chair && std::env::var("V").is_ok() {
                println!("CHAIR? {} {}", a.speaker.printed, v["participanttype"]);
            }
        } else if !v["basename"].as_str().unwrap().contains("2020_2") && std::env::var("V").is_ok()
        {
            println!("NOADDR {} {}", v["filename"], text.chars().take(80).collect::<String>());
        }
        let mut s = Statement {
            speaker: Speaker { as_: As::President, ..Speaker::default() },
            paragraphs: vec![Paragraph { text: text.to_owned(), ..Paragraph::default() }],
            ..Statement::default()
        };
        let c = if chair || std::env::var("ALL").is_ok() {
            capacity::mark(std::iter::once(&mut s))
        } else {
            Default::default()
        };
        begun += c.begun;
        back += c.resumed;
        if std::env::var("C").is_ok() && c.begun + c.resumed > 0 {
            let nat = s.paragraphs[0].capacity;
            println!("{} {:?} chair={chair} {:?} {:?}", v["filename"], c, nat, s.speaker.state);
            for p in text.split_inclusive(". ") {
                if let Some(t) = capacity::turn(p) {
                    println!(
                        "     {t:?} {}",
                        p.chars()
                            .rev()
                            .take(170)
                            .collect::<Vec<_>>()
                            .into_iter()
                            .rev()
                            .collect::<String>()
                    );
                }
            }
        }
        if std::env::var("C").is_ok()
            && c.begun + c.resumed == 0
            && (text.contains("in my capacity as")
                || text.contains("my national capacity")
                || text.contains("resume my func")
                || text.contains("resume my "))
        {
            let i = text
                .find("my capacity")
                .or(text.find("resume my "))
                .or(text.find("my national capacity"))
                .unwrap();
            println!(
                "MISSED {} chair={chair} {}",
                v["filename"],
                text[..i + 30]
                    .chars()
                    .rev()
                    .take(150)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect::<String>()
            );
        }
        let body = a.map_or(text, |a| &text[a.len..]);
        let b = behalf::find(
            body,
            v["country"].as_str(),
            jiff::civil::Date::new(2020, v["month"].as_f64().unwrap_or(1.0) as i8, 5).ok(),
        );
        if !b.is_empty() {
            any += 1;
        }
        for g in b {
            if g.group.starts_with("A3") {
                a3 += 1;
                if std::env::var("A").is_ok() {
                    println!("A3HIT {} {} {:?} {}", v["filename"], g.group, g.members, {
                        let i = body.find("ehalf").unwrap_or(0);
                        body[i.saturating_sub(0)..].chars().take(140).collect::<String>()
                    });
                }
            }
            let e = groups
                .entry(g.group.clone())
                .or_insert((0, format!("{:?} {}", g.members, v["filename"])));
            e.0 += 1;
        }
    }
    println!("n {n} addr {addr} bare {bare} begun {begun} back {back} any {any} a3 {a3}");
    if std::env::var("G").is_ok() {
        for (g, c) in groups {
            println!("{c:?} {g}");
        }
    }
}
