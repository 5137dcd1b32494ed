//! Properties of rates: grants grow with costs, split them, and are paid as costs are.

use proptest::prelude::*;
use proptest::test_runner::Config;
use quartier::election::{Ballot, BallotKind, Election, Money, Project, Verdict};

use crate::helpers::{SKIP, area, closes, edition, law, leftovers, limit, money, paid, stage};
use crate::rates::{backed, rate, table, with};

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
        let limits = [limit("project", &format!("at-most = \"{cap}\"")), limit("area", "at-most = \"45\"")].concat();
        let brackets = format!("[ {{ up-to = \"{first}\", rate = \"100%\" }}, {{ rate = \"{second}%\" }} ]");
        let rest = |rates: &str| {
            let stage = stage("vote", "\"q\", \"city\"", method, guarantee);
            law(&voted.to_string(), "", &[pots, &limits, rates, &stage, &leftovers(claims, "next-edition")].concat())
        };
        let rates = table(&brackets, "slices");
        let election = |costs: &dyn Fn(u32) -> Money| {
            let mut builder = Election::builder().budget(1).kind(BallotKind::Approval)
                .area(area("a", 3)).area(area("b", 5));
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
