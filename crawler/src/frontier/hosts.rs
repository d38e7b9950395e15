//! When each host may be asked and has something due: kept in memory beside the tables, so that a crawl that looks
//! before every request asks SQLite only about the hosts that something happened to.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{Due, PRIORITIES, millis};

/// All hosts of the frontier.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    by_name: HashMap<String, Host>,
}

#[derive(Debug, Default)]
struct Host {
    /// Not before, for politeness; milliseconds since 1970.
    polite: i64,
    /// `polite` is later than the table has it.
    unwritten: bool,
    earliest: Earliest,
}

/// When the earliest page of a host is due.
#[derive(Clone, Copy, Debug, Default)]
enum Earliest {
    /// Not looked at since something happened to the host's pages.
    #[default]
    Unknown,
    /// None of its pages waits.
    Never,
    /// Milliseconds since 1970.
    At(i64),
}

impl Hosts {
    /// Reads the table.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let mut rows = connection.prepare_cached("SELECT name, next_fetch FROM host")?;
        let host = |polite| Host { polite, ..Host::default() };
        let by_name = rows
            .query_map([], |row| Ok((row.get::<_, String>(0)?, host(row.get(1)?))))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self { by_name })
    }

    /// Something happened to a host's pages.
    pub(super) fn touch(&mut self, name: &str) {
        match self.by_name.get_mut(name) {
            Some(host) => host.earliest = Earliest::Unknown,
            None => drop(self.by_name.insert(name.to_owned(), Host::default())),
        }
    }

    /// A host is not asked before `at`.
    pub(super) fn rest(&mut self, name: &str, at: Timestamp) {
        if let Some(host) = self.by_name.get_mut(name).filter(|host| host.polite < millis(at)) {
            host.polite = millis(at);
            host.unwritten = true;
        }
    }

    /// Writes down when hosts may be asked, where the table does not have it.
    pub(super) fn write(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut update = connection.prepare_cached("UPDATE host SET next_fetch = ?2 WHERE name = ?1")?;
        for (name, host) in self.by_name.iter_mut().filter(|(_, host)| host.unwritten) {
            update.execute(params![name, host.polite])?;
            host.unwritten = false;
        }
        Ok(())
    }

    /// Hosts that may be asked now and have something due, and when the next host will be.
    pub(super) fn due(&mut self, connection: &Connection, now: Timestamp) -> rusqlite::Result<Due> {
        // The earliest page of a host, by the index: the least of each priority.
        let mut least = connection.prepare_cached(
            "SELECT min(next_fetch) FROM page
             WHERE host = ?1 AND priority = ?2 AND next_fetch IS NOT NULL AND lease IS NULL",
        )?;
        let mut due = Due::default();
        for (name, host) in &mut self.by_name {
            if let Earliest::Unknown = host.earliest {
                host.earliest = Earliest::Never;
                for priority in PRIORITIES {
                    let found: Option<i64> = least.query_row(params![name, priority], |row| row.get(0))?;
                    host.earliest = match (host.earliest, found) {
                        (Earliest::At(known), Some(found)) => Earliest::At(known.min(found)),
                        (_, Some(found)) => Earliest::At(found),
                        (known, None) => known,
                    };
                }
            }
            let Earliest::At(page) = host.earliest else { continue };
            let at = Timestamp::from_millisecond(page.max(host.polite)).unwrap_or(Timestamp::MAX);
            if at <= now {
                due.hosts.push(name.clone());
            } else {
                due.next = Some(due.next.map_or(at, |next| next.min(at)));
            }
        }
        // One order whatever the hash.
        due.hosts.sort_unstable();
        Ok(due)
    }
}
