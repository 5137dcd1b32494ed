//! What somebody should know of: guarantees that were not met, limits that were crossed, ties.

use std::fmt::Write as _;

use quartier::law::Law;
use quartier::record::Language;
use quartier::regulation::{Edition, Unmet};

use crate::allocate_words::{label, reason, say};

/// Guarantees, limits and ties that somebody should know of.
pub(crate) fn notes(law: &Law, edition: &Edition, lang: Language, text: &mut String) {
    for unmet in &edition.unmet {
        let _ = match lang {
            Language::French => writeln!(
                text,
                "\nNon atteint : {} pour {} : {} voulu, {} atteint. {}",
                label(lang, law, &unmet.what),
                unmet.group,
                unmet.wanted,
                unmet.got,
                why_unmet(law, unmet)
            ),
            _ => writeln!(
                text,
                "\nNot met: {} for {}: {} wanted, {} reached. {}",
                unmet.what, unmet.group, unmet.wanted, unmet.got, unmet.why
            ),
        };
    }
    for over in &edition.exceeded {
        let _ = writeln!(
            text,
            "\n{}: {} ({})",
            say(lang, "Beyond a limit", "Au-delà d'un plafond"),
            label(lang, law, &over.limit),
            over.group
        );
    }
    for tie in &edition.ties {
        let _ = writeln!(
            text,
            "\n{} {}: {}; {} {} ({})",
            say(lang, "Tie in stage", "Égalité à l'étape"),
            tie.stage,
            tie.tied.join(", "),
            say(lang, "first", "d'abord"),
            tie.chosen.join(", "),
            tie.by
        );
    }
}

/// Why something was not met, in French.
fn why_unmet(law: &Law, unmet: &Unmet) -> String {
    match &unmet.best {
        Some(best) => format!(
            "Projet {} : {}",
            best.project,
            reason(Language::French, law, &best.reason)
        ),
        None if law.stages.iter().any(|stage| stage.id == unmet.what) => {
            "Aucun autre projet n'y participe.".to_owned()
        }
        None => "Vérifié à la clôture, sans rien interdire.".to_owned(),
    }
}
