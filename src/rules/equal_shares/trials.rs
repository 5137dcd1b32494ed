//! One run after another, each with larger shares, until the completion ends.

use crate::count::Halt;
use crate::election::{Money, ProjectIx};
use crate::exact::Ratio;
use crate::exact::certified::{LANES, Lanes, Near, Trust};

use super::block::{self, Finished};
use super::completion::Completion;
use super::desk::Trial;
use super::run::{Desk, Ended, Purchase, Run};
use super::view::View;

/// More increments than that are refused: a larger increment gives the same in reasonable time.
const MOST: u64 = 10_000_000;

/// The run that counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Accepted {
    pub(super) purchases: Vec<Purchase>,
    /// The share of an ordinary voter, in ten-thousandths.
    pub(super) share: Ratio,
    /// How often the shares were raised for it, how many runs were made, and how many rates were looked for.
    pub(super) increments: u64,
    pub(super) runs: u64,
    pub(super) looks: u64,
    /// Is it the last that [`Run`] made?
    pub(super) is_last: bool,
}

/// Why the increments end.
enum Verdict {
    /// This run counts.
    Accept,
    /// The one before counts.
    Previous,
    /// Raise the shares.
    GoOn,
}

/// The runs of a completion, eight ahead where that is possible.
struct Trials<'v, 'a> {
    view: &'v View<'a>,
    open: &'v [ProjectIx],
    step: Ratio,
    lanes: Lanes,
    /// Runs made ahead, the next one last.
    ahead: Vec<Option<Finished>>,
    can_be_ahead: bool,
    looks: u64,
}

/// Runs Equal Shares with the share it starts from, and again with larger ones as the completion says.
///
/// # Errors
/// `None` if there would be too many increments; [`Halt`] as a run.
pub(super) fn complete(
    view: &View<'_>,
    open: &[ProjectIx],
    start: Ratio,
    completion: Completion,
    run: &mut Run,
    trial: &mut Trial<'_, '_>,
) -> Result<Option<Accepted>, Halt> {
    let mut trials = Trials::new(view, open, completion, trial);
    let mut accepted = Accepted::default();
    let mut share = start;
    for increments in 0..MOST {
        trial.work(1 + view.marks())?;
        accepted.runs += 1;
        let ahead = trials.ahead(increments, &share, trial.available());
        let is_ahead = ahead.is_some();
        let finished = match ahead {
            Some(finished) => finished,
            None => Finished {
                ended: run.run(view, open, &share, Trust::Proved, trial)?,
                bought: run.ledger.bought().to_vec(),
                spent: run.spent,
            },
        };
        let verdict = verdict(view, open, completion, &finished, trial);
        if !matches!(verdict, Verdict::Previous) {
            accepted.purchases.clear();
            if is_ahead {
                let untied = finished.bought.iter().map(|&project| Purchase {
                    project,
                    tied: vec![project],
                });
                accepted.purchases.extend(untied);
            } else {
                std::mem::swap(&mut accepted.purchases, &mut run.purchases);
            }
            accepted.share.clone_from(&share);
            accepted.increments = increments;
        }
        if !matches!(verdict, Verdict::GoOn) {
            accepted.is_last = matches!(verdict, Verdict::Accept) && !is_ahead;
            accepted.looks = run.looks + trials.looks;
            return Ok(Some(accepted));
        }
        share += &trials.step;
    }
    Ok(None)
}

impl<'v, 'a> Trials<'v, 'a> {
    fn new(
        view: &'v View<'a>,
        open: &'v [ProjectIx],
        completion: Completion,
        trial: &Trial<'_, '_>,
    ) -> Trials<'v, 'a> {
        let step = match completion {
            Completion::None | Completion::Phragmen(_) => Ratio::ZERO,
            Completion::Add1(by) | Completion::Add1UntilExhaustive(by) => {
                Ratio::from(by.amount().ten_thousandths())
            }
        };
        let mut lanes = Lanes::default();
        lanes.count(
            view.voters()
                .iter()
                .map(|&(count, _)| Near::of_count(count)),
        );
        let costs = |&project: &ProjectIx| view.election.instance().cost_of(project);
        Trials {
            view,
            open,
            step,
            lanes,
            ahead: Vec::new(),
            can_be_ahead: view.is_sure
                && view.is_uniform()
                && trial.is_plain()
                && open.iter().map(costs).all(|cost| !cost.is_zero()),
            looks: 0,
        }
    }

    /// The run with this share, if it was made ahead with others; the first is always made by itself.
    fn ahead(&mut self, increments: u64, share: &Ratio, available: Money) -> Option<Finished> {
        if increments == 0 || !self.can_be_ahead {
            return None;
        }
        if self.ahead.is_empty() {
            let mut next = share.clone();
            let shares: [Ratio; LANES] = std::array::from_fn(|_| {
                let this = next.clone();
                next += &self.step;
                this
            });
            let (lanes, looks) = (&mut self.lanes, &mut self.looks);
            self.ahead = block::run(self.view, self.open, &shares, available, lanes, looks);
            self.ahead.reverse();
        }
        self.ahead.pop().flatten()
    }
}

fn verdict(
    view: &View<'_>,
    open: &[ProjectIx],
    completion: Completion,
    finished: &Finished,
    trial: &Trial<'_, '_>,
) -> Verdict {
    if finished.ended == Ended::Overspent {
        return Verdict::Previous;
    }
    if matches!(completion, Completion::None | Completion::Phragmen(_)) {
        return Verdict::Accept;
    }
    let (bought, instance) = (&finished.bought, view.election.instance());
    let left = trial.available().checked_sub(finished.spent);
    let left = left.unwrap_or_default();
    // Only the purses keep these out.
    let rest = open.iter().copied().filter(|open| !bought.contains(open));
    let wanted = trial.granted(bought, rest);
    let goes_on = match completion {
        Completion::Add1UntilExhaustive(_) => wanted
            .iter()
            .any(|&project| instance.cost_of(project) <= left),
        _ => !wanted.is_empty(),
    };
    if goes_on {
        Verdict::GoOn
    } else {
        Verdict::Accept
    }
}
