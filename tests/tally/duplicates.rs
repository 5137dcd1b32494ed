//! F10: the same voter twice, in one channel and across channels, under every rule.

use quartier::tally::Disposition::{self, Accepted, Blank, Duplicate, Superseded, Void};
use quartier::tally::{Intake, IntakeError, RegisterRow, Unsettled, VoidReason};

use crate::helpers::{Vote, cast, dispositions, instance, intake, mentions, rules, tally};

const WEB_EARLY: Vote<'_> = ["v", "internet", "north", "2018-03-01T10:00:00", "a1"];
const WEB_LATE: Vote<'_> = ["v", "internet", "north", "2018-03-09T10:00:00", "a2"];
const PAPER: Vote<'_> = ["v", "paper", "north", "2018-03-05T10:00:00", "b1"];
const OTHER: Vote<'_> = ["w", "paper", "north", "2018-03-05T10:00:00", "c1"];

fn unsettled(duplicates: &str, votes: &[Vote<'_>]) -> Vec<Unsettled> {
    let (instance, rules) = (instance(), rules(&format!("duplicates={duplicates}")));
    let errors = intake(&instance, &rules, votes)
        .close()
        .expect_err("it should not close");
    let why = errors.errors().iter().map(|error| match error {
        IntakeError::Duplicate(fault) => fault.why,
        other => panic!("{other}"),
    });
    why.collect()
}

fn settled(duplicates: &str, votes: &[Vote<'_>]) -> Vec<Disposition> {
    dispositions(&tally(&format!("duplicates={duplicates}"), votes))
}

#[test]
fn every_rule_on_three_votes_of_one_voter() {
    let votes = [WEB_LATE, PAPER, WEB_EARLY, OTHER];
    let table = [
        ("first", [Duplicate, Duplicate, Accepted, Accepted]),
        ("last", [Accepted, Superseded, Superseded, Accepted]),
        ("paper-wins", [Superseded, Accepted, Superseded, Accepted]),
        (
            "internet-wins;last",
            [Accepted, Superseded, Superseded, Accepted],
        ),
        (
            "internet-wins;first",
            [Duplicate, Superseded, Accepted, Accepted],
        ),
        (
            "internet-wins;void-all",
            [Duplicate, Duplicate, Duplicate, Accepted],
        ),
        ("void-all", [Duplicate, Duplicate, Duplicate, Accepted]),
    ];
    for (rule, expected) in table {
        assert_eq!(settled(rule, &votes), expected, "{rule}");
    }
    assert_eq!(unsettled("refuse", &votes), [Unsettled::Refused]);
    assert_eq!(unsettled("internet-wins", &votes), [Unsettled::NotStated]);
}

#[test]
fn the_register_says_which_vote_was_set_aside_for_which() {
    let tally = tally("duplicates=last", &[WEB_EARLY, OTHER, WEB_LATE]);
    let favour: Vec<_> = tally
        .register()
        .rows()
        .map(RegisterRow::in_favour_of)
        .collect();
    assert_eq!(favour, [Some(2), None, None]);
    assert_eq!(mentions(&tally), [0, 1, 0, 1]);
}

#[test]
fn without_a_time_the_order_of_the_file_is_not_taken_for_one() {
    let timeless = |vote: Vote<'static>| [vote[0], vote[1], vote[2], "", vote[4]];
    let votes = [WEB_EARLY, timeless(WEB_LATE)];
    assert_eq!(unsettled("first", &votes), [Unsettled::NoTime]);
    assert_eq!(unsettled("last", &votes), [Unsettled::NoTime]);
    // A rule that does not go by time does not need one.
    assert_eq!(settled("void-all", &votes), [Duplicate, Duplicate]);
    assert_eq!(
        settled("paper-wins", &[timeless(PAPER), timeless(WEB_LATE)]),
        [Accepted, Superseded]
    );
}

#[test]
fn equal_and_mixed_times_are_refused() {
    let at = |time, text| ["v", "internet", "north", time, text];
    let same = [at("5", "a1"), at("5", "a2")];
    assert_eq!(unsettled("last", &same), [Unsettled::SameTime]);
    let mixed = [
        at("2018-03-05T10:00:00", "a1"),
        at("2018-03-05T10:00:00Z", "a2"),
    ];
    assert_eq!(unsettled("last", &mixed), [Unsettled::MixedTimes]);
    // An unreadable time is no time, and it is counted.
    let bad = [at("noon", "a1"), at("7", "a2")];
    assert_eq!(unsettled("first", &bad), [Unsettled::NoTime]);
    let alone = tally("", &[at("noon", "a1")]);
    assert_eq!(alone.unreadable_times(), 1);
}

#[test]
fn the_same_record_twice_needs_no_order() {
    // A file that was pasted twice: one of the equal votes stays, whatever the rule.
    let again = ["v", "internet", "north", "", "a2,a1"];
    let votes = [["v", "internet", "north", "", "a1,a2"], again];
    assert_eq!(settled("first", &votes), [Accepted, Duplicate]);
    assert_eq!(settled("last", &votes), [Accepted, Superseded]);
    assert_eq!(settled("paper-wins", &votes), [Accepted, Duplicate]);
    // Not so if they were cast in different quartiers: it shows in the account.
    let elsewhere = ["v", "internet", "south", "", "a1,a2"];
    assert_eq!(unsettled("first", &[again, elsewhere]), [Unsettled::NoTime]);
}

#[test]
fn who_votes_twice_has_one_vote_valid_or_not() {
    let void_late = ["v", "internet", "north", "2018-03-09T10:00:00", "zz"];
    let expected = [Superseded, Void(VoidReason::UnknownProject)];
    assert_eq!(settled("last", &[WEB_EARLY, void_late]), expected);
    let blank_late = ["v", "internet", "north", "2018-03-09T10:00:00", ""];
    assert_eq!(
        settled("last", &[WEB_EARLY, blank_late]),
        [Superseded, Blank]
    );
}

#[test]
fn anonymous_ballots_are_nobodys_duplicates() {
    let anonymous = ["", "paper", "north", "", "a1"];
    assert_eq!(
        settled("refuse", &[anonymous, anonymous]),
        [Accepted, Accepted]
    );
    assert_eq!(tally("", &[anonymous, anonymous, OTHER]).anonymous(), 2);
}

#[test]
fn voters_are_told_apart_byte_by_byte() {
    let votes = [["v", "paper", "", "", "a1"], ["V", "paper", "", "", "a2"]];
    assert_eq!(settled("void-all", &votes), [Accepted, Accepted]);
}

#[test]
fn channels_of_different_roles_do_not_compete() {
    // Metz: an opinion by internet and a vote in the assembly.
    let options = "duplicates=refuse,channels=internet:consultative;paper:binding";
    let tally = tally(options, &[WEB_EARLY, PAPER]);
    assert_eq!(dispositions(&tally), [Accepted, Accepted]);
    assert_eq!(mentions(&tally), [0, 0, 1, 0]);
}

#[test]
fn ineligible_and_unreadable_votes_take_no_part() {
    use quartier::tally::{CastVote, Content, Eligible};
    let (instance, rules) = (instance(), rules("duplicates=refuse"));
    let mut intake = Intake::new(&instance, &rules).unwrap();
    intake.cast(&cast(2, WEB_EARLY));
    let minor = CastVote {
        eligible: Eligible::No("age"),
        ..cast(3, WEB_LATE)
    };
    intake.cast(&minor);
    intake.cast(&CastVote {
        content: Content::Unreadable,
        ..cast(4, PAPER)
    });
    let unknown = ["v", "telephone", "north", "", "a1"];
    intake.cast(&cast(5, unknown));
    let tally = intake.close().unwrap();
    let expected = [
        Accepted,
        Disposition::Ineligible,
        Void(VoidReason::Unreadable),
        Void(VoidReason::UnknownChannel),
    ];
    assert_eq!(dispositions(&tally), expected);
}

#[test]
fn all_unsettled_voters_are_named_at_once() {
    let votes = [
        ["w", "paper", "", "", "a1"],
        ["v", "paper", "", "", "a1"],
        ["w", "paper", "", "", "a2"],
        ["v", "internet", "", "", "a1"],
    ];
    let (instance, rules) = (instance(), rules("duplicates=refuse"));
    let errors = intake(&instance, &rules, &votes)
        .close()
        .expect_err("it should not close");
    let text = errors.to_string();
    assert!(
        text.contains("voter `w` has 2 votes (votes.csv line 2, votes.csv line 4)"),
        "{text}"
    );
    assert!(
        text.contains("voter `v` has 2 votes (votes.csv line 3, votes.csv line 5)"),
        "{text}"
    );
    assert!(text.contains("rule on all but one"), "{text}");
}

/// Gdynia 2020: 365 people could log in and vote again. The count shows them, and the rule decides.
#[test]
fn gdynia_2020_365_sessions_that_voted_again() {
    let people: Vec<String> = (0..1000).map(|voter| format!("voter-{voter}")).collect();
    let mut votes: Vec<Vote<'_>> = people
        .iter()
        .map(|voter| [voter.as_str(), "internet", "", "1", "a1"])
        .collect();
    votes.extend(
        people
            .iter()
            .take(365)
            .map(|voter| [voter.as_str(), "internet", "", "2", "b1"]),
    );
    let first = tally("duplicates=first", &votes);
    let total = first.ledger().total();
    assert_eq!(
        (total.received, total.accepted, total.duplicate),
        (1365, 1000, 365)
    );
    assert_eq!(mentions(&first), [1000, 0, 0, 0]);
    let last = tally("duplicates=last", &votes);
    assert_eq!(last.ledger().total().superseded, 365);
    assert_eq!(mentions(&last), [635, 0, 365, 0]);
}
