//! A tally as one JSON object.

use std::collections::BTreeMap;

use quartier::election::Instance;
use quartier::tally::ranking::Ranked;
use quartier::tally::{RegisterRow, VoteTrouble};
use serde_json::{Map, Value, json};

use crate::tallied::{MOST_LISTED, Tallied};
use crate::tallied_register::{settled, settled_json};

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
    reports(tallied, &mut object);
    Value::Object(object).to_string()
}

/// What was set aside, what was found, and what people should look at.
fn reports(tallied: &Tallied, object: &mut Map<String, Value>) {
    let tally = &tallied.tally;
    let (listed, all) = troubles(tallied);
    object.insert("set-aside".to_owned(), json!(listed));
    object.insert("set-aside-in-all".to_owned(), json!(all));
    let rows: Vec<Value> = settled(tally)
        .take(MOST_LISTED)
        .map(|row| settled_json(tally, row))
        .collect();
    object.insert("settled".to_owned(), json!(rows));
    object.insert("settled-in-all".to_owned(), json!(settled(tally).count()));
    let alike = &tallied.look_alikes;
    let listed = alike.get(..MOST_LISTED.min(alike.len()));
    object.insert("look-alikes".to_owned(), json!(listed.unwrap_or_default()));
    object.insert("look-alikes-in-all".to_owned(), json!(alike.len()));
    object.insert(
        "unreadable-times".to_owned(),
        json!(tally.unreadable_times()),
    );
    object.insert("unreadable-times-at".to_owned(), json!(bad_times(tallied)));
    object.insert("ineligible-because".to_owned(), json!(ineligible(tallied)));
    object.insert("unknown-areas".to_owned(), json!(tally.unknown_areas()));
    object.insert("notes".to_owned(), json!(tallied.notes));
    object.insert("diagnostics".to_owned(), diagnostics(tallied));
    object.insert("anomalies".to_owned(), json!(tallied.anomalies));
    if let Some(unique) = &tallied.unique {
        object.insert("uniqueness".to_owned(), json!(unique));
    }
    if let Some(breakdown) = &tallied.breakdown {
        object.insert("side-by-side".to_owned(), json!(breakdown));
    }
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
    let instance = tallied.tally.instance();
    let others = tallied.others.iter().map(|channel| {
        let ids = instance.projects().iter().map(|project| &project.id);
        let votes: BTreeMap<&String, &u64> = ids.zip(&channel.votes).collect();
        let mut object = Map::new();
        object.insert("role".to_owned(), json!(channel.role));
        object.insert("votes".to_owned(), json!(votes));
        match &channel.ranked {
            Ok(ranked) => {
                object.insert("scores".to_owned(), scores(instance, ranked));
                object.insert("ranking".to_owned(), ranking(instance, ranked));
            }
            Err(why) => {
                object.insert("not-ranked".to_owned(), json!(why));
            }
        }
        (channel.name.clone(), Value::Object(object))
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
    (rows().take(MOST_LISTED).collect(), rows().count())
}

fn diagnostics(tallied: &Tallied) -> Value {
    let all = tallied.diagnostics.iter().flat_map(|found| found.iter());
    json!(all.collect::<Vec<_>>())
}

/// Where times stand that cannot be read.
fn bad_times(tallied: &Tallied) -> Vec<Value> {
    let rows = tallied.tally.register().rows();
    let bad = rows.filter_map(|row| Some((row, row.unreadable_time()?)));
    let place = |(row, time): (RegisterRow<'_>, &str)| json!({"source": row.source(), "line": row.place().line, "time": time});
    bad.take(MOST_LISTED).map(place).collect()
}

/// How often each reason was given why somebody may not vote.
fn ineligible(tallied: &Tallied) -> BTreeMap<&str, u64> {
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    for row in tallied.tally.register().rows() {
        if let Some(reason) = row.ineligible_because() {
            let count = reasons.entry(reason).or_default();
            *count = count.saturating_add(row.count());
        }
    }
    reasons
}
