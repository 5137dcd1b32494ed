//! Watches a count for what the rule ranks projects by.

use std::collections::BTreeMap;

use quartier::count::Observer;
use quartier::exact::Ratio;
use quartier::record::{Event, Fact};

/// The score of each project, as the rule first told it.
#[derive(Debug, Default)]
pub(crate) struct Scores(BTreeMap<String, Ratio>);

impl Scores {
    pub(crate) fn of(&self, project: &str) -> Option<&Ratio> {
        self.0.get(project)
    }

    /// Is there a score that is not just the number of votes?
    pub(crate) fn differ_from(&self, votes: impl Fn(&str) -> u64) -> bool {
        self.0
            .iter()
            .any(|(project, score)| *score != Ratio::from(votes(project)))
    }
}

impl Observer for Scores {
    fn observe(&mut self, event: &Event<'_>) {
        let Event::Noted(fact) = event else { return };
        let (project, score) = match *fact {
            Fact::Score { project, score } => (project, score),
            Fact::Density {
                project,
                density: Some(density),
                ..
            } => (project, density),
            _ => return,
        };
        self.0
            .entry(project.to_owned())
            .or_insert_with(|| score.clone());
    }
}
