//! Ballots of a card's form, within its bounds.

use quartier::election::{BallotKind, Money, Project};
use quartier::tally::{BallotRules, Bounds, CostBound, Scope};

use crate::dice::Dice;

/// The most projects that anybody names, where the card allows more.
const PATIENCE: u32 = 6;

/// What a voter must keep to.
pub(crate) struct Voter<'a> {
    pub(crate) rules: &'a BallotRules,
    pub(crate) budget: Money,
}

impl Voter<'_> {
    /// A vote as it is cast; `None` if nothing came together that the card allows.
    pub(crate) fn ballot(&self, choice: &[&Project], dice: &mut Dice) -> Option<String> {
        let bounds = &self.rules.bounds;
        let least = bounds.min.unwrap_or(1).max(1);
        let most = bounds.max.unwrap_or(PATIENCE).min(PATIENCE.max(least));
        let wanted = dice.between(least, most);
        let mut named: Vec<&Project> = Vec::new();
        for _ in 0..wanted * 8 {
            let number = u32::try_from(choice.len()).unwrap();
            // Some projects are better known than others.
            let pick = dice.below(number).min(dice.below(number));
            let next = choice.get(usize::try_from(pick).unwrap())?;
            if named.len() < usize::try_from(wanted).unwrap()
                && named.iter().all(|project| project.id != next.id)
                && self.allows(&named, next)
            {
                named.push(next);
            }
        }
        (named.len() >= usize::try_from(least).unwrap()).then(|| self.written(&named))
    }

    fn written(&self, named: &[&Project]) -> String {
        let points = ["5", "3", "1", "1"];
        let mark = |(at, project): (usize, &&Project)| match self.rules.form.kind() {
            BallotKind::Points => format!("{}:{}", project.id, points[at]),
            _ => project.id.clone(),
        };
        let named = match self.rules.form.kind() {
            BallotKind::Points => &named[..named.len().min(points.len())],
            _ => named,
        };
        let marks: Vec<String> = named.iter().enumerate().map(mark).collect();
        marks.join(",")
    }

    /// May this project come on top of those that are named?
    fn allows(&self, named: &[&Project], next: &Project) -> bool {
        let with: Vec<&Project> = named.iter().copied().chain([next]).collect();
        self.within(&with, &self.rules.bounds)
            && self.rules.parts.iter().all(|part| {
                let inside = |project: &&Project| match &part.scope {
                    Scope::CityWide => project.areas.is_empty(),
                    Scope::Local => !project.areas.is_empty(),
                    Scope::Category(name) => project.categories.contains(name),
                    Scope::EachArea => project.areas == next.areas && !next.areas.is_empty(),
                    other => panic!("no card has a part `{other:?}` yet"),
                };
                let part_of: Vec<&Project> = with.iter().copied().filter(inside).collect();
                self.within(&part_of, &part.bounds)
            })
    }

    fn within(&self, projects: &[&Project], bounds: &Bounds) -> bool {
        let number = u32::try_from(projects.len()).unwrap();
        let cost = Money::checked_sum(projects.iter().map(|project| project.cost)).unwrap();
        let most = match bounds.max_cost {
            Some(CostBound::Amount(amount)) => Some(amount),
            Some(CostBound::Budget) => Some(self.budget),
            Some(other) => panic!("no card has the bound `{other:?}` yet"),
            None => None,
        };
        bounds.max.is_none_or(|most| number <= most) && most.is_none_or(|most| cost <= most)
    }
}
