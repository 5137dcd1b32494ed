//! The figures of each project in the tables of `count`.

use comfy_table::{CellAlignment, Table, presets};
use quartier::election::{Election, Money};
use quartier::exact::Ratio;

use crate::scores::Scores;

/// Characters of a project's name that are shown.
const NAME: usize = 44;

/// What is shown of each project beside its fate.
pub(crate) struct Figures<'a> {
    pub(crate) election: &'a Election,
    votes: Vec<u64>,
    /// The scores, where they are not the votes.
    scores: Option<&'a Scores>,
}

impl<'a> Figures<'a> {
    pub(crate) fn of(election: &'a Election, scores: &'a Scores) -> Figures<'a> {
        let figures = Figures {
            election,
            votes: election.profile().mentions(),
            scores: Some(scores),
        };
        let scores = scores
            .differ_from(|project| figures.votes(project))
            .then_some(scores);
        Figures { scores, ..figures }
    }

    pub(crate) fn cost(&self, id: &str) -> Option<Money> {
        let instance = self.election.instance();
        instance.find(id).map(|project| instance.cost_of(project))
    }

    fn votes(&self, id: &str) -> u64 {
        let project = self.election.instance().find(id);
        project
            .and_then(|project| self.votes.get(project.index()).copied())
            .unwrap_or(0)
    }

    fn name(&self, id: &str) -> String {
        let instance = self.election.instance();
        let project = instance
            .find(id)
            .and_then(|project| instance.project(project));
        let name = project.map_or("", |project| project.name.as_str());
        let short: String = name.chars().take(NAME).collect();
        if short.len() < name.len() {
            format!("{short}…")
        } else {
            short
        }
    }

    /// An empty table with the column `last` at the end.
    pub(crate) fn table(&self, last: &str) -> Table {
        let mut table = Table::new();
        let score = self.scores.map(|_| "score");
        let header = ["", "project", "name", "cost", "votes", "share"]
            .into_iter()
            .chain(score);
        table
            .load_style(presets::NOTHING)
            .set_header(header.chain([last]));
        for (number, column) in table.column_iter_mut().enumerate() {
            let is_text = matches!(number, 1 | 2) || number == 6 + usize::from(score.is_some());
            column.set_cell_alignment(if is_text {
                CellAlignment::Left
            } else {
                CellAlignment::Right
            });
        }
        table
    }

    pub(crate) fn row(&self, place: String, id: &str, last: String) -> Vec<String> {
        let cost = self.cost(id).unwrap_or_default().to_string();
        let votes = self.votes(id);
        let share = percent(votes, self.election.profile().voters());
        let mut row = vec![
            place,
            id.to_owned(),
            self.name(id),
            cost,
            votes.to_string(),
            share,
        ];
        row.extend(self.scores.map(|scores| scores.of(id)));
        row.push(last);
        row
    }
}

/// A share in per cent.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    let share = Ratio::new(i128::from(part) * 100, i128::from(whole)).unwrap_or_default();
    format!("{}%", share.decimal(1))
}
