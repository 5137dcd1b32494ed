//! The rules of the ballot and the ranking, from the arguments or a regulation.

use std::path::Path;

use quartier::election::BallotKind;
use quartier::rules::{AnyRule, Plan};
use quartier::tally::{BallotRules, OptionFault, Score};
use serde_json::json;

use crate::input::read_path;
use crate::status::Stop;
use crate::tallied::Faults;
use crate::tally_args::TallyArgs;

/// What the city chose.
pub(crate) struct Choices {
    pub(crate) rules: BallotRules,
    score: Option<Score>,
}

/// Reads the choices; faults of a regulation are told with their paths.
pub(crate) fn read(args: &TallyArgs) -> Result<Choices, crate::Failure> {
    let given = args.score.as_deref().map(|text| {
        text.parse::<Score>()
            .map_err(|error| Stop::Usage(format!("--score {text}: {error}")))
    });
    let given = given.transpose()?;
    let (rules, stated) = match (&args.rule, &args.regulation) {
        (Some(text), _) => {
            let rules: Result<BallotRules, _> = text.parse();
            (
                rules.map_err(|faults| option_faults("", faults.faults()))?,
                None,
            )
        }
        (None, Some(path)) => of_regulation(path)?,
        (None, None) => {
            return Err(Stop::Usage(format!(
                "--rule or --regulation is missing; what must be chosen:\n{}",
                "".parse::<BallotRules>()
                    .err()
                    .map(|faults| faults.to_string())
                    .unwrap_or_default()
            ))
            .into());
        }
    };
    Ok(Choices {
        rules,
        score: given.or(stated),
    })
}

impl Choices {
    /// How projects are ranked: as it was said, or in the one way that the form of the ballot has.
    pub(crate) fn score(&self, rules: &BallotRules) -> Result<Score, crate::Failure> {
        if let Some(score) = &self.score {
            return Ok(score.clone());
        }
        let of_form = match rules.form.kind() {
            BallotKind::Approval => "votes",
            BallotKind::Points => "points",
            BallotKind::Signed => "for-minus-against",
            BallotKind::Grades => "majority-judgment",
            BallotKind::Ranked => {
                return Err(Stop::Usage(
                    "--score is missing: ranked ballots can be counted in many ways, choose borda, weights;3;2;1, \
                     dowdall, plurality, veto, copeland, schulze, ranked-pairs or instant-runoff"
                        .to_owned(),
                )
                .into());
            }
        };
        let score = of_form.parse::<Score>();
        score.map_err(|error| Stop::Usage(error.to_string()).into())
    }
}

fn of_regulation(path: &Path) -> Result<(BallotRules, Option<Score>), crate::Failure> {
    let place = path.display();
    let bytes = read_path(path).map_err(Stop::Input)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| Stop::Input(format!("{place} is not UTF-8: {error}")))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let table: toml::Table =
        toml::from_str(text).map_err(|error| Stop::Input(format!("{place}: {error}")))?;
    let mut options = Vec::new();
    match table.get("ballot") {
        Some(toml::Value::Table(ballot)) => flatten("", ballot, &mut options),
        _ => return Err(Faults::one("missing", "the regulation has no table `[ballot]`").into()),
    }
    let rules = BallotRules::from_options(options)
        .map_err(|faults| option_faults("ballot.", faults.faults()))?;
    Ok((rules, score_of_stage(&table)))
}

/// The ranking of the first stage that funds by rank.
fn score_of_stage(table: &toml::Table) -> Option<Score> {
    let stages = table.get("stage")?.as_array()?;
    stages.iter().find_map(|stage| {
        let plan: Plan = stage.get("rule")?.as_str()?.parse().ok()?;
        plan.rules().into_iter().find_map(|rule| match rule {
            AnyRule::Greedy(greedy) => Some(greedy.score().clone()),
            _ => None,
        })
    })
}

/// Keys with dots and values as texts; the members of a list are joined by `;`.
fn flatten(prefix: &str, table: &toml::Table, options: &mut Vec<(String, String)>) {
    for (key, value) in table {
        let path = format!("{prefix}{key}");
        match value {
            toml::Value::Table(inner) => flatten(&format!("{path}."), inner, options),
            toml::Value::Array(members) => {
                let members: Vec<String> = members.iter().map(plain).collect();
                options.push((path, members.join(";")));
            }
            other => options.push((path, plain(other))),
        }
    }
}

fn plain(value: &toml::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn option_faults(prefix: &str, found: &[OptionFault]) -> Faults {
    Faults(
        found
            .iter()
            .map(|fault| {
                let mut json = serde_json::to_value(fault).unwrap_or_default();
                if let Some(path) = json.get("path").and_then(|path| path.as_str()) {
                    json["path"] = json!(format!("{prefix}{path}"));
                }
                json["message"] = json!(fault.to_string());
                json
            })
            .collect(),
    )
}
