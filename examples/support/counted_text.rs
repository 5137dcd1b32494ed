//! What came of counting one file, for people.

use std::fmt::{self, Write as _};

use comfy_table::{CellAlignment, Table, presets};
use quartier::archive::{Agreement, Selection};
use quartier::count::{AllOutcomes, Fate, Outcome};
use quartier::election::Election;
use quartier::exact::Ratio;

use crate::counted::{Ended, Report};

/// Characters of a project's name that are shown.
const NAME: usize = 44;

/// Writes a report; `election` is what was counted, where the file could be read.
pub(crate) fn text(report: &Report, election: Option<&Election>) -> Result<String, fmt::Error> {
    let mut out = format!("== {}", report.file);
    if let Some(name) = election.map(|election| election.instance().name()).filter(|name| !name.is_empty()) {
        write!(out, " ({name})")?;
    }
    out.push('\n');
    if let Some(rule) = &report.rule {
        writeln!(out, "rule    {rule}")?;
    }
    match (&report.ended, election) {
        (Ended::Decided(outcome), Some(election)) => decided(&mut out, outcome, election)?,
        (Ended::Decided(outcome), None) => writeln!(out, "winners {}", outcome.winners.join(", "))?,
        (Ended::LotRequired(lot), _) => writeln!(out, "{lot}")?,
        (Ended::Failed(failure), _) if failure.diagnostics.is_empty() => writeln!(out, "error: {}", failure.error)?,
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

fn decided(out: &mut String, outcome: &Outcome, election: &Election) -> fmt::Result {
    let currency = election.instance().currency();
    writeln!(out, "budget  {} {currency}, spent {}, left {}", outcome.budget, outcome.spent, outcome.left)?;
    for pot in outcome.pots.iter().skip(1) {
        writeln!(out, "{:7} {} {currency}, paid {}", pot.pot, pot.opened, pot.funded)?;
    }
    let (served, mean) = (outcome.voters_with_a_winner, outcome.mean_winners.decimal(2));
    let share = percent(served, outcome.voters);
    writeln!(out, "voters  {}, of whom {served} ({share}) named a winner; {mean} winners a ballot", outcome.voters)?;

    let figures = Figures::of(election);
    writeln!(out, "\nFunded, in order of selection: {}", outcome.winners.len())?;
    let mut table = table(["", "project", "name", "cost", "votes", "share", "paid"], &[0, 3, 4, 5]);
    for (place, winner) in (1_usize..).zip(&outcome.winners) {
        let payments = outcome.awards.iter().filter(|award| award.project == *winner);
        let payments: Vec<String> = payments.map(|award| format!("{} from {}", award.amount, award.pot)).collect();
        let [name, cost, votes, share] = figures.of_project(winner);
        let paid = if payments == [format!("{cost} from budget")] { "in full".to_owned() } else { payments.join(" and ") };
        table.add_row([place.to_string(), winner.clone(), name, cost, votes, share, paid]);
    }
    print(out, &table)?;

    let refused = || outcome.fates.iter().filter_map(|project| match &project.fate {
        Fate::Refused { reason } => Some((&project.project, reason)),
        _ => None,
    });
    writeln!(out, "\nNot funded: {}", refused().count())?;
    let mut table = self::table(["", "project", "name", "cost", "votes", "share", "why"], &[0, 3, 4, 5]);
    for (project, reason) in refused() {
        let [name, cost, votes, share] = figures.of_project(project);
        table.add_row([String::new(), project.clone(), name, cost, votes, share, reason.to_string()]);
    }
    print(out, &table)?;

    for tie in &outcome.ties {
        writeln!(out, "\nTie among {}: {} went first ({})", tie.tied.join(", "), tie.chosen.join(", "), tie.by)?;
    }
    Ok(())
}

/// What is shown of each project beside its fate.
struct Figures<'a> {
    election: &'a Election,
    votes: Vec<u64>,
}

impl Figures<'_> {
    fn of(election: &Election) -> Figures<'_> {
        Figures { election, votes: election.profile().mentions() }
    }

    /// Name, cost, votes and share of a project.
    fn of_project(&self, id: &str) -> [String; 4] {
        let instance = self.election.instance();
        let Some(project) = instance.find(id) else { return Default::default() };
        let name = instance.project(project).map_or("", |project| project.name.as_str());
        let short: String = name.chars().take(NAME).collect();
        let name = if short.len() < name.len() { format!("{short}…") } else { short };
        let votes = self.votes.get(project.index()).copied().unwrap_or(0);
        [name, instance.cost_of(project).to_string(), votes.to_string(), percent(votes, self.election.profile().voters())]
    }
}

fn percent(part: u64, whole: u64) -> String {
    let share = Ratio::new(i128::from(part) * 100, i128::from(whole)).unwrap_or_default();
    format!("{}%", share.decimal(1))
}

fn table(header: [&str; 7], right: &[usize]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header);
    for &column in right {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

fn print(out: &mut String, table: &Table) -> fmt::Result {
    table.lines().filter(|_| !table.is_empty()).try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}

fn all(out: &mut String, outcomes: &AllOutcomes) -> fmt::Result {
    let AllOutcomes::All(all) = outcomes else {
        return writeln!(out, "\nThe ties have more outcomes than --all-ties allows to list.");
    };
    writeln!(out, "\nAll outcomes of the ties: {}", all.len())?;
    for (number, outcome) in (1_usize..).zip(all) {
        writeln!(out, "{number:4}  {} (spent {})", outcome.winners.join(", "), outcome.spent)?;
    }
    Ok(())
}

fn official(out: &mut String, selection: &Selection, agreement: Agreement, ended: &Ended) -> fmt::Result {
    let list = |ids: Vec<String>| if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
    write!(out, "\nPublished selection: {agreement}")?;
    match (agreement, ended) {
        (Agreement::Yes, _) => writeln!(out, ", the same projects"),
        (Agreement::UpToTies, _) => writeln!(out, ", another outcome of the same tied count"),
        (Agreement::No, Ended::Decided(outcome)) => {
            let (published, counted) = selection.differences(outcome);
            writeln!(out, "; published and not counted: {}; counted and not published: {}", list(published), list(counted))
        }
        _ => writeln!(out),
    }
}
