//! One run after another, each with larger shares, until the completion ends.

use crate::count::Halt;
use crate::election::ProjectIx;
use crate::exact::Ratio;
use crate::exact::certified::Trust;

use super::completion::Completion;
use super::desk::Trial;
use super::run::{Desk, Ended, Permit, Purchase, Run};
use super::view::View;

/// More increments than that are refused: a larger increment gives the same in reasonable time.
const MOST: u64 = 10_000_000;

/// The run that counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Accepted {
    pub(super) purchases: Vec<Purchase>,
    /// The share of an ordinary voter, in ten-thousandths.
    pub(super) share: Ratio,
    /// How often the shares were raised for it, and how many runs were made.
    pub(super) increments: u64,
    pub(super) runs: u64,
    /// Is it the last run that was made?
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
    let step = match completion {
        Completion::None => Ratio::ZERO,
        Completion::Add1(by) | Completion::Add1UntilExhaustive(by) => {
            Ratio::from(by.amount().ten_thousandths())
        }
    };
    let mut accepted = Accepted::default();
    let mut share = start;
    for increments in 0..MOST {
        trial.work(1 + view.marks())?;
        let ended = run.run(view, open, &share, Trust::Proved, trial)?;
        accepted.runs += 1;
        let verdict = verdict(view, open, completion, ended, run, trial);
        if !matches!(verdict, Verdict::Previous) {
            std::mem::swap(&mut accepted.purchases, &mut run.purchases);
            accepted.share.clone_from(&share);
            accepted.increments = increments;
        }
        if !matches!(verdict, Verdict::GoOn) {
            accepted.is_last = matches!(verdict, Verdict::Accept);
            return Ok(Some(accepted));
        }
        share += &step;
    }
    Ok(None)
}

fn verdict(
    view: &View<'_>,
    open: &[ProjectIx],
    completion: Completion,
    ended: Ended,
    run: &Run,
    trial: &Trial<'_, '_>,
) -> Verdict {
    if ended == Ended::Overspent {
        return Verdict::Previous;
    }
    if completion == Completion::None {
        return Verdict::Accept;
    }
    let (bought, instance) = (run.ledger.bought(), view.election.instance());
    let left = trial.available().checked_sub(run.spent).unwrap_or_default();
    // Only the purses keep these out.
    let mut wanted = open.iter().copied().filter(|&project| {
        !run.ledger.is_bought(project) && trial.permit(bought, project) == Permit::Granted
    });
    let goes_on = match completion {
        Completion::Add1UntilExhaustive(_) => {
            wanted.any(|project| instance.cost_of(project) <= left)
        }
        _ => wanted.next().is_some(),
    };
    if goes_on {
        Verdict::GoOn
    } else {
        Verdict::Accept
    }
}
