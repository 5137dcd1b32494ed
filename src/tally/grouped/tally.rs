//! From a closed tally to grouped ballots.

use std::collections::BTreeMap;

use crate::election::{Ballot, BallotKind, Entry, Instance, Points, Stance, VoterClass};
use crate::tally::ballot_rule::Role;
use crate::tally::register::RegisterRow;
use crate::tally::result::Tally;

use super::error::GroupedError;
use super::{GroupedBallot, GroupedBallots};

impl GroupedBallots {
    /// The ballots of a tally that decide: the accepted ones of binding channels, with the blank ones where these count,
    /// by channel and area.
    ///
    /// Each voter weighs 1. Where channels have equal mass, the weights come from all votes of a channel together, which
    /// a partial tally does not know: [hand the ballots on](GroupedBallots::hand_on) to an
    /// [`Intake`](crate::tally::Intake) whose rules say so.
    ///
    /// # Errors
    /// [`GroupedError::TooManyVoters`], which a closed tally never has.
    ///
    /// ```
    /// use quartier::election::Instance;
    /// use quartier::tally::{BallotRules, CastVote, Content, GroupedBallots, Intake};
    /// let instance = Instance::builder().budget(100).project(("park", 60)).project(("gym", 50)).build()?;
    /// let rules: BallotRules = "form=approval,invalid=void,duplicates=first,blank-ballots-count=false,channels=paper:binding".parse()?;
    /// let mut intake = Intake::new(&instance, &rules)?;
    /// for text in ["park,gym", "gym park", "", "pool"] {
    ///     intake.cast(&CastVote::new(Content::Text(text)));
    /// }
    /// let ballots = GroupedBallots::of_tally(&intake.close()?)?;
    /// assert_eq!(ballots.to_csv()?, "channel;area;vote;count\npaper;;gym,park;2\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_tally(tally: &Tally) -> Result<GroupedBallots, GroupedError> {
        GroupedBallots::of_tally_where(tally, |row| tally.role(*row) == Some(Role::Binding))
    }

    /// The ballots of a tally that count, among the rows that are asked for; also those of channels that are not binding.
    ///
    /// # Errors
    /// [`GroupedError::TooManyVoters`], which a closed tally never has.
    pub fn of_tally_where(
        tally: &Tally,
        is_asked: impl Fn(&RegisterRow<'_>) -> bool,
    ) -> Result<GroupedBallots, GroupedError> {
        let mut counts: BTreeMap<(&str, &str, usize), u64> = BTreeMap::new();
        let rows = tally.register().rows();
        for row in rows.filter(|row| is_asked(row) && tally.counts(*row)) {
            let key = (row.channel(), row.area(), row.content());
            let count = counts.entry(key).or_insert(0);
            let sum = count.checked_add(row.count());
            *count = sum.ok_or(GroupedError::TooManyVoters)?;
        }
        let (instance, form) = (tally.instance(), &tally.rules().form);
        let mut ballots = GroupedBallots::new(form.kind());
        for ((channel, area, content), count) in counts {
            let entries = tally.register().entries_of(content);
            ballots.add_row(&GroupedBallot {
                channel: channel.to_owned(),
                area: area.to_owned(),
                ballot: ballot_of_entries(instance, form.kind(), form.scale(), entries),
                count,
                class: VoterClass::default(),
            })?;
        }
        Ok(ballots)
    }
}

/// A ballot in external ids. Entries of one tier may come in any order.
pub(super) fn ballot_of_entries(
    instance: &Instance,
    kind: BallotKind,
    scale: &[String],
    entries: &[Entry],
) -> Ballot {
    let id = |entry: &Entry| instance.id_of(entry.project).to_owned();
    match kind {
        BallotKind::Approval => Ballot::Approval(entries.iter().map(id).collect()),
        BallotKind::Ranked => {
            let mut sorted = entries.to_vec();
            sorted.sort_by_key(|entry| (entry.weight, entry.project));
            let tiers = sorted.chunk_by(|a, b| a.weight == b.weight);
            Ballot::Ranked(tiers.map(|tier| tier.iter().map(id).collect()).collect())
        }
        BallotKind::Points => {
            let points = |entry: &Entry| Points::from_millionths(entry.weight).unwrap_or_default();
            let marks = entries.iter().map(|entry| (id(entry), points(entry)));
            Ballot::Points(marks.collect())
        }
        BallotKind::Grades => {
            let grade = |entry: &Entry| {
                let place = usize::try_from(entry.weight).ok();
                let grade = place.and_then(|place| scale.get(place));
                grade.cloned().unwrap_or_default()
            };
            let marks = entries.iter().map(|entry| (id(entry), grade(entry)));
            Ballot::Grades(marks.collect())
        }
        BallotKind::Signed => {
            let stance = |entry: &Entry| {
                if entry.weight > 0 {
                    Stance::For
                } else {
                    Stance::Against
                }
            };
            let marks = entries.iter().map(|entry| (id(entry), stance(entry)));
            Ballot::Signed(marks.collect())
        }
    }
}
