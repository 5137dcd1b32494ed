//! F27, F28 and cancelling: every count ends, and ends in time.

use quartier::count::{Cancel, Count, CountError};
use quartier::election::{Ballot, Election, Money, Utility, UtilityError};

use crate::common::{decided, money, outcome, plan};
use crate::helpers::{RULES, big, count, of};

#[test]
fn f27_the_work_budget_is_kept() {
    let projects: Vec<(String, Money)> = (0..40)
        .map(|number| (format!("p{number}"), Money::from(number % 7 + 1)))
        .collect();
    let builder = projects
        .iter()
        .fold(Election::builder().budget(30), |builder, project| {
            builder.project(project.clone())
        });
    let election = builder
        .ballots(
            Ballot::approval(projects.iter().step_by(3).map(|(id, _)| id.clone())),
            9,
        )
        .build()
        .unwrap();
    for rule in RULES {
        let plan = plan(rule);
        let run = |steps: u64| {
            Count::of(&election, &plan)
                .ties("id".parse().unwrap())
                .work(steps)
                .run()
        };
        assert_eq!(
            run(0),
            Err(CountError::WorkExhausted { limit: 0 }),
            "{rule}"
        );
        let needed = (0..60)
            .map(|power| 1_u64 << power)
            .find(|&steps| run(steps).is_ok())
            .unwrap();
        assert!(needed < 10_000, "{rule} needs {needed} steps");
        assert_eq!(
            decided(&run(needed).unwrap()),
            outcome(&election, rule, "id"),
            "{rule}"
        );
    }
}

/// The exact divisor of a relative utility is a knapsack: beyond its bound it is refused, never approximated.
#[test]
fn f27_the_best_set_of_one_ballot_is_bounded() {
    let costs: Vec<(String, Money)> = (0..40_u32)
        .map(|number| {
            (
                format!("p{number}"),
                Money::from_ten_thousandths(1_000_003 + (1_i128 << number)).unwrap(),
            )
        })
        .collect();
    let builder = costs.iter().fold(
        Election::builder().budget(money("5000000")),
        |builder, project| builder.project(project.clone()),
    );
    let election = builder
        .ballot(Ballot::approval(costs.iter().map(|(id, _)| id.clone())))
        .build()
        .unwrap();
    let error = count(&election, "greedy-welfare:utility=relative-cost", "id", &[]).unwrap_err();
    assert!(
        matches!(
            error,
            CountError::Utility(UtilityError::TooMuchWork {
                utility: Utility::RelativeCost,
                projects: 40,
                ..
            })
        ),
        "{error:?}"
    );
    assert!(
        count(
            &election,
            "greedy-welfare:utility=relative-cost-approx",
            "id",
            &[]
        )
        .is_ok()
    );
}

/// Unsupported projects whose costs go beyond the budget keep other programs counting for ever.
#[test]
fn f28_no_endless_count() {
    let elections = [
        of("100", &[]).build().unwrap(),
        of("0", &[("a", "1")]).build().unwrap(),
        of("100", &[("a", "60"), ("b", "60"), ("c", "60")])
            .build()
            .unwrap(),
        of("100", &[("a", "60"), ("b", "60"), ("c", "60")])
            .ballots(Ballot::approval(["a"]), 1_000_000_000)
            .build()
            .unwrap(),
        of("100", &[("a", "101"), ("b", "0"), ("c", "0")])
            .ballots(Ballot::approval(["a", "b"]), 3)
            .build()
            .unwrap(),
        of("100", &[("a", "100"), ("b", "0.0001")])
            .ballots(Ballot::approval::<String>([]), 3)
            .build()
            .unwrap(),
    ];
    for election in &elections {
        for rule in RULES {
            let plan = plan(rule);
            let counted = Count::of(election, &plan)
                .ties("id".parse().unwrap())
                .work(10_000)
                .run();
            assert!(counted.is_ok(), "{rule}: {counted:?}");
        }
    }
}

#[test]
fn a_cancelled_count_ends() {
    let election = big(10, 10);
    for rule in RULES {
        let (plan, cancel) = (plan(rule), Cancel::new());
        cancel.cancel();
        assert_eq!(
            Count::of(&election, &plan).cancel(cancel).run(),
            Err(CountError::Cancelled),
            "{rule}"
        );
    }
}
