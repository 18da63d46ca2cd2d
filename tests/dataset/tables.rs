//! The tables in every form they are passed on in: the same record, or a refusal with the reason.

use std::collections::BTreeMap;

use serde_json::Value;

use super::kit::*;

const MEMBER: &str = "Ms. Orlan\tChad\t\tMentioned";
const CHAIR: &str = "Mr. \"Vey\"\tPeru\tNA\tThe President";

/// A set of one meeting.
fn meeting() -> Kit {
    let kit = Kit::new();
    kit.meeting(&[(CHAIR, "The President: We dig."), (MEMBER, "Ms. Orlan (Chad): We dig too.")]);
    kit
}

/// The rows of a table of the set.
fn rows(kit: &Kit, name: &str) -> Vec<Vec<String>> {
    let table = std::fs::read_to_string(kit.set().join(name)).unwrap();
    table.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// How a cell of a row (from 0) and column is written.
type Cell = fn(usize, usize, &str) -> String;

fn escaped(_: usize, _: usize, cell: &str) -> String {
    if cell == "NA" { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\\\"")) }
}

fn doubled(_: usize, _: usize, cell: &str) -> String {
    if cell == "NA" { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

/// Dataverse: the heading is plain.
fn plain_heading(row: usize, column: usize, cell: &str) -> String {
    if row == 0 { cell.to_owned() } else { escaped(row, column, cell) }
}

/// Writes a table again under another name.
fn rewrite(kit: &Kit, from: &str, to: &str, separator: &str, end: &str, cell: Cell) {
    let lines: Vec<String> = rows(kit, from)
        .iter()
        .enumerate()
        .map(|(row, cells)| {
            let cells: Vec<String> =
                cells.iter().enumerate().map(|(column, text)| cell(row, column, text)).collect();
            cells.join(separator) + end
        })
        .collect();
    std::fs::remove_file(kit.set().join(from)).unwrap();
    kit.write(to, lines.concat());
}

/// The records of a set, without what names the files.
fn imported(kit: &Kit) -> BTreeMap<String, Value> {
    let ran = kit.import(&["--no-index"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    records(&kit.library())
}

#[test]
fn quoted_tables_and_tables_with_commas_give_the_same_records() {
    let want = imported(&meeting());
    for (name, separator, end, cell) in [
        ("tab", "\t", "\n", escaped as Cell),
        ("tab", "\t", "\r\n", doubled),
        ("tab", "\t", "\n", plain_heading),
        ("csv", ",", "\r\n", doubled),
        ("tsv", ";", "\n", doubled),
    ] {
        // Both tables, or only one of them.
        for tables in [&["speaker", "meta"][..], &["speaker"], &["meta"]] {
            let kit = meeting();
            for table in tables {
                rewrite(
                    &kit,
                    &format!("{table}.tsv"),
                    &format!("{table}.{name}"),
                    separator,
                    end,
                    cell,
                );
            }
            assert_eq!(imported(&kit), want, "{name} {tables:?}");
        }
    }
    // R's row names have no heading: the first row has a field less.
    let kit = meeting();
    rewrite(&kit, "speaker.tsv", "speaker.tab", "\t", "\n", escaped);
    let table = std::fs::read_to_string(kit.set().join("speaker.tab")).unwrap();
    kit.write("speaker.tab", format!("\u{feff}{}", table.strip_prefix("\"\"\t").unwrap()));
    assert_eq!(imported(&kit), want);
}

#[test]
fn names_of_copies_and_columns_in_another_order_are_understood() {
    let want = imported(&meeting());
    let kit = meeting();
    let backwards: Vec<String> = rows(&kit, "speaker.tsv")
        .iter()
        .map(|row| {
            // The symbol is known by the name of the text.
            let cells: Vec<&str> = row[..row.len() - 1].iter().rev().map(String::as_str).collect();
            cells.join("\t") + "\n"
        })
        .collect();
    std::fs::remove_file(kit.set().join("speaker.tsv")).unwrap();
    kit.write("Speaker (1).tsv", backwards.concat());
    std::fs::rename(kit.set().join("meta.tsv"), kit.set().join("meta - Copy.tsv")).unwrap();
    std::fs::rename(kit.set().join("speeches.tar"), kit.set().join("speeches (1).tar")).unwrap();
    assert_eq!(imported(&kit), want);
}

#[test]
fn without_a_table_or_with_one_of_another_version_nothing_comes_without_states() {
    let refused = |kit: &Kit, why: &str| {
        let ran = kit.import(&["--no-index"]);
        assert_eq!(ran.code, Some(2), "{why}: {ran:?}");
        assert!(ran.err.contains(why) && ran.err.lines().count() == 1, "{why}: {ran:?}");
        assert!(!kit.library().exists(), "{why}");
    };
    let kit = meeting();
    std::fs::remove_file(kit.set().join("speaker.tsv")).unwrap();
    refused(&kit, "speaker.tsv is missing");
    let write = |columns: &str, row: &str| {
        let kit = meeting();
        kit.write("speaker.tsv", format!("{columns}\n{row}\n"));
        kit
    };
    let name = "UNSC_2020_SPV.8704_spch0001.txt";
    for (kit, why) in [
        (write("filename\tspeaker", &format!("{name}\tMr. Vey")), "no column \"country_org\""),
        (write("filename\tcountry", &format!("{name}\tPeru")), "no column \"speaker\""),
        (
            write("filename\tspeaker\tcountry", &format!("{name}\tMr. Vey\tNA")),
            "the column \"country\" is empty in every row",
        ),
        (
            write("filename\tspeaker\tcountry", "UNSC_2019_SPV.8604_spch0001.txt\tMr. Vey\tPeru"),
            "has no row for the texts of any of the 1 documents",
        ),
    ] {
        refused(&kit, why);
    }
    // Without counts it is read, and said.
    let kit = meeting();
    std::fs::remove_file(kit.set().join("meta.tsv")).unwrap();
    let (ran, record) = kit.one(&["--no-index"]);
    assert!(ran.out.contains("meta.tsv is not in the folder"), "{}", ran.out);
    assert_eq!(items(&record, "statement")[1]["speaker"]["state"], "Chad");
}

#[test]
fn a_document_whose_rows_are_about_other_texts_is_left_out() {
    let kit = meeting();
    kit.meeting(&[
        (CHAIR, "The President: We dig."),
        ("Mr. Sel\tPeru\t\tMentioned", "Ms. Orlan (Chad): We dig too."),
        ("Ms. Orlan\tChad\t\tMentioned", "Mr. Badi (Niger): And we."),
    ]);
    let ran = kit.import(&["--no-index"]);
    assert!(ran.out.contains("its rows in speaker.tsv are about other texts"), "{ran:?}");
    assert!(records(&kit.library()).is_empty());
}
