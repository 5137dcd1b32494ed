//! Finds the shared data (real elections, expected outcomes), which is not part of the repository.

use std::path::{Path, PathBuf};

/// The folder that `QUARTIER_SHARED` names, by default `../shared` beside the repository. Without it the
/// caller is to pass, having said so; in CI that is a failure.
pub(crate) fn folder() -> Option<PathBuf> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("QUARTIER_SHARED").map_or_else(default, PathBuf::from);
    if shared.join("pabulib").is_dir() {
        return Some(shared);
    }
    let missing = format!(
        "{} has no folder pabulib: set QUARTIER_SHARED to the folder that has it",
        shared.display()
    );
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{missing}");
    println!("skipped: {missing}");
    None
}
