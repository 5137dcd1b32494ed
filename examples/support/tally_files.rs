//! The files of `tally`: projects, quartiers, votes, totals, announcements.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;

use encoding_rs::WINDOWS_1252;
use quartier::election::{
    Area, Election, Instance, InstanceBuilder, LookAlikes, Project, ZeroCost,
};
use quartier::pabulib::read_bytes;
use quartier::tally::read::{
    ReadError, ReadOptions, VotesCsv, VotesJson, attributes_of_election, read_aggregates_csv,
    read_areas_csv, read_manifest_csv, read_projects_csv, votes_of_election,
};
use quartier::tally::table::Diagnostics;
use quartier::tally::{
    AnomalyCheck, BallotRules, CastVote, Intake, Manifest, ManifestRow, Marks, PseudonymKey,
    PseudonymMethod, Ruling,
};
use serde::Deserialize;

use crate::Failure;
use crate::input::{Encoding, is_standard_input, read_path};
use crate::status::Stop;
use crate::tallied::Faults;
use crate::tally_args::TallyArgs;

/// What is there beside the votes.
pub(crate) struct Files {
    pub(crate) instance: Instance,
    pub(crate) manifest: Option<Manifest>,
    pub(crate) checks: Vec<AnomalyCheck>,
    rulings: Vec<Ruling>,
    key: Option<PseudonymKey>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rulings {
    ruling: Vec<Ruling>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Checks {
    check: Vec<AnomalyCheck>,
}

impl Files {
    pub(crate) fn read(args: &TallyArgs, rules: &BallotRules) -> Result<Files, Failure> {
        if args
            .votes
            .iter()
            .filter(|path| is_standard_input(path))
            .count()
            > 1
        {
            return Err(Stop::Usage(
                "`-` is standard input, which can be read once only".to_owned(),
            )
            .into());
        }
        Ok(Files {
            instance: instance(args, rules)?,
            manifest: args
                .manifest
                .as_deref()
                .map(|path| manifest(args, path))
                .transpose()?,
            checks: match &args.checks {
                Some(path) => document::<Checks>(path)?.check,
                None => Vec::new(),
            },
            rulings: match &args.rulings {
                Some(path) => document::<Rulings>(path)?.ruling,
                None => Vec::new(),
            },
            key: key(args)?,
        })
    }

    /// Hands all votes, totals and rulings to the intake, and tells what was found in the files.
    pub(crate) fn receive(
        &self,
        args: &TallyArgs,
        intake: &mut Intake<'_>,
    ) -> Result<Vec<Diagnostics>, Failure> {
        let mut diagnostics = Vec::new();
        for path in &args.votes {
            let mut buffer = String::new();
            diagnostics.push(votes(
                args,
                path,
                intake,
                &mut |intake, vote| match &self.key {
                    Some(key) => intake.cast(&key.disguise(*vote, &mut buffer)),
                    None => intake.cast(vote),
                },
            )?);
        }
        if let Some(path) = &args.aggregates {
            let read = refused(read_aggregates_csv(
                open(args, path)?,
                &name(path),
                &options(args),
            ))?;
            read.aggregates()
                .into_iter()
                .for_each(|totals| intake.aggregate(totals));
            diagnostics.push(read.diagnostics);
        }
        for ruling in &self.rulings {
            intake.rule(ruling.clone());
        }
        Ok(diagnostics)
    }
}

/// Reads one file of votes and hands each on.
fn votes(
    args: &TallyArgs,
    path: &Path,
    intake: &mut Intake<'_>,
    sink: &mut dyn FnMut(&mut Intake<'_>, &CastVote<'_>),
) -> Result<Diagnostics, Failure> {
    let name = name(path);
    let read = match ending(path) {
        "pb" => {
            let election = archived(args, path)?;
            let source = intake.source(&name, &attributes_of_election(&election));
            votes_of_election(&election, &name, source, &mut |vote| sink(intake, vote))
        }
        "json" | "jsonl" => {
            let votes = refused(VotesJson::open(open(args, path)?, &name, &options(args)))?;
            let source = intake.source(&name, &votes.attributes());
            votes.read(source, &mut |vote| sink(intake, vote))
        }
        _ => {
            let votes = refused(VotesCsv::open(open(args, path)?, &name, &options(args)))?;
            let source = intake.source(&name, &votes.attributes());
            let read = votes.read(source, &mut |vote| sink(intake, vote));
            refused(read.map_err(ReadError::from))?
        }
    };
    Ok(read.diagnostics)
}

fn instance(args: &TallyArgs, rules: &BallotRules) -> Result<Instance, Failure> {
    let builder = if let Some(path) = &args.election {
        let election = archived(args, path)?;
        let instance = election.instance();
        return match args.budget {
            Some(budget) => instance
                .with_budget(budget)
                .ok_or_else(|| Stop::Usage("--budget cannot be negative".to_owned()).into()),
            None => Ok(instance.clone()),
        };
    } else if let Some(path) = &args.projects {
        let read = refused(read_projects_csv(
            open(args, path)?,
            &name(path),
            &options(args),
        ))?;
        with_areas(args, read.projects)?
    } else {
        let projects = named(args, rules)?
            .into_iter()
            .map(|id| Project::new(id, 0));
        let builder = with_areas(args, projects.collect())?;
        // Nobody says what they cost, and it does not matter here.
        builder
            .zero_cost(ZeroCost::Allowed)
            .look_alikes(LookAlikes::Allowed)
    };
    let built = builder.budget(args.budget.unwrap_or_default()).build();
    built.map_err(|problems| Faults::one("election", &problems.to_string()).into())
}

fn with_areas(args: &TallyArgs, projects: Vec<Project>) -> Result<InstanceBuilder, Failure> {
    let mut builder = Instance::builder();
    if let Some(path) = &args.areas {
        let read = refused(read_areas_csv(
            open(args, path)?,
            &name(path),
            &options(args),
        ))?;
        builder = read.areas.into_iter().fold(builder, InstanceBuilder::area);
    } else {
        let named: BTreeSet<&String> = projects.iter().flat_map(|project| &project.areas).collect();
        builder = named
            .into_iter()
            .fold(builder, |builder, id| builder.area(Area::new(id)));
    }
    projects
        .into_iter()
        .for_each(|project| builder.push_project(project));
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
    Ok(ids)
}

fn manifest(args: &TallyArgs, path: &Path) -> Result<Manifest, Failure> {
    let read = refused(read_manifest_csv(
        open(args, path)?,
        &name(path),
        &options(args),
    ))?;
    let rows = read.rows.iter().map(|row| ManifestRow {
        channel: row.channel.clone(),
        station: row.station.clone(),
        received: row.received,
        blank: row.blank,
        void: row.void,
    });
    Manifest::new(rows).map_err(|faults| {
        Faults::of("manifest", &faults.iter().cloned().collect::<Vec<_>>()).into()
    })
}

fn key(args: &TallyArgs) -> Result<Option<PseudonymKey>, Failure> {
    let (Some(method), Some(path)) = (&args.pseudonyms, &args.pseudonym_key) else {
        return Ok(None);
    };
    let method: Result<PseudonymMethod, _> = method.parse();
    method.map_err(|error| Stop::Usage(format!("--pseudonyms: {error}")))?;
    let bytes = read_path(path).map_err(Stop::Input)?;
    let key = PseudonymKey::from_bytes(&bytes);
    Ok(Some(key.map_err(|error| {
        Stop::Input(format!("{}: {error}", path.display()))
    })?))
}

/// An election: `.pb`, or the crate's own JSON form.
fn archived(args: &TallyArgs, path: &Path) -> Result<Election, Failure> {
    let bytes = read_path(path).map_err(Stop::Input)?;
    if ending(path) == "json" {
        return serde_json::from_slice(&bytes).map_err(|error| {
            Faults::one("election", &format!("{}: {error}", path.display())).into()
        });
    }
    let options = if args.lenient {
        quartier::pabulib::ReadOptions::lenient()
    } else {
        quartier::pabulib::ReadOptions::strict()
    };
    let read = read_bytes(&bytes, &options);
    match read {
        Ok(document) => Ok(document.into_election()),
        Err(problems) => {
            Err(Faults::one("election", &format!("{}:\n{problems}", path.display())).into())
        }
    }
}

/// A small TOML or JSON document.
fn document<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, Stop> {
    let bytes = read_path(path).map_err(Stop::Input)?;
    let place = path.display();
    let text = String::from_utf8(bytes)
        .map_err(|error| Stop::Input(format!("{place} is not UTF-8: {error}")))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if ending(path) == "json" || text.trim_start().starts_with('{') {
        return serde_json::from_str(text)
            .map_err(|error| Stop::Input(format!("{place}: {error}")));
    }
    toml::from_str(text).map_err(|error| Stop::Input(format!("{place}: {error}")))
}

fn open(args: &TallyArgs, path: &Path) -> Result<Box<dyn BufRead>, Stop> {
    let source: Box<dyn Read> =
        if is_standard_input(path) {
            Box::new(std::io::stdin())
        } else {
            let file = File::open(path);
            Box::new(file.map_err(|error| {
                Stop::Input(format!("{} cannot be read: {error}", path.display()))
            })?)
        };
    let mut source = BufReader::with_capacity(1 << 16, source);
    if args.encoding == Encoding::Utf8 {
        return Ok(Box::new(source));
    }
    let mut bytes = Vec::new();
    let read = source.read_to_end(&mut bytes);
    read.map_err(|error| Stop::Input(format!("{} cannot be read: {error}", path.display())))?;
    Ok(Box::new(Cursor::new(
        WINDOWS_1252.decode(&bytes).0.into_owned().into_bytes(),
    )))
}

fn options(args: &TallyArgs) -> ReadOptions {
    if args.lenient {
        ReadOptions::lenient()
    } else {
        ReadOptions::strict()
    }
}

fn refused<T>(read: Result<T, ReadError>) -> Result<T, Failure> {
    read.map_err(|error| match error {
        ReadError::Refused(diagnostics) => Faults::of_diagnostics(&diagnostics).into(),
        other => Stop::Input(other.to_string()).into(),
    })
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn ending(path: &Path) -> &str {
    path.extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or("")
}
