//! The report that a person reads, in English or French.

use std::fmt::Write as _;

use quartier::count::LotRequired;
use quartier::election::{Election, Money};
use quartier::record::Language;
use quartier::regulation::{Applied, Edition};

use crate::Report;
use crate::allocate_admission::admissions;
use crate::allocate_ballots;
use crate::allocate_columns::{Columns, grouped};
use crate::allocate_decided;
use crate::allocate_differences::differences;
use crate::allocate_notes::notes;
use crate::allocate_register::follow_up;
use crate::allocate_words::{claim, kind, reason, say};

pub(crate) fn print(report: &Report, lang: Language) -> String {
    let mut text = format!("{}\n", report.law.name);
    if let Some(counts) = &report.cast {
        let _ = writeln!(
            text,
            "{}",
            match lang {
                Language::French => format!(
                    "Bulletins : {} reçus, {} comptent, {} blancs, {} nuls, {} remplacés par l'autre bulletin du votant.",
                    counts.received,
                    counts.accepted,
                    counts.blank,
                    counts.void.values().sum::<u64>(),
                    counts.superseded
                ),
                _ => format!(
                    "Ballots: {} received, {} count, {} blank, {} void, {} replaced by the voter's other ballot.",
                    counts.received,
                    counts.accepted,
                    counts.blank,
                    counts.void.values().sum::<u64>(),
                    counts.superseded
                ),
            }
        );
        text.push_str(&allocate_ballots::void(counts, |english, french| {
            say(lang, english, french)
        }));
    }
    match &report.applied {
        Applied::Decided(edition) => decided(report, edition, lang, &mut text),
        Applied::LotRequired(lot) => lot_required(lot, lang, &mut text),
        _ => {}
    }
    if let Some(outcomes) = &report.outcomes {
        allocate_decided::outcomes(outcomes, lang, &mut text);
    }
    text
}

fn lot_required(lot: &LotRequired, lang: Language, text: &mut String) {
    let _ = match lang {
        Language::French => {
            let before = if lot.drawn.is_empty() {
                String::new()
            } else {
                let drawn = lot.drawn.join(", ");
                format!(" avec ceux déjà tirés, dont l'ordre reste : {drawn},")
            };
            writeln!(
                text,
                "Il faut tirer au sort à l'étape « {} » entre {} : inscrivez l'ordre comme décision de type `lot`,{before} puis relancez.",
                lot.stage,
                lot.tied.join(", ")
            )
        }
        _ => writeln!(text, "{lot}."),
    };
}

fn decided(report: &Report, edition: &Edition, lang: Language, text: &mut String) {
    envelope(edition, lang, text);
    admissions(edition, lang, text);
    stages(edition, lang, text);
    funded(&report.election, edition, lang, text);
    allocate_decided::grants(edition, lang, text);
    refused(report, edition, lang, text);
    allocate_decided::deviations(edition, lang, text);
    redistributed(edition, lang, text);
    follow_up(edition, lang, text);
    areas(edition, lang, text);
    pots(edition, lang, text);
    notes(&report.law, edition, lang, text);
    differences(report, lang, text);
    allocate_decided::decisions(edition, lang, text);
    books(edition, lang, text);
    allocate_decided::digests(edition, lang, text);
}

pub(crate) fn heading(text: &mut String, title: &str) {
    let _ = writeln!(text, "\n{title}");
}

fn envelope(edition: &Edition, lang: Language, text: &mut String) {
    let envelope = &edition.envelope;
    let currency = &edition.currency;
    let share = envelope
        .share
        .as_ref()
        .map(|share| share.mul_int(100).decimal(2));
    let share = share.unwrap_or_default();
    let (base, ceiling, voted) = (
        grouped(envelope.base),
        grouped(envelope.ceiling),
        grouped(envelope.voted),
    );
    let _ = match lang {
        Language::French => writeln!(
            text,
            "Enveloppe {} : {voted} {currency} votés, {share} % des {base} investis ; le plafond est de {ceiling}.",
            edition.edition
        ),
        _ => writeln!(
            text,
            "Envelope {}: {voted} {currency} voted, {share}% of the {base} invested; the ceiling is {ceiling}.",
            edition.edition
        ),
    };
    for (amount, english, french) in [
        (envelope.extra, "added by decision", "ajoutés par décision"),
        (
            envelope.carried_in,
            "carried in from earlier editions",
            "reportés des éditions passées",
        ),
        (
            envelope.saved,
            "saved in execution",
            "économisés à l'exécution",
        ),
        (
            envelope.followed,
            "for projects of earlier editions",
            "pour des projets d'éditions passées",
        ),
        (
            envelope.operation,
            "taken for running it",
            "prélevés pour le fonctionnement",
        ),
        (
            envelope.operation_outside,
            "for running it, outside the envelope",
            "de fonctionnement, hors enveloppe",
        ),
    ] {
        if !amount.is_zero() {
            let _ = writeln!(text, "  {} {}", grouped(amount), say(lang, english, french));
        }
    }
}

fn stages(edition: &Edition, lang: Language, text: &mut String) {
    heading(text, say(lang, "Stages", "Étapes"));
    let header = [
        say(lang, "stage", "étape"),
        say(lang, "method", "méthode"),
        say(lang, "article", "article"),
        say(lang, "projects", "projets"),
        say(lang, "available", "disponible"),
        say(lang, "funded", "attribué"),
    ];
    let mut columns = Columns::new(&header, &[3, 4, 5]);
    for stage in &edition.stages {
        columns.rows.push(vec![
            stage.stage.clone(),
            stage.method.clone(),
            stage.article.clone().unwrap_or_default(),
            stage.candidates.to_string(),
            grouped(stage.available),
            grouped(stage.funded),
        ]);
    }
    columns.print(text);
}

fn name(election: &Election, id: &str) -> String {
    let instance = election.instance();
    let project = instance
        .find(id)
        .and_then(|project| instance.project(project));
    project
        .map(|project| project.name.clone())
        .unwrap_or_default()
}

fn funded(election: &Election, edition: &Edition, lang: Language, text: &mut String) {
    let winners = edition.winners().len();
    heading(
        text,
        &format!("{} ({winners})", say(lang, "Funded", "Projets financés")),
    );
    let header = [
        "id",
        say(lang, "project", "projet"),
        say(lang, "amount", "montant"),
        say(lang, "pot", "enveloppe"),
        say(lang, "by", "par"),
    ];
    let mut columns = Columns::new(&header, &[2]);
    for paid in &edition.awards {
        columns.rows.push(vec![
            paid.project.clone(),
            name(election, &paid.project),
            grouped(paid.amount),
            paid.pot.clone(),
            kind(lang, paid.kind).to_owned(),
        ]);
    }
    columns.print(text);
}

fn refused(report: &Report, edition: &Edition, lang: Language, text: &mut String) {
    heading(
        text,
        &format!(
            "{} ({})",
            say(lang, "Not funded", "Projets non financés"),
            edition.refused.len()
        ),
    );
    let header = [
        "id",
        say(lang, "project", "projet"),
        say(lang, "why", "pourquoi"),
    ];
    let mut columns = Columns::new(&header, &[]);
    for refused in &edition.refused {
        columns.rows.push(vec![
            refused.project.clone(),
            name(&report.election, &refused.project),
            reason(lang, &report.law, &refused.reason),
        ]);
    }
    columns.print(text);
}

fn redistributed(edition: &Edition, lang: Language, text: &mut String) {
    if edition.redistributed.is_empty() {
        return;
    }
    heading(text, say(lang, "Leftovers", "Reliquats"));
    let header = [
        say(lang, "from", "de"),
        say(lang, "to", "vers"),
        say(lang, "as", "titre"),
        say(lang, "amount", "montant"),
    ];
    let mut columns = Columns::new(&header, &[3]);
    for moved in &edition.redistributed {
        let to = match &moved.edition {
            Some(edition) => format!("{edition}/{}", moved.to),
            None => moved.to.clone(),
        };
        columns.rows.push(vec![
            moved.from.clone(),
            to,
            claim(lang, &moved.claim),
            grouped(moved.amount),
        ]);
    }
    columns.print(text);
}

fn areas(edition: &Edition, lang: Language, text: &mut String) {
    if edition.areas.is_empty() {
        return;
    }
    heading(text, say(lang, "Quartiers", "Équilibre entre quartiers"));
    let header = [
        "quartier",
        say(lang, "projects", "projets"),
        say(lang, "funded", "financés"),
        say(lang, "success", "réussite"),
        say(lang, "received", "reçu"),
        say(lang, "entitled to", "dotation"),
        say(lang, "an inhabitant", "par habitant"),
    ];
    let mut columns = Columns::new(&header, &[1, 2, 3, 4, 5, 6]);
    for area in &edition.areas {
        let rate = area
            .success_rate
            .as_ref()
            .map(|rate| format!("{}%", rate.mul_int(100).decimal(0)));
        let head = area.per_inhabitant.as_ref().map(|head| head.decimal(2));
        let called = if area.name.is_empty() {
            &area.area
        } else {
            &area.name
        };
        columns.rows.push(vec![
            called.clone(),
            area.candidates.to_string(),
            area.winners.to_string(),
            rate.unwrap_or_default(),
            grouped(area.amount),
            area.entitlement.map(grouped).unwrap_or_default(),
            head.unwrap_or_default(),
        ]);
    }
    columns.print(text);
}

fn pots(edition: &Edition, lang: Language, text: &mut String) {
    heading(text, say(lang, "Pots", "Enveloppes"));
    let header = [
        say(lang, "pot", "enveloppe"),
        say(lang, "opened", "ouverte"),
        say(lang, "in", "entrées"),
        say(lang, "out", "sorties"),
        say(lang, "funded", "attribué"),
        say(lang, "left", "reste"),
    ];
    let mut columns = Columns::new(&header, &[1, 2, 3, 4, 5]);
    for pot in &edition.pots {
        let came = pot.moved_in.checked_add(pot.added).unwrap_or(Money::MAX);
        columns.rows.push(vec![
            pot.pot.clone(),
            grouped(pot.opened),
            grouped(came),
            grouped(pot.moved_out),
            grouped(pot.funded),
            grouped(pot.left),
        ]);
    }
    columns.print(text);
}

/// The identity in one line; what only a register brings is shown where there is any.
fn books(edition: &Edition, lang: Language, text: &mut String) {
    let envelope = &edition.envelope;
    let opened = envelope
        .voted
        .checked_add(envelope.extra)
        .unwrap_or(Money::MAX);
    let sum = |parts: &[(Money, &'static str, &'static str, Shown)]| {
        let shown = parts
            .iter()
            .filter(|(amount, _, _, shown)| *shown == Shown::Always || !amount.is_zero());
        let parts: Vec<String> = shown
            .map(|(amount, english, french, _)| {
                format!("{} {}", say(lang, english, french), grouped(*amount))
            })
            .collect();
        parts.join(" + ")
    };
    let came = sum(&[
        (opened, "opened", "ouvert", Shown::Always),
        (envelope.carried_in, "carried in", "reporté", Shown::Always),
        (envelope.saved, "saved", "économisé", Shown::IfAny),
    ]);
    let went = sum(&[
        (envelope.funded, "funded", "attribué", Shown::Always),
        (
            envelope.followed,
            "earlier editions",
            "éditions passées",
            Shown::IfAny,
        ),
        (
            envelope.operation,
            "operation",
            "fonctionnement",
            Shown::Always,
        ),
        (
            envelope.carried,
            "to the next edition",
            "à l'édition suivante",
            Shown::Always,
        ),
        (envelope.returned, "returned", "rendu", Shown::Always),
        (envelope.held, "held", "gardé", Shown::Always),
    ]);
    let title = say(lang, "Books:", "Comptes :");
    let _ = writeln!(text, "\n{title} {came} = {went}");
}

/// When a part of the identity is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Always,
    IfAny,
}
