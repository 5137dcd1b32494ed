//! Grouped ballots as a document: what serde reads and writes.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::election::{Ballot, BallotKind, VoterClass};
use crate::exact::Ratio;

use super::{GroupedBallot, GroupedBallots};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Document {
    kind: BallotKind,
    rows: Vec<DocumentRow>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct DocumentRow {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    channel: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    area: String,
    vote: Ballot,
    count: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weight: Option<Ratio>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    endowment: Option<Ratio>,
}

impl Serialize for GroupedBallots {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let one = Ratio::from(1_u32);
        let other = |value: Ratio| (value != one).then_some(value);
        let row = |row: GroupedBallot| DocumentRow {
            channel: row.channel,
            area: row.area,
            vote: row.ballot,
            count: row.count,
            weight: other(row.class.weight),
            endowment: other(row.class.endowment),
        };
        Document {
            kind: self.kind,
            rows: self.rows().map(row).collect(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for GroupedBallots {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<GroupedBallots, D::Error> {
        let document = Document::deserialize(deserializer)?;
        let one = || Ratio::from(1_u32);
        let mut ballots = GroupedBallots::new(document.kind);
        for (number, row) in (1_u64..).zip(document.rows) {
            let grouped = GroupedBallot {
                channel: row.channel,
                area: row.area,
                ballot: row.vote,
                count: row.count,
                class: VoterClass {
                    weight: row.weight.unwrap_or_else(one),
                    endowment: row.endowment.unwrap_or_else(one),
                },
            };
            let added = ballots.add_row(&grouped);
            added.map_err(|error| de::Error::custom(format!("row {number}: {error}")))?;
        }
        Ok(ballots)
    }
}
