//! Every vote is somewhere, by channel, quartier and station, whatever is wrong with it.

use proptest::prelude::*;
use quartier::election::BallotKind;
use quartier::tally::{
    BallotRules, CastVote, Content, Counts, Disposition, Eligible, Intake, Place, Tally,
};

use crate::helpers::{instance, rules};

/// A vote of which anything may be wrong.
#[derive(Debug, Clone)]
struct Any {
    voter: String,
    channel: String,
    area: String,
    station: String,
    time: String,
    eligible: bool,
    readable: bool,
    text: String,
    count: u64,
}

fn any_vote() -> impl Strategy<Value = Any> {
    let text = prop_oneof![
        prop::collection::vec(
            prop::sample::select(vec!["a1", "a2", "b1", "c1", "zz", ""]),
            0..5
        )
        .prop_map(|ids| ids.join(",")),
        "[a-c+:=, -]{0,8}",
    ];
    let names = (
        prop::sample::select(vec!["", "v1", "v2", "v3"]),
        prop::sample::select(vec!["", "internet", "paper", "assembly", "telephone"]),
        prop::sample::select(vec!["", "north", "south", "atlantis"]),
        prop::sample::select(vec!["", "s1", "s2"]),
        prop::sample::select(vec!["", "1", "2", "2018-01-01T00:00:00", "noon"]),
    );
    (
        names,
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.9),
        text,
        1..4_u64,
    )
        .prop_map(
            |((voter, channel, area, station, time), eligible, readable, text, count)| Any {
                voter: voter.to_owned(),
                channel: channel.to_owned(),
                area: area.to_owned(),
                station: station.to_owned(),
                time: time.to_owned(),
                eligible,
                readable,
                text,
                count: if voter.is_empty() { count } else { 1 },
            },
        )
}

impl Any {
    fn cast(&self, line: u64) -> CastVote<'_> {
        CastVote {
            place: Place {
                source: 0,
                line,
                column: 1,
            },
            voter: &self.voter,
            channel: &self.channel,
            area: &self.area,
            station: &self.station,
            time: &self.time,
            eligible: if self.eligible {
                Eligible::Yes
            } else {
                Eligible::No("minor")
            },
            content: if self.readable {
                Content::Text(&self.text)
            } else {
                Content::Unreadable
            },
            count: self.count,
            attributes: &[],
        }
    }
}

fn options() -> impl Strategy<Value = String> {
    (
        prop::sample::select(vec!["approval,max=2", "ranked,max=3", "points,max-sum=5", "signed", "approval,elsewhere.max=0"]),
        prop::sample::select(vec!["void", "truncate", "drop-line", "drop-line;truncate"]),
        prop::sample::select(vec!["void-all", "first", "last", "paper-wins;void-all"]),
        any::<bool>(),
        prop::sample::select(vec!["one-person-one-vote", "equal-per-channel"]),
    )
        .prop_map(|(form, invalid, duplicates, blank, mass)| {
            format!("form={form},invalid={invalid},duplicates={duplicates},blank-ballots-count={blank},mass={mass},channels=internet:binding;paper:binding;assembly:consultative")
        })
}

fn close(rules: &BallotRules, votes: &[Any], order: &[usize]) -> Result<Tally, String> {
    let instance = instance();
    let mut intake = Intake::new(&instance, rules).unwrap();
    intake.source("votes", &[]);
    for &at in order {
        // The line belongs to the vote, so that a shuffled intake is the same votes.
        intake.cast(&votes[at].cast(at as u64 + 2));
    }
    intake.close().map_err(|errors| errors.to_string())
}

fn check(tally: &Tally, votes: &[Any]) -> Result<(), TestCaseError> {
    let total = tally.ledger().total();
    let sent: u64 = votes.iter().map(|vote| vote.count).sum();
    prop_assert_eq!(total.received, sent);
    prop_assert!(total.balances());
    let mut sum = 0;
    for (cell, counts) in tally.ledger().cells() {
        prop_assert!(counts.balances(), "{:?}", cell);
        sum += counts.received;
    }
    prop_assert_eq!(sum, sent);
    for by in [tally.ledger().by_channel(), tally.ledger().by_area()] {
        prop_assert_eq!(
            by.values()
                .map(|counts: &Counts| counts.received)
                .sum::<u64>(),
            sent
        );
        prop_assert_eq!(
            by.values().map(|counts| counts.accepted).sum::<u64>(),
            total.accepted
        );
    }
    prop_assert_eq!(tally.register().len(), votes.len());
    // Nobody has two votes that count in channels of one role.
    let mut counted: Vec<_> = tally
        .register()
        .rows()
        .filter(|row| !row.voter().is_empty())
        .filter(|row| {
            matches!(
                row.disposition(),
                Disposition::Accepted | Disposition::Blank
            )
        })
        .map(|row| (row.voter(), tally.role(row)))
        .collect();
    let before = counted.len();
    counted.sort_unstable();
    counted.dedup();
    prop_assert_eq!(counted.len(), before);
    // The marks in the profile are those of the rows that count.
    if tally.rules().form.kind() != BallotKind::Signed {
        let all = tally.profile_where(|_| true);
        let rows = tally
            .register()
            .rows()
            .filter(|row| row.disposition() == Disposition::Accepted);
        let marks: u64 = rows
            .map(|row| row.count() * row.entries().len() as u64)
            .sum();
        prop_assert_eq!(all.mentions().iter().sum::<u64>(), marks);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn every_vote_is_somewhere(votes in prop::collection::vec(any_vote(), 0..30), options in options(), seed in any::<u64>()) {
        let rules = rules(&options);
        let order: Vec<usize> = (0..votes.len()).collect();
        let tally = close(&rules, &votes, &order);
        if let Ok(tally) = &tally {
            check(tally, &votes)?;
        }
        // Shuffled, the same: no figure depends on the order of arrival.
        let mut shuffled = order;
        let mut state = seed | 1;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let other = usize::try_from(state >> 33).unwrap() % (at + 1);
            shuffled.swap(at, other);
        }
        match (tally, close(&rules, &votes, &shuffled)) {
            (Ok(a), Ok(b)) => {
                prop_assert_eq!(a.ledger(), b.ledger());
                prop_assert_eq!(a.profile(), b.profile());
                let fates = |tally: &Tally| tally.register().rows().map(|row| (row.place(), row.disposition(), row.in_favour_of())).collect::<Vec<_>>();
                prop_assert_eq!(fates(&a), fates(&b));
                prop_assert_eq!(a.election().unwrap(), b.election().unwrap());
            }
            (Err(a), Err(b)) => prop_assert_eq!(a, b),
            (a, b) => prop_assert!(false, "{:?} against {:?}", a.is_ok(), b.is_ok()),
        }
    }

    /// F13: blank ballots counted or not changes the number of ballots, and nothing else.
    #[test]
    fn blank_ballots_change_the_number_of_ballots_only(votes in prop::collection::vec(any_vote(), 0..20)) {
        let of = |blank: &str| {
            let rules = rules(&format!("duplicates=void-all,blank-ballots-count={blank}"));
            let order: Vec<usize> = (0..votes.len()).collect();
            close(&rules, &votes, &order).unwrap()
        };
        let (counted, left_out) = (of("true"), of("false"));
        prop_assert_eq!(counted.ledger(), left_out.ledger());
        prop_assert_eq!(counted.profile().mentions(), left_out.profile().mentions());
        let blank = counted.ledger().total().blank;
        prop_assert_eq!(counted.profile().voters(), left_out.profile().voters() + blank);
    }
}
