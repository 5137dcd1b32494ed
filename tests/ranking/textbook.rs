//! Elections of the literature with their known answers.

use quartier::tally::{InstantRunoff, Pairwise, RankedPairs, Schulze, Score};

use crate::helpers::{letter, votes};

/// The capital of Tennessee, the standing example of the field: A = Chattanooga, B = Knoxville, C = Memphis,
/// D = Nashville. Memphis has most first places, Knoxville wins the runoff, Nashville beats every other city.
const TENNESSEE: &str = "42:CDAB 26:DABC 15:ABDC 17:BADC";

#[test]
fn tennessee() {
    let capital = votes(TENNESSEE);
    assert_eq!(capital.text("plurality"), "C D B A");
    assert_eq!(capital.text("instant-runoff"), "B C D A");
    for method in ["copeland", "schulze", "ranked-pairs"] {
        assert_eq!(capital.text(method), "D A B C", "{method}");
    }
    // 194, 173, 126 and 107 points where the last place gives none: here it gives 1 more for each of 100 voters.
    assert_eq!(capital.text("borda"), "D A C B");
    let borda = Score::Borda.totals(&capital.election()).unwrap();
    assert_eq!(
        borda,
        [273, 207, 226, 294].map(quartier::exact::Ratio::from)
    );
    let runoff = InstantRunoff::of(&capital.election()).unwrap();
    let fewest: Vec<String> = runoff
        .rounds()
        .iter()
        .map(|round| {
            round
                .votes
                .iter()
                .map(|(_, votes)| votes)
                .min()
                .unwrap()
                .to_string()
        })
        .collect();
    assert_eq!(fewest, ["15", "26", "42", "100"]);
}

/// Schulze 2011, section 3, example 1 (45 voters): the matrix of strongest paths, and E > A > C > B > D.
#[test]
fn schulze_example_1() {
    let example = votes("5:ACBED 5:ADECB 8:BEDAC 3:CABED 7:CAEBD 2:CBADE 7:DCEBA 8:EBADC");
    assert_eq!(example.text("schulze"), "E A C B D");
    let election = example.election();
    let pairwise = Pairwise::of(&election).unwrap();
    let schulze = Schulze::of(&pairwise);
    let strongest = [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ];
    for (a, &from) in pairwise.projects().iter().enumerate() {
        for (b, &to) in pairwise
            .projects()
            .iter()
            .enumerate()
            .filter(|&(b, _)| a != b)
        {
            assert_eq!(
                schulze.strength(from, to),
                Some(&strongest[a][b].into()),
                "{a} {b}"
            );
        }
    }
    // Ranked pairs part ways: BD 33, ED 31, AD 30 and CB 29 are locked; DC 28 would close C > B > D > C; EB 27 and
    // AC 26 are locked; BA 25 would close A > C > B > A; CE 24 is locked.
    assert_eq!(example.text("ranked-pairs"), "A C E B D");
    let aside: Vec<String> = RankedPairs::of(&pairwise)
        .set_aside()
        .iter()
        .map(|(a, b)| format!("{}{}", letter(a.index()), letter(b.index())))
        .collect();
    assert_eq!(aside, ["DC", "BA", "EA"]);
}

/// Schulze 2011, examples 2 and 3 (30 voters each), and 4 (9 voters: B and D are both potential winners).
#[test]
fn schulze_examples_2_to_4() {
    let two = votes("5:ACBD 2:ACDB 3:ADCB 4:BACD 3:CBDA 3:CDBA 1:DACB 5:DBAC 4:DCBA");
    assert_eq!(two.text("schulze"), "D A C B");
    let three = votes("3:ABDEC 5:ADEBC 1:ADECB 2:BADEC 2:BDECA 4:CABDE 6:CBADE 2:DBECA 5:DECAB");
    assert_eq!(three.text("schulze"), "B A D E C");
    let four = votes("3:ABCD 2:DABC 2:DBCA 2:CBDA");
    assert_eq!(four.text("schulze"), "BD AC");
}

/// Condorcet 1785 (60 voters), as told by Young, *Condorcet's theory of voting*, APSR 82, 1988: A beats B by 33
/// to 27, B beats C by 42 to 18, C beats A by 35 to 25. The weakest majority gives way: B > C > A. Borda has
/// B > A > C, most first places has A.
#[test]
fn condorcet_1785() {
    let circle = votes("23:ABC 17:BCA 2:BAC 10:CAB 8:CBA");
    assert_eq!(circle.text("ranked-pairs"), "B C A");
    assert_eq!(circle.text("schulze"), "B C A");
    assert_eq!(circle.text("copeland"), "ABC");
    assert_eq!(circle.text("borda"), "B A C");
    assert_eq!(circle.text("plurality"), "A B C");
}

/// A circle of three equal majorities: nobody can be told from anybody.
#[test]
fn the_perfect_circle_is_a_tie() {
    let circle = votes("1:ABC 1:BCA 1:CAB");
    for method in crate::helpers::RANKED {
        assert_eq!(circle.text(method), "ABC", "{method}");
    }
}

/// Equal margins that contradict each other (election-methods list, 27 December 2002): B > C, A > C and B > D are
/// clear; A > B, D > A and C > D, by 8 to 5 each, would close circles and are all set aside.
#[test]
fn equal_margins_that_contradict_are_set_aside_together() {
    let example = votes("5:ABCD 4:BDAC 3:CDAB 1:DBCA");
    assert_eq!(example.text("ranked-pairs"), "AB CD");
    let election = example.election();
    let pairs = RankedPairs::of(&Pairwise::of(&election).unwrap());
    assert_eq!(pairs.set_aside().len(), 3);
}

/// Borda 1770, as reported by de Grazia 1953 (21 voters): A has most first places, and loses to both others.
#[test]
fn borda_1770() {
    let example = votes("1:ABC 7:ACB 7:BCA 6:CBA");
    assert_eq!(example.text("plurality"), "A B C");
    assert!(example.loses_to_all(0));
    assert_eq!(example.text("borda"), "C B A");
    assert_eq!(example.text("copeland"), "C B A");
    assert_eq!(example.text("instant-runoff"), "B A C");
}
