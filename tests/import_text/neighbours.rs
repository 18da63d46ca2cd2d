//! No real record is taken for another document, and the real neighbours are named.

use std::path::{Path, PathBuf};
use std::process::Command;

use spv::import::neighbours::name_neighbour;

use super::real::records;

/// The first lines of a file as text; `None` if it cannot be read here.
fn first_lines(file: &Path) -> Option<Vec<String>> {
    let pdf = file.extension().is_some_and(|end| end == "pdf");
    let bytes = match pdf {
        true => {
            Command::new("pdftotext").args(["-l", "2"]).arg(file).arg("-").output().ok()?.stdout
        }
        false => std::fs::read(file).unwrap(),
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Some(text.lines().map(str::to_owned).collect())
}

fn told(file: &Path, name: Option<&str>) -> Option<String> {
    let lines = first_lines(file)?;
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    name_neighbour(&lines, name)
}

fn files(folder: PathBuf) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn no_real_record_is_a_neighbour() {
    let Some(folder) = records() else { return };
    let mut looked = 0;
    for sub in ["pdf", "text", "seed", "more/pdf", "more/text", "more/messy", "more/altered"] {
        for file in files(folder.join(sub)) {
            if file.extension().is_some_and(|end| end == "json") {
                continue;
            }
            looked += 1;
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            assert_eq!(told(&file, Some(&name)), None, "{}", file.display());
            assert_eq!(told(&file, None), None, "{}", file.display());
        }
    }
    assert!(looked > 30, "{looked}");
}

#[test]
fn the_real_neighbours_are_named() {
    let Some(folder) = records() else { return };
    if Command::new("pdftotext").arg("-v").output().is_err() {
        println!("skipped: there is no pdftotext here");
        return;
    }
    for (file, words) in [
        (
            "A_60_PV.25_N0553261.pdf",
            "A/60/PV.25 of the General Assembly; spv reads the Security Council",
        ),
        ("A_C.4_SR.985-FR_scan.pdf", "General Assembly"),
        ("S_2013_220-EN.pdf", "S/2013/220, a report"),
        (
            "S_Agenda_10026-EN.pdf",
            "S/Agenda/10026, the agenda of a meeting; import the record of that meeting, S/PV.10026",
        ),
        ("S_RES_2803_(2025)-EN.pdf", "S/PV.10046"),
    ] {
        let path = folder.join("more/neighbours").join(file);
        if !path.is_file() {
            println!("skipped: {file} is not there");
            continue;
        }
        for name in [None, Some(file)] {
            let told = told(&path, name).unwrap_or_default();
            assert!(told.contains(words), "{file}: {told}");
        }
    }
}
