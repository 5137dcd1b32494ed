//! What happens to ballots that break the rules: void, truncate, drop the line.

use quartier::tally::Disposition::{Accepted, Void};
use quartier::tally::VoidReason::{
    CostAbove, RepeatedProject, SumAbove, TiedRanks, TooFew, TooMany, UnknownProject,
};

use crate::helpers::{fates, mentions, tally};

/// The fate of one ballot and what is left of it.
fn left(options: &str, text: &str) -> (quartier::tally::Disposition, Vec<u64>, u32) {
    let tally = tally(options, &[["", "paper", "north", "", text]]);
    let row = tally.register().row(0).unwrap();
    (row.disposition(), mentions(&tally), row.dropped())
}

#[test]
fn truncate_keeps_the_first_marks_as_they_were_written() {
    let options = "form=ranked,max=2,invalid=truncate";
    assert_eq!(left(options, "c1,a2,b1"), (Accepted, vec![0, 1, 0, 1], 1));
    assert_eq!(
        left("max-cost=budget,invalid=truncate", "a1,b1,c1"),
        (Accepted, vec![1, 0, 1, 0], 1)
    );
    // A dear project cuts the ballot there; a cheaper one after it does not slip in.
    assert_eq!(
        left("max-cost=70,invalid=truncate", "a2,a1,c1"),
        (Accepted, vec![0, 1, 0, 0], 2)
    );
    assert_eq!(
        left("form=points,max-sum=5,invalid=truncate", "a1:3,b1:3,c1:1"),
        (Accepted, vec![1, 0, 0, 0], 2)
    );
}

#[test]
fn truncate_mends_neither_wrong_marks_nor_too_little() {
    assert_eq!(
        fates("max=2,invalid=truncate", "", &["a1,zz"]),
        [Void(UnknownProject)]
    );
    assert_eq!(
        fates("min=3,max=3,invalid=truncate", "", &["a1,b1"]),
        [Void(TooFew)]
    );
    // The very first mark is too much: nothing is left of the ballot.
    assert_eq!(
        fates("max-cost=10,invalid=truncate", "", &["c1,a2"]),
        [Void(CostAbove)]
    );
    let tied = "form=ranked,max=3,invalid=truncate";
    assert_eq!(fates(tied, "", &["a1=b1"]), [Void(TiedRanks)]);
}

#[test]
fn drop_line_keeps_the_right_marks() {
    let options = "max=2,invalid=drop-line";
    assert_eq!(left(options, "a1,zz,b1"), (Accepted, vec![1, 0, 1, 0], 1));
    assert_eq!(left(options, "a1,a1,b1"), (Accepted, vec![1, 0, 1, 0], 1));
    assert_eq!(fates(options, "", &["a1,b1,c1"]), [Void(TooMany)]);
    // Wrong marks do not take room.
    assert_eq!(
        left(options, "zz,yy,a1,b1"),
        (Accepted, vec![1, 0, 1, 0], 2)
    );
    // Of a ballot of which nothing is left, the first reason stays.
    assert_eq!(fates(options, "", &["zz"]), [Void(UnknownProject)]);
    assert_eq!(
        fates("min=2,invalid=drop-line", "", &["a1,zz"]),
        [Void(TooFew)]
    );
}

#[test]
fn both_policies_together() {
    let options = "max=1,invalid=drop-line;truncate";
    assert_eq!(left(options, "zz,b1,a1"), (Accepted, vec![0, 0, 1, 0], 2));
}

#[test]
fn the_first_fault_names_the_reason() {
    assert_eq!(fates("max=1", "", &["a1,a1,zz"]), [Void(RepeatedProject)]);
    assert_eq!(fates("max=1", "", &["zz,a1,a1"]), [Void(UnknownProject)]);
    assert_eq!(
        fates("form=points,max=1,max-sum=1", "", &["a1:1,b1:1"]),
        [Void(TooMany)]
    );
    assert_eq!(
        fates("form=points,max=2,max-sum=1", "", &["a1:1,b1:1"]),
        [Void(SumAbove)]
    );
}

#[test]
fn a_void_vote_says_where_and_what() {
    let tally = tally("max=3", &[["v", "paper", "north", "", "a1, 0a1 ,b1"]]);
    let trouble = tally.register().row(0).unwrap().trouble().unwrap();
    assert_eq!((trouble.line, trouble.column), (2, 5));
    assert_eq!(
        trouble.to_string(),
        "votes.csv: line 2, column 5: unknown-project (`0a1` is not a project)"
    );
}

#[test]
fn spreadsheet_damage_to_an_id_is_guessed_aloud_and_never_repaired() {
    use quartier::election::Instance;
    use quartier::tally::Intake;
    let instance = Instance::builder()
        .budget(1)
        .project(("007", 1))
        .project(("12", 1))
        .build()
        .unwrap();
    let rules = crate::helpers::rules("");
    let mut intake = Intake::new(&instance, &rules).unwrap();
    intake.cast(&crate::helpers::cast(1, ["", "paper", "", "", "7"]));
    let tally = intake.close().unwrap();
    let row = tally.register().row(0).unwrap();
    assert_eq!(row.disposition(), Void(UnknownProject));
    assert_eq!(
        row.trouble().unwrap().detail,
        "did a spreadsheet change `007` into `7`?"
    );
}

#[test]
fn projects_that_share_a_rank_stay_or_fall_together() {
    let options = "form=ranked,tied-ranks=allowed,max=2,invalid=truncate";
    for text in ["c1,a1=b1", "c1,b1=a1"] {
        assert_eq!(
            left(options, text),
            (Accepted, vec![0, 0, 0, 1], 2),
            "{text}"
        );
    }
    // Nothing is left of a ballot whose first rank is too wide.
    assert_eq!(
        fates(
            "form=ranked,tied-ranks=allowed,max=1,invalid=truncate",
            "",
            &["a1=b1"]
        ),
        [Void(TooMany)]
    );
}

#[test]
fn points_below_zero_need_a_bound_that_says_so() {
    use quartier::tally::VoidReason::PointsOutOfRange;
    let texts = ["a1:-5,b1:5", "b1:5,a1:-5"];
    assert_eq!(
        fates("form=points,max-sum=10", "", &texts),
        [Void(PointsOutOfRange); 2]
    );
    // Then the sum is judged as a whole, so the order of the marks does not decide.
    let below = "form=points,min-points=-5,max-sum=3";
    assert_eq!(fates(below, "", &texts), [Accepted; 2]);
    assert_eq!(
        fates(below, "", &["a1:-1,b1:5", "b1:5,a1:-1"]),
        [Void(SumAbove); 2]
    );
}

#[test]
fn equal_ballots_are_equal_after_a_mark_was_dropped() {
    let votes = [
        ["v", "paper", "", "1", "zz,a1,b1"],
        ["v", "paper", "", "1", "a1,b1"],
    ];
    let tally = tally("form=ranked,invalid=drop-line,duplicates=first", &votes);
    assert_eq!(tally.ledger().total().duplicate, 1);
    let entries = |row| tally.register().row(row).unwrap().entries().to_vec();
    assert_eq!(entries(0), entries(1));
}

#[test]
fn many_marks_and_many_void_votes_take_linear_time() {
    use std::time::{Duration, Instant};
    let begun = Instant::now();
    let long: Vec<String> = (0..50_000).map(|id| format!("x{id}")).collect();
    let long = long.join(",");
    let votes: Vec<_> = (0..20)
        .map(|_| ["", "paper", "", "", long.as_str()])
        .collect();
    assert_eq!(
        tally("invalid=drop-line", &votes).ledger().total().voids(),
        20
    );
    // Quadratic work would take minutes.
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn a_decimal_with_a_comma_is_named() {
    let tally = tally(
        "form=points,invalid=drop-line",
        &[["", "paper", "", "", "a1:2,5"]],
    );
    let trouble = tally.register().row(0).unwrap().trouble().unwrap();
    assert_eq!(
        trouble.detail,
        "is `5` the rest of a decimal? write points with a point, such as 2.5"
    );
}
