//! What META allows on one ballot, checked for every vote.

use crate::election::{BallotKind, BallotLimits, Entry, Money, Points};
use crate::pabulib::fault::Fault;

/// The limits that apply to the votes of this file. Blank ballots are exempt from the minima: they are
/// reported as blank.
#[derive(Debug)]
pub(super) struct Bounds {
    limits: BallotLimits,
    kind: BallotKind,
    choose_one: bool,
    /// By project.
    costs: Vec<Money>,
    /// Whether anything has to be added up.
    sums: bool,
}

impl Bounds {
    pub(super) fn new(
        limits: BallotLimits,
        kind: BallotKind,
        choose_one: bool,
        costs: Vec<Money>,
    ) -> Bounds {
        let money = limits.min_sum_cost.is_some() || limits.max_sum_cost.is_some();
        let points = [
            limits.min_points,
            limits.max_points,
            limits.min_sum_points,
            limits.max_sum_points,
        ]
        .iter()
        .any(Option::is_some);
        Bounds {
            sums: money || points && kind == BallotKind::Points,
            limits,
            kind,
            choose_one,
            costs,
        }
    }

    /// Is the ballot within all of them? The quick answer for nearly all votes.
    #[inline]
    pub(super) fn allow(&self, entries: &[Entry]) -> bool {
        let length = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        let long =
            self.limits.max_length.is_some_and(|max| length > max) || self.choose_one && length > 1;
        let short = self.limits.min_length.is_some_and(|min| length < min);
        !long && !short && (!self.sums || self.sums_allow(entries))
    }

    fn sums_allow(&self, entries: &[Entry]) -> bool {
        let mut clean = true;
        self.check_sums(entries, &mut |_| clean = false);
        clean
    }

    /// Everything that is wrong with a ballot.
    pub(super) fn check(&self, entries: &[Entry], each: &mut impl FnMut(Fault)) {
        let length = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        let projects = || {
            if length == 1 {
                "1 project".to_owned()
            } else {
                format!("{length} projects")
            }
        };
        if self.choose_one && length > 1 {
            each(Fault::NotOneChoice {
                found: entries.len(),
            });
        }
        if let Some(max) = self.limits.max_length.filter(|&max| length > max) {
            each(Fault::AboveLimit {
                key: "max_length",
                limit: max.to_string(),
                found: projects(),
            });
        }
        if let Some(min) = self
            .limits
            .min_length
            .filter(|&min| length < min && length > 0)
        {
            each(Fault::BelowLimit {
                key: "min_length",
                limit: min.to_string(),
                found: projects(),
            });
        }
        if self.sums {
            self.check_sums(entries, each);
        }
    }

    fn check_sums(&self, entries: &[Entry], each: &mut impl FnMut(Fault)) {
        if entries.is_empty() {
            return;
        }
        if self.limits.min_sum_cost.is_some() || self.limits.max_sum_cost.is_some() {
            // The costs of all projects together are known to fit an amount.
            let cost = Money::checked_sum(
                entries
                    .iter()
                    .filter_map(|entry| self.costs.get(entry.project.index()).copied()),
            )
            .unwrap_or(Money::MAX);
            if let Some(max) = self.limits.max_sum_cost.filter(|&max| cost > max) {
                each(Fault::AboveLimit {
                    key: "max_sum_cost",
                    limit: max.to_string(),
                    found: format!("projects for {cost}"),
                });
            }
            if let Some(min) = self.limits.min_sum_cost.filter(|&min| cost < min) {
                each(Fault::BelowLimit {
                    key: "min_sum_cost",
                    limit: min.to_string(),
                    found: format!("projects for {cost}"),
                });
            }
        }
        if self.kind == BallotKind::Points {
            self.check_points(entries, each);
        }
    }

    fn check_points(&self, entries: &[Entry], each: &mut impl FnMut(Fault)) {
        let sum: i128 = entries.iter().map(|entry| i128::from(entry.weight)).sum();
        let millionths = |points: Points| i128::from(points.millionths());
        let shown = || Points::ratio_of(sum).to_string();
        if let Some(max) = self
            .limits
            .max_sum_points
            .filter(|&max| sum > millionths(max))
        {
            each(Fault::AboveLimit {
                key: "max_sum_points",
                limit: max.to_string(),
                found: format!("{} points", shown()),
            });
        }
        if let Some(min) = self
            .limits
            .min_sum_points
            .filter(|&min| sum < millionths(min))
        {
            each(Fault::BelowLimit {
                key: "min_sum_points",
                limit: min.to_string(),
                found: format!("{} points", shown()),
            });
        }
        for entry in entries {
            let points = Points::from_millionths(entry.weight).unwrap_or_default();
            if let Some(max) = self.limits.max_points.filter(|&max| points > max) {
                each(Fault::AboveLimit {
                    key: "max_points",
                    limit: max.to_string(),
                    found: format!("{points} points on a project"),
                });
            }
            if let Some(min) = self.limits.min_points.filter(|&min| points < min) {
                each(Fault::BelowLimit {
                    key: "min_points",
                    limit: min.to_string(),
                    found: format!("{points} points on a project"),
                });
            }
        }
    }
}
