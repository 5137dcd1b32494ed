//! The follow-up committee's register: read, and reported.

use std::fmt::Write as _;
use std::path::Path;

use quartier::law::follow_up::Register;
use quartier::record::Language;
use quartier::regulation::Edition;
use quartier::regulation::follow_up::{BookedSaving, ServedClaim, Unpaid};

use crate::Ended;
use crate::allocate_columns::{Columns, grouped};
use crate::allocate_law::{text_of, written};
use crate::allocate_text::heading;
use crate::allocate_words::{claim, say};

/// Reads a register file; its faults are told with their places.
pub(crate) fn read(path: &Path) -> Result<Register, Ended> {
    let text = text_of(path)?;
    let (document, places) = written(&path.display().to_string(), &text)?;
    Register::read(&document).map_err(|faults| places.failed(&faults).into())
}

/// What was done with the register, for people.
pub(crate) fn follow_up(edition: &Edition, lang: Language, text: &mut String) {
    let report = &edition.follow_up;
    if !report.claims.is_empty() {
        heading(
            text,
            say(lang, "Projects of the register", "Projets suivis"),
        );
        claims(&report.claims, lang, text);
    }
    if !report.savings.is_empty() {
        savings(&report.savings, lang, text);
    }
    for other in &report.other_awards {
        let id = &other.project;
        let (register, count) = (grouped(other.register), grouped(other.count));
        let _ = match lang {
            Language::French => writeln!(
                text,
                "\nLe registre dit que {register} ont été attribués au projet {id}, et ce dépouillement en attribue {count}."
            ),
            _ => writeln!(
                text,
                "\nThe register says that {register} were awarded to project {id}, and this count awards {count}."
            ),
        };
    }
}

fn savings(savings: &[BookedSaving], lang: Language, text: &mut String) {
    let title = say(lang, "Saved in execution", "Économies à l'exécution");
    heading(text, title);
    let header = [
        say(lang, "edition", "édition"),
        "id",
        say(lang, "saved", "économisé"),
        say(lang, "given back", "rendu"),
    ];
    let mut columns = Columns::new(&header, &[2, 3]);
    for saving in savings {
        columns.rows.push(vec![
            saving.edition.clone(),
            saving.project.clone(),
            grouped(saving.saved),
            grouped(saving.booked),
        ]);
    }
    columns.print(text);
    for saving in savings {
        let Some(given) = saving.given.map(grouped) else {
            continue;
        };
        let id = &saving.project;
        let _ = match lang {
            Language::French => writeln!(
                text,
                "  Le registre compte davantage pour le projet {id} : ces comptes lui ont donné {given}, et seul ce qui dépasse ce que la ville doit est rendu."
            ),
            _ => writeln!(
                text,
                "  The register claims more for project {id}: these books gave it {given}, and only what is beyond what the city owes comes back."
            ),
        };
    }
}

fn claims(claims: &[ServedClaim], lang: Language, text: &mut String) {
    let header = [
        say(lang, "edition", "édition"),
        "id",
        say(lang, "as", "titre"),
        say(lang, "missing", "manque"),
        say(lang, "paid", "payé"),
        say(lang, "why not all", "pourquoi pas tout"),
    ];
    let mut columns = Columns::new(&header, &[3, 4]);
    for served in claims {
        columns.rows.push(vec![
            served.claim.edition.clone(),
            served.claim.project.clone(),
            claim(lang, served.claim.claim),
            grouped(served.claim.missing),
            grouped(served.paid),
            served
                .unpaid
                .as_ref()
                .map(|why| unpaid(lang, why))
                .unwrap_or_default(),
        ]);
    }
    columns.print(text);
    for served in claims {
        let evidence = served.claim.evidence.iter();
        let evidence: Vec<String> = evidence.map(|found| found.in_words(lang)).collect();
        let _ = writeln!(
            text,
            "  {}/{}: {}.",
            served.claim.edition,
            served.claim.project,
            evidence.join(say(lang, "; ", " ; "))
        );
    }
}

/// Why a claim was not paid all that is missing.
fn unpaid(lang: Language, why: &Unpaid) -> String {
    let short = |english: &'static str, french: &'static str, amount| {
        format!("{} {}", say(lang, english, french), grouped(amount))
    };
    let text = match why {
        Unpaid::ReportedOnly => say(lang, "reported only", "pour information"),
        Unpaid::NothingMissing => say(lang, "no money is missing", "aucun montant ne manque"),
        Unpaid::PaidAlready => say(lang, "paid already", "déjà payé"),
        Unpaid::NotFunded => say(
            lang,
            "not funded by this count",
            "non financé par ce dépouillement",
        ),
        Unpaid::LimitReached { limit } => {
            return format!("{}: {limit}", say(lang, "limit", "plafond"));
        }
        Unpaid::NoMoney { short_by } => {
            return short("leftovers short by", "reliquat insuffisant de", *short_by);
        }
        Unpaid::Capped { short_by } => {
            return short("capped, short by", "plafonné, il manque", *short_by);
        }
        _ => "?",
    };
    text.to_owned()
}
