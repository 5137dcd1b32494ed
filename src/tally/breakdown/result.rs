//! The votes of every project by channel and quartier, and its ranks.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::election::{BallotKind, Election, ProjectIx};
use crate::exact::Ratio;
use crate::tally::{RegisterRow, Role, Score, Tally};

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
    /// Its score; `None` in a channel with totals that the score cannot be read from.
    pub score: Option<Ratio>,
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
    /// Its score in binding channels.
    pub score: Ratio,
    /// Its rank in the whole vote, 1 for the best; equal projects share it.
    pub rank: usize,
    /// Every channel that has ballots or totals, in the order of their names, whatever its role.
    pub by_channel: Vec<ChannelScore>,
    /// The votes from every quartier that gave it any, in the order of their names, in binding channels.
    pub by_area: BTreeMap<String, u64>,
}

pub(super) struct Results {
    pub(super) projects: Vec<ProjectResult>,
    pub(super) not_scored: Vec<String>,
}

/// Votes of projects by a name.
type Votes<'a> = BTreeMap<(&'a str, ProjectIx), u64>;

/// A channel's scores and ranks, in the order of the projects' ids.
struct Ranked<'a> {
    channel: &'a str,
    lines: Option<Vec<(Ratio, usize)>>,
}

pub(super) fn results(tally: &Tally, score: &Score) -> Result<Results, BreakdownError> {
    let (by_channel, by_area) = votes(tally);
    let is_binding = |channel: &str| tally.rules().channels.get(channel) == Some(&Role::Binding);
    let whole = ranked(&scores(tally, score, None)?);
    let mut channels = Vec::new();
    let mut not_scored = Vec::new();
    for channel in channels_of(tally) {
        let is_of = |aggregate: &crate::election::Aggregate| aggregate.channel == channel;
        let has_totals = tally.aggregates().iter().any(is_of);
        let lines = if has_totals && *score != Score::Votes {
            not_scored.push(channel.to_owned());
            None
        } else {
            Some(ranked(&scores(tally, score, Some(channel))?))
        };
        channels.push(Ranked { channel, lines });
    }
    let votes_of = |key: (&str, ProjectIx)| by_channel.get(&key).copied().unwrap_or_default();
    let mut projects: Vec<ProjectResult> = Vec::new();
    for ((score, rank), project) in whole.into_iter().zip(tally.instance().project_indices()) {
        let lines = channels.iter().map(|channel| {
            let line = channel.lines.as_ref();
            let line = line.and_then(|lines| lines.get(project.index()));
            ChannelScore {
                channel: channel.channel.to_owned(),
                votes: votes_of((channel.channel, project)),
                score: line.map(|(score, _)| score.clone()),
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
            score,
            rank,
            by_channel,
            by_area: of_project(&by_area, project),
        });
    }
    // Stable: equal projects stay in the order of their ids.
    projects.sort_by_key(|project| project.rank);
    Ok(Results {
        projects,
        not_scored,
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

/// The scores in one channel, or in all binding ones.
fn scores(
    tally: &Tally,
    score: &Score,
    channel: Option<&str>,
) -> Result<Vec<Ratio>, BreakdownError> {
    let profile = match channel {
        Some(channel) => tally.profile_where(|row| row.channel() == channel),
        None => tally.profile().clone(),
    };
    let election = Election::new(tally.instance().clone(), profile, None)?;
    let mut scores = score.totals(&election)?;
    if *score == Score::Votes {
        let binding = |name: &str| tally.rules().channels.get(name) == Some(&Role::Binding);
        let aggregates = tally.aggregates().iter();
        let asked = aggregates.filter(|totals| match channel {
            Some(channel) => totals.channel == channel,
            None => binding(&totals.channel),
        });
        for (id, votes) in asked.flat_map(|totals| &totals.votes) {
            let project = tally.instance().find(id);
            if let Some(sum) = project.and_then(|project| scores.get_mut(project.index())) {
                *sum += &Ratio::from(*votes);
            }
        }
    }
    Ok(scores)
}

/// Each score with its rank: 1 plus the number of greater ones.
fn ranked(scores: &[Ratio]) -> Vec<(Ratio, usize)> {
    let mut sorted: Vec<&Ratio> = scores.iter().collect();
    sorted.sort_unstable();
    let ranks = scores.iter().map(|score| {
        let not_greater = sorted.partition_point(|other| *other <= score);
        let greater = sorted.len().saturating_sub(not_greater);
        (score.clone(), greater.saturating_add(1))
    });
    ranks.collect()
}
