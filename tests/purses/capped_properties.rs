//! What holds under limits of every rule that divides money between voters, on random small towns.

use proptest::prelude::*;
use proptest::sample::select;
use quartier::exact::Ratio;
use quartier::record::Reason;

use crate::common::strategies::{Extras, chain, completion};
use crate::common::{IDS, cases, outcome};
use crate::helpers::{CITY, limit};
use crate::reference::support::{cost, is_allowed, quarters};
use crate::reference::{self, State};
use crate::town::{AREAS, RULES, Town, towns};

fn caps() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0_u32..30, AREAS.len())
}

/// A limit for each quartier.
fn limits(caps: &[u32]) -> String {
    let each = caps.iter().zip(AREAS).map(|(cap, area)| {
        limit("area", &format!("at-most = \"{cap}\""))
            .replace("\"all\"", &format!("{{ area = \"{area}\" }}"))
    });
    each.collect()
}

/// What the projects of a quartier cost that are funded.
fn spent(town: &Town, area: usize, has: impl Fn(usize) -> bool) -> Ratio {
    let all = (0..town.case.projects.len()).filter(|&p| town.place[p] == Some(area) && has(p));
    all.map(|p| cost(&town.case, p)).sum()
}

/// The slow count: a project must also fit the cap of its quartier.
fn slow(town: &Town, caps: &[u32], rule: &str, chain: &str) -> Vec<&'static str> {
    let case = &town.case;
    let mut state = State {
        funded: Vec::new(),
        left: quarters(case.budget),
        step: 0,
        reserves: std::collections::BTreeMap::new(),
    };
    let allowed = |state: &State, project: usize| {
        let fits = |area: usize| {
            spent(town, area, |p| state.has(p)) + cost(case, project) <= Ratio::from(caps[area])
        };
        is_allowed(case, state, project) && town.place[project].is_none_or(fits)
    };
    if rule.starts_with("exact") {
        reference::ees::run_under(case, rule, chain, &mut state, &allowed);
    } else {
        reference::add1::run_under(case, rule, chain, &mut state, &allowed);
    }
    state
        .funded
        .iter()
        .map(|(project, _)| IDS[*project])
        .collect()
}

fn equal_shares() -> impl Strategy<Value = String> {
    (select(vec!["cost", "cardinality", "effort"]), completion())
        .prop_map(|(utility, completion)| format!("equal-shares:utility={utility}{completion}"))
}

const LAWFUL: Extras = Extras {
    negative_points: false,
    ..Extras::ALL
};

proptest! {
    #![proptest_config(cases(2_000))]

    /// Against the definition: caps, groups, variants and requirements at once, with every completion.
    #[test]
    fn equal_shares_under_caps_agrees_with_the_definition(town in towns(LAWFUL), caps in caps(), rule in equal_shares(), chain in chain()) {
        let edition = town.decide(town.case.budget / 4, CITY, &limits(&caps), &rule, chain);
        prop_assert_eq!(edition.winners(), slow(&town, &caps, &rule, chain));
    }

    /// The runs that Add-Opt tries keep to the caps too.
    #[test]
    fn exact_equal_shares_under_caps_agrees_with_the_definition(town in towns(LAWFUL), caps in caps(), completion in select(vec!["", ",completion=add-opt", ",completion=add-opt-skip"]), utility in select(vec!["cost", "cardinality"]), chain in chain()) {
        let rule = format!("exact-equal-shares:utility={utility}{completion}");
        let edition = town.decide(town.case.budget / 4, CITY, &limits(&caps), &rule, chain);
        prop_assert_eq!(edition.winners(), slow(&town, &caps, &rule, chain));
    }

    /// Nobody's cap is crossed, and whoever is barred is barred by their own.
    #[test]
    fn no_cap_is_crossed_and_each_bars_its_own_projects(town in towns(LAWFUL), caps in caps(), rule in select(RULES.to_vec()), chain in chain()) {
        let edition = town.decide(town.case.budget / 4, CITY, &limits(&caps), rule, chain);
        let winners = edition.winners();
        let spent = |area| spent(&town, area, |p| winners.contains(&IDS[p]));
        for (area, &cap) in caps.iter().enumerate() {
            prop_assert!(spent(area) <= Ratio::from(cap), "{}", AREAS[area]);
        }
        prop_assert!(edition.exceeded.is_empty());
        for refused in &edition.refused {
            if let Reason::LimitReached { limit } = &refused.reason {
                let project = IDS.iter().position(|id| refused.project == **id).unwrap();
                let area = town.place[project].unwrap();
                prop_assert!(limit.contains(&format!("({})", AREAS[area])), "{} of {}", limit, AREAS[area]);
                prop_assert!(spent(area) + cost(&town.case, project) > Ratio::from(caps[area]));
            }
        }
    }

    /// A quartier cap bars its projects and nobody else's: with nothing allowed in one quartier, the others are as if it had no projects.
    #[test]
    fn a_quartier_cap_is_no_concern_of_others(town in towns(Extras { weights: true, ..Extras::NONE }), area in 0..AREAS.len(), rule in select(RULES.to_vec()), chain in chain()) {
        let closed = limits(&[0]).replace("\"a\"", &format!("\"{}\"", AREAS[area]));
        let barred = town.decide(town.case.budget / 4, CITY, &closed, rule, chain);
        let mut absent = town.clone();
        let stays = |&(project, _): &(usize, i64)| town.place[project] != Some(area);
        absent.case.voters.iter_mut().for_each(|voter| voter.marks.retain(stays));
        let absent = absent.decide(town.case.budget / 4, CITY, "", rule, chain);
        prop_assert_eq!(barred.winners(), absent.winners());
    }

    /// Limits that never bind give the plain outcome, increments in lanes or not.
    #[test]
    fn limits_that_never_bind_change_nothing(town in towns(LAWFUL), rule in select(RULES.to_vec()), chain in chain()) {
        let wide = limits(&[1_000; 3]);
        let edition = town.decide(town.case.budget / 4, CITY, &wide, rule, chain);
        prop_assert_eq!(edition.winners(), outcome(&town.election(), rule, chain).winners);
    }
}

proptest! {
    #![proptest_config(cases(60))]

    /// On towns large enough for many increments at once, see the unit tests of lanes.
    #[test]
    fn many_increments_under_idle_limits_are_those_without(seed in any::<u64>(), rule in select(vec!["add1", "add1-until-exhaustive"])) {
        let mut state = seed | 1;
        let mut next = |below: u64| { state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407); (state >> 33) % below };
        let ids: Vec<String> = (0..25).map(|at| format!("p{at:02}")).collect();
        let projects: Vec<(&str, u32, &[&str])> = ids.iter().map(|id| (id.as_str(), 300 + u32::try_from(next(2_000)).unwrap(), &AREAS[..1])).collect();
        let ballots: Vec<Vec<&str>> = (0..90).map(|_| ids.iter().filter(|_| next(5) == 0).map(String::as_str).collect()).collect();
        let ballots: Vec<(&str, &[&str], u64)> = ballots.iter().map(|ids| ("a", ids.as_slice(), 1 + next(3))).collect();
        let election = crate::town::town(&projects, &ballots);
        let rule = format!("equal-shares:utility=cost,completion={rule}");
        let count = |limits: &str| {
            let rest = [CITY, limits, &crate::town::stage(CITY, &rule, "id")].concat();
            crate::helpers::edition(&crate::helpers::law("9000", "", &rest), &election, &[])
        };
        let (idle, without) = (count(&limits(&[100_000])), count(""));
        prop_assert_eq!(idle.winners(), without.winners());
    }
}
