//! Files that other projects test with: `../shared/suites/warc.tar.xz`, where it is there.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use super::{Limits, Records};
use crate::archive::wrong_digest;

const ARC: &str = "at byte 0: this is an ARC file, the format before WARC: turn it into WARC first";
const BLOCK: &str = "its WARC-Block-Digest does not fit: the record is damaged";

#[test]
fn files_of_others_are_read_to_their_end() {
    let Some(folder) = crate::shared::unpacked("suites/warc.tar.xz") else { return };
    let folder = folder.path().join("warc");
    let mut names: Vec<String> = crate::shared::files(&folder)
        .iter()
        .map(|file| file.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned())
        .filter(|name| [".warc", ".arc", ".gz", ".bad"].iter().any(|end| name.ends_with(end)))
        .collect();
    let mut check = |name: &str, records: usize, faults: &[&str]| {
        let read = read(&folder.join(name));
        assert_eq!(read, (records, faults.iter().copied().map(str::to_owned).collect()), "{name}");
        names.retain(|other| other != name);
    };
    // The numbers are those of `warcio index` 1.8.1 but where a comment says otherwise.
    check("iipc/primers/web-archive-formats/hello-world.warc", 6, &[]);
    check("iipc/primers/web-archive-formats/hello-world.warc.gz", 6, &[]);
    for name in [
        "20130729-heritrix-original",
        "20130729-heritrix-revisit-with-http-headers",
        "20141124-heritrix-server-not-modified",
        "20141129-heritrix-original",
        "20141129-heritrix-revisit-with-http-headers-and-new-warc-headers",
    ] {
        check(&format!("iipc/specifications/warc-deduplication/samples/{name}.warc.gz"), 1, &[]);
    }
    check("jwarc/cc.warc.gz", 1, &[]);
    check("jwarc/gzip_extra_sl.warc.gz", 1, &[]);
    // The digest of a payload is wrong in it, that of the block is right.
    check("warcio/example-digest.warc", 4, &[]);
    check("warcio/example-iana.org-chunked.warc", 3, &[]);
    check("warcio/example-resource.warc.gz", 3, &[]);
    check("warcio/example-space-in-target-uri.warc.gz", 2, &[]);
    check("warcio/example-wget-bad-target-uri.warc.gz", 6, &[]);
    check("warcio/example.warc", 6, &[]);
    check("warcio/example.warc.gz", 6, &[]);
    check("warcio/post-test.warc.gz", 6, &[]);
    // One gzip member over all: warcio refuses after the first record, we read on. A revisit's digest is wrong in it.
    check("warcio/example-bad-non-chunked.warc.gz", 6, &[BLOCK]);
    // warcio stops at the first record, we read on.
    check("warcio/example-bad.warc.gz.bad", 6, &[]);
    // warcio counts the record that is cut short, and what is left of its neighbour is an error.
    check(
        "warcio/example-trunc.warc",
        3,
        &["at byte 1197: its Content-Length does not fit: no record ends there"],
    );
    // warcio counts the record and stops within it.
    check(
        "warcio/example-wrong-chunks.warc.gz",
        0,
        &["at byte 0: the record is shorter than it says, by 1270 bytes"],
    );
    for name in ["bad.arc", "example-space-in-url.arc", "example.arc", "example.arc.gz"] {
        check(&format!("warcio/{name}"), 0, &[ARC]);
    }
    assert!(names.is_empty(), "files without a row: {names:?}");
}

/// How many records a file gives, and what is wrong.
fn read(file: &Path) -> (usize, Vec<String>) {
    let file = BufReader::new(File::open(file).unwrap());
    let (mut read, mut faults) = (0, Vec::new());
    for record in Records::new(file, 0, Limits::default()).unwrap() {
        match record {
            Ok(record) => {
                read += 1;
                faults.extend(wrong_digest(&record));
            }
            Err(error) => faults.push(error.to_string()),
        }
    }
    (read, faults)
}
