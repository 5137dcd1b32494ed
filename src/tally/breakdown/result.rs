//! The votes of every project by channel and quartier, and its ranks.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use crate::election::{BallotKind, Election, ProjectIx};
use crate::tally::{Figure, RegisterRow, Role, Score, Tally};

use super::BreakdownError;

/// A project in one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ChannelScore {
    /// The channel.
    pub channel: String,
    /// The votes of the project.
    pub votes: u64,
    /// What it is ranked by; `None` in a channel that cannot be ranked, see [`NotRanked`].
    #[serde(serialize_with = "in_words")]
    pub figure: Option<Figure>,
    /// Its rank if this channel alone counted, 1 for the best.
    pub rank: Option<usize>,
    /// The rank in the channel minus that in the whole vote.
    pub shift: Option<i64>,
}

/// A project in the whole vote, by channel and by quartier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ProjectResult {
    /// The project's id.
    pub project: String,
    /// Its votes in binding channels.
    pub votes: u64,
    /// What it is ranked by in binding channels.
    #[serde(serialize_with = "in_words")]
    pub figure: Option<Figure>,
    /// Its rank in the whole vote, 1 for the best; equal projects share it.
    pub rank: usize,
    /// Every channel that has ballots or totals, in the order of their names, whatever its role.
    pub by_channel: Vec<ChannelScore>,
    /// The votes from every quartier that gave it any, in the order of their names, in binding channels.
    pub by_area: BTreeMap<String, u64>,
}

/// A channel whose projects cannot be ranked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct NotRanked {
    /// The channel.
    pub channel: String,
    /// Why, and what to do.
    pub why: String,
}

#[expect(clippy::ref_option, reason = "serde hands fields on so")]
fn in_words<S: Serializer>(figure: &Option<Figure>, serializer: S) -> Result<S::Ok, S::Error> {
    figure
        .as_ref()
        .map(ToString::to_string)
        .serialize(serializer)
}

pub(super) struct Results {
    pub(super) projects: Vec<ProjectResult>,
    pub(super) not_ranked: Vec<NotRanked>,
}

/// Votes of projects by a name.
type Votes<'a> = BTreeMap<(&'a str, ProjectIx), u64>;

/// The figure and rank of every project, in the order of their ids.
type Order = Vec<(Option<Figure>, usize)>;

pub(super) fn results(tally: &Tally, score: &Score) -> Result<Results, BreakdownError> {
    let (by_channel, by_area) = votes(tally);
    let is_binding = |channel: &str| tally.rules().channels.get(channel) == Some(&Role::Binding);
    let whole = order(tally, score, None)?;
    let mut channels: Vec<(&str, Option<Order>)> = Vec::new();
    let mut not_ranked = Vec::new();
    for channel in channels_of(tally) {
        let alone = order(tally, score, Some(channel)).map_err(|error| {
            not_ranked.push(NotRanked {
                channel: channel.to_owned(),
                why: error.to_string(),
            });
        });
        channels.push((channel, alone.ok()));
    }
    let mut projects: Vec<ProjectResult> = Vec::new();
    for ((figure, rank), project) in whole.into_iter().zip(tally.instance().project_indices()) {
        let lines = channels.iter().map(|(channel, order)| {
            let line = order.as_ref().and_then(|order| order.get(project.index()));
            let votes = by_channel.get(&(*channel, project)).copied();
            ChannelScore {
                channel: (*channel).to_owned(),
                votes: votes.unwrap_or_default(),
                figure: line.and_then(|(figure, _)| figure.clone()),
                rank: line.map(|(_, rank)| *rank),
                shift: line.map(|(_, other)| difference(*other, rank)),
            }
        });
        let by_channel: Vec<ChannelScore> = lines.collect();
        let binding = by_channel.iter().filter(|line| is_binding(&line.channel));
        let votes = binding.fold(0_u64, |sum, line| sum.saturating_add(line.votes));
        projects.push(ProjectResult {
            project: tally.instance().id_of(project).to_owned(),
            votes,
            figure,
            rank,
            by_channel,
            by_area: of_project(&by_area, project),
        });
    }
    // Stable: equal projects stay in the order of their ids.
    projects.sort_by_key(|project| project.rank);
    Ok(Results {
        projects,
        not_ranked,
    })
}

fn of_project(
    by_area: &BTreeMap<ProjectIx, BTreeMap<&str, u64>>,
    project: ProjectIx,
) -> BTreeMap<String, u64> {
    let areas = by_area.get(&project).into_iter().flatten();
    areas
        .map(|(area, votes)| ((*area).to_owned(), *votes))
        .collect()
}

fn difference(rank: usize, whole: usize) -> i64 {
    // There are at most 2^32 projects.
    let number = |rank: usize| i64::try_from(rank).unwrap_or(i64::MAX);
    number(rank).saturating_sub(number(whole))
}

fn channels_of(tally: &Tally) -> BTreeSet<&str> {
    let voted = tally
        .ledger()
        .cells()
        .map(|(cell, _)| cell.channel.as_str());
    let totals = tally
        .aggregates()
        .iter()
        .map(|totals| totals.channel.as_str());
    // A channel that the rules do not know has only void votes.
    let known = |channel: &&str| tally.rules().channels.contains_key(*channel);
    voted.chain(totals).filter(known).collect()
}

/// The votes of every project by channel, and in binding channels by quartier.
fn votes(tally: &Tally) -> (Votes<'_>, BTreeMap<ProjectIx, BTreeMap<&str, u64>>) {
    let mut ballots: BTreeMap<(&str, &str, usize), (u64, RegisterRow<'_>)> = BTreeMap::new();
    for row in tally.register().rows().filter(|row| tally.counts(*row)) {
        let key = (row.channel(), row.area(), row.content());
        let (votes, _) = ballots.entry(key).or_insert((0, row));
        *votes = votes.saturating_add(row.count());
    }
    let is_signed = tally.rules().form.kind() == BallotKind::Signed;
    let mut by_channel: Votes<'_> = BTreeMap::new();
    let mut by_area: BTreeMap<ProjectIx, BTreeMap<&str, u64>> = BTreeMap::new();
    let mut add = |channel, area, project: ProjectIx, votes: u64| {
        let sum = by_channel.entry((channel, project)).or_default();
        *sum = sum.saturating_add(votes);
        if votes > 0 && tally.rules().channels.get(channel) == Some(&Role::Binding) {
            let sum = by_area.entry(project).or_default().entry(area).or_default();
            *sum = sum.saturating_add(votes);
        }
    };
    for ((channel, area, _), (votes, row)) in ballots {
        let named = row.entries().iter();
        for entry in named.filter(|entry| !is_signed || entry.weight > 0) {
            add(channel, area, entry.project, votes);
        }
    }
    for totals in tally.aggregates() {
        for (id, votes) in &totals.votes {
            if let Some(project) = tally.instance().find(id) {
                add(&totals.channel, &totals.area, project, *votes);
            }
        }
    }
    (by_channel, by_area)
}

/// The order in one channel, or in all binding ones.
fn order(tally: &Tally, score: &Score, channel: Option<&str>) -> Result<Order, BreakdownError> {
    let profile = match channel {
        Some(channel) => tally.profile_where(|row| row.channel() == channel),
        None => tally.profile().clone(),
    };
    let is_asked = |name: &str| match channel {
        Some(channel) => name == channel,
        None => tally.rules().channels.get(name) == Some(&Role::Binding),
    };
    let totals = tally.aggregates().iter();
    let totals = totals.filter(|totals| is_asked(&totals.channel));
    let election = Election::new(tally.instance().clone(), profile, None)?
        .with_aggregates(totals.cloned().collect())?;
    let ranked = score.order(&election)?;
    let mut order: Order = vec![(None, 0); tally.instance().projects().len()];
    let mut rank = 1_usize;
    for group in ranked.groups() {
        for project in group {
            if let Some(line) = order.get_mut(project.index()) {
                *line = (ranked.figure(*project).cloned(), rank);
            }
        }
        rank = rank.saturating_add(group.len());
    }
    Ok(order)
}
