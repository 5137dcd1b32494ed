//! What would change if one channel alone had counted.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::exact::Ratio;
use crate::tally::{Role, Tally};

use super::result::Results;
use super::turnout::TurnoutCell;

/// One channel by itself: who would not have been heard, and which projects would stand elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ChannelAlone {
    /// The channel.
    pub channel: String,
    /// Those who took part in it.
    pub took_part: u64,
    /// The quartiers in which somebody took part by another binding channel, the largest share first.
    pub left_out: Vec<LeftOut>,
    /// The projects whose rank would be another, the largest shift first, then by id.
    pub moved: Vec<Shift>,
}

/// Those of a quartier who would not have been heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct LeftOut {
    /// The quartier; empty where it is not known.
    pub area: String,
    /// How many took part by another binding channel.
    pub voters: u64,
    /// Their share of all who took part there in binding channels.
    pub share: Ratio,
}

/// A project that one channel ranks elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Shift {
    /// The project's id.
    pub project: String,
    /// Its rank in the whole vote.
    pub rank: usize,
    /// Its rank if the channel alone counted.
    pub rank_alone: usize,
    /// The second minus the first: above 0 it would do worse.
    pub shift: i64,
}

pub(super) fn alone(tally: &Tally, cells: &[TurnoutCell], results: &Results) -> Vec<ChannelAlone> {
    let mut areas: BTreeMap<&str, u64> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| cell.role == Some(Role::Binding)) {
        let sum = areas.entry(&cell.area).or_default();
        *sum = sum.saturating_add(cell.took_part);
    }
    // Every channel has a place in every project's list, and there is no channel without projects to show.
    let channels = results
        .projects
        .first()
        .into_iter()
        .flat_map(|project| &project.by_channel);
    let channels = channels.enumerate().map(|(place, line)| {
        let channel = line.channel.as_str();
        let of_channel = cells.iter().filter(|cell| cell.channel == channel);
        let voters: BTreeMap<&str, u64> = of_channel
            .map(|cell| (cell.area.as_str(), cell.took_part))
            .collect();
        let is_binding = tally.rules().channels.get(channel) == Some(&Role::Binding);
        ChannelAlone {
            channel: channel.to_owned(),
            took_part: voters
                .values()
                .fold(0, |sum, more| sum.saturating_add(*more)),
            left_out: left_out(&areas, &voters, is_binding),
            moved: moved(results, place),
        }
    });
    channels.collect()
}

fn left_out(
    areas: &BTreeMap<&str, u64>,
    own: &BTreeMap<&str, u64>,
    own_is_binding: bool,
) -> Vec<LeftOut> {
    let mut left_out: Vec<LeftOut> = areas
        .iter()
        .filter_map(|(area, all)| {
            let own = own.get(area).copied().filter(|_| own_is_binding);
            let voters = all.saturating_sub(own.unwrap_or_default());
            let share = Ratio::from(voters).checked_div(&Ratio::from(*all))?;
            (voters > 0).then(|| LeftOut {
                area: (*area).to_owned(),
                voters,
                share,
            })
        })
        .collect();
    left_out.sort_by(|a, b| (&b.share, &a.area).cmp(&(&a.share, &b.area)));
    left_out
}

fn moved(results: &Results, channel: usize) -> Vec<Shift> {
    let mut moved: Vec<Shift> = results
        .projects
        .iter()
        .filter_map(|project| {
            let line = project.by_channel.get(channel)?;
            let shift = line.shift.filter(|shift| *shift != 0)?;
            Some(Shift {
                project: project.project.clone(),
                rank: project.rank,
                rank_alone: line.rank?,
                shift,
            })
        })
        .collect();
    moved.sort_by(|a, b| {
        let key = |shift: &Shift| Reverse(shift.shift.unsigned_abs());
        (key(a), &a.project).cmp(&(key(b), &b.project))
    });
    moved
}
