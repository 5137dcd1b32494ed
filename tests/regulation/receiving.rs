//! A rest that goes to the area of highest turnout, or of least money: decided afresh, or going on.

use quartier::election::{Aggregate, Area, Ballot, BallotKind, Column, Election, Project, Voters};
use quartier::exact::Ratio;
use quartier::regulation::ApplyError;

use crate::helpers::{SKIP, closes, code, edition, found, law, money, read, stage, winners};

/// Three districts with 50 each.
///
/// ```text
/// a  registered 10, people 1 000   a1 30 (3 votes)  a2 60 (4)  a3 40 (1)   a2 does not fit: a1, 20 left
/// b  registered 100, people 20     b1 45 (10)                              5 left
/// c  registered 40, people 40      c1 20 (4)                               30 left
/// voters live where they vote: a 8, b 10, c 4. By registered voters: a 80%, b 10%, c 10%; by people: a 0.8%, b 50%, c 10%.
/// ```
fn districts() -> Election {
    let mut builder = Election::builder().budget(1).kind(BallotKind::Approval);
    for (id, registered, people) in [("a", 10, 1_000), ("b", 100, 20), ("c", 40, 40)] {
        let area = Area::new(id)
            .attribute("registered", Ratio::from(registered))
            .attribute("population", Ratio::from(people));
        builder = builder.area(area);
    }
    for (id, cost, votes) in [
        ("a1", 30, 3),
        ("a2", 60, 4),
        ("a3", 40, 1),
        ("b1", 45, 10),
        ("c1", 20, 4),
    ] {
        builder = builder
            .project(Project::new(id, cost).in_area(home(id)))
            .ballots(Ballot::approval([id]), votes);
    }
    builder.build().unwrap()
}

/// The district of a project, and of whoever votes for it: `a` of `a1`.
fn home(project: &str) -> &str {
    project.get(..1).unwrap()
}

/// The same with a voter table that says where each voter lives.
fn with_voters(election: &Election, column: &str) -> Election {
    with_homes(election, column, |home, _| home.to_owned())
}

/// The same, each voter's home as it is written: of the district and the voter's number in it.
fn with_homes(
    election: &Election,
    column: &str,
    written: impl Fn(&str, u64) -> String,
) -> Election {
    let profile = election.profile();
    let (mut ids, mut ballots, mut areas) = (Column::new(), Vec::new(), Column::new());
    for index in profile.ballot_indices() {
        let ballot = profile.ballot(index).unwrap();
        let project = ballot.entries().next().unwrap().project;
        for voter in 0..ballot.count() {
            ids.push(&format!("{}-{voter}", index.index())).unwrap();
            ballots.push(index);
            let home = home(election.instance().id_of(project));
            areas.push(&written(home, voter)).unwrap();
        }
    }
    let voters = Voters::new(ids, ballots, vec![(column.to_owned(), areas)]).unwrap();
    Election::new(election.instance().clone(), profile.clone(), Some(voters)).unwrap()
}

fn town() -> Election {
    with_voters(&districts(), "area")
}

const POTS: &str = "[[pot]]\nid = \"districts\"\neach-area = \"50\"\nholds = \"local\"\n";

/// What is unspent goes to an area; what is left after that, to the treasury.
fn regulation(mode: &str, rest: &str) -> String {
    let rules = format!(
        "[[redistribute]]\nfrom = [\"unspent\"]\nmode = \"{mode}\"\nclaims = []\n{rest}\nstage = \"vote\"\n[[redistribute]]\nfrom = [\"unspent\"]\nmode = \"continue\"\nclaims = []\nrest = \"treasury\"\n"
    );
    let vote = stage("vote", "\"districts\"", SKIP, "\"none\"");
    law("150", "", &[POTS, &vote, &rules].concat())
}

fn turnout(which: &str, of: &str) -> String {
    format!("rest = \"area:{which}-turnout\"\nturnout-of = \"{of}\"")
}

/// Częstochowa: 35 go to a, which decides afresh with 85: a2 wins, and a1 loses.
#[test]
fn highest_turnout_decides_afresh() {
    let text = regulation("rerun", &turnout("highest", "registered"));
    let edition = edition(&text, &town(), &[]);
    assert_eq!(winners(&edition), ["a2", "b1", "c1"]);
    assert_eq!(code(&edition, "a1"), Some("lost-by-rerun"));
    let moved: Vec<_> = edition
        .redistributed
        .iter()
        .take(2)
        .map(|moved| (moved.from.as_str(), moved.to.as_str(), moved.amount))
        .collect();
    assert_eq!(
        moved,
        [
            ("districts/b", "pot:districts/a", money(5)),
            ("districts/c", "pot:districts/a", money(30))
        ]
    );
    assert!(closes(&edition) && edition.envelope.returned == money(25));
}

/// Going on with 20 + 35, a takes a3 too, and nobody loses.
#[test]
fn highest_turnout_goes_on() {
    let text = regulation("continue", &turnout("highest", "registered"));
    let edition = edition(&text, &town(), &[]);
    assert_eq!(winners(&edition), ["a1", "a3", "b1", "c1"]);
    assert!(closes(&edition) && edition.envelope.returned == money(15));
}

fn receives(rest: &str) -> String {
    let edition = edition(&regulation("continue", rest), &town(), &[]);
    edition.redistributed[0].to.clone()
}

#[test]
fn the_direction_and_the_number_are_the_regulations() {
    // By people b votes most, and a least.
    assert_eq!(
        receives(&turnout("highest", "population")),
        "pot:districts/b"
    );
    assert_eq!(
        receives(&turnout("lowest", "population")),
        "pot:districts/a"
    );
    // a has 30, b 45, c 20; by people 0.03, 2.25, 0.5; one of three, one of one, one of one.
    let rest = |word: &str| receives(&format!("rest = \"area:{word}\""));
    assert_eq!(rest("least-amount"), "pot:districts/c");
    assert_eq!(rest("most-amount"), "pot:districts/b");
    assert_eq!(rest("least-amount-per-inhabitant"), "pot:districts/a");
    assert_eq!(rest("most-amount-per-inhabitant"), "pot:districts/b");
    assert_eq!(rest("least-success-rate"), "pot:districts/a");
}

/// No word of a tie chain is about areas: who is equal is named, and people write which pot it is.
#[test]
fn equal_areas_are_refused_by_name() {
    for (rest, equal) in [
        (
            turnout("lowest", "registered"),
            vec!["districts/b", "districts/c"],
        ),
        (
            "rest = \"area:most-success-rate\"".to_owned(),
            vec!["districts/b", "districts/c"],
        ),
        (
            "rest = \"area:least-winners\"".to_owned(),
            vec!["districts/a", "districts/b", "districts/c"],
        ),
    ] {
        for mode in ["continue", "rerun"] {
            let refused = read(&regulation(mode, &rest)).apply(&town(), &[]);
            let Err(ApplyError::NoReceivingArea { path, pots, .. }) = &refused else {
                panic!("{refused:?}");
            };
            assert_eq!(
                (path.as_str(), pots),
                (
                    "redistribute[0].rest",
                    &equal.iter().map(|&id| id.to_owned()).collect()
                )
            );
            let said = refused.unwrap_err().to_string();
            assert!(said.contains(&format!("pot:{}", equal[0])), "{said}");
        }
    }
}

/// Nothing is left over, or claims take it all: nobody has to say which of the equal areas would have received it.
#[test]
fn equal_areas_are_not_asked_about_where_nothing_is_to_be_given() {
    let least = "rest = \"area:least-winners\"";
    // Pots as large as what wins in them: a1 30, b1 45, c1 20.
    let exact = "[[pot]]\nid = \"districts\"\neach-area = \"0\"\nholds = { cost-at-most = \"0\" }\n[[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"all\"\n";
    let with = |voted: u32, mode: &str, claims: &str| {
        let text = regulation(mode, least)
            .replace(POTS, exact)
            .replace("pots = [\"districts\"]", "pots = [\"districts\", \"city\"]")
            .replace("voted = \"150\"", &format!("voted = \"{voted}\""))
            .replacen("claims = []", &format!("claims = [{claims}]"), 1);
        read(&text).apply(&town(), &[])
    };
    // b1, a2, c1, a1 and a3 cost 195 in all: at 195 nothing is left, at 200 five are.
    for mode in ["continue", "rerun"] {
        let applied = with(195, mode, "").unwrap();
        assert_eq!(winners(applied.edition().unwrap()).len(), 5, "{mode}");
        let refused = with(200, mode, "");
        assert!(
            matches!(refused, Err(ApplyError::NoReceivingArea { .. })),
            "{mode}: {refused:?}"
        );
    }
    // At 160 all but a3 are paid, and 5 are left. A pot of 5 beside it gives: a3 takes all of them, in part.
    let next = "{ kind = \"next-on-list\", pay = { partial = \"1%\" } }";
    let spare = "[[pot]]\nid = \"spare\"\namount = \"5\"\nholds = { cost-at-most = \"0\" }\n";
    let text = |claims: &str| {
        regulation("continue", least)
            .replace(POTS, &[&exact.replace("residual", "160"), spare].concat())
            .replace("voted = \"150\"", "voted = \"165\"")
            .replace(
                "[\"unspent\"]\nmode",
                "[\"unspent\"]\npots = [\"spare\"]\nmode",
            )
            .replace("pots = [\"districts\"]", "pots = [\"districts\", \"city\"]")
            .replacen("claims = []", &format!("claims = [{claims}]"), 1)
    };
    let asked = read(&text("")).apply(&town(), &[]);
    assert!(
        matches!(asked, Err(ApplyError::NoReceivingArea { .. })),
        "{asked:?}"
    );
    let taken = read(&text(next)).apply(&town(), &[]).unwrap();
    assert!(closes(taken.edition().unwrap()));
}

fn misfit(text: &str, election: &Election) -> Vec<(String, String)> {
    let refused = read(text).apply(election, &[]);
    let Err(ApplyError::Misfit(faults)) = &refused else {
        panic!("{refused:?}");
    };
    let found = found(faults).into_iter();
    found
        .map(|(path, code)| (path.to_owned(), code.to_owned()))
        .collect()
}

#[test]
fn what_turnout_needs_and_is_not_known_is_named() {
    let text = regulation("rerun", &turnout("highest", "registered"));
    let fault = |key: &str| {
        (
            format!("redistribute[0].{key}"),
            "missing-attribute".to_owned(),
        )
    };
    assert_eq!(misfit(&text, &districts()), [fault("rest")]);
    // Files of the archive call the column so.
    let archive = with_voters(&districts(), "neighborhood");
    assert_eq!(winners(&edition(&text, &archive, &[])), ["a2", "b1", "c1"]);
    let other = with_voters(&districts(), "street");
    assert_eq!(misfit(&text, &other), [fault("rest")]);
    let unknown = regulation("rerun", &turnout("highest", "adults"));
    assert_eq!(
        misfit(&unknown, &town()),
        [
            fault("turnout-of"),
            fault("turnout-of"),
            fault("turnout-of")
        ]
    );
}

/// Each fault in words.
fn said(text: &str, election: &Election) -> Vec<String> {
    let refused = read(text).apply(election, &[]);
    let Err(ApplyError::Misfit(faults)) = &refused else {
        panic!("{refused:?}");
    };
    faults.iter().map(|fault| fault.why.clone()).collect()
}

/// Nobody is dropped from the turnout in silence: who has no area, and every name that is no area, all at once.
#[test]
fn voters_of_whom_the_area_is_unknown_are_named() {
    let text = regulation("rerun", &turnout("highest", "registered"));
    let town = with_homes(&districts(), "area", |home, voter| match (home, voter) {
        ("b", 0..3) => String::new(),
        ("b", 3..5) => "bb".to_owned(),
        ("c", 0) => "C".to_owned(),
        _ => home.to_owned(),
    });
    let said = said(&text, &town);
    assert_eq!(said.len(), 3, "{said:?}");
    for (said, expected) in said.iter().zip([
        "3 voters have no area, the first of them in row ",
        "(`bb`): correct it, or add the area",
        "1 voter lives in an area that the election does not list",
    ]) {
        assert!(said.contains(expected), "{said}");
    }
}

/// Districts of which `a` has the parts `a-east` and `a-west`; pots are the districts' or their parts'.
fn parted() -> Election {
    let mut builder = Election::builder().budget(1).kind(BallotKind::Approval);
    for (id, registered, parent) in [
        ("a", 10, None),
        ("a-east", 4, Some("a")),
        ("a-west", 6, Some("a")),
        ("b", 10, None),
    ] {
        let area = Area::new(id).attribute("registered", Ratio::from(registered));
        builder = builder.area(match parent {
            Some(parent) => area.part_of(parent),
            None => area,
        });
    }
    for (id, votes) in [("a1", 5), ("b1", 4)] {
        builder = builder
            .project(Project::new(id, 30).in_area(home(id)))
            .ballots(Ballot::approval([id]), votes);
    }
    builder.build().unwrap()
}

fn parted_law(areas: &str) -> String {
    let pots = POTS.replace("each-area", &format!("areas = [{areas}]\neach-area"));
    regulation("continue", &turnout("highest", "registered"))
        .replace(POTS, &pots)
        .replace("stage = \"vote\"\n", "")
}

/// Whoever lives in a part lives in the whole: all five of `a`, four of `b`.
#[test]
fn parts_count_in_their_area() {
    let parts = |_: &str, voter: u64| match voter % 3 {
        0 => "a-east",
        1 => "a-west",
        _ => "a",
    };
    let town = with_homes(&parted(), "area", |home, voter| match home {
        "a" => parts(home, voter).to_owned(),
        _ => home.to_owned(),
    });
    let text = parted_law("\"a\", \"b\"");
    let edition = edition(&text, &town, &[]);
    assert_eq!(edition.redistributed[0].to, "pot:districts/a");
    // 6 more on paper in b make ten of ten; in a part of a they make eleven.
    let with = |area: &str| {
        let mut paper = Aggregate::new("paper", [("b1", 1)]).in_area(area);
        paper.voters = Some(6);
        town.clone().with_aggregates(vec![paper]).unwrap()
    };
    let receives = |area: &str| {
        let edition = self::edition(&text, &with(area), &[]);
        edition.redistributed[0].to.clone()
    };
    assert_eq!(receives("b"), "pot:districts/b");
    assert_eq!(receives("a-west"), "pot:districts/a");
    // Pots of the parts: who names the whole is in none of them for sure. The fifth voter does, and a total does.
    let text = parted_law("\"a-east\", \"a-west\", \"b\"");
    let said = said(&text, &with("a"));
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].starts_with("1 voter lives in `a`, the first of them in row 3"),
        "{}",
        said[0]
    );
    assert!(
        said[1].contains("are of area `a`, and it is not said how many of its part `a-east`"),
        "{}",
        said[1]
    );
}

/// Totals of a channel count where they say their area and how many voted: 31 more in c make 35 of 40.
#[test]
fn totals_count_for_turnout() {
    let text = regulation("continue", &turnout("highest", "registered"));
    let totals = |area: &str, voters: Option<u64>| {
        let mut paper = Aggregate::new("paper", [("c1", 1)]).in_area(area);
        paper.voters = voters;
        town().with_aggregates(vec![paper]).unwrap()
    };
    let edition = edition(&text, &totals("c", Some(31)), &[]);
    assert_eq!(edition.redistributed[0].to, "pot:districts/c");
    for (area, voters) in [("", Some(31)), ("c", None), ("atlantis", Some(31))] {
        assert_eq!(misfit(&text, &totals(area, voters)).len(), 1, "{area}");
    }
    let mut paper = ["", "atlantis"].map(|area| Aggregate::new("paper", [("c1", 1)]).in_area(area));
    for totals in &mut paper {
        totals.voters = Some(31);
    }
    let two = town().with_aggregates(paper.to_vec()).unwrap();
    assert_eq!(misfit(&text, &two).len(), 2, "all at once");
}

/// Where areas have several pots, the regulation says which; the others keep what they have.
#[test]
fn one_of_several_pots_of_the_area_receives() {
    let more = "[[pot]]\nid = \"parks\"\neach-area = \"10\"\nholds = { category = \"park\" }\n";
    let rest = format!(
        "{}\narea-pot = \"parks\"\npots = [\"districts\"]",
        turnout("highest", "registered")
    );
    let text = regulation("continue", &rest)
        .replace("stage = \"vote\"\n", "")
        .replace("voted = \"150\"", "voted = \"180\"")
        .replace("[[stage]]", &format!("{more}[[stage]]"));
    let edition = edition(&text, &town(), &[]);
    assert_eq!(edition.redistributed[0].to, "pot:parks/a");
    // a's own district pot is not the one that receives, so it gives too.
    assert_eq!(edition.pot("parks/a").unwrap().left, money(65));
    assert_eq!(edition.pot("parks/b").unwrap().left, money(10));
    assert!(closes(&edition));
}
