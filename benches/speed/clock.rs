//! What the system says of time and memory.

use std::fs;
use std::time::Instant;

/// CPU seconds of this thread so far, where the system tells; wall time elsewhere.
pub(crate) fn cpu_seconds() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let wall = START.get_or_init(Instant::now).elapsed().as_secs_f64();
    // The system brings the figure up to date when the thread lets others go first, and in steps of milliseconds
    // otherwise.
    std::thread::yield_now();
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = text.split(' ').next();
    let nanoseconds = first.and_then(|field| field.parse::<f64>().ok());
    nanoseconds.map_or(wall, |nanoseconds| nanoseconds / 1e9)
}

/// The most memory that this process held since [`forget_peak`], in MiB, where the system tells.
pub(crate) fn peak_memory() -> String {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kib.map_or("unknown".to_owned(), |kib| {
        format!("{:.0} MiB", kib / 1024.0)
    })
}

/// From now on the peak is measured anew, where the system allows it.
pub(crate) fn forget_peak() {
    // Without the right to do so the peak is that of everything so far: never less than the truth.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// The seconds that a run takes, the least of several; a long one is made once.
pub(crate) fn seconds_of(mut run: impl FnMut()) -> f64 {
    let (mut best, mut all) = (f64::INFINITY, 0.0);
    for made in 0..200 {
        if made > 0 && all > 0.3 {
            break;
        }
        let start = cpu_seconds();
        run();
        let took = cpu_seconds() - start;
        best = best.min(took);
        all += took;
    }
    best
}

/// What the processor can do, as far as this matters.
pub(crate) fn simd() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        let has_all = std::arch::is_x86_feature_detected!("avx512f")
            && std::arch::is_x86_feature_detected!("avx512dq")
            && std::arch::is_x86_feature_detected!("avx512bw")
            && std::arch::is_x86_feature_detected!("avx512vl");
        if has_all {
            return "x86-64 with AVX-512: eight numbers of 64 bits at once";
        }
        if std::arch::is_x86_feature_detected!("avx2") {
            return "x86-64 with AVX2: four numbers of 64 bits at once";
        }
    }
    std::env::consts::ARCH
}
