//! `spv notes`: the person's notes, in the order of their making.

use std::io::Write;

use super::args::NotesArgs;
use super::desk_args::Form;
use super::markdown::escape;
use super::out::{Answer, Failure, Found, found, json_line, line, say};
use super::show::MEASURE;
use super::{csv, table};
use crate::desk::drafts;
use crate::desk::notes::{self, Note};
use crate::library::Folders;

/// Answers `spv notes`.
///
/// # Errors
/// When the notes may not be read or are of a later version, or the answer cannot be written.
pub fn run(args: &NotesArgs, out: &mut dyn Write) -> Answer {
    let dir = Folders::find(None).state.ok_or_else(|| {
        Failure::could_not("HOME is not set, so that there is no folder for notes; set HOME")
    })?;
    if let Some(number) = args.remove {
        let removed = notes::remove(&dir, number);
        return match removed.map_err(|e| Failure::could_not(e.to_string()))? {
            true => Ok(Found::Something),
            false => Err(Failure::nothing(format!("there is no note {number}"))),
        };
    }
    let (mut all, warning) = notes::all(&dir).map_err(Failure::could_not)?;
    if let Some(warning) = warning {
        say(&warning);
    }
    if let Some(file) = drafts::waiting(&dir) {
        say(&format!(
            "a note that could not be written is in {}; spv keeps it at its next start",
            file.display()
        ));
    }
    if let Some(tag) = &args.tag {
        all.retain(|note| note.is_tagged(tag));
    }
    let form = match (args.json, args.csv, args.md) {
        (true, ..) => Form::Json,
        (_, true, _) => Form::Csv,
        (_, _, true) => Form::Md,
        _ => Form::Text,
    };
    csv::begin(out, args.excel)?;
    write(out, &all, form)?;
    found(!all.is_empty(), "there is no such note; in the reader, a makes one")
}

/// Writes notes in a form.
///
/// # Errors
/// When they cannot be written.
pub fn write(out: &mut dyn Write, notes: &[Note], form: Form) -> Result<(), Failure> {
    if form == Form::Csv {
        let names = "number date symbol language statement speaker quotation citation note tags";
        write!(out, "{}", csv::row(&names.split(' ').collect::<Vec<_>>()))?;
    }
    for note in notes {
        match form {
            Form::Json => json_line(out, note)?,
            Form::Csv => write!(out, "{}", csv::row(&cells(note)))?,
            Form::Md => markdown(out, note)?,
            Form::Text => text(out, note)?,
        }
    }
    Ok(())
}

fn cells(note: &Note) -> Vec<String> {
    let place = &note.place;
    vec![
        note.number.to_string(),
        note.day().to_string(),
        place.symbol.to_string(),
        place.language.code().to_owned(),
        place.statement.to_string(),
        place.speaker.clone(),
        note.quotation.clone(),
        note.citation.clone(),
        note.text.clone(),
        note.tags.join(" "),
    ]
}

fn text(out: &mut dyn Write, note: &Note) -> Result<(), Failure> {
    let speaker = line(&note.place.speaker);
    writeln!(out, "{}  {}  {}", note.number, note.day(), line(&note.text))?;
    for paragraph in note.quotation.split("\n\n") {
        table::paragraph(out, &line(paragraph), 4, MEASURE)?;
    }
    table::paragraph(out, &format!("{speaker}, {}", line(&note.citation)), 4, MEASURE)?;
    writeln!(out)?;
    Ok(())
}

fn markdown(out: &mut dyn Write, note: &Note) -> Result<(), Failure> {
    for paragraph in note.quotation.split("\n\n") {
        writeln!(out, "> {}\n>", escape(paragraph))?;
    }
    writeln!(out, "> {}, {}\n", escape(&note.place.speaker), escape(&note.citation))?;
    writeln!(out, "{}\n", escape(&note.text))?;
    Ok(())
}
