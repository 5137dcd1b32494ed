//! Every finding of the linter, each in a small file that has nothing else wrong with it.

mod any_text;
mod bases;
mod cases;
mod findings;
mod fixes;
mod helpers;
mod listed;
mod selected;
