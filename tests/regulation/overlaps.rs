//! Pots that overlap, and pots that are taken apart and put together: nothing is paid twice, no cent is lost.

use proptest::prelude::*;
use proptest::sample::select;
use quartier::election::{Ballot, BallotKind, Election, Money, Project};

use crate::helpers::{area, closes, edition, law, leftovers, vote};
use crate::properties::{AREAS, IDS, Rules, cases, rules, town, won};

proptest! {
    #![proptest_config(cases())]

    /// F37: every project may be paid by the city's pot, and local ones by those of their quartiers too. Who is funded
    /// receives its cost once, from the city or from its quartiers, and never from both.
    #[test]
    fn f37_nothing_is_financed_twice_where_pots_overlap(town in town(), rules in rules()) {
        // No partial awards, and nobody claims.
        let method = if rules.method == 2 { 0 } else { rules.method };
        let rules = Rules { pots: 2, method, claims: Vec::new(), ..rules };
        let edition = edition(&rules.text(1), &town.election(1), &[]);
        for (at, (cost, areas, _)) in town.projects.iter().enumerate() {
            let own: Vec<&str> = edition.awards.iter().filter(|paid| paid.project == IDS[at]).map(|paid| paid.pot.as_str()).collect();
            prop_assert_eq!(own.is_empty(), !won(&edition, at));
            if own.is_empty() {
                continue;
            }
            prop_assert_eq!(edition.received(IDS[at]), Money::from(*cost));
            let mut quartiers: Vec<String> = areas.iter().map(|&area| format!("q/{}", AREAS[area])).collect();
            // A part of nothing is no payment: one euro is not shared by two.
            quartiers.retain(|pot| own.contains(&pot.as_str()) || *cost >= 2);
            prop_assert!(own == ["city"] || own == quartiers, "{:?} for {:?}", own, areas);
        }
        prop_assert!(closes(&edition));
    }

    /// A pot that is split between quartiers by any numbers, at any granularity, holds the same in all its parts
    /// together; and what they leave, put together again, is the whole.
    #[test]
    fn splitting_a_pot_between_quartiers_and_merging_it_again_loses_no_cent(
        cents in 1_i128..100_000, people in prop::collection::vec(1_u32..1_000, 1..=3),
        granularity in select(vec!["0.01", "1", "7"]),
    ) {
        let amount = Money::from_ten_thousandths(cents * 100).unwrap();
        let mut builder = Election::builder().budget(1).kind(BallotKind::Approval);
        for (id, people) in AREAS.iter().zip(&people) {
            builder = builder.area(area(id, *people));
        }
        // Only the city's project is voted on, and nobody can pay for it.
        let election = builder.project(Project::new("far", 1_000_000)).ballots(Ballot::approval(["far"]), 1).build().unwrap();
        let pots = format!("[[pot]]\nid = \"q\"\nsplit = {{ amount = \"{amount}\", by = \"population\" }}\nholds = \"local\"\n\
            [[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"city-wide\"\n");
        let merge = leftovers("", "pot:city").replace("mode =", "pots = [\"q\"]\nmode =");
        let text = law("1001", "", &[pots, vote("\"q\", \"city\""), merge].concat());
        let text = text.replacen("granularity = \"1\"", &format!("granularity = \"{granularity}\""), 1);
        let edition = edition(&text, &election, &[]);
        let parts = edition.pots.iter().filter(|pot| pot.pot.starts_with("q/"));
        prop_assert_eq!(parts.clone().count(), people.len());
        prop_assert_eq!(Money::checked_sum(parts.map(|pot| pot.opened)), Some(amount));
        let city = edition.pot("city").unwrap();
        prop_assert_eq!((city.moved_in, city.left), (amount, Money::from(1_001)));
        prop_assert!(closes(&edition));
    }
}
