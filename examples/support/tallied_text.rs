//! A tally as text for people.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table, presets};
use quartier::tally::ranking::Ranked;
use quartier::tally::{Counts, RegisterRow};

use crate::tallied::Tallied;
use crate::tallied_register;

pub(crate) fn print(tallied: &Tallied, most: usize) -> String {
    let mut text = String::new();
    account(tallied, &mut text);
    void(tallied, most, &mut text);
    settled(tallied, most, &mut text);
    warnings(tallied, most, &mut text);
    notes(tallied, most, &mut text);
    ranking(tallied, &mut text);
    if let Some(breakdown) = &tallied.breakdown {
        section(
            "Channels and quartiers side by side",
            &breakdown.to_string(),
            &mut text,
        );
    }
    if !tallied.anomalies.is_empty() {
        section(
            "Anomalies: nothing is decided by them",
            &tallied.anomalies.to_string(),
            &mut text,
        );
    }
    if let Some(unique) = &tallied.unique {
        section(
            "Before anything is published",
            &unique.to_string(),
            &mut text,
        );
    }
    text
}

/// Writing to a text cannot fail.
fn section(title: &str, body: &str, text: &mut String) {
    _ = writeln!(text, "\n{title}\n{}", body.trim_end_matches('\n'));
}

fn table(header: &[&str], texts: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_header(header.to_vec());
    for (number, column) in table.column_iter_mut().enumerate() {
        column.set_cell_alignment(if number < texts {
            CellAlignment::Left
        } else {
            CellAlignment::Right
        });
    }
    table
}

fn account(tallied: &Tallied, text: &mut String) {
    let ledger = tallied.tally.ledger();
    let header = [
        "channel",
        "received",
        "accepted",
        "blank",
        "void",
        "superseded",
        "duplicate",
        "ineligible",
    ];
    let mut rows = table(&header, 1);
    let row = |name: &str, counts: &Counts| -> Vec<String> {
        let figures = [
            counts.received,
            counts.accepted,
            counts.blank,
            counts.voids(),
            counts.superseded,
            counts.duplicate,
            counts.ineligible,
        ];
        std::iter::once(name.to_owned())
            .chain(figures.iter().map(u64::to_string))
            .collect()
    };
    for (channel, counts) in ledger.by_channel() {
        rows.add_row(row(
            if channel.is_empty() {
                "(none)"
            } else {
                &channel
            },
            &counts,
        ));
    }
    rows.add_row(row("in all", &ledger.total()));
    _ = writeln!(text, "Rules: {}\n\n{rows}", tallied.tally.rules());
    for totals in tallied.tally.aggregates() {
        let votes: u64 = totals.votes.iter().map(|(_, votes)| votes).sum();
        _ = writeln!(
            text,
            "Totals of channel `{}`, {}: {votes} votes for {} projects, without ballots",
            totals.channel,
            if totals.area.is_empty() {
                "no area"
            } else {
                &totals.area
            },
            totals.votes.len()
        );
    }
}

fn void(tallied: &Tallied, most: usize, text: &mut String) {
    let total = tallied.tally.ledger().total();
    if !total.void.is_empty() {
        let reasons: Vec<String> = total
            .void
            .iter()
            .map(|(reason, votes)| format!("{reason} {votes}"))
            .collect();
        _ = writeln!(text, "\nVoid: {}", reasons.join(", "));
    }
    let troubles = || {
        tallied
            .tally
            .register()
            .rows()
            .filter_map(RegisterRow::trouble)
    };
    for trouble in troubles().take(most) {
        _ = writeln!(text, "  {trouble}");
    }
    more(troubles().count(), most, text);
}

/// Which vote was set aside for which.
fn settled(tallied: &Tallied, most: usize, text: &mut String) {
    let tally = &tallied.tally;
    let all = tallied_register::settled(tally).count();
    if all > 0 {
        _ = writeln!(text, "\nMore than one vote of a voter:");
    }
    for row in tallied_register::settled(tally).take(most) {
        _ = writeln!(text, "  {}", tallied_register::settled_text(tally, row));
    }
    more(all, most, text);
}

fn warnings(tallied: &Tallied, most: usize, text: &mut String) {
    for note in &tallied.notes {
        _ = writeln!(text, "\nNote: {note}");
    }
    let alike = &tallied.look_alikes;
    if !alike.is_empty() {
        _ = writeln!(
            text,
            "\nVoters whose ids look alike, {} pairs; each was taken for a voter of its own:",
            alike.len()
        );
    }
    for (id, other) in alike.iter().take(most) {
        _ = writeln!(
            text,
            "  `{}` and `{}`",
            id.escape_debug(),
            other.escape_debug()
        );
    }
    more(alike.len(), most, text);
}

fn more(all: usize, most: usize, text: &mut String) {
    if all > most {
        _ = writeln!(text, "  and {} more", all - most);
    }
}

fn notes(tallied: &Tallied, most: usize, text: &mut String) {
    let tally = &tallied.tally;
    if tally.anonymous() > 0 {
        _ = writeln!(
            text,
            "\n{} votes are anonymous: nobody can see whether their voters voted twice",
            tally.anonymous()
        );
    }
    let unknown = tally.unknown_areas();
    if !unknown.is_empty() {
        _ = writeln!(
            text,
            "\nQuartiers that the city does not have (their votes count all the same): {}",
            unknown.join(", ")
        );
    }
    if tally.unreadable_times() > 0 {
        _ = writeln!(
            text,
            "\n{} votes have a time that cannot be read",
            tally.unreadable_times()
        );
    }
    for ruling in tally.rulings() {
        _ = writeln!(
            text,
            "\nRuled by {}: {} line {} ({})",
            ruling.by, ruling.source, ruling.line, ruling.justification
        );
    }
    for found in tallied.diagnostics.iter().filter(|found| !found.is_empty()) {
        _ = writeln!(text, "\n{found}");
    }
    match tallied.differences.as_deref() {
        None => {}
        Some([]) => _ = writeln!(text, "\nEverything agrees with what was announced."),
        Some(differences) => {
            _ = writeln!(text, "\nNot as it was announced:");
            for difference in differences.iter().take(most) {
                _ = writeln!(text, "  {difference}");
            }
            more(differences.len(), most, text);
        }
    }
}

fn ranking(tallied: &Tallied, text: &mut String) {
    let title = format!("Ranking by {}", tallied.score);
    section(&title, &rows_of(tallied, &tallied.ranked), text);
    for channel in &tallied.others {
        let title = format!(
            "Channel `{}` ({}), which decides nothing, by {}",
            channel.name, channel.role, tallied.score
        );
        let body = match &channel.ranked {
            Ok(ranked) => rows_of(tallied, ranked),
            Err(why) => format!("not ranked: {why}"),
        };
        section(&title, &body, text);
    }
}

fn rows_of(tallied: &Tallied, ranked: &Ranked) -> String {
    let instance = tallied.tally.instance();
    let mut rows = table(&["", "project", "name", "score"], 3);
    let mut place = 1;
    for group in ranked.groups() {
        for &project in group {
            let about = instance.project(project);
            let figure = ranked.figure(project).map(ToString::to_string);
            rows.add_row([
                place.to_string(),
                instance.id_of(project).to_owned(),
                about
                    .map(|about| about.name.chars().take(44).collect())
                    .unwrap_or_default(),
                figure.unwrap_or_default(),
            ]);
        }
        place += group.len();
    }
    rows.to_string()
}
