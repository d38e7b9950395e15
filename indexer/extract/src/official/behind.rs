//! Positions behind a name: after a comma, a dash or a bracket, and behind words such as `giữ chức`.

use text::{is_vietnamese, slug};

use super::extent::{list, one};
use super::name::{begins_name_at, is_minister, is_other, is_place, names};
use super::table::{PATTERNS, POSITIONS};
use super::tenure::Held;
use super::{abroad, moved};

/// The positions behind a name; `held` where it has one in front of it.
pub(super) fn after(text: &str, held: bool) -> (Vec<Held>, usize) {
    let trimmed = text.trim_start();
    if let Some(rest) = trimmed.strip_prefix(['-', '–', '—', ',', '(', ':']) {
        let rest = rest.trim_start();
        let told = PATTERNS.life.find(trimmed).map_or(0, |told| told.end());
        // `ông A (áo trắng) - Chủ tịch UBND xã`: a bracket that tells no office.
        let aside = PATTERNS.aside.captures(trimmed).filter(|aside| one(&aside[1]).is_none());
        let rest = match aside {
            _ if told > 2 => &trimmed[told..],
            Some(aside) => &trimmed[aside[0].len()..],
            None => rest,
        };
        let table = &*POSITIONS;
        // `ông A, nay là Phó Chủ tịch HĐND huyện`
        let rest = PATTERNS.is.find(rest).map_or(rest, |is| &rest[is.end()..]);
        let rest = table.newly.iter().find_map(|word| rest.strip_prefix(word.as_str())).unwrap_or(rest);
        let begins = text.len() - rest.len();
        let (found, rest) = list(rest);
        let mut found: Vec<Held> =
            found.into_iter().map(|one| Held { at: moved(one, begins), linked: false }).collect();
        // `Ngoại trưởng A, nghị sĩ Holloway nói`
        found.retain(|held| !abroad::is_of_surname(&text[held.at.clone()]));
        // `Bộ trưởng A, Giám đốc khu vực Ngân hàng B Ann Lee, Chủ tịch Tập đoàn C Jane Roe`
        if held
            && let Some(theirs) =
                found.iter().position(|held| abroad::ends_with_stranger(&text[held.at.clone()]))
        {
            found.truncate(theirs);
        }
        let reached = text.len() - rest.len();
        // In a list of people the last position is that of the next one: `Chủ tịch A, Bí thư B, Giám đốc C`.
        let next = PATTERNS.lead.find(rest).map_or(rest, |word| &rest[word.end()..]);
        // `Tổng Bí thư A, nguyên Tổng Bí thư: B, C`
        let next = next.strip_prefix(": ").filter(|_| held || found.len() > 1).unwrap_or(next);
        let polite = PATTERNS.courtesy.find(next);
        let next = polite.map_or(next, |word| next[word.end()..].trim_start());
        // `Tổng tư lệnh Thống tướng Pol Saroeun`: a rank tells that it is a name.
        let ranked = polite.is_some_and(|word| word.as_str().trim_end().contains(' '))
            && PATTERNS.first_run.is_match(next)
            && !is_place(next);
        // `Tổng thống A, Cố vấn an ninh Mỹ, ông B nói`: of two who are named around it, who has none other.
        if held && found.len() == 1 && is_of_next(rest) {
            found.clear();
        }
        // What stands right before a name abroad is that of the name: `bà Naledi Pandor, Tổng thống Cyril Ramaphosa`.
        if abroad::name_behind(&text[..text.len() - next.len()], next).is_some() {
            found.pop();
        } else if begins_name_at(text, text.len() - next.len()) || ranked {
            let is_other = || is_minister(text, text.len() - next.len()) || is_other(&text[..reached], next);
            match found.len() {
                // The only position of a person is that person's: `ông A, Giám đốc Công ty Hạ Sơn`.
                1 if !held && !is_other() => return (found, reached),
                1 if !held => found.clear(),
                _ if held => found.clear(),
                _ => drop(found.pop()),
            }
        } else {
            // `ông A, Phó Giám đốc Sở Y tế, giữ chức Bí thư Huyện ủy`
            let made = rest.trim_start_matches([',', ')', ' ']);
            // Of whom nothing is told yet, `làm` alone tells no office: `bà A, người góp phần làm cựu Tổng thống mất chức`.
            let is_weak = |words: &str| {
                let before = |link: &String| words.trim_end().strip_suffix(link.as_str());
                table.weak_links.iter().filter_map(before).any(|before| before.ends_with(' '))
                    && !table.passive.iter().any(|word| words.contains(word.as_str()))
            };
            let given = |words: &str| !found.is_empty() || !is_weak(words);
            let more = linked(text, made, |words| !words.contains(char::is_uppercase) && given(words));
            found.extend(more);
        }
        return (found, 0);
    }
    // `ông A là Chủ tịch UBND xã`
    if let Some(is) = PATTERNS.is.find(text) {
        let (found, _) = list(&text[is.end()..]);
        if !found.is_empty() {
            let held = |one| Held { at: moved(one, is.end()), linked: true };
            return (found.into_iter().map(held).collect(), 0);
        }
    }
    (linked(text, trimmed, |_| true), 0)
}

/// Whether behind a comma somebody else is named, with a word of courtesy and with no office behind.
fn is_of_next(rest: &str) -> bool {
    let next = rest.strip_prefix(", ").unwrap_or_default();
    let Some(polite) = PATTERNS.courtesy.find(next) else { return false };
    let name = &next[polite.end()..];
    let Some(run) = PATTERNS.first_run.find(name) else { return name.starts_with(char::is_uppercase) };
    let behind = name[run.end()..].trim_start_matches([' ', ',', '-', '–', '(']);
    let apart = name[run.end()..].trim_start().starts_with([',', '-', '–', '(', ';']);
    let has_other = apart && one(behind).is_some() || PATTERNS.is.is_match(&name[run.end()..]);
    !has_other
}

/// The positions behind words such as `giữ chức` in the rest of a text, where the words up to them `fit`.
fn linked(text: &str, rest: &str, fit: impl Fn(&str) -> bool) -> Vec<Held> {
    let Some(link) = PATTERNS.link.find(rest).filter(|link| fit(link.as_str())) else { return Vec::new() };
    // Behind another's name it is the other's office, unless that one gave it.
    let passive = || POSITIONS.passive.iter().any(|word| rest.starts_with(word.as_str()));
    let foreign = |run: &str| run.split(' ').all(|word| !is_vietnamese(&slug(word)));
    let others = || {
        !names(link.as_str()).is_empty()
            || PATTERNS.run.find_iter(link.as_str()).any(|run| foreign(run.as_str()))
    };
    if !passive() && (others() || gives(link.as_str())) {
        return Vec::new();
    }
    let begins = text.len() - rest.len() + link.end();
    let (mut found, behind) = list(&rest[link.end()..]);
    // `được bầu làm Tổng thống Hạ Lan, Chủ tịch nước A đã gửi điện mừng`
    if found.len() > 1 && begins_name_at(text, text.len() - behind.len()) {
        found.pop();
    }
    found.into_iter().map(|one| Held { at: moved(one, begins), linked: true }).collect()
}

/// Whether words behind a name tell that its bearer gives an office to another: `trao quyết định phân công làm`.
fn gives(words: &str) -> bool {
    let table = &*POSITIONS;
    let given = |word: &String| words.match_indices(word.as_str()).map(|(at, _)| at).next();
    let Some(at) = table.gives.iter().filter_map(given).min() else { return false };
    !table.receives.iter().any(|word| words[..at].contains(word.as_str()))
}
