//! One run of Exact Equal Shares, with one purse per voter.

use quartier::exact::Ratio;

use super::equal_shares::Allowed;
use super::groups::{Finished, Purchase, everybody, gain, group};
use super::support::cost;
use super::{State, turns};
use crate::common::Case;

/// One run with this much money, which may overdraw the state.
pub(crate) fn once(
    case: &Case,
    (name, chain): (&str, &str),
    allowed: Allowed<'_>,
    state: &mut State,
    money: &Ratio,
) -> Finished {
    let mut run = Finished {
        bought: Vec::new(),
        purses: everybody(case, money),
        turns: Vec::new(),
        settled: vec![Ratio::ZERO; case.projects.len()],
    };
    let mut open: Vec<usize> = (0..case.projects.len())
        .filter(|&project| !state.has(project) && gain(case, name, project).is_positive())
        .collect();
    loop {
        let price = |project: usize| {
            let (_, payment) = group(case, &run.purses, project)?;
            payment.checked_div(&gain(case, name, project))
        };
        let before = open.clone();
        let next = turns::smallest((case, chain, state), allowed, &mut open, price);
        for project in before {
            let is_settled = !open.contains(&project);
            let was_tied = next
                .as_ref()
                .is_some_and(|(_, best)| price(project).as_ref() == Some(best));
            if is_settled || was_tied {
                let (payers, _) = group(case, &run.purses, project).unwrap();
                let weight: Ratio = payers.iter().map(|&at| &run.purses[at].1).sum();
                if is_settled {
                    run.settled[project] = weight.clone();
                }
                run.turns.push((project, weight, run.bought.len()));
            }
        }
        let Some((project, price)) = next else {
            return run;
        };
        let (payers, payment) = group(case, &run.purses, project).unwrap();
        for &payer in &payers {
            let (_, weight, left) = &mut run.purses[payer];
            *left = &*left - &(&*weight * &payment);
        }
        state.fund(project, cost(case, project));
        run.bought.push(Purchase {
            project,
            payers,
            payment,
            price,
        });
    }
}
