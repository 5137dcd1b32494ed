//! Stations and totals whose figures are odd.

use std::collections::BTreeSet;

use crate::exact::Ratio;
use crate::tally::{Counts, Tally};

use super::check::{FormerFigure, FormerKind};
use super::finding::{Anomaly, AnomalyCode, AnomalyPlace, Group};
use super::report::Found;

fn place(channel: &str, station: &str) -> AnomalyPlace {
    AnomalyPlace {
        channel: Some(channel.to_owned()),
        station: Some(station.to_owned()),
        ..AnomalyPlace::default()
    }
}

/// So many votes, of which the ledger does not know the rows.
fn votes(votes: u64) -> Group {
    Group {
        votes,
        examples: Vec::new(),
    }
}

pub(super) fn empty(tally: &Tally, expected: &[(String, String)]) -> Vec<Anomaly> {
    let stations = tally.ledger().by_station();
    let expected = expected.iter().filter(|key| !stations.contains_key(key));
    let absent: BTreeSet<&(String, String)> = expected.collect();
    let barren = stations.iter().filter(|(_, counts)| counts.accepted == 0);
    let found = absent.into_iter().map(|key| (key, 0));
    let found = found.chain(barren.map(|(key, counts)| (key, counts.received)));
    found
        .map(|((channel, station), received)| {
            let code = AnomalyCode::EmptyStation;
            Anomaly::new(code, place(channel, station), 0_u64, 1_u64, votes(received))
        })
        .collect()
}

pub(super) fn round(tally: &Tally, multiple_of: u64) -> Found {
    if multiple_of < 2 {
        return Err(format!(
            "every number is a multiple of {multiple_of}: ask for multiples of 2 or more, such as 100"
        ));
    }
    let stations = tally.ledger().by_station();
    let round = stations
        .into_iter()
        .filter_map(|((channel, station), counts)| {
            let received = counts.received;
            let is_round = received > 0 && received.is_multiple_of(multiple_of);
            is_round.then(|| {
                let place = place(&channel, &station);
                let code = AnomalyCode::RoundFigure;
                Anomaly::new(code, place, received, multiple_of, votes(received))
            })
        });
    Ok(round.collect())
}

fn figure(kind: FormerKind, counts: &Counts) -> (u64, &'static str) {
    match kind {
        FormerKind::Received => (counts.received, "received"),
        FormerKind::Accepted => (counts.accepted, "accepted"),
        FormerKind::Blank => (counts.blank, "blank"),
        FormerKind::Void => (counts.voids(), "void"),
        FormerKind::Superseded => (counts.superseded, "superseded"),
        FormerKind::Duplicate => (counts.duplicate, "duplicate"),
        FormerKind::Ineligible => (counts.ineligible, "ineligible"),
    }
}

pub(super) fn former(tally: &Tally, former: &[FormerFigure], change_at_most: &Ratio) -> Found {
    if change_at_most.is_negative() {
        return Err("a change is at least 0: give the largest one that is not shown".to_owned());
    }
    let found = former.iter().filter_map(|then| {
        let counts = tally.ledger().sum(|cell| {
            let fits = |asked: &Option<String>, found: &str| {
                asked.as_deref().is_none_or(|asked| asked == found)
            };
            fits(&then.channel, &cell.channel) && fits(&then.area, &cell.area)
        });
        let (now, name) = figure(then.figure, &counts);
        let before = Ratio::from(then.votes);
        let change = &before * change_at_most;
        let value = Ratio::from(now);
        let limit = if value > &before + &change {
            before + change
        } else if value < &before - &change {
            before - change
        } else {
            return None;
        };
        let place = AnomalyPlace {
            channel: then.channel.clone(),
            area: then.area.clone(),
            what: Some(name.to_owned()),
            ..AnomalyPlace::default()
        };
        let code = AnomalyCode::FormerEdition;
        Some(Anomaly::new(code, place, value, limit, votes(now)))
    });
    Ok(found.collect())
}
