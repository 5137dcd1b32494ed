//! What voters gain from a project, and the rate at which purses pay for it.

use quartier::exact::Ratio;

use super::support::voters;
use super::utility;
use crate::common::Case;

/// What every single voter would gain from a project, with their weight.
pub(crate) fn gains(case: &Case, name: &str, project: usize) -> Vec<Ratio> {
    let gain = |(voter, weight): (usize, Ratio)| {
        utility::of_voter(case, name, &case.voters[voter], &[project]) * weight
    };
    voters(case).into_iter().map(gain).collect()
}

/// The least rate at which those who gain can pay, if they can: the poorest in proportion give all they have.
pub(crate) fn rate(cost: &Ratio, gains: &[Ratio], purses: &[Ratio]) -> Option<Ratio> {
    let mut payers: Vec<(Ratio, &Ratio, &Ratio)> = gains
        .iter()
        .zip(purses)
        .filter(|(gain, _)| gain.is_positive())
        .map(|(gain, purse)| (purse.checked_div(gain).unwrap(), gain, purse))
        .collect();
    payers.sort();
    let (mut left, mut of) = (
        cost.clone(),
        payers.iter().map(|payer| payer.1).sum::<Ratio>(),
    );
    for (highest, gain, purse) in payers {
        let rate = left.checked_div(&of).unwrap();
        if rate <= highest {
            return Some(rate);
        }
        (left, of) = (left - purse, of - gain);
    }
    None
}
