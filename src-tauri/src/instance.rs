//! Which running program this one is: one for each data folder.
//!
//! The application identifier carries the folder, since all that tells two instances apart for the operating system goes
//! by it: the window that a second start brings to the front, the saved place of the window, the web view's own data.
//! Whether another program has the folder open is another question, which the folder's lock answers.

use crate::options::Options;
use desk_aws::Backend;
use sha2::{Digest as _, Sha256};
use std::{
    io,
    path::{Path, PathBuf},
};

/// Where an instance keeps its data, and how the operating system knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Instance {
    pub(crate) backend: Backend,
    pub(crate) data_dir: PathBuf,
    pub(crate) identifier: String,
}

impl Instance {
    /// The instance of a start with these options. `identifier` is the program's own, `local` the folder in which
    /// programs of this user keep their data.
    ///
    /// # Errors
    /// Where a relative folder is named and the current one is gone.
    pub(crate) fn new(options: &Options, identifier: &str, local: &Path) -> io::Result<Self> {
        let backend = options.backend();
        let identifier = match backend.suffix() {
            Some(suffix) => format!("{identifier}.{suffix}"),
            None => identifier.to_owned(),
        };
        let usual = local.join(&identifier);
        let Some(named) = &options.data_dir else { return Ok(Self { backend, data_dir: usual, identifier }) };
        let data_dir = std::path::absolute(backend.folder_in(named))?;
        let real = resolved(&data_dir);
        let identifier = if real == resolved(&usual) {
            identifier
        } else {
            format!("{identifier}.folder-{}", digest(&real))
        };
        Ok(Self { backend, data_dir, identifier })
    }
}

/// One name for each folder, however its absolute path was written: without links, as far as it exists.
fn resolved(folder: &Path) -> PathBuf {
    for existing in folder.ancestors() {
        if let Ok(real) = existing.canonicalize() {
            // Without the end that joining nothing would add.
            return folder
                .strip_prefix(existing)
                .map_or(real.clone(), |rest| real.components().chain(rest.components()).collect());
        }
    }
    folder.to_owned()
}

fn digest(folder: &Path) -> String {
    let digest = hex::encode(Sha256::digest(folder.as_os_str().as_encoded_bytes()));
    digest.chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    const IDENTIFIER: &str = "io.github.eco-desk.desk";

    fn instance(local: &Path, arguments: &[&str]) -> Instance {
        let options = Options::try_parse_from([&["eco-desk"], arguments].concat()).unwrap();
        Instance::new(&options, IDENTIFIER, local).unwrap()
    }

    #[test]
    fn what_is_started_with_other_arguments_is_another_instance() {
        let room = tempfile::tempdir().unwrap();
        let local = room.path().canonicalize().unwrap();
        let other = local.join("other");
        let named = ["--data-dir", other.to_str().unwrap()];
        let endpoint = ["--support-endpoint", "http://127.0.0.1:4599"];
        let starts: Vec<Instance> = [
            vec![],
            vec!["--demo"],
            endpoint.to_vec(),
            vec!["--support-endpoint", "http://127.0.0.1:4600"],
            named.to_vec(),
            [&["--demo"], &named[..]].concat(),
            [endpoint, named].concat(),
        ]
        .iter()
        .map(|arguments| instance(&local, arguments))
        .collect();
        for (at, one) in starts.iter().enumerate() {
            for another in &starts[..at] {
                assert_ne!(one.identifier, another.identifier);
                assert_ne!(one.data_dir, another.data_dir);
            }
            let is_name = |part: &str| {
                part.starts_with(|first: char| first.is_ascii_alphabetic())
                    && part.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
            };
            assert!(one.identifier.split('.').all(is_name), "{} is no name on a bus", one.identifier);
        }
        assert_eq!(starts[0].identifier, IDENTIFIER);
        assert_eq!(starts[0].data_dir, local.join(IDENTIFIER));
        assert_eq!(starts[1].data_dir, local.join("io.github.eco-desk.desk.demo"));
        assert_eq!(starts[5].data_dir, other.join("demo"));
    }

    #[test]
    fn one_folder_is_one_instance_however_it_is_written() {
        let room = tempfile::tempdir().unwrap();
        let local = room.path().canonicalize().unwrap();
        std::fs::create_dir(local.join("data")).unwrap();
        let plain = instance(&local, &["--data-dir", local.join("data").to_str().unwrap()]);
        std::fs::create_dir(local.join("other")).unwrap();
        for written in ["data/", "data/.", "data//", "other/../data"] {
            let written = format!("{}/{written}", local.display());
            assert_eq!(instance(&local, &["--data-dir", &written]).identifier, plain.identifier, "{written}");
        }
        let usual = local.join(IDENTIFIER);
        assert_eq!(instance(&local, &["--data-dir", usual.to_str().unwrap()]), instance(&local, &[]));
    }
}
