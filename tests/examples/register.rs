//! `allocate --register`: projects of the past are paid from the sample city's leftovers.

use std::fs;

use serde_json::{Value, json as value};

use crate::{code, folder, json, path, run, stderr, stdout};

const LAW: &str = "examples/data/strasbourg/regulation-follow-up.toml";
const REGISTER: &str = "examples/data/strasbourg/register.toml";

fn amount(value: &Value) -> i64 {
    value.as_str().unwrap().parse().unwrap()
}

/// The sample city, with its register.
fn decided() -> Value {
    let args = [
        "--regulation",
        LAW,
        "--register",
        REGISTER,
        "--format",
        "json",
    ];
    let output = run("allocate", args);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    json(&output)
}

#[test]
fn the_register_is_served_in_the_order_of_the_regulation() {
    let found = decided();
    let paid: Vec<Value> = found["redistributed"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|moved| moved["edition"].is_string())
        .map(|moved| {
            value!([
                moved["edition"],
                moved["to"],
                moved["claim"],
                moved["amount"]
            ])
        })
        .collect();
    assert_eq!(
        value!(paid),
        value!([
            ["2017", "passerelle", "stalled", "9500"],
            ["2018", "préau", "cost-overrun", "5000"],
            ["2019", "54", "cost-overrun", "1100"],
            ["2018", "verger", "backlog", "7000"],
        ])
    );
    let claims = found["follow-up"]["claims"].as_array().unwrap();
    assert_eq!(claims.len(), 5);
    assert_eq!(
        claims[1]["unpaid"],
        value!({"why": "capped", "short-by": "2000"})
    );
    assert_eq!(
        (&claims[4]["claim"], &claims[4]["unpaid"]["why"]),
        (&value!("lacking-support"), &value!("reported-only"))
    );
}

/// Project 54 is of this edition: it is paid among the awards. What came in and what was paid to others are in the identity.
#[test]
fn the_books_close_with_the_past() {
    let found = decided();
    let awards = found["awards"].as_array().unwrap();
    let own: Vec<&Value> = awards
        .iter()
        .filter(|award| award["project"] == "54")
        .map(|award| &award["kind"])
        .collect();
    assert_eq!(value!(own), value!(["guarantee", "cost-overrun"]));
    let envelope = &found["envelope"];
    let sum = |keys: &[&str]| keys.iter().map(|key| amount(&envelope[key])).sum::<i64>();
    assert_eq!(
        (&envelope["saved"], &envelope["followed"]),
        (&value!("5200"), &value!("21500"))
    );
    assert_eq!(
        sum(&["voted", "extra", "carried-in", "saved"]),
        sum(&[
            "funded",
            "followed",
            "operation",
            "carried",
            "returned",
            "held"
        ])
    );
    assert_eq!(
        found["journal"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["kind"] == "save")
            .map(|entry| value!([entry["from"], entry["to"]]))
            .collect::<Vec<Value>>(),
        [value!([
            [["followed:2017/kiosque", "5200"]],
            [["pot:savings", "5200"]]
        ])]
    );
}

#[test]
fn people_read_who_was_paid_and_why_others_were_not() {
    for (lang, words) in [
        (
            "fr",
            [
                "Projets suivis",
                "en souffrance depuis le 2018-11-12",
                "plafonné, il manque 2 000",
                "éditions passées 21 500",
            ],
        ),
        (
            "en",
            [
                "Projects of the register",
                "held up since 2018-11-12",
                "capped, short by 2 000",
                "earlier editions 21 500",
            ],
        ),
    ] {
        let args = ["--regulation", LAW, "--register", REGISTER, "--lang", lang];
        let output = run("allocate", args);
        for word in words {
            assert!(
                stdout(&output).contains(word),
                "{word}: {}",
                stdout(&output)
            );
        }
    }
}

#[test]
fn without_the_register_every_place_that_needs_it_is_named() {
    let output = run("allocate", ["--regulation", LAW, "--format", "json"]);
    assert_eq!(code(&output), 1);
    let faults = json(&output)["faults"].as_array().unwrap().clone();
    assert_eq!(faults.len(), 5);
    assert!(faults.iter().all(|fault| fault["fault"] == "needs-register"
        && fault["line"].is_number()
        && fault["why"].as_str().unwrap().contains("register")));
}

#[test]
fn a_register_is_toml_or_json_and_its_faults_have_places() {
    let folder = folder("allocate-register");
    let text = fs::read_to_string(REGISTER).unwrap();
    let table: toml::Value = toml::from_str(&text).unwrap();
    let (as_json, faulty) = (folder.join("register.json"), folder.join("faulty.toml"));
    fs::write(&as_json, serde_json::to_string(&table).unwrap()).unwrap();
    let with = |register: &str| {
        let args = ["--regulation", LAW, "--register", register];
        run("allocate", args)
    };
    let toml = with(REGISTER);
    assert_eq!(stdout(&with(path(&as_json))), stdout(&toml));
    fs::write(
        &faulty,
        text.replace("on = \"2018-04-03\"", "on = \"2018-04-31\"")
            .replace("awarded = \"15000\"", "awarded = \"25000\""),
    )
    .unwrap();
    let output = with(path(&faulty));
    assert_eq!(code(&output), 1);
    let said = stdout(&output);
    assert!(
        said.starts_with(&format!("{} has 2 fault(s):", path(&faulty)))
            && said.contains("line 12, column 30: project[0].event[0].on")
            && said.contains("project[1].awarded: above-parent"),
        "{said}"
    );
}
