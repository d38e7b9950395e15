//! What a number measures, put together from the words around it and from what the number before measured.

use std::sync::LazyLock;

use super::indicator;
use super::link;
use super::noun::noun_vi;
use super::number::Kind;
use super::sentence::REACH;
use super::table::{phrases, units};
use crate::Figure;
use crate::pattern::Pattern;

/// The words around a number.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the number, and any may be said")]
pub(super) struct Words<'t> {
    pub(super) after: &'t str,
    /// In front of it: behind the last break, and the last that there are.
    pub(super) front: (String, String),
    /// What the number before in the same sentence measures.
    pub(super) inherited: Option<String>,
    /// What stands in front has what is counted: `huyện có 27 đơn vị`.
    pub(super) is_held: bool,
    /// The number is a whole of which a part is told: `trong số 30 dự án`.
    pub(super) is_out_of: bool,
    /// The words in front only point back to what was measured before: `chỉ số này`.
    pub(super) points_back: bool,
    /// The number before, in the same sentence, has the same unit.
    pub(super) goes_on: bool,
    /// The number is money, and the one before none: `xuất khẩu đạt 4 triệu tấn, trị giá 2 tỷ USD`.
    pub(super) is_price: bool,
    /// The number before counts things and is no measure.
    pub(super) counts_other: bool,
    /// The number is the share of the count before it.
    pub(super) is_share: bool,
    /// The number ends a range.
    pub(super) in_range: bool,
    /// The number is what the one before has become: `from 14 units to 13 units`.
    pub(super) continues: bool,
    /// The next number and its words, where one phrase belongs to both: `1 collective and 1 individual with …`.
    pub(super) shared: Option<&'t str>,
}

impl Words<'_> {
    /// What the number measures.
    pub(super) fn indicator(
        &self,
        kind: Kind,
        counted: Option<Counted>,
        unit: Option<&str>,
        change: bool,
    ) -> Option<String> {
        let (near, any) = (&self.front.0, &self.front.1);
        let said = |words: String| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
        let or_any = || said(any.clone()).or_else(|| said(self.behind()));
        let near_or_before = || match self.inherited.clone() {
            Some(inherited)
                if near.is_empty() || is_place(near) || self.goes_on && indicator::is_name(near) =>
            {
                Some(inherited)
            }
            Some(inherited) if self.relates(&inherited) => Some(self.of(&inherited)),
            _ => said(near.clone()).or_else(or_any),
        };
        match kind {
            _ if self.in_range || self.continues => self.inherited.clone().or_else(or_any),
            Kind::Plain if self.is_out_of && counted == Some(Counted::Measure) => {
                said(indicator::back(self.beyond_unit())).or_else(near_or_before)
            }
            Kind::Percent if self.is_share && !change => {
                self.inherited.clone().or_else(|| self.percent(near_or_before))
            }
            Kind::Percent if !change => self.percent(near_or_before),
            Kind::Rank => {
                let subject = link::ranked(near).to_owned();
                if let Some(about) = self.field().map(indicator::back).and_then(said) {
                    return Some(about);
                }
                if indicator::count(&subject) > 1 || self.inherited.is_none() && !subject.is_empty() {
                    return Some(subject);
                }
                self.inherited.clone().or_else(|| said(self.behind())).or_else(or_any)
            }
            Kind::Percent => {
                if let Some(changed) = self.changed().map(indicator::back).and_then(said) {
                    return Some(changed);
                }
                // `; giảm 40% lượng giống`
                if near.is_empty() && indicator::begins_with(&phrases().heads, self.after.trim_start()) {
                    return said(self.behind()).or_else(near_or_before);
                }
                let about = phrases().about(self.after).map(indicator::back).and_then(said);
                match (about, near_or_before()) {
                    // `tăng 23,1% về lượng`
                    (Some(about), Some(whole)) if indicator::count(&about) <= 2 && !self.names_whole() => {
                        Some(format!("{whole} {about}"))
                    }
                    (about, whole) => about.or(whole),
                }
            }
            Kind::Plain if unit == Some("places") => self.inherited.clone().or_else(or_any),
            Kind::Plain if counted == Some(Counted::Measure) => {
                let words = near_or_before().filter(|words| {
                    // `trên địa bàn huyện còn 13 ha đất trồng lúa`
                    let holds =
                        indicator::begins_with(&phrases().places, words) && !self.substance().is_empty();
                    !(is_place(words) || self.is_held && holds)
                });
                let money = unit.is_some_and(|unit| unit.starts_with("VND") || unit.starts_with("USD"));
                if money && let Some(given) = self.given() {
                    return Some(given);
                }
                if near.is_empty() && any.is_empty() && self.inherited.is_none() {
                    return said(indicator::back(self.beyond_unit()));
                }
                // `14 tỷ quả trứng và 1,1 triệu tấn sữa`: a measure of its own.
                if near.is_empty() && !money && self.counts_other && !self.substance().is_empty() {
                    return said(self.substance());
                }
                match words {
                    // `trồng 450 ha rừng`
                    Some(words) if !money && indicator::count(&words) <= 3 => {
                        Some(format!("{words} {}", self.substance()).trim().to_owned())
                    }
                    words => words.or_else(|| said(self.behind())),
                }
            }
            // `400 con/năm`
            Kind::Plain if unit.is_some_and(|unit| unit.contains('/')) => near_or_before(),
            Kind::Plain => {
                // `chỉ số này tăng từ 57 điểm`
                if self.points_back && indicator::count(&self.behind()) <= 1 {
                    return self.inherited.clone();
                }
                let counted = self.outcome().unwrap_or_else(|| self.count(unit.unwrap_or_default()));
                said(counted).or_else(|| self.inherited.clone())
            }
        }
    }

    /// Whether the words in front only say what was done with what was counted before, in the same unit, or how much of it
    /// there is: `phát hiện 40 vụ, khởi tố 30 vụ`, `900 dự án với tổng công suất 40 MWp`.
    fn is_of_these(&self, inherited: &str, unit: &str) -> bool {
        let near: Vec<&str> = self.front.0.split_whitespace().collect();
        phrases().results.make_up(&near) && inherited.to_lowercase().contains(&unit.to_lowercase())
            || phrases().worths.make_up(&near) && !indicator::begins_with(&phrases().heads, inherited)
    }

    /// Whether the words in front only say how much of what the number before measured there is: `55 dự án, trị giá 30 tỷ`.
    fn relates(&self, inherited: &str) -> bool {
        let near: Vec<&str> = self.front.0.split_whitespace().collect();
        let is_worth = self.is_price && !indicator::begins_with(&phrases().yields, inherited);
        phrases().results.make_up(&near) && self.substance().is_empty()
            || phrases().worths.make_up(&near)
                && (is_worth || !indicator::begins_with(&phrases().heads, inherited))
            || phrases().yields.make_up(&near) && indicator::begins_with(&phrases().yields, inherited)
    }

    /// The words in front with what the number before measured.
    fn of(&self, inherited: &str) -> String {
        // `bán ra 8 tấn, năm sau bán ra 9 tấn`
        if inherited.to_lowercase().starts_with(&self.front.0.to_lowercase()) {
            return inherited.to_owned();
        }
        let lead = [&phrases().yields, &phrases().worths];
        let lead = lead.into_iter().find_map(|table| indicator::length(table, inherited)).unwrap_or_default();
        let rest: Vec<&str> = inherited.split_whitespace().skip(lead).collect();
        format!("{} {}", self.front.0, rest.join(" ")).trim().to_owned()
    }

    /// What money was given for, or what it is, where that stands behind it: `hỗ trợ 56 triệu đồng chi phí tiền điện`.
    fn given(&self) -> Option<String> {
        let near = &self.front.0;
        let words: Vec<&str> = near.split_whitespace().collect();
        let small: Vec<_> = words.iter().map(|word| crate::pattern::lower(word)).collect();
        let giving = phrases().giving.end(&small);
        let headed = indicator::begins_with(&phrases().heads, near);
        // `collected 300 trillion VND (14 billion USD) in budget revenue`
        let behind = beyond_bracket(self.beyond_unit());
        let lead = indicator::length(&phrases().purposes, behind);
        let purpose =
            behind.trim_start().splitn(lead.unwrap_or_default() + 1, ' ').last().unwrap_or_default();
        let said = indicator::back(purpose);
        match giving {
            Some(length) if indicator::count(&said) > 1 && (length == words.len() || !headed) => {
                Some(format!("{} {said}", words[words.len() - length..].join(" ")))
            }
            _ if lead.is_none()
                && !near.is_empty()
                && !headed
                && indicator::begins_with(&phrases().heads, behind) =>
            {
                Some(said)
            }
            _ => None,
        }
    }

    /// Those whom the event before has killed or hurt: `12 vụ tai nạn, làm chết 3 người`.
    fn outcome(&self) -> Option<String> {
        let near: Vec<&str> = self.front.0.split_whitespace().collect();
        let inherited = self.inherited.as_ref().filter(|_| phrases().outcomes.make_up(&near))?;
        let words: Vec<&str> = inherited.split_whitespace().collect();
        let small: Vec<_> = words.iter().map(|word| crate::pattern::lower(word)).collect();
        let event = (1..small.len()).find(|at| phrases().outcomes.begin(&small[*at..]).is_some());
        let event = words[..event.unwrap_or(words.len())].join(" ");
        Some(format!("{event} {} {}", self.front.0, self.behind()).trim().to_owned())
    }

    /// What stands behind the unit.
    fn beyond_unit(&self) -> &str {
        let after = self.after.trim_start();
        units().measure(after).map_or(after, |(written, _)| &after[written.len()..])
    }

    /// What a rank is in, where it is said behind: `thứ 5 cả nước về chỉ số …`.
    fn field(&self) -> Option<&str> {
        /// Words in which it is looked for.
        const REACH: usize = 8;
        let mut before = "";
        let mut rest = self.after;
        for _ in 0..REACH {
            if let Some(field) = phrases().about(rest)
                && !phrases().is_compound(before, rest.split_whitespace().next().unwrap_or_default())
            {
                return Some(field);
            }
            let (word, behind) = rest.trim_start().split_once(' ')?;
            if word.ends_with([',', ';', '.', ')']) {
                return None;
            }
            (before, rest) = (word, behind);
        }
        None
    }

    /// Whether what a change is of is counted itself: `giảm 3,8% về số doanh nghiệp`.
    fn names_whole(&self) -> bool {
        phrases().about(self.after).is_some_and(|about| indicator::begins_with(&phrases().wholes, about))
    }

    /// What has changed, where it follows: `increases of 4.6% in the index`.
    fn changed(&self) -> Option<&str> {
        let after = self.after.trim_start();
        let lead = indicator::length(&phrases().changed, after)?;
        let rest = after.splitn(lead + 1, ' ').nth(lead)?;
        indicator::begins_with(&phrases().heads, rest).then_some(rest)
    }

    /// A share: of what stands behind it (`of communes`), else what stands in front of it, with the noun that follows.
    fn percent(&self, front: impl Fn() -> Option<String>) -> Option<String> {
        let after = self.after.trim_start();
        let is_of = after.starts_with("of ") && !indicator::begins_with(&phrases().plans, after);
        let behind = self.behind();
        let behind = behind.strip_prefix("of ").unwrap_or(&behind).to_owned();
        if is_of && !behind.is_empty() {
            return Some(behind);
        }
        let front = front();
        // `phấn đấu 100% trẻ em được đến trường`, `xóa bỏ thuế quan với 48,5% số dòng thuế`
        let names_whole = indicator::begins_with(&phrases().wholes, after.trim_start())
            && front.as_ref().is_some_and(|front| !indicator::begins_with(&phrases().heads, front));
        let is_said =
            self.front.0.is_empty() && (noun_vi(after).is_some() || !after.is_ascii()) || names_whole;
        if is_said
            && !self.is_share
            && !indicator::begins_with(&phrases().weak, &behind)
            && indicator::count(&behind) > 1
        {
            return Some(behind);
        }
        let follows = after.starts_with(char::is_alphabetic) && noun_vi(after).is_some() && !after.is_ascii();
        match front {
            Some(front) if follows && indicator::count(&front) <= 4 && !front.contains(&behind) => {
                Some(format!("{front} {behind}"))
            }
            front => front,
        }
    }

    /// A count: the phrase that it begins, with the words in front where the phrase says little more than the unit.
    fn count(&self, unit: &str) -> String {
        let behind = self.behind();
        let is_recurrence = matches!(unit.to_lowercase().as_str(), "times" | "lần" | "lượt");
        if is_recurrence && !self.front.1.is_empty() {
            return self.front.1.clone();
        }
        // `dân số là 900 người của xã Sơn Hạ`
        let is_population = indicator::begins_with(&phrases().populations, &self.front.0)
            && !self.front.0.split_whitespace().any(|word| word == unit);
        if indicator::count(&behind) > 2.max(indicator::count(unit)) && !is_population {
            return behind;
        }
        // `số hộ nghèo năm 2019 là 90 hộ, năm 2020 là 80 hộ`
        let says_unit = indicator::count(&behind) <= indicator::count(unit);
        if self.front.0.is_empty()
            && self.goes_on
            && says_unit
            && let Some(before) = &self.inherited
        {
            return before.clone();
        }
        let tail = self.shared.map(|rest| {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '));
            indicator::back(rest).split_once(' ').map_or(String::new(), |(_, tail)| tail.to_owned())
        });
        match tail.filter(|tail| indicator::count(tail) > 2 && indicator::count(unit) == 1 && says_unit) {
            Some(tail) => format!("{behind} {tail}"),
            None if self.front.0.is_empty() && !behind.is_empty() => {
                // `9 huyện giải ngân khá, trong đó có 6 huyện`: a part of what was counted before.
                let counted = self.inherited.as_ref().filter(|before| before.starts_with(&behind));
                counted.cloned().unwrap_or(behind)
            }
            None if self.is_held && !behind.is_empty() && is_holder(&self.front.1) => behind,
            None if let Some(before) =
                self.inherited.as_ref().filter(|before| self.is_of_these(before, unit)) =>
            {
                self.of(before)
            }
            None => {
                let noun = if behind.is_empty() { unit } else { &behind };
                let front = &self.front.1;
                // `số hộ nghèo là 120 hộ`, `dân số là 900 người`
                let said = front.split_whitespace().any(|word| word == noun)
                    || is_population
                    || noun == unit && indicator::begins_with(&phrases().populations, front);
                if said { front.clone() } else { format!("{front} {noun}") }
            }
        }
    }

    /// What a measure is of, right behind its unit: `tấn gạo`.
    fn substance(&self) -> String {
        let unit = self.after.split_whitespace().next().unwrap_or_default();
        let rest = self.after.trim_start()[unit.len()..].trim_start();
        let is_vietnamese = !self.after.is_ascii();
        noun_vi(rest).filter(|_| is_vietnamese && unit.ends_with(char::is_alphanumeric)).unwrap_or_default()
    }

    fn behind(&self) -> String {
        indicator::back(self.after)
    }
}

/// What stands behind a bracket with which words begin; all of them where they begin with none.
fn beyond_bracket(words: &str) -> &str {
    /// Bytes of a bracket that says a number in another way.
    const LONGEST: usize = 60;
    let rest = words.trim_start().strip_prefix('(');
    let close = rest.and_then(|rest| Some((rest, rest.find(')').filter(|close| *close < LONGEST)?)));
    close.map_or(words, |(rest, close)| &rest[close + 1..])
}

/// What a number before measures, without what its own change is of: `giảm 1,4% về lượng nhưng tăng 9% về giá trị`.
pub(super) fn whole_of(text: &str, earlier: &Figure) -> Option<String> {
    let measured = earlier.indicator.as_deref()?;
    let after = &text[earlier.span.end()..text.floor_char_boundary(earlier.span.end() + REACH)];
    let about = phrases().about(after).filter(|_| earlier.change.is_some()).map(indicator::back);
    let whole = about.filter(|about| !about.is_empty()).and_then(|about| measured.strip_suffix(&about));
    Some(whole.map_or(measured, str::trim_end)).filter(|whole| !whole.is_empty()).map(str::to_owned)
}

/// Whether words name a place and nothing else: in a list of places each number measures what the first does.
fn is_place(words: &str) -> bool {
    static PLACE: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(&phrases().named_places.alone));
    PLACE.is_match(words)
}

/// Whether words name a place that has what is counted, or one who has it.
fn is_holder(words: &str) -> bool {
    indicator::is_name(words) || indicator::begins_with(&phrases().places, words)
}

/// How a unit is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Measure,
    Noun,
}
