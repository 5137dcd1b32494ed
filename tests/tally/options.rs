//! The rules as text: required choices, all faults at once, exact round trip.

use std::fmt::Write as _;

use proptest::prelude::*;
use quartier::election::Instance;
use quartier::tally::{BallotRules, OptionFault};

use crate::helpers::{instance, rules};

const COMPLETE: [(&str, &str); 5] = [
    ("form", "ranked"),
    ("invalid", "void"),
    ("duplicates", "paper-wins"),
    ("blank-ballots-count", "false"),
    ("channels", "internet:binding;paper:binding"),
];

fn parse(options: &[(&str, &str)]) -> Result<BallotRules, Vec<OptionFault>> {
    let owned = options
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    BallotRules::from_options(owned).map_err(|faults| faults.faults().to_vec())
}

#[test]
fn each_required_choice_has_exactly_one_fault_when_it_is_missing() {
    assert!(parse(&COMPLETE).is_ok());
    for (missing, _) in COMPLETE {
        let rest: Vec<_> = COMPLETE
            .iter()
            .copied()
            .filter(|(key, _)| *key != missing)
            .collect();
        let faults = parse(&rest).expect_err(missing);
        match faults.as_slice() {
            [OptionFault::Missing { path, allowed }] => {
                assert_eq!(path, missing);
                assert!(!allowed.is_empty());
            }
            other => panic!("{missing}: {other:?}"),
        }
    }
}

#[test]
fn all_faults_at_once_each_with_the_answers() {
    let text = "form=ranking,invalid=mend,max=many,colour=red,duplicates=first,duplicates=last,channels=internet:deciding,nonsense";
    let faults = text.parse::<BallotRules>().unwrap_err().to_string();
    for expected in [
        "`form` cannot be `ranking`",
        "`invalid` cannot be `mend`: write void, truncate",
        "`max` cannot be `many`: write a whole number",
        "`colour` is not an option of ballots",
        "`duplicates` is given twice",
        "`blank-ballots-count` is missing: choose true or false",
        "`channels.internet` cannot be `deciding`: write binding, consultative or preselection",
        "`nonsense` is not an option: write key=value",
    ] {
        assert!(faults.contains(expected), "{expected}\n{faults}");
    }
    assert_eq!(faults.lines().count(), 8, "{faults}");
}

#[test]
fn tables_are_written_with_dots() {
    let options = [
        ("form", "approval"),
        ("invalid", "void"),
        ("duplicates", "refuse"),
        ("blank-ballots-count", "true"),
        ("channels.internet", "binding"),
        ("channels.paper", "consultative"),
        ("home.max", "3"),
        ("elsewhere.max", "1"),
    ];
    let rules = parse(&options).unwrap();
    assert_eq!(rules.channels.len(), 2);
    assert_eq!(rules.parts.len(), 2);
}

fn contradictions(options: &str, instance: &Instance) -> Vec<String> {
    rules(options)
        .contradictions(instance)
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn rules_that_no_ballot_can_meet_are_refused() {
    let instance = instance();
    for (options, expected) in [
        ("min=3,max=2", "`min` is above `max`"),
        ("home.min=3,home.max=2", "`home.min` is above `home.max`"),
        ("min-cost=50,max-cost=40", "`min-cost` is above `max-cost`"),
        (
            "form=points,min-sum=3,max-sum=2",
            "`min-sum` is above `max-sum`",
        ),
        ("max-sum=2", "points are limited"),
        ("area:atlantis.max=1", "`area:atlantis`"),
        (
            "duplicates=assembly-wins",
            "`assembly-wins` names a channel",
        ),
        ("channels=internet:consultative", "no channel is binding"),
        ("form=grades,scale=good;good", "the grade `good` twice"),
        ("form=grades,scale=good;", "the name ``"),
    ] {
        let found = contradictions(options, &instance);
        assert!(
            found.len() == 1 && found[0].contains(expected),
            "{options}: {found:?}"
        );
    }
    assert_eq!(contradictions("", &instance), Vec::<String>::new());
    assert_eq!(
        contradictions("min=3,max=2,max-sum=2,channels=x:preselection", &instance).len(),
        3
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_text_of_rules_reads_back(
        form in prop::sample::select(vec!["approval", "choose-one", "knapsack", "ranked", "ranked,tied-ranks=allowed", "points", "grades,scale=poor;fair;very good", "signed"]),
        bounds in prop::collection::btree_map(prop::sample::select(vec!["min", "max", "max-areas", "min-cost", "max-cost", "min-points", "max-points", "min-sum", "max-sum"]), 0..50_u32, 0..5),
        part in prop::sample::select(vec!["home", "elsewhere", "city-wide", "area:north", "category:a.b", "each-area", "each-category"]),
        invalid in prop::sample::select(vec!["void", "truncate", "drop-line", "drop-line;truncate"]),
        duplicates in prop::sample::select(vec!["first", "last", "paper-wins", "paper-wins;void-all", "refuse"]),
        mass in prop::sample::select(vec!["one-person-one-vote", "equal-per-channel"]),
    ) {
        let mut text = format!("form={form},invalid={invalid},duplicates={duplicates},blank-ballots-count=true,channels=paper:binding;web:preselection,mass={mass}");
        for (key, value) in &bounds {
            write!(text, ",{key}={value},{part}.{key}={value}.0").unwrap();
        }
        let text = text.replace(".0,", ",");
        let text = text.strip_suffix(".0").unwrap_or(&text);
        let rules: BallotRules = text.parse().unwrap();
        let again: BallotRules = rules.to_string().parse().unwrap();
        prop_assert_eq!(&again, &rules);
        prop_assert_eq!(again.to_string(), rules.to_string());
    }

    #[test]
    fn no_text_panics(text in "[a-z=,;:.0-9-]{0,60}") {
        let _ = text.parse::<BallotRules>();
    }
}
