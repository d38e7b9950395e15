//! `yearline check`.

use std::path::Path;
use std::process::ExitCode;

use super::TROUBLE;

/// Verifies every capture and every file of the index.
pub(super) fn run(folder: &Path) -> anyhow::Result<ExitCode> {
    let archive = corpus::Archive::open(folder)?;
    let mut problems = 0_u64;
    for problem in archive.verify() {
        problems += 1;
        let place = problem.offset.map(|offset| format!(", byte {offset}")).unwrap_or_default();
        println!("{}{place}: {}", problem.path.display(), problem.reason);
    }
    match indexer::Index::open(&archive.index_folder()) {
        Ok(index) => {
            for file in index.damaged_files()? {
                problems += 1;
                println!(
                    "{}: its checksum is wrong; `yearline index --rebuild` makes the index again",
                    file.display()
                );
            }
            if problems == 0 {
                let stats = index.stats()?;
                println!(
                    "index: {} documents, {} mentions",
                    stats.documents,
                    stats.directives + stats.officials + stats.figures
                );
            }
        }
        Err(indexer::Error::NoIndex(_)) => println!("there is no index yet; `yearline index` makes it"),
        Err(error) => return Err(error.into()),
    }
    println!("{problems} problems");
    Ok(if problems == 0 { ExitCode::SUCCESS } else { ExitCode::from(TROUBLE) })
}
