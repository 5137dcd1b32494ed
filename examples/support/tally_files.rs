//! The files of `tally`: totals, announcements, rulings, the key; how files are opened and named.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;

use encoding_rs::WINDOWS_1252;
use quartier::election::{Election, Instance};
use quartier::pabulib::read_bytes;
use quartier::tally::Ruling;
use quartier::tally::anomaly::AnomalyCheck;
use quartier::tally::manifest::{Manifest, ManifestFaults};
use quartier::tally::pseudonym::{PseudonymKey, PseudonymMethod};
use quartier::tally::read::{ReadError, ReadOptions, read_manifest_csv};
use quartier::tally::table::Diagnostics;
use serde::Deserialize;

use crate::Failure;
use crate::input::{Encoding, decoded, is_standard_input, read_path};
use crate::status::Stop;
use crate::tallied::Faults;
use crate::tally_args::TallyArgs;
use crate::tally_instance;
use crate::tally_rules::Choices;

/// What is there beside the votes.
pub(crate) struct Files {
    pub(crate) instance: Instance,
    pub(crate) manifest: Option<Manifest>,
    pub(crate) checks: Vec<AnomalyCheck>,
    pub(crate) rulings: Vec<Ruling>,
    pub(crate) key: Option<PseudonymKey>,
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
    pub(crate) fn read(args: &TallyArgs, choices: &Choices) -> Result<Files, Failure> {
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
            instance: tally_instance::instance(args, choices)?,
            manifest: args
                .manifest
                .as_deref()
                .map(|path| manifest(args, path))
                .transpose()?,
            checks: match &args.checks {
                Some(path) => document::<Checks>(args, path)?.check,
                None => Vec::new(),
            },
            rulings: match &args.rulings {
                Some(path) => document::<Rulings>(args, path)?.ruling,
                None => Vec::new(),
            },
            key: key(args)?,
        })
    }
}

fn manifest(args: &TallyArgs, path: &Path) -> Result<Manifest, Failure> {
    let read = refused(
        args,
        read_manifest_csv(open(args, path)?, &name(path), &options(args)),
    )?;
    let faults =
        |faults: ManifestFaults| Faults::of("manifest", &faults.iter().collect::<Vec<_>>());
    Ok(read.manifest().map_err(faults)?)
}

fn key(args: &TallyArgs) -> Result<Option<PseudonymKey>, Failure> {
    let (Some(method), Some(path)) = (&args.pseudonyms, &args.pseudonym_key) else {
        return Ok(None);
    };
    let method: Result<PseudonymMethod, _> = method.parse();
    method.map_err(|error| Stop::Usage(format!("--pseudonyms: {error}")))?;
    let bytes = read_path(path).map_err(Stop::Input)?;
    // An editor may have ended the line: two copies of a key, with and without, are one key.
    let key = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    let key = PseudonymKey::from_bytes(key.strip_suffix(b"\r").unwrap_or(key));
    Ok(Some(key.map_err(|error| {
        Stop::Input(format!("{}: {error}", path.display()))
    })?))
}

/// An election: `.pb`, or the crate's own JSON form.
pub(crate) fn archived(args: &TallyArgs, path: &Path) -> Result<Election, Failure> {
    let bytes = decoded(read_path(path).map_err(Stop::Input)?, args.encoding);
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
fn document<T: for<'de> Deserialize<'de>>(args: &TallyArgs, path: &Path) -> Result<T, Stop> {
    let text = text_of(args, path)?;
    let place = path.display();
    if ending(path) == "json" || text.trim_start().starts_with('{') {
        return serde_json::from_str(&text)
            .map_err(|error| Stop::Input(format!("{place}: {error}")));
    }
    toml::from_str(&text).map_err(|error| Stop::Input(format!("{place}: {error}")))
}

/// The text of a small file, without a byte-order mark.
pub(crate) fn text_of(args: &TallyArgs, path: &Path) -> Result<String, Stop> {
    let bytes = decoded(read_path(path).map_err(Stop::Input)?, args.encoding);
    let text = String::from_utf8(bytes).map_err(|error| {
        Stop::Input(format!(
            "{} is not UTF-8 (is it `--encoding windows-1252`?): {error}",
            path.display()
        ))
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or(text.clone(), str::to_owned))
}

pub(crate) fn open(args: &TallyArgs, path: &Path) -> Result<Box<dyn BufRead>, Stop> {
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

pub(crate) fn options(args: &TallyArgs) -> ReadOptions {
    if args.lenient {
        ReadOptions::lenient()
    } else {
        ReadOptions::strict()
    }
}

/// What was read, or all that is wrong with it; with places only where the ids of voters are secret.
pub(crate) fn refused<T>(args: &TallyArgs, read: Result<T, ReadError>) -> Result<T, Failure> {
    read.map_err(|error| match error {
        ReadError::Refused(found) => Faults::of_diagnostics(&shown(args, found)).into(),
        other => Stop::Input(other.to_string()).into(),
    })
}

/// Problems as they may be shown.
pub(crate) fn shown(args: &TallyArgs, found: Diagnostics) -> Diagnostics {
    if args.pseudonyms.is_some() {
        found.places_only()
    } else {
        found
    }
}

/// A source has the name of its path as it was given, so that two stations' `votes.csv` are two sources.
pub(crate) fn name(path: &Path) -> String {
    path.display().to_string()
}

pub(crate) fn ending(path: &Path) -> &str {
    path.extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or("")
}
