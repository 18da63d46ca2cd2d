use spv::import::text::{Hints, read};
use spv::record::Item;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let mut hints =
        Hints { file_name: path.rsplit('/').next().map(str::to_owned), ..Hints::default() };
    if path.contains("seed") {
        hints.symbol = "S/PV.8668 (Resumption 1)".parse().ok();
        hints.date = "2019-11-19".parse().ok();
    }
    match read(&bytes, &hints) {
        Err(e) => println!("ERROR {e}"),
        Ok(made) => {
            let r = &made.record;
            println!(
                "{} {} {:?} topic={} opened={:?} closed={:?} place={:?} {:?}\nP {:?}\nM {:?}\nA {:#?}",
                r.symbol,
                r.date,
                r.language,
                r.topic,
                r.opened,
                r.closed,
                r.place,
                r.status,
                r.presidents,
                r.members,
                r.agenda
            );
            for item in &r.items {
                match item {
                    Item::Direction(d) => println!("\n[p{:?}] DIR {}", d.page, d.text),
                    Item::Vote(v) => println!("\nVOTE {v:#?}"),
                    Item::Statement(s) => {
                        println!(
                            "\n[p{:?}] #{} {:?} spoken={:?} behalf={:?}",
                            s.page, s.number, s.speaker, s.spoken, s.on_behalf_of
                        );
                        for p in &s.paragraphs {
                            println!(
                                "   ¶[{:?}{}{:?}] {}",
                                p.page,
                                p.breaks
                                    .iter()
                                    .map(|b| format!(" {}@{}", b.page, b.at))
                                    .collect::<String>(),
                                p.capacity,
                                p.text
                            );
                        }
                    }
                }
            }
            for l in made.report {
                println!("REPORT {l}");
            }
            println!("{:?}", r.source);
        }
    }
}
