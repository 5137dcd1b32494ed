//! The rules of the ballot and the ranking, from the arguments or a regulation.

use std::path::Path;

use quartier::election::{BallotKind, Money, MoneyError};
use quartier::rules::{AnyRule, Plan};
use quartier::tally::{BallotRules, OptionFault, Score};
use serde_json::json;

use crate::status::Stop;
use crate::tallied::{Faults, with_message};
use crate::tally_args::TallyArgs;
use crate::tally_files::text_of;

/// What the city chose.
pub(crate) struct Choices {
    pub(crate) rules: BallotRules,
    /// The budget of the regulation.
    pub(crate) voted: Option<Money>,
    score: Option<Score>,
    /// Is there a regulation, which could have said how projects are ranked?
    is_regulated: bool,
}

/// Reads the choices; faults of a regulation are told with their paths.
pub(crate) fn read(args: &TallyArgs) -> Result<Choices, crate::Failure> {
    let given = args.score.as_deref().map(|text| {
        text.parse::<Score>()
            .map_err(|error| Stop::Usage(format!("--score {text}: {error}")))
    });
    let given = given.transpose()?;
    let mut choices = match (&args.rule, &args.regulation) {
        (Some(text), _) => {
            let rules: Result<BallotRules, _> = text.parse();
            Choices {
                rules: rules.map_err(|faults| option_faults("", faults.faults()))?,
                voted: None,
                score: None,
                is_regulated: false,
            }
        }
        (None, Some(path)) => of_regulation(args, path)?,
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
    choices.score = given.or(choices.score);
    Ok(choices)
}

impl Choices {
    /// How projects are ranked: as it was said, or in the way that suits the form of the ballot, with a note where a
    /// regulation says nothing of it.
    pub(crate) fn score(&self) -> Result<(Score, Vec<String>), crate::Failure> {
        if let Some(score) = &self.score {
            return Ok((score.clone(), Vec::new()));
        }
        let of_form = match self.rules.form.kind() {
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
        let score = score.map_err(|error| Stop::Usage(error.to_string()))?;
        let note = format!(
            "no stage of the regulation ranks projects; the ranking shown is by `{of_form}`, choose another by --score"
        );
        Ok((
            score,
            self.is_regulated.then_some(note).into_iter().collect(),
        ))
    }
}

fn of_regulation(args: &TallyArgs, path: &Path) -> Result<Choices, crate::Failure> {
    let text = text_of(args, path)?;
    let table: toml::Table = toml::from_str(&text)
        .map_err(|error| Stop::Input(format!("{}: {error}", path.display())))?;
    let mut faults = Faults(Vec::new());
    let rules = if let Some(toml::Value::Table(ballot)) = table.get("ballot") {
        let mut options = Vec::new();
        flatten("", ballot, &mut options);
        BallotRules::from_options(options)
            .map_err(|found| faults.add(option_faults("ballot.", found.faults())))
            .ok()
    } else {
        faults.add(Faults::one(
            "missing",
            "the regulation has no table `[ballot]`",
        ));
        None
    };
    let voted = voted(&table, &mut faults);
    let score = score_of_stage(&table, &mut faults);
    match rules {
        Some(rules) => faults.or(Choices {
            rules,
            voted,
            score,
            is_regulated: true,
        }),
        None => Err(faults.into()),
    }
}

/// The budget that was voted.
fn voted(table: &toml::Table, faults: &mut Faults) -> Option<Money> {
    let voted = plain(table.get("envelope")?.get("voted")?);
    match voted.parse() {
        Ok(amount) => Some(amount),
        Err(error) => {
            let error: MoneyError = error;
            faults.add(at("envelope.voted", &voted, &error.to_string()));
            None
        }
    }
}

/// The ranking of the first stage that funds by rank; a rule that cannot be read is told.
fn score_of_stage(table: &toml::Table, faults: &mut Faults) -> Option<Score> {
    let stages = table.get("stage")?.as_array()?;
    let mut scores = Vec::new();
    for (number, stage) in stages.iter().enumerate() {
        let Some(rule) = stage.get("rule") else {
            continue;
        };
        let rule = plain(rule);
        match rule.parse::<Plan>() {
            Ok(plan) => scores.extend(plan.rules().into_iter().find_map(|rule| match rule {
                AnyRule::Greedy(greedy) => Some(greedy.score().clone()),
                _ => None,
            })),
            Err(error) => {
                let path = format!("stage[{number}].rule");
                faults.add(at(&path, &rule, &error.to_string()));
            }
        }
    }
    scores.into_iter().next()
}

/// A fault at a path of the regulation.
fn at(path: &str, value: &str, why: &str) -> Faults {
    let fault = json!({"fault": "bad-value", "path": path, "value": value});
    Faults(vec![with_message(fault, &format!("`{path}`: {why}"))])
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

/// Faults with the paths that they have in the document.
fn option_faults(prefix: &str, found: &[OptionFault]) -> Faults {
    let fault = |fault: &OptionFault| {
        let mut value = serde_json::to_value(fault).unwrap_or_default();
        if let Some(path) = value.get_mut("path") {
            *path = json!(format!("{prefix}{}", path.as_str().unwrap_or_default()));
        }
        with_message(value, &fault.to_string())
    };
    Faults(found.iter().map(fault).collect())
}
