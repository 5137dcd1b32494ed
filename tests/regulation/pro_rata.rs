//! Claims that are paid pro rata, against a plain version of the definition and against the form that was there before.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use quartier::budget::ration;
use quartier::election::{Election, Money};
use quartier::record::Reason;
use quartier::regulation::Edition;

use crate::helpers::{STOP, closes, edition, law, money, stage, voted};
use crate::properties::cases;

const AREAS: [&str; 3] = ["a", "b", "c"];
const POTS: [&str; 4] = ["q/a", "q/b", "q/c", "city"];
const KINDS: [&str; 3] = [
    "kind = \"next-on-list\"",
    "kind = \"almost-funded\", min-covered = \"40%\"",
    "kind = \"under-served\", measure = \"winners\"",
];

/// Quartier pots of 50 each and a pot of the city; every project is paid from one of them.
#[derive(Debug, Clone)]
struct Town {
    city: u32,
    granularity: u32,
    /// Home (3 is the city), cost and votes of each project.
    projects: Vec<(usize, u32, u64)>,
    kind: usize,
    /// Which pots' leftovers are shared.
    from: &'static str,
}

fn towns() -> impl Strategy<Value = Town> {
    let projects = prop::collection::vec((0_usize..4, 1_u32..130, 1_u64..6), 1..12);
    let from = select(vec!["\"q\", \"city\"", "\"city\"", "\"q\""]);
    let rest = (0_u32..60, select(vec![1_u32, 1, 5, 10]));
    (rest, projects, 0..KINDS.len(), from).prop_map(
        |((city, granularity), projects, kind, from)| Town {
            city: city - city % 10,
            granularity,
            projects,
            kind,
            from,
        },
    )
}

fn id(at: usize) -> String {
    format!("p{at:02}")
}

impl Town {
    fn election(&self) -> Election {
        let ids: Vec<String> = (0..self.projects.len()).map(id).collect();
        let homes: Vec<Vec<&str>> = self
            .projects
            .iter()
            .map(|&(home, ..)| AREAS.get(home).copied().into_iter().collect())
            .collect();
        let rows: Vec<_> = ids
            .iter()
            .zip(&homes)
            .zip(&self.projects)
            .map(|((id, home), &(_, cost, votes))| (id.as_str(), cost, home.as_slice(), votes))
            .collect();
        voted(&AREAS.map(|id| (id, 1)), &rows)
    }

    fn law(&self, rules: &str) -> String {
        let pots = format!(
            "[[pot]]\nid = \"q\"\neach-area = \"50\"\nholds = \"local\"\n[[pot]]\nid = \"city\"\namount = \"{}\"\nholds = \"city-wide\"\n[[pot]]\nid = \"none\"\namount = \"0\"\nholds = {{ cost-at-most = \"0\" }}\n",
            self.city
        );
        let vote = stage("vote", "\"q\", \"city\"", STOP, "\"none\"");
        let voted = (150 + self.city).to_string();
        let granularity = format!("granularity = \"{}\"", self.granularity);
        law(&voted, "", &[&pots, &vote, rules].concat())
            .replace("granularity = \"1\"", &granularity)
    }

    /// What the votes alone decide: a regulation says what becomes of leftovers, here of those of an empty pot.
    fn before(&self) -> Edition {
        let rules = "[[redistribute]]\nfrom = [\"unspent\"]\npots = [\"none\"]\nmode = \"continue\"\nclaims = []\nrest = \"treasury\"\n";
        edition(&self.law(rules), &self.election(), &[])
    }

    fn after(&self) -> Edition {
        let rules = format!(
            "[[redistribute]]\nfrom = [\"unspent\", \"stopped\", \"threshold\", \"withdrawn\"]\npots = [{}]\nmode = \"continue\"\nclaims = [{{ {}, pay = \"pro-rata\" }}]\nrest = \"treasury\"\n",
            self.from, KINDS[self.kind]
        );
        edition(&self.law(&rules), &self.election(), &[])
    }
}

/// A project that claims and would take this from its own pot, and misses that.
#[derive(Debug, Clone)]
struct Share {
    project: usize,
    own: Money,
    missing: Money,
}

/// Pots and projects in plain numbers.
#[derive(Debug, Clone)]
struct World<'a> {
    town: &'a Town,
    left: [Money; 4],
    pool: Vec<usize>,
    /// Who may claim and has not been paid.
    open: Vec<usize>,
    winners: [u32; 4],
    received: BTreeMap<usize, Money>,
}

fn minus(a: Money, b: Money) -> Money {
    a.checked_sub(b).unwrap()
}

fn sum(all: impl IntoIterator<Item = Money>) -> Money {
    Money::checked_sum(all).unwrap()
}

impl<'a> World<'a> {
    fn of(town: &'a Town, before: &Edition) -> World<'a> {
        let left = POTS.map(|pot| before.pot(pot).unwrap().left);
        let shared = |at: &usize| match town.from {
            "\"city\"" => *at == 3,
            "\"q\"" => *at < 3,
            _ => true,
        };
        let may = |at: &usize| match before.refusal(&id(*at)).map(Reason::code) {
            Some("misfit") => true,
            Some("pot-stopped" | "not-reached") => town.kind != 1,
            _ => false,
        };
        let local = |at: &usize| town.kind != 2 || town.projects[*at].0 < 3;
        let mut winners = [0; 4];
        for (at, &(home, ..)) in town.projects.iter().enumerate() {
            winners[home] += u32::from(!before.received(&id(at)).is_zero());
        }
        World {
            town,
            left,
            pool: (0..4)
                .filter(shared)
                .filter(|&at| !left[at].is_zero())
                .collect(),
            open: (0..town.projects.len()).filter(may).filter(local).collect(),
            winners,
            received: BTreeMap::new(),
        }
    }

    fn there(&self) -> Money {
        sum(self.pool.iter().map(|&pot| self.left[pot]))
    }

    fn granule(&self) -> Money {
        money(self.town.granularity)
    }

    fn share_of(&self, project: usize) -> Share {
        let (home, cost, _) = self.town.projects[project];
        let own = money(cost).min(self.left[home]);
        Share {
            project,
            own,
            missing: minus(money(cost), own),
        }
    }

    /// Who is served next of some.
    fn next(&self, of: &[usize]) -> Option<usize> {
        let by_rank = |&at: &usize| (std::cmp::Reverse(self.town.projects[at].2), at);
        let covered = |at: usize| {
            let cost = money(self.town.projects[at].1).to_ratio();
            let own = self.share_of(at).own.to_ratio();
            own.checked_div(&cost).unwrap()
        };
        let home = |at: usize| self.winners[self.town.projects[at].0];
        let first: Vec<usize> = match self.town.kind {
            0 => of.to_vec(),
            1 => {
                let enough: Vec<usize> = of
                    .iter()
                    .copied()
                    .filter(|&at| covered(at) >= "2/5".parse().unwrap())
                    .collect();
                let most = enough.iter().map(|&at| covered(at)).max();
                let is_best = |at: &usize| Some(covered(*at)) == most;
                enough.into_iter().filter(is_best).collect()
            }
            _ => {
                let least = of.iter().map(|&at| home(at)).min();
                let is_least = |at: &usize| Some(home(*at)) == least;
                of.iter().copied().filter(is_least).collect()
            }
        };
        first.into_iter().min_by_key(by_rank)
    }

    /// What each would get.
    fn parts(&self, shares: &[Share]) -> Vec<Money> {
        let missing: Vec<Money> = shares.iter().map(|share| share.missing).collect();
        ration(self.there(), &missing, self.granule()).unwrap()
    }

    fn first_without(&self, shares: &[Share]) -> Option<usize> {
        let parts = self.parts(shares).into_iter().zip(shares);
        let mut without = parts.filter(|(part, share)| part.is_zero() && !share.missing.is_zero());
        without.next().map(|(_, share)| share.project)
    }

    fn book(&mut self, share: &Share) {
        let home = self.town.projects[share.project].0;
        self.left[home] = minus(self.left[home], share.own);
        self.winners[home] += 1;
    }

    /// Everybody but some, each with what it would take and miss, in order; and the world after they took it.
    fn everyone(&self, but: &[usize]) -> (Vec<Share>, World<'a>) {
        let (mut shares, mut world) = (Vec::new(), self.clone());
        let mut open: Vec<usize> = self.open.clone();
        open.retain(|at| !but.contains(at));
        while let Some(next) = world.next(&open) {
            open.retain(|&at| at != next);
            let share = world.share_of(next);
            world.book(&share);
            shares.push(share);
        }
        (shares, world)
    }

    /// One after another, whoever leaves all who share a part.
    fn one_after_another(&self) -> (Vec<Share>, World<'a>) {
        let (mut shares, mut world) = (Vec::new(), self.clone());
        let mut open: Vec<usize> = self.open.clone();
        while let Some(next) = world.next(&open) {
            open.retain(|&at| at != next);
            let mut trial = world.clone();
            let share = trial.share_of(next);
            trial.book(&share);
            shares.push(share);
            if trial.first_without(&shares).is_none() {
                world = trial;
            } else {
                shares.pop();
            }
        }
        (shares, world)
    }

    /// Pays those who share out of the world that they left.
    fn pay(self, shares: &[Share], after: World<'a>) -> World<'a> {
        let mut world = after;
        world.received = self.received;
        for (part, share) in world.parts(shares).into_iter().zip(shares) {
            let all = sum([share.own, part]);
            world.received.insert(share.project, all);
            world.open.retain(|&at| at != share.project);
            let mut givers = world.pool.clone();
            givers.sort_by_key(|&pot| std::cmp::Reverse(world.left[pot]));
            let mut missing = part;
            for pot in givers {
                let moved = missing.min(world.left[pot]);
                world.left[pot] = minus(world.left[pot], moved);
                missing = minus(missing, moved);
            }
            assert!(missing.is_zero());
        }
        world
    }

    /// The definition.
    fn shared(self) -> World<'a> {
        let mut world = self;
        loop {
            let (mut shares, mut after) = world.everyone(&[]);
            if after.first_without(&shares).is_some() {
                (shares, after) = world.one_after_another();
            }
            if shares.is_empty() {
                return world;
            }
            world = world.pay(&shares, after);
            if world.there() < world.granule() {
                return world;
            }
        }
    }

    /// What was there before: the first who would get nothing is left out, and all others share afresh. With who was left
    /// out.
    fn shared_before(self) -> (World<'a>, Vec<usize>) {
        let mut without = Vec::new();
        loop {
            let (shares, after) = self.everyone(&without);
            match after.first_without(&shares) {
                Some(project) => without.push(project),
                None => return (self.pay(&shares, after), without),
            }
        }
    }

    /// Whether somebody who was left out could still take a granule beyond what its own pot holds.
    fn somebody_could_take_one(&self) -> bool {
        self.open.iter().any(|&at| {
            let share = self.share_of(at);
            let mut alone = self.clone();
            alone.book(&share);
            self.next(&[at]).is_some()
                && !share.missing.is_zero()
                && alone.first_without(&[share]).is_none()
        })
    }
}

proptest! {
    #![proptest_config(cases())]

    /// Every project receives what the plain version says, and no whole granule is left that somebody could take.
    #[test]
    fn sharing_is_as_defined_and_gives_out_every_granule(town in towns()) {
        let (before, after) = (town.before(), town.after());
        let world = World::of(&town, &before).shared();
        for at in 0..town.projects.len() {
            let more = world.received.get(&at).copied().unwrap_or_default();
            let expected = sum([before.received(&id(at)), more]);
            prop_assert_eq!(after.received(&id(at)), expected, "{}", id(at));
        }
        prop_assert_eq!(after.envelope.returned, world.there());
        prop_assert!(closes(&after));
        prop_assert!(world.there() < world.granule() || !world.somebody_could_take_one());
    }

    /// Where the form before left nobody out, all receive the same. Where it did, it left out who came first for who came
    /// later.
    #[test]
    fn sharing_is_as_before_where_nobody_was_left_out(town in towns()) {
        let before = town.before();
        let start = World::of(&town, &before);
        let world = start.clone().shared();
        let (old, without) = start.shared_before();
        if without.is_empty() {
            prop_assert_eq!(&world.received, &old.received);
        }
    }
}

fn of(town: &Town) -> (Vec<(String, Money)>, Money) {
    let edition = town.after();
    let received = (0..town.projects.len()).map(|at| (id(at), edition.received(&id(at))));
    let received = received.filter(|(_, amount)| !amount.is_zero()).collect();
    (received, edition.envelope.returned)
}

fn rows(rows: &[(usize, u32)]) -> Vec<(String, Money)> {
    rows.iter().map(|&(at, all)| (id(at), money(all))).collect()
}

/// Granularity 10. p0 of quartier a costs 54 and misses 4; 5 are left in the city's pot, which are less than a granule and all
/// that p0 misses. p1 of b costs 40 and misses nothing. Both are paid: the sharing does not end at p0.
#[test]
fn less_than_a_granule_does_not_end_the_sharing() {
    let town = Town {
        city: 5,
        granularity: 10,
        projects: vec![(0, 54, 9), (1, 60, 8), (1, 40, 7)],
        kind: 0,
        from: "\"city\"",
    };
    // p1 of b stopped its pot: it takes all 50 and misses 10, of which nothing is there, so it is left out, and p2 has its 40.
    assert_eq!(of(&town), (rows(&[(0, 54), (2, 40)]), money(1)));
}

/// Only b's leftovers are shared. p0 of the city, first, has 30 of its own and misses 10; p1 of b has the 50 of b and misses 10.
/// Together they leave nothing for each other. p0 alone is paid from b's 50; what is left of them is not enough for p1.
#[test]
fn who_comes_first_is_not_left_out_for_who_comes_later() {
    let town = Town {
        city: 30,
        granularity: 1,
        projects: vec![(3, 40, 9), (1, 60, 8), (0, 50, 7), (2, 50, 6)],
        kind: 0,
        from: "\"q\"",
    };
    assert_eq!(of(&town), (rows(&[(0, 40), (2, 50), (3, 50)]), money(40)));
}

/// 10 of the city's pot for p0 and p1, which miss 1 each, and p2, which misses 150: in proportion p0 and p1 would get a
/// fifteenth of one. They come first and are paid, and p2 has the 8 that are left.
#[test]
fn small_claims_are_not_crowded_out() {
    let town = Town {
        city: 10,
        granularity: 1,
        projects: vec![(0, 51, 9), (1, 51, 8), (2, 200, 7)],
        kind: 0,
        from: "\"city\"",
    };
    assert_eq!(of(&town), (rows(&[(0, 51), (1, 51), (2, 58)]), money(0)));
}
