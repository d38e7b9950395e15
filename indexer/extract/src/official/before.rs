//! Positions before a name: those that can be read up to it, and are not somebody else's.

use std::ops::Range;

use super::abroad::ends_with_state;
use super::extent::{Servant, is_group, list, servant};
use super::moved;
use super::name::{begins_with_word, ends_with_word, honorific};
use super::table::{PATTERNS, POSITIONS, is_former};
use crate::pattern::tail;

/// Bytes around a name in which its positions are looked for.
pub(super) const REACH: usize = 600;

/// The positions that end where the name begins.
pub(super) fn before(text: &str) -> Vec<Range<usize>> {
    let skipped = text.ceil_char_boundary(text.len().saturating_sub(REACH));
    right_before(&text[skipped..]).into_iter().map(|one| moved(one, skipped)).collect()
}

fn right_before(text: &str) -> Vec<Range<usize>> {
    let text = honorific(text).map_or(text, |at| text[..at].trim_end());
    let text = text.trim_end();
    // `phát ngôn viên của Tổng thống là ông A`
    let is_said = ends_with_any(text, &POSITIONS.vi_is);
    // `Bộ trưởng Bộ Y tế khi ấy là bà A`
    let text = text[..PATTERNS.then.find(text).map_or(text.len(), |then| then.start())].trim_end();
    let theirs = POSITIONS.of_theirs.iter().find_map(|words| text.strip_suffix(words.as_str()));
    let text = theirs.filter(|rest| rest.ends_with(' ')).map_or(text, str::trim_end);
    let text = &text[..PATTERNS.given_to.find(text).map_or(text.len(), |words| words.start())];
    let text = text.trim_end();
    let is_direct = !text.ends_with([',', '-', '–', ':']);
    let text = text.trim_end_matches([',', '-', '–', ':']).trim_end();
    // `Thủ tướng Đức hiện nay, bà A`
    let now =
        POSITIONS.then.iter().find_map(|words| text.strip_suffix(words.as_str())).filter(|_| !is_direct);
    let text = now.filter(|rest| rest.ends_with(' ')).map_or(text, str::trim_end);
    // The first place from which positions can be read up to the name.
    let from = text.len().saturating_sub(240);
    let words = text.char_indices().filter(|(at, c)| {
        *at >= from
            && c.is_alphabetic()
            && text[..*at].chars().next_back().is_none_or(|before| {
                // `dịch vụPhó Chủ tịch`: a line break was lost.
                let is_glued = before.is_lowercase() && c.is_uppercase();
                is_glued || !before.is_alphanumeric() && !matches!(before, '\'' | '’')
            })
    });
    // Who begins at an item of a list that does not reach the name does not reach it either.
    let mut failed: Vec<usize> = Vec::new();
    for (at, _) in words {
        // `chính quyền Tổng thống` is no `quyền Tổng thống`.
        let is_group = is_group(text[..at].trim_end(), &text[at..]);
        let is_power = || {
            let before = tail(&text[..at]).to_lowercase();
            let acts = POSITIONS.acting.iter().any(|word| begins_with_word(&text[at..], word));
            // Also where a blank was lost before the word.
            acts && POSITIONS.no_acting.iter().any(|word| before.trim_end().ends_with(word.as_str()))
        };
        // `huấn luyện viên trưởng đội tuyển` is no `trưởng đội tuyển`.
        let is_in_word = || {
            let leads = begins_with_word(&text[at..], &POSITIONS.leading);
            leads && ends_with_any(tail(&text[..at]).to_lowercase().trim_end(), &POSITIONS.no_leading)
        };
        if failed.contains(&at) || is_group || is_power() || is_in_word() {
            continue;
        }
        let (positions, rest) = list(&text[at..]);
        // `Phó Vụ trưởng Vụ Pháp chế, Bộ Y tế`
        let end = positions.last().map_or(0, |last| at + last.end);
        let belongs = is_direct && !rest.is_empty() && PATTERNS.belongs.is_match(&text[end..]);
        if !positions.is_empty() && (rest.is_empty() || belongs) {
            let mut positions: Vec<_> = positions.into_iter().map(|one| moved(one, at)).collect();
            if let Some(last) = positions.last_mut() {
                last.end = text.len();
            }
            let first =
                (1..positions.len()).rev().find(|at| is_others(text, &positions[at - 1], &positions[*at]));
            positions.drain(..first.unwrap_or(0));
            // `Thay mặt Chủ tịch Quốc hội, Phó Chủ tịch Quốc hội A`
            if positions.len() > 1 {
                let before = tail(&text[..positions[0].start]).to_lowercase();
                if ends_with_any(before.trim_end(), &POSITIONS.on_behalf) {
                    positions.remove(0);
                }
            }
            // `phát ngôn viên của Tổng thống, ông A`, `Thư ký báo chí Tổng thống A`; who is meant by `phát ngôn viên của Tổng
            // thống Nga A` nothing tells, where without the state it is the one who is served.
            if let Some(servant) = positions.first().and_then(|first| servant(&text[..first.start])) {
                return match servant {
                    Servant { office, of: true } if !is_direct || is_said => vec![office],
                    Servant { office, of: false } => {
                        let whole = office.start..text.len();
                        vec![whole]
                    }
                    Servant { of: true, .. } if ends_with_state(text) => Vec::new(),
                    Servant { of: true, .. } => positions,
                };
            }
            // `theo chỉ đạo của Chủ tịch UBND tỉnh, Thiếu tá A`
            let ordered = positions.first().map_or("", |first| text[..first.start].trim_end());
            if !is_direct && ends_with_any(&tail(ordered).to_lowercase(), &POSITIONS.on_order) {
                return Vec::new();
            }
            // `ứng viên Tổng thống Mỹ A`
            let before = positions.first().map_or("", |first| text[..first.start].trim_end());
            let near = tail(before).to_lowercase();
            if ends_with_any(&near, &POSITIONS.not_held) {
                return Vec::new();
            }
            return positions;
        }
        failed.extend(positions.iter().map(|one| at + one.start));
    }
    // `Provincial vice chairman A`, `deputy secretary B`
    let plain = PATTERNS.plain.captures(tail(text)).and_then(|hit| hit.get(1));
    plain.map(|office| text.len() - office.len()..text.len()).into_iter().collect()
}

/// Whether some words end with one of these.
fn ends_with_any(words: &str, these: &[String]) -> bool {
    these.iter().any(|word| ends_with_word(words, word))
}

/// Whether an office in front of another one that belongs to the name behind it is somebody else's: `Tổng thống Pháp và
/// Thủ tướng A`, `tiếp Chủ tịch Tập đoàn B, Thủ tướng A`.
fn is_others(text: &str, first: &Range<usize>, second: &Range<usize>) -> bool {
    let between = text[first.end..second.start].trim();
    if between == POSITIONS.vi_and || between == POSITIONS.vi_besides {
        return between == POSITIONS.vi_and;
    }
    let (first, second) = (text[first.clone()].to_lowercase(), text[second.clone()].to_lowercase());
    // `bác bỏ lời của Tổng thống A, cựu Bộ trưởng B`
    are_of_two(&first, &second) || is_former(&second) && !is_former(&first)
}

/// Whether nobody holds two offices at one time; both are in small letters.
pub(super) fn are_of_two(first: &str, second: &str) -> bool {
    let table = &*POSITIONS;
    let begins = |office: &str, words: &[String]| words.iter().any(|word| office.starts_with(word.as_str()));
    let summit = |office: &str| begins(office, &table.summits);
    let among = |pairs: &[(String, String)]| {
        pairs.iter().any(|(a, b)| {
            let both = |one: &str, other: &str| one.starts_with(a.as_str()) && other.starts_with(b.as_str());
            both(first, second) || both(second, first)
        })
    };
    let is_pair = among(&table.summit_pairs);
    let alone = |one: &str, other: &str| summit(one) && !is_pair && !begins(other, &table.beside_summits);
    let firm = |one: &str, other: &str| begins(one, &table.firms) && begins(other, &table.not_in_firms);
    alone(first, second)
        || alone(second, first)
        || firm(first, second)
        || firm(second, first)
        || among(&table.rivals)
}

/// The words for a member of an assembly before a name: of a full name, or where the place that elected one stands behind it.
pub(super) fn deputy(before: &str, name: &str, behind: &str) -> Option<Range<usize>> {
    let hit = PATTERNS.deputy.find(before)?;
    if name.matches(' ').count() < 2 {
        let place = PATTERNS.elected.captures(behind)?;
        let mut names = place.iter().skip(1).flatten();
        names.find_map(|name| crate::province::named_in(name.as_str()))?;
    }
    let begins = hit.start() + hit.as_str().find(char::is_alphabetic)?;
    let word =
        POSITIONS.deputies.iter().find(|word| before[begins..].to_lowercase().starts_with(word.as_str()))?;
    Some(begins..before.floor_char_boundary(begins + word.len()))
}
