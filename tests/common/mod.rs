//! Small elections in a plain form that strategies build, tests permute and the reference rules read.

#![allow(
    dead_code,
    reason = "every test program uses its own part of these helpers"
)]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

pub(crate) mod strategies;

use proptest::test_runner::Config;
use quartier::count::{Count, Counted, Outcome};
use quartier::election::{
    Ballot, BallotKind, BallotLimits, Date, Election, ExclusiveGroup, Instance, Money, Points,
    Project, Relation, Stance, VoterClass, ZeroCost,
};
use quartier::exact::Ratio;
use quartier::rules::Plan;

/// Ids in the order of their bytes, so that a project's number is its place in every election; by their
/// numbers, people would sort them otherwise.
pub(crate) const IDS: [&str; 8] = ["1", "10", "2", "A", "a-9", "b", "żłobek", "道"];

/// The names of the grades, the worst first.
pub(crate) const SCALE: [&str; 4] = ["reject", "poor", "good", "excellent"];

/// The classes of voters that strategies use; 0 is the ordinary one.
pub(crate) const WEIGHTS: [(i128, i128); 4] = [(1, 1), (2, 1), (1, 3), (5, 2)];

/// The endowments of the classes, where voters have different ones.
pub(crate) const ENDOWMENTS: [(i128, i128); 4] = [(1, 1), (3, 1), (1, 2), (5, 3)];

/// One quarter of a currency unit, in which small elections count money.
pub(crate) const QUARTER: i128 = 2_500;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ProjectCase {
    /// In quarters of a unit.
    pub(crate) cost: u32,
    pub(crate) filed: Option<i8>,
    pub(crate) group: Option<usize>,
    pub(crate) variant_of: Option<usize>,
    pub(crate) requires: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VoterCase {
    /// Project and what is said of it: the raw tier, thousandths of a point, the grade, the sign.
    pub(crate) marks: Vec<(usize, i64)>,
    pub(crate) count: u64,
    pub(crate) class: usize,
}

/// A small election in plain numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Case {
    pub(crate) kind: BallotKind,
    /// In quarters of a unit.
    pub(crate) budget: u32,
    /// In quarters of a unit.
    pub(crate) granularity: Option<u32>,
    pub(crate) max_length: Option<u32>,
    pub(crate) projects: Vec<ProjectCase>,
    /// At most so many of each group.
    pub(crate) groups: Vec<u32>,
    pub(crate) voters: Vec<VoterCase>,
    /// Do the classes have different endowments?
    pub(crate) endowments: bool,
}

pub(crate) fn quarters(number: u32) -> Money {
    Money::from_ten_thousandths(i128::from(number) * QUARTER).unwrap()
}

pub(crate) fn ratio(numerator: i128, denominator: i128) -> Ratio {
    Ratio::new(numerator, denominator).unwrap()
}

pub(crate) fn weight_of(class: usize) -> Ratio {
    let (numerator, denominator) = WEIGHTS[class];
    ratio(numerator, denominator)
}

pub(crate) fn endowment_of(case: &Case, class: usize) -> Ratio {
    let (numerator, denominator) = if case.endowments {
        ENDOWMENTS[class]
    } else {
        (1, 1)
    };
    ratio(numerator, denominator)
}

impl Case {
    /// The election, with everything in the order of the case.
    pub(crate) fn election(&self) -> Election {
        let order: Vec<usize> = (0..self.projects.len()).collect();
        self.election_with(&IDS, &order, &self.voters)
    }

    /// The election with other ids, with projects in this order and with these voters.
    pub(crate) fn election_with(
        &self,
        ids: &[&str],
        order: &[usize],
        voters: &[VoterCase],
    ) -> Election {
        let class = |_: usize, voter: &VoterCase| VoterClass {
            weight: weight_of(voter.class),
            endowment: endowment_of(self, voter.class),
        };
        self.election_of(ids, order, voters, class)
    }

    /// The same with other classes of voters, each told by its place and what the case says.
    pub(crate) fn election_of(
        &self,
        ids: &[&str],
        order: &[usize],
        voters: &[VoterCase],
        class: impl Fn(usize, &VoterCase) -> VoterClass,
    ) -> Election {
        let mut instance = Instance::builder()
            .name("small")
            .budget(quarters(self.budget))
            .zero_cost(ZeroCost::Allowed);
        if let Some(granularity) = self.granularity {
            instance = instance.granularity(quarters(granularity));
        }
        let mut limits = BallotLimits::default();
        limits.max_length = self.max_length;
        instance = instance.limits(limits);
        for &number in order {
            let mut project = self.project(number, ids);
            // The published place is a label: tests that shuffle want it to stay.
            project.position = Some(u32::try_from(number).unwrap() + 1);
            instance = instance.project(project);
        }
        for (number, &at_most) in self.groups.iter().enumerate() {
            instance = instance.group(ExclusiveGroup::new(format!("group-{number}"), at_most));
        }
        let builder = Election::builder()
            .instance(instance)
            .kind(self.kind)
            .scale(if self.kind == BallotKind::Grades {
                SCALE.to_vec()
            } else {
                Vec::new()
            });
        voters
            .iter()
            .enumerate()
            .fold(builder, |builder, (at, voter)| {
                let ballot = self.ballot(&voter.marks, ids);
                builder.weighted(ballot, voter.count, class(at, voter))
            })
            .build()
            .unwrap()
    }

    fn project(&self, number: usize, ids: &[&str]) -> Project {
        let case = &self.projects[number];
        let mut project = Project::new(ids[number], quarters(case.cost));
        project.filed = case.filed.map(|day| Date::new(2024, 1, day).unwrap());
        project.relations.extend(
            case.group
                .map(|group| Relation::MemberOf(format!("group-{group}"))),
        );
        project.relations.extend(
            case.variant_of
                .map(|other| Relation::VariantOf(ids[other].to_owned())),
        );
        project.relations.extend(
            case.requires
                .iter()
                .map(|&other| Relation::Requires(ids[other].to_owned())),
        );
        project
    }

    pub(crate) fn ballot(&self, marks: &[(usize, i64)], ids: &[&str]) -> Ballot {
        let id = |project: usize| ids[project].to_owned();
        match self.kind {
            BallotKind::Approval => Ballot::approval(marks.iter().map(|&(project, _)| id(project))),
            BallotKind::Ranked => Ballot::Ranked(
                tiers(marks)
                    .into_iter()
                    .map(|tier| tier.into_iter().map(id).collect())
                    .collect(),
            ),
            BallotKind::Points => Ballot::Points(
                marks
                    .iter()
                    .map(|&(project, value)| {
                        (id(project), Points::from_millionths(value * 1_000).unwrap())
                    })
                    .collect(),
            ),
            BallotKind::Grades => Ballot::grades(
                marks
                    .iter()
                    .map(|&(project, value)| (id(project), SCALE[usize::try_from(value).unwrap()])),
            ),
            BallotKind::Signed => Ballot::signed(marks.iter().map(|&(project, value)| {
                (
                    id(project),
                    if value > 0 {
                        Stance::For
                    } else {
                        Stance::Against
                    },
                )
            })),
        }
    }

    /// The projects that a ballot names.
    pub(crate) fn named(&self, voter: &VoterCase) -> Vec<usize> {
        voter
            .marks
            .iter()
            .filter(|&&(_, value)| self.kind != BallotKind::Signed || value > 0)
            .map(|&(project, _)| project)
            .collect()
    }

    pub(crate) fn voter_count(&self) -> u64 {
        self.voters.iter().map(|voter| voter.count).sum()
    }
}

/// The tiers of a ranked ballot, the best first.
pub(crate) fn tiers(marks: &[(usize, i64)]) -> Vec<Vec<usize>> {
    let mut values: Vec<i64> = marks.iter().map(|&(_, value)| value).collect();
    values.sort_unstable();
    values.dedup();
    values
        .iter()
        .map(|wanted| {
            marks
                .iter()
                .filter(|(_, value)| value == wanted)
                .map(|&(project, _)| project)
                .collect()
        })
        .collect()
}

/// How many random cases a property is tried on: `QUARTIER_LONG=1` multiplies them by 50.
pub(crate) fn cases(number: u32) -> Config {
    let long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    Config {
        cases: if long { number * 50 } else { number },
        failure_persistence: None,
        max_global_rejects: 1_000_000,
        ..Config::default()
    }
}

pub(crate) fn plan(text: &str) -> Plan {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The outcome of a count that must be decided.
pub(crate) fn outcome(election: &Election, rule: &str, ties: &str) -> Outcome {
    decided(
        &Count::of(election, &plan(rule))
            .ties(ties.parse().unwrap())
            .run()
            .unwrap(),
    )
}

pub(crate) fn decided(counted: &Counted) -> Outcome {
    counted
        .outcome()
        .unwrap_or_else(|| panic!("a lot is asked for: {counted:?}"))
        .clone()
}

/// The whole outcome as text, to be compared byte by byte.
pub(crate) fn bytes(outcome: &Outcome) -> String {
    serde_json::to_string(outcome).unwrap()
}

/// The winners in the order of ids.
pub(crate) fn winners(outcome: &Outcome) -> Vec<String> {
    let mut winners = outcome.winners.clone();
    winners.sort();
    winners
}

pub(crate) fn money(text: &str) -> Money {
    text.parse().unwrap()
}
