//! The text of a vote: which projects it marks, and how.

use crate::election::{Ballot, BallotKind, Points, Stance};

use super::vote::Content;

/// The marks of one vote, in the order in which the voter wrote them.
///
/// **Text.** Project ids separated by commas, or by blanks where the text has no comma:
///
/// | ballot | text | meaning |
/// |---|---|---|
/// | approval | `12,7` | projects 12 and 7 |
/// | ranked | `12,7` | 12 first, 7 second |
/// | ranked, ties allowed | `12=7,3` | 12 and 7 share the first place, then 3 |
/// | points | `12:3,7:2` | 3 points for 12, 2 for 7 |
/// | grades | `12:good,7:poor` | the grade of each |
/// | for and against | `+12,-7` | for 12, against 7 |
///
/// An empty place (`12,,7`) marks nothing, and those after it move up. A text without any mark is a blank
/// ballot. An id may contain blanks or any of `:`, `=`, `+`, `-`: a known project's whole id is always recognised first.
///
/// ```
/// use quartier::election::BallotKind;
/// use quartier::tally::{Content, MarkValue, Marks};
/// let marks = Marks::of(Content::Text(" 12:3, 7:2 "), BallotKind::Points, |_| false);
/// let ids: Vec<&str> = marks.iter().map(|mark| mark.project).collect();
/// assert_eq!(ids, ["12", "7"]);
/// assert_eq!(marks.iter().next().map(|mark| mark.value), Some(MarkValue::Points(3.into())));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks<'a>(Vec<Mark<'a>>);

/// One mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark<'a> {
    /// The project's id as it was written.
    pub project: &'a str,
    /// What is said of it.
    pub value: MarkValue<'a>,
    /// Where the mark begins in the text of the vote, in bytes; 0 for a ballot that is a value.
    pub offset: usize,
}

/// What a mark says of its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MarkValue<'a> {
    /// Its name alone: it is approved of.
    Named,
    /// Its place, 0 for the first; several projects may share one.
    Tier(u32),
    /// Points.
    Points(Points),
    /// A grade, by its name.
    Grade(&'a str),
    /// For or against.
    Stance(Stance),
    /// Something that is not of the ballot's form; the text says what.
    Malformed(&'a str),
}

impl<'a> Marks<'a> {
    /// The marks of a vote, read as a ballot of this kind. `is_project` tells which whole ids are known.
    ///
    /// A ballot of another kind than is asked for gives malformed marks. Unreadable content has none.
    #[must_use]
    pub fn of(
        content: Content<'a>,
        kind: BallotKind,
        is_project: impl Fn(&str) -> bool,
    ) -> Marks<'a> {
        match content {
            Content::Text(text) => Marks(of_text(text, kind, &is_project)),
            Content::Ballot(ballot) => Marks(of_ballot(ballot, kind)),
            Content::Unreadable => Marks::default(),
        }
    }

    /// The marks, in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Mark<'a>> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is the ballot blank?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The tokens of a vote with their places in the text.
fn tokens<'a>(text: &'a str, is_project: &impl Fn(&str) -> bool) -> Vec<(usize, &'a str)> {
    let whole = text.trim();
    if is_project(whole) {
        return vec![(text.len() - text.trim_start().len(), whole)];
    }
    let by_comma = whole.contains(',');
    let separates = |c: char| {
        if by_comma {
            c == ','
        } else {
            c.is_whitespace()
        }
    };
    let mut at = 0;
    let mut tokens = Vec::new();
    for piece in text.split_inclusive(separates) {
        let token = piece.trim_matches(|c: char| separates(c) || c.is_whitespace());
        if !token.is_empty() {
            tokens.push((at + (piece.len() - piece.trim_start().len()), token));
        }
        at += piece.len();
    }
    tokens
}

fn of_text<'a>(
    text: &'a str,
    kind: BallotKind,
    is_project: &impl Fn(&str) -> bool,
) -> Vec<Mark<'a>> {
    let tokens = tokens(text, is_project);
    let mut marks = Vec::with_capacity(tokens.len());
    for (tier, (offset, token)) in (0_u32..).zip(tokens) {
        if kind == BallotKind::Ranked {
            tier_of(token, offset, tier, is_project, &mut marks);
        } else {
            let (project, value) = mark_of(token, kind, is_project);
            marks.push(Mark {
                project,
                value,
                offset,
            });
        }
    }
    marks
}

/// The projects that share a place: `a=b`, unless that is one project's id.
fn tier_of<'a>(
    token: &'a str,
    offset: usize,
    tier: u32,
    is_project: &impl Fn(&str) -> bool,
    marks: &mut Vec<Mark<'a>>,
) {
    let value = MarkValue::Tier(tier);
    if is_project(token) || !token.contains('=') {
        marks.push(Mark {
            project: token,
            value,
            offset,
        });
        return;
    }
    let mut at = offset;
    for part in token.split('=') {
        let project = part.trim();
        if !project.is_empty() {
            marks.push(Mark {
                project,
                value,
                offset: at + (part.len() - part.trim_start().len()),
            });
        }
        at += part.len() + 1;
    }
}

fn mark_of<'a>(
    token: &'a str,
    kind: BallotKind,
    is_project: &impl Fn(&str) -> bool,
) -> (&'a str, MarkValue<'a>) {
    match kind {
        BallotKind::Approval => (token, MarkValue::Named),
        BallotKind::Ranked => (token, MarkValue::Tier(0)),
        BallotKind::Points | BallotKind::Grades => {
            // A project whose id contains a colon, without anything said of it, is malformed as well.
            let Some((project, said)) = token.rsplit_once(':').filter(|_| !is_project(token))
            else {
                return (token, MarkValue::Malformed(""));
            };
            let (project, said) = (project.trim_end(), said.trim_start());
            if kind == BallotKind::Grades {
                return (project, MarkValue::Grade(said));
            }
            let points = said.parse();
            (
                project,
                points.map_or(MarkValue::Malformed(said), MarkValue::Points),
            )
        }
        BallotKind::Signed => {
            let stance =
                |sign, stance| token.strip_prefix(sign).map(|id| (id.trim_start(), stance));
            match stance('+', Stance::For).or_else(|| stance('-', Stance::Against)) {
                Some((project, stance)) => (project, MarkValue::Stance(stance)),
                None => (token, MarkValue::Malformed("")),
            }
        }
    }
}

fn of_ballot(ballot: &Ballot, kind: BallotKind) -> Vec<Mark<'_>> {
    let pairs: Vec<(&str, MarkValue<'_>)> = match ballot {
        Ballot::Approval(projects) => named(projects.iter()),
        Ballot::Ranked(tiers) => (0_u32..)
            .zip(tiers)
            .flat_map(|(tier, projects)| {
                let value = MarkValue::Tier(tier);
                projects.iter().map(move |id| (id.as_str(), value))
            })
            .collect(),
        Ballot::Points(points) => points
            .iter()
            .map(|(id, points)| (id.as_str(), MarkValue::Points(*points)))
            .collect(),
        Ballot::Grades(grades) => grades
            .iter()
            .map(|(id, grade)| (id.as_str(), MarkValue::Grade(grade)))
            .collect(),
        Ballot::Signed(stances) => stances
            .iter()
            .map(|(id, stance)| (id.as_str(), MarkValue::Stance(*stance)))
            .collect(),
    };
    let fits = ballot.kind() == kind;
    let mark = |(project, value)| Mark {
        project,
        value: if fits {
            value
        } else {
            MarkValue::Malformed("")
        },
        offset: 0,
    };
    pairs.into_iter().map(mark).collect()
}

fn named<'a>(projects: impl Iterator<Item = &'a String>) -> Vec<(&'a str, MarkValue<'a>)> {
    projects.map(|id| (id.as_str(), MarkValue::Named)).collect()
}
