//! The key table is one: no key twice, every key resolved, reading without Latin letters.

use super::Key::{Char, Ctrl};
use super::*;
use crate::app::command::Command;

#[test]
fn no_key_means_two_things_in_one_context() {
    for context in Context::ALL {
        let mut seen = Vec::new();
        for binding in KEYS.iter().filter(|b| b.context == context) {
            for key in binding.keys {
                assert!(!seen.contains(key), "{key} twice in {context:?}");
                seen.push(*key);
            }
        }
    }
}

#[test]
fn every_row_has_a_key_and_words() {
    for binding in KEYS {
        assert!(!binding.keys.is_empty() && !binding.help.is_empty(), "{binding:?}");
    }
}

#[test]
fn in_an_input_line_every_printable_key_is_text() {
    for context in [Context::Input, Context::Find, Context::Query] {
        for c in ('!'..='~').chain([' ', 'я', '中']) {
            let action = resolve(context, Char(c));
            assert!(matches!(&action, Action::Insert(t) if *t == c.to_string()), "{c}: {action:?}");
        }
    }
}

#[test]
fn digits_count_outside_an_input_line() {
    assert!(matches!(resolve(Context::Meetings, Char('8')), Action::Digit(8)));
    assert!(matches!(resolve(Context::Reading, Char('é')), Action::Unbound));
}

#[test]
fn the_nearer_context_wins() {
    assert!(matches!(resolve(Context::Find, Key::Enter), Action::Do(Command::Open)));
    assert!(matches!(resolve(Context::Input, Key::Enter), Action::Do(Command::Submit)));
    assert!(matches!(resolve(Context::Find, Ctrl('p')), Action::Do(Command::Up)));
    assert!(matches!(resolve(Context::Reading, Ctrl('p')), Action::Do(Command::Find)));
}

/// Reading alone must work on keyboards that do not write Latin letters.
#[test]
fn arrows_enter_esc_and_page_keys_are_enough_to_read() {
    use Command as C;
    let enough = [C::Down, C::Up, C::PageDown, C::PageUp, C::Top, C::Bottom, C::Open, C::Escape];
    for command in enough.into_iter().chain([C::NextStatement, C::PreviousStatement, C::Find]) {
        let plain = in_force(Context::Reading)
            .into_iter()
            .filter(|b| b.command == command)
            .flat_map(|b| b.keys)
            .any(|k| !matches!(k, Char(_)));
        assert!(plain, "{command:?} needs a Latin letter");
    }
}
