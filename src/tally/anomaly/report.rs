//! All checks, one after another.

use std::cmp::Reverse;
use std::fmt;

use serde::Serialize;

use crate::tally::Tally;

use super::check::AnomalyCheck;
use super::finding::Anomaly;
use super::{attributes, bursts, look_alike, runs, shares, stations, voters};

/// The most findings of one check that are listed.
const LISTED: usize = 1_000;

/// What the checks found in a tally: figures beyond their limits, with places and examples.
///
/// **No verdict.** Nothing is set aside, nothing changes the count: three hundred votes from one address may be a
/// school. People look at the rows, rule, and the rulings are recorded. All votes that were received are looked at, also
/// those that do not count, since attempts tell as well.
///
/// The report may show personal data (addresses, phones): it is for auditors.
///
/// **Order.** By check, in the order in which they were asked for; within a check the largest figure first, then by place.
/// The report of the same register is the same, whatever order the votes came in.
///
/// **Cost.** Each check makes a pass or two over the register and sorts at most one short key per vote; memory
/// for that, and for at most 1,000 findings a check with ten examples each.
///
/// A check that could not be made, since the column is in no source or no vote has a time, is listed: silence never
/// means that all is well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct AnomalyReport {
    /// What was found.
    pub findings: Vec<Anomaly>,
    /// What could not be looked for.
    pub not_checked: Vec<NotChecked>,
    /// Findings beyond the thousand that are listed for each check.
    pub unlisted: Vec<Unlisted>,
}

/// A check that could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct NotChecked {
    /// Which of the checks, from 0.
    pub check: usize,
    /// Why, and what is missing.
    pub why: String,
}

/// More findings than are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Unlisted {
    /// Which of the checks, from 0.
    pub check: usize,
    /// How many more there are.
    pub findings: usize,
}

/// What one check found, or why it could not look.
pub(super) type Found = Result<Vec<Anomaly>, String>;

impl AnomalyReport {
    /// Makes these checks.
    #[must_use]
    pub fn of(tally: &Tally, checks: &[AnomalyCheck]) -> AnomalyReport {
        let mut report = AnomalyReport::default();
        for (number, check) in checks.iter().enumerate() {
            match run(tally, check) {
                Ok(found) => report.list(number, found),
                Err(why) => report.not_checked.push(NotChecked { check: number, why }),
            }
        }
        report
    }

    /// Was everything looked for, and nothing found?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.not_checked.is_empty()
    }

    fn list(&mut self, check: usize, mut found: Vec<Anomaly>) {
        found.sort_by(|a, b| {
            (Reverse(&a.figure), &a.place, a.code).cmp(&(Reverse(&b.figure), &b.place, b.code))
        });
        let more = found.len().saturating_sub(LISTED);
        if more > 0 {
            self.unlisted.push(Unlisted {
                check,
                findings: more,
            });
        }
        let listed = found.into_iter().take(LISTED);
        self.findings
            .extend(listed.map(|anomaly| Anomaly { check, ..anomaly }));
    }
}

fn run(tally: &Tally, check: &AnomalyCheck) -> Found {
    let register = tally.register();
    match check {
        AnomalyCheck::SharedValue { attribute, at_most } => {
            attributes::shared(register, attribute, *at_most)
        }
        AnomalyCheck::OutOfRange {
            attribute,
            at_least,
            at_most,
        } => attributes::out_of_range(register, attribute, at_least, at_most),
        AnomalyCheck::EqualRun { order, at_least } => runs::equal(register, *order, *at_least),
        AnomalyCheck::Burst { seconds, at_most } => bursts::of(register, *seconds, *at_most),
        AnomalyCheck::Incomplete { marks, at_most } => {
            Ok(shares::incomplete(register, *marks, at_most))
        }
        AnomalyCheck::NamesNone {
            what,
            projects,
            at_most,
        } => shares::names_none(tally, what, projects, at_most),
        AnomalyCheck::SeveralChannels { at_most } => voters::several_channels(register, *at_most),
        AnomalyCheck::SeveralVotes { at_most } => voters::several_votes(register, *at_most),
        AnomalyCheck::LookAlikes => look_alike::of(register),
        AnomalyCheck::EmptyStation { expected } => Ok(stations::empty(tally, expected)),
        AnomalyCheck::RoundFigure { multiple_of } => stations::round(tally, *multiple_of),
        AnomalyCheck::FormerEdition {
            former,
            change_at_most,
        } => stations::former(tally, former, change_at_most),
    }
}

impl fmt::Display for AnomalyReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for anomaly in &self.findings {
            writeln!(f, "{anomaly}")?;
        }
        for unlisted in &self.unlisted {
            writeln!(
                f,
                "check {}: {} more findings",
                unlisted.check, unlisted.findings
            )?;
        }
        for missing in &self.not_checked {
            writeln!(f, "check {} was not made: {}", missing.check, missing.why)?;
        }
        Ok(())
    }
}
