//! Reading a regulation: required choices, all faults at once, nothing understood by accident.

use quartier::law::{AnyText, Document, Fault, FaultKind, REQUIRED, Value};
use quartier::regulation::Regulation;

use crate::helpers::{EXAMPLE, document, faults, found};
use crate::rates::RATE;

/// A document with every required choice: the example, without its second pot's alternatives, and a table of rates.
fn complete() -> Document {
    document(&format!("{EXAMPLE}\n{RATE}"))
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

/// A regulation that contradicts itself, and the faults in order.
fn contradictory(changes: &[(&str, &str)], expected: &[(&str, &str)]) {
    let text = changes.iter().fold(EXAMPLE.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    let faults = faults(&text);
    assert_eq!(found(&faults), expected, "{faults}");
}

/// F32: what no allocation can satisfy is refused before ballots are read, with both places named.
#[test]
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
        &[("stage[0].guarantee", "contradiction")],
    );
    contradictory(
        &[("voted = \"1000000\"", "voted = \"5000001\"")],
        &[("envelope.voted", "above-parent")],
    );
    contradictory(
        &[("amount = \"residual\"", "amount = \"1000000\"")],
        &[("pot[1].amount", "above-parent")],
    );
    contradictory(
        &[(
            "each-area = \"80000\"",
            "each-area = \"80000\"\namount = \"1\"",
        )],
        &[("pot[0].each-area", "contradiction")],
    );
    contradictory(
        &[(
            "at-most = \"80000\"",
            "at-most = \"80000\"\nat-least = \"90000\"",
        )],
        &[("limit[0].at-least", "contradiction")],
    );
    contradictory(
        &[("mode = \"continue\"", "mode = \"rerun\"")],
        &[
            ("redistribute[0].stage", "missing-choice"),
            ("redistribute[0].claims", "contradiction"),
            ("redistribute[0].rest", "contradiction"),
        ],
    );
    contradictory(
        &[("rule = \"greedy", "method = \"balance\"\nrule = \"greedy")],
        &[("stage[0].method", "contradiction")],
    );
    contradictory(
        &[("article = \"Art. 7\"", "after = [\"vote\"]")],
        &[("stage[0].after", "contradiction")],
    );
    contradictory(
        &[(
            "internet = \"binding\", paper = \"binding\"",
            "internet = \"consultative\"",
        )],
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

#[test]
fn what_this_version_lacks_is_refused_by_name() {
    let text = EXAMPLE.replace(
        "{ kind = \"almost-funded\", min-covered = \"80%\", pay = \"full\" }",
        "{ kind = \"stalled\", pay = \"full\" }, { kind = \"lacking-support\" }",
    );
    assert_eq!(
        found(&faults(&text)),
        [("redistribute[0].claims[0].kind", "not-available")]
    );
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
