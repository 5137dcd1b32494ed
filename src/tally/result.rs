//! The result of a vote: what may be counted, and the account of everything that was received.

use std::collections::BTreeSet;

use crate::election::{
    Aggregate, BallotIx, Column, Election, Instance, Profile, ProfileBuilder, VoterClass, Voters,
};
use crate::exact::Ratio;

use super::ballot_rule::{BallotRules, Blank, Mass, Role};
use super::intake::{IntakeError, Ruling};
use super::ledger::Ledger;
use super::reason::VoidReason;
use super::register::{Disposition, Register, RegisterRow};

/// A closed tally: the profile, the register and the account.
///
/// It is made by [`Intake::close`](super::Intake::close), and only if every vote is somewhere.
#[derive(Debug)]
pub struct Tally {
    instance: Instance,
    rules: BallotRules,
    register: Register,
    ledger: Ledger,
    profile: Profile,
    /// Which of its ballots the contents of the votes became.
    became: Became,
    aggregates: Vec<Aggregate>,
    rulings: Vec<Ruling>,
}

/// The most rows of a voter table.
const MOST_ROWS: u64 = 50_000_000;

impl Tally {
    pub(super) fn new(
        instance: &Instance,
        rules: &BallotRules,
        register: Register,
        received: &[u64],
        (aggregates, rulings): (Vec<Aggregate>, Vec<Ruling>),
    ) -> Result<Tally, IntakeError> {
        let votes = register
            .rows()
            .map(|row| (row.cell_number(), row.disposition(), row.count()));
        let ledger = Ledger::closed(&register.cells, received, votes);
        if let Some(cell) = ledger.unbalanced() {
            let cell = cell.clone();
            return Err(IntakeError::Unbalanced { cell });
        }
        let (profile, _) = ProfileBuilder::new(instance, rules.form.kind()).finish();
        let mut tally = Tally {
            instance: instance.with_limits(rules.limits(instance)),
            rules: rules.clone(),
            register,
            ledger,
            profile,
            became: Became::default(),
            aggregates,
            rulings,
        };
        let binding = |row: &RegisterRow<'_>| tally.role(*row) == Some(Role::Binding);
        let built = tally.build(binding).ok_or(IntakeError::TooMany)?;
        (tally.profile, tally.became) = built;
        Ok(tally)
    }

    /// The projects, with the limits that the rules set for a ballot.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// The rules by which the votes were taken in.
    #[must_use]
    pub fn rules(&self) -> &BallotRules {
        &self.rules
    }

    /// Every vote that was received, and what became of it.
    #[must_use]
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// The account by channel, quartier and station.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The ballots that decide: the accepted ones of binding channels, with the blank ones where these count.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The ballots that count among the rows that are asked for, such as those of one channel or one quartier;
    /// also those of channels that are not binding. Every vote weighs 1 unless channels have equal mass.
    #[must_use]
    pub fn profile_where(&self, is_asked: impl Fn(&RegisterRow<'_>) -> bool) -> Profile {
        // It cannot fail: there are no more marks or voters than in the whole.
        let empty = || {
            ProfileBuilder::new(&self.instance, self.rules.form.kind())
                .finish()
                .0
        };
        self.build(is_asked)
            .map_or_else(empty, |(profile, _)| profile)
    }

    /// The totals of channels whose single ballots are not known, of any role.
    #[must_use]
    pub fn aggregates(&self) -> &[Aggregate] {
        &self.aggregates
    }

    /// What was ruled about single votes.
    #[must_use]
    pub fn rulings(&self) -> &[Ruling] {
        &self.rulings
    }

    /// How many votes had a time that cannot be read; they count, but cannot be put in order.
    #[must_use]
    pub fn unreadable_times(&self) -> u64 {
        let rows = self.register.rows();
        let rows = rows.filter(|row| row.unreadable_time().is_some());
        rows.map(RegisterRow::count).sum()
    }

    /// The quartiers that votes and totals name and the city does not have, where it has any: a name in place of an id, or
    /// another edition's. The votes count all the same; somebody should look.
    #[must_use]
    pub fn unknown_areas(&self) -> Vec<&str> {
        if self.instance.areas().is_empty() {
            return Vec::new();
        }
        let of_votes = self.ledger.cells().map(|(cell, _)| cell.area.as_str());
        let of_totals = self.aggregates.iter().map(|totals| totals.area.as_str());
        let areas: BTreeSet<&str> = of_votes.chain(of_totals).collect();
        let is_unknown = |area: &&str| !area.is_empty() && self.instance.find_area(area).is_none();
        areas.into_iter().filter(is_unknown).collect()
    }

    /// How many anonymous votes there are that could be read: nobody can see whether their voters have voted twice.
    #[must_use]
    pub fn anonymous(&self) -> u64 {
        let unreadable = Disposition::Void(VoidReason::Unreadable);
        let is_anonymous =
            |row: &RegisterRow<'_>| row.voter().is_empty() && row.by_itself() != unreadable;
        let rows = self.register.rows().filter(is_anonymous);
        rows.map(RegisterRow::count).sum()
    }

    /// The role of the channel of a vote; `None` if it has none.
    #[must_use]
    pub fn role(&self, row: RegisterRow<'_>) -> Option<Role> {
        self.rules.channels.get(row.channel()).copied()
    }

    /// Does the vote count as a ballot of its channel?
    #[must_use]
    pub fn counts(&self, row: RegisterRow<'_>) -> bool {
        match row.disposition() {
            Disposition::Accepted => true,
            Disposition::Blank => self.rules.blank == Blank::Counts,
            _ => false,
        }
    }

    /// The election for any rule: the projects, the binding ballots, the totals of binding channels, and the voter table
    /// with the columns `area`, `channel` and `station`.
    ///
    /// The table is left out where more than 50 million voters would be listed.
    ///
    /// # Errors
    /// [`Problems`](crate::election::Problems) if totals do not fit the projects.
    pub fn election(&self) -> Result<Election, crate::election::Problems> {
        let profile = self.profile.clone();
        let election = Election::new(self.instance.clone(), profile, self.voters())?;
        let binding = self.aggregates.iter().filter(|aggregate| {
            self.rules.channels.get(&aggregate.channel) == Some(&Role::Binding)
        });
        election.with_aggregates(binding.cloned().collect())
    }

    /// Who cast which ballot of the profile.
    fn voters(&self) -> Option<Voters> {
        let is_binding = |row: &RegisterRow<'_>| self.role(*row) == Some(Role::Binding);
        let rows = || {
            let rows = self.register.rows();
            rows.filter(|row| is_binding(row) && self.counts(*row))
        };
        let all = rows().try_fold(0_u64, |all, row| all.checked_add(row.count()))?;
        if all > MOST_ROWS {
            return None;
        }
        let channels = self.weighed();
        let (mut ids, mut ballots) = (Column::new(), Vec::new());
        let mut columns =
            ["area", "channel", "station"].map(|name| (name.to_owned(), Column::new()));
        for row in rows() {
            let ballot = self.became.ballot(row, &channels)?;
            for _ in 0..row.count() {
                ids.push(row.voter()).ok()?;
                ballots.push(ballot);
                let cells = [row.area(), row.channel(), row.station()];
                for ((_, column), cell) in columns.iter_mut().zip(cells) {
                    column.push(cell).ok()?;
                }
            }
        }
        Voters::new(ids, ballots, columns.into()).ok()
    }

    /// The channels that weigh by themselves; none where every vote weighs the same.
    fn weighed(&self) -> Vec<&str> {
        match self.rules.mass {
            Mass::OnePersonOneVote => Vec::new(),
            Mass::EqualPerChannel => self.rules.channels.keys().map(String::as_str).collect(),
        }
    }

    /// The profile of the rows that are asked for, and which ballot each of them became.
    fn build(&self, is_asked: impl Fn(&RegisterRow<'_>) -> bool) -> Option<(Profile, Became)> {
        let channels = self.weighed();
        let place = |row: RegisterRow<'_>| channels.iter().position(|name| *name == row.channel());
        let contents = self.register.contents.len();
        // One block of contents for each channel that weighs by itself.
        let mut counts = vec![0_u64; contents.checked_mul(channels.len().max(1))?];
        let mut of_channel = vec![0_u64; channels.len().max(1)];
        let rows = self.register.rows();
        for row in rows.filter(|row| is_asked(row) && self.counts(*row)) {
            let channel = place(row).unwrap_or(0);
            for count in [
                counts.get_mut(channel * contents + row.content())?,
                of_channel.get_mut(channel)?,
            ] {
                *count = count.checked_add(row.count())?;
            }
        }
        let mut builder = match self.rules.form.scale() {
            [] => ProfileBuilder::new(&self.instance, self.rules.form.kind()),
            scale => ProfileBuilder::graded(&self.instance, scale.to_vec()),
        };
        let mut entries = Vec::new();
        let mut pushed = vec![None; counts.len()];
        for (channel, &votes) in of_channel
            .iter()
            .enumerate()
            .filter(|(_, votes)| **votes > 0)
        {
            let class = builder.class(&class(&of_channel, votes)?).ok()?;
            let range = channel * contents..(channel + 1) * contents;
            let counts = counts
                .get(range.clone())?
                .iter()
                .zip(pushed.get_mut(range)?);
            for (content, (&count, pushed)) in
                counts.enumerate().filter(|(_, (count, _))| **count > 0)
            {
                entries.clear();
                entries.extend_from_slice(self.register.entries_of(content));
                *pushed = Some(builder.push(&mut entries, class, count).ok()?);
            }
        }
        let (profile, ballots) = builder.finish();
        Some((
            profile,
            Became {
                contents,
                pushed,
                ballots,
            },
        ))
    }
}

/// Which ballot the contents of votes became.
#[derive(Debug, Default)]
struct Became {
    contents: usize,
    /// The builder's row, by channel and content.
    pushed: Vec<Option<u32>>,
    /// By the builder's row.
    ballots: Vec<BallotIx>,
}

impl Became {
    fn ballot(&self, row: RegisterRow<'_>, channels: &[&str]) -> Option<BallotIx> {
        let channel = channels
            .iter()
            .position(|name| *name == row.channel())
            .unwrap_or(0);
        let pushed = *self.pushed.get(channel * self.contents + row.content())?;
        self.ballots.get(pushed? as usize).copied()
    }
}

/// The class of the voters of a channel: with equal mass, N ÷ (C × n) for each, which is 1 where there is one channel.
fn class(of_channel: &[u64], votes: u64) -> Option<VoterClass> {
    let all: u128 = of_channel.iter().map(|&votes| u128::from(votes)).sum();
    let channels = of_channel.iter().filter(|&&votes| votes > 0).count() as u128;
    let share = channels.checked_mul(u128::from(votes))?;
    let weight = Ratio::new(i128::try_from(all).ok()?, i128::try_from(share).ok()?)?;
    Some(VoterClass {
        endowment: weight.clone(),
        weight,
    })
}
