//! Properties of every register beside every regulation and every small election. 10,000 cases each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;
use quartier::budget::ration;
use quartier::election::Money;
use quartier::law::follow_up::{Followed, Register, State};
use quartier::regulation::follow_up::Unpaid;
use quartier::regulation::{AwardKind, Edition};

use crate::helpers::{closes, document};
use crate::properties::{IDS, Rules, Town, cases, rules, town, within_limits};
use crate::register::with_register;

/// A project of the register in plain numbers.
#[derive(Debug, Clone)]
struct Past {
    /// Its edition: 1 is the law's.
    edition: usize,
    id: usize,
    voted: u32,
    /// What others pay, or what it waits for.
    not_awarded: u32,
    cost: Option<u32>,
    topped_up: u32,
    state: usize,
    missing: u32,
    day: usize,
}

/// Registers are in the order of edition and id, each once.
fn past() -> impl Strategy<Value = Vec<Past>> {
    let one = (
        (0_usize..2, 0..IDS.len(), 1_u32..60, 0_u32..20),
        (
            prop::option::of(1_u32..80),
            0_u32..8,
            0_usize..4,
            0_u32..15,
            1_usize..9,
        ),
    );
    prop::collection::vec(one, 0..7).prop_map(|all| {
        let all = all
            .into_iter()
            .map(|((edition, id, voted, not_awarded), rest)| {
                let (cost, topped_up, state, missing, day) = rest;
                let past = Past {
                    edition,
                    id,
                    voted,
                    not_awarded: not_awarded.min(voted),
                    cost: cost.filter(|&cost| cost != voted),
                    topped_up: topped_up.saturating_sub(4),
                    state,
                    missing,
                    day,
                };
                ((edition, id), past)
            });
        all.collect::<BTreeMap<_, _>>().into_values().collect()
    })
}

fn text(past: &Past) -> String {
    let Past { voted, day, .. } = past;
    let mut events: Vec<String> = Vec::new();
    let mut add = |month: u32, event: &str| {
        events.push(format!("{{ {event}, on = '2020-0{month}-0{day}' }}"));
    };
    if matches!(past.state, 1 | 3) {
        add(1, "what = 'started'");
    }
    if let Some(cost) = past.cost {
        add(
            2,
            &format!("what = 'cost-changed', from = '{voted}', to = '{cost}', cause = 'c'"),
        );
    }
    if past.topped_up > 0 {
        add(
            3,
            &format!("what = 'topped-up', amount = '{}'", past.topped_up),
        );
    }
    match past.state {
        2 => add(
            4,
            &format!(
                "what = 'stalled', cause = 'c', missing = '{}'",
                past.missing
            ),
        ),
        3 => add(5, "what = 'delivered'"),
        _ => {}
    }
    format!(
        "[[project]]\nid = '{}'\nedition = '{}'\nvoted = '{voted}'\nawarded = '{}'\nevent = [{}]\n",
        IDS[past.id],
        past.edition,
        voted - past.not_awarded,
        events.join(", ")
    )
}

/// The register, its projects in another order if keys are given.
fn register(past: &[Past], keys: &[usize]) -> Register {
    let mut order: Vec<usize> = (0..past.len()).collect();
    order.sort_by_key(|&at| keys.get(at).copied());
    let mut written = "as-of = '2020-12-31'\n".to_owned();
    if past.is_empty() {
        written.push_str("project = []\n");
    }
    for at in order {
        written.push_str(&text(&past[at]));
    }
    Register::read(&document(&written)).unwrap_or_else(|faults| panic!("{faults}\n{written}"))
}

const PAYS: [&str; 5] = [
    "\"full\"",
    "{ partial = \"40%\" }",
    "\"pro-rata\"",
    "{ capped = \"4\" }",
    "{ partial = \"0%\" }",
];

/// Claims of the register among those of the count, in any order.
fn claims() -> impl Strategy<Value = String> {
    let kinds = select(vec![
        "kind = \"stalled\"",
        "kind = \"backlog\"",
        "kind = \"cost-overrun\", at-most = \"30%\"",
        "kind = \"next-on-list\"",
        "kind = \"almost-funded\", min-covered = \"50%\"",
    ]);
    let claim = (kinds, select(PAYS.to_vec()));
    prop::collection::vec(claim, 0..5).prop_map(|claims| {
        let claims = claims
            .into_iter()
            .map(|(kind, pay)| format!("{{ {kind}, pay = {pay} }}"));
        claims.collect::<Vec<_>>().join(", ")
    })
}

/// The regulation with these claims; leftovers are also what was saved.
fn with_claims(rules: &Rules, claims: &str) -> String {
    let text = rules.with_claims(1, &[]);
    let text = text.replacen("claims = []", &format!("claims = [{claims}]"), 1);
    text.replacen(
        "[\"unspent\", \"stopped\"]",
        "[\"unspent\", \"stopped\", \"saved\"]",
        1,
    )
}

fn apply(rules: &Rules, claims: &str, town: &Town, register: &Register) -> Edition {
    with_register(&with_claims(rules, claims), &town.election(1), register)
}

/// What a project costs as far as is known, by the plain definition.
fn known_cost(project: &Followed) -> Money {
    let mut changed = project
        .events
        .iter()
        .rev()
        .filter_map(|event| match event.what {
            quartier::law::follow_up::Happening::CostChanged { to, .. } => Some(to),
            _ => None,
        });
    let cost = changed.next().unwrap_or(project.voted);
    match project.state() {
        State::Stalled { missing, .. } => {
            let has = project.awarded.checked_add(project.topped_up()).unwrap();
            cost.max(has.checked_add(missing).unwrap())
        }
        _ => cost,
    }
}

fn sum<'a>(amounts: impl Iterator<Item = &'a Money>) -> Money {
    Money::checked_sum(amounts.copied()).unwrap()
}

fn less(amount: Money, other: Money) -> Money {
    amount.checked_sub(other).unwrap().max(Money::ZERO)
}

proptest! {
    #![proptest_config(cases())]

    /// The identity closes with registers, from the journal's lines, and everything that was paid is in the report.
    #[test]
    fn the_identity_closes_with_registers(town in town(), rules in rules(), past in past(), claims in claims()) {
        let edition = apply(&rules, &claims, &town, &register(&past, &[]));
        prop_assert!(closes(&edition));
        let (mut balances, mut sources) = (BTreeMap::<&str, Money>::new(), Money::ZERO);
        for entry in &edition.journal {
            prop_assert_eq!(sum(entry.from.iter().map(|(_, amount)| amount)), sum(entry.to.iter().map(|(_, amount)| amount)));
            for (account, amount) in &entry.from {
                let balance = balances.entry(account).or_default();
                *balance = balance.checked_sub(*amount).unwrap();
                if !account.starts_with("pot:") && entry.kind == quartier::budget::EntryKind::Save {
                    sources = sources.checked_add(*amount).unwrap();
                }
            }
            for (account, amount) in &entry.to {
                let balance = balances.entry(account).or_default();
                *balance = balance.checked_add(*amount).unwrap();
            }
            prop_assert!(balances.iter().all(|(account, balance)| !account.starts_with("pot:") || !balance.is_negative()));
        }
        for pot in &edition.pots {
            let account = format!("pot:{}", pot.pot);
            prop_assert_eq!(balances.get(account.as_str()).copied().unwrap_or_default(), pot.left);
        }
        let (envelope, report) = (&edition.envelope, &edition.follow_up);
        prop_assert_eq!(sources, envelope.saved);
        prop_assert_eq!(sum(report.savings.iter().map(|saving| &saving.booked)), envelope.saved);
        prop_assert_eq!(sum(report.payments.iter().map(|paid| &paid.amount)), envelope.followed);
        prop_assert_eq!(sum(edition.awards.iter().map(|paid| &paid.amount)), envelope.funded);
        let moved = edition.redistributed.iter().filter(|moved| moved.edition.is_some());
        prop_assert_eq!(sum(moved.map(|moved| &moved.amount)), sum(report.claims.iter().map(|served| &served.paid)));
    }

    /// No claim gets more than it misses, no project more than its largest claim, and none more than it costs.
    #[test]
    fn no_claim_gets_more_than_it_misses(town in town(), rules in rules(), past in past(), claims in claims()) {
        let register = register(&past, &[]);
        let edition = apply(&rules, &claims, &town, &register);
        let mut paid: BTreeMap<(&str, &str), (Money, Money)> = BTreeMap::new();
        for served in &edition.follow_up.claims {
            let (claim, none) = (&served.claim, Money::ZERO);
            prop_assert!(!served.paid.is_negative() && served.paid <= claim.missing);
            prop_assert_eq!(served.unpaid.is_some(), served.paid < claim.missing || claim.missing == none);
            let (all, most) = paid.entry((&claim.edition, &claim.project)).or_default();
            *all = all.checked_add(served.paid).unwrap();
            *most = (*most).max(claim.missing);
        }
        prop_assert!(paid.values().all(|(all, most)| all <= most));
        for project in &register.projects {
            let (all, _) = paid.get(&(project.edition.as_str(), project.id.as_str())).copied().unwrap_or_default();
            let own = town.cost(&project.id).filter(|_| project.edition == "1");
            if let Some(cost) = own {
                // What the vote gave is at most the cost that was voted on; more only up to the known cost.
                let received = edition.received(&project.id);
                let has = received.checked_add(project.topped_up()).unwrap();
                prop_assert!(all.is_zero() || has <= known_cost(project));
                prop_assert!(less(received, all) <= Money::from(cost));
            } else {
                let has = project.awarded.checked_add(project.topped_up()).unwrap();
                prop_assert!(all.is_zero() || has.checked_add(all).unwrap() <= known_cost(project));
                prop_assert_eq!(edition.follow_up.received(&project.edition, &project.id), all);
            }
        }
    }

    /// Nobody gives back what these books never gave: a winner at most what they gave beyond its cost, and where the register
    /// claims more, that is told.
    #[test]
    fn no_winner_gives_back_more_than_it_was_given(town in town(), rules in rules(), past in past()) {
        let register = register(&past, &[]);
        let edition = apply(&rules, "", &town, &register);
        for saving in &edition.follow_up.savings {
            let mut own = register.projects.iter();
            let project = own.find(|own| own.edition == saving.edition && own.id == saving.project).unwrap();
            prop_assert!(saving.booked <= saving.saved);
            if project.edition != "1" || town.cost(&project.id).is_none() {
                prop_assert_eq!(saving.booked, saving.saved);
                continue;
            }
            let award = edition.received(&project.id);
            let given = award.checked_add(project.topped_up()).unwrap();
            prop_assert!(saving.booked <= less(given, known_cost(project)).min(award));
            let claimed = project.awarded.checked_add(project.topped_up()).unwrap();
            prop_assert_eq!(saving.given, (given < claimed).then_some(given));
        }
    }

    /// Parts pro rata add up to what there was, or to all that is missing; each is its proportion to less than a euro.
    #[test]
    fn parts_pro_rata_add_up_exactly(town in town(), rules in rules(), past in past(), kind in 0_usize..3) {
        let register = register(&past, &[]);
        let before = apply(&rules, "", &town, &register);
        let rest = before.redistributed.iter().filter(|moved| moved.claim == "rest");
        let there = sum(rest.map(|moved| &moved.amount));
        let kind = ["kind = \"stalled\"", "kind = \"backlog\"", "kind = \"cost-overrun\", at-most = \"30%\""][kind];
        let edition = apply(&rules, &format!("{{ {kind}, pay = \"pro-rata\" }}"), &town, &register);
        let open: Vec<(Money, Money)> = edition.follow_up.claims.iter().map(|served| match &served.unpaid {
            Some(Unpaid::NoMoney { short_by }) => (served.paid, served.paid.checked_add(*short_by).unwrap()),
            _ => (served.paid, served.paid),
        }).collect();
        let (paid, missing) = (sum(open.iter().map(|(paid, _)| paid)), sum(open.iter().map(|(_, open)| open)));
        prop_assert_eq!(paid, there.min(missing));
        for (paid, open) in open {
            let exact = (paid.to_ratio() * missing.to_ratio()) - open.to_ratio() * there.min(missing).to_ratio();
            prop_assert!(missing.is_zero() || exact.abs() < missing.to_ratio());
        }
    }

    /// Who of this edition is funded in part pro rata has left nothing over: all leftovers were shared.
    #[test]
    fn a_part_pro_rata_leaves_nothing_over(town in town(), rules in rules(), kind in 0_usize..2) {
        let (kind, award) = [
            ("kind = \"next-on-list\"", AwardKind::NextOnList),
            ("kind = \"almost-funded\", min-covered = \"40%\"", AwardKind::AlmostFunded),
        ][kind];
        let register = register(&[], &[]);
        let edition = apply(&rules, &format!("{{ {kind}, pay = \"pro-rata\" }}"), &town, &register);
        let in_part = edition.awards.iter().any(|paid| {
            let cost = town.cost(&paid.project).map(Money::from);
            paid.kind == award && Some(edition.received(&paid.project)) != cost
        });
        let rest = edition.redistributed.iter().filter(|moved| moved.claim == "rest");
        prop_assert!(!in_part || rest.count() == 0);
    }

    /// A ration of any amounts, at any granularity: nobody above what is missing, the sum exact.
    #[test]
    fn a_ration_is_exact(there in 0_i128..2_000_000, missing in prop::collection::vec(0_i128..300_000, 0..9), granularity in select(vec![1_i128, 100, 10_000, 70_000])) {
        let money = |parts: i128| Money::from_ten_thousandths(parts).unwrap();
        let missing: Vec<Money> = missing.into_iter().map(money).collect();
        let (there, wanted) = (money(there), sum(missing.iter()));
        let parts = ration(there, &missing, money(granularity)).unwrap();
        let expected = if there >= wanted { wanted } else { Money::floor_to(&there.to_ratio(), money(granularity)).unwrap() };
        prop_assert_eq!(sum(parts.iter()), expected);
        prop_assert!(parts.iter().zip(&missing).all(|(part, most)| !part.is_negative() && part <= most));
    }

    /// Leftovers for the register take nothing from anybody either: no winner, no quartier.
    #[test]
    fn continue_never_takes_away_with_registers(town in town(), rules in rules(), past in past(), claims in claims()) {
        let register = register(&past, &[]);
        let before = apply(&rules, "", &town, &register);
        let after = apply(&rules, &claims, &town, &register);
        for id in IDS {
            prop_assert!(after.received(id) >= before.received(id), "{} lost", id);
        }
        for (before, after) in before.areas.iter().zip(&after.areas) {
            prop_assert!(after.amount >= before.amount && after.winners >= before.winners);
        }
    }

    /// Who is written first in the register does not matter.
    #[test]
    fn the_order_of_the_register_changes_nothing(town in town(), rules in rules(), past in past(), claims in claims(), keys in prop::collection::vec(0_usize..100, 7)) {
        let plain = apply(&rules, &claims, &town, &register(&past, &[]));
        let shuffled = apply(&rules, &claims, &town, &register(&past, &keys));
        prop_assert_eq!(plain, shuffled);
    }

    /// Limits that bind after a top-up are not crossed by what this edition's own projects are paid.
    #[test]
    fn no_hard_limit_is_crossed_with_registers(town in town(), rules in rules(), past in past(), claims in claims()) {
        let edition = apply(&rules, &claims, &town, &register(&past, &[]));
        within_limits(&town, &rules, &edition)?;
    }
}

/// The cases are not empty: claims of every kind are paid, refused, capped and shared in them.
#[test]
fn the_cases_pay_and_refuse_in_every_way() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..600 {
        let tree = (town(), rules(), past(), claims())
            .new_tree(&mut runner)
            .unwrap();
        let (town, rules, past, claims) = tree.current();
        let edition = apply(&rules, &claims, &town, &register(&past, &[]));
        for served in &edition.follow_up.claims {
            let why = served
                .unpaid
                .as_ref()
                .map(|why| serde_json::to_value(why).unwrap()["why"].to_string());
            let mut key = String::new();
            let paid = if served.paid.is_zero() {
                "nothing"
            } else {
                "paid"
            };
            let _ = write!(key, "{paid} {}", why.unwrap_or_default());
            *seen.entry(key).or_default() += 1;
        }
        let savings = edition.follow_up.savings.iter();
        *seen.entry("saved".to_owned()).or_default() +=
            savings.filter(|saving| !saving.booked.is_zero()).count();
        let own = edition
            .redistributed
            .iter()
            .filter(|moved| moved.edition.as_deref() == Some("1"));
        *seen.entry("own".to_owned()).or_default() += own.count();
    }
    for key in [
        "paid ",
        "paid \"no-money\"",
        "paid \"capped\"",
        "nothing \"no-money\"",
        "nothing \"limit-reached\"",
        "nothing \"not-funded\"",
        "nothing \"nothing-missing\"",
        "nothing \"paid-already\"",
        "saved",
        "own",
    ] {
        assert!(
            seen.get(key).is_some_and(|&times| times > 0),
            "{key}: {seen:?}"
        );
    }
}
