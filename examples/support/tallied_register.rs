//! The register of `tally` as a table, and which vote was set aside for which.

use quartier::tally::table::{TableWriter, WriteError};
use quartier::tally::{Disposition, RegisterRow, Tally};
use serde_json::{Value, json};

const COLUMNS: [&str; 9] = [
    "voter_id",
    "channel",
    "area",
    "station",
    "source",
    "line",
    "disposition",
    "reason",
    "in-favour-of",
];

/// Every vote, in the order of the register.
pub(crate) fn table(tally: &Tally) -> Result<String, WriteError> {
    let mut table = TableWriter::new(&COLUMNS);
    for row in tally.register().rows() {
        let about = place(row);
        let kept = kept(tally, row).map(place).unwrap_or_default();
        let mut cells = table.row(&about);
        for cell in [
            row.voter(),
            row.channel(),
            row.area(),
            row.station(),
            row.source(),
        ] {
            cells = cells.text(cell)?;
        }
        cells
            .plain(&row.place().line.to_string())?
            .plain(word(row))?
            .text(&reason(row))?
            .text(&kept)?
            .end();
    }
    Ok(table.finish())
}

/// The votes that were set aside because of another vote of the voter.
pub(crate) fn settled(tally: &Tally) -> impl Iterator<Item = RegisterRow<'_>> {
    tally.register().rows().filter(|row| {
        matches!(
            row.disposition(),
            Disposition::Superseded | Disposition::Duplicate
        )
    })
}

pub(crate) fn settled_json(tally: &Tally, row: RegisterRow<'_>) -> Value {
    let at = |row: RegisterRow<'_>| json!({"source": row.source(), "line": row.place().line});
    json!({
        "voter": row.voter(),
        "kept": kept(tally, row).map(at),
        "set-aside": at(row),
        "as": word(row),
    })
}

pub(crate) fn settled_text(tally: &Tally, row: RegisterRow<'_>) -> String {
    match kept(tally, row) {
        Some(kept) => format!(
            "voter `{}`: {} is {} in favour of {}",
            row.voter(),
            place(row),
            word(row),
            place(kept)
        ),
        None => format!(
            "voter `{}`: {} is {}, and no vote of the voter counts",
            row.voter(),
            place(row),
            word(row)
        ),
    }
}

fn kept<'a>(tally: &'a Tally, row: RegisterRow<'_>) -> Option<RegisterRow<'a>> {
    tally.register().row(row.in_favour_of()?)
}

fn place(row: RegisterRow<'_>) -> String {
    format!("{} {} {}", row.source(), row.unit(), row.place().line)
}

fn word(row: RegisterRow<'_>) -> &'static str {
    let disposition = row.disposition();
    let words = [
        (Disposition::Accepted, "accepted"),
        (Disposition::Blank, "blank"),
        (Disposition::Superseded, "superseded"),
        (Disposition::Duplicate, "duplicate"),
        (Disposition::Ineligible, "ineligible"),
    ];
    let known = words.iter().find(|(known, _)| *known == disposition);
    known.map_or("void", |(_, word)| word)
}

fn reason(row: RegisterRow<'_>) -> String {
    let Some(trouble) = row.trouble() else {
        // Of people who may not vote, what was said of them.
        return row.ineligible_because().unwrap_or_default().to_owned();
    };
    if trouble.detail.is_empty() {
        trouble.reason.to_string()
    } else {
        format!("{}: {}", trouble.reason, trouble.detail)
    }
}
