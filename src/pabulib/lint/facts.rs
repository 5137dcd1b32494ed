//! What several checks need to know of a file, worked out once.

use std::collections::BTreeMap;

use super::super::lexer::Line;
use super::tables::{Field, Seen, Sheet, Table};
use crate::election::{Money, Points};

/// The cost that the archive gives to a project that was withdrawn after the vote, so that it cannot win.
pub(super) const SENTINEL: u32 = 999_999_999;

/// What the file says, as far as it can be understood; what cannot be is left out, the reader reports it.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub(super) vote_type: &'a str,
    pub(super) rule: &'a str,
    pub(super) budget: Option<Money>,
    pub(super) projects: Vec<Candidate<'a>>,
    pub(super) ballots: Ballots,
}

/// A row of PROJECTS.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    pub(super) id: Field<'a>,
    pub(super) cost: Option<(Money, Field<'a>)>,
    /// The value of `selected`, where it is 0 to 3.
    pub(super) selected: Option<u8>,
    /// How many votes name the project.
    pub(super) named: u64,
    /// What the rule ranks by, as published: `score` where there is one, else `votes`.
    pub(super) score: Option<Points>,
}

/// Totals of the votes.
#[derive(Debug, Default)]
pub(super) struct Ballots {
    /// Votes that name a project of the file.
    pub(super) named: u64,
    /// How many projects they name together.
    pub(super) marks: u64,
}

impl Candidate<'_> {
    pub(super) fn is_sentinel(&self) -> bool {
        self.cost
            .as_ref()
            .is_some_and(|(cost, _)| *cost == Money::from(SENTINEL))
    }
}

impl<'a> Facts<'a> {
    pub(super) fn new(sheet: &'a Sheet<'_>) -> Facts<'a> {
        let text = |key: &str| sheet.meta(key).map_or("", Field::text);
        let mut projects = candidates(&sheet.projects);
        let ballots = count(&sheet.votes, &mut projects);
        Facts {
            vote_type: text("vote_type"),
            rule: text("rule"),
            budget: text("budget").parse().ok(),
            projects,
            ballots,
        }
    }

    /// Do voters give points?
    pub(super) fn has_points(&self) -> bool {
        matches!(self.vote_type, "cumulative" | "scoring")
    }

    /// May a voter name one project only?
    pub(super) fn is_choose_one(&self) -> bool {
        self.vote_type == "choose-1"
    }

    /// What all projects cost together, if every cost is known.
    pub(super) fn total_cost(&self) -> Option<Money> {
        Money::checked_sum(
            self.projects
                .iter()
                .map(|p| p.cost.as_ref().map(|(cost, _)| *cost))
                .collect::<Option<Vec<_>>>()?,
        )
    }

    /// What is left of the budget when what was selected from it (`selected` 1) is paid; `None` if something
    /// is not known, or if more is spent than there is.
    pub(super) fn left(&self) -> Option<Money> {
        let left = self.budget?.checked_sub(self.selected_cost()?)?;
        (!left.is_negative()).then_some(left)
    }

    /// What was selected from the budget costs together.
    pub(super) fn selected_cost(&self) -> Option<Money> {
        let mut total = Money::ZERO;
        for project in &self.projects {
            if project.selected? == 1 {
                total = total.checked_add(project.cost.as_ref()?.0)?;
            }
        }
        Some(total)
    }
}

fn candidates<'a>(table: &'a Table<'_>) -> Vec<Candidate<'a>> {
    let [id, cost, selected] = ["project_id", "cost", "selected"].map(|name| table.column(name));
    let score = table.column("score").or_else(|| table.column("votes"));
    let one = |&row: &Line<'a>| {
        let field = |column: Option<usize>| column.and_then(|column| table.cell(row, column));
        Some(Candidate {
            id: field(id)?,
            cost: field(cost).and_then(|field| Some((field.text().parse().ok()?, field))),
            selected: field(selected)
                .and_then(|field| field.text().parse().ok())
                .filter(|value| *value <= 3),
            named: 0,
            score: field(score).and_then(|field| field.text().parse().ok()),
        })
    };
    table.rows.iter().filter_map(one).collect()
}

/// Counts which projects the votes name. A project that a vote names twice counts once.
fn count(votes: &Table<'_>, projects: &mut [Candidate<'_>]) -> Ballots {
    let mut totals = Ballots::default();
    let Some(column) = votes.column("vote") else {
        return totals;
    };
    let ids: BTreeMap<String, usize> = projects
        .iter()
        .enumerate()
        .map(|(at, project)| (project.id.text().to_owned(), at))
        .collect();
    let mut named: Vec<usize> = Vec::new();
    for field in votes.values(column) {
        named.clear();
        named.extend(field.items().filter_map(|item| ids.get(item).copied()));
        named.sort_unstable();
        named.dedup();
        for &at in &named {
            if let Some(project) = projects.get_mut(at) {
                project.named += 1;
            }
        }
        totals.named += u64::from(!named.is_empty());
        totals.marks = totals
            .marks
            .saturating_add(u64::try_from(named.len()).unwrap_or(u64::MAX));
    }
    totals
}

/// The distinct values of a column, each with its first place; the items, where its cells are lists.
pub(super) fn distinct_items<'a>(table: &Table<'a>, column: &str) -> BTreeMap<String, Field<'a>> {
    let is_list = matches!(column, "category" | "beneficiaries");
    let mut seen = BTreeMap::new();
    for (value, Seen { field, .. }) in table.distinct(column) {
        let items: Vec<&str> = if is_list {
            field.items().collect()
        } else {
            vec![&value]
        };
        for item in items.into_iter().filter(|item| !item.is_empty()) {
            let earlier = seen
                .get(item)
                .is_some_and(|known: &Field<'_>| known.line.number <= field.line.number);
            if !earlier {
                seen.insert(item.to_owned(), field.clone());
            }
        }
    }
    seen
}
