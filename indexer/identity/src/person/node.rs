//! What is known of some mentions of a name together, and what tells that two such sets are not one person's.

use std::collections::{HashMap, HashSet};

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
    /// Those of them whose place some text's words tell.
    pub(super) told: HashSet<Office>,
    pub(super) months: Option<(i32, i32)>,
    pub(super) near: HashSet<String>,
}

impl Node {
    pub(super) fn new(exact: &str) -> Self {
        Self {
            exact: exact.to_owned(),
            members: Vec::new(),
            offices: Vec::new(),
            told: HashSet::new(),
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
                if !post.guessed {
                    node.told.insert(post.office.clone());
                }
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

    /// Takes in what is known of the same person.
    fn take_in(&mut self, node: Self) {
        // The accented spelling with the most mentions names the person.
        if node.has_accents() && (!self.has_accents() || node.members.len() > self.members.len()) {
            self.exact = node.exact;
        }
        self.members.extend(node.members);
        self.near.extend(node.near);
        self.told.extend(node.told);
        for office in node.offices {
            if !self.offices.contains(&office) {
                self.offices.push(office);
            }
        }
        self.months = match (self.months, node.months) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (known, other) => known.or(other),
        };
    }

    /// How many mentions it has: a text hardly means another bearer of the name than whom texts speak of much.
    pub(super) fn mentions(&self) -> f64 {
        f64::from(u32::try_from(self.members.len()).unwrap_or(u32::MAX))
    }

    /// The assembly that it sits in, and how many do.
    pub(super) fn assembly(&self) -> Option<(&'static str, u32)> {
        self.offices.iter().find_map(Office::assembly)
    }

    /// The states that its offices are of.
    pub(super) fn countries(&self) -> HashSet<&str> {
        self.offices.iter().filter_map(|office| office.country.as_deref()).collect()
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
    // Deputies of the National Assembly come from every rung.
    if office.is_known_everywhere() && !office.is_of_assembly() {
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

/// Pairs of nodes that one kind of evidence brings together, the first ones first.
#[derive(Default)]
pub(super) struct Links(Vec<Link>);

struct Link {
    first: usize,
    second: usize,
    sure: bool,
}

impl Links {
    /// Evidence for a pair, which is none for a chain: what was brought together takes in nothing that it cannot be one with.
    pub(super) fn join(&mut self, first: usize, second: usize) {
        self.0.push(Link { first, second, sure: false });
    }

    /// Evidence that holds whatever else is known of the two.
    pub(super) fn join_surely(&mut self, first: usize, second: usize) {
        self.0.push(Link { first, second, sure: true });
    }
}

/// The nodes after they were brought together, and the pairs that did it.
pub(super) fn merge(nodes: Vec<Node>, links: &Links) -> (Vec<Node>, Vec<(usize, usize)>) {
    let mut parents: Vec<usize> = (0..nodes.len()).collect();
    let mut merged: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
    let mut bonds = Vec::new();
    for &Link { first, second, sure } in &links.0 {
        let (a, b) = (root(&mut parents, first), root(&mut parents, second));
        let (low, high) = (a.min(b), a.max(b));
        let [Some(into), Some(node)] = [&merged[low], &merged[high]] else { continue };
        if a == b || !sure && conflict(into, node) {
            continue;
        }
        parents[high] = low;
        bonds.push((first, second));
        if let (Some(node), Some(into)) = (merged[high].take(), &mut merged[low]) {
            into.take_in(node);
        }
    }
    (merged.into_iter().flatten().collect(), bonds)
}

/// The node that a node was brought into.
fn root(parents: &mut [usize], at: usize) -> usize {
    let mut root = at;
    while parents[root] != root {
        root = parents[root];
    }
    let mut next = at;
    while parents[next] != root {
        next = std::mem::replace(&mut parents[next], root);
    }
    root
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

/// Months for which an assembly is elected.
pub(super) const TERM: i32 = 60;

/// Whether two sets of offices cannot be one person's: two provinces, or a province and the Centre, at the same time, or
/// ranks that nobody climbs in the time between.
pub(super) fn conflict(a: &Node, b: &Node) -> bool {
    let (here, there) = (a.provinces(), b.provinces());
    let apart = !here.is_empty() && !there.is_empty() && here.is_disjoint(&there);
    // Two texts a month apart may stand on both sides of a move.
    if apart && overlap(a.months, b.months) > 2 {
        return true;
    }
    // One province elects a member, for a whole term.
    let elected = |node: &Node| -> HashSet<String> {
        let seats = node.offices.iter().filter(|office| office.is_of_assembly());
        seats.filter_map(|office| office.place.province.clone()).collect()
    };
    let (of, other) = (elected(a), elected(b));
    let is_one_term = gap(a.months, b.months).is_none_or(|gap| gap <= TERM);
    if !of.is_empty() && !other.is_empty() && of.is_disjoint(&other) && is_one_term {
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
