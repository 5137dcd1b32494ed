//! Published lists as elections, and cards cut down to one list.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use quartier::election::{Election, Money, Project};
use quartier::law::Document;
use quartier::pabulib::{self, ReadOptions};
use quartier::record::{About, Decision, DecisionFile, DecisionKind, DecisionValue};
use quartier::regulation::{Applied, Edition, Regulation};
use serde::Deserialize;
use toml::{Table, Value};

/// A published list: the election, who was selected with which number, and the file's META.
pub(crate) struct Published {
    pub(crate) name: String,
    pub(crate) document: pabulib::Document,
}

impl Published {
    pub(crate) fn read(shared: &Path, name: &str) -> Published {
        let path = shared.join("pabulib").join(name);
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let document = pabulib::read_bytes(&bytes, &ReadOptions::lenient());
        let document = document.unwrap_or_else(|error| panic!("{name}: {error}"));
        Published {
            name: name.to_owned(),
            document,
        }
    }

    pub(crate) fn election(&self) -> &Election {
        self.document.election()
    }

    pub(crate) fn budget(&self) -> Money {
        self.election().instance().budget()
    }

    /// The projects with one of these numbers in the column `selected`, in the order of ids.
    pub(crate) fn selected(&self, numbers: &[u64]) -> Vec<&str> {
        let selected = self.document.selected().unwrap();
        let instance = self.election().instance();
        let all = instance.projects().iter().zip(selected);
        let mut ids: Vec<&str> = all
            .filter(|(_, number)| numbers.contains(number))
            .map(|(project, _)| project.id.as_str())
            .collect();
        ids.sort_unstable();
        ids
    }

    pub(crate) fn is_published(&self) -> bool {
        self.document.selected().is_some()
    }

    /// An amount of META as a whole number.
    pub(crate) fn threshold(&self) -> Option<u32> {
        let text = self.document.meta().get("min_project_score_threshold")?;
        text.parse().ok()
    }

    pub(crate) fn cost(&self, id: &str) -> Money {
        let instance = self.election().instance();
        instance.cost_of(instance.find(id).unwrap())
    }
}

/// The files of the archive whose names begin so.
pub(crate) fn files(shared: &Path, begins: &str) -> Vec<Published> {
    let mut names: Vec<String> = std::fs::read_dir(shared.join("pabulib"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(begins))
        .collect();
    names.sort();
    names
        .iter()
        .map(|name| Published::read(shared, name))
        .collect()
}

/// A card as a table that can be changed.
pub(crate) fn card(name: &str) -> Table {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/regulations");
    let text = std::fs::read_to_string(folder.join(format!("{name}.toml"))).unwrap();
    toml::from_str(&text).unwrap()
}

pub(crate) fn envelope(card: &mut Table, amount: Money) {
    let envelope = card["envelope"].as_table_mut().unwrap();
    envelope.insert("base".to_owned(), amount.to_string().into());
    envelope.insert("at-most".to_owned(), "100%".into());
    envelope.insert("voted".to_owned(), amount.to_string().into());
    // Some budgets of the archive have groszy.
    envelope.insert("granularity".to_owned(), "0.01".into());
    envelope.remove("carried-in");
}

pub(crate) fn pot(id: &str, amount: Money, holds: &str) -> Value {
    let keys = [
        ("id", id.to_owned()),
        ("amount", amount.to_string()),
        ("holds", holds.to_owned()),
    ];
    Value::Table(
        keys.into_iter()
            .map(|(key, text)| (key.to_owned(), text.into()))
            .collect(),
    )
}

/// These pots and no limits, instead of the card's; what ballots may hold is the file's own affair.
pub(crate) fn pots(card: &mut Table, pots: Vec<Value>) {
    card.insert("pot".to_owned(), pots.into());
    card.remove("limit");
    let ballot = card["ballot"].as_table_mut().unwrap();
    let form = ballot["form"].as_str().unwrap().to_owned();
    ballot.retain(|key, _| {
        [
            "form",
            "invalid",
            "duplicates",
            "blank-ballots-count",
            "channels",
        ]
        .contains(&key)
    });
    if !["knapsack", "choose-one"].contains(&form.as_str()) {
        ballot.insert("max".to_owned(), 1_000.into());
    }
}

pub(crate) fn stage<'a>(card: &'a mut Table, id: &str) -> &'a mut Table {
    let stages = card["stage"].as_array_mut().unwrap();
    let found = stages.iter_mut().map(|stage| stage.as_table_mut().unwrap());
    found
        .into_iter()
        .find(|stage| stage["id"].as_str() == Some(id))
        .unwrap()
}

/// One list of one pot, decided by one stage of the card, and nothing after it.
pub(crate) fn one_list(name: &str, of: &str, budget: Money) -> Table {
    let mut card = card(name);
    envelope(&mut card, budget);
    pots(&mut card, vec![pot("list", budget, "all")]);
    let mut only = stage(&mut card, of).clone();
    only.insert("pots".to_owned(), vec!["list"].into());
    card.insert("stage".to_owned(), Value::Array(vec![only.into()]));
    let mut last = card["redistribute"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .as_table()
        .unwrap()
        .clone();
    last.insert("mode".to_owned(), "continue".into());
    last.insert("claims".to_owned(), Value::Array(Vec::new()));
    last.insert("rest".to_owned(), "treasury".into());
    last.remove("stage");
    last.remove("pots");
    card.insert("redistribute".to_owned(), Value::Array(vec![last.into()]));
    card
}

/// Nobody attested anything in the archive, so every project of the ballot is included by decision, unless another
/// decision is about it.
fn with_included(published: &Published, decisions: &[Decision]) -> Vec<Decision> {
    let decided = |project: &&Project| {
        let about = About::Project(project.id.clone());
        decisions.iter().any(|decision| decision.about == about)
    };
    let include = |project: &Project| {
        let about = About::Project(project.id.clone());
        Decision::new(
            DecisionKind::Include,
            about,
            "the city",
            "it stood on the ballot",
        )
    };
    let projects = published.election().instance().projects().iter();
    let included = projects.filter(|project| !decided(project)).map(include);
    included.chain(decisions.iter().cloned()).collect()
}

/// The edition, and how many lots were asked for: the published selection says how they fell.
pub(crate) fn decided(
    card: Table,
    published: &Published,
    decisions: &[Decision],
) -> (Edition, usize) {
    let all = with_included(published, decisions);
    let official = if published.is_published() {
        published.selected(&[1, 2, 3])
    } else {
        Vec::new()
    };
    decided_on(card, published.election(), &all, &official)
}

/// The same on any election; who is named here goes first where a lot is asked for.
pub(crate) fn decided_on(
    card: Table,
    election: &Election,
    decisions: &[Decision],
    official: &[&str],
) -> (Edition, usize) {
    let document = Document::deserialize(card).unwrap();
    let regulation = Regulation::read(&document).unwrap_or_else(|faults| panic!("{faults}"));
    let name = &regulation.law().name;
    let mut lots: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for drawn in 0..200 {
        let recorded = lots.iter().map(|(stage, order)| {
            let about = About::Stage(stage.clone());
            Decision::new(DecisionKind::Lot, about, "the city", "as it fell")
                .value(DecisionValue::Order(order.clone()))
        });
        let with: Vec<Decision> = decisions.iter().cloned().chain(recorded).collect();
        match regulation.apply(election, &with) {
            Ok(Applied::Decided(edition)) => return (*edition, drawn),
            Ok(Applied::LotRequired(mut lot)) => {
                lot.tied.sort_by_key(|id| !official.contains(&id.as_str()));
                let order = lots.entry(lot.stage).or_default();
                lot.tied.retain(|id| !order.contains(id));
                order.extend(lot.tied);
            }
            other => panic!("{name}: {other:?}"),
        }
    }
    panic!("{name}: the lots never end")
}

pub(crate) fn winners(edition: &Edition) -> Vec<&str> {
    let mut winners = edition.winners();
    winners.sort_unstable();
    winners
}

pub(crate) fn money(text: &str) -> Money {
    text.parse().unwrap()
}

/// The decisions that were recorded for a file.
pub(crate) fn recorded(name: &str) -> Vec<Decision> {
    let name = name.replace(".pb", ".toml");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/decisions")
        .join(name);
    let Ok(text) = std::fs::read_to_string(path) else {
        return Vec::new();
    };
    toml::from_str::<DecisionFile>(&text)
        .unwrap()
        .checked()
        .unwrap()
}
