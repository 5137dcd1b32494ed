//! Money at its limits, and points with decimals.

use quartier::election::{Ballot, Election, Money, Points, Problem, Utility};

use crate::common::{money, ratio};

#[test]
fn money_at_its_limits() {
    let largest = "1000000000000000000000000";
    assert_eq!(money(largest), Money::MAX);
    for text in [
        "1000000000000000000000000.0001",
        "1000000000000000000000001",
        "0.00001",
    ] {
        assert!(text.parse::<Money>().is_err(), "{text}");
    }
    assert_eq!(Money::from_ten_thousandths(10_i128.pow(28) + 1), None);
    let many = Money::checked_sum(std::iter::repeat_n(Money::MAX, 10_000)).unwrap();
    assert_eq!(many.ten_thousandths(), 10_i128.pow(32));
    assert_eq!(Money::from(u64::MAX).to_string(), "18446744073709551615");
    assert_eq!(Money::from(i64::MIN).to_string(), "-9223372036854775808");
    assert_eq!(
        Money::floor_to(&ratio(-1, 3), money("1"))
            .unwrap()
            .to_string(),
        "-1",
        "down, not towards zero"
    );
    assert_eq!(serde_json::to_string(&money("0.10")).unwrap(), "\"0.1\"");
    assert_eq!(
        format!("{:>8}|{:<6}|", money("1.5"), money("2")),
        "     1.5|2     |"
    );
}

#[test]
fn points_keep_their_decimals() {
    let election = Election::builder()
        .budget(9)
        .project(("a", 1))
        .ballot(Ballot::Points(vec![(
            "a".into(),
            "0.000001".parse::<Points>().unwrap(),
        )]))
        .build()
        .unwrap();
    assert_eq!(
        Utility::Points
            .additive(&election)
            .unwrap()
            .totals(&election),
        [ratio(1, 1_000_000)]
    );
    assert!(serde_json::from_str::<Points>("3").is_err(), "as text only");
    let problem = Problem::NoBudget;
    assert_eq!(
        problem.to_string(),
        "no budget was given: say how much money there is, even if it is 0"
    );
}
