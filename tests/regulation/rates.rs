//! Rates: the city pays a part of the cost by its size, others pay the rest, and every euro is accounted for.

use quartier::election::{Ballot, BallotKind, Election, Money, Project, Verdict};
use quartier::law::{AnyText, Rate};
use quartier::record::{About, Decision, DecisionKind, DecisionValue, Reason};
use quartier::regulation::{ApplyError, Edition, Grant};

use crate::helpers::{
    CITY, SKIP, closes, code, document, edition, faults, found, law, leftovers, money, paid, read,
    stage, winners,
};

pub(crate) const BRACKETS: &str = "[ { up-to = \"20000\", rate = \"100%\" }, { up-to = \"50000\", rate = \"60%\" }, { rate = \"30%\" } ]";

/// A table of rates with every choice that one must make.
pub(crate) const RATE: &str = "[[rate]]\nholds = \"all\"\napplies-to = \"slices\"\nbrackets = [ { up-to = \"50000\", rate = \"90%\" }, { rate = \"60%\" } ]\nother-funding = \"co-financing\"\n";

pub(crate) fn rate(holds: &str, applies_to: &str, brackets: &str) -> String {
    format!(
        "[[rate]]\nholds = {holds}\napplies-to = \"{applies_to}\"\nbrackets = {brackets}\nother-funding = \"co-financing\"\n"
    )
}

fn slices() -> String {
    rate("\"all\"", "slices", BRACKETS)
}

pub(crate) fn with(voted: &str, rates: &str, method: &str) -> String {
    let stage = stage("vote", "\"city\"", method, "\"none\"");
    law(
        voted,
        "",
        &[CITY, rates, &stage, &leftovers("", "treasury")].concat(),
    )
}

pub(crate) fn table(brackets: &str, applies_to: &str) -> Rate {
    let text = with("100", &rate("\"all\"", applies_to, brackets), SKIP);
    document(&text).check(&AnyText).unwrap().rates[0].clone()
}

/// Projects whose other funding is attested, with their votes.
pub(crate) fn backed(projects: &[(&str, u32, u64)]) -> Election {
    let mut builder = Election::builder().budget(1).kind(BallotKind::Approval);
    for (id, cost, votes) in projects {
        builder = builder
            .project(Project::new(*id, *cost).attested("co-financing", Verdict::Pass))
            .ballots(Ballot::approval([*id]), *votes);
    }
    builder.build().unwrap()
}

fn grant<'a>(edition: &'a Edition, project: &str) -> &'a Grant {
    let mut grants = edition.grants.iter();
    grants.find(|grant| grant.project == project).unwrap()
}

/// ```text
/// 10 000           = 10 000 x 100%
/// 20 000           = 20 000 x 100%
/// 35 000 -> 29 000 = 20 000 + 15 000 x 60%
/// 50 000 -> 38 000 = 20 000 + 30 000 x 60%
/// 60 001 -> 41 000 = 38 000 + 10 001 x 30% = 41 000.30, rounded down to whole euros
/// ```
#[test]
fn marginal_rates_are_as_solved_by_hand() {
    let table = table(BRACKETS, "slices");
    for (cost, grant) in [
        (0, 0),
        (10_000, 10_000),
        (20_000, 20_000),
        (35_000, 29_000),
        (50_000, 38_000),
        (60_001, 41_000),
    ] {
        assert_eq!(
            table.grant(money(cost), money(1)),
            Some(money(grant)),
            "{cost}"
        );
    }
    let cents = table.grant(money(60_001), "0.01".parse().unwrap());
    assert_eq!(cents.unwrap().to_string(), "41000.3");
    assert_eq!(table.grant(money(1), Money::ZERO), None);
}

/// The slab of the literature: 60% of everything above 50 000 pays 30 000 for 50 001, and 50 000 for 50 000.
#[test]
fn a_notch_is_refused_unless_it_is_allowed_in_words() {
    let brackets = "[ { up-to = \"50000\", rate = \"100%\" }, { rate = \"60%\" } ]";
    let slab = with("100", &rate("\"all\"", "whole-cost", brackets), SKIP);
    let refused = faults(&slab);
    assert_eq!(found(&refused), [("rate[0].notches", "contradiction")]);
    let text = refused.to_string();
    assert!(text.contains("50000") && text.contains("slices"), "{text}");
    let allowed = slab.replace("[[rate]]", "[[rate]]\nnotches = \"allowed\"");
    let table = document(&allowed).check(&AnyText).unwrap().rates[0].clone();
    assert_eq!(table.grant(money(50_000), money(1)), Some(money(50_000)));
    assert_eq!(table.grant(money(50_001), money(1)), Some(money(30_000)));
    // Rates that rise with the cost have no notch: there is nothing to allow.
    let rising = brackets.replace("100%", "50%");
    assert!(faults_of(&with("100", &rate("\"all\"", "whole-cost", &rising), SKIP)).is_empty());
}

fn faults_of(text: &str) -> Vec<(String, String)> {
    match quartier::regulation::Regulation::read(&document(text)) {
        Ok(_) => Vec::new(),
        Err(faults) => faults
            .iter()
            .map(|fault| (fault.path.clone(), fault.kind.code().to_owned()))
            .collect(),
    }
}

#[test]
fn faulty_tables_are_refused_by_path() {
    for (brackets, path, kind) in [
        ("[]", "rate[0].brackets", "bad-value"),
        ("\"60%\"", "rate[0].brackets", "wrong-type"),
        (
            "[ { rate = \"101%\" } ]",
            "rate[0].brackets[0].rate",
            "bad-value",
        ),
        (
            "[ { rate = \"-1%\" } ]",
            "rate[0].brackets[0].rate",
            "bad-value",
        ),
        (
            "[ { up-to = \"9\" , rate = \"1%\" } ]",
            "rate[0].brackets[0].up-to",
            "contradiction",
        ),
        (
            "[ { rate = \"1%\" }, { rate = \"2%\" } ]",
            "rate[0].brackets[0].up-to",
            "missing-choice",
        ),
        (
            "[ { up-to = \"9\", rate = \"1%\" }, { up-to = \"9\", rate = \"1%\" }, { rate = \"1%\" } ]",
            "rate[0].brackets[1].up-to",
            "contradiction",
        ),
        (
            "[ { up-to = \"0\", rate = \"1%\" }, { rate = \"1%\" } ]",
            "rate[0].brackets[0].up-to",
            "contradiction",
        ),
        (
            "[ { up-to = \"9\", rate = \"1%\", share = \"2%\" }, { rate = \"1%\" } ]",
            "rate[0].brackets[0].share",
            "unknown-key",
        ),
    ] {
        let text = with("100", &rate("\"all\"", "slices", brackets), SKIP);
        assert_eq!(
            faults_of(&text),
            [(path.to_owned(), kind.to_owned())],
            "{brackets}"
        );
    }
    let far = rate("{ area = \"atlantis\" }", "slices", BRACKETS);
    let Err(ApplyError::Misfit(faults)) = read(&with("100", &far, SKIP)).apply(&backed(&[]), &[])
    else {
        panic!("an unknown area was accepted");
    };
    assert_eq!(found(&faults), [("rate[0].holds", "unknown-area")]);
}

/// ```text
/// 100 000 euros, 100 voters, by votes, skip; votes/100 >= cost/(3 x 100 000) is asked for.
/// park   50 000 -> 38 000 with 40 votes (17 are needed): 62 000 left
/// pool   50 000 -> 38 000 with 19 votes: 24 000 left
/// hall   60 000 -> 41 000 with 15 votes: 20 are needed
/// tree   30 000 -> 26 000 with 10 votes: 2 000 short, where its cost would be short by 6 000
/// sail   30 000 -> 26 000 with  9 votes: 10 are needed for its cost, 9 would do for its grant
/// bench  20 000 -> 20 000 with  7 votes: nothing else to be found; 4 000 left
/// ```
#[test]
fn the_grant_is_paid_and_the_cost_is_ranked() {
    let mut builder = Election::builder().budget(1).kind(BallotKind::Approval);
    for (id, cost, votes, backing) in [
        ("park", 50_000_u32, 40, Verdict::Pass),
        ("pool", 50_000, 19, Verdict::Pass),
        ("hall", 60_000, 15, Verdict::Pass),
        ("tree", 30_000, 10, Verdict::Pass),
        ("sail", 30_000, 9, Verdict::Pass),
        // A project that is paid in full has nothing to show.
        ("bench", 20_000, 7, Verdict::Unknown),
    ] {
        builder = builder
            .project(Project::new(id, cost).attested("co-financing", backing))
            .ballots(Ballot::approval([id]), votes);
    }
    let election = builder.build().unwrap();
    let method = "rule = \"greedy:score=votes,misfit=skip,threshold=cost/3\"";
    let cap = "[[limit]]\nper = \"project\"\nholds = \"all\"\nat-most = \"40000\"\nafter-top-up = \"binds\"\n";
    let text = with("100000", &[&slices(), cap].concat(), method);
    let edition = edition(&text, &election, &[]);
    assert_eq!(
        paid(&edition),
        [
            ("park", "38000".to_owned(), "city"),
            ("pool", "38000".to_owned(), "city"),
            ("bench", "20000".to_owned(), "city"),
        ]
    );
    assert_eq!(code(&edition, "hall"), Some("below-threshold"));
    assert_eq!(code(&edition, "sail"), Some("below-threshold"));
    assert_eq!(
        edition.refusal("tree"),
        Some(&Reason::Misfit {
            short_by: money(2_000)
        })
    );
    assert_eq!(edition.envelope.funded, money(96_000));
    assert!(closes(&edition));
    let park = grant(&edition, "park");
    assert_eq!(
        (park.cost, park.grant, park.other_funding, park.is_funded()),
        (money(50_000), money(38_000), money(12_000), true)
    );
    assert!(!grant(&edition, "tree").is_funded());
    let json = serde_json::to_value(&edition).unwrap();
    assert_eq!(json["grants"][2]["other-funding"], "12000");
    // Without the threshold the limit speaks: it watches the grant.
    let capped = crate::helpers::edition(
        &with("100000", &[&slices(), cap].concat(), SKIP),
        &election,
        &[],
    );
    assert_eq!(code(&capped, "hall"), Some("limit-reached"));
    assert!(winners(&capped).contains(&"park"));
    // The journal has the grant.
    let funded = edition
        .journal
        .iter()
        .find(|entry| entry.to.iter().any(|(to, _)| to == "project:park"));
    assert_eq!(
        funded.unwrap().to,
        [("project:park".to_owned(), money(38_000))]
    );
}

#[test]
fn other_funding_is_shown_by_attestation_or_amount_and_never_assumed() {
    let project = |change: &dyn Fn(&mut Project)| {
        let mut project = Project::new("p", 50_000_u32);
        change(&mut project);
        let election = Election::builder()
            .budget(1)
            .kind(BallotKind::Approval)
            .project(project)
            .ballots(Ballot::approval(["p"]), 1)
            .build()
            .unwrap();
        read(&with("100000", &slices(), SKIP)).apply(&election, &[])
    };
    // 12 000 must come from elsewhere.
    let Err(ApplyError::UnknownEligibility(unknown)) = project(&|_| {}) else {
        panic!("money that nobody promised was counted on");
    };
    assert_eq!(
        (unknown[0].project.as_str(), unknown[0].condition.as_str()),
        ("p", "co-financing")
    );
    let attribute = |text: &'static str| {
        move |project: &mut Project| {
            project
                .attributes
                .insert("co-financing".to_owned(), text.to_owned());
        }
    };
    let code_of = |applied: Result<quartier::regulation::Applied, ApplyError>| {
        let applied = applied.unwrap();
        let edition = applied.edition().unwrap();
        code(edition, "p").map(str::to_owned)
    };
    assert_eq!(code_of(project(&attribute("12000"))), None);
    assert_eq!(
        code_of(project(&attribute("11999.99"))),
        Some("ineligible".to_owned())
    );
    assert!(project(&attribute("a promise")).is_err());
    let attested = |verdict: Verdict| {
        move |project: &mut Project| {
            *project = project.clone().attested("co-financing", verdict);
        }
    };
    assert_eq!(code_of(project(&attested(Verdict::Pass))), None);
    assert_eq!(
        code_of(project(&attested(Verdict::Fail))),
        Some("ineligible".to_owned())
    );
    assert!(project(&attested(Verdict::Unknown)).is_err());
}

/// A rate of nothing grants nothing: the project takes no part, and never wins for free.
#[test]
fn a_grant_of_nothing_takes_no_part() {
    let brackets = "[ { up-to = \"100\", rate = \"0%\" }, { rate = \"50%\" } ]";
    let text = with("1000", &rate("\"all\"", "slices", brackets), SKIP);
    let edition = edition(&text, &backed(&[("small", 100, 9), ("big", 200, 1)]), &[]);
    assert_eq!(winners(&edition), ["big"]);
    assert_eq!(
        edition.refusal("small"),
        Some(&Reason::Ineligible {
            condition: "grant".to_owned(),
            found: "0".to_owned()
        })
    );
}

#[test]
fn one_project_has_one_rate() {
    let both = [
        rate("\"all\"", "slices", BRACKETS),
        rate(
            "{ cost-at-least = \"50000\" }",
            "slices",
            "[ { rate = \"10%\" } ]",
        ),
    ]
    .concat();
    let election = backed(&[("a", 49_999, 1), ("b", 50_000, 1)]);
    let Err(ApplyError::Misfit(faults)) = read(&with("100", &both, SKIP)).apply(&election, &[])
    else {
        panic!("two rates for one project were accepted");
    };
    assert_eq!(found(&faults), [("rate[1].holds", "contradiction")]);
    assert!(faults.to_string().contains("too: b"), "{faults}");
}

/// Rules that give each voter a purse divide the cost among supporters: they refuse grants by name. Utility per euro
/// ranks by the cost that voters saw, and pays the grant.
#[test]
fn rules_honour_grants_or_refuse_them_by_name() {
    for rule in [
        "equal-shares:utility=cost",
        "phragmen:misfit=stop",
        "maximin-support",
    ] {
        let text = with("100", &slices(), &format!("rule = \"{rule}\""));
        let refused = faults(&text);
        assert_eq!(
            found(&refused),
            [("stage[0].rule", "rule-cannot-honour")],
            "{rule}"
        );
        assert!(refused.to_string().contains("grants"), "{refused}");
    }
    // small: 6 voters by 10 000 euros; big: 12 voters by 60 000. By cost, small is the denser (0.6 against 0.2 a
    // thousand); by its grant of 10%, big would be (12 against 6 000).
    let brackets = "[ { up-to = \"10000\", rate = \"100%\" }, { rate = \"0%\" } ]";
    let text = with(
        "10000",
        &rate("\"all\"", "slices", brackets),
        "rule = \"greedy-welfare:utility=cardinality\"",
    );
    let election = backed(&[("big", 60_000, 12), ("small", 10_000, 6)]);
    let edition = edition(&text, &election, &[]);
    assert_eq!(paid(&edition), [("small", "10000".to_owned(), "city")]);
    assert_eq!(
        edition.refusal("big"),
        Some(&Reason::Misfit {
            short_by: money(10_000)
        })
    );
}

#[test]
fn part_of_a_grant_is_no_funded_project() {
    let method = "rule = \"greedy:score=votes,misfit=partial,min-covered=50%\"";
    let text = with("60000", &slices(), method);
    // 38 000 for the first; 22 000 of 38 000 are more than half.
    let edition = edition(&text, &backed(&[("a", 50_000, 2), ("b", 50_000, 1)]), &[]);
    assert_eq!(edition.received("b"), money(22_000));
    assert!(grant(&edition, "a").is_funded() && !grant(&edition, "b").is_funded());
    assert!(closes(&edition));
}

#[test]
fn people_give_the_grant_and_no_more() {
    let stage = "method = \"by-decision\"";
    let text = with("100000", &slices(), stage);
    let election = backed(&[("a", 50_000, 1)]);
    let award = |value: DecisionValue| {
        Decision::new(
            DecisionKind::Award,
            About::Project("a".into()),
            "council",
            "it is needed",
        )
        .value(value)
    };
    let all = edition(&text, &election, &[award(DecisionValue::None)]);
    assert_eq!(paid(&all), [("a", "38000".to_owned(), "city")]);
    let more = read(&text).apply(&election, &[award(DecisionValue::Amount(money(50_000)))]);
    let error = more.unwrap_err().to_string();
    assert!(error.contains("at most 38000"), "{error}");
}

#[test]
fn an_empty_band_of_costs_is_a_mistake() {
    for (band, key) in [
        (
            "cost-at-least = \"2\", cost-at-most = \"1\"",
            "cost-at-least",
        ),
        ("cost-above = \"1\", cost-at-most = \"1\"", "cost-above"),
    ] {
        let text = with(
            "100",
            &rate(&format!("{{ {band} }}"), "slices", BRACKETS),
            SKIP,
        );
        let path = format!("rate[0].holds.{key}");
        assert_eq!(faults_of(&text), [(path, "contradiction".to_owned())]);
    }
}
