//! A document for an election that was not read from a file, so that it can be written.

use std::fmt::Write as _;

use crate::election::{BallotKind, Column, Election, Points, ProjectIx, check_id, is_invisible};

use super::diagnostics::Diagnostics;
use super::document::{Document, ProjectTable};
use super::meta::{Meta, VoteType};

/// Why an election cannot be written as a `.pb` file: it would not be the same election when read again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// Grades, and for and against, do not exist in the format.
    #[error("the format has no {0} ballots: convert them to approval ballots first")]
    Kind(BallotKind),
    /// A ranked ballot with ties.
    #[error("the format has no ties within a ranked ballot: break them first")]
    TiedRanks,
    /// Votes that weigh differently.
    #[error("the format has no voter weights or endowments: they would be lost")]
    Weights,
    /// Totals of a channel without its ballots.
    #[error("the format has no totals without ballots: those of channel `{0}` would be lost")]
    Totals(String),
    /// Projects that exclude or require each other.
    #[error(
        "the format cannot say how projects depend on each other: it would be lost for project `{0}`"
    )]
    Relations(String),
    /// A project id with a comma.
    #[error(
        "the project id `{0}` contains a comma, which separates the projects of a vote: use another character"
    )]
    CommaInId(String),
    /// A text with a line break or another invisible character.
    #[error("`{0}` contains a line break or an invisible character: remove it")]
    Invisible(String),
    /// A column of the voter table that the format uses itself.
    #[error("the voter table has a column `{0}`, which the format uses itself: rename it")]
    Column(String),
    /// An id of the voter table that is empty or invisible.
    #[error("the voter table has the id `{0}`, which is empty or has blanks around it: correct it")]
    VoterId(String),
    /// A key that follows from the election.
    #[error("`{0}` follows from the election: change it there")]
    Derived(String),
}

/// What META says of the election itself.
const DERIVED: [&str; 18] = [
    "description",
    "instance",
    "currency",
    "date_begin",
    "date_end",
    "default_score",
    "num_projects",
    "num_votes",
    "budget",
    "vote_type",
    "min_length",
    "max_length",
    "min_sum_cost",
    "max_sum_cost",
    "min_points",
    "max_points",
    "min_sum_points",
    "max_sum_points",
];

impl Document {
    /// A document for an election, with the columns that the format knows.
    ///
    /// Everything that is counted is kept. Areas, attestations and further attributes of projects have no
    /// place in the format and are left out.
    ///
    /// # Errors
    /// [`DocumentError`] where the election would be another when it is read again.
    ///
    /// ```
    /// use quartier::election::{Ballot, Election};
    /// use quartier::pabulib::{read, write, Document, ReadOptions};
    /// let election = Election::builder().budget(100).project(("tree", 60)).ballots(Ballot::approval(["tree"]), 2).build()?;
    /// let text = write(&Document::from_election(election.clone())?);
    /// assert_eq!(read(&text, &ReadOptions::strict())?.election().profile(), election.profile());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_election(election: Election) -> Result<Document, DocumentError> {
        let vote_type = check(&election)?;
        let meta = meta(&election, vote_type)?;
        let projects = projects(&election)?;
        let mut vote_header = vec!["voter_id".to_owned(), "vote".to_owned()];
        if vote_type.kind() == BallotKind::Points {
            vote_header.push("points".to_owned());
        }
        for (name, column) in election
            .voters()
            .into_iter()
            .flat_map(crate::election::Voters::columns)
        {
            column.iter().chain([name.as_str()]).try_for_each(plain)?;
            if vote_header.contains(name) || name.is_empty() || name.trim() != name {
                return Err(DocumentError::Column(name.clone()));
            }
            vote_header.push(name.clone());
        }
        if let Some(bad) = election
            .voters()
            .and_then(|voters| voters.ids().iter().find(|id| check_id(id).is_err()))
        {
            return Err(DocumentError::VoterId(bad.escape_debug().collect()));
        }
        Ok(Document {
            election,
            meta,
            projects,
            vote_header,
            selected: None,
            votes: None,
            scores: None,
            warnings: Diagnostics::default(),
        })
    }

    /// The same document with an entry of META set, such as `rule` or `country`.
    ///
    /// # Errors
    /// [`DocumentError::Derived`] for what follows from the election, [`DocumentError::Invisible`] for what
    /// does not fit a line.
    pub fn with_meta(
        mut self,
        key: &str,
        value: impl Into<String>,
    ) -> Result<Document, DocumentError> {
        let value = value.into();
        if DERIVED.contains(&key) {
            return Err(DocumentError::Derived(key.to_owned()));
        }
        plain(key)?;
        plain(&value)?;
        if key.is_empty() || key.trim() != key {
            return Err(DocumentError::Invisible(key.to_owned()));
        }
        self.meta.set(key, value);
        Ok(self)
    }
}

fn plain(text: &str) -> Result<(), DocumentError> {
    if text
        .chars()
        .any(|c| c == '\n' || c == '\r' || c == '\0' || is_invisible(c))
    {
        return Err(DocumentError::Invisible(
            text.escape_debug().take(80).collect(),
        ));
    }
    Ok(())
}

/// Can the format hold it, and as which type of vote?
fn check(election: &Election) -> Result<VoteType, DocumentError> {
    let profile = election.profile();
    if !profile.is_unweighted() || !profile.has_equal_endowments() {
        return Err(DocumentError::Weights);
    }
    if let Some(totals) = election.aggregates().first() {
        return Err(DocumentError::Totals(totals.channel.clone()));
    }
    for project in election.instance().projects() {
        if project.id.contains(',') {
            return Err(DocumentError::CommaInId(project.id.clone()));
        }
        if !project.relations.is_empty() {
            return Err(DocumentError::Relations(project.id.clone()));
        }
    }
    let limits = election.instance().limits();
    let negative = || {
        profile
            .ballots()
            .any(|ballot| ballot.entries().any(|entry| entry.weight < 0))
    };
    match profile.kind() {
        BallotKind::Approval => Ok(VoteType::Approval),
        BallotKind::Ranked => {
            let tied = profile.ballots().any(|ballot| {
                ballot
                    .entries()
                    .zip(0_i64..)
                    .any(|(entry, position)| entry.weight != position)
            });
            if tied {
                Err(DocumentError::TiedRanks)
            } else {
                Ok(VoteType::Ordinal)
            }
        }
        BallotKind::Points if limits.max_sum_points.is_some() && !negative() => {
            Ok(VoteType::Cumulative)
        }
        BallotKind::Points => Ok(VoteType::Scoring),
        kind @ (BallotKind::Grades | BallotKind::Signed) => Err(DocumentError::Kind(kind)),
    }
}

fn meta(election: &Election, vote_type: VoteType) -> Result<Meta, DocumentError> {
    let instance = election.instance();
    let limits = instance.limits();
    let shown = |value: Option<&dyn std::fmt::Display>| value.map(ToString::to_string);
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let day = |day: Option<crate::election::Date>| {
        day.map(|day| format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year()))
    };
    let points = |points: &Option<Points>| points.map(|points| points.to_string());
    let entries = [
        ("description", text(instance.name())),
        ("instance", text(instance.edition())),
        ("num_projects", Some(instance.projects().len().to_string())),
        ("num_votes", Some(election.profile().voters().to_string())),
        ("budget", Some(instance.budget().to_string())),
        ("vote_type", Some(vote_type.to_string())),
        ("date_begin", day(instance.begins())),
        ("date_end", day(instance.ends())),
        (
            "min_length",
            shown(limits.min_length.as_ref().map(|value| value as _)),
        ),
        (
            "max_length",
            shown(limits.max_length.as_ref().map(|value| value as _)),
        ),
        (
            "min_sum_cost",
            shown(limits.min_sum_cost.as_ref().map(|value| value as _)),
        ),
        (
            "max_sum_cost",
            shown(limits.max_sum_cost.as_ref().map(|value| value as _)),
        ),
        ("min_points", points(&limits.min_points)),
        ("max_points", points(&limits.max_points)),
        ("min_sum_points", points(&limits.min_sum_points)),
        ("max_sum_points", points(&limits.max_sum_points)),
        ("default_score", points(&limits.default_score)),
        ("currency", text(instance.currency())),
    ];
    let entries: Vec<(String, String)> = entries
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect();
    entries.iter().try_for_each(|(_, value)| plain(value))?;
    Ok(Meta { entries })
}

/// The columns that the format knows, those that say something.
fn projects(election: &Election) -> Result<ProjectTable, DocumentError> {
    let instance = election.instance();
    let mut rows: Vec<ProjectIx> = instance.project_indices().collect();
    rows.sort_by_key(|&project| {
        (
            instance
                .project(project)
                .and_then(|project| project.position),
            project,
        )
    });
    let in_order = || rows.iter().filter_map(|&row| instance.project(row));
    let location =
        |project: &crate::election::Project| project.location.clone().unwrap_or_default();
    let candidates: [(&str, Vec<String>); 7] = [
        (
            "project_id",
            in_order().map(|project| project.id.clone()).collect(),
        ),
        (
            "cost",
            in_order().map(|project| project.cost.to_string()).collect(),
        ),
        (
            "name",
            in_order().map(|project| project.name.clone()).collect(),
        ),
        (
            "category",
            in_order()
                .map(|project| list(&project.categories))
                .collect(),
        ),
        (
            "beneficiaries",
            in_order()
                .map(|project| list(&project.beneficiaries))
                .collect(),
        ),
        (
            "latitude",
            in_order().map(|project| location(project).0).collect(),
        ),
        (
            "longitude",
            in_order().map(|project| location(project).1).collect(),
        ),
    ];
    let mut columns = Vec::new();
    for (name, cells) in candidates {
        cells.iter().try_for_each(|cell| plain(cell))?;
        if matches!(name, "project_id" | "cost") || cells.iter().any(|cell| !cell.is_empty()) {
            columns.push((
                name.to_owned(),
                cells.iter().map(String::as_str).collect::<Column>(),
            ));
        }
    }
    Ok(ProjectTable { rows, columns })
}

fn list(items: &[String]) -> String {
    let mut text = String::new();
    for (at, item) in items.iter().enumerate() {
        _ = write!(text, "{}{item}", if at > 0 { "," } else { "" });
    }
    text
}
