//! The sample city: synthetic, made from a fixed seed. Strasbourg's quartiers have their real names; populations are round
//! figures, and projects, costs and ballots are invented.

#![expect(
    clippy::indexing_slicing,
    reason = "the dice have as many sides as a list is long"
)]

use std::fmt::Write as _;
use std::path::Path;

use crate::status::Stop;

/// The sample's regulation.
pub(crate) const REGULATION: &str = include_str!("../data/strasbourg/regulation.toml");

/// Id, name and a round number of inhabitants.
const QUARTIERS: [(&str, &str, u64); 15] = [
    ("bourse", "Bourse - Esplanade - Krutenau", 28_000),
    ("centre", "Centre-ville", 20_000),
    ("cronenbourg", "Cronenbourg", 21_000),
    ("elsau", "Elsau", 6_000),
    ("gare", "Gare", 16_000),
    ("hautepierre", "Hautepierre - Poteries", 24_000),
    ("koenigshoffen", "Koenigshoffen", 16_000),
    ("meinau", "Meinau", 17_000),
    ("montagne-verte", "Montagne Verte", 12_000),
    ("neudorf", "Neudorf", 40_000),
    ("neuhof", "Neuhof", 20_000),
    ("orangerie", "Orangerie - Conseil des Quinze", 24_000),
    ("port-du-rhin", "Port du Rhin", 3_000),
    ("robertsau", "Robertsau - Wacken", 25_000),
    ("stockfeld", "Stockfeld", 5_000),
];

/// What residents ask for in a quartier, with a usual cost in thousands.
const IDEAS: [(&str, &str, u64); 16] = [
    ("Jardin partagé", "nature", 18),
    ("Aire de jeux inclusive", "jeunesse", 62),
    ("Bancs et ombrages", "espace public", 14),
    ("Fontaine à eau", "espace public", 9),
    ("Terrain multisports", "sport", 74),
    ("Boîtes à livres", "culture", 4),
    ("Plantation de vingt arbres", "nature", 22),
    ("Fresque murale", "culture", 16),
    ("Parcours de santé", "sport", 35),
    ("Abri à vélos", "mobilité", 19),
    ("Compost collectif", "nature", 7),
    ("Éclairage d'un cheminement", "espace public", 44),
    ("Kiosque de quartier", "culture", 78),
    ("Traversée piétonne apaisée", "mobilité", 53),
    ("Mare pédagogique", "nature", 26),
    ("Skatepark", "jeunesse", 96),
];

/// What is asked for the city as a whole, with its cost in thousands.
const CITY: [(&str, &str, u64); 12] = [
    ("Boucle cyclable des quartiers", "mobilité", 240),
    ("Baignade en rivière surveillée", "sport", 310),
    ("Réseau de rafraîchissement", "nature", 180),
    ("Toilettes publiques accessibles", "espace public", 150),
    ("Scène mobile d'été", "culture", 95),
    ("Pépinière municipale ouverte", "nature", 120),
    ("Ateliers de réparation itinérants", "culture", 60),
    ("Signalétique piétonne", "mobilité", 70),
    ("Cours d'école ouvertes le soir", "jeunesse", 130),
    ("Ruches et prairies", "nature", 40),
    ("Bibliothèque de rue", "culture", 55),
    ("Observatoire des oiseaux", "nature", 85),
];

const INTERNET: u64 = 3_400;
const PAPER: u64 = 900;

/// The sample as tables: a name and the text of each.
pub(crate) struct Sample {
    pub(crate) projects: (&'static str, String),
    pub(crate) areas: (&'static str, String),
    pub(crate) votes: Vec<(&'static str, String)>,
}

/// A small generator (splitmix64): the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides.max(1)
    }

    /// A place in a list, in proportion to weights.
    fn pick(&mut self, weights: &[u64]) -> usize {
        let mut left = self.roll(weights.iter().sum());
        for (at, weight) in weights.iter().enumerate() {
            if left < *weight {
                return at;
            }
            left -= weight;
        }
        0
    }
}

/// A project of the sample.
struct Idea {
    id: String,
    row: String,
    quartier: Option<usize>,
    appeal: u64,
}

pub(crate) fn tables() -> Sample {
    let mut dice = Dice(2_019);
    let ideas = ideas(&mut dice);
    let mut projects = String::from(
        "project_id;name;cost;area;category;proposer;filed_at;delivery_months;general_interest;feasible\n",
    );
    for idea in &ideas {
        projects.push_str(&idea.row);
    }
    let mut areas = String::from("area_id;name;population\n");
    for (id, name, people) in QUARTIERS {
        let _ = writeln!(areas, "{id};{name};{people}");
    }
    let internet = votes(&ideas, &mut dice, "internet", 0..INTERNET);
    // Some people vote in both ways: the paper ballot is the one that counts.
    let paper = votes(
        &ideas,
        &mut dice,
        "paper",
        INTERNET - 25..INTERNET - 25 + PAPER,
    );
    Sample {
        projects: ("projects.csv", projects),
        areas: ("areas.csv", areas),
        votes: vec![("internet.csv", internet), ("paper.csv", paper)],
    }
}

fn ideas(dice: &mut Dice) -> Vec<Idea> {
    let mut ideas = Vec::new();
    for (quartier, (area, name, people)) in QUARTIERS.iter().enumerate() {
        // Larger quartiers have more projects.
        for number in 0..5 + people / 9_000 {
            let (title, theme, thousands) = IDEAS[usize::try_from(dice.roll(16)).unwrap_or(0)];
            let title = format!("{title} ({name}) n° {}", number + 1);
            let cost = (thousands * 1_000) * (80 + dice.roll(41)) / 100 / 100 * 100;
            ideas.push(idea(
                dice,
                ideas.len(),
                (&title, cost, area, theme),
                Some(quartier),
            ));
        }
    }
    for (title, theme, thousands) in CITY {
        ideas.push(idea(
            dice,
            ideas.len(),
            (title, thousands * 1_000, "", theme),
            None,
        ));
    }
    ideas
}

fn idea(
    dice: &mut Dice,
    at: usize,
    (title, cost, area, theme): (&str, u64, &str, &str),
    quartier: Option<usize>,
) -> Idea {
    let id = (at + 1).to_string();
    let proposer = [
        "resident",
        "resident",
        "resident",
        "collective",
        "collective",
        "resident",
    ];
    let proposer = if dice.roll(16) == 0 {
        "association"
    } else {
        proposer[usize::try_from(dice.roll(6)).unwrap_or(0)]
    };
    let months = if dice.roll(25) == 0 {
        30
    } else {
        6 + dice.roll(19)
    };
    let day = 1 + dice.roll(28);
    let feasible = match dice.roll(22) {
        0 => "no: le terrain n'appartient pas à la ville",
        1 => "unknown",
        _ => "yes",
    };
    let row = format!(
        "{id};{title};{cost};{area};{theme};{proposer};2019-02-{day:02};{months};yes;{feasible}\n"
    );
    Idea {
        id,
        row,
        quartier,
        appeal: 1 + dice.roll(9) * dice.roll(9),
    }
}

/// Ballots of one channel: most people vote for their own quartier, some for the city, few elsewhere.
fn votes(ideas: &[Idea], dice: &mut Dice, channel: &str, voters: std::ops::Range<u64>) -> String {
    let people: Vec<u64> = QUARTIERS.iter().map(|(_, _, people)| *people).collect();
    let mut text = String::from("voter_id;vote;channel;area\n");
    for voter in voters {
        let home = dice.pick(&people);
        let weights: Vec<u64> = ideas
            .iter()
            .map(|idea| match idea.quartier {
                Some(quartier) if quartier == home => idea.appeal * 6,
                Some(_) => idea.appeal / 12,
                None => idea.appeal * 2,
            })
            .collect();
        // Few ballots are blank, few name one project too many and are void.
        let length = [3, 3, 3, 3, 3, 3, 2, 1][usize::try_from(dice.roll(8)).unwrap_or(0)];
        let length = match dice.roll(100) {
            0 => 0,
            1 => 4,
            _ => length,
        };
        let mut named: Vec<&str> = Vec::new();
        while named.len() < length {
            let id = ideas[dice.pick(&weights)].id.as_str();
            if !named.contains(&id) {
                named.push(id);
            }
        }
        let (area, _, _) = QUARTIERS[home];
        let _ = writeln!(text, "v{voter:05};{};{channel};{area}", named.join(","));
    }
    text
}

/// Writes the sample's files into a new folder, and says which.
pub(crate) fn write() -> Result<String, Stop> {
    let folder = Path::new("sample-city");
    let failed = |error: std::io::Error| {
        Stop::Input(format!(
            "the folder {} cannot be written: {error}",
            folder.display()
        ))
    };
    if folder.exists() {
        return Err(Stop::Input(format!(
            "the folder {} is there already: remove it or run this elsewhere",
            folder.display()
        )));
    }
    std::fs::create_dir(folder).map_err(failed)?;
    let sample = tables();
    let regulation = ("regulation.toml", REGULATION.to_owned());
    let mut files = vec![regulation, sample.projects, sample.areas];
    files.extend(sample.votes);
    let mut said = String::new();
    for (name, text) in files {
        std::fs::write(folder.join(name), text).map_err(failed)?;
        let _ = writeln!(said, "{}", folder.join(name).display());
    }
    said.push_str(
        "cargo run --release --example allocate -- --regulation sample-city/regulation.toml --projects sample-city/projects.csv \
         --areas sample-city/areas.csv --votes sample-city/internet.csv sample-city/paper.csv",
    );
    Ok(said)
}
