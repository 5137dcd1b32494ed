//! What a report or a configuration holds is read back as it was.

use std::fmt::Debug;

use quartier::election::Aggregate;
use quartier::tally::manifest::{ControlLine, Difference, Manifest, ManifestRow};
use quartier::tally::uniqueness::Uniqueness;
use quartier::tally::{
    BallotRules, Counts, Disposition, Duplicates, Invalid, Ledger, Mass, OptionFaults, Role,
    VoidReason,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::helpers::{RULES, Vote, city, tally_of, vote};

fn there_and_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> String {
    let text = serde_json::to_string(value).unwrap();
    let again = serde_json::from_str::<T>(&text).map_err(|error| error.to_string());
    assert_eq!(again.as_ref(), Ok(value), "{text}");
    text
}

fn refused<T: DeserializeOwned + Debug>(text: &str) -> String {
    serde_json::from_str::<T>(text).unwrap_err().to_string()
}

#[test]
fn rules_are_their_text() {
    for text in [
        RULES,
        "form=grades,scale=poor;good,home.max=2,category:youth.min=1,invalid=drop-line;truncate,duplicates=paper-wins;last,blank-ballots-count=true,channels=internet:consultative;paper:binding,mass=equal-per-channel",
    ] {
        let rules: BallotRules = text.parse().unwrap();
        assert_eq!(there_and_back(&rules), format!("\"{rules}\""));
    }
    assert!(refused::<BallotRules>("\"form=ranked\"").contains("`channels` is missing"));
    let mut unwritable: BallotRules = RULES.parse().unwrap();
    unwritable.channels.insert("a;b".into(), Role::Binding);
    assert!(serde_json::to_string(&unwritable).is_err());
}

#[test]
fn words_are_read_back_and_no_others() {
    for role in [Role::Binding, Role::Consultative, Role::Preselection] {
        there_and_back(&role);
    }
    for mass in [Mass::OnePersonOneVote, Mass::EqualPerChannel] {
        there_and_back(&mass);
    }
    for text in ["void", "truncate", "drop-line", "drop-line;truncate"] {
        there_and_back(&text.parse::<Invalid>().unwrap());
    }
    for text in [
        "first",
        "last",
        "paper-wins",
        "paper-wins;void-all",
        "void-all",
        "refuse",
    ] {
        there_and_back(&text.parse::<Duplicates>().unwrap());
    }
    for &reason in VoidReason::ALL {
        assert_eq!(there_and_back(&reason), format!("\"{reason}\""));
        assert_eq!(
            there_and_back(&Disposition::Void(reason)),
            format!("\"void:{reason}\"")
        );
    }
    for fate in [
        Disposition::Accepted,
        Disposition::Blank,
        Disposition::Superseded,
        Disposition::Duplicate,
        Disposition::Ineligible,
    ] {
        there_and_back(&fate);
    }
    assert!(refused::<Role>("\"decisive\"").contains("consultative"));
    assert!(refused::<Mass>("\"equal\"").contains("equal-per-channel"));
    assert!(refused::<Disposition>("\"void\"").contains("void:REASON"));
    assert!(refused::<Disposition>("\"void:nothing\"").contains("void:REASON"));
    assert!(refused::<VoidReason>("\"nothing\"").contains("too-many"));
}

#[test]
fn faults_are_read_back() {
    let faults = "form=approval,max=x,colour=red,min=1,min=1,what".parse::<BallotRules>();
    there_and_back::<OptionFaults>(&faults.unwrap_err());
}

/// Blank, void, superseded, ineligible, of two channels and no station.
fn votes() -> Vec<Vote> {
    vec![
        vote("park")
            .at("hall")
            .of("ann")
            .when("2018-03-01T10:00:00"),
        vote("gym").at("hall").of("ann").when("2018-03-01T10:00:01"),
        vote("").at("hall"),
        vote("castle").at("school").living_in("north"),
        Vote {
            eligible: false,
            ..vote("tree").by("internet").of("bob")
        },
    ]
}

#[test]
fn the_account_is_read_back_if_it_balances() {
    let tally = tally_of(&city(), RULES, &[], &votes(), &[]);
    let text = there_and_back::<Ledger>(tally.ledger());
    there_and_back::<Counts>(&tally.ledger().total());
    there_and_back(&Uniqueness::of(&tally, 3));
    let other = text.replacen("\"received\":3", "\"received\":4", 1);
    assert_ne!(other, text);
    assert!(refused::<Ledger>(&other).contains("station `hall`: does not balance"));
    let list: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let twice = serde_json::to_string(&[&list[0], &list[0]]).unwrap();
    assert!(refused::<Ledger>(&twice).contains("listed twice"));
}

#[test]
fn every_difference_is_read_back() {
    let totals = [
        Aggregate::new("opinion", [("gym", 9)]),
        Aggregate::new("internet", [("gym", 9)]).of_voters(10),
    ];
    let tally = tally_of(&city(), RULES, &[], &votes(), &totals);
    let paper = |station: &str, votes| {
        ManifestRow::of_channel("paper")
            .at_station(station)
            .received(votes)
    };
    let whole = |channel: &str| ManifestRow::of_channel(channel).received(100);
    let mut found: Vec<Difference> = Vec::new();
    for rows in [
        vec![
            paper("hall", 4),
            paper("chapel", 7),
            paper("", 5),
            whole("internet"),
            whole("opinion"),
        ],
        vec![],
    ] {
        let manifest = Manifest::new(rows).unwrap();
        found.extend(manifest.compare(&tally));
        there_and_back::<Vec<ControlLine>>(&manifest.table(&tally));
    }
    let mut codes: Vec<&str> = found.iter().map(Difference::code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(
        codes,
        [
            "channel-not-announced",
            "figure",
            "inconsistent",
            "not-counted",
            "station-not-announced",
            "totals",
            "totals-not-announced",
            "totals-only"
        ]
    );
    there_and_back(&found);
}
