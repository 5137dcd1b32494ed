//! Projects from a table.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::cells::{Answer, answer, id_fault};
use super::columns::Columns;
use super::error::ReadError;
use super::form::{Told, read};
use super::number::{amount, day, stated};
use super::options::ReadOptions;
use crate::election::{Attestation, Project, ProposerKind, Verdict};
use crate::tally::table::{Cell, Diagnostics, Fault, Report, Row, Severity, unprotected};

const KNOWN: [&str; 13] = [
    "project_id",
    "name",
    "cost",
    "area",
    "category",
    "beneficiary",
    "proposer",
    "filed_at",
    "delivery_months",
    "general_interest",
    "feasible",
    "latitude",
    "longitude",
];

/// The projects of a table, in its order, and the warnings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProjectsRead {
    /// The projects, each with its place in the table as its position.
    pub projects: Vec<Project>,
    /// What somebody should look at; no errors.
    pub diagnostics: Diagnostics,
}

/// Reads projects from a table with the columns `project_id`, `cost` and, where they are known, `name`, `area`,
/// `category`, `beneficiary` (several of each separated by `,`), `proposer` (`resident`, `collective`, `association`,
/// `school`, `company`, `public-body`, or another word as it is), `filed_at` (`2017-12-05`), `delivery_months`,
/// `general_interest` and `feasible` (`yes`, `no`, `unknown`, each with a reason after a colon; empty where nobody was asked),
/// `latitude` and `longitude`. Other columns are attributes of the project.
///
/// Amounts and numbers have one grammar: digits, a point and up to four decimals for amounts. `1,500`, `1 500`, `1e3`
/// and `1.500` are refused, since they mean different amounts in different places.
///
/// Whether the projects make an election (ids that look alike, costs of 0) is checked where the
/// [`Instance`](crate::election::Instance) is built.
///
/// # Errors
/// [`ReadError::Refused`] with all problems of the table, [`ReadError::Io`] if the source fails.
///
/// ```
/// use quartier::tally::read::{ReadOptions, read_projects_csv};
/// let text = "project_id;name;cost;area;feasible\n7;Trees;12500.50;north,south;no: a pipe\n";
/// let read = read_projects_csv(text.as_bytes(), "projects.csv", &ReadOptions::strict())?;
/// assert_eq!(read.projects[0].areas, ["north", "south"]);
/// assert_eq!(read.projects[0].attestations["feasible"].reason, "a pipe");
///
/// let faulty = "project_id;cost\n7;1,500\n8;1e3\n";
/// let refused = read_projects_csv(faulty.as_bytes(), "projects.csv", &ReadOptions::strict());
/// assert!(refused.is_err_and(|error| error.to_string().contains("line 3, column 3")));
/// # Ok::<(), quartier::tally::read::ReadError>(())
/// ```
pub fn read_projects_csv(
    source: impl BufRead,
    name: &str,
    options: &ReadOptions,
) -> Result<ProjectsRead, ReadError> {
    let mut told = Told::default();
    let (mut projects, diagnostics) = read(
        source,
        (name, &KNOWN),
        options,
        ProjectColumns::find,
        |columns: &ProjectColumns, row, report| {
            let project = columns.project(row, report)?;
            told.once(&[&project.id], row, report);
            Some(project)
        },
    )?;
    for (project, position) in projects.iter_mut().zip(1_u32..) {
        project.position = Some(position);
    }
    Ok(ProjectsRead {
        projects,
        diagnostics,
    })
}

/// Where the cells of a project are.
#[derive(Debug)]
struct ProjectColumns {
    id: usize,
    cost: usize,
    name: Option<usize>,
    area: Option<usize>,
    category: Option<usize>,
    beneficiary: Option<usize>,
    proposer: Option<usize>,
    filed_at: Option<usize>,
    delivery_months: Option<usize>,
    attested: [(&'static str, &'static str, Option<usize>); 2],
    location: Option<(usize, usize)>,
    attributes: Vec<(usize, String)>,
}

impl ProjectColumns {
    fn find(columns: &mut Columns<'_>, report: &mut Report) -> Option<ProjectColumns> {
        let id = columns.needed("project_id", report);
        let cost = columns.needed("cost", report);
        let location = columns.has("latitude") && columns.has("longitude");
        let found = ProjectColumns {
            id: id?,
            cost: cost?,
            name: columns.find("name", report),
            area: columns.find("area", report),
            category: columns.find("category", report),
            beneficiary: columns.find("beneficiary", report),
            proposer: columns.find("proposer", report),
            filed_at: columns.find("filed_at", report),
            delivery_months: columns.find("delivery_months", report),
            attested: [
                (
                    "general_interest",
                    "general-interest",
                    columns.find("general_interest", report),
                ),
                ("feasible", "feasible", columns.find("feasible", report)),
            ],
            location: if location {
                let latitude = columns.find("latitude", report);
                latitude.zip(columns.find("longitude", report))
            } else {
                None
            },
            attributes: Vec::new(),
        };
        Some(ProjectColumns {
            attributes: columns.others(),
            ..found
        })
    }

    fn project(&self, row: Row<'_>, report: &mut Report) -> Option<Project> {
        let cell = |column: Option<usize>| column.map(|at| row.cell(at));
        let present = |column| cell(column).filter(|cell| !cell.text().is_empty());
        let id = needed_id(row.cell(self.id), "project_id", report);
        let cost = amount(row.cell(self.cost), report);
        let list = |column| present(column).map_or_else(Vec::new, |cell| parts(cell.text()));
        let (areas, categories) = (list(self.area), list(self.category));
        let beneficiaries = list(self.beneficiary);
        let filed = present(self.filed_at).and_then(|cell| day(cell, report));
        let months = present(self.delivery_months);
        let delivery_months = months.and_then(|cell| number_of_months(cell, report));
        let mut attestations = BTreeMap::new();
        for (column, name, at) in self.attested {
            if let Some(attestation) = present(at).and_then(|cell| attested(cell, column, report)) {
                attestations.insert(name.to_owned(), attestation);
            }
        }
        // All that is wrong with the row has been told by now.
        let mut project = Project::new(id?, cost?);
        project.attestations = attestations;
        text(cell(self.name)).clone_into(&mut project.name);
        (project.areas, project.categories) = (areas, categories);
        project.beneficiaries = beneficiaries;
        project.proposer = present(self.proposer).map(|cell| proposer(cell.text()));
        (project.filed, project.delivery_months) = (filed, delivery_months);
        project.location = self.location.and_then(|(latitude, longitude)| {
            let (latitude, longitude) = (row.cell(latitude).text(), row.cell(longitude).text());
            let is_known = !latitude.is_empty() || !longitude.is_empty();
            is_known.then(|| (latitude.to_owned(), longitude.to_owned()))
        });
        for (at, name) in &self.attributes {
            let value = text(Some(row.cell(*at)));
            if !value.is_empty() {
                project.attributes.insert(name.clone(), value.to_owned());
            }
        }
        Some(project)
    }
}

/// A text for people.
fn text(cell: Option<Cell<'_>>) -> &str {
    cell.map_or("", |cell| unprotected(cell.text()))
}

/// An id that must be there.
pub(super) fn needed_id(
    cell: Cell<'_>,
    column: &'static str,
    report: &mut Report,
) -> Option<String> {
    let fault = if cell.text().is_empty() {
        Some(Fault::Missing { column })
    } else {
        id_fault(cell.text(), column)
    };
    match fault {
        Some(fault) => {
            report.cell(Severity::Error, cell, fault);
            None
        }
        None => Some(cell.text().to_owned()),
    }
}

fn parts(text: &str) -> Vec<String> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn number_of_months(cell: Cell<'_>, report: &mut Report) -> Option<u32> {
    let months = stated(cell, "delivery_months", report)??;
    u32::try_from(months)
        .map_err(|_| {
            let column = "delivery_months".to_owned();
            let most = u64::from(u32::MAX);
            report.cell(Severity::Error, cell, Fault::TooLarge { column, most });
        })
        .ok()
}

fn proposer(word: &str) -> ProposerKind {
    match word {
        "resident" => ProposerKind::Resident,
        "collective" => ProposerKind::Collective,
        "association" => ProposerKind::Association,
        "school" => ProposerKind::School,
        "company" => ProposerKind::Company,
        "public-body" => ProposerKind::PublicBody,
        other => ProposerKind::Other(unprotected(other).to_owned()),
    }
}

fn attested(cell: Cell<'_>, column: &str, report: &mut Report) -> Option<Attestation> {
    let (verdict, reason) = match answer(cell.text()) {
        Some(Answer::Yes(reason)) => (Verdict::Pass, reason),
        Some(Answer::No(reason)) => (Verdict::Fail, reason),
        Some(Answer::Unknown(reason)) => (Verdict::Unknown, reason),
        None => {
            let column = column.to_owned();
            report.cell(Severity::Error, cell, Fault::NotYesOrNo { column });
            return None;
        }
    };
    Some(Attestation {
        verdict,
        reason: reason.to_owned(),
    })
}
