//! A real OpenSearch for tests: nodes on loopback, at free ports, in a folder of their own; what was started is ended.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A cluster that runs until it is dropped.
pub(crate) struct Cluster {
    folder: TempDir,
    release: PathBuf,
    nodes: Vec<Node>,
}

struct Node {
    http: u16,
    transport: u16,
    process: Option<Child>,
}

/// Longest that a start may take.
const PATIENCE: Duration = Duration::from_secs(180);

impl Cluster {
    /// The releases that are here, the oldest first, each a folder that `tests/services/opensearch/build` made: where
    /// `YEARLINE_OPENSEARCH` says. `tests/run` sets it. Where there is none, that is said.
    pub(crate) fn releases() -> Vec<PathBuf> {
        let Some(folders) = std::env::var_os("YEARLINE_OPENSEARCH") else {
            eprintln!("skipped: there is no OpenSearch (YEARLINE_OPENSEARCH)");
            return Vec::new();
        };
        std::env::split_paths(&folders).collect()
    }

    /// Starts nodes of a release.
    pub(crate) fn start(release: &Path, nodes: usize) -> Self {
        let port = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = tempfile::tempdir().unwrap();
        let nodes = (0..nodes).map(|_| Node { http: port(), transport: port(), process: None }).collect();
        let mut cluster = Self { folder, release: release.to_owned(), nodes };
        for at in 0..cluster.nodes.len() {
            cluster.run(at);
        }
        cluster.wait();
        cluster
    }

    /// Starts a node, with what it had.
    pub(crate) fn run(&mut self, at: usize) {
        let name = |at: usize| format!("node{at}");
        let joined =
            |each: &dyn Fn(usize) -> String| (0..self.nodes.len()).map(each).collect::<Vec<_>>().join(",");
        let folder = self.folder.path().join(name(at));
        std::fs::create_dir_all(&folder).unwrap();
        let log = File::create(folder.join("out.log")).unwrap();
        let process = Command::new(self.release.join("java"))
            .args(["-Xms384m", "-Xmx384m", "-XX:TieredStopAtLevel=1", "-cp"])
            .arg(format!("{0}:{0}/lib/*", self.release.display()))
            .arg("OpenSearchNode")
            .arg(&folder)
            .arg(name(at))
            .arg(self.nodes[at].http.to_string())
            .arg(self.nodes[at].transport.to_string())
            .arg(joined(&|at| self.nodes[at].transport.to_string()))
            .arg(joined(&name))
            .stdout(Stdio::from(log.try_clone().unwrap()))
            .stderr(Stdio::from(log))
            .spawn()
            .unwrap();
        self.nodes[at].process = Some(process);
    }

    /// Ends a node as `kill -9` does.
    pub(crate) fn kill(&mut self, at: usize) {
        if let Some(mut process) = self.nodes[at].process.take() {
            process.kill().ok();
            process.wait().ok();
        }
    }

    /// Waits until all nodes that run are one cluster, with all copies of what it holds.
    pub(crate) fn wait(&self) {
        let running = self.nodes.iter().filter(|node| node.process.is_some()).count();
        let end = Instant::now() + PATIENCE;
        let path = format!("_cluster/health?wait_for_nodes={running}&wait_for_status=green&timeout=5s");
        loop {
            let healthy = self.nodes.iter().filter(|node| node.process.is_some()).any(|node| {
                let url = format!("http://127.0.0.1:{}/{path}", node.http);
                let answer = Command::new("curl").args(["-s", "-m", "10", &url]).output().unwrap();
                String::from_utf8_lossy(&answer.stdout).contains("\"timed_out\":false")
            });
            if healthy {
                return;
            }
            assert!(Instant::now() < end, "OpenSearch does not start: {}", self.said());
            std::thread::sleep(Duration::from_millis(300));
        }
    }

    fn said(&self) -> String {
        let log = |at: usize| {
            let path: &Path = self.folder.path();
            std::fs::read_to_string(path.join(format!("node{at}/out.log"))).unwrap_or_default()
        };
        (0..self.nodes.len()).map(log).collect::<Vec<_>>().join("\n").chars().take(4_000).collect()
    }

    /// The HTTP port of its first node.
    pub(crate) fn port(&self) -> u16 {
        self.nodes[0].http
    }

    /// Makes an index as others would.
    pub(crate) fn put(&self, index: &str, body: &str) {
        let url = format!("http://127.0.0.1:{}/{index}", self.nodes[0].http);
        let made = Command::new("curl")
            .args(["-s", "-X", "PUT", &url, "-H", "content-type: application/json", "-d", body])
            .output()
            .unwrap();
        assert!(String::from_utf8_lossy(&made.stdout).contains("acknowledged"), "{made:?}");
    }

    /// Loses what a query of its own language finds, as if it had never arrived.
    pub(crate) fn lose(&self, index: &str, query: &str) {
        let url = format!("http://127.0.0.1:{}/{index}", self.nodes[0].http);
        let ask = |path: &str, body: &str| {
            let asked = Command::new("curl")
                .args(["-s", "-X", "POST", &format!("{url}/{path}")])
                .args(["-H", "content-type: application/json", "--data-binary", body])
                .output()
                .unwrap();
            String::from_utf8_lossy(&asked.stdout).into_owned()
        };
        ask("_refresh", "");
        let asked = format!(r#"{{"size":1000,"version":true,"_source":false,"query":{query}}}"#);
        let found: serde_json::Value = serde_json::from_str(&ask("_search", &asked)).unwrap();
        for hit in found["hits"]["hits"].as_array().unwrap() {
            let (id, version) = (hit["_id"].as_str().unwrap(), &hit["_version"]);
            let line =
                format!(r#"{{"delete":{{"_id":"{id}","version":{version},"version_type":"external_gte"}}}}"#);
            let lost = ask("_bulk?refresh=true", &format!("{line}\n"));
            assert!(lost.contains("\"errors\":false"), "{lost}");
        }
    }

    /// Whether a word stands in one of its files.
    pub(crate) fn holds(&self, word: &str) -> bool {
        let looked = Command::new("grep").args(["-rqaF", "-s", word]).arg(self.folder.path()).status();
        looked.unwrap().success()
    }

    /// Where an index in it is.
    pub(crate) fn address(&self, name: &str) -> String {
        let nodes = self.nodes.iter().map(|node| format!("http://127.0.0.1:{}", node.http));
        format!("{}/{name}", nodes.collect::<Vec<_>>().join(","))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for at in 0..self.nodes.len() {
            self.kill(at);
        }
    }
}
