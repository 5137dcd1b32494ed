//! Synthetic elections from a fixed seed: the same text on every machine.

use std::fmt::Write;

/// A size: how many projects and voters.
pub(crate) struct Size {
    pub(crate) name: &'static str,
    pub(crate) projects: u64,
    pub(crate) voters: u64,
}

pub(crate) const SIZES: [Size; 3] = [
    Size {
        name: "S",
        projects: 20,
        voters: 1_000,
    },
    Size {
        name: "M",
        projects: 80,
        voters: 10_000,
    },
    Size {
        name: "L",
        projects: 120,
        voters: 100_000,
    },
];

/// `SplitMix64`, a public-domain generator that is defined by these lines.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

/// A `.pb` file of approval ballots of 1 to 10 projects; popular projects are named more often.
pub(crate) fn pb(size: &Size) -> String {
    let mut random = Random(2017);
    let mut votes = String::new();
    for voter in 0..size.voters {
        let mut named: Vec<u64> = Vec::new();
        for _ in 0..=random.below(10) {
            let project = random.below(size.projects).min(random.below(size.projects));
            if !named.contains(&project) {
                named.push(project);
            }
        }
        let list: Vec<String> = named.iter().map(u64::to_string).collect();
        let (age, sex) = (
            16 + random.below(70),
            if random.below(2) == 0 { "F" } else { "M" },
        );
        writeln!(votes, "{voter};{};{age};{sex};internet", list.join(",")).unwrap();
    }
    let mut text = format!(
        "META\nkey;value\ndescription;synthetic\ncountry;France\nunit;Nowhere\ninstance;2026\nnum_projects;{}\nnum_votes;{}\nbudget;1000000\n\
         vote_type;approval\nrule;greedy\ndate_begin;2026\ndate_end;2026\nmax_length;10\nlanguage;fr\ncurrency;EUR\nPROJECTS\nproject_id;cost;name\n",
        size.projects, size.voters
    );
    for project in 0..size.projects {
        writeln!(
            text,
            "{project};{};project number {project}",
            5_000 + 100 * random.below(950)
        )
        .unwrap();
    }
    text + "VOTES\nvoter_id;vote;age;sex;voting_method\n" + &votes
}
