//! Settings: defaults, then `yearline.toml`, then `YEARLINE_*` variables, then flags. Unknown keys are errors.

use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use serde::Deserialize;

/// What stands in `yearline.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
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
    /// How much the service grants to those who ask.
    pub(crate) serve: Serve,
}

/// What stands in the table `serve` of `yearline.toml`; what is not given is as [`api::Settings`] has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Serve {
    /// Most connections at once.
    connections: Option<NonZeroUsize>,
    /// Most connections of one address.
    connections_per_address: Option<NonZeroUsize>,
    /// For the head of a request.
    header_seconds: Option<NonZeroU32>,
    /// For the text of a request.
    body_seconds: Option<NonZeroU32>,
    /// Between an answer and the next request.
    idle_seconds: Option<NonZeroU32>,
    /// For each further part of an answer to be taken.
    write_seconds: Option<NonZeroU32>,
    /// From the wish to end until the end.
    grace_seconds: Option<NonZeroU32>,
    /// Long questions that are answered at once.
    long_questions: Option<NonZeroUsize>,
    /// For the turn of a long question.
    wait_seconds: Option<NonZeroU32>,
    /// Long questions of one address that wait.
    waiting_per_address: Option<NonZeroUsize>,
    /// Most mentions of one text that are looked up.
    text_mentions: Option<NonZeroUsize>,
    /// For reading one text and looking its mentions up.
    text_milliseconds: Option<NonZeroU32>,
    /// Longest text that is read.
    text_kib: Option<NonZeroU32>,
    /// What is said of the mentions of one text.
    text_answer_kib: Option<NonZeroU32>,
    /// Addresses and blocks of proxies whose word is taken for whom a request is from.
    trusted_proxies: Vec<Proxies>,
}

/// An address or a block as the file writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct Proxies(api::Proxies);

impl TryFrom<String> for Proxies {
    type Error = api::NotProxies;

    fn try_from(text: String) -> Result<Self, api::NotProxies> {
        text.parse().map(Self)
    }
}

impl Serve {
    /// The settings of the service.
    pub(crate) fn api(&self) -> api::Settings {
        let usual = api::Settings::default();
        let seconds = |given: Option<NonZeroU32>, usual: Duration| {
            given.map_or(usual, |seconds| Duration::from_secs(seconds.get().into()))
        };
        let kib = |given: Option<NonZeroU32>, usual: usize| {
            given.map_or(usual, |kib| (kib.get() as usize).saturating_mul(1024))
        };
        let count = |given: Option<NonZeroUsize>, usual: usize| given.map_or(usual, NonZeroUsize::get);
        let patience = api::Patience {
            header: seconds(self.header_seconds, usual.patience.header),
            body: seconds(self.body_seconds, usual.patience.body),
            idle: seconds(self.idle_seconds, usual.patience.idle),
            write: seconds(self.write_seconds, usual.patience.write),
            grace: seconds(self.grace_seconds, usual.patience.grace),
            connections: count(self.connections, usual.patience.connections),
            connections_per_address: count(
                self.connections_per_address,
                usual.patience.connections_per_address,
            ),
            trusted_proxies: self.trusted_proxies.iter().map(|proxies| proxies.0).collect(),
        };
        api::Settings {
            long_questions: count(self.long_questions, usual.long_questions),
            longest_wait: seconds(self.wait_seconds, usual.longest_wait),
            waiting_per_address: count(self.waiting_per_address, usual.waiting_per_address),
            longest_text: kib(self.text_kib, usual.longest_text),
            longest_reading_answer: kib(self.text_answer_kib, usual.longest_reading_answer),
            most_mentions: count(self.text_mentions, usual.most_mentions),
            longest_reading: self
                .text_milliseconds
                .map_or(usual.longest_reading, |most| Duration::from_millis(most.get().into())),
            patience,
            ..usual
        }
    }
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
        for (text, says) in [
            ("archiv = 'a'", "archiv"),
            ("[serve]\nheader_second = 1", "header_second"),
            ("[serve]\nidle_seconds = 0", "nonzero"),
            ("[serve]\ntrusted_proxies = ['localhost']", "write 127.0.0.1 or 10.0.0.0/8"),
        ] {
            let error = toml::from_str::<Settings>(text).unwrap_err();
            assert!(error.to_string().contains(says), "{error}");
        }
    }

    #[test]
    fn the_service_is_as_the_file_says_and_else_as_usual() {
        let settings: Settings =
            toml::from_str("[serve]\nidle_seconds = 75\nconnections = 9\nwait_seconds = 2\ntext_answer_kib = 64\ntrusted_proxies = ['127.0.0.1', 'fd00::/8']").unwrap();
        let (how, usual) = (settings.serve.api(), api::Settings::default());
        assert_eq!((how.patience.idle, how.patience.connections), (Duration::from_secs(75), 9));
        assert_eq!(how.longest_wait, Duration::from_secs(2));
        assert_eq!((how.longest_reading_answer, how.longest_text), (64 * 1024, usual.longest_text));
        assert_eq!(how.patience.trusted_proxies.len(), 2);
        assert_eq!((how.patience.header, how.long_questions), (usual.patience.header, usual.long_questions));
    }
}
