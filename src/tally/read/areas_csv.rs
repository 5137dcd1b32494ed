//! Areas from a table, and to one.

use std::collections::BTreeSet;
use std::io::BufRead;

use super::cells::id_fault;
use super::columns::Columns;
use super::error::ReadError;
use super::form::{Told, read};
use super::number::figure;
use super::options::ReadOptions;
use super::projects_csv::needed_id;
use crate::election::Area;
use crate::tally::table::{
    Diagnostics, Report, Row, Severity, TableWriter, WriteError, unprotected,
};

const KNOWN: [&str; 3] = ["area_id", "name", "parent"];

/// The areas of a table, in its order, and the warnings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AreasRead {
    /// The areas.
    pub areas: Vec<Area>,
    /// What somebody should look at; no errors.
    pub diagnostics: Diagnostics,
}

/// Reads areas from a table with the column `area_id` and, where they are known, `name` and `parent`. Every other column
/// is a figure, such as `population`: a number like `12`, `-0.25` or `3/4`; an empty cell says that it is not known.
///
/// # Errors
/// [`ReadError::Refused`] with all problems of the table, [`ReadError::Io`] if the source fails.
///
/// ```
/// use quartier::tally::read::{ReadOptions, read_areas_csv};
/// let text = "area_id;name;parent;population\nneudorf;Neudorf;city;40000\ncity;The city;;\n";
/// let read = read_areas_csv(text.as_bytes(), "areas.csv", &ReadOptions::strict())?;
/// assert_eq!(read.areas[0].attributes["population"].to_string(), "40000");
/// assert!(read.areas[1].attributes.is_empty());
/// # Ok::<(), quartier::tally::read::ReadError>(())
/// ```
pub fn read_areas_csv(
    source: impl BufRead,
    name: &str,
    options: &ReadOptions,
) -> Result<AreasRead, ReadError> {
    let mut told = Told::default();
    let (areas, diagnostics) = read(
        source,
        (name, &KNOWN),
        options,
        AreaColumns::find,
        |columns: &AreaColumns, row, report| {
            let area = columns.area(row, report)?;
            told.once(&[&area.id], row, report);
            Some(area)
        },
    )?;
    Ok(AreasRead { areas, diagnostics })
}

#[derive(Debug)]
struct AreaColumns {
    id: usize,
    name: Option<usize>,
    parent: Option<usize>,
    figures: Vec<(usize, String)>,
}

impl AreaColumns {
    fn find(columns: &mut Columns<'_>, report: &mut Report) -> Option<AreaColumns> {
        let id = columns.needed("area_id", report)?;
        let (name, parent) = (columns.find("name", report), columns.find("parent", report));
        Some(AreaColumns {
            id,
            name,
            parent,
            figures: columns.others(),
        })
    }

    fn area(&self, row: Row<'_>, report: &mut Report) -> Option<Area> {
        let id = needed_id(row.cell(self.id), "area_id", report);
        let mut area = Area::new(id.clone().unwrap_or_default());
        if let Some(name) = self.name {
            unprotected(row.cell(name).text()).clone_into(&mut area.name);
        }
        if let Some(cell) = self.parent.map(|at| row.cell(at)) {
            if let Some(fault) = id_fault(cell.text(), "parent") {
                report.cell(Severity::Error, cell, fault);
            }
            area.parent = (!cell.text().is_empty()).then(|| cell.text().to_owned());
        }
        for (at, name) in &self.figures {
            let cell = row.cell(*at);
            if !cell.text().is_empty()
                && let Some(figure) = figure(cell, name, report)
            {
                area.attributes.insert(name.clone(), figure);
            }
        }
        id.map(|_| area)
    }
}

/// Writes areas as a table that [`read_areas_csv`] reads, in the order given.
///
/// # Errors
/// [`WriteError`] if something could not be read back as it is.
///
/// ```
/// use quartier::election::Area;
/// use quartier::tally::read::write_areas_csv;
/// let area = Area::new("neudorf").part_of("city").attribute("population", 40_000_u32.into());
/// let text = write_areas_csv(&[area])?;
/// assert_eq!(text, "area_id;name;parent;population\nneudorf;;city;40000\n");
/// # Ok::<(), quartier::tally::table::WriteError>(())
/// ```
pub fn write_areas_csv(areas: &[Area]) -> Result<String, WriteError> {
    let figures: BTreeSet<&str> = areas
        .iter()
        .flat_map(|area| area.attributes.keys().map(String::as_str))
        .collect();
    let mut lower = BTreeSet::from(KNOWN.map(str::to_owned));
    for &name in &figures {
        if name.is_empty() || name.trim() != name || !lower.insert(name.to_lowercase()) {
            return Err(WriteError::NoPlace {
                what: format!("the figure `{name}`"),
                row: "an area".to_owned(),
                remedy: "rename it: another column has this name",
            });
        }
    }
    let columns: Vec<&str> = KNOWN.iter().chain(&figures).copied().collect();
    let mut table = TableWriter::new(&columns);
    for area in areas {
        let about = format!("area {}", area.id);
        let row = table.row(&about).id(&area.id)?.text(&area.name)?;
        let row = row.id(area.parent.as_deref().unwrap_or_default())?;
        figures
            .iter()
            .try_fold(row, |row, name| {
                let figure = area.attributes.get(*name).map(ToString::to_string);
                row.plain(&figure.unwrap_or_default())
            })?
            .end();
    }
    Ok(table.finish())
}
