//! All outcomes of a count whose ties stay open, by trying every way to settle them.

use std::collections::BTreeSet;

use crate::election::Money;

use super::error::{CountError, Halt};
use super::outcome::Outcome;
use super::run::Count;
use super::ties::Script;

/// How many runs are made for each outcome that may be listed, before giving up: different orders often
/// lead to the same outcome.
const RUNS_PER_OUTCOME: usize = 64;

/// All outcomes that the ties left open can lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AllOutcomes {
    /// All of them, each once, in the order in which they were found: ties in the order of ids.
    All(Vec<Outcome>),
    /// There are more than the bound, or finding them takes too many runs.
    TooMany {
        /// The bound.
        at_most: usize,
    },
}

/// Whether a selection is one of the outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reached {
    /// Yes: this outcome.
    Yes(Box<Outcome>),
    /// No order of tied projects leads to it.
    No,
    /// Finding out takes too many runs.
    TooMany,
}

impl Count<'_> {
    /// All outcomes, de-duplicated by who receives how much, if there are at most `at_most`.
    ///
    /// # Errors
    /// [`CountError`], as for [`Count::run`].
    pub fn all_outcomes(self, at_most: usize) -> Result<AllOutcomes, CountError> {
        let mut seen: BTreeSet<Vec<(String, Money)>> = BTreeSet::new();
        let mut found = Vec::new();
        let mut script = Some(Script::default());
        let runs = at_most.saturating_mul(RUNS_PER_OUTCOME).saturating_add(RUNS_PER_OUTCOME);
        for _ in 0..runs {
            let Some(this) = script else { return Ok(AllOutcomes::All(found)) };
            let (outcome, used) = self.try_one(this)?;
            let key = outcome.selection().into_iter().map(|(project, amount)| (project.to_owned(), amount)).collect();
            if seen.insert(key) {
                if found.len() == at_most {
                    return Ok(AllOutcomes::TooMany { at_most });
                }
                found.push(outcome);
            }
            script = used.next();
        }
        Ok(if script.is_none() { AllOutcomes::All(found) } else { AllOutcomes::TooMany { at_most } })
    }

    /// Is there an order of tied projects for which `accept` holds of the outcome?
    ///
    /// Projects in `preferred` are tried first, so a published selection is usually found in one run.
    ///
    /// # Errors
    /// [`CountError`], as for [`Count::run`].
    pub fn reaches(self, preferred: &[&str], runs: usize, accept: impl Fn(&Outcome) -> bool) -> Result<Reached, CountError> {
        let instance = self.election.instance();
        let preferred = instance.projects().iter().map(|project| preferred.contains(&project.id.as_str())).collect();
        let mut script = Some(Script::preferring(preferred));
        for _ in 0..runs {
            let Some(this) = script else { return Ok(Reached::No) };
            let (outcome, used) = self.try_one(this)?;
            if accept(&outcome) {
                return Ok(Reached::Yes(Box::new(outcome)));
            }
            script = used.next();
        }
        Ok(if script.is_none() { Reached::No } else { Reached::TooMany })
    }

    fn try_one(&self, script: Script) -> Result<(Outcome, Script), CountError> {
        let (result, used) = self.trial(Some(script.rewound()), None)?;
        let mut used = used.unwrap_or_default();
        used.cut();
        match result {
            Ok(outcome) => Ok((outcome, used)),
            Err(Halt::Failed(error)) => Err(error),
            // A script answers every tie, so this cannot come up; if it did, it is refused by name.
            Err(Halt::LotRequired(lot)) => Err(CountError::Refused { rule: self.rule.id().to_owned(), why: lot.to_string() }),
        }
    }
}
