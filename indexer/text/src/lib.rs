#![doc = include_str!("../README.md")]

mod fingerprint;
mod joined;
mod minhash;
mod number;
#[cfg(test)]
mod paragraphs;
mod sieve;
mod slug;
mod spelling;
mod syllable;

pub use fingerprint::fingerprint;
pub use minhash::{ALIKE, Signature};
pub use number::Numbers;
pub use sieve::Sieve;
pub use slug::slug;
pub use syllable::{Syllable, Syllables, is_vietnamese};
