//! Voters one by one, as naive versions have them: floats, and one purse each. They are neither exact nor do they settle
//! ties; what they cost is what is compared.

use quartier::election::{Election, Money};

/// What naive versions work on.
pub(crate) struct Town {
    /// What each voter's purse holds at the beginning.
    pub(crate) share: f64,
    pub(crate) costs: Vec<f64>,
    pub(crate) supporters: Vec<Vec<usize>>,
    pub(crate) voters: usize,
}

impl Town {
    #[expect(
        clippy::cast_precision_loss,
        reason = "that is how it is usually written"
    )]
    pub(crate) fn of(election: &Election) -> Town {
        let (instance, profile) = (election.instance(), election.profile());
        let amount = |money: Money| money.ten_thousandths() as f64;
        let mut supporters = vec![Vec::new(); profile.projects()];
        let mut voters = 0;
        for ballot in profile.ballots() {
            for _ in 0..ballot.count() {
                for entry in ballot.entries() {
                    supporters[entry.project.index()].push(voters);
                }
                voters += 1;
            }
        }
        Town {
            share: amount(instance.budget()) / voters as f64,
            costs: instance
                .projects()
                .iter()
                .map(|project| amount(project.cost))
                .collect(),
            supporters,
            voters,
        }
    }

    /// The most that a supporter pays, if they can pay together.
    #[expect(
        clippy::cast_precision_loss,
        reason = "that is how it is usually written"
    )]
    pub(crate) fn price(&self, project: usize, purses: &[f64]) -> Option<f64> {
        let mut held = self.held(project, purses);
        held.sort_by(f64::total_cmp);
        let mut left = self.costs[project];
        for (at, purse) in held.iter().enumerate() {
            let price = left / (held.len() - at) as f64;
            if price <= *purse {
                return Some(price);
            }
            left -= purse;
        }
        None
    }

    /// What each supporter of a project holds.
    pub(crate) fn held(&self, project: usize, purses: &[f64]) -> Vec<f64> {
        let supporters = self.supporters[project].iter();
        supporters.map(|&voter| purses[voter]).collect()
    }

    /// Every supporter of a project pays so much, or all there is.
    pub(crate) fn pay(&self, project: usize, price: f64, purses: &mut [f64]) {
        for &voter in &self.supporters[project] {
            purses[voter] -= purses[voter].max(0.0).min(price);
        }
    }
}
