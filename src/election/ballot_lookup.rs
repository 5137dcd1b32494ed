//! From external ids to indices: the ballots that the election builder was given.

use super::ballot::{Ballot, BallotKind, Stance};
use super::check::{Problem, Problems};
use super::id::ProjectIx;
use super::instance_builder::InstanceBuilder;
use super::profile::Entry;
use super::row_error::RowError;

/// The ids of the given projects, in order.
pub(super) struct Lookup(Vec<String>);

impl Lookup {
    pub(super) fn new(instance: &InstanceBuilder) -> Lookup {
        let mut ids: Vec<String> = instance
            .projects()
            .iter()
            .map(|project| project.id.clone())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        Lookup(ids)
    }

    fn find(&self, number: usize, id: &str, problems: &mut Problems) -> Option<ProjectIx> {
        let found = self
            .0
            .binary_search_by(|known| known.as_str().cmp(id))
            .ok()
            .map(ProjectIx::new);
        if found.is_none() {
            problems.push(Problem::UnknownProject {
                ballot: number,
                project: id.chars().take(60).flat_map(char::escape_debug).collect(),
            });
        }
        found
    }

    /// The ballot's entries, or the problems it has.
    pub(super) fn entries(
        &self,
        number: usize,
        ballot: &Ballot,
        kind: BallotKind,
        scale: &[String],
        problems: &mut Problems,
    ) -> Option<Vec<Entry>> {
        if ballot.kind() != kind {
            problems.push(Problem::MixedKinds {
                ballot: number,
                expected: kind,
                found: ballot.kind(),
            });
            return None;
        }
        let pairs: Vec<(&str, Option<i64>)> = match ballot {
            Ballot::Approval(projects) => projects
                .iter()
                .map(|project| (project.as_str(), Some(0)))
                .collect(),
            Ballot::Ranked(tiers) => {
                let tiers = (0_i64..).zip(tiers);
                tiers
                    .flat_map(|(tier, projects)| {
                        projects
                            .iter()
                            .map(move |project| (project.as_str(), Some(tier)))
                    })
                    .collect()
            }
            Ballot::Points(points) => points
                .iter()
                .map(|(project, points)| (project.as_str(), Some(points.millionths())))
                .collect(),
            Ballot::Grades(grades) => grades
                .iter()
                .map(|(project, grade)| {
                    (
                        project.as_str(),
                        Lookup::grade(number, grade, scale, problems),
                    )
                })
                .collect(),
            Ballot::Signed(stances) => {
                let sign = |stance: &Stance| if *stance == Stance::For { 1 } else { -1 };
                stances
                    .iter()
                    .map(|(project, stance)| (project.as_str(), Some(sign(stance))))
                    .collect()
            }
        };
        // Every project is looked up, so that all unknown ones are reported.
        let entries: Vec<Option<Entry>> = pairs
            .into_iter()
            .map(|(id, weight)| {
                self.find(number, id, problems)
                    .zip(weight)
                    .map(|(project, weight)| Entry { project, weight })
            })
            .collect();
        entries.into_iter().collect()
    }

    fn grade(number: usize, grade: &str, scale: &[String], problems: &mut Problems) -> Option<i64> {
        let found = scale
            .iter()
            .position(|known| known == grade)
            .and_then(|position| i64::try_from(position).ok());
        if found.is_none() {
            problems.push(Problem::UnknownGrade {
                ballot: number,
                grade: grade.to_owned(),
                scale: scale.join(", "),
            });
        }
        found
    }

    pub(super) fn problem_of(&self, number: usize, count: u64, error: RowError) -> Problem {
        let id = |project: ProjectIx| self.0.get(project.index()).cloned().unwrap_or_default();
        match error {
            RowError::Repeated(project) => Problem::RepeatedProject {
                ballot: number,
                project: id(project),
            },
            RowError::Unknown(project) => Problem::UnknownProject {
                ballot: number,
                project: id(project),
            },
            RowError::Count => Problem::BadCount {
                ballot: number,
                count,
            },
            RowError::TooManyMarks => Problem::TooMany {
                what: "marks on ballots",
                limit: u64::from(u32::MAX),
            },
            RowError::TooManyClasses => Problem::TooMany {
                what: "classes of voters",
                limit: u64::from(u32::MAX),
            },
            // What is left cannot come from a ballot that was looked up here: its marks are checked by their types.
            RowError::UnknownClass(_) | RowError::BadClass | RowError::BadMark { .. } => {
                Problem::BadBallot {
                    ballot: number,
                    why: error.to_string(),
                }
            }
        }
    }
}
