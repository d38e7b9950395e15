//! What is known of some mentions of a name together, and what tells that two such sets are not one person's.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::appearance::Appeared;
use crate::month::month;
use crate::office::Office;
use crate::place::Level;
use crate::tally::by_frequency;

/// Mentions of a name in one office, or in one mention where the offices tell nothing.
pub(super) struct Node {
    pub(super) exact: String,
    pub(super) members: Vec<usize>,
    pub(super) offices: Vec<Office>,
    pub(super) months: Option<(i32, i32)>,
    pub(super) near: HashSet<String>,
}

impl Node {
    pub(super) fn new(exact: &str) -> Self {
        Self {
            exact: exact.to_owned(),
            members: Vec::new(),
            offices: Vec::new(),
            months: None,
            near: HashSet::new(),
        }
    }

    /// Some mentions as one; the most frequent spelling with accents names them.
    pub(super) fn of(group: &[Appeared], members: Vec<usize>) -> Self {
        let told = || members.iter().map(|at| &group[*at].appearance);
        let spellings = by_frequency(told().map(|appearance| appearance.exact.as_str()));
        let accented = spellings.iter().find(|(exact, _)| !exact.is_ascii());
        let exact = accented.or(spellings.first()).map(|(exact, _)| exact.as_str()).unwrap_or_default();
        let mut node = Self::new(exact);
        for appearance in told() {
            node.near.extend(appearance.near.clone());
            for post in &appearance.posts {
                if !node.offices.contains(&post.office) {
                    node.offices.push(post.office.clone());
                }
            }
            if let Some(day) =
                appearance.published.filter(|_| appearance.posts.iter().any(|post| !post.former))
            {
                let month = month(day);
                node.months = Some(node.months.map_or((month, month), |(a, b)| (a.min(month), b.max(month))));
            }
        }
        node.members = members;
        node
    }

    pub(super) fn definite(&self) -> impl Iterator<Item = &Office> {
        self.offices.iter().filter(|office| office.is_definite() && !office.is_membership())
    }

    pub(super) fn keys(&self) -> HashSet<String> {
        self.definite().map(Office::key).collect()
    }

    pub(super) fn houses(&self) -> HashSet<String> {
        self.definite().map(Office::house).collect()
    }

    pub(super) fn rank(&self) -> Rank {
        self.offices.iter().map(rank).max().unwrap_or(Rank::Low)
    }

    pub(super) fn provinces(&self) -> HashSet<&str> {
        self.offices.iter().filter_map(|office| office.place.province.as_deref()).collect()
    }

    /// Places that its texts are about count where its offices name none.
    pub(super) fn regions(&self) -> HashSet<&str> {
        let named = self.provinces();
        if named.is_empty() { self.near.iter().map(String::as_str).collect() } else { named }
    }

    pub(super) fn has_accents(&self) -> bool {
        !self.exact.is_ascii()
    }
}

/// How high an office stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Low,
    District,
    Province,
    High,
}

pub(super) fn rank(office: &Office) -> Rank {
    if office.country.is_some() {
        return Rank::Low;
    }
    if office.is_known_everywhere() {
        return Rank::High;
    }
    match office.place.level {
        Some(Level::Province) | None => Rank::Province,
        Some(Level::District) => Rank::District,
        Some(_) => Rank::Low,
    }
}

/// Mentions that share spelling and a definite office begin as one.
pub(super) fn nodes(group: &[Appeared]) -> Vec<Node> {
    let mut by_office: HashMap<(&str, String), usize> = HashMap::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (at, appeared) in group.iter().enumerate() {
        let appearance = &appeared.appearance;
        let definite =
            appearance.posts.iter().filter(|post| post.office.is_definite() && !post.office.is_membership());
        let known = definite
            .map(|post| post.office.key())
            .min()
            .map(|key| *by_office.entry((appearance.exact.as_str(), key)).or_insert(members.len()));
        match known.and_then(|known| members.get_mut(known)) {
            Some(known) => known.push(at),
            None => members.push(vec![at]),
        }
    }
    members.into_iter().map(|members| Node::of(group, members)).collect()
}

/// Union and find.
pub(super) struct Sets {
    parents: Vec<usize>,
    /// What was joined that was not one before.
    pub(super) bonds: Vec<(usize, usize)>,
}

impl Sets {
    pub(super) fn new(count: usize) -> Self {
        Self { parents: (0..count).collect(), bonds: Vec::new() }
    }

    pub(super) fn find(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.parents[root] != root {
            root = self.parents[root];
        }
        let mut next = at;
        while self.parents[next] != root {
            next = std::mem::replace(&mut self.parents[next], root);
        }
        root
    }

    pub(super) fn join(&mut self, first: usize, second: usize) {
        let (a, b) = (self.find(first), self.find(second));
        if a == b {
            return;
        }
        self.bonds.push((first, second));
        let (low, high) = (a.min(b), a.max(b));
        self.parents[high] = low;
    }
}

pub(super) fn merge(nodes: &[Node], sets: &mut Sets) -> Vec<Node> {
    let mut merged: BTreeMap<usize, Node> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        let root = sets.find(at);
        let into = merged.entry(root).or_insert_with(|| Node::new(&nodes[root].exact));
        // The accented spelling with the most mentions names the person.
        if node.has_accents() && (!into.has_accents() || node.members.len() > into.members.len()) {
            into.exact.clone_from(&node.exact);
        }
        into.members.extend(&node.members);
        into.near.extend(node.near.iter().cloned());
        for office in &node.offices {
            if !into.offices.contains(office) {
                into.offices.push(office.clone());
            }
        }
        into.months = match (into.months, node.months) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (known, other) => known.or(other),
        };
    }
    merged.into_values().collect()
}

/// Months between two spans of time; 0 where they touch or overlap.
pub(super) fn gap(a: Option<(i32, i32)>, b: Option<(i32, i32)>) -> Option<i32> {
    let ((a, b), (c, d)) = (a?, b?);
    Some(if b < c {
        c - b
    } else if d < a {
        a - d
    } else {
        0
    })
}

/// Months by which two spans overlap.
pub(super) fn overlap(a: Option<(i32, i32)>, b: Option<(i32, i32)>) -> i32 {
    match (a, b) {
        (Some((a, b)), Some((c, d))) => b.min(d) - a.max(c),
        _ => 0,
    }
}

/// Whether two sets of offices cannot be one person's: two provinces, or a province and the Centre, at the same time, or
/// ranks that nobody climbs in the time between.
pub(super) fn conflict(a: &Node, b: &Node) -> bool {
    let (here, there) = (a.provinces(), b.provinces());
    let apart = !here.is_empty() && !there.is_empty() && here.is_disjoint(&there);
    // Two texts a month apart may stand on both sides of a move.
    if apart && overlap(a.months, b.months) > 2 {
        return true;
    }
    let seats = |node: &Node| node.definite().next().is_some();
    if !seats(a) || !seats(b) {
        return false;
    }
    let centre = |node: &Node| node.definite().any(Office::is_central);
    let only_local = |node: &Node| node.definite().all(Office::is_local);
    if overlap(a.months, b.months) > 2 && ((centre(a) && only_local(b)) || (centre(b) && only_local(a))) {
        return true;
    }
    // Nobody serves two ministries at one time.
    let ministries = |node: &Node| -> HashSet<String> {
        node.definite().filter(|office| office.is_in_ministry()).map(Office::house).collect()
    };
    let (of, other) = (ministries(a), ministries(b));
    let are_apart = !of.is_empty() && !other.is_empty() && of.is_disjoint(&other);
    if are_apart && overlap(a.months, b.months) > 0 {
        return true;
    }
    let steps = (a.rank() as i32 - b.rank() as i32).abs();
    gap(a.months, b.months).is_some_and(|gap| (steps >= 3 && gap < 120) || (steps == 2 && gap < 48))
}

/// Puts people into an order that does not depend on that of mentions: the most mentioned first.
pub(super) fn in_order(nodes: &mut [Node]) {
    nodes.sort_by_key(|node| (std::cmp::Reverse(node.members.len()), node.members.iter().min().copied()));
}
