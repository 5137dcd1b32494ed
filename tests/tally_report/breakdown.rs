//! Turnout and result by channel and quartier.

use proptest::prelude::*;
use quartier::election::{Aggregate, Area, Instance};
use quartier::tally::{Breakdown, BreakdownError, Role, Score, Shift, TurnoutBase};

use crate::helpers::{RULES, Vote, city, ratio, tally, tally_of, vote};

fn registered() -> TurnoutBase {
    TurnoutBase::Attribute("registered".into())
}

fn breakdown(votes: &[Vote]) -> Breakdown {
    Breakdown::of(&tally(votes), &Score::Votes, &registered()).unwrap()
}

/// North votes by internet for gym and pool, south on paper for park.
fn votes() -> Vec<Vote> {
    let of = |channel, area, text| vote(text).by(channel).living_in(area);
    vec![
        of("internet", "north", "gym,pool"),
        of("internet", "north", "gym"),
        of("internet", "north", ""),
        of("paper", "north", "park,gym"),
        of("paper", "south", "park"),
        of("paper", "south", "park,tree"),
        of("paper", "south", "castle"),
        of("opinion", "south", "tree"),
    ]
}

#[test]
fn turnout_by_hand() {
    let breakdown = breakdown(&votes());
    let areas: Vec<(&str, u64, String)> = breakdown
        .areas
        .iter()
        .map(|area| {
            (
                area.area.as_str(),
                area.took_part,
                area.turnout.as_ref().unwrap().to_string(),
            )
        })
        .collect();
    // Void and blank votes are votes of people who took part; an opinion is not.
    assert_eq!(
        areas,
        [("north", 4, "2/5".into()), ("south", 3, "3/4".into())]
    );
    assert_eq!(
        (breakdown.whole.took_part, breakdown.whole.turnout.clone()),
        (7, Some(ratio("1/2")))
    );
    let cells: Vec<(&str, &str, u64, Option<String>)> = breakdown
        .cells
        .iter()
        .map(|cell| {
            let share = cell.share.as_ref().map(ToString::to_string);
            (
                cell.channel.as_str(),
                cell.area.as_str(),
                cell.took_part,
                share,
            )
        })
        .collect();
    assert_eq!(
        cells,
        [
            ("internet", "north", 3, Some("3/4".into())),
            ("opinion", "south", 1, Some("1".into())),
            ("paper", "north", 1, Some("1/4".into())),
            ("paper", "south", 3, Some("1".into())),
        ]
    );
    assert_eq!(breakdown.cells[1].role, Some(Role::Consultative));
}

/// A project, its rank and votes, and its votes and rank in each channel.
type Line<'a> = (&'a str, usize, u64, Vec<(u64, usize)>);

#[test]
fn votes_ranks_and_shifts_by_hand() {
    let breakdown = breakdown(&votes());
    let lines: Vec<Line<'_>> = breakdown
        .projects
        .iter()
        .map(|project| {
            let channels = project
                .by_channel
                .iter()
                .map(|line| (line.votes, line.rank.unwrap()));
            (
                project.project.as_str(),
                project.rank,
                project.votes,
                channels.collect(),
            )
        })
        .collect();
    // Channels: internet, opinion, paper.
    assert_eq!(
        lines,
        [
            ("gym", 1, 3, vec![(2, 1), (0, 2), (1, 2)]),
            ("park", 1, 3, vec![(0, 3), (0, 2), (3, 1)]),
            ("pool", 3, 1, vec![(1, 2), (0, 2), (0, 4)]),
            ("tree", 3, 1, vec![(0, 3), (1, 1), (1, 2)]),
        ]
    );
    let park = &breakdown.projects[1];
    assert_eq!(
        park.by_area.clone().into_iter().collect::<Vec<_>>(),
        [("north".to_owned(), 1), ("south".to_owned(), 2)]
    );
    let tree = &breakdown.projects[3];
    assert_eq!(tree.by_area.get("south"), Some(&1), "without the opinion");
}

/// Only internet: south is not heard at all, and its project falls.
#[test]
fn who_is_left_out_when_a_vote_goes_online() {
    let breakdown = breakdown(&votes());
    let internet = &breakdown.alone[0];
    assert_eq!(
        (internet.channel.as_str(), internet.took_part),
        ("internet", 3)
    );
    let left_out: Vec<(&str, u64, String)> = internet
        .left_out
        .iter()
        .map(|area| (area.area.as_str(), area.voters, area.share.to_string()))
        .collect();
    assert_eq!(
        left_out,
        [("south", 3, "1".into()), ("north", 1, "1/4".into())]
    );
    let moved: Vec<(&str, usize, usize, i64)> = internet.moved.iter().map(shift).collect();
    assert_eq!(moved, [("park", 1, 3, 2), ("pool", 3, 2, -1)]);
    // An opinion is heard by nobody: all who voted would be left out if it alone counted.
    let opinion = &breakdown.alone[1];
    assert_eq!(
        opinion.left_out.iter().map(|area| area.voters).sum::<u64>(),
        7
    );
    let text = breakdown.to_string();
    assert!(
        text.contains("if only internet counted:\n  south: 3 (100.0%) left out\n"),
        "{text}"
    );
    assert!(
        text.contains("south: 3 took part, 75.0% of registered 4\n"),
        "{text}"
    );
}

fn shift(shift: &Shift) -> (&str, usize, usize, i64) {
    (&shift.project, shift.rank, shift.rank_alone, shift.shift)
}

#[test]
fn turnout_is_never_guessed() {
    let tally = tally(&votes());
    let none = Breakdown::of(&tally, &Score::Votes, &TurnoutBase::NotStated).unwrap();
    assert!(
        none.base.is_none()
            && none
                .areas
                .iter()
                .all(|area| area.turnout.is_none() && area.base.is_none())
    );
    let population = TurnoutBase::Attribute("population".into());
    let population = Breakdown::of(&tally, &Score::Votes, &population).unwrap();
    assert_eq!(population.areas[0].turnout, Some(ratio("1/5")));
    assert_eq!(population.areas[1].turnout, None, "south has no population");
    assert_eq!(
        population.whole.turnout, None,
        "so the city has none either"
    );
    let unknown = Breakdown::of(
        &tally,
        &Score::Votes,
        &TurnoutBase::Attribute("voters".into()),
    );
    let error = unknown.unwrap_err();
    assert!(matches!(error, BreakdownError::UnknownBase { .. }));
    assert!(
        error.to_string().contains("population, registered"),
        "{error}"
    );
}

/// A quartier that is divided is not counted twice in the city's base; one with a base of 0 has no turnout.
#[test]
fn divided_quartiers_count_once() {
    let area = |id: &str, registered: i32| Area::new(id).attribute("registered", registered.into());
    let instance = Instance::builder()
        .budget(1)
        .project(("park", 1))
        .area(area("city", 100))
        .area(area("north", 60).part_of("city"))
        .area(area("south", 40).part_of("city"))
        .area(area("airport", 0))
        .build()
        .unwrap();
    let votes = [
        vote("park").living_in("north"),
        vote("park").living_in("airport"),
        vote("park"),
    ];
    let tally = tally_of(&instance, RULES, &[], &votes, &[]);
    let breakdown = Breakdown::of(&tally, &Score::Votes, &registered()).unwrap();
    assert_eq!(breakdown.whole.turnout, Some(ratio("3/100")));
    let airport = breakdown
        .areas
        .iter()
        .find(|area| area.area == "airport")
        .unwrap();
    assert_eq!((airport.took_part, airport.turnout.clone()), (1, None));
    let city = breakdown
        .areas
        .iter()
        .find(|area| area.area == "city")
        .unwrap();
    assert_eq!(
        (city.took_part, city.turnout.clone()),
        (0, Some(ratio("0")))
    );
}

/// Paper as totals: votes and ranks count it, voters only where their number is known.
#[test]
fn totals_without_single_ballots() {
    let votes = [vote("gym").by("internet").living_in("north")];
    let totals = [
        Aggregate::new("paper", [("park", 3), ("gym", 1)])
            .in_area("north")
            .of_voters(4),
        Aggregate::new("paper", [("park", 2)]).in_area("south"),
    ];
    let tally = tally_of(&city(), RULES, &[], &votes, &totals);
    let breakdown = Breakdown::of(&tally, &Score::Votes, &registered()).unwrap();
    let park = &breakdown.projects[0];
    assert_eq!(
        (
            park.project.as_str(),
            park.votes,
            park.figure.as_ref().unwrap().to_string()
        ),
        ("park", 5, "5".to_owned())
    );
    assert_eq!(park.by_area.get("south"), Some(&2));
    assert_eq!(breakdown.areas[0].took_part, 5);
    let south = breakdown
        .cells
        .iter()
        .find(|cell| cell.area == "south")
        .unwrap();
    assert!(south.lacks_voters && south.voters_of_totals.is_none() && south.took_part == 0);
    assert_eq!(breakdown.alone[0].left_out[0].voters, 4);
    let by_paper = park
        .by_channel
        .iter()
        .find(|line| line.channel == "paper")
        .unwrap();
    assert_eq!((by_paper.votes, by_paper.rank), (5, Some(1)));
}

#[test]
fn the_score_decides_the_ranks() {
    let rules = "form=points,max-points=5,invalid=void,duplicates=first,blank-ballots-count=false,channels=internet:binding;paper:binding";
    let votes = [vote("gym:1"), vote("gym:1"), vote("park:5").by("internet")];
    let tally = tally_of(&city(), rules, &[], &votes, &[]);
    let points = Breakdown::of(&tally, &Score::Points, &TurnoutBase::NotStated).unwrap();
    assert_eq!(
        (
            points.projects[0].project.as_str(),
            points.projects[0].votes
        ),
        ("park", 1)
    );
    let by_votes = Breakdown::of(&tally, &Score::Votes, &TurnoutBase::NotStated).unwrap();
    assert_eq!(by_votes.projects[0].project, "gym");
    let borda = Breakdown::of(&tally, &Score::Borda, &TurnoutBase::NotStated);
    assert!(matches!(borda, Err(BreakdownError::Score(_))));
}

/// Pairwise contests: pool is the Condorcet winner of the whole vote and of neither channel alone.
#[test]
fn rankings_without_sums_are_put_side_by_side() {
    let rules = RULES.replace("form=approval", "form=ranked");
    let mut votes = vec![vote("gym,pool,park,tree").by("internet"); 3];
    votes.extend(vec![vote("park,pool,gym,tree"); 4]);
    votes.extend(vec![vote("pool,gym,park,tree"); 1]);
    votes.extend(vec![vote("pool,gym,park,tree").by("internet"); 1]);
    let tally = tally_of(&city(), &rules, &[], &votes, &[]);
    let breakdown = Breakdown::of(&tally, &Score::Copeland, &TurnoutBase::NotStated).unwrap();
    assert_eq!(breakdown.projects[0].project, "pool");
    let figure = breakdown.projects[0].figure.as_ref().unwrap();
    assert_eq!(figure.to_string(), "3 won, 0 tied");
    let first = |place: usize| {
        let alone = breakdown
            .projects
            .iter()
            .filter(|project| project.by_channel[place].rank == Some(1));
        alone
            .map(|project| project.project.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!((first(0), first(1)), (vec!["gym"], vec!["park"]));
    let moved: Vec<_> = breakdown.alone[0].moved.iter().map(shift).collect();
    assert_eq!(moved, [("gym", 2, 1, -1), ("pool", 1, 2, 1)]);
}

/// A consultative channel that cannot be ranked does not stop the report.
#[test]
fn a_channel_that_cannot_be_ranked_says_why() {
    let rules = "form=grades,scale=poor;good,invalid=void,duplicates=first,blank-ballots-count=false,channels=opinion:consultative;paper:binding";
    let all = "gym:good,park:good,pool:poor,tree:poor";
    let votes = [vote(all), vote("gym:good").by("opinion")];
    let tally = tally_of(&city(), rules, &[], &votes, &[]);
    let score = "majority-judgment".parse().unwrap();
    let breakdown = Breakdown::of(&tally, &score, &TurnoutBase::NotStated).unwrap();
    assert_eq!(breakdown.not_ranked.len(), 1);
    assert_eq!(breakdown.not_ranked[0].channel, "opinion");
    assert!(
        breakdown
            .to_string()
            .contains("opinion is not ranked: project `park` has no grade"),
        "{breakdown}"
    );
    let gym = breakdown
        .projects
        .iter()
        .find(|project| project.project == "gym")
        .unwrap();
    assert_eq!((gym.by_channel[0].votes, gym.by_channel[0].rank), (1, None));
    assert_eq!(
        (gym.by_channel[1].votes, gym.by_channel[1].rank),
        (1, Some(1))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// What stands side by side adds up to the account, and to the profile.
    #[test]
    fn parts_add_up(votes in prop::collection::vec((0_usize..8, 0_usize..3, 0_usize..3), 0..60)) {
        let texts = ["park", "gym", "gym,park", "tree", "tree,gym,pool", "", "castle", "pool"];
        let (channels, areas) = (["paper", "internet", "opinion"], ["", "north", "south"]);
        let cast: Vec<Vote> = votes.iter().map(|&(text, channel, area)| vote(texts[text]).by(channels[channel]).living_in(areas[area])).collect();
        let tally = tally(&cast);
        let breakdown = Breakdown::of(&tally, &Score::Votes, &registered()).unwrap();
        let total = tally.ledger().total();
        let sum = |of: fn(&quartier::tally::Counts) -> u64| breakdown.cells.iter().map(|cell| of(&cell.counts)).sum::<u64>();
        prop_assert_eq!(sum(|counts| counts.received), total.received);
        prop_assert_eq!(sum(|counts| counts.accepted), total.accepted);
        prop_assert_eq!(sum(|counts| counts.blank), total.blank);
        prop_assert_eq!(sum(quartier::tally::Counts::voids), total.voids());
        prop_assert_eq!(sum(quartier::tally::Counts::voters), total.voters());
        let binding: u64 = breakdown.cells.iter().filter(|cell| cell.role == Some(Role::Binding)).map(|cell| cell.took_part).sum();
        prop_assert_eq!(breakdown.whole.took_part, binding);
        let mentions = tally.profile().mentions();
        for project in &breakdown.projects {
            let index = tally.instance().find(&project.project).unwrap().index();
            prop_assert_eq!(project.votes, mentions[index]);
            prop_assert_eq!(project.by_area.values().sum::<u64>(), project.votes);
            let binding = project.by_channel.iter().filter(|line| line.channel != "opinion");
            prop_assert_eq!(binding.map(|line| line.votes).sum::<u64>(), project.votes);
            let better = mentions.iter().filter(|&&votes| votes > project.votes).count();
            prop_assert_eq!(project.rank, better + 1);
        }
    }
}
