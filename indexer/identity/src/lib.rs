#![doc = include_str!("../README.md")]

mod citation;
mod holding;
mod instrument;
mod law;
mod month;
mod office;
mod person;
mod place;
mod ruling;
mod rung;
mod tally;
mod term;
mod topic;
mod words;

pub use citation::{Citation, Issuer, issuer_name, number_slug};
pub use holding::{Certainty, held_at};
pub use instrument::decide as decide_instruments;
pub use instrument::{Because, Cited, Decided, Instrument, Known, Lookup, Verdict};
pub use office::{Office, OfficeAsked, Position};
pub use person::{
    Appearance, Appeared, Bond, Holding, Joined, People, Person, Post, decide as decide_people,
    explain as explain_people, name_group, resolve as resolve_person,
};
pub use place::{Level, Place, merged_into, province_called, province_name, province_slug, provinces};
pub use ruling::Ruling;
pub use tally::{agreed, by_frequency};

/// Whether an issuer is the National Assembly or its standing committee.
pub fn is_national_assembly(issuer: &str) -> bool {
    let body = office::spelt_alike(issuer);
    body.contains("quoc hoi")
}

/// The name with accents of a law by the number of its instrument (`luat-dat-dai`), where the table knows it.
pub fn law_title(number: &str) -> Option<&'static str> {
    law::title(number)
}
