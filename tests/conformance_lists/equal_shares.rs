//! Wieliczka and Assen: cards of Equal Shares give the published lists, and what else was written gives others.

use quartier::count::{Count, Log};
use quartier::regulation::AwardKind;
use quartier::rules::Plan;
use serde_json::json;

use crate::lists::{Published, card, decided, stage, winners};
use crate::{programs, shared};

const WIELICZKA: &str = "Poland_Wieliczka_2023_Green_Budget.pb";
const ASSEN: &str = "Netherlands_Assen_2024.pb";

/// How many projects win and what they receive, with another rule in the card's stage.
fn with(name: &str, published: &Published, rule: &str) -> (usize, String) {
    let mut card = card(name);
    stage(&mut card, "vote").insert("rule".to_owned(), rule.into());
    let (edition, _) = decided(card, published, &[]);
    (edition.winners().len(), edition.envelope.funded.to_string())
}

/// The card as it stands: the published list, without a lot, and the rest goes back.
fn as_published(name: &str, published: &Published, expected: (usize, &str, &str)) {
    let (edition, lots) = decided(card(name), published, &[]);
    assert_eq!(winners(&edition), published.selected(&[1]), "{name}");
    let envelope = &edition.envelope;
    let (funded, returned) = (envelope.funded.to_string(), envelope.returned.to_string());
    let found = (edition.winners().len(), funded.as_str(), returned.as_str());
    assert_eq!((found, lots), (expected, 0), "{name}");
    assert!(
        edition
            .awards
            .iter()
            .all(|paid| paid.kind == AwardKind::Vote)
    );
}

/// What the comparison with greedy by votes says under the card's tie chain: how many voters prefer each outcome.
fn comparison(name: &str, published: &Published, rule: &str) -> serde_json::Value {
    let mut card = card(name);
    let words = stage(&mut card, "vote")["ties"].as_array().unwrap();
    let words: Vec<&str> = words.iter().map(|word| word.as_str().unwrap()).collect();
    let plan: Plan = rule.parse().unwrap();
    let mut log = Log::new();
    let count = Count::of(published.election(), &plan).ties(words.join(",").parse().unwrap());
    let counted = count.observe(&mut log).run().unwrap();
    assert!(counted.outcome().is_some());
    let facts = log.lines().iter();
    let mut facts = facts.filter(|line| line["fact"] == "comparison");
    let fact = facts.next().unwrap().clone();
    assert!(facts.next().is_none());
    json!([fact["equal-shares"], fact["greedy"], fact["greedy-counts"]])
}

/// Wieliczka: 30 projects and 995 079; the documented stop gives 31 and 984 579. The comparison is won by 1615 voters
/// to 873.
#[test]
fn wieliczka_shared_equally() {
    let Some(shared) = shared::folder() else {
        return;
    };
    let published = Published::read(&shared, WIELICZKA);
    let name = "wieliczka-2023";
    as_published(name, &published, (30, "995079", "4921"));
    for (rule, expected) in [
        ("completion=add1-until-exhaustive", (31, "984579")),
        ("completion=none", (21, "450548")),
        ("completion=add1,start=floor", (30, "995079")),
    ] {
        let rule = format!("equal-shares:utility=cost,{rule}");
        let expected = (expected.0, expected.1.to_owned());
        assert_eq!(with(name, &published, &rule), expected, "{rule}");
    }
    let rule = stage(&mut card(name), "vote")["rule"].clone();
    let found = comparison(name, &published, rule.as_str().unwrap());
    assert_eq!(found, json!(["1615", "873", false]));
}

/// Assen: 9 projects and 76 700; the other stop gives the same. In the comparison 21 voters stand against 21, so greedy
/// by votes is not preferred; by who is left with nothing it would be.
#[test]
fn assen_shared_equally() {
    let Some(shared) = shared::folder() else {
        return;
    };
    let published = Published::read(&shared, ASSEN);
    let name = "assen-2024";
    as_published(name, &published, (9, "76700", "23300"));
    for (rule, expected) in [
        ("completion=add1-until-exhaustive", (9, "76700")),
        ("completion=none", (7, "60700")),
    ] {
        let rule = format!("equal-shares:utility=cost,{rule}");
        let expected = (expected.0, expected.1.to_owned());
        assert_eq!(with(name, &published, &rule), expected, "{rule}");
    }
    let compared = |how: &str| {
        let rule = format!("equal-shares:utility=cost,completion=add1,comparison={how}");
        comparison(name, &published, &rule)
    };
    assert_eq!(compared("satisfaction"), json!(["21", "21", false]));
    assert_eq!(compared("exclusion-ratio")[2], json!(true));
}

/// The same from the program, as anybody would run it: the card, the file, and nothing else.
#[test]
fn the_program_gives_the_published_lists() {
    let Some(shared) = shared::folder() else {
        return;
    };
    for (name, file, funded) in [
        ("wieliczka-2023", WIELICZKA, "995079"),
        ("assen-2024", ASSEN, "76700"),
    ] {
        let regulation = format!("examples/regulations/{name}.toml");
        let election = shared.join("pabulib").join(file);
        let election = election.to_str().unwrap();
        let args = [
            "--format",
            "json",
            "--regulation",
            &regulation,
            "--election",
            election,
        ];
        let output = programs::run("allocate", args);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && errors.is_empty(), "{errors}");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["envelope"]["funded"], funded, "{name}");
        let awards = report["awards"].as_array().unwrap().iter();
        let mut won: Vec<&str> = awards
            .map(|paid| paid["project"].as_str().unwrap())
            .collect();
        won.sort_unstable();
        assert_eq!(won, Published::read(&shared, file).selected(&[1]), "{name}");
    }
}
