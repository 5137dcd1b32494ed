//! How many ballots tell who cast them.

use std::collections::BTreeMap;

use proptest::prelude::*;
use quartier::tally::uniqueness::{BallotGroups, Uniqueness};

use crate::helpers::{RULES, Vote, city, ratio, tally, tally_of, vote};

fn of_counts([ballots, distinct, unique, rare]: [u64; 4]) -> BallotGroups {
    let mut groups = BallotGroups::default();
    groups.ballots = ballots;
    groups.distinct = distinct;
    groups.unique = unique;
    groups.rare = rare;
    groups
}

fn line(report: &Uniqueness, channel: Option<&str>, area: Option<&str>) -> BallotGroups {
    let lines = report.lines.iter();
    let mut lines =
        lines.filter(|line| line.channel.as_deref() == channel && line.area.as_deref() == area);
    let groups = lines.next().expect("the line").groups;
    assert!(lines.next().is_none(), "one line each");
    groups
}

#[test]
fn groups_by_hand() {
    let of = |channel, area, text| vote(text).by(channel).living_in(area);
    let votes = [
        of("paper", "north", "gym,park"),
        of("paper", "north", "park,gym"),
        of("internet", "north", "park,gym"),
        of("paper", "south", "park"),
        of("internet", "south", "park"),
        of("internet", "south", "tree"),
        of("paper", "south", ""),
        of("paper", "south", "castle"),
    ];
    let report = Uniqueness::of(&tally(&votes), 3);
    let groups = |ballots, distinct, unique, rare| of_counts([ballots, distinct, unique, rare]);
    // {gym,park} x 3, {park} x 2, {tree}, {}: the void ballot is not published.
    assert_eq!(report.whole(), groups(7, 4, 2, 4));
    assert_eq!(report.whole().unique_share(), Some(ratio("2/7")));
    assert_eq!(report.whole().rare_share(), Some(ratio("4/7")));
    assert_eq!(line(&report, Some("paper"), None), groups(4, 3, 2, 4));
    assert_eq!(line(&report, Some("internet"), None), groups(3, 3, 3, 3));
    assert_eq!(line(&report, None, Some("north")), groups(3, 1, 0, 0));
    assert_eq!(line(&report, None, Some("south")), groups(4, 3, 2, 4));
    assert_eq!(
        line(&report, Some("paper"), Some("north")),
        groups(2, 1, 0, 2)
    );
    assert_eq!(report.lines.len(), 1 + 2 + 2 + 4);
    assert!(report.to_string().starts_with(
        "all ballots: 7 ballots, 2 unique (28.6%), 4 in groups smaller than 3 (57.1%)\n"
    ));
}

#[test]
fn the_order_of_a_ranking_matters_and_that_of_an_approval_does_not() {
    let ranked = RULES.replace("form=approval", "form=ranked");
    let votes = [vote("gym,park"), vote("park,gym")];
    let unique = |rules: &str| {
        Uniqueness::of(&tally_of(&city(), rules, &[], &votes, &[]), 2)
            .whole()
            .unique
    };
    assert_eq!(unique(RULES), 0);
    assert_eq!(unique(&ranked), 2);
}

#[test]
fn nobody_voted() {
    let report = Uniqueness::of(&tally(&[]), 5);
    assert_eq!(report.whole(), BallotGroups::default());
    assert_eq!(report.whole().unique_share(), None);
    assert_eq!(report.lines, []);
}

fn naive<'a>(ballots: impl Iterator<Item = &'a str>, k: u64) -> BallotGroups {
    let mut groups: BTreeMap<Vec<&str>, u64> = BTreeMap::new();
    for ballot in ballots {
        let mut marks: Vec<&str> = ballot.split(',').filter(|mark| !mark.is_empty()).collect();
        marks.sort_unstable();
        *groups.entry(marks).or_default() += 1;
    }
    of_counts([
        groups.values().sum(),
        groups.len() as u64,
        groups.values().filter(|&&size| size == 1).count() as u64,
        groups.values().filter(|&&size| size < k).sum(),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn groups_agree_with_sorting_the_texts(votes in prop::collection::vec((0_usize..7, 0_usize..2, 0_usize..3), 1..60), k in 0_u64..6) {
        let texts = ["park", "gym", "gym,park", "park,gym", "tree,gym", "", "gym,tree"];
        let (channels, areas) = (["paper", "internet"], ["", "north", "south"]);
        let cast: Vec<Vote> = votes.iter().map(|&(text, channel, area)| vote(texts[text]).by(channels[channel]).living_in(areas[area])).collect();
        let report = Uniqueness::of(&tally(&cast), k);
        prop_assert_eq!(report.whole(), naive(cast.iter().map(|vote| vote.text.as_str()), k));
        for own in &report.lines {
            let asked = cast.iter().filter(|vote| {
                own.channel.as_deref().is_none_or(|channel| channel == vote.channel)
                    && own.area.as_deref().is_none_or(|area| area == vote.area)
            });
            prop_assert_eq!(own.groups, naive(asked.map(|vote| vote.text.as_str()), k));
        }
        // A column beside the ballots never hides anybody better.
        let rare = |line: &&quartier::tally::uniqueness::UniquenessLine| line.groups.rare;
        let by_channel: u64 = report.lines.iter().filter(|line| line.channel.is_some() && line.area.is_none()).map(|line| rare(&line)).sum();
        prop_assert!(by_channel >= report.whole().rare);
    }
}
