//! `allocate` on several lists, with every kind of decision, with rates, in French, and with what users get wrong.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json as value};

use crate::{code, folder, json, path, run, stderr, stdout};

/// A list as the archive publishes it: projects with cost and votes, each voter naming one.
fn list(folder: &Path, name: &str, budget: u32, projects: &[(&str, u32, usize)]) -> PathBuf {
    let mut text = format!(
        "META\nkey;value\ndescription;{name}\ncountry;PL\nunit;U\ninstance;2024\nnum_projects;{}\nnum_votes;{}\nbudget;{budget}\nvote_type;approval\nrule;greedy\nPROJECTS\nproject_id;cost;votes\n",
        projects.len(),
        projects.iter().map(|(_, _, votes)| votes).sum::<usize>(),
    );
    for (id, cost, votes) in projects {
        text.push_str(&format!("{id};{cost};{votes}\n"));
    }
    text.push_str("VOTES\nvoter_id;vote\n");
    let mut voter = 0;
    for (id, _, votes) in projects {
        for _ in 0..*votes {
            voter += 1;
            text.push_str(&format!("{voter};{id}\n"));
        }
    }
    let file = folder.join(format!("{name}.pb"));
    fs::write(&file, text).unwrap();
    file
}

/// A pot for each district, and one for the city.
const POTS: &str = "[[pot]]\nid = \"districts\"\neach-area = \"100\"\nholds = \"local\"\n[[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"city-wide\"\n";
const CITY: &str = "[[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"all\"\n";

/// A regulation with these pots, a limit and stages.
fn law(folder: &Path, pots: &str, more: &str) -> PathBuf {
    let text = format!(
        r#"name = "City"
edition = "2024"
[envelope]
base = "1000"
at-most = "100%"
voted = "300"
currency = "PLN"
granularity = "1"
[eligibility]
proposer = "any"
delivery-months-at-most = "any"
attested = []
on-unknown = "refuse"
[ballot]
form = "approval"
max = 1
invalid = "void"
duplicates = "refuse"
blank-ballots-count = false
channels = {{ internet = "binding" }}
{pots}[[limit]]
per = "area"
holds = "local"
at-most = "95"
after-top-up = "binds"
{more}
[[redistribute]]
from = ["unspent"]
mode = "continue"
claims = []
rest = "next-edition"
"#
    );
    let file = folder.join("law.toml");
    fs::write(&file, text).unwrap();
    file
}

fn vote(pots: &str) -> String {
    format!(
        "[[stage]]\nid = \"vote\"\npots = [{pots}]\nrule = \"greedy:score=votes,misfit=skip\"\nties = [\"none\"]\nguarantee = \"none\"\n"
    )
}

fn winners(report: &Value) -> Vec<(&str, &str)> {
    let awards = report["awards"].as_array().unwrap().iter();
    awards
        .map(|award| {
            (
                award["project"].as_str().unwrap(),
                award["pot"].as_str().unwrap(),
            )
        })
        .collect()
}

#[test]
fn lists_of_districts_and_of_the_city_are_one_edition() {
    let folder = folder("allocate-lists");
    let law = law(&folder, POTS, &vote("\"districts\", \"city\""));
    let wola = list(&folder, "wola", 100, &[("1", 60, 5), ("2", 50, 3)]);
    let ursus = list(&folder, "ursus", 100, &[("3", 90, 1), ("4", 96, 2)]);
    let city = list(&folder, "all", 100, &[("5", 70, 4)]);
    let named = |name: &str, file: &Path| format!("{name}={}", path(file));
    let (wola, ursus, all) = (
        named("wola", &wola),
        named("districts/ursus", &ursus),
        named("city", &city),
    );
    let args = [
        "--regulation",
        path(&law),
        "--election",
        &wola,
        "--election",
        &ursus,
        "--election",
        &all,
    ];
    let output = run(
        "allocate",
        args.iter()
            .copied()
            .chain(["--format", "json", "--lenient"]),
    );
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    let report = json(&output);
    assert_eq!(
        winners(&report),
        [
            ("1", "districts/wola"),
            ("5", "city"),
            ("3", "districts/ursus")
        ]
    );
    // The limit of 95 a district speaks French with the reader.
    let french = run(
        "allocate",
        args.iter().copied().chain(["--lang", "fr", "--lenient"]),
    );
    assert!(
        stdout(&french)
            .contains("Un plafond du règlement serait dépassé : au plus 95 par quartier (ursus)."),
        "{}",
        stdout(&french)
    );
    // Ids that collide are refused by name, or qualified.
    let twice = list(&folder, "bemowo", 100, &[("1", 60, 5)]);
    let again = named("bemowo", &twice);
    let more = [
        "--regulation",
        path(&law),
        "--election",
        &wola,
        "--election",
        &again,
        "--format",
        "json",
        "--lenient",
    ];
    let output = run("allocate", more);
    assert_eq!(code(&output), 1);
    let error = json(&output)["error"].as_str().unwrap().to_owned();
    assert!(
        error.contains("project `1` is in the lists `wola` and `bemowo`")
            && error.contains("--qualify"),
        "{error}"
    );
    let output = run("allocate", more.iter().copied().chain(["--qualify"]));
    assert_eq!(
        winners(&json(&output)),
        [
            ("bemowo/1", "districts/bemowo"),
            ("wola/1", "districts/wola")
        ]
    );
}

#[test]
fn every_result_of_an_open_tie_is_listed() {
    let folder = folder("allocate-all-ties");
    let law = law(&folder, CITY, &vote("\"city\""));
    let file = list(&folder, "all", 100, &[("1", 160, 5), ("2", 160, 5)]);
    let args = [
        "--regulation",
        path(&law),
        "--election",
        path(&file),
        "--all-ties",
        "4",
        "--lenient",
    ];
    let output = run("allocate", args.iter().copied().chain(["--format", "json"]));
    assert_eq!(code(&output), 3);
    assert_eq!(json(&output)["outcomes"], value!([["1"], ["2"]]));
    let few = args.map(|arg| if arg == "4" { "1" } else { arg });
    let output = run("allocate", few.iter().copied().chain(["--format", "json"]));
    assert_eq!(json(&output)["outcomes"], "too-many");
    assert!(stdout(&run("allocate", args)).contains("All results of open ties (2)"));
}

#[test]
fn every_kind_of_decision_is_carried_out_and_printed() {
    let folder = folder("allocate-decisions");
    let law = law(&folder, CITY, &vote("\"city\""));
    let projects = [
        ("1", 60, 9),
        ("2", 50, 8),
        ("3", 40, 7),
        ("4", 30, 7),
        ("5", 20, 1),
        ("6", 10, 1),
    ];
    let file = list(&folder, "all", 100, &projects);
    let decided = |kind: &str, about: &str, value: &str| {
        let value = if value.is_empty() {
            String::new()
        } else {
            format!("value = {value}\n")
        };
        format!(
            "[[decision]]\nkind = \"{kind}\"\nabout = \"{about}\"\n{value}by = \"council\"\njustification = \"session of 3 June\"\n"
        )
    };
    // 300 and 30 more: 2 takes the place of 1, 3 is out, 4 went, 5 is given its cost, 6 takes part.
    let all = [
        decided("exclude", "project:3", ""),
        decided("withdraw", "project:4", ""),
        decided("include", "project:6", ""),
        decided("award", "project:5", ""),
        decided("extra-money", "envelope", "\"30\""),
        decided("lot", "stage:vote", "[\"6\", \"5\"]"),
        decided("published", "edition", "\"5 July\""),
        decided("substitute", "project:1", "\"2\""),
    ];
    let decisions = folder.join("decisions.toml");
    fs::write(&decisions, all.concat()).unwrap();
    let args = [
        "--regulation",
        path(&law),
        "--election",
        path(&file),
        "--decisions",
        path(&decisions),
        "--lenient",
    ];
    let output = run("allocate", args.iter().copied().chain(["--format", "json"]));
    assert_eq!(code(&output), 1, "{}", stdout(&output));
    // All of 330 is the city's here, so 1 and 2 win both: nobody can take a winner's place.
    assert!(
        json(&output)["error"]
            .as_str()
            .unwrap()
            .contains("decision 8 cannot be carried out: project 2 is funded already")
    );
    fs::write(
        &law,
        fs::read_to_string(&law)
            .unwrap()
            .replace("voted = \"300\"", "voted = \"70\""),
    )
    .unwrap();
    let output = run("allocate", args.iter().copied().chain(["--format", "json"]));
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    let report = json(&output);
    assert_eq!(report["decisions"].as_array().unwrap().len(), 8);
    assert_eq!(
        winners(&report),
        [("5", "city"), ("6", "city"), ("2", "city")]
    );
    let codes: Vec<(&str, &str)> = report["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|refused| {
            (
                refused["project"].as_str().unwrap(),
                refused["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        codes,
        [("1", "substituted"), ("3", "excluded"), ("4", "withdrawn")]
    );
    for (lang, says) in [
        ("en", "substitute"),
        ("fr", "Par décision, le projet 2 a pris sa place."),
    ] {
        let text = run("allocate", args.iter().copied().chain(["--lang", lang]));
        assert!(
            stdout(&text).contains(says) && stdout(&text).contains("session of 3 June"),
            "{}",
            stdout(&text)
        );
    }
    // A file of decisions that is wrong is told like everything else that is.
    fs::write(&decisions, decided("exclude", "project:77", "")).unwrap();
    let output = run("allocate", args.iter().copied().chain(["--format", "json"]));
    assert_eq!(
        (code(&output), &json(&output)["status"]),
        (1, &Value::from("error"))
    );
    fs::write(&decisions, decided("exlude", "project:1", "")).unwrap();
    let output = run("allocate", args.iter().copied().chain(["--format", "json"]));
    assert!(
        json(&output)["error"]
            .as_str()
            .unwrap()
            .contains("is not a kind of decision"),
        "{}",
        stdout(&output)
    );
}

/// Strasbourg's season 1 as data: a committee chooses, and the report says past whom.
#[test]
fn a_committees_choice_is_shown_beside_the_votes() {
    let folder = folder("allocate-committee");
    let by = "[[stage]]\nid = \"committee\"\npots = [\"city\"]\nmethod = \"by-decision\"\nrank-by = \"votes\"\nties = [\"none\"]\nguarantee = \"none\"\n";
    let law = law(&folder, CITY, by);
    let file = list(
        &folder,
        "all",
        100,
        &[("1", 60, 9), ("2", 50, 8), ("3", 40, 7)],
    );
    let decisions = folder.join("decisions.json");
    fs::write(&decisions, r#"{"decision":[{"kind":"award","about":"project:3","by":"tripartite committee","justification":"the only one for children"}]}"#).unwrap();
    let args = [
        "--regulation",
        path(&law),
        "--election",
        path(&file),
        "--decisions",
        path(&decisions),
        "--lenient",
    ];
    let report = json(&run(
        "allocate",
        args.iter().copied().chain(["--format", "json"]),
    ));
    assert_eq!(
        report["deviations"],
        value!([{"stage":"committee","project":"3","place":3,
            "past":[{"project":"1","place":1},{"project":"2","place":2}],
            "by":"tripartite committee","justification":"the only one for children"}])
    );
    let text = run("allocate", args);
    assert!(
        stdout(&text).contains("Chosen past the votes") && stdout(&text).contains("1 (1), 2 (2)"),
        "{}",
        stdout(&text)
    );
}

#[test]
fn grants_and_other_funding_are_shown_apart() {
    let folder = folder("allocate-rates");
    let rate = "[[rate]]\nholds = \"all\"\napplies-to = \"slices\"\nbrackets = [ { up-to = \"40\", rate = \"100%\" }, { rate = \"50%\" } ]\nother-funding = \"other_funding\"\n";
    let law = law(&folder, CITY, &[rate, &vote("\"city\"")].concat());
    let (projects, votes) = (folder.join("projects.csv"), folder.join("votes.csv"));
    fs::write(
        &projects,
        "project_id;name;cost;other_funding\n1;Hall;100;30\n2;Bench;40;\n3;Path;60;5\n",
    )
    .unwrap();
    fs::write(
        &votes,
        "voter_id;vote;channel\na;1;internet\nb;2;internet\nc;3;internet\nd;1;internet\n",
    )
    .unwrap();
    let args = [
        "--regulation",
        path(&law),
        "--projects",
        path(&projects),
        "--votes",
        path(&votes),
        "--ties",
        "id",
    ];
    let report = json(&run(
        "allocate",
        args.iter().copied().chain(["--format", "json"]),
    ));
    assert_eq!(
        report["grants"][0],
        value!({"project":"1","cost":"100","grant":"70","other-funding":"30","paid":"70"})
    );
    assert_eq!(report["grants"][1]["other-funding"], "0");
    // 10 are needed for the path and 5 are there.
    assert_eq!(report["refused"][0]["code"], "ineligible");
    let text = run("allocate", args.iter().copied().chain(["--lang", "fr"]));
    assert!(
        stdout(&text).contains("autres financements"),
        "{}",
        stdout(&text)
    );
}

#[test]
fn what_users_get_wrong_is_told_with_the_remedy() {
    let folder = folder("allocate-wrong");
    let list = folder.join("list.csv");
    // Quotes are read, all faults are told at once, and ids that nobody has are told apart.
    fs::write(
        &list,
        "\"project_id\",\"amount\"\n\"67\",\"16200\"\n67,1\n68,many\n",
    )
    .unwrap();
    let output = run("allocate", ["--expect", path(&list), "--format", "json"]);
    let error = json(&output)["error"].as_str().unwrap().to_owned();
    assert!(
        code(&output) == 1
            && error.contains("line 3: project `67` is listed twice")
            && error.contains("line 4: `many`"),
        "{error}"
    );
    fs::write(&list, "project_id;amount\nP-67;16200\n").unwrap();
    let output = run("allocate", ["--expect", path(&list), "--format", "json"]);
    assert_eq!(json(&output)["expected"]["unknown"], value!(["P-67"]));
    fs::write(&list, "id;amount\n67;1\n").unwrap();
    let output = run("allocate", ["--expect", path(&list)]);
    assert!(
        stdout(&output).contains("project_id"),
        "{}",
        stdout(&output)
    );
    // The second regulation's faults name the second regulation.
    let faulty = "examples/data/faulty-regulation.toml";
    let output = run("allocate", ["--compare-with", faulty]);
    assert!(
        code(&output) == 1 && stdout(&output).starts_with(faulty),
        "{}",
        stdout(&output)
    );
    let mut command = crate::programs::program("allocate", ["--print", "sample"]);
    assert_eq!(code(&command.current_dir(&folder).output().unwrap()), 0);
    let again = command.output().unwrap();
    assert!(
        code(&again) == 1 && stderr(&again).contains("remove it"),
        "{}",
        stderr(&again)
    );
    for (args, says) in [
        (&["--areas", "areas.csv"][..], "--projects or of --election"),
        (&["--qualify"], "--election"),
        (&["--lang", "de"], "write fr or en"),
        (&["--all-ties", "0"], "--all-ties"),
        (
            &["--regulation", "-", "--election", "a=-"],
            "read once only",
        ),
    ] {
        let output = run("allocate", args);
        assert!(
            code(&output) == 2 && stderr(&output).contains(says),
            "{}",
            stderr(&output)
        );
    }
}
