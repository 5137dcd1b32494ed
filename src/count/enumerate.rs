//! All outcomes of a count whose ties stay open, by trying every way to settle them.

use std::collections::BTreeSet;

use crate::election::Money;

use super::error::{CountError, Halt};
use super::outcome::Outcome;
use super::rule::Memory;
use super::run::Count;
use super::script::Script;

/// How many runs are made before giving up, and how many more for each outcome that may be listed:
/// different orders often lead to the same outcome.
const RUNS: usize = 20_000;
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
    /// All outcomes, de-duplicated by who receives how much from which pot, if there are at most `at_most`.
    ///
    /// The work budget is for all runs together; an observer is not told of trials.
    ///
    /// # Errors
    /// [`CountError`], as for [`Count::run`].
    pub fn all_outcomes(self, at_most: usize) -> Result<AllOutcomes, CountError> {
        let mut seen: BTreeSet<Vec<(String, String, Money)>> = BTreeSet::new();
        let mut found = Vec::new();
        let mut script = Some(self.script(Script::default()));
        let runs = at_most
            .saturating_mul(RUNS_PER_OUTCOME)
            .saturating_add(RUNS);
        for _ in 0..runs {
            let Some(this) = script else {
                return Ok(AllOutcomes::All(found));
            };
            let (outcome, used) = self.try_one(this)?;
            let Some(outcome) = outcome else {
                script = used.next();
                continue;
            };
            let mut key: Vec<_> = outcome
                .awards
                .iter()
                .map(|award| (award.project.clone(), award.pot.clone(), award.amount))
                .collect();
            key.sort_unstable();
            if seen.insert(key) {
                if found.len() == at_most {
                    return Ok(AllOutcomes::TooMany { at_most });
                }
                found.push(outcome);
            }
            script = used.next();
        }
        Ok(if script.is_none() {
            AllOutcomes::All(found)
        } else {
            AllOutcomes::TooMany { at_most }
        })
    }

    /// Is there an order of tied projects for which `accept` holds of the outcome?
    ///
    /// Projects in `preferred` are tried first, so a published selection is usually found in one run.
    ///
    /// # Errors
    /// [`CountError`], as for [`Count::run`].
    pub fn reaches(
        self,
        preferred: &[&str],
        runs: usize,
        accept: impl Fn(&Outcome) -> bool,
    ) -> Result<Reached, CountError> {
        let instance = self.election.instance();
        let preferred = instance
            .projects()
            .iter()
            .map(|project| preferred.contains(&project.id.as_str()))
            .collect();
        let mut script = Some(self.script(Script::preferring(preferred)));
        for _ in 0..runs {
            let Some(this) = script else {
                return Ok(Reached::No);
            };
            let (outcome, used) = self.try_one(this)?;
            if let Some(outcome) = outcome.filter(|outcome| accept(outcome)) {
                return Ok(Reached::Yes(Box::new(outcome)));
            }
            script = used.next();
        }
        Ok(if script.is_none() {
            Reached::No
        } else {
            Reached::TooMany
        })
    }

    fn script(&self, script: Script) -> Script {
        match self.rule.memory() {
            Memory::Set => script.forgetting(),
            Memory::Order => script,
        }
    }

    /// The outcome of one way, unless it came to what was seen before, and the script as it was used.
    fn try_one(&self, script: Script) -> Result<(Option<Outcome>, Script), CountError> {
        let (result, used) = self.trial(Some(script.rewound()), None)?;
        let mut used = used.unwrap_or_default();
        used.cut();
        match result {
            Ok(outcome) => Ok((Some(outcome), used)),
            Err(Halt::Failed(error)) => Err(error),
            Err(Halt::LotRequired(_)) if used.is_pruned => Ok((None, used)),
            // A script answers every tie, so this cannot come up; if it did, it is refused by name.
            Err(Halt::LotRequired(lot)) => Err(CountError::Refused {
                rule: self.rule.id().to_owned(),
                why: lot.to_string(),
            }),
        }
    }
}
