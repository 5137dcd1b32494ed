//! Votes of an election that is a value already.

use quartier::election::{Ballot, Election};
use quartier::pabulib;
use quartier::tally::read::{attributes_of_election, votes_of_election};

use crate::helpers::Seen;

fn seen(election: &Election) -> Vec<Seen> {
    let mut seen = Vec::new();
    votes_of_election(election, "X.pb", 0, &mut |vote| seen.push(Seen::of(vote)));
    seen
}

#[test]
fn the_voter_table_tells_who_voted_where() {
    let text = "META\nkey;value\nnum_projects;2\nnum_votes;3\nbudget;100\nvote_type;ordinal\n\
        PROJECTS\nproject_id;cost\n1;60\n2;70\n\
        VOTES\nvoter_id;age;vote;neighborhood;voting_method\na;34;2,1;north;internet\nb;;1;south;paper\nc;20;2,1;;paper\n";
    let options = pabulib::ReadOptions::lenient();
    let election = pabulib::read(text, &options).unwrap().into_election();
    assert_eq!(attributes_of_election(&election), ["age"]);
    let seen = seen(&election);
    let short: Vec<_> = seen
        .iter()
        .map(|seen| {
            (
                seen.line,
                &*seen.voter,
                &*seen.area,
                &*seen.channel,
                &*seen.attributes[0],
            )
        })
        .collect();
    assert_eq!(
        short,
        [
            (1, "a", "north", "internet", "34"),
            (2, "b", "south", "paper", ""),
            (3, "c", "", "paper", "20"),
        ]
    );
    assert_eq!(seen[0].vote.as_deref(), Some(r#"{"ranked":[["2"],["1"]]}"#));
    assert!(seen.iter().all(|seen| seen.count == 1));
}

#[test]
fn without_a_voter_table_ballots_come_grouped() {
    let election = Election::builder()
        .budget(100)
        .project(("a", 60))
        .project(("b", 60))
        .ballots(Ballot::Ranked(vec![vec!["a".into(), "b".into()]]), 3)
        .ballots(Ballot::ranked(["b"]), 2)
        .build()
        .unwrap();
    let mut found: Vec<(Option<String>, u64)> = seen(&election)
        .into_iter()
        .map(|seen| (seen.vote, seen.count))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            (Some(r#"{"ranked":[["a","b"]]}"#.to_owned()), 3),
            (Some(r#"{"ranked":[["b"]]}"#.to_owned()), 2),
        ]
    );
    assert!(attributes_of_election(&election).is_empty());
}
