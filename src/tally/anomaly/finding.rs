//! What was found.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::exact::Ratio;

/// The most examples of one finding.
pub(super) const EXAMPLES: usize = 10;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// What kind of thing was found. It says what [`Anomaly::figure`] and [`Anomaly::limit`] count.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum AnomalyCode {
            $($(#[$doc])* $name,)*
        }

        impl AnomalyCode {
            /// The stable kebab-case code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(AnomalyCode::$name => $code,)*
                }
            }
        }
    };
}

codes! {
    /// The votes that share a value.
    SharedValue = "shared-value";
    /// The value, and the bound that it is beyond.
    OutOfRange = "out-of-range";
    /// The votes with a value that is no number, of which there should be 0.
    NotANumber = "not-a-number";
    /// The length of a run of equal ballots.
    EqualRun = "equal-run";
    /// The most votes within the time.
    Burst = "burst";
    /// The share of ballots with fewer marks than there could be.
    Incomplete = "incomplete";
    /// The share of ballots that name none of the projects.
    NamesNone = "names-none";
    /// The voters with votes in several channels.
    SeveralChannels = "several-channels";
    /// The voters with several votes in the channel.
    SeveralVotes = "several-votes";
    /// The ids that look alike, of which there should be 1.
    LookAlikes = "look-alikes";
    /// The id has a character that cannot be seen; the number of such characters, of which there should be 0.
    InvisibleCharacter = "invisible-character";
    /// The accepted votes of a station, of which there should be at least 1.
    EmptyStation = "empty-station";
    /// The votes that a station received, and the number of which they are a multiple.
    RoundFigure = "round-figure";
    /// The total of this edition, and the bound that it is beyond.
    FormerEdition = "former-edition";
}

impl fmt::Display for AnomalyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for AnomalyCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Where something was found. What does not apply is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct AnomalyPlace {
    /// The source, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The quartier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// The station.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub station: Option<String>,
    /// The further column, or the projects' name of a `names-none` check, or the kind of a former total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// The value, shortened to 100 characters and with what cannot be seen written out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Where it begins: a time or a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Where it ends, included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A figure beyond its limit. It is a question, not a verdict: nothing is set aside for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Anomaly {
    /// Which of the checks found it, from 0.
    pub check: usize,
    /// What was found.
    pub code: AnomalyCode,
    /// Where.
    pub place: AnomalyPlace,
    /// The figure; see [`AnomalyCode`] for what it counts.
    pub figure: Ratio,
    /// The limit.
    pub limit: Ratio,
    /// How many votes it is about.
    pub votes: u64,
    /// Up to ten of them, the first ones, by their number in the [`Register`](crate::tally::Register).
    pub examples: Vec<usize>,
}

/// Votes that belong together.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) votes: u64,
    pub(super) examples: Vec<usize>,
}

impl Group {
    pub(super) fn add(&mut self, row: usize, votes: u64) {
        // All votes together are at most 2^63.
        self.votes = self.votes.saturating_add(votes);
        if self.examples.len() < EXAMPLES {
            self.examples.push(row);
        }
    }
}

impl Anomaly {
    pub(super) fn new(
        code: AnomalyCode,
        place: AnomalyPlace,
        figure: impl Into<Ratio>,
        limit: impl Into<Ratio>,
        group: Group,
    ) -> Anomaly {
        Anomaly {
            check: 0,
            code,
            place,
            figure: figure.into(),
            limit: limit.into(),
            votes: group.votes,
            examples: group.examples,
        }
    }
}

/// A value from the votes as a report may print it.
pub(super) fn shown(value: &str) -> String {
    value
        .chars()
        .take(100)
        .flat_map(|c| {
            let escaped = crate::election::is_invisible(c);
            let written = escaped.then(|| c.escape_unicode());
            let plain = (!escaped).then_some(c);
            written.into_iter().flatten().chain(plain)
        })
        .collect()
}

impl fmt::Display for AnomalyPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("source", &self.source),
            ("channel", &self.channel),
            ("area", &self.area),
            ("station", &self.station),
            ("of", &self.what),
            ("value", &self.value),
            ("from", &self.from),
            ("until", &self.until),
        ];
        let mut parts = parts
            .iter()
            .filter_map(|(name, part)| Some((name, part.as_ref()?)));
        match parts.next() {
            None => f.write_str("the whole vote"),
            Some((name, part)) => {
                write!(f, "{name} `{part}`")?;
                parts.try_for_each(|(name, part)| write!(f, ", {name} `{part}`"))
            }
        }
    }
}

impl fmt::Display for Anomaly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |value: &Ratio| {
            if value.is_integer() {
                value.to_string()
            } else {
                format!("{value} ({}%)", value.mul_int(100).decimal(1))
            }
        };
        write!(
            f,
            "{}: {}: {} where the limit is {}; {} votes",
            self.code,
            self.place,
            number(&self.figure),
            number(&self.limit),
            self.votes
        )?;
        for (at, row) in self.examples.iter().enumerate() {
            write!(f, "{}{row}", if at == 0 { ", such as rows " } else { ", " })?;
        }
        Ok(())
    }
}
