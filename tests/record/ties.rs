//! Tie chains: reading them, and settling ties with them.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use quartier::election::{Date, Money};
use quartier::exact::Ratio;
use quartier::record::{
    Contender, RecordedLot, Resolution, TieChain, TieChainFault, TieError, TieWord, TieWordError,
    lot_order, natural_cmp,
};

#[test]
fn tie_chains_round_trip() {
    for text in [
        "cheaper,more-votes,id",
        "more-votes,cheaper,recorded-lot",
        "fewer-votes,dearer,earlier-filed,natural-id",
        "later-filed,id-desc",
        "cheaper,natural-id-desc",
        "lot:2024-06-01:4-4-1",
        "none",
        "cheaper",
    ] {
        let chain: TieChain = text.parse().unwrap();
        assert_eq!(chain.to_string(), text);
        let list: Vec<&str> = text.split(',').collect();
        let from_list: TieChain = serde_json::from_value(serde_json::json!(list)).unwrap();
        let from_text: TieChain = serde_json::from_value(serde_json::json!(text)).unwrap();
        assert_eq!((&from_list, &from_text), (&chain, &chain));
        assert_eq!(
            serde_json::to_value(&chain).unwrap(),
            serde_json::json!(text)
        );
    }
    assert!(serde_json::from_str::<TieChain>("[]").is_err());
    assert!(serde_json::from_str::<TieChain>("3").is_err());
}

#[test]
fn impossible_tie_chains_are_refused() {
    let faults = |text: &str| text.parse::<TieChain>().unwrap_err().faults;
    assert_eq!(faults(""), [TieChainFault::Empty]);
    assert!(matches!(
        faults("cheapest,lot,lot:a b,").as_slice(),
        [
            TieChainFault::Word {
                position: 1,
                error: TieWordError::Unknown { .. }
            },
            TieChainFault::Word {
                position: 2,
                error: TieWordError::NoSeed
            },
            TieChainFault::Word {
                position: 3,
                error: TieWordError::BadSeed { found: ' ' }
            },
            TieChainFault::Word {
                position: 4,
                error: TieWordError::Empty
            },
        ]
    ));
    for (text, last) in [
        ("id,cheaper", "id"),
        ("id-desc,id", "id-desc"),
        ("natural-id,none", "natural-id"),
        ("natural-id-desc,id", "natural-id-desc"),
        ("lot:7,id", "lot:7"),
        ("recorded-lot,id", "recorded-lot"),
        ("none,cheaper", "none"),
        ("more-votes,fewer-votes", "more-votes"),
        ("earlier-filed,cheaper,later-filed", "earlier-filed"),
    ] {
        let found = faults(text);
        let [TieChainFault::Unreachable { after, .. }] = found.as_slice() else {
            panic!("{text}: {found:?}")
        };
        assert_eq!(after.to_string(), last, "{text}");
    }
    assert!(matches!(
        faults("cheaper,more-votes,cheaper").as_slice(),
        [TieChainFault::Duplicate {
            position: 3,
            word: TieWord::Cheaper
        }]
    ));
    let message = "cheapest".parse::<TieChain>().unwrap_err().to_string();
    assert!(
        message.contains("natural-id") && message.contains("lot:SEED"),
        "{message}"
    );
}

/// A project with its own votes, so that contenders can borrow them.
#[derive(Debug, Clone)]
struct Tied {
    id: String,
    cost: u32,
    votes: Ratio,
    filed: Option<Date>,
}

impl Tied {
    fn new(id: &str, cost: u32, votes: i128, day: Option<i8>) -> Tied {
        let filed = day.map(|day| Date::new(2018, 1, day).unwrap());
        Tied {
            id: id.to_owned(),
            cost,
            votes: Ratio::from(votes),
            filed,
        }
    }
}

fn contenders(projects: &[Tied]) -> Vec<Contender<'_>> {
    projects
        .iter()
        .map(|p| Contender {
            id: &p.id,
            cost: Money::from(p.cost),
            votes: &p.votes,
            filed: p.filed,
        })
        .collect()
}

/// The id that goes first and the word that settled it; or the ids that remain.
fn first(
    chain: &str,
    projects: &[Tied],
    lot: Option<&RecordedLot>,
) -> Result<(String, String), Vec<String>> {
    let chain: TieChain = chain.parse().unwrap();
    match chain.resolve(&contenders(projects), lot).unwrap() {
        Resolution::Resolved { chosen, by } => Ok((projects[chosen].id.clone(), by.to_string())),
        Resolution::Unsettled { remaining, .. } => Err(remaining
            .into_iter()
            .map(|place| projects[place].id.clone())
            .collect()),
    }
}

#[test]
fn each_word_decides_as_documented() {
    let tied = [
        Tied::new("9", 80, 5, Some(3)),
        Tied::new("10", 90, 7, Some(1)),
        Tied::new("a", 70, 6, Some(2)),
    ];
    for (word, winner) in [
        ("more-votes", "10"),
        ("fewer-votes", "9"),
        ("cheaper", "a"),
        ("dearer", "10"),
        ("earlier-filed", "10"),
        ("later-filed", "9"),
        ("id", "10"),
        ("id-desc", "a"),
        ("natural-id", "9"),
        ("natural-id-desc", "a"),
        (
            "lot:dice-314159",
            lot_order("dice-314159", ["9", "10", "a"])[0],
        ),
    ] {
        assert_eq!(
            first(word, &tied, None),
            Ok((winner.to_owned(), word.to_owned()))
        );
    }
}

#[test]
fn missing_dates_do_not_decide() {
    let mut tied = [
        Tied::new("1", 1, 1, Some(1)),
        Tied::new("2", 1, 1, Some(2)),
        Tied::new("3", 1, 1, None),
    ];
    assert_eq!(
        first("earlier-filed,id-desc", &tied, None),
        Ok(("3".into(), "id-desc".into()))
    );
    assert_eq!(
        first("earlier-filed", &tied, None).unwrap_err(),
        ["1", "2", "3"]
    );
    // Once the undated project is out by another word, the dates of the others decide.
    tied[2].cost = 2;
    assert_eq!(
        first("cheaper,later-filed", &tied, None),
        Ok(("2".into(), "later-filed".into()))
    );
    let dearer_undated: TieChain = "cheaper,later-filed,id".parse().unwrap();
    assert_eq!(
        dearer_undated
            .fixed_order(&contenders(&tied), None)
            .unwrap(),
        Some(vec![1, 0, 2])
    );
    tied[2].cost = 1;
    assert_eq!(
        dearer_undated
            .fixed_order(&contenders(&tied), None)
            .unwrap(),
        None
    );
}

#[test]
fn f20_a_tie_that_nothing_settles_is_an_answer() {
    let tied = [
        Tied::new("9", 80, 5, None),
        Tied::new("3", 80, 5, None),
        Tied::new("7", 90, 5, None),
    ];
    for chain in ["cheaper", "cheaper,none", "cheaper,recorded-lot"] {
        assert_eq!(
            first(chain, &tied, None).unwrap_err(),
            ["3", "9"],
            "{chain}"
        );
        let drawn = RecordedLot::new("vote", ["9", "3"]);
        let settled = first(chain, &tied, Some(&drawn));
        assert_eq!(settled, Ok(("9".into(), "recorded-lot".into())), "{chain}");
    }
    let chain: TieChain = "cheaper,more-votes,none".parse().unwrap();
    let Resolution::Unsettled { narrowed_by, .. } =
        chain.resolve(&contenders(&tied), None).unwrap()
    else {
        panic!("settled")
    };
    assert_eq!(
        narrowed_by,
        [TieWord::Cheaper],
        "more-votes left nobody out"
    );
}

#[test]
fn a_lot_that_does_not_cover_the_tie_is_refused() {
    let tied = [
        Tied::new("9", 80, 5, None),
        Tied::new("3", 80, 5, None),
        Tied::new("7", 80, 5, None),
    ];
    let drawn = RecordedLot::new("vote", ["9", "12"]);
    let chain = TieChain::none();
    assert_eq!(
        chain.resolve(&contenders(&tied), Some(&drawn)).unwrap_err(),
        TieError::LotDoesNotCover {
            stage: "vote".into(),
            missing: vec!["3".into(), "7".into()]
        }
    );
    assert_eq!(
        chain.fixed_order(&contenders(&tied), Some(&drawn)).unwrap(),
        None
    );
    // It need not name those that an earlier word left out.
    let cheaper = [
        Tied::new("9", 80, 5, None),
        Tied::new("12", 80, 5, None),
        Tied::new("7", 90, 5, None),
    ];
    assert_eq!(
        first("cheaper,none", &cheaper, Some(&drawn)).unwrap().0,
        "9"
    );
}

#[test]
fn misuse_is_a_typed_error() {
    let chain: TieChain = "id".parse().unwrap();
    let one = [Tied::new("1", 1, 1, None)];
    assert_eq!(
        chain.resolve(&contenders(&one), None),
        Err(TieError::NotATie { found: 1 })
    );
    assert_eq!(
        chain.resolve(&[], None),
        Err(TieError::NotATie { found: 0 })
    );
    let twice = [one[0].clone(), one[0].clone()];
    let error = chain.resolve(&contenders(&twice), None);
    assert_eq!(error, Err(TieError::DuplicateId { id: "1".into() }));
    assert_eq!(chain.fixed_order(&[], None), Ok(Some(Vec::new())));
}

fn tied_projects() -> impl Strategy<Value = Vec<Tied>> {
    proptest::collection::btree_map(
        "[0-9a]{1,3}",
        (
            0..3_u32,
            0..3_i128,
            proptest::option::weighted(0.8, 1..4_i8),
        ),
        2..8,
    )
    .prop_map(|projects| {
        projects
            .into_iter()
            .map(|(id, (cost, votes, day))| Tied::new(&id, cost, votes, day))
            .collect::<Vec<_>>()
    })
    .prop_shuffle()
}

/// Chains of words that can follow each other, with and without a last word that settles everything.
fn chains() -> impl Strategy<Value = String> {
    let middle = proptest::sample::subsequence(
        vec![
            ["more-votes", "fewer-votes"],
            ["cheaper", "dearer"],
            ["earlier-filed", "later-filed"],
        ],
        0..=3,
    )
    .prop_shuffle();
    let ends = vec![
        "id",
        "id-desc",
        "natural-id",
        "natural-id-desc",
        "lot:seed",
        "recorded-lot",
        "none",
    ];
    (middle, vec(0..2_usize, 3), proptest::sample::select(ends)).prop_map(|(middle, sides, end)| {
        let words = middle.iter().zip(sides).map(|(pair, side)| pair[side]);
        words.chain([end]).collect::<Vec<_>>().join(",")
    })
}

fn settles_all(chain: &str) -> bool {
    ["id", "id-desc", "natural-id", "natural-id-desc", "lot:seed"]
        .iter()
        .any(|end| chain.ends_with(end))
}

proptest! {
    #[test]
    fn f20_the_order_of_the_input_does_not_matter(
        (projects, shuffled) in tied_projects().prop_flat_map(|p| (Just(p.clone()), Just(p).prop_shuffle())),
        chain in chains(),
    ) {
        prop_assert_eq!(first(&chain, &projects, None), first(&chain, &shuffled, None));
    }

    #[test]
    fn a_chain_that_ends_in_an_id_or_a_lot_settles_every_tie(projects in tied_projects(), chain in chains()) {
        prop_assert!(!settles_all(&chain) || first(&chain, &projects, None).is_ok());
    }

    #[test]
    fn chains_follow_a_plain_sort(projects in tied_projects()) {
        let mut sorted: Vec<&Tied> = projects.iter().collect();
        sorted.sort_by(|a, b| a.cost.cmp(&b.cost).then(b.votes.cmp(&a.votes)).then(a.id.cmp(&b.id)));
        prop_assert_eq!(first("cheaper,more-votes,id", &projects, None).unwrap().0, sorted[0].id.clone());
    }

    #[test]
    fn removing_a_project_that_did_not_win_changes_nothing(projects in tied_projects(), chain in chains(), out in any::<prop::sample::Index>()) {
        let dated: Vec<Tied> = projects.into_iter().map(|p| Tied { filed: Some(p.filed.unwrap_or(Date::new(2018, 1, 9).unwrap())), ..p }).collect();
        if let Ok((winner, _)) = first(&chain, &dated, None) {
            let mut fewer = dated.clone();
            if fewer.remove(out.index(dated.len())).id != winner && fewer.len() > 1 {
                prop_assert_eq!(first(&chain, &fewer, None).unwrap().0, winner);
            }
        }
    }

    #[test]
    fn a_fixed_order_answers_every_tie(
        (projects, some) in tied_projects().prop_flat_map(|p| { let n = p.len(); (Just(p.clone()), proptest::sample::subsequence(p, 2..=n)) }),
        chain in chains(),
        drawn in any::<bool>(),
    ) {
        let lot = RecordedLot::new("vote", lot_order("drawn", projects.iter().map(|p| p.id.as_str())));
        let lot = drawn.then_some(&lot);
        let order = chain.parse::<TieChain>().unwrap().fixed_order(&contenders(&projects), lot).unwrap();
        let dated = projects.iter().all(|p| p.filed.is_some());
        prop_assert!(order.is_some() || !dated || !(settles_all(&chain) || drawn), "an order exists");
        if let Some(order) = order {
            let ids: Vec<&str> = order.iter().map(|&place| projects[place].id.as_str()).collect();
            prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), projects.len());
            let best = ids.iter().find(|id| some.iter().any(|p| p.id == **id)).unwrap();
            prop_assert_eq!(&first(&chain, &some, lot).unwrap().0, best);
        }
    }

    #[test]
    fn natural_order_is_total(ids in proptest::collection::btree_set("[0-9a.]{0,4}", 3)) {
        let ids: Vec<String> = ids.into_iter().collect();
        let (a, b, c) = (&ids[0], &ids[1], &ids[2]);
        prop_assert!(natural_cmp(a, b).is_ne());
        prop_assert_eq!(natural_cmp(a, b), natural_cmp(b, a).reverse());
        if natural_cmp(a, b) == natural_cmp(b, c) {
            prop_assert_eq!(natural_cmp(a, c), natural_cmp(a, b));
        }
    }
}
