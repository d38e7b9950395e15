//! The words of offices, from the table.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::place::Level;
use crate::words::{joined, words};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) former: Vec<String>,
    /// Words that only begin like one of these.
    pub(super) no_former: Vec<String>,
    pub(super) acting: Vec<String>,
    /// Right behind a role, it was just taken.
    pub(super) newly: Vec<String>,
    /// There, it is won and not yet held.
    pub(super) to_come: Vec<String>,
    pub(super) links: Vec<String>,
    pub(super) role: Vec<Role>,
    pub(super) same: HashMap<String, String>,
    /// What ministries and the departments of provinces are for, in English.
    fields: HashMap<String, String>,
    pub(super) parents: HashMap<String, String>,
    /// Words for a body at a rung: body, rung.
    pub(super) rungs: HashMap<String, (String, String)>,
    /// Assemblies whose members texts name by a role alone.
    pub(super) assembly: Vec<Assembly>,
    /// How many hold an office at one time.
    pub(super) bearers: Bearers,
    /// How the names of bodies begin that every province has.
    pub(super) local: Vec<String>,
    /// Of these, those that no district or commune has.
    pub(super) provincial: Vec<String>,
    /// Roles in a body that only a province's has: role, body.
    pub(super) provincial_roles: Vec<(String, String)>,
    /// Bodies that are named by their kind alone, and callings.
    pub(super) kinds: HashSet<String>,
    /// How the names of bodies end that there are once in the country.
    pub(super) one_of_a_kind: Vec<String>,
    /// How the names of bodies end whose people are known all over the country.
    pub(super) known_bodies: Vec<String>,
    /// Roles, and bodies, of a province whose people are.
    pub(super) known_roles: Vec<String>,
    pub(super) known_in_provinces: Vec<String>,
    /// How the names of bodies begin whose ministry may be left out.
    pub(super) under_ministries: Vec<String>,
    /// Those who serve the holder of an office, without accents: the office behind these words is not theirs.
    pub(super) servants: Vec<String>,
    /// Words for a part of a federal state.
    pub(super) federal: Vec<String>,
    /// Roles of those who serve a state in another one.
    pub(super) posted: Vec<String>,
    /// Phrases with their accents that hold words for places and name none: `hợp tác xã`.
    pub(super) no_place: Vec<String>,
    /// Words before the name of a place, by rung; with their accents where these tell them from others.
    pub(super) before: HashMap<String, Vec<String>>,
    /// The same without accents, as far as they are no other words then.
    pub(super) before_plain: HashMap<String, Vec<String>>,
    /// English words behind the name of a place.
    pub(super) behind: HashMap<String, String>,
    /// The name of a state by its others.
    pub(super) states: HashMap<String, String>,
}

/// An assembly whose members texts name by a role alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Assembly {
    /// Key of the role that stands alone.
    pub(super) bare: String,
    /// Key of the role in this assembly.
    pub(super) role: String,
    pub(super) body: String,
    /// What texts call it, without accents.
    pub(super) said: Vec<String>,
}

/// How many hold an office at one time, about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bearers {
    pub(super) province: u32,
    pub(super) district: u32,
    pub(super) commune: u32,
    pub(super) hamlet: u32,
    /// In a body that may be of any rung.
    pub(super) any: u32,
    /// In a body that is told by a part of its name.
    pub(super) body: u32,
    /// In a role without a body.
    pub(super) role: u32,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a column of the table")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Role {
    pub(super) key: String,
    pub(super) vi: String,
    pub(super) en: String,
    pub(super) forms: Vec<String>,
    #[serde(default)]
    pub(super) body: Option<String>,
    #[serde(default)]
    pub(super) alone: Option<String>,
    /// How many hold such a role at one time, where that is less than of any.
    #[serde(default)]
    pub(super) bearers: Option<u32>,
    #[serde(default)]
    pub(super) single: bool,
    #[serde(default)]
    pub(super) membership: bool,
    #[serde(default)]
    pub(super) abroad: bool,
    #[serde(default)]
    pub(super) whole: bool,
    #[serde(default)]
    pub(super) high: bool,
}

#[derive(Deserialize)]
struct Abroad {
    pub(super) states: Vec<String>,
    states_en: Vec<String>,
}

pub(super) struct Offices {
    pub(super) table: Table,
    /// Forms of roles by their first syllable, the longest first, with the place of the role.
    pub(super) roles: HashMap<String, Vec<(String, usize)>>,
    /// The same by their last syllable.
    pub(super) roles_behind: HashMap<String, Vec<(String, usize)>>,
    pub(super) by_key: HashMap<String, usize>,
    /// Bodies and what they belong to, in their one spelling.
    pub(super) parents: Vec<(String, String)>,
    /// Phrases that are replaced, by their first syllable, the longest first.
    pub(super) same: HashMap<String, Vec<(String, String)>>,
    /// Words for bodies at a rung, the same way.
    pub(super) rungs: HashMap<String, Vec<(String, String, Level)>>,
    /// Words for rungs without accents, by their first syllable.
    pub(super) plain: HashMap<String, Vec<(String, Level)>>,
    /// Names of states: lower-case words with accents, and the name without.
    pub(super) states: Vec<(Vec<String>, String)>,
    /// What a state is called, in Vietnamese where the table has that, by its name without accents.
    pub(super) state_names: HashMap<String, String>,
}

pub(crate) fn level(word: &str) -> Option<Level> {
    Some(match word {
        "province" => Level::Province,
        "district" => Level::District,
        "commune" => Level::Commune,
        "hamlet" => Level::Hamlet,
        _ => return None,
    })
}

pub(super) fn first(phrase: &str) -> String {
    phrase.split(' ').next().unwrap_or_default().to_owned()
}

pub(super) static OFFICES: LazyLock<Offices> = LazyLock::new(|| {
    let table: Table = rules::read("rules/offices.toml").expect("the table comes with the program");
    let abroad: Abroad = rules::read("rules/abroad.toml").expect("the table comes with the program");
    let mut roles: Vec<(String, usize)> = Vec::new();
    for (at, role) in table.role.iter().enumerate() {
        roles.extend(role.forms.iter().map(|form| (form.clone(), at)));
    }
    roles.sort_by_key(|(form, _)| std::cmp::Reverse(form.split(' ').count()));
    let mut roles_behind: HashMap<String, Vec<(String, usize)>> = HashMap::new();
    let mut by_first: HashMap<String, Vec<(String, usize)>> = HashMap::new();
    for (form, at) in roles {
        let last = form.rsplit(' ').next().unwrap_or(&form).to_owned();
        roles_behind.entry(last).or_default().push((form.clone(), at));
        by_first.entry(first(&form)).or_default().push((form, at));
    }
    let mut same: HashMap<String, Vec<(String, String)>> = HashMap::new();
    let of_fields = table.fields.iter().flat_map(|(field, ours)| {
        [
            (field.clone(), ours.clone()),
            (format!("ministry {field}"), format!("bo {ours}")),
            (format!("department {field}"), format!("so {ours}")),
            (format!("{field} department"), format!("so {ours}")),
        ]
    });
    let all: HashMap<String, String> = of_fields.chain(table.same.clone()).collect();
    for (from, to) in &all {
        same.entry(first(from)).or_default().push((from.clone(), to.clone()));
        // What is already spelt so stays: "bộ nông nghiệp" must not eat the head of the whole name.
        let whole = same.entry(first(to)).or_default();
        if !whole.iter().any(|(known, _)| known == to) {
            whole.push((to.clone(), to.clone()));
        }
    }
    let mut rungs: HashMap<String, Vec<(String, String, Level)>> = HashMap::new();
    for (from, (body, rung)) in &table.rungs {
        let rung = level(rung).unwrap_or(Level::Province);
        rungs.entry(first(from)).or_default().push((from.clone(), body.clone(), rung));
    }
    let syllables = |phrase: &str| phrase.split(' ').count();
    for forms in same.values_mut() {
        forms.sort_by_key(|(from, _)| (std::cmp::Reverse(syllables(from)), from.clone()));
    }
    for forms in rungs.values_mut() {
        forms.sort_by_key(|(from, ..)| (std::cmp::Reverse(syllables(from)), from.clone()));
    }
    let mut states: Vec<(Vec<String>, String)> = Vec::new();
    let mut state_names: HashMap<String, String> = HashMap::new();
    for name in abroad.states.iter().chain(&abroad.states_en) {
        let spelt = words(name);
        let one = table.states.get(name).unwrap_or(name);
        let plain = joined(&words(one));
        state_names.entry(plain.clone()).or_insert_with(|| one.clone());
        states.push((spelt.iter().map(|word| word.exact.clone()).collect(), plain));
    }
    states.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    let by_key = table.role.iter().enumerate().rev().map(|(at, role)| (role.key.clone(), at)).collect();
    let mut parents: Vec<(String, String)> =
        table.parents.iter().map(|(child, parent)| (child.replace(" va ", " "), parent.clone())).collect();
    parents.sort_unstable();
    parents.dedup();
    let mut plain: HashMap<String, Vec<(String, Level)>> = HashMap::new();
    for (rung, forms) in &table.before_plain {
        let rung = level(rung).unwrap_or(Level::Province);
        for form in forms {
            plain.entry(first(form)).or_default().push((form.clone(), rung));
        }
    }
    Offices { table, roles: by_first, roles_behind, by_key, parents, same, rungs, plain, states, state_names }
});
