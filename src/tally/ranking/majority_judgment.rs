//! Majority judgment: by the grade that a majority supports.

use std::cmp::Ordering;
use std::fmt;

use crate::election::{BallotKind, Election, ProjectIx};
use crate::exact::Ratio;
use crate::tally::{Score, ScoreError};

use super::figure::Figure;
use super::majority_gauge::MajorityGauge;
use super::ranked::Ranked;
use super::voices::weight;

/// What it means that a voter gives a project no grade. It can change the winner, so there is no default:
/// only where every voter grades every project need nothing be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Ungraded {
    /// Refuse to rank if a grade is missing anywhere, blank ballots included.
    Refused,
    /// It is the worst grade, as in Balinski and Laraki's experiment in Orsay (2007). All voters then count for
    /// every project, blank ballots included.
    Worst,
    /// The voter is left out for that project: shares are of those who grade it.
    LeftOut,
}

impl fmt::Display for Ungraded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Ungraded::Refused => "ungraded-refused",
            Ungraded::Worst => "ungraded-worst",
            Ungraded::LeftOut => "ungraded-left-out",
        })
    }
}

/// Ranks by majority gauge; projects without any grade come last, together.
pub(in crate::tally) fn majority_judgment(
    election: &Election,
    among: &[ProjectIx],
    ungraded: Ungraded,
) -> Result<Ranked, ScoreError> {
    let profile = election.profile();
    if profile.kind() != BallotKind::Grades {
        return Err(ScoreError::Ballots {
            score: Score::MajorityJudgment(ungraded),
            kind: profile.kind(),
        });
    }
    let mut grades = grades(election);
    let all = profile.total_weight();
    let mut figures = Vec::with_capacity(among.len());
    for &project in among {
        let mut none = Vec::new();
        let voters = grades.get_mut(project.index()).unwrap_or(&mut none);
        let missing = &all - voters.iter().sum::<Ratio>();
        match (ungraded, voters.first_mut()) {
            (Ungraded::Refused, _) if !missing.is_zero() => {
                return Err(ScoreError::Ungraded {
                    project: election.instance().id_of(project).to_owned(),
                    missing,
                });
            }
            (Ungraded::Worst, Some(worst)) => *worst += &missing,
            _ => {}
        }
        let gauge = MajorityGauge::of(profile.scale(), voters);
        figures.push((project, gauge.map_or(Figure::Ungraded, Figure::Gauge)));
    }
    Ok(Ranked::sorted(figures, better_first))
}

/// The weight of the voters who give each project each grade.
fn grades(election: &Election) -> Vec<Vec<Ratio>> {
    let profile = election.profile();
    let mut grades = vec![vec![Ratio::default(); profile.scale().len()]; profile.projects()];
    for ballot in profile.ballots() {
        let weight = weight(profile, ballot);
        for entry in ballot.entries() {
            let level = usize::try_from(entry.weight).ok();
            let project = grades.get_mut(entry.project.index());
            if let Some(sum) = project
                .zip(level)
                .and_then(|(row, level)| row.get_mut(level))
            {
                *sum += &weight;
            }
        }
    }
    grades
}

fn better_first(a: &Figure, b: &Figure) -> Ordering {
    match (a, b) {
        (Figure::Gauge(a), Figure::Gauge(b)) => b.compare(a),
        (Figure::Gauge(_), _) => Ordering::Less,
        (_, Figure::Gauge(_)) => Ordering::Greater,
        _ => Ordering::Equal,
    }
}
