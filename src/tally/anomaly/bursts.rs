//! Many votes in a short time.

use crate::tally::{CastTime, Register, RegisterRow};

use super::finding::{Anomaly, AnomalyCode, AnomalyPlace, Group};
use super::report::Found;
use super::timeline::{order, timelines};

/// Votes of which every one is within a crowded time.
struct Burst {
    /// The first of its votes, and the one after its last, on the timeline.
    start: usize,
    end: usize,
    /// The most votes within the time.
    peak: u64,
}

pub(super) fn of(register: &Register, seconds: u32, at_most: u64) -> Found {
    if seconds == 0 {
        return Err("nothing happens within 0 seconds: ask for 1 or more".to_owned());
    }
    let mut found = Vec::new();
    let mut has_moments = false;
    for ((channel, station, _), mut votes) in timelines(register) {
        if !votes.first().is_some_and(|(time, _)| time.is_moment()) {
            continue;
        }
        has_moments = true;
        votes.sort_by(|a, b| order(&a.0, &b.0).then_with(|| a.1.number().cmp(&b.1.number())));
        for burst in bursts(&votes, seconds, at_most) {
            let of_burst = votes.get(burst.start..burst.end).unwrap_or_default();
            let mut group = Group::default();
            for (_, row) in of_burst {
                group.add(row.number(), row.count());
            }
            let place = AnomalyPlace {
                channel: Some(channel.to_owned()),
                station: Some(station.to_owned()),
                from: of_burst.first().map(|(time, _)| time.to_string()),
                until: of_burst.last().map(|(time, _)| time.to_string()),
                ..AnomalyPlace::default()
            };
            let code = AnomalyCode::Burst;
            found.push(Anomaly::new(code, place, burst.peak, at_most, group));
        }
    }
    if has_moments {
        Ok(found)
    } else {
        Err(
            "no vote has a date and time: a number in sequence does not tell how long something took"
                .to_owned(),
        )
    }
}

/// A window moves over the votes in the order of time; crowded windows that share votes are one burst.
fn bursts(votes: &[(CastTime, RegisterRow<'_>)], seconds: u32, at_most: u64) -> Vec<Burst> {
    let mut bursts: Vec<Burst> = Vec::new();
    let mut start = 0_usize;
    let mut within = 0_u64;
    for (at, (time, row)) in votes.iter().enumerate() {
        within = within.saturating_add(row.count());
        while let Some((first, leaving)) = votes.get(start)
            && time.seconds().saturating_sub(first.seconds()) >= i64::from(seconds)
        {
            within = within.saturating_sub(leaving.count());
            start = start.saturating_add(1);
        }
        if within <= at_most {
            continue;
        }
        let end = at.saturating_add(1);
        match bursts.last_mut().filter(|burst| burst.end > start) {
            Some(burst) => {
                burst.end = end;
                burst.peak = burst.peak.max(within);
            }
            None => bursts.push(Burst {
                start,
                end,
                peak: within,
            }),
        }
    }
    bursts
}
