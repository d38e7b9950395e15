//! What was collected, by source and day. Read beside a running crawl, and also where nothing may be written.

use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use corpus::DocumentId;
use corpus::forgotten::source_id;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use rusqlite::{Connection, OpenFlags, Row, params};

use super::{FILE, FORMAT, record};
use crate::Error;

/// What was collected from one source on one day.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Coverage {
    /// Name of the source.
    pub source: String,
    /// The day, in the newspapers' time zone.
    pub day: Date,
    /// What was asked for and answered: pages, feeds, sitemaps.
    pub fetched: u64,
    /// Pages seen for the first time.
    pub new: u64,
    /// Pages that had changed since the last time.
    pub changed: u64,
    /// Pages that had not changed.
    pub unchanged: u64,
    /// Pages that had answered before and are gone: the server says 404 or 410. What was kept of them stays.
    pub gone: u64,
    /// What failed.
    pub failed: u64,
    /// Pages that robots.txt keeps from us.
    pub forbidden: u64,
}

/// A capture that is counted in the coverage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its address.
    pub address: DocumentId,
    /// Name of the source that it was collected for.
    pub source: String,
    /// When it was made.
    pub at: Timestamp,
    /// As what it counts.
    pub answer: Answer,
}

/// As what a capture counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A page: new where it is the first of its address, else changed.
    Page,
    /// The same page again.
    Unchanged,
    /// An error: the page is gone where it was there before, else it failed.
    Error,
    /// Something else, a redirect.
    Other,
}

/// Takes captures out of the counts; they come in the order in which they were made. A day on which nothing else came to
/// pass is no more.
pub(super) fn uncount<'a>(
    connection: &Connection,
    captures: impl Iterator<Item = &'a Counted>,
) -> rusqlite::Result<()> {
    let mut seen = HashSet::new();
    for capture in captures {
        let column = match capture.answer {
            Answer::Page if seen.insert(capture.address) => "new",
            Answer::Page => "changed",
            Answer::Unchanged => "unchanged",
            Answer::Error if seen.contains(&capture.address) => "gone",
            Answer::Error => "failed",
            Answer::Other => "",
        };
        // What failed was not counted as fetched.
        let fetched = i64::from(column != "failed");
        let column =
            if column.is_empty() { String::new() } else { format!(", {column} = max({column} - 1, 0)") };
        connection
            .prepare_cached(&format!(
                "UPDATE coverage SET fetched = max(fetched - ?3, 0){column} WHERE source = ?1 AND day = ?2"
            ))?
            .execute(params![capture.source, record::day(capture.at).to_string(), fetched])?;
    }
    connection
        .execute(
            "DELETE FROM coverage
             WHERE fetched = 0 AND new = 0 AND changed = 0 AND unchanged = 0 AND gone = 0 AND failed = 0 AND forbidden = 0",
            [],
        )
        .map(drop)
}

/// Takes sources out.
pub(super) fn remove(connection: &Connection, sources: &HashSet<DocumentId>) -> rusqlite::Result<()> {
    let names: Vec<String> = connection
        .prepare("SELECT DISTINCT source FROM coverage")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for name in names.iter().filter(|name| sources.contains(&source_id(name))) {
        connection.execute("DELETE FROM coverage WHERE source = ?1", [name])?;
    }
    Ok(())
}

/// How far the coverage of one source reaches.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Reach {
    /// Name of the source.
    pub source: String,
    /// The first day on which one of its pages answered.
    pub first: Date,
    /// The last one.
    pub last: Date,
    /// Days between them on which none did.
    pub missed: u32,
    /// First and last day of the longest run of such days, the earliest of several.
    pub longest_gap: Option<(Date, Date)>,
}

/// Coverage of the archive in `folder` per source and day, oldest day first. Empty where nothing was ever crawled.
pub fn read(folder: &Path) -> Result<Vec<Coverage>, Error> {
    let path = folder.join(FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let failed = |source| Error::Frontier { path: path.clone(), source };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(&path, flags).map_err(failed)?;
    connection.busy_timeout(Duration::from_secs(10)).map_err(failed)?;
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    match found {
        // A crawl is just about to make it.
        0 => Ok(Vec::new()),
        found if found > FORMAT => Err(Error::NewerFrontier { path: path.clone(), found, known: FORMAT }),
        // Written by a program that did not know of pages gone, and not opened for writing since.
        _ if !connection.column_exists(None, "coverage", "gone").map_err(failed)? => {
            all(&connection, "*, 0 AS gone").map_err(failed)
        }
        _ => rows(&connection).map_err(failed),
    }
}

pub(super) fn rows(connection: &Connection) -> rusqlite::Result<Vec<Coverage>> {
    all(connection, "*")
}

fn all(connection: &Connection, columns: &str) -> rusqlite::Result<Vec<Coverage>> {
    let sql = format!("SELECT {columns} FROM coverage ORDER BY day, source");
    connection.prepare(&sql)?.query_map([], row)?.collect()
}

fn row(row: &Row<'_>) -> rusqlite::Result<Coverage> {
    let count = |column: &str| row.get::<_, i64>(column).map(|count| count as u64);
    Ok(Coverage {
        source: row.get("source")?,
        day: row.get::<_, String>("day")?.parse().unwrap_or_default(),
        fetched: count("fetched")?,
        new: count("new")?,
        changed: count("changed")?,
        unchanged: count("unchanged")?,
        gone: count("gone")?,
        failed: count("failed")?,
        forbidden: count("forbidden")?,
    })
}

/// How far each source's coverage reaches, by name; a source of which no page ever answered has none.
pub fn reach(coverage: &[Coverage]) -> Vec<Reach> {
    let mut days: Vec<(&str, Date)> =
        coverage.iter().filter(|day| day.fetched > 0).map(|day| (day.source.as_str(), day.day)).collect();
    days.sort_unstable();
    let mut all: Vec<Reach> = Vec::new();
    for (source, day) in days {
        match all.last_mut().filter(|reach| reach.source == source) {
            Some(reach) => {
                let gap = |from: Date, to: Date| from.duration_until(to).as_hours() / 24;
                let missed = gap(reach.last, day) - 1;
                let longest = reach.longest_gap.map_or(0, |(first, last)| gap(first, last) + 1);
                if missed > longest {
                    reach.longest_gap =
                        Some((reach.last.saturating_add(1.day()), day.saturating_sub(1.day())));
                }
                reach.missed += u32::try_from(missed).unwrap_or(0);
                reach.last = day;
            }
            None => all.push(Reach {
                source: source.to_owned(),
                first: day,
                last: day,
                missed: 0,
                longest_gap: None,
            }),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(source: &str, day: &str, fetched: u64) -> Coverage {
        Coverage {
            source: source.to_owned(),
            day: day.parse().unwrap(),
            fetched,
            new: 0,
            changed: 0,
            unchanged: fetched,
            gone: 0,
            failed: 1,
            forbidden: 0,
        }
    }

    #[test]
    fn gaps_are_found() {
        let check = |days: &[(&str, u64)], expected: &str| {
            let days: Vec<Coverage> = days.iter().map(|(day, fetched)| on("A", day, *fetched)).collect();
            let told = reach(&days).into_iter().map(|reach| {
                let gap = reach.longest_gap.map(|(first, last)| format!("; {first} to {last}"));
                format!(
                    "{} to {}, {} missed{}",
                    reach.first,
                    reach.last,
                    reach.missed,
                    gap.unwrap_or_default()
                )
            });
            assert_eq!(told.collect::<Vec<_>>().join(" "), expected, "{days:?}");
        };
        check(&[], "");
        check(&[("2025-01-01", 0)], "");
        check(&[("2025-01-01", 3)], "2025-01-01 to 2025-01-01, 0 missed");
        check(&[("2025-01-01", 3), ("2025-01-02", 1)], "2025-01-01 to 2025-01-02, 0 missed");
        check(
            &[("2025-02-27", 1), ("2025-02-28", 0), ("2025-03-02", 1), ("2025-03-05", 2), ("2025-03-06", 0)],
            "2025-02-27 to 2025-03-05, 4 missed; 2025-02-28 to 2025-03-01",
        );
    }

    #[test]
    fn sources_are_told_apart() {
        let days = [on("B", "2025-01-01", 1), on("A", "2025-01-02", 1), on("B", "2025-01-03", 1)];
        let told: Vec<_> = reach(&days).into_iter().map(|reach| (reach.source, reach.missed)).collect();
        assert_eq!(told, [("A".to_owned(), 0), ("B".to_owned(), 1)]);
    }
}
