//! Increments that are skipped, made ahead or on a narrowed view do what a run by itself would: with caps, exclusive groups,
//! variants and requirements too.

use std::cell::Cell;

use crate::count::{Allocation, Count, Halt, Log, Outcome, Rule, Sealed};
use crate::election::{Election, Instance, Money, Project, ProjectIx, Relation, Utility};
use crate::exact::Ratio;
use crate::exact::certified::Trust;

use super::ahead::{Ahead, Next};
use super::desk::Standing;
use super::run::{Desk, Ended, Permit, Run};
use super::tests::{Random, open, related};
use super::trials::Pace;
use super::view::View;
use super::{Completion, EqualShares, Increment};

/// How many elections: `QUARTIER_LONG=1` takes twenty times as many.
fn rounds(short: u64) -> u64 {
    let long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    if long { 20 * short } else { short }
}

/// A law written down from scratch: relations of the instance, and caps on what some projects cost together. Ties go by id.
struct Law<'a> {
    instance: &'a Instance,
    budget: Money,
    caps: Vec<(Vec<ProjectIx>, Money)>,
    refusals: Cell<u64>,
    /// Steps that may still be done.
    steps: u64,
}

impl<'a> Law<'a> {
    fn random(random: &mut Random, election: &'a Election) -> Law<'a> {
        let (instance, budget) = (election.instance(), election.instance().budget());
        let caps = (0..random.below(4)).map(|_| {
            let mask = random.below(1 << instance.projects().len());
            let member = |project: &ProjectIx| mask >> project.index() & 1 == 1;
            let part = i128::from(1 + random.below(8));
            let cap = Money::from_ten_thousandths(budget.ten_thousandths() * part / 10);
            let members = instance.project_indices().filter(member);
            (members.collect(), cap.unwrap())
        });
        Law {
            instance,
            budget,
            caps: caps.collect(),
            refusals: Cell::new(0),
            steps: u64::MAX,
        }
    }

    fn is_barred(&self, bought: &[ProjectIx], project: ProjectIx) -> bool {
        let own = &self.instance.project(project).unwrap().relations;
        let is = |other: ProjectIx, id: &str| self.instance.id_of(other) == id;
        let excludes = bought.iter().any(|&other| {
            let others = &self.instance.project(other).unwrap().relations;
            let names = |list: &[Relation], to: ProjectIx| {
                list.iter()
                    .any(|relation| matches!(relation, Relation::VariantOf(id) if is(to, id)))
            };
            names(own, other) || names(others, project)
        });
        let is_full = own.iter().any(|relation| {
            let Relation::MemberOf(group) = relation else {
                return false;
            };
            let at_most = if group == "g0" { 1 } else { 2 };
            let members = bought.iter().filter(|&&other| {
                let others = &self.instance.project(other).unwrap().relations;
                others.contains(&Relation::MemberOf(group.clone()))
            });
            members.count() >= at_most
        });
        let crosses = self.caps.iter().any(|(members, cap)| {
            let together = bought.iter().chain([&project]);
            let costs = together
                .filter(|project| members.contains(project))
                .map(|&project| self.instance.cost_of(project));
            members.contains(&project) && Money::checked_sum(costs).unwrap() > *cap
        });
        excludes || is_full || crosses
    }
}

impl Desk for Law<'_> {
    fn permit(&self, _: &mut Standing, bought: &[ProjectIx], project: ProjectIx) -> Permit {
        let own = &self.instance.project(project).unwrap().relations;
        let waits = own.iter().any(|relation| {
            matches!(relation, Relation::Requires(id) if bought.iter().all(|&other| self.instance.id_of(other) != id))
        });
        let permit = match (self.is_barred(bought, project), waits) {
            (true, _) => Permit::Barred,
            (_, true) => Permit::Waits,
            _ => return Permit::Granted,
        };
        self.refusals.set(self.refusals.get() + 1);
        permit
    }

    fn permit_all(&self, _: &[ProjectIx], _: &[ProjectIx]) -> bool {
        false
    }

    fn available(&self) -> Money {
        self.budget
    }

    fn work(&mut self, steps: u64) -> Result<(), Halt> {
        self.steps = self
            .steps
            .checked_sub(steps)
            .ok_or(Halt::Failed(crate::count::CountError::Cancelled))?;
        Ok(())
    }

    fn first(&self, tied: &[ProjectIx]) -> Option<ProjectIx> {
        tied.first().copied()
    }

    fn untie(&mut self, tied: &[ProjectIx]) -> Result<ProjectIx, Halt> {
        Ok(tied[0])
    }
}

/// Requirements lead to projects with smaller numbers, so that they never go in a circle.
fn relate(random: &mut Random, mut project: Project) -> Project {
    let number: u64 = project.id.trim_start_matches('p').parse().unwrap();
    match random.below(6) {
        0 => project.relations.push(Relation::MemberOf("g0".to_owned())),
        1 => project.relations.push(Relation::MemberOf("g1".to_owned())),
        kind @ (2 | 3) if number > 0 => {
            let other = format!("p{:02}", random.below(number));
            project.relations.push(if kind == 2 {
                Relation::Requires(other)
            } else {
                Relation::VariantOf(other)
            });
        }
        _ => {}
    }
    project
}

/// What a run by itself buys, over the whole election.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bought {
    ended: Ended,
    projects: Vec<ProjectIx>,
    spent: Money,
    is_tied: bool,
}

fn alone(view: &View<'_>, open: &[ProjectIx], share: &Ratio, law: &mut Law<'_>) -> Bought {
    let mut run: Run = Run::default();
    let ended = run.run(view, open, share, Trust::Proved, law).unwrap();
    Bought {
        ended,
        projects: run.purchases.iter().map(|bought| bought.project).collect(),
        spent: run.spent,
        is_tied: run.purchases.iter().any(|bought| bought.tied.len() > 1),
    }
}

#[derive(Debug, Default)]
struct Seen {
    skipped: u64,
    made: u64,
    tied: u64,
    refusals: u64,
}

/// Every increment, also each that is skipped, against a run by itself: what it buys, how it ends, what it costs.
fn compare(view: &View<'_>, start: Ratio, law: &mut Law<'_>, round: u64, seen: &mut Seen) {
    let open = open(view.election, view);
    let step = start.checked_div(&Ratio::from(2_000)).unwrap();
    let mut ahead = Ahead::new(view, &open, start, step, true);
    let (mut last, mut same) = (None, 0);
    for increment in 1..300 {
        let one = alone(view, &open, &ahead.share(increment), law);
        seen.tied += u64::from(one.is_tied);
        if same == 0 {
            last = match ahead.next(increment, law).unwrap() {
                Next::Same(more) => {
                    same = more;
                    last
                }
                Next::Made(run) => {
                    seen.made += 1;
                    Some(Bought {
                        ended: run.ended,
                        is_tied: !run.ties.is_empty(),
                        projects: run.bought,
                        spent: run.spent,
                    })
                }
                Next::Alone => {
                    let share = ahead.share(increment);
                    let (narrow, within) = ahead.view(increment, law).unwrap();
                    Some(alone(narrow, within, &share, law))
                }
            };
        }
        if same > 0 {
            (same, seen.skipped) = (same - 1, seen.skipped + 1);
            assert!(!one.is_tied, "round {round}: a tie was skipped");
        }
        assert_eq!(
            last.as_ref(),
            Some(&one),
            "round {round}, increment {increment}"
        );
    }
}

#[test]
fn skipped_increments_do_what_a_run_would() {
    for (seed, is_lawful) in [(13, false), (14, true)] {
        let (mut random, mut seen) = (Random(seed), Seen::default());
        for round in 0..rounds(400) {
            let election = related(&mut random, 1 + round % 3, |random, project| {
                if is_lawful {
                    relate(random, project)
                } else {
                    project
                }
            });
            let view = View::new(&election, Utility::Cost).unwrap();
            let mut law = Law::random(&mut random, &election);
            if !is_lawful {
                law.caps.clear();
            }
            let start = view.share_of(law.budget).unwrap();
            compare(&view, start, &mut law, round, &mut seen);
            seen.refusals += law.refusals.get();
        }
        assert!(
            seen.skipped > 20_000 && seen.made > 2_000 && seen.tied > 2_000,
            "{seen:?}: too easy"
        );
        assert_eq!(is_lawful, seen.refusals > 50_000, "{seen:?}");
    }
}

/// What a block does is counted, pass by pass: it ends where the desk allows no more.
#[test]
fn runs_ahead_stop_where_the_work_ends() {
    let mut random = Random(3);
    let election = related(&mut random, 1, |_, project| project);
    let view = View::new(&election, Utility::Cost).unwrap();
    let open = open(&election, &view);
    let mut law = Law::random(&mut random, &election);
    let start = view.share_of(law.budget).unwrap();
    let first = |steps: u64, law: &mut Law<'_>| {
        law.steps = steps;
        let mut ahead = Ahead::new(&view, &open, start.clone(), Ratio::from(1), true);
        ahead.next(1, law).map(|_| steps - law.steps)
    };
    let needed = first(u64::MAX, &mut law).unwrap();
    // Eight runs buy at least once each what they buy, and each purchase is a pass to find it and one to draw it.
    let bought = alone(&view, &open, &start, &mut law).projects;
    let marks = bought.iter().map(|&project| view.supporters(project).len());
    assert!(needed > 2 * marks.sum::<usize>() as u64);
    for steps in 0..needed {
        assert!(first(steps, &mut law).is_err(), "{steps} of {needed}");
    }
    assert_eq!(first(needed, &mut law).unwrap(), needed);
}

/// Equal Shares whose runs are all made by themselves.
#[derive(Debug)]
struct OneByOne(EqualShares);

impl Sealed for OneByOne {}

impl Rule for OneByOne {
    fn id(&self) -> &'static str {
        self.0.id()
    }

    fn text(&self) -> String {
        self.0.text()
    }

    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        self.0.count(election, allocation, Pace::OneByOne)
    }
}

/// The outcome with its ties and reasons, and all that was told but how it was computed.
fn told(election: &Election, rule: &dyn Rule) -> (Outcome, Vec<serde_json::Value>, u64) {
    let (mut log, chain) = (Log::new(), "dearer,id".parse().unwrap());
    let count = Count::of(election, rule).ties(chain).observe(&mut log);
    let outcome = count.run().unwrap().outcome().unwrap().clone();
    let (answers, facts): (Vec<_>, Vec<_>) = log
        .lines()
        .iter()
        .cloned()
        .partition(|line| line["fact"] == "answers");
    let skipped = answers[0]["skipped"].as_u64().unwrap();
    (outcome, facts, skipped)
}

/// The whole count is the same, ties, shares, facts and reasons included.
#[test]
fn a_count_does_not_depend_on_the_pace() {
    let (mut random, mut skipped) = (Random(34), 0);
    for round in 0..rounds(600) {
        let election = related(&mut random, 1 + round % 3, relate);
        let step = election.instance().budget().ten_thousandths() / 20_000;
        let by = Increment::new(Money::from_ten_thousandths(step.max(1)).unwrap()).unwrap();
        for completion in [Completion::Add1(by), Completion::Add1UntilExhaustive(by)] {
            for utility in [Utility::Cost, Utility::Cardinality] {
                let rule = EqualShares::new(utility).completion(completion);
                let (fast, slow) = (told(&election, &rule), told(&election, &OneByOne(rule)));
                assert_eq!(slow.2, 0);
                assert_eq!((&fast.0, &fast.1), (&slow.0, &slow.1), "round {round}");
                skipped += fast.2;
            }
        }
    }
    assert!(skipped > 5_000, "only {skipped} increments were skipped");
}
