//! States and their names: which State a name means, and what a State was called on a day.

use std::collections::BTreeMap;
use std::error::Error;

use crate::blob::{Blob, Row};
use crate::key;
use crate::layout::{ACRONYM, PERMANENT, Table};
use crate::tables::{Former, State, day};

/// The States, and every name by its key.
pub struct Names {
    states: Vec<State>,
    by_key: BTreeMap<String, (u16, u16)>,
}

/// Letters that are a name only in capitals, such as `US` or `США`.
fn acronym(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase)
}

impl Names {
    /// Folds every name; a name of two States is an error.
    pub fn new(states: Vec<State>) -> Result<Self, Box<dyn Error>> {
        let mut by_key: BTreeMap<String, (u16, u16)> = BTreeMap::new();
        for (id, state) in (0u16..).zip(&states) {
            let former = state.former.iter().map(|former| &former.name);
            let lists = [&state.aliases, &state.fr, &state.es, &state.ru, &state.zh, &state.ar];
            let names = [&state.name, &state.formal].into_iter().chain(former);
            for name in names.chain(lists.into_iter().flatten()) {
                let flags = if acronym(name) { ACRONYM } else { 0 };
                let entry = by_key.entry(key::name(name)).or_insert((id, flags));
                if entry.0 != id {
                    return Err(format!("states.json: {name:?} is a name of two States").into());
                }
                entry.1 &= flags;
            }
        }
        Ok(Self { states, by_key })
    }

    /// The State a name means.
    pub fn id(&self, name: &str) -> Result<u16, Box<dyn Error>> {
        let found = self.by_key.get(&key::name(name));
        Ok(found.ok_or_else(|| format!("{name:?} is no name in states.json"))?.0)
    }

    fn former(&self, id: u16, day_called: u32) -> Result<Option<&Former>, Box<dyn Error>> {
        for former in &self.states[usize::from(id)].former {
            let from = if former.from.is_empty() { 0 } else { day(&former.from)? };
            if from <= day_called && day_called < day(&former.until)? {
                return Ok(Some(former));
            }
        }
        Ok(None)
    }

    /// What a State was called on a day.
    pub fn called(&self, id: u16, day: u32) -> Result<&str, Box<dyn Error>> {
        let former = self.former(id, day)?;
        Ok(former.map_or(&self.states[usize::from(id)].name, |former| &former.name))
    }

    /// The key by which it was put in alphabetical order on a day.
    pub fn order(&self, id: u16, day: u32) -> Result<String, Box<dyn Error>> {
        let former = self.former(id, day)?;
        Ok(former.map_or_else(|| key::name(&self.states[usize::from(id)].name), sort_key))
    }

    /// Writes the States, their former names, their lists and the sorted names.
    pub fn write(&self, blob: &mut Blob, permanent: &[u16]) -> Result<(), Box<dyn Error>> {
        for (id, state) in (0u16..).zip(&self.states) {
            let status = match state.status.as_str() {
                "member" => 0,
                "observer" => 1,
                "former" => 2,
                "non-member" => 3,
                other => {
                    return Err(format!("states.json: {}: status {other:?}", state.name).into());
                }
            };
            let flags = status | if permanent.contains(&id) { PERMANENT } else { 0 };
            let mut row = Row::default();
            for text in [&state.name, &state.formal, &state.iso3, &key::name(&state.name)] {
                row = row.u16(blob.text(text)?);
            }
            row = row.u16(flags);
            row = row.u16(u16::try_from(blob.rows(Table::Former))?);
            row = row.u16(u16::try_from(state.former.len())?);
            for former in &state.former {
                let from = if former.from.is_empty() { 0 } else { day(&former.from)? };
                let names =
                    Row::default().u16(blob.text(&former.name)?).u16(blob.text(&sort_key(former))?);
                blob.push(Table::Former, names.u32(from).u32(day(&former.until)?))?;
            }
            for list in [&state.aliases, &state.fr, &state.es, &state.ru, &state.zh, &state.ar] {
                row = row
                    .u16(u16::try_from(blob.rows(Table::Lists))?)
                    .u16(u16::try_from(list.len())?);
                for name in list {
                    let text = blob.text(name)?;
                    blob.push(Table::Lists, Row::default().u16(text))?;
                }
            }
            blob.push(Table::States, row)?;
        }
        for (key, (id, flags)) in &self.by_key {
            let text = blob.text(key)?;
            blob.push(Table::Names, Row::default().u16(text).u16(*id).u16(*flags))?;
        }
        Ok(())
    }
}

fn sort_key(former: &Former) -> String {
    key::name(if former.sort.is_empty() { &former.name } else { &former.sort })
}
