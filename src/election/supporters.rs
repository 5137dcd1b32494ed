//! The transposed index: for each project, the ballots that name it.

use super::id::{BallotIx, ProjectIx};
use super::profile::Profile;

/// For each project the distinct ballots that name it, in compressed rows.
#[derive(Debug, Clone, Default)]
pub struct Supporters {
    offsets: Vec<u32>,
    ballots: Vec<u32>,
    weights: Vec<i64>,
}

impl Supporters {
    /// Counts, then fills: linear in the number of marks.
    pub(super) fn of(profile: &Profile) -> Supporters {
        let mut offsets = vec![0_u32; profile.projects() + 1];
        for &project in &profile.projects {
            if let Some(count) = offsets.get_mut(project as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        let mut next = offsets.clone();
        let mut ballots = vec![0_u32; profile.projects.len()];
        let mut weights = vec![0_i64; profile.weights.len()];
        for (number, ballot) in (0_u32..).zip(profile.ballots()) {
            for entry in ballot.entries() {
                let Some(at) = next.get_mut(entry.project.index()) else {
                    continue;
                };
                if let Some(slot) = ballots.get_mut(*at as usize) {
                    *slot = number;
                }
                if let Some(slot) = weights.get_mut(*at as usize) {
                    *slot = entry.weight;
                }
                *at += 1;
            }
        }
        Supporters {
            offsets,
            ballots,
            weights,
        }
    }

    /// The ballots that name a project, in order.
    pub(crate) fn ballots_of(&self, project: ProjectIx) -> &[u32] {
        let at = project.index();
        let start = self.offsets.get(at).map_or(0, |&start| start as usize);
        let end = self.offsets.get(at + 1).map_or(start, |&end| end as usize);
        self.ballots.get(start..end).unwrap_or(&[])
    }

    /// The ballots that name a project, in order, with what they say of it (see [`super::Entry`]).
    pub fn of_project(&self, project: ProjectIx) -> impl Iterator<Item = (BallotIx, i64)> + '_ {
        let at = project.index();
        let start = self.offsets.get(at).map_or(0, |&start| start as usize);
        let end = self.offsets.get(at + 1).map_or(start, |&end| end as usize);
        (start..end).filter_map(|at| {
            let ballot = self.ballots.get(at)?;
            Some((
                BallotIx::new(*ballot as usize),
                self.weights.get(at).copied().unwrap_or(0),
            ))
        })
    }
}
