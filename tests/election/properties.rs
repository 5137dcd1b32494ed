//! What holds of every election: serde, digest, indices, amounts.

use proptest::prelude::*;
use quartier::election::{
    BallotKind, BallotView, Election, ExclusiveGroup, Instance, Money, ZeroCost,
};

use crate::common::strategies::{Extras, KINDS, elections, permutation};
use crate::common::{cases, ratio};
use crate::helpers::with_voters;

proptest! {
    #![proptest_config(cases(500))]

    /// What is written is read again as the same election, for every kind of ballot, weights included.
    #[test]
    fn serde_round_trip(case in elections(&KINDS, Extras::ALL)) {
        let election = case.election();
        let text = serde_json::to_string(&election).unwrap();
        let read: Election = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &election);
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
        prop_assert_eq!(read.digest(), election.digest());
    }

    /// With a voter table too, in whatever order the voters came.
    #[test]
    fn serde_round_trip_with_voters(case in elections(&KINDS, Extras { weights: false, ..Extras::ALL }), keys in prop::collection::vec(any::<u8>(), 18)) {
        let election = with_voters(&case.election(), &keys);
        let text = serde_json::to_string(&election).unwrap();
        let read: Election = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &election);
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }

    /// The digest does not depend on the order of a file, positions in the published list included.
    #[test]
    fn digest_ignores_the_order_of_a_file(case in elections(&KINDS, Extras::ALL), keys in prop::collection::vec(any::<u8>(), 6)) {
        let election = |order: &[usize]| {
            let projects = case.election().instance().projects().to_vec();
            let instance = Instance::builder().budget(1).zero_cost(ZeroCost::Allowed).group(ExclusiveGroup::new("group-0", 1)).group(ExclusiveGroup::new("group-1", 1));
            let instance = order.iter().fold(instance, |instance, &at| {
                let mut project = projects[at].clone();
                project.position = None;
                instance.project(project)
            });
            Election::builder().instance(instance).build().unwrap().digest()
        };
        let order: Vec<usize> = (0..case.projects.len()).collect();
        prop_assert_eq!(election(&order), election(&permutation(&keys, case.projects.len())));
    }

    /// Rows are in canonical form, and both indices say the same.
    #[test]
    fn indices_agree(case in elections(&KINDS, Extras::ALL)) {
        let election = case.election();
        let (instance, profile) = (election.instance(), election.profile());
        prop_assert!(instance.projects().windows(2).all(|pair| pair[0].id < pair[1].id));
        for project in instance.project_indices() {
            prop_assert_eq!(instance.find(instance.id_of(project)), Some(project));
            let forwards: Vec<_> = profile.ballot_indices().flat_map(|ballot| {
                profile.ballot(ballot).unwrap().entries().filter(move |entry| entry.project == project).map(move |entry| (ballot, entry.weight))
            }).collect();
            prop_assert_eq!(profile.supporters().of_project(project).collect::<Vec<_>>(), forwards);
        }
        prop_assert_eq!(profile.ballots().map(BallotView::count).sum::<u64>(), case.voter_count());
        prop_assert_eq!(profile.voters(), case.voter_count());
        prop_assert_eq!(profile.ballots().map(BallotView::len).sum::<usize>(), profile.marks());
    }

    /// `as_approval` keeps who is named, and its map leads every ballot to what it became.
    #[test]
    fn as_approval_keeps_the_named(case in elections(&KINDS, Extras::ALL)) {
        let election = case.election();
        let (approval, map) = election.profile().as_approval();
        prop_assert_eq!(approval.voters(), election.profile().voters());
        prop_assert_eq!(map.len(), election.profile().len());
        for (old, new) in election.profile().ballots().zip(&map) {
            let mut named: Vec<usize> = old.entries().filter(|entry| case.kind != BallotKind::Signed || entry.weight > 0).map(|entry| entry.project.index()).collect();
            named.sort_unstable();
            let became: Vec<usize> = approval.ballot(*new).unwrap().entries().map(|entry| entry.project.index()).collect();
            prop_assert_eq!(became, named);
        }
        prop_assert_eq!(approval.mentions(), election.profile().mentions());
    }

    /// Amounts: text and back, and text is the shortest.
    #[test]
    fn money_text_round_trips(parts in 0_i128..=10_i128.pow(28)) {
        let amount = Money::from_ten_thousandths(parts).unwrap();
        prop_assert_eq!(amount.to_string().parse::<Money>().unwrap(), amount);
        prop_assert_eq!(amount.to_ratio(), ratio(parts, 10_000));
        prop_assert!(!amount.to_string().contains('.') || !amount.to_string().ends_with('0'));
    }
}
