//! A tally as one JSON object.

use std::collections::BTreeMap;

use quartier::election::{Aggregate, Instance};
use quartier::tally::{Ranked, RegisterRow, Role, VoteTrouble};
use serde_json::{Map, Value, json};

use crate::tallied::Tallied;

/// As many votes are listed with what is wrong with them; the others are counted.
const MOST_TROUBLES: usize = 1_000;

pub(crate) fn print(tallied: &Tallied) -> String {
    let tally = &tallied.tally;
    let mut object = as_object(serde_json::to_value(tally.ledger().total()));
    let status = if tallied.is_in_order() { "ok" } else { "error" };
    object.insert("status".to_owned(), json!(status));
    object.insert("ballot".to_owned(), json!(tally.rules().to_string()));
    object.insert("by-channel".to_owned(), json!(tally.ledger().by_channel()));
    object.insert("by-area".to_owned(), json!(tally.ledger().by_area()));
    object.insert("by-station".to_owned(), json!(stations(tallied)));
    object.insert("anonymous".to_owned(), json!(tally.anonymous()));
    object.insert("totals".to_owned(), json!(tally.aggregates()));
    object.insert("rulings".to_owned(), json!(tally.rulings()));
    object.insert(
        "differences".to_owned(),
        json!(tallied.differences.as_deref().unwrap_or_default()),
    );
    object.insert("score".to_owned(), json!(tallied.score.to_string()));
    object.insert(
        "scores".to_owned(),
        scores(tally.instance(), &tallied.ranked),
    );
    object.insert(
        "ranking".to_owned(),
        ranking(tally.instance(), &tallied.ranked),
    );
    let others = other_channels(tallied);
    if !others.is_empty() {
        object.insert("other-channels".to_owned(), Value::Object(others));
    }
    let (listed, all) = troubles(tallied);
    object.insert("set-aside".to_owned(), json!(listed));
    object.insert("set-aside-in-all".to_owned(), json!(all));
    object.insert("diagnostics".to_owned(), diagnostics(tallied));
    object.insert("anomalies".to_owned(), json!(tallied.anomalies));
    object.insert("uniqueness".to_owned(), json!(tallied.unique));
    if let Some(breakdown) = &tallied.breakdown {
        object.insert("side-by-side".to_owned(), json!(breakdown));
    }
    Value::Object(object).to_string()
}

fn as_object(value: Result<Value, serde_json::Error>) -> Map<String, Value> {
    match value {
        Ok(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

fn stations(tallied: &Tallied) -> Vec<Value> {
    let stations = tallied.tally.ledger().by_station();
    let station = |((channel, station), counts)| json!({"channel": channel, "station": station, "counts": counts});
    stations.into_iter().map(station).collect()
}

fn scores(instance: &Instance, ranked: &Ranked) -> Value {
    let figures = ranked.groups().iter().flatten().map(|&project| {
        let figure = ranked.figure(project).map(ToString::to_string);
        (instance.id_of(project), figure.unwrap_or_default())
    });
    json!(figures.collect::<BTreeMap<_, _>>())
}

fn ranking(instance: &Instance, ranked: &Ranked) -> Value {
    let group = |group: &Vec<_>| {
        group
            .iter()
            .map(|&project| instance.id_of(project))
            .collect()
    };
    json!(
        ranked
            .groups()
            .iter()
            .map(group)
            .collect::<Vec<Vec<&str>>>()
    )
}

/// Channels that decide nothing, with what they say.
fn other_channels(tallied: &Tallied) -> Map<String, Value> {
    let tally = &tallied.tally;
    let channels = tally.rules().channels.iter();
    let others = channels
        .filter(|(_, role)| **role != Role::Binding)
        .map(|(name, role)| {
            let votes = tally
                .profile_where(|row| row.channel() == name.as_str())
                .mentions();
            let of_totals = |id: &str| {
                let of = |totals: &&Aggregate| totals.channel == *name;
                let totals = tally
                    .aggregates()
                    .iter()
                    .filter(of)
                    .flat_map(|totals| &totals.votes);
                totals
                    .filter(|(known, _)| known == id)
                    .map(|(_, votes)| votes)
                    .sum::<u64>()
            };
            let projects = tally.instance().projects().iter().zip(votes);
            let votes = projects.map(|(project, votes)| {
                (
                    project.id.as_str(),
                    votes.saturating_add(of_totals(&project.id)),
                )
            });
            (
                name.clone(),
                json!({"role": role.word(), "votes": votes.collect::<BTreeMap<_, _>>()}),
            )
        });
    others.collect()
}

fn troubles(tallied: &Tallied) -> (Vec<VoteTrouble>, usize) {
    let rows = || {
        tallied
            .tally
            .register()
            .rows()
            .filter_map(RegisterRow::trouble)
    };
    (rows().take(MOST_TROUBLES).collect(), rows().count())
}

fn diagnostics(tallied: &Tallied) -> Value {
    let all = tallied.diagnostics.iter().flat_map(|found| found.iter());
    json!(all.collect::<Vec<_>>())
}
