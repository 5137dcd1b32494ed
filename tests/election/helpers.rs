//! What several of these tests need.

use quartier::election::{Column, Election, ElectionBuilder, Problems, VoterClass, Voters};

use crate::common::strategies::permutation;

pub(crate) fn problems(builder: ElectionBuilder) -> Vec<String> {
    names(&builder.build().unwrap_err())
}

/// The names of the variants, in order.
pub(crate) fn names(problems: &Problems) -> Vec<String> {
    problems
        .iter()
        .map(|problem| {
            format!("{problem:?}")
                .split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
}

pub(crate) fn class(weight: i32, endowment: i32) -> VoterClass {
    VoterClass {
        weight: weight.into(),
        endowment: endowment.into(),
    }
}

pub(crate) fn with_voters(election: &Election, keys: &[u8]) -> Election {
    let profile = election.profile();
    let all: Vec<_> = profile
        .ballot_indices()
        .flat_map(|ballot| (0..profile.ballot(ballot).unwrap().count()).map(move |_| ballot))
        .collect();
    let ballots: Vec<_> = permutation(keys, all.len())
        .into_iter()
        .map(|at| all[at])
        .collect();
    let ids: Vec<String> = (0..ballots.len())
        .map(|number| format!("v{number}"))
        .collect();
    let areas: Column = ids
        .iter()
        .map(|id| if id.ends_with('1') { "north" } else { "" })
        .collect();
    let voters = Voters::new(
        ids.iter().map(String::as_str).collect(),
        ballots,
        vec![("area".to_owned(), areas)],
    )
    .unwrap();
    Election::new(election.instance().clone(), profile.clone(), Some(voters)).unwrap()
}
