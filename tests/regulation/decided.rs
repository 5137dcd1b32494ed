//! What people decide beside the votes: choices past others, substitutes, and decisions that cannot be carried out.

use quartier::budget::EntryKind;
use quartier::election::{Ballot, BallotKind, Election, Project, Relation};
use quartier::record::{About, Decision, DecisionKind, DecisionValue, Reason};
use quartier::regulation::{AwardKind, Deviation, Edition};

use crate::helpers::{
    CITY, SKIP, closes, code, edition, law, leftovers, money, paid, read, stage, vote, voted,
    winners,
};

fn about(kind: DecisionKind, project: &str) -> Decision {
    let about = About::Project(project.to_owned());
    Decision::new(kind, about, "committee", "session of 3 June")
}

fn award(project: &str) -> Decision {
    about(DecisionKind::Award, project)
}

fn substitute(out: &str, by: &str) -> Decision {
    about(DecisionKind::Substitute, out).value(DecisionValue::Text(by.to_owned()))
}

/// A project and its place.
type Placed<'a> = (&'a str, usize);

/// Who was chosen at which place past whom, with their places.
fn shown(deviations: &[Deviation]) -> Vec<(&str, usize, Vec<Placed<'_>>)> {
    deviations
        .iter()
        .map(|deviation| {
            let past = deviation.past.iter();
            let past = past.map(|passed| (passed.project.as_str(), passed.place));
            (deviation.project.as_str(), deviation.place, past.collect())
        })
        .collect()
}

fn refusal(text: &str, election: &Election, decisions: &[Decision]) -> String {
    read(text)
        .apply(election, decisions)
        .unwrap_err()
        .to_string()
}

fn committee(more: &str) -> String {
    let method = format!("method = \"by-decision\"\n{more}");
    let stage = stage("committee", "\"city\"", &method, "\"none\"");
    law(
        "100",
        "",
        &[CITY, &stage, &leftovers("", "treasury")].concat(),
    )
}

/// Strasbourg's season 1 in small: residents vote, a committee chooses, and everybody sees past whom.
#[test]
fn a_committee_chooses_and_the_votes_it_passed_over_are_told() {
    let election = voted(
        &[],
        &[
            ("1", 40, &[], 9),
            ("2", 40, &[], 8),
            ("3", 30, &[], 7),
            ("4", 30, &[], 7),
            ("5", 20, &[], 1),
        ],
    );
    let chosen = [award("3"), award("1"), award("5")];
    let found = edition(&committee("rank-by = \"votes\""), &election, &chosen);
    // 4 has as many votes as 3: choosing 3 passes over 2 only.
    assert_eq!(
        shown(&found.deviations),
        [("3", 3, vec![("2", 2)]), ("5", 5, vec![("2", 2), ("4", 3)])]
    );
    let first = &found.deviations[0];
    assert_eq!(
        (
            first.stage.as_str(),
            first.by.as_str(),
            first.justification.as_str()
        ),
        ("committee", "committee", "session of 3 June")
    );
    assert_eq!(code(&found, "2"), Some("not-chosen"));
    assert_eq!(found.decisions, chosen);
    // In the order of the votes there is nothing to tell; without a score there is no order to tell of.
    let follows = edition(
        &committee("rank-by = \"votes\""),
        &election,
        &[award("2"), award("1")],
    );
    assert!(follows.deviations.is_empty());
    assert!(
        edition(&committee(""), &election, &chosen)
            .deviations
            .is_empty()
    );
}

#[test]
fn each_award_is_given_in_the_stage_that_its_project_is_a_candidate_of() {
    let by = |id: &str, band: &str| {
        let method = format!("method = \"by-decision\"\ncandidates = {{ {band} = \"40\" }}");
        stage(id, "\"city\"", &method, "\"none\"")
    };
    let rest = [
        CITY,
        &by("large", "cost-above"),
        &by("small", "cost-at-most"),
        &leftovers("", "treasury"),
    ];
    let text = law("100", "", &rest.concat());
    let election = voted(&[], &[("big", 60, &[], 1), ("little", 30, &[], 1)]);
    let found = edition(&text, &election, &[award("little"), award("big")]);
    let stages: Vec<(&str, &str)> = found
        .awards
        .iter()
        .map(|paid| (paid.project.as_str(), paid.stage.as_str()))
        .collect();
    assert_eq!(stages, [("big", "large"), ("little", "small")]);
}

/// 100 euros: 1 and 3 win, 2 is 10 short.
fn list() -> Election {
    voted(
        &[],
        &[
            ("1", 60, &[], 9),
            ("2", 50, &[], 8),
            ("3", 30, &[], 7),
            ("4", 40, &[], 6),
            ("5", 90, &[], 5),
        ],
    )
}

fn by_votes(guarantee: &str) -> String {
    let stage = stage("vote", "\"city\"", SKIP, guarantee);
    law(
        "100",
        "",
        &[CITY, &stage, &leftovers("", "next-edition")].concat(),
    )
}

/// Janów Lubelski: the next on the list takes the place of a winner that cannot be carried out; nobody else is touched.
#[test]
fn the_next_on_the_list_takes_a_winners_place() {
    let text = by_votes("\"none\"");
    assert_eq!(winners(&edition(&text, &list(), &[])), ["1", "3"]);
    let found = edition(&text, &list(), &[substitute("1", "2")]);
    assert_eq!(
        paid(&found),
        [
            ("3", "30".to_owned(), "city"),
            ("2", "50".to_owned(), "city")
        ]
    );
    let kinds: Vec<AwardKind> = found.awards.iter().map(|paid| paid.kind).collect();
    assert_eq!(kinds, [AwardKind::Vote, AwardKind::Substitute]);
    assert_eq!(
        found.refusal("1"),
        Some(&Reason::Substituted { by: "2".to_owned() })
    );
    let kinds: Vec<EntryKind> = found.journal.iter().map(|entry| entry.kind).collect();
    assert!(
        kinds
            .windows(2)
            .any(|pair| pair == [EntryKind::Displace, EntryKind::Fund])
    );
    assert_eq!(found.envelope.carried, money(20));
    assert!(closes(&found) && found.deviations.is_empty());
    // A withdrawal decides everything without the project, which is not the same.
    let afresh = edition(&text, &list(), &[about(DecisionKind::Withdraw, "1")]);
    assert_eq!(afresh.winners(), ["2", "3"]);
    assert_eq!(afresh.awards[0].kind, AwardKind::Vote);
}

/// 4 is put in the place of 1 although 2 is before it and fits; 5 is before nobody and would not fit.
#[test]
fn a_substitute_that_is_not_the_next_is_told() {
    let found = edition(&by_votes("\"none\""), &list(), &[substitute("1", "4")]);
    assert_eq!(shown(&found.deviations), [("4", 4, vec![("2", 2)])]);
    let found = edition(&by_votes("\"none\""), &list(), &[substitute("3", "4")]);
    // In the place of 3 there is room for 40, and 2 costs 50.
    assert!(found.deviations.is_empty());
}

#[test]
fn a_substitution_that_makes_no_sense_is_refused_by_name() {
    let text = by_votes("\"none\"");
    for (decisions, says) in [
        (vec![substitute("2", "4")], "project 2 is not funded"),
        (vec![substitute("1", "3")], "project 3 is funded already"),
        (
            vec![substitute("1", "5")],
            "cannot take the place of 1: It costs 20 more",
        ),
        (vec![substitute("1", "1")], "twice"),
        (vec![substitute("1", "9")], "no project `9`"),
        (
            vec![about(DecisionKind::Exclude, "2"), substitute("1", "2")],
            "decide `include` first",
        ),
        (
            vec![about(DecisionKind::Withdraw, "1"), substitute("1", "2")],
            "`withdraw` decides everything without it",
        ),
    ] {
        let error = refusal(&text, &list(), &decisions);
        assert!(error.contains(says), "{error}");
    }
    // What another winner needs is not taken away under it.
    let election = Election::builder()
        .budget(1)
        .kind(BallotKind::Approval)
        .project(("path", 30))
        .project(Project::new("lamp", 10_u32).related(Relation::Requires("path".into())))
        .project(("tree", 70))
        .ballots(Ballot::approval(["path", "lamp"]), 3)
        .ballots(Ballot::approval(["tree"]), 1)
        .build()
        .unwrap();
    let error = refusal(&text, &election, &[substitute("path", "tree")]);
    assert!(
        error.contains("project lamp is funded and needs path"),
        "{error}"
    );
}

#[test]
fn a_substitute_is_held_to_limits_and_guarantees_are_looked_at_again() {
    let election = voted(
        &[("a", 1), ("b", 1)],
        &[
            ("a1", 40, &["a"], 9),
            ("b1", 40, &["b"], 8),
            ("a2", 40, &["a"], 7),
        ],
    );
    let each = "{ per = \"area\", projects = 1, when = \"before\", if-none = \"release\" }";
    let text = by_votes(each);
    let unmet = |edition: &Edition| -> Vec<String> {
        edition
            .unmet
            .iter()
            .map(|unmet| unmet.group.clone())
            .collect()
    };
    assert!(unmet(&edition(&text, &election, &[])).is_empty());
    let found = edition(&text, &election, &[substitute("b1", "a2")]);
    assert_eq!(winners(&found), ["a1", "a2"]);
    assert_eq!(unmet(&found), ["b"]);
    let cap = crate::helpers::limit("area", "at-most = \"50\"");
    let capped = law(
        "100",
        "",
        &[CITY, &cap, &vote("\"city\""), &leftovers("", "treasury")].concat(),
    );
    let error = refusal(&capped, &election, &[substitute("b1", "a2")]);
    assert!(error.contains("at most 50 per area"), "{error}");
}

/// What a reserve had added goes back to the pot that it came from, and is there for the substitute's pots no more.
#[test]
fn the_reserve_gets_back_what_it_gave() {
    let pots = "[[pot]]\nid = \"city\"\namount = \"100\"\nholds = \"all\"\n[[pot]]\nid = \"spare\"\namount = \"20\"\nholds = \"all\"\n";
    let rule = "rule = \"greedy:score=votes,misfit=top-up,min-covered=80%,reserve=20\"\nreserve = \"spare\"";
    let stage = stage("vote", "\"city\"", rule, "\"none\"");
    let text = law(
        "120",
        "",
        &[pots, &stage, &leftovers("", "treasury")].concat(),
    );
    let election = voted(
        &[],
        &[
            ("1", 60, &[], 9),
            ("2", 50, &[], 8),
            ("3", 40, &[], 7),
            ("4", 41, &[], 6),
        ],
    );
    let before = edition(&text, &election, &[]);
    assert_eq!(before.received("2"), money(50));
    let after = edition(&text, &election, &[substitute("2", "3")]);
    assert_eq!(winners(&after), ["1", "3"]);
    assert_eq!(after.pot("reserve").unwrap().left, money(0));
    assert_eq!(after.pot("spare").unwrap().left, money(20));
    assert!(closes(&after));
    let error = refusal(&text, &election, &[substitute("2", "4")]);
    assert!(error.contains("It costs 1 more"), "{error}");
}

/// A stage that goes on with leftovers takes the next on the list, never the project that was replaced.
#[test]
fn who_was_replaced_does_not_come_back_with_leftovers() {
    let claims = "{ kind = \"next-on-list\", pay = \"full\" }";
    let rule = leftovers(claims, "pot:city").replace("claims", "stage = \"vote\"\nclaims");
    let pots = [
        CITY,
        "[[pot]]\nid = \"spare\"\namount = \"60\"\nholds = \"all\"\n",
    ]
    .concat();
    let rule = rule.replace("from =", "pots = [\"spare\"]\nfrom =");
    let text = law(
        "160",
        "",
        &[pots.as_str(), &vote("\"city\""), &rule].concat(),
    );
    let found = edition(&text, &list(), &[substitute("1", "2")]);
    assert_eq!(code(&found, "1"), Some("substituted"));
    assert!(winners(&found).contains(&"4"), "{:?}", found.winners());
    assert!(closes(&found));
}

#[test]
fn every_kind_of_decision_is_carried_out_or_refused_by_name() {
    let text = by_votes("\"none\"");
    let about_stage =
        |kind, id: &str| Decision::new(kind, About::Stage(id.to_owned()), "mayor", "in public");
    let lot = about_stage(DecisionKind::Lot, "vot")
        .value(DecisionValue::Order(vec!["1".to_owned(), "2".to_owned()]));
    let error = refusal(&text, &list(), &[lot]);
    assert!(
        error.contains("no stage `vot`: write one of vote, redistribute-1"),
        "{error}"
    );
    let published = about_stage(DecisionKind::Published, "vote");
    assert_eq!(winners(&edition(&text, &list(), &[published])), ["1", "3"]);
    let added = Decision::new(
        DecisionKind::ExtraMoney,
        About::Envelope,
        "council",
        "sales",
    )
    .value(DecisionValue::Added {
        opening: money(60),
        added: money(40),
    });
    let error = refusal(&text, &list(), &[added]);
    assert!(error.contains("write value = \"40\""), "{error}");
}
