//! Utilities that are not additive: what a voter gains from one more project depends on the others.

use std::collections::BTreeMap;

use crate::election::ballot::BallotKind;
use crate::election::election::Election;
use crate::election::id::ProjectIx;
use crate::election::points::Points;
use crate::exact::{Ratio, fixed};

use super::{Utility, UtilityError};

/// What each voter has gained so far, and what all would gain from one more project.
#[derive(Debug)]
pub struct SetUtility<'a> {
    election: &'a Election,
    shape: Shape,
    /// Per distinct ballot: the cost gained, or the best single project, in the shape's unit.
    gained: Vec<i128>,
    /// Values of the function at costs that have occurred.
    known: BTreeMap<i128, Ratio>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Sqrt,
    Log,
    Best,
}

impl Utility {
    /// The utility of sets, starting from the empty one.
    ///
    /// # Errors
    /// [`UtilityError::Ballots`] if the ballots do not say what it needs, or it is additive: use
    /// [`Utility::additive`] then.
    pub fn of_sets(self, election: &Election) -> Result<SetUtility<'_>, UtilityError> {
        self.check(election)?;
        let shape = match self {
            Utility::CostSqrt => Shape::Sqrt,
            Utility::CostLog => Shape::Log,
            Utility::ChamberlinCourant => Shape::Best,
            _ => {
                return Err(UtilityError::Ballots {
                    utility: self,
                    kind: election.profile().kind(),
                });
            }
        };
        Ok(SetUtility {
            election,
            shape,
            gained: vec![0; election.profile().len()],
            known: BTreeMap::new(),
        })
    }
}

impl SetUtility<'_> {
    /// What all voters together would gain from one more project, with their weights.
    pub fn gain(&mut self, project: ProjectIx) -> Ratio {
        let profile = self.election.profile();
        // Voters who have gained alike gain alike: one term for each class and former gain.
        let mut alike: BTreeMap<(usize, i128, i128), i128> = BTreeMap::new();
        for (at, weight) in self.supporters(project) {
            let before = self.gained.get(at.0).copied().unwrap_or(0);
            let after = self.after(project, before, weight);
            *alike.entry((at.1, before, after)).or_default() += at.2;
        }
        let mut sum = Ratio::default();
        for ((class, before, after), voters) in alike {
            let more = self.value(after) - self.value(before);
            let weighted = more.mul_int(voters);
            let class = profile
                .classes()
                .get(class)
                .map(|class| class.weight.clone());
            sum += &(weighted * class.unwrap_or_default());
        }
        sum
    }

    /// Adds a project to the set.
    pub fn add(&mut self, project: ProjectIx) {
        for (at, weight) in self.supporters(project) {
            let before = self.gained.get(at.0).copied().unwrap_or(0);
            let after = self.after(project, before, weight);
            if let Some(slot) = self.gained.get_mut(at.0) {
                *slot = after;
            }
        }
    }

    /// The ballots that support a project: (position, class, voters) and what they say of it.
    fn supporters(&self, project: ProjectIx) -> Vec<((usize, usize, i128), i64)> {
        let profile = self.election.profile();
        let signed = profile.kind() == BallotKind::Signed;
        let supporters = profile
            .supporters()
            .of_project(project)
            .filter(|&(_, weight)| !signed || weight > 0);
        supporters
            .filter_map(|(ballot, weight)| {
                let view = profile.ballot(ballot)?;
                Some((
                    (ballot.index(), view.class(), i128::from(view.count())),
                    weight,
                ))
            })
            .collect()
    }

    fn after(&self, project: ProjectIx, before: i128, weight: i64) -> i128 {
        match (self.shape, self.election.profile().kind()) {
            (Shape::Best, BallotKind::Points) => before.max(i128::from(weight)),
            (Shape::Best, _) => 1,
            _ => before + self.election.instance().cost_of(project).ten_thousandths(),
        }
    }

    fn value(&mut self, gained: i128) -> Ratio {
        let (shape, kind) = (self.shape, self.election.profile().kind());
        let compute = || {
            let cost = Ratio::new(gained, 10_000).unwrap_or_default();
            match shape {
                Shape::Sqrt => fixed::sqrt(&cost).unwrap_or_default(),
                Shape::Log => fixed::ln_1p(&cost).unwrap_or_default(),
                Shape::Best if kind == BallotKind::Points => Points::ratio_of(gained),
                Shape::Best => Ratio::from(gained),
            }
        };
        self.known.entry(gained).or_insert_with(compute).clone()
    }
}
