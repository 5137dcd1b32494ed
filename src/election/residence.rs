//! Where every voter lives.

use super::election::Election;
use super::id::AreaIx;

/// The area of every voter, as the voter table says.
#[derive(Debug)]
pub(crate) struct Residence<'e> {
    election: &'e Election,
    homes: Vec<AreaIx>,
}

/// Why it is not known where every voter lives.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ResidenceFault {
    #[error("the votes do not say where each voter lives: give every voter an `area`")]
    NoColumn,
    #[error("{voters} voters have no area, the first of them in row {row}: give each an `area`")]
    Blank { voters: usize, row: usize },
    #[error(
        "{voters} voters live in an area that the election does not list, the first of them in row {row} (`{area}`): correct it, or add the area"
    )]
    Unknown {
        voters: usize,
        row: usize,
        area: String,
    },
    #[error(
        "the voter in row {row} lives in `{area}`, which does not say whether in its part `{part}`: name the smallest area"
    )]
    TooLarge {
        row: usize,
        area: String,
        part: String,
    },
}

impl<'e> Residence<'e> {
    /// Reads the column `area` of the voter table, or `neighborhood` where there is none.
    ///
    /// # Errors
    /// All [`ResidenceFault`]s: no such column, or voters of whom it says nothing that the election knows.
    pub(crate) fn of(election: &'e Election) -> Result<Residence<'e>, Vec<ResidenceFault>> {
        let columns = ["area", "neighborhood"];
        let column = election
            .voters()
            .and_then(|voters| columns.iter().find_map(|name| voters.column(name)))
            .ok_or_else(|| vec![ResidenceFault::NoColumn])?;
        let (mut homes, mut blank, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        for (row, area) in (1..).zip(column.iter().map(str::trim)) {
            match election.instance().find_area(area) {
                Some(home) => homes.push(home),
                None if area.is_empty() => blank.push(row),
                None => unknown.push((row, area)),
            }
        }
        let mut faults = Vec::new();
        faults.extend(blank.first().map(|&row| ResidenceFault::Blank {
            voters: blank.len(),
            row,
        }));
        faults.extend(unknown.first().map(|&(row, area)| ResidenceFault::Unknown {
            voters: unknown.len(),
            row,
            area: area.chars().take(60).collect(),
        }));
        if faults.is_empty() {
            Ok(Residence { election, homes })
        } else {
            Err(faults)
        }
    }

    /// The same election with the votes of those alone who live in an area or its parts.
    ///
    /// # Errors
    /// [`ResidenceFault::TooLarge`] for a voter of an area of which this one is a part.
    pub(crate) fn voters_of(&self, area: AreaIx) -> Result<Election, ResidenceFault> {
        let around = self.around(area);
        let profile = self.election.profile();
        let mut counts = vec![0_u64; profile.len()];
        let instance = self.election.instance();
        let lives: Vec<bool> = (0..instance.areas().len())
            .map(|home| self.is_part(AreaIx::new(home), area))
            .collect();
        let ballots = self
            .election
            .voters()
            .map_or(&[][..], |voters| voters.ballots());
        for (row, (ballot, home)) in (1..).zip(ballots.iter().zip(&self.homes)) {
            if around.contains(home) {
                let id = |area| instance.area(area).map_or("", |area| area.id.as_str());
                return Err(ResidenceFault::TooLarge {
                    row,
                    area: id(*home).to_owned(),
                    part: id(area).to_owned(),
                });
            }
            if let Some(count) = counts
                .get_mut(ballot.index())
                .filter(|_| lives.get(home.index()).copied().unwrap_or(false))
            {
                *count += 1;
            }
        }
        Ok(self.election.with_counts(&counts))
    }

    /// The areas of which this one is a part, the smallest first.
    fn around(&self, area: AreaIx) -> Vec<AreaIx> {
        let instance = self.election.instance();
        let mut around = Vec::new();
        let mut next = Some(area);
        // The instance has no circles of parts; there are never more than there are areas.
        while around.len() < instance.areas().len() {
            let parent = next
                .and_then(|area| instance.area(area))
                .and_then(|area| area.parent.as_deref())
                .and_then(|parent| instance.find_area(parent));
            let Some(parent) = parent else { break };
            around.push(parent);
            next = Some(parent);
        }
        around
    }

    fn is_part(&self, part: AreaIx, area: AreaIx) -> bool {
        part == area || self.around(part).contains(&area)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::election::{Area, Ballot, Column, Voters};

    fn election(homes: [&str; 3]) -> Election {
        let election = Election::builder()
            .budget(10)
            .area(Area::new("north"))
            .area(Area::new("port").part_of("north"))
            .area(Area::new("south"))
            .project(("a", 5))
            .ballots(Ballot::approval(["a"]), 2)
            .ballot(Ballot::approval(Vec::<String>::new()))
            .build()
            .unwrap();
        let ballots: Vec<_> = election
            .profile()
            .ballot_indices()
            .zip(election.profile().ballots())
            .flat_map(|(index, ballot)| {
                std::iter::repeat_n(index, usize::try_from(ballot.count()).unwrap())
            })
            .collect();
        let ids = ["1", "2", "3"].into_iter().collect();
        let column: Column = homes.into_iter().collect();
        let voters = Voters::new(ids, ballots, vec![("area".to_owned(), column)]).unwrap();
        Election::new(
            election.instance().clone(),
            election.profile().clone(),
            Some(voters),
        )
        .unwrap()
    }

    #[test]
    fn an_area_has_the_voters_of_its_parts() {
        let election = election(["port", "north", "south"]);
        let residence = Residence::of(&election).unwrap();
        let find = |id| election.instance().find_area(id).unwrap();
        let voters = |id| {
            residence
                .voters_of(find(id))
                .map(|of| of.profile().voters())
        };
        assert_eq!(voters("north"), Ok(2));
        assert_eq!(voters("south"), Ok(1));
        assert!(
            voters("port")
                .unwrap_err()
                .to_string()
                .contains("in row 2 lives in `north`")
        );
    }

    #[test]
    fn whoever_lives_nowhere_is_told_of() {
        let faults = Residence::of(&election(["port", "", "east"])).unwrap_err();
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(
            faults[0].contains("first of them in row 2"),
            "{}",
            faults[0]
        );
        assert!(faults[1].contains("row 3 (`east`)"), "{}", faults[1]);
    }
}
