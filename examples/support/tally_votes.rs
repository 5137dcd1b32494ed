//! The votes of `tally`: every file handed to the intake once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use quartier::election::BallotKind;
use quartier::tally::anomaly::look_alike_ids;
use quartier::tally::pseudonym::PseudonymKey;
use quartier::tally::read::{
    PlaceUnit, VotesCsv, VotesJson, VotesRead, attributes_of_election, read_aggregates_csv,
    votes_of_election,
};
use quartier::tally::table::Diagnostics;
use quartier::tally::{BallotRules, CastVote, ExcessPolicy, Intake};
use sha2::{Digest, Sha256};

use crate::Failure;
use crate::input::is_standard_input;
use crate::status::Stop;
use crate::tallied::Faults;
use crate::tally_args::TallyArgs;
use crate::tally_files::{Files, archived, ending, name, open, options, refused, shown};

/// What was found beside the votes.
pub(crate) struct Received {
    pub(crate) diagnostics: Vec<Diagnostics>,
    /// What people should know of the files.
    pub(crate) notes: Vec<String>,
    /// Pseudonyms of ids that look alike, looked for before the ids were replaced.
    pub(crate) look_alikes: Vec<(String, String)>,
}

/// Hands all votes, totals and rulings to the intake, and tells what was found in the files.
pub(crate) fn receive(
    files: &Files,
    args: &TallyArgs,
    intake: &mut Intake<'_>,
) -> Result<Received, Failure> {
    let (mut diagnostics, mut notes) = (Vec::new(), Vec::new());
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut digests: BTreeMap<[u8; 32], &Path> = BTreeMap::new();
    let mut twice = Faults(Vec::new());
    for path in &args.votes {
        let mut buffer = String::new();
        let read = votes(args, path, intake, &mut |intake, vote| match &files.key {
            Some(key) => {
                if !vote.voter.is_empty() && !ids.contains(vote.voter) {
                    ids.insert(vote.voter.to_owned());
                }
                intake.cast(&key.disguise(*vote, &mut buffer));
            }
            None => intake.cast(vote),
        })?;
        // Two stations without a vote may well have equal files.
        if read.rows > 0
            && let Some(digest) = digest(path)?
            && let Some(first) = digests.insert(digest, path)
        {
            let message = format!(
                "{} and {} are the same, byte for byte: its votes would be counted twice; give it once, or a column \
                 `station` if these are votes of two stations",
                first.display(),
                path.display()
            );
            twice.add(Faults::one("repeated-file", &message));
        }
        if read.unit == PlaceUnit::Record {
            let note = "is no table: where a column or key is called `line`, it is the number of the record, from 1";
            notes.push(format!("{} {note}", path.display()));
        }
        diagnostics.push(shown(args, read.diagnostics));
    }
    twice.or(())?;
    if let Some(path) = &args.aggregates {
        let read = read_aggregates_csv(open(args, path)?, &name(path), &options(args));
        let read = refused(args, read)?;
        read.aggregates()
            .into_iter()
            .for_each(|totals| intake.aggregate(totals));
        diagnostics.push(shown(args, read.diagnostics));
    }
    for ruling in &files.rulings {
        intake.rule(ruling.clone());
    }
    Ok(Received {
        diagnostics,
        notes,
        look_alikes: files
            .key
            .as_ref()
            .map_or(Vec::new(), |key| disguised(key, &ids)),
    })
}

/// Pairs of ids that look alike, by their pseudonyms: the register knows no other names.
fn disguised(key: &PseudonymKey, ids: &BTreeSet<String>) -> Vec<(String, String)> {
    let pseudonym = |id: &str| {
        key.pseudonym(id)
            .map(|name| name.to_string())
            .unwrap_or_default()
    };
    look_alike_ids(ids.iter().map(String::as_str))
        .into_iter()
        .map(|(id, other)| (pseudonym(id), pseudonym(other)))
        .collect()
}

/// SHA-256 of a file; `None` of standard input, which is gone when it has been read.
fn digest(path: &Path) -> Result<Option<[u8; 32]>, Stop> {
    if is_standard_input(path) {
        return Ok(None);
    }
    let failed = |error| Stop::Input(format!("{} cannot be read: {error}", path.display()));
    let mut file = File::open(path).map_err(failed)?;
    let (mut digest, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        let length = file.read(&mut buffer).map_err(failed)?;
        if length == 0 {
            return Ok(Some(digest.finalize().into()));
        }
        digest.update(buffer.get(..length).unwrap_or_default());
    }
}

/// Reads one file of votes and hands each on.
pub(crate) fn votes(
    args: &TallyArgs,
    path: &Path,
    intake: &mut Intake<'_>,
    sink: &mut dyn FnMut(&mut Intake<'_>, &CastVote<'_>),
) -> Result<VotesRead, Failure> {
    let name = name(path);
    match ending(path) {
        "pb" => {
            let election = archived(args, path)?;
            let source = intake.source(&name, &attributes_of_election(&election));
            let read = votes_of_election(&election, &name, source, &mut |vote| {
                sink(intake, vote);
            });
            intake.unit(source, read.unit);
            Ok(read)
        }
        "json" | "jsonl" => {
            let votes = VotesJson::open(open(args, path)?, &name, &options(args));
            let votes = refused(args, votes)?;
            let source = intake.source(&name, &votes.attributes());
            let read = votes.read(source, &mut |vote| sink(intake, vote));
            intake.unit(source, read.unit);
            Ok(read)
        }
        _ => {
            let votes = VotesCsv::open(open(args, path)?, &name, &options(args));
            let votes = refused(args, votes)?;
            let source = intake.source(&name, &votes.attributes());
            let read = votes.read(source, &mut |vote| sink(intake, vote));
            refused(args, read)
        }
    }
}

/// Sources that cannot be tallied by these rules: elections of the archive do not keep in which order a voter named the
/// projects, and cutting a ballot off depends on it.
pub(crate) fn without_order(args: &TallyArgs, rules: &BallotRules) -> Faults {
    let cuts = rules.invalid.excess == ExcessPolicy::Truncate;
    let is_ordered = rules.form.kind() == BallotKind::Ranked;
    let concerned = args.votes.iter().filter(|path| ending(path) == "pb");
    let message = |path: &std::path::PathBuf| {
        format!(
            "{}: `invalid = truncate` cuts off what a voter named last, and a `.pb` file does not keep the voter's order: \
             give the votes as a table, or choose void",
            path.display()
        )
    };
    let messages: Vec<String> = concerned
        .filter(|_| cuts && !is_ordered)
        .map(message)
        .collect();
    Faults::of("no-order", &messages)
}
