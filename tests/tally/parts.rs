//! Home quartier, elsewhere, themes: parts of a ballot with bounds of their own.

use quartier::tally::Disposition::{self, Accepted, Blank, Void};
use quartier::tally::VoidReason::{OutsideScope, TooFew, TooMany, TooManyAreas, UnknownArea};

use crate::helpers::{fates, mentions, tally};

fn check(options: &str, cases: &[(&str, &str, Disposition)]) {
    for &(area, text, expected) in cases {
        assert_eq!(
            fates(options, area, &[text]),
            [expected],
            "`{text}` of {area} by {options}"
        );
    }
}

#[test]
fn home_only() {
    check(
        "elsewhere.max=0",
        &[
            ("north", "a1,a2,c1", Accepted),
            ("north", "b1", Void(OutsideScope)),
            ("south", "b1,c1", Accepted),
            ("south", "a1", Void(OutsideScope)),
            ("", "a1", Void(UnknownArea)),
            ("atlantis", "a1", Void(UnknownArea)),
            ("atlantis", "", Blank),
        ],
    );
}

#[test]
fn home_and_one_elsewhere() {
    // Budapest VIII: two or three votes at home, one in each other neighbourhood.
    check(
        "home.max=2,elsewhere.max=1",
        &[
            ("north", "a1,a2,b1", Accepted),
            ("south", "a1,a2", Void(TooMany)),
            ("south", "b1,a2", Accepted),
        ],
    );
}

#[test]
fn one_other_district_of_choice() {
    // Madrid: the city and one district.
    check(
        "max-areas=1",
        &[
            ("", "a1,a2,c1", Accepted),
            ("", "a1,b1", Void(TooManyAreas)),
        ],
    );
}

#[test]
fn exactly_so_many_of_each_part() {
    // Kraków: exactly three local and three city-wide projects on one card.
    let options = "home.exactly=2,city-wide.exactly=1";
    check(
        options,
        &[
            ("north", "a1,a2,c1", Accepted),
            ("north", "a1,c1", Void(TooFew)),
            ("north", "a1,a2", Void(TooFew)), // the part that was left out holds too little
            ("north", "", Blank),
        ],
    );
}

#[test]
fn themes() {
    check(
        "category:youth.max=1",
        &[("", "a1,b1", Void(TooMany)), ("", "a1,a2,c1", Accepted)],
    );
    // Újbuda: one in each category; projects without a theme are free.
    check(
        "each-category.max=1",
        &[("", "a1,a2,c1", Accepted), ("", "a1,b1", Void(TooMany))],
    );
    check(
        "each-area.max=1",
        &[("", "a1,b1,c1", Accepted), ("", "a1,a2", Void(TooMany))],
    );
    check(
        "area:north.max=1",
        &[("", "a1,a2", Void(TooMany)), ("", "a1,b1,c1", Accepted)],
    );
}

#[test]
fn only_the_marks_of_the_full_part_are_cut() {
    let tally = tally(
        "category:youth.max=1,invalid=truncate",
        &[["", "paper", "", "", "a1,b1,a2,c1"]],
    );
    assert_eq!(mentions(&tally), [1, 1, 0, 1]);
}

#[test]
fn equal_texts_of_different_quartiers_are_judged_apart() {
    let votes = [
        ["", "paper", "north", "", "b1"],
        ["", "paper", "south", "", "b1"],
    ];
    let tally = tally("elsewhere.max=0", &votes);
    let counts: Vec<_> = tally.ledger().by_area().into_iter().collect();
    assert_eq!(counts[0].1.voids(), 1);
    assert_eq!(counts[1].1.accepted, 1);
}
