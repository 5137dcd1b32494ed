//! What each channel's votes are for, and how much they weigh.

use quartier::exact::Ratio;
use quartier::tally::{Role, VoidReason};

use crate::helpers::{Vote, mentions, tally};

const VOTES: [Vote<'_>; 6] = [
    ["1", "internet", "north", "", "a1"],
    ["2", "internet", "north", "", "a1"],
    ["3", "internet", "south", "", "b1"],
    ["4", "paper", "south", "", "b1"],
    ["5", "assembly", "south", "", "c1"],
    ["6", "supports", "south", "", "a2"],
];

const CHANNELS: &str =
    "channels=internet:binding;paper:binding;assembly:consultative;supports:preselection";

#[test]
fn only_binding_channels_decide() {
    let tally = tally(CHANNELS, &VOTES);
    assert_eq!(mentions(&tally), [2, 0, 2, 0]);
    let of_role = |role| {
        tally
            .profile_where(|row| tally.role(*row) == Some(role))
            .mentions()
    };
    assert_eq!(of_role(Role::Consultative), [0, 0, 0, 1]);
    assert_eq!(of_role(Role::Preselection), [0, 1, 0, 0]);
    assert_eq!(
        tally.profile_where(|row| row.area() == "north").mentions(),
        [2, 0, 0, 0]
    );
    assert_eq!(tally.ledger().total().accepted, 6);
}

#[test]
fn a_channel_without_a_role_is_set_aside_by_name() {
    let tally = tally("", &[["1", "telephone", "", "", "a1"]]);
    assert_eq!(tally.ledger().total().void[&VoidReason::UnknownChannel], 1);
    let trouble = tally.register().row(0).unwrap().trouble().unwrap();
    assert_eq!(trouble.reason, VoidReason::UnknownChannel);
}

#[test]
fn where_there_is_one_channel_votes_need_not_name_it() {
    let one = tally("channels=paper:binding", &[["1", "", "", "", "a1"]]);
    assert_eq!(one.register().row(0).unwrap().channel(), "paper");
    let two = tally("", &[["1", "", "", "", "a1"]]);
    assert_eq!(two.ledger().total().void[&VoidReason::UnknownChannel], 1);
}

#[test]
fn equal_mass_gives_every_channel_the_same_weight() {
    // Amsterdam 2019: all internet votes weigh together as much as all paper votes. Here 4 ballots in 2 channels:
    // each internet ballot weighs 4/(2*3), the paper ballot 4/(2*1).
    let tally = tally(&format!("{CHANNELS},mass=equal-per-channel"), &VOTES);
    assert_eq!(tally.profile().total_weight(), Ratio::from(4_u32));
    let election = tally.election().unwrap();
    let votes = quartier::tally::Score::Votes.totals(&election).unwrap();
    let ratio = |a, b| Ratio::new(a, b).unwrap();
    assert_eq!(votes, [ratio(4, 3), ratio(0, 1), ratio(8, 3), ratio(0, 1)]);
    // A channel without ballots has no mass, and one channel alone is one person, one vote.
    let web: Vec<Vote<'_>> = VOTES
        .iter()
        .copied()
        .filter(|vote| vote[1] == "internet")
        .collect();
    let alone = crate::helpers::tally("mass=equal-per-channel", &web);
    assert!(alone.profile().is_unweighted());
}

#[test]
fn the_voter_table_tells_area_channel_and_station() {
    let tally = tally(CHANNELS, &VOTES);
    let election = tally.election().unwrap();
    let voters = election.voters().unwrap();
    assert_eq!(voters.len(), 4);
    let column = |name: &str| {
        voters
            .column(name)
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(column("area"), ["north", "north", "south", "south"]);
    assert_eq!(
        column("channel"),
        ["internet", "internet", "internet", "paper"]
    );
}
