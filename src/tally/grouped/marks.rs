//! A ballot in its one canonical form, which can be ordered.

use crate::election::{Ballot, BallotKind, Points, Stance};

use super::error::GroupedError;

/// What a ballot says of a project: its tier from 0, its points in millionths, 1 for and -1 against; or its grade.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    Number(i64),
    Grade(String),
}

/// The projects with their marks: of ranked ballots by tier, then by id; of the others by id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Marks(Vec<(String, Mark)>);

impl Marks {
    /// The canonical form of a ballot; tiers without a project are none.
    pub(super) fn of(ballot: &Ballot) -> Result<Marks, GroupedError> {
        let number = |id: &String, mark: i64| (id.clone(), Mark::Number(mark));
        let mut marks: Vec<(String, Mark)> = match ballot {
            Ballot::Approval(ids) => ids.iter().map(|id| number(id, 0)).collect(),
            Ballot::Ranked(tiers) => tiers
                .iter()
                .filter(|tier| !tier.is_empty())
                .zip(0_i64..)
                .flat_map(|(tier, place)| tier.iter().map(move |id| number(id, place)))
                .collect(),
            Ballot::Points(points) => points
                .iter()
                .map(|(id, points)| number(id, points.millionths()))
                .collect(),
            Ballot::Grades(grades) => grades
                .iter()
                .map(|(id, grade)| (id.clone(), Mark::Grade(grade.clone())))
                .collect(),
            Ballot::Signed(stances) => stances
                .iter()
                .map(|(id, stance)| number(id, if *stance == Stance::For { 1 } else { -1 }))
                .collect(),
        };
        marks.sort();
        let twice = marks.windows(2).find_map(|pair| match pair {
            [a, b] if a.0 == b.0 => Some(a.0.clone()),
            _ => None,
        });
        if let Some(project) = twice {
            return Err(GroupedError::RepeatedProject { project });
        }
        if ballot.kind() == BallotKind::Ranked {
            marks.sort_by(|(a, tier_a), (b, tier_b)| (tier_a, a).cmp(&(tier_b, b)));
        }
        Ok(Marks(marks))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Mark)> {
        self.0.iter().map(|(id, mark)| (id.as_str(), mark))
    }

    /// The ballot of this kind.
    pub(super) fn ballot(&self, kind: BallotKind) -> Ballot {
        let id = |(id, _): &(String, Mark)| id.clone();
        let number = |mark: &Mark| match mark {
            Mark::Number(number) => *number,
            Mark::Grade(_) => 0,
        };
        match kind {
            BallotKind::Approval => Ballot::Approval(self.0.iter().map(id).collect()),
            BallotKind::Ranked => Ballot::Ranked(
                self.0
                    .chunk_by(|a, b| a.1 == b.1)
                    .map(|tier| tier.iter().map(id).collect())
                    .collect(),
            ),
            BallotKind::Points => {
                let points = |mark| Points::from_millionths(number(mark)).unwrap_or_default();
                let marks = self.0.iter().map(|(id, mark)| (id.clone(), points(mark)));
                Ballot::Points(marks.collect())
            }
            BallotKind::Grades => {
                let grade = |mark: &Mark| match mark {
                    Mark::Grade(grade) => grade.clone(),
                    Mark::Number(_) => String::new(),
                };
                let marks = self.0.iter().map(|(id, mark)| (id.clone(), grade(mark)));
                Ballot::Grades(marks.collect())
            }
            BallotKind::Signed => {
                let stance = |mark| {
                    if number(mark) > 0 {
                        Stance::For
                    } else {
                        Stance::Against
                    }
                };
                let marks = self.0.iter().map(|(id, mark)| (id.clone(), stance(mark)));
                Ballot::Signed(marks.collect())
            }
        }
    }
}
