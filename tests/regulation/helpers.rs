//! Regulations and elections in short form.

use quartier::election::{Area, Ballot, Election, Money, Project, ProposerKind, Verdict};
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

/// *Opened + carried in + saved = funded + followed + operation + carried + returned + held*, from the report alone.
pub(crate) fn closes(edition: &Edition) -> bool {
    let envelope = &edition.envelope;
    let came = Money::checked_sum([
        envelope.voted,
        envelope.extra,
        envelope.carried_in,
        envelope.saved,
    ]);
    let went = Money::checked_sum([
        envelope.funded,
        envelope.followed,
        envelope.operation,
        envelope.carried,
        envelope.returned,
        envelope.held,
    ]);
    came == went
}

/// A regulation for approval ballots that admits everybody: the money, keys before all tables, and the rest.
pub(crate) fn law(voted: &str, top: &str, rest: &str) -> String {
    format!(
        r#"
name = "Test"
edition = "1"
{top}
[envelope]
base = "1000000"
at-most = "100%"
voted = "{voted}"
currency = "EUR"
granularity = "1"
[eligibility]
proposer = "any"
delivery-months-at-most = "any"
attested = []
on-unknown = "refuse"
[ballot]
form = "approval"
max = 99
invalid = "void"
duplicates = "refuse"
blank-ballots-count = true
channels = {{ internet = "binding" }}
{rest}"#
    )
}

/// One pot for everything.
pub(crate) const CITY: &str = "[[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"all\"\n";

/// A limit without its bounds.
pub(crate) fn limit(per: &str, bound: &str) -> String {
    format!("[[limit]]\nper = \"{per}\"\nholds = \"all\"\n{bound}\nafter-top-up = \"binds\"\n")
}

/// A stage on some pots, with a guarantee as TOML.
pub(crate) fn stage(id: &str, pots: &str, method: &str, guarantee: &str) -> String {
    format!(
        "[[stage]]\nid = \"{id}\"\npots = [{pots}]\n{method}\nties = [\"id\"]\nguarantee = {guarantee}\n"
    )
}

/// The usual stage: by votes, skipping what does not fit.
pub(crate) fn vote(pots: &str) -> String {
    stage("vote", pots, SKIP, "\"none\"")
}

pub(crate) const SKIP: &str = "rule = \"greedy:score=votes,misfit=skip\"";
pub(crate) const STOP: &str = "rule = \"greedy:score=votes,misfit=stop\"";

/// Leftovers of any cause, with claims as TOML.
pub(crate) fn leftovers(claims: &str, rest: &str) -> String {
    format!(
        "[[redistribute]]\nfrom = [\"unspent\", \"stopped\", \"threshold\", \"withdrawn\"]\nmode = \"continue\"\nclaims = [{claims}]\nrest = \"{rest}\"\n"
    )
}

/// Projects as id, cost and areas, each with so many approvals.
pub(crate) fn voted(areas: &[(&str, u32)], projects: &[(&str, u32, &[&str], u64)]) -> Election {
    let mut builder = Election::builder()
        .budget(1)
        .kind(quartier::election::BallotKind::Approval);
    for (id, population) in areas {
        builder = builder.area(area(id, *population));
    }
    for (id, cost, areas, votes) in projects {
        let mut record = Project::new(*id, *cost);
        record.areas = areas.iter().map(|&area| area.to_owned()).collect();
        builder = builder.project(record);
        if *votes > 0 {
            builder = builder.ballots(Ballot::approval([*id]), *votes);
        }
    }
    builder.build().unwrap()
}

/// Who won, in the order of ids.
pub(crate) fn winners(edition: &Edition) -> Vec<&str> {
    let mut winners = edition.winners();
    winners.sort_unstable();
    winners
}

/// The reason code of a project.
pub(crate) fn code<'a>(edition: &'a Edition, project: &str) -> Option<&'a str> {
    edition.refusal(project).map(quartier::record::Reason::code)
}
