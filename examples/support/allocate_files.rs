//! The election: from one file, from tables that are tallied by the regulation, or the sample city.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;

use quartier::election::{Area, Election, Instance, InstanceBuilder, Project, ZeroCost};
use quartier::law::Law;
use quartier::pabulib::read_bytes;
use quartier::regulation::Regulation;
use quartier::tally::read::{
    ReadError, ReadOptions, VotesCsv, read_aggregates_csv, read_areas_csv, read_projects_csv,
};
use quartier::tally::{Counts, Intake};

use crate::Ended;
use crate::allocate_args::AllocateArgs;
use crate::allocate_json::Failed;
use crate::allocate_lists::{self, List};
use crate::input::{decoded, read_path};
use crate::sample_city;
use crate::status::Stop;

/// A table and what it is called in messages.
struct Table {
    name: String,
    text: Vec<u8>,
}

pub(crate) fn election(
    args: &AllocateArgs,
    regulation: &Regulation,
) -> Result<(Election, Option<Counts>), Ended> {
    if !args.election.is_empty() {
        return lists(args, regulation.law()).map(|election| (election, None));
    }
    let rules = regulation.ballots();
    let (projects, areas, votes, aggregates) = if args.is_sample() {
        let sample = sample_city::tables();
        let table = |(name, text): &(&str, String)| Table {
            name: (*name).to_owned(),
            text: text.clone().into_bytes(),
        };
        (
            table(&sample.projects),
            Some(table(&sample.areas)),
            sample.votes.iter().map(table).collect(),
            None,
        )
    } else {
        let Some(projects) = &args.projects else {
            return Err(Stop::Usage("--projects is missing".to_owned()).into());
        };
        let read = |path: &Path| table(args, path);
        let votes: Result<Vec<Table>, Stop> = args.votes.iter().map(|path| read(path)).collect();
        (
            read(projects)?,
            args.areas.as_deref().map(read).transpose()?,
            votes?,
            args.aggregates.as_deref().map(read).transpose()?,
        )
    };
    let options = options(args);
    let instance = instance(&projects, areas.as_ref(), &options)?;
    let mut intake =
        Intake::new(&instance, rules).map_err(|error| Failed::error(&error.to_string()))?;
    for table in &votes {
        let opened = VotesCsv::open(Cursor::new(&table.text[..]), &table.name, &options);
        let opened = refused(opened)?;
        let source = intake.source(&table.name, &opened.attributes());
        let read = opened.read(source, &mut |vote| intake.cast(vote));
        refused(read)?;
    }
    if let Some(table) = &aggregates {
        let read = refused(read_aggregates_csv(&table.text[..], &table.name, &options))?;
        read.aggregates()
            .into_iter()
            .for_each(|totals| intake.aggregate(totals));
    }
    let tally = intake.close().map_err(|errors| {
        let errors: Vec<String> = errors.errors().iter().map(ToString::to_string).collect();
        Failed::error(&errors.join("\n"))
    })?;
    let election = tally
        .election()
        .map_err(|problems| Failed::error(&problems.to_string()))?;
    let counts = tally.ledger().total();
    Ok((election, Some(counts)))
}

/// Files that have it all: one, or several lists that were voted on apart.
fn lists(args: &AllocateArgs, law: &Law) -> Result<Election, Ended> {
    let lists: Vec<List> = args.election.iter().map(|text| List::of(text)).collect();
    if let ([list], None, false) = (lists.as_slice(), &args.areas, args.qualify)
        && list.name.is_none()
    {
        return single(args, &list.path);
    }
    let areas = match &args.areas {
        Some(path) => {
            let table = table(args, path)?;
            refused(read_areas_csv(&table.text[..], &table.name, &options(args)))?.areas
        }
        None => Vec::new(),
    };
    let mut read = Vec::new();
    for list in lists {
        let election = single(args, &list.path)?;
        read.push((list, election));
    }
    allocate_lists::joined(read, areas, args.qualify, law)
}

fn options(args: &AllocateArgs) -> ReadOptions {
    if args.lenient {
        ReadOptions::lenient()
    } else {
        ReadOptions::strict()
    }
}

/// One file that has it all.
fn single(args: &AllocateArgs, path: &Path) -> Result<Election, Ended> {
    let bytes = decoded(read_path(path).map_err(Stop::Input)?, args.encoding);
    let wrong = |why: String| Ended::from(Failed::error(&format!("{}: {why}", path.display())));
    if path.extension().is_some_and(|ending| ending == "json") {
        return serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()));
    }
    let options = if args.lenient {
        quartier::pabulib::ReadOptions::lenient()
    } else {
        quartier::pabulib::ReadOptions::strict()
    };
    let read = read_bytes(&bytes, &options);
    let document = read.map_err(|problems| wrong(format!("\n{problems}")))?;
    Ok(document.into_election())
}

fn instance(
    projects: &Table,
    areas: Option<&Table>,
    options: &ReadOptions,
) -> Result<Instance, Ended> {
    let projects = refused(read_projects_csv(
        &projects.text[..],
        &projects.name,
        options,
    ))?
    .projects;
    let areas = match areas {
        Some(table) => refused(read_areas_csv(&table.text[..], &table.name, options))?.areas,
        None => named(&projects),
    };
    let builder = areas
        .into_iter()
        .fold(Instance::builder(), InstanceBuilder::area);
    let mut builder = builder.budget(0).zero_cost(ZeroCost::Refused);
    for project in projects {
        builder.push_project(project);
    }
    builder
        .build()
        .map_err(|problems| Failed::error(&problems.to_string()).into())
}

/// The areas that projects name, where there is no table of them.
fn named(projects: &[Project]) -> Vec<Area> {
    let ids: BTreeSet<&String> = projects.iter().flat_map(|project| &project.areas).collect();
    ids.into_iter().map(Area::new).collect()
}

fn table(args: &AllocateArgs, path: &Path) -> Result<Table, Stop> {
    let text = decoded(read_path(path).map_err(Stop::Input)?, args.encoding);
    Ok(Table {
        name: path.display().to_string(),
        text,
    })
}

fn refused<T>(read: Result<T, ReadError>) -> Result<T, Ended> {
    read.map_err(|error| Failed::error(&error.to_string()).into())
}
