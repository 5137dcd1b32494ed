//! Regulations and elections in short form.

use quartier::election::{
    Area, Ballot, Election, ElectionBuilder, Money, Project, ProposerKind, Verdict,
};
use quartier::exact::Ratio;
use quartier::law::{Document, Faults};
use quartier::record::Decision;
use quartier::regulation::{Applied, Edition, Regulation};

/// The contract's example.
pub(crate) const EXAMPLE: &str = include_str!("../../examples/regulations/example-2018.toml");

pub(crate) fn document(text: &str) -> Document {
    toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub(crate) fn read(text: &str) -> Regulation {
    Regulation::read(&document(text)).unwrap_or_else(|faults| panic!("{faults}\n{text}"))
}

pub(crate) fn faults(text: &str) -> Faults {
    Regulation::read(&document(text)).unwrap_err()
}

/// The paths and codes of all faults.
pub(crate) fn found(faults: &Faults) -> Vec<(&str, &str)> {
    faults
        .iter()
        .map(|fault| (fault.path.as_str(), fault.kind.code()))
        .collect()
}

/// A project that meets the conditions of the example.
pub(crate) fn project(id: &str, cost: u32) -> Project {
    Project::new(id, cost)
        .proposed_by(ProposerKind::Resident)
        .delivered_within(24)
        .attested("general-interest", Verdict::Pass)
        .attested("feasible", Verdict::Pass)
}

pub(crate) fn area(id: &str, population: u32) -> Area {
    Area::new(id).attribute("population", Ratio::from(population))
}

/// The edition, which must be decided.
pub(crate) fn edition(regulation: &str, election: &Election, decisions: &[Decision]) -> Edition {
    match read(regulation).apply(election, decisions) {
        Ok(Applied::Decided(edition)) => *edition,
        other => panic!("{other:?}"),
    }
}

/// Approval ballots, each as often as said.
pub(crate) fn approvals(builder: ElectionBuilder, ballots: &[(u64, &[&str])]) -> ElectionBuilder {
    ballots.iter().fold(builder, |builder, (times, ids)| {
        builder.ballots(Ballot::approval(ids.iter().copied()), *times)
    })
}

pub(crate) fn money(units: u32) -> Money {
    Money::from(units)
}

/// What projects receive, in the order of payment.
pub(crate) fn paid(edition: &Edition) -> Vec<(&str, String, &str)> {
    edition
        .awards
        .iter()
        .map(|paid| {
            (
                paid.project.as_str(),
                paid.amount.to_string(),
                paid.pot.as_str(),
            )
        })
        .collect()
}

/// *Opened + carried in = funded + operation + carried + returned + held*, from the report alone.
pub(crate) fn closes(edition: &Edition) -> bool {
    let envelope = &edition.envelope;
    let came = Money::checked_sum([envelope.voted, envelope.extra, envelope.carried_in]);
    let went = Money::checked_sum([
        envelope.funded,
        envelope.operation,
        envelope.carried,
        envelope.returned,
        envelope.held,
    ]);
    came == went
}
