//! How a program ends.

#![allow(dead_code, reason = "every program ends in its own ways")]

use std::io;
use std::process::ExitCode;

/// How one file fared; the graver of two files decides how the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Done: exit 0.
    Done,
    /// A lot must be drawn: exit 3.
    LotRequired,
    /// It needs a feature that does not exist yet: exit 2.
    NotAvailable,
    /// The input is wrong or a check failed: exit 1.
    Wrong,
}

impl Status {
    fn code(self) -> u8 {
        match self {
            Status::Done => 0,
            Status::LotRequired => 3,
            Status::NotAvailable => 2,
            Status::Wrong => 1,
        }
    }
}

/// Why a program ends before it is done.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The arguments contradict each other or name what does not exist: exit 2.
    Usage(String),
    /// The input is wrong: exit 1.
    Input(String),
    /// The output cannot be written: exit 1, or quietly where the reader has gone away.
    Output(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Output(error)
    }
}

/// Ends the program with the exit status of the contract, and a line on standard error where it failed.
pub(crate) fn finish(program: &str, result: Result<Status, Stop>) -> ExitCode {
    let (code, message) = match result {
        Ok(status) => return ExitCode::from(status.code()),
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            return ExitCode::SUCCESS;
        }
        Err(Stop::Usage(message)) => (2, message),
        Err(Stop::Input(message)) => (1, message),
        Err(Stop::Output(error)) => (1, format!("the output cannot be written: {error}")),
    };
    // If even standard error is gone, the exit status still tells.
    _ = io::Write::write_fmt(&mut io::stderr(), format_args!("{program}: {message}\n"));
    ExitCode::from(code)
}
