//! Projects to a table.

use std::collections::BTreeSet;

use super::number::written;
use crate::election::{Attestation, Project, ProposerKind, Verdict};
use crate::tally::table::{RowWriter, TableWriter, WriteError};

const COLUMNS: [&str; 13] = [
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

/// Writes projects as a table that [`read_projects_csv`](super::read_projects_csv) reads, in the order of their
/// positions, those without one at the end.
///
/// A title or an attribute that a spreadsheet would run as a formula gets an apostrophe before it, which reading takes off.
///
/// # Errors
/// [`WriteError`] if something could not be read back as it is: relations, status events and attestations other than
/// `general-interest` and `feasible` have no column, an area's or category's name must not have a comma in it. The
/// election's JSON form holds them all.
///
/// ```
/// use quartier::election::Project;
/// use quartier::tally::read::write_projects_csv;
/// let text = write_projects_csv(&[Project::new("7", 12_500).named("Trees").in_area("north")])?;
/// assert!(text.ends_with("\n7;Trees;12500;north;;;;;;;;;\n"));
/// # Ok::<(), quartier::tally::table::WriteError>(())
/// ```
pub fn write_projects_csv(projects: &[Project]) -> Result<String, WriteError> {
    let mut sorted: Vec<&Project> = projects.iter().collect();
    sorted.sort_by_key(|project| project.position.unwrap_or(u32::MAX));
    let attributes: BTreeSet<&str> = projects
        .iter()
        .flat_map(|project| project.attributes.keys().map(String::as_str))
        .collect();
    let columns: Vec<&str> = COLUMNS.iter().chain(&attributes).copied().collect();
    let mut table = TableWriter::new(&columns);
    for project in sorted {
        let about = format!("project {}", project.id);
        check(project, &about, &attributes)?;
        let row = known(table.row(&about), project, &about)?;
        attributes
            .iter()
            .try_fold(row, |row, name| {
                row.text(project.attributes.get(*name).map_or("", String::as_str))
            })?
            .end();
    }
    Ok(table.finish())
}

fn no_place(what: &str, about: &str, remedy: &'static str) -> WriteError {
    WriteError::NoPlace {
        what: what.to_owned(),
        row: about.to_owned(),
        remedy,
    }
}

/// Is there a place for all that is known of the project?
fn check(project: &Project, about: &str, attributes: &BTreeSet<&str>) -> Result<(), WriteError> {
    let json = "write the election as JSON";
    let attested = |name: &String| matches!(name.as_str(), "general-interest" | "feasible");
    if !project.relations.is_empty() {
        return Err(no_place("a relation to other projects", about, json));
    }
    if !project.status.is_empty() {
        return Err(no_place("a status event", about, json));
    }
    if let Some(other) = project.attestations.keys().find(|name| !attested(name)) {
        return Err(no_place(&format!("the attestation {other}"), about, json));
    }
    let reason = project
        .attestations
        .values()
        .map(|attested| &attested.reason);
    if let Some(blank) = reason.into_iter().find(|reason| reason.trim() != *reason) {
        let what = format!("the reason `{blank}`");
        return Err(no_place(&what, about, "remove the blanks around it"));
    }
    let clashes = |name: &&str| {
        let lower = name.to_lowercase();
        let twice = attributes
            .iter()
            .filter(|other| other.to_lowercase() == lower);
        COLUMNS.contains(&lower.as_str()) || twice.count() > 1 || name.trim() != *name
    };
    match project
        .attributes
        .keys()
        .map(String::as_str)
        .find(|name| clashes(name) || name.is_empty())
    {
        Some(name) => Err(no_place(
            &format!("the attribute {name}"),
            about,
            "rename it",
        )),
        None => Ok(()),
    }
}

fn known<'a>(
    row: RowWriter<'a>,
    project: &Project,
    about: &str,
) -> Result<RowWriter<'a>, WriteError> {
    let list = |parts: &[String], what: &str| {
        if parts
            .iter()
            .any(|part| part.contains(',') || part.trim() != part || part.is_empty())
        {
            let remedy =
                "rename it: a comma separates two of them, and blanks around a name are taken off";
            return Err(no_place(what, about, remedy));
        }
        Ok(parts.join(","))
    };
    let row = row.id(&project.id)?.text(&project.name)?;
    let row = row.plain(&written(project.cost))?;
    let row = row.id(&list(&project.areas, "an area")?)?;
    let row = row.id(&list(&project.categories, "a category")?)?;
    let row = row.id(&list(&project.beneficiaries, "a beneficiary")?)?;
    let row = match &project.proposer {
        None => row.plain("")?,
        Some(proposer) => row.text(proposer_word(proposer).ok_or_else(|| {
            no_place(
                "the proposer",
                about,
                "use the kind that the word stands for",
            )
        })?)?,
    };
    let filed = project.filed.map(|day| day.to_string());
    let months = project.delivery_months.map(|months| months.to_string());
    let row = row.plain(&filed.unwrap_or_default())?;
    let row = row.plain(&months.unwrap_or_default())?;
    let attested = |name: &str| {
        project
            .attestations
            .get(name)
            .map(answer)
            .unwrap_or_default()
    };
    let row = row.plain(&attested("general-interest"))?;
    let row = row.plain(&attested("feasible"))?;
    let (latitude, longitude) = project.location.clone().unwrap_or_default();
    row.plain(&latitude)?.plain(&longitude)
}

/// The word of a kind of proposer; `None` for another kind that would read back as one of the known, or as nothing.
fn proposer_word(proposer: &ProposerKind) -> Option<&str> {
    match proposer {
        ProposerKind::Resident => Some("resident"),
        ProposerKind::Collective => Some("collective"),
        ProposerKind::Association => Some("association"),
        ProposerKind::School => Some("school"),
        ProposerKind::Company => Some("company"),
        ProposerKind::PublicBody => Some("public-body"),
        ProposerKind::Other(word) => {
            let known = [
                "",
                "resident",
                "collective",
                "association",
                "school",
                "company",
                "public-body",
            ];
            (!known.contains(&word.as_str())).then_some(word)
        }
    }
}

fn answer(attestation: &Attestation) -> String {
    let word = match attestation.verdict {
        Verdict::Pass => "yes",
        Verdict::Fail => "no",
        Verdict::Unknown => "unknown",
    };
    if attestation.reason.is_empty() {
        word.to_owned()
    } else {
        format!("{word}: {}", attestation.reason)
    }
}
