//! Writing: round trips, the canonical form, what the format cannot hold.

use quartier::election::{Ballot, BallotKind, Election};
use quartier::pabulib::{
    Document, DocumentError, ReadOptions, VoterTable, read, write, write_with_selected,
};

use crate::helpers::{round_trip, strict};
use crate::pabulib_common::{approval, file, ordinal, points};

#[test]
fn every_kind_of_vote_survives_a_round_trip() {
    for text in [approval(), ordinal(), points()] {
        round_trip(&text);
        strict(&text);
    }
    assert_eq!(
        strict(&ordinal()).election().profile().kind(),
        BallotKind::Ranked
    );
    assert_eq!(
        strict(&points()).election().profile().kind(),
        BallotKind::Points
    );
}

#[test]
fn the_writer_is_canonical() {
    let text = file(
        "vote_type;approval",
        "project_id;cost\n1;5\n2;6",
        "voter_id;vote\nb;2,1\na;1",
    );
    assert!(
        write(&strict(&text.replace('\n', "\r\n"))).ends_with("VOTES\nvoter_id;vote\nb;1,2\na;1\n")
    );
    let dropped = read(&text, &ReadOptions::strict().voters(VoterTable::Drop)).unwrap();
    assert!(dropped.election().voters().is_none());
    assert!(write(&dropped).ends_with("VOTES\nvoter_id;vote\n1;1\n2;1,2\n"));
    assert_eq!(
        strict(&write(&dropped)).election().profile(),
        strict(&text).election().profile()
    );
}

#[test]
fn an_outcome_is_written_into_selected() {
    let with = strict(&approval());
    let chosen = with.election().instance().find("P/03").unwrap();
    let written = strict(&write_with_selected(&with, |project| {
        u64::from(project == chosen)
    }));
    assert_eq!(written.selected(), Some(&[0, 0, 0, 1][..]));
    assert_eq!(
        written.projects().column("colour"),
        with.projects().column("colour")
    );
    let without = strict(&file(
        "vote_type;approval",
        "project_id;cost\n1;5\n2;6",
        "voter_id;vote\nb;2,1",
    ));
    assert!(
        write_with_selected(&without, |project| project.index() as u64)
            .contains("project_id;cost;selected\n1;5;0\n2;6;1\n")
    );
}

#[test]
fn an_election_without_a_file_can_be_written() {
    let election = Election::builder()
        .name("Built")
        .budget(100)
        .project(("b", 60))
        .project(("a; \"x\"", 30))
        .ballots(Ballot::points([("b", 3), ("a; \"x\"", 0)]), 2)
        .ballots(Ballot::points([("b", 1)]), 1)
        .build()
        .unwrap();
    let document = Document::from_election(election.clone())
        .unwrap()
        .with_meta("rule", "greedy")
        .unwrap();
    let read = strict(&write(&document));
    assert_eq!(read.election().profile(), election.profile());
    assert_eq!(read.election().instance(), election.instance());
    assert_eq!(read.meta().rule(), Some("greedy"));
    assert_eq!(write(&read), write(&document));
    assert_eq!(
        document.with_meta("budget", "7"),
        Err(DocumentError::Derived("budget".to_owned()))
    );
}

#[test]
fn what_the_format_cannot_hold_is_refused() {
    let build = |ballot| {
        Election::builder()
            .budget(9)
            .project(("a", 1))
            .project(("b", 1))
            .ballots(ballot, 1)
            .build()
            .unwrap()
    };
    let tied = build(Ballot::Ranked(vec![vec!["a".into(), "b".into()]]));
    assert_eq!(
        Document::from_election(tied).unwrap_err(),
        DocumentError::TiedRanks
    );
    let signed = build(Ballot::signed([("a", quartier::election::Stance::For)]));
    assert_eq!(
        Document::from_election(signed).unwrap_err(),
        DocumentError::Kind(BallotKind::Signed)
    );
    let comma = Election::builder()
        .budget(9)
        .project(("a,b", 1))
        .ballots(Ballot::approval(["a,b"]), 1)
        .build()
        .unwrap();
    assert_eq!(
        Document::from_election(comma).unwrap_err(),
        DocumentError::CommaInId("a,b".to_owned())
    );
    let newline = Election::builder()
        .name("a\nb")
        .budget(9)
        .project(("a", 1))
        .ballots(Ballot::approval(["a"]), 1)
        .build()
        .unwrap();
    assert!(matches!(
        Document::from_election(newline).unwrap_err(),
        DocumentError::Invisible(_)
    ));
}
