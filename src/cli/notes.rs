//! `spv notes`: the user's notes, oldest first.

use std::io::Write;

use super::args::{Form, NotesArgs};
use super::markdown::escape_markdown;
use super::out::{Answer, Answered, Failure, found_if, json_line, one_line, say};
use super::table::MEASURE;
use super::{csv, table};
use crate::desk::drafts;
use crate::desk::notes::{self, Note};
use crate::library::Folders;

/// Runs `spv notes`.
///
/// # Errors
/// When the notes may not be read or are of a later version, or the answer cannot be written.
pub fn run(args: &NotesArgs, out: &mut dyn Write) -> Answer {
    let dir = Folders::find(None).state.ok_or_else(|| {
        Failure::could_not("HOME is not set, so there is no folder for notes; set HOME")
    })?;
    if let Some(number) = args.remove {
        let removed = notes::remove(&dir, number);
        return match removed.map_err(|e| Failure::could_not(e.to_string()))? {
            true => Ok(Answered::Something),
            false => Err(Failure::nothing(format!("there is no note {number}"))),
        };
    }
    let (mut all, warning) = notes::all(&dir).map_err(Failure::could_not)?;
    if let Some(warning) = warning {
        say(&warning);
    }
    if let Some(file) = drafts::waiting(&dir) {
        say(&format!(
            "a note that could not be saved is in {}; spv saves it at its next start",
            file.display()
        ));
    }
    if let Some(tag) = &args.tag {
        all.retain(|note| note.is_tagged(tag));
    }
    let form = match (args.table.json, args.table.csv, args.md) {
        (true, ..) => Form::Json,
        (_, true, _) => Form::Csv,
        (_, _, true) => Form::Md,
        _ => Form::Text,
    };
    csv::write_mark(out, args.table.excel)?;
    write_notes(out, &all, form)?;
    found_if(!all.is_empty(), "no notes found; press a in the reader to make one")
}

/// Writes notes in a form.
pub fn write_notes(out: &mut dyn Write, notes: &[Note], form: Form) -> Result<(), Failure> {
    if form == Form::Csv {
        let names = "number date symbol language statement speaker quotation citation note tags";
        write!(out, "{}", csv::format_names(names))?;
    }
    for note in notes {
        match form {
            Form::Json => json_line(out, note)?,
            Form::Csv => write!(out, "{}", csv::format_row(&note_cells(note)))?,
            Form::Md => write_markdown(out, note)?,
            Form::Text => write_text(out, note)?,
        }
    }
    Ok(())
}

fn note_cells(note: &Note) -> Vec<String> {
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

fn write_text(out: &mut dyn Write, note: &Note) -> Result<(), Failure> {
    let speaker = one_line(&note.place.speaker);
    writeln!(out, "{}  {}  {}", note.number, note.day(), one_line(&note.text))?;
    for paragraph in note.quotation.split("\n\n") {
        table::write_paragraph(out, &one_line(paragraph), 4, MEASURE)?;
    }
    table::write_paragraph(out, &format!("{speaker}, {}", one_line(&note.citation)), 4, MEASURE)?;
    writeln!(out)?;
    Ok(())
}

fn write_markdown(out: &mut dyn Write, note: &Note) -> Result<(), Failure> {
    for paragraph in note.quotation.split("\n\n") {
        writeln!(out, "> {}\n>", escape_markdown(paragraph))?;
    }
    writeln!(
        out,
        "> {}, {}\n",
        escape_markdown(&note.place.speaker),
        escape_markdown(&note.citation)
    )?;
    writeln!(out, "{}\n", escape_markdown(&note.text))?;
    Ok(())
}
