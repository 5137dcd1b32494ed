//! F24, F27 and F38: the largest amounts, the limits, and amounts below zero.

use std::fmt::Write as _;

use quartier::election::Money;
use quartier::pabulib::{ReadLimits, ReadOptions, read};

use crate::helpers::{refused, with_cost, with_vote};
use crate::pabulib_common::{codes, file, strict_codes};

#[test]
fn f24_the_largest_amounts_and_sums() {
    let cost = "1000000000000000000000000";
    let mut projects = String::from("project_id;cost");
    for id in 0..1_000 {
        _ = write!(projects, "\n{id};{cost}");
    }
    let document = read(
        &file(
            "vote_type;approval\nmax_sum_cost;5",
            &projects,
            "voter_id;vote\n1;1,2,3",
        ),
        &ReadOptions::strict(),
    )
    .unwrap();
    assert_eq!(document.warnings().len(), 1);
    assert!(document.election().instance().total_cost() > Money::MAX);
    for number in [
        "9223372036854775808",
        "18446744073709551616",
        "170141183460469231731687303715884105728",
    ] {
        assert!(
            !strict_codes(&with_cost("60").replace("num_votes;2", &format!("num_votes;{number}")))
                .is_empty()
        );
        assert!(
            !strict_codes(&file(
                "vote_type;scoring",
                "project_id;cost\n1;6",
                &format!("voter_id;vote;points\n1;1;{number}")
            ))
            .is_empty()
        );
    }
    let most = "1000000000000";
    refused(
        "points",
        &file(
            "vote_type;scoring",
            "project_id;cost\n1;6",
            &format!("voter_id;vote;points\n1;1,1;{most},{most}"),
        ),
        "too-many-points",
    );
}

#[test]
fn f27_more_than_the_limits() {
    let limits = ReadLimits::new().max_marks(1_000).max_line_bytes(10_000);
    let many = (0..1_001)
        .map(|id| id.to_string())
        .collect::<Vec<_>>()
        .join(",");
    let code = |text: &str| codes(&read(text, &ReadOptions::lenient().limits(limits)).unwrap_err());
    assert_eq!(code(&with_vote(&many)), ["limit-exceeded"]);
    assert_eq!(
        code(&with_vote(&"1".repeat(20_000))),
        ["count-mismatch", "limit-exceeded"]
    );
    assert!(code(&with_vote(&";".repeat(9_000))).contains(&"row-width"));
    let digits = "9".repeat(5_000);
    assert_eq!(code(&with_cost(&digits)), ["limit-exceeded"]);
    // A million bad marks are counted, not kept.
    let unknown = vec!["z"; 200_000].join(",");
    let wide = ReadLimits::new().max_marks(1_000_000);
    let found = read(&with_vote(&unknown), &ReadOptions::lenient().limits(wide)).unwrap_err();
    assert_eq!((found.len(), found.error_count()), (200, 200_000));
}

#[test]
fn f38_negative_and_zero_costs() {
    refused("negative", &with_cost("-90"), "bad-amount");
    assert_eq!(strict_codes(&with_cost("0")), ["zero-cost"]);
    assert_eq!(strict_codes(&with_cost("0.0000")), ["zero-cost"]);
    let document = read(&with_cost("0"), &ReadOptions::lenient()).unwrap();
    assert_eq!(codes(document.warnings()), ["zero-cost"]);
    read(&with_cost("0.0001"), &ReadOptions::strict()).unwrap();
}
