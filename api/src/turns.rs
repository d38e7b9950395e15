//! Whose question is answered next.
//!
//! Short questions are answered in the threads that serve, as many at once as there are cores; long ones (dossiers, lists,
//! series, texts) outside of them, a few at once. Where several wait, the address goes first that has fewest being
//! answered, and among those the one that has waited longest for a turn: who asks a hundred questions at once delays their
//! own. Of the places for long questions an address never has all, nor have texts, which take longest.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::Error;
use crate::serving::Address;

/// What a question is, as far as its length goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A dossier, a list, a series.
    Question,
    /// A text that is read.
    Text,
}

/// The places where long questions are answered.
#[derive(Clone, Debug)]
pub(crate) struct Turns(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    places: usize,
    /// Places that one address may have.
    of_address: usize,
    /// Places that texts may have.
    of_texts: usize,
    /// Questions of one address that may wait.
    most_waiting: usize,
    taken: usize,
    texts: usize,
    /// How many turns were given so far.
    given: u64,
    waiting: VecDeque<Waiting>,
    addresses: HashMap<Address, Share>,
}

/// What an address has of the places.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    taken: usize,
    waiting: usize,
    /// Number of its last turn.
    last: u64,
}

#[derive(Debug)]
struct Waiting {
    address: Address,
    kind: Kind,
    turn: oneshot::Sender<Turn>,
}

/// The right to answer one question; it ends where it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    turns: Turns,
    address: Address,
    kind: Kind,
}

impl Turns {
    /// So many places for long questions, and so many questions of one address that may wait for one. Where there is more
    /// than one place, one is left for others.
    pub(crate) fn long(places: usize, most_waiting: usize) -> Self {
        Self::new(places, places.saturating_sub(1).max(1), most_waiting)
    }

    /// A place for a short question on each core.
    pub(crate) fn short(most_waiting: usize) -> Self {
        let places = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self::new(places, places, most_waiting)
    }

    fn new(places: usize, of_address: usize, most_waiting: usize) -> Self {
        Self(Arc::new(Mutex::new(State {
            places: places.max(1),
            of_address,
            of_texts: (places / 2).max(1),
            most_waiting: most_waiting.max(1),
            taken: 0,
            texts: 0,
            given: 0,
            waiting: VecDeque::new(),
            addresses: HashMap::new(),
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a turn, but not longer than `within`.
    pub(crate) async fn next(&self, address: Address, kind: Kind, within: Duration) -> Result<Turn, Error> {
        let (turn, turns) = oneshot::channel();
        {
            let mut state = self.state();
            state.forget_gone();
            let most_waiting = state.most_waiting;
            let share = state.addresses.entry(address).or_default();
            if share.waiting >= most_waiting {
                return Err(Error::TooMany);
            }
            share.waiting += 1;
            state.waiting.push_back(Waiting { address, kind, turn });
        }
        self.give();
        match tokio::time::timeout(within, turns).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(Error::Busy),
        }
    }

    /// Gives the free places to those who wait.
    fn give(&self) {
        loop {
            let Some(next) = self.state().take_next() else { return };
            let turn = Turn { turns: self.clone(), address: next.address, kind: next.kind };
            // Where nobody waits any more the turn ends at once, and the loop goes on.
            let _ = next.turn.send(turn);
        }
    }
}

impl State {
    /// Takes those from the row who wait no longer.
    fn forget_gone(&mut self) {
        let addresses = &mut self.addresses;
        self.waiting.retain(|waiting| {
            let is_gone = waiting.turn.is_closed();
            if is_gone && let Some(share) = addresses.get_mut(&waiting.address) {
                share.waiting -= 1;
            }
            !is_gone
        });
        addresses.retain(|_, share| share.taken + share.waiting > 0);
    }

    /// Takes the next one out of the row, with its place.
    fn take_next(&mut self) -> Option<Waiting> {
        self.forget_gone();
        if self.taken >= self.places {
            return None;
        }
        let (at, _) = self
            .waiting
            .iter()
            .map(|waiting| (waiting, self.addresses.get(&waiting.address).copied().unwrap_or_default()))
            .enumerate()
            .filter(|(_, (waiting, share))| {
                share.taken < self.of_address
                    && (waiting.kind == Kind::Question || self.texts < self.of_texts)
            })
            .min_by_key(|(at, (_, share))| (share.taken, share.last, *at))?;
        let next = self.waiting.remove(at)?;
        self.taken += 1;
        self.texts += usize::from(next.kind == Kind::Text);
        self.given += 1;
        let share = self.addresses.entry(next.address).or_default();
        share.waiting -= 1;
        share.taken += 1;
        share.last = self.given;
        Some(next)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        {
            let mut state = self.turns.state();
            state.taken -= 1;
            state.texts -= usize::from(self.kind == Kind::Text);
            if let Some(share) = state.addresses.get_mut(&self.address) {
                share.taken -= 1;
            }
        }
        self.turns.give();
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn address(last: u8) -> Address {
        Address::from(std::net::IpAddr::from(Ipv4Addr::new(192, 0, 2, last)))
    }

    /// In which order questions are answered, one after the other, that came in this one.
    async fn order(places: usize, asked: &[(u8, Kind)]) -> Vec<usize> {
        let turns = Turns::long(places, 100);
        let mut held = Vec::new();
        for _ in 0..places {
            // Places are taken by addresses of their own, one for each.
            let number = 200 + held.len() as u8;
            held.push(turns.next(address(number), Kind::Question, Duration::ZERO).await.unwrap());
        }
        let (said, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let mut tasks = Vec::new();
        for (number, (from, kind)) in asked.iter().copied().enumerate() {
            let (turns, said) = (turns.clone(), said.clone());
            tasks.push(tokio::spawn(async move {
                let turn = turns.next(address(from), kind, Duration::from_secs(60)).await.unwrap();
                said.send(number).unwrap();
                tokio::task::yield_now().await;
                drop(turn);
            }));
            tokio::task::yield_now().await;
        }
        drop((held, said));
        let mut order = Vec::new();
        while let Some(number) = heard.recv().await {
            order.push(number);
        }
        order
    }

    #[tokio::test]
    async fn every_address_has_its_share() {
        use Kind::{Question as Q, Text as T};
        // One place: the addresses take turns.
        assert_eq!(order(1, &[(1, Q), (1, Q), (1, Q), (2, Q), (2, Q)]).await, [0, 3, 1, 4, 2]);
        // Two: one address has no more than one of them.
        let order = order(2, &[(1, T), (1, T), (1, T), (1, T), (2, Q)]).await;
        assert!(order.iter().position(|number| *number == 4).unwrap() <= 1, "{order:?}");
    }

    #[tokio::test]
    async fn one_address_or_texts_alone_never_have_all_places() {
        let turns = Turns::long(4, 2);
        let now = async |from: u8, kind| turns.next(address(from), kind, Duration::from_millis(20)).await;
        let _texts = (now(1, Kind::Text).await.unwrap(), now(2, Kind::Text).await.unwrap());
        assert!(matches!(now(3, Kind::Text).await, Err(Error::Busy)));
        let last = (now(1, Kind::Question).await.unwrap(), now(2, Kind::Question).await.unwrap());
        assert!(matches!(now(3, Kind::Question).await, Err(Error::Busy)));
        drop(last.0);
        let own = (now(1, Kind::Question).await.unwrap(), now(3, Kind::Question).await);
        assert!(matches!(own.1, Err(Error::Busy)), "{own:?}");
    }

    #[tokio::test]
    async fn who_asks_too_much_is_told_and_who_left_is_forgotten() {
        let turns = Turns::long(1, 2);
        let held = turns.next(address(1), Kind::Question, Duration::ZERO).await.unwrap();
        let wait = |within| {
            let turns = turns.clone();
            tokio::spawn(async move { turns.next(address(1), Kind::Question, within).await.map(drop) })
        };
        let waiting = [wait(Duration::from_secs(60)), wait(Duration::from_secs(60))];
        tokio::task::yield_now().await;
        let one_more = turns.next(address(1), Kind::Question, Duration::ZERO).await;
        assert!(matches!(one_more, Err(Error::TooMany)), "{one_more:?}");
        for task in waiting {
            task.abort();
            let _ = task.await;
        }
        drop(held);
        assert!(turns.next(address(1), Kind::Question, Duration::ZERO).await.is_ok());
    }
}
