//! From files to a tally: every line is somewhere.

use quartier::election::{Ballot, BallotKind, Election, Instance};
use quartier::tally::grouped::GroupedBallots;
use quartier::tally::read::{ReadOptions, VotesCsv, VotesJson, votes_of_election};
use quartier::tally::{BallotRules, CastVote, Content, Intake, Place, RegisterRow, Tally};

fn instance() -> Instance {
    let ids = ["7", "8", "12"];
    ids.iter()
        .fold(Instance::builder().budget(10), |all, id| {
            all.project((*id, 5))
        })
        .build()
        .unwrap()
}

fn rules() -> BallotRules {
    "form=ranked,max=3,tied-ranks=allowed,invalid=void,duplicates=first,blank-ballots-count=true,channels=web:binding;paper:binding"
        .parse()
        .unwrap()
}

const WEB: &str = "voter_id;vote;channel;area;time;eligible\n\
    1;12,7;web;north;1;yes\n\
    2;12=8,7;web;north;2;yes\n\
    2;7;web;north;3;yes\n\
    3;;web;south;4;yes\n\
    4;99;web;south;5;yes\n\
    5;7;web;south;6;no: moved away\n\
    6;\"7;web;south;7;yes\n\
    1,2E+11;7;web;south;8;yes\n";
const PAPER: &str = "{\"vote\":\"12,7\",\"channel\":\"paper\",\"count\":40}\n{\"vote\":7}\n";

fn tallied(instance: &Instance, rules: &BallotRules) -> Tally {
    let mut intake = Intake::new(instance, rules).unwrap();
    let votes = VotesCsv::open(WEB.as_bytes(), "web.csv", &ReadOptions::strict()).unwrap();
    let number = intake.source("web.csv", &votes.attributes());
    let read = votes.read(number, &mut |vote| intake.cast(vote)).unwrap();
    assert_eq!((read.rows, read.unreadable), (8, 2));
    let votes = VotesJson::open(PAPER.as_bytes(), "paper.jsonl", &ReadOptions::strict()).unwrap();
    let number = intake.source("paper.jsonl", &votes.attributes());
    votes.read(number, &mut |vote| intake.cast(vote));
    intake.close().unwrap()
}

#[test]
fn every_record_is_somewhere() {
    let (instance, rules) = (instance(), rules());
    let tally = tallied(&instance, &rules);
    let total = tally.ledger().total();
    // Eight lines of the table; forty ballots and one unreadable object of the document.
    assert_eq!(total.received, 8 + 40 + 1);
    assert_eq!(
        (total.accepted, total.blank, total.ineligible),
        (2 + 40, 1, 1)
    );
    assert_eq!(total.superseded + total.duplicate, 1);
    assert_eq!(total.voids(), 4);
    assert_eq!(
        total.received,
        total.accepted
            + total.blank
            + total.voids()
            + total.superseded
            + total.duplicate
            + total.ineligible
    );
}

#[test]
fn a_tally_and_its_grouped_ballots_are_counted_alike() {
    let (instance, rules) = (instance(), rules());
    let tally = tallied(&instance, &rules);
    let grouped = GroupedBallots::of_tally(&tally).unwrap();
    assert_eq!(
        grouped.to_csv().unwrap(),
        "channel;area;vote;count\npaper;;12,7;40\nweb;north;12,7;1\nweb;north;12=8,7;1\nweb;south;;1\n"
    );
    assert_eq!(
        &grouped.to_profile(&instance, &[]).unwrap(),
        tally.profile()
    );
    // And through another intake, as a city that takes in what stations send.
    let text = grouped.to_csv().unwrap();
    let (read, _) = GroupedBallots::read_csv(
        text.as_bytes(),
        "x",
        BallotKind::Ranked,
        &ReadOptions::strict(),
    )
    .unwrap();
    let mut intake = Intake::new(&instance, &rules).unwrap();
    let number = intake.source("stations", &[]);
    read.hand_on(number, &mut |vote| intake.cast(vote)).unwrap();
    let city = intake.close().unwrap();
    assert_eq!(city.profile(), tally.profile());
    let web = GroupedBallots::of_tally_where(&city, |row| row.channel() == "web").unwrap();
    assert_eq!(web.voters(), 3);
}

/// Rows of a `.pb` file are its votes by number, not lines of the file, and are called so.
#[test]
fn what_a_place_counts_is_said() {
    let instance = instance();
    let rules: BallotRules = "form=ranked,max=1,tied-ranks=allowed,invalid=void,duplicates=first,blank-ballots-count=true,channels=web:binding"
        .parse()
        .unwrap();
    let two = Ballot::ranked(["7", "8"]);
    let election = Election::builder()
        .budget(10)
        .project(("7", 5))
        .project(("8", 5));
    let election = election.ballot(Ballot::ranked(["7"])).ballot(two).build();
    let election = election.unwrap();
    let mut intake = Intake::new(&instance, &rules).unwrap();
    let table = intake.source("web.csv", &[]);
    intake.cast(&CastVote {
        place: Place {
            source: table,
            line: 3,
            column: 0,
        },
        ..CastVote::new(Content::Text("7,8"))
    });
    let votes = intake.source("x.pb", &[]);
    let read = votes_of_election(&election, "x.pb", votes, &mut |vote| intake.cast(vote));
    intake.unit(votes, read.unit);
    let tally = intake.close().unwrap();
    let troubles: Vec<_> = tally
        .register()
        .rows()
        .filter_map(RegisterRow::trouble)
        .collect();
    let said: Vec<String> = troubles.iter().map(ToString::to_string).collect();
    assert!(said[0].starts_with("web.csv: line 3"), "{}", said[0]);
    assert!(said[1].starts_with("x.pb: record 2"), "{}", said[1]);
    let json = troubles
        .iter()
        .map(|trouble| serde_json::to_value(trouble).unwrap());
    let units: Vec<_> = json.map(|trouble| trouble.get("unit").cloned()).collect();
    assert_eq!(units, [None, Some("record".into())]);
}

#[test]
fn an_election_goes_through_an_intake_unchanged() {
    let (instance, rules) = (instance(), rules());
    let tally = tallied(&instance, &rules);
    let election = tally.election().unwrap();
    let mut intake = Intake::new(&instance, &rules).unwrap();
    let number = intake.source("again", &[]);
    let read = votes_of_election(&election, "again", number, &mut |vote| intake.cast(vote));
    assert_eq!(read.rows, tally.profile().voters());
    assert_eq!(intake.close().unwrap().profile(), tally.profile());
}
