//! Lists that were voted on apart: `NAME=FILE`, each for the quartier or the pot of that name.

use std::path::{Path, PathBuf};

use quartier::election::{Area, Election, Join, JoinPart};
use quartier::law::{Law, Territory};

use crate::Ended;
use crate::allocate_json::Failed;

/// One list as it was given.
pub(crate) struct List {
    pub(crate) name: Option<String>,
    pub(crate) path: PathBuf,
}

impl List {
    /// `NAME=FILE`, or a file. A file whose own name has a `=` is that file.
    pub(crate) fn of(text: &str) -> List {
        match text.split_once('=') {
            Some((name, file)) if !name.is_empty() && !Path::new(text).exists() => List {
                name: Some(name.to_owned()),
                path: PathBuf::from(file),
            },
            _ => List {
                name: None,
                path: PathBuf::from(text),
            },
        }
    }

    /// What messages and qualified ids call it.
    fn called(&self) -> String {
        self.name.clone().unwrap_or_else(|| {
            let stem = self.path.file_stem().unwrap_or(self.path.as_os_str());
            stem.to_string_lossy().into_owned()
        })
    }
}

/// The lists as one election: each fills what its name says, and `areas` tells more of the quartiers.
pub(crate) fn joined(
    lists: Vec<(List, Election)>,
    areas: Vec<Area>,
    qualify: bool,
    law: &Law,
) -> Result<Election, Ended> {
    let mut join = areas.into_iter().fold(Join::new(), Join::area);
    for (list, election) in lists {
        let part = JoinPart::new(list.called(), election);
        let part = match &list.name {
            Some(name) => filling(part, name, law),
            None => part,
        };
        join = join.part(if qualify { part.qualified() } else { part });
    }
    join.build().map_err(|error| {
        let text = error
            .to_string()
            .replace("qualify the ids", "add --qualify");
        Failed::error(&text).into()
    })
}

/// A list for a pot: its projects are made such that the pot holds them. Any other name is a quartier's.
fn filling(part: JoinPart, name: &str, law: &Law) -> JoinPart {
    if let Some(pot) = law.pots.iter().find(|pot| pot.id == name) {
        let part = match &pot.holds.area {
            Some(area) => part.in_area(area),
            None if pot.holds.territory == Territory::Local => part.in_area(name),
            None => part,
        };
        return match &pot.holds.category {
            Some(category) => part.in_category(category),
            None => part,
        };
    }
    // `pot/quartier` is the pot of a quartier.
    let family = name.split_once('/').filter(|(family, _)| {
        law.pots
            .iter()
            .any(|pot| pot.id == *family && pot.is_family())
    });
    part.in_area(family.map_or(name, |(_, area)| area))
}
