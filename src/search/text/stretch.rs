//! A document as it is handed to tantivy: texts and numbers of fields, without a copy being made of them.

use std::iter::Empty;

use tantivy::schema::Field;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

/// The values of a document, in the order they were added.
#[derive(Debug, Default)]
pub(super) struct Stretch(Vec<(Field, Kept)>);

#[derive(Debug)]
enum Kept {
    Text(String),
    Number(u64),
    Numbers(Vec<u64>),
}

impl Stretch {
    /// Adds a text.
    pub fn text(&mut self, field: Field, text: String) {
        self.0.push((field, Kept::Text(text)));
    }

    /// Adds a number.
    pub fn number(&mut self, field: Field, number: u64) {
        self.0.push((field, Kept::Number(number)));
    }

    /// Adds several numbers of one field.
    pub fn numbers(&mut self, field: Field, numbers: Vec<u64>) {
        self.0.push((field, Kept::Numbers(numbers)));
    }
}

impl Document for Stretch {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, Leaf<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        Box::new(self.0.iter().flat_map(|(field, kept)| {
            let (one, numbers) = match kept {
                Kept::Text(text) => (Some(Leaf::Text(text)), &[][..]),
                Kept::Number(number) => (Some(Leaf::Number(*number)), &[][..]),
                Kept::Numbers(numbers) => (None, numbers.as_slice()),
            };
            one.into_iter()
                .chain(numbers.iter().map(|n| Leaf::Number(*n)))
                .map(|leaf| (*field, leaf))
        }))
    }
}

/// A value of a field.
#[derive(Clone, Copy, Debug)]
pub(super) enum Leaf<'a> {
    Text(&'a str),
    Number(u64),
}

impl<'a> Value<'a> for Leaf<'a> {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self {
            Leaf::Text(text) => ReferenceValueLeaf::Str(text),
            Leaf::Number(number) => ReferenceValueLeaf::U64(*number),
        })
    }
}
