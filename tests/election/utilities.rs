//! Utilities, each by hand.

use quartier::election::{
    Ballot, BallotKind, Election, ElectionBuilder, Stance, Utility, UtilityError,
};
use quartier::exact::{Ratio, fixed};

use crate::common::strategies::KINDS;
use crate::common::{SCALE, ratio};

/// All fifteen utilities on one election, by hand. Costs a 4, b 9, c 16 within 20.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn every_utility_by_hand() {
    let base = || {
        Election::builder()
            .budget(20)
            .project(("a", 4))
            .project(("b", 9))
            .project(("c", 16))
    };
    let approval = base()
        .ballots(Ballot::approval(["a", "b"]), 2)
        .ballot(Ballot::approval(["a", "b", "c"]))
        .ballot(Ballot::approval(["c"]))
        .build()
        .unwrap();
    let ranked = base()
        .ballots(Ballot::ranked(["c", "a"]), 2)
        .ballot(Ballot::Ranked(vec![
            vec!["a".into(), "b".into()],
            vec!["c".into()],
        ]))
        .build()
        .unwrap();
    let points = base()
        .ballots(Ballot::points([("a", 5), ("b", 3)]), 2)
        .ballot(Ballot::points([("b", 2), ("c", 4)]))
        .build()
        .unwrap();
    let ln = |cost: i32| fixed::ln_1p(&Ratio::from(cost)).unwrap();
    let thirds = |utility: Utility, expected: [Ratio; 3]| {
        let election = match utility {
            Utility::Borda | Utility::ArchiveBorda => &ranked,
            Utility::Points | Utility::RelativePoints => &points,
            _ => &approval,
        };
        assert_eq!(
            utility.additive(election).unwrap().totals(election),
            expected,
            "{utility}"
        );
    };
    thirds(Utility::Cost, [12, 27, 32].map(Ratio::from));
    thirds(Utility::Cardinality, [3, 3, 2].map(Ratio::from));
    thirds(Utility::Effort, [4, 9, 16].map(Ratio::from));
    thirds(Utility::Points, [10, 8, 4].map(Ratio::from));
    // Two voters: c 1, a 0; one voter: a and b share places 0 and 1 (2 and 1), c 0.
    thirds(Utility::Borda, [ratio(3, 2), ratio(3, 2), ratio(2, 1)]);
    // Two voters: c 2, a 1; one voter: a and b share 3 and 2, c 1.
    thirds(
        Utility::ArchiveBorda,
        [ratio(2, 1) + ratio(5, 2), ratio(5, 2), ratio(5, 1)],
    );
    // The best the budget can buy: {a, b} 13; of {a, b, c} it is {a, c} 20; {c} 16.
    thirds(
        Utility::RelativeCost,
        [
            ratio(8, 13) + ratio(4, 20),
            ratio(18, 13) + ratio(9, 20),
            ratio(16, 20) + ratio(1, 1),
        ],
    );
    thirds(
        Utility::RelativeCostApprox,
        [
            ratio(8, 13) + ratio(4, 20),
            ratio(18, 13) + ratio(9, 20),
            ratio(16, 20) + ratio(1, 1),
        ],
    );
    thirds(
        Utility::RelativeCardinality,
        [ratio(3, 2), ratio(3, 2), ratio(3, 2)],
    );
    // {a, b} 8 points; of b and c (25) only one fits: 4 points.
    thirds(
        Utility::RelativePoints,
        [ratio(10, 8), ratio(6, 8) + ratio(2, 4), ratio(1, 1)],
    );
    thirds(Utility::AdditiveCostSqrt, [6, 9, 8].map(Ratio::from));
    thirds(
        Utility::AdditiveCostLog,
        [ln(4).mul_int(3), ln(9).mul_int(3), ln(16).mul_int(2)],
    );
    let gains = |utility: Utility, expected: [Ratio; 3]| {
        let mut sets = utility.of_sets(&approval).unwrap();
        for (project, expected) in approval.instance().project_indices().zip(expected) {
            assert_eq!(sets.gain(project), expected, "{utility}");
            sets.add(project);
        }
    };
    let root = |cost: i32| fixed::sqrt(&Ratio::from(cost)).unwrap();
    gains(
        Utility::CostSqrt,
        [
            ratio(6, 1),
            (root(13) - ratio(2, 1)).mul_int(3),
            root(29) - root(13) + ratio(4, 1),
        ],
    );
    gains(
        Utility::CostLog,
        [
            ln(4).mul_int(3),
            (ln(13) - ln(4)).mul_int(3),
            ln(29) - ln(13) + ln(16),
        ],
    );
    gains(Utility::ChamberlinCourant, [3, 0, 1].map(Ratio::from));
    let mut best = Utility::ChamberlinCourant.of_sets(&points).unwrap();
    let [a, b, c] = [0, 1, 2].map(|at| points.instance().project_indices().nth(at).unwrap());
    assert_eq!(best.gain(a), 10.into());
    best.add(a);
    assert_eq!(
        (best.gain(b), best.gain(c)),
        (2.into(), 4.into()),
        "the best one counts, not the sum"
    );
    assert_eq!(Utility::ALL.len(), 15);
}

/// A utility that the ballots cannot give is refused by name.
#[test]
fn utilities_refuse_what_ballots_do_not_say() {
    let project = |builder: ElectionBuilder| builder.project(("a", 1)).build().unwrap();
    for kind in KINDS {
        let election = project(Election::builder().budget(1).kind(kind).scale(
            if kind == BallotKind::Grades {
                SCALE.to_vec()
            } else {
                Vec::new()
            },
        ));
        for &utility in Utility::ALL {
            let result = if utility.is_additive() {
                utility.additive(&election).map(|_| ())
            } else {
                utility.of_sets(&election).map(|_| ())
            };
            let expected = if utility.reads(kind) {
                Ok(())
            } else {
                Err(UtilityError::Ballots { utility, kind })
            };
            assert_eq!(result, expected, "{utility} of {kind}");
            assert_eq!(utility.text().parse::<Utility>(), Ok(utility));
        }
    }
    assert!(matches!(
        "costs".parse::<Utility>(),
        Err(UtilityError::Unknown { .. })
    ));
}

/// Signed ballots name the projects they are for, in votes as in utilities.
#[test]
fn against_is_no_support() {
    let election = Election::builder()
        .budget(9)
        .project(("a", 1))
        .project(("b", 1))
        .ballots(
            Ballot::signed([("a", Stance::Against), ("b", Stance::For)]),
            3,
        )
        .build()
        .unwrap();
    assert_eq!(election.profile().mentions(), [0, 3]);
    for &utility in Utility::ALL
        .iter()
        .filter(|utility| utility.reads(BallotKind::Signed) && utility.is_additive())
    {
        assert_eq!(
            utility.additive(&election).unwrap().totals(&election)[0],
            Ratio::ZERO,
            "{utility}"
        );
    }
}
