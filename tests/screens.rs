//! Every screen by snapshot with its styles.

mod kit;

use kit::Play;

#[test]
fn look() {
    for (c, r) in [(80, 24), (40, 12), (120, 40)] {
        let mut play = Play::exercise(c, r);
        println!("{}", play.text());
        play.keys("<Enter>");
        println!("{}", play.text());
        play.keys("jjjj<Enter>");
        println!("{}", play.text());
        play.keys("<Space><Tab>");
        println!("{}", play.text());
        play.keys("?");
        println!("{}", play.text());
    }
}
