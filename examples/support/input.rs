//! Which files are read, and how their bytes become text.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use encoding_rs::WINDOWS_1252;
use quartier::pabulib::ReadLimits;

use crate::status::Stop;

/// The arguments that every program has.
#[derive(Debug, Args)]
pub(crate) struct FileArgs {
    /// A `.pb` file, a folder (all its `.pb` files in the order of their names), or `-` for standard input.
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// How the files are encoded; UTF-8 may begin with a byte-order mark.
    #[arg(long, value_name = "ENCODING", default_value = "utf-8")]
    pub(crate) encoding: Encoding,
    /// How many files are worked on at once; 0 for one per processor. The output is the same.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u16).range(0..=256))]
    pub(crate) jobs: u16,
    /// What is printed: text for people, or one JSON object a line and file.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

/// How files are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    #[value(name = "utf-8")]
    Utf8,
    /// What spreadsheets export on Windows in western Europe.
    #[value(name = "windows-1252")]
    Windows1252,
}

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// One thing to read.
#[derive(Debug)]
pub(crate) struct Input {
    /// Its name without folders.
    pub(crate) name: String,
    source: Source,
}

#[derive(Debug)]
enum Source {
    File(PathBuf),
    StandardInput,
    /// It is known already that it cannot be read.
    Nothing(String),
}

/// The name of a file without its folders.
fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

impl FileArgs {
    /// What the paths name, in their order. What cannot be listed stays in the list, so that it gets its line.
    pub(crate) fn inputs(&self) -> Result<Vec<Input>, Stop> {
        if self
            .paths
            .iter()
            .filter(|path| is_standard_input(path))
            .count()
            > 1
        {
            return Err(Stop::Usage(
                "`-` is standard input, which can be read once only".to_owned(),
            ));
        }
        Ok(self.paths.iter().flat_map(|path| list(path)).collect())
    }
}

/// Does the path stand for standard input?
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path == OsStr::new("-")
}

fn list(path: &Path) -> Vec<Input> {
    if is_standard_input(path) {
        return vec![Input {
            name: "-".to_owned(),
            source: Source::StandardInput,
        }];
    }
    if !path.is_dir() {
        return vec![Input {
            name: name_of(path),
            source: Source::File(path.to_owned()),
        }];
    }
    let nothing = |why: String| {
        vec![Input {
            name: name_of(path),
            source: Source::Nothing(why),
        }]
    };
    let entries = match fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) => {
            return nothing(format!(
                "the folder {} cannot be listed: {error}",
                path.display()
            ));
        }
    };
    let files = entries.into_iter().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = files
        .filter(|file| file.extension() == Some(OsStr::new("pb")))
        .collect();
    if files.is_empty() {
        return nothing(format!("the folder {} has no .pb files", path.display()));
    }
    files.sort_by(|a, b| {
        a.as_os_str()
            .as_encoded_bytes()
            .cmp(b.as_os_str().as_encoded_bytes())
    });
    files
        .into_iter()
        .map(|file| Input {
            name: name_of(&file),
            source: Source::File(file),
        })
        .collect()
}

impl Input {
    /// The bytes, in UTF-8 unless they are not in the encoding that was said; or why there are none.
    pub(crate) fn read(&self, encoding: Encoding) -> Result<Vec<u8>, String> {
        let bytes = match &self.source {
            Source::File(path) => read_path(path)?,
            Source::StandardInput => read_path(Path::new("-"))?,
            Source::Nothing(why) => return Err(why.clone()),
        };
        Ok(decoded(bytes, encoding))
    }
}

/// The bytes in UTF-8, unless they are not in the encoding that was said.
pub(crate) fn decoded(bytes: Vec<u8>, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => bytes,
        // Every byte means something in windows-1252. A byte-order mark would say otherwise.
        Encoding::Windows1252 => WINDOWS_1252.decode(&bytes).0.into_owned().into_bytes(),
    }
}

/// All bytes of a file or of standard input, up to the size that the library's reader allows and one more,
/// so that it can say that there were too many.
pub(crate) fn read_path(path: &Path) -> Result<Vec<u8>, String> {
    let most = u64::try_from(ReadLimits::new().bytes())
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let mut bytes = Vec::new();
    let read = if is_standard_input(path) {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| {
            let size = file.metadata().map_or(0, |about| about.len().min(most));
            bytes.reserve_exact(usize::try_from(size).unwrap_or(0).saturating_add(1));
            file.take(most).read_to_end(&mut bytes)
        })
    };
    read.map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    Ok(bytes)
}
