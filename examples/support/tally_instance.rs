//! What is voted on in `tally`: projects, quartiers, the budget.

use std::collections::BTreeSet;

use quartier::election::{Area, Instance, InstanceBuilder, LookAlikes, Money, Project, ZeroCost};
use quartier::tally::read::{read_areas_csv, read_projects_csv};
use quartier::tally::{BallotRules, Bounds, CostBound, Intake, Marks};

use crate::Failure;
use crate::input::is_standard_input;
use crate::status::Stop;
use crate::tallied::Faults;
use crate::tally_args::TallyArgs;
use crate::tally_files::{archived, name, open, options, refused};
use crate::tally_rules::Choices;
use crate::tally_votes::votes;

pub(crate) fn instance(args: &TallyArgs, choices: &Choices) -> Result<Instance, Failure> {
    let budget = budget(args, choices)?;
    let builder = if let Some(path) = &args.election {
        let election = archived(args, path)?;
        let instance = election.instance();
        return match budget {
            Some(budget) => instance
                .with_budget(budget)
                .ok_or_else(|| Stop::Usage("the budget cannot be negative".to_owned()).into()),
            None => Ok(instance.clone()),
        };
    } else if let Some(path) = &args.projects {
        let read = refused(
            args,
            read_projects_csv(open(args, path)?, &name(path), &options(args)),
        )?;
        with_areas(args, read.projects)?
    } else {
        let projects = named(args, &choices.rules)?
            .into_iter()
            .map(|id| Project::new(id, 0));
        let builder = with_areas(args, projects.collect())?;
        // Nobody says what they cost, and nothing in the rules asks.
        builder
            .zero_cost(ZeroCost::Allowed)
            .look_alikes(LookAlikes::Allowed)
    };
    let built = builder.budget(budget.unwrap_or_default()).build();
    built.map_err(|problems| Faults::one("election", &problems.to_string()).into())
}

/// The budget that was given, once; an error where ballots are measured against one that nobody gave.
fn budget(args: &TallyArgs, choices: &Choices) -> Result<Option<Money>, Failure> {
    let mut faults = Faults(Vec::new());
    if let (Some(given), Some(voted)) = (args.budget, choices.voted)
        && given != voted
    {
        let message = format!(
            "--budget says {given}, and `envelope.voted` of the regulation {voted}: leave one out"
        );
        faults.add(Faults::one("contradiction", &message));
    }
    let parts = choices.rules.parts.iter().map(|part| &part.bounds);
    let bounds: Vec<&Bounds> = std::iter::once(&choices.rules.bounds)
        .chain(parts)
        .collect();
    let budget = args.budget.or(choices.voted);
    let of_budget = |bounds: &&Bounds| bounds.max_cost == Some(CostBound::Budget);
    if budget.is_none() && args.election.is_none() && bounds.iter().any(of_budget) {
        let message = "the budget is missing, and a ballot may spend it: give --budget, or `voted` in the table \
                       `[envelope]` of the regulation";
        faults.add(Faults::one("budget-missing", message));
    }
    let of_costs = |bounds: &&Bounds| bounds.max_cost.is_some() || bounds.min_cost.is_some();
    if args.projects.is_none() && args.election.is_none() && bounds.iter().any(of_costs) {
        let message = "the rules limit what a ballot may cost, and nobody says what projects cost: give --projects";
        faults.add(Faults::one("projects-missing", message));
    }
    faults.or(budget)
}

fn with_areas(args: &TallyArgs, projects: Vec<Project>) -> Result<InstanceBuilder, Failure> {
    let mut builder = Instance::builder();
    if let Some(path) = &args.areas {
        let read = refused(
            args,
            read_areas_csv(open(args, path)?, &name(path), &options(args)),
        )?;
        builder = read.areas.into_iter().fold(builder, InstanceBuilder::area);
    } else {
        let named: BTreeSet<&String> = projects.iter().flat_map(|project| &project.areas).collect();
        builder = named
            .into_iter()
            .fold(builder, |builder, id| builder.area(Area::new(id)));
    }
    for project in projects {
        builder.push_project(project);
    }
    Ok(builder)
}

/// The ids that the votes name, where there is no list of projects.
fn named(args: &TallyArgs, rules: &BallotRules) -> Result<BTreeSet<String>, Failure> {
    if args.votes.iter().any(|path| is_standard_input(path)) {
        return Err(Stop::Usage(
            "without --projects the votes are read twice, which standard input cannot be"
                .to_owned(),
        )
        .into());
    }
    let none = Instance::builder().budget(0).build();
    let none = none.map_err(|problems| Stop::Input(problems.to_string()))?;
    let mut ids = BTreeSet::new();
    for path in &args.votes {
        let mut scratch =
            Intake::new(&none, rules).map_err(|error| Faults::of("contradiction", &[error]))?;
        votes(args, path, &mut scratch, &mut |_, vote| {
            let marks = Marks::of(vote.content, rules.form.kind(), |_| false);
            ids.extend(marks.iter().map(|mark| mark.project.to_owned()));
        })?;
    }
    let odd: Vec<&String> = ids
        .iter()
        .filter(|id| id.starts_with(['+', '-']) || id.contains([':', '=']))
        .collect();
    if odd.is_empty() {
        return Ok(ids);
    }
    let message = |id: &&String| {
        format!(
            "`{id}` is no project's id as far as anybody can tell, but may be a mark of another form of ballot: give \
             --projects, or another form"
        )
    };
    Err(Faults::of("not-an-id", &odd.iter().map(message).collect::<Vec<_>>()).into())
}
