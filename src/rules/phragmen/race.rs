//! Who is next: the clock first, fractions where it cannot tell.

use crate::count::Allocation;
use crate::election::{Election, ProjectIx};
use crate::exact::Ratio;
use crate::record::Fact;

use super::clock::Clock;
use super::loads::Loads;

/// The loads of all voters, with a clock where there is one.
#[derive(Debug)]
pub(super) struct Race<'e> {
    election: &'e Election,
    loads: Loads<'e>,
    clock: Option<Clock<'e>>,
    /// The exact time of those that were tied last, where it was worked out.
    time: Option<Ratio>,
}

impl<'e> Race<'e> {
    pub(super) fn new(election: &'e Election, mut loads: Loads<'e>) -> Race<'e> {
        let clock = Clock::new(election, &mut loads);
        Race {
            election,
            loads,
            clock,
            time: None,
        }
    }

    /// The projects of the smallest time, in the order given: exactly these, whatever the clock.
    pub(super) fn next(&mut self, open: &[ProjectIx]) -> Vec<ProjectIx> {
        let near = match &self.clock {
            Some(clock) => clock.first(open),
            None => open.to_vec(),
        };
        self.time = None;
        if self.clock.is_some() && near.len() < 2 {
            return near;
        }
        let mut first: Vec<ProjectIx> = Vec::new();
        for project in near {
            let cost = self.election.instance().cost_of(project);
            let Some(time) = self.loads.time(project, cost) else {
                continue;
            };
            if self.time.as_ref().is_none_or(|earliest| time < *earliest) {
                first.clear();
                self.time = Some(time);
                first.push(project);
            } else if self.time.as_ref() == Some(&time) {
                first.push(project);
            }
        }
        first
    }

    /// Tells the times of these projects to whoever watches.
    pub(super) fn tell(&mut self, projects: &[ProjectIx], allocation: &mut Allocation<'_>) {
        let instance = self.election.instance();
        for &project in projects {
            let (loads, mut slot) = (&mut self.loads, None);
            let told: &mut Option<Ratio> = &mut slot;
            allocation.note(move || Fact::Time {
                project: instance.id_of(project),
                time: told.insert(
                    loads
                        .time(project, instance.cost_of(project))
                        .unwrap_or_default(),
                ),
            });
        }
    }

    /// The supporters of a project that was found to be next pay for it. Gives the steps this took.
    pub(super) fn buy(&mut self, project: ProjectIx) -> u64 {
        let exact = self.time.take();
        if let Some(clock) = &mut self.clock {
            return clock.buy(project, &mut self.loads, exact);
        }
        let cost = self.election.instance().cost_of(project);
        self.loads.buy(project, cost, exact, |_, _, _| {})
    }
}
