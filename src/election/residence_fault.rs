//! Why it is not known where every voter lives.

/// Why it is not known where every voter lives.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ResidenceFault {
    #[error("the votes do not say where each voter lives: give every voter an `area`")]
    NoColumn,
    #[error("{} no area, the first of them in row {row}: give each an `area`", who(*voters, "has", "have"))]
    Blank { voters: u64, row: usize },
    #[error(
        "{} in an area that the election does not list, the first of them in row {row} (`{area}`): correct it, or add the area",
        who(*voters, "lives", "live")
    )]
    Unknown {
        voters: u64,
        row: usize,
        area: String,
    },
    #[error(
        "{} in further areas that the election does not list, {areas} in all: correct the column, or add the areas",
        who(*voters, "lives", "live")
    )]
    MoreUnknown { voters: u64, areas: usize },
    #[error(
        "{} in `{area}`, the first of them in row {row}, and it is not said whether in its part `{part}`: name the smallest area",
        who(*voters, "lives", "live")
    )]
    TooLarge {
        voters: u64,
        row: usize,
        area: String,
        part: String,
    },
}

impl ResidenceFault {
    /// The area that the fault is about, where it is about one.
    pub(super) fn area(&self) -> Option<&str> {
        match self {
            ResidenceFault::TooLarge { area, .. } | ResidenceFault::Unknown { area, .. } => {
                Some(area)
            }
            _ => None,
        }
    }
}

/// So many voters, with what they do.
fn who(voters: u64, one: &str, several: &str) -> String {
    match voters {
        1 => format!("1 voter {one}"),
        _ => format!("{voters} voters {several}"),
    }
}
