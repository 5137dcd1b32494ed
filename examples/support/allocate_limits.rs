//! The labels of limits, in French: results name limits as the library does, in English.

use quartier::law::{Bound, Law, Limit, Per, PerAreaConcerned};

/// A text that begins with the label of a limit, with that label in French.
pub(crate) fn in_french(law: &Law, text: &str) -> String {
    let labels = law.limits.iter().flat_map(|limit| {
        let bounds = limit.bounds.iter();
        bounds.map(move |bound| (limit.label(bound), french(limit, bound)))
    });
    // Of several labels that begin alike, the longest is meant.
    labels
        .filter_map(|(label, french)| {
            let rest = text.strip_prefix(&label)?;
            Some((label.len(), format!("{french}{rest}")))
        })
        .max_by_key(|(length, _)| *length)
        .map_or_else(|| text.to_owned(), |(_, text)| text)
}

fn french(limit: &Limit, bound: &Bound) -> String {
    let bound = match bound {
        Bound::AtMost(amount) => format!("au plus {amount}"),
        Bound::AtMostProjects(number) => format!("au plus {number} projets"),
        Bound::AtMostShare(share) => format!("au plus {share}"),
        Bound::AtLeast(amount) => format!("au moins {amount}"),
        Bound::AtLeastProjects(number) => format!("au moins {number} projets"),
        other => other.to_string(),
    };
    let per = match limit.per {
        Per::Project => "par projet",
        Per::Area => "par quartier",
        Per::Category => "par thème",
        Per::Proposer => "par porteur",
        _ => "en tout",
    };
    let scaled = match limit.per_area_concerned {
        PerAreaConcerned::Scaled => " et quartier concerné",
        _ => "",
    };
    match &limit.id {
        Some(id) => format!("{id} : {bound} {per}{scaled}"),
        None => format!("{bound} {per}{scaled}"),
    }
}
