//! Labels that a program takes for two and a person for one: `Podgórze` and `PODGORZE`.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Check;
use super::facts::{Facts, distinct_items};
use super::finding::{Finding, shown};
use super::lists::has_inner_blanks;
use super::report::Report;
use super::tables::{Field, Seen, Sheet};

/// The checks of this file.
pub(super) const CHECKS: &[Check] = &[variants, commas];

/// Labels that belong together: what they are called, and META's list of them, if the format has one.
/// The columns of this name are searched in PROJECTS and in VOTES.
const LABELS: &[(&str, Option<&str>)] = &[
    ("category", Some("categories")),
    ("beneficiaries", None),
    ("neighborhood", Some("neighborhoods")),
    ("district", None),
    ("subunit", None),
    ("education", None),
];

/// What is left of a label without case, accents, punctuation and the number of blanks.
fn folded(label: &str) -> String {
    let letters = label
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(label.len());
    for c in letters {
        match c {
            // Letters that Unicode does not take apart, but that people leave the stroke off.
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ø' => folded.push('o'),
            'ß' => folded.push_str("ss"),
            c if c.is_alphanumeric() => folded.push(c),
            _ if folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.trim().to_owned()
}

/// `label-variant`, once for each way of writing after the first in the file.
fn variants(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    for &(what, list) in LABELS {
        let mut labels: BTreeMap<String, Field<'_>> = BTreeMap::new();
        let announced = list.and_then(|key| sheet.meta(key)).into_iter();
        for (item, field) in announced.flat_map(|field| {
            field
                .items()
                .map(move |item| (item.to_owned(), field.clone()))
        }) {
            labels.entry(item).or_insert(field);
        }
        for table in [&sheet.projects, &sheet.votes] {
            for (item, field) in distinct_items(table, what) {
                labels.entry(item).or_insert(field);
            }
        }
        report_variants(what, labels, report);
    }
}

fn report_variants(what: &'static str, labels: BTreeMap<String, Field<'_>>, report: &mut Report) {
    let mut by_place: Vec<(String, Field<'_>)> = labels.into_iter().collect();
    by_place.sort_by_key(|(_, field)| field.line.number);
    let mut first: BTreeMap<String, (String, u64)> = BTreeMap::new();
    for (label, field) in by_place {
        let look = folded(&label);
        if look.is_empty() {
            continue;
        }
        match first.get(&look) {
            Some((other, line)) => report.cell(
                &field,
                Finding::LabelVariant {
                    what,
                    found: shown(&label),
                    other: shown(other),
                    line: *line,
                },
            ),
            None => {
                first.insert(look, (label, field.line.number));
            }
        }
    }
}

/// `label-comma`, once for each value. The archive has `Streets, Sidewalks & Transit` as one label, so
/// blanks at a comma are a question here, and nothing to repair.
fn commas(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    for key in ["categories", "neighborhoods"] {
        if let Some(field) = sheet
            .meta(key)
            .filter(|field| has_inner_blanks(field.text()))
        {
            report.cell(
                field,
                Finding::LabelComma {
                    what: key,
                    found: shown(field.text()),
                    count: 1,
                },
            );
        }
    }
    for what in ["category", "beneficiaries"] {
        for (value, Seen { field, count }) in sheet.projects.distinct(what) {
            if has_inner_blanks(&value) {
                report.cell(
                    &field,
                    Finding::LabelComma {
                        what,
                        found: shown(&value),
                        count,
                    },
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_compared_as_people_read_them() {
        for (one, other) in [
            ("PODGÓRZE", "Podgorze"),
            ("Białołęka_obszar 1", "Bialoleka  Obszar-1"),
            ("Praga - Północ", "praga-polnoc"),
            ("Straße", "STRASSE"),
        ] {
            assert_eq!(folded(one), folded(other));
        }
        for (one, other) in [("1-1", "11"), ("Obszar 1", "Obszar 2"), ("a", "aa")] {
            assert_ne!(folded(one), folded(other));
        }
        assert_eq!(folded(" - "), "");
    }
}
