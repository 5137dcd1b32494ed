//! Projects, areas, totals and manifests: all problems at once, nothing guessed.

use quartier::election::{Area, ProposerKind, Verdict};
use quartier::tally::read::{
    ReadError, ReadOptions, read_aggregates_csv, read_areas_csv, read_manifest_csv,
    read_projects_csv,
};
use quartier::tally::table::Diagnostics;

use crate::helpers::{place, places};

fn errors<T: std::fmt::Debug>(result: Result<T, ReadError>) -> Diagnostics {
    match result {
        Err(ReadError::Refused(found)) => found,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_project_has_all_that_is_known_of_it() {
    let text = "project_id;name;cost;area;category;beneficiary;proposer;filed_at;delivery_months;general_interest;feasible;latitude;longitude;Budget type\n\
        7;\"Trees; benches\";12500.5;north, south;sport;youth;collective;2017-12-05;18;yes;no: a pipe: deep;48.5;7.7;large\n\
        8;'+ de vert;1;;;;Mairie;;;unknown;;;;\n";
    let read = read_projects_csv(text.as_bytes(), "x", &ReadOptions::strict()).unwrap();
    let [trees, green] = read.projects.as_slice() else {
        panic!("{read:?}")
    };
    assert_eq!((&*trees.id, &*trees.name), ("7", "Trees; benches"));
    assert_eq!(trees.cost.to_string(), "12500.5");
    assert_eq!(trees.areas, ["north", "south"]);
    assert_eq!(
        (&trees.categories[..], &trees.beneficiaries[..]),
        (&["sport".into()][..], &["youth".into()][..])
    );
    assert_eq!(trees.proposer, Some(ProposerKind::Collective));
    assert_eq!(trees.filed.unwrap().to_string(), "2017-12-05");
    assert_eq!((trees.delivery_months, trees.position), (Some(18), Some(1)));
    let feasible = &trees.attestations["feasible"];
    assert_eq!(
        (feasible.verdict, &*feasible.reason),
        (Verdict::Fail, "a pipe: deep")
    );
    assert_eq!(
        trees.attestations["general-interest"].verdict,
        Verdict::Pass
    );
    assert_eq!(trees.location, Some(("48.5".into(), "7.7".into())));
    assert_eq!(trees.attributes["Budget type"], "large");
    assert_eq!(green.name, "+ de vert");
    assert_eq!(green.proposer, Some(ProposerKind::Other("Mairie".into())));
    assert_eq!(
        green.attestations["general-interest"].verdict,
        Verdict::Unknown
    );
    assert!(!green.attestations.contains_key("feasible"));
    assert!(green.areas.is_empty() && green.attributes.is_empty() && green.location.is_none());
}

#[test]
fn all_problems_of_a_table_of_projects_are_told_at_once() {
    let text = "project_id;cost;filed_at;delivery_months;feasible\n\
        ;1,5;31.12.2017;1.5;perhaps\n\
        7;5;2017-02-30;99999999999;\n\
        8;\"5\n\
        9;5;;;yes\n\
        9;6;;;yes\n";
    let found = errors(read_projects_csv(
        text.as_bytes(),
        "projects.csv",
        &ReadOptions::strict(),
    ));
    assert_eq!(
        places(&found),
        [
            place("missing", 2, 1),
            place("not-an-amount", 2, 2),
            place("not-a-date", 2, 6),
            place("not-a-number", 2, 18),
            place("not-yes-or-no", 2, 21),
            place("not-a-date", 3, 5),
            place("too-large", 3, 16),
            place("unclosed-quote", 4, 3),
            place("repeated-row", 6, 0),
        ]
    );
    assert!(
        found
            .to_string()
            .contains("`9` has already been given on line 5")
    );
}

#[test]
fn columns_that_are_needed() {
    let found = errors(read_projects_csv(
        "name\nx\n".as_bytes(),
        "x",
        &ReadOptions::strict(),
    ));
    assert_eq!(places(&found), vec![place("missing-column", 1, 0); 2]);
    let found = errors(read_areas_csv(
        "name\nx\n".as_bytes(),
        "x",
        &ReadOptions::strict(),
    ));
    assert_eq!(places(&found), vec![place("missing-column", 1, 0); 1]);
    let found = errors(read_aggregates_csv(
        "area\nx\n".as_bytes(),
        "x",
        &ReadOptions::strict(),
    ));
    assert_eq!(places(&found), vec![place("missing-column", 1, 0); 3]);
    let found = errors(read_manifest_csv(
        "station\nx\n".as_bytes(),
        "x",
        &ReadOptions::strict(),
    ));
    assert_eq!(places(&found), vec![place("missing-column", 1, 0); 1]);
}

#[test]
fn areas_have_parents_and_figures() {
    let text =
        "area_id;name;parent;population;income\nnorth;The North;city;40000;21000.5\ncity;;;;\n";
    let read = read_areas_csv(text.as_bytes(), "x", &ReadOptions::strict()).unwrap();
    let north = Area::new("north")
        .named("The North")
        .part_of("city")
        .attribute("population", 40_000_u32.into())
        .attribute("income", "21000.5".parse().unwrap());
    assert_eq!(read.areas, [north, Area::new("city")]);
    let text = "area_id;parent\nnorth;ci\u{200b}ty\nnorth;\n";
    let found = errors(read_areas_csv(text.as_bytes(), "x", &ReadOptions::strict()));
    assert_eq!(
        places(&found),
        [place("bad-id", 2, 7), place("repeated-row", 3, 0)]
    );
}

#[test]
fn totals_are_grouped_by_channel_and_area() {
    let text = "channel;area;project_id;votes;note\npaper;north;7;1500;x\npaper;;8;0;\npaper;north;8;12;\n";
    let read = read_aggregates_csv(text.as_bytes(), "x", &ReadOptions::strict()).unwrap();
    assert_eq!(places(&read.diagnostics), [place("~unused-column", 0, 0)]);
    let found: Vec<(String, Vec<(String, u64)>)> = read
        .aggregates()
        .into_iter()
        .map(|aggregate| (aggregate.area, aggregate.votes))
        .collect();
    assert_eq!(
        found,
        [
            (String::new(), vec![("8".to_owned(), 0)]),
            (
                "north".to_owned(),
                vec![("7".to_owned(), 1500), ("8".to_owned(), 12)]
            ),
        ]
    );
    let twice = "channel;project_id;votes\npaper;7;1\npaper;7;1\n";
    let found = errors(read_aggregates_csv(
        twice.as_bytes(),
        "x",
        &ReadOptions::strict(),
    ));
    assert_eq!(places(&found), [place("repeated-row", 3, 0)]);
}

#[test]
fn totals_have_one_number_of_voters() {
    let text = "channel;area;project_id;votes;voters\npaper;north;7;15;40\npaper;north;8;12;\npaper;south;7;1;9\npaper;south;8;1;9\npaper;;7;3;\n";
    let read = read_aggregates_csv(text.as_bytes(), "x", &ReadOptions::strict()).unwrap();
    let voters: Vec<_> = read
        .aggregates()
        .into_iter()
        .map(|totals| (totals.area, totals.voters))
        .collect();
    assert_eq!(
        voters,
        [
            (String::new(), None),
            ("north".to_owned(), Some(40)),
            ("south".to_owned(), Some(9))
        ]
    );
    let other = "channel;area;project_id;votes;voters\npaper;north;7;15;40\npaper;north;8;12;41\npaper;south;8;1;x\n";
    let found = errors(read_aggregates_csv(
        other.as_bytes(),
        "x",
        &ReadOptions::strict(),
    ));
    assert_eq!(
        places(&found),
        [place("other-voters", 3, 18), place("not-a-number", 4, 17)]
    );
}

#[test]
fn a_manifest_states_what_it_states() {
    let text = "channel;station;received;blank;void\npaper;school;120;3;\npaper;;0;;1\n";
    let read = read_manifest_csv(text.as_bytes(), "x", &ReadOptions::strict()).unwrap();
    let school = &read.rows[0];
    assert_eq!((&*school.channel, &*school.station), ("paper", "school"));
    assert_eq!(
        (school.received, school.blank, school.void),
        (Some(120), Some(3), None)
    );
    let whole = &read.rows[1];
    assert_eq!(
        (whole.received, whole.blank, whole.void),
        (Some(0), None, Some(1))
    );
    let faulty = "channel;station;received\n;x;1\npaper;school;1\npaper;school;2\n";
    let found = errors(read_manifest_csv(
        faulty.as_bytes(),
        "x",
        &ReadOptions::strict(),
    ));
    assert_eq!(
        places(&found),
        [place("missing", 2, 1), place("repeated-row", 4, 0)]
    );
}
