//! All outcomes of a regulation whose ties stay open, by trying every way to settle them.

use std::collections::BTreeSet;

use crate::count::{CountError, Script};
use crate::election::{Election, Money};

use super::apply::decide;
use super::edition::Edition;
use super::error::{ApplyError, Stop};
use super::inputs::Inputs;
use super::read::Regulation;
use super::setting::Setting;

/// How many runs are made before giving up, and how many more for each outcome that may be listed: different orders
/// often lead to the same outcome.
const RUNS: usize = 2_000;
const RUNS_PER_OUTCOME: usize = 64;

/// All results that the ties left open can lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EditionOutcomes {
    /// All of them, each once, in the order in which they were found: ties in the order of ids.
    All(Vec<Edition>),
    /// There are more than the bound, or finding them takes too many runs.
    TooMany {
        /// The bound.
        at_most: usize,
    },
}

impl Regulation {
    /// All results of [`apply_with`](Regulation::apply_with), de-duplicated by who receives how much from which pot, if there are at
    /// most `at_most`. The answer is `TooMany` also where more than 2 000 + 64 × `at_most` runs would be needed.
    ///
    /// A lot is one order for its stage: what a run says once holds whenever the stage decides again, in a rerun, with
    /// leftovers or in a correction. Different stages are drawn apart. Where the tie chain settles everything there is one
    /// result, that of `apply`.
    ///
    /// **Complexity.** One run of `apply` for each way to settle the ties.
    ///
    /// # Errors
    /// [`ApplyError`], as for [`apply`](Regulation::apply), of the first run that has one.
    pub fn outcomes(
        &self,
        election: &Election,
        inputs: Inputs<'_>,
        at_most: usize,
    ) -> Result<EditionOutcomes, ApplyError> {
        let setting = Setting::of(self, election, inputs)?;
        let mut seen: BTreeSet<Vec<(String, String, Money)>> = BTreeSet::new();
        let mut found = Vec::new();
        let mut script = Some(Script::default());
        let runs = at_most
            .saturating_mul(RUNS_PER_OUTCOME)
            .saturating_add(RUNS);
        for _ in 0..runs {
            let Some(this) = script else {
                return Ok(EditionOutcomes::All(found));
            };
            let (edition, used) = try_one(&setting, this)?;
            let awards = edition.awards.iter();
            let mut key: Vec<_> = awards
                .map(|paid| (paid.project.clone(), paid.pot.clone(), paid.amount))
                .collect();
            key.sort_unstable();
            if seen.insert(key) {
                if found.len() == at_most {
                    return Ok(EditionOutcomes::TooMany { at_most });
                }
                found.push(edition);
            }
            script = used.next();
        }
        Ok(if script.is_none() {
            EditionOutcomes::All(found)
        } else {
            EditionOutcomes::TooMany { at_most }
        })
    }
}

/// The result of one way, and the script as it was used.
fn try_one(setting: &Setting<'_>, script: Script) -> Result<(Edition, Script), ApplyError> {
    match decide(setting, Some(script.rewound())) {
        Ok((edition, used)) => {
            let mut used = used.unwrap_or_default();
            used.cut();
            Ok((edition, used))
        }
        Err(Stop::Error(error)) => Err(error),
        // A script answers every tie, so this cannot come up; if it did, it is refused by name.
        Err(Stop::Lot(lot)) => Err(ApplyError::Count {
            error: CountError::Refused {
                rule: "outcomes".to_owned(),
                why: lot.to_string(),
            },
            stage: lot.stage,
        }),
    }
}
