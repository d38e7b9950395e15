//! The real binary in an empty folder, and a small HTTP client.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// An empty folder in which the program runs.
pub(crate) struct Folder(tempfile::TempDir);

/// What the program printed and how it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, content).expect("written");
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yearline"));
        command.current_dir(self.path()).env("TMPDIR", self.path()).stdin(Stdio::null());
        for name in ["YEARLINE_ARCHIVE", "YEARLINE_CONFIG", "YEARLINE_LISTEN", "YEARLINE_LOG"] {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        let output = self.command().args(arguments).output().expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints UTF-8");
        Ended { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs, and fails where the program does.
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.code, 0, "{arguments:?}\n{}\n{}", ended.out, ended.err);
        ended.out
    }
}

/// A server that the program runs; ended with it.
pub(crate) struct Server {
    child: std::process::Child,
    /// `127.0.0.1:port`
    pub(crate) address: String,
    /// What it printed up to its address.
    pub(crate) greeting: String,
}

impl Server {
    /// Starts a subcommand and waits until it prints a line with `marks`; its first link is the server's address.
    pub(crate) fn start(folder: &Folder, arguments: &[&str], marks: &str) -> Self {
        let mut command = folder.command();
        command.args(arguments);
        Self::start_command(command, marks)
    }

    /// The same for a command that is made by hand.
    pub(crate) fn start_command(mut command: Command, marks: &str) -> Self {
        use std::io::BufRead as _;
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let mut lines = std::io::BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut greeting = String::new();
        loop {
            let line = lines.next().unwrap_or_else(|| panic!("it ended early:\n{greeting}")).expect("UTF-8");
            greeting.push_str(&line);
            greeting.push('\n');
            if line.contains(marks) {
                break;
            }
        }
        std::thread::spawn(move || lines.for_each(drop));
        Self::of(child, greeting)
    }

    /// The server that a process is which has said where it answers.
    pub(crate) fn of(child: std::process::Child, greeting: String) -> Self {
        let from = greeting.find("http://").expect("an address") + "http://".len();
        let address = greeting[from..].split('/').next().expect("a host").to_owned();
        Self { child, address, greeting }
    }

    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("it answers");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.address).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        (status, body.to_owned())
    }

    pub(crate) fn json(&self, path: &str) -> serde_json::Value {
        let (status, body) = self.get(path);
        assert_eq!(status, 200, "{path}: {body}");
        serde_json::from_str(&body).unwrap_or_else(|error| panic!("{path}: {error}: {body}"))
    }
}

impl Server {
    /// Asks the program to end as Ctrl-C does, and waits until it has.
    pub(crate) fn end(mut self) -> i32 {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.expect("kill runs").success());
        self.child.wait().expect("it ends").code().unwrap_or(-1)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A path of the shared material.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    skipped(&format!("{} is missing", path.display()));
    None
}

/// Says that something cannot be tested here; with `CI=true` that fails.
pub(crate) fn skipped(what: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{what}");
    eprintln!("skipped: {what}");
}

/// Fails where a command did not end in this code, or does not say this.
pub(crate) fn told(ended: &Ended, code: i32, says: &str) {
    assert_eq!(ended.code, code, "{ended:?}");
    assert!(ended.err.contains(says) || ended.out.contains(says), "no “{says}” in {ended:?}");
    assert!(!ended.err.contains("panicked at") || says.contains("check"), "{ended:?}");
}
