//! Ballots: what a valid one is, and what happens to the others.

use super::fault::FaultKind;
use super::reader::Reader;
use super::value::Value;

/// What a valid ballot is, which channels count, and what happens to the others.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BallotLaw {
    /// The form.
    pub form: BallotForm,
    /// How many projects a ballot names at least.
    pub min: Option<u32>,
    /// How many projects a ballot names at most; `None` where the form has no such bound.
    pub max: Option<u32>,
    /// What happens to a ballot that is not valid.
    pub invalid: InvalidBallots,
    /// What happens where one voter cast several.
    pub duplicates: Duplicates,
    /// Whether blank ballots count among the ballots that a threshold is a share of.
    pub blank_ballots_count: BlankBallots,
    /// The channels by name, with what they are for.
    pub channels: Vec<(String, ChannelRole)>,
}

/// Whether blank ballots are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlankBallots {
    /// They are ballots like others.
    Count,
    /// They are reported and left out.
    DoNotCount,
}

/// What voters write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BallotForm {
    /// Projects.
    Approval,
    /// Projects in an order.
    Ranked,
    /// Points for projects.
    Points,
    /// A grade for every project.
    Grades,
    /// For and against.
    Signed,
}

/// What happens to a ballot that is not valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidBallots {
    /// It is void.
    Void,
    /// Only its first choices are kept.
    Truncate,
    /// The faulty line is left out.
    DropLine,
}

/// What happens where one voter cast several ballots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Duplicates {
    /// The first counts.
    First,
    /// The last counts.
    Last,
    /// The paper ballot counts.
    PaperWins,
    /// None counts.
    VoidAll,
    /// The votes are not accepted.
    Refuse,
}

/// What a channel is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChannelRole {
    /// Its ballots decide.
    Binding,
    /// Its ballots are published and decide nothing.
    Consultative,
}

const FORMS: &[(&str, BallotForm)] = &[
    ("approval", BallotForm::Approval),
    ("ranked", BallotForm::Ranked),
    ("points", BallotForm::Points),
    ("grades", BallotForm::Grades),
    ("signed", BallotForm::Signed),
];
const INVALID: &[(&str, InvalidBallots)] = &[
    ("void", InvalidBallots::Void),
    ("truncate", InvalidBallots::Truncate),
    ("drop-line", InvalidBallots::DropLine),
];
const DUPLICATES: &[(&str, Duplicates)] = &[
    ("first", Duplicates::First),
    ("last", Duplicates::Last),
    ("paper-wins", Duplicates::PaperWins),
    ("void-all", Duplicates::VoidAll),
    ("refuse", Duplicates::Refuse),
];
const ROLES: &[(&str, ChannelRole)] = &[
    ("binding", ChannelRole::Binding),
    ("consultative", ChannelRole::Consultative),
];

impl BallotLaw {
    pub(super) fn read(reader: Reader<'_>) -> Option<BallotLaw> {
        let form = reader.choice("form", FORMS);
        let min = reader.optional_number("min", 1);
        // Grades and signs are given to as many projects as the voter likes.
        let bounded = !matches!(form, Some(BallotForm::Grades | BallotForm::Signed));
        let max = if bounded {
            reader.number("max").map(Some)
        } else {
            Some(reader.optional_number("max", 1))
        };
        if let (Some(least), Some(Some(most))) = (min, max)
            && least > most
        {
            let why = format!("no ballot names at least {least} and at most {most}");
            reader.fault("min", FaultKind::Contradiction, &[], &why);
        }
        let invalid = reader.choice("invalid", INVALID);
        let duplicates = reader.choice("duplicates", DUPLICATES);
        let blank = read_blank(&reader);
        let channels = read_channels(&reader);
        reader.close();
        Some(BallotLaw {
            form: form?,
            min,
            max: max?,
            invalid: invalid?,
            duplicates: duplicates?,
            blank_ballots_count: blank?,
            channels: channels?,
        })
    }
}

fn read_blank(reader: &Reader<'_>) -> Option<BlankBallots> {
    match reader.require("blank-ballots-count", &["true", "false"])? {
        Value::Flag(true) => Some(BlankBallots::Count),
        Value::Flag(false) => Some(BlankBallots::DoNotCount),
        value => {
            reader.wrong_type("blank-ballots-count", value, &["true", "false"]);
            None
        }
    }
}

fn read_channels(reader: &Reader<'_>) -> Option<Vec<(String, ChannelRole)>> {
    const ALLOWED: &[&str] = &["{ internet = \"binding\", paper = \"binding\" }"];
    let value = reader.require("channels", ALLOWED)?;
    let Value::Table(keys) = value else {
        reader.wrong_type("channels", value, ALLOWED);
        return None;
    };
    let mut channels = Vec::new();
    for (name, value) in keys {
        let key = format!("channels.{name}");
        let text = reader.as_text(&key, value, &["binding", "consultative"])?;
        channels.push((name.clone(), reader.word(&key, text, ROLES)?));
    }
    let binding = channels
        .iter()
        .any(|(_, role)| *role == ChannelRole::Binding);
    if !binding {
        let why = "no channel is binding, so no vote decides anything";
        reader.fault("channels", FaultKind::Contradiction, ALLOWED, why);
    }
    Some(channels)
}
