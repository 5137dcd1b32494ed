//! From sections to a document.

use super::ballot::BallotReader;
use super::bounds::Bounds;
use super::cursor::Cursor;
use super::meta::MetaPart;
use super::projects::{Kept, ProjectsPart};
use super::report::Report;
use super::votes::{KeptVotes, VotesPart};
use crate::election::{
    BallotKind, BallotLimits, Election, Instance, Money, ProfileBuilder, ZeroCost,
};
use crate::pabulib::controls::controls;
use crate::pabulib::diagnostic::Section;
use crate::pabulib::diagnostics::Diagnostics;
use crate::pabulib::document::{Document, ProjectTable};
use crate::pabulib::fault::Fault;
use crate::pabulib::lexer::Line;
use crate::pabulib::meta::{MetaDate, VoteType};

/// What has been read so far.
#[derive(Debug, Default)]
struct Reading<'a> {
    meta: Option<MetaPart<'a>>,
    projects: Option<ProjectsPart<'a>>,
    instance: Option<Instance>,
    votes: Option<VotesPart<'a>>,
    /// The sections that were named, with the lines.
    seen: Vec<(Section, u64)>,
}

/// Reads all sections and builds the document if there is no error.
pub(super) fn assemble(text: &str, mut report: Report) -> Result<Document, Diagnostics> {
    let mut cursor = Cursor::new(text);
    let mut reading = Reading::default();
    if let Some(line) = cursor.row(Section::File, &mut report) {
        report.line(Section::File, line, Fault::TextBeforeMeta);
        cursor.skip(Section::File, &mut report);
    }
    while let Some((section, title)) = cursor.section() {
        if reading.in_order(section, title, &mut report) {
            reading.section(section, title, &mut cursor, &mut report);
        } else {
            cursor.skip(section, &mut report);
        }
    }
    for section in [Section::Meta, Section::Projects, Section::Votes] {
        if reading.seen.iter().all(|&(seen, _)| seen != section) {
            report.file(Fault::MissingSection { section });
        }
    }
    if let Some(meta) = &reading.meta {
        let (projects, votes) = (
            reading.projects.as_ref().map(|part| part.rows),
            reading.votes.as_ref().map(|part| part.rows),
        );
        meta.check_counts(projects, votes, &mut report);
    }
    reading.warn_of_cut(text, &mut report);
    reading.finish(report)
}

impl<'a> Reading<'a> {
    /// Is this the section's place? Each comes once, and after those before it.
    fn in_order(&mut self, section: Section, title: Line<'_>, report: &mut Report) -> bool {
        let first = self
            .seen
            .iter()
            .find(|&&(seen, _)| seen == section)
            .map(|&(_, line)| line);
        let late = self.seen.iter().any(|&(seen, _)| seen > section);
        if let Some(first) = first {
            report.line(section, title, Fault::RepeatedSection { section, first });
        } else if late {
            report.line(section, title, Fault::MisplacedSection { section });
        }
        self.seen.push((section, title.number));
        first.is_none() && !late
    }

    fn section(
        &mut self,
        section: Section,
        title: Line<'a>,
        cursor: &mut Cursor<'a>,
        report: &mut Report,
    ) {
        match section {
            Section::File => cursor.skip(section, report),
            Section::Meta => self.meta = Some(MetaPart::read(cursor, title, report)),
            Section::Projects => {
                self.projects = ProjectsPart::read(cursor, title, report);
                self.instance = self.build_instance(report);
            }
            // Without projects every vote would be wrong: one error says it.
            Section::Votes if self.projects.is_none() => cursor.skip(section, report),
            Section::Votes => self.votes = self.read_votes(title, cursor, report),
        }
    }

    /// The instance, if META and PROJECTS are without error.
    fn build_instance(&self, report: &mut Report) -> Option<Instance> {
        let (meta, projects) = (self.meta.as_ref()?, self.projects.as_ref()?);
        let look_alikes = projects.report_look_alikes(report);
        if report.has_errors() {
            return None;
        }
        let text = |key: &str| meta.meta.get(key).unwrap_or_default().to_owned();
        let mut builder = Instance::builder()
            .name(text("description"))
            .edition(text("instance"))
            .currency(text("currency"))
            .days(
                meta.meta.begins().and_then(MetaDate::day),
                meta.meta.ends().and_then(MetaDate::day),
            )
            .budget(meta.budget.unwrap_or(Money::ZERO))
            .zero_cost(if projects.any_free() {
                ZeroCost::Allowed
            } else {
                ZeroCost::Refused
            })
            .look_alikes(look_alikes)
            .limits(meta.limits.clone());
        for project in projects.projects() {
            builder.push_project(project);
        }
        match builder.build() {
            Ok(instance) => Some(instance),
            Err(problems) => {
                problems
                    .iter()
                    .for_each(|problem| ProjectsPart::report_problem(problem, report));
                None
            }
        }
    }

    fn read_votes(
        &self,
        title: Line<'a>,
        cursor: &mut Cursor<'a>,
        report: &mut Report,
    ) -> Option<VotesPart<'a>> {
        let projects = self.projects.as_ref()?;
        let vote_type = self
            .meta
            .as_ref()
            .and_then(|meta| meta.vote_type)
            .unwrap_or(VoteType::Approval);
        let kind = vote_type.kind();
        let (limits, costs) = match (&self.meta, &self.instance) {
            (Some(meta), Some(instance)) => (
                meta.limits.clone(),
                instance
                    .project_indices()
                    .map(|project| instance.cost_of(project))
                    .collect(),
            ),
            // The costs are not known for sure, so nothing can be said about their sums.
            (Some(meta), None) => (without_cost(&meta.limits), Vec::new()),
            (None, _) => (BallotLimits::default(), Vec::new()),
        };
        let bounds = Bounds::new(limits, kind, vote_type == VoteType::ChooseOne, costs);
        let reader = BallotReader::new(
            projects.index(),
            vote_type,
            bounds,
            report.options().read_limits().marks(),
        );
        let profile = self
            .instance
            .as_ref()
            .map(|instance| ProfileBuilder::new(instance, kind));
        VotesPart::read(cursor, title, kind, reader, profile, report)
    }

    /// A file that ends within its last vote may have lost a part of it. Usually the totals show it.
    fn warn_of_cut(&self, text: &str, report: &mut Report) {
        let (Some(votes), Some(projects), Some(meta)) = (&self.votes, &self.projects, &self.meta)
        else {
            return;
        };
        let points = meta
            .vote_type
            .is_some_and(|vote_type| vote_type.kind() == BallotKind::Points);
        let checked = projects.has("votes") && (!points || projects.has("score"));
        if !text.ends_with('\n') && votes.rows > 0 && !checked && votes.ends_with_vote() {
            report.file(Fault::MaybeCut);
        }
    }

    /// The document, if there is no error.
    fn finish(self, mut report: Report) -> Result<Document, Diagnostics> {
        let Reading {
            meta: Some(meta),
            projects: Some(mut projects),
            instance: Some(instance),
            votes: Some(votes),
            ..
        } = self
        else {
            // Whatever is missing has been reported.
            return Err(report.into_found());
        };
        if report.has_errors() {
            return Err(report.into_found());
        }
        let Kept {
            table,
            selected,
            votes: published,
            scores,
        } = projects.take_kept(&projects.index());
        let Some(KeptVotes {
            profile,
            voters,
            names,
        }) = votes.into_kept()
        else {
            report.file(Fault::Election {
                message: "the votes cannot be kept: read them without the voter table".to_owned(),
            });
            return Err(report.into_found());
        };
        let election = match Election::new(instance, profile, voters) {
            Ok(election) => election,
            Err(problems) => {
                problems.iter().for_each(|problem| {
                    report.file(Fault::Election {
                        message: problem.to_string(),
                    });
                });
                return Err(report.into_found());
            }
        };
        let mut document = Document {
            election,
            meta: meta.meta,
            projects: table,
            vote_header: names,
            selected,
            votes: published,
            scores,
            warnings: Diagnostics::default(),
        };
        report_controls(&document, &projects, &mut report);
        if report.has_errors() {
            return Err(report.into_found());
        }
        document.warnings = report.into_found();
        Ok(document)
    }
}

fn without_cost(limits: &BallotLimits) -> BallotLimits {
    let mut limits = limits.clone();
    (limits.min_sum_cost, limits.max_sum_cost) = (None, None);
    limits
}

/// Reports every published total that the votes do not give, at its cell.
fn report_controls(document: &Document, projects: &ProjectsPart<'_>, report: &mut Report) {
    let ProjectTable { rows, .. } = document.projects();
    let mut row_of = vec![0; rows.len()];
    for (row, project) in rows.iter().enumerate() {
        if let Some(slot) = row_of.get_mut(project.index()) {
            *slot = row;
        }
    }
    for total in controls(document)
        .into_iter()
        .filter(|total| !total.agrees())
    {
        let fault = Fault::ControlMismatch {
            column: total.column.name(),
            project: document
                .election()
                .instance()
                .id_of(total.project)
                .to_owned(),
            published: total.published.to_string(),
            recounted: total.recounted.to_string(),
        };
        let row = row_of.get(total.project.index()).copied().unwrap_or(0);
        projects.report_cell(row, total.column.name(), fault, report);
    }
}
