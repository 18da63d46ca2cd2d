//! Who speaks as "The President": the name and State of the cover page, as long as nobody else takes the
//! chair.
//!
//! Under rule 20 of the provisional rules of procedure (S/96/Rev.7) a President may cede the chair; the
//! record says so in a direction ("Ms. Vey took the Chair.").

use std::collections::HashSet;

use super::direction::{self, DirectionKind};
use super::words::fold_text;
use crate::record::{As, Item, President};

/// Words by which the President of the cover page takes the chair again, folded.
const AGAIN: [&str; 7] =
    ["resumed", "returned", "reprend", "reasume", "vuelve", "возвращается", "回到"];

/// Gives the statements from the chair, by number, the name and the State of who presided.
///
/// Of two Presidents of one State only the State is known, and of two of different States nothing. After
/// somebody else took the chair nothing is known until the President takes it again.
pub fn mark_presiding(items: &mut [Item], chairs: &HashSet<u32>, presidents: &[President]) {
    let name = match presidents {
        [one] => Some(one.name.as_str()),
        _ => None,
    };
    let state = presiding_state(presidents);
    let mut ceded = false;
    for item in items {
        match item {
            Item::Direction(direction) => {
                let kind = direction::parse_direction(&direction.text).map(|(kind, _)| kind);
                if kind == Some(DirectionKind::Chair) {
                    let folded = fold_text(&direction.text);
                    ceded = !AGAIN.iter().any(|word| folded.contains(word));
                }
            }
            Item::Statement(statement) if chairs.contains(&statement.number) => {
                let speaker = &mut statement.speaker;
                speaker.as_ = As::President;
                if ceded {
                    continue;
                }
                if let Some(name) = name {
                    name.clone_into(&mut speaker.name);
                }
                if speaker.state.is_none() {
                    speaker.state = state.map(str::to_owned);
                }
            }
            _ => {}
        }
    }
}

/// The State that presided; `None` if Presidents of two States did, or none is known.
fn presiding_state(presidents: &[President]) -> Option<&str> {
    let mut states = presidents.iter().map(|president| president.state.as_deref());
    let first = states.next()??;
    states.all(|state| state == Some(first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Direction, Speaker, Statement};

    /// "name (State)" of each statement of the chair; the lines are directions, and "-" is a statement.
    fn marked(lines: &[&str], presidents: &[(&str, Option<&str>)]) -> Vec<String> {
        let mut items: Vec<Item> = lines
            .iter()
            .zip(1..)
            .map(|(line, number)| match *line {
                "-" => Item::Statement(Statement {
                    number,
                    speaker: Speaker { name: "The President".to_owned(), ..Speaker::default() },
                    ..Statement::default()
                }),
                text => Item::Direction(Direction { page: None, text: text.to_owned() }),
            })
            .collect();
        let chairs = (1..100).collect();
        let presidents = presidents.iter().map(|(name, state)| President {
            name: (*name).to_owned(),
            state: state.map(str::to_owned),
        });
        mark_presiding(&mut items, &chairs, &presidents.collect::<Vec<_>>());
        let statements = items.iter().filter_map(|item| match item {
            Item::Statement(statement) => Some(&statement.speaker),
            _ => None,
        });
        statements.map(|s| format!("{} ({})", s.name, s.state.as_deref().unwrap_or("-"))).collect()
    }

    #[test]
    fn name_and_state_of_the_cover() {
        let one = [("Mr. Orlan", Some("Ghana"))];
        assert_eq!(marked(&["-", "The agenda was adopted.", "-"], &one), ["Mr. Orlan (Ghana)"; 2]);
        let two = [("Mr. Orlan", Some("Ghana")), ("Ms. Vey", Some("Ghana"))];
        assert_eq!(marked(&["-"], &two), ["The President (Ghana)"]);
        let of_two = [("Mr. Orlan", Some("Ghana")), ("Ms. Vey", Some("Peru"))];
        assert_eq!(marked(&["-"], &of_two), ["The President (-)"]);
        assert_eq!(marked(&["-"], &[("Mr. Orlan", None)]), ["Mr. Orlan (-)"]);
        assert_eq!(marked(&["-"], &[]), ["The President (-)"]);
    }

    #[test]
    fn a_ceded_chair_is_not_the_presidents() {
        let one = [("Mr. Orlan", Some("Ghana"))];
        assert_eq!(
            marked(
                &["-", "Ms. Vey took the Chair.", "-", "The President resumed the Chair.", "-"],
                &one
            ),
            ["Mr. Orlan (Ghana)", "The President (-)", "Mr. Orlan (Ghana)"]
        );
    }
}
