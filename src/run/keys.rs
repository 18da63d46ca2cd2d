//! Keys of the terminal into keys of the table.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::app::keymap::Key;

/// The key of the table, `None` for one it has no name for.
#[must_use]
pub fn key(event: KeyEvent) -> Option<Key> {
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    Some(match event.code {
        KeyCode::Char(c) if ctrl => Key::Ctrl(c.to_ascii_lowercase()),
        KeyCode::Char(_) if event.modifiers.contains(KeyModifiers::ALT) => return None,
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Tab if shift => Key::Named("Shift-Tab"),
        KeyCode::BackTab => Key::Named("Shift-Tab"),
        KeyCode::Tab => Key::Named("Tab"),
        KeyCode::Enter => Key::Named("Enter"),
        KeyCode::Esc => Key::Named("Esc"),
        KeyCode::Backspace => Key::Named("Backspace"),
        KeyCode::Left => Key::Named("Left"),
        KeyCode::Right => Key::Named("Right"),
        KeyCode::Up => Key::Named("Up"),
        KeyCode::Down => Key::Named("Down"),
        KeyCode::Home => Key::Named("Home"),
        KeyCode::End => Key::Named("End"),
        KeyCode::PageUp => Key::Named("PageUp"),
        KeyCode::PageDown => Key::Named("PageDown"),
        KeyCode::F(1) => Key::Named("F1"),
        KeyCode::F(3) => Key::Named("F3"),
        KeyCode::F(4) => Key::Named("F4"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keymap::KEYS;

    /// Every key of the table can come from a terminal.
    #[test]
    fn every_key_of_the_table_is_reached() {
        let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
        let mut reached: Vec<Key> = [
            KeyCode::Tab,
            KeyCode::BackTab,
            KeyCode::Enter,
            KeyCode::Esc,
            KeyCode::Backspace,
            KeyCode::Left,
            KeyCode::Right,
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Home,
            KeyCode::End,
            KeyCode::PageUp,
            KeyCode::PageDown,
            KeyCode::F(1),
            KeyCode::F(3),
            KeyCode::F(4),
        ]
        .into_iter()
        .filter_map(|code| key(plain(code)))
        .collect();
        for c in ' '..='~' {
            reached.extend(key(plain(KeyCode::Char(c))));
            reached.extend(key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)));
        }
        for binding in KEYS {
            for wanted in binding.keys {
                assert!(reached.contains(wanted), "{wanted} comes from no key");
            }
        }
    }

    #[test]
    fn a_key_with_alt_is_no_letter() {
        assert_eq!(key(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::ALT)), None);
    }
}
