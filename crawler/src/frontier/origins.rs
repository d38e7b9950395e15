//! When each origin may be asked and has something due: kept in memory beside the tables, so that a crawl that looks
//! before every request asks SQLite only about the origins that something happened to.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{Due, Lane, Origin, millis};

/// All origins of the frontier, and the pace of their hosts.
#[derive(Debug, Default)]
pub(super) struct Origins {
    by_name: HashMap<Origin, State>,
    paces: HashMap<String, Pace>,
    /// Pages given out so far.
    turn: u64,
}

#[derive(Debug)]
struct State {
    /// Not before, because it did not answer or asked for time; milliseconds since 1970.
    pause: i64,
    earliest: Earliest,
    /// The turn in which it was last asked: the origins of a host take turns.
    turn: u64,
    /// The lane that was last asked: they take turns too.
    lane: Lane,
}

impl State {
    fn paused_until(pause: i64) -> Self {
        Self { pause, earliest: Earliest::Unknown, turn: 0, lane: Lane::Again }
    }
}

#[derive(Debug, Default)]
struct Pace {
    /// Not before, for politeness; milliseconds since 1970.
    polite: i64,
    /// `polite` is later than the table has it.
    unwritten: bool,
}

/// When the earliest page of an origin is due.
#[derive(Clone, Copy, Debug, Default)]
enum Earliest {
    /// Not looked at since something happened to the origin's pages.
    #[default]
    Unknown,
    /// None of its pages waits.
    Never,
    /// Milliseconds since 1970.
    At(i64),
}

impl Origins {
    /// Reads the tables.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let mut origins = connection.prepare_cached("SELECT name, pause FROM origin")?;
        let by_name = origins
            .query_map([], |row| Ok((Origin::known(row.get(0)?), State::paused_until(row.get(1)?))))?
            .collect::<rusqlite::Result<_>>()?;
        let mut hosts = connection.prepare_cached("SELECT name, next_fetch FROM host")?;
        let pace = |polite| Pace { polite, unwritten: false };
        let paces = hosts
            .query_map([], |row| Ok((row.get(0)?, pace(row.get(1)?))))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self { by_name, paces, turn: 0 })
    }

    /// Something happened to an origin's pages.
    pub(super) fn touch(&mut self, origin: &Origin) {
        match self.by_name.get_mut(origin) {
            Some(state) => state.earliest = Earliest::Unknown,
            None => drop(self.by_name.insert(origin.clone(), State::paused_until(0))),
        }
    }

    /// An origin has its turn; the lane that had it last there.
    pub(super) fn take_turn(&mut self, origin: &Origin) -> Lane {
        self.touch(origin);
        self.turn += 1;
        let Some(state) = self.by_name.get_mut(origin) else { return Lane::Again };
        state.turn = self.turn;
        state.lane
    }

    /// A page of a lane was given out. Seeds stand outside of the turns.
    pub(super) fn had_turn(&mut self, origin: &Origin, lane: Lane) {
        if let Some(state) = self.by_name.get_mut(origin).filter(|_| lane != Lane::Seeds) {
            state.lane = lane;
        }
    }

    /// A host is not asked before `at`.
    pub(super) fn rest(&mut self, host: &str, at: Timestamp) {
        match self.paces.get_mut(host) {
            Some(pace) if pace.polite >= millis(at) => {}
            Some(pace) => *pace = Pace { polite: millis(at), unwritten: true },
            None => drop(self.paces.insert(host.to_owned(), Pace { polite: millis(at), unwritten: true })),
        }
    }

    /// An origin is not asked before `until`.
    pub(super) fn pause(&mut self, origin: &Origin, until: Timestamp) {
        if let Some(state) = self.by_name.get_mut(origin) {
            state.pause = state.pause.max(millis(until));
        }
    }

    /// Writes down when hosts may be asked, where the table does not have it.
    pub(super) fn write(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut update = connection.prepare_cached("UPDATE host SET next_fetch = ?2 WHERE name = ?1")?;
        for (host, pace) in self.paces.iter_mut().filter(|(_, pace)| pace.unwritten) {
            update.execute(params![host, pace.polite])?;
            pace.unwritten = false;
        }
        Ok(())
    }

    /// Origins that may be asked now and have something due, one of each host, and when the next one will be.
    pub(super) fn due(&mut self, connection: &Connection, now: Timestamp) -> rusqlite::Result<Due> {
        // The earliest page of an origin, by the index: the least of each lane.
        let mut least = connection.prepare_cached(
            "SELECT min(next_fetch) FROM page
             WHERE origin = ?1 AND lane = ?2 AND next_fetch IS NOT NULL AND lease IS NULL",
        )?;
        let mut next: Option<Timestamp> = None;
        let mut ready = Vec::new();
        for (name, state) in &mut self.by_name {
            if let Earliest::Unknown = state.earliest {
                state.earliest = Earliest::Never;
                for lane in Lane::ALL {
                    let found: Option<i64> =
                        least.query_row(params![name.as_str(), lane.code()], |row| row.get(0))?;
                    state.earliest = match (state.earliest, found) {
                        (Earliest::At(known), Some(found)) => Earliest::At(known.min(found)),
                        (_, Some(found)) => Earliest::At(found),
                        (known, None) => known,
                    };
                }
            }
            let Earliest::At(page) = state.earliest else { continue };
            let polite = self.paces.get(name.host()).map_or(0, |pace| pace.polite);
            let at = page.max(polite).max(state.pause);
            let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX);
            if at <= now {
                ready.push((name.host(), state.turn, name));
            } else {
                next = Some(next.map_or(at, |next| next.min(at)));
            }
        }
        // One order whatever the hash.
        ready.sort_unstable();
        ready.dedup_by_key(|(host, ..)| *host);
        Ok(Due { origins: ready.into_iter().map(|(.., name)| name.clone()).collect(), next })
    }
}
