//! A card takes well under a second for 300 projects and 100,000 ballots, once they are read.

use std::time::{Duration, Instant};

use crate::card::CARDS;
use crate::runs::{committee, decided};
use crate::town::{Order, Size, Town};

/// Wide, for a busy machine and a build that is hardly optimised; `cargo test --release` prints what it really takes.
const SLACK: Duration = Duration::from_secs(if cfg!(debug_assertions) { 3 } else { 1 });

#[test]
fn large_elections_are_decided_in_no_time() {
    let long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    // Without the long run: one that ranks, one of many pots that reruns, one that balances.
    let few = ["lodz-2022", "krakow-2022", "strasbourg-2017-balance"];
    for card in CARDS.iter().filter(|card| long || few.contains(&card.file)) {
        let regulation = card.regulation();
        let own = card.local.0 * u32::try_from(card.area_ids().len()).unwrap() + card.city.0;
        let size = Size {
            projects: 300_u32.div_ceil(own),
            voters: 100_000,
        };
        let town = Town::of(card, &regulation, size);
        let election = town.election(&regulation, Order::Plain);
        assert!(election.instance().projects().len() >= 250);
        let decisions = committee(&regulation, &town);
        let begin = Instant::now();
        let (edition, lots) = decided(&regulation, &election, &decisions);
        let took = begin.elapsed();
        println!(
            "{}: {} projects, {} ballots, {} winners, {took:?} with {lots} lots",
            card.file,
            election.instance().projects().len(),
            election.profile().voters(),
            edition.winners().len()
        );
        assert!(edition.winners().len() > 5, "{}", card.file);
        assert!(took < SLACK, "{}: {took:?}", card.file);
    }
}
