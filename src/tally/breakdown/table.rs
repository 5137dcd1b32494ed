//! A breakdown as text for people.

use std::fmt;

use crate::exact::Ratio;

use super::{AreaTurnout, Breakdown};

/// Rows of a list that are shown.
const SHOWN: usize = 10;

fn percent(share: Option<&Ratio>) -> String {
    share.map_or("not stated".to_owned(), |share| {
        format!("{}%", share.mul_int(100).decimal(1))
    })
}

fn named(area: &str) -> &str {
    if area.is_empty() { "(not known)" } else { area }
}

impl Breakdown {
    fn turnout(&self, f: &mut fmt::Formatter<'_>, name: &str, line: &AreaTurnout) -> fmt::Result {
        write!(f, "{name}: {} took part", line.took_part)?;
        if let (Some(base), Some(of)) = (&line.base, &self.base) {
            let turnout = percent(line.turnout.as_ref());
            write!(f, ", {turnout} of {of} {base}")?;
        }
        writeln!(f)
    }

    fn result(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for project in &self.projects {
            write!(
                f,
                "{}. {}: {} votes",
                project.rank, project.project, project.votes
            )?;
            for line in &project.by_channel {
                let rank = line.rank.map_or("-".to_owned(), |rank| rank.to_string());
                write!(f, "; {} {} (rank {rank})", line.channel, line.votes)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }

    fn alone(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for alone in &self.alone {
            writeln!(f, "if only {} counted:", alone.channel)?;
            for left_out in alone.left_out.iter().take(SHOWN) {
                let share = percent(Some(&left_out.share));
                writeln!(
                    f,
                    "  {}: {} ({share}) left out",
                    named(&left_out.area),
                    left_out.voters
                )?;
            }
            for shift in alone.moved.iter().take(SHOWN) {
                writeln!(
                    f,
                    "  {}: rank {} instead of {}",
                    shift.project, shift.rank_alone, shift.rank
                )?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Breakdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.turnout(f, "all", &self.whole)?;
        for area in &self.areas {
            self.turnout(f, named(&area.area), area)?;
            for cell in self.cells.iter().filter(|cell| cell.area == area.area) {
                writeln!(
                    f,
                    "  {}: {} ({}); {} accepted, {} blank, {} void of {} received{}",
                    cell.channel,
                    cell.took_part,
                    percent(cell.share.as_ref()),
                    cell.counts.accepted,
                    cell.counts.blank,
                    cell.counts.voids(),
                    cell.counts.received,
                    if cell.lacks_voters {
                        "; totals without a number of voters"
                    } else {
                        ""
                    },
                )?;
            }
        }
        self.result(f)?;
        self.alone(f)?;
        for missing in &self.not_ranked {
            writeln!(f, "{} is not ranked: {}", missing.channel, missing.why)?;
        }
        Ok(())
    }
}
