//! What people decided and what others pay: grants, decisions, choices past the votes, digests, all results of a tie.

use std::fmt::Write as _;

use quartier::record::{DecisionValue, Language};
use quartier::regulation::{Edition, EditionOutcomes};

use crate::allocate_columns::{Columns, grouped};
use crate::allocate_text::heading;
use crate::allocate_words::say;

/// What the city pays of each funded project, and what others must add.
pub(crate) fn grants(edition: &Edition, lang: Language, text: &mut String) {
    if edition.grants.is_empty() {
        return;
    }
    heading(text, say(lang, "Grants", "Subventions"));
    let header = [
        "id",
        say(lang, "cost", "coût"),
        say(lang, "grant", "subvention"),
        say(lang, "other funding", "autres financements"),
        say(lang, "paid", "versé"),
    ];
    let mut columns = Columns::new(&header, &[1, 2, 3, 4]);
    let paid = |grant: &&quartier::regulation::Grant| !grant.paid.is_zero();
    for grant in edition.grants.iter().filter(paid) {
        columns.rows.push(vec![
            grant.project.clone(),
            grouped(grant.cost),
            grouped(grant.grant),
            grouped(grant.other_funding),
            grouped(grant.paid),
        ]);
    }
    columns.print(text);
}

/// What was decided, by whom and why.
pub(crate) fn decisions(edition: &Edition, lang: Language, text: &mut String) {
    if edition.decisions.is_empty() {
        return;
    }
    heading(text, say(lang, "Decisions", "Décisions"));
    let header = [
        say(lang, "decision", "décision"),
        say(lang, "about", "objet"),
        say(lang, "value", "valeur"),
        say(lang, "by", "par"),
        say(lang, "why", "pourquoi"),
    ];
    let mut columns = Columns::new(&header, &[]);
    for decision in &edition.decisions {
        columns.rows.push(vec![
            decision.kind.to_string(),
            decision.about.to_string(),
            value(&decision.value),
            decision.by.clone(),
            decision.justification.clone(),
        ]);
    }
    columns.print(text);
}

fn value(value: &DecisionValue) -> String {
    match value {
        DecisionValue::Text(text) => text.clone(),
        DecisionValue::Amount(amount) => grouped(*amount),
        DecisionValue::Added { opening, added } => {
            format!("{} + {}", grouped(*opening), grouped(*added))
        }
        DecisionValue::Order(order) => order.join(", "),
        _ => String::new(),
    }
}

/// Who was chosen past whom.
pub(crate) fn deviations(edition: &Edition, lang: Language, text: &mut String) {
    if edition.deviations.is_empty() {
        return;
    }
    heading(
        text,
        say(
            lang,
            "Chosen past the votes",
            "Choix contraires à l'ordre des votes",
        ),
    );
    let header = [
        say(lang, "stage", "étape"),
        say(lang, "chosen", "retenu"),
        say(lang, "place", "rang"),
        say(lang, "past (place)", "avant (rang)"),
        say(lang, "by", "par"),
        say(lang, "why", "pourquoi"),
    ];
    let mut columns = Columns::new(&header, &[2]);
    for deviation in &edition.deviations {
        let past = deviation.past.iter();
        let past: Vec<String> = past
            .map(|passed| format!("{} ({})", passed.project, passed.place))
            .collect();
        columns.rows.push(vec![
            deviation.stage.clone(),
            deviation.project.clone(),
            deviation.place.to_string(),
            past.join(", "),
            deviation.by.clone(),
            deviation.justification.clone(),
        ]);
    }
    columns.print(text);
}

/// What all of it was computed from.
pub(crate) fn digests(edition: &Edition, lang: Language, text: &mut String) {
    let digests = &edition.digests;
    heading(
        text,
        say(
            lang,
            "Computed from (SHA-256)",
            "Calculé à partir de (SHA-256)",
        ),
    );
    let register = digests.register;
    let register = register.map(|digest| (say(lang, "register", "suivi"), digest));
    let always = [
        (say(lang, "regulation", "règlement"), digests.regulation),
        (say(lang, "decisions", "décisions"), digests.decisions),
        (say(lang, "election", "élection"), digests.election),
    ];
    for (what, digest) in always.into_iter().chain(register) {
        let blanks = " ".repeat(10_usize.saturating_sub(what.chars().count()));
        let _ = writeln!(text, "  {what}{blanks}  {digest}");
    }
}

/// Every result that the ties left open can lead to.
pub(crate) fn outcomes(outcomes: &EditionOutcomes, lang: Language, text: &mut String) {
    match outcomes {
        EditionOutcomes::All(all) => {
            heading(
                text,
                &format!(
                    "{} ({})",
                    say(
                        lang,
                        "All results of open ties",
                        "Tous les résultats des égalités ouvertes"
                    ),
                    all.len()
                ),
            );
            for edition in all {
                let _ = writeln!(text, "  {}", edition.winners().join(", "));
            }
        }
        _ => heading(
            text,
            say(
                lang,
                "The open ties have more results than --all-ties lists.",
                "Les égalités ouvertes ont plus de résultats que --all-ties n'en énumère.",
            ),
        ),
    }
}
