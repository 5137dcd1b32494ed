//! What each voter gains from each project, with equal amounts under one number.

use std::collections::BTreeMap;

use crate::election::{BallotIx, Election, ProjectIx, Utility, UtilityError};
use crate::exact::Ratio;
use crate::record::StepReader;

/// Takes the key `utility`, which has no default and must be additive: a voter pays for one project at a time.
pub(super) fn take_additive(reader: &mut StepReader<'_>) -> Option<Utility> {
    const EXPECTED: &str = "utility=cost, utility=cardinality or another additive utility";
    let utility: Utility = reader.require("utility", EXPECTED)?;
    if !utility.is_additive() {
        reader.bad_value("utility", utility.text(), EXPECTED);
        return None;
    }
    Some(utility)
}

/// The utilities above 0 of an election.
#[derive(Debug)]
pub(super) struct Gains {
    /// For each project the distinct ballots that gain from it, each with the number of what it gains.
    voters: Vec<Vec<(BallotIx, u32)>>,
    values: Vec<Ratio>,
}

impl Gains {
    /// Linear in the marks on all distinct ballots.
    pub(super) fn of(election: &Election, utility: Utility) -> Result<Gains, UtilityError> {
        let additive = utility.additive(election)?;
        let mut voters = vec![Vec::new(); election.instance().projects().len()];
        let (mut numbers, mut values) = (BTreeMap::new(), Vec::new());
        for ballot in election.profile().ballot_indices() {
            for (project, gain) in additive.of_ballot(election, ballot) {
                if !gain.is_positive() {
                    continue;
                }
                let next = u32::try_from(values.len()).unwrap_or(u32::MAX);
                let number = *numbers.entry(gain).or_insert_with_key(|gain| {
                    values.push(gain.clone());
                    next
                });
                if let Some(voters) = voters.get_mut(project.index()) {
                    voters.push((ballot, number));
                }
            }
        }
        Ok(Gains { voters, values })
    }

    /// The ballots that gain from a project.
    pub(super) fn voters(&self, project: ProjectIx) -> &[(BallotIx, u32)] {
        self.voters.get(project.index()).map_or(&[], Vec::as_slice)
    }

    /// What a number stands for.
    pub(super) fn value(&self, number: u32) -> Ratio {
        self.values
            .get(number as usize)
            .cloned()
            .unwrap_or_default()
    }
}
