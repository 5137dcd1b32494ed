//! `equal-shares:utility=..,completion=phragmen,misfit=..`: purses, then loads that start at minus what purses have left.

use quartier::exact::Ratio;

use super::State;
use super::equal_shares::{buy, gains};
use super::phragmen::{Voter, race};
use super::support::{is_allowed, voters};
use super::threshold::setting;
use crate::common::{Case, endowment_of};

/// Everybody goes on earning as the purses were filled: by endowment.
pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    let name = setting(rule, "utility").unwrap();
    let all = voters(case);
    let endowment = |&(voter, _): &(usize, Ratio)| endowment_of(case, case.voters[voter].class);
    let endowments: Vec<Ratio> = all.iter().map(endowment).collect();
    let Some(share) = state.left.checked_div(&endowments.iter().sum()) else {
        return;
    };
    let mut purses: Vec<Ratio> = endowments.iter().map(|own| own * &share).collect();
    let allowed = |state: &State, project| is_allowed(case, state, project);
    buy(case, (name, chain), &allowed, &mut purses, state);
    let start = |(((case, _), share), purse): (((usize, Ratio), Ratio), Ratio)| Voter {
        case,
        load: -purse.checked_div(&share).unwrap(),
        share,
    };
    let starting = all.into_iter().zip(endowments).zip(purses);
    let starting = starting.map(start).collect();
    let is_wanted = |project: &usize| gains(case, name, *project).iter().any(Ratio::is_positive);
    let open = (0..case.projects.len()).filter(is_wanted).collect();
    race(
        case,
        rule.contains("misfit=skip"),
        chain,
        (starting, open),
        state,
    );
}
