//! The contents of a file of the desk: the entries this version understands and, byte for byte,
//! what it does not.
//!
//! Another version of spv or the user may have added fields, and an entry may be damaged. Neither
//! is lost when the file is written again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::record::harmless;

type Fields = BTreeMap<String, Box<RawValue>>;

/// The name of a file, and the words for its entries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// `notes.json`.
    pub(super) file: &'static str,
    /// `spv-notes`; the number of the version follows after a slash.
    pub(super) format: &'static str,
    /// The field with the entries: `notes`.
    pub(super) field: &'static str,
    /// Whether entries are named by letters instead of ordered.
    pub(super) named: bool,
    /// `note`, for messages.
    pub(super) one: &'static str,
    /// `notes`.
    pub(super) many: &'static str,
    /// The largest file, in bytes.
    pub(super) limit: u64,
}

/// A file of the desk.
pub(super) trait Kept: Sized {
    /// An entry of the file.
    type Item: Serialize + DeserializeOwned;
    /// The file.
    const SHAPE: Shape;
}

/// Fields that this version does not know, as they are in the file.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Unknown(Fields);

impl PartialEq for Unknown {
    fn eq(&self, other: &Self) -> bool {
        let fields = |unknown: &Self| -> Vec<(String, String)> {
            unknown.0.iter().map(|(name, value)| (name.clone(), value.get().to_owned())).collect()
        };
        fields(self) == fields(other)
    }
}

impl Eq for Unknown {}

/// An entry of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Entry<T> {
    /// What this version understands of it.
    #[serde(flatten)]
    pub(super) item: T,
    /// Its letter, in a file of named entries.
    #[serde(skip)]
    pub(super) letter: Option<char>,
    /// What it does not understand.
    #[serde(flatten)]
    pub(super) unknown: Unknown,
}

impl<T> From<T> for Entry<T> {
    fn from(item: T) -> Self {
        Self { item, letter: None, unknown: Unknown::default() }
    }
}

/// An unreadable entry. It is written back unchanged.
#[derive(Clone, Debug)]
struct Unread {
    name: Option<String>,
    json: Box<RawValue>,
}

/// The contents of a file.
#[derive(Debug)]
pub(super) struct Contents<K: Kept> {
    /// The entries, in order.
    pub(super) entries: Vec<Entry<K::Item>>,
    unread: Vec<Unread>,
    /// The first unreadable entry and why.
    fault: Option<String>,
    unknown: Unknown,
    format: String,
}

impl<K: Kept> Default for Contents<K> {
    fn default() -> Self {
        let format = format!("{}/1", K::SHAPE.format);
        Self {
            entries: Vec::new(),
            unread: Vec::new(),
            fault: None,
            unknown: Unknown::default(),
            format,
        }
    }
}

/// Why a file is not used.
#[derive(Debug)]
pub(super) enum NotUsed {
    /// What is wrong with it.
    Damaged(String),
    /// A later version wrote it, in an unknown format.
    Later(String),
}

impl<K: Kept> Contents<K> {
    /// Reads a file. A later minor version only adds fields, so it is read like this one.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, NotUsed> {
        let damaged = |e: serde_json::Error| NotUsed::Damaged(e.to_string());
        let mut fields: Fields = serde_json::from_slice(bytes).map_err(damaged)?;
        let missing = |name: &str| NotUsed::Damaged(format!("missing field `{name}`"));
        let format = fields.remove("format").ok_or_else(|| missing("format"))?;
        let format: String = serde_json::from_str(format.get()).map_err(damaged)?;
        check_format(&format, K::SHAPE.format)?;
        let field = K::SHAPE.field;
        let list = fields.remove(field).ok_or_else(|| missing(field))?;
        // Borrowed where possible, since there may be many notes.
        let things: Things = if K::SHAPE.named {
            let named: BTreeMap<String, &RawValue> =
                serde_json::from_str(list.get()).map_err(damaged)?;
            named.into_iter().map(|(name, json)| (Some(name), json)).collect()
        } else {
            let list: Vec<&RawValue> = serde_json::from_str(list.get()).map_err(damaged)?;
            list.into_iter().map(|json| (None, json)).collect()
        };
        let mut contents = Self { unknown: Unknown(fields), format, ..Self::default() };
        contents.add_entries(things);
        Ok(contents)
    }

    fn add_entries(&mut self, things: Things) {
        let mut known = None;
        for (number, (name, json)) in (1..).zip(things) {
            match read_entry::<K>(name.as_deref(), json, &mut known) {
                Ok(entry) => self.entries.push(entry),
                Err(why) => {
                    let called =
                        name.clone().unwrap_or_else(|| format!("number {number} of the list"));
                    self.fault.get_or_insert_with(|| format!("{called}: {why}"));
                    self.unread.push(Unread { name, json: json.to_owned() });
                }
            }
        }
    }

    /// One line if an entry cannot be read.
    pub(super) fn warning(&self, file: &Path) -> Option<String> {
        let fault = harmless::line(self.fault.as_deref()?);
        let Shape { one, many, .. } = K::SHAPE;
        let file = file.display();
        Some(match self.unread.len() {
            1 => {
                format!(
                    "{file}: one {one} cannot be read ({fault}); it is kept in the file unchanged"
                )
            }
            n => format!(
                "{file}: {n} {many} cannot be read (first {fault}); they are kept in the file unchanged"
            ),
        })
    }

    /// One line if an entry cannot be read, for a file that is not of the desk.
    pub(super) fn left_out(&self) -> Option<String> {
        let fault = harmless::line(self.fault.as_deref()?);
        let Shape { one, many, .. } = K::SHAPE;
        Some(match self.unread.len() {
            1 => format!("one {one} cannot be read and is left out ({fault})"),
            n => format!("{n} {many} cannot be read and are left out (first {fault})"),
        })
    }

    /// Reads a part of the unreadable entries, for those in which it is valid.
    pub(super) fn unread<T: for<'a> Deserialize<'a>>(&self) -> impl Iterator<Item = T> {
        self.unread.iter().filter_map(|unread| serde_json::from_str(unread.json.get()).ok())
    }

    /// The file as it is written.
    pub(super) fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        let mut text = serde_json::to_vec(self)?;
        text.push(b'\n');
        Ok(text)
    }
}

/// The raw entries of a file, with their names if any.
type Things<'a> = Vec<(Option<String>, &'a RawValue)>;

/// `spv-notes/1` and `spv-notes/1.7` are understood, `spv-notes/2` is of a later version.
pub(super) fn check_format(format: &str, ours: &str) -> Result<(), NotUsed> {
    let version = format.strip_prefix(ours).and_then(|rest| rest.strip_prefix('/'));
    let major = version.and_then(|version| version.split('.').next());
    match major.map(|major| major.trim_start_matches('0')) {
        Some("1") => Ok(()),
        Some(major) if !major.is_empty() && major.bytes().all(|b| b.is_ascii_digit()) => {
            Err(NotUsed::Later(format.to_owned()))
        }
        _ => Err(NotUsed::Damaged("unknown format".to_owned())),
    }
}

/// Reads an entry. `known` are the fields that this version writes.
fn read_entry<K: Kept>(
    name: Option<&str>,
    json: &RawValue,
    known: &mut Option<BTreeSet<String>>,
) -> Result<Entry<K::Item>, String> {
    let letter = name.map(one_letter).transpose()?;
    let item: K::Item = serde_json::from_str(json.get()).map_err(|e| e.to_string())?;
    let fields: BTreeMap<String, &RawValue> =
        serde_json::from_str(json.get()).map_err(|e| e.to_string())?;
    let known = known.get_or_insert_with(|| field_names(&item));
    let unknown = fields.into_iter().filter(|(name, _)| !known.contains(name));
    let unknown = unknown.map(|(name, value)| (name, value.to_owned())).collect();
    Ok(Entry { item, letter, unknown: Unknown(unknown) })
}

fn one_letter(name: &str) -> Result<char, String> {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => Ok(letter),
        _ => Err("the name is not one letter".to_owned()),
    }
}

fn field_names(item: &impl Serialize) -> BTreeSet<String> {
    let fields = serde_json::to_value(item);
    let fields = fields.ok().and_then(|value| value.as_object().cloned()).unwrap_or_default();
    fields.into_iter().map(|(name, _)| name).collect()
}

impl<K: Kept> Serialize for Contents<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", &self.format)?;
        map.serialize_entry(K::SHAPE.field, &Everything(self))?;
        for (name, value) in &self.unknown.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// The entries of a file, read and unreadable.
struct Everything<'a, K: Kept>(&'a Contents<K>);

impl<K: Kept> Serialize for Everything<'_, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Contents { entries, unread, .. } = self.0;
        if K::SHAPE.named {
            let mut map = serializer.serialize_map(None)?;
            for entry in entries {
                map.serialize_entry(&entry.letter.map_or_else(String::new, String::from), entry)?;
            }
            for Unread { name, json } in unread {
                map.serialize_entry(name, json)?;
            }
            return map.end();
        }
        let read = entries.iter().map(One::Read);
        serializer.collect_seq(read.chain(unread.iter().map(|unread| One::Unread(&unread.json))))
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum One<'a, T> {
    Read(&'a Entry<T>),
    Unread(&'a RawValue),
}
