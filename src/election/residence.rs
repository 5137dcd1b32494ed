//! Where every voter lives.

use std::collections::BTreeMap;

use super::election::Election;
use super::id::AreaIx;
use super::instance::Instance;
use super::residence_fault::ResidenceFault;

/// The area of every voter, as the voter table says.
#[derive(Debug)]
pub(crate) struct Residence<'e> {
    election: &'e Election,
    homes: Vec<AreaIx>,
}

/// How many areas that nobody knows are named before the rest is only counted.
const NAMED: usize = 20;

/// How many voters, and the row of the first.
#[derive(Debug, Clone, Copy)]
struct Found {
    voters: u64,
    row: usize,
}

impl Found {
    fn add(found: Option<Found>, row: usize) -> Found {
        found.map_or(Found { voters: 1, row }, |found| Found {
            voters: found.voters.saturating_add(1),
            ..found
        })
    }
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
        let (mut homes, mut blank) = (Vec::new(), None);
        let mut unknown: BTreeMap<&str, Found> = BTreeMap::new();
        for (row, area) in (1..).zip(column.iter().map(str::trim)) {
            match election.instance().find_area(area) {
                Some(home) => homes.push(home),
                None if area.is_empty() => blank = Some(Found::add(blank, row)),
                None => {
                    let found = unknown.get(area).copied();
                    unknown.insert(area, Found::add(found, row));
                }
            }
        }
        let mut faults = Vec::new();
        faults.extend(blank.map(|Found { voters, row }| ResidenceFault::Blank { voters, row }));
        faults.extend(unknown_areas(unknown));
        if faults.is_empty() {
            Ok(Residence { election, homes })
        } else {
            Err(faults)
        }
    }

    /// The same election with the votes of those alone who live in an area or its parts.
    ///
    /// # Errors
    /// [`ResidenceFault::TooLarge`] for voters of an area of which this one is a part.
    pub(crate) fn voters_of(&self, area: AreaIx) -> Result<Election, ResidenceFault> {
        let instance = self.election.instance();
        let at_home = self.at_home();
        if let Some(fault) = too_large(instance, area, &at_home).into_iter().next() {
            return Err(fault);
        }
        let profile = self.election.profile();
        let mut counts = vec![0_u64; profile.len()];
        let lives: Vec<bool> = (0..instance.areas().len())
            .map(|home| instance.is_within(AreaIx::new(home), area))
            .collect();
        let ballots = self
            .election
            .voters()
            .map_or(&[][..], |voters| voters.ballots());
        for (ballot, home) in ballots.iter().zip(&self.homes) {
            if let Some(count) = counts
                .get_mut(ballot.index())
                .filter(|_| lives.get(home.index()).copied().unwrap_or(false))
            {
                *count += 1;
            }
        }
        Ok(self.election.with_counts(&counts))
    }

    /// How many voters live in each of some areas or its parts.
    ///
    /// # Errors
    /// [`ResidenceFault::TooLarge`] for voters of an area of which one of these is a part: each such area once.
    pub(crate) fn count(&self, areas: &[AreaIx]) -> Result<Vec<u64>, Vec<ResidenceFault>> {
        let instance = self.election.instance();
        let at_home = self.at_home();
        let mut faults: Vec<ResidenceFault> = Vec::new();
        for &area in areas {
            for fault in too_large(instance, area, &at_home) {
                let same = |known: &ResidenceFault| known.area() == fault.area();
                if !faults.iter().any(same) {
                    faults.push(fault);
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let within = |area: AreaIx| {
            let homes = at_home.iter().enumerate();
            let within =
                homes.filter(move |&(home, _)| instance.is_within(AreaIx::new(home), area));
            within.filter_map(|(_, found)| Some(found.as_ref()?.voters))
        };
        Ok(areas.iter().map(|&area| within(area).sum()).collect())
    }

    /// How many voters name each area itself, not its parts.
    fn at_home(&self) -> Vec<Option<Found>> {
        let mut all = vec![None; self.election.instance().areas().len()];
        for (row, home) in (1..).zip(&self.homes) {
            if let Some(found) = all.get_mut(home.index()) {
                *found = Some(Found::add(*found, row));
            }
        }
        all
    }
}

/// A fault for each area that nobody knows, in the order of the rows.
fn unknown_areas(unknown: BTreeMap<&str, Found>) -> Vec<ResidenceFault> {
    let mut unknown: Vec<(&str, Found)> = unknown.into_iter().collect();
    unknown.sort_by_key(|(_, found)| found.row);
    let rest = unknown.split_off(unknown.len().min(NAMED));
    let named = unknown.into_iter();
    let mut faults: Vec<ResidenceFault> = named
        .map(|(area, Found { voters, row })| ResidenceFault::Unknown {
            voters,
            row,
            area: area.chars().take(60).collect(),
        })
        .collect();
    if !rest.is_empty() {
        faults.push(ResidenceFault::MoreUnknown {
            voters: rest.iter().map(|(_, found)| found.voters).sum(),
            areas: rest.len(),
        });
    }
    faults
}

/// Those who name an area of which this one is a part: whether they live in the part is not known.
fn too_large(instance: &Instance, part: AreaIx, at_home: &[Option<Found>]) -> Vec<ResidenceFault> {
    let id = |area| {
        let area = instance.area(area);
        area.map_or(String::new(), |area| area.id.clone())
    };
    let around = instance.around(part).into_iter();
    around
        .filter_map(|area| {
            let Found { voters, row } = (*at_home.get(area.index())?)?;
            Some(ResidenceFault::TooLarge {
                voters,
                row,
                area: id(area),
                part: id(part),
            })
        })
        .collect()
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
        let find = |id: &str| election.instance().find_area(id).unwrap();
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
                .contains("1 voter lives in `north`, the first of them in row 2")
        );
        let count =
            |ids: &[&str]| residence.count(&ids.iter().map(|&id| find(id)).collect::<Vec<_>>());
        assert_eq!(count(&["south", "north"]), Ok(vec![1, 2]));
        // One fault for the area, however many of its parts are asked for.
        assert_eq!(count(&["port", "north", "port"]).unwrap_err().len(), 1);
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
        // Every unknown area is named, in the order of the rows.
        let faults = Residence::of(&election(["west", "east", "west"])).unwrap_err();
        let unknown = |voters, row, area: &str| ResidenceFault::Unknown {
            voters,
            row,
            area: area.to_owned(),
        };
        assert_eq!(faults, [unknown(2, 1, "west"), unknown(1, 2, "east")]);
    }

    #[test]
    fn of_very_many_unknown_areas_the_rest_is_counted() {
        let names: Vec<String> = (0..NAMED + 3).map(|number| number.to_string()).collect();
        let unknown = names.iter().zip(1..);
        let unknown = unknown.map(|(name, row)| (name.as_str(), Found { voters: 2, row }));
        let faults = unknown_areas(unknown.collect());
        assert_eq!(faults.len(), NAMED + 1);
        let rest = ResidenceFault::MoreUnknown {
            voters: 6,
            areas: 3,
        };
        assert_eq!(faults.last(), Some(&rest));
    }
}
