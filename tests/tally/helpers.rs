//! Short ways to say a vote.

use quartier::election::{Area, Instance, Project};
use quartier::tally::{
    BallotRules, CastVote, Content, Disposition, Intake, Place, RegisterRow, Tally,
};

/// Four projects of two quartiers and the city: a1 and a2 of `north`, b1 of `south`, c1 of the whole city.
pub(crate) fn instance() -> Instance {
    let category = |mut project: Project, category: &str| {
        project.categories.push(category.to_owned());
        project
    };
    Instance::builder()
        .budget(100)
        .area(Area::new("north"))
        .area(Area::new("south"))
        .project(category(Project::new("a1", 60).in_area("north"), "youth"))
        .project(category(Project::new("a2", 30).in_area("north"), "green"))
        .project(category(Project::new("b1", 40).in_area("south"), "youth"))
        .project(Project::new("c1", 20))
        .build()
        .unwrap()
}

/// Rules with these options on top of the usual ones; an option that is named replaces the usual one.
pub(crate) fn rules(options: &str) -> BallotRules {
    let usual = [
        ("form", "approval"),
        ("invalid", "void"),
        ("duplicates", "refuse"),
        ("blank-ballots-count", "false"),
        ("channels", "internet:binding;paper:binding"),
    ];
    let given: Vec<(String, String)> = options
        .split(',')
        .filter(|option| !option.is_empty())
        .map(|option| option.split_once('=').unwrap())
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    let missing = usual
        .iter()
        .filter(|(key, _)| !given.iter().any(|(known, _)| known == key))
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    let all: Vec<(String, String)> = missing.chain(given.clone()).collect();
    BallotRules::from_options(all).unwrap()
}

/// One vote: voter, channel, quartier, time, text.
pub(crate) type Vote<'a> = [&'a str; 5];

pub(crate) fn cast(line: u64, [voter, channel, area, time, text]: Vote<'_>) -> CastVote<'_> {
    CastVote {
        place: Place {
            source: 0,
            line,
            column: 1,
        },
        voter,
        channel,
        area,
        time,
        ..CastVote::new(Content::Text(text))
    }
}

pub(crate) fn intake<'a>(
    instance: &'a Instance,
    rules: &'a BallotRules,
    votes: &[Vote<'_>],
) -> Intake<'a> {
    let mut intake = Intake::new(instance, rules).unwrap();
    intake.source("votes.csv", &[]);
    for (line, vote) in (2..).zip(votes) {
        intake.cast(&cast(line, *vote));
    }
    intake
}

pub(crate) fn tally(options: &str, votes: &[Vote<'_>]) -> Tally {
    intake(&instance(), &rules(options), votes).close().unwrap()
}

/// What becomes of anonymous votes with these texts.
pub(crate) fn fates(options: &str, area: &str, texts: &[&str]) -> Vec<Disposition> {
    let votes: Vec<Vote<'_>> = texts
        .iter()
        .map(|text| ["", "paper", area, "", *text])
        .collect();
    dispositions(&tally(options, &votes))
}

pub(crate) fn dispositions(tally: &Tally) -> Vec<Disposition> {
    tally
        .register()
        .rows()
        .map(RegisterRow::disposition)
        .collect()
}

/// The votes of each project, in the order of the ids: a1, a2, b1, c1.
pub(crate) fn mentions(tally: &Tally) -> Vec<u64> {
    tally.profile().mentions()
}
