//! The text of a ballot in the exchange form.

use crate::election::{Ballot, BallotKind, Stance};

use super::marks::Marks;

/// The text of a ballot in its canonical form; `None` if an id or a grade has a character in it that the text needs for
/// itself, or if a project is named twice.
pub(crate) fn ballot_text(ballot: &Ballot) -> Option<String> {
    let marks = Marks::of(ballot).ok()?;
    let is_good = marks.iter().all(|(id, _)| is_plain_id(id));
    if !is_good {
        return None;
    }
    let canonical = marks.ballot(ballot.kind());
    let parts: Vec<String> = match &canonical {
        Ballot::Approval(ids) => ids.clone(),
        Ballot::Ranked(tiers) => tiers.iter().map(|tier| tier.join("=")).collect(),
        Ballot::Points(points) => points
            .iter()
            .map(|(id, points)| format!("{id}:{points}"))
            .collect(),
        Ballot::Grades(grades) => {
            if !grades.iter().all(|(_, grade)| is_plain_grade(grade)) {
                return None;
            }
            grades
                .iter()
                .map(|(id, grade)| format!("{id}:{grade}"))
                .collect()
        }
        Ballot::Signed(stances) => stances
            .iter()
            .map(|(id, stance)| {
                let sign = if *stance == Stance::For { '+' } else { '-' };
                format!("{sign}{id}")
            })
            .collect(),
    };
    Some(parts.join(","))
}

fn is_plain_id(id: &str) -> bool {
    !id.is_empty()
        && !id.starts_with(['+', '-', '@'])
        && !id.contains([',', '=', ':', '\0'])
        && !id.contains(char::is_whitespace)
}

fn is_plain_grade(grade: &str) -> bool {
    !grade.is_empty() && grade.trim() == grade && !grade.contains([',', ':', '\n', '\r', '\0'])
}

/// The ballot of a text; or the characters before the part that is wrong, the part, and why it is.
pub(super) fn ballot_of_text(
    text: &str,
    kind: BallotKind,
) -> Result<Ballot, (usize, String, String)> {
    let mut parts: Vec<&str> = Vec::new();
    let mut before = 0;
    if !text.is_empty() {
        for part in text.split(',') {
            if let Err(why) = check_part(part.trim(), kind) {
                return Err((before, part.to_owned(), why));
            }
            before += part.chars().count() + 1;
            parts.push(part.trim());
        }
    }
    let owned = |text: &str| text.trim().to_owned();
    let ballot = match kind {
        BallotKind::Approval => Ballot::approval(parts),
        BallotKind::Ranked => {
            let tier = |part: &&str| part.split('=').map(owned).collect();
            Ballot::Ranked(parts.iter().map(tier).collect())
        }
        BallotKind::Points => {
            let mark =
                |(id, points): (&str, &str)| (owned(id), points.trim().parse().unwrap_or_default());
            Ballot::Points(parts.into_iter().map(pair).map(mark).collect())
        }
        BallotKind::Grades => {
            let mark = |(id, grade): (&str, &str)| (owned(id), owned(grade));
            Ballot::Grades(parts.into_iter().map(pair).map(mark).collect())
        }
        BallotKind::Signed => {
            let stance = |part: &&str| match part.strip_prefix('+') {
                Some(id) => (id.to_owned(), Stance::For),
                None => (part.trim_start_matches('-').to_owned(), Stance::Against),
            };
            Ballot::Signed(parts.iter().map(stance).collect())
        }
    };
    match Marks::of(&ballot) {
        Ok(_) => Ok(ballot),
        Err(error) => Err((0, text.to_owned(), error.to_string())),
    }
}

fn pair(part: &str) -> (&str, &str) {
    part.split_once(':').unwrap_or((part, ""))
}

/// Is this the text of one mark, or of one tier?
fn check_part(part: &str, kind: BallotKind) -> Result<(), String> {
    let id = |id: &str| {
        if is_plain_id(id) {
            Ok(())
        } else {
            Err(format!("`{id}` is no project id that this form can hold"))
        }
    };
    match kind {
        BallotKind::Approval => id(part),
        BallotKind::Ranked => part.split('=').try_for_each(|part| id(part.trim())),
        BallotKind::Points => {
            let (project, points) = part.split_once(':').ok_or("points are written `id:3`")?;
            id(project.trim())?;
            let points = points.trim().parse::<crate::election::Points>();
            points.map(|_| ()).map_err(|error| error.to_string())
        }
        BallotKind::Grades => {
            let (project, grade) = part
                .split_once(':')
                .ok_or("grades are written `id:grade`")?;
            id(project.trim())?;
            if is_plain_grade(grade.trim()) {
                Ok(())
            } else {
                Err("the grade is empty or has a colon in it".to_owned())
            }
        }
        BallotKind::Signed => {
            let rest = part.strip_prefix(['+', '-']);
            id(rest.ok_or("for and against are written `+id` and `-id`")?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_ballots_are_two_forms_of_one() {
        for (kind, text) in [
            (BallotKind::Approval, "12,7"),
            (BallotKind::Approval, ""),
            (BallotKind::Ranked, "7=9,12"),
            (BallotKind::Points, "12:3,7:2.5,8:-1"),
            (BallotKind::Grades, "12:très bien,7:poor"),
            (BallotKind::Signed, "+12,-7"),
        ] {
            let ballot = ballot_of_text(text, kind).unwrap();
            assert_eq!(ballot_text(&ballot).as_deref(), Some(text));
        }
        let shuffled = ballot_of_text("9 = 7, 12", BallotKind::Ranked).unwrap();
        assert_eq!(ballot_text(&shuffled).unwrap(), "7=9,12");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (kind, text, before) in [
            (BallotKind::Approval, "a,,b", 2),
            (BallotKind::Approval, "é,b:3", 2),
            (BallotKind::Ranked, "a,b==c", 2),
            (BallotKind::Points, "a:1,b", 4),
            (BallotKind::Points, "a:1,b:1e3", 4),
            (BallotKind::Grades, "a:", 0),
            (BallotKind::Grades, "a:x,b:10:30", 4),
            (BallotKind::Signed, "+a,b", 3),
            (BallotKind::Signed, "+a,-a", 0),
        ] {
            let error = ballot_of_text(text, kind).unwrap_err();
            assert_eq!(error.0, before, "{text}: {error:?}");
        }
    }

    #[test]
    fn ids_that_the_text_needs_for_itself_are_not_written() {
        for id in ["a,b", "a=b", "a:b", "a b", "+a", "-a", ""] {
            assert_eq!(ballot_text(&Ballot::approval([id])), None, "{id}");
        }
    }
}
