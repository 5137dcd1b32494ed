//! Rates: the city pays a part of the cost by its size, others pay the rest, and every euro is accounted for.

use proptest::prelude::*;
use proptest::test_runner::Config;
use quartier::election::{Ballot, BallotKind, Election, Money, Project, Verdict};
use quartier::law::{AnyText, Rate};
use quartier::record::{About, Decision, DecisionKind, DecisionValue, Reason};
use quartier::regulation::{ApplyError, Edition, Grant};

use crate::helpers::{
    CITY, SKIP, closes, code, document, edition, faults, found, law, leftovers, money, paid, read,
    stage, winners,
};

const BRACKETS: &str = "[ { up-to = \"20000\", rate = \"100%\" }, { up-to = \"50000\", rate = \"60%\" }, { rate = \"30%\" } ]";

fn rate(holds: &str, applies_to: &str, brackets: &str) -> String {
    format!(
        "[[rate]]\nholds = {holds}\napplies-to = \"{applies_to}\"\nbrackets = {brackets}\nother-funding = \"co-financing\"\n"
    )
}

fn slices() -> String {
    rate("\"all\"", "slices", BRACKETS)
}

fn with(voted: &str, rates: &str, method: &str) -> String {
    let stage = stage("vote", "\"city\"", method, "\"none\"");
    law(
        voted,
        "",
        &[CITY, rates, &stage, &leftovers("", "treasury")].concat(),
    )
}

fn table(brackets: &str, applies_to: &str) -> Rate {
    let text = with("100", &rate("\"all\"", applies_to, brackets), SKIP);
    document(&text).check(&AnyText).unwrap().rates[0].clone()
}

/// Projects whose other funding is attested, with their votes.
fn backed(projects: &[(&str, u32, u64)]) -> Election {
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

/// "La taille du projet devra également déterminer le niveau de financement" can mean three things, and they are three
/// different things on one election of 100 000 euros:
///
/// ```text
///            cost  votes   pots by band       caps by class     marginal rates
/// theatre  60 000     50   big pot  60 000    above its cap     42 000
/// garden   30 000     40   small: no room     30 000            27 000
/// ramp     25 000     30   small: no room     cap of 20 000     23 000 of the 31 000 left
/// bench    10 000     20   small    10 000    10 000             8 000 of 10 000 is not enough
/// ```
///
/// Pots: 80 000 for projects above 40 000, 20 000 for the others: a garden of 30 000 has no pot that can pay it.
/// Caps: at most 50 000 for those of at least 40 000, at most 20 000 for those of 25 000 to 29 999, none for the rest.
/// Rates: 20 000 at 100%, up to 40 000 at 70%, then 40%.
#[test]
fn the_size_of_a_project_decides_its_funding_in_three_ways() {
    let election = backed(&[
        ("theatre", 60_000, 50),
        ("garden", 30_000, 40),
        ("ramp", 25_000, 30),
        ("bench", 10_000, 20),
    ]);
    let vote = |pots: &str| stage("vote", pots, SKIP, "\"none\"");
    let after = leftovers("", "treasury");
    let pots = "[[pot]]\nid = \"big\"\namount = \"80000\"\nholds = { cost-above = \"40000\" }\n[[pot]]\nid = \"small\"\namount = \"20000\"\nholds = { cost-at-most = \"40000\" }\n";
    let bands = law(
        "100000",
        "",
        &[pots, &vote("\"big\", \"small\""), &after].concat(),
    );
    let bands = edition(&bands, &election, &[]);
    assert_eq!(
        paid(&bands),
        [
            ("theatre", "60000".to_owned(), "big"),
            ("bench", "10000".to_owned(), "small")
        ]
    );
    assert_eq!(
        bands.refusal("garden"),
        Some(&Reason::Misfit {
            short_by: money(10_000)
        })
    );
    let cap = |holds: &str, most: &str| {
        format!(
            "[[limit]]\nper = \"project\"\nholds = {{ {holds} }}\nat-most = \"{most}\"\nafter-top-up = \"binds\"\n"
        )
    };
    let caps = [
        cap("cost-at-least = \"40000\"", "50000"),
        cap(
            "cost-at-least = \"25000\", cost-at-most = \"29999.9999\"",
            "20000",
        ),
    ]
    .concat();
    let caps = law(
        "100000",
        "",
        &[CITY, &caps, &vote("\"city\""), &after].concat(),
    );
    let caps = edition(&caps, &election, &[]);
    assert_eq!(
        paid(&caps),
        [
            ("garden", "30000".to_owned(), "city"),
            ("bench", "10000".to_owned(), "city")
        ]
    );
    assert_eq!(code(&caps, "theatre"), Some("limit-reached"));
    assert_eq!(code(&caps, "ramp"), Some("limit-reached"));
    let brackets = "[ { up-to = \"20000\", rate = \"100%\" }, { up-to = \"40000\", rate = \"70%\" }, { rate = \"40%\" } ]";
    let rates = edition(
        &with("100000", &rate("\"all\"", "slices", brackets), SKIP),
        &election,
        &[],
    );
    assert_eq!(
        paid(&rates),
        [
            ("theatre", "42000".to_owned(), "city"),
            ("garden", "27000".to_owned(), "city"),
            ("ramp", "23500".to_owned(), "city"),
        ]
    );
    assert_eq!(
        rates.refusal("bench"),
        Some(&Reason::Misfit {
            short_by: money(2_500)
        })
    );
    assert!([&bands, &caps, &rates].into_iter().all(closes));
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

fn cases() -> Config {
    let long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    Config {
        cases: if long { 100_000 } else { 10_000 },
        failure_persistence: None,
        ..Config::default()
    }
}

/// Ends of brackets in euros above the one before, with a rate in percent, and the last rate.
fn any_table() -> impl Strategy<Value = (String, u32)> {
    let percent = 0_u32..=100;
    (
        prop::collection::vec((1_u32..400, percent.clone()), 0..4),
        percent,
        1_u32..40,
    )
        .prop_map(|(steps, last, granularity)| {
            let mut end = 0;
            let mut brackets: Vec<String> = Vec::new();
            for (step, rate) in steps {
                end += step;
                brackets.push(format!("{{ up-to = \"{end}\", rate = \"{rate}%\" }}"));
            }
            brackets.push(format!("{{ rate = \"{last}%\" }}"));
            (format!("[ {} ]", brackets.join(", ")), granularity)
        })
}

proptest! {
    #![proptest_config(cases())]

    /// Grants by slices never fall where the cost grows; grant and other funding are the cost, neither below zero.
    #[test]
    fn grants_by_slices_are_monotone_and_split_the_cost(
        (brackets, granularity) in any_table(),
        one in 0_u32..2_000,
        two in 0_u32..2_000,
    ) {
        let table = table(&brackets, "slices");
        let granularity = money(granularity);
        let grant = |cost: u32| table.grant(money(cost), granularity).unwrap();
        let (less, more) = (one.min(two), one.max(two));
        prop_assert!(grant(less) <= grant(more));
        let other = money(more).checked_sub(grant(more)).unwrap();
        prop_assert!(!other.is_negative() && !grant(more).is_negative());
        prop_assert_eq!(grant(more).checked_add(other), Some(money(more)));
    }

    /// With any table, the books close, nobody receives more than the grant, and the report splits each cost.
    #[test]
    fn books_close_with_any_rates(
        (brackets, _) in any_table(),
        costs in prop::collection::vec((1_u32..400, 0_u64..4), 1..6),
        voted in 1_u32..900,
        method in 0_usize..4,
        slab in any::<bool>(),
    ) {
        let ids = ["a", "b", "c", "d", "e"];
        let projects: Vec<(&str, u32, u64)> = ids.into_iter().zip(&costs)
            .map(|(id, (cost, votes))| (id, *cost, *votes + 1)).collect();
        let method = [
            "rule = \"greedy:score=votes,misfit=skip\"",
            "rule = \"greedy:score=votes,misfit=partial,min-covered=30%\"",
            "rule = \"greedy-welfare:utility=cardinality\"",
            "method = \"top-k\"\nk = 2\nscore = \"votes\"",
        ][method];
        let rates = rate("\"all\"", if slab { "whole-cost" } else { "slices" }, &brackets)
            .replace("[[rate]]", "[[rate]]\nnotches = \"allowed\"");
        let edition = edition(&with(&voted.to_string(), &rates, method), &backed(&projects), &[]);
        prop_assert!(closes(&edition));
        prop_assert_eq!(edition.grants.len(), projects.len());
        for grant in &edition.grants {
            prop_assert_eq!(grant.grant.checked_add(grant.other_funding), Some(grant.cost));
            prop_assert!(grant.paid <= grant.grant);
            prop_assert_eq!(edition.received(&grant.project), grant.paid);
        }
        let sum = Money::checked_sum(edition.grants.iter().map(|grant| grant.paid));
        prop_assert_eq!(sum, Some(edition.envelope.funded));
    }

    /// Rates of 100% change nothing.
    #[test]
    fn full_rates_are_no_rates(costs in prop::collection::vec((1_u32..40, 0_u64..4), 1..6), voted in 1_u32..90) {
        let ids = ["a", "b", "c", "d", "e"];
        let projects: Vec<(&str, u32, u64)> = ids.into_iter().zip(&costs)
            .map(|(id, (cost, votes))| (id, *cost, *votes + 1)).collect();
        let election = backed(&projects);
        let full = rate("\"all\"", "slices", "[ { up-to = \"7\", rate = \"100%\" }, { rate = \"100%\" } ]");
        let with_rates = edition(&with(&voted.to_string(), &full, SKIP), &election, &[]);
        let without = edition(&with(&voted.to_string(), "", SKIP), &election, &[]);
        prop_assert_eq!(paid(&with_rates), paid(&without));
        prop_assert_eq!(&with_rates.refused, &without.refused);
    }

    /// Money sees nothing but grants: where nothing else looks at costs, the result is that of an election whose
    /// projects cost their grants, with limits, guarantees, leftovers and pots of quartiers.
    #[test]
    fn grants_are_paid_as_costs_are(
        projects in prop::collection::vec((1_u32..60, 0_usize..3, 0_u64..4), 1..7),
        first in 1_u32..30,
        second in 0_u32..=100,
        voted in 30_u32..150,
        cap in 5_u32..60,
        method in 0_usize..5,
        guaranteed in any::<bool>(),
    ) {
        let method = [
            "rule = \"greedy:score=votes,misfit=skip\"",
            "rule = \"greedy:score=votes,misfit=stop\"",
            "rule = \"greedy:score=votes,misfit=partial,min-covered=50%\"",
            "method = \"balance\"\nweight = \"population\"\nscore = \"votes\"\ncity-wide = \"last\"",
            "method = \"top-k\"\nk = 3\nscore = \"votes\"",
        ][method];
        let guarantee = if guaranteed {
            "{ per = \"area\", projects = 1, when = \"after\", if-none = \"release\" }"
        } else {
            "\"none\""
        };
        let claims = "{ kind = \"almost-funded\", min-covered = \"40%\", pay = \"full\" }, { kind = \"under-served\", measure = \"amount\", pay = { partial = \"50%\" } }";
        let pots = "[[pot]]\nid = \"q\"\neach-area = \"10\"\nholds = \"local\"\n[[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"all\"\n";
        let limits = [crate::helpers::limit("project", &format!("at-most = \"{cap}\"")), crate::helpers::limit("area", "at-most = \"45\"")].concat();
        let brackets = format!("[ {{ up-to = \"{first}\", rate = \"100%\" }}, {{ rate = \"{second}%\" }} ]");
        let rest = |rates: &str| {
            let stage = stage("vote", "\"q\", \"city\"", method, guarantee);
            law(&voted.to_string(), "", &[pots, &limits, rates, &stage, &leftovers(claims, "next-edition")].concat())
        };
        let rates = table(&brackets, "slices");
        let election = |costs: &dyn Fn(u32) -> Money| {
            let mut builder = Election::builder().budget(1).kind(BallotKind::Approval)
                .area(crate::helpers::area("a", 3)).area(crate::helpers::area("b", 5));
            for (at, (cost, area, votes)) in projects.iter().enumerate() {
                let mut project = Project::new(at.to_string(), costs(*cost)).attested("co-financing", Verdict::Pass);
                project.areas = ["a", "b"].iter().skip(*area).take(1).map(|&area| area.to_owned()).collect();
                builder = builder.project(project).ballots(Ballot::approval([at.to_string()]), *votes + 1);
            }
            builder.build().unwrap()
        };
        let granted = edition(&rest(&rate("\"all\"", "slices", &brackets)), &election(&money), &[]);
        let plain = edition(&rest(""), &election(&|cost| rates.grant(money(cost), money(1)).unwrap()), &[]);
        prop_assert_eq!(&granted.awards, &plain.awards);
        prop_assert_eq!(&granted.refused, &plain.refused);
        prop_assert_eq!(&granted.journal, &plain.journal);
        prop_assert_eq!(&granted.areas, &plain.areas);
        prop_assert_eq!(&granted.pots, &plain.pots);
    }
}
