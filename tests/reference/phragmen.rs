//! Sequential Phragmén: `phragmen:misfit=stop` or `skip`, with one load per voter.

use quartier::exact::Ratio;

use super::State;
pub(crate) use super::race::{Voter, race};
use super::race::{likes, mean};
use super::support::voters;
use crate::common::Case;

/// What was awarded before is carried by the least loaded of its supporters, up to one level.
fn charge(supporters: &mut [&mut Voter], amount: &Ratio) {
    supporters.sort_by(|a, b| a.load.cmp(&b.load));
    for payers in (1..=supporters.len()).rev() {
        let lowest: Vec<&Voter> = supporters[..payers].iter().map(|voter| &**voter).collect();
        let level = mean(&lowest, amount).unwrap();
        if lowest.iter().all(|voter| voter.load <= level) {
            for voter in &mut supporters[..payers] {
                voter.load = level.clone();
            }
            return;
        }
    }
}

pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    let skip = rule == "phragmen:misfit=skip";
    let voter = |(case, share)| Voter {
        case,
        share,
        load: Ratio::ZERO,
    };
    let mut all: Vec<Voter> = voters(case).into_iter().map(voter).collect();
    for (project, amount) in &state.funded {
        let mut supporters: Vec<&mut Voter> = all
            .iter_mut()
            .filter(|voter| likes(case, voter, *project))
            .collect();
        charge(&mut supporters, amount);
    }
    let open = (0..case.projects.len()).collect();
    race(case, skip, chain, (all, open), state);
}
