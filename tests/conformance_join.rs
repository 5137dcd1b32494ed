//! Published lists of one city and year put together as one edition: the winners are those that the city published.
//!
//! The lists are in the archive under `/work/shared` (or `QUARTIER_SHARED`); without it nothing is tested here.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should stop"
)]

#[path = "common/shared.rs"]
mod shared;

use std::fmt::Write as _;
use std::path::Path;

use quartier::election::{Election, Join, JoinPart, Money};
use quartier::law::Document;
use quartier::pabulib::{ReadOptions, read_bytes};
use quartier::regulation::{EditionOutcomes, Inputs, Regulation};

/// All lists of a city and year as one election, their pots, and who was selected.
struct City {
    election: Election,
    pots: String,
    districts: Vec<String>,
    selected: Vec<String>,
    lists: usize,
}

/// The list of a district is for the district; the one without a district's name is for the city.
fn city(shared: &Path, begins: &str) -> City {
    let mut names: Vec<String> = std::fs::read_dir(shared.join("pabulib"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(begins))
        .collect();
    names.sort();
    let (mut join, mut pots) = (Join::new(), String::new());
    let (mut districts, mut selected) = (Vec::new(), Vec::new());
    for name in &names {
        let bytes = std::fs::read(shared.join("pabulib").join(name)).unwrap();
        let read = read_bytes(&bytes, &ReadOptions::lenient());
        let read = read.unwrap_or_else(|error| panic!("{name}: {error}"));
        let instance = read.election().instance();
        let all = instance.projects().iter().zip(read.selected().unwrap());
        selected.extend(
            all.filter(|(_, number)| **number == 1)
                .map(|(project, _)| project.id.clone()),
        );
        let district = name
            .strip_prefix(begins)
            .and_then(|rest| rest.strip_suffix(".pb"));
        let district = district
            .unwrap_or_default()
            .trim_start_matches('_')
            .to_owned();
        let (id, holds) = if district.is_empty() {
            ("city".to_owned(), "\"city-wide\"".to_owned())
        } else {
            (district.clone(), format!("{{ area = \"{district}\" }}"))
        };
        let budget = instance.budget();
        let _ = write!(
            pots,
            "[[pot]]\nid = \"{id}\"\namount = \"{budget}\"\nholds = {holds}\n"
        );
        let part = JoinPart::new(id, read.into_election());
        join = join.part(if district.is_empty() {
            part
        } else {
            part.in_area(&district)
        });
        districts.extend(Some(district).filter(|district| !district.is_empty()));
    }
    selected.sort_unstable();
    City {
        election: join
            .build()
            .unwrap_or_else(|error| panic!("{begins}: {error}")),
        pots,
        districts,
        selected,
        lists: names.len(),
    }
}

fn regulation(city: &City, ties: &str, local: &str, whole: &str) -> Regulation {
    let voted: Money = city.election.instance().budget();
    let stage = |id: &str, pots: &str, threshold: &str| {
        format!(
            "[[stage]]\nid = \"{id}\"\npots = [{pots}]\nrule = \"greedy:score=votes,misfit=skip{threshold}\"\nties = [{ties}]\nguarantee = \"none\"\n"
        )
    };
    let quoted: Vec<String> = city
        .districts
        .iter()
        .map(|id| format!("\"{id}\""))
        .collect();
    let mut stages = stage("districts", &quoted.join(", "), local);
    if city.pots.contains("id = \"city\"") {
        stages += &stage("city", "\"city\"", whole);
    }
    let text = format!(
        "name = \"city\"\nedition = \"1\"\n[envelope]\nbase = \"{voted}\"\nat-most = \"100%\"\nvoted = \"{voted}\"\ncurrency = \"PLN\"\ngranularity = \"0.01\"\n[eligibility]\nproposer = \"any\"\ndelivery-months-at-most = \"any\"\nattested = []\non-unknown = \"refuse\"\n[ballot]\nform = \"approval\"\nmax = 100\ninvalid = \"void\"\nduplicates = \"refuse\"\nblank-ballots-count = false\nchannels = {{ internet = \"binding\" }}\n{}{stages}[[redistribute]]\nfrom = [\"unspent\", \"threshold\"]\nmode = \"continue\"\nclaims = []\nrest = \"treasury\"\n",
        city.pots
    );
    let document: Document = toml::from_str(&text).unwrap();
    Regulation::read(&document).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The published selection is the result, or one of the results of ties that a lot settles.
fn is_published(city: &City, local: &str, whole: &str) {
    let open = regulation(city, "\"none\"", local, whole);
    let found = open.outcomes(&city.election, Inputs::new(), 64).unwrap();
    let EditionOutcomes::All(all) = found else {
        panic!("too many ties");
    };
    let winners = all.iter().map(|edition| {
        let mut winners = edition.winners();
        winners.sort_unstable();
        winners
    });
    let reached = winners.into_iter().any(|winners| winners == city.selected);
    println!(
        "{} lists, {} voters, {} winners, {} results of ties",
        city.lists,
        city.election.profile().voters(),
        city.selected.len(),
        all.len()
    );
    assert!(reached, "the published selection is none of the results");
}

/// Fifteen osiedla and the city's list as it was after the transfer (`Poland_Lodz_2022.pb` has the larger budget).
#[test]
fn lodz_2022_is_one_edition() {
    let Some(shared) = shared::folder() else {
        return;
    };
    is_published(
        &city(&shared, "Poland_Lodz_2022"),
        ",threshold=50",
        ",threshold=100",
    );
}

/// Ten districts of Warszawa in 2023.
#[test]
fn warszawa_2023_is_one_edition() {
    let Some(shared) = shared::folder() else {
        return;
    };
    is_published(&city(&shared, "Poland_Warszawa_2023_"), ",threshold=50", "");
}
