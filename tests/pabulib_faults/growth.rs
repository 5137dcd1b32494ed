//! F29 and F30: how the time of reading grows.

use std::time::{Duration, Instant};

use quartier::pabulib::{ReadLimits, ReadOptions, read};

use crate::helpers::with_vote;
use crate::pabulib_common::{approval, file};

fn timed(text: &str) -> Duration {
    let start = Instant::now();
    _ = std::hint::black_box(read(
        text,
        &ReadOptions::lenient().limits(
            ReadLimits::new()
                .max_marks(10_000_000)
                .max_line_bytes(100_000_000),
        ),
    ));
    start.elapsed()
}

/// Eight times the size may take forty times as long at most: linear work, with room for noise.
fn grows_linearly(what: &str, text: impl Fn(usize) -> String) {
    let (small, large) = (text(2_000), text(16_000));
    let quick = (0..3)
        .map(|_| timed(&small))
        .min()
        .unwrap()
        .max(Duration::from_millis(1));
    let slow = (0..3).map(|_| timed(&large)).min().unwrap();
    assert!(
        slow < quick * 40,
        "{what}: {quick:?} for 2,000, {slow:?} for 16,000"
    );
}

#[test]
fn f29_ids_made_to_collide() {
    // Ids that fall together in simple hashes: same bytes in other orders, multiples of powers of two.
    grows_linearly("voters", |size| {
        let rows: String = (0..size)
            .map(|n| format!("\n{:032b};1", (n as u64) << 16))
            .collect();
        file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            &format!("voter_id;vote{rows}"),
        )
    });
    grows_linearly("numbers", |size| {
        let rows: String = (0..size)
            .rev()
            .map(|n| format!("\n{};1", (n as u64) << 40))
            .collect();
        file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            &format!("voter_id;vote{rows}"),
        )
    });
    grows_linearly("ballots", |size| {
        let projects: String = (0..16).map(|id| format!("\n{id};6")).collect();
        let rows: String = (0..size)
            .map(|n| {
                format!(
                    "\n{n};{}",
                    (0..16)
                        .filter(|bit| n >> bit & 1 == 1)
                        .map(|bit| bit.to_string())
                        .collect::<Vec<_>>()
                        .join(",")
                )
            })
            .collect();
        file(
            "vote_type;approval",
            &format!("project_id;cost{projects}"),
            &format!("voter_id;vote{rows}"),
        )
    });
}

#[test]
fn f30_nothing_is_quadratic() {
    grows_linearly("projects", |size| {
        let rows: String = (0..size).map(|n| format!("\nP{n};6")).collect();
        file(
            "vote_type;approval",
            &format!("project_id;cost{rows}"),
            "voter_id;vote\n1;P1",
        )
    });
    grows_linearly("marks on one ballot", |size| {
        let projects: String = (0..size).map(|n| format!("\n{n};6")).collect();
        let vote = (0..size)
            .chain(0..size)
            .map(|n| n.to_string())
            .collect::<Vec<_>>()
            .join(",");
        file(
            "vote_type;approval",
            &format!("project_id;cost{projects}"),
            &format!("voter_id;vote\n1;{vote}"),
        )
    });
    grows_linearly("unknown marks on one ballot", |size| {
        with_vote(&vec!["z"; size].join(","))
    });
    grows_linearly("quotes", |size| with_vote(&"\"".repeat(size)));
    grows_linearly("cells", |size| with_vote(&";".repeat(size)));
    grows_linearly("empty lines", |size| approval() + &"\n".repeat(size));
    grows_linearly("sections", |size| approval() + &"META\n".repeat(size));
    grows_linearly("repeated voters", |size| {
        let rows: String = (0..size).map(|n| format!("\nV{};1", n / 2)).collect();
        file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            &format!("voter_id;vote{rows}"),
        )
    });
}
