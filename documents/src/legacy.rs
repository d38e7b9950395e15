//! What office programs wrote before 2007, and RTF: `LibreOffice` turns it into what is read here, where it is installed.
//!
//! It is other people's parser of files from strangers, so it runs as a child with a bound on time, in an empty profile that
//! fetches nothing that a file links to and runs none of its macros.

use std::io::Read as _;
use std::process::Command;
use std::time::Duration;

use corpus::{Article, media};

use crate::tool::{Ended, run};
use crate::{Unreadable, docx, xlsx};

/// A file must be turned within this time.
const LONGEST: Duration = Duration::from_secs(120);
/// Bytes that are read of what it was turned into.
const BYTES: u64 = 256 << 20;

/// The settings of the profile.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"#;

/// The article in a file of one of the media types `DOC`, `XLS` and `RTF`.
pub(crate) fn read(media: &str, bytes: &[u8]) -> Result<Article, Unreadable> {
    let (name, end) = match media {
        media::XLS => ("file.xls", "xlsx"),
        media::RTF => ("file.rtf", "docx"),
        _ => ("file.doc", "docx"),
    };
    if media == media::RTF && lacks_bytes(bytes) {
        return Err(Unreadable::Damaged("RTF"));
    }
    let failed = |_| Unreadable::Damaged("document of an older office program");
    let folder = tempfile::tempdir().map_err(failed)?;
    let profile = folder.path().join("profile");
    std::fs::create_dir_all(profile.join("user")).map_err(failed)?;
    std::fs::write(profile.join("user/registrymodifications.xcu"), PROFILE).map_err(failed)?;
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).map_err(failed)?;
    let mut turn = Command::new("soffice");
    turn.arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--norestore", "--convert-to", end, "--outdir"])
        .arg(folder.path())
        .arg(&file)
        .current_dir(folder.path());
    match run(&mut turn, LONGEST, BYTES) {
        Ended::Well(_) => {}
        Ended::Missing => {
            return Err(Unreadable::NeedsTool(
                "files of older office programs (doc, xls, rtf) are read with LibreOffice: install it (Debian's packages \
                 libreoffice-writer-nogui and libreoffice-calc-nogui), then build the index anew",
            ));
        }
        Ended::Late => return Err(Unreadable::TookTooLong(LONGEST.as_secs())),
        Ended::Badly | Ended::TooMuch => {
            return Err(Unreadable::Damaged("document of an older office program"));
        }
    }
    let mut turned = Vec::new();
    let made = std::fs::File::open(file.with_extension(end)).map_err(failed)?;
    made.take(BYTES + 1).read_to_end(&mut turned).map_err(failed)?;
    if turned.len() as u64 > BYTES {
        return Err(Unreadable::TooLong(BYTES >> 20));
    }
    if end == "xlsx" { xlsx::read(&turned) } else { docx::read(&turned) }
}

/// Whether a file says that more bytes of a picture follow than it has: `LibreOffice` waits for each of them.
fn lacks_bytes(rtf: &[u8]) -> bool {
    const BINARY: &[u8] = b"\\bin";
    let places = (0..rtf.len()).filter(|at| rtf[*at..].starts_with(BINARY));
    places.map(|at| &rtf[at + BINARY.len()..]).any(|rest| {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        // More digits than any number has say more than any file holds.
        let said = str::from_utf8(&rest[..digits]).ok().filter(|said| !said.is_empty());
        said.is_some_and(|said| said.parse::<usize>().is_ok_and(|said| said > rest.len()) || said.len() > 19)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_says_more_bytes_than_it_has_is_damaged() {
        let check = |rtf: &[u8], expected: bool| assert_eq!(lacks_bytes(rtf), expected, "{rtf:?}");
        check(b"{\\rtf1 \\bin999999999 abc", true);
        check(b"{\\rtf1 \\bin99999999999999999999999 abc", true);
        check(b"{\\rtf1 {\\pict\\bin3 abc}\\bin9 abc", true);
        check(b"{\\rtf1 {\\pict\\bin3 abc}}", false);
        check(b"{\\rtf1 \\binary \\bin", false);
        let told = read(media::RTF, b"{\\rtf1 \\bin999999999 abc").unwrap_err();
        assert_eq!(told, Unreadable::Damaged("RTF"));
    }
}
