//! One run of Equal Shares, ties by id.

use quartier::election::{Election, Utility};
use quartier::exact::Ratio;

use super::{Supporters, rate, share, supporters};

/// What a naive count gives.
#[derive(Debug, Clone, Default)]
pub(crate) struct Naive {
    /// In order of selection.
    pub(crate) winners: Vec<String>,
    /// What every voter had.
    pub(crate) share: Ratio,
    /// How long the longest rate is, in bits of numerator and denominator.
    pub(crate) bits: usize,
}

/// The winners without completion.
pub(crate) fn count(election: &Election, utility: Utility) -> Naive {
    run(election, &supporters(election, utility), share(election))
}

/// One run with this share. Who cannot pay for a project now never can; a rate only grows while purses are drained, so a
/// project whose last rate was higher than the best one need not be asked again.
pub(crate) fn run(election: &Election, supporters: &[Supporters], share: Ratio) -> Naive {
    let projects = election.instance().projects();
    let mut purses = vec![share.clone(); election.profile().len()];
    let all = (0..supporters.len()).map(|project| (Ratio::ZERO, project));
    let (mut open, mut winners, mut bits): (Vec<_>, _, _) = (all.collect(), Vec::new(), 0);
    loop {
        let mut best: Option<(Ratio, usize)> = None;
        open.sort();
        for (bound, project) in std::mem::take(&mut open) {
            if best.as_ref().is_some_and(|(best, _)| bound > *best) {
                open.push((bound, project));
                continue;
            }
            let cost = projects[project].cost.to_ratio();
            let offer = rate(&cost, &supporters[project], &purses).map(|rate| (rate, project));
            open.extend(offer.clone());
            best = best.into_iter().chain(offer).min();
        }
        let Some((rate, next)) = best else {
            return Naive {
                winners,
                share,
                bits,
            };
        };
        for (class, _, gain) in &supporters[next] {
            let pays = (&rate * gain).min(purses[*class].clone());
            purses[*class] -= &pays;
        }
        open.retain(|(_, project)| *project != next);
        bits = bits.max(rate.bits());
        winners.push(projects[next].id.clone());
    }
}
