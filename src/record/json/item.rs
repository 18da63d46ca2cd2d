//! Reads an item: one flat shape for all three types.
//!
//! serde reads an enum with a tag through a buffer, which loses the line and the field of an error
//! and costs a copy of every text. This shape keeps both and is turned into an [`Item`] at once.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::record::{
    Announced, Behalf, Direction, Item, Language, Outcome, Paragraph, Speaker, Statement, Vote,
    VoteKind,
};

/// Every field an item of any type may have.
#[derive(Deserialize)]
struct AnyItem {
    r#type: Type,
    page: Option<u32>,
    // A direction:
    text: Option<String>,
    // A statement:
    number: Option<u32>,
    speaker: Option<Speaker>,
    spoken: Option<Language>,
    #[serde(default)]
    on_behalf_of: Vec<Behalf>,
    paragraphs: Option<Vec<Paragraph>>,
    // A vote:
    #[serde(default)]
    on: Vec<String>,
    #[serde(default)]
    procedural: bool,
    #[serde(default)]
    kind: VoteKind,
    #[serde(default)]
    in_favour: Vec<String>,
    #[serde(default)]
    against: Vec<String>,
    #[serde(default)]
    abstaining: Vec<String>,
    #[serde(default)]
    not_voting: Vec<String>,
    announced: Option<Announced>,
    outcome: Option<Outcome>,
    adopted_as: Option<String>,
    #[serde(default)]
    doubts: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Type {
    Direction,
    Statement,
    Vote,
}

/// A required field of an item is missing.
#[derive(Debug, thiserror::Error)]
#[error("missing field `{field}` of a {item}")]
struct MissingField {
    field: &'static str,
    item: &'static str,
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ItemVisitor)
    }
}

/// Converts the flat shape while the reader is still at the item, so that the error of a missing
/// field has the line of this item and not of the next.
struct ItemVisitor;

impl<'de> Visitor<'de> for ItemVisitor {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a direction, a statement or a vote")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Item, A::Error> {
        let any = AnyItem::deserialize(MapAccessDeserializer::new(map))?;
        Item::try_from(any).map_err(A::Error::custom)
    }
}

impl TryFrom<AnyItem> for Item {
    type Error = MissingField;

    fn try_from(any: AnyItem) -> Result<Self, MissingField> {
        let missing = |field| {
            let item = match any.r#type {
                Type::Direction => "direction",
                Type::Statement => "statement",
                Type::Vote => "vote",
            };
            MissingField { field, item }
        };
        Ok(match any.r#type {
            Type::Direction => Self::Direction(Direction {
                page: any.page,
                text: any.text.ok_or(missing("text"))?,
            }),
            Type::Statement => Self::Statement(Statement {
                number: any.number.ok_or(missing("number"))?,
                page: any.page,
                speaker: any.speaker.ok_or(missing("speaker"))?,
                spoken: any.spoken,
                on_behalf_of: any.on_behalf_of,
                paragraphs: any.paragraphs.ok_or(missing("paragraphs"))?,
            }),
            Type::Vote => {
                let mut vote = Vote {
                    page: any.page,
                    on: any.on,
                    procedural: any.procedural,
                    kind: any.kind,
                    in_favour: any.in_favour,
                    against: any.against,
                    abstaining: any.abstaining,
                    not_voting: any.not_voting,
                    announced: any.announced,
                    outcome: any.outcome,
                    adopted_as: any.adopted_as,
                    doubts: any.doubts,
                };
                vote.settle_kind();
                Self::Vote(vote)
            }
        })
    }
}
