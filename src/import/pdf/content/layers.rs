//! Layers: content that a viewer shows or hides (optional content, ISO 32000-1, 8.11).
//!
//! A layer is a group that is on or off, or a membership that depends on groups. What counts is what the
//! file shows when it is opened for viewing; a layer for printing only is off.

use std::collections::HashMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object};

/// The most groups whose state is kept.
const GROUPS: usize = 10_000;
/// How deep expressions of a membership may be nested.
const DEPTH: usize = 8;
/// The most parts of one expression, however deep, or of another short list.
const PARTS: usize = 64;

/// The groups of a file that are on or off.
#[derive(Debug, Default)]
pub(in crate::import::pdf) struct Layers {
    /// The groups whose state is given, by their object.
    given: HashMap<(u32, i32), bool>,
    /// The groups whose state is not given are off.
    others_off: bool,
    /// The number of parts of memberships read until now.
    pub(super) work: usize,
}

impl Layers {
    /// Reads the states that the file is opened with.
    pub(in crate::import::pdf) fn read(pdf: &Pdf) -> Self {
        let xref = pdf.xref();
        let mut layers = Self::default();
        let Some(properties) = xref
            .get::<Dict<'_>>(xref.root_id())
            .and_then(|catalog| catalog.get::<Dict<'_>>("OCProperties"))
        else {
            return layers;
        };
        let Some(start) = properties.get::<Dict<'_>>("D") else { return layers };
        layers.others_off =
            start.get::<Name<'_>>("BaseState").is_some_and(|state| state.as_str() == "OFF");
        layers.set_all(&start, "ON", true);
        layers.set_all(&start, "OFF", false);
        let rules = start.get::<Array<'_>>("AS");
        for rule in rules.iter().flat_map(|rules| rules.iter::<Dict<'_>>()).take(PARTS) {
            layers.apply_usage(&rule);
        }
        layers
    }

    /// Sets the state of the groups in a list.
    fn set_all(&mut self, start: &Dict<'_>, key: &str, on: bool) {
        let Some(groups) = start.get::<Array<'_>>(key) else { return };
        for group in groups.raw_iter().take(GROUPS) {
            if let MaybeRef::Ref(group) = group {
                self.given.insert((group.obj_number, group.gen_number), on);
            }
        }
    }

    /// Applies a rule by which groups follow their usage when the file is viewed.
    fn apply_usage(&mut self, rule: &Dict<'_>) {
        let named = |key: &str, word: &str| {
            let list = rule.get::<Array<'_>>(key);
            list.iter().flat_map(|l| l.iter::<Name<'_>>()).take(PARTS).any(|n| n.as_str() == word)
        };
        let viewing = rule.get::<Name<'_>>("Event").is_some_and(|event| event.as_str() == "View");
        if !viewing || !named("Category", "View") {
            return;
        }
        let Some(groups) = rule.get::<Array<'_>>("OCGs") else { return };
        for (group, dict) in groups.raw_iter().zip(groups.iter::<Dict<'_>>()).take(GROUPS) {
            let state = dict
                .get::<Dict<'_>>("Usage")
                .and_then(|usage| usage.get::<Dict<'_>>("View"))
                .and_then(|view| view.get::<Name<'_>>("ViewState"));
            if let (MaybeRef::Ref(group), Some(state)) = (group, state) {
                self.given.insert((group.obj_number, group.gen_number), state.as_str() != "OFF");
            }
        }
    }

    /// Whether the layer under this key is off.
    pub(super) fn is_off(&mut self, dict: &Dict<'_>, key: impl AsRef<[u8]>) -> bool {
        if self.given.is_empty() && !self.others_off {
            return false;
        }
        let key = key.as_ref();
        let Some(layer) = dict.get::<Dict<'_>>(key) else { return false };
        let membership = layer.get::<Name<'_>>("Type").is_some_and(|kind| kind.as_str() == "OCMD");
        let on = if membership { self.is_member_on(&layer) } else { self.is_on(dict.get_ref(key)) };
        !on
    }

    /// Whether a group is on; one that is no object of its own has no state and is.
    fn is_on(&self, group: Option<ObjRef>) -> bool {
        let Some(group) = group else { return true };
        let given = self.given.get(&(group.obj_number, group.gen_number));
        given.copied().unwrap_or(!self.others_off)
    }

    /// Whether a membership is on, by its expression or by its policy.
    fn is_member_on(&mut self, layer: &Dict<'_>) -> bool {
        if let Some(expression) = layer.get::<Array<'_>>("VE") {
            let mut parts = 0;
            let on = self.evaluate(&expression, 0, &mut parts);
            self.work += parts;
            return on;
        }
        let groups: Vec<bool> = match layer.get::<Array<'_>>("OCGs") {
            Some(list) => list
                .raw_iter()
                .take(PARTS)
                .filter_map(|group| match group {
                    MaybeRef::Ref(group) => Some(self.is_on(Some(group))),
                    MaybeRef::NotRef(_) => None,
                })
                .collect(),
            None => {
                layer.get_ref("OCGs").map(|group| self.is_on(Some(group))).into_iter().collect()
            }
        };
        self.work += groups.len();
        if groups.is_empty() {
            return true;
        }
        let policy = layer.get::<Name<'_>>("P");
        match policy.as_ref().map(Name::as_str) {
            Some("AllOn") => groups.iter().all(|on| *on),
            Some("AnyOff") => !groups.iter().all(|on| *on),
            Some("AllOff") => !groups.iter().any(|on| *on),
            _ => groups.iter().any(|on| *on),
        }
    }

    /// The value of an expression such as `[/And A [/Not B]]`; what cannot be read is on.
    fn evaluate(&self, expression: &Array<'_>, depth: usize, parts: &mut usize) -> bool {
        let mut operator = None;
        let mut values = Vec::new();
        for (raw, part) in expression.raw_iter().zip(expression.iter::<Object<'_>>()) {
            *parts += 1;
            if *parts > PARTS || depth > DEPTH {
                return true;
            }
            match (raw, part) {
                (_, Object::Name(name)) => operator = operator.or(Some(name)),
                (_, Object::Array(inner)) => values.push(self.evaluate(&inner, depth + 1, parts)),
                (MaybeRef::Ref(group), _) => values.push(self.is_on(Some(group))),
                _ => {}
            }
        }
        match operator.as_ref().map(Name::as_str) {
            Some("And") => values.iter().all(|on| *on),
            Some("Or") => values.iter().any(|on| *on),
            Some("Not") => !values.first().copied().unwrap_or(false),
            _ => true,
        }
    }
}
