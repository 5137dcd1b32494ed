//! Stations and totals with odd figures.

use quartier::tally::{AnomalyCheck, FormerFigure, FormerKind};

use crate::helpers::{found, ratio, refusal, tally, vote};

#[test]
fn stations_without_votes() {
    let votes = [
        vote("park").at("hall"),
        vote("").at("school"),
        vote("castle").at("school"),
    ];
    let expected = ["hall", "chapel"].map(|station| ("paper".to_owned(), station.to_owned()));
    let check = AnomalyCheck::EmptyStation {
        expected: expected.to_vec(),
    };
    let told: Vec<(String, u64)> = found(&tally(&votes), check)
        .into_iter()
        .map(|a| (a.place.station.unwrap(), a.votes))
        .collect();
    assert_eq!(told, [("chapel".to_owned(), 0), ("school".to_owned(), 2)]);
}

#[test]
fn stations_with_round_figures() {
    let mut votes = vec![vote("park").at("hall"); 20];
    votes.extend(vec![vote("gym").at("school"); 21]);
    let tally = tally(&votes);
    let found = found(&tally, AnomalyCheck::RoundFigure { multiple_of: 10 });
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place.station.as_deref(), Some("hall"));
    assert_eq!(
        (found[0].figure.clone(), found[0].limit.clone()),
        (ratio("20"), ratio("10"))
    );
    for multiple_of in [0, 1] {
        assert!(refusal(&tally, AnomalyCheck::RoundFigure { multiple_of }).contains("2 or more"));
    }
}

#[test]
fn totals_beside_those_of_a_former_edition() {
    let mut votes = vec![vote("park").living_in("north"); 8];
    votes.extend(vec![vote("").by("internet").living_in("south"); 12]);
    let tally = tally(&votes);
    let then = |channel: Option<&str>, area: Option<&str>, figure, votes| FormerFigure {
        channel: channel.map(str::to_owned),
        area: area.map(str::to_owned),
        figure,
        votes,
    };
    let changed = |former: FormerFigure, change: &str| {
        let former = vec![former];
        let check = AnomalyCheck::FormerEdition {
            former,
            change_at_most: ratio(change),
        };
        let found = found(&tally, check).pop();
        found.map(|a| (a.figure.to_string(), a.limit.to_string()))
    };
    let some = |figure: &str, limit: &str| Some((figure.to_owned(), limit.to_owned()));
    let received = FormerKind::Received;
    assert_eq!(
        changed(then(None, None, received, 25), "1/5"),
        None,
        "20 is 25 less a fifth"
    );
    assert_eq!(
        changed(then(None, None, received, 26), "1/5"),
        some("20", "104/5")
    );
    assert_eq!(
        changed(then(Some("paper"), None, received, 6), "1/5"),
        some("8", "36/5")
    );
    assert_eq!(
        changed(then(None, Some("south"), FormerKind::Blank, 0), "1/5"),
        some("12", "0")
    );
    assert_eq!(
        changed(then(Some("bus"), None, received, 3), "1/2"),
        some("0", "3/2")
    );
    assert_eq!(
        changed(then(None, Some("north"), FormerKind::Accepted, 8), "0"),
        None
    );
    let former = vec![then(None, None, received, 1)];
    let check = AnomalyCheck::FormerEdition {
        former,
        change_at_most: ratio("-1"),
    };
    assert!(refusal(&tally, check).contains("at least 0"));
}
