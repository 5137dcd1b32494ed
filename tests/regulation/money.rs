//! Envelope, pots, eligibility and limits: where money comes from and who may have it.

use quartier::budget::split;
use quartier::election::{
    Ballot, Election, Money, MoneyError, Problem, Project, ProposerKind, Verdict,
};
use quartier::exact::Ratio;
use quartier::record::{About, Decision, DecisionKind, DecisionValue};
use quartier::regulation::ApplyError;

use crate::helpers::{
    CITY, EXAMPLE, area, closes, code, edition, faults, found, law, leftovers, limit, money,
    project, read, vote, voted, winners,
};

fn plain(pots: &str, stage_pots: &str) -> String {
    [pots, &vote(stage_pots), &leftovers("", "treasury")].concat()
}

#[test]
fn what_comes_off_before_the_pots_is_accounted_for() {
    let election = voted(&[], &[("1", 60, &[], 1)]);
    let text = law("100", "", &plain(CITY, "\"city\"")).replace(
        "granularity = \"1\"",
        "granularity = \"1\"\ncarried-in = \"15\"\ncontingency = \"20\"\noperating-cost = { amount = \"10\", charged = \"inside\" }",
    );
    let edition = edition(&text, &election, &[]);
    let envelope = &edition.envelope;
    assert_eq!(
        (envelope.voted, envelope.carried_in, envelope.operation),
        (money(100), money(15), money(10))
    );
    assert_eq!(edition.pot("city").map(|pot| pot.opened), Some(money(85)));
    assert_eq!(
        (envelope.funded, envelope.returned, envelope.held),
        (money(60), money(25), money(20))
    );
    assert!(closes(&edition));
    let too_much = text.replace("contingency = \"20\"", "contingency = \"106\"");
    assert_eq!(
        found(&faults(&too_much)),
        [("envelope.contingency", "above-parent")]
    );
}

/// F33: the rule changes between editions; each edition has its own amount.
#[test]
fn f33_several_editions_have_their_own_amounts() {
    let election = voted(&[], &[("1", 1, &[], 1)]);
    let of = |edition_name: &str, voted: &str| {
        let text = law("1", "", &plain(CITY, "\"city\""))
            .replace("voted = \"1\"", &format!("voted = {voted}"));
        text.replace("edition = \"1\"", &format!("edition = \"{edition_name}\""))
            .replace("\"100%\"", "\"5%\"")
            .replace("base = \"1000000\"", "base = \"100000000\"")
    };
    let schedule = "{ schedule = { \"2018\" = \"1000000\", \"2019\" = \"2000000\" } }";
    assert_eq!(
        edition(&of("2019", schedule), &election, &[])
            .envelope
            .voted,
        money(2_000_000)
    );
    assert_eq!(
        found(&faults(&of("2020", schedule))),
        [("envelope.voted", "contradiction")]
    );
    // 1, 2, 4, 8 M: the fourth is clamped at 5% of 100 M.
    for (before, expected) in [
        (0, 1_000_000),
        (1, 2_000_000),
        (2, 4_000_000),
        (3, 5_000_000),
        (60, 5_000_000),
    ] {
        let ramp = format!("{{ first = \"1000000\", ratio = \"2\", editions-before = {before} }}");
        assert_eq!(
            edition(&of("n", &ramp), &election, &[]).envelope.voted,
            money(expected)
        );
    }
    let halving = "{ first = \"1000000\", ratio = \"1/3\", editions-before = 2 }";
    assert_eq!(
        edition(&of("n", halving), &election, &[]).envelope.voted,
        money(111_111)
    );
}

/// F34: there is no hidden default. What decides is written, and the result says what was used.
#[test]
fn f34_the_result_states_what_was_used() {
    let election = voted(&[], &[("1", 1, &[], 1)]);
    let edition = edition(&law("1", "", &plain(CITY, "\"city\"")), &election, &[]);
    assert_eq!(edition.stages[0].method, "greedy:score=votes,misfit=skip");
    let without = law("1", "", &plain(CITY, "\"city\"")).replace(",misfit=skip", "");
    let faults = faults(&without);
    assert_eq!(found(&faults), [("stage[0].rule", "bad-value")]);
    assert!(faults.to_string().contains("misfit"), "{faults}");
}

#[test]
fn extra_money_has_a_pot_and_a_ceiling() {
    let election = voted(&[("a", 1)], &[("1", 60, &["a"], 1), ("2", 60, &["a"], 2)]);
    let extra = |about: About, amount: u32| {
        Decision::new(
            DecisionKind::ExtraMoney,
            about,
            "council",
            "session of 3 June",
        )
        .value(DecisionValue::Amount(money(amount)))
    };
    let pots = "[[pot]]\nid = \"quartiers\"\neach-area = \"100\"\nholds = \"local\"\n";
    let text = law("100", "", &plain(pots, "\"quartiers\"")).replace("\"1000000\"", "\"120\"");
    for about in [
        About::Pot("quartiers/a".to_owned()),
        About::Area("a".to_owned()),
    ] {
        let edition = edition(&text, &election, &[extra(about, 20)]);
        assert_eq!(winners(&edition), ["1", "2"]);
        assert_eq!(edition.envelope.extra, money(20));
        assert!(closes(&edition));
    }
    let above = read(&text).apply(&election, &[extra(About::Envelope, 21)]);
    assert!(
        matches!(&above, Err(ApplyError::Decision { number: 1, why }) if why.contains("ceiling of 120")),
        "{above:?}"
    );
    let nowhere = read(&text).apply(&election, &[extra(About::Pot("quartier".to_owned()), 1)]);
    assert!(matches!(
        nowhere,
        Err(ApplyError::Decision { number: 1, .. })
    ));
}

#[test]
fn pots_are_a_tree() {
    let election = voted(&[("a", 30), ("b", 10)], &[("1", 1, &["a"], 1)]);
    let pots = "[[pot]]\nid = \"local\"\namount = \"80%\"\nholds = \"local\"\n\
        [[pot]]\nid = \"by-people\"\nparent = \"local\"\nsplit = { amount = \"30%\", by = \"population\" }\nholds = \"local\"\n\
        [[pot]]\nid = \"mixed\"\nparent = \"local\"\nsplit = { amount = \"100\", by = { mix = [ { share = \"40%\", by = \"equal\" }, { share = \"60%\", by = \"population\" } ] } }\nholds = \"local\"\n\
        [[pot]]\nid = \"youth\"\namount = \"10%\"\nat-least = \"150\"\nholds = { beneficiary = \"youth\" }\n\
        [[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"city-wide\"\n";
    let edition = edition(
        &law(
            "1000",
            "",
            &plain(
                pots,
                "\"by-people\", \"mixed\", \"local\", \"youth\", \"city\"",
            ),
        ),
        &election,
        &[],
    );
    let opened = |id: &str| edition.pot(id).map(|pot| pot.opened);
    // 30% of 800 by 30 and 10 people; 100 as 40 equally and 60 by people; 10% of 1 000 is raised to 150.
    assert_eq!(
        [opened("by-people/a"), opened("by-people/b")],
        [Some(money(180)), Some(money(60))]
    );
    assert_eq!(
        [opened("mixed/a"), opened("mixed/b")],
        [Some(money(65)), Some(money(35))]
    );
    assert_eq!(
        [opened("youth"), opened("city")],
        [Some(money(150)), Some(money(50))]
    );
    let local = edition.pot("local").unwrap();
    assert_eq!((local.opened, local.moved_out), (money(800), money(800)));
    assert!(closes(&edition));
}

#[test]
fn areas_that_a_split_needs_must_be_known() {
    let quartier = |id, people| area(id, people).attribute("rooms", Ratio::ONE);
    let election = Election::builder()
        .budget(1)
        .area(quartier("a", 30))
        .area(quartier("b", 0))
        .project(Project::new("1", 1).in_area("a"))
        .ballots(Ballot::approval(["1"]), 1)
        .build()
        .unwrap();
    let refused = |pots: &str, id: &str| {
        let Err(ApplyError::Misfit(faults)) =
            read(&law("100", "", &plain(pots, id))).apply(&election, &[])
        else {
            panic!("{pots} was applied");
        };
        found(&faults)
            .into_iter()
            .map(|(path, code)| (path.to_owned(), code.to_owned()))
            .collect::<Vec<_>>()
    };
    let fault = |path: &str, code: &str| vec![(path.to_owned(), code.to_owned())];
    let by = |key: &str| {
        format!(
            "[[pot]]\nid = \"q\"\nsplit = {{ amount = \"100\", by = {key} }}\nholds = \"local\"\n"
        )
    };
    assert_eq!(
        refused(&by("\"income\""), "\"q\""),
        fault("pot[0].split", "missing-attribute")
    );
    assert_eq!(
        refused(&by("{ ratio = [\"rooms\", \"population\"] }"), "\"q\""),
        fault("pot[0].split", "missing-attribute")
    );
    let unknown = CITY.replace("\"all\"", "{ area = \"z\" }");
    assert_eq!(
        refused(&unknown, "\"city\""),
        fault("pot[0].holds", "unknown-area")
    );
    let each = "[[pot]]\nid = \"q\"\neach-area = \"60\"\nholds = \"local\"\n";
    assert_eq!(
        refused(each, "\"q\""),
        fault("pot[0].each-area", "above-parent")
    );
}

#[test]
fn what_is_unknown_never_passes_silently() {
    let full = |id: &str| project(id, 10).in_area("a");
    let mut silent = full("silent");
    silent.proposer = None;
    let election = Election::builder()
        .budget(1)
        .area(area("a", 1))
        .project(full("good"))
        .project(full("association").proposed_by(ProposerKind::Association))
        .project(full("slow").delivered_within(25))
        .project(full("private").attested("general-interest", Verdict::Fail))
        .project(full("unsaid").attested("feasible", Verdict::Unknown))
        .project(silent)
        .ballots(Ballot::ranked(["good", "slow", "silent"]), 2)
        .build()
        .unwrap();
    let Err(ApplyError::UnknownEligibility(unknown)) = read(EXAMPLE).apply(&election, &[]) else {
        panic!("unknown conditions passed");
    };
    let unknown: Vec<_> = unknown
        .iter()
        .map(|one| (one.project.as_str(), one.condition.as_str()))
        .collect();
    assert_eq!(unknown, [("silent", "proposer"), ("unsaid", "feasible")]);
    let text = EXAMPLE.replace("on-unknown = \"refuse\"", "on-unknown = \"exclude\"");
    let include = Decision::new(
        DecisionKind::Include,
        About::Project("slow".to_owned()),
        "council",
        "appeal won",
    );
    let edition = edition(&text, &election, &[include]);
    assert_eq!(winners(&edition), ["good", "slow"]);
    for (id, expected) in [
        ("association", "ineligible"),
        ("private", "ineligible"),
        ("unsaid", "unknown-eligibility"),
        ("silent", "unknown-eligibility"),
    ] {
        assert_eq!(code(&edition, id), Some(expected));
    }
}

#[test]
fn ballots_of_another_form_are_refused() {
    let election = voted(&[("a", 1)], &[("1", 1, &["a"], 1)]);
    assert!(matches!(
        read(EXAMPLE).apply(&election, &[]),
        Err(ApplyError::Ballots { .. })
    ));
    let four = Election::builder()
        .budget(1)
        .project(("1", 1))
        .project(("2", 1))
        .project(("3", 1))
        .project(("4", 1))
        .ballots(Ballot::ranked(["1", "2", "3", "4"]), 1)
        .build()
        .unwrap();
    let text = EXAMPLE.replace("on-unknown = \"refuse\"", "on-unknown = \"exclude\"");
    assert!(matches!(
        read(&text).apply(&four, &[]),
        Err(ApplyError::BallotLength { found: 4, .. })
    ));
}

/// F35: each kind of limit by itself, with what it stopped.
#[test]
fn f35_each_limit_records_what_it_stopped() {
    let mut builder = Election::builder()
        .budget(1)
        .area(area("a", 1))
        .area(area("b", 1));
    for (id, cost, quartier, theme, kind, votes) in [
        ("1", 30, "a", "trees", ProposerKind::Resident, 9),
        ("2", 30, "a", "sport", ProposerKind::Resident, 8),
        ("3", 30, "b", "trees", ProposerKind::Collective, 7),
        ("4", 5, "b", "sport", ProposerKind::Resident, 6),
    ] {
        builder = builder
            .project(
                Project::new(id, cost)
                    .in_area(quartier)
                    .in_category(theme)
                    .proposed_by(kind),
            )
            .ballots(Ballot::approval([id]), votes);
    }
    let election = builder.build().unwrap();
    let stopped = |per: &str, bound: &str| {
        let rest = [
            CITY,
            &limit(per, bound),
            &vote("\"city\""),
            &leftovers("", "treasury"),
        ]
        .concat();
        let edition = edition(&law("100", "", &rest), &election, &[]);
        let refused = edition.refused.iter();
        refused
            .map(|one| (one.project.clone(), one.reason.code()))
            .collect::<Vec<_>>()
    };
    let by_limit = |ids: &[&str]| {
        ids.iter()
            .map(|&id| (id.to_owned(), "limit-reached"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        stopped("project", "at-most = \"29\""),
        by_limit(&["1", "2", "3"])
    );
    assert_eq!(
        stopped("project", "at-most-share = \"29%\""),
        by_limit(&["1", "2", "3"])
    );
    assert_eq!(stopped("project", "at-most-share = \"30%\""), by_limit(&[]));
    assert_eq!(stopped("area", "at-most = \"59\""), by_limit(&["2"]));
    assert_eq!(
        stopped("area", "at-most-projects = 1"),
        by_limit(&["2", "4"])
    );
    assert_eq!(
        stopped("category", "at-most = \"30\""),
        by_limit(&["3", "4"])
    );
    assert_eq!(
        stopped("proposer", "at-most-projects = 2"),
        by_limit(&["4"])
    );
    assert_eq!(stopped("all", "at-most = \"60\""), by_limit(&["3", "4"]));
    assert_eq!(
        stopped("all", "at-most-projects = 0"),
        by_limit(&["1", "2", "3", "4"])
    );
    assert_eq!(
        stopped("area", "at-most = \"59\"\nbind = \"soft\""),
        by_limit(&[])
    );
}

#[test]
fn a_floor_is_checked_at_the_close_and_vetoes_nothing() {
    let election = voted(&[("a", 1), ("b", 1)], &[("1", 30, &["a"], 9)]);
    let floor = "[[limit]]\nper = \"area\"\nholds = \"all\"\nat-least-projects = 1\n";
    let rest = [CITY, floor, &vote("\"city\""), &leftovers("", "treasury")].concat();
    let edition = edition(&law("100", "", &rest), &election, &[]);
    let unmet: Vec<_> = edition
        .unmet
        .iter()
        .map(|unmet| (unmet.group.as_str(), unmet.got.as_str()))
        .collect();
    assert_eq!((winners(&edition), unmet), (vec!["1"], vec![("b", "0")]));
}

/// F36: no cent is lost or made when an envelope is split, whatever the weights.
#[test]
fn f36_no_cent_leaks_in_a_split() {
    let weights: Vec<Ratio> = [1, 1, 1, 7, 13, 13].map(Ratio::from).to_vec();
    for cents in 0..2_000_i128 {
        let total = Money::from_ten_thousandths(cents * 100).unwrap();
        let parts = split(total, &weights, "0.01".parse().unwrap()).unwrap();
        assert_eq!(Money::checked_sum(parts.iter().copied()), Some(total));
        assert!(parts.iter().all(|part| !part.is_negative()));
    }
}

/// F37: a project that two pots may pay for is paid once, and its account closes at exactly its cost.
#[test]
fn f37_nothing_is_financed_twice() {
    let election = voted(
        &[("a", 1)],
        &[
            ("1", 40, &["a"], 9),
            ("2", 40, &["a"], 8),
            ("3", 40, &["a"], 7),
        ],
    );
    let pots = "[[pot]]\nid = \"district\"\neach-area = \"50\"\nholds = \"all\"\n[[pot]]\nid = \"city\"\namount = \"50\"\nholds = \"all\"\n";
    let edition = edition(
        &law("100", "", &plain(pots, "\"district\", \"city\"")),
        &election,
        &[],
    );
    let paid: Vec<_> = edition
        .awards
        .iter()
        .map(|paid| (paid.project.as_str(), paid.pot.as_str()))
        .collect();
    // The district's 10 and the city's 10 are not put together unless the regulation says so.
    assert_eq!(paid, [("1", "district/a"), ("2", "city")]);
    assert_eq!(code(&edition, "3"), Some("misfit"));
    let accounts: Vec<_> = edition
        .journal
        .iter()
        .flat_map(|entry| &entry.to)
        .filter(|(account, _)| account.starts_with("project:"))
        .collect();
    assert_eq!(
        accounts,
        [
            &("project:1".to_owned(), money(40)),
            &("project:2".to_owned(), money(40))
        ]
    );
}

/// F38: a negative cost cannot be written, and a cost of zero only where the election says that it is meant.
#[test]
fn f38_costs_below_and_at_zero() {
    assert!(matches!(
        "-1".parse::<Money>(),
        Err(MoneyError::Malformed { .. })
    ));
    let build = |zero| {
        Election::builder()
            .budget(1)
            .zero_cost(zero)
            .project(("free", 0))
            .ballots(Ballot::approval(["free"]), 1)
            .build()
    };
    let problems = build(quartier::election::ZeroCost::Refused).unwrap_err();
    assert!(
        problems
            .iter()
            .any(|problem| matches!(problem, Problem::ZeroCost { .. })),
        "{problems}"
    );
    let election = build(quartier::election::ZeroCost::Allowed).unwrap();
    let edition = edition(&law("1", "", &plain(CITY, "\"city\"")), &election, &[]);
    assert_eq!(winners(&edition), ["free"]);
    assert!(edition.received("free").is_zero() && closes(&edition));
}
