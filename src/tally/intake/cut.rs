//! Upper bounds: which marks fit, one after another.

use std::collections::BTreeMap;

use crate::election::{Entry, Instance, Money};
use crate::tally::ballot_rule::{BallotRules, Bounds, Scope};
use crate::tally::reason::VoidReason;

/// What the ballot holds so far, of one group.
#[derive(Debug, Default)]
struct Held<'i> {
    number: u32,
    cost: Money,
    sum: i128,
    areas: Vec<&'i str>,
    /// A mark went beyond: all after it fall as well.
    full: Option<VoidReason>,
}

/// Takes marks in the order they were written, as long as they fit.
#[derive(Debug)]
pub(super) struct Cut<'i, 'r> {
    instance: &'i Instance,
    rules: &'r BallotRules,
    home: &'r str,
    whole: Held<'i>,
    /// By the number of the part and the name of the group in it.
    parts: BTreeMap<(usize, &'i str), Held<'i>>,
}

impl<'i> Held<'i> {
    /// Why the mark does not fit any more, if it does not.
    fn excess(&self, bounds: &Bounds, entry: Entry, instance: &'i Instance) -> Option<VoidReason> {
        if self.full.is_some() {
            return self.full;
        }
        if bounds.max.is_some_and(|most| self.number >= most) {
            return Some(VoidReason::TooMany);
        }
        let areas = || self.areas.len() + self.new_areas(entry, instance).count();
        if bounds.max_areas.is_some_and(|most| areas() > most as usize) {
            return Some(VoidReason::TooManyAreas);
        }
        if let Some(most) = bounds.max_cost
            && self
                .cost
                .checked_add(instance.cost_of(entry.project))
                .is_none_or(|cost| cost > most.amount(instance))
        {
            return Some(VoidReason::CostAbove);
        }
        let sum = self.sum + i128::from(entry.weight);
        let is_above = bounds
            .max_sum
            .is_some_and(|most| sum > i128::from(most.millionths()));
        is_above.then_some(VoidReason::SumAbove)
    }

    fn new_areas(&self, entry: Entry, instance: &'i Instance) -> impl Iterator<Item = &'i str> {
        let areas = instance
            .project(entry.project)
            .map_or(&[][..], |project| &project.areas);
        areas
            .iter()
            .map(String::as_str)
            .filter(|area| !self.areas.contains(area))
    }

    fn take(&mut self, entry: Entry, instance: &'i Instance) {
        let new: Vec<&str> = self.new_areas(entry, instance).collect();
        self.areas.extend(new);
        self.number = self.number.saturating_add(1);
        // Without a bound on it, a sum that cannot be held is not needed either.
        let cost = self.cost.checked_add(instance.cost_of(entry.project));
        self.cost = cost.unwrap_or(Money::MAX);
        self.sum += i128::from(entry.weight);
    }
}

impl<'i, 'r> Cut<'i, 'r> {
    pub(super) fn new(
        instance: &'i Instance,
        rules: &'r BallotRules,
        home: &'r str,
    ) -> Cut<'i, 'r> {
        Cut {
            instance,
            rules,
            home,
            whole: Held::default(),
            parts: BTreeMap::new(),
        }
    }

    /// Takes a mark, or tells the bound that it is beyond.
    pub(super) fn take(&mut self, entry: Entry) -> Result<(), VoidReason> {
        let (instance, rules) = (self.instance, self.rules);
        if let Some(reason) = self.whole.excess(&rules.bounds, entry, instance) {
            self.whole.full = Some(reason);
            return Err(reason);
        }
        let groups = self.groups(entry);
        let mut beyond = None;
        for &(part, group) in &groups {
            let Some(bounds) = rules.parts.get(part).map(|part| &part.bounds) else {
                continue;
            };
            let held = self.parts.entry((part, group)).or_default();
            if let Some(reason) = held.excess(bounds, entry, instance) {
                held.full = Some(reason);
                beyond.get_or_insert(reason);
            }
        }
        if let Some(reason) = beyond {
            return Err(reason);
        }
        for key in groups {
            self.parts.entry(key).or_default().take(entry, instance);
        }
        self.whole.take(entry, instance);
        Ok(())
    }

    fn groups(&self, entry: Entry) -> Vec<(usize, &'i str)> {
        let Some(project) = self.instance.project(entry.project) else {
            return Vec::new();
        };
        let parts = self.rules.parts.iter().enumerate();
        let groups = parts.flat_map(|(number, part)| {
            let groups = part.scope.groups(project, self.home);
            groups.into_iter().map(move |group| (number, group))
        });
        groups.collect()
    }

    /// The marks of each group of a scope.
    pub(super) fn groups_of<'p>(
        instance: &'p Instance,
        scope: &Scope,
        entries: &[Entry],
        home: &str,
    ) -> BTreeMap<&'p str, Vec<Entry>> {
        let mut groups: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
        for &entry in entries {
            let Some(project) = instance.project(entry.project) else {
                continue;
            };
            for group in scope.groups(project, home) {
                groups.entry(group).or_default().push(entry);
            }
        }
        groups
    }
}
