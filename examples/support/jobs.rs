//! Many files at once, with the results in the order of the files.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::ThreadPoolBuilder;

use crate::input::Input;
use crate::status::Stop;

/// How many files each thread may be ahead of what has been printed: this bounds the memory.
const AHEAD: usize = 8;

/// What is handed out next, and how far the output is.
#[derive(Debug, Default)]
struct Progress {
    next: usize,
    printed: usize,
    stopped: bool,
}

/// Lets the others end when a thread panics, instead of waiting for what will never be printed.
struct EndOnPanic<'a>(&'a Mutex<Progress>, &'a Condvar);

impl Drop for EndOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .stopped = true;
            self.1.notify_all();
        }
    }
}

/// Does `work` on every file, `jobs` at once, and gives the results to `print` in the order of the files,
/// each as soon as it and all before it are ready. A progress bar is shown on a terminal.
pub(crate) fn run<T: Send>(
    inputs: &[Input],
    jobs: u16,
    work: impl Fn(&Input) -> T + Sync,
    mut print: impl FnMut(T) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(usize::from(jobs))
        .build();
    let pool = pool.map_err(|error| Stop::Usage(format!("--jobs {jobs}: {error}")))?;
    let window = pool.current_num_threads().saturating_mul(AHEAD);
    let (progress, moved) = (Mutex::new(Progress::default()), Condvar::new());
    let claim = || {
        let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
        while !progress.stopped && progress.next >= progress.printed.saturating_add(window) {
            progress = moved.wait(progress).unwrap_or_else(PoisonError::into_inner);
        }
        let claimed = inputs
            .get(progress.next)
            .filter(|_| !progress.stopped)
            .map(|input| (progress.next, input));
        progress.next = progress.next.saturating_add(1);
        claimed
    };
    let bar = bar(inputs);
    pool.in_place_scope(|scope| {
        let (send, receive) = sync_channel(window);
        for _ in 0..pool.current_num_threads() {
            let (send, claim, work) = (send.clone(), &claim, &work);
            let guard = EndOnPanic(&progress, &moved);
            scope.spawn(move |_| {
                let _guard = guard;
                while let Some((number, input)) = claim() {
                    if send.send((number, work(input))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut result = Ok(());
        let mut printed = 0_usize;
        for (number, done) in receive {
            waiting.insert(number, done);
            while let Some(done) = waiting.remove(&printed).filter(|_| result.is_ok()) {
                result = bar.suspend(|| print(done));
                printed = printed.saturating_add(1);
                bar.inc(1);
            }
            let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
            progress.printed = printed;
            progress.stopped = result.is_err();
            moved.notify_all();
        }
        bar.finish_and_clear();
        result
    })
}

fn bar(inputs: &[Input]) -> ProgressBar {
    if inputs.len() < 2 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(inputs.len()).unwrap_or(u64::MAX));
    match ProgressStyle::with_template("{wide_bar} {pos}/{len} files, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
