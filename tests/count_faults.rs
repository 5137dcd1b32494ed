//! What goes wrong in real counts, one named test each (RELIABILITY.md section 2), and the degenerate cases.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use quartier::count::{AllOutcomes, Cancel, Count, CountError, Counted, Fate, Log, Outcome};
use quartier::election::{
    Ballot, BallotKind, BallotLimits, Election, ElectionBuilder, Instance, Money, Points, Project,
    Utility, UtilityError, VoterClass, ZeroCost,
};
use quartier::exact::Ratio;
use quartier::record::{
    About, Decision, DecisionKind, DecisionProblem, DecisionValue, Reason, TieError,
};

use common::strategies::{Extras, NAMING, chain, counts};
use common::{cases, decided, money, outcome, plan, ratio};

const SKIP: &str = "greedy:score=votes,misfit=skip";
const STOP: &str = "greedy:score=votes,misfit=stop";

/// A rule of each kind, for approval ballots.
const RULES: [&str; 8] = [
    SKIP,
    STOP,
    "greedy:score=votes,misfit=partial,min-covered=50%",
    "greedy:score=votes,misfit=top-up,min-covered=80%,reserve=1000",
    "greedy:score=votes,misfit=skip,threshold=10%",
    "greedy:score=votes,misfit=skip,threshold=cost/3",
    "greedy-welfare:utility=cost",
    "greedy-welfare:utility=chamberlin-courant",
];

fn of(budget: &str, projects: &[(&str, &str)]) -> ElectionBuilder {
    let builder = Election::builder()
        .budget(money(budget))
        .zero_cost(ZeroCost::Allowed)
        .kind(BallotKind::Approval);
    projects.iter().fold(builder, |builder, &(id, cost)| {
        builder.project((id, money(cost)))
    })
}

fn reason(outcome: &Outcome, project: &str) -> Reason {
    match &outcome
        .fates
        .iter()
        .find(|fate| fate.project == project)
        .unwrap()
        .fate
    {
        Fate::Refused { reason } => reason.clone(),
        fate => panic!("{project}: {fate:?}"),
    }
}

fn decision(kind: DecisionKind, about: About, value: DecisionValue) -> Decision {
    Decision::new(kind, about, "city council", "minutes of 3 June").value(value)
}

fn about(project: &str) -> About {
    About::Project(project.to_owned())
}

fn count(
    election: &Election,
    rule: &str,
    ties: &str,
    decisions: &[Decision],
) -> Result<Counted, CountError> {
    Count::of(election, &plan(rule))
        .ties(ties.parse().unwrap())
        .decisions(decisions)
        .run()
}

// ---------------------------------------------------------------------------------------- F16

/// The outcome with all events: what a count publishes.
fn record(election: &Election, rule: &str) -> String {
    let mut log = Log::new();
    let plan = plan(rule);
    let counted = Count::of(election, &plan).observe(&mut log).run();
    format!(
        "{counted:?} {}",
        serde_json::to_string(log.lines()).unwrap()
    )
}

/// The election without what only names things.
fn without_labels(election: &Election) -> serde_json::Value {
    let mut value = serde_json::to_value(election).unwrap();
    for key in ["name", "edition", "currency", "begins", "ends"] {
        value.as_object_mut().unwrap().remove(key);
    }
    for project in value["projects"].as_array_mut().unwrap() {
        for key in ["name", "position", "filed"] {
            project.as_object_mut().unwrap().remove(key);
        }
    }
    value
}

/// Any byte of the input changed: refused, or a label, or the record of the count shows it; and the published
/// digest shows all of it.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn f16_a_changed_byte_never_goes_unnoticed() {
    let approval = of("100", &[("park", "60"), ("gym", "50"), ("lamp", "30.5")])
        .name("Example")
        .ballots(Ballot::approval(["park", "lamp"]), 5);
    let approval = approval
        .weighted(
            Ballot::approval(["gym"]),
            4,
            VoterClass {
                weight: 2.into(),
                endowment: 1.into(),
            },
        )
        .build()
        .unwrap();
    let mut limits = BallotLimits::default();
    limits.max_length = Some(3);
    let ranked = Election::builder()
        .budget(100)
        .limits(limits)
        .project(("a", 60))
        .project(("b", 50))
        .ballots(Ballot::ranked(["a", "b"]), 7)
        .ballots(Ballot::ranked(["b"]), 2)
        .build()
        .unwrap();
    let points = Election::builder()
        .budget(9)
        .project(("a", 6))
        .project(("b", 5))
        .ballot(Ballot::points([("a", 3), ("b", 2)]))
        .build()
        .unwrap();
    let (mut refused, mut shown, mut labels) = (0, 0, 0);
    for (election, rule) in [
        (approval, SKIP),
        (ranked, "greedy:score=borda,misfit=skip"),
        (points, "greedy:score=points,misfit=skip"),
    ] {
        let bytes = serde_json::to_vec(&election).unwrap();
        let (original, plain) = (record(&election, rule), without_labels(&election));
        for at in 0..bytes.len() {
            for other in (0..=255_u8).filter(|&other| other != bytes[at]) {
                let mut changed = bytes.clone();
                changed[at] = other;
                let Ok(read) = serde_json::from_slice::<Election>(&changed) else {
                    refused += 1;
                    continue;
                };
                if read == election {
                    continue; // another way to write the same, such as a blank for a blank
                }
                let moved = read.digest() != election.digest();
                if without_labels(&read) == plain {
                    labels += 1;
                } else {
                    shown += 1;
                    assert_ne!(
                        record(&read, rule),
                        original,
                        "byte {at}: {}",
                        String::from_utf8_lossy(&changed)
                    );
                    assert!(moved, "byte {at} does not show in the digest");
                }
            }
        }
    }
    assert!(
        refused > 100_000 && shown > 200 && labels > 200,
        "{refused} refused, {shown} shown, {labels} labels"
    );
}

// ---------------------------------------------------------------------------------------- F20

proptest! {
    #![proptest_config(cases(600))]

    /// A tie that decides something is never settled without being asked about, and never without a record.
    #[test]
    fn f20_ties_are_never_silent((case, rule) in counts(&NAMING, Extras::ALL), chain in chain()) {
        let (election, plan) = (case.election(), plan(&rule));
        let AllOutcomes::All(outcomes) = Count::of(&election, &plan).all_outcomes(1_000).unwrap() else { panic!("too many") };
        match Count::of(&election, &plan).run().unwrap() {
            Counted::LotRequired(lot) => {
                prop_assert!(lot.tied.len() > 1 && lot.tied.windows(2).all(|pair| pair[0] < pair[1]));
                prop_assert_eq!(lot.stage, "vote");
            }
            decided => {
                prop_assert_eq!(outcomes.len(), 1, "decided although there are {} outcomes", outcomes.len());
                prop_assert!(common::decided(&decided).ties.is_empty());
            }
        }
        let settled = outcome(&election, &rule, chain);
        prop_assert!(outcomes.len() == 1 || !settled.ties.is_empty());
        for tie in &settled.ties {
            let chosen: std::collections::BTreeSet<&String> = tie.chosen.iter().collect();
            prop_assert!(tie.tied.len() > 1 && !chosen.is_empty() && chosen.len() == tie.chosen.len());
            prop_assert!(chosen.iter().all(|&project| tie.tied.contains(project)));
            for by in tie.by.split(',') {
                prop_assert!(chain.split(',').any(|word| word == by), "{by} is not in {chain}");
            }
        }
    }
}

// ---------------------------------------------------------------------------------------- F23

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The words of a program that are float types, comments apart.
fn float_words(text: &str) -> Vec<String> {
    let code = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or(""));
    let words = code.flat_map(|line| {
        line.split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    words
        .filter(|word| {
            ["f32", "f64"].iter().any(|float| {
                word == float
                    || word
                        .strip_suffix(float)
                        .is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
            })
        })
        .collect()
}

#[test]
fn f23_no_floats() {
    assert_eq!(
        float_words("let x: f64 = 1_f32; // f64\n/// an f64\nlet hf64 = 2f64;"),
        ["f64", "1_f32", "2f64"]
    );
    let files = rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(files.len() > 50, "only {} files were found", files.len());
    for file in files
        .iter()
        .filter(|file| !file.ends_with("exact/certified.rs"))
    {
        let found = float_words(&std::fs::read_to_string(file).unwrap());
        assert!(found.is_empty(), "{} uses {found:?}", file.display());
    }
}

// ---------------------------------------------------------------------------------------- F24

/// The largest costs, budgets, points, weights and numbers of voters, all at once.
#[test]
fn f24_overflow_is_impossible() {
    let half = Money::from_ten_thousandths(Money::MAX.ten_thousandths() / 2).unwrap();
    let base = || {
        Election::builder()
            .budget(Money::MAX)
            .project(("a", half))
            .project(("b", half))
            .project(("c", Money::MAX))
    };
    let most = (1_u64 << 63) - 1;
    let approval = base()
        .ballots(Ballot::approval(["a", "b", "c"]), most)
        .ballot(Ballot::approval(["a"]))
        .build()
        .unwrap();
    for rule in RULES {
        let outcome = outcome(&approval, rule, "id");
        assert_eq!(
            (outcome.winners.join(" "), outcome.left, outcome.voters),
            ("a b".to_owned(), Money::ZERO, 1 << 63),
            "{rule}"
        );
    }
    let heavy = VoterClass {
        weight: "1000000000000000000000000000000".parse().unwrap(),
        endowment: 1.into(),
    };
    let points = |value: &str| value.parse::<Points>().unwrap();
    let ballot = Ballot::Points(vec![
        ("a".into(), points("1000000000000")),
        ("b".into(), points("-1000000000000")),
        ("c".into(), points("0.000001")),
    ]);
    let extreme = base().weighted(ballot, 1 << 63, heavy).build().unwrap();
    let totals = Utility::Points.additive(&extreme).unwrap().totals(&extreme);
    let expected = Ratio::from(1_u64 << 63).mul_int(10_i128.pow(12))
        * "1000000000000000000000000000000".parse::<Ratio>().unwrap();
    assert_eq!(totals[0], expected);
    assert_eq!(totals[1], -&expected);
    assert_eq!(
        outcome(&extreme, "greedy:score=points,misfit=skip", "none").winners,
        ["a", "b"],
        "c does not fit after a"
    );
    for utility in Utility::ALL
        .iter()
        .filter(|utility| utility.reads(BallotKind::Points))
    {
        assert!(
            outcome(&extreme, &format!("greedy-welfare:utility={utility}"), "id").left
                <= Money::MAX,
            "{utility}"
        );
    }
}

/// More money than can be written is refused, not wrapped.
#[test]
fn f24_extra_money_beyond_the_largest_amount() {
    let election = Election::builder()
        .budget(Money::MAX)
        .project(("a", Money::MAX))
        .build()
        .unwrap();
    let more = |number: usize| {
        vec![Money::MAX; number]
            .into_iter()
            .enumerate()
            .map(|(at, amount)| {
                let about = if at == 0 {
                    About::Envelope
                } else {
                    About::Pot("budget".to_owned())
                };
                decision(
                    DecisionKind::ExtraMoney,
                    about,
                    DecisionValue::Amount(amount),
                )
            })
            .collect::<Vec<_>>()
    };
    let outcome = decided(&count(&election, SKIP, "none", &more(2)).unwrap());
    assert_eq!(
        outcome.left.ten_thousandths(),
        2 * Money::MAX.ten_thousandths()
    );
}

// ---------------------------------------------------------------------------------------- F25

proptest! {
    #![proptest_config(cases(400))]

    /// A partial award is what is left rounded down to a whole number of the instance's granularity, and no
    /// part of a cent is lost: the rest stays in the pot.
    #[test]
    fn f25_rounding_is_named(left in 1_i128..2_000_000, granularity in prop::sample::select(vec![1_i128, 7, 100, 2_500, 10_000, 1_000_000])) {
        let (left, granule) = (Money::from_ten_thousandths(left).unwrap(), Money::from_ten_thousandths(granularity).unwrap());
        let instance = Instance::builder().budget(left).granularity(granule).project(("a", 1_000));
        let election = Election::builder().instance(instance).ballot(Ballot::approval(["a"])).build().unwrap();
        let outcome = outcome(&election, "greedy:score=votes,misfit=partial,min-covered=0%", "none");
        let paid = outcome.funded();
        prop_assert_eq!(paid.ten_thousandths() % granularity, 0);
        prop_assert_eq!(paid.checked_add(outcome.left), Some(left));
        prop_assert!(outcome.left < granule);
        prop_assert_eq!(outcome.winners.is_empty(), paid.is_zero(), "an award of nothing is no award");
    }
}

// ---------------------------------------------------------------------------------------- F26

fn primes(number: usize) -> Vec<i128> {
    (2..)
        .filter(|&candidate| {
            (2..candidate)
                .take_while(|divisor| divisor * divisor <= candidate)
                .all(|divisor| candidate % divisor != 0)
        })
        .take(number)
        .collect()
}

/// Weights with different prime denominators: sums stay exact, and grow by the bits of the primes, no more.
#[test]
fn f26_denominators_grow_slowly() {
    let primes = primes(200);
    let builder = of("100", &[("a", "60"), ("b", "50")]);
    let election = primes.iter().fold(builder, |builder, &prime| {
        builder.weighted(
            Ballot::approval(["a"]),
            1,
            VoterClass {
                weight: ratio(1, prime),
                endowment: 1.into(),
            },
        )
    });
    let election = election.build().unwrap();
    let total = Utility::Cardinality
        .additive(&election)
        .unwrap()
        .totals(&election)[0]
        .clone();
    let sum: Ratio = primes.iter().map(|&prime| ratio(1, prime)).sum();
    assert_eq!(total, sum);
    let bits: u32 = primes.iter().map(|prime| 128 - prime.leading_zeros()).sum();
    assert!(
        total.bits() <= 2 * bits as usize + 8,
        "{} bits",
        total.bits()
    );
    assert_eq!(outcome(&election, SKIP, "none").winners, ["a"]);
}

// ---------------------------------------------------------------------------------------- F27, F28

#[test]
fn f27_the_work_budget_is_kept() {
    let projects: Vec<(String, Money)> = (0..40)
        .map(|number| (format!("p{number}"), Money::from(number % 7 + 1)))
        .collect();
    let builder = projects
        .iter()
        .fold(Election::builder().budget(30), |builder, project| {
            builder.project(project.clone())
        });
    let election = builder
        .ballots(
            Ballot::approval(projects.iter().step_by(3).map(|(id, _)| id.clone())),
            9,
        )
        .build()
        .unwrap();
    for rule in RULES {
        let plan = plan(rule);
        let run = |steps: u64| {
            Count::of(&election, &plan)
                .ties("id".parse().unwrap())
                .work(steps)
                .run()
        };
        assert_eq!(
            run(0),
            Err(CountError::WorkExhausted { limit: 0 }),
            "{rule}"
        );
        let needed = (0..60)
            .map(|power| 1_u64 << power)
            .find(|&steps| run(steps).is_ok())
            .unwrap();
        assert!(needed < 10_000, "{rule} needs {needed} steps");
        assert_eq!(
            decided(&run(needed).unwrap()),
            outcome(&election, rule, "id"),
            "{rule}"
        );
    }
}

/// The exact divisor of a relative utility is a knapsack: beyond its bound it is refused, never approximated.
#[test]
fn f27_the_best_set_of_one_ballot_is_bounded() {
    let costs: Vec<(String, Money)> = (0..40_u32)
        .map(|number| {
            (
                format!("p{number}"),
                Money::from_ten_thousandths(1_000_003 + (1_i128 << number)).unwrap(),
            )
        })
        .collect();
    let builder = costs.iter().fold(
        Election::builder().budget(money("5000000")),
        |builder, project| builder.project(project.clone()),
    );
    let election = builder
        .ballot(Ballot::approval(costs.iter().map(|(id, _)| id.clone())))
        .build()
        .unwrap();
    let error = count(&election, "greedy-welfare:utility=relative-cost", "id", &[]).unwrap_err();
    assert!(
        matches!(
            error,
            CountError::Utility(UtilityError::TooMuchWork {
                utility: Utility::RelativeCost,
                projects: 40,
                ..
            })
        ),
        "{error:?}"
    );
    assert!(
        count(
            &election,
            "greedy-welfare:utility=relative-cost-approx",
            "id",
            &[]
        )
        .is_ok()
    );
}

/// Unsupported projects whose costs go beyond the budget keep other programs counting for ever.
#[test]
fn f28_no_endless_count() {
    let elections = [
        of("100", &[]).build().unwrap(),
        of("0", &[("a", "1")]).build().unwrap(),
        of("100", &[("a", "60"), ("b", "60"), ("c", "60")])
            .build()
            .unwrap(),
        of("100", &[("a", "60"), ("b", "60"), ("c", "60")])
            .ballots(Ballot::approval(["a"]), 1_000_000_000)
            .build()
            .unwrap(),
        of("100", &[("a", "101"), ("b", "0"), ("c", "0")])
            .ballots(Ballot::approval(["a", "b"]), 3)
            .build()
            .unwrap(),
        of("100", &[("a", "100"), ("b", "0.0001")])
            .ballots(Ballot::approval::<String>([]), 3)
            .build()
            .unwrap(),
    ];
    for election in &elections {
        for rule in RULES {
            let plan = plan(rule);
            let counted = Count::of(election, &plan)
                .ties("id".parse().unwrap())
                .work(10_000)
                .run();
            assert!(counted.is_ok(), "{rule}: {counted:?}");
        }
    }
}

// ---------------------------------------------------------------------------------------- F29, F30

/// The shortest of a few runs.
fn time(mut run: impl FnMut()) -> Duration {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap()
}

/// Asserts that `times` times the size takes less than `factor` times as long.
fn slope(what: &str, times: usize, factor: u32, run: impl Fn(usize)) {
    let (small, large) = (time(|| run(1)), time(|| run(times)));
    assert!(
        large < small.max(Duration::from_millis(1)) * factor,
        "{what}: {small:?} for n, {large:?} for {times}n"
    );
}

fn pseudo_random(seed: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(seed), |value| {
        Some(
            value
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407),
        )
    })
    .map(|value| value >> 33)
}

/// Many distinct ballots: building a profile stays close to linear, whatever they hash to.
#[test]
fn f29_distinct_ballots_cost_linear_time() {
    let election = (0..64_u32)
        .fold(Election::builder().budget(1), |builder, number| {
            builder.project((format!("p{number:02}"), 1))
        })
        .build()
        .unwrap();
    let projects: Vec<_> = election.instance().project_indices().collect();
    slope("profile", 16, 120, |times| {
        let ballots = times * 4_000;
        let mut builder =
            quartier::election::ProfileBuilder::new(election.instance(), BallotKind::Approval);
        for (number, bits) in pseudo_random(7).take(ballots).enumerate() {
            let entries = projects
                .iter()
                .enumerate()
                .filter(|(at, _)| (bits ^ number as u64) >> (at % 31) & 1 == 1 && at % 2 == 0);
            let mut entries: Vec<_> = entries
                .map(|(_, &project)| quartier::election::Entry { project, weight: 0 })
                .collect();
            builder.push(&mut entries, 0, 1).unwrap();
        }
        assert!(builder.finish().0.len() > ballots / 2);
    });
}

fn big(voters: usize, projects: usize) -> Election {
    let builder = (0..projects).fold(
        Election::builder().budget(projects as u64 * 20),
        |builder, number| builder.project((format!("p{number}"), (number % 97 + 1) as u64)),
    );
    let mut random = pseudo_random(11);
    let builder = (0..voters).fold(builder, |builder, _| {
        let chosen: BTreeSet<usize> = random
            .by_ref()
            .take(6)
            .map(|value| usize::try_from(value).unwrap() % projects)
            .collect();
        builder.ballot(Ballot::approval(
            chosen.into_iter().map(|number| format!("p{number}")),
        ))
    });
    builder.build().unwrap()
}

/// Sixteen times the voters take about sixteen times as long to count; quadratic would be 256.
#[test]
fn f30_counting_is_linear_in_the_voters() {
    let elections = [1, 16].map(|times| big(times * 1_000, 100));
    for rule in [
        SKIP,
        "greedy-welfare:utility=effort",
        "greedy-welfare:utility=cost-sqrt",
    ] {
        slope(rule, 16, 120, |times| {
            assert!(
                !outcome(&elections[times / 16], rule, "id")
                    .winners
                    .is_empty()
            );
        });
    }
}

/// Four times the projects take at worst sixteen times as long, also when all are tied; cubic would be 64.
#[test]
fn f30_counting_is_at_most_quadratic_in_the_projects() {
    let tied = |projects: usize| {
        (0..projects)
            .fold(
                Election::builder().budget(projects as u64),
                |builder, number| builder.project((format!("p{number}"), 3)),
            )
            .build()
            .unwrap()
    };
    let elections = [1, 4].map(|times| tied(times * 300));
    for rule in [
        SKIP,
        "greedy-welfare:utility=cost",
        "greedy-welfare:utility=chamberlin-courant",
    ] {
        slope(rule, 4, 45, |times| {
            assert_eq!(
                outcome(&elections[times / 4], rule, "id").winners.len(),
                times * 100
            );
        });
    }
}

// ---------------------------------------------------------------------------------------- F38

#[test]
fn f38_negative_and_zero_cost() {
    let minus = Money::ZERO.checked_sub(money("90")).unwrap();
    let refused = |cost: Money| {
        Election::builder()
            .budget(100)
            .project(("a", cost))
            .build()
            .unwrap_err()
            .to_string()
    };
    assert!(refused(minus).contains("a cost cannot be negative"));
    assert!(refused(Money::ZERO).contains("costs nothing"));
    let election = of("0", &[("free", "0"), ("other", "0")])
        .ballot(Ballot::approval(["free"]))
        .build()
        .unwrap();
    for rule in [
        SKIP,
        STOP,
        "greedy-welfare:utility=cost",
        "greedy-welfare:utility=cardinality",
    ] {
        let outcome = outcome(&election, rule, "none");
        assert_eq!(outcome.winners, ["free", "other"], "{rule}");
        assert!(
            outcome
                .awards
                .iter()
                .all(|award| award.amount.is_zero() && award.pot == "budget")
        );
        assert!(
            outcome.fates.iter().all(|fate| fate.fate == serde_free()),
            "{rule}"
        );
    }
}

fn serde_free() -> Fate {
    Fate::Funded {
        amount: Money::ZERO,
    }
}

// ---------------------------------------------------------------------------------------- degenerate cases

#[test]
fn nothing_to_count() {
    for rule in RULES {
        let nothing = outcome(&of("0", &[]).build().unwrap(), rule, "none");
        assert!(
            nothing.winners.is_empty()
                && nothing.fates.is_empty()
                && nothing.mean_winners.is_zero(),
            "{rule}"
        );
        let no_projects = outcome(
            &of("100", &[])
                .ballots(Ballot::approval::<String>([]), 7)
                .build()
                .unwrap(),
            rule,
            "none",
        );
        assert_eq!(
            (
                no_projects.left,
                no_projects.voters,
                no_projects.voters_with_a_winner
            ),
            (money("100"), 7, 0),
            "{rule}"
        );
        let no_money = outcome(
            &of("0", &[("a", "5")])
                .ballot(Ballot::approval(["a"]))
                .build()
                .unwrap(),
            rule,
            "none",
        );
        assert!(
            no_money.winners.is_empty() && matches!(no_money.fates[0].fate, Fate::Refused { .. }),
            "{rule}"
        );
    }
}

/// Nobody votes: greedy spends the money on what fits, unless a threshold says otherwise.
#[test]
fn no_voters() {
    let election = of("100", &[("a", "60"), ("b", "30")]).build().unwrap();
    assert_eq!(outcome(&election, SKIP, "none").winners, ["a", "b"]);
    assert!(
        outcome(
            &election,
            "greedy:score=votes,misfit=skip,threshold=1",
            "none"
        )
        .winners
        .is_empty()
    );
    // A share of no ballots is 0, and 0 of 0 votes are in any proportion.
    assert_eq!(
        outcome(
            &election,
            "greedy:score=votes,misfit=skip,threshold=10%",
            "none"
        )
        .winners,
        ["a", "b"]
    );
}

#[test]
fn one_project_above_the_budget() {
    let election = of("100", &[("big", "100.0001"), ("small", "1")])
        .ballots(Ballot::approval(["big"]), 9)
        .ballot(Ballot::approval(["small"]))
        .build()
        .unwrap();
    let (skip, stop) = (
        outcome(&election, SKIP, "none"),
        outcome(&election, STOP, "none"),
    );
    assert_eq!(
        (skip.winners.join(" "), stop.winners.join(" ")),
        ("small".to_owned(), String::new())
    );
    assert_eq!(
        reason(&skip, "big"),
        Reason::Misfit {
            short_by: money("0.0001")
        }
    );
    assert_eq!(
        reason(&stop, "small"),
        Reason::PotStopped {
            at: "big".to_owned(),
            short_by: money("0.0001")
        }
    );
}

// ---------------------------------------------------------------------------------------- cancelling, lots, decisions

#[test]
fn a_cancelled_count_ends() {
    let election = big(10, 10);
    for rule in RULES {
        let (plan, cancel) = (plan(rule), Cancel::new());
        cancel.cancel();
        assert_eq!(
            Count::of(&election, &plan).cancel(cancel).run(),
            Err(CountError::Cancelled),
            "{rule}"
        );
    }
}

/// Exit 3, a lot is drawn and recorded, the count is run again.
#[test]
fn a_lot_is_required_drawn_and_obeyed() {
    let election = of("10", &[("a", "8"), ("b", "8"), ("c", "9")])
        .ballots(Ballot::approval(["a", "b"]), 2)
        .build()
        .unwrap();
    let Counted::LotRequired(lot) = count(&election, SKIP, "cheaper,none", &[]).unwrap() else {
        panic!("decided")
    };
    assert_eq!(
        (lot.stage.as_str(), lot.tied.join(" ")),
        ("vote", "a b".to_owned())
    );
    assert!(lot.to_string().contains("stage:vote"));
    let drawn = |stage: &str, order: &[&str]| {
        let order = order.iter().map(|&id| id.to_owned()).collect();
        vec![decision(
            DecisionKind::Lot,
            About::Stage(stage.to_owned()),
            DecisionValue::Order(order),
        )]
    };
    let outcome =
        decided(&count(&election, SKIP, "none", &drawn("vote", &["b", "c", "a"])).unwrap());
    assert_eq!(
        (outcome.winners.join(" "), outcome.ties[0].by.as_str()),
        ("b".to_owned(), "recorded-lot")
    );
    let error = count(&election, SKIP, "none", &drawn("vote", &["b", "c"])).unwrap_err();
    assert_eq!(
        error,
        CountError::Tie(TieError::LotDoesNotCover {
            stage: "vote".to_owned(),
            missing: vec!["a".to_owned()]
        })
    );
    let elsewhere = count(&election, SKIP, "none", &drawn("other", &["b", "a"])).unwrap();
    assert!(
        matches!(elsewhere, Counted::LotRequired(_)),
        "a lot of another stage is not used"
    );
    let error = count(
        &election,
        SKIP,
        "none",
        &drawn("vote", &["b", "a", "nobody"]),
    )
    .unwrap_err();
    assert!(matches!(error, CountError::Decisions(_)), "{error}");
}

#[test]
fn exclusions_and_withdrawals() {
    let election = of("10", &[("a", "8"), ("b", "8"), ("c", "9")])
        .ballots(Ballot::approval(["a", "b"]), 2)
        .build()
        .unwrap();
    for kind in [DecisionKind::Exclude, DecisionKind::Withdraw] {
        let decisions = [decision(kind, about("a"), DecisionValue::None)];
        let outcome = decided(
            &count(
                &election,
                "greedy:score=votes,misfit=skip+greedy-welfare:utility=cost",
                "none",
                &decisions,
            )
            .unwrap(),
        );
        assert_eq!(outcome.winners, ["b"], "and no lot is needed any more");
        let (by, justification) = ("city council".to_owned(), "minutes of 3 June".to_owned());
        let expected = if kind == DecisionKind::Exclude {
            Reason::Excluded { by, justification }
        } else {
            Reason::Withdrawn { by, justification }
        };
        assert_eq!(reason(&outcome, "a"), expected);
    }
}

/// An inclusion lets a project take part. It gives it nothing.
#[test]
fn an_inclusion_is_no_award() {
    let election = of("10", &[("a", "8"), ("b", "8")])
        .ballots(Ballot::approval(["a"]), 2)
        .build()
        .unwrap();
    let decisions = [decision(
        DecisionKind::Include,
        about("b"),
        DecisionValue::None,
    )];
    assert_eq!(
        decided(&count(&election, SKIP, "none", &decisions).unwrap()).winners,
        ["a"]
    );
}

/// Money given by people: an amount, or without one the full cost; first of all, and counted in the books.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn awards_by_decision() {
    let election = of("10", &[("a", "8"), ("b", "8")])
        .ballots(Ballot::approval(["a"]), 2)
        .build()
        .unwrap();
    let full = decided(
        &count(
            &election,
            SKIP,
            "none",
            &[decision(
                DecisionKind::Award,
                about("b"),
                DecisionValue::None,
            )],
        )
        .unwrap(),
    );
    assert_eq!(
        (full.winners.join(" "), full.left),
        ("b".to_owned(), money("2"))
    );
    let part = decided(
        &count(
            &election,
            SKIP,
            "none",
            &[decision(
                DecisionKind::Award,
                about("b"),
                DecisionValue::Amount(money("1.5")),
            )],
        )
        .unwrap(),
    );
    assert_eq!(
        (part.winners.join(" "), part.left),
        ("b a".to_owned(), money("0.5"))
    );
    assert_eq!(
        part.fates[1].fate,
        Fate::PartlyFunded {
            amount: money("1.5"),
            missing: money("6.5")
        }
    );
    let too_much = count(
        &election,
        SKIP,
        "none",
        &[decision(
            DecisionKind::Award,
            about("b"),
            DecisionValue::Amount(money("8.0001")),
        )],
    );
    assert!(matches!(
        too_much,
        Err(CountError::Decision { number: 1, .. })
    ));
    let both = [
        decision(DecisionKind::Award, about("a"), DecisionValue::None),
        decision(DecisionKind::Award, about("b"), DecisionValue::None),
    ];
    assert!(
        matches!(
            count(&election, SKIP, "none", &both),
            Err(CountError::Decision { number: 2, .. })
        ),
        "the budget does not pay for both"
    );
}

#[test]
fn extra_money_by_decision() {
    let election = of("15", &[("a", "8"), ("b", "8"), ("c", "5")])
        .ballots(Ballot::approval(["a", "b"]), 2)
        .ballots(Ballot::approval(["a"]), 1)
        .build()
        .unwrap();
    let added = |opening: &str, added: &str| DecisionValue::Added {
        opening: money(opening),
        added: money(added),
    };
    let run = |value: DecisionValue| {
        count(
            &election,
            STOP,
            "none",
            &[decision(DecisionKind::ExtraMoney, About::Envelope, value)],
        )
    };
    let outcome = decided(&run(DecisionValue::Amount(money("1"))).unwrap());
    assert_eq!(
        (outcome.winners.join(" "), outcome.budget, outcome.left),
        ("a b".to_owned(), money("16"), Money::ZERO)
    );
    // The published budget is 15: it opened with 9 and was continued with 6, which is not 15 at once for b.
    let outcome = decided(&run(added("9", "6")).unwrap());
    assert_eq!(
        (outcome.winners.join(" "), outcome.budget, outcome.left),
        ("a".to_owned(), money("15"), money("7"))
    );
    assert!(
        matches!(
            run(added("9", "7")),
            Err(CountError::Decision { number: 1, .. })
        ),
        "it does not add up"
    );
    for elsewhere in [
        About::Area("north".to_owned()),
        About::Pot("other".to_owned()),
    ] {
        let error = count(
            &election,
            STOP,
            "none",
            &[decision(
                DecisionKind::ExtraMoney,
                elsewhere,
                DecisionValue::Amount(money("1")),
            )],
        );
        assert!(
            matches!(error, Err(CountError::Decision { number: 1, .. })),
            "{error:?}"
        );
    }
}

/// A mistyped id would otherwise change nothing, and nobody would notice.
#[test]
fn an_unknown_project_in_a_decision_is_refused() {
    let election = of("10", &[("a", "8")]).build().unwrap();
    for kind in [
        DecisionKind::Exclude,
        DecisionKind::Withdraw,
        DecisionKind::Include,
        DecisionKind::Award,
    ] {
        let Err(CountError::Decisions(faults)) = count(
            &election,
            SKIP,
            "none",
            &[decision(kind, about("A"), DecisionValue::None)],
        ) else {
            panic!("{kind}")
        };
        assert_eq!(
            faults.faults[0].problem,
            DecisionProblem::UnknownProject { id: "A".to_owned() }
        );
    }
}

/// What belongs to a regulation is refused by name, not ignored.
#[test]
fn decisions_that_a_single_rule_cannot_carry_out_are_refused() {
    let election = of("10", &[("a", "8"), ("b", "8")]).build().unwrap();
    let others = [
        decision(
            DecisionKind::Published,
            About::Edition,
            DecisionValue::Flag(true),
        ),
        decision(
            DecisionKind::Substitute,
            about("a"),
            DecisionValue::Text("b".to_owned()),
        ),
    ];
    for other in others {
        let Err(CountError::Decision { number: 1, why }) =
            count(&election, SKIP, "id", std::slice::from_ref(&other))
        else {
            panic!("{other:?}")
        };
        assert!(why.contains(&format!("`{}`", other.kind)), "{why}");
    }
    let clash = [
        decision(DecisionKind::Exclude, about("a"), DecisionValue::None),
        decision(DecisionKind::Award, about("a"), DecisionValue::None),
    ];
    assert!(matches!(
        count(&election, SKIP, "id", &clash),
        Err(CountError::Decisions(_))
    ));
}

/// Several decisions and a plan: everything is recorded in the events, in order.
#[test]
fn decisions_show_in_the_record() {
    let election = of("10", &[("a", "8"), ("b", "8")])
        .project(Project::new("c", 2))
        .build()
        .unwrap();
    let decisions = [
        decision(DecisionKind::Exclude, about("a"), DecisionValue::None),
        decision(
            DecisionKind::ExtraMoney,
            About::Envelope,
            DecisionValue::Amount(money("1")),
        ),
    ];
    let (plan, mut log) = (plan(SKIP), Log::new());
    Count::of(&election, &plan)
        .decisions(&decisions)
        .observe(&mut log)
        .run()
        .unwrap();
    let names: Vec<&str> = log
        .lines()
        .iter()
        .map(|line| line["event"].as_str().unwrap())
        .collect();
    let expected =
        "decided rejected decided started noted noted awarded awarded money-added started closed";
    assert_eq!(names.join(" "), expected);
}
