//! One run after another, each with larger shares, until the completion ends.

use crate::count::Halt;
use crate::election::ProjectIx;
use crate::exact::Ratio;
use crate::exact::certified::Trust;

use super::ahead::{Ahead, Next};
use super::completion::Completion;
use super::desk::Trial;
use super::run::{Desk, Ended, Purchase, Run};
use super::trace::Finished;
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
    /// How many increments needed no run.
    pub(super) skipped: u64,
    /// How many were made ahead and again by themselves, since machine numbers did not tell.
    pub(super) again: u64,
    /// Is it the last that [`Run`] made, over the whole election?
    pub(super) is_last: bool,
}

/// How the runs of a completion are made: a matter of speed only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// Eight at once and ahead where that is possible, and none where two others prove what it would do.
    Ahead,
    /// Every increment by itself.
    #[cfg(test)]
    OneByOne,
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
    (completion, pace): (Completion, Pace),
    run: &mut Run,
    trial: &mut Trial<'_, '_>,
) -> Result<Option<Accepted>, Halt> {
    let mut accepted = Accepted {
        share: start.clone(),
        runs: 1,
        ..Accepted::default()
    };
    trial.work(1 + view.marks())?;
    let finished = alone(view, open, &start, run, trial)?;
    let verdict = verdict(view, open, completion, &finished, trial);
    if !matches!(verdict, Verdict::Previous) {
        std::mem::swap(&mut accepted.purchases, &mut run.purchases);
    }
    if !matches!(verdict, Verdict::GoOn) {
        accepted.is_last = matches!(verdict, Verdict::Accept);
        accepted.looks = run.looks;
        return Ok(Some(accepted));
    }
    let step = Ratio::from(completion.step().ten_thousandths());
    let mut ahead = Ahead::new(view, open, start, step, is_possible(view, open, pace));
    raise(view, open, completion, run, trial, &mut ahead, accepted)
}

/// A run by itself.
fn alone(
    view: &View<'_>,
    open: &[ProjectIx],
    share: &Ratio,
    run: &mut Run,
    trial: &mut Trial<'_, '_>,
) -> Result<Finished, Halt> {
    Ok(Finished {
        ended: run.run(view, open, share, Trust::Proved, trial)?,
        bought: run.ledger.bought().to_vec(),
        spent: run.spent,
        ties: Vec::new(),
        rounds: Vec::new(),
    })
}

/// Can runs be made ahead here?
fn is_possible(view: &View<'_>, open: &[ProjectIx], pace: Pace) -> bool {
    let cost = |&project: &ProjectIx| view.election.instance().cost_of(project);
    pace == Pace::Ahead
        && view.is_sure
        && view.is_uniform()
        && open.iter().map(cost).all(|cost| !cost.is_zero())
}

/// Asks about the ties of a run that was made ahead, as a run by itself would, so that they are recorded. They were settled by chain
/// and lot, so the answers are those of the run; if one were not, the run would have to be made by itself.
fn is_as_asked(finished: &Finished, trial: &mut Trial<'_, '_>) -> Result<bool, Halt> {
    for (at, tied) in &finished.ties {
        let first = trial.untie(tied)?;
        if finished.bought.get(*at) != Some(&first) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Raises the shares from the first increment on, until the completion ends.
fn raise(
    view: &View<'_>,
    open: &[ProjectIx],
    completion: Completion,
    run: &mut Run,
    trial: &mut Trial<'_, '_>,
    ahead: &mut Ahead<'_, '_>,
    mut accepted: Accepted,
) -> Result<Option<Accepted>, Halt> {
    let mut increments = 1;
    while increments < MOST {
        let next = ahead.next(increments, trial)?;
        trial.work(1)?;
        let next = match next {
            Next::Made(finished) if !is_as_asked(&finished, trial)? => Next::Alone,
            next => next,
        };
        let finished = match next {
            Next::Same(more) => {
                increments += more;
                accepted.skipped += more;
                accepted.increments = increments - 1;
                continue;
            }
            Next::Made(finished) => {
                run.purchases = finished.purchases();
                finished
            }
            Next::Alone => {
                accepted.again += u64::from(ahead.is_possible());
                let share = ahead.share(increments);
                let (view, open) = ahead.view(increments, trial)?;
                trial.work(1 + view.marks())?;
                alone(view, open, &share, run, trial)?
            }
        };
        accepted.runs += 1;
        let verdict = verdict(view, open, completion, &finished, trial);
        if !matches!(verdict, Verdict::Previous) {
            std::mem::swap(&mut accepted.purchases, &mut run.purchases);
            accepted.increments = increments;
        }
        if !matches!(verdict, Verdict::GoOn) {
            accepted.share = ahead.share(accepted.increments);
            accepted.looks = run.looks + ahead.looks;
            return Ok(Some(accepted));
        }
        increments += 1;
    }
    Ok(None)
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
