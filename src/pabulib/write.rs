//! The canonical writer: what was read is written again, column by column.

use std::fmt::Write as _;

use crate::election::{BallotIx, BallotKind, BallotView, Column, Entry, Points, ProjectIx};

use super::document::Document;

/// Writes a document as a `.pb` file.
///
/// Lines end with LF; cells are quoted only where they must be; entries of META, projects, votes and all
/// columns come in the order of the document, approval ballots in the order of the ids, points from most to
/// least. A document that was read without its voters gets the numbers 1, 2, 3, ... as voter ids.
///
/// Reading the text gives an equal election, and writing that gives the same bytes.
///
/// ```
/// use quartier::pabulib::{read, write, ReadOptions};
/// let text = "META\nkey;value\nnum_projects;2\nnum_votes;1\nbudget;100\nvote_type;approval\n\
///             PROJECTS\nproject_id;cost;name\n1;60;\"Trees; benches\"\n2;70;Pond\nVOTES\nvoter_id;vote\n7;1,2\n";
/// let document = read(text, &ReadOptions::strict())?;
/// assert_eq!(write(&document), text);
/// # Ok::<(), quartier::pabulib::Diagnostics>(())
/// ```
#[must_use]
pub fn write(document: &Document) -> String {
    write_document(document, None)
}

/// Writes a document with another `selected` column, such as the outcome of a count.
///
/// `selected` tells for each project what to write: 1 if it is funded, 0 if not, more for what a comment of
/// the file explains. The column is replaced where the document has it, else added as the last.
///
/// ```
/// use quartier::pabulib::{read, write_with_selected, ReadOptions};
/// let text = "META\nkey;value\nnum_projects;1\nnum_votes;1\nbudget;100\nvote_type;approval\n\
///             PROJECTS\nproject_id;cost\n1;60\nVOTES\nvoter_id;vote\n7;1\n";
/// let document = read(text, &ReadOptions::strict())?;
/// let written = write_with_selected(&document, |_project| 1);
/// assert!(written.contains("project_id;cost;selected\n1;60;1\n"));
/// # Ok::<(), quartier::pabulib::Diagnostics>(())
/// ```
#[must_use]
pub fn write_with_selected(document: &Document, selected: impl Fn(ProjectIx) -> u64) -> String {
    write_document(document, Some(&selected))
}

fn write_document(document: &Document, selected: Option<&dyn Fn(ProjectIx) -> u64>) -> String {
    let mut out = String::from("META\nkey;value\n");
    for (key, value) in document.meta().iter() {
        row(&mut out, [key, value]);
    }
    out.push_str("PROJECTS\n");
    write_projects(document, selected, &mut out);
    out.push_str("VOTES\n");
    row(&mut out, document.vote_header().iter().map(String::as_str));
    match document.election().voters() {
        Some(voters) => {
            let columns: Vec<Source<'_>> = document
                .vote_header()
                .iter()
                .enumerate()
                .map(|(at, name)| match name.as_str() {
                    _ if at == 0 => Source::Text(voters.ids()),
                    "vote" => Source::Vote,
                    "points" if document.election().profile().kind() == BallotKind::Points => {
                        Source::Points
                    }
                    name => voters.column(name).map_or(Source::Nothing, Source::Text),
                })
                .collect();
            for (number, &ballot) in voters.ballots().iter().enumerate() {
                write_vote(document, &columns, number, ballot, &mut out);
            }
        }
        None => write_unnamed_votes(document, &mut out),
    }
    out
}

fn write_projects(
    document: &Document,
    selected: Option<&dyn Fn(ProjectIx) -> u64>,
    out: &mut String,
) {
    let table = document.projects();
    let added = selected.is_some() && table.column("selected").is_none();
    row(
        out,
        table
            .columns()
            .iter()
            .map(|(name, _)| name.as_str())
            .chain(added.then_some("selected")),
    );
    for (number, &project) in table.rows().iter().enumerate() {
        let chosen = selected.map(|selected| selected(project).to_string());
        let cells = table.columns().iter().map(|(name, column)| match &chosen {
            Some(chosen) if name == "selected" => chosen.as_str(),
            _ => column.get(number).unwrap_or_default(),
        });
        row(out, cells.chain(chosen.as_deref().filter(|_| added)));
    }
}

/// Where the cells of a column of VOTES come from.
enum Source<'a> {
    Text(&'a Column),
    Vote,
    Points,
    Nothing,
}

fn write_vote(
    document: &Document,
    columns: &[Source<'_>],
    number: usize,
    ballot: BallotIx,
    out: &mut String,
) {
    let entries = document
        .election()
        .profile()
        .ballot(ballot)
        .map(|ballot| in_order(document, ballot))
        .unwrap_or_default();
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            out.push(';');
        }
        match column {
            Source::Text(cells) => cell(out, cells.get(number).unwrap_or_default()),
            Source::Vote => vote(document, &entries, out),
            Source::Points => points(&entries, out),
            Source::Nothing => {}
        }
    }
    out.push('\n');
}

/// Votes without a voter table: ballots in their order, voters numbered.
fn write_unnamed_votes(document: &Document, out: &mut String) {
    let mut number = 0_u64;
    for ballot in document.election().profile().ballots() {
        let entries = in_order(document, ballot);
        for _ in 0..ballot.count() {
            number += 1;
            for (at, name) in document.vote_header().iter().enumerate() {
                match name.as_str() {
                    _ if at == 0 => _ = write!(out, "{number}"),
                    "vote" => {
                        out.push(';');
                        vote(document, &entries, out);
                    }
                    "points" if document.election().profile().kind() == BallotKind::Points => {
                        out.push(';');
                        points(&entries, out);
                    }
                    _ => out.push(';'),
                }
            }
            out.push('\n');
        }
    }
}

/// The marks of a ballot in the order in which they are written.
fn in_order(document: &Document, ballot: BallotView<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = ballot.entries().collect();
    if document.election().profile().kind() == BallotKind::Points {
        entries.sort_by_key(|entry| (std::cmp::Reverse(entry.weight), entry.project));
    }
    entries
}

fn vote(document: &Document, entries: &[Entry], out: &mut String) {
    let list = entries
        .iter()
        .map(|entry| document.election().instance().id_of(entry.project));
    // Quoting is decided for the whole cell: an id may hold a semicolon.
    let mut text = String::new();
    for (at, id) in list.enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(id);
    }
    cell(out, &text);
}

fn points(entries: &[Entry], out: &mut String) {
    for (at, entry) in entries.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        // The reader and the builder keep points within their bounds.
        _ = write!(
            out,
            "{}",
            Points::from_millionths(entry.weight).unwrap_or_default()
        );
    }
}

fn row<'a>(out: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (at, text) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(';');
        }
        cell(out, text);
    }
    out.push('\n');
}

/// A cell, quoted if it would be read as something else without quotes.
fn cell(out: &mut String, text: &str) {
    let section = ["META", "PROJECTS", "VOTES"]
        .iter()
        .any(|name| text.eq_ignore_ascii_case(name));
    if !section && !text.contains(';') && !text.starts_with('"') {
        return out.push_str(text);
    }
    out.push('"');
    for (at, part) in text.split('"').enumerate() {
        if at > 0 {
            out.push_str("\"\"");
        }
        out.push_str(part);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pabulib::lexer::cells;

    #[test]
    fn cells_are_quoted_only_where_they_must_be() {
        for (text, written) in [
            ("a", "a"),
            ("", ""),
            ("a;b", "\"a;b\""),
            ("\"", "\"\"\"\""),
            ("a \"b\"", "a \"b\""),
            ("\"a\";b", "\"\"\"a\"\";b\""),
            ("votes", "\"votes\""),
        ] {
            let mut out = String::new();
            cell(&mut out, text);
            assert_eq!(out, written);
            assert_eq!(
                cells(&out)
                    .map(|cell| cell.text.into_owned())
                    .collect::<Vec<_>>(),
                [text]
            );
        }
    }
}
