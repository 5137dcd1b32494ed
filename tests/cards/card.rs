//! The cards, and the shape of an election that each is made for.

use std::path::{Path, PathBuf};

use quartier::law::Document;
use quartier::regulation::Regulation;

/// What the projects of a card's election are like.
pub(crate) struct Card {
    pub(crate) file: &'static str,
    /// The areas: so many, or these.
    pub(crate) areas: Areas,
    /// Projects in each area, and what they cost at least and at most.
    pub(crate) local: (u32, u32, u32),
    /// Projects of the whole city, and what they cost at least and at most.
    pub(crate) city: (u32, u32, u32),
    /// Whether local and city-wide projects stand on ballots of their own.
    pub(crate) sheets: Sheets,
}

pub(crate) enum Areas {
    Numbered(u32),
    /// The first is named by the card; the others are numbered.
    With(&'static str, u32),
}

#[derive(PartialEq, Eq)]
pub(crate) enum Sheets {
    One,
    Apart,
}

const fn card(
    file: &'static str,
    areas: u32,
    local: (u32, u32, u32),
    city: (u32, u32, u32),
) -> Card {
    Card {
        file,
        areas: Areas::Numbered(areas),
        local,
        city,
        sheets: Sheets::One,
    }
}

const STRASBOURG: ((u32, u32, u32), (u32, u32, u32)) =
    ((6, 20_000, 110_000), (10, 40_000, 190_000));

pub(crate) const CARDS: [Card; 22] = [
    card("strasbourg-2017-one-pot", 10, STRASBOURG.0, STRASBOURG.1),
    card(
        "strasbourg-2017-quartier-pots",
        10,
        STRASBOURG.0,
        STRASBOURG.1,
    ),
    card(
        "strasbourg-2017-each-quartier-concerned",
        10,
        STRASBOURG.0,
        STRASBOURG.1,
    ),
    card("strasbourg-2017-balance", 10, STRASBOURG.0, STRASBOURG.1),
    card(
        "strasbourg-2019-season-1",
        10,
        (8, 20_000, 120_000),
        (0, 1, 1),
    ),
    card("metz-2014", 11, (8, 15_000, 70_000), (10, 30_000, 100_000)),
    card(
        "toulouse-2022",
        20,
        (10, 30_000, 200_000),
        (8, 50_000, 200_000),
    ),
    card(
        "rennes-2021",
        12,
        (10, 40_000, 500_000),
        (12, 50_000, 500_000),
    ),
    Card {
        areas: Areas::With("lyon-1", 9),
        ..card("lyon-2022", 9, (13, 40_000, 400_000), (18, 60_000, 500_000))
    },
    card(
        "lyon-2022-by-population",
        9,
        (13, 40_000, 400_000),
        (18, 60_000, 500_000),
    ),
    card("gers-2019", 0, (0, 1, 1), (150, 1_000, 55_000)),
    card(
        "madrid-2017",
        21,
        (8, 100_000, 2_000_000),
        (20, 1_000_000, 9_000_000),
    ),
    card(
        "warszawa-2023",
        18,
        (12, 20_000, 900_000),
        (40, 100_000, 4_000_000),
    ),
    Card {
        sheets: Sheets::Apart,
        ..card(
            "krakow-2022",
            18,
            (10, 1_500, 500_000),
            (40, 15_000, 1_700_000),
        )
    },
    card(
        "lodz-2020",
        36,
        (7, 20_000, 450_000),
        (40, 35_000, 2_000_000),
    ),
    card(
        "lodz-2022",
        36,
        (7, 20_000, 450_000),
        (40, 35_000, 2_000_000),
    ),
    card(
        "gdynia-2022",
        22,
        (12, 3_000, 350_000),
        (6, 200_000, 700_000),
    ),
    card(
        "poznan-2023",
        13,
        (9, 150_000, 900_000),
        (15, 300_000, 2_000_000),
    ),
    card(
        "czestochowa-2024",
        20,
        (12, 10_000, 240_000),
        (40, 40_000, 700_000),
    ),
    card("amsterdam-west-2021", 0, (0, 1, 1), (58, 2_500, 70_000)),
    card("wieliczka-2023", 0, (0, 1, 1), (64, 600, 100_000)),
    card("assen-2024", 0, (0, 1, 1), (14, 1_000, 50_000)),
];

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/regulations")
}

impl Card {
    pub(crate) fn named(file: &str) -> &'static Card {
        CARDS.iter().find(|card| card.file == file).unwrap()
    }

    pub(crate) fn text(&self) -> String {
        let path = folder().join(format!("{}.toml", self.file));
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) fn regulation(&self) -> Regulation {
        let document: Document = toml::from_str(&self.text()).unwrap();
        Regulation::read(&document).unwrap_or_else(|faults| panic!("{}:\n{faults}", self.file))
    }

    /// The ids of the areas.
    pub(crate) fn area_ids(&self) -> Vec<String> {
        let numbered = |number: u32| match self.file.split_once('-') {
            Some((city, _)) => format!("{city}-{number}"),
            None => number.to_string(),
        };
        match self.areas {
            Areas::Numbered(areas) => (1..=areas).map(numbered).collect(),
            Areas::With(first, areas) => std::iter::once(first.to_owned())
                .chain((2..=areas).map(numbered))
                .collect(),
        }
    }
}

#[test]
fn every_card_is_tested() {
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    // The example of the documentation and the form to fill in are no city's regulation.
    files.retain(|file| !["example-2018", "new"].contains(&file.as_str()));
    files.sort();
    let mut known: Vec<&str> = CARDS.iter().map(|card| card.file).collect();
    known.sort_unstable();
    assert_eq!(files, known);
}

#[test]
fn every_card_reads_without_fault() {
    for card in &CARDS {
        let regulation = card.regulation();
        assert!(!regulation.law().name.is_empty());
    }
}
