//! Reading a `.pb` file: every problem is found and placed, then the election is built.

mod assemble;
mod ballot;
mod bounds;
mod cursor;
mod header;
mod ids;
mod memo;
mod meta;
mod number;
mod projects;
mod report;
mod source;
mod text;
mod voter_ids;
mod votes;

pub use source::{ReadError, read, read_bytes, read_from};
