//! Watches a count for what the rule ranks projects by.

use std::collections::BTreeMap;

use quartier::count::Observer;
use quartier::exact::Ratio;
use quartier::record::{Event, Fact};

/// What the rule first told of each project.
#[derive(Debug, Default)]
pub(crate) struct Scores(BTreeMap<String, Shown>);

#[derive(Debug)]
enum Shown {
    Score(Ratio),
    /// The place and the figure of a ranking that has no sum.
    Place(u64, String),
}

impl Scores {
    /// The score or the figure of a project, for people.
    pub(crate) fn of(&self, project: &str) -> String {
        match self.0.get(project) {
            None => String::new(),
            Some(Shown::Place(place, figure)) => format!("{place}. {figure}"),
            Some(Shown::Score(score)) if score.is_integer() => score.to_string(),
            Some(Shown::Score(score)) => score.decimal(6),
        }
    }

    /// Is there a score that is not just the number of votes?
    pub(crate) fn differ_from(&self, votes: impl Fn(&str) -> u64) -> bool {
        self.0.iter().any(|(project, shown)| match shown {
            Shown::Score(score) => *score != Ratio::from(votes(project)),
            Shown::Place(..) => true,
        })
    }
}

impl Observer for Scores {
    fn observe(&mut self, event: &Event<'_>) {
        let Event::Noted(fact) = event else { return };
        let (project, shown) = match *fact {
            Fact::Score { project, score } => (project, Shown::Score(score.clone())),
            Fact::Density {
                project,
                density: Some(density),
                ..
            } => (project, Shown::Score(density.clone())),
            Fact::Rank {
                project,
                place,
                figure,
            } => (project, Shown::Place(place, figure.to_owned())),
            _ => return,
        };
        self.0.entry(project.to_owned()).or_insert(shown);
    }
}
