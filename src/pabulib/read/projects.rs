//! Reading PROJECTS: every column is kept, the known ones are understood.

use std::collections::BTreeMap;

use super::cursor::Cursor;
use super::header::{Header, check_quoting};
use super::ids::ProjectIds;
use super::number::{read_money, read_points, read_whole};
use super::report::{Report, Spot};
use crate::election::{
    Column, LookAlikes, Money, Points, Problem as ElectionProblem, Project, ProjectIx, check_id,
    look_alikes,
};
use crate::pabulib::diagnostic::Section;
use crate::pabulib::document::ProjectTable;
use crate::pabulib::fault::Fault;
use crate::pabulib::lexer::{Line, cells};

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Id,
    Cost,
    Votes,
    Score,
    Selected,
    Text,
}

/// PROJECTS as read, with the places of its rows.
#[derive(Debug)]
pub(super) struct ProjectsPart<'a> {
    header: Header<'a>,
    roles: Vec<Role>,
    lines: Vec<Line<'a>>,
    /// Rows that were seen, kept or not.
    pub(super) rows: usize,
    first_line: BTreeMap<String, u64>,
    columns: Vec<Column>,
    ids: Vec<String>,
    costs: Vec<Money>,
    votes: Vec<u64>,
    scores: Vec<Points>,
    selected: Vec<u64>,
}

impl<'a> ProjectsPart<'a> {
    /// Reads the section.
    pub(super) fn read(
        cursor: &mut Cursor<'a>,
        title: Line<'a>,
        report: &mut Report,
    ) -> Option<ProjectsPart<'a>> {
        let Some(header) = Header::read(cursor, Section::Projects, "project_id", title, report)
        else {
            cursor.skip(Section::Projects, report);
            return None;
        };
        header.needed("cost", report);
        let role = |(at, name): (usize, &String)| match name.as_str() {
            _ if at == 0 => Role::Id,
            "cost" => Role::Cost,
            "votes" => Role::Votes,
            "score" => Role::Score,
            "selected" => Role::Selected,
            _ => Role::Text,
        };
        let roles: Vec<Role> = header.names.iter().enumerate().map(role).collect();
        let columns = vec![Column::new(); roles.len()];
        let mut part = ProjectsPart {
            header,
            roles,
            lines: Vec::new(),
            rows: 0,
            first_line: BTreeMap::new(),
            columns,
            ids: Vec::new(),
            costs: Vec::new(),
            votes: Vec::new(),
            scores: Vec::new(),
            selected: Vec::new(),
        };
        while let Some(line) = cursor.row(Section::Projects, report) {
            part.rows += 1;
            if part.rows > report.options().read_limits().projects() {
                report.over(
                    Section::Projects,
                    line,
                    "projects",
                    part.rows,
                    report.options().read_limits().projects(),
                );
                cursor.skip(Section::Projects, report);
                break;
            }
            part.row(line, report);
        }
        Some(part)
    }

    fn row(&mut self, line: Line<'a>, report: &mut Report) {
        let section = Section::Projects;
        let found = cells(line.text).count();
        if found != self.roles.len() {
            report.line(
                section,
                line,
                Fault::RowWidth {
                    found,
                    expected: self.roles.len(),
                },
            );
            return;
        }
        for (at, cell) in cells(line.text).enumerate() {
            let spot = Spot {
                section,
                line,
                start: cell.start,
                part: cell.raw,
            };
            check_quoting(&cell, spot, report);
            match self.roles.get(at) {
                Some(Role::Id) => self.id(&cell.text, spot, report),
                Some(Role::Cost) => self.cost(&cell.text, spot, report),
                Some(Role::Votes) => self
                    .votes
                    .extend(read_whole("votes", &cell.text, spot, report)),
                Some(Role::Score) => self
                    .scores
                    .extend(read_points("score", &cell.text, spot, report)),
                Some(Role::Selected) => self
                    .selected
                    .extend(read_whole("selected", &cell.text, spot, report)),
                Some(Role::Text) | None => {}
            }
            if self
                .columns
                .get_mut(at)
                .is_some_and(|column| column.push(&cell.text).is_err())
            {
                report.line(
                    section,
                    line,
                    Fault::LimitExceeded {
                        what: "bytes in a column",
                        limit: u32::MAX as usize,
                    },
                );
            }
        }
        self.lines.push(line);
    }

    fn id(&mut self, id: &str, spot: Spot<'a>, report: &mut Report) {
        check_visible("project", id, spot, report);
        if id.contains(',') {
            report.spot(spot, Fault::CommaInId);
        }
        match self.first_line.get(id) {
            Some(&first) => report.spot(
                spot,
                Fault::RepeatedProjectId {
                    id: id.to_owned(),
                    first,
                },
            ),
            None => {
                self.first_line.insert(id.to_owned(), spot.line.number);
            }
        }
        self.ids.push(id.to_owned());
    }

    fn cost(&mut self, text: &str, spot: Spot<'a>, report: &mut Report) {
        let cost = read_money("cost", text, spot, report);
        if cost == Some(Money::ZERO) {
            report.spot(spot, Fault::ZeroCost);
        }
        self.costs.extend(cost);
    }

    /// An index of the ids.
    pub(super) fn index(&self) -> ProjectIds {
        ProjectIds::new(self.ids.clone())
    }

    /// Does any project cost nothing?
    pub(super) fn any_free(&self) -> bool {
        self.costs.contains(&Money::ZERO)
    }

    /// The projects, in the order of the file. To be used if no error was found.
    pub(super) fn projects(&self) -> Vec<Project> {
        let text = |name: &str, row: usize| self.text(name, row).unwrap_or_default();
        let list = |name: &str, row: usize| {
            text(name, row)
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        self.ids
            .iter()
            .zip(&self.costs)
            .enumerate()
            .map(|(row, (id, &cost))| {
                let mut project = Project::new(id.clone(), cost).named(text("name", row));
                project.categories = list("category", row);
                project.beneficiaries = list("beneficiaries", row);
                project.location = self
                    .text("latitude", row)
                    .zip(self.text("longitude", row))
                    .map(|(latitude, longitude)| (latitude.to_owned(), longitude.to_owned()));
                project
            })
            .collect()
    }

    /// A cell that is not empty.
    fn text(&self, name: &str, row: usize) -> Option<&str> {
        self.columns
            .get(self.header.position(name)?)?
            .get(row)
            .filter(|cell| !cell.is_empty())
    }

    /// Reports a problem that the election's own check found.
    pub(super) fn report_problem(problem: &ElectionProblem, report: &mut Report) {
        report.file(Fault::Election {
            message: problem.to_string(),
        });
    }

    /// Reports ids that people would take for each other, on the later line of the two; tells whether the
    /// instance has to allow them.
    pub(super) fn report_look_alikes(&self, report: &mut Report) -> LookAlikes {
        let mut allowed = LookAlikes::Refused;
        let line_of = |id: &str| self.first_line.get(id).copied().unwrap_or(0);
        for (first, second) in look_alikes(self.ids.iter().map(String::as_str)) {
            let (other, id) = if line_of(first) <= line_of(second) {
                (first, second)
            } else {
                (second, first)
            };
            let fault = Fault::LookAlikeProjects {
                id: id.to_owned(),
                other: other.to_owned(),
                line: line_of(other),
            };
            let found = self
                .lines
                .binary_search_by_key(&line_of(id), |line| line.number)
                .ok()
                .and_then(|at| self.lines.get(at));
            match found {
                Some(&line) => Self::at(line, 0, fault, report),
                None => report.file(fault),
            }
            allowed = LookAlikes::Allowed;
        }
        allowed
    }

    /// Reports something about a cell of a row.
    fn at(line: Line<'a>, column: usize, fault: Fault, report: &mut Report) {
        match cells(line.text).nth(column) {
            Some(cell) => report.spot(
                Spot {
                    section: Section::Projects,
                    line,
                    start: cell.start,
                    part: cell.raw,
                },
                fault,
            ),
            None => report.line(Section::Projects, line, fault),
        }
    }

    /// Reports something about a project's cell in a column.
    pub(super) fn report_cell(&self, row: usize, column: &str, fault: Fault, report: &mut Report) {
        match (self.lines.get(row), self.header.position(column)) {
            (Some(&line), Some(column)) => Self::at(line, column, fault, report),
            _ => report.file(fault),
        }
    }

    /// Is there a column of this name?
    pub(super) fn has(&self, column: &str) -> bool {
        self.header.position(column).is_some()
    }

    /// What a document keeps of it, once no error was found and every row has its project.
    pub(super) fn take_kept(&mut self, index: &ProjectIds) -> Kept {
        let rows: Vec<ProjectIx> = self
            .ids
            .iter()
            .filter_map(|id| index.find(id))
            .map(|place| ProjectIx::new(place as usize))
            .collect();
        let has = |role: Role| self.roles.contains(&role);
        let selected = has(Role::Selected).then(|| ordered(&rows, &self.selected));
        let votes = has(Role::Votes).then(|| ordered(&rows, &self.votes));
        let scores = has(Role::Score).then(|| ordered(&rows, &self.scores));
        let columns = self
            .header
            .names
            .iter()
            .cloned()
            .zip(std::mem::take(&mut self.columns))
            .collect();
        Kept {
            table: ProjectTable { rows, columns },
            selected,
            votes,
            scores,
        }
    }
}

/// What a document keeps of PROJECTS.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) table: ProjectTable,
    pub(super) selected: Option<Vec<u64>>,
    pub(super) votes: Option<Vec<u64>>,
    pub(super) scores: Option<Vec<Points>>,
}

/// Values of rows in the order of the projects.
fn ordered<T: Copy + Default>(rows: &[ProjectIx], values: &[T]) -> Vec<T> {
    let mut sorted = vec![T::default(); rows.len()];
    for (row, &value) in rows.iter().zip(values) {
        if let Some(slot) = sorted.get_mut(row.index()) {
            *slot = value;
        }
    }
    sorted
}

/// Reports an id that is empty, too long, or not what it looks like.
pub(super) fn check_visible(what: &'static str, id: &str, spot: Spot<'_>, report: &mut Report) {
    let Err(fault) = check_id(id) else { return };
    match ElectionProblem::of_id(what, 0, id, fault) {
        ElectionProblem::BadId { why, .. } => report.spot(spot, Fault::BadId { what, why }),
        _ => report.spot(spot, Fault::EmptyId { what }),
    }
}
