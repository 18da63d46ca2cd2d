//! The published schema, the reader and the writer say the same about what a record file is.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests, which clippy does not know as such

use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;
use spv::record::{
    Announced, As, Behalf, Break, Capacity, Direction, Doubt, FromPack, Item, Kind, Language,
    Member, Outcome, Paragraph, President, Record, Source, Speaker, Statement, Status, Symbol,
    Vote, VoteKind, json,
};

/// The compiled schema.
struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn load() -> Self {
        let path = root().join("data/schema/record.schema.json");
        let text = std::fs::read_to_string(&path).unwrap();
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["$schema"], "https://json-schema.org/draft/2020-12/schema");
        let id = value["$id"].as_str().unwrap().to_owned();
        compiler.add_resource(&id, value).unwrap();
        let mut schemas = Schemas::new();
        let index = compiler.compile(&id, &mut schemas).unwrap();
        Self { schemas, index }
    }

    fn check(&self, value: &Value) -> Result<(), String> {
        self.schemas.validate(value, self.index).map_err(|e| e.to_string())
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A record with every field set and every type of item. Its words are invented.
fn full() -> Record {
    let text = |s: &str| Some(s.to_owned());
    Record {
        format: Record::FORMAT.to_owned(),
        symbol: "MSC/PV.9 (Part II) (Resumption 1)".parse().unwrap(),
        kind: Kind::Verbatim,
        exercise: true,
        language: Language::English,
        status: Status::Corrected,
        corrections: vec!["MSC/PV.9/Corr.1".to_owned()],
        date: "2019-11-19".parse().unwrap(),
        opened: text("3.05 p.m."),
        closed: text("6.10 p.m."),
        place: text("New York"),
        presidents: vec![President { name: "Ms. Invented".to_owned(), state: text("Belgium") }],
        members: vec![Member { state: "Belgium".to_owned(), representative: text("Mr. Invented") }],
        agenda: vec!["An invented item".to_owned(), "An invented sub-item".to_owned()],
        topic: "An invented item".to_owned(),
        topic_from: text("agenda"),
        items: vec![
            Item::Direction(Direction { page: Some(1), text: "Invented: a bell rang.".to_owned() }),
            Item::Statement(statement()),
            Item::Vote(Vote {
                page: Some(4),
                on: vec!["S/2014/348".to_owned()],
                procedural: true,
                kind: VoteKind::Procedural,
                in_favour: vec!["Belgium".to_owned()],
                against: vec!["Peru".to_owned()],
                abstaining: vec!["Poland".to_owned()],
                not_voting: vec!["Kuwait".to_owned()],
                announced: Some(Announced { in_favour: 1, against: 1, abstaining: 1 }),
                outcome: Some(Outcome::AdoptedWithoutVote),
                adopted_as: text("S/RES/2732 (2024)"),
                doubts: vec!["Invented: a name is in two lists.".to_owned()],
            }),
        ],
        doubts: vec![Doubt {
            statement: Some(1),
            page: Some(2),
            text: "Invented: a page is missing.".to_owned(),
        }],
        source: Source {
            from: "pdf".to_owned(),
            file: text("S_PV.1_E.pdf"),
            url: text("https://example.org/S_PV.1_E.pdf"),
            sha256: Some("0f".repeat(32)),
            quality: text("born-digital"),
            repairs: [("hyphens".to_owned(), 3)].into(),
            warnings: vec!["Invented: one name was guessed.".to_owned()],
            pack: Some(FromPack { file: "invented.tar".to_owned(), verified: true }),
        },
    }
}

fn statement() -> Statement {
    Statement {
        number: 1,
        page: Some(1),
        speaker: Speaker {
            printed: "Mr. Invented (Kazakhstan) (spoke in Russian)".to_owned(),
            name: "Mr. Invented".to_owned(),
            state: Some("Kazakhstan".to_owned()),
            organization: Some("An invented organization".to_owned()),
            role: Some("Deputy Minister".to_owned()),
            as_: As::Invited,
            rule: Some(37),
        },
        spoken: Some(Language::Russian),
        on_behalf_of: vec![Behalf {
            group: "A3".to_owned(),
            members: vec!["Niger".to_owned(), "Tunisia".to_owned()],
        }],
        paragraphs: vec![Paragraph {
            page: Some(1),
            text: "Années inventées, et une page tournée.".to_owned(),
            capacity: Some(Capacity::National),
            breaks: vec![Break { at: 7, page: 2 }, Break { at: 12, page: 3 }],
        }],
    }
}

/// Every object field and array element of a value, as JSON pointers.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut go = |key: &str, inner: &Value| {
        let here = format!("{at}/{key}");
        found.push(here.clone());
        pointers(inner, &here, found);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, inner)| go(key, inner)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, inner)| go(&i.to_string(), inner));
        }
        _ => {}
    }
}

fn without(value: &Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let mut copy = value.clone();
    copy.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key).unwrap();
    copy
}

fn reads(value: &Value) -> Result<Record, json::JsonError> {
    json::read_record(value.to_string().as_bytes())
}

#[test]
fn what_is_written_is_of_the_schema_and_is_read_back() {
    let schema = Schema::load();
    let record = full();
    let text = json::write_record(&record);
    schema.check(&serde_json::from_str(&text).unwrap()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(json::read_record(text.as_bytes()).unwrap(), record);

    // And with nothing set that may be left out.
    let mut bare = full();
    bare.items = vec![
        Item::Direction(Direction::default()),
        Item::Statement(Statement {
            number: 1,
            paragraphs: vec![Paragraph::default()],
            ..Statement::default()
        }),
        Item::Vote(Vote::default()),
    ];
    bare.doubts = vec![Doubt::default()];
    bare.source = Source::default();
    (bare.opened, bare.closed, bare.place, bare.topic_from) = (None, None, None, None);
    let text = json::write_record(&bare);
    schema.check(&serde_json::from_str(&text).unwrap()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(json::read_record(text.as_bytes()).unwrap(), bare);
}

#[test]
fn every_word_the_model_writes_is_of_the_schema() {
    let schema = Schema::load();
    let check = |change: &dyn Fn(&mut Record)| {
        let mut record = full();
        change(&mut record);
        let value = serde_json::to_value(&record).unwrap();
        schema.check(&value).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(reads(&value).unwrap(), record);
    };
    for kind in [Kind::Verbatim, Kind::Letter, Kind::Communique] {
        check(&|r| r.kind = kind);
    }
    for status in [Status::Provisional, Status::Final, Status::Corrected, Status::Unknown] {
        check(&|r| r.status = status);
    }
    for language in Language::OFFICIAL.into_iter().chain([Language::Other("pt".to_owned())]) {
        check(&|r| r.language = language.clone());
    }
    for symbol in [
        Symbol::verbatim(1),
        Symbol::verbatim(2977).with_part(255).with_resumption(255),
        Symbol::letter(2020, 254),
    ] {
        check(&|r| r.symbol = symbol.clone());
    }
    for as_ in [As::President, As::Member, As::Invited, As::Unknown] {
        for capacity in [Capacity::President, Capacity::National, Capacity::Organization] {
            check(&|r| {
                let Item::Statement(s) = &mut r.items[1] else { unreachable!() };
                s.speaker.as_ = as_;
                s.paragraphs[0].capacity = Some(capacity);
            });
        }
    }
    for outcome in
        [Outcome::Adopted, Outcome::AdoptedWithoutVote, Outcome::Vetoed, Outcome::NotAdopted]
    {
        check(&|r| {
            let Item::Vote(v) = &mut r.items[2] else { unreachable!() };
            v.outcome = Some(outcome);
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.words());
        });
    }
    for kind in VoteKind::ALL {
        check(&|r| {
            let Item::Vote(v) = &mut r.items[2] else { unreachable!() };
            v.set_kind(kind);
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
        });
    }
}

/// The fields no record can be without.
const REQUIRED: &[&str] = &[
    "/format",
    "/symbol",
    "/kind",
    "/language",
    "/date",
    "/items",
    "/presidents/0/name",
    "/members/0/state",
    "/items/0/type",
    "/items/0/text",
    "/items/1/type",
    "/items/1/number",
    "/items/1/speaker",
    "/items/1/speaker/printed",
    "/items/1/speaker/name",
    "/items/1/on_behalf_of/0/group",
    "/items/1/paragraphs",
    "/items/1/paragraphs/0/text",
    "/items/1/paragraphs/0/breaks/0/at",
    "/items/1/paragraphs/0/breaks/0/page",
    "/items/2/type",
    "/items/2/announced/in_favour",
    "/doubts/0/text",
];

#[test]
fn schema_and_reader_agree_on_what_may_be_left_out() {
    let schema = Schema::load();
    let value = serde_json::to_value(full()).unwrap();
    let mut all = Vec::new();
    pointers(&value, "", &mut all);
    assert!(REQUIRED.iter().all(|r| all.iter().any(|p| p == r)));
    for pointer in all.iter().filter(|p| !p.ends_with(|c: char| c.is_ascii_digit())) {
        let lacking = without(&value, pointer);
        // An exercise symbol may not go without `exercise: true`; no other pair depends on one another.
        let first_of_its_kind = pointer.replace("/breaks/1/", "/breaks/0/");
        let required = REQUIRED.contains(&first_of_its_kind.as_str()) || pointer == "/exercise";
        assert_eq!(schema.check(&lacking).is_err(), required, "schema without {pointer}");
        assert_eq!(reads(&lacking).is_err(), required, "reader without {pointer}");
        if required {
            let field = pointer.rsplit('/').next().unwrap();
            let error = reads(&lacking).unwrap_err().to_string();
            assert!(error.contains(field), "{pointer}: {error}");
        }
    }
}

#[test]
fn schema_and_reader_refuse_every_wrong_type_and_allow_more_fields() {
    let schema = Schema::load();
    let value = serde_json::to_value(full()).unwrap();
    let mut all = Vec::new();
    pointers(&value, "", &mut all);
    for pointer in &all {
        let mut changed = value.clone();
        let place = changed.pointer_mut(pointer).unwrap();
        if let Value::Object(fields) = place {
            if pointer != "/source/repairs" {
                fields.insert("not_known_yet".to_owned(), serde_json::json!([{"a": null}]));
                assert_eq!(reads(&changed), Ok(full()), "{pointer}");
                schema.check(&changed).unwrap_or_else(|e| panic!("{pointer}: {e}"));
            }
            *changed.pointer_mut(pointer).unwrap() = Value::from("a text");
        } else {
            *place = serde_json::json!({"wrong": true});
        }
        assert!(schema.check(&changed).is_err(), "schema: {pointer}");
        assert!(reads(&changed).is_err(), "reader: {pointer}");
    }
}

#[test]
fn the_schema_holds_to_one_spelling_and_real_values() {
    let schema = Schema::load();
    let value = serde_json::to_value(full()).unwrap();
    for (pointer, wrong) in [
        ("/symbol", Value::from("8668")),
        ("/symbol", Value::from("S/PV.8668(Resumption 1)")),
        ("/symbol", Value::from("S/PV.8668 (Part 2)")),
        ("/format", Value::from("spv/2")),
        ("/format", Value::from("spv/10")),
        ("/date", Value::from("2019-02-30")),
        ("/date", Value::from("19 November 2019")),
        ("/exercise", Value::from(false)),
        ("/items/1/page", Value::from(0)),
        ("/items/1/number", Value::from(0)),
        ("/items/1/speaker/rule", Value::from(38)),
        ("/source/sha256", Value::from("0F")),
    ] {
        let mut changed = value.clone();
        *changed.pointer_mut(pointer).unwrap() = wrong;
        assert!(schema.check(&changed).is_err(), "{pointer}");
    }
}

/// The JSON files under a folder.
fn json_under(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|e| e.unwrap().path()) {
        if path.is_dir() {
            json_under(&path, found);
        } else if path.extension().is_some_and(|e| e == "json") {
            found.push(path);
        }
    }
}

#[test]
fn every_record_the_project_ships_is_of_the_schema() {
    let schema = Schema::load();
    let mut paths = Vec::new();
    json_under(&root().join("data/exercise"), &mut paths);
    let exercises = paths.len();
    json_under(&root().join("tests/fixtures"), &mut paths);
    let mut seen = 0;
    for (index, path) in paths.iter().enumerate() {
        let name = path.strip_prefix(root()).unwrap().display();
        let bytes = std::fs::read(path).unwrap();
        // Fixtures are of several sorts, some of them broken on purpose; a record says its format.
        let value = serde_json::from_slice::<Value>(&bytes).ok();
        let is_record = value.as_ref().is_some_and(|v| v["format"] == Record::FORMAT);
        let broken = path.components().any(|c| c.as_os_str() == "broken");
        if broken || (index >= exercises && !is_record) {
            continue;
        }
        let value = value.unwrap_or_else(|| panic!("{name} is no JSON"));
        schema.check(&value).unwrap_or_else(|e| panic!("{name}: {e}"));
        let record = json::read_record(&bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(serde_json::to_value(&record).unwrap()["symbol"], value["symbol"], "{name}");
        seen += 1;
    }
    println!("{seen} records of the project are of the schema");
    assert!(seen >= exercises);
}
