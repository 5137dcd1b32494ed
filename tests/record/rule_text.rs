//! The text form of rules and their settings.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use quartier::election::Money;
use quartier::record::{RuleText, RuleTextFault, StepFault, StepText, TieChain};

#[test]
fn rule_texts_of_the_contract_round_trip() {
    for text in [
        "greedy:score=votes,misfit=skip",
        "greedy:score=weights;3;2;1,misfit=top-up,threshold=10%,min-covered=80%,reserve=80000.50",
        "greedy:score=borda,misfit=skip,threshold=cost/3",
        "equal-shares:utility=cost,completion=add1-until-exhaustive,increment=1,start=floor",
        "equal-shares:utility=cost+greedy-welfare:utility=cost",
        "maximin-support",
        "cstv:variant=ewt,ballots=normalised",
        "a+b+c:k=v",
    ] {
        let rule: RuleText = text.parse().unwrap();
        assert_eq!(rule.to_string(), text);
        let json = serde_json::to_string(&rule).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<RuleText>(&json).unwrap(), rule);
    }
}

#[test]
fn rule_text_errors_say_where() {
    for (text, message) in [
        ("", "column 1: a rule's id is empty"),
        ("greedy:", "column 8: a key is empty"),
        ("greedy:score", "column 13: key `score` has no value"),
        ("greedy:score=", "column 14: a value is empty"),
        ("greedy:=votes", "column 8: a key is empty"),
        ("greedy:score=weights;;1", "column 22: a value is empty"),
        ("greedy:score=votes,", "column 20: a key is empty"),
        (
            "greedy:score=votes,score=borda",
            "column 20: key `score` is given twice",
        ),
        ("greedy score", "column 7: ' ' cannot stand in a rule's id"),
        ("Greedy", "column 1: 'G' cannot stand in a rule's id"),
        ("greedy:score=a:b", "column 15: ':' cannot stand in a value"),
        ("greedy:score=a=b", "column 15: '=' cannot stand in a value"),
        ("greedy:score= a", "column 14: ' ' cannot stand in a value"),
        ("greedy:score=é", "column 14: 'é' cannot stand in a value"),
        (
            "greedy:score,misfit=skip",
            "column 13: ',' cannot stand in a key",
        ),
        ("greedy+", "column 8: a rule's id is empty"),
        (
            "equal--shares",
            "column 1: `equal--shares` cannot be a rule's id",
        ),
        ("greedy+1st", "column 8: `1st` cannot be a rule's id"),
        ("greedy:-k=v", "column 8: `-k` cannot be a key"),
        (
            "greedy:score=v\0",
            "column 15: '\\0' cannot stand in a value",
        ),
    ] {
        let error = text.parse::<RuleText>().unwrap_err().to_string();
        assert!(error.starts_with(message), "{text}: {error}");
    }
    let long = format!("greedy:k={}", "1".repeat(5_000));
    let error = long.parse::<RuleText>().unwrap_err();
    assert_eq!(error.fault, RuleTextFault::TooLong { limit: 4_096 });
}

#[test]
fn settings_report_everything_at_once() {
    let rule: RuleText = "demo:a=1;2,b=x,c=up,typo=1".parse().unwrap();
    let mut settings = rule.steps()[0].reader();
    assert_eq!(settings.take_one("a"), None);
    assert_eq!(settings.parse::<u32>("b", "a whole number"), None);
    assert_eq!(settings.choice("c", &[("left", 1), ("right", 2)]), None);
    assert_eq!(settings.require::<Money>("d", "an amount"), None);
    let faults = settings.finish().unwrap_err().faults;
    assert!(
        matches!(
            faults.as_slice(),
            [
                StepFault::List { key: "a", found: 2 },
                StepFault::BadValue { key: "b", .. },
                StepFault::BadValue { key: "c", .. },
                StepFault::Missing { key: "d", .. },
                StepFault::UnknownKey { key, allowed },
            ] if key == "typo" && allowed == &["a", "b", "c", "d"]
        ),
        "{faults:?}"
    );
    let mut settings = rule.steps()[0].reader();
    assert_eq!(settings.take("a").unwrap(), ["1", "2"]);
    assert!(
        StepText::new("demo")
            .unwrap()
            .reader()
            .build::<()>(None)
            .is_err()
    );
}

proptest! {
    #[test]
    fn built_rule_texts_are_read_back(
        steps in vec(("[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,3}){0,2}", vec(("[a-z]{1,6}", vec("[!-*./0-9<>-~-]{1,6}", 1..4)), 0..4)), 1..4)
    ) {
        let mut built: Option<RuleText> = None;
        for (id, args) in &steps {
            let mut step = StepText::new(id).unwrap();
            let unique: BTreeMap<_, _> = args.iter().cloned().collect();
            for (key, values) in &unique {
                step = step.with(key, values.iter().map(String::as_str)).unwrap();
            }
            built = Some(match built {
                Some(rule) => rule.then(step),
                None => step.into(),
            });
        }
        let built = built.unwrap();
        prop_assert_eq!(built.to_string().parse::<RuleText>(), Ok(built));
    }

    #[test]
    fn any_text_is_read_exactly_or_refused(text in "[a-c:=,;+ é-]{0,12}") {
        if let Ok(rule) = text.parse::<RuleText>() {
            prop_assert_eq!(rule.to_string(), text.clone());
        }
        if let Ok(chain) = text.parse::<TieChain>() {
            prop_assert_eq!(chain.to_string(), text);
        }
    }
}
