//! `allocate` on several lists, with every kind of decision, with rates, in French, and with what users get wrong.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

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
        let _ = writeln!(text, "{id};{cost};{votes}");
    }
    text.push_str("VOTES\nvoter_id;vote\n");
    let mut voter = 0;
    for (id, _, votes) in projects {
        for _ in 0..*votes {
            voter += 1;
            let _ = writeln!(text, "{voter};{id}");
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

/// Applies a regulation to lists.
fn apply(law: &Path, lists: &[String], more: &[&str]) -> Output {
    let mut args = vec!["--regulation", path(law), "--lenient"];
    for list in lists {
        args.extend(["--election", list]);
    }
    run("allocate", args.iter().chain(more).copied())
}

fn named(name: &str, file: &Path) -> String {
    format!("{name}={}", path(file))
}

#[test]
fn lists_of_districts_and_of_the_city_are_one_edition() {
    let folder = folder("allocate-lists");
    let law = law(&folder, POTS, &vote("\"districts\", \"city\""));
    let wola = list(&folder, "wola", 100, &[("1", 60, 5), ("2", 50, 3)]);
    let ursus = list(&folder, "ursus", 100, &[("3", 90, 1), ("4", 96, 2)]);
    let all = list(&folder, "all", 100, &[("5", 70, 4)]);
    let lists = [
        named("wola", &wola),
        named("districts/ursus", &ursus),
        named("city", &all),
    ];
    let output = apply(&law, &lists, &["--format", "json"]);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    assert_eq!(
        winners(&json(&output)),
        [
            ("1", "districts/wola"),
            ("5", "city"),
            ("3", "districts/ursus")
        ]
    );
    // The limit of 95 a district speaks French with the reader.
    let french = apply(&law, &lists, &["--lang", "fr"]);
    let says = "Un plafond du règlement serait dépassé : au plus 95 par quartier (ursus).";
    assert!(stdout(&french).contains(says), "{}", stdout(&french));
}

#[test]
fn ids_that_collide_are_refused_or_qualified() {
    let folder = folder("allocate-collide");
    let law = law(&folder, POTS, &vote("\"districts\", \"city\""));
    let one = list(&folder, "wola", 100, &[("1", 60, 5)]);
    let two = list(&folder, "bemowo", 100, &[("1", 60, 5)]);
    let lists = [named("wola", &one), named("bemowo", &two)];
    let output = apply(&law, &lists, &["--format", "json"]);
    assert_eq!(code(&output), 1);
    let error = json(&output)["error"].as_str().unwrap().to_owned();
    let says = "project `1` is in the lists `wola` and `bemowo`";
    assert!(
        error.contains(says) && error.contains("--qualify"),
        "{error}"
    );
    let output = apply(&law, &lists, &["--qualify", "--format", "json"]);
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

fn decided(kind: &str, about: &str, value: &str) -> String {
    let value = if value.is_empty() {
        String::new()
    } else {
        format!("value = {value}\n")
    };
    format!(
        "[[decision]]\nkind = \"{kind}\"\nabout = \"{about}\"\n{value}by = \"council\"\njustification = \"session of 3 June\"\n"
    )
}

/// Six projects, and a decision of every kind: 2 takes the place of 1, 3 is out, 4 went, 5 is given its cost, 6 takes
/// part, and 30 more are there.
fn six(folder: &Path) -> (PathBuf, String) {
    let projects = [
        ("1", 60, 9),
        ("2", 50, 8),
        ("3", 40, 7),
        ("4", 30, 7),
        ("5", 20, 1),
        ("6", 10, 1),
    ];
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
    (list(folder, "all", 100, &projects), all.concat())
}

#[test]
fn every_kind_of_decision_is_carried_out_and_printed() {
    let folder = folder("allocate-decisions");
    let law = law(&folder, CITY, &vote("\"city\""));
    let text = fs::read_to_string(&law).unwrap();
    fs::write(&law, text.replace("voted = \"300\"", "voted = \"70\"")).unwrap();
    let (file, all) = six(&folder);
    let decisions = folder.join("decisions.toml");
    fs::write(&decisions, all).unwrap();
    let lists = [path(&file).to_owned()];
    let given = ["--decisions", path(&decisions)];
    let output = apply(&law, &lists, &[given[0], given[1], "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    let report = json(&output);
    assert_eq!(report["decisions"].as_array().unwrap().len(), 8);
    assert_eq!(
        winners(&report),
        [("5", "city"), ("6", "city"), ("2", "city")]
    );
    let refused = report["refused"].as_array().unwrap().iter();
    let codes: Vec<(&str, &str)> = refused
        .map(|refused| {
            let text = |key: &str| refused[key].as_str().unwrap();
            (text("project"), text("code"))
        })
        .collect();
    let expected = [("1", "substituted"), ("3", "excluded"), ("4", "withdrawn")];
    assert_eq!(codes, expected);
    for (lang, says) in [
        ("en", "substitute"),
        ("fr", "Par décision, le projet 2 a pris sa place."),
    ] {
        let output = apply(&law, &lists, &[given[0], given[1], "--lang", lang]);
        let text = stdout(&output);
        assert!(
            text.contains(says) && text.contains("session of 3 June"),
            "{text}"
        );
    }
}

#[test]
fn a_decision_that_cannot_be_carried_out_is_told_by_its_number() {
    let folder = folder("allocate-undecided");
    let law = law(&folder, CITY, &vote("\"city\""));
    let (file, all) = six(&folder);
    let decisions = folder.join("decisions.toml");
    for (text, says) in [
        // 330 are the city's here, so 1 and 2 both win, and nobody can take a winner's place.
        (
            all,
            "decision 8 cannot be carried out: project 2 is funded already",
        ),
        (
            decided("exclude", "project:77", ""),
            "there is no project `77`",
        ),
        (
            decided("exlude", "project:1", ""),
            "is not a kind of decision",
        ),
    ] {
        fs::write(&decisions, text).unwrap();
        let more = ["--decisions", path(&decisions), "--format", "json"];
        let output = apply(&law, &[path(&file).to_owned()], &more);
        let report = json(&output);
        assert_eq!(
            (code(&output), &report["status"]),
            (1, &Value::from("error"))
        );
        let error = report["error"].as_str().unwrap();
        assert!(error.contains(says), "{error}");
    }
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
