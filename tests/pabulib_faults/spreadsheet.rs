//! F5 and F6: what spreadsheets do to a file.

use quartier::election::Money;
use quartier::pabulib::{ReadOptions, read};

use crate::helpers::{refused, with_budget, with_cost};
use crate::pabulib_common::file;

#[test]
fn f05_spreadsheet_damage() {
    for cost in [
        "1 500",
        "1\u{a0}500",
        "1'500",
        "1e3",
        "1E3",
        "１２",
        "+5",
        "-0",
        "-5",
        "0x10",
        "5.",
        ".5",
        "1.2.3",
        "1_000",
        "٣",
        "∞",
        "NaN",
        "inf",
        "5 ",
        " 5",
        "5€",
        "1.00001",
        "12/03",
        "#REF!",
    ] {
        refused(cost, &with_cost(cost), "bad-amount");
        refused(cost, &with_budget(cost), "bad-amount");
    }
    for cost in ["1,5", "1,500", "1.500,00", "1,500.00"] {
        refused(cost, &with_cost(cost), "comma-in-number");
        refused(cost, &with_budget(cost), "comma-in-number");
    }
    for (text, money) in [
        ("0100", Money::from(100)),
        ("1.500", "1.5".parse().unwrap()),
        ("7.0000", Money::from(7)),
    ] {
        let document = read(&with_cost(text), &ReadOptions::strict()).unwrap();
        assert_eq!(document.election().instance().projects()[0].cost, money);
    }
    for count in [
        "2.0",
        "+2",
        "２",
        "1e0",
        "",
        "two",
        "-2",
        "99999999999999999999",
    ] {
        refused(
            count,
            &with_cost("60").replace("num_votes;2", &format!("num_votes;{count}")),
            "bad-whole-number",
        );
    }
    for points in ["1e3", "+5", "1 0", "０", "", "1.", "1.0000001"] {
        refused(
            points,
            &file(
                "vote_type;cumulative",
                "project_id;cost\n1;6\n2;6",
                &format!("voter_id;vote;points\n1;1,2;2,{points}"),
            ),
            "bad-points",
        );
    }
    refused(
        "lost leading zero",
        &file(
            "vote_type;approval",
            "project_id;cost\n007;6",
            "voter_id;vote\n1;7",
        ),
        "unknown-project",
    );
}

#[test]
fn f06_formulas_in_names_are_left_untouched() {
    let name = "=HYPERLINK(\"http://example.org\")";
    let document = read(
        &file(
            "vote_type;approval",
            &format!("project_id;cost;name\n1;6;{name}"),
            "voter_id;vote\n1;1",
        ),
        &ReadOptions::strict(),
    )
    .unwrap();
    assert_eq!(document.election().instance().projects()[0].name, name);
}
