//! Settings: defaults, then `yearline.toml`, then `YEARLINE_*` variables, then flags. Unknown keys are errors.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;

/// What stands in `yearline.toml`; each key has a flag and a variable of the same name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Folder of the archive.
    pub(crate) archive: Option<PathBuf>,
    /// Folder of source records beside those that come with the program.
    pub(crate) sources: Option<PathBuf>,
    /// Where the administrator of a site reaches whoever crawls; part of the User-Agent.
    pub(crate) contact: Option<String>,
    /// Address and port that `serve` answers on.
    pub(crate) listen: Option<SocketAddr>,
    /// Memory of the indexer, in MiB.
    pub(crate) index_memory_mib: Option<usize>,
}

impl Settings {
    /// Reads the file that is named, else `yearline.toml` where there is one.
    pub(crate) fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let (path, is_named) = match file {
            Some(path) => (path, true),
            None => (Path::new("yearline.toml"), false),
        };
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).with_context(|| format!("settings file {}", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !is_named => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("settings file {}", path.display())),
        }
    }

    /// The source records: shipped ones and those of the folder that the settings name.
    pub(crate) fn source_records(&self) -> anyhow::Result<crawler::Sources> {
        let shipped = crawler::Sources::shipped();
        Ok(match &self.sources {
            Some(folder) => shipped.with(crawler::Sources::load(folder)?),
            None => shipped,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_are_errors() {
        assert!(toml::from_str::<Settings>("archive = 'a'\nlisten = '127.0.0.1:80'").is_ok());
        let error = toml::from_str::<Settings>("archiv = 'a'").unwrap_err();
        assert!(error.to_string().contains("archiv"), "{error}");
    }
}
