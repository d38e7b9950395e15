//! Settings: defaults, then `yearline.toml`, then `YEARLINE_*` variables, then flags. Unknown keys are errors.

use std::fmt;
use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use indexer::store::opensearch::{Credentials, EngineSettings};
use serde::Deserialize;

use crate::province::unknown_province;

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
    /// Longest file that is collected where a source's record has files collected, in MiB.
    pub(crate) max_file_mib: Option<usize>,
    /// Address and port that `serve` answers on.
    pub(crate) listen: Option<SocketAddr>,
    /// Memory of the indexer, in MiB.
    pub(crate) index_memory_mib: Option<usize>,
    /// Where the index stands, if not in the archive's folder.
    pub(crate) index: Engine,
    /// How much the service grants to those who ask.
    pub(crate) serve: Serve,
}

/// What stands in the table `index` of `yearline.toml`: an engine that keeps the index in the place of the archive's folder.
/// Each key is also a variable, `YEARLINE_INDEX_URL` for `url`.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Engine {
    /// Nodes and name of the index: `https://host:9200/name`.
    url: Option<String>,
    /// Shards of an index that is made.
    shards: Option<NonZeroU32>,
    /// Copies of each shard.
    replicas: Option<u32>,
    /// Authorities that sign the engine's certificate, in PEM.
    ca_file: Option<PathBuf>,
    /// Who asks.
    user: Option<String>,
    /// The password, or the file that it stands in.
    password: Option<String>,
    password_file: Option<PathBuf>,
    /// A bearer token, or the file that it stands in.
    token: Option<String>,
    token_file: Option<PathBuf>,
    /// Lets everything go unencrypted to another machine.
    insecure: Option<bool>,
}

impl fmt::Debug for Engine {
    /// Without secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Engine {
    /// The engine that the file or the environment names; `variable` reads the latter. `None` where the index stands in the
    /// archive's folder.
    pub(crate) fn settings(
        &self,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> anyhow::Result<Option<EngineSettings>> {
        let given =
            |name: &str| variable(&format!("YEARLINE_INDEX_{name}")).filter(|value| !value.is_empty());
        let Some(url) = given("URL").or_else(|| self.url.clone()) else { return Ok(None) };
        let usual = EngineSettings::at(url.parse()?);
        let number = |name: &str| -> anyhow::Result<Option<u32>> {
            let Some(text) = given(name) else { return Ok(None) };
            let number =
                text.parse().with_context(|| format!("YEARLINE_INDEX_{name} is “{text}”, no number"))?;
            Ok(Some(number))
        };
        let secret =
            |name: &str, said: &Option<String>, file: &Option<PathBuf>| -> anyhow::Result<Option<String>> {
                let file = given(&format!("{name}_FILE")).map(PathBuf::from).or_else(|| file.clone());
                match (given(name).or_else(|| said.clone()), file) {
                    (Some(secret), _) => Ok(Some(secret)),
                    (None, Some(file)) => {
                        let text = std::fs::read_to_string(&file)
                            .with_context(|| format!("{} cannot be read", file.display()))?;
                        Ok(Some(text.trim_end().to_owned()))
                    }
                    (None, None) => Ok(None),
                }
            };
        let user = given("USER").or_else(|| self.user.clone());
        let password = secret("PASSWORD", &self.password, &self.password_file)?;
        let token = secret("TOKEN", &self.token, &self.token_file)?;
        let credentials = match (user, password, token) {
            (Some(user), Some(password), None) => Credentials::Password { user, password },
            (None, None, Some(token)) => Credentials::Token(token),
            (None, None, None) => Credentials::None,
            (_, _, Some(_)) => {
                anyhow::bail!("[index] has a token and a user or a password: give one of them")
            }
            _ => anyhow::bail!("[index] has one of user and password: give both, or none"),
        };
        let shards = number("SHARDS")?.or(self.shards.map(NonZeroU32::get)).unwrap_or(usual.shards);
        anyhow::ensure!(shards > 0, "YEARLINE_INDEX_SHARDS is 0: an index has one shard at least");
        let insecure = match given("INSECURE").as_deref() {
            None => self.insecure.unwrap_or(usual.insecure),
            Some("true") => true,
            Some("false") => false,
            Some(other) => anyhow::bail!("YEARLINE_INDEX_INSECURE is “{other}”, neither true nor false"),
        };
        Ok(Some(EngineSettings {
            shards,
            replicas: number("REPLICAS")?.or(self.replicas),
            ca_file: given("CA_FILE").map(PathBuf::from).or_else(|| self.ca_file.clone()),
            credentials,
            insecure,
            ..usual
        }))
    }
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
    /// Answers that are kept to be given again.
    kept_answers_mib: Option<u32>,
    /// Most mentions of one text that are looked up.
    text_mentions: Option<NonZeroUsize>,
    /// For reading one text and looking its mentions up.
    text_milliseconds: Option<NonZeroU32>,
    /// Longest text that is read.
    text_kib: Option<NonZeroU32>,
    /// What is said of the mentions of one text.
    text_answer_kib: Option<NonZeroU32>,
    /// Names under which a service that listens on loopback is asked besides `localhost`.
    hosts: Vec<String>,
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
    /// Under which names the service is asked at an address: on loopback, where no proxy is known to stand in front, under
    /// those of this machine alone.
    pub(crate) fn hosts(&self, listens: SocketAddr) -> api::Hosts {
        if listens.ip().is_loopback() && self.trusted_proxies.is_empty() {
            api::Hosts::Local(self.hosts.clone())
        } else {
            api::Hosts::Any
        }
    }

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
            kept_answers: self
                .kept_answers_mib
                .map_or(usual.kept_answers, |mib| (mib as usize).saturating_mul(1024 * 1024)),
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
        let Some(folder) = &self.sources else { return Ok(shipped) };
        let own = crawler::Sources::load(folder)?;
        for source in &own {
            if let Some(told) = source.province.as_deref().and_then(unknown_province) {
                tracing::warn!("the source record {}: {told}", source.name);
            }
        }
        Ok(shipped.with(own))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_records_are_of_provinces_that_there_are() {
        let shipped = crawler::Sources::shipped();
        let told: Vec<String> =
            shipped.iter().filter_map(|source| unknown_province(source.province.as_deref()?)).collect();
        assert_eq!(told, [""; 0]);
        assert!(unknown_province("Ngệ An").is_some_and(|told| told.contains("the nearest is “Nghệ An”")));
    }

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
    fn an_engine_is_named_by_the_file_and_the_environment() {
        let check = |file: &str, variables: &[(&str, &str)], expected: Result<&str, &str>| {
            let settings: Settings = toml::from_str(file).unwrap();
            let variable = |name: &str| {
                let found = variables.iter().find(|(known, _)| format!("YEARLINE_INDEX_{known}") == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            match (settings.index.settings(&variable), expected) {
                (Ok(found), Ok(expected)) => {
                    let found = found.map_or_else(String::new, |engine| {
                        format!("{} {} {:?}", engine.address, engine.shards, engine.replicas)
                    });
                    assert_eq!(found, expected, "{file} {variables:?}");
                }
                (Err(error), Err(says)) => assert!(error.to_string().contains(says), "{error}"),
                (found, _) => panic!("{file} {variables:?}: {found:?}"),
            }
        };
        let file = "[index]\nurl = 'https://a:9200/news'\nshards = 3";
        check("", &[], Ok(""));
        check("", &[("URL", "")], Ok(""));
        check(file, &[], Ok("https://a:9200/news 3 None"));
        check(file, &[("URL", "https://b/old"), ("REPLICAS", "0")], Ok("https://b/old 3 Some(0)"));
        check(file, &[("SHARDS", "5")], Ok("https://a:9200/news 5 None"));
        check(file, &[("SHARDS", "0")], Err("one shard at least"));
        check(file, &[("SHARDS", "many")], Err("no number"));
        check(file, &[("USER", "ann")], Err("give both"));
        check(file, &[("USER", "ann"), ("PASSWORD", "x"), ("TOKEN", "y")], Err("one of them"));
        check(file, &[("PASSWORD_FILE", "/nowhere/at/all"), ("USER", "ann")], Err("cannot be read"));
        check(file, &[("INSECURE", "yes")], Err("neither true nor false"));
        check("", &[("URL", "https://ann:secret@a/news")], Err("no address"));
    }

    #[test]
    fn the_service_is_as_the_file_says_and_else_as_usual() {
        let settings: Settings =
            toml::from_str("[serve]\nkept_answers_mib = 0\nidle_seconds = 75\nconnections = 9\nwait_seconds = 2\ntext_answer_kib = 64\ntrusted_proxies = ['127.0.0.1', 'fd00::/8']").unwrap();
        let (how, usual) = (settings.serve.api(), api::Settings::default());
        assert_eq!((how.patience.idle, how.patience.connections), (Duration::from_secs(75), 9));
        assert_eq!((how.kept_answers, usual.kept_answers > 0), (0, true));
        assert_eq!(how.longest_wait, Duration::from_secs(2));
        assert_eq!((how.longest_reading_answer, how.longest_text), (64 * 1024, usual.longest_text));
        assert_eq!(how.patience.trusted_proxies.len(), 2);
        assert_eq!((how.patience.header, how.long_questions), (usual.patience.header, usual.long_questions));
    }
}
