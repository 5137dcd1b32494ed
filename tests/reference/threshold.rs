//! Reading a rule's text, and who passes a threshold.

use quartier::exact::Ratio;

use super::support::{cost, quarters, voters, votes};
use crate::common::Case;

/// The value of a key of a rule's text.
pub(crate) fn setting<'a>(rule: &'a str, key: &str) -> Option<&'a str> {
    let settings = rule.split_once(':')?.1.split(',');
    settings
        .filter_map(|setting| setting.split_once('='))
        .find(|(known, _)| *known == key)
        .map(|(_, value)| value)
}

pub(crate) fn percent(text: &str) -> Ratio {
    text.strip_suffix('%')
        .unwrap()
        .parse::<Ratio>()
        .unwrap()
        .checked_div(&Ratio::from(100))
        .unwrap()
}

/// The least score that passes exactly passes; shares of ballots are rounded up.
pub(crate) fn passes(case: &Case, rule: &str, project: usize, score: &Ratio) -> bool {
    let ballots: Ratio = voters(case).iter().map(|(_, weight)| weight).sum();
    match setting(rule, "threshold") {
        None => true,
        Some(text) if text.ends_with('%') => *score >= (percent(text) * ballots).ceil(),
        Some(text) => match text.strip_prefix("cost/") {
            // votes / ballots >= cost / (F * budget), without dividing; of no budget, only what is free costs a share
            Some(_) if case.budget == 0 => case.projects[project].cost == 0,
            Some(f) => {
                votes(case, project) * quarters(case.budget).mul_int(f.parse().unwrap())
                    >= cost(case, project) * ballots
            }
            None => *score >= text.parse().unwrap(),
        },
    }
}
