//! How far a position reaches: the office, its body and what restricts the two, up to the word that belongs to neither.

use std::ops::Range;

use text::{is_vietnamese, slug};

use super::abroad;
use super::closed::{self, begins_with_any};
use super::name::{
    begins_name_at, begins_with_name, begins_with_word, ends_with_word, is_name_at, is_named_after,
    is_of_no_official, is_place,
};
use super::place::ends_with_place;
use super::table::{NAMES, PATTERNS, POSITIONS};
use crate::pattern::tail;

/// Positions from the beginning of a text, joined by commas or `and`, and what follows them.
pub(super) fn list(text: &str) -> (Vec<Range<usize>>, &str) {
    let mut found = Vec::new();
    let mut rest = text;
    let mut next = one(rest);
    while let Some(length) = next {
        let begins = text.len() - rest.len();
        found.push(begins..begins + length);
        rest = &rest[length..];
        let joined = POSITIONS.joins.iter().find_map(|join| {
            let behind = rest.strip_prefix(join.as_str())?;
            one(behind).map(|length| (behind, length))
        });
        next = joined.map(|(behind, length)| {
            rest = behind;
            length
        });
    }
    (found, rest.trim_start())
}

/// The length of the one position that a text begins with.
pub(super) fn one(text: &str) -> Option<usize> {
    let table = &*POSITIONS;
    if table.no_heads.iter().any(|word| text.starts_with(word.as_str())) {
        return None;
    }
    let english = PATTERNS.english.find(text).map(|hit| hit.end());
    // The blank and "of" are read as the words that lead to the body.
    let compound = || PATTERNS.compound.find(text).map(|hit| hit.end());
    let low = || PATTERNS.low.find(text).map(|hit| hit.end() - " of ".len()).or_else(compound);
    let (head, english) = match english.or_else(low) {
        Some(end) => (end, true),
        None => {
            let hit = PATTERNS.vietnamese.find(text)?;
            (hit.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len(), false)
        }
    };
    let behind = text[head..].trim_start();
    // `Chủ tịch Hồ Chí Minh`: the office of somebody of old.
    if is_of_no_official(behind) {
        return None;
    }
    if table.no_office.iter().any(|word| behind.starts_with(word.as_str())) && is_posted(&text[..head]) {
        return None;
    }
    let mut end = reach(text, head, head, english, true);
    while !english && let Some(more) = closed::rest(text, head, end) {
        end = reach(text, head, end + more, english, false);
    }
    let end = closed::without_others(text, head, end);
    // In small letters an office without the name of its body is any job.
    let is_body = |word: &str| table.en_bodies.iter().any(|body| body == word);
    let names_field = table.en_of_fields.iter().any(|word| text[..head].ends_with(word.as_str()))
        || PATTERNS.compound.is_match(text);
    let is_job = english
        && !names_field
        && text.starts_with(char::is_lowercase)
        && !text[..end].contains(char::is_uppercase)
        && !text[head..end].split(' ').any(is_body);
    let is_half = table.no_alone.contains(&text[..end].to_lowercase());
    (!is_job && !is_half).then_some(end)
}

/// Where a position ends of which a text is read up to a place; `head` is where its office ends.
fn reach(text: &str, head: usize, from: usize, english: bool, mut after_capital: bool) -> usize {
    let table = &*POSITIONS;
    let is_posted = || is_posted(&text[..head]);
    let (mut end, mut at) = (from, from);
    loop {
        // More blanks than one, where a link stood in the page.
        at += text[at..].bytes().take_while(|b| *b == b' ').count().saturating_sub(1);
        let rest = &text[at..];
        // `Ủy ban Văn hóa, Giáo dục, Thanh niên, Thiếu niên và Nhi đồng`
        if !english
            && at > head
            && text[..at].ends_with(char::is_alphabetic)
            && let Some(items) = PATTERNS.items.find(rest)
        {
            end = at + items.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            at = end;
            continue;
        }
        let mut next = match rest.strip_prefix(' ') {
            Some(next) => next,
            // `Sở Văn hóa, Thể thao và Du lịch`
            None if !english && PATTERNS.listed.is_match(rest) => {
                at += 1;
                &rest[2..]
            }
            // `Sở Văn hóa- Thể thao`: the blank before the dash was left out.
            None if !english
                && at > head
                && rest.strip_prefix("- ").is_some_and(|joined| is_second_half(&text[..at], joined)) =>
            {
                at += 1;
                &rest[2..]
            }
            None => match parent(&text[..at], rest).filter(|_| !english && at > head) {
                Some(length) => {
                    at += length;
                    &text[at + 1..]
                }
                None => break,
            },
        };
        // `Trưởng khoa Nhi - Bệnh viện Hạ Sơn`
        if !english
            && at > head
            && let Some(length) = parent(&text[..at], &text[at..])
        {
            at += length;
            next = &text[at + 1..];
        }
        // `Ban Quản lý đầu tư - xây dựng Khu …`, `Trung tâm Văn hóa - Điện ảnh`
        if !english
            && let Some(joined) = next.strip_prefix("- ").or_else(|| next.strip_prefix("– "))
            && is_second_half(&text[..at], joined)
        {
            at += next.len() - joined.len();
            next = joined;
        }
        let is_fielded = || table.fielded.iter().any(|body| ends_with_word(&text[..at], body));
        if (next.starts_with(char::is_uppercase) || is_fielded())
            && let Some(field) = PATTERNS.field.find(next)
        {
            end = at + 1 + field.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            at = end;
            after_capital = true;
            continue;
        }
        // `Ban Quản lý dự án`, `Ban Chỉ đạo công trình`: of such a word one half alone would end the position.
        if !english && let Some(word) = PATTERNS.unparted.find(next) {
            end = at + 1 + word.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            at = end;
            after_capital = next.starts_with(char::is_uppercase);
            continue;
        }
        // `UBND TP. Vinh`
        if !english
            && let Some(dotted) = table.dotted.iter().find(|short| next.starts_with(short.as_str()))
            && next[dotted.len()..].starts_with(' ')
            && next[dotted.len()..].trim_start().starts_with(char::is_uppercase)
            && !begins_with_name(next[dotted.len()..].trim_start())
        {
            at += 1 + dotted.len();
            after_capital = true;
            continue;
        }
        let Some(mut word) = PATTERNS.word.find(next).map(|hit| hit.as_str()) else { break };
        // `Sở TN-MT.UBKT Thành ủy`: a blank was lost behind the sentence; not in `TP.Hạ Sơn`, `(H.Hạ Sơn)`.
        let stop = word.find('.').filter(|stop| {
            !word.starts_with('(')
                && word[stop + 1..].starts_with(char::is_uppercase)
                && word[..*stop].chars().count() > 2
        });
        word = &word[..stop.unwrap_or(word.len())];
        let start = at + 1;
        let lower = word.to_lowercase();
        let first = word.trim_start_matches('(').chars().next().unwrap_or(' ');
        // `Đại sứ Việt Nam tại Ai Cập kiêm nhiệm Lebanon`
        if let Some(also) = table.also_posted.iter().find_map(|words| {
            next.strip_prefix(words.as_str()).filter(|rest| rest.starts_with(' ') && is_posted())
        }) && also.trim_start().starts_with(char::is_uppercase)
        {
            at = text.len() - also.len();
            after_capital = false;
            continue;
        }
        // `Ban Chỉ đạo Trung ương về Phòng, chống thiên tai`, `Ủy ban Quốc gia về biến đổi khí hậu`
        if let Some(what) = next.strip_prefix(table.vi_about.as_str()).and_then(|what| what.strip_prefix(' '))
            && names_field(&text[..at], head, what)
        {
            let begins = text.len() - what.len();
            let field = PATTERNS
                .field
                .find(what)
                .map(|field| field.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len());
            if let Some(length) = words_within(what, MOST_ABOUT).max(field) {
                end = begins + length;
                at = end;
                after_capital = false;
                continue;
            }
            if what.starts_with(char::is_uppercase) {
                at = begins - 1;
                continue;
            }
        }
        // The second of two positions, and a name, are no part of the first.
        let joins = [&table.en_and, &table.vi_and, &table.vi_besides].contains(&&lower) || lower == "&";
        if joins {
            if let Some(tail) = table.tails.iter().find(|tail| next.starts_with(tail.as_str())) {
                end = start + tail.len();
                at = end;
                after_capital = false;
                continue;
            }
            let behind = next[word.len()..].trim_start();
            // `Chi cục trưởng Chi cục Thú y và ông A`
            if PATTERNS.courtesy.is_match(behind) {
                break;
            }
            if !behind.starts_with(char::is_uppercase)
                && let Some(length) = within(next, &text[..at]).filter(|_| !english)
            {
                end = start + length;
                at = end;
                after_capital = false;
                continue;
            }
            if !behind.starts_with(char::is_uppercase) || one(behind).is_some() {
                break;
            }
        } else if first.is_uppercase() {
            let only_like = || table.no_next.iter().any(|words| next.starts_with(words.as_str()));
            let begins_next = table.next_begins.iter().any(|next| next == word) && !only_like();
            // `Đoàn Luật sư tỉnh Bình Định Không ủng hộ`: behind its place a title names nothing more.
            let is_next = || {
                let goes_on = next[word.len()..].trim_start().starts_with(char::is_lowercase);
                !english
                    && goes_on
                    && !word.starts_with('(')
                    && !table.kinds.contains(&lower)
                    && ends_with_place(&text[..at])
            };
            if begins_next || begins_with_any(next, &table.next_pairs) || is_next() {
                break;
            }
            if !english && begins_office(next) && !is_group(&text[..at], next) {
                break;
            }
            // `Bộ trưởng Bộ Quốc phòng Thống tướng Tea Banh`
            let ranked = PATTERNS.courtesy.find(next).is_some_and(|rank| {
                rank.as_str().trim_end().contains(' ') && next[rank.end()..].starts_with(char::is_uppercase)
            });
            if ranked && at > head && !NAMES.guilds.iter().any(|guild| ends_with_word(&text[..at], guild)) {
                break;
            }
            // Right behind the office its words tell that a short name is one: `Bộ trưởng Lê Hoa`, `Bộ trưởng Bộ Y tế Lê Hoa`.
            if (begins_name_at(text, start) || at == head && is_name_at(text, start))
                && !is_place(&text[start..])
                && !is_named_after(&text[..at], &text[start..])
            {
                break;
            }
            if abroad::name_behind(&text[..at], next).is_some() {
                break;
            }
            end = start + word.len();
            // Behind a bracket no small word goes on.
            after_capital = !word.starts_with('(');
        } else if table.posted_at.contains(&lower)
            && next[word.len()..].trim_start().starts_with(char::is_uppercase)
            && (is_posted() || abroad::begins_with_state(next[word.len()..].trim_start()))
        {
            after_capital = false;
        } else if first.is_ascii_digit() {
            let counted =
                text[..at].rsplit(' ').next().is_some_and(|last| table.numbered.iter().any(|w| w == last));
            let is_plain = word.len() < 4 && word.bytes().all(|b| b.is_ascii_digit());
            if !((after_capital || counted) && is_plain) {
                let Some(length) = closed::number(&text[..at], next).filter(|_| at > head && !english) else {
                    break;
                };
                end = start + length;
                at = end;
                after_capital = true;
                continue;
            }
            end = start + word.len();
        } else if english {
            let body = text[..at].rsplit(' ').next().unwrap_or_default();
            let behind = next[word.len()..].trim_start();
            let goes_on = lower == "for"
                && table.en_for.iter().any(|word| word == body)
                && behind.starts_with(char::is_uppercase)
                && !begins_with_name(behind)
                && !PATTERNS.courtesy.is_match(behind);
            if !table.en_small.contains(&lower) && !goes_on {
                break;
            }
            if !table.en_on.contains(&lower) {
                end = start + word.len();
            }
            after_capital = false;
        } else {
            let behind = next[word.len()..].trim_start();
            let of_body = table.vi_on.contains(&lower) && behind.starts_with(char::is_uppercase)
                || lower == table.vi_of && leads_to_body(behind);
            // `Bộ trưởng Ngoại giao (UAE) cáo buộc`
            if text[..at].ends_with(')')
                && !of_body
                && !begins_with_any(next, &table.place_kinds)
                && !begins_with_any(next, &table.behind_bracket)
            {
                break;
            }
            let is_task = || {
                // Right behind the body or its first word: `Trung tâm kiểm soát`, `Cục Viễn thông`.
                let position = &text[..at];
                let begun = position.rsplit_once(' ').map_or("", |(before, _)| before);
                let is_near =
                    |body: &String| [position, begun].iter().any(|words| words.ends_with(body.as_str()));
                let says_so = table.task_words.iter().any(|task| next.starts_with(task.as_str()));
                table.tasks.contains(&lower)
                    && (table.tasked.iter().any(is_near) || says_so && is_tasked(position))
            };
            // `Giám đốc Sở Y tế tỉnh Sơn Khê sáng 9/5`
            let is_time = table.no_number.contains(&lower)
                && next[word.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
            let acting = || {
                let before = tail(&text[..at]).to_lowercase();
                table.acting_bodies.iter().any(|body| ends_with_word(&before, body))
            };
            let told = table.acts.iter().any(|act| next.starts_with(act.as_str())) && !acting();
            // `Sở Giáo dục và Đào tạo đặc biệt quan tâm`
            let does =
                || table.does.iter().filter(|does| does.contains(' ') && !table.grouped.contains(*does));
            let told = told
                || is_time
                || begins_with_any(next, &table.by_day)
                || begins_with_any(next, &table.said)
                || after_capital
                    && at > head
                    && does().any(|does| begins_with_word(next, does))
                    && !is_task()
                    && !acting();
            if told || table.vi_stop.contains(&lower) && !of_body && !is_task() {
                break;
            }
            if !(after_capital || of_body || table.vi_small.contains(&lower)) {
                let Some(length) = within(next, &text[..at]) else { break };
                end = start + length;
                at = end;
                after_capital = false;
                continue;
            }
            // What leads to a body is no part without it: `Đặc phái viên của Tổng thống`.
            if of_body {
                at = start + word.len();
                after_capital = false;
                continue;
            }
            end = start + word.len();
            // `Ủy ban Quốc phòng-An ninh`
            after_capital = word.contains(char::is_uppercase);
            // `Giám đốc tài chính`, `Tổ sản xuất`: right behind an office or a whole word stands no half of one.
            let is_whole = |word: &str| table.wholes.iter().any(|whole| *whole == word.to_lowercase());
            let behind_whole = text[..at].rsplit(' ').next().is_some_and(is_whole);
            if (at == head || behind_whole)
                && !table.vi_small.contains(&lower)
                && within(next, &text[..at]).is_none()
            {
                for _ in 0..=usize::from(at == head && is_whole(&lower)) {
                    end += second_half(&text[end..]).unwrap_or(0);
                }
                at = end;
                continue;
            }
        }
        at = start + word.len();
        if stop.is_some() {
            break;
        }
    }
    end
}

/// Whether the holder of an office serves in another state.
fn is_posted(office: &str) -> bool {
    let office = office.to_lowercase();
    POSITIONS.posted.iter().any(|posted| office.contains(posted.as_str()))
}

/// The length of the comma or dash that leads from a position to what its body belongs to, with the blanks but the last: `Vụ
/// trưởng Vụ Pháp chế, Bộ Y tế`. Only what is known to stand above such a body does.
fn parent(position: &str, rest: &str) -> Option<usize> {
    let lead = PATTERNS.above.find(rest)?.len();
    let position = position.to_lowercase();
    let above = &rest[lead..];
    let stands = |(offices, bodies): &(Vec<String>, Vec<String>)| {
        offices.iter().any(|office| position.contains(office.as_str()))
            && bodies.iter().any(|body| {
                let named = above.strip_prefix(body.as_str()).and_then(|behind| behind.strip_prefix(' '));
                named.is_some_and(|behind| {
                    behind.starts_with(char::is_uppercase)
                        || POSITIONS.belongs.iter().any(|word| behind.starts_with(&format!("{word} ")))
                })
            })
    };
    POSITIONS.under.iter().any(stands).then(|| lead - 1)
}

/// Whether what stands behind a dash with blanks goes on with the name of a body: `đầu tư - xây dựng`, `Văn hóa - Điện ảnh`.
fn is_second_half(position: &str, joined: &str) -> bool {
    if PATTERNS.courtesy.is_match(joined) {
        return false;
    }
    if joined.starts_with(char::is_lowercase) {
        let table = &*POSITIONS;
        let none = [&table.said, &table.does, &table.no_more, &table.beside, &table.no_halves];
        let other = none.iter().any(|these| begins_with_any(joined, these));
        return !table.vi_links.iter().any(|link| joined.starts_with(link.as_str()))
            && !other
            && !PATTERNS.vietnamese.is_match(joined);
    }
    if abroad::begins_with_state(joined)
        || position.ends_with(char::is_lowercase) && PATTERNS.paired.is_match(joined)
        || closed::is_pair(position, joined)
    {
        return true;
    }
    // In the middle of a compound a word with a capital goes on with it, if it begins no name, office or sentence.
    let last = position.rsplit(' ').next().unwrap_or_default();
    let word = PATTERNS.word.find(joined).map(|word| word.as_str()).unwrap_or_default();
    let begins_other = || {
        POSITIONS.vi_stop.contains(&word.to_lowercase())
            || POSITIONS.next_begins.iter().any(|next| next == word)
            || PATTERNS.vietnamese.is_match(joined)
            || begins_with_name(joined)
    };
    last.starts_with(char::is_lowercase)
        && word.chars().count() > 1
        && word.chars().skip(1).all(char::is_lowercase)
        && is_vietnamese(&slug(word))
        && !begins_other()
}

/// Whether what stands behind `về` says what the body is for that a position so far names: `Ủy ban Quốc gia về biến đổi khí hậu`.
fn names_field(position: &str, head: usize, what: &str) -> bool {
    let table = &*POSITIONS;
    let has = |words: &String| position[head..].contains(words.as_str());
    if table.steering.iter().any(has) {
        return true;
    }
    if begins_with_any(what, &table.no_about) {
        return false;
    }
    let lower = position.to_lowercase();
    table.about.iter().any(|body| ends_with_word(&lower, body))
        || what.starts_with(char::is_uppercase)
            && table.studying.iter().any(|body| lower.contains(body.as_str()))
}

/// Who serves the holder of another office, told right in front of that.
pub(super) struct Servant {
    /// The words for the servant's office.
    pub(super) office: Range<usize>,
    /// `của` leads to the other one.
    pub(super) of: bool,
}

/// The servant that some words end with: `phát ngôn viên của`, `Thư ký báo chí`.
pub(super) fn servant(text: &str) -> Option<Servant> {
    let text = text.trim_end();
    let before = text.strip_suffix(POSITIONS.vi_of.as_str());
    let (office, of) = (before.unwrap_or(text).trim_end(), before.is_some());
    let ends_with = |head: &&String| ends_with_word(&office.to_lowercase(), head);
    let head = POSITIONS.serving.iter().filter(ends_with).max_by_key(|head| head.len())?;
    let begins = office.len().checked_sub(head.len()).filter(|at| office.is_char_boundary(*at))?;
    Some(Servant { office: begins..office.len(), of })
}

/// Whether a text begins with an office, and not with a word that is half of one only: `huyện Bình Chánh có`.
fn begins_office(text: &str) -> bool {
    PATTERNS.vietnamese.find(text).is_some_and(|hit| {
        let head = hit.as_str().trim_end_matches(|c: char| !c.is_alphanumeric());
        let behind = text[head.len()..].trim_start();
        behind.starts_with(char::is_uppercase) || !POSITIONS.no_alone.contains(&head.to_lowercase())
    })
}

/// Whether the words for a deputy that a text begins with stand for the group of them, by the words before.
pub(super) fn is_group(before: &str, text: &str) -> bool {
    let (before, text) = (tail(before).to_lowercase(), text[..text.floor_char_boundary(40)].to_lowercase());
    let table = &*POSITIONS;
    table.grouped.iter().any(|words| text.starts_with(words.as_str()))
        && table.groups.iter().any(|word| before.ends_with(word.as_str()))
}

/// Whether a position so far names a body that is named by its task.
fn is_tasked(position: &str) -> bool {
    let mut bodies = POSITIONS.tasked.iter();
    bodies.any(|body| position.ends_with(body.as_str()) || position.contains(&format!("{body} ")))
}

/// Whether a text begins with a few small words that lead to a name in capitals: `trường THCS Hạ Sơn`, and nobody's: `ông A`.
fn leads_to_body(text: &str) -> bool {
    /// Such words at most.
    const MOST: usize = 3;
    let table = &*POSITIONS;
    let mut rest = text;
    for count in 0..=MOST {
        if rest.starts_with(char::is_uppercase) {
            return count > 0 && !begins_with_name(rest);
        }
        let Some(word) = first_word(rest).filter(|word| word.starts_with(char::is_lowercase)) else {
            return false;
        };
        let lower = word.to_lowercase();
        if table.vi_stop.contains(&lower)
            || table.no_more.contains(&lower)
            || [&table.vi_and, &table.vi_besides].contains(&&lower)
            || PATTERNS.courtesy.is_match(rest)
            || PATTERNS.vietnamese.is_match(rest)
        {
            return false;
        }
        let Some(next) = rest[word.len()..].strip_prefix(' ') else { return false };
        rest = next;
    }
    false
}

/// The length of the small word behind another one, with the blank between, if it is no word that ends a position.
fn second_half(text: &str) -> Option<usize> {
    let next = text.strip_prefix(' ')?;
    if let Some(whole) = PATTERNS.unparted.find(next) {
        return Some(1 + whole.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len());
    }
    let word = PATTERNS.word.find(next)?.as_str();
    let fits = word.starts_with(char::is_lowercase) && !POSITIONS.vi_stop.iter().any(|stop| stop == word);
    (fits && word != POSITIONS.vi_and && word != POSITIONS.vi_besides).then_some(1 + word.len())
}

/// The word that a text begins with.
pub(super) fn first_word(text: &str) -> Option<&str> {
    PATTERNS.word.find(text).map(|word| word.as_str())
}

/// The length of a few small words that belong to a position: those that lead to a name in capitals or end the clause.
/// Bodies that are named by their task (`Ban Chỉ đạo đổi mới và phát triển doanh nghiệp`) take more.
fn within(text: &str, position: &str) -> Option<usize> {
    // `Học viện Hồ Chí Minh chuyện buộc phải mua vàng`: behind a proper name no task is told.
    let tasked = is_tasked(position) && !closed::ends_with_proper_name(position);
    words_within(text, if tasked { MOST_OF_TASK } else { MOST_SMALL })
}

/// Small words of the name of a body at most, of one that is named by its task, and of what one is for.
const MOST_SMALL: usize = 4;
const MOST_OF_TASK: usize = 12;
const MOST_ABOUT: usize = 14;

/// The same with a limit of words.
fn words_within(text: &str, most: usize) -> Option<usize> {
    let tasked = most > MOST_SMALL;
    let mut at = 0;
    for _ in 0..most {
        let whole = PATTERNS.unparted.find(&text[at..]).map(|whole| whole.as_str());
        let whole = whole.map(|whole| whole.trim_end_matches(|c: char| !c.is_alphanumeric()));
        let word = whole.or_else(|| first_word(&text[at..]))?;
        let small = word.starts_with(char::is_lowercase);
        let table = &*POSITIONS;
        let (is_and, is_besides) = (word == table.vi_and, word == table.vi_besides);
        let joins = is_and || is_besides;
        let lower = word.to_lowercase();
        // `Hiệp hội Đại lý và Môi giới hàng hải bức xúc`
        if begins_with_any(&text[at..], &table.said) {
            let is_part = at > 0 && !joins && !begins_with_any(text, &table.does);
            return is_part.then(|| text[..at].trim_end().len());
        }
        if !small
            || table.vi_stop.contains(&lower) && !(tasked && table.tasks.contains(&lower))
            || joins && !(tasked && is_and)
        {
            // `Chủ tịch Hội đồng quản trị kiêm Tổng giám đốc`
            if is_besides && at > 0 {
                return Some(text[..at].trim_end().len());
            }
            // What the holder does ends a position too.
            let ends =
                tasked && at > 0 && small && !joins && !ends_with_word(text[..at].trim_end(), &table.vi_and);
            return ends.then(|| text[..at].trim_end().len());
        }
        at += word.len();
        let rest = &text[at..];
        match rest.strip_prefix(' ') {
            None => {
                return (!joins
                    && (rest.is_empty() || rest.starts_with([',', ';', '.', ':', '(', ')', '–', '”', '"'])))
                .then_some(at);
            }
            Some(next)
                if next.is_empty()
                    || next.starts_with(char::is_uppercase)
                    || next.starts_with(['-', '–', '(']) =>
            {
                // `Trung tâm Y học hạt nhân và Ung bướu`: the reader goes on from the word that joins.
                let first = text[..at - word.len()].trim_end();
                return if joins { (is_and && !first.is_empty()).then_some(first.len()) } else { Some(at) };
            }
            Some(next) => {
                if joins && (PATTERNS.vietnamese.is_match(next) || begins_with_any(next, &table.beside)) {
                    return None;
                }
                at += 1;
            }
        }
    }
    None
}
