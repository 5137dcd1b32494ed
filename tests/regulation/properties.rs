//! Properties of every regulation and every small election. 10,000 cases each; `QUARTIER_LONG=1` multiplies by ten.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestCaseError};
use quartier::budget::{Account, Journal, split};
use quartier::election::{Ballot, BallotKind, Election, Money, Project};
use quartier::exact::Ratio;
use quartier::regulation::Edition;

use crate::helpers::{area, closes, edition, law};

pub(crate) const AREAS: [&str; 3] = ["a", "b", "c"];
pub(crate) const IDS: [&str; 7] = ["1", "10", "2", "A", "b", "ż", "道"];

pub(crate) fn cases() -> Config {
    let long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    Config {
        cases: if long { 100_000 } else { 10_000 },
        failure_persistence: None,
        ..Config::default()
    }
}

/// A small election in plain numbers.
#[derive(Debug, Clone)]
pub(crate) struct Town {
    pub(crate) people: Vec<u32>,
    /// Cost, areas and categories.
    pub(crate) projects: Vec<(u32, Vec<usize>, usize)>,
    /// Which projects, and how many such ballots.
    pub(crate) ballots: Vec<(Vec<usize>, u64)>,
}

/// A regulation in words that are put together.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    pub(crate) voted: u32,
    pub(crate) pots: usize,
    pub(crate) each: u32,
    pub(crate) limits: Vec<(usize, u32)>,
    pub(crate) method: usize,
    pub(crate) guarantee: usize,
    pub(crate) claims: Vec<usize>,
}

pub(crate) fn town() -> impl Strategy<Value = Town> {
    let people = prop::collection::vec(1_u32..50, AREAS.len());
    let project = (
        1_u32..40,
        prop::collection::vec(0..AREAS.len(), 0..=2),
        0_usize..2,
    );
    let projects = prop::collection::vec(project, 1..=IDS.len());
    let ballots = prop::collection::vec(
        (prop::collection::vec(any::<Index>(), 0..4), 1_u64..4),
        0..6,
    );
    (people, projects, ballots).prop_map(|(people, projects, ballots)| Town {
        people,
        ballots: ballots
            .into_iter()
            .map(|(marks, times)| {
                let mut named: Vec<usize> = marks
                    .iter()
                    .map(|mark| mark.index(projects.len()))
                    .collect();
                named.sort_unstable();
                named.dedup();
                (named, times)
            })
            .collect(),
        projects: projects
            .into_iter()
            .map(|(cost, mut areas, theme)| {
                areas.sort_unstable();
                areas.dedup();
                (cost, areas, theme)
            })
            .collect(),
    })
}

pub(crate) fn rules() -> impl Strategy<Value = Rules> {
    (
        30_u32..120,
        0_usize..3,
        0_u32..10,
        prop::collection::vec((0_usize..6, 0_u32..60), 0..3),
        0_usize..6,
        0_usize..5,
        prop::collection::vec(0_usize..7, 0..3),
    )
        .prop_map(
            |(voted, pots, each, limits, method, guarantee, mut claims)| {
                claims.sort_unstable();
                claims.dedup();
                Rules {
                    voted,
                    pots,
                    each,
                    limits,
                    method,
                    guarantee,
                    claims,
                }
            },
        )
}

impl Town {
    pub(crate) fn election(&self, scale: u32) -> Election {
        self.shuffled(scale, &[])
    }

    /// What a project costs, if there is one of this id.
    pub(crate) fn cost(&self, id: &str) -> Option<u32> {
        let place = IDS.iter().position(|known| *known == id)?;
        self.projects.get(place).map(|(cost, ..)| *cost)
    }

    /// The same election written in another order.
    fn shuffled(&self, scale: u32, keys: &[usize]) -> Election {
        let order = |len: usize, salt: usize| {
            let mut order: Vec<usize> = (0..len).collect();
            order.sort_by_key(|&at| {
                keys.get((at + salt) % keys.len().max(1))
                    .map(|key| (key * (salt + 1)) % 7)
            });
            order
        };
        let mut builder = Election::builder().budget(1).kind(BallotKind::Approval);
        for at in order(self.people.len(), 1) {
            builder = builder.area(area(AREAS[at], self.people[at]));
        }
        for at in order(self.projects.len(), 2) {
            let (cost, areas, theme) = &self.projects[at];
            let mut project =
                Project::new(IDS[at], *cost * scale).in_category(["trees", "sport"][*theme]);
            project.areas = areas.iter().map(|&area| AREAS[area].to_owned()).collect();
            builder = builder.project(project);
        }
        for at in order(self.ballots.len(), 3) {
            let (named, times) = &self.ballots[at];
            let mut ids: Vec<&str> = named.iter().map(|&project| IDS[project]).collect();
            if !keys.is_empty() {
                ids.reverse();
            }
            builder = builder.ballots(Ballot::approval(ids), *times);
        }
        builder.build().unwrap()
    }
}

impl Rules {
    fn pots(&self, scale: u32) -> (String, &'static str) {
        let each = self.each * scale;
        match self.pots {
            0 => (
                "[[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"all\"\n".to_owned(),
                "\"city\"",
            ),
            1 => (
                format!(
                    "[[pot]]\nid = \"q\"\neach-area = \"{each}\"\nholds = \"local\"\n[[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"city-wide\"\n"
                ),
                "\"q\", \"city\"",
            ),
            _ => (
                format!(
                    "[[pot]]\nid = \"q\"\neach-area = \"{each}\"\nholds = \"local\"\n[[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"all\"\n"
                ),
                "\"q\", \"city\"",
            ),
        }
    }

    pub(crate) fn text(&self, scale: u32) -> String {
        self.with_claims(scale, &self.claims)
    }

    pub(crate) fn with_claims(&self, scale: u32, claims: &[usize]) -> String {
        let (mut rest, pots) = self.pots(scale);
        for (kind, number) in &self.limits {
            let (amount, few) = (number * scale, number % 3 + 1);
            let (per, bound) = [
                ("project", format!("at-most = \"{amount}\"")),
                ("area", format!("at-most = \"{amount}\"")),
                ("area", format!("at-most-projects = {few}")),
                ("category", format!("at-most = \"{amount}\"")),
                ("all", format!("at-most-projects = {few}")),
                ("all", format!("at-most = \"{amount}\"")),
            ][*kind]
                .clone();
            let _ = write!(
                rest,
                "[[limit]]\nper = \"{per}\"\nholds = \"all\"\n{bound}\nafter-top-up = \"binds\"\n"
            );
        }
        let method = [
            "rule = \"greedy:score=votes,misfit=skip\"",
            "rule = \"greedy:score=votes,misfit=stop\"",
            "rule = \"greedy:score=votes,misfit=partial,min-covered=50%\"",
            "rule = \"greedy:score=votes,misfit=skip,threshold=2\"",
            "method = \"balance\"\nweight = \"population\"\nscore = \"votes\"\ncity-wide = \"last\"",
            "method = \"top-k\"\nk = 2\nscore = \"votes\"",
        ][self.method];
        let _ = write!(
            rest,
            "[[stage]]\nid = \"vote\"\npots = [{pots}]\n{method}\nties = [\"cheaper\", \"id\"]\nguarantee = {}\n",
            self.guarantee(scale)
        );
        let kinds = [
            "{ kind = \"almost-funded\", min-covered = \"50%\", pay = \"full\" }",
            "{ kind = \"under-served\", measure = \"amount-per-inhabitant\", pay = \"full\" }",
            "{ kind = \"next-on-list\", pay = \"full\" }",
            "{ kind = \"under-served\", measure = \"success-rate\", pay = { partial = \"50%\" } }",
            "{ kind = \"almost-funded\", min-covered = \"30%\", pay = \"pro-rata\" }",
            "{ kind = \"next-on-list\", pay = { capped = \"7\" } }",
            "{ kind = \"under-served\", measure = \"winners\", pay = \"pro-rata\" }",
        ];
        let claims: Vec<&str> = claims.iter().map(|&claim| kinds[claim]).collect();
        let _ = write!(
            rest,
            "[[redistribute]]\nfrom = [\"unspent\", \"stopped\"]\nmode = \"continue\"\nclaims = [{}]\nrest = \"next-edition\"\n",
            claims.join(", ")
        );
        law(
            &(self.voted * scale).to_string(),
            "several-areas = \"equal-shares\"",
            &rest,
        )
    }

    /// Guarantees that no limit above contradicts.
    fn guarantee(&self, scale: u32) -> String {
        let per_area = self.limits.iter().any(|(kind, number)| {
            matches!(kind, 2 | 4) && number % 3 == 0 || matches!(kind, 1 | 5)
        });
        let amount = 10 * scale;
        let goal = match self.guarantee {
            1 => ("projects = 1".to_owned(), "before"),
            2 => ("projects = 1".to_owned(), "after"),
            3 if !per_area => ("projects = 2".to_owned(), "before"),
            4 if !per_area => (format!("amount = \"{amount}\""), "before"),
            _ => return "\"none\"".to_owned(),
        };
        format!(
            "{{ per = \"area\", {}, when = \"{}\", if-none = \"release\" }}",
            goal.0, goal.1
        )
    }
}

/// What each area received, by the plain definition: equal shares of whole euros, the first areas one more.
pub(crate) fn received(town: &Town, edition: &Edition, area: usize) -> Ratio {
    let mut sum = Ratio::ZERO;
    for (at, (_, areas, _)) in town.projects.iter().enumerate() {
        let paid = edition.received(IDS[at]);
        if paid.is_zero() || !areas.contains(&area) {
            continue;
        }
        let euros = paid.ten_thousandths() / 10_000;
        let parts = i128::try_from(areas.len()).unwrap();
        let place = i128::try_from(areas.iter().position(|&own| own == area).unwrap()).unwrap();
        sum += &Ratio::from(euros / parts + i128::from(place < euros % parts));
    }
    sum
}

pub(crate) fn won(edition: &Edition, at: usize) -> bool {
    edition.awards.iter().any(|paid| paid.project == IDS[at])
}

/// No hard limit is crossed, recomputed from what was paid.
pub(crate) fn within_limits(
    town: &Town,
    rules: &Rules,
    edition: &Edition,
) -> Result<(), TestCaseError> {
    let winners = |keep: &dyn Fn(usize) -> bool| {
        (0..town.projects.len())
            .filter(|&at| won(edition, at) && keep(at))
            .count()
    };
    let spent = |keep: &dyn Fn(usize) -> bool| {
        Money::checked_sum(
            (0..town.projects.len())
                .filter(|&at| keep(at))
                .map(|at| edition.received(IDS[at])),
        )
        .unwrap()
    };
    for (kind, number) in &rules.limits {
        let (most, few) = (
            Money::from(*number),
            usize::try_from(number % 3 + 1).unwrap(),
        );
        match kind {
            0 => prop_assert!((0..town.projects.len()).all(|at| edition.received(IDS[at]) <= most)),
            1 => prop_assert!(
                (0..AREAS.len()).all(|area| received(town, edition, area) <= most.to_ratio())
            ),
            2 => prop_assert!(
                (0..AREAS.len())
                    .all(|area| winners(&|at| town.projects[at].1.contains(&area)) <= few)
            ),
            3 => {
                let theme = |theme| spent(&|at| town.projects[at].2 == theme);
                prop_assert!((0..2).all(|at| theme(at) <= most));
            }
            4 => prop_assert!(winners(&|_| true) <= few),
            _ => prop_assert!(spent(&|_| true) <= most),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    /// No pot goes below zero at any moment, and each balance is what came in less what went out.
    #[test]
    fn no_pot_is_overdrawn(town in town(), rules in rules()) {
        let edition = edition(&rules.text(1), &town.election(1), &[]);
        let mut balances: BTreeMap<&str, Money> = BTreeMap::new();
        for entry in &edition.journal {
            for (account, amount) in &entry.to {
                let balance = balances.entry(account).or_default();
                *balance = balance.checked_add(*amount).unwrap();
            }
            for (account, amount) in &entry.from {
                let balance = balances.entry(account).or_default();
                *balance = balance.checked_sub(*amount).unwrap();
                prop_assert!(account == "city" || !balance.is_negative(), "{} at {}", account, entry.number);
            }
        }
        for pot in &edition.pots {
            prop_assert!(!pot.left.is_negative());
            let got = Money::checked_sum([pot.opened, pot.added, pot.moved_in]);
            prop_assert_eq!(got, Money::checked_sum([pot.moved_out, pot.funded, pot.left]));
            let account = format!("pot:{}", pot.pot);
            prop_assert_eq!(balances.get(account.as_str()).copied().unwrap_or_default(), pot.left, "{}", account);
        }
    }

    /// Opened + carried in = funded + operation + carried + returned + held; every entry balances, and what projects
    /// received is what was funded.
    #[test]
    fn the_identity_closes(town in town(), rules in rules(), carried_in in 0_u32..20, contingency in 0_u32..20) {
        let keys = format!("granularity = \"1\"\ncarried-in = \"{carried_in}\"\ncontingency = \"{contingency}\"\noperating-cost = {{ amount = \"3\", charged = \"inside\" }}");
        // Pots of each area take up to 30 of at least 30, so money comes in besides.
        let rules = Rules { voted: rules.voted + 25, ..rules };
        let text = rules.text(1).replacen("granularity = \"1\"", &keys, 1);
        let edition = edition(&text, &town.election(1), &[]);
        prop_assert!(closes(&edition));
        prop_assert_eq!((edition.envelope.carried_in, edition.envelope.operation), (Money::from(carried_in), Money::from(3)));
        for entry in &edition.journal {
            let sum = |side: &[(String, Money)]| Money::checked_sum(side.iter().map(|(_, amount)| *amount));
            prop_assert_eq!(sum(&entry.from), sum(&entry.to));
        }
        let paid = Money::checked_sum(edition.awards.iter().map(|paid| paid.amount));
        prop_assert_eq!(paid, Some(edition.envelope.funded));
        for (at, (cost, ..)) in town.projects.iter().enumerate() {
            prop_assert!(edition.received(IDS[at]) <= Money::from(*cost));
        }
    }

    /// No hard limit is crossed, recomputed from what was paid.
    #[test]
    fn no_hard_limit_is_crossed(town in town(), rules in rules()) {
        let edition = edition(&rules.text(1), &town.election(1), &[]);
        within_limits(&town, &rules, &edition)?;
    }

    /// What leftovers do under `continue` takes nothing from anybody: no winner, no quartier.
    #[test]
    fn continue_with_claims_never_removes_a_winner_nor_lowers_a_quartier(town in town(), rules in rules()) {
        let election = town.election(1);
        let before = edition(&rules.with_claims(1, &[]), &election, &[]);
        let after = edition(&rules.with_claims(1, &[0, 1, 2, 3, 4, 5, 6]), &election, &[]);
        for id in IDS {
            prop_assert!(after.received(id) >= before.received(id), "{} lost", id);
        }
        for (before, after) in before.areas.iter().zip(&after.areas) {
            prop_assert!(after.amount >= before.amount && after.winners >= before.winners);
        }
    }

    /// A stage that goes on with more money takes nothing from anybody either.
    #[test]
    fn continue_with_more_money_never_removes_a_winner_nor_lowers_a_quartier(town in town(), rules in rules(), more in 1_u32..60) {
        let election = town.election(1);
        let rules = Rules { claims: Vec::new(), ..rules };
        let before = edition(&rules.text(1), &election, &[]);
        let pot = format!("[[pot]]\nid = \"more\"\namount = \"{more}\"\nholds = {{ cost-above = \"999\" }}\n");
        let goes_on = "[[redistribute]]\nfrom = [\"unspent\"]\npots = [\"more\"]\nmode = \"continue\"\nclaims = []\nrest = \"pot:city\"\nstage = \"vote\"\n";
        let text = Rules { voted: rules.voted + more, ..rules }.text(1) + &pot;
        // The rule that sends leftovers away comes after the one that goes on.
        let text = text.replacen("[[redistribute]]", &format!("{goes_on}[[redistribute]]"), 1);
        let after = edition(&text, &election, &[]);
        for id in IDS {
            prop_assert!(after.received(id) >= before.received(id), "{} lost", id);
        }
        for (before, after) in before.areas.iter().zip(&after.areas) {
            prop_assert!(after.amount >= before.amount && after.winners >= before.winners);
        }
    }

    /// The order in which ballots, projects and areas are written changes nothing.
    #[test]
    fn permuting_ballots_projects_and_areas_changes_nothing(town in town(), rules in rules(), keys in prop::collection::vec(0_usize..100, 1..9)) {
        let text = rules.text(1);
        let (one, other) = (edition(&text, &town.election(1), &[]), edition(&text, &town.shuffled(1, &keys), &[]));
        prop_assert_eq!(one, other);
    }

    /// Ten times all money is ten times the result where no split rounds.
    #[test]
    fn scaling_all_money_by_ten_scales_the_result(town in town(), rules in rules()) {
        // Projects of one area only, and no partial awards: nothing is split.
        let mut town = town;
        for (_, areas, _) in &mut town.projects {
            areas.truncate(1);
        }
        let rules = Rules { method: if rules.method == 2 { 0 } else { rules.method }, claims: rules.claims.iter().copied().filter(|&claim| claim < 3).collect(), ..rules };
        let (one, ten) = (edition(&rules.text(1), &town.election(1), &[]), edition(&rules.text(10), &town.election(10), &[]));
        prop_assert_eq!(one.winners(), ten.winners());
        for id in IDS {
            prop_assert_eq!(one.received(id).to_ratio().mul_int(10), ten.received(id).to_ratio());
        }
        prop_assert_eq!(one.envelope.carried.to_ratio().mul_int(10), ten.envelope.carried.to_ratio());
    }

    /// Splitting a pot and merging it again loses no cent, whatever the weights and the granularity.
    #[test]
    fn splitting_a_pot_and_merging_it_loses_no_cent(
        parts in 0_i128..10_000_000_000,
        weights in prop::collection::vec(0_i128..1_000, 1..12),
        granularity in select(vec![1_i128, 100, 10_000, 70_000]),
    ) {
        let total = Money::from_ten_thousandths(parts).unwrap();
        let granularity = Money::from_ten_thousandths(granularity).unwrap();
        let weights: Vec<Ratio> = weights.into_iter().map(Ratio::from).collect();
        let Ok(amounts) = split(total, &weights, granularity) else {
            prop_assert!(weights.iter().all(Ratio::is_zero));
            return Ok(());
        };
        let sum = weights.iter().fold(Ratio::ZERO, |sum, weight| sum + weight);
        let mut journal = Journal::new();
        let whole = journal.open("whole", total).unwrap();
        for (at, (amount, weight)) in amounts.iter().zip(&weights).enumerate() {
            let exact = (total.to_ratio() * weight).checked_div(&sum).unwrap();
            prop_assert!((amount.to_ratio() - exact).abs() <= granularity.to_ratio());
            let part = journal.open_part(&format!("part-{at}"), whole, *amount).unwrap();
            journal.transfer(part, whole, *amount).unwrap();
        }
        prop_assert_eq!(journal.left(whole), total);
        prop_assert_eq!(journal.close().unwrap().len(), amounts.len() + 1);
        let gave = journal.entries().iter().flat_map(|entry| &entry.postings).filter(|posting| posting.account == Account::Source);
        prop_assert_eq!(gave.count(), 1);
    }
}
