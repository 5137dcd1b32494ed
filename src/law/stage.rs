//! Stages: one decision after another, each by its method and from its pots.

use crate::election::Money;

use super::check::Vocabulary;
use super::fault::FaultKind;
use super::reader::{Faulty, Reader};
use super::selector::Selector;
use super::split_key::SplitKey;
use super::value::Value;

/// One stage of the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stage {
    /// Its id, which decisions refer to.
    pub id: String,
    /// The pots that pay, in this order: the first that holds a project and can pay all of it does.
    pub pots: Vec<String>,
    /// How it decides.
    pub method: Method,
    /// The tie chain's text; `none` where people decide and no chain is written.
    pub ties: String,
    /// What is funded before or after, whatever the ranking.
    pub guarantee: Option<Guarantee>,
    /// The projects that take part; `None` for all that its pots hold.
    pub candidates: Option<Selector>,
    /// The stages that come before it; `None` for the order of the document.
    pub after: Option<Vec<String>>,
    /// The score that orders projects for guarantees and leftovers, where the method has none of its own.
    pub rank_by: Option<String>,
    /// The pot from which a rule with `misfit=top-up` takes its reserve.
    pub reserve: Option<String>,
    /// The article that it implements.
    pub article: Option<String>,
}

/// How a stage decides.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// By a rule of the catalogue, or several joined by `+`.
    Rule(String),
    /// At each step the best-ranked affordable project of the area that has received least of its entitlement.
    Balance {
        /// What each area is entitled to.
        weight: SplitKey,
        /// The score that ranks projects.
        score: String,
        /// When city-wide projects, which are charged to no area, have their turn.
        city_wide: CityWideTurn,
    },
    /// The k projects of highest score that can be paid.
    TopK {
        /// How many.
        k: u32,
        /// The score.
        score: String,
    },
    /// By recorded decisions of kind `award`.
    ByDecision,
}

/// When city-wide projects have their turn in a balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CityWideTurn {
    /// Before all areas.
    First,
    /// After all areas.
    Last,
}

/// What is funded whatever the ranking: a pass, not an optimisation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Guarantee {
    /// For each area, or each theme.
    pub per: GuaranteePer,
    /// How much.
    pub goal: Goal,
    /// Before the ranking, or as a correction after it.
    pub when: When,
}

/// For what a guarantee holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GuaranteePer {
    /// For each area that has no parts.
    Area,
    /// For each theme.
    Category,
}

/// How much a guarantee asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Goal {
    /// So many projects.
    Projects(u32),
    /// Projects until they have received this much.
    Amount(Money),
}

/// When a guarantee is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum When {
    /// Before the ranking: the best-ranked projects of each area come first.
    Before,
    /// After it: the lowest-ranked winners of the stage give their place.
    After,
}

/// How a method is written.
#[derive(Clone, Copy)]
enum Word {
    Balance,
    TopK,
    ByDecision,
}

const METHODS: &[(&str, Word)] = &[
    ("balance", Word::Balance),
    ("top-k", Word::TopK),
    ("by-decision", Word::ByDecision),
];
const RULE: &str = "a rule's text, such as \"greedy:score=votes,misfit=skip\"";
const SCORE: &[&str] = &["a score, such as \"votes\" or \"borda\""];
const CHAIN: &[&str] = &["a tie chain, such as [\"more-votes\", \"cheaper\", \"recorded-lot\"]"];

impl Stage {
    pub(super) fn read(reader: Reader<'_>, words: &dyn Vocabulary) -> Option<Stage> {
        let id = reader.text("id", &["an id, such as \"vote\""]);
        let pots = reader
            .require("pots", &["a list of pots, in the order in which they pay"])
            .and_then(|value| reader.texts("pots", value, &["the id of a pot"]));
        if pots.as_ref().is_some_and(Vec::is_empty) {
            reader.bad_value("pots", "[]", &["at least one pot"]);
        }
        let method = read_method(&reader, words);
        let ties = match (&method, reader.has("ties")) {
            // People decide, so nothing is tied; were leftovers to tie, the count would stop and ask.
            (Some(Method::ByDecision), false) => Some("none".to_owned()),
            _ => read_ties(&reader, words),
        };
        let guarantee = read_guarantee(&reader);
        let candidates = Selector::optional(&reader, "candidates");
        let after = reader
            .value("after")
            .and_then(|value| reader.texts("after", value, &["a list of stages"]))
            .map(owned);
        let rank_by = reader.optional_text("rank-by", SCORE);
        let rank_by =
            rank_by.filter(|text| known(&reader, "rank-by", text, SCORE, &words.score(text)));
        let text = |key| reader.optional_text(key, &["a text"]).map(str::to_owned);
        let (reserve, article) = (text("reserve"), text("article"));
        reader.close();
        Some(Stage {
            id: id?.to_owned(),
            pots: owned(pots?),
            method: method?,
            ties: ties?,
            guarantee: guarantee.ok()?,
            candidates,
            after,
            rank_by: rank_by.map(str::to_owned),
            reserve,
            article,
        })
    }
}

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

/// Notes a fault where the vocabulary does not know a text.
fn known(
    reader: &Reader<'_>,
    key: &str,
    text: &str,
    allowed: &[&str],
    answer: &Result<(), String>,
) -> bool {
    if let Err(why) = answer {
        let short: String = text.chars().take(60).collect();
        reader.fault(
            key,
            FaultKind::BadValue,
            allowed,
            &format!("found `{short}`: {why}"),
        );
    }
    answer.is_ok()
}

fn read_method(reader: &Reader<'_>, words: &dyn Vocabulary) -> Option<Method> {
    if !reader.has("method") {
        if !reader.has("rule") {
            // Keys of the method that is missing are not unknown.
            for key in ["k", "score", "weight", "city-wide"] {
                reader.value(key);
            }
        }
        let allowed = [RULE, "method = \"balance\" | \"top-k\" | \"by-decision\""];
        let text = reader.text("rule", &allowed)?;
        let is_known = known(reader, "rule", text, &allowed, &words.rule(text));
        return is_known.then(|| Method::Rule(text.to_owned()));
    }
    if reader.has("rule") {
        let why = "a stage has a `rule` or a `method`, not both";
        reader.fault("method", FaultKind::Contradiction, &[], why);
        return None;
    }
    let score = || {
        let text = reader.text("score", SCORE)?;
        known(reader, "score", text, SCORE, &words.score(text)).then(|| text.to_owned())
    };
    match reader.choice("method", METHODS)? {
        Word::ByDecision => Some(Method::ByDecision),
        Word::TopK => {
            let (k, score) = (reader.number("k"), score());
            Some(Method::TopK {
                k: k?,
                score: score?,
            })
        }
        Word::Balance => {
            let weight = SplitKey::read(reader, "weight");
            let score = score();
            let turn = reader.choice(
                "city-wide",
                &[("first", CityWideTurn::First), ("last", CityWideTurn::Last)],
            );
            Some(Method::Balance {
                weight: weight?,
                score: score?,
                city_wide: turn?,
            })
        }
    }
}

fn read_ties(reader: &Reader<'_>, words: &dyn Vocabulary) -> Option<String> {
    let value = reader.require("ties", CHAIN)?;
    let chain = match value {
        Value::Text(text) => text.clone(),
        value => reader.texts("ties", value, CHAIN)?.join(","),
    };
    known(reader, "ties", &chain, CHAIN, &words.ties(&chain)).then_some(chain)
}

/// What is guaranteed; `None` for nothing.
fn read_guarantee(reader: &Reader<'_>) -> Result<Option<Guarantee>, Faulty> {
    const ALLOWED: &[&str] = &[
        "\"none\"",
        "{ per = \"area\", projects = 1, when = \"before\", if-none = \"release\" }",
    ];
    match reader.require("guarantee", ALLOWED).ok_or(Faulty)? {
        Value::Text(text) if text == "none" => Ok(None),
        Value::Text(text) => {
            reader.bad_value("guarantee", text, ALLOWED);
            Err(Faulty)
        }
        value => {
            let table = reader.as_table("guarantee", value, ALLOWED).ok_or(Faulty)?;
            let per = table.choice(
                "per",
                &[
                    ("area", GuaranteePer::Area),
                    ("category", GuaranteePer::Category),
                ],
            );
            let goal = read_goal(&table);
            let when = table.choice("when", &[("before", When::Before), ("after", When::After)]);
            // The one answer there is must still be given: what is not needed goes back to all.
            let release = table.choice("if-none", &[("release", ())]);
            table.close();
            let (Some(per), Some(goal), Some(when), Some(())) = (per, goal, when, release) else {
                return Err(Faulty);
            };
            Ok(Some(Guarantee { per, goal, when }))
        }
    }
}

fn read_goal(table: &Reader<'_>) -> Option<Goal> {
    match (table.has("projects"), table.has("amount")) {
        (true, true) => {
            let why = "it asks for `projects` or for an `amount`, not both";
            table.fault("amount", FaultKind::Contradiction, &[], why);
            None
        }
        (false, true) => table.money("amount").map(Goal::Amount),
        (true, false) => table.number("projects").map(Goal::Projects),
        (false, false) => {
            let allowed = ["projects = 1", "amount = \"50000\""];
            table.fault("projects", FaultKind::MissingChoice, &allowed, "how much");
            None
        }
    }
}
