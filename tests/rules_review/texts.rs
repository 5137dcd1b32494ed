//! Rules as text, and messages about rules.

use proptest::prelude::*;
use quartier::election::{Money, Points, Utility};
use quartier::exact::Ratio;
use quartier::rules::{AnyRule, Greedy, GreedyWelfare, Misfit, Plan, Reserve, RuleError, Share};
use quartier::tally::{Score, Threshold, Ungraded, Weights};

use crate::common::cases;

/// M10: what could not be read back cannot be made.
#[test]
fn settings_that_have_no_text_cannot_be_made() {
    assert!(Weights::new([]).is_err() && Weights::new(vec![Points::from(1); 101]).is_err());
    assert_eq!(Threshold::at_least((-1).into()), None);
    assert_eq!(Threshold::percent((-1).into()), None);
    assert_eq!(
        (
            Threshold::cost_share(0.into()),
            Threshold::cost_share((-3).into())
        ),
        (None, None)
    );
    assert_eq!(
        Reserve::new(Money::ZERO.checked_sub(5.into()).unwrap()),
        None
    );
    let huge: Ratio = format!("1/{}", "7".repeat(5_000)).parse().unwrap();
    assert_eq!(
        (Threshold::at_least(huge.clone()), Share::percent(&huge)),
        (None, None)
    );
    let long = || {
        AnyRule::Greedy(Greedy::new(
            Score::Weights(Weights::new(vec![Points::from_millionths(-1).unwrap(); 100]).unwrap()),
            Misfit::Skip,
        ))
    };
    let mut longest = Plan::new(long());
    let error = loop {
        match longest.clone().then(long()) {
            Ok(longer) => longest = longer,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, RuleError::Text(_)), "{error}");
    assert_eq!(longest.to_string().parse::<Plan>().unwrap(), longest);
}

fn number() -> impl Strategy<Value = Ratio> {
    let small = (-20..200_i128, 1..40_i128);
    let large = (any::<i128>(), 1..i128::MAX);
    prop_oneof![3 => small, 1 => large]
        .prop_map(|(numerator, denominator)| Ratio::new(numerator, denominator).unwrap())
}

fn score() -> impl Strategy<Value = Score> {
    let points = any::<i64>()
        .prop_map(|parts| Points::from_millionths(parts % 1_000_000_000_000_000_001).unwrap());
    let weights = prop::collection::vec(points, 0..120)
        .prop_filter_map("a ranking", |places| Weights::new(places).ok())
        .prop_map(Score::Weights);
    prop_oneof![
        1 => Just(Score::Votes),
        1 => Just(Score::Points),
        1 => Just(Score::Borda),
        1 => Just(Score::Dowdall),
        1 => Just(Score::Plurality),
        1 => Just(Score::Veto),
        1 => Just(Score::ForMinusAgainst),
        1 => Just(Score::MajorityJudgment(Ungraded::Refused)),
        1 => Just(Score::MajorityJudgment(Ungraded::Worst)),
        1 => Just(Score::MajorityJudgment(Ungraded::LeftOut)),
        1 => Just(Score::Copeland),
        1 => Just(Score::Schulze),
        1 => Just(Score::RankedPairs),
        1 => Just(Score::InstantRunoff),
        8 => weights
    ]
}

fn misfit() -> impl Strategy<Value = Misfit> {
    let share = || number().prop_filter_map("a share", |percent| Share::percent(&percent));
    let reserve = (-10..=Money::MAX.ten_thousandths()).prop_filter_map("a reserve", |parts| {
        Reserve::new(Money::from_ten_thousandths(parts)?)
    });
    let top_up = (share(), reserve).prop_map(|(min_covered, reserve)| Misfit::TopUp {
        min_covered,
        reserve,
    });
    prop_oneof![
        Just(Misfit::Skip),
        Just(Misfit::Stop),
        share().prop_map(|min_covered| Misfit::Partial { min_covered }),
        top_up
    ]
}

fn condition() -> impl Strategy<Value = Threshold> {
    let areas = (any::<u32>(), any::<u64>());
    (0..6, number(), areas).prop_filter_map("a threshold", |(kind, number, areas)| match kind {
        0 => Threshold::at_least(number),
        1 => Threshold::percent(number),
        2 => Threshold::votes(number),
        3 => Threshold::votes_percent(number),
        4 => Threshold::in_areas(areas.0, areas.1),
        _ => Threshold::cost_share(number),
    })
}

fn threshold() -> impl Strategy<Value = Threshold> {
    prop::collection::vec(condition(), 1..=Threshold::MOST).prop_map(|conditions| {
        let all = conditions.into_iter().map(Some);
        all.reduce(|all, one| all?.and(one?)).flatten().unwrap()
    })
}

fn any_rule() -> impl Strategy<Value = AnyRule> {
    let greedy = (score(), misfit(), prop::option::of(threshold())).prop_map(
        |(score, misfit, threshold)| {
            let greedy = Greedy::new(score, misfit);
            AnyRule::Greedy(match threshold {
                Some(threshold) => greedy.threshold(threshold),
                None => greedy,
            })
        },
    );
    let welfare = prop::sample::select(Utility::ALL)
        .prop_map(|utility| AnyRule::GreedyWelfare(GreedyWelfare::new(utility)));
    prop_oneof![4 => greedy, 1 => welfare]
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// M10: every rule that can be made prints a text that is read as the same rule, also with serde.
    #[test]
    fn every_rule_reads_back(rules in prop::collection::vec(any_rule(), 1..4), score in score(), threshold in threshold()) {
        for rule in &rules {
            prop_assert_eq!(&rule.to_string().parse::<AnyRule>().unwrap(), rule);
        }
        let plan = rules.iter().skip(1).try_fold(Plan::new(rules.first().unwrap().clone()), |plan, rule| plan.then(rule.clone()));
        if let Ok(plan) = plan {
            prop_assert_eq!(plan.to_string().parse::<Plan>().unwrap(), plan);
        }
        let json = (serde_json::to_string(&score).unwrap(), serde_json::to_string(&threshold).unwrap());
        prop_assert_eq!(&json.0, &format!("\"{score}\""));
        prop_assert_eq!(serde_json::from_str::<Score>(&json.0).unwrap(), score);
        prop_assert_eq!(serde_json::from_str::<Threshold>(&json.1).unwrap(), threshold);
    }
}

/// Low: messages that say what is wrong and nothing else.
#[test]
fn messages_about_rules() {
    let of = |text: &str| text.parse::<AnyRule>().unwrap_err().to_string();
    assert!(
        of("greedy:score=votes,misfit=skip+greedy:score=votes,misfit=skip")
            .starts_with("one rule is expected here, and 2 are given")
    );
    assert_eq!(
        of("greedy:score=weights,misfit=skip"),
        "rule `greedy`: `score=weights` is not possible: expected votes, points, borda, weights;3;2;1, dowdall, plurality, veto, for-minus-against, \
         majority-judgment, majority-judgment;ungraded-worst, majority-judgment;ungraded-left-out, copeland, schulze, \
         ranked-pairs or instant-runoff (`weights` is not a score)"
    );
    let missing = of("greedy:score=votes,min-covered=80%,reserve=5");
    assert!(
        missing.contains("key `misfit` is missing") && !missing.contains("unknown key"),
        "{missing}"
    );
    assert!(of("greedy:score=votes,misfit=stop,reserve=5").contains("unknown key `reserve`"));
}
