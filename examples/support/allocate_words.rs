//! The words of the report, in two languages.

use quartier::law::Law;
use quartier::record::{Language, Reason};
use quartier::regulation::AwardKind;

use crate::allocate_limits::in_french;

/// One phrase in the language that was asked for.
pub(crate) fn say(lang: Language, english: &'static str, french: &'static str) -> &'static str {
    match lang {
        Language::French => french,
        _ => english,
    }
}

/// By what a payment came about.
pub(crate) fn kind(lang: Language, kind: AwardKind) -> &'static str {
    match kind {
        AwardKind::Vote => say(lang, "vote", "vote"),
        AwardKind::Guarantee => say(lang, "guarantee", "garantie"),
        AwardKind::Decision => say(lang, "decision", "décision"),
        AwardKind::AlmostFunded => say(lang, "almost funded", "presque financé"),
        AwardKind::NextOnList => say(lang, "next on the list", "suivant de la liste"),
        AwardKind::UnderServed => say(lang, "under-served quartier", "quartier moins doté"),
        AwardKind::CostOverrun => say(lang, "cost overrun", "surcoût"),
        AwardKind::Stalled => say(lang, "held up", "en souffrance"),
        AwardKind::Continued => say(lang, "with leftovers", "avec le reliquat"),
        AwardKind::Substitute => say(lang, "substitute", "remplaçant"),
        _ => "?",
    }
}

/// Where leftovers went.
pub(crate) fn claim(lang: Language, code: &str) -> String {
    let text = match code {
        "almost-funded" => say(lang, "almost funded", "presque financé"),
        "next-on-list" => say(lang, "next on the list", "suivant de la liste"),
        "under-served" => say(lang, "under-served quartier", "quartier moins doté"),
        "cost-overrun" => say(lang, "cost overrun", "surcoût"),
        "stalled" => say(lang, "held up", "en souffrance"),
        "backlog" => say(lang, "waiting", "en attente"),
        "lacking-support" => say(lang, "lacking support", "manque d'accompagnement"),
        "rest" => say(lang, "rest", "reste"),
        "rerun" => say(lang, "decided afresh", "nouvelle attribution"),
        other => return other.to_owned(),
    };
    text.to_owned()
}

/// Why a project receives nothing.
pub(crate) fn reason(lang: Language, law: &Law, reason: &Reason) -> String {
    if lang != Language::French {
        return reason.to_string();
    }
    match reason {
        Reason::BelowThreshold { score, needed } => {
            format!("Son soutien de {score} est inférieur aux {needed} que le règlement demande.")
        }
        Reason::Misfit { short_by } => format!("Il manquait {short_by} quand son tour est venu."),
        Reason::PotStopped { at, short_by } => {
            format!("L'attribution s'est arrêtée au projet {at}, auquel il manquait {short_by}.")
        }
        Reason::NoPot => "Aucune enveloppe du règlement ne finance un tel projet.".to_owned(),
        Reason::LimitReached { limit } => {
            format!(
                "Un plafond du règlement serait dépassé : {}.",
                in_french(law, limit)
            )
        }
        Reason::Exclusive { group, with } => {
            format!("Le groupe {group} n'a plus de place à côté du projet {with}, retenu.")
        }
        Reason::RequirementMissing { requires } => {
            format!("Il suppose le projet {requires}, qui n'est pas financé.")
        }
        Reason::Ineligible { condition, found } => {
            format!("Il ne remplit pas la condition {condition} : {found}.")
        }
        Reason::UnknownEligibility { condition } => {
            format!("Personne n'a confirmé qu'il remplit la condition {condition}.")
        }
        Reason::NotRanked => "Personne n'a voté pour lui.".to_owned(),
        Reason::NotReached => "L'attribution s'est terminée avant son tour.".to_owned(),
        Reason::TooFewAreas {
            areas,
            needed,
            voters,
        } => format!(
            "Il a assez de soutien ({voters} votants) dans {areas} quartiers, et le règlement en demande {needed}."
        ),
        Reason::PursesShort { short_by } => {
            format!("Il restait {short_by} de moins que son coût à ceux qui le soutiennent.")
        }
        Reason::NoUtility => "Aucun votant n'y gagne.".to_owned(),
        other => decided(other),
    }
}

/// A reason that people or the regulation's corrections gave.
fn decided(reason: &Reason) -> String {
    match reason {
        Reason::Excluded { by, justification } => {
            format!("Il a été exclu par {by} : {justification}.")
        }
        Reason::Withdrawn { by, justification } => {
            format!("Il a été retiré par {by} : {justification}.")
        }
        Reason::Displaced { by } => {
            format!("Sa place est allée au projet {by}, que le règlement garantit.")
        }
        Reason::LostByRerun => {
            "Retenu d'abord, il ne l'est plus dans la nouvelle attribution.".to_owned()
        }
        Reason::Substituted { by } => {
            format!("Par décision, le projet {by} a pris sa place.")
        }
        Reason::NotChosen => "Ceux qui décident ne l'ont pas retenu.".to_owned(),
        other => other.to_string(),
    }
}

/// The label of a limit.
pub(crate) fn label(lang: Language, law: &Law, label: &str) -> String {
    match lang {
        Language::French => in_french(law, label),
        _ => label.to_owned(),
    }
}
