//! Profiles in the notation of the papers, and random ones.

use proptest::prelude::*;
use quartier::election::{Ballot, Election, VoterClass};
use quartier::exact::Ratio;
use quartier::tally::Score;
use quartier::tally::ranking::InstantRunoff;

use crate::common::{WEIGHTS, ratio, weight_of};
use crate::reference;

/// Ranked votes: tiers, how many voters, their class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Votes {
    pub(crate) projects: usize,
    pub(crate) ballots: Vec<(Vec<Vec<usize>>, u64, usize)>,
}

pub(crate) fn letter(project: usize) -> char {
    char::from(b'A' + u8::try_from(project).unwrap())
}

fn number(letter: char) -> usize {
    usize::from(u8::try_from(letter).unwrap() - b'A')
}

/// `"5:ACBED 2:A(BC)"`: five voters rank A before C before B ..., two rank A before B and C, which are tied.
/// The projects are all letters up to the last one that is named.
pub(crate) fn votes(text: &str) -> Votes {
    let ballots: Vec<_> = text.split(' ').map(ballot).collect();
    let named = ballots
        .iter()
        .flat_map(|(tiers, _, _)| tiers.iter().flatten());
    Votes {
        projects: named.max().map_or(0, |last| last + 1),
        ballots,
    }
}

fn ballot(text: &str) -> (Vec<Vec<usize>>, u64, usize) {
    let (count, ranking) = text.split_once(':').unwrap();
    let (mut tiers, mut open): (Vec<Vec<usize>>, bool) = (Vec::new(), false);
    for c in ranking.chars() {
        match c {
            '(' => {
                tiers.push(Vec::new());
                open = true;
            }
            ')' => open = false,
            c if open => tiers.last_mut().unwrap().push(number(c)),
            c => tiers.push(vec![number(c)]),
        }
    }
    (tiers, count.parse().unwrap(), 0)
}

impl Votes {
    pub(crate) fn election(&self) -> Election {
        let mut builder = Election::builder().budget(100);
        for project in 0..self.projects {
            builder = builder.project((letter(project).to_string(), 1));
        }
        builder = builder.kind(quartier::election::BallotKind::Ranked);
        for (tiers, count, class) in &self.ballots {
            let tiers = tiers.iter().map(|tier| {
                tier.iter()
                    .map(|&project| letter(project).to_string())
                    .collect()
            });
            let class = VoterClass {
                weight: weight_of(*class),
                ..VoterClass::default()
            };
            builder = builder.weighted(Ballot::Ranked(tiers.collect()), *count, class);
        }
        builder.build().unwrap()
    }

    /// The order of a method in tied groups.
    pub(crate) fn order(&self, method: &str) -> Vec<Vec<usize>> {
        order(&self.election(), method)
    }

    /// The same as text: `"BD AC"`.
    pub(crate) fn text(&self, method: &str) -> String {
        let groups = self.order(method);
        let groups: Vec<String> = groups
            .iter()
            .map(|group| group.iter().map(|&project| letter(project)).collect())
            .collect();
        groups.join(" ")
    }

    pub(crate) fn first(&self, method: &str) -> Vec<usize> {
        self.order(method).swap_remove(0)
    }

    /// For the slow references.
    pub(crate) fn slow(&self) -> Vec<reference::Ballot> {
        self.ballots
            .iter()
            .map(|(tiers, count, class)| (tiers.clone(), weight_of(*class) * Ratio::from(*count)))
            .collect()
    }

    pub(crate) fn prefer(&self, a: usize, b: usize) -> Ratio {
        reference::prefer(&self.slow(), a, b)
    }

    /// Does a beat every other project?
    pub(crate) fn beats_all(&self, a: usize) -> bool {
        (0..self.projects).all(|b| a == b || self.prefer(a, b) > self.prefer(b, a))
    }

    /// Does every other project beat a?
    pub(crate) fn loses_to_all(&self, a: usize) -> bool {
        (0..self.projects).all(|b| a == b || self.prefer(a, b) < self.prefer(b, a))
    }

    /// The weight of the voters who pass a test of their tiers.
    pub(crate) fn weight(&self, test: impl Fn(&[Vec<usize>]) -> bool) -> Ratio {
        let ballots = self.slow();
        let pass = ballots.iter().filter(|(tiers, _)| test(tiers));
        pass.map(|(_, weight)| weight).sum()
    }

    /// Every ballot changed.
    pub(crate) fn map(&self, change: impl Fn(&[Vec<usize>]) -> Vec<Vec<usize>>) -> Votes {
        let ballots = self.ballots.iter();
        let ballots = ballots.map(|(tiers, count, class)| (change(tiers), *count, *class));
        Votes {
            projects: self.projects,
            ballots: ballots.collect(),
        }
    }

    pub(crate) fn with(&self, text: &str) -> Votes {
        let mut more = self.clone();
        more.ballots.extend(text.split(' ').map(ballot));
        more
    }

    /// Ballots after `McGarvey`: for each pair, voters who rank it above all others and voters who rank it below them in the
    /// others' reversed order, so that it has this margin and nothing else changes. Margins are even.
    pub(crate) fn of_margins(projects: usize, margins: &[(usize, usize, u64)]) -> Votes {
        let mut ballots = Vec::new();
        for &(winner, loser, margin) in margins {
            let others: Vec<usize> = (0..projects)
                .filter(|project| ![winner, loser].contains(project))
                .collect();
            let top = [winner, loser].into_iter().chain(others.iter().copied());
            let bottom = others.iter().rev().copied().chain([winner, loser]);
            let strict = |order: Vec<usize>| order.into_iter().map(|project| vec![project]);
            ballots.push((strict(top.collect()).collect(), margin / 2, 0));
            ballots.push((strict(bottom.collect()).collect(), margin / 2, 0));
        }
        Votes { projects, ballots }
    }

    /// How many more voters prefer the first to the second than the other way round.
    pub(crate) fn margin(&self, a: usize, b: usize) -> Ratio {
        self.prefer(a, b) - self.prefer(b, a)
    }

    /// Could no order of leaving have mattered in the runoff?
    pub(crate) fn runs_off_clearly(&self) -> bool {
        let runoff = InstantRunoff::of(&self.election()).unwrap();
        runoff.rounds().iter().all(|round| !round.is_contested())
    }
}

pub(crate) fn order(election: &Election, method: &str) -> Vec<Vec<usize>> {
    let ranked = method.parse::<Score>().unwrap().order(election).unwrap();
    let groups = ranked.groups().iter();
    groups
        .map(|group| group.iter().map(|project| project.index()).collect())
        .collect()
}

/// The methods that look at pairs.
pub(crate) const CONDORCET: [&str; 3] = ["copeland", "schulze", "ranked-pairs"];
/// All that read ranked ballots.
pub(crate) const RANKED: [&str; 10] = [
    "votes",
    "borda",
    "weights;3;2;1",
    "dowdall",
    "plurality",
    "veto",
    "copeland",
    "schulze",
    "ranked-pairs",
    "instant-runoff",
];

/// What random ballots may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// All projects in strict order.
    Complete,
    /// Some projects in strict order.
    Strict,
    /// All projects, with ties.
    Weak,
    /// Some projects with ties, voters with weights.
    Any,
}

/// Random votes for 2 to `most` projects.
pub(crate) fn random(most: usize, shape: Shape) -> impl Strategy<Value = Votes> {
    let keys = prop::collection::vec(0..8_u8, most);
    let ballot = (keys, 1..=most, 1..=4_u64, 0..WEIGHTS.len());
    let ballots = prop::collection::vec(ballot, 1..=6);
    (2..=most, ballots).prop_map(move |(projects, ballots)| {
        let ballots = ballots.into_iter().map(|(keys, length, count, class)| {
            let (tiers, class) = match shape {
                Shape::Complete => (strict(&keys, projects, projects), 0),
                Shape::Strict => (strict(&keys, projects, length), 0),
                Shape::Weak => (weak(&keys, projects, u8::MAX), 0),
                Shape::Any => (weak(&keys, projects, 5), class),
            };
            (tiers, count, class)
        });
        Votes {
            projects,
            ballots: ballots.collect(),
        }
    })
}

fn strict(keys: &[u8], projects: usize, length: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..projects).collect();
    order.sort_by_key(|&project| keys[project]);
    order
        .into_iter()
        .take(length)
        .map(|project| vec![project])
        .collect()
}

/// Tiers by key; keys from `limit` on are not ranked.
fn weak(keys: &[u8], projects: usize, limit: u8) -> Vec<Vec<usize>> {
    let tier = |key: u8| -> Vec<usize> {
        (0..projects)
            .filter(|&project| keys[project] == key)
            .collect()
    };
    let tiers = (0..8).filter(|&key| key < limit).map(tier);
    tiers.filter(|tier| !tier.is_empty()).collect()
}

pub(crate) fn tenths(number: i128) -> Ratio {
    ratio(number, 1_000)
}
