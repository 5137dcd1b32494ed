//! Claims of the register, in the form in which redistribution takes them.

use quartier::law::follow_up::Register;
use quartier::law::{ClaimKind, Document, Law};
use quartier::record::Language;
use quartier::regulation::follow_up::{RegisterClaim, claims, savings};

use crate::helpers::{SEED, day, register, regulation};
use crate::register::REGISTER;

fn law() -> Law {
    regulation(SEED).law().clone()
}

fn short(claims: &[RegisterClaim]) -> Vec<(String, String, Option<String>)> {
    claims
        .iter()
        .map(|claim| {
            let id = format!("{}/{}", claim.edition, claim.project);
            let since = claim.since.map(|since| since.to_string());
            (id, claim.missing.to_string(), since)
        })
        .collect()
}

fn row(id: &str, missing: &str, since: Option<&str>) -> (String, String, Option<String>) {
    (id.to_owned(), missing.to_owned(), since.map(str::to_owned))
}

fn overrun(share: &str) -> ClaimKind {
    ClaimKind::CostOverrun {
        at_most: share.parse().unwrap(),
    }
}

fn project(id: &str, edition: &str, rest: &str) -> String {
    format!(
        "[[project]]\nid = '{id}'\nedition = '{edition}'\nvoted = '1000'\nawarded = '1000'\n{rest}\n"
    )
}

fn of(projects: &[String]) -> Register {
    register(&format!("as-of = '2021-01-31'\n{}", projects.concat()))
}

#[test]
fn held_up_projects_claim_what_is_missing_with_the_evidence_in_words() {
    let found = claims(&register(REGISTER), &ClaimKind::Stalled, &law());
    assert_eq!(
        short(&found),
        [row("2018/bench", "2499.5", Some("2019-09-01"))]
    );
    assert_eq!(found[0].claim, "stalled");
    let words = |language| -> Vec<String> {
        found[0]
            .evidence
            .iter()
            .map(|evidence| evidence.in_words(language))
            .collect()
    };
    assert_eq!(
        words(Language::French),
        [
            "en souffrance depuis le 2019-09-01 : le réseau doit être déplacé",
            "à livrer au plus tard le 2020-12-17, et non livré au 2021-01-31",
        ]
    );
    assert_eq!(
        words(Language::English),
        [
            "held up since 2019-09-01: le réseau doit être déplacé",
            "to be delivered by 2020-12-17, and not delivered on 2021-01-31",
        ]
    );
}

/// The example's edition is 2018, its deliberation 17 December 2018, and 24 months later is 17 December 2020.
#[test]
fn delivery_after_the_deadline_of_the_calendar_is_a_stall() {
    let own = project("own", "2018", "");
    let other = project("other", "2017", "");
    let stated = project("stated", "2018", "deliver-by = '2021-01-31'");
    let done = project(
        "done",
        "2018",
        "event = [{ what = 'delivered', on = '2021-01-01' }]",
    );
    let register = of(&[own, other, stated, done]);
    let found = claims(&register, &ClaimKind::Stalled, &law());
    assert_eq!(short(&found), [row("2018/own", "0", Some("2020-12-17"))]);
    // On the last day itself it is in time.
    let mut register = register;
    register.as_of = day("2020-12-17");
    assert!(claims(&register, &ClaimKind::Stalled, &law()).is_empty());
}

#[test]
fn projects_of_earlier_editions_that_wait_are_the_backlog() {
    let found = claims(&register(REGISTER), &ClaimKind::Backlog, &law());
    assert_eq!(short(&found), [row("2019/tower", "10000", None)]);
    assert_eq!(
        found[0].evidence[0].in_words(Language::French),
        "voté à l’édition 2019, et non commencé au 2021-01-31 : coût 10000, reçu 0"
    );
    let paid = project("paid", "2016", "");
    let half = "[[project]]\nid = 'half'\nedition = '2016'\nvoted = '1000'\nawarded = '400'\n\
        event = [{ what = 'topped-up', on = '2017-01-01', amount = '100' }]\n"
        .to_owned();
    let held = project(
        "held",
        "2016",
        "event = [{ what = 'stalled', on = '2017-01-01', cause = 'c', missing = '1' }]",
    );
    let own = project("own", "2018", "");
    let found = claims(&of(&[paid, half, held, own]), &ClaimKind::Backlog, &law());
    assert_eq!(
        short(&found),
        [row("2016/half", "500", None), row("2016/paid", "0", None)]
    );
}

/// The tower was voted at 80 000 and costs 90 500: 10 500 more. 10% of 80 000 are 8 000.
#[test]
fn overruns_are_capped_by_the_regulation_and_what_was_paid_counts() {
    let register = register(REGISTER);
    let found = claims(&register, &overrun("20%"), &law());
    assert_eq!(
        short(&found),
        [row("2018/tower", "10500", Some("2019-04-01"))]
    );
    assert_eq!(found[0].evidence.len(), 3);
    assert_eq!(
        found[0].evidence[0].in_words(Language::English),
        "cost changed from 80000 to 95000 on 2019-04-01: fondations"
    );
    let capped = claims(&register, &overrun("10%"), &law());
    assert_eq!(capped[0].missing.to_string(), "8000");
    assert_eq!(
        capped[0].evidence[3].in_words(Language::French),
        "surcoût de 10500, dont le règlement paie au plus 8000"
    );
    // 0.33% of 80 000 are 264; rounded down to the granularity of 1 where it does not divide.
    assert_eq!(
        claims(&register, &overrun("0.3333%"), &law())[0]
            .missing
            .to_string(),
        "266"
    );
    assert_eq!(
        claims(&register, &overrun("0%"), &law())[0]
            .missing
            .to_string(),
        "0"
    );
    let dearer =
        "{ what = 'cost-changed', on = '2020-01-01', from = '1000', to = '1300', cause = 'c' }";
    let paid = "{ what = 'topped-up', on = '2020-02-01', amount = '150' }";
    let back =
        "{ what = 'cost-changed', on = '2020-03-01', from = '1300', to = '1000', cause = 'c' }";
    let out = "{ what = 'abandoned', on = '2020-03-01', cause = 'c' }";
    let with = |id: &str, events: &[&str]| {
        project(id, "2018", &format!("event = [{}]", events.join(", ")))
    };
    let register = of(&[
        with("paid", &[dearer, paid]),
        with("back", &[dearer, back]),
        with("out", &[dearer, out]),
        with("open", &[dearer]),
    ]);
    let found = claims(&register, &overrun("20%"), &law());
    // At most 200, of which 150 came already.
    assert_eq!(
        short(&found),
        [
            row("2018/open", "200", Some("2020-01-01")),
            row("2018/paid", "50", Some("2020-01-01"))
        ]
    );
}

#[test]
fn lacking_support_is_reported_and_asks_for_nothing() {
    let found = claims(&register(REGISTER), &ClaimKind::LackingSupport, &law());
    assert_eq!(short(&found), [row("2018/bench", "0", None)]);
    assert_eq!(
        found[0].evidence[0].in_words(Language::French),
        "accompagnement nécessaire : régulier ; donné : léger"
    );
}

#[test]
fn claims_of_the_count_are_not_in_the_register() {
    assert!(claims(&register(REGISTER), &ClaimKind::NextOnList, &law()).is_empty());
}

#[test]
fn the_oldest_claims_come_first_and_what_is_paid_is_taken_off() {
    let stall = |id: &str, on: &str| {
        project(
            id,
            "2017",
            &format!("event = [{{ what = 'stalled', on = '{on}', cause = 'c', missing = '10' }}]"),
        )
    };
    let projects = [
        stall("b", "2019-01-01"),
        stall("a", "2019-01-01"),
        stall("c", "2018-06-01"),
    ];
    let found = claims(&of(&projects), &ClaimKind::Stalled, &law());
    let ids: Vec<&str> = found.iter().map(|claim| claim.project.as_str()).collect();
    assert_eq!(ids, ["c", "a", "b"]);
    let claim = found[0].clone();
    assert_eq!(
        claim.clone().less("4".parse().unwrap()).missing.to_string(),
        "6"
    );
    assert_eq!(claim.less("40".parse().unwrap()).missing.to_string(), "0");
}

#[test]
fn only_delivered_projects_have_saved_anything() {
    let cheaper =
        "{ what = 'cost-changed', on = '2020-01-01', from = '1000', to = '800', cause = 'c' }";
    let done = "{ what = 'delivered', on = '2020-02-01' }";
    let register = of(&[
        project("done", "2018", &format!("event = [{cheaper}, {done}]")),
        project("open", "2018", &format!("event = [{cheaper}]")),
        project("plain", "2018", &format!("event = [{done}]")),
    ]);
    let saved = savings(&register);
    assert_eq!(saved.len(), 1);
    assert_eq!(
        (saved[0].project.as_str(), saved[0].amount.to_string()),
        ("done", "200".to_owned())
    );
    let json = serde_json::to_string(&saved[0]).unwrap();
    assert_eq!(
        json,
        r#"{"project":"done","edition":"2018","amount":"200","on":"2020-02-01"}"#
    );
}

/// A saving that was used does not come again; what is saved after that does.
#[test]
fn what_was_given_back_is_not_saved_again() {
    let cheaper = |from: u32, to: u32, on: &str| {
        format!(
            "{{ what = 'cost-changed', on = '{on}', from = '{from}', to = '{to}', cause = 'c' }}"
        )
    };
    let done = "{ what = 'delivered', on = '2020-02-01' }";
    let gave = "{ what = 'gave-back', on = '2020-06-01', amount = '200' }";
    let first = cheaper(1000, 800, "2020-01-01");
    let later = cheaper(800, 770, "2020-07-01");
    let with = |events: &[&str]| {
        let register = of(&[project(
            "done",
            "2018",
            &format!("event = [{}]", events.join(", ")),
        )]);
        let text = serde_json::to_string(&register).unwrap();
        let again = Register::read(&serde_json::from_str::<Document>(&text).unwrap()).unwrap();
        assert_eq!(again, register);
        let saved = savings(&register);
        saved
            .iter()
            .map(|saving| saving.amount.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(with(&[&first, done]), ["200"]);
    assert!(with(&[&first, done, gave]).is_empty());
    assert_eq!(with(&[&first, done, gave, &later]), ["30"]);
}

#[test]
fn claims_are_written_with_their_evidence() {
    let found = claims(&register(REGISTER), &ClaimKind::LackingSupport, &law());
    assert_eq!(
        serde_json::to_string(&found[0]).unwrap(),
        r#"{"project":"bench","edition":"2018","claim":"lacking-support","missing":"0","evidence":[{"shows":"less-support","needed":"regular","given":"light"}]}"#
    );
}
