//! What people decide about mentions: `decisions.jsonl`, one line a decision, ground state like the captures.
//!
//! A line is never changed or taken out: to take a decision back is another line. Only where a document is forgotten, what
//! was decided of its mentions is forgotten with it. A decision points at mentions by document,
//! words and place, so that it holds for whatever rules find and whatever ids an index gives. A line that cannot be read is
//! told with its number and passed over; it stays in the file.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::archive::replace_file;
use crate::lock::lock;
use crate::warc::digest::sha1_digest;
use crate::{DocumentId, Error};

/// What kind of mention is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnchorKind {
    /// A citation of a governing document.
    Directive,
    /// A person named with a position.
    Official,
    /// A number that says how much.
    Figure,
}

impl AnchorKind {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Directive => "directive",
            Self::Official => "official",
            Self::Figure => "figure",
        }
    }
}

/// A mention, by what does not change when it is found again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor {
    /// Address of the document.
    pub address: String,
    /// What it is a mention of.
    pub kind: AnchorKind,
    /// The words.
    pub quote: String,
    /// First Unicode code point of the words in the document's text.
    pub start: usize,
}

impl Anchor {
    /// The document.
    pub fn document(&self) -> DocumentId {
        DocumentId::of(&self.address)
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” in {}", self.quote, self.address)
    }
}

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "kebab-case")]
pub enum Judgement {
    /// All these mentions stand for one directive, or one person.
    Same {
        /// Of one of the two.
        first: Vec<Anchor>,
        /// Of the other.
        second: Vec<Anchor>,
    },
    /// None of the first stands for what one of the second stands for.
    Different {
        /// Of one of the two.
        first: Vec<Anchor>,
        /// Of the other.
        second: Vec<Anchor>,
    },
    /// These words mention nothing of the kind.
    NotAMention {
        /// The words.
        mention: Anchor,
    },
    /// What these mentions stand for is shown under this name.
    Name {
        /// Its mentions.
        of: Vec<Anchor>,
        /// How it is shown.
        label: String,
    },
    /// A decision of before is taken back; a decision to take one back as well.
    Undo {
        /// Its number.
        of: u64,
    },
}

impl Judgement {
    /// The mentions that it is about.
    pub fn anchors(&self) -> impl Iterator<Item = &Anchor> {
        let (first, second): (&[Anchor], &[Anchor]) = match self {
            Self::Same { first, second } | Self::Different { first, second } => (first, second),
            Self::NotAMention { mention } => (std::slice::from_ref(mention), &[]),
            Self::Name { of, .. } => (of, &[]),
            Self::Undo { .. } => (&[], &[]),
        };
        first.iter().chain(second)
    }

    /// Takes out the mentions in forgotten documents; `false` where it says nothing without them.
    fn forget(&mut self, forgotten: &HashSet<DocumentId>) -> bool {
        let keep = |anchors: &mut Vec<Anchor>| {
            anchors.retain(|anchor| !forgotten.contains(&anchor.document()));
            !anchors.is_empty()
        };
        match self {
            Self::Same { first, second } | Self::Different { first, second } => keep(first) && keep(second),
            Self::NotAMention { mention } => !forgotten.contains(&mention.document()),
            Self::Name { of, .. } => keep(of),
            Self::Undo { .. } => true,
        }
    }

    /// Its word, as the command has it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Same { .. } => "same",
            Self::Different { .. } => "different",
            Self::NotAMention { .. } => "not a mention",
            Self::Name { .. } => "name",
            Self::Undo { .. } => "undo",
        }
    }
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its number, from 1, by which it is taken back.
    pub id: u64,
    /// When it was made.
    pub at: Timestamp,
    /// Who made it.
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What was decided.
    #[serde(flatten)]
    pub what: Judgement,
}

/// Whether a decision holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    InForce,
    /// The decision of this number took it back.
    Undone(u64),
    /// The later decision of this number says otherwise.
    Overruled(u64),
}

/// A line of the file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

/// How much of the file was taken into account, and what stood there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionMark {
    /// Bytes from the beginning.
    pub bytes: u64,
    /// Their digest; empty where there were none.
    pub digest: String,
}

/// The decisions of an archive, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Those that can be read.
    pub all: Vec<Decision>,
    /// Lines that cannot.
    pub bad: Vec<BadLine>,
    bytes: Vec<u8>,
}

impl Decisions {
    /// Reads what stands in the file.
    pub fn parse(bytes: Vec<u8>) -> Self {
        let mut all: Vec<Decision> = Vec::new();
        let mut bad = Vec::new();
        let mut known: HashSet<u64> = HashSet::new();
        for (line, text) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
            let text = if line == 1 { text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text) } else { text };
            if text.trim_ascii().is_empty() {
                continue;
            }
            match read(text, &known) {
                Ok(decision) => {
                    known.insert(decision.id);
                    all.push(decision);
                }
                Err(reason) => bad.push(BadLine { line, reason }),
            }
        }
        Self { all, bad, bytes }
    }

    /// How far they go.
    pub fn mark(&self) -> DecisionMark {
        mark(&self.bytes)
    }

    /// Those that stood there when a mark was made; `None` where what stood there was changed since.
    pub fn up_to(&self, marked: &DecisionMark) -> Option<Self> {
        let begin = self.bytes.get(..usize::try_from(marked.bytes).ok()?)?;
        (mark(begin) == *marked).then(|| Self::parse(begin.to_vec()))
    }

    /// How many came after a mark; all of them where what stood before it was changed since.
    pub fn behind(&self, marked: &DecisionMark) -> usize {
        self.all.len() - self.up_to(marked).map_or(0, |known| known.all.len())
    }

    /// Whether each holds. Of decisions that say otherwise of the same mentions, also through others, the later one does.
    pub fn standings(&self) -> Vec<Standing> {
        let mut standings = vec![Standing::InForce; self.all.len()];
        let mut undone: HashMap<u64, u64> = HashMap::new();
        let mut later = Later::default();
        for (at, decision) in self.all.iter().enumerate().rev() {
            if let Some(by) = undone.get(&decision.id) {
                standings[at] = Standing::Undone(*by);
            } else if let Judgement::Undo { of } = decision.what {
                undone.entry(of).or_insert(decision.id);
            } else if let Some(by) = later.against(decision) {
                standings[at] = Standing::Overruled(by);
            }
        }
        standings
    }

    /// What is left where documents are forgotten: without the mentions in them, without the decisions that have no other
    /// ones, and without what took those back.
    #[must_use]
    pub fn without(&self, forgotten: &HashSet<DocumentId>) -> Self {
        let mut dropped: HashSet<u64> = HashSet::new();
        let mut left = Vec::new();
        for line in self.bytes.split_inclusive(|byte| *byte == b'\n') {
            match serde_json::from_slice::<Decision>(line.trim_ascii()) {
                Ok(mut decision) => {
                    let is_about = decision.what.anchors().any(|one| forgotten.contains(&one.document()));
                    let undoes = matches!(decision.what, Judgement::Undo { of } if dropped.contains(&of));
                    if undoes || (is_about && !decision.what.forget(forgotten)) {
                        dropped.insert(decision.id);
                    } else if is_about {
                        let line = serde_json::to_vec(&decision).expect("a decision can be written as JSON");
                        left.extend([line.as_slice(), b"\n"].concat());
                    } else {
                        left.extend_from_slice(line);
                    }
                }
                // What cannot be read stays, but for what it says of forgotten documents.
                Err(_) => {
                    let value = serde_json::from_slice(line).unwrap_or_default();
                    if !names(&value, forgotten) {
                        left.extend_from_slice(line);
                    }
                }
            }
        }
        Self::parse(left)
    }

    /// Those that hold and say something of mentions.
    pub fn in_force(&self) -> impl Iterator<Item = &Decision> {
        let standings = self.standings();
        let holds = |standing: &Standing| *standing == Standing::InForce;
        let says = |decision: &&Decision| !matches!(decision.what, Judgement::Undo { .. });
        self.all
            .iter()
            .zip(standings)
            .filter(move |(_, standing)| holds(standing))
            .map(|(decision, _)| decision)
            .filter(says)
    }
}

/// Whether something in a line that this program cannot read is about a forgotten document.
fn names(value: &serde_json::Value, forgotten: &HashSet<DocumentId>) -> bool {
    use serde_json::Value;
    match value {
        Value::Object(fields) => fields.iter().any(|(name, value)| match value {
            Value::String(address) if name == "address" => forgotten.contains(&DocumentId::of(address)),
            value => names(value, forgotten),
        }),
        Value::Array(items) => items.iter().any(|item| names(item, forgotten)),
        _ => false,
    }
}

fn mark(bytes: &[u8]) -> DecisionMark {
    if bytes.is_empty() {
        return DecisionMark::default();
    }
    DecisionMark { bytes: bytes.len() as u64, digest: sha1_digest(bytes) }
}

/// Reads a line; `known` are the numbers before it.
fn read(line: &[u8], known: &HashSet<u64>) -> Result<Decision, String> {
    let decision: Decision = serde_json::from_slice(line).map_err(|error| {
        // The place in the line is of use, the line in it is always the first.
        error.to_string().replace(" at line 1 column ", ", at character ")
    })?;
    if known.contains(&decision.id) {
        return Err(format!("the number {} stands on an earlier line", decision.id));
    }
    match &decision.what {
        Judgement::Undo { of } if !known.contains(of) => {
            return Err(format!("there is no decision {of} before it"));
        }
        Judgement::Same { first, second } | Judgement::Different { first, second }
            if first.is_empty() || second.is_empty() =>
        {
            return Err("it names no mention of one of the two".to_owned());
        }
        Judgement::Name { of, label } if of.is_empty() || label.trim().is_empty() => {
            return Err("it names no mention, or gives no name".to_owned());
        }
        _ => {}
    }
    Ok(decision)
}

/// What later decisions say, while earlier ones are looked at from the last to the first.
#[derive(Default)]
struct Later {
    numbers: HashMap<Anchor, usize>,
    /// One set for mentions that are decided to be one; each leads to another of its set.
    sets: Vec<usize>,
    apart: Vec<(usize, usize, u64)>,
    same: Vec<(usize, u64)>,
    named: HashMap<Anchor, u64>,
}

impl Later {
    fn number(&mut self, anchor: &Anchor) -> usize {
        if let Some(number) = self.numbers.get(anchor) {
            return *number;
        }
        self.sets.push(self.sets.len());
        self.numbers.insert(anchor.clone(), self.sets.len() - 1);
        self.sets.len() - 1
    }

    fn set(&self, mut at: usize) -> usize {
        while self.sets[at] != at {
            at = self.sets[at];
        }
        at
    }

    /// The later decision that says otherwise; takes in this one where there is none.
    fn against(&mut self, decision: &Decision) -> Option<u64> {
        match &decision.what {
            Judgement::Same { first, second } => {
                let all: Vec<usize> = first.iter().chain(second).map(|anchor| self.number(anchor)).collect();
                let sets: HashSet<usize> = all.iter().map(|at| self.set(*at)).collect();
                let apart = self
                    .apart
                    .iter()
                    .filter(|(a, b, _)| sets.contains(&self.set(*a)) && sets.contains(&self.set(*b)));
                if let Some(by) = apart.map(|(.., by)| *by).max() {
                    return Some(by);
                }
                for at in &all[1..] {
                    let (a, b) = (self.set(all[0]), self.set(*at));
                    self.sets[b] = a;
                }
                self.same.push((all[0], decision.id));
            }
            Judgement::Different { first, second } => {
                let first: Vec<usize> = first.iter().map(|anchor| self.number(anchor)).collect();
                let second: Vec<usize> = second.iter().map(|anchor| self.number(anchor)).collect();
                let firsts: HashSet<usize> = first.iter().map(|at| self.set(*at)).collect();
                if let Some(shared) = second.iter().map(|at| self.set(*at)).find(|set| firsts.contains(set)) {
                    let by = self.same.iter().filter(|(at, _)| self.set(*at) == shared).map(|(_, by)| *by);
                    // Without one it says that a mention is not what it is.
                    return Some(by.max().unwrap_or(decision.id));
                }
                for a in &first {
                    self.apart.extend(second.iter().map(|b| (*a, *b, decision.id)));
                }
            }
            Judgement::Name { of, .. } => {
                if let Some(by) = of.iter().find_map(|anchor| self.named.get(anchor)) {
                    return Some(*by);
                }
                self.named.extend(of.iter().map(|anchor| (anchor.clone(), decision.id)));
            }
            Judgement::NotAMention { .. } | Judgement::Undo { .. } => {}
        }
        None
    }
}

/// The file of decisions in the folder of an archive.
#[derive(Clone, Debug)]
pub struct DecisionFile {
    path: PathBuf,
}

impl DecisionFile {
    /// In a folder.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join("decisions.jsonl") }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All that stands in it; nothing where there is none.
    pub fn read(&self) -> Result<Decisions, Error> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(Decisions::parse(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Decisions::default()),
            Err(error) => Err(Error::io(&self.path)(error)),
        }
    }

    fn alone(&self) -> Result<fs::File, Error> {
        let lock_path = self.path.with_file_name("decisions.lock");
        lock(&lock_path).map_err(|error| match error {
            fs::TryLockError::WouldBlock => Error::Deciding(self.path.clone()),
            fs::TryLockError::Error(source) => Error::io(&lock_path)(source),
        })
    }

    /// Takes out what was decided of mentions in forgotten documents, once `first` is done with what stood there before and
    /// will stand there.
    pub fn forget<E: From<Error>>(
        &self,
        forgotten: &HashSet<DocumentId>,
        first: impl FnOnce(&Decisions, &Decisions) -> Result<(), E>,
    ) -> Result<(), E> {
        let _alone = self.alone()?;
        let before = self.read()?;
        let after = before.without(forgotten);
        first(&before, &after)?;
        if after.bytes != before.bytes {
            replace_file(&self.path, &after.bytes)?;
        }
        Ok(())
    }

    /// Adds a decision, and gives it its number: behind all that stand there. Whatever happens, the file is as it was or has
    /// the whole line. Nobody else adds one meanwhile; crawling and indexing go on.
    pub fn add(
        &self,
        at: Timestamp,
        by: &str,
        note: Option<&str>,
        what: Judgement,
    ) -> Result<Decision, Error> {
        let _alone = self.alone()?;
        let known = self.read()?;
        // A line that this program cannot read may have a number all the same.
        let numbers = known.bytes.split(|byte| *byte == b'\n').filter_map(|line| {
            serde_json::from_slice::<serde_json::Value>(line).ok().and_then(|line| line["id"].as_u64())
        });
        let id = numbers.max().unwrap_or(0).saturating_add(1);
        let decision = Decision { id, at, by: by.to_owned(), note: note.map(str::to_owned), what };
        let mut bytes = known.bytes;
        if bytes.last().is_some_and(|last| *last != b'\n') {
            bytes.push(b'\n');
        }
        bytes.extend(serde_json::to_vec(&decision).expect("a decision can be written as JSON"));
        bytes.push(b'\n');
        replace_file(&self.path, &bytes)?;
        Ok(decision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(name: &str) -> Anchor {
        Anchor {
            address: format!("https://bao.example/{name}"),
            kind: AnchorKind::Official,
            quote: "Trần Văn Suối".to_owned(),
            start: 4,
        }
    }

    fn anchors(names: &str) -> Vec<Anchor> {
        names.split(' ').map(anchor).collect()
    }

    fn file() -> (tempfile::TempDir, DecisionFile) {
        let folder = tempfile::tempdir().unwrap();
        let file = DecisionFile::in_folder(folder.path());
        (folder, file)
    }

    #[test]
    fn the_later_of_two_that_contradict_holds() {
        use Standing::{InForce, Overruled, Undone};

        // `= a b`, `! a b`, `n a label`, `u 1`; for each whether it holds.
        let check = |why: &str, lines: &[&str], expected: &[Standing]| {
            let (_folder, file) = file();
            for line in lines {
                let (word, rest) = line.split_once(' ').unwrap();
                let both = || {
                    let (first, second) = rest.split_once(" | ").unwrap();
                    (anchors(first), anchors(second))
                };
                let what = match word {
                    "=" => Judgement::Same { first: both().0, second: both().1 },
                    "!" => Judgement::Different { first: both().0, second: both().1 },
                    "n" => Judgement::Name { of: anchors(rest), label: "Ông Suối".to_owned() },
                    "x" => Judgement::NotAMention { mention: anchor(rest) },
                    _ => Judgement::Undo { of: rest.parse().unwrap() },
                };
                file.add(Timestamp::UNIX_EPOCH, "Lan", None, what).unwrap();
            }
            let read = file.read().unwrap();
            assert_eq!(read.bad, [], "{why}");
            assert_eq!(read.standings(), expected, "{why}");
        };
        check("two that have nothing in common", &["= a | b", "! c | d"], &[InForce, InForce]);
        check("the same two", &["= a | b", "! b | a"], &[Overruled(2), InForce]);
        check("and the other way round", &["! a | b", "= b | a"], &[Overruled(2), InForce]);
        check("through a third", &["= a | b", "= b | c", "! a | c"], &[Overruled(3), InForce, InForce]);
        check("the chain comes last", &["! a | c", "= a | b", "= b | c"], &[Overruled(3), InForce, InForce]);
        check("one of several mentions", &["= a b | c", "! b | d c"], &[Overruled(2), InForce]);
        check("another name", &["n a b", "n b c", "n d"], &[Overruled(2), InForce, InForce]);
        check("taken back", &["= a | b", "u 1"], &[Undone(2), InForce]);
        check(
            "what was overruled holds again",
            &["= a | b", "! a | b", "u 2"],
            &[InForce, Undone(3), InForce],
        );
        check("and back again", &["= a | b", "u 1", "u 2"], &[InForce, Undone(3), InForce]);
        check("a mention that is none", &["x a", "= a | b"], &[InForce, InForce]);
    }

    #[test]
    fn bad_lines_are_told_and_stay() {
        let (_folder, file) = file();
        let good = |id: u64| {
            let what = Judgement::NotAMention { mention: anchor("a") };
            let line = Decision { id, at: Timestamp::UNIX_EPOCH, by: "Lan".to_owned(), note: None, what };
            serde_json::to_string(&line).unwrap()
        };
        let unknown = good(9).replace("not-a-mention", "perhaps");
        let undo = r#"{"id":7,"at":"2026-01-01T00:00:00Z","by":"Lan","decision":"undo","of":6}"#;
        let none =
            r#"{"id":8,"at":"2026-01-01T00:00:00Z","by":"Lan","decision":"same","first":[],"second":[]}"#;
        let before = [&good(1), "half a li", "", &good(1), &unknown, undo, none, &good(3)].join("\n");
        fs::write(file.path(), &before).unwrap();
        let read = file.read().unwrap();
        assert_eq!(read.all.iter().map(|decision| decision.id).collect::<Vec<_>>(), [1, 3]);
        let told: Vec<usize> = read.bad.iter().map(|bad| bad.line).collect();
        assert_eq!(told, [2, 4, 5, 6, 7]);
        for (bad, says) in read.bad.iter().zip([
            "expected",
            "the number 1 stands on an earlier line",
            "unknown variant `perhaps`",
            "there is no decision 6",
            "names no mention",
        ]) {
            assert!(bad.reason.contains(says) && !bad.reason.contains("line 1 column"), "{bad:?}");
        }
        // Another one goes behind them, with a number that none of them has.
        let added = file.add(Timestamp::UNIX_EPOCH, "Lan", Some("sure"), Judgement::Undo { of: 3 }).unwrap();
        assert_eq!(added.id, 10);
        let after = fs::read_to_string(file.path()).unwrap();
        assert!(after.starts_with(&before) && after.ends_with("}\n"), "{after}");
        assert_eq!(file.read().unwrap().all.last(), Some(&added));
    }

    #[test]
    fn what_was_decided_of_forgotten_documents_is_forgotten() {
        let (_folder, file) = file();
        let add = |what| file.add(Timestamp::UNIX_EPOCH, "Lan", None, what).unwrap().id;
        let same =
            |first: &str, second: &str| Judgement::Same { first: anchors(first), second: anchors(second) };
        add(same("a", "b"));
        add(same("a b", "c"));
        add(Judgement::NotAMention { mention: anchor("a") });
        add(Judgement::Undo { of: 1 });
        add(Judgement::Undo { of: 4 });
        add(Judgement::Name { of: anchors("a c"), label: "Ông Suối".to_owned() });
        add(Judgement::NotAMention { mention: anchor("c") });
        let unreadable = r#"{"id":20,"decision":"perhaps","of":[{"address":"https://bao.example/a"}]}"#;
        let mut bytes = fs::read(file.path()).unwrap();
        bytes.extend(format!("{unreadable}\nhalf a li\n").as_bytes());
        fs::write(file.path(), bytes).unwrap();
        let forgotten = HashSet::from([DocumentId::of("https://bao.example/a")]);
        file.forget(&forgotten, |before, after| {
            assert_eq!((before.all.len(), after.all.len()), (7, 3));
            Ok::<_, Error>(())
        })
        .unwrap();
        let left = file.read().unwrap();
        assert_eq!(left.all.iter().map(|decision| decision.id).collect::<Vec<_>>(), [2, 6, 7]);
        assert_eq!((left.all[0].what.clone(), left.bad.len()), (same("b", "c"), 1));
        assert!(!fs::read_to_string(file.path()).unwrap().contains("bao.example/a\""));
        let stopped = file.forget(&HashSet::from([DocumentId::of("https://bao.example/c")]), |_, _| {
            Err(Error::NotAnArchive(PathBuf::new()))
        });
        assert!(stopped.is_err() && file.read().unwrap() == left);
    }

    #[test]
    fn what_was_taken_into_account_is_known_again() {
        let (_folder, file) = file();
        assert_eq!(file.read().unwrap().mark(), DecisionMark::default());
        let add = |what| file.add(Timestamp::UNIX_EPOCH, "Lan", None, what).unwrap();
        add(Judgement::NotAMention { mention: anchor("a") });
        let first = file.read().unwrap();
        add(Judgement::Undo { of: 1 });
        let second = file.read().unwrap();
        assert_eq!(second.up_to(&first.mark()).as_ref(), Some(&first));
        assert_eq!((second.behind(&first.mark()), second.behind(&second.mark())), (1, 0));
        assert_eq!(second.up_to(&DecisionMark::default()), Some(Decisions::default()));
        assert_eq!((first.in_force().count(), second.in_force().count()), (1, 0));
        assert_eq!(first.up_to(&second.mark()), None);
        let changed = fs::read_to_string(file.path()).unwrap().replace("Lan", "Hoa");
        fs::write(file.path(), changed).unwrap();
        assert_eq!(file.read().unwrap().up_to(&first.mark()), None);
    }
}
