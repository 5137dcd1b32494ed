//! The faulty files that other programs were given.

use quartier::pabulib::{ReadOptions, read};

use crate::helpers::{refused, with_budget, with_cost, with_vote};
use crate::pabulib_common::{codes, file, lenient_codes, strict_codes};

#[test]
fn d1_cost_empty() {
    refused("empty", &with_cost(""), "bad-amount");
    refused("a blank", &with_cost(" "), "bad-amount");
}

#[test]
fn d1_budget_blank() {
    refused("empty", &with_budget(""), "bad-amount");
    refused("a blank", &with_budget(" "), "bad-amount");
    refused("thousands", &with_budget("1,000"), "comma-in-number");
    refused("negative", &with_budget("-100"), "bad-amount");
}

#[test]
fn d1_cost_hexadecimal_or_thousands_or_huge() {
    refused("hexadecimal", &with_cost("0x64"), "bad-amount");
    refused("thousands", &with_cost("1,500"), "comma-in-number");
    refused("exponent", &with_cost("1e400"), "bad-amount");
}

#[test]
fn d1_no_votes() {
    let none = file(
        "vote_type;approval",
        "project_id;cost\na;60",
        "voter_id;vote",
    );
    assert_eq!(
        read(&none, &ReadOptions::strict())
            .unwrap()
            .election()
            .profile()
            .voters(),
        0
    );
    refused(
        "no section",
        none.split("VOTES").next().unwrap(),
        "missing-section",
    );
}

#[test]
fn d1_ballot_that_repeats_a_project() {
    let text = file(
        "vote_type;approval",
        "project_id;cost\n1;60\n2;60",
        "voter_id;vote\n1;1,1,1,1,1\n2;2\n3;2\n4;2",
    );
    assert_eq!(strict_codes(&text), ["repeated-project"; 4]);
    let document = read(&text, &ReadOptions::lenient()).unwrap();
    assert_eq!(document.election().profile().mentions(), [1, 3]);
    assert_eq!(codes(document.warnings()), ["repeated-project"; 4]);
}

#[test]
fn d1_two_budgets() {
    refused(
        "two budgets",
        &with_cost("60").replace("budget;100\n", "budget;100\nbudget;100000\n"),
        "repeated-key",
    );
}

#[test]
fn d1_counts_and_lengths_that_contradict_the_votes() {
    refused(
        "num_votes",
        &with_vote("1").replace("num_votes;2", "num_votes;4"),
        "count-mismatch",
    );
    refused(
        "num_projects",
        &with_vote("1").replace("num_projects;2", "num_projects;1"),
        "count-mismatch",
    );
    let long = with_vote("1,2").replace("vote_type", "max_length;1\nvote_type");
    assert_eq!(strict_codes(&long), ["above-limit"]);
    assert_eq!(
        codes(read(&long, &ReadOptions::lenient()).unwrap().warnings()),
        ["above-limit"]
    );
    refused(
        "choose-1",
        &with_vote("1,2").replace(";approval", ";choose-1"),
        "not-one-choice",
    );
}

#[test]
fn d1_voters_that_differ_in_form_only() {
    for (first, second) in [("V1", "v1"), ("e\u{301}va", "\u{e9}va")] {
        let text = file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            &format!("voter_id;vote\n{first};1\n{second};1"),
        );
        let document = read(&text, &ReadOptions::strict()).unwrap();
        assert_eq!(codes(document.warnings()), ["look-alike-voters"]);
        assert_eq!(document.election().profile().voters(), 2);
    }
}

#[test]
fn d1_projects_after_the_votes() {
    refused(
        "second PROJECTS",
        &(with_vote("1") + "PROJECTS\nproject_id;cost\n3;5\n"),
        "repeated-section",
    );
}

#[test]
fn d1_project_twice_with_another_cost() {
    refused(
        "twice",
        &file(
            "vote_type;approval",
            "project_id;cost\n1;60\n1;5",
            "voter_id;vote\n1;1",
        ),
        "repeated-project-id",
    );
}

#[test]
fn d1_votes_that_name_what_does_not_exist() {
    for vote in [
        "3", "1,3", "1,,2", "1,", ",1", "1;2", "1, 2", "none", "1.0", "01", "+1",
    ] {
        assert!(!strict_codes(&with_vote(vote)).is_empty(), "{vote}");
        assert!(!lenient_codes(&with_vote(vote)).is_empty(), "{vote}");
    }
    for (votes, points) in [("1,2", "3"), ("1", "3,4"), ("1", ""), ("", "3")] {
        refused(
            votes,
            &file(
                "vote_type;cumulative",
                "project_id;cost\n1;6\n2;6",
                &format!("voter_id;vote;points\n1;{votes};{points}"),
            ),
            "points-count",
        );
    }
}
