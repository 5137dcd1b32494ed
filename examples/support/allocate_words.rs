//! The words of the report, in two languages.

use quartier::record::Reason;
use quartier::regulation::AwardKind;

use crate::allocate_args::Lang;

/// One phrase in the language that was asked for.
pub(crate) fn say(lang: Lang, english: &'static str, french: &'static str) -> &'static str {
    match lang {
        Lang::En => english,
        Lang::Fr => french,
    }
}

/// By what a payment came about.
pub(crate) fn kind(lang: Lang, kind: AwardKind) -> &'static str {
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
        _ => "?",
    }
}

/// Where leftovers went.
pub(crate) fn claim(lang: Lang, code: &str) -> String {
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
pub(crate) fn reason(lang: Lang, reason: &Reason) -> String {
    if lang == Lang::En {
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
            format!("Un plafond du règlement serait dépassé : {limit}.")
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
        Reason::Excluded { by, justification } => {
            format!("Il a été exclu par {by} : {justification}.")
        }
        Reason::Withdrawn { by, justification } => {
            format!("Il a été retiré par {by} : {justification}.")
        }
        Reason::NotRanked => "Personne n'a voté pour lui.".to_owned(),
        Reason::Displaced { by } => {
            format!("Sa place est allée au projet {by}, que le règlement garantit.")
        }
        Reason::LostByRerun => {
            "Retenu d'abord, il ne l'est plus dans la nouvelle attribution.".to_owned()
        }
        Reason::NotReached => "L'attribution s'est terminée avant son tour.".to_owned(),
        other => other.to_string(),
    }
}
