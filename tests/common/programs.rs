//! Runs the programs of `examples/` as processes.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// The folder of the built programs. They are built here too, since a single test file is often run alone,
/// and then cargo would leave them as they were.
fn programs() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let test = std::env::current_exe().unwrap();
        // target/PROFILE/deps/this-test
        let profile = test.parent().and_then(Path::parent).unwrap();
        let target = profile.parent().unwrap();
        let name = if profile.ends_with("debug") {
            "test"
        } else {
            "release"
        };
        let build = Command::new(env!("CARGO"))
            .args([
                "build",
                "--quiet",
                "--examples",
                "--profile",
                name,
                "--manifest-path",
            ])
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
            .arg("--target-dir")
            .arg(target)
            .status();
        assert!(build.unwrap().success(), "the examples do not build");
        profile.join("examples")
    })
}

/// A program that is about to be run in the repository's folder.
pub(crate) fn program<I: AsRef<OsStr>>(name: &str, args: impl IntoIterator<Item = I>) -> Command {
    let file = programs().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(file);
    command.args(args).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Runs a program with nothing on standard input.
pub(crate) fn run<I: AsRef<OsStr>>(name: &str, args: impl IntoIterator<Item = I>) -> Output {
    program(name, args).stdin(Stdio::null()).output().unwrap()
}

/// Runs a program with these bytes on standard input.
pub(crate) fn run_with<I: AsRef<OsStr>>(
    name: &str,
    args: impl IntoIterator<Item = I>,
    input: &[u8],
) -> Output {
    let mut command = program(name, args);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // A program that refuses its arguments does not read: then the pipe is closed.
        scope.spawn(move || _ = stdin.write_all(input));
        child.wait_with_output().unwrap()
    })
}
