//! Kept queries outlive restarts, share their file with another reader, and destroy nothing.

use super::*;

fn names(dir: &Path) -> Vec<(String, String)> {
    let (queries, warning) = all(dir).unwrap();
    assert_eq!(warning, None);
    queries.into_iter().map(|kept| (kept.name, kept.query)).collect()
}

fn look(name: &str, query: &str, statements: &[u64]) -> Look {
    let mut seen = Seen::default();
    seen.insert("S/PV.1 en".to_owned(), SeenRecord::new(7, statements.iter().copied()));
    let library = Some("/lib".to_owned());
    Look { name: name.to_owned(), query: query.to_owned(), library, seen }
}

#[test]
fn a_query_is_kept_renamed_removed_and_put_back() {
    let temp = tempfile::tempdir().unwrap();
    let dir = &temp.path().join("state/spv");
    assert_eq!(keep(dir, " grain  ports ", "grain near/5 port*", 10).unwrap().0, Keeping::Added);
    assert_eq!(keep(dir, "Grain ports", "grain near/5 port*", 11).unwrap().0, Keeping::Known);
    let taken = keep(dir, "GRAIN ports", "grain", 11).unwrap_err();
    assert_eq!(
        taken.to_string(),
        "grain ports is the name of the kept query grain near/5 port*; choose another name"
    );
    keep(dir, "veto", "veto", 12).unwrap();
    assert!(matches!(rename(dir, "veto", "grain PORTS"), Err(NotKept::Taken { .. })));
    rename(dir, "veto", "vetoes").unwrap();
    rename(dir, "vetoes", "Vetoes").unwrap();
    assert!(matches!(rename(dir, "veto", "x"), Err(NotKept::Missing(_))));
    let removed = remove(dir, "Grain Ports").unwrap();
    assert!(matches!(remove(dir, "grain ports"), Err(NotKept::Missing(_))));
    assert_eq!(names(dir), [("Vetoes".to_owned(), "veto".to_owned())]);
    restore(dir, removed.clone()).unwrap();
    restore(dir, removed).unwrap();
    let there = names(dir);
    assert_eq!(there[0].0, "grain ports");
    assert_eq!(there.len(), 2);
}

#[test]
fn a_name_is_one_harmless_line() {
    assert_eq!(clean_name("  a\tb\n c ").unwrap(), "a b c");
    assert!(!clean_name("a\u{1b}[2Jb").unwrap().contains('\u{1b}'));
    assert!(clean_name(" \n").is_err());
    assert!(clean_name(&"x".repeat(LONGEST_NAME + 1)).is_err());
}

#[test]
fn a_look_adds_to_what_was_seen() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path();
    keep(dir, "veto", "veto", 1).unwrap();
    assert!(see(dir, &look("veto", "veto", &[3]), 20).unwrap().0);
    assert!(see(dir, &look("VETO", "veto", &[5]), 30).unwrap().0);
    // A query that has the name by now, or none at all, is not touched.
    assert!(!see(dir, &look("veto", "other", &[9]), 40).unwrap().0);
    assert!(!see(dir, &look("gone", "veto", &[9]), 40).unwrap().0);
    let (kept, _) = named(dir, "Veto").unwrap();
    let record = kept.seen.record("S/PV.1 en").unwrap();
    assert!(record.has(3) && record.has(5) && !record.has(9));
    assert_eq!((kept.looked, kept.library.as_deref()), (Some(30), Some("/lib")));
}

#[test]
fn of_two_with_one_name_the_later_gets_another() {
    let temp = tempfile::tempdir().unwrap();
    let text = r#"{"format": "spv-desk/1", "queries": [
        {"name": "veto", "query": "veto"}, {"name": "Veto", "query": "vetoes", "colour": "red"},
        {"name": "veto (2)", "query": "x"}, {"query": "no name"}]}"#;
    std::fs::write(temp.path().join("queries.json"), text).unwrap();
    let (queries, warning) = all(temp.path()).unwrap();
    let found: Vec<&str> = queries.iter().map(|kept| kept.name.as_str()).collect();
    assert_eq!(found, ["veto", "Veto (2)", "veto (2) (2)"]);
    let warning = warning.unwrap();
    assert!(warning.contains("two queries had the name Veto, one is now Veto (2)"), "{warning}");
    assert!(warning.contains("one query cannot be read"), "{warning}");
    // The unreadable one and the unknown field stay in the file.
    keep(temp.path(), "new", "new", 1).unwrap();
    let text = std::fs::read_to_string(temp.path().join("queries.json")).unwrap();
    assert!(text.contains("no name") && text.contains("\"colour\":\"red\""), "{text}");
}

#[test]
fn a_file_that_is_cut_off_is_set_aside_and_a_later_one_is_left() {
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("queries.json");
    std::fs::write(&file, r#"{"format": "spv-desk/1", "queries": [{"na"#).unwrap();
    let (queries, warning) = all(temp.path()).unwrap();
    assert!(queries.is_empty() && warning.unwrap().contains("queries.json.damaged-1"));
    let later = r#"{"format": "spv-desk/2", "queries": {}}"#;
    std::fs::write(&file, later).unwrap();
    assert!(all(temp.path()).unwrap_err().contains("later version"));
    assert!(keep(temp.path(), "x", "x", 1).is_err());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), later);
}

#[test]
fn several_readers_keep_at_once() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path();
    std::thread::scope(|scope| {
        for n in 0..4 {
            scope.spawn(move || {
                for m in 0..5 {
                    keep(dir, &format!("{n}-{m}"), "veto", 1).unwrap();
                    see(dir, &look(&format!("{n}-{m}"), "veto", &[n]), 2).unwrap();
                }
            });
        }
    });
    let (queries, _) = all(dir).unwrap();
    assert_eq!(queries.len(), 20);
    assert!(queries.iter().all(|kept| kept.looked == Some(2) && !kept.seen.is_empty()));
}
