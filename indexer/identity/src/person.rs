//! People: which mentions of one name stand for one person.
//!
//! Mentions in one office are one person's, and so are the offices that one text gives to one name. Offices of one house or
//! one place that follow each other, and high offices that do not overlap, are brought together as far as the name is rare
//! enough that no second bearer is likely. A spelling without accents meets the accented one where an office agrees.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use corpus::{Article, Span};
use extract::{Official, PartialDate, sentence};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use text::{Syllable, Syllables, slug};

use crate::instrument::Known;
use crate::office::{Office, Position};
use crate::place::{Level, Place};
use crate::ruling::{Ruling, rule};
use crate::rung::{Around, Placed, settle};
use crate::tally::by_frequency;

/// One position of a mention.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// The office.
    pub office: Office,
    /// Its words.
    pub words: String,
    /// The place comes from what the text is about, not from the words.
    pub guessed: bool,
    /// Told of as no longer held.
    pub former: bool,
    /// Held for the time being.
    pub acting: bool,
    /// When it was taken, where the text says so.
    pub since: Option<PartialDate>,
    /// When it was left.
    pub until: Option<PartialDate>,
}

/// A person named with positions in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Appearance {
    /// The name as written.
    pub name: String,
    /// Its syllables in lower case with their accents, one spelling each.
    pub exact: String,
    /// The positions.
    pub posts: Vec<Post>,
    /// The place that the text is about.
    pub near: Option<String>,
    /// When the text was published.
    pub published: Option<Date>,
    /// The text looks back: an earlier year stands in the sentence.
    pub retrospect: bool,
}

/// An appearance in a document; documents are numbered by the caller.
#[derive(Clone, Debug)]
pub struct Appeared {
    /// Number of its document.
    pub document: u32,
    /// What it tells.
    pub appearance: Appearance,
}

/// A person in an office, from evidence to evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holding {
    /// The office.
    pub office: Office,
    /// The words that most mentions use.
    pub words: String,
    /// First and last day of a text that names the holder in it.
    pub seen: Option<(Date, Date)>,
    /// When it began, where texts say so.
    pub since: Option<PartialDate>,
    /// When it ended.
    pub until: Option<PartialDate>,
    /// First day of a text that calls it a former one.
    pub former_from: Option<Date>,
    /// Mentions that call it held.
    pub held: u32,
    /// Mentions that call it former.
    pub former: u32,
    /// Most mentions call it held for the time being.
    pub acting: bool,
    /// Mentions by month of publication (year * 12 + month - 1), held ones alone: what overlapping holders are parted by.
    pub months: Vec<(i32, u32)>,
    /// Months of publication of the mentions that call it former; none in indexes of before.
    #[serde(default)]
    pub former_months: Vec<i32>,
    /// Places of the first and the last mention that prove it in the group that was decided.
    #[serde(skip)]
    pub first: usize,
    /// The last one.
    #[serde(skip)]
    pub last: usize,
}

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

impl Appearance {
    /// What a mention tells; `near` is the place that the text is about.
    pub fn of(official: &Official, article: &Article, near: Option<&Place>) -> Self {
        let text = article.text.as_str();
        let name = official.span.of(text);
        let published = article.published.map(|published| published.date);
        let around = Around { text, span: official.span, near };
        let read: Vec<Position> =
            official.positions.iter().map(|words| Position::read(words, None)).collect();
        let mut posts: Vec<Post> = Vec::with_capacity(official.positions.len());
        for (at, words) in official.positions.iter().enumerate() {
            let Position { mut office, former, acting } = read[at].clone();
            // A post names the place for those beside it: "Bí thư Tỉnh ủy Quảng Nam, Chủ tịch HĐND tỉnh".
            let others = read[..at].iter().rev().chain(&read[at + 1..]).map(|position| &position.office);
            let beside: Vec<&Place> =
                others.filter(|office| office.country.is_none()).map(|office| &office.place).collect();
            let guessed = settle(&mut office, words, &beside, around) == Placed::Guessed;
            let tenure = official.tenures.iter().find(|tenure| tenure.position == at);
            posts.push(Post {
                office,
                guessed,
                words: words.clone(),
                former: former || tenure.is_some_and(|tenure| tenure.ended),
                acting,
                since: tenure.and_then(|tenure| tenure.since),
                until: tenure.and_then(|tenure| tenure.until),
            });
        }
        Self {
            name: name.to_owned(),
            exact: exact(name),
            posts,
            near: near.and_then(Place::key),
            published,
            retrospect: looks_back(text, official.span, published),
        }
    }

    /// The group that it is decided in: the name without accents.
    pub fn group(&self) -> String {
        slug(&self.name)
    }
}

/// A name in lower case, each syllable in its one spelling.
fn exact(name: &str) -> String {
    let (mut all, mut next) = (Syllables::new(name), Syllable::default());
    let mut exact = String::new();
    while all.advance(&mut next) {
        if !exact.is_empty() {
            exact.push(' ');
        }
        exact.push_str(&next.exact);
    }
    exact
}

/// Whether the sentence speaks of an earlier year alone.
fn looks_back(text: &str, span: Span, published: Option<Date>) -> bool {
    let Some(published) = published else { return false };
    let here = sentence(text, span);
    let before = &text[here.start()..span.start()];
    let mut earlier = false;
    let mut digits = String::new();
    for c in before.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if digits.len() == 4
            && let Ok(year) = digits.parse::<i16>()
            && (1945..=2100).contains(&year)
        {
            if year >= published.year() {
                return false;
            }
            earlier = true;
        }
        digits.clear();
    }
    earlier
}

/// How frequent the parts of Vietnamese names are, a part in ten thousand: what a second bearer is likely by.
#[derive(Deserialize)]
struct Frequencies {
    /// Parts that are rarer than those of the table.
    other: u32,
    family: HashMap<String, u32>,
    middle: HashMap<String, u32>,
    given: HashMap<String, u32>,
}

static FREQUENCIES: LazyLock<Frequencies> =
    LazyLock::new(|| rules::read("rules/frequencies.toml").expect("the table comes with the program"));

/// People in public positions whom an archive may name, from the hamlet up.
const BEARERS: f64 = 60_000.0;
/// Those in high office.
const HIGH_BEARERS: f64 = 600.0;

/// Bearers of a name in office that are expected in the country, above which one is not known by it alone.
const RARE: f64 = 0.4;
/// The same, above which one is not known by it and a province.
const MANY: f64 = 4.0;

/// The share of people who bear a name.
fn frequency(exact: &str) -> f64 {
    let table = &*FREQUENCIES;
    let parts: Vec<&str> = exact.split(' ').collect();
    let share = |map: &HashMap<String, u32>, part: &str| {
        f64::from(map.get(part).copied().unwrap_or(table.other)) / 10_000.0
    };
    match parts[..] {
        [] => 1.0,
        [only] => share(&table.given, only),
        [family, given] => share(&table.family, family) * share(&table.given, given) * 0.1,
        [family, ref middle @ .., given] => {
            let middle = middle.iter().map(|part| share(&table.middle, part)).product::<f64>();
            share(&table.family, family) * middle * share(&table.given, given)
        }
    }
}

/// Mentions of a name in one office, or in one mention where the offices tell nothing.
struct Node {
    exact: String,
    members: Vec<usize>,
    offices: Vec<Office>,
    months: Option<(i32, i32)>,
    near: HashSet<String>,
}

fn month(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// How high an office stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Low,
    District,
    Province,
    High,
}

fn rank(office: &Office) -> Rank {
    let role = office.role.as_deref().unwrap_or_default();
    if office.country.is_some() {
        return Rank::Low;
    }
    if office.is_high() {
        return Rank::High;
    }
    let body = office.body.as_str();
    let of_centre = ["trung uong", "quoc hoi", "bo chinh tri", "chinh phu"];
    if of_centre.iter().any(|end| body.ends_with(end)) {
        return Rank::High;
    }
    match office.place.level {
        Some(Level::Province) => {
            let first = matches!(
                role,
                "bi-thu"
                    | "chu-tich"
                    | "pho-bi-thu"
                    | "pho-chu-tich"
                    | "pho-bi-thu-thuong-truc"
                    | "pho-chu-tich-thuong-truc"
            );
            if first && matches!(body, "ubnd" | "cap uy" | "hdnd") { Rank::High } else { Rank::Province }
        }
        Some(Level::District) => Rank::District,
        Some(_) => Rank::Low,
        None => Rank::Province,
    }
}

/// Brings together what one kind of evidence joins.
type Step<'a> = dyn Fn(&[Node], &mut Sets) + 'a;

/// What brings two mentions of a name together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// The same spelling in the same office.
    Office,
    /// The same spelling in one text.
    Text,
    /// A rare spelling, one syllable off a frequent one, in its office at its time.
    Misprint,
    /// A role without its body, which one bearer of the name holds then.
    BareRole,
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
        groups.entry(appeared.appearance.group()).or_default().push(at);
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
        all
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

fn joined(group: &[Appeared], bonds: &mut Vec<Joined>) -> Vec<Node> {
    let mut nodes = nodes(group);
    for node in &nodes {
        let both = node.members.windows(2).map(|both| (both[0], both[1]));
        bonds.extend(both.map(|(first, second)| Joined { first, second, by: Bond::Office }));
    }
    let steps: [(Bond, &Step<'_>); 7] = [
        (Bond::Office, &join_by_office),
        (Bond::Text, &|nodes, sets| join_by_text(group, nodes, sets)),
        (Bond::Misprint, &join_misprints),
        (Bond::BareRole, &join_bare_roles),
        (Bond::HouseOrPlace, &join_by_house_and_place),
        (Bond::Rare, &join_rare),
        (Bond::Unaccented, &join_plain),
    ];
    for (by, step) in steps {
        let mut sets = Sets::new(nodes.len());
        step(&nodes, &mut sets);
        let member = |node: usize| nodes[node].members[0];
        let found = sets.bonds.iter().map(|(a, b)| Joined { first: member(*a), second: member(*b), by });
        bonds.extend(found);
        nodes = merge(&nodes, &mut sets);
    }
    nodes
}

/// Mentions that share spelling and a definite office begin as one.
fn nodes(group: &[Appeared]) -> Vec<Node> {
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

impl Node {
    fn new(exact: &str) -> Self {
        Self {
            exact: exact.to_owned(),
            members: Vec::new(),
            offices: Vec::new(),
            months: None,
            near: HashSet::new(),
        }
    }

    /// Some mentions as one; the most frequent spelling with accents names them.
    fn of(group: &[Appeared], members: Vec<usize>) -> Self {
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

    fn definite(&self) -> impl Iterator<Item = &Office> {
        self.offices.iter().filter(|office| office.is_definite() && !office.is_membership())
    }

    fn keys(&self) -> HashSet<String> {
        self.definite().map(Office::key).collect()
    }

    fn houses(&self) -> HashSet<String> {
        self.definite().map(Office::house).collect()
    }

    fn rank(&self) -> Rank {
        self.offices.iter().map(rank).max().unwrap_or(Rank::Low)
    }

    fn provinces(&self) -> HashSet<&str> {
        self.offices.iter().filter_map(|office| office.place.province.as_deref()).collect()
    }

    /// Places that its texts are about count where its offices name none.
    fn regions(&self) -> HashSet<&str> {
        let named = self.provinces();
        if named.is_empty() { self.near.iter().map(String::as_str).collect() } else { named }
    }

    fn has_accents(&self) -> bool {
        !self.exact.is_ascii()
    }
}

/// Union and find.
struct Sets {
    parents: Vec<usize>,
    /// What was joined that was not one before.
    bonds: Vec<(usize, usize)>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parents: (0..count).collect(), bonds: Vec::new() }
    }

    fn find(&mut self, at: usize) -> usize {
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

    fn join(&mut self, first: usize, second: usize) {
        let (a, b) = (self.find(first), self.find(second));
        if a == b {
            return;
        }
        self.bonds.push((first, second));
        let (low, high) = (a.min(b), a.max(b));
        self.parents[high] = low;
    }
}

fn merge(nodes: &[Node], sets: &mut Sets) -> Vec<Node> {
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

/// Whether two spellings may be one name: alike, or one of them without accents.
fn spelt_alike(a: &str, b: &str) -> bool {
    a == b || a.is_ascii() || b.is_ascii()
}

/// Two definite offices of one key, in spellings that may be one.
fn join_by_office(nodes: &[Node], sets: &mut Sets) {
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
                    sets.join(*a, *b);
                }
            }
        }
    }
}

/// One text names one person by one spelling.
fn join_by_text(group: &[Appeared], nodes: &[Node], sets: &mut Sets) {
    let mut by_text: HashMap<(u32, &str), usize> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        for member in &node.members {
            let appeared = &group[*member];
            match by_text.get(&(appeared.document, appeared.appearance.exact.as_str())) {
                Some(other) => sets.join(*other, at),
                None => {
                    by_text.insert((appeared.document, appeared.appearance.exact.as_str()), at);
                }
            }
        }
    }
}

/// Months between two spans of time; 0 where they touch or overlap.
fn gap(a: Option<(i32, i32)>, b: Option<(i32, i32)>) -> Option<i32> {
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
fn overlap(a: Option<(i32, i32)>, b: Option<(i32, i32)>) -> i32 {
    match (a, b) {
        (Some((a, b)), Some((c, d))) => b.min(d) - a.max(c),
        _ => 0,
    }
}

/// Whether two sets of offices cannot be one person's: two provinces, or a province and the Centre, at the same time, or
/// ranks that nobody climbs in the time between.
fn conflict(a: &Node, b: &Node) -> bool {
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

/// A text that gives the bare role ("Bộ trưởng Tô Lâm") means whoever of that name holds such an office then.
fn join_bare_roles(nodes: &[Node], sets: &mut Sets) {
    for (i, bare) in nodes.iter().enumerate() {
        if bare.definite().next().is_some() {
            continue;
        }
        let is_common = BEARERS * frequency(&bare.exact) >= RARE;
        let mut fits: Vec<(i32, usize)> = Vec::new();
        for (j, full) in nodes.iter().enumerate() {
            if i == j || !spelt_alike(&bare.exact, &full.exact) || conflict(bare, full) {
                continue;
            }
            let mut same =
                full.definite().filter(|known| bare.offices.iter().any(|office| office.is_short_for(known)));
            let elsewhere = bare.regions().is_disjoint(&full.regions());
            // "Giám đốc Nguyễn Văn Hùng" in a text about another province is one of many.
            let told = same.any(|known| known.is_high() || !elsewhere || !is_common);
            let months = gap(bare.months, full.months).unwrap_or(12);
            if told && months <= 24 {
                fits.push((months + if elsewhere { 6 } else { 0 }, j));
            }
        }
        fits.sort_unstable();
        match fits[..] {
            [(_, only)] => sets.join(only, i),
            [(nearest, first), (second, _), ..] if second > nearest + 3 => sets.join(first, i),
            _ => {}
        }
    }
}

/// Offices in one house (`Thứ trưởng`, then `Bộ trưởng`), or at one place and rank, that do not stand years apart.
fn join_by_house_and_place(nodes: &[Node], sets: &mut Sets) {
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
                sets.join(i, j);
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

/// One house, or a house and what its name is cut to.
fn are_one_house(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short)
        .is_some_and(|rest| rest.is_empty() || (rest.starts_with('-') && short.matches('-').count() >= 2))
}

/// Names so rare that a second bearer in office is unlikely, and high offices that follow one another.
fn join_rare(nodes: &[Node], sets: &mut Sets) {
    for (i, a) in nodes.iter().enumerate() {
        let expected = BEARERS * frequency(&a.exact);
        let high = HIGH_BEARERS * frequency(&a.exact);
        // Papers of the country name few people of others, and hardly two of one name.
        let is_foreign = a.exact.contains(' ') && !is_vietnamese(&a.exact);
        for (j, b) in nodes.iter().enumerate().skip(i + 1) {
            if is_foreign && a.exact == b.exact && gap(a.months, b.months).is_none_or(|gap| gap <= 96) {
                sets.join(i, j);
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
            let likely = match (shared, apart) {
                (true, _) => expected < MANY,
                (false, true) => expected < 0.1,
                (false, false) => expected < RARE,
            };
            let both_high = a.rank() == Rank::High && b.rank() == Rank::High;
            let follows =
                gap(a.months, b.months).is_some_and(|gap| gap > 0 || overlap(a.months, b.months) == 0);
            if likely || (both_high && high < 0.5 && follows) {
                sets.join(i, j);
            }
        }
    }
}

/// A rare spelling that differs by one mark is a misprint of the frequent one where an office agrees at nearly one time.
fn join_misprints(nodes: &[Node], sets: &mut Sets) {
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
            sets.join(best, i);
        }
    }
}

/// Spellings without accents meet the accented one where an office or a house agrees, else the only one of its rank and region.
fn join_plain(nodes: &[Node], sets: &mut Sets) {
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
            (Some(best), _) => sets.join(*best, i),
            (None, [only]) => sets.join(*only, i),
            _ => {}
        }
    }
}

/// Whether two names differ in one syllable.
fn differ_by_one(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    a.len() == b.len() && a.iter().zip(&b).filter(|(x, y)| x != y).count() == 1
}

/// Puts people into an order that does not depend on that of mentions: the most mentioned first.
fn in_order(nodes: &mut [Node]) {
    nodes.sort_by_key(|node| (std::cmp::Reverse(node.members.len()), node.members.iter().min().copied()));
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

/// The offices of one person that texts name wholly: what short wordings of others are completed from.
struct Completion {
    /// Office, how often, and first and last month.
    offices: Vec<(Office, u32, (i32, i32))>,
    /// States whose offices the person holds.
    countries: Vec<(String, u32)>,
    /// Mentions of such offices without a state.
    bare: u32,
    vietnamese: bool,
}

impl Completion {
    fn new(group: &[Appeared], node: &Node) -> Self {
        let mut offices: Vec<(Office, u32, (i32, i32))> = Vec::new();
        let mut countries: Vec<(String, u32)> = Vec::new();
        let mut bare = 0;
        for member in &node.members {
            let appearance = &group[*member].appearance;
            let when = appearance.published.map_or(0, month);
            for post in &appearance.posts {
                if let Some(country) = &post.office.country {
                    match countries.iter_mut().find(|(known, _)| known == country) {
                        Some((_, count)) => *count += 1,
                        None => countries.push((country.clone(), 1)),
                    }
                }
                bare += u32::from(post.office.may_be_abroad());
                if !post.office.is_definite() || post.guessed || post.office.may_be_abroad() {
                    continue;
                }
                match offices.iter_mut().find(|(known, ..)| *known == post.office) {
                    Some((_, count, (first, last))) => {
                        *count += 1;
                        *first = when.min(*first);
                        *last = when.max(*last);
                    }
                    None => offices.push((post.office.clone(), 1, (when, when))),
                }
            }
        }
        countries.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
        Self { offices, countries, bare, vietnamese: is_vietnamese(&node.exact) }
    }

    /// The office of a post, completed from what other texts say of the same person.
    fn settled(&self, post: &Post, appearance: &Appearance) -> Office {
        let office = &post.office;
        if !self.vietnamese && office.country.is_none() && !office.is_local() {
            return office.abroad(self.countries.first().map_or("abroad", |(country, _)| country));
        }
        if office.may_be_abroad() {
            // "Thủ tướng" beside somebody who is elsewhere called Thủ tướng Nhật Bản.
            // A stray word makes nobody a foreigner.
            let enough = |count: u32| count * 2 >= self.bare;
            if let Some((country, _)) = self.countries.first().filter(|(_, count)| enough(*count)) {
                return office.abroad(country);
            }
        }
        if office.is_definite() && !post.guessed {
            return office.clone();
        }
        let when = appearance.published.map(month);
        let fits = self.offices.iter().filter(|(known, ..)| {
            known.role == office.role
                && (office.body.is_empty()
                    || known.body == office.body
                    || known.body.starts_with(&format!("{} ", office.body)))
                && (office.place.level.is_none() || known.place.level == office.place.level)
        });
        let distance = |span: &(i32, i32)| when.map_or(0, |when| (span.0 - when).max(when - span.1).max(0));
        let best = fits.min_by_key(|(_, count, span)| (distance(span), std::cmp::Reverse(*count)));
        best.filter(|(.., span)| distance(span) <= 36)
            .map_or_else(|| office.clone(), |(known, ..)| known.clone())
    }
}

/// Whether a name begins as Vietnamese ones do.
fn is_vietnamese(exact: &str) -> bool {
    let first = exact.split(' ').next().unwrap_or_default();
    FREQUENCIES.family.contains_key(first) || FREQUENCIES.family.keys().any(|family| slug(family) == first)
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

/// Which of the people of a name a mention means; each is given by the name that is shown and by the holdings.
pub fn resolve(appearance: &Appearance, known: &[(&str, Vec<&Holding>)]) -> Known {
    let spelt = |name: &str| {
        let name = exact(name);
        name == appearance.exact || appearance.exact.is_ascii() || name.is_ascii()
    };
    let alike: Vec<usize> = (0..known.len()).filter(|at| spelt(known[*at].0)).collect();
    if alike.is_empty() {
        return Known::Unknown;
    }
    let held =
        |at: usize, fits: &dyn Fn(&Office) -> bool| known[at].1.iter().any(|holding| fits(&holding.office));
    let definite: Vec<&Office> =
        appearance.posts.iter().map(|post| &post.office).filter(|office| office.is_definite()).collect();
    // The office itself, then its house, then its role and the place.
    let keys: HashSet<String> = definite.iter().map(|office| office.key()).collect();
    let houses: HashSet<String> = definite.iter().map(|office| office.house()).collect();
    let roles: HashSet<&str> =
        appearance.posts.iter().filter_map(|post| post.office.role.as_deref()).collect();
    let place =
        definite.iter().find_map(|office| office.place.province.clone()).or_else(|| appearance.near.clone());
    let steps: [&dyn Fn(&Office) -> bool; 4] = [
        &|office| keys.contains(&office.key()),
        &|office| houses.contains(&office.house()),
        &|office| {
            office.role.as_deref().is_some_and(|role| roles.contains(role))
                && (definite.is_empty() && (place.is_none() || office.place.province == place))
        },
        &|office| place.is_some() && office.place.province == place,
    ];
    for step in steps {
        let fitting: Vec<usize> = alike.iter().copied().filter(|at| held(*at, step)).collect();
        match fitting[..] {
            [] => {}
            [only] => return Known::Found(only),
            _ => return Known::Ambiguous(fitting),
        }
    }
    // Somebody of that name is known, in other offices: that says little of who is meant, and in a text of another place less.
    match alike[..] {
        [only] if place.is_none() && BEARERS * frequency(&appearance.exact) < RARE && definite.is_empty() => {
            Known::Found(only)
        }
        _ => Known::Ambiguous(alike),
    }
}

/// A position of a mention.
struct Proof<'a> {
    /// Place of the mention in the group.
    at: usize,
    document: u32,
    appearance: &'a Appearance,
    post: &'a Post,
}

fn holding(office: Office, proofs: &[Proof<'_>]) -> Holding {
    let held = || proofs.iter().filter(|proof| !proof.post.former);
    let former = || proofs.iter().filter(|proof| proof.post.former);
    // A text that calls it a former office once looks back where it leaves the word out.
    let over: HashSet<u32> = former().map(|proof| proof.document).collect();
    let looks_back = |proof: &Proof<'_>| proof.appearance.retrospect || over.contains(&proof.document);
    let mut months: BTreeMap<i32, u32> = BTreeMap::new();
    let mut seen: Option<(Date, Date)> = None;
    for proof in held().filter(|proof| !looks_back(proof)) {
        let Some(day) = proof.appearance.published else { continue };
        *months.entry(month(day)).or_default() += 1;
        seen = Some(seen.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
    }
    let stated = |of: fn(&Post) -> Option<PartialDate>| {
        let all: Vec<PartialDate> = proofs.iter().filter_map(|proof| of(proof.post)).collect();
        crate::instrument::most_exact(&all)
    };
    let since = stated(|post| post.since);
    let until = stated(|post| post.until);
    // An election proves nothing before it.
    if let (Some(since), Some((first, last))) = (since, &mut seen)
        && *first < since.first_day()
        && since.first_day() <= *last
    {
        *first = since.first_day();
    }
    let former_from = former().filter_map(|proof| proof.appearance.published).min();
    let former_months: BTreeSet<i32> =
        former().filter_map(|proof| proof.appearance.published).map(month).collect();
    let acting = proofs.iter().filter(|proof| proof.post.acting).count() * 2 > proofs.len();
    // Mentions that call it held prove it, those of its own time where there are any; else those that call it former.
    let of_its_time: Vec<&Proof<'_>> = held().filter(|proof| !looks_back(proof)).collect();
    let proving: Vec<&Proof<'_>> = match (of_its_time.is_empty(), held().next().is_some()) {
        (false, _) => of_its_time,
        (true, true) => held().collect(),
        (true, false) => former().collect(),
    };
    let when = |proof: &&&Proof<'_>| (proof.appearance.published.unwrap_or(Date::MAX), proof.at);
    let first = proving.iter().min_by_key(when).map_or(0, |proof| proof.at);
    let dated = || proving.iter().filter(|proof| proof.appearance.published.is_some());
    let last = dated().max_by_key(when).map_or(first, |proof| proof.at);
    Holding {
        office,
        words: by_frequency(proofs.iter().map(|proof| proof.post.words.as_str())).swap_remove(0).0,
        seen,
        since,
        until,
        former_from,
        held: held().count() as u32,
        former: former().count() as u32,
        acting,
        months: months.into_iter().collect(),
        former_months: former_months.into_iter().collect(),
        first,
        last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn appeared(document: u32, name: &str, position: &str, published: &str) -> Appeared {
        let Position { office, former, acting } = Position::read(position, None);
        let post = Post {
            office,
            words: position.to_owned(),
            guessed: false,
            former,
            acting,
            since: None,
            until: None,
        };
        let appearance = Appearance {
            name: name.to_owned(),
            exact: exact(name),
            posts: vec![post],
            near: None,
            published: published.parse().ok(),
            retrospect: false,
        };
        Appeared { document, appearance }
    }

    #[test]
    fn who_bears_a_rare_family_name_holds_no_office_abroad() {
        let check = |name: &str, expected: &str| {
            let group = [appeared(0, name, "Phó Chủ tịch Quốc hội", "2019-01-01")];
            assert_eq!(decide(&group, &[]).people[0].holdings[0].office.key(), expected, "{name}");
        };
        check("Uông Văn Suối", "pho-chu-tich.quoc-hoi");
        check("Tòng Thị Suối", "pho-chu-tich.quoc-hoi");
        check("Doãn Văn Suối", "pho-chu-tich.quoc-hoi");
        check("Nông Văn Suối", "pho-chu-tich.quoc-hoi");
        check("Donald Stone", "pho-chu-tich.quoc-hoi.abroad");
    }

    #[test]
    fn a_person_is_shown_by_the_right_spelling_and_proved_by_texts_of_the_time() {
        let check = |names: &[&str], expected: &str| {
            let group: Vec<Appeared> = (0..)
                .zip(names)
                .map(|(document, name)| appeared(document, name, "Chủ tịch UBND tỉnh Nghệ An", "2019-01-01"))
                .collect();
            assert_eq!(decide(&group, &[]).people[0].name, expected, "{names:?}");
        };
        check(&["Tran Van Suoi", "Tran Van Suoi", "Trần Văn Suối"], "Trần Văn Suối");
        check(&["TRẦN VĂN SUỐI", "TRẦN VĂN SUỐI", "Trần Văn Suối"], "Trần Văn Suối");
        check(&["John Stone", "John Stone", "Jòhn Stone"], "John Stone");

        let office = "Chủ tịch UBND tỉnh Nghệ An";
        let mut group = vec![
            appeared(0, "Trần Văn Suối", office, "2019-01-01"),
            appeared(1, "Trần Văn Suối", office, "2020-01-01"),
            appeared(2, "Trần Văn Suối", office, "2023-01-01"),
        ];
        group[2].appearance.retrospect = true;
        let held = &decide(&group, &[]).people[0].holdings[0];
        assert_eq!((held.first, held.last), (0, 1));
        assert_eq!(held.seen.map(|(_, last)| last.to_string()).as_deref(), Some("2020-01-01"));
    }

    #[test]
    fn people_of_one_name_are_told_apart_by_office_place_and_time() {
        // For each mention the number of the person; the most mentioned is 0.
        let check = |why: &str, rows: &[(u32, &str, &str, &str)], expected: &[usize]| {
            let group: Vec<Appeared> = rows
                .iter()
                .map(|(document, name, position, day)| appeared(*document, name, position, day))
                .collect();
            assert_eq!(decide(&group, &[]).whom, expected, "{why}");
        };
        let common = "Nguyễn Văn Hùng";
        check(
            "one office in two wordings",
            &[
                (0, common, "Chủ tịch UBND TP Đà Nẵng", "2019-01-01"),
                (1, common, "Chủ tịch thành phố Đà Nẵng", "2020-01-01"),
            ],
            &[0, 0],
        );
        check(
            "two provinces at one time",
            &[
                (0, common, "Giám đốc Sở Y tế Nghệ An", "2019-01-01"),
                (1, common, "Giám đốc Sở Y tế Cà Mau", "2019-02-01"),
            ],
            &[0, 1],
        );
        check(
            "one text names one person by one name",
            &[
                (0, common, "Giám đốc Sở Y tế Nghệ An", "2019-01-01"),
                (0, common, "Thứ trưởng Bộ Y tế", "2019-01-01"),
            ],
            &[0, 0],
        );
        check(
            "a deputy who becomes the head of the same house",
            &[
                (0, common, "Thứ trưởng Bộ Y tế", "2017-01-01"),
                (1, common, "Bộ trưởng Bộ Y tế", "2019-01-01"),
            ],
            &[0, 0],
        );
        check(
            "a body in other words",
            &[
                (0, common, "Giám đốc Công ty TNHH Khe Bến Thượng Sơn", "2019-01-01"),
                (1, common, "Giám đốc Cty Khe Bến Thượng Sơn", "2019-06-01"),
            ],
            &[0, 0],
        );
        check(
            "what companies' names share tells nothing",
            &[
                (0, common, "Giám đốc Công ty TNHH Khe Bến", "2019-01-01"),
                (1, common, "Giám đốc Công ty TNHH Đá Mài", "2019-06-01"),
            ],
            &[0, 1],
        );
        check(
            "a foreign name in other words of one post, and in another post",
            &[
                (0, "Josef Hallbach", "người phát ngôn Bộ Ngoại giao Đức", "2019-01-01"),
                (1, "Josef Hallbach", "Đặc phái viên của Đức", "2019-06-01"),
                (2, "Josef Hallbach", "Tổng giám đốc Tổ chức Nước sạch Thế giới", "2021-06-01"),
            ],
            &[0, 0, 0],
        );
        check(
            "another accent is another name",
            &[
                (0, "Phạm Văn Đồng", "Thủ tướng Chính phủ", "1980-01-01"),
                (1, "Phạm Văn Đông", "Cục trưởng Cục Thú y", "2017-01-01"),
            ],
            &[0, 1],
        );
        check(
            "a spelling without accents meets the accented one where an office agrees",
            &[
                (0, "Phạm Văn Đồng", "Chủ tịch UBND tỉnh Nghệ An", "2019-01-01"),
                (1, "Pham Van Dong", "Chairman of the People's Committee of Nghe An province", "2019-03-01"),
            ],
            &[0, 0],
        );
        check(
            "nobody is chairman of a commune and minister in one year",
            &[
                (0, "Lê Thanh Liêm", "Chủ tịch UBND xã Thạnh Phong (Bến Tre)", "2019-01-01"),
                (1, "Lê Thanh Liêm", "Bộ trưởng Bộ Y tế", "2019-06-01"),
            ],
            &[0, 1],
        );
    }

    #[test]
    fn what_brings_mentions_together_and_keeps_people_apart_is_told() {
        let check =
            |rows: &[(u32, &str, &str, &str)], bonds: &[(usize, usize, Bond)], against: &[(usize, usize)]| {
                let group: Vec<Appeared> = rows
                    .iter()
                    .map(|(document, name, position, day)| appeared(*document, name, position, day))
                    .collect();
                let (people, joined, apart) = explain(&group, &[]);
                assert_eq!(people.whom, decide(&group, &[]).whom);
                let joined: Vec<_> = joined.iter().map(|one| (one.first, one.second, one.by)).collect();
                assert_eq!((joined.as_slice(), apart.as_slice()), (bonds, against), "{rows:?}");
            };
        let common = "Nguyễn Văn Hùng";
        check(
            &[
                (0, common, "Giám đốc Sở Y tế Nghệ An", "2019-01-01"),
                (1, common, "Giám đốc Sở Y tế Nghệ An", "2019-03-01"),
                (2, common, "Giám đốc Sở Y tế Cà Mau", "2019-02-01"),
                (3, common, "Giám đốc Sở Y tế Cà Mau", "2019-06-01"),
                (4, common, "Giám đốc Sở Y tế Nghệ An", "2019-06-01"),
            ],
            &[(0, 1, Bond::Office), (1, 4, Bond::Office), (2, 3, Bond::Office)],
            &[(0, 1)],
        );
        check(
            &[
                (0, common, "Thứ trưởng Bộ Y tế", "2017-01-01"),
                (1, common, "Bộ trưởng Bộ Y tế", "2019-01-01"),
            ],
            &[(0, 1, Bond::HouseOrPlace)],
            &[],
        );
        check(
            &[
                (0, "Phạm Văn Đồng", "Chủ tịch UBND tỉnh Nghệ An", "2019-01-01"),
                (1, "Pham Van Dong", "Chairman of the People's Committee of Nghe An province", "2019-03-01"),
            ],
            &[(0, 1, Bond::Unaccented)],
            &[],
        );
    }

    #[test]
    fn what_people_decide_goes_before_the_evidence() {
        let check = |why: &str, rows: &[(u32, &str, &str, &str)], same: bool, expected: &[usize]| {
            let group: Vec<Appeared> = rows
                .iter()
                .map(|(document, name, position, day)| appeared(*document, name, position, day))
                .collect();
            // The first mention and the last.
            let ruling = Ruling { decision: 1, same, first: vec![0], second: vec![rows.len() - 1] };
            let (people, bonds, against) = explain(&group, std::slice::from_ref(&ruling));
            assert_eq!(people.whom, expected, "{why}");
            assert_eq!(decide(&group, &[ruling]).whom, expected, "{why}");
            let ends = (people.whom[0], people.whom[rows.len() - 1]);
            assert_eq!(bonds.iter().any(|bond| bond.by == Bond::Decided), same, "{why}");
            assert!(same || against.contains(&ends) || against.contains(&(ends.1, ends.0)), "{why}");
        };
        let name = "Nguyễn Văn Hùng";
        let here = "Giám đốc Sở Y tế Nghệ An";
        let there = "Giám đốc Sở Y tế Cà Mau";
        let two =
            [(0, name, here, "2019-01-01"), (1, name, here, "2019-02-01"), (2, name, there, "2019-02-01")];
        check("two of two provinces are one", &two, true, &[0, 0, 0]);
        check("they stay two", &two, false, &[0, 0, 1]);
        check(
            "one of two texts is another; a third goes with the one of its office",
            &[
                (0, name, here, "2019-01-01"),
                (1, name, here, "2019-02-01"),
                (2, name, here, "2019-07-01"),
                (3, name, here, "2019-08-01"),
            ],
            false,
            &[0, 0, 1, 1],
        );
        check(
            "two names, one person",
            &[(0, name, here, "2019-01-01"), (1, "Thích Minh Hải", "Đại biểu Quốc hội", "2019-02-01")],
            true,
            &[0, 0],
        );
    }
}
