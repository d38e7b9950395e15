//! All connections: how many there are, and who leaves where there is no more room.
//!
//! Where an address has all that it may have, or all places are taken, not the newcomer is refused but the connection
//! that has waited longest for its client is let go: of the newcomer's address, or of the one that has most. So whoever
//! opens connections without end takes the place of its own, also where others share its address.

use std::collections::HashMap;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::Address;
use super::connection::{Answers, Connection};

/// The open connections of a service.
#[derive(Debug)]
pub(super) struct Connections {
    most: usize,
    open: Mutex<HashMap<Address, Client>>,
    room: Arc<Semaphore>,
}

/// What an address has open.
#[derive(Debug, Default)]
struct Client {
    connections: Vec<Arc<Connection>>,
    answers: Arc<AtomicUsize>,
}

impl Connections {
    pub(super) fn new(most: usize) -> Self {
        let most = most.clamp(1, Semaphore::MAX_PERMITS.min(u32::MAX as usize));
        Self { most, open: Mutex::default(), room: Arc::new(Semaphore::new(most)) }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Address, Client>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more connection of an address that may have so many, made where there is none; nothing where no
    /// connection can be let go within some time.
    pub(super) async fn place_for(
        self: &Arc<Self>,
        address: Address,
        most: usize,
        within: Duration,
    ) -> Option<Place> {
        let most = most.max(1);
        // Some of those that were asked have not left yet.
        let with_leaving = most + most / 8;
        let own = self.open().get(&address).map_or(0, |client| client.connections.len());
        if own >= most {
            if own >= with_leaving {
                return None;
            }
            self.longest_waiting(Some(address))?.ask_to_leave();
        } else if self.room.available_permits() <= self.most / 16 {
            // A little ahead of need, so that no newcomer waits for the one that leaves.
            self.let_one_go();
        }
        let room = timeout(within, self.room.clone().acquire_owned()).await.ok()?.ok()?;
        let mut open = self.open();
        let client = open.entry(address).or_default();
        // A connection of HTTP/2 has many answers open at once: all together as many as connections may be.
        let connection = Arc::new(Connection::new(Answers::new(client.answers.clone(), with_leaving)));
        client.connections.push(connection.clone());
        drop(open);
        Some(Place { connections: self.clone(), address, connection, _room: room })
    }

    /// Lets go the connection that has waited longest, of the address that has most.
    pub(super) fn let_one_go(&self) {
        if let Some(longest) = self.longest_waiting(None) {
            longest.ask_to_leave();
        }
    }

    /// The connection that has waited longest for its client, of an address or of the one that has most.
    fn longest_waiting(&self, address: Option<Address>) -> Option<Arc<Connection>> {
        let open = self.open();
        let client = match address {
            Some(address) => open.get(&address)?,
            None => open.values().max_by_key(|client| client.connections.len())?,
        };
        let waiting = client.connections.iter().filter_map(|one| Some((one.waits_since()?, one)));
        let waiting: Vec<_> = waiting.collect();
        // Where nearly all are at work, one newcomer is as good as the next.
        let are_few = waiting.len() * 2 < client.connections.len();
        let longest = waiting.into_iter().min_by_key(|(waiting, _)| *waiting);
        longest.filter(|(waiting, _)| !(are_few && waiting.is_new)).map(|(_, longest)| longest.clone())
    }

    /// Waits until there are none.
    pub(super) async fn all_gone(&self) {
        // It is never closed, and has as many places as fit a u32.
        let _ = self.room.acquire_many(self.most as u32).await;
    }
}

/// The place of one open connection; free again once it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    connections: Arc<Connections>,
    address: Address,
    connection: Arc<Connection>,
    _room: OwnedSemaphorePermit,
}

impl Place {
    pub(super) fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.connections.open();
        if let Some(client) = open.get_mut(&self.address) {
            client.connections.retain(|one| !Arc::ptr_eq(one, &self.connection));
            if client.connections.is_empty() {
                open.remove(&self.address);
            }
        }
    }
}
