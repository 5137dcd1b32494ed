//! Equal Shares on all elections of the archive of up to 2,000 distinct ballots, against a naive count.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should stop"
)]

#[path = "reference/classes/mod.rs"]
mod classes;
#[path = "common/shared.rs"]
mod shared;

use quartier::count::Count;
use quartier::election::Utility;
use quartier::pabulib::{ReadOptions, VoterTable, read_bytes};
use quartier::rules::Plan;
use rayon::prelude::*;

#[test]
fn equal_shares_agrees_with_a_naive_count() {
    let Some(shared) = shared::folder() else {
        return;
    };
    let mut files: Vec<_> = std::fs::read_dir(shared.join("pabulib"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "pb"));
    files.sort();
    let compared: Vec<usize> = files
        .par_iter()
        .map(|path| {
            let options = ReadOptions::lenient().voters(VoterTable::Drop);
            let document = read_bytes(&std::fs::read(path).unwrap(), &options).unwrap();
            let election = document.election();
            if election.profile().len() > 2_000 {
                return 0;
            }
            let utilities = [
                Utility::Cost,
                Utility::Cardinality,
                Utility::Points,
                Utility::Borda,
            ];
            let read = utilities
                .into_iter()
                .filter(|utility| utility.reads(election.profile().kind()));
            read.map(|utility| {
                let plan: Plan = format!("equal-shares:utility={utility}").parse().unwrap();
                let counted = Count::of(election, &plan)
                    .ties("id".parse().unwrap())
                    .run()
                    .unwrap();
                let winners = &counted.outcome().unwrap().winners;
                assert_eq!(
                    *winners,
                    classes::count(election, utility).winners,
                    "{} {utility}",
                    path.display()
                );
            })
            .count()
        })
        .collect();
    let elections = compared.iter().filter(|&&number| number > 0).count();
    let counts: usize = compared.iter().sum();
    println!("Equal Shares: {counts} counts of {elections} elections, the same as a naive count");
    assert!(elections >= 600, "only {elections} elections");
}
