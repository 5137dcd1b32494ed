//! Add1 with everything that makes it fast against every increment by itself, on the elections of the archive.
//!
//! One more project that costs nothing and that one ballot names is bought first and changes nothing else, but free projects switch
//! off runs ahead, merged ballots and skipped increments. Both ways must buy the same at the same share.
//!
//! The utility is `cardinality`: with `cost` nobody gains from a free project. Add1 with `cost` is compared with a reference in
//! `conformance_add1.rs`.
//!
//! A third way has two more projects that nobody names and that exclude each other: relations forbid nothing then, and everything is as
//! fast as without.
//!
//! Without `QUARTIER_LONG=1` only the elections that take little time one by one.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should stop"
)]

#[path = "common/shared.rs"]
mod shared;

use quartier::count::{Count, Observer};
use quartier::election::{Ballot, Election, Project, Relation, ZeroCost};
use quartier::pabulib::{ReadOptions, VoterTable, read_bytes};
use quartier::record::{Event, Fact};
use quartier::rules::Plan;
use rayon::prelude::*;

/// At most so many marks in all increments together, unless the run is long.
const SHORT: u64 = 3_000_000;

/// What was bought, with which share, after how many increments, and how many of them were skipped.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    winners: Vec<String>,
    share: String,
    increments: u64,
    skipped: u64,
}

impl Observer for Told {
    fn observe(&mut self, event: &Event<'_>) {
        match event {
            Event::Noted(Fact::Purses { share, increments }) => {
                (self.share, self.increments) = (share.to_string(), *increments);
            }
            Event::Noted(Fact::Answers { skipped, .. }) => self.skipped = *skipped,
            _ => {}
        }
    }
}

fn told(election: &Election, plan: &Plan) -> Told {
    let mut told = Told::default();
    let count = Count::of(election, plan).ties("id".parse().unwrap());
    let counted = count.observe(&mut told).run().unwrap();
    told.winners.clone_from(&counted.outcome().unwrap().winners);
    told
}

const FREE: &str = "~free";

/// The same election with these projects too, all on the first ballot that cost nothing.
fn with(election: &Election, more: Vec<Project>) -> Election {
    let instance = election.instance();
    let builder = Election::builder()
        .budget(instance.budget())
        .zero_cost(ZeroCost::Allowed);
    let builder = instance
        .projects()
        .iter()
        .fold(builder, |builder, project| {
            builder.project((project.id.clone(), project.cost))
        });
    let free = more.iter().find(|project| project.cost.is_zero());
    let mut free = free.map(|project| project.id.clone());
    let builder = more
        .into_iter()
        .fold(builder, quartier::election::ElectionBuilder::project);
    let ballots = election.profile().ballots();
    let builder = ballots.fold(builder, |builder, ballot| {
        let named = ballot.entries().map(|entry| instance.id_of(entry.project));
        let named = named.map(str::to_owned).chain(free.take());
        builder.ballots(Ballot::approval(named), ballot.count())
    });
    builder.build().unwrap()
}

/// Two projects of which only one may be bought.
fn exclusive() -> Vec<Project> {
    let variant = Project::new("~nobody-2", 1);
    let variant = variant.related(Relation::VariantOf("~nobody-1".to_owned()));
    vec![Project::new("~nobody-1", 1), variant]
}

#[test]
fn skipped_increments_change_nothing() {
    let Some(shared) = shared::folder() else {
        return;
    };
    let is_long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    let mut files: Vec<_> = std::fs::read_dir(shared.join("pabulib"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "pb"));
    files.sort();
    let rules = ["add1", "add1-until-exhaustive"];
    let compared = files.par_iter().map(|path| {
        let options = ReadOptions::lenient().voters(VoterTable::Drop);
        let document = read_bytes(&std::fs::read(path).unwrap(), &options).unwrap();
        let election = document.election().as_approval();
        let (mut counts, mut increments, mut skipped) = (0, 0, 0);
        for completion in rules {
            let rule = format!("equal-shares:utility=cardinality,completion={completion}");
            let plan: Plan = rule.parse().unwrap();
            let fast = told(&election, &plan);
            let marks = election.profile().marks() as u64;
            if !is_long && (fast.increments + 1) * marks > SHORT {
                continue;
            }
            let related = told(&with(&election, exclusive()), &plan);
            assert_eq!(fast, related, "{} {completion}", path.display());
            let mut slow = told(&with(&election, vec![Project::new(FREE, 0)]), &plan);
            assert_eq!(slow.skipped, 0, "{}", path.display());
            assert_eq!(slow.winners.remove(0), FREE, "{}", path.display());
            counts += 1;
            (increments, skipped) = (increments + fast.increments, skipped + fast.skipped);
            let fast = Told { skipped: 0, ..fast };
            assert_eq!(fast, slow, "{} {completion}", path.display());
        }
        (counts, increments, skipped)
    });
    let (counts, increments, skipped) =
        compared.reduce(|| (0, 0, 0), |(a, b, c), (d, e, f)| (a + d, b + e, c + f));
    println!("Add1: {counts} counts, {increments} increments, {skipped} of them skipped: the same");
    assert!(counts >= 1_000 && skipped >= 5_000, "{counts}, {skipped}");
}
