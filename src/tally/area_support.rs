//! In how many areas a project has support.

use std::collections::BTreeMap;

use crate::election::{BallotKind, BallotView, Column, Election, ProjectIx};

use super::applied_threshold::ThresholdRefused;

/// The number of areas in which enough voters name each project.
///
/// A voter is of the area that the column `area` of the [voter table](crate::election::Voters) says; who has none
/// there counts in no area. A voter *names* the projects on the ballot, those they are for on a signed one, and
/// counts as one whatever their weight. An area that is part of another is an area of its own.
///
/// Made by [`Threshold::applied`](super::Threshold::applied). One pass over the voters, and one over the
/// distinct ballots of each area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaSupport {
    areas: Vec<u32>,
}

/// Why support in areas is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AreaFault {
    NoColumn,
    Unknown { row: usize, area: String },
}

impl AreaFault {
    pub(super) fn refused(self, threshold: &str) -> ThresholdRefused {
        let threshold = threshold.to_owned();
        match self {
            AreaFault::NoColumn => ThresholdRefused::NoAreas { threshold },
            AreaFault::Unknown { row, area } => ThresholdRefused::UnknownArea {
                threshold,
                row,
                area,
            },
        }
    }
}

impl AreaSupport {
    /// In how many areas enough voters name the project.
    #[must_use]
    pub fn areas(&self, project: ProjectIx) -> u32 {
        self.areas.get(project.index()).copied().unwrap_or(0)
    }

    /// The areas where at least so many voters name each project.
    pub(super) fn of(election: &Election, enough: u64) -> Result<AreaSupport, AreaFault> {
        let voters = election.voters().ok_or(AreaFault::NoColumn)?;
        let column = voters.column("area").ok_or(AreaFault::NoColumn)?;
        check(election, column)?;
        // For each area, how often each distinct ballot was cast there.
        let mut cast: BTreeMap<&str, BTreeMap<_, u64>> = BTreeMap::new();
        for (area, &ballot) in column.iter().zip(voters.ballots()) {
            let area = area.trim();
            if !area.is_empty() {
                *cast.entry(area).or_default().entry(ballot).or_default() += 1;
            }
        }
        let profile = election.profile();
        let signed = profile.kind() == BallotKind::Signed;
        let mut areas = vec![0_u32; profile.projects()];
        for ballots in cast.into_values() {
            let mut support = vec![0_u64; profile.projects()];
            for (ballot, count) in ballots {
                let marks = profile.ballot(ballot).into_iter();
                let named = marks
                    .flat_map(BallotView::entries)
                    .filter(|entry| !signed || entry.weight > 0);
                for entry in named {
                    if let Some(sum) = support.get_mut(entry.project.index()) {
                        *sum += count;
                    }
                }
            }
            for (number, named) in areas.iter_mut().zip(support) {
                *number = number.saturating_add(u32::from(named >= enough));
            }
        }
        Ok(AreaSupport { areas })
    }
}

/// Where the election lists its areas, every voter's must be one of them: a misspelt one would be another.
fn check(election: &Election, column: &Column) -> Result<(), AreaFault> {
    let instance = election.instance();
    if instance.areas().is_empty() {
        return Ok(());
    }
    for (row, area) in column.iter().map(str::trim).enumerate() {
        if !area.is_empty() && instance.find_area(area).is_none() {
            return Err(AreaFault::Unknown {
                row: row + 1,
                area: area.chars().take(60).collect(),
            });
        }
    }
    Ok(())
}
