//! The files that are named for an import, or stand in folders that are.

use std::fs;
use std::path::{Path, PathBuf};

use super::Skipped;
use crate::media;

/// What a file is, by the end of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Html,
    Mhtml,
    JsonLines,
    /// JSON records in an array, or one after the other.
    Json,
    Csv,
    Warc,
    /// A PDF or a file of an office program: which, its bytes say.
    Document,
}

impl Kind {
    /// What a file of a media type is that its bytes show.
    pub(super) fn of_media(media: &str) -> Option<Self> {
        match media {
            media::HTML => Some(Self::Html),
            media::PDF
            | media::DOCX
            | media::XLSX
            | media::PPTX
            | media::ODT
            | media::ODS
            | media::DOC
            | media::XLS
            | media::RTF => Some(Self::Document),
            _ => None,
        }
    }
}

/// Ends of names, the longest first.
const ENDS: &[(&str, Kind)] = &[
    (".warc.gz", Kind::Warc),
    (".warc", Kind::Warc),
    // Common Crawl's texts.
    (".wet.gz", Kind::Warc),
    (".wet", Kind::Warc),
    (".ndjson", Kind::JsonLines),
    (".jsonl", Kind::JsonLines),
    (".json", Kind::Json),
    (".docx", Kind::Document),
    (".xlsx", Kind::Document),
    (".pptx", Kind::Document),
    (".odt", Kind::Document),
    (".ods", Kind::Document),
    (".doc", Kind::Document),
    (".xls", Kind::Document),
    (".rtf", Kind::Document),
    (".mhtml", Kind::Mhtml),
    (".html", Kind::Html),
    (".htm", Kind::Html),
    (".mht", Kind::Mhtml),
    (".text", Kind::Text),
    (".txt", Kind::Text),
    (".csv", Kind::Csv),
    (".tsv", Kind::Csv),
    (".pdf", Kind::Document),
    (".md", Kind::Text),
];

/// A file to import.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) path: PathBuf,
    /// Its name below the folder that was named for the import.
    name: String,
    /// What tells it from another file of this name.
    apart: Option<String>,
    /// `None` where files of its kind are not imported.
    pub(super) kind: Option<Kind>,
    /// It is packed with gzip, as its name says.
    pub(super) is_packed: bool,
    /// It was not named itself.
    pub(super) is_in_folder: bool,
    pub(super) bytes: u64,
}

impl Listed {
    fn new(path: &Path, name: &str, is_in_folder: bool, bytes: u64) -> Self {
        let lower = name.to_lowercase();
        let kind_of = |name: &str| ENDS.iter().find(|(end, _)| name.ends_with(end)).map(|(_, kind)| *kind);
        let is_records = |kind: &Kind| matches!(kind, Kind::JsonLines | Kind::Json | Kind::Csv);
        let packed = lower.strip_suffix(".gz").and_then(kind_of).filter(is_records);
        let kind = packed.or_else(|| kind_of(&lower));
        let is_packed = packed.is_some();
        Self {
            path: path.to_owned(),
            name: name.to_owned(),
            apart: None,
            kind,
            is_packed,
            is_in_folder,
            bytes,
        }
    }

    /// The target of its record, or of the part of it called so.
    pub(super) fn target(&self, part: Option<&str>) -> String {
        let mut url = url::Url::parse("file:///").expect("a constant");
        url.set_path(&self.name.replace('\\', "/"));
        let apart = self.apart.as_ref().map(|place| format!("from={place}"));
        url.set_query(apart.as_deref());
        url.set_fragment(part);
        url.into()
    }

    /// Gives it an address of its own, by the place where it stands.
    pub(super) fn tell_apart(&mut self, place: String) {
        self.apart = Some(place);
    }
}

/// Adds a file, or the files in a folder and below in the order of their names; what cannot be looked at is skipped, and so is
/// the folder of the archive itself: what it holds is there already.
pub(super) fn list(path: &Path, archive: &Path, files: &mut Vec<Listed>, skip: &mut dyn FnMut(Skipped)) {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => {
            let whole = |path| fs::canonicalize(path).ok();
            let own = whole(path).zip(whole(archive));
            let own = own.and_then(|(path, archive)| Some(archive.strip_prefix(path).ok()?.to_owned()));
            folder(path, "", own.as_deref(), files, skip);
        }
        Ok(metadata) if metadata.is_file() => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.push(Listed::new(path, &name, false, metadata.len()));
        }
        Ok(_) => skip(no_file(path)),
        Err(error) => skip(unreadable(path, &error)),
    }
}

/// `own` is the archive's own name below the folder that was named, where it stands there.
fn folder(
    path: &Path,
    below: &str,
    own: Option<&Path>,
    files: &mut Vec<Listed>,
    skip: &mut dyn FnMut(Skipped),
) {
    if own == Some(Path::new(below)) {
        let reason = "it is the archive itself".to_owned();
        return skip(Skipped { is_foreign: true, ..skipped(path, reason) });
    }
    let entries = match fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => return skip(unreadable(path, &error)),
    };
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let last = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = if below.is_empty() { last } else { format!("{below}/{last}") };
        // A link is not followed: it may lead in a circle.
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_dir() => folder(&path, &name, own, files, skip),
            Ok(metadata) if metadata.is_file() => files.push(Listed::new(&path, &name, true, metadata.len())),
            Ok(_) => skip(no_file(&path)),
            Err(error) => skip(unreadable(&path, &error)),
        }
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Skipped {
    skipped(path, format!("it cannot be read: {error}"))
}

/// A pipe may never end, nor begin.
fn no_file(path: &Path) -> Skipped {
    skipped(
        path,
        "it is no file but a link, pipe, socket or device: save what comes from it in a file".to_owned(),
    )
}

fn skipped(path: &Path, reason: String) -> Skipped {
    Skipped { path: path.to_owned(), line: None, reason, is_foreign: false }
}
