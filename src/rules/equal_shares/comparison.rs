//! The comparison step: Equal Shares against greedy by votes, and the one that voters prefer counts.

use std::fmt;

use crate::count::{Allocation, Halt};
use crate::election::{Money, ProjectIx};
use crate::exact::Ratio;
use crate::record::Fact;

use super::desk::{Standing, Trial};
use super::run::{Desk, Permit, Purchase};
use super::view::View;

/// How the outcome of Equal Shares is compared with that of greedy by votes.
///
/// Some cities promise that Equal Shares is used only if it does not lose such a comparison: greedy by votes (skipping what does not
/// fit) takes its place if it is *strictly* better. All voters are counted, with their weights, those who gain nothing
/// from one or both of the outcomes included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Comparison {
    /// More voters see more of the projects that they support funded by one than by the other. The city of
    /// Wieliczka compared so in 2023.
    Satisfaction,
    /// More voters have at least one such project.
    ExclusionRatio,
    /// The total utility of all voters.
    Welfare,
}

impl Comparison {
    pub(super) const WORDS: [(&'static str, Comparison); 3] = [
        ("satisfaction", Comparison::Satisfaction),
        ("exclusion-ratio", Comparison::ExclusionRatio),
        ("welfare", Comparison::Welfare),
    ];

    /// What speaks for each of two outcomes.
    fn weigh(self, view: &View<'_>, first: &[ProjectIx], second: &[ProjectIx]) -> (Ratio, Ratio) {
        if self == Comparison::Welfare {
            return (view.welfare(first), view.welfare(second));
        }
        let (first, second) = (gained(view, first), gained(view, second));
        let prefers = |own: u32, other: u32| match self {
            Comparison::Satisfaction => own > other,
            _ => own > 0,
        };
        let (mut for_first, mut for_second) = (view.heads(), view.heads());
        for (ballot, (&own, &other)) in (0_u32..).zip(first.iter().zip(&second)) {
            for_first.add(view, ballot, prefers(own, other));
            for_second.add(view, ballot, prefers(other, own));
        }
        (for_first.weight(view), for_second.weight(view))
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Comparison::WORDS.iter().find(|(_, known)| known == self);
        f.write_str(word.map_or("", |(word, _)| word))
    }
}

/// For each distinct ballot, how many of these projects its voters gain from.
fn gained(view: &View<'_>, projects: &[ProjectIx]) -> Vec<u32> {
    let mut gained = vec![0; view.voters().len()];
    for &project in projects {
        for &ballot in view.supporters(project) {
            if let Some(count) = gained.get_mut(ballot as usize) {
                *count += 1;
            }
        }
    }
    gained
}

/// Greedy by votes over these projects, if it is strictly preferred to these purchases.
pub(super) fn preferred(
    comparison: Comparison,
    view: &View<'_>,
    open: &[ProjectIx],
    purchases: &[Purchase],
    allocation: &mut Allocation<'_>,
) -> Result<Option<Vec<Purchase>>, Halt> {
    allocation.work(1 + view.marks())?;
    let by_votes = greedy(view, open, allocation)?;
    let projects = |purchases: &[Purchase]| -> Vec<ProjectIx> {
        purchases.iter().map(|purchase| purchase.project).collect()
    };
    let (shares, votes) = comparison.weigh(view, &projects(purchases), &projects(&by_votes));
    let is_preferred = votes > shares;
    allocation.note(|| Fact::Comparison {
        equal_shares: &shares,
        greedy: &votes,
        greedy_counts: is_preferred,
    });
    Ok(is_preferred.then_some(by_votes))
}

/// Greedy by votes, uncommitted: by descending votes, what fits; asked about ties only where the order matters.
fn greedy(
    view: &View<'_>,
    open: &[ProjectIx],
    allocation: &mut Allocation<'_>,
) -> Result<Vec<Purchase>, Halt> {
    let mut ranked: Vec<(Ratio, ProjectIx)> = open
        .iter()
        .map(|&project| {
            (
                allocation.votes(project).cloned().unwrap_or_default(),
                project,
            )
        })
        .collect();
    ranked.sort_by(|(a, p), (b, q)| b.cmp(a).then(p.cmp(q)));
    let mut trial = Trial::new(view.election, allocation);
    let mut purchases: Vec<Purchase> = Vec::new();
    let (mut left, mut standing) = (trial.available(), Standing::default());
    for group in ranked.chunk_by(|(a, _), (b, _)| a == b) {
        let mut group: Vec<ProjectIx> = group.iter().map(|&(_, project)| project).collect();
        while !group.is_empty() {
            let bought: Vec<ProjectIx> = purchases.iter().map(|bought| bought.project).collect();
            let cost = |project: &ProjectIx| view.election.instance().cost_of(*project);
            group.retain(|project| {
                cost(project) <= left
                    && trial.permit(&mut standing, &bought, *project) != Permit::Barred
            });
            let mut waits = |project: &ProjectIx| {
                trial.permit(&mut standing, &bought, *project) == Permit::Waits
            };
            let ready: Vec<ProjectIx> = group
                .iter()
                .copied()
                .filter(|project| !waits(project))
                .collect();
            let Some(&first) = ready.first() else {
                break;
            };
            let all = Money::checked_sum(ready.iter().map(cost)).unwrap_or(Money::MAX);
            let fits = all <= left && trial.permit_all(&bought, &ready);
            let (project, tied) = if fits || ready.len() == 1 {
                (first, vec![first])
            } else {
                (trial.untie(&ready)?, ready)
            };
            left = left.checked_sub(cost(&project)).unwrap_or_default();
            group.retain(|&other| other != project);
            purchases.push(Purchase { project, tied });
        }
    }
    Ok(purchases)
}

/// The number of voters in each class that were counted.
#[derive(Debug)]
pub(super) struct Heads(Vec<i128>);

impl Heads {
    fn add(&mut self, view: &View<'_>, ballot: u32, counts: bool) {
        if let Some(sum) = self.0.get_mut(view.class(ballot)).filter(|_| counts) {
            *sum += i128::from(view.count(ballot));
        }
    }

    /// Their weight together.
    fn weight(self, view: &View<'_>) -> Ratio {
        let classes = view.election.profile().classes();
        let terms = classes.iter().zip(self.0);
        terms
            .map(|(class, count)| class.weight.mul_int(count))
            .sum()
    }
}

impl View<'_> {
    fn heads(&self) -> Heads {
        Heads(vec![0; self.election.profile().classes().len()])
    }

    /// What all voters together gain from these projects.
    fn welfare(&self, projects: &[ProjectIx]) -> Ratio {
        let of_project = |&project: &ProjectIx| {
            let part = self.price(project).map(|price| price.part.clone())?;
            Some(part * self.slopes_of(project, self.supporters(project)))
        };
        projects.iter().filter_map(of_project).sum()
    }
}
