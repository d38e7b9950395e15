//! Which of the people of a name a mention means that is no part of the archive.

use std::collections::HashSet;

use text::slug;

use super::appearance::{Appearance, exact};
use super::foreign::may_be_one;
use super::proof::Holding;
use super::rarity::{BEARERS, RARE, frequency, is_vietnamese};
use crate::instrument::Known;
use crate::office::Office;

/// Which of the people of a name a mention means; each is given by the name that is shown and by the holdings.
pub fn resolve(appearance: &Appearance, known: &[(&str, Vec<&Holding>)]) -> Known {
    let is_plain = appearance.exact.is_ascii();
    let is_spelt = |at: usize| {
        let name = exact(known[at].0);
        name == appearance.exact || (is_plain || name.is_ascii()) && slug(&name) == slug(&appearance.exact)
    };
    let may_be = |at: usize| {
        let name = exact(known[at].0);
        !is_vietnamese(&name) && may_be_one(&name, &appearance.exact)
    };
    let alike: Vec<usize> = (0..known.len()).filter(|at| is_spelt(*at) || may_be(*at)).collect();
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
    let is_rare = BEARERS * frequency(&appearance.exact) < RARE;
    let steps: [&dyn Fn(&Office) -> bool; 4] = [
        &|office| keys.contains(&office.key()),
        &|office| houses.contains(&office.house()),
        &|office| {
            let has_role = office.role.as_deref().is_some_and(|role| roles.contains(role));
            // One of the Centre is named in texts about any place.
            let is_there = match &office.place.province {
                Some(_) => office.place.province == place,
                None => office.is_high() || is_rare,
            };
            has_role && definite.is_empty() && (place.is_none() || is_there)
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
        [only] if is_spelt(only) && place.is_none() && is_rare && definite.is_empty() => Known::Found(only),
        _ => Known::Ambiguous(alike),
    }
}
