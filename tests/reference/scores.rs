//! What a ballot is worth to a project, by place or by points, and the scores of all ballots together.

use quartier::exact::Ratio;

use super::support::{voters, votes};
use crate::common::{Case, tiers};

/// The mean of `value` over the places that the project's tier takes, or 0 if it is not ranked.
pub(crate) fn by_place(
    marks: &[(usize, i64)],
    project: usize,
    value: impl Fn(usize) -> Ratio,
) -> Ratio {
    let mut place = 0;
    for tier in tiers(marks) {
        if tier.contains(&project) {
            let sum: Ratio = (place..place + tier.len()).map(&value).sum();
            return sum.checked_div(&Ratio::from(tier.len() as u64)).unwrap();
        }
        place += tier.len();
    }
    Ratio::ZERO
}

/// Maximum length − place, nothing beyond the maximum; a tier has the mean of its places.
pub(crate) fn archive_borda(case: &Case, marks: &[(usize, i64)], project: usize) -> Ratio {
    let top = case.max_length.map_or(marks.len() as u64, u64::from);
    by_place(marks, project, |place| {
        Ratio::from(top.saturating_sub(place as u64))
    })
}

/// The score of the contract's `score=...`, over all voters.
pub(crate) fn score(case: &Case, text: &str, project: usize) -> Ratio {
    if text == "votes" {
        return votes(case, project);
    }
    let of_ballot = |marks: &[(usize, i64)]| match text {
        "points" => marks
            .iter()
            .filter(|(other, _)| *other == project)
            .map(|&(_, value)| Ratio::new(i128::from(value), 1_000).unwrap())
            .sum(),
        "borda" => archive_borda(case, marks, project),
        weights => {
            let weights: Vec<Ratio> = weights
                .strip_prefix("weights;")
                .unwrap()
                .split(';')
                .map(|weight| weight.parse().unwrap())
                .collect();
            by_place(marks, project, |place| {
                weights.get(place).cloned().unwrap_or_default()
            })
        }
    };
    voters(case)
        .iter()
        .map(|(voter, weight)| of_ballot(&case.voters[*voter].marks) * weight)
        .sum()
}
