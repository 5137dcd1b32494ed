//! A small city and its votes.

use quartier::election::{Aggregate, Area, Instance};
use quartier::exact::Ratio;
use quartier::tally::{
    Anomaly, AnomalyCheck, AnomalyReport, BallotRules, CastVote, Content, Eligible, Intake, Place,
    Tally,
};

/// One vote, as a file would have it.
#[derive(Debug, Clone)]
pub(crate) struct Vote {
    pub(crate) line: u64,
    pub(crate) voter: String,
    pub(crate) channel: &'static str,
    pub(crate) area: &'static str,
    pub(crate) station: &'static str,
    pub(crate) time: String,
    pub(crate) text: String,
    pub(crate) eligible: bool,
    pub(crate) cells: Vec<String>,
}

/// An anonymous vote on paper.
pub(crate) fn vote(text: &str) -> Vote {
    Vote {
        line: 0,
        voter: String::new(),
        channel: "paper",
        area: "",
        station: "",
        time: String::new(),
        text: text.to_owned(),
        eligible: true,
        cells: Vec::new(),
    }
}

impl Vote {
    pub(crate) fn by(self, channel: &'static str) -> Vote {
        Vote { channel, ..self }
    }
    pub(crate) fn at(self, station: &'static str) -> Vote {
        Vote { station, ..self }
    }
    pub(crate) fn living_in(self, area: &'static str) -> Vote {
        Vote { area, ..self }
    }
    pub(crate) fn of(self, voter: impl Into<String>) -> Vote {
        Vote {
            voter: voter.into(),
            ..self
        }
    }
    pub(crate) fn when(self, time: impl Into<String>) -> Vote {
        Vote {
            time: time.into(),
            ..self
        }
    }
    pub(crate) fn with(self, cells: &[&str]) -> Vote {
        Vote {
            cells: cells.iter().map(|&cell| cell.to_owned()).collect(),
            ..self
        }
    }
}

/// Two quartiers, four projects.
pub(crate) fn city() -> Instance {
    Instance::builder()
        .budget(100)
        .project(("gym", 50))
        .project(("park", 60))
        .project(("pool", 70))
        .project(("tree", 10))
        .area(
            Area::new("north")
                .attribute("registered", 10.into())
                .attribute("population", 20.into()),
        )
        .area(Area::new("south").attribute("registered", 4.into()))
        .build()
        .unwrap()
}

pub(crate) const RULES: &str = "form=approval,min=1,max=4,invalid=void,duplicates=first,blank-ballots-count=false,channels=internet:binding;paper:binding;opinion:consultative";

/// The votes of one source, its lines numbered from 2 where the votes do not say.
pub(crate) fn tally_of(
    instance: &Instance,
    rules: &str,
    columns: &[&str],
    votes: &[Vote],
    totals: &[Aggregate],
) -> Tally {
    let rules: BallotRules = rules.parse().unwrap();
    let mut intake = Intake::new(instance, &rules).unwrap();
    let source = intake.source("votes.csv", columns);
    for (line, vote) in (2..).zip(votes) {
        let cells: Vec<&str> = vote.cells.iter().map(String::as_str).collect();
        intake.cast(&CastVote {
            place: Place {
                source,
                line: if vote.line == 0 { line } else { vote.line },
                column: 1,
            },
            voter: &vote.voter,
            channel: vote.channel,
            area: vote.area,
            station: vote.station,
            time: &vote.time,
            eligible: if vote.eligible {
                Eligible::Yes
            } else {
                Eligible::No("not on the roll")
            },
            attributes: &cells,
            ..CastVote::new(Content::Text(&vote.text))
        });
    }
    for aggregate in totals {
        intake.aggregate(aggregate.clone());
    }
    intake.close().unwrap()
}

pub(crate) fn tally(votes: &[Vote]) -> Tally {
    tally_of(&city(), RULES, &[], votes, &[])
}

pub(crate) fn found(tally: &Tally, check: AnomalyCheck) -> Vec<Anomaly> {
    let report = AnomalyReport::of(tally, &[check]);
    assert_eq!(report.not_checked, [], "the check could not be made");
    report.findings
}

/// Why a check could not be made.
pub(crate) fn refusal(tally: &Tally, check: AnomalyCheck) -> String {
    let mut report = AnomalyReport::of(tally, &[check]);
    assert!(
        report.findings.is_empty() && !report.is_empty(),
        "{report:?}"
    );
    report.not_checked.pop().unwrap().why
}

pub(crate) fn ratio(text: &str) -> Ratio {
    text.parse().unwrap()
}
