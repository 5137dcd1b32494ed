//! What differs from a published list, and under a second regulation.

use std::fmt::Write as _;

use quartier::record::Language;

use crate::Report;
use crate::allocate_columns::{Columns, grouped};
use crate::allocate_compare::Compared;
use crate::allocate_text::heading;
use crate::allocate_words::say;

/// The comparison with a published list, and with a second regulation.
pub(crate) fn differences(report: &Report, lang: Language, text: &mut String) {
    if let Some(expected) = &report.expected {
        heading(text, say(lang, "Published list", "Liste publiée"));
        if expected.agrees() {
            let _ = writeln!(
                text,
                "  {}",
                say(lang, "The result is the same.", "Le résultat est le même.")
            );
        }
        for (ids, english, french) in [
            (&expected.missing, "published only", "publiés seulement"),
            (
                &expected.unknown,
                "of these, no project here has the ids",
                "dont inconnus de cette élection",
            ),
            (
                &expected.unexpected,
                "in this result only",
                "dans ce résultat seulement",
            ),
        ] {
            if !ids.is_empty() {
                let _ = writeln!(text, "  {}: {}", say(lang, english, french), ids.join(", "));
            }
        }
        for (id, published, received) in &expected.other_amount {
            let _ = writeln!(
                text,
                "  {id}: {} / {}",
                grouped(*published),
                grouped(*received)
            );
        }
    }
    if let Some(compared) = &report.compared {
        with_other(compared, lang, text);
    }
}

/// What a second regulation gives on the same votes.
fn with_other(compared: &Compared, lang: Language, text: &mut String) {
    heading(
        text,
        &format!(
            "{}: {}",
            say(lang, "Compared with", "Comparé à"),
            compared.regulation
        ),
    );
    for (ids, english, french) in [
        (
            &compared.gained,
            "funded there only",
            "financés là seulement",
        ),
        (&compared.lost, "funded here only", "financés ici seulement"),
    ] {
        let _ = writeln!(
            text,
            "  {} ({}): {}",
            say(lang, english, french),
            ids.len(),
            ids.join(", ")
        );
    }
    for (id, here, there) in &compared.changed {
        let _ = writeln!(text, "  {id}: {} / {}", grouped(*here), grouped(*there));
    }
    let header = [
        "quartier",
        say(lang, "here", "ici"),
        say(lang, "there", "là"),
    ];
    let mut columns = Columns::new(&header, &[1, 2]);
    for (area, here, there) in &compared.areas {
        columns
            .rows
            .push(vec![area.clone(), grouped(*here), grouped(*there)]);
    }
    let (here, there) = compared.funded;
    columns.rows.push(vec![
        say(lang, "all", "tous").to_owned(),
        grouped(here),
        grouped(there),
    ]);
    columns.print(text);
}
