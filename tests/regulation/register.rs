//! Claims of the register and savings, solved by hand: who is paid in which order, from what, and why others are not.

use quartier::budget::EntryKind;
use quartier::election::{Election, Money};
use quartier::law::Document;
use quartier::law::follow_up::Register;
use quartier::record::{About, Decision, DecisionKind, DecisionValue};
use quartier::regulation::follow_up::Unpaid;
use quartier::regulation::{Applied, ApplyError, AwardKind, Edition, Inputs, Movement};

use crate::helpers::{CITY, closes, document, found, law, limit, money, paid, read, vote, voted};

/// A register of the end of 2020; the regulation's edition is `1`.
pub(crate) fn register(projects: &[&str]) -> Register {
    let text = format!("as-of = \"2020-12-31\"\n{}", projects.concat());
    let text = if projects.is_empty() {
        format!("{text}project = []\n")
    } else {
        text
    };
    Register::read(&document(&text)).unwrap_or_else(|faults| panic!("{faults}\n{text}"))
}

/// A project of the register: its edition and id, what was voted and awarded, and its events.
pub(crate) fn followed(name: &str, voted: u32, awarded: u32, events: &str) -> String {
    let (edition, id) = name.split_once('/').unwrap();
    format!(
        "[[project]]\nid = \"{id}\"\nedition = \"{edition}\"\nvoted = \"{voted}\"\nawarded = \"{awarded}\"\nevent = [{events}]\n"
    )
}

fn stalled(on: &str, missing: u32) -> String {
    format!("{{ what = 'stalled', on = '{on}', cause = 'c', missing = '{missing}' }}")
}

fn dearer(on: &str, from: u32, to: u32) -> String {
    format!("{{ what = 'cost-changed', on = '{on}', from = '{from}', to = '{to}', cause = 'c' }}")
}

const DELIVERED: &str = "{ what = 'delivered', on = '2020-06-01' }";
const OVERRUN: &str = "{ kind = \"cost-overrun\", at-most = \"10%\", pay = \"full\" }";
const STALLED: &str = "{ kind = \"stalled\", pay = \"full\" }";
const BACKLOG: &str = "{ kind = \"backlog\", pay = \"full\" }";

/// 100 in one pot: 1 costs 60 (9 votes), 2 costs 30 (8), 3 costs 40 (7) and does not fit. 10 are left.
fn town() -> Election {
    voted(
        &[],
        &[("1", 60, &[], 9), ("2", 30, &[], 8), ("3", 40, &[], 7)],
    )
}

/// Causes, claims and the rest of one rule of redistribution.
fn rule(from: &str, claims: &[&str], rest: &str) -> String {
    format!(
        "[[redistribute]]\nfrom = [{from}]\nmode = \"continue\"\nclaims = [{}]\nrest = \"{rest}\"\n",
        claims.join(", ")
    )
}

fn regulation(rules: &str) -> String {
    law("100", "", &[CITY, &vote("\"city\""), rules].concat())
}

pub(crate) fn with_register(text: &str, election: &Election, register: &Register) -> Edition {
    let inputs = Inputs::new().register(register);
    match read(text).apply_with(election, inputs) {
        Ok(Applied::Decided(edition)) => *edition,
        other => panic!("{other:?}"),
    }
}

fn applied(claims: &[&str], projects: &[&str]) -> Edition {
    let text = regulation(&rule("\"unspent\"", claims, "treasury"));
    with_register(&text, &town(), &register(projects))
}

/// Kind, edition, project, paid, and why not all.
fn served(edition: &Edition) -> Vec<(&str, String, String, Option<Unpaid>)> {
    edition
        .follow_up
        .claims
        .iter()
        .map(|served| {
            let claim = &served.claim;
            let name = format!("{}/{}", claim.edition, claim.project);
            (
                claim.claim,
                name,
                served.paid.to_string(),
                served.unpaid.clone(),
            )
        })
        .collect()
}

fn row(
    kind: &'static str,
    name: &str,
    paid: u32,
    unpaid: impl Into<Option<Unpaid>>,
) -> (&'static str, String, String, Option<Unpaid>) {
    (kind, name.to_owned(), paid.to_string(), unpaid.into())
}

fn no_money(short_by: u32) -> Unpaid {
    let short_by = money(short_by);
    Unpaid::NoMoney { short_by }
}

fn capped(short_by: u32) -> Unpaid {
    let short_by = money(short_by);
    Unpaid::Capped { short_by }
}

/// 10 are left. Stalled, the oldest first: the tower 3 (7 left), the bench 4 (3 left). Overruns: project 1 was voted at 60 and
/// costs 63, of which at most 6 are paid: 3 (nothing left). Backlog: the orchard misses 5 of 20.
#[test]
fn claims_are_served_in_the_order_written_the_oldest_first() {
    let edition = applied(
        &[STALLED, OVERRUN, BACKLOG],
        &[
            &followed("0/bench", 50, 50, &stalled("2019-09-01", 4)),
            &followed("0/orchard", 20, 15, ""),
            &followed("1/1", 60, 60, &dearer("2020-02-01", 60, 63)),
            &followed("0/tower", 50, 50, &stalled("2019-01-01", 3)),
        ],
    );
    assert_eq!(
        served(&edition),
        [
            row("stalled", "0/tower", 3, None),
            row("stalled", "0/bench", 4, None),
            row("cost-overrun", "1/1", 3, None),
            row("backlog", "0/orchard", 0, no_money(5)),
        ]
    );
    let envelope = &edition.envelope;
    assert_eq!(
        [envelope.funded, envelope.followed, envelope.returned],
        [93, 7, 0].map(money)
    );
    assert!(closes(&edition));
    assert!(edition.follow_up.other_awards.is_empty());
    // Project 1 is this edition's: paid among the awards. The others are paid apart.
    let last = edition.awards.last().unwrap();
    assert_eq!(
        (last.project.as_str(), last.amount, last.kind),
        ("1", money(3), AwardKind::CostOverrun)
    );
    assert_eq!(edition.received("1"), money(63));
    let apart: Vec<_> = edition
        .follow_up
        .payments
        .iter()
        .map(|paid| (paid.project.as_str(), paid.amount, paid.pot.as_str()))
        .collect();
    assert_eq!(
        apart,
        [("tower", money(3), "city"), ("bench", money(4), "city")]
    );
    let moved: Vec<_> = edition
        .redistributed
        .iter()
        .map(|moved| (moved.edition.as_deref(), moved.to.as_str()))
        .collect();
    assert_eq!(
        moved,
        [(Some("0"), "tower"), (Some("0"), "bench"), (Some("1"), "1")]
    );
    assert_eq!(
        lines(&edition, EntryKind::FollowUp, |entry| &entry.to),
        [
            ("followed:0/tower".to_owned(), money(3)),
            ("followed:0/bench".to_owned(), money(4))
        ]
    );
}

/// One side of the journal's entries of a kind.
fn lines(
    edition: &Edition,
    kind: EntryKind,
    side: impl Fn(&Movement) -> &Vec<(String, Money)>,
) -> Vec<(String, Money)> {
    let entries = edition.journal.iter().filter(|entry| entry.kind == kind);
    entries.flat_map(|entry| side(entry).clone()).collect()
}

/// The bench misses 8 to go on and is 10 dearer; it is the same money.
#[test]
fn who_claims_twice_is_paid_once() {
    let events = format!(
        "{}, {}",
        dearer("2019-01-01", 100, 110),
        stalled("2019-09-01", 8)
    );
    let bench = followed("0/bench", 100, 100, &events);
    let edition = applied(&[STALLED, OVERRUN], &[&bench]);
    assert_eq!(
        served(&edition),
        [
            row("stalled", "0/bench", 8, None),
            row("cost-overrun", "0/bench", 2, Some(Unpaid::PaidAlready))
        ]
    );
    let other = applied(&[OVERRUN, STALLED], &[&bench]);
    assert_eq!(
        served(&other),
        [
            row("cost-overrun", "0/bench", 10, None),
            row("stalled", "0/bench", 0, Some(Unpaid::PaidAlready))
        ]
    );
}

/// Claims of this edition and of the register stand in one order: whoever is written first is paid first.
#[test]
fn kinds_of_the_count_and_of_the_register_stand_in_one_order() {
    // 3 costs 40; its own pot holds 10, so nothing but the pot of 35 beside it can pay the 30 that are missing.
    let pots = "[[pot]]\nid = \"main\"\namount = \"100\"\nholds = \"all\"\n[[pot]]\nid = \"more\"\namount = \"35\"\nholds = { cost-above = \"999\" }\n";
    let next = "{ kind = \"next-on-list\", pay = \"full\" }";
    let bench = followed("0/bench", 50, 50, &stalled("2019-09-01", 8));
    let with = |claims: &[&str]| {
        let rule =
            rule("\"unspent\"", claims, "treasury").replace("mode =", "pots = [\"more\"]\nmode =");
        let text = law("135", "", &[pots, &vote("\"main\""), &rule].concat());
        with_register(&text, &town(), &register(&[&bench]))
    };
    let first = with(&[STALLED, next]);
    assert_eq!(first.winners(), ["1", "2"]);
    assert_eq!(first.follow_up.received("0", "bench"), money(8));
    assert_eq!(first.envelope.returned, money(27));
    let last = with(&[next, STALLED]);
    assert_eq!(last.winners(), ["1", "2", "3"]);
    assert_eq!(served(&last), [row("stalled", "0/bench", 0, no_money(3))]);
    assert!(closes(&first) && closes(&last));
}

/// Limits that bind after a top-up bind a project of this edition; one on the number of projects counts it once.
#[test]
fn limits_bind_this_editions_own() {
    let own = followed("1/1", 60, 60, &dearer("2020-02-01", 60, 63));
    let with = |limit: &str| {
        let rules = rule("\"unspent\"", &[OVERRUN], "treasury");
        let text = regulation(&[limit, &rules].concat());
        with_register(&text, &town(), &register(&[&own]))
    };
    let reached = with(&limit("project", "at-most = \"62\""));
    let expected = Unpaid::LimitReached {
        limit: "at most 62 per project (1)".to_owned(),
    };
    assert_eq!(
        served(&reached),
        [row("cost-overrun", "1/1", 0, Some(expected))]
    );
    let room = with(&limit("project", "at-most = \"63\""));
    assert_eq!(room.received("1"), money(63));
    let lifted = with(&limit("project", "at-most = \"62\"").replace("binds", "lifted"));
    assert_eq!(lifted.received("1"), money(63));
    assert_eq!(lifted.exceeded.len(), 1);
    let counted = with(&limit("all", "at-most-projects = 2"));
    assert_eq!(counted.received("1"), money(63));
    // A project of another edition is not watched.
    let other = followed("0/1", 60, 60, &dearer("2020-02-01", 60, 63));
    let rules = rule("\"unspent\"", &[OVERRUN], "treasury");
    let text = regulation(&[&limit("project", "at-most = \"60\"") as &str, &rules].concat());
    let edition = with_register(&text, &town(), &register(&[&other]));
    assert_eq!(edition.follow_up.received("0", "1"), money(3));
}

/// A project that this count does not fund has nothing to go on with, whatever the register says.
#[test]
fn a_candidate_claims_only_if_it_is_funded() {
    let three = followed("1/3", 40, 40, &stalled("2020-02-01", 4));
    let edition = applied(&[STALLED], &[&three]);
    assert_eq!(
        served(&edition),
        [row("stalled", "1/3", 0, Some(Unpaid::NotFunded))]
    );
    let one = followed("1/1", 60, 60, &stalled("2020-02-01", 4));
    let withdrawn = Decision::new(
        DecisionKind::Withdraw,
        About::Project("1".to_owned()),
        "holder",
        "letter",
    );
    let (register, decisions) = (register(&[&one]), [withdrawn]);
    let inputs = Inputs::new().decisions(&decisions).register(&register);
    let text = regulation(&rule("\"unspent\", \"withdrawn\"", &[STALLED], "treasury"));
    let applied = read(&text).apply_with(&town(), inputs).unwrap();
    let edition = applied.edition().unwrap();
    assert_eq!(
        served(edition),
        [row("stalled", "1/1", 0, Some(Unpaid::NotFunded))]
    );
    // The same id in another edition is another project.
    let other = followed("0/3", 40, 40, &stalled("2020-02-01", 4));
    assert_eq!(
        self::applied(&[STALLED], &[&other]).envelope.followed,
        money(4)
    );
}

/// What a project was given elsewhere since, and what this count gives it, are within what it costs.
#[test]
fn no_project_gets_more_than_it_costs() {
    let events = format!(
        "{}, {{ what = 'topped-up', on = '2020-03-01', amount = '2' }}",
        dearer("2020-02-01", 60, 63)
    );
    let edition = applied(&[OVERRUN], &[&followed("1/1", 60, 60, &events)]);
    assert_eq!(served(&edition), [row("cost-overrun", "1/1", 1, None)]);
    // The register believes that 50 were awarded and 10 are missing; this count gives all 60.
    let edition = applied(
        &[STALLED],
        &[&followed("1/1", 60, 50, &stalled("2020-02-01", 10))],
    );
    assert_eq!(
        served(&edition),
        [row("stalled", "1/1", 0, Some(Unpaid::PaidAlready))]
    );
    // That the two do not agree is told.
    let other = &edition.follow_up.other_awards[0];
    assert_eq!(
        (other.project.as_str(), other.register, other.count),
        ("1", money(50), money(60))
    );
}

#[test]
fn who_lacks_support_is_reported_and_never_paid() {
    let bench = followed("0/bench", 50, 50, "").replace(
        "event",
        "support = { needed = \"close\", given = \"none\" }\nevent",
    );
    let edition = applied(&["{ kind = \"lacking-support\" }"], &[&bench]);
    assert_eq!(
        served(&edition),
        [row(
            "lacking-support",
            "0/bench",
            0,
            Some(Unpaid::ReportedOnly)
        )]
    );
    assert_eq!(edition.follow_up.claims[0].claim.evidence.len(), 1);
    assert_eq!(edition.envelope.returned, money(10));
}

/// Nothing is silently unpaid: what needs the register is refused without it, all of it at once.
#[test]
fn without_the_register_nothing_is_applied() {
    let rules = [
        rule(
            "\"unspent\"",
            &[STALLED, "{ kind = \"lacking-support\" }"],
            "treasury",
        ),
        rule("\"saved\"", &[], "treasury"),
    ];
    let regulation = read(&regulation(&rules.concat()));
    let refused = regulation.apply(&town(), &[]);
    let Err(ApplyError::Misfit(faults)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(
        found(&faults),
        [
            ("redistribute[0].claims[0].kind", "needs-register"),
            ("redistribute[0].claims[1].kind", "needs-register"),
            ("redistribute[1].from[0]", "needs-register"),
        ]
    );
    assert!(faults.to_string().contains("apply the regulation with it"));
    let empty = register(&[]);
    let applied = regulation.apply_with(&town(), Inputs::new().register(&empty));
    assert!(applied.unwrap().edition().unwrap().follow_up.is_empty());
    // A register that the regulation has no use for changes nothing but what the edition says it was given.
    let plain = read(&self::regulation(&rule("\"unspent\"", &[], "treasury")));
    let bench = register(&[&followed("0/bench", 50, 50, &stalled("2019-09-01", 4))]);
    let edition = |inputs: Inputs<'_>| {
        let applied = plain.apply_with(&town(), inputs).unwrap();
        applied.edition().unwrap().clone()
    };
    let (without, mut with) = (
        edition(Inputs::new()),
        edition(Inputs::new().register(&bench)),
    );
    assert_ne!(with.digests, without.digests);
    with.digests = without.digests;
    assert_eq!(with, without);
}

/// Three claims of 8, 6 and 6 on the 10 that are left.
fn three_claims(pay: &str) -> Vec<(String, Option<Unpaid>)> {
    let claim = format!("{{ kind = \"stalled\", pay = {pay} }}");
    let edition = applied(
        &[&claim],
        &[
            &followed("0/a", 50, 50, &stalled("2019-01-01", 8)),
            &followed("0/b", 50, 50, &stalled("2019-02-01", 6)),
            &followed("0/c", 50, 50, &stalled("2019-03-01", 6)),
        ],
    );
    assert!(closes(&edition));
    served(&edition)
        .into_iter()
        .map(|(_, _, paid, unpaid)| (paid, unpaid))
        .collect()
}

#[test]
fn claims_are_paid_in_the_four_ways() {
    let all = |paid: [u32; 3], unpaid: [Option<Unpaid>; 3]| -> Vec<(String, Option<Unpaid>)> {
        let paid = paid.into_iter().map(|paid| paid.to_string());
        paid.zip(unpaid).collect()
    };
    // 8, then 2 of 6 are there: a third.
    assert_eq!(
        three_claims("\"full\""),
        all([8, 0, 0], [None, Some(no_money(4)), Some(no_money(4))])
    );
    assert_eq!(
        three_claims("{ partial = \"33%\" }"),
        all([8, 2, 0], [None, Some(no_money(4)), Some(no_money(6))])
    );
    assert_eq!(
        three_claims("{ partial = \"34%\" }"),
        all([8, 0, 0], [None, Some(no_money(4)), Some(no_money(4))])
    );
    // Half of what each misses.
    assert_eq!(
        three_claims("\"pro-rata\""),
        all(
            [4, 3, 3],
            [Some(no_money(4)), Some(no_money(3)), Some(no_money(3))]
        )
    );
    // Five at most: 5, 5, and nothing is left.
    assert_eq!(
        three_claims("{ capped = \"5\" }"),
        all(
            [5, 5, 0],
            [Some(capped(3)), Some(capped(1)), Some(no_money(5))]
        )
    );
    assert_eq!(
        three_claims("{ capped = \"3\" }"),
        all(
            [3, 3, 3],
            [Some(capped(5)), Some(capped(3)), Some(capped(3))]
        )
    );
}

/// A second rule pays the same kind: what the first has paid counts for the cap.
#[test]
fn a_cap_holds_for_a_claim_and_not_for_a_rule() {
    let claim = "{ kind = \"stalled\", pay = { capped = \"3\" } }";
    let second = "{ kind = \"stalled\", pay = { capped = \"4\" } }";
    let rules = [
        rule("\"unspent\"", &[claim], "pot:more"),
        rule("\"unspent\"", &[second], "treasury").replace("mode", "pots = [\"more\"]\nmode"),
    ]
    .concat();
    let more = "[[pot]]\nid = \"more\"\namount = \"0\"\nholds = { cost-above = \"999\" }\n";
    let text = regulation(&[more, &rules].concat());
    let bench = followed("0/bench", 50, 50, &stalled("2019-09-01", 8));
    let edition = with_register(&text, &town(), &register(&[&bench]));
    assert_eq!(
        served(&edition),
        [
            row("stalled", "0/bench", 3, capped(5)),
            row("stalled", "0/bench", 1, capped(4))
        ]
    );
}

/// 1 was awarded 60 and cost 55: 5 come back. The old kiosk had 20 and cost 17: 3 come in. The city's pot holds 10.
fn saved() -> Register {
    let cheaper = format!("{}, {DELIVERED}", dearer("2020-02-01", 60, 55));
    let kiosk = format!("{}, {DELIVERED}", dearer("2019-02-01", 20, 17));
    register(&[
        &followed("1/1", 60, 60, &cheaper),
        &followed("0/kiosk", 20, 20, &kiosk),
    ])
}

/// The next on the list costs 12: its own pot holds 10, savings pay 2, and 6 of them go back to the city.
#[test]
fn savings_are_leftovers_with_a_source_of_their_own() {
    let election = voted(
        &[],
        &[("1", 60, &[], 9), ("2", 30, &[], 8), ("3", 12, &[], 7)],
    );
    let next = "{ kind = \"next-on-list\", pay = \"full\" }";
    let text = regulation(&rule("\"saved\"", &[next], "treasury"));
    let edition = with_register(&text, &election, &saved());
    assert_eq!(paid(&edition).last(), Some(&("3", "12".to_owned(), "city")));
    // 100 + 8 = 102 + 6.
    let envelope = &edition.envelope;
    assert_eq!(
        [
            envelope.saved,
            envelope.funded,
            envelope.returned,
            envelope.held
        ],
        [8, 102, 6, 0].map(money)
    );
    assert!(closes(&edition));
    let savings = edition.pot("savings").unwrap();
    assert_eq!(
        [
            savings.opened,
            savings.moved_in,
            savings.moved_out,
            savings.left
        ],
        [0, 8, 8, 0].map(money)
    );
    let causes: Vec<_> = edition
        .redistributed
        .iter()
        .map(|moved| (moved.from.as_str(), moved.cause.as_str(), moved.amount))
        .collect();
    assert_eq!(
        causes,
        [
            ("savings", "saved", money(2)),
            ("savings", "saved", money(6))
        ]
    );
    assert_eq!(
        lines(&edition, EntryKind::Save, |entry| &entry.from),
        [
            ("followed:0/kiosk".to_owned(), money(3)),
            ("project:1".to_owned(), money(5))
        ]
    );
}

/// Janów Lubelski: savings go to the next on the list by going on with the vote.
#[test]
fn a_stage_goes_on_with_savings() {
    let election = voted(
        &[],
        &[("1", 60, &[], 9), ("2", 30, &[], 8), ("3", 12, &[], 7)],
    );
    let text = regulation(&(rule("\"saved\"", &[], "pot:city") + "stage = \"vote\"\n"));
    let edition = with_register(&text, &election, &saved());
    assert_eq!(edition.winners(), ["1", "2", "3"]);
    assert!(closes(&edition) && edition.envelope.held == money(6));
}

#[test]
fn savings_come_in_only_where_a_rule_takes_them_and_at_most_what_was_given() {
    let text = regulation(&rule("\"unspent\"", &[STALLED], "treasury"));
    let edition = with_register(&text, &town(), &saved());
    assert!(edition.follow_up.savings.is_empty() && edition.envelope.saved.is_zero());
    // Project 3 is not funded by this count, so it gives nothing back, and that is told.
    let cheaper = format!("{}, {DELIVERED}", dearer("2020-02-01", 40, 30));
    let text = regulation(&rule("\"saved\"", &[], "treasury"));
    let register = register(&[&followed("1/3", 40, 40, &cheaper)]);
    let edition = with_register(&text, &town(), &register);
    let saving = &edition.follow_up.savings[0];
    assert_eq!((saving.saved, saving.booked), (money(10), money(0)));
    assert!(closes(&edition) && edition.pot("savings").is_none());
}

/// A decision gives 1 only 52 of its 60; the register believes that all 60 were awarded. It was delivered for 50: the books gave
/// 2 too much, not 10, and had it cost 55 nothing would come back. What the register claims more is told.
#[test]
fn no_winner_gives_back_what_these_books_never_gave() {
    let award = Decision::new(
        DecisionKind::Award,
        About::Project("1".to_owned()),
        "council",
        "others pay the rest",
    )
    .value(DecisionValue::Amount(money(52)));
    let text = regulation(&rule("\"saved\"", &[], "treasury"));
    let with = |cost: u32, topped_up: &str| {
        let events = format!("{}, {topped_up}{DELIVERED}", dearer("2020-02-01", 60, cost));
        let (register, decisions) = (
            register(&[&followed("1/1", 60, 60, &events)]),
            [award.clone()],
        );
        let inputs = Inputs::new().decisions(&decisions).register(&register);
        let applied = read(&text).apply_with(&town(), inputs).unwrap();
        let edition = applied.edition().unwrap().clone();
        assert!(closes(&edition));
        let saving = edition.follow_up.savings[0].clone();
        (saving.saved, saving.booked, saving.given)
    };
    assert_eq!(with(50, ""), (money(10), money(2), Some(money(52))));
    assert_eq!(with(55, ""), (money(5), money(0), Some(money(52))));
    // What was added since was given too: 56 of these books, 6 beyond the cost.
    let more = "{ what = 'topped-up', on = '2020-03-01', amount = '4' }, ";
    assert_eq!(with(50, more), (money(14), money(6), Some(money(56))));
    // Where the two agree nothing is told.
    let edition = with_register(&text, &town(), &saved());
    assert!(
        edition
            .follow_up
            .savings
            .iter()
            .all(|saving| saving.given.is_none())
    );
}

/// The report is written with the keys that programs read.
#[test]
fn the_report_is_written_with_its_keys() {
    let edition = applied(
        &[STALLED],
        &[&followed("0/bench", 50, 50, &stalled("2019-09-01", 12))],
    );
    let json = serde_json::to_value(&edition.follow_up).unwrap();
    assert_eq!(
        json["claims"][0],
        serde_json::json!({
            "rule": "redistribute-1", "project": "bench", "edition": "0", "claim": "stalled", "missing": "12",
            "since": "2019-09-01", "evidence": [{"shows": "held-up", "since": "2019-09-01", "cause": "c"}],
            "paid": "0", "unpaid": {"why": "no-money", "short-by": "2"}
        })
    );
    let without: Document = document(&regulation(&rule("\"unspent\"", &[], "treasury")));
    let plain = quartier::regulation::Regulation::read(&without).unwrap();
    let applied = plain.apply(&town(), &[]).unwrap();
    let json = serde_json::to_value(applied.edition().unwrap()).unwrap();
    assert!(json.get("follow-up").is_none());
}
