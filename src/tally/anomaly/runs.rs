//! The same ballot many times in a row.

use crate::tally::uniqueness::{Equal, EqualBallots};
use crate::tally::{CastTime, Register, RegisterRow};

use super::check::RunOrder;
use super::finding::{Anomaly, AnomalyCode, AnomalyPlace, Group};
use super::report::Found;
use super::timeline::{order, timelines};

pub(super) fn equal(register: &Register, by: RunOrder, at_least: u64) -> Found {
    if at_least < 2 {
        return Err("every vote is a run of 1: ask for runs of 2 or more".to_owned());
    }
    let equals = EqualBallots::of(register);
    match by {
        RunOrder::Line => Ok(by_line(register, &equals, at_least)),
        RunOrder::Time => by_time(register, &equals, at_least),
    }
}

fn by_line(register: &Register, equals: &EqualBallots, at_least: u64) -> Vec<Anomaly> {
    let mut runs = Runs::new(at_least);
    let line = |row: RegisterRow<'_>| format!("line {}", row.place().line);
    let place = |first: RegisterRow<'_>, last: RegisterRow<'_>| AnomalyPlace {
        source: Some(first.source().to_owned()),
        from: Some(line(first)),
        until: Some(line(last)),
        ..AnomalyPlace::default()
    };
    let mut source = None;
    for row in register.rows() {
        if source.replace(row.place().source) != Some(row.place().source) {
            runs.end(place);
        }
        runs.next(row, equals.at(row), place);
    }
    runs.end(place);
    runs.found
}

fn by_time(register: &Register, equals: &EqualBallots, at_least: u64) -> Found {
    let mut runs = Runs::new(at_least);
    let lines = timelines(register);
    if lines.is_empty() {
        return Err("no vote has a time: look at runs by line, or add the times".to_owned());
    }
    let shown = |row: RegisterRow<'_>| row.time().as_ref().map(CastTime::to_string);
    let place = |first: RegisterRow<'_>, last: RegisterRow<'_>| AnomalyPlace {
        channel: Some(first.channel().to_owned()),
        station: Some(first.station().to_owned()),
        from: shown(first),
        until: shown(last),
        ..AnomalyPlace::default()
    };
    for line in lines.into_values() {
        let mut votes: Vec<(CastTime, Equal, RegisterRow<'_>)> = line
            .into_iter()
            .map(|(time, row)| (time, equals.at(row), row))
            .collect();
        // Of votes at one time nobody knows the order: the one of their content does not depend on the file's.
        votes.sort_by(|a, b| order(&a.0, &b.0).then_with(|| a.1.cmp(&b.1)));
        for (_, equal, row) in votes {
            runs.next(row, equal, place);
        }
        runs.end(place);
    }
    Ok(runs.found)
}

/// Follows votes and keeps the runs that are long enough.
struct Runs<'a> {
    at_least: u64,
    current: Option<Run<'a>>,
    found: Vec<Anomaly>,
}

struct Run<'a> {
    equal: Equal,
    first: RegisterRow<'a>,
    last: RegisterRow<'a>,
    group: Group,
}

impl<'a> Runs<'a> {
    fn new(at_least: u64) -> Runs<'a> {
        Runs {
            at_least,
            current: None,
            found: Vec::new(),
        }
    }

    fn next(
        &mut self,
        row: RegisterRow<'a>,
        equal: Equal,
        place: impl Fn(RegisterRow<'a>, RegisterRow<'a>) -> AnomalyPlace,
    ) {
        if row.count() != 1 {
            self.end(place);
            return;
        }
        if let Some(run) = self.current.as_mut().filter(|run| run.equal == equal) {
            run.last = row;
            run.group.add(row.number(), 1);
            return;
        }
        self.end(place);
        let mut group = Group::default();
        group.add(row.number(), 1);
        self.current = Some(Run {
            equal,
            first: row,
            last: row,
            group,
        });
    }

    fn end(&mut self, place: impl Fn(RegisterRow<'a>, RegisterRow<'a>) -> AnomalyPlace) {
        let Some(run) = self.current.take() else {
            return;
        };
        if run.group.votes >= self.at_least {
            self.found.push(Anomaly::new(
                AnomalyCode::EqualRun,
                place(run.first, run.last),
                run.group.votes,
                self.at_least,
                run.group,
            ));
        }
    }
}
