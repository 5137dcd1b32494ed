//! The small city of the generated files.

use quartier::election::{Area, Instance, Project};

/// Projects in the order of their ids: a1, a2 of north, b1, b2 of south, c1 of the city.
pub(crate) const PROJECTS: [(&str, &str); 5] = [
    ("a1", "north"),
    ("a2", "north"),
    ("b1", "south"),
    ("b2", "south"),
    ("c1", ""),
];

pub(crate) fn instance() -> Instance {
    let builder = Instance::builder()
        .budget(100)
        .area(Area::new("north"))
        .area(Area::new("south"));
    let projects = PROJECTS.iter().map(|(id, area)| {
        let project = Project::new(*id, 10);
        if area.is_empty() {
            project
        } else {
            project.in_area(*area)
        }
    });
    projects
        .fold(builder, quartier::election::InstanceBuilder::project)
        .build()
        .unwrap()
}

/// A sequence of numbers from a seed (`SplitMix64`), so that a file can be made again.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub(crate) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = self.below(at + 1);
            items.swap(at, other);
        }
    }
}
