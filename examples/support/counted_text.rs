//! What came of counting one file, for people.

use std::fmt::{self, Write as _};

use comfy_table::Table;
use quartier::archive::{Agreement, Selection};
use quartier::count::{AllOutcomes, Fate, Outcome};
use quartier::election::Election;

use crate::counted::{Ended, Report};
use crate::figures::{Figures, percent};

/// Writes a report; `election` is what was counted, where the file could be read.
pub(crate) fn text(report: &Report, election: Option<&Election>) -> Result<String, fmt::Error> {
    let mut out = format!("== {}", report.file);
    if let Some(name) = election
        .map(|election| election.instance().name())
        .filter(|name| !name.is_empty())
    {
        write!(out, " ({name})")?;
    }
    out.push('\n');
    if let Some(rule) = &report.rule {
        writeln!(out, "rule    {rule}")?;
    }
    match (&report.ended, election) {
        (Ended::Decided(outcome), Some(election)) => {
            decided(&mut out, outcome, &Figures::of(election, &report.scores))?;
        }
        (Ended::Decided(outcome), None) => writeln!(out, "winners {}", outcome.winners.join(", "))?,
        (Ended::LotRequired(lot), _) => writeln!(out, "{lot}")?,
        (Ended::Failed(failure), _) if failure.diagnostics.is_empty() => {
            writeln!(out, "error: {}", failure.error)?;
        }
        (Ended::Failed(failure), _) => writeln!(out, "{}", failure.diagnostics)?,
    }
    if let Some(outcomes) = &report.outcomes {
        all(&mut out, outcomes)?;
    }
    if let Some((selection, agreement)) = &report.official {
        official(&mut out, selection, *agreement, &report.ended)?;
    }
    Ok(out)
}

fn decided(out: &mut String, outcome: &Outcome, figures: &Figures<'_>) -> fmt::Result {
    let currency = figures.election.instance().currency();
    writeln!(
        out,
        "budget  {} {currency}, spent {}, left {}",
        outcome.budget, outcome.spent, outcome.left
    )?;
    for pot in outcome.pots.iter().skip(1) {
        writeln!(
            out,
            "{:7} {} {currency}, paid {}",
            pot.pot, pot.opened, pot.funded
        )?;
    }
    let (served, mean) = (
        outcome.voters_with_a_winner,
        outcome.mean_winners.decimal(2),
    );
    let share = percent(served, outcome.voters);
    writeln!(
        out,
        "voters  {}, of whom {served} ({share}) named a winner; {mean} winners a ballot",
        outcome.voters
    )?;

    writeln!(
        out,
        "\nFunded, in order of selection: {}",
        outcome.winners.len()
    )?;
    let mut table = figures.table("paid");
    for (place, winner) in (1_usize..).zip(&outcome.winners) {
        table.add_row(figures.row(place.to_string(), winner, paid(outcome, winner, figures)));
    }
    print(out, &table)?;

    let refused = outcome
        .fates
        .iter()
        .filter_map(|project| match &project.fate {
            Fate::Refused { reason } => Some((&project.project, reason)),
            _ => None,
        });
    let mut table = figures.table("why");
    for (project, reason) in refused {
        table.add_row(figures.row(String::new(), project, reason.to_string()));
    }
    writeln!(out, "\nNot funded: {}", table.row_count())?;
    print(out, &table)?;

    for tie in &outcome.ties {
        writeln!(
            out,
            "\nTie among {}: {} went first ({})",
            tie.tied.join(", "),
            tie.chosen.join(", "),
            tie.by
        )?;
    }
    Ok(())
}

/// From which pots a winner is paid.
fn paid(outcome: &Outcome, winner: &str, figures: &Figures<'_>) -> String {
    let payments: Vec<_> = outcome
        .awards
        .iter()
        .filter(|award| award.project == winner)
        .collect();
    match payments.as_slice() {
        [only] if only.pot == "budget" && Some(only.amount) == figures.cost(winner) => {
            "in full".to_owned()
        }
        _ => {
            let texts = payments
                .iter()
                .map(|award| format!("{} from {}", award.amount, award.pot));
            texts.collect::<Vec<_>>().join(" and ")
        }
    }
}

fn print(out: &mut String, table: &Table) -> fmt::Result {
    table
        .lines()
        .filter(|_| !table.is_empty())
        .try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}

fn all(out: &mut String, outcomes: &AllOutcomes) -> fmt::Result {
    let AllOutcomes::All(all) = outcomes else {
        return writeln!(
            out,
            "\nThe ties have more outcomes than --all-ties allows to list."
        );
    };
    writeln!(out, "\nAll outcomes of the ties: {}", all.len())?;
    for (number, outcome) in (1_usize..).zip(all) {
        writeln!(
            out,
            "{number:4}  {} (spent {})",
            outcome.winners.join(", "),
            outcome.spent
        )?;
    }
    Ok(())
}

fn official(
    out: &mut String,
    selection: &Selection,
    agreement: Agreement,
    ended: &Ended,
) -> fmt::Result {
    let list = |ids: Vec<String>| {
        if ids.is_empty() {
            "none".to_owned()
        } else {
            ids.join(", ")
        }
    };
    write!(out, "\nPublished selection: {agreement}")?;
    match (agreement, ended) {
        (Agreement::Yes, _) => writeln!(out, ", the same projects"),
        (Agreement::UpToTies, _) => writeln!(out, ", another outcome of the same tied count"),
        (Agreement::No, Ended::Decided(outcome)) => {
            let (published, counted) = selection.differences(outcome);
            writeln!(
                out,
                "; published and not counted: {}; counted and not published: {}",
                list(published),
                list(counted)
            )
        }
        _ => writeln!(out),
    }
}
