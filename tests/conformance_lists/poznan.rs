//! Poznań: the first project that does not fit is topped up where the rest covers at least 80% of it; then leftovers of
//! others go to the best-ranked projects that have nothing.

use quartier::election::Money;
use quartier::regulation::{AwardKind, Edition};
use toml::{Table, Value};

use crate::lists::{Published, card, decided, envelope, files, money, pot, pots, stage, winners};
use crate::shared;

/// More than all top-ups need.
const PLENTY: &str = "2000000";

/// The card with the file's list as the city's pot, and beside it what others left.
fn list(budget: Money, left: Money) -> Table {
    let mut card = card("poznan-2023");
    envelope(&mut card, budget.checked_add(left).unwrap());
    pots(
        &mut card,
        vec![
            pot("districts", left, "local"),
            pot("city", budget, "city-wide"),
        ],
    );
    card
}

/// The claims of the first rule of redistribution.
fn claims(card: &mut Table) -> &mut Vec<Value> {
    let rules = card["redistribute"].as_array_mut().unwrap();
    rules[0]["claims"].as_array_mut().unwrap()
}

/// The top-up as a claim on what others left, from this share on.
fn by_claim(published: &Published, share: &str) -> Edition {
    let mut card = list(published.budget(), money(PLENTY));
    let claims = claims(&mut card);
    claims.truncate(1);
    let claim = claims[0].as_table_mut().unwrap();
    claim.insert("min-covered".to_owned(), share.into());
    decided(card, published, &[]).0
}

/// The same as the rule's own policy, with what others left as its reserve.
fn by_rule(published: &Published, share: &str) -> Edition {
    let mut card = list(published.budget(), money(PLENTY));
    claims(&mut card).clear();
    let rule = format!("greedy:score=votes,misfit=top-up,min-covered={share},reserve={PLENTY}");
    let stage = stage(&mut card, "vote");
    stage.insert("pots".to_owned(), vec!["city"].into());
    stage.insert("rule".to_owned(), rule.into());
    stage.insert("reserve".to_owned(), "districts".into());
    decided(card, published, &[]).0
}

/// Both ways of writing it give the published top-ups and no other, wherever between 75% and 82.11% the line is drawn.
#[test]
fn the_first_misfit_is_topped_up_from_80_percent() {
    let Some(shared) = shared::folder() else {
        return;
    };
    let (mut topped, mut refused, mut lists) = (0, 0, 0);
    for published in files(&shared, "Poland_Poznan_") {
        for share in ["75.01%", "80%", "82.11%"] {
            let (claim, rule) = (by_claim(&published, share), by_rule(&published, share));
            let expected = published.selected(&[1, 2]);
            assert_eq!(winners(&claim), expected, "{} {share}", published.name);
            assert_eq!(winners(&rule), expected, "{} {share}", published.name);
            let up = claim
                .awards
                .iter()
                .filter(|paid| paid.kind == AwardKind::AlmostFunded);
            let mut up: Vec<&str> = up.map(|paid| paid.project.as_str()).collect();
            up.dedup();
            assert_eq!(up, published.selected(&[2]), "{} {share}", published.name);
            if share == "80%" {
                topped += up.len();
                let misfits = claim
                    .refused
                    .iter()
                    .filter(|refused| refused.reason.code() == "misfit");
                refused += misfits.count();
            }
        }
        lists += 1;
    }
    println!("Poznań: {lists} lists, {topped} top-ups, {refused} refusals");
    assert!(lists > 30 && topped > 0 && refused > 20);
}

/// With exactly what the city spent beyond the list's own money, its further projects come out, best rank first.
#[test]
fn further_money_goes_in_the_order_of_rank() {
    let Some(shared) = shared::folder() else {
        return;
    };
    let mut further = 0;
    for published in files(&shared, "Poland_Poznan_") {
        if published.selected(&[3]).is_empty() {
            continue;
        }
        let cost = |numbers: &[u64]| {
            let all = published.selected(numbers);
            Money::checked_sum(all.iter().map(|id| published.cost(id))).unwrap()
        };
        let left = cost(&[1, 2, 3]).checked_sub(published.budget()).unwrap();
        let (edition, _) = decided(list(published.budget(), left), &published, &[]);
        assert_eq!(
            winners(&edition),
            published.selected(&[1, 2, 3]),
            "{}",
            published.name
        );
        further += published.selected(&[3]).len();
    }
    println!("Poznań: {further} further projects");
    assert!(further > 0);
}
