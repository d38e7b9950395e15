//! What people read for an office: of its wordings the one that names it wholly, else the most frequent with what that leaves
//! out.

use std::collections::BTreeMap;

use super::Office;
use super::Position;
use super::table::OFFICES;
use crate::place::{Level, district_name, province_name};

/// A way to write an office, in capitals or not.
struct Wording<'a> {
    /// The most frequent way.
    words: &'a str,
    often: u32,
    count: u32,
    /// What the words alone say.
    office: Office,
    /// They tell of it as held by somebody.
    is_now: bool,
}

impl Office {
    /// The label of an office that texts write in these ways, each with how often. Wordings in Vietnamese come before others,
    /// and none says that it is former: that belongs to a holding. `None` where there are no wordings.
    pub fn label(&self, wordings: &[(String, u32)]) -> Option<String> {
        let mut all: BTreeMap<String, Wording<'_>> = BTreeMap::new();
        for (words, count) in wordings {
            let wording = all.entry(words.to_lowercase()).or_insert_with(|| {
                let Position { office, former, acting } = Position::read(words, None);
                Wording { words, often: 0, count: 0, office, is_now: !former && !acting }
            });
            wording.count += count;
            if *count > wording.often {
                (wording.words, wording.often) = (words, *count);
            }
        }
        let best = all.values().max_by_key(|wording| {
            let is_whole = wording.office == *self;
            // `ĐBQH` is no name for who does not know it.
            let is_spelt_out = wording.words.contains(char::is_lowercase);
            // Of equals the first in the order of letters.
            let order = std::cmp::Reverse(wording.words);
            // `Giám đốc` of a theatre whose name stands in what only former ones are called by.
            let says_body = wording.office.body == self.body;
            (
                says_body,
                wording.is_now,
                is_whole,
                !wording.words.is_ascii(),
                is_spelt_out,
                wording.count,
                order,
            )
        })?;
        let words = if best.is_now { best.words } else { now(best.words) };
        let mut letters = words.chars();
        let mut label: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        label.push_str(letters.as_str());
        for (before, name) in self.missing(&best.office) {
            if !label.contains(name) {
                label.push_str(before);
                label.push_str(name);
            }
        }
        Some(label)
    }

    /// Names of what one reading of its words leaves out, each behind what joins it to the words before: its state, or its places
    /// from the lowest upwards.
    fn missing(&self, said: &Self) -> Vec<(&'static str, &'static str)> {
        if let Some(country) = self.country.as_deref().filter(|_| said.country.is_none()) {
            return OFFICES.state_names.get(country).map(|name| (" ", name.as_str())).into_iter().collect();
        }
        let (place, said) = (&self.place, &said.place);
        let province = place.province.as_deref().filter(|_| said.province.is_none()).and_then(province_name);
        let district = place.district.as_deref().filter(|_| said.district.is_none());
        let district = district.and_then(|slug| district_name(slug, place.province.as_deref()?));
        // `Chủ tịch UBND tỉnh Hạ Sơn`, `Chủ tịch UBND xã Khe Bến, Hạ Sơn`
        let joins = |rung: Level| if place.level.unwrap_or(Level::Province) == rung { " " } else { ", " };
        let district = district.map(|name| (joins(Level::District), name));
        district.into_iter().chain(province.map(|name| (joins(Level::Province), name))).collect()
    }
}

/// Words without those in front that tell of an office that is no longer held, or for the time being.
fn now(words: &str) -> &str {
    let table = &OFFICES.table;
    let mut rest = words;
    while let Some((first, behind)) = rest.split_once(' ') {
        let first = first.to_lowercase();
        let plain = text::slug(&first);
        if !table.former.contains(&first) && !table.acting.contains(&plain) {
            break;
        }
        rest = behind.trim_start();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Place;

    #[test]
    fn an_office_is_shown_by_the_words_that_name_it_wholly() {
        let check = |position: &str, near: Option<&str>, wordings: &[(&str, u32)], expected: &str| {
            let near = near.map(Place::province);
            let office = Position::read(position, near.as_ref()).office;
            let wordings: Vec<(String, u32)> =
                wordings.iter().map(|(words, count)| ((*words).to_owned(), *count)).collect();
            assert_eq!(office.label(&wordings).as_deref(), Some(expected), "{position}");
        };
        let minister = [
            ("Bộ trưởng", 50),
            ("nguyên Bộ trưởng Bộ Y tế", 9),
            ("Bộ trưởng Bộ Y tế", 3),
            ("Minister of Health", 8),
        ];
        check("Bộ trưởng Bộ Y tế", None, &minister, "Bộ trưởng Bộ Y tế");
        check("Minister of Health", None, &minister[3..], "Minister of Health");
        let spokesman = [("người phát ngôn Bộ Ngoại giao", 5), ("Người phát ngôn Bộ Ngoại giao", 4)];
        check("Người phát ngôn Bộ Ngoại giao", None, &spokesman, "Người phát ngôn Bộ Ngoại giao");
        check(
            "Giám đốc Sở Y tế Nghệ An",
            None,
            &[("nguyên Giám đốc Sở Y tế Nghệ An", 2)],
            "Giám đốc Sở Y tế Nghệ An",
        );
        let police = [("Giám đốc Công an tỉnh", 4), ("nguyên Giám đốc Công an tỉnh Lạng Sơn", 1)];
        check("Giám đốc Công an tỉnh", Some("Lạng Sơn"), &police, "Giám đốc Công an tỉnh Lạng Sơn");
        check(
            "Chủ tịch UBND huyện Anh Sơn",
            Some("Nghệ An"),
            &[("Chủ tịch UBND huyện", 4)],
            "Chủ tịch UBND huyện Anh Sơn, Nghệ An",
        );
        check(
            "Chủ tịch UBND xã Cát Tiến",
            Some("Bình Định"),
            &[("Chủ tịch UBND xã Cát Tiến", 4)],
            "Chủ tịch UBND xã Cát Tiến, Bình Định",
        );
        let member = [("ĐBQH", 9), ("Đại biểu Quốc hội", 2)];
        check("Đại biểu Quốc hội", None, &member, "Đại biểu Quốc hội");
        check("Tổng thống Brazil", None, &[("Tổng thống", 30), ("cựu Tổng thống", 3)], "Tổng thống Brazil");
        let theatre = [("Giám đốc", 6), ("cựu giám đốc Nhà hát Suối Khê", 3)];
        check("Giám đốc Nhà hát Suối Khê", None, &theatre, "Giám đốc Nhà hát Suối Khê");
        check("Tổng thống Hoa Kỳ", None, &[("Tổng thống", 30)], "Tổng thống Mỹ");
    }
}
