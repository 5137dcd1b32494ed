//! Reading a regulation: required choices, all faults at once, nothing understood by accident.

use quartier::law::{AnyText, Document, Fault, FaultKind, REQUIRED, Value};
use quartier::regulation::Regulation;

use crate::helpers::{EXAMPLE, document, faults, found};

/// What the example does not need: rates, claims of the register, and a rest for the area of highest turnout.
const MORE: &str = r#"
[[rate]]
holds = "all"
applies-to = "slices"
brackets = [ { up-to = "50000", rate = "90%" }, { rate = "60%" } ]
other-funding = "co-financing"
[[pot]]
id = "parks"
each-area = "1000"
holds = "local"
[[redistribute]]
from = ["saved"]
mode = "continue"
claims = [ { kind = "cost-overrun", at-most = "10%", pay = "full" } ]
rest = "area:highest-turnout"
turnout-of = "registered"
area-pot = "quartiers"
"#;

/// A document with every required choice, alternatives apart.
fn complete() -> Document {
    document(&format!("{EXAMPLE}{MORE}"))
}

/// Removes the first value at a path of the required list, and says where it was.
fn removed(document: &Document, path: &str) -> Option<(Document, String)> {
    let mut keys = document.keys().to_vec();
    let steps: Vec<&str> = path.split('.').collect();
    let place = remove(&mut keys, &steps, "")?;
    Some((Document::new(keys), place))
}

fn remove(keys: &mut Vec<(String, Value)>, steps: &[&str], before: &str) -> Option<String> {
    let (step, rest) = steps.split_first()?;
    let (name, is_list) = (step.trim_end_matches("[]"), step.ends_with("[]"));
    let at = keys.iter().position(|(key, _)| key == name)?;
    let path = format!("{before}{name}");
    if rest.is_empty() {
        keys.remove(at);
        return Some(path);
    }
    match &mut keys.get_mut(at)?.1 {
        Value::Table(keys) => remove(keys, rest, &format!("{path}.")),
        Value::List(list) if is_list => list.iter_mut().enumerate().find_map(|(at, item)| {
            let Value::Table(keys) = item else {
                return None;
            };
            remove(keys, rest, &format!("{path}[{at}]."))
        }),
        _ => None,
    }
}

#[test]
fn every_required_key_is_missed_by_exactly_one_fault_at_its_path() {
    let complete = complete();
    assert!(Regulation::read(&complete).is_ok());
    for required in REQUIRED {
        let (without, place) = removed(&complete, required.path).unwrap_or_else(|| {
            panic!("the example does not have {}", required.path);
        });
        let faults = Regulation::read(&without).unwrap_err();
        let found: Vec<&Fault> = faults.iter().collect();
        let [fault] = found.as_slice() else {
            panic!("{place}: {faults}");
        };
        assert_eq!(
            (fault.path.as_str(), fault.kind),
            (place.as_str(), FaultKind::MissingChoice)
        );
        assert!(!fault.allowed.is_empty(), "{place} has no allowed answers");
    }
}

/// Every key of the example, as paths of the required list.
fn paths(keys: &[(String, Value)], before: &str, all: &mut Vec<String>) {
    for (key, value) in keys {
        let path = format!("{before}{key}");
        match value {
            Value::Table(keys) if key != "channels" => paths(keys, &format!("{path}."), all),
            Value::List(list) => {
                for item in list {
                    if let Value::Table(keys) = item {
                        paths(keys, &format!("{path}[]."), all);
                    }
                }
            }
            _ => {}
        }
        all.push(path);
    }
}

#[test]
fn every_key_of_the_example_is_required_or_decides_nothing() {
    let mut all = Vec::new();
    paths(complete().keys(), "", &mut all);
    // The limits and the rates as a whole, the operating cost and the article may be left out.
    let optional = [
        "envelope.operating-cost",
        "limit",
        "rate",
        "stage[].article",
    ];
    for path in &all {
        let is_required = REQUIRED.iter().any(|required| required.path == path);
        assert!(is_required || optional.contains(&path.as_str()), "{path}");
    }
    for required in REQUIRED {
        assert!(
            all.iter().any(|path| path == required.path),
            "{}",
            required.path
        );
    }
}

#[test]
fn all_faults_are_listed_at_once() {
    let text = EXAMPLE
        .replace("base = \"100000000\"", "base = 100000000")
        .replace("at-most = \"5%\"", "at-most = \"five\"")
        .replace(
            "on-unknown = \"refuse\"",
            "on-unknown = \"ignore\"\nage = 16",
        )
        .replace("after-top-up = \"binds\"", "")
        .replace(
            "pots = [\"quartiers\", \"city\"]",
            "pots = [\"quartier\", \"city\"]",
        )
        .replace("rest = \"next-edition\"", "rest = \"somewhere\"");
    let faults = faults(&text);
    assert_eq!(
        found(&faults),
        [
            ("envelope.base", "wrong-type"),
            ("envelope.at-most", "bad-value"),
            ("eligibility.on-unknown", "bad-value"),
            ("eligibility.age", "unknown-key"),
            ("limit[0].after-top-up", "missing-choice"),
            ("redistribute[0].rest", "bad-value"),
            ("stage[0].pots[0]", "unknown-pot"),
        ]
    );
    let text = faults.to_string();
    assert!(text.contains("redistribute[0].rest"), "{text}");
    assert!(text.contains("treasury | next-edition | pot:ID"), "{text}");
}

#[test]
fn texts_of_other_layers_are_faults_at_their_place() {
    let text = EXAMPLE
        .replace("greedy:score=borda,misfit=skip", "greedy:score=borda")
        .replace("\"more-votes\", \"cheaper\"", "\"most-votes\", \"cheaper\"")
        .replace("form = \"ranked\"", "form = \"ranking\"")
        .replace("invalid = \"void\"", "invalid = \"cut\"");
    let faults = faults(&text);
    assert_eq!(
        found(&faults),
        [
            ("ballot.form", "bad-value"),
            ("ballot.invalid", "bad-value"),
            ("stage[0].rule", "bad-value"),
            ("stage[0].ties", "bad-value"),
        ]
    );
    assert!(faults.to_string().contains("misfit"), "{faults}");
    // The document by itself knows none of them.
    assert!(document(&text).check(&AnyText).is_ok());
}

/// A regulation that contradicts itself: the faults in order, and what the first says of the other place.
fn contradictory(changes: &[(&str, &str)], other: &str, expected: &[(&str, &str)]) {
    let text = changes.iter().fold(EXAMPLE.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    let faults = faults(&text);
    assert_eq!(found(&faults), expected, "{faults}");
    let why = &faults.iter().next().unwrap().why;
    assert!(!other.is_empty() && why.contains(other), "{why}");
}

/// A limit contradicts a guarantee only where it watches all that is guaranteed: one on city-wide projects leaves a quartier's
/// alone, and one on local projects leaves room for a theme's others.
#[test]
fn a_limit_on_other_projects_is_no_contradiction() {
    let read = |per: &str, limited: &str, holds: &str| {
        let guarantee = format!("per = \"{per}\", projects = 3, when");
        let limit = format!(
            "[[limit]]\nper = \"{limited}\"\nholds = \"{holds}\"\nat-most-projects = 2\nafter-top-up = \"binds\"\n[[limit]]"
        );
        let text = EXAMPLE
            .replacen("per = \"area\", projects = 1, when", &guarantee, 1)
            .replacen("[[limit]]", &limit, 1);
        Regulation::read(&document(&text)).is_ok()
    };
    assert!(read("area", "all", "city-wide"));
    assert!(!read("area", "all", "local"));
    assert!(!read("area", "area", "local"));
    assert!(!read("area", "all", "all"));
    assert!(read("category", "category", "city-wide"));
    assert!(read("category", "category", "local"));
    assert!(!read("category", "category", "all"));
}

/// F32: what no allocation can satisfy is refused before ballots are read, with both places named.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn f32_contradictions_are_refused_with_both_places() {
    let guarantee = "projects = 1, when";
    contradictory(
        &[
            (guarantee, "projects = 3, when"),
            (
                "[[limit]]",
                "[[limit]]\nper = \"area\"\nholds = \"local\"\nat-most-projects = 2\nafter-top-up = \"binds\"\n[[limit]]",
            ),
        ],
        "limit[0]",
        &[("stage[0].guarantee", "contradiction")],
    );
    contradictory(
        &[("voted = \"1000000\"", "voted = \"5000001\"")],
        "above the ceiling of 5000000",
        &[("envelope.voted", "above-parent")],
    );
    contradictory(
        &[("amount = \"residual\"", "amount = \"1000000\"")],
        "with the pots before it",
        &[("pot[1].amount", "above-parent")],
    );
    contradictory(
        &[(
            "each-area = \"80000\"",
            "each-area = \"80000\"\namount = \"1\"",
        )],
        "by `amount` already",
        &[("pot[0].each-area", "contradiction")],
    );
    contradictory(
        &[(
            "at-most = \"80000\"",
            "at-most = \"80000\"\nat-least = \"90000\"",
        )],
        "above the most",
        &[("limit[0].at-least", "contradiction")],
    );
    contradictory(
        &[("mode = \"continue\"", "mode = \"rerun\"")],
        "which stage",
        &[
            ("redistribute[0].stage", "missing-choice"),
            ("redistribute[0].claims", "contradiction"),
            ("redistribute[0].rest", "contradiction"),
        ],
    );
    contradictory(
        &[("rule = \"greedy", "method = \"balance\"\nrule = \"greedy")],
        "`rule`",
        &[("stage[0].method", "contradiction")],
    );
    contradictory(
        &[("article = \"Art. 7\"", "after = [\"vote\"]")],
        "wait for itself",
        &[("stage[0].after", "contradiction")],
    );
    contradictory(
        &[(
            "internet = \"binding\", paper = \"binding\"",
            "internet = \"consultative\"",
        )],
        "no channel is binding",
        &[("ballot.channels", "contradiction")],
    );
}

#[test]
fn leftovers_that_go_round_are_refused() {
    let rule = "[[redistribute]]\nfrom = [\"unspent\"]\nmode = \"continue\"\nclaims = []\n";
    let more = format!(
        "{EXAMPLE}\n{rule}pots = [\"quartiers\"]\nrest = \"pot:city\"\n{rule}pots = [\"city\"]\nrest = \"pot:quartiers/centre\"\n"
    );
    assert_eq!(
        found(&faults(&more)),
        [("redistribute[2].rest", "circular-transfer")]
    );
    let own = format!("{EXAMPLE}\n{rule}pots = [\"city\"]\nrest = \"pot:city\"\n");
    assert_eq!(
        found(&faults(&own)),
        [("redistribute[1].rest", "circular-transfer")]
    );
    // What a family's members leave may go to one of them: it is not taken from that one.
    let member = format!(
        "{EXAMPLE}\n{rule}pots = [\"quartiers\", \"city\"]\nrest = \"pot:quartiers/centre\"\n"
    );
    assert!(quartier::regulation::Regulation::read(&document(&member)).is_ok());
    let parents = EXAMPLE.replace(
        "amount = \"residual\"",
        "amount = \"residual\"\nparent = \"big\"",
    ) + "\n[[pot]]\nid = \"big\"\nparent = \"city\"\namount = \"residual\"\nholds = \"all\"\n";
    let found_faults = faults(&parents);
    assert_eq!(
        found(&found_faults),
        [
            ("pot[1].parent", "circular-transfer"),
            ("pot[2].parent", "circular-transfer")
        ]
    );
}

/// What could never work is refused before any ballot is looked at.
#[test]
fn ballots_and_stages_must_go_together() {
    let approval = EXAMPLE.replace("form = \"ranked\"", "form = \"approval\"");
    let refused = faults(&approval);
    assert_eq!(found(&refused), [("stage[0].rule", "rule-cannot-honour")]);
    assert!(
        refused
            .to_string()
            .contains("score `borda` cannot be read from approval ballots: use votes")
    );
    let balance = EXAMPLE.replace(
        "rule = \"greedy:score=borda,misfit=skip\"",
        "method = \"balance\"\nweight = \"population\"\nscore = \"points\"\ncity-wide = \"last\"",
    );
    assert_eq!(
        found(&faults(&balance)),
        [("stage[0].score", "rule-cannot-honour")]
    );
    let ranked_by = EXAMPLE.replace("article = \"Art. 7\"", "rank-by = \"for-minus-against\"");
    assert_eq!(
        found(&faults(&ranked_by)),
        [("stage[0].rank-by", "rule-cannot-honour")]
    );
    let nothing = EXAMPLE.replace("max = 3", "max = 0");
    assert_eq!(found(&faults(&nothing)), [("ballot.max", "bad-value")]);
    let misspelt = EXAMPLE.replace("max = 3", "max = 3\nmaximum = 3");
    assert_eq!(
        found(&faults(&misspelt)),
        [("ballot.maximum", "unknown-key")]
    );
}

/// A selector that leaves some out, and one that would leave nobody.
#[test]
fn a_selector_can_say_for_whom_it_is_not() {
    let text = EXAMPLE.replace(
        "holds = \"city-wide\"",
        "holds = { territory = \"city-wide\", not = { beneficiary = \"youth\", cost-above = \"5000\" } }",
    );
    let regulation = Regulation::read(&document(&text)).unwrap();
    let holds = &regulation.law().pots[1].holds;
    assert_eq!(
        holds.to_string(),
        "city-wide, not (all, beneficiary youth, cost above 5000)"
    );
    let project = |audience: &str, cost: u32| {
        let mut project = quartier::election::Project::new("1", cost);
        project.beneficiaries.push(audience.to_owned());
        project
    };
    let selected = [("youth", 5_001), ("youth", 5_000), ("all", 5_001)];
    assert_eq!(
        selected.map(|(audience, cost)| holds.selects(&project(audience, cost))),
        [false, true, true]
    );
    let nobody = text.replace(
        "beneficiary = \"youth\", cost-above = \"5000\"",
        "territory = \"all\"",
    );
    assert_eq!(
        found(&faults(&nobody)),
        [("pot[1].holds.not", "missing-choice")]
    );
}

/// A third rule closes the circle, whichever pots stand between; an area that nobody knows yet may be any of its family.
#[test]
fn circles_of_three_and_through_areas_are_refused() {
    let rule = |from: &str, rest: &str| {
        format!(
            "[[redistribute]]\nfrom = [\"unspent\"]\nmode = \"continue\"\nclaims = []\npots = [\"{from}\"]\nrest = \"{rest}\"\n"
        )
    };
    let pots = "[[pot]]\nid = \"a\"\namount = \"1\"\nholds = \"all\"\n[[pot]]\nid = \"b\"\namount = \"1\"\nholds = \"all\"\n";
    let least = "area:least-amount";
    let with = |rules: &[String]| format!("{EXAMPLE}{pots}{}", rules.concat());
    let circle = |rules: &[String], at: usize| {
        let text = with(rules);
        let faults = faults(&text);
        let path = format!("redistribute[{at}].rest");
        assert_eq!(
            found(&faults),
            [(path.as_str(), "circular-transfer")],
            "{text}"
        );
    };
    circle(
        &[
            rule("a", "pot:b"),
            rule("b", "pot:city"),
            rule("city", "pot:a"),
        ],
        3,
    );
    // The city's leftovers reach a quartier, and that quartier's the city.
    circle(
        &[rule("city", least), rule("quartiers/port", "pot:city")],
        2,
    );
    circle(&[rule("quartiers/port", "pot:a"), rule("a", least)], 2);
    circle(
        &[
            rule("quartiers", "pot:a"),
            rule("a", "pot:b"),
            rule("b", least),
        ],
        3,
    );
    // Two rules that gather the quartiers' leftovers in one of them may carry them to and fro.
    circle(
        &[
            rule("quartiers", least),
            rule("quartiers", "area:most-winners"),
        ],
        2,
    );
    // One way only, or one gathering, is no circle.
    for rules in [
        vec![rule("quartiers", least)],
        vec![rule("city", least), rule("a", least)],
        vec![
            rule("b", "pot:a"),
            rule("a", "pot:city"),
            rule("city", least),
        ],
    ] {
        let text = with(&rules);
        assert!(Regulation::read(&document(&text)).is_ok(), "{text}");
    }
}

#[test]
fn a_rest_for_an_area_says_which_and_of_which_number() {
    let refused = |old: &str, new: &str, expected: &[(&str, &str)]| {
        let more = MORE.replace(old, new);
        assert_ne!(more, MORE, "{old}");
        let faults = faults(&format!("{EXAMPLE}{more}"));
        assert_eq!(found(&faults), expected, "{faults}");
    };
    let (rest, pot) = ("redistribute[1].rest", "redistribute[1].area-pot");
    refused("highest-turnout", "tallest", &[(rest, "bad-value")]);
    refused(
        "highest-turnout",
        "least-amount",
        &[("redistribute[1].turnout-of", "contradiction")],
    );
    refused(
        "area:highest-turnout",
        "treasury",
        &[
            ("redistribute[1].turnout-of", "contradiction"),
            (pot, "contradiction"),
        ],
    );
    refused("\"quartiers\"", "\"city\"", &[(pot, "unknown-pot")]);
    // What is decided afresh has not been carried out.
    refused(
        "mode = \"continue\"\nclaims = [ { kind = \"cost-overrun\", at-most = \"10%\", pay = \"full\" } ]",
        "mode = \"rerun\"\nstage = \"vote\"\nclaims = []",
        &[
            ("redistribute[1].from", "contradiction"),
            ("redistribute[1].mode", "contradiction"),
        ],
    );
    // The stage that goes on is paid from the pot that receives.
    refused(
        "area-pot = \"quartiers\"",
        "area-pot = \"parks\"\nstage = \"vote\"",
        &[("redistribute[1].stage", "contradiction")],
    );
    // The pot `savings` is where savings stand.
    refused("\"parks\"", "\"savings\"", &[("pot[2].id", "duplicate-id")]);
    // Without a pot for each area nobody can receive; with one, it need not be named.
    let one = MORE
        .replace("area-pot = \"quartiers\"\n", "")
        .replace("each-area = \"1000\"", "amount = \"1000\"");
    assert!(Regulation::read(&document(&format!("{EXAMPLE}{one}"))).is_ok());
    let none = EXAMPLE.replace("each-area = \"80000\"", "amount = \"80000\"") + &one;
    assert_eq!(found(&faults(&none)), [(rest, "contradiction")]);
}

#[test]
fn how_a_claim_is_paid_is_one_of_four() {
    let with = |pay: &str| {
        MORE.replace("pay = \"full\"", &format!("pay = {pay}"))
            .replace("[\"saved\"]", "[\"unspent\"]")
    };
    for pay in [
        "\"full\"",
        "\"pro-rata\"",
        "{ partial = \"50%\" }",
        "{ capped = \"5000\" }",
    ] {
        let text = format!("{EXAMPLE}{}", with(pay));
        assert!(Regulation::read(&document(&text)).is_ok(), "{pay}");
    }
    let path = "redistribute[1].claims[0].pay";
    for (pay, key, code) in [
        ("\"half\"", "", "bad-value"),
        ("5", "", "wrong-type"),
        ("{ capped = \"0\" }", ".capped", "bad-value"),
        ("{ capped = 5 }", ".capped", "wrong-type"),
        (
            "{ capped = \"5\", partial = \"50%\" }",
            ".partial",
            "contradiction",
        ),
        ("{}", ".partial", "missing-choice"),
        ("{ capped = \"5\", at = \"1\" }", ".at", "unknown-key"),
    ] {
        let faults = faults(&format!("{EXAMPLE}{}", with(pay)));
        let place = format!("{path}{key}");
        assert_eq!(found(&faults), [(place.as_str(), code)], "{faults}");
    }
}

#[test]
fn documents_read_from_json_and_back() {
    let toml = document(EXAMPLE);
    let json = serde_json::to_string(&toml).unwrap();
    let back: Document = serde_json::from_str(&json).unwrap();
    assert_eq!(back, toml);
    let twice = serde_json::from_str::<Document>(r#"{"name":"a","name":"b"}"#);
    assert!(twice.unwrap_err().to_string().contains("written twice"));
    let deep = "[".repeat(40) + &"]".repeat(40);
    let deep = serde_json::from_str::<Document>(&format!("{{\"a\":{deep}}}"));
    assert!(deep.unwrap_err().to_string().contains("deep"));
    let float = EXAMPLE.replace("base = \"100000000\"", "base = 100000000.5");
    assert_eq!(found(&faults(&float)), [("envelope.base", "wrong-type")]);
}
