//! What brings mentions of a name together, step by step: first what proves most.

use std::collections::{HashMap, HashSet};

use super::appearance::Appeared;
use super::foreign::may_be_one;
use super::node::{Links, Node, Rank, TERM, conflict, gap, merge, nodes, overlap};
use super::rarity::{
    BEARERS, HIGH_BEARERS, IN_LIKE_OFFICES, IN_UNLIKE_OFFICES, MANY, RARE, RARE_AMONG_HIGH,
    RARE_AMONG_LEADERS, frequency, is_vietnamese,
};
use crate::office::Office;

/// What brings two mentions of a name together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// The same spelling in the same office.
    Office,
    /// The same spelling in one text.
    Text,
    /// A rare spelling, one syllable off a frequent one, in its office at its time; another spelling of a foreign name.
    Misprint,
    /// The same words for an office of a body that the tables do not know, or whose place no words name.
    Words,
    /// A role without its body, which one bearer of the name holds then.
    BareRole,
    /// An office whose place was only guessed from what the text is about; one bearer of the name holds it elsewhere then.
    Guess,
    /// Offices of one body or of one place, not years apart.
    HouseOrPlace,
    /// A name so rare that a second bearer in office is unlikely.
    Rare,
    /// A spelling without accents that only one of the accented ones fits.
    Unaccented,
    /// Somebody decided it.
    Decided,
}

/// Two mentions, by their places in the group, and what brought them together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joined {
    /// One of them.
    pub first: usize,
    /// The other.
    pub second: usize,
    /// What they have in common.
    pub by: Bond,
}

/// Brings together what one kind of evidence joins.
type Step<'a> = dyn Fn(&[Node], &mut Links) + 'a;

pub(super) fn joined(group: &[Appeared], bonds: &mut Vec<Joined>) -> Vec<Node> {
    let mut nodes = nodes(group);
    for node in &nodes {
        let both = node.members.windows(2).map(|both| (both[0], both[1]));
        bonds.extend(both.map(|(first, second)| Joined { first, second, by: Bond::Office }));
    }
    let steps: [(Bond, &Step<'_>); 10] = [
        (Bond::Office, &join_by_office),
        (Bond::Text, &|nodes, links| join_by_text(group, nodes, links)),
        (Bond::Misprint, &join_misprints),
        (Bond::Misprint, &join_foreign_spellings),
        (Bond::Guess, &join_guesses),
        (Bond::Words, &join_by_words),
        (Bond::BareRole, &join_bare_roles),
        (Bond::HouseOrPlace, &join_by_house_and_place),
        (Bond::Rare, &join_rare),
        (Bond::Unaccented, &join_plain),
    ];
    for (by, step) in steps {
        let mut links = Links::default();
        step(&nodes, &mut links);
        let first: Vec<usize> = nodes.iter().map(|node| node.members[0]).collect();
        let (merged, pairs) = merge(nodes, &links);
        bonds.extend(pairs.into_iter().map(|(a, b)| Joined { first: first[a], second: first[b], by }));
        nodes = merged;
    }
    nodes
}

/// Brings together people whose foreign names are no writings of one by their letters, but may be by all else.
pub(super) fn joined_across(nodes: Vec<Node>, bonds: &mut Vec<Joined>) -> Vec<Node> {
    let mut links = Links::default();
    join_foreign_names(&nodes, &mut links);
    let first: Vec<usize> = nodes.iter().map(|node| node.members[0]).collect();
    let (nodes, pairs) = merge(nodes, &links);
    let joined = |(a, b): (usize, usize)| Joined { first: first[a], second: first[b], by: Bond::Misprint };
    bonds.extend(pairs.into_iter().map(joined));
    nodes
}

/// Whether two spellings may be one name: alike, or one of them without accents.
fn spelt_alike(a: &str, b: &str) -> bool {
    a == b || a.is_ascii() || b.is_ascii()
}

/// Two definite offices of one key, in spellings that may be one.
fn join_by_office(nodes: &[Node], links: &mut Links) {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        for office in node.definite() {
            by_key.entry(office.key()).or_default().push(at);
        }
    }
    for all in by_key.values() {
        for (i, a) in all.iter().enumerate() {
            for b in &all[i + 1..] {
                let mut offices = nodes[*a].definite().filter(|office| nodes[*b].offices.contains(office));
                let far = gap(nodes[*a].months, nodes[*b].months).is_some_and(|gap| gap > 120);
                if nodes[*a].exact == nodes[*b].exact && !far && offices.next().is_some() {
                    links.join_surely(*a, *b);
                }
            }
        }
    }
}

/// One text names one person by one spelling.
fn join_by_text(group: &[Appeared], nodes: &[Node], links: &mut Links) {
    let mut by_text: HashMap<(u32, &str), usize> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        for member in &node.members {
            let appeared = &group[*member];
            match by_text.get(&(appeared.document, appeared.appearance.exact.as_str())) {
                Some(other) => links.join_surely(*other, at),
                None => {
                    by_text.insert((appeared.document, appeared.appearance.exact.as_str()), at);
                }
            }
        }
    }
}

/// A text that gives the bare role ("Bộ trưởng Tô Lâm") means whoever of that name holds such an office then.
fn join_bare_roles(nodes: &[Node], links: &mut Links) {
    for (i, bare) in nodes.iter().enumerate() {
        if bare.definite().next().is_some() {
            continue;
        }
        let share = frequency(&bare.exact);
        let mut fits: Vec<(i32, usize)> = Vec::new();
        for (j, full) in nodes.iter().enumerate() {
            if i == j || !spelt_alike(&bare.exact, &full.exact) || conflict(bare, full) {
                continue;
            }
            let elsewhere = bare.regions().is_disjoint(&full.regions());
            // "Giám đốc Nguyễn Văn Hùng" in a text about another province is one of many, "Bộ trưởng Nguyễn Văn Hùng" is not.
            let told = full.definite().any(|known| {
                let mut short = bare.offices.iter().filter(|office| office.is_short_for(known));
                let of_many = |office: &Office| f64::from(office.bearers()) * share >= RARE * full.mentions();
                short.any(|office| known.is_high() || !elsewhere || !of_many(office))
            });
            let months = gap(bare.months, full.months).unwrap_or(12);
            if told && months <= 24 {
                fits.push((months + if elsewhere { 6 } else { 0 }, j));
            }
        }
        fits.sort_unstable();
        match fits[..] {
            [(_, only)] => links.join(only, i),
            [(nearest, first), (second, _), ..] if second > nearest + 3 => links.join(first, i),
            _ => {}
        }
    }
}

/// The place of an office that no words name is guessed from what its text is about (`Giám đốc Sở Y tế` in a text on an outbreak
/// elsewhere). Where texts name it for one bearer of the name, who holds such an office then and is named far more, the guess
/// was wrong.
fn join_guesses(nodes: &[Node], links: &mut Links) {
    let is_like = |guessed: &Office, told: &Office| guessed.role == told.role && guessed.body == told.body;
    for (i, guessed) in nodes.iter().enumerate() {
        if guessed.definite().next().is_none()
            || guessed.definite().any(|office| guessed.told.contains(office))
        {
            continue;
        }
        let share = frequency(&guessed.exact);
        let mut fits = nodes.iter().enumerate().filter(|(j, known)| {
            i != *j
                && spelt_alike(&guessed.exact, &known.exact)
                && gap(guessed.months, known.months).is_none_or(|gap| gap <= 6)
                && guessed.mentions() * 4.0 <= known.mentions()
                && guessed.definite().all(|office| {
                    let rivals = f64::from(office.bearers()) * share;
                    rivals < RARE && known.told.iter().any(|told| is_like(office, told))
                })
        });
        if let (Some((only, _)), None) = (fits.next(), fits.next()) {
            links.join_surely(only, i);
        }
    }
}

/// Months between two mentions of an office in the same words, at most; where its place is guessed or not known, of which there are
/// as many as there are places, they must be of one time.
const SAME_WORDS: i32 = 24;
const SAME_WORDS_SOMEWHERE: i32 = 2;

/// The same words for an office, of which hardly two bearers of the name have one: `Người phát ngôn Bộ Ngoại giao`, and a body
/// whose place no words name, `Giám đốc Sở Y tế`.
fn join_by_words(nodes: &[Node], links: &mut Links) {
    for (i, a) in nodes.iter().enumerate().filter(|(_, node)| node.has_accents()) {
        let share = frequency(&a.exact);
        for (j, b) in nodes.iter().enumerate().skip(i + 1) {
            if a.exact != b.exact {
                continue;
            }
            let months = gap(a.months, b.months);
            let are_same = |here: &Office, there: &Office| {
                let is_told =
                    |node: &Node, office: &Office| node.told.contains(office) && office.place.is_named();
                let both_told = is_told(a, here) && is_told(b, there);
                let somewhere = here.is_local() && !both_told;
                let apart = here.place.is_named() && there.place.is_named() && here.place != there.place;
                let near = match (months, somewhere) {
                    (Some(months), true) => months <= SAME_WORDS_SOMEWHERE,
                    (None, true) => false,
                    (months, false) => months.is_none_or(|months| months <= SAME_WORDS),
                };
                here.role == there.role
                    && here.body == there.body
                    && here.country == there.country
                    && !here.is_membership()
                    && !(apart && (both_told || here.is_provincial()))
                    && here.body.contains(' ')
                    && (somewhere || here.is_told())
                    && near
                    && f64::from(here.bearers()) * share < RARE
            };
            if a.offices.iter().any(|here| b.offices.iter().any(|there| are_same(here, there))) {
                links.join(i, j);
            }
        }
    }
}

/// Offices in one house (`Thứ trưởng`, then `Bộ trưởng`), or at one place and rank, that do not stand years apart.
fn join_by_house_and_place(nodes: &[Node], links: &mut Links) {
    let houses: Vec<HashSet<String>> = nodes.iter().map(Node::houses).collect();
    for (i, a) in nodes.iter().enumerate() {
        for (j, b) in nodes.iter().enumerate().skip(i + 1) {
            if a.exact != b.exact || conflict(a, b) {
                continue;
            }
            let near = gap(a.months, b.months).is_none_or(|gap| gap <= 96);
            let one_house =
                houses[i].iter().any(|here| houses[j].iter().any(|there| are_one_house(here, there)));
            // The same body in other words: `Công ty Hạ Sơn`, `Cty TNHH Hạ Sơn`.
            let alike = || {
                let told =
                    |here: &str| houses[j].iter().map(|there| likeness(here, there)).fold(0.0, f32::max);
                gap(a.months, b.months).is_none_or(|gap| gap <= 36)
                    && houses[i].iter().any(|here| told(here) >= ALIKE)
            };
            let places = |node: &Node| -> HashSet<String> {
                node.definite().filter_map(|office| office.place.key()).collect()
            };
            // In a whole province a common name has more than one bearer in office.
            let provinces =
                |node: &Node| node.provinces().into_iter().map(str::to_owned).collect::<HashSet<_>>();
            let shared: Vec<String> = places(a).intersection(&places(b)).cloned().collect();
            let is_told = BEARERS * frequency(&a.exact) < MANY
                || shared.iter().any(|place| !provinces(a).contains(place));
            let one_place =
                !shared.is_empty() && is_told && gap(a.months, b.months).is_none_or(|gap| gap <= 60);
            if (one_house && near) || one_place || alike() {
                links.join(i, j);
            }
        }
    }
}

/// What the pairs of syllables that the names of two bodies share must tell, in nats, before they are taken for one in other
/// words: two that are rare.
const ALIKE: f32 = 7.0;

/// How much the pairs of syllables tell that two bodies' names share, in nats.
fn likeness(a: &str, b: &str) -> f32 {
    let [a, b] = [a, b].map(|house| house.split(['-', '.']).collect::<Vec<&str>>());
    let pairs: HashSet<&[&str]> = b.windows(2).collect();
    a.windows(2).filter(|pair| pairs.contains(pair)).map(|pair| crate::topic::told_by(&pair.join(" "))).sum()
}

/// One house, or a house and what its name is cut to, or what it belongs to: `khoa-nhi-benh-vien-ha-son`, `benh-vien-ha-son`.
fn are_one_house(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let is_long = short.matches('-').count() >= 2;
    let begins = long.strip_prefix(short);
    begins.is_some_and(|rest| rest.is_empty() || rest.starts_with('-') && is_long)
        || is_long && long.strip_suffix(short).is_some_and(|rest| rest.ends_with('-'))
}

/// Whether an office of one may be a short form of one of the other, or stands in its house, or both sit in one assembly.
fn are_alike(a: &Node, b: &Node) -> bool {
    let sits = |node: &Node| node.assembly().map(|(assembly, _)| assembly);
    if sits(a).is_some() && sits(a) == sits(b) {
        return true;
    }
    let is_short = |a: &Office, b: &Office| a.is_short_for(b) || b.is_short_for(a);
    let are_one_house = |a: &Office, b: &Office| {
        !a.body.is_empty() && !b.body.is_empty() && are_one_house(&a.house(), &b.house())
    };
    a.offices
        .iter()
        .any(|here| b.offices.iter().any(|there| is_short(here, there) || are_one_house(here, there)))
}

/// Names so rare that a second bearer in office is unlikely, and high offices that follow one another.
fn join_rare(nodes: &[Node], links: &mut Links) {
    for (i, a) in nodes.iter().enumerate() {
        let share = frequency(&a.exact);
        let (expected, high) = (BEARERS * share, HIGH_BEARERS * share);
        // Papers of the country name few people of others, and hardly two of one name.
        let is_foreign = a.exact.contains(' ') && !is_vietnamese(&a.exact);
        let countries = a.countries();
        for (j, b) in nodes.iter().enumerate().skip(i + 1) {
            let is_of_one_state = || !countries.is_disjoint(&b.countries());
            if (is_foreign || is_of_one_state())
                && a.exact == b.exact
                && gap(a.months, b.months).is_none_or(|gap| gap <= 96)
            {
                links.join_surely(i, j);
                continue;
            }
            if a.exact != b.exact || !a.has_accents() || conflict(a, b) {
                continue;
            }
            let foreign = |node: &Node| {
                let abroad = node.offices.iter().filter(|office| office.country.is_some()).count();
                abroad * 2 > node.offices.len()
            };
            if foreign(a) != foreign(b) {
                continue;
            }
            // Papers of every province name those of the Centre.
            let is_known_everywhere = |node: &Node| node.rank() == Rank::High && node.provinces().is_empty();
            let shared =
                !a.regions().is_disjoint(&b.regions()) && is_known_everywhere(a) == is_known_everywhere(b);
            let apart = !a.provinces().is_empty()
                && !b.provinces().is_empty()
                && a.provinces().is_disjoint(&b.provinces());
            let near = gap(a.months, b.months).is_none_or(|gap| gap <= TERM);
            // Two members of one assembly, of whom there are few: `đại biểu Quốc hội`.
            let is_one_member = match (a.assembly(), b.assembly()) {
                (Some((sits, members)), Some((other, _))) => {
                    sits == other && !apart && f64::from(members) * share < RARE
                }
                _ => false,
            };
            let alike = are_alike(a, b);
            let rare = if alike { IN_LIKE_OFFICES } else { IN_UNLIKE_OFFICES };
            let likely = match (shared, apart) {
                _ if is_one_member && near => true,
                (true, _) => expected < rare.shared,
                (false, true) => expected < rare.apart,
                (false, false) => expected < rare.unknown,
            };
            let both_high = a.rank() == Rank::High && b.rank() == Rank::High;
            let follows =
                gap(a.months, b.months).is_some_and(|gap| gap > 0 || overlap(a.months, b.months) == 0);
            let lead = |node: &Node| node.offices.iter().any(Office::leads);
            let few = if alike || lead(a) && lead(b) { RARE_AMONG_LEADERS } else { RARE_AMONG_HIGH };
            if likely || (both_high && high < few && follows) {
                links.join(i, j);
            }
        }
    }
}

/// A rare spelling that differs by one mark is a misprint of the frequent one where an office agrees at nearly one time.
fn join_misprints(nodes: &[Node], links: &mut Links) {
    let keys: Vec<HashSet<String>> = nodes.iter().map(Node::keys).collect();
    for (i, small) in nodes.iter().enumerate().filter(|(_, node)| node.has_accents()) {
        let fits = nodes.iter().enumerate().filter(|(j, big)| {
            *j != i
                && big.has_accents()
                && big.exact != small.exact
                && small.members.len() * 2 <= big.members.len()
                && !keys[i].is_disjoint(&keys[*j])
                && gap(small.months, big.months).is_none_or(|gap| gap <= 12)
                && differ_by_one(&small.exact, &big.exact)
        });
        if let Some((best, _)) = fits.max_by_key(|(j, big)| (big.members.len(), std::cmp::Reverse(*j))) {
            links.join_surely(best, i);
        }
    }
}

/// Spellings without accents meet the accented one where an office or a house agrees, else the only one of its rank and region.
fn join_plain(nodes: &[Node], links: &mut Links) {
    let keys: Vec<HashSet<String>> = nodes.iter().map(Node::keys).collect();
    let houses: Vec<HashSet<String>> = nodes.iter().map(Node::houses).collect();
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(nodes[*at].members.len()), *at));
    for (i, plain) in nodes.iter().enumerate().filter(|(_, node)| !node.has_accents()) {
        let mut fits: Vec<usize> = Vec::new();
        let mut weak: Vec<usize> = Vec::new();
        for j in order.iter().copied() {
            let full = &nodes[j];
            if j == i || !full.has_accents() || conflict(plain, full) {
                continue;
            }
            let near = gap(plain.months, full.months).is_none_or(|gap| gap <= 24);
            if !keys[i].is_disjoint(&keys[j]) || (near && !houses[i].is_disjoint(&houses[j])) {
                fits.push(j);
                continue;
            }
            let shared = !plain.regions().is_disjoint(&full.regions());
            let high = plain.rank() == Rank::High && full.rank() == Rank::High;
            if shared || high {
                weak.push(j);
            }
        }
        match (fits.first(), &weak[..]) {
            (Some(best), _) => links.join(*best, i),
            (None, [only]) => links.join(*only, i),
            _ => {}
        }
    }
}

/// Foreign names that differ in their vowels alone, as all of a group do, are one where an office of a known state agrees at
/// nearly one time.
fn join_foreign_spellings(nodes: &[Node], links: &mut Links) {
    let keys: Vec<HashSet<String>> = nodes.iter().map(Node::keys).collect();
    let is_foreign = |node: &Node| !node.countries().is_empty() && !is_vietnamese(&node.exact);
    for (i, a) in nodes.iter().enumerate().filter(|(_, node)| is_foreign(node)) {
        for (j, b) in nodes.iter().enumerate().skip(i + 1).filter(|(_, node)| is_foreign(node)) {
            let near = gap(a.months, b.months).is_none_or(|gap| gap <= 36);
            if near && a.exact != b.exact && !keys[i].is_disjoint(&keys[j]) {
                links.join_surely(i, j);
            }
        }
    }
}

/// Foreign names that may be one are, where both held an office of a known state that one holds, at nearly one time.
fn join_foreign_names(nodes: &[Node], links: &mut Links) {
    let single = |node: &Node| -> HashSet<String> {
        let offices = node.definite().filter(|office| office.country.is_some() && office.is_single());
        if is_vietnamese(&node.exact) { HashSet::new() } else { offices.map(Office::key).collect() }
    };
    let keys: Vec<HashSet<String>> = nodes.iter().map(single).collect();
    for (i, a) in nodes.iter().enumerate() {
        for (j, b) in nodes.iter().enumerate().skip(i + 1) {
            let near = gap(a.months, b.months).is_some_and(|gap| gap <= SAME_OFFICE);
            if near && !keys[i].is_disjoint(&keys[j]) && may_be_one(&a.exact, &b.exact) {
                links.join_surely(i, j);
            }
        }
    }
}

/// Months between two who held one office, at most, before another of a like name may have followed.
const SAME_OFFICE: i32 = 12;

/// Whether two names differ in one syllable.
fn differ_by_one(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    a.len() == b.len() && a.iter().zip(&b).filter(|(x, y)| x != y).count() == 1
}
