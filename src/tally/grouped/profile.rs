//! From a profile to grouped ballots and back.

use std::collections::BTreeSet;

use crate::election::{
    Ballot, BallotKind, BallotView, Entry, Instance, Profile, ProfileBuilder, VoterClass,
};

use super::error::GroupedError;
use super::marks::{Mark, Marks};
use super::tally::ballot_of_entries;
use super::{GroupedBallot, GroupedBallots};

/// Unknown names that an error lists.
const LISTED: usize = 100;

impl GroupedBallots {
    /// Adds all ballots of a profile, as cast through this channel by voters of this area.
    ///
    /// # Errors
    /// [`GroupedError::OtherKind`], or [`GroupedError::TooManyVoters`]; then nothing is added.
    pub fn add_profile(
        &mut self,
        channel: &str,
        area: &str,
        instance: &Instance,
        profile: &Profile,
    ) -> Result<(), GroupedError> {
        let mut all = GroupedBallots::new(profile.kind());
        let ordinary = VoterClass::default();
        for view in profile.ballots() {
            let class = profile.classes().get(view.class()).unwrap_or(&ordinary);
            all.add_row(&GroupedBallot {
                channel: channel.to_owned(),
                area: area.to_owned(),
                ballot: ballot_of(instance, profile, view),
                count: view.count(),
                class: class.clone(),
            })?;
        }
        self.merge(&all)
    }

    /// The profile of all ballots, whatever their channel and area; of graded ballots with this scale, the worst
    /// grade first.
    ///
    /// # Errors
    /// [`GroupedError::UnknownProjects`] and [`GroupedError::UnknownGrades`] with all of them,
    /// [`GroupedError::Row`] beyond 2^63 voters.
    ///
    /// ```
    /// use quartier::election::{Ballot, BallotKind, Instance};
    /// use quartier::tally::GroupedBallots;
    /// let instance = Instance::builder().budget(100).project(("a", 60)).project(("b", 30)).build()?;
    /// let mut ballots = GroupedBallots::new(BallotKind::Approval);
    /// ballots.add("paper", "north", &Ballot::approval(["a"]), 3)?;
    /// ballots.add("internet", "north", &Ballot::approval(["a"]), 4)?;
    /// let profile = ballots.to_profile(&instance, &[])?;
    /// assert_eq!((profile.len(), profile.voters()), (1, 7));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_profile(&self, instance: &Instance, scale: &[&str]) -> Result<Profile, GroupedError> {
        self.check_names(instance, scale)?;
        let mut builder = if self.kind == BallotKind::Grades {
            let scale = scale.iter().map(|&grade| grade.to_owned()).collect();
            ProfileBuilder::graded(instance, scale)
        } else {
            ProfileBuilder::new(instance, self.kind)
        };
        let mut entries = Vec::new();
        for (key, &count) in &self.rows {
            entries.clear();
            entries.extend(key.marks.iter().filter_map(|(id, mark)| {
                let weight = match mark {
                    Mark::Number(number) => *number,
                    Mark::Grade(grade) => place_of(grade, scale)?,
                };
                let project = instance.find(id)?;
                Some(Entry { project, weight })
            }));
            let class = builder.class(&key.class)?;
            builder.push(&mut entries, class, count)?;
        }
        Ok(builder.finish().0)
    }

    fn check_names(&self, instance: &Instance, scale: &[&str]) -> Result<(), GroupedError> {
        let (mut projects, mut grades) = (BTreeSet::new(), BTreeSet::new());
        for (id, mark) in self.rows.keys().flat_map(|key| Marks::iter(&key.marks)) {
            if instance.find(id).is_none() {
                projects.insert(id);
            }
            if let Mark::Grade(grade) = mark
                && place_of(grade, scale).is_none()
            {
                grades.insert(grade.as_str());
            }
        }
        let listed = |names: BTreeSet<&str>| {
            let shown = names.into_iter().take(LISTED).map(str::to_owned);
            shown.collect::<Vec<String>>()
        };
        if !projects.is_empty() {
            let projects = listed(projects);
            return Err(GroupedError::UnknownProjects { projects });
        }
        if !grades.is_empty() {
            let grades = listed(grades);
            return Err(GroupedError::UnknownGrades { grades });
        }
        Ok(())
    }
}

fn place_of(grade: &str, scale: &[&str]) -> Option<i64> {
    let place = scale.iter().position(|known| *known == grade)?;
    i64::try_from(place).ok()
}

/// A ballot of a profile, in external ids.
pub(crate) fn ballot_of(instance: &Instance, profile: &Profile, view: BallotView<'_>) -> Ballot {
    let entries: Vec<Entry> = view.entries().collect();
    ballot_of_entries(instance, profile.kind(), profile.scale(), &entries)
}
