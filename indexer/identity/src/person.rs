//! People: which mentions of one name stand for one person.
//!
//! Mentions in one office are one person's, and so are the offices that one text gives to one name. Offices of one house or
//! one place that follow each other, and high offices that do not overlap, are brought together as far as the name is rare
//! enough that no second bearer is likely. A spelling without accents meets the accented one where an office agrees.

use std::collections::{BTreeMap, HashSet};

use extract::PartialDate;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::appearance::{Appearance, Appeared, Post, name_group};
pub use self::bond::{Bond, Joined};
use self::bond::{joined, joined_across};
use self::completion::Completion;
pub use self::lookup::resolve;
use self::node::{Node, conflict, in_order};
pub use self::proof::Holding;
use self::proof::{Proof, holding};
use self::rarity::is_vietnamese;
use crate::month::month;
use crate::office::Office;
use crate::ruling::{Ruling, rule};
use crate::tally::by_frequency;

/// One person, as far as mentions tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// The most frequent spelling with accents; without, where no mention has any.
    pub name: String,
    /// All spellings, the most frequent first.
    pub spellings: Vec<(String, u32)>,
    /// Offices in order of their first proof.
    pub holdings: Vec<Holding>,
}

/// What became of a name.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// The people of the name.
    pub people: Vec<Person>,
    /// Which of them each mention means, in the order given.
    pub whom: Vec<usize>,
    /// The offices of each mention's positions, in the order given, completed from what other texts say of the person.
    pub offices: Vec<Vec<Office>>,
}

/// Decides a name: all mentions of one name without accents. Where somebody decided that mentions of several names mean one
/// person, these are given together.
pub fn decide(mentions: &[Appeared], rulings: &[Ruling]) -> People {
    finish(mentions, decided(mentions, rulings, &mut Vec::new()))
}

/// Decides a name and tells what brought its mentions together, in the order in which it did, and which of its people (by
/// their places in [`People::people`]) cannot be one: somebody decided so, or they held offices in two provinces, or in a
/// province and at the Centre, at one time, or ranks that nobody climbs in the time between.
pub fn explain(mentions: &[Appeared], rulings: &[Ruling]) -> (People, Vec<Joined>, Vec<(usize, usize)>) {
    let mut bonds = Vec::new();
    let mut nodes = decided(mentions, rulings, &mut bonds);
    in_order(&mut nodes);
    let mut against = Vec::new();
    for (i, a) in nodes.iter().enumerate() {
        let others = nodes.iter().enumerate().skip(i + 1).filter(|(_, b)| conflict(a, b));
        against.extend(others.map(|(j, _)| (i, j)));
    }
    let people = finish(mentions, nodes);
    for ruling in rulings.iter().filter(|ruling| !ruling.same) {
        let first = ruling.first.iter().map(|at| people.whom[*at]);
        let pairs = first.flat_map(|a| ruling.second.iter().map(move |b| (a, *b)));
        against.extend(pairs.map(|(a, b)| (a, people.whom[b])).filter(|(a, b)| a != b));
    }
    (people, bonds, against)
}

/// Each person's mentions, by the evidence and then by what people decided.
fn decided(mentions: &[Appeared], rulings: &[Ruling], bonds: &mut Vec<Joined>) -> Vec<Node> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, appeared) in mentions.iter().enumerate() {
        groups.entry(appeared.appearance.name_alone()).or_default().push(at);
    }
    let nodes = if groups.len() <= 1 {
        joined(mentions, bonds)
    } else {
        let mut all = Vec::new();
        for members in groups.values() {
            let group: Vec<Appeared> = members.iter().map(|at| mentions[*at].clone()).collect();
            let mut of_group = Vec::new();
            let mut nodes = joined(&group, &mut of_group);
            for member in nodes.iter_mut().flat_map(|node| &mut node.members) {
                *member = members[*member];
            }
            all.append(&mut nodes);
            let placed = |bond: Joined| Joined {
                first: members[bond.first],
                second: members[bond.second],
                by: bond.by,
            };
            bonds.extend(of_group.into_iter().map(placed));
        }
        joined_across(all, bonds)
    };
    if rulings.is_empty() { nodes } else { ruled(mentions, nodes, rulings, bonds) }
}

/// What the evidence made of mentions, after what people decided.
fn ruled(mentions: &[Appeared], nodes: Vec<Node>, rulings: &[Ruling], bonds: &mut Vec<Joined>) -> Vec<Node> {
    let mut whose = vec![None; mentions.len()];
    for (number, node) in nodes.iter().enumerate() {
        for at in &node.members {
            whose[*at] = Some(number);
        }
    }
    // Of one text, in one office, in one house, of one province, then of nearly one time.
    let near = |a: usize, b: usize| {
        let (here, there) = (&mentions[a], &mentions[b]);
        let offices = |appeared: &Appeared, of: fn(&Office) -> Option<String>| -> HashSet<String> {
            let posts = appeared.appearance.posts.iter().filter(|post| post.office.is_definite());
            posts.filter_map(|post| of(&post.office)).collect()
        };
        let share = |of| u32::from(!offices(here, of).is_disjoint(&offices(there, of)));
        let (of, other) = (&here.appearance, &there.appearance);
        let alike = 8 * u32::from(here.document == there.document && of.exact == other.exact)
            + 4 * share(|office| Some(office.key()))
            + 2 * share(|office| Some(office.house()))
            + share(|office| office.place.province.clone());
        let months = of.published.zip(other.published).map_or(0, |(a, b)| (month(a) - month(b)).abs());
        (alike, -i64::from(months))
    };
    let ruled = rule(whose.clone(), nodes.len(), rulings, &near);
    let mut decided: Vec<Joined> = Vec::new();
    for ruling in rulings.iter().filter(|ruling| ruling.same) {
        let all = ruling.first.iter().chain(&ruling.second);
        let first = ruling.first.first().copied().unwrap_or_default();
        let others = all.filter(|at| **at != first);
        decided.extend(others.map(|second| Joined { first, second: *second, by: Bond::Decided }));
    }
    // They are told first.
    bonds.splice(0..0, decided);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); ruled.from.len()];
    for (at, cluster) in ruled.whose.iter().enumerate() {
        if let Some(cluster) = cluster {
            members[*cluster].push(at);
        }
    }
    let mut nodes: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
    nodes.resize_with(members.len(), || None);
    let node = |(known, members): (Option<Node>, Vec<usize>)| match known {
        Some(node) if node.members.len() == members.len() => Some(node),
        _ if members.is_empty() => None,
        _ => Some(Node::of(mentions, members)),
    };
    nodes.into_iter().zip(members).filter_map(node).collect()
}

fn finish(group: &[Appeared], mut nodes: Vec<Node>) -> People {
    in_order(&mut nodes);
    let mut whom = vec![0; group.len()];
    let mut offices: Vec<Vec<Office>> = vec![Vec::new(); group.len()];
    let mut people = Vec::with_capacity(nodes.len());
    for (number, mut node) in nodes.into_iter().enumerate() {
        node.members.sort_unstable();
        let known = Completion::new(group, &node);
        for member in &node.members {
            whom[*member] = number;
            let appearance = &group[*member].appearance;
            offices[*member] = appearance.posts.iter().map(|post| known.settled(post, appearance)).collect();
        }
        people.push(person(group, &node, &offices));
    }
    People { people, whom, offices }
}

fn person(group: &[Appeared], node: &Node, offices: &[Vec<Office>]) -> Person {
    let members = || node.members.iter().map(|at| &group[*at].appearance);
    let spellings = by_frequency(members().map(|appearance| appearance.name.as_str()));
    let is_shouted = |name: &str| !name.contains(char::is_lowercase);
    // A Vietnamese name has accents where a text has not lost them; on a foreign one they are misprints.
    let accented = |name: &str| is_vietnamese(&node.exact) && !name.is_ascii();
    let name = spellings
        .iter()
        .find(|(name, _)| accented(name) && !is_shouted(name))
        .or_else(|| spellings.iter().find(|(name, _)| accented(name)))
        .or_else(|| spellings.first())
        .map(|(name, _)| name.clone())
        .unwrap_or_default();
    let mut by_key: BTreeMap<String, (Office, Vec<Proof<'_>>)> = BTreeMap::new();
    for at in &node.members {
        let appearance = &group[*at].appearance;
        for (post, office) in appearance.posts.iter().zip(&offices[*at]) {
            by_key.entry(office.key()).or_insert_with(|| (office.clone(), Vec::new())).1.push(Proof {
                at: *at,
                document: group[*at].document,
                appearance,
                post,
            });
        }
    }
    let mut holdings: Vec<Holding> =
        by_key.into_values().map(|(office, posts)| holding(office, &posts)).collect();
    holdings.sort_by_key(|holding| {
        let first = holding.since.map(PartialDate::first_day).or(holding.seen.map(|(first, _)| first));
        (first.unwrap_or(Date::MAX), std::cmp::Reverse(holding.held))
    });
    Person { name, spellings, holdings }
}

mod appearance;
mod bond;
mod completion;
mod foreign;
mod lookup;
mod node;
mod proof;
mod rarity;

#[cfg(test)]
mod tests;
