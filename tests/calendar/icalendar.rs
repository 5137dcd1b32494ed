//! The agenda as iCalendar (RFC 5545).

use proptest::prelude::*;
use quartier::record::Language;
use quartier::regulation::calendar::{Agenda, Plan};

use crate::helpers::{SEED, changed, day, needs, regulation};

fn agenda(language: Language) -> Agenda {
    let regulation = regulation(SEED);
    let law = regulation.law();
    let plan = Plan::of(law.calendar.as_ref().unwrap(), &needs()).unwrap();
    Agenda::of(law, Some(&plan), language)
}

fn file(agenda: &Agenda) -> String {
    agenda.to_icalendar(day("2018-01-08"))
}

/// The lines as a reader of the standard sees them: split at CR LF, folds taken out. Checks the form on the way.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let body = text.strip_suffix("\r\n").unwrap();
    for line in body.split("\r\n") {
        assert!(
            !line.is_empty() && line.len() <= 75,
            "{} octets: {line}",
            line.len()
        );
        assert!(
            !line.chars().any(|c| c.is_control() && c != '\t'),
            "{line:?}"
        );
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().unwrap().push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

/// The text that a value of the type TEXT stands for (RFC 5545, section 3.3.11).
fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next().unwrap() {
                'n' | 'N' => text.push('\n'),
                c @ ('\\' | ';' | ',') => text.push(c),
                c => panic!("\\{c} is no escape"),
            },
            ';' | ',' => panic!("unescaped {c} in {value}"),
            c => text.push(c),
        }
    }
    text
}

/// The values of a property, whatever its parameters.
fn values(lines: &[String], property: &str) -> Vec<String> {
    let of = |line: &String| {
        let (name, value) = line.split_once(':')?;
        (name.split(';').next() == Some(property)).then(|| value.to_owned())
    };
    lines.iter().filter_map(of).collect()
}

#[test]
fn the_agenda_in_french_is_as_written_by_hand() {
    let agenda = agenda(Language::French);
    let entries: Vec<String> = agenda
        .entries
        .iter()
        .map(|entry| {
            format!(
                "{} {} {} {}",
                entry.first, entry.last, entry.key, entry.summary
            )
        })
        .collect();
    assert_eq!(
        entries,
        [
            "2018-01-15 2018-02-28 step:filing Dépôt des projets",
            "2018-04-14 2018-04-28 step:reception Réception des projets",
            "2018-04-29 2018-04-29 study:tower Étude de faisabilité du projet tower : à commencer au plus tard",
            "2018-04-29 2018-08-26 step:feasibility Étude de faisabilité",
            "2018-07-23 2018-07-23 study:bench Étude de faisabilité du projet bench : à commencer au plus tard",
            "2018-08-27 2018-09-05 step:validation Validation",
            "2018-09-06 2018-10-05 step:display Présentation des projets",
            "2018-09-06 2018-10-05 step:ranking Hiérarchisation",
            "2018-10-06 2018-10-14 step:vote Vote",
            "2018-12-17 2018-12-17 event:deliberation Délibération du conseil municipal",
            "2019-01-07 2020-06-30 step:implementation Mise en œuvre",
            "2019-06-21 2019-06-21 step:celebration Événement festif",
            "2020-12-17 2020-12-17 delivery Dernier jour de livraison des projets",
        ]
    );
    assert_eq!(agenda.undated, ["delivery", "evaluation", "adjustment"]);
    assert_eq!(
        agenda.entries[2].description,
        "Étude 60 jours, avis des services 60 jours, le tout terminé le 2018-08-26."
    );
    assert_eq!(
        agenda.entries[12].description,
        "24 mois après : Délibération du conseil municipal (2018-12-17)."
    );
}

#[test]
fn without_a_plan_nothing_is_placed_and_nothing_is_lost() {
    let regulation = regulation(SEED);
    let agenda = Agenda::of(regulation.law(), None, Language::English);
    assert_eq!(
        agenda.undated,
        [
            "reception",
            "feasibility",
            "validation",
            "display",
            "ranking",
            "delivery",
            "evaluation",
            "adjustment"
        ]
    );
    let steps = agenda
        .entries
        .iter()
        .filter(|entry| entry.key.starts_with("step:"));
    assert_eq!(steps.count() + agenda.undated.len(), 12);
}

#[test]
fn an_event_of_the_file_is_as_the_standard_wants_it() {
    let text = file(&agenda(Language::English));
    let lines = unfolded(&text);
    assert_eq!(
        lines[..4],
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//quartier//participatory budget//EN",
            "CALSCALE:GREGORIAN"
        ]
    );
    assert_eq!(lines.last().unwrap(), "END:VCALENDAR");
    let vote = lines
        .iter()
        .position(|line| line == "SUMMARY;LANGUAGE=en:Vote (Example 2018)")
        .unwrap();
    assert_eq!(lines[vote - 5], "BEGIN:VEVENT");
    assert_eq!(lines[vote - 2], "DTSTART;VALUE=DATE:20181006");
    // The end is the day after the last.
    assert_eq!(lines[vote - 1], "DTEND;VALUE=DATE:20181015");
    assert_eq!(
        lines[vote + 1],
        "DESCRIPTION;LANGUAGE=en:Art. 7\\; voir l'annexe\\, point 3"
    );
    assert_eq!(
        lines[vote + 2..vote + 4],
        ["TRANSP:TRANSPARENT", "END:VEVENT"]
    );
    assert!(
        values(&lines, "DTSTAMP")
            .iter()
            .all(|stamp| stamp == "20180108T000000Z")
    );
    for property in ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"] {
        assert_eq!(values(&lines, property).len(), 13, "{property}");
    }
}

#[test]
fn identities_stay_when_days_and_language_change() {
    let uids = |agenda: &Agenda| {
        let mut uids = values(&unfolded(&file(agenda)), "UID");
        uids.sort();
        uids
    };
    let english = uids(&agenda(Language::English));
    assert_eq!(english, uids(&agenda(Language::French)));
    let mut different = english.clone();
    different.dedup();
    assert_eq!(different.len(), 13);
    let moved = regulation(&changed(&[("on = \"2019-06-21\"", "on = \"2019-06-22\"")]));
    let plan = Plan::of(moved.law().calendar.as_ref().unwrap(), &needs()).unwrap();
    assert_eq!(
        english,
        uids(&Agenda::of(moved.law(), Some(&plan), Language::French))
    );
}

/// The same identity on every machine: SHA-256 of `quartier-agenda/1` and the three texts, each after its length in
/// eight octets; computed apart with another implementation.
#[test]
fn an_identity_is_known() {
    let lines = unfolded(&file(&agenda(Language::French)));
    let uid = values(&lines, "UID").remove(0);
    assert_eq!(uid, "7ee67b7797502afa540f7474642483f3@quartier");
}

#[test]
fn folds_count_octets_and_never_split_a_character() {
    let mut agenda = agenda(Language::French);
    agenda.entries.truncate(1);
    // `SUMMARY;LANGUAGE=fr:` has 20 octets: 55 are left on the first line and 74 on the others.
    agenda.entries[0].summary = "é".repeat(100);
    let text = file(&agenda);
    let lines = text
        .split("\r\n")
        .skip_while(|line| !line.starts_with("SUMMARY"));
    let lines: Vec<&str> = lines.take(4).collect();
    assert_eq!(lines[0], format!("SUMMARY;LANGUAGE=fr:{}", "é".repeat(27)));
    assert_eq!(lines[1], format!(" {}", "é".repeat(37)));
    // 36 characters of 2 octets after the blank are 73; ` (` fits, and `Example 2018)` goes on.
    assert_eq!(lines[2], format!(" {} (", "é".repeat(36)));
    assert_eq!(lines[3], " Example 2018)");
    // Exactly 75 octets are not folded.
    agenda.entries[0].summary = "x".repeat(55 - " (Example 2018)".len());
    let text = file(&agenda);
    assert!(text.contains(&format!(
        "SUMMARY;LANGUAGE=fr:{} (Example 2018)\r\n",
        agenda.entries[0].summary
    )));
    agenda.entries[0].summary.push('x');
    assert!(file(&agenda).contains(" (Example 2018\r\n )\r\n"));
}

#[test]
fn characters_that_the_standard_forbids_become_blanks() {
    let mut agenda = agenda(Language::French);
    agenda.entries.truncate(1);
    agenda.entries[0].summary = "a\r\nb\rc\nd\te\u{7}f\u{85}g;h,i\\j:k\"l".to_owned();
    let lines = unfolded(&file(&agenda));
    assert_eq!(
        values(&lines, "SUMMARY"),
        ["a\\nb\\nc\\nd\te f g\\;h\\,i\\\\j:k\"l (Example 2018)"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    /// Whatever is written in it, every line is in form and every text is read back.
    #[test]
    fn any_text_is_read_back(summary in "\\PC{0,200}", description in "([a-z;,\\\\é€𝄞 ]|\n){1,200}") {
        let mut agenda = agenda(Language::English);
        agenda.entries.truncate(1);
        agenda.entries[0].summary.clone_from(&summary);
        agenda.entries[0].description.clone_from(&description);
        let lines = unfolded(&file(&agenda));
        prop_assert_eq!(lines.len(), 14);
        let read = |property| unescaped(&values(&lines, property)[0]);
        prop_assert_eq!(read("SUMMARY"), format!("{summary} (Example 2018)"));
        prop_assert_eq!(read("DESCRIPTION"), description);
    }
}
