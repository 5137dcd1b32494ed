//! Every ballot form, with its bounds.

use quartier::tally::Disposition::{self, Accepted, Blank, Void};
use quartier::tally::VoidReason::{
    CostAbove, CostBelow, MalformedMark, PointsOutOfRange, RepeatedProject, SumAbove, SumBelow,
    TiedRanks, TooFew, TooMany, UnknownGrade, UnknownProject,
};

use crate::helpers::fates;

fn check(options: &str, cases: &[(&str, Disposition)]) {
    for &(text, expected) in cases {
        assert_eq!(
            fates(options, "north", &[text]),
            [expected],
            "`{text}` by {options}"
        );
    }
}

#[test]
fn approval_between_min_and_max() {
    check(
        "min=2,max=3",
        &[
            ("", Blank),
            (" , ", Blank),
            ("a1", Void(TooFew)),
            ("a1,b1", Accepted),
            ("a1 b1 c1", Accepted),
            ("a1,a2,b1,c1", Void(TooMany)),
            ("a1,zz", Void(UnknownProject)),
            ("a1,A1", Void(UnknownProject)),
            ("a1,a1", Void(RepeatedProject)),
        ],
    );
}

#[test]
fn choose_one() {
    check(
        "form=choose-one",
        &[("a1", Accepted), ("a1,b1", Void(TooMany)), ("", Blank)],
    );
}

#[test]
fn knapsack_with_a_budget_and_a_minimum_spend() {
    check(
        "form=knapsack,min-cost=50",
        &[
            ("a1,b1", Accepted), // 60 + 40 is the whole budget of 100
            ("a1,b1,c1", Void(CostAbove)),
            ("c1,a2", Accepted), // 50: the bound itself passes
            ("b1", Void(CostBelow)),
        ],
    );
    check(
        "max-cost=50",
        &[("a2,c1", Accepted), ("a1", Void(CostAbove))],
    );
}

#[test]
fn forms_are_combined_by_their_bounds() {
    // Rennes 2021: at most 10 projects and within the envelope.
    check(
        "max=2,max-cost=budget",
        &[("a1,b1", Accepted), ("a2,b1,c1", Void(TooMany))],
    );
}

#[test]
fn points_by_sum_per_project_and_number() {
    check(
        "form=points,max-sum=10,min-sum=5,max-points=6,min-points=1,min=2",
        &[
            ("a1:6,b1:4", Accepted),
            ("a1:5", Void(TooFew)),
            ("a1:6,b1:5", Void(SumAbove)),
            ("a1:7,b1:1", Void(PointsOutOfRange)),
            ("a1:0,b1:5", Void(PointsOutOfRange)),
            ("a1:2,b1:2", Void(SumBelow)),
            ("a1:2.5,b1:2.5", Accepted),
            ("a1,b1:5", Void(MalformedMark)),
            ("a1:2x,b1:5", Void(MalformedMark)),
            ("a1:1e1,b1:5", Void(MalformedMark)),
            ("zz,b1:5", Void(UnknownProject)),
        ],
    );
}

#[test]
fn ranks_exactly_min_and_max() {
    check(
        "form=ranked,exactly=3",
        &[
            ("a1,b1,c1", Accepted),
            ("a1,b1", Void(TooFew)),
            ("a1,a2,b1,c1", Void(TooMany)),
            ("a1=b1,c1", Void(TiedRanks)),
            ("a1,,b1,c1", Accepted), // an empty place: those after it move up
        ],
    );
    check(
        "form=ranked,tied-ranks=allowed,max=3",
        &[
            ("a1=b1,c1", Accepted),
            ("a1=b1=c1", Accepted),
            ("a1=a1", Void(RepeatedProject)),
        ],
    );
}

#[test]
fn grades_of_a_scale() {
    check(
        "form=grades,scale=poor;fair;very good",
        &[
            ("a1:fair,b1:very good", Accepted),
            ("a1:excellent", Void(UnknownGrade)),
            ("a1", Void(MalformedMark)),
            ("", Blank),
        ],
    );
}

#[test]
fn for_and_against() {
    check(
        "form=for-against,max=2",
        &[
            ("+a1,-b1", Accepted),
            ("+a1 -b1", Accepted),
            ("a1", Void(MalformedMark)),
            ("+a1,-a1", Void(RepeatedProject)),
            ("+a1,-b1,+c1", Void(TooMany)),
        ],
    );
}

#[test]
fn a_blank_ballot_breaks_no_lower_bound() {
    check("min=3", &[("", Blank), ("  ", Blank), (",,", Blank)]);
}

#[test]
fn the_bounds_of_the_ballot_are_the_limits_of_the_election() {
    // Borda with a stated maximum: a first place is worth 3 on a short ballot as well.
    let tally = crate::helpers::tally(
        "form=ranked,max=3",
        &[["", "paper", "", "", "a1"], ["", "paper", "", "", "b1,a1"]],
    );
    let election = tally.election().unwrap();
    assert_eq!(election.instance().limits().max_length, Some(3));
    let borda = quartier::tally::Score::Borda.totals(&election).unwrap();
    let expected: Vec<quartier::exact::Ratio> = [5_u32, 0, 3, 0].map(Into::into).to_vec();
    assert_eq!(borda, expected);
}
