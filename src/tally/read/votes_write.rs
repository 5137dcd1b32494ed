//! Votes to a table.

use crate::tally::cast::{CastVote, Content, Eligible};
use crate::tally::grouped::ballot_text;
use crate::tally::table::{TableWriter, WriteError};

const COLUMNS: [&str; 8] = [
    "voter_id", "vote", "channel", "area", "station", "time", "eligible", "count",
];

/// Writes votes as a table that [`VotesCsv`](super::VotesCsv) reads, in the order given, with all columns of the
/// form and these attributes.
///
/// A ballot that is a value is written as text, see [`GroupedBallots`](crate::tally::GroupedBallots) for its form.
///
/// # Errors
/// [`WriteError`] if something could not be read back as it is, such as a vote that was unreadable itself, or would be
/// run by a spreadsheet as a formula. (The text of a vote may begin with `+` or `-`: it cannot be changed, and no
/// spreadsheet makes anything but an error of it.)
///
/// ```
/// use quartier::tally::read::write_votes_csv;
/// use quartier::tally::{CastVote, Content};
/// let vote = CastVote { voter: "17", channel: "internet", ..CastVote::new(Content::Text("12,7")) };
/// let text = write_votes_csv(&[], [vote])?;
/// assert_eq!(text, "voter_id;vote;channel;area;station;time;eligible;count\n17;12,7;internet;;;;yes;1\n");
/// # Ok::<(), quartier::tally::table::WriteError>(())
/// ```
pub fn write_votes_csv<'a>(
    attributes: &[&str],
    votes: impl IntoIterator<Item = CastVote<'a>>,
) -> Result<String, WriteError> {
    let columns: Vec<&str> = COLUMNS.iter().chain(attributes).copied().collect();
    let mut table = TableWriter::new(&columns);
    for vote in votes {
        let about = format!("the vote of {}", vote.place);
        let text = match vote.content {
            Content::Text(text) => text.to_owned(),
            Content::Ballot(ballot) => ballot_text(ballot).ok_or_else(|| WriteError::NoPlace {
                what: "a project's id with a mark of the form in it".to_owned(),
                row: about.clone(),
                remedy: "write JSON",
            })?,
            Content::Unreadable => {
                return Err(WriteError::NoPlace {
                    what: "an unreadable vote".to_owned(),
                    row: about,
                    remedy: "keep the file that it came from",
                });
            }
        };
        let row = table.row(&about).id(vote.voter)?;
        let row = if text.starts_with(['=', '@']) {
            row.id(&text)?
        } else {
            row.plain(&text)?
        };
        let row = row.id(vote.channel)?.id(vote.area)?.id(vote.station)?;
        let eligible = match vote.eligible {
            Eligible::Yes => "yes".to_owned(),
            Eligible::No("") => "no".to_owned(),
            Eligible::No(reason) => format!("no: {reason}"),
        };
        let mut row = row.id(vote.time)?.plain(&eligible)?;
        row = row.plain(&vote.count.to_string())?;
        for cell in vote.attributes {
            row = row.id(cell)?;
        }
        row.end();
    }
    Ok(table.finish())
}
