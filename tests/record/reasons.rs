//! Reasons: codes, sentences and their place in the programs' output.

use std::collections::BTreeSet;

use quartier::election::Money;
use quartier::exact::Ratio;
use quartier::record::Reason;

fn reasons() -> Vec<Reason> {
    let text = || "x".to_owned();
    vec![
        Reason::BelowThreshold {
            score: Ratio::from(12),
            needed: Ratio::from(40),
        },
        Reason::TooFewAreas {
            areas: 2,
            needed: 3,
            voters: 10,
        },
        Reason::Misfit {
            short_by: Money::from(5_000),
        },
        Reason::PotStopped {
            at: text(),
            short_by: Money::from(1),
        },
        Reason::PursesShort {
            short_by: Money::from(1),
        },
        Reason::NoUtility,
        Reason::LimitReached { limit: text() },
        Reason::Exclusive {
            group: text(),
            with: text(),
        },
        Reason::RequirementMissing { requires: text() },
        Reason::Ineligible {
            condition: text(),
            found: text(),
        },
        Reason::UnknownEligibility { condition: text() },
        Reason::Excluded {
            by: text(),
            justification: text(),
        },
        Reason::Withdrawn {
            by: text(),
            justification: text(),
        },
        Reason::NotRanked,
        Reason::Displaced { by: text() },
        Reason::LostByRerun,
        Reason::Substituted { by: text() },
        Reason::NotChosen,
        Reason::NotReached,
    ]
}

/// How a refused project stands in the output of the programs.
#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Refused {
    project: String,
    stage: String,
    #[serde(flatten)]
    reason: Reason,
}

#[test]
fn reasons_have_the_codes_of_the_contract() {
    let codes: Vec<&str> = reasons().iter().map(Reason::code).collect();
    for code in "below-threshold misfit limit-reached pot-stopped ineligible unknown-eligibility excluded withdrawn displaced not-ranked lost-by-rerun".split(' ') {
        assert!(codes.contains(&code), "{code}");
    }
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
    for reason in reasons() {
        let json = serde_json::to_value(&reason).unwrap();
        assert_eq!(json["code"], reason.code());
        assert_eq!(serde_json::from_value::<Reason>(json).unwrap(), reason);
        let sentence = reason.to_string();
        assert!(
            sentence.ends_with('.') && !sentence.ends_with(".."),
            "{sentence}"
        );
    }
}

#[test]
fn peoples_words_end_the_sentence() {
    let (by, justification) = ("the district office".into(), "The site was sold. ".into());
    assert_eq!(
        Reason::Excluded { by, justification }.to_string(),
        "It was excluded by the district office: The site was sold."
    );
}

#[test]
fn a_refused_project_prints_as_the_contract_says() {
    let refused = Refused {
        project: "7".into(),
        stage: "vote".into(),
        reason: Reason::Misfit {
            short_by: Money::from(5_000),
        },
    };
    let json = serde_json::to_string(&refused).unwrap();
    assert_eq!(
        json,
        r#"{"project":"7","stage":"vote","code":"misfit","short-by":"5000"}"#
    );
    assert_eq!(serde_json::from_str::<Refused>(&json).unwrap(), refused);
    assert!(
        serde_json::from_str::<Reason>(r#"{"code":"misfit","short-by":"5000","note":"x"}"#)
            .is_err()
    );
    assert!(serde_json::from_str::<Reason>(r#"{"code":"bad-luck"}"#).is_err());
}
