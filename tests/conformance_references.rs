//! The proportional rules on the smallest elections of the archive, against the references that hold a purse or a load for
//! every single voter.
//!
//! The ballots are read as the projects they name. Elections have at most 80 voters, with `QUARTIER_LONG=1` 150: bounded
//! overspending takes their square in fractions. Maximin support looks at every set of projects, and so at elections of few
//! only. Add-Opt's reference looks at every group of ballots, which no election of the archive is small enough for: Exact
//! Equal Shares is compared without it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod common;
mod reference;
#[path = "common/shared.rs"]
mod shared;

use std::io::Write;

use common::{Case, ProjectCase, QUARTER, VoterCase};
use quartier::count::{Count, Outcome};
use quartier::election::{BallotKind, Election, Money};
use quartier::pabulib::{ReadOptions, VoterTable, read_bytes};
use quartier::rules::Plan;
use reference::State;

/// Every set of so many projects is looked at for maximin support.
const FEW_PROJECTS: usize = 8;

/// The rules of which a reference decides who wins.
const RULES: [&str; 9] = [
    "phragmen:misfit=stop",
    "phragmen:misfit=skip",
    "maximin-support",
    "exact-equal-shares:utility=cost",
    "exact-equal-shares:utility=cardinality",
    "bos:utility=cost",
    "bos:utility=cardinality",
    "bos-plus:utility=cost",
    "bos-plus:utility=cardinality",
];

/// The election in plain numbers, if its amounts are quarters of a unit.
fn plain(election: &Election) -> Option<Case> {
    let instance = election.instance();
    let quarters = |money: Money| {
        let amount = money.ten_thousandths();
        let is_whole = amount % QUARTER == 0;
        u32::try_from(amount / QUARTER).ok().filter(|_| is_whole)
    };
    let project = |money| {
        Some(ProjectCase {
            cost: quarters(money)?,
            filed: None,
            group: None,
            variant_of: None,
            requires: Vec::new(),
        })
    };
    let projects = instance.projects().iter().map(|one| project(one.cost));
    let ballots = election.profile().ballots();
    let voters = ballots.map(|ballot| VoterCase {
        marks: ballot
            .entries()
            .map(|entry| (entry.project.index(), 1))
            .collect(),
        count: ballot.count(),
        class: 0,
    });
    Some(Case {
        kind: BallotKind::Approval,
        budget: quarters(instance.budget())?,
        granularity: None,
        max_length: None,
        projects: projects.collect::<Option<_>>()?,
        groups: Vec::new(),
        voters: voters.collect(),
        endowments: false,
    })
}

fn outcome(election: &Election, rule: &str) -> Outcome {
    let plan: Plan = rule.parse().unwrap();
    let count = Count::of(election, &plan).ties("id".parse().unwrap());
    count.run().unwrap().outcome().unwrap().clone()
}

/// The winners of the reference, in order of selection.
fn slow<'a>(election: &'a Election, case: &Case, rule: &str) -> Vec<&'a str> {
    let mut state = State {
        funded: Vec::new(),
        left: reference::support::quarters(case.budget),
        step: 0,
        reserves: std::collections::BTreeMap::new(),
    };
    match rule.split(':').next().unwrap() {
        "phragmen" => reference::phragmen::run(case, rule, "id", &mut state),
        "maximin-support" => reference::maximin::run(case, "id", &mut state),
        "exact-equal-shares" => reference::ees::run(case, rule, "id", &mut state),
        "bos" => reference::bos::run(case, rule, "id", &mut state),
        _ => reference::bos_plus::run(case, rule, "id", &mut state),
    }
    let projects = election.instance().projects();
    let funded = state.funded.iter();
    funded
        .map(|(project, _)| projects[*project].id.as_str())
        .collect()
}

/// Are the amounts of Fractional Equal Shares the reference's parts of the costs, rounded down to what can be paid?
fn parts_agree(election: &Election, case: &Case, utility: &str) -> bool {
    let outcome = outcome(
        election,
        &format!("fractional-equal-shares:utility={utility}"),
    );
    let unit = Money::from_ten_thousandths(1).unwrap();
    let parts = reference::fractional::fractions(case, utility, "id");
    let mut projects = election.instance().projects().iter().zip(parts);
    projects.all(|(project, part)| {
        let due = Money::floor_to(&(project.cost.to_ratio() * part), unit).unwrap();
        let mut selection = outcome.selection().into_iter();
        let paid = selection.find(|(id, _)| *id == project.id);
        paid.map(|(_, amount)| amount).unwrap_or_default() == due
    })
}

/// What was compared, and what differs.
fn compare(name: &str, election: &Election, case: &Case, differences: &mut Vec<String>) -> usize {
    let mut compared = 0;
    let few = case.projects.len() <= FEW_PROJECTS;
    for rule in RULES {
        if rule == "maximin-support" && !few {
            continue;
        }
        compared += 1;
        let (fast, slow) = (outcome(election, rule).winners, slow(election, case, rule));
        if fast != slow {
            differences.push(format!(
                "{name} {rule}: {fast:?}, by the reference {slow:?}"
            ));
        }
    }
    for utility in ["cost", "cardinality"] {
        compared += 1;
        if !parts_agree(election, case, utility) {
            differences.push(format!("{name} fractional-equal-shares by {utility}"));
        }
    }
    compared
}

#[test]
fn the_smallest_elections_agree_with_a_purse_for_every_voter() {
    let Some(shared) = shared::folder() else {
        return;
    };
    let is_long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    let most = if is_long { 150 } else { 80 };
    let files = std::fs::read_dir(shared.join("pabulib")).unwrap();
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "pb"));
    files.sort();
    let options = ReadOptions::lenient().voters(VoterTable::Drop);
    let elections = files.iter().map(|path| {
        let document = read_bytes(&std::fs::read(path).unwrap(), &options).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, document.election().as_approval())
    });
    let few = elections.filter(|(_, election)| election.profile().voters() <= most);
    let mut few: Vec<(String, Election)> = few.collect();
    few.sort_by_key(|(_, election)| {
        election.profile().voters() * election.profile().marks() as u64
    });
    let (mut elections, mut counts, mut left_out) = (0, 0, Vec::new());
    let (mut out, mut differences) = (std::io::stdout(), Vec::new());
    for (name, election) in &few {
        let Some(case) = plain(election) else {
            left_out.push(name);
            continue;
        };
        elections += 1;
        counts += compare(name, election, &case, &mut differences);
        let differ = differences.len();
        writeln!(
            out,
            "{elections}/{} {name}: {counts} counts so far, {differ} differ",
            few.len()
        )
        .unwrap();
        out.flush().unwrap();
    }
    writeln!(
        out,
        "proportional rules: {counts} counts of {elections} elections of at most {most} voters, {} differ; not in quarters: {left_out:?}",
        differences.len()
    )
    .unwrap();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(elections >= 8, "only {elections} elections");
}
