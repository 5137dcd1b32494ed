//! The part of the report on admission, in English or French.

use std::fmt::Write as _;

use quartier::record::Language;
use quartier::regulation::{AdmissionVerdict, Admitted, Edition};

use crate::allocate_columns::Columns;
use crate::allocate_text::heading;
use crate::allocate_words::say;

/// Who was refused, who won an appeal, and until when others may appeal.
pub(crate) fn admissions(edition: &Edition, lang: Language, text: &mut String) {
    if edition.admissions.is_empty() {
        return;
    }
    heading(text, say(lang, "Admission", "Recevabilité"));
    let header = [
        "id",
        say(lang, "verdict", "verdict"),
        say(lang, "condition", "condition"),
        say(lang, "found", "constat"),
    ];
    let mut columns = Columns::new(&header, &[]);
    for one in &edition.admissions {
        columns.rows.push(vec![
            one.project.clone(),
            verdict(one, lang),
            one.condition.clone(),
            one.found.clone(),
        ]);
    }
    columns.print(text);
    if let Some(appeals) = &edition.appeals {
        let days = appeals.days;
        let from = &appeals.from;
        let until = appeals.until.map(|day| day.to_string());
        let until = until.map(|day| match lang {
            Language::French => format!(", jusqu'au {day}"),
            _ => format!(", until {day}"),
        });
        let until = until.unwrap_or_default();
        let _ = match lang {
            Language::French => writeln!(
                text,
                "  Recours : dans les {days} jours suivant {from}{until}."
            ),
            _ => writeln!(text, "  Appeals: within {days} days of {from}{until}."),
        };
    }
}

fn verdict(one: &Admitted, lang: Language) -> String {
    let word = match one.verdict {
        AdmissionVerdict::Restored => say(lang, "restored", "rétabli"),
        AdmissionVerdict::Unknown => say(lang, "not known", "non attesté"),
        _ => say(lang, "refused", "refusé"),
    };
    match (&one.by, &one.justification) {
        (Some(by), Some(why)) => format!("{word} ({by}: {why})"),
        _ => word.to_owned(),
    }
}
