//! What people decided about the mentions of a group, applied to what the evidence made of them.
//!
//! The evidence decides first. Then clusters that were decided to be one are one, and a cluster that holds mentions which were
//! decided to be different is taken apart: each of its other mentions goes with the one of them that is nearest to it.

use std::collections::BTreeMap;

/// A decision about mentions, each by its place in the group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The number of the decision.
    pub decision: u64,
    /// They stand for one; else for two.
    pub same: bool,
    /// Mentions of one of the two.
    pub first: Vec<usize>,
    /// Of the other.
    pub second: Vec<usize>,
}

/// How near a mention is to another: the greater the nearer.
pub(crate) type Nearness = (u32, i64);

/// Clusters after decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ruled {
    /// The cluster of each mention. New ones have numbers behind those of before; those that were merged are left empty.
    pub(crate) whose: Vec<Option<usize>>,
    /// For each cluster the one of before that most says what it is; its own number for those of before.
    pub(crate) from: Vec<Option<usize>>,
    /// Mentions that a decision speaks of.
    pub(crate) spoken_of: Vec<bool>,
    /// Clusters that were merged, and into which, in this order.
    merged: Vec<(usize, usize)>,
}

/// Applies decisions, in the order in which they were made. Of those that contradict the later ones alone must be given.
pub(crate) fn rule(
    whose: Vec<Option<usize>>,
    clusters: usize,
    rulings: &[Ruling],
    near: &dyn Fn(usize, usize) -> Nearness,
) -> Ruled {
    let mut spoken_of = vec![false; whose.len()];
    for at in rulings.iter().flat_map(|ruling| ruling.first.iter().chain(&ruling.second)) {
        spoken_of[*at] = true;
    }
    let mut ruled = Ruled { whose, from: (0..clusters).map(Some).collect(), spoken_of, merged: Vec::new() };
    // Which mentions are decided to be one, also through others: each leads to another.
    let mut bound: Vec<usize> = (0..ruled.whose.len()).collect();
    for ruling in rulings.iter().filter(|ruling| ruling.same) {
        ruled.unite(ruling);
        let all: Vec<usize> = ruling.first.iter().chain(&ruling.second).copied().collect();
        for at in &all {
            let (a, b) = (root(&bound, all[0]), root(&bound, *at));
            bound[b] = a;
        }
    }
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for ruling in rulings.iter().filter(|ruling| !ruling.same) {
        for a in &ruling.first {
            let others = ruling.second.iter().filter(|b| root(&bound, *a) != root(&bound, **b));
            apart.extend(others.map(|b| (*a, *b)));
        }
    }
    ruled.part(&apart, &bound, near);
    ruled
}

fn root(bound: &[usize], mut at: usize) -> usize {
    while bound[at] != at {
        at = bound[at];
    }
    at
}

impl Ruled {
    /// What became of a cluster of before.
    pub(crate) fn became(&self, cluster: usize) -> usize {
        self.merged.iter().fold(cluster, |at, (gone, into)| if at == *gone { *into } else { at })
    }

    /// Whether a cluster is new, or others were merged into it.
    pub(crate) fn is_changed(&self, cluster: usize) -> bool {
        self.from.get(cluster) != Some(&Some(cluster)) || self.merged.iter().any(|(_, into)| *into == cluster)
    }

    fn add(&mut self, from: Option<usize>) -> usize {
        self.from.push(from);
        self.from.len() - 1
    }

    /// The cluster that holds most of some mentions; of equals the first.
    fn main(&self, mentions: &[usize]) -> Option<usize> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for at in mentions {
            if let Some(cluster) = self.whose[*at] {
                *counts.entry(cluster).or_default() += 1;
            }
        }
        counts
            .into_iter()
            .max_by_key(|(cluster, count)| (*count, std::cmp::Reverse(*cluster)))
            .map(|(at, _)| at)
    }

    fn unite(&mut self, ruling: &Ruling) {
        let target = match (self.main(&ruling.first), self.main(&ruling.second)) {
            (Some(first), Some(second)) => {
                // The larger one says what it is.
                let size = |cluster| self.whose.iter().filter(|whose| **whose == Some(cluster)).count();
                let (into, gone) = if size(second) > size(first) { (second, first) } else { (first, second) };
                if into != gone {
                    self.merged.push((gone, into));
                }
                for whose in self.whose.iter_mut().filter(|whose| **whose == Some(gone)) {
                    *whose = Some(into);
                }
                into
            }
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => self.add(None),
        };
        for at in ruling.first.iter().chain(&ruling.second) {
            self.whose[*at] = Some(target);
        }
    }

    /// Takes clusters apart in which mentions of both sides are.
    fn part(&mut self, apart: &[(usize, usize)], bound: &[usize], near: &dyn Fn(usize, usize) -> Nearness) {
        let mut broken: Vec<usize> = apart
            .iter()
            .filter(|(a, b)| self.whose[*a].is_some() && self.whose[*a] == self.whose[*b])
            .filter_map(|(a, _)| self.whose[*a])
            .collect();
        broken.sort_unstable();
        broken.dedup();
        for cluster in broken {
            let inside = |at: usize| self.whose[at] == Some(cluster);
            let pairs: Vec<(usize, usize)> =
                apart.iter().copied().filter(|(a, b)| inside(*a) && inside(*b)).collect();
            // Each set of mentions that are one gets the first part that none of its opposites has.
            let mut parts: Vec<(usize, usize)> = Vec::new();
            for at in pairs.iter().flat_map(|(a, b)| [*a, *b]) {
                let set = root(bound, at);
                if parts.iter().any(|(known, _)| *known == set) {
                    continue;
                }
                let opposite = |other: usize| {
                    pairs.iter().any(|(a, b)| {
                        let both = (root(bound, *a), root(bound, *b));
                        both == (set, other) || both == (other, set)
                    })
                };
                let taken: Vec<usize> =
                    parts.iter().filter(|(other, _)| opposite(*other)).map(|(_, part)| *part).collect();
                let part = (0..=taken.len()).find(|part| !taken.contains(part)).unwrap_or_default();
                parts.push((set, part));
            }
            let part_of = |at: usize| {
                let set = root(bound, at);
                parts.iter().find(|(known, _)| *known == set).map(|(_, part)| *part)
            };
            let members: Vec<usize> = (0..self.whose.len()).filter(|at| inside(*at)).collect();
            let fixed: Vec<(usize, usize)> =
                members.iter().filter_map(|at| part_of(*at).map(|part| (*at, part))).collect();
            let places: Vec<(usize, usize)> = members
                .iter()
                .map(|at| {
                    let part = part_of(*at).unwrap_or_else(|| {
                        let nearest = fixed
                            .iter()
                            .max_by_key(|(fixed, part)| (near(*at, *fixed), std::cmp::Reverse(*part)));
                        nearest.map(|(_, part)| *part).unwrap_or_default()
                    });
                    (*at, part)
                })
                .collect();
            let last = parts.iter().map(|(_, part)| *part).max().unwrap_or_default();
            let from = self.from[cluster];
            let clusters: Vec<usize> =
                (0..=last).map(|part| if part == 0 { cluster } else { self.add(from) }).collect();
            for (at, part) in places {
                self.whose[at] = Some(clusters[part]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_join_and_part() {
        // Clusters as letters, `-` for none; mentions are the nearer the closer they stand.
        let check = |why: &str, before: &str, rulings: &[(&str, &[usize], &[usize])], after: &str| {
            let cluster = |c: char| c.is_ascii_lowercase().then(|| c as usize - 'a' as usize);
            let whose: Vec<Option<usize>> = before.chars().map(cluster).collect();
            let clusters = whose.iter().flatten().max().map_or(0, |last| last + 1);
            let rulings: Vec<Ruling> = rulings
                .iter()
                .map(|(word, first, second)| Ruling {
                    decision: 1,
                    same: *word == "=",
                    first: first.to_vec(),
                    second: second.to_vec(),
                })
                .collect();
            let near = |a: usize, b: usize| (0, -(a.abs_diff(b) as i64));
            let ruled = rule(whose, clusters, &rulings, &near);
            let shown: String =
                ruled.whose.iter().map(|one| one.map_or('-', |at| (b'a' + at as u8) as char)).collect();
            assert_eq!(shown, after, "{why}");
        };
        check("nothing decided", "aab-", &[], "aab-");
        check("two are one", "aabb", &[("=", &[0], &[2])], "aaaa");
        check("the larger says what it is", "abbb", &[("=", &[0], &[2])], "bbbb");
        check("what stood for none", "aa-", &[("=", &[0], &[2])], "aaa");
        check("two that stood for none", "a--", &[("=", &[1], &[2])], "abb");
        check("one is two", "aaaaa", &[("!", &[0], &[4])], "aaabb");
        check("they are two already", "aabb", &[("!", &[0], &[3])], "aabb");
        check("three that all differ", "aaa", &[("!", &[0], &[1, 2]), ("!", &[1], &[2])], "abc");
        check(
            "one goes along with what is bound to it",
            "aaaaa",
            &[("=", &[0], &[3]), ("!", &[0], &[4])],
            "aaaab",
        );
        check("joined, then parted from a third", "aabbc", &[("=", &[0], &[2]), ("!", &[0], &[3])], "aaadc");
        check("a mention against itself", "aa", &[("!", &[0], &[0])], "aa");
    }
}
