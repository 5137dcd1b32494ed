//! Channels that decide nothing, ranked as if they did.

use quartier::election::{Aggregate, Election};
use quartier::tally::ranking::Ranked;
use quartier::tally::{Role, Score, Tally};

/// A consultative channel, or one of a preselection.
pub(crate) struct OtherChannel {
    pub(crate) name: String,
    pub(crate) role: &'static str,
    /// How often each project was named, in the order of the instance; with the channel's totals.
    pub(crate) votes: Vec<u64>,
    /// By the same score as the binding channels; or why it cannot be.
    pub(crate) ranked: Result<Ranked, String>,
}

pub(crate) fn of(tally: &Tally, score: &Score) -> Vec<OtherChannel> {
    let channels = tally.rules().channels.iter();
    channels
        .filter(|(_, role)| **role != Role::Binding)
        .map(|(name, role)| channel(tally, score, name, *role))
        .collect()
}

fn channel(tally: &Tally, score: &Score, name: &str, role: Role) -> OtherChannel {
    let profile = tally.profile_where(|row| row.channel() == name);
    let totals: Vec<Aggregate> = tally
        .aggregates()
        .iter()
        .filter(|totals| totals.channel == name)
        .cloned()
        .collect();
    let of_totals = |id: &str| {
        totals
            .iter()
            .flat_map(|totals| &totals.votes)
            .filter(|(known, _)| known == id)
            .fold(0_u64, |sum, (_, votes)| sum.saturating_add(*votes))
    };
    let projects = tally.instance().projects().iter();
    let votes = projects
        .zip(profile.mentions())
        .map(|(project, votes)| votes.saturating_add(of_totals(&project.id)))
        .collect();
    let election = Election::new(tally.instance().clone(), profile, None)
        .and_then(|election| election.with_aggregates(totals));
    let ranked = match election {
        Ok(election) => score.order(&election).map_err(|error| error.to_string()),
        Err(problems) => Err(problems.to_string()),
    };
    OtherChannel {
        name: name.to_owned(),
        role: role.word(),
        votes,
        ranked,
    }
}
