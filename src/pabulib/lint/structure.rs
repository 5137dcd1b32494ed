//! Fields and columns: known, in order, present, and written without blanks around them.

use super::facts::Facts;
use super::fields::{self, Kind, Known};
use super::finding::{Finding, shown};
use super::lists::{clean, has_inner_blanks, repeated_item};
use super::report::Report;
use super::tables::{Field, Sheet, Table};
use super::{Check, MISSING};
use crate::pabulib::Section;

/// The checks of this file. Those that can have many findings come last, so that they cannot use up the
/// room of the others.
pub(super) const CHECKS: &[Check] = &[
    missing_fields,
    empty_fields,
    unknown_fields,
    field_order,
    columns,
    cells,
];

/// `missing-field`.
fn missing_fields(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    if sheet.meta_line == MISSING {
        return;
    }
    for &field in fields::OBLIGATORY {
        if !sheet.meta.iter().any(|entry| entry.key.text() == field) && !report.reader_misses(field)
        {
            report.section(
                Section::Meta,
                sheet.meta_line,
                Finding::MissingField { field },
            );
        }
    }
}

/// `empty-field`.
fn empty_fields(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    for entry in &sheet.meta {
        if entry.value.text().is_empty()
            && !report.reader_has(&entry.value)
            && !report.reader_misses(entry.key.text())
        {
            report.cell(
                &entry.key,
                Finding::EmptyField {
                    field: shown(entry.key.text()),
                },
            );
        }
    }
}

/// `unknown-field`.
fn unknown_fields(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    for entry in &sheet.meta {
        let key = entry.key.text();
        if !key.is_empty() && fields::position(fields::META, key).is_none() {
            report.cell_unless_reader(&entry.key, Finding::UnknownField { field: shown(key) });
        }
    }
}

/// The first known name that comes after one which the format puts behind it, and that one.
fn misplaced<'n, 'f>(
    known: &[Known],
    names: impl Iterator<Item = &'n Field<'f>>,
) -> Option<(&'n Field<'f>, &'n Field<'f>)>
where
    'f: 'n,
{
    let mut last: Option<(usize, &Field<'_>)> = None;
    for name in names {
        let Some(position) = fields::position(known, name.text()) else {
            continue;
        };
        match last {
            Some((before, other)) if position < before => return Some((name, other)),
            _ => last = Some((position, name)),
        }
    }
    None
}

/// `field-order`: the first field that is out of order.
fn field_order(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    if let Some((field, after)) = misplaced(fields::META, sheet.meta.iter().map(|entry| &entry.key))
    {
        report.cell(
            field,
            Finding::FieldOrder {
                field: shown(field.text()),
                after: shown(after.text()),
            },
        );
    }
}

/// `unknown-column`, `renamed-column`, `column-order`.
fn columns(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    for (table, known) in [
        (&sheet.projects, fields::PROJECTS),
        (&sheet.votes, fields::VOTES),
    ] {
        for column in &table.columns {
            let name = column.text();
            if name.is_empty() || fields::position(known, name).is_some() {
                continue;
            }
            let column_name = shown(name);
            match fields::RENAMED
                .iter()
                .find(|(old, _)| *old == name && table.section == Section::Projects)
            {
                Some(&(_, renamed)) => report.cell(
                    column,
                    Finding::RenamedColumn {
                        column: column_name,
                        renamed,
                    },
                ),
                None => report.cell_unless_reader(
                    column,
                    Finding::UnknownColumn {
                        column: column_name,
                    },
                ),
            }
        }
        if let Some((column, after)) = misplaced(known, table.columns.iter()) {
            report.cell(
                column,
                Finding::ColumnOrder {
                    column: shown(column.text()),
                    after: shown(after.text()),
                },
            );
        }
    }
}

/// `outer-blanks`, `list-blanks`, `repeated-item`, in every cell that the reader has nothing to say about.
fn cells(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    for entry in &sheet.meta {
        let known = fields::META
            .iter()
            .find(|known| known.name == entry.key.text());
        cell(
            &entry.value,
            entry.key.text(),
            known.map_or(Kind::Text, |known| known.kind),
            report,
        );
    }
    table_cells(&sheet.projects, fields::PROJECTS, report);
    table_cells(&sheet.votes, fields::VOTES, report);
}

fn table_cells(table: &Table<'_>, known: &[Known], report: &mut Report) {
    let kind = |name: &str| {
        known
            .iter()
            .find(|known| known.name == name)
            .map_or(Kind::Text, |known| known.kind)
    };
    let columns: Vec<(&str, Kind)> = table
        .columns
        .iter()
        .map(|column| (column.text(), kind(column.text())))
        .collect();
    for &row in &table.rows {
        for (field, &(name, kind)) in table.fields(row).zip(&columns) {
            cell(&field, name, kind, report);
        }
    }
}

fn cell(field: &Field<'_>, name: &str, kind: Kind, report: &mut Report) {
    let text: &str = &field.cell.text;
    let outer = text.trim().len() < text.len();
    let inner = matches!(kind, Kind::List | Kind::Amounts) && has_inner_blanks(text.trim());
    let repeated = if kind == Kind::Labels {
        repeated_item(text)
    } else {
        None
    };
    if !outer && !inner && repeated.is_none() || report.reader_has(field) {
        return;
    }
    let what = shown(name);
    let fixed = clean(text, kind);
    if outer {
        report.fixed_cell(field, Finding::OuterBlanks { what: what.clone() }, &fixed);
    }
    if inner {
        report.fixed_cell(field, Finding::ListBlanks { what: what.clone() }, &fixed);
    }
    if let Some(item) = repeated {
        report.fixed_cell(
            field,
            Finding::RepeatedItem {
                what,
                item: shown(item),
            },
            &fixed,
        );
    }
}
