//! Why ballots are void, for people: a file in a channel that the regulation does not know must not go unnoticed.

use std::fmt::Write as _;

use quartier::tally::{Counts, VoidReason};

/// The reasons, each with how many ballots and what it means, on lines of their own; `say` picks the language.
pub(crate) fn void(
    counts: &Counts,
    say: impl Fn(&'static str, &'static str) -> &'static str,
) -> String {
    let mut text = String::new();
    for (reason, ballots) in &counts.void {
        let (english, french) = words(*reason);
        let words = match say(english, french) {
            "" => reason.code(),
            words => words,
        };
        let _ = writeln!(text, "  {ballots} {}: {words}", say("void", "nuls"));
    }
    text
}

/// What a reason means in English and in French; nothing for a reason that is too new for this program.
const fn words(reason: VoidReason) -> (&'static str, &'static str) {
    match reason {
        VoidReason::Unreadable => ("they could not be read", "illisibles"),
        VoidReason::UnknownChannel => (
            "they came by a channel that the regulation does not name",
            "reçus par un canal que le règlement ne nomme pas",
        ),
        VoidReason::UnknownArea => (
            "the voter's quartier is not one of the city's",
            "le quartier du votant n'existe pas",
        ),
        VoidReason::MalformedMark => (
            "a mark is not of the ballot's form",
            "une marque n'a pas la forme du bulletin",
        ),
        VoidReason::UnknownProject => (
            "they name a project that does not stand",
            "ils nomment un projet qui n'existe pas",
        ),
        VoidReason::RepeatedProject => (
            "they name a project twice",
            "ils nomment deux fois le même projet",
        ),
        VoidReason::OutsideScope => (
            "they name a project that is not for this voter",
            "ils nomment un projet qui n'est pas pour ce votant",
        ),
        VoidReason::TooMany => (
            "they name more projects than allowed",
            "ils nomment plus de projets que permis",
        ),
        VoidReason::TooFew => (
            "they name fewer projects than required",
            "ils nomment moins de projets qu'il n'en faut",
        ),
        VoidReason::TooManyAreas => (
            "they name projects of more quartiers than allowed",
            "ils nomment des projets de plus de quartiers que permis",
        ),
        VoidReason::CostAbove => (
            "their projects cost more than one ballot may spend",
            "leurs projets coûtent plus qu'un bulletin ne peut dépenser",
        ),
        _ => ("", ""),
    }
}
