//! Ballots with something left out, as a share by channel and station.

use std::collections::{BTreeMap, BTreeSet};

use crate::election::ProjectIx;
use crate::exact::Ratio;
use crate::tally::{Disposition, Register, RegisterRow, Tally, VoidReason};

use super::finding::{Anomaly, AnomalyCode, AnomalyPlace, Group, shown};
use super::report::Found;

/// The ballots that were looked at, and those among them that leave something out.
#[derive(Default)]
struct Share {
    all: u64,
    without: Group,
}

/// `leaves_out` says of a ballot whether it leaves something out; `None` if it is not to be looked at.
fn shares(
    register: &Register,
    at_most: &Ratio,
    code: AnomalyCode,
    what: Option<&str>,
    leaves_out: impl Fn(RegisterRow<'_>) -> Option<bool>,
) -> Vec<Anomaly> {
    let mut shares: BTreeMap<(&str, Option<&str>), Share> = BTreeMap::new();
    for row in register.rows() {
        let Some(leaves_out) = leaves_out(row) else {
            continue;
        };
        let station = Some(row.station()).filter(|station| !station.is_empty());
        let whole = (row.channel(), None);
        let places = station.map(|station| (row.channel(), Some(station)));
        for place in std::iter::once(whole).chain(places) {
            let share = shares.entry(place).or_default();
            share.all = share.all.saturating_add(row.count());
            if leaves_out {
                share.without.add(row.number(), row.count());
            }
        }
    }
    let found = shares
        .into_iter()
        .filter_map(|((channel, station), share)| {
            let figure = Ratio::from(share.without.votes).checked_div(&Ratio::from(share.all))?;
            let place = AnomalyPlace {
                channel: Some(channel.to_owned()),
                station: station.map(str::to_owned),
                what: what.map(shown),
                ..AnomalyPlace::default()
            };
            (figure > *at_most)
                .then(|| Anomaly::new(code, place, figure, at_most.clone(), share.without))
        });
    found.collect()
}

pub(super) fn incomplete(register: &Register, marks: u32, at_most: &Ratio) -> Vec<Anomaly> {
    let leaves_out = |row: RegisterRow<'_>| match row.disposition() {
        Disposition::Accepted => {
            Some(u32::try_from(row.entries().len()).is_ok_and(|found| found < marks))
        }
        Disposition::Blank => Some(marks > 0),
        Disposition::Void(VoidReason::TooFew) => Some(true),
        _ => None,
    };
    shares(register, at_most, AnomalyCode::Incomplete, None, leaves_out)
}

pub(super) fn names_none(tally: &Tally, what: &str, projects: &[String], at_most: &Ratio) -> Found {
    let mut asked: BTreeSet<ProjectIx> = BTreeSet::new();
    for id in projects {
        match tally.instance().find(id) {
            Some(project) => asked.insert(project),
            None => {
                return Err(format!(
                    "there is no project `{}`: correct the id",
                    shown(id)
                ));
            }
        };
    }
    if asked.is_empty() {
        return Err(format!(
            "no project is named for `{}`: every ballot leaves out none",
            shown(what)
        ));
    }
    let leaves_out = |row: RegisterRow<'_>| match row.disposition() {
        Disposition::Accepted => {
            let mut entries = row.entries().iter();
            Some(!entries.any(|entry| asked.contains(&entry.project)))
        }
        Disposition::Blank => Some(true),
        _ => None,
    };
    let code = AnomalyCode::NamesNone;
    Ok(shares(
        tally.register(),
        at_most,
        code,
        Some(what),
        leaves_out,
    ))
}
