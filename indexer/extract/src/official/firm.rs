//! Positions in private firms, which are no public office: told by the words for a firm, or by offices that only firms have, where
//! none tells that the firm is the State's (`firms.toml`).

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use text::{is_vietnamese, slug};

use super::abroad::begins_with_state;
use super::table::{POSITIONS, longest_first};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    firms: Vec<String>,
    offices: Vec<String>,
    general: Vec<String>,
    managers: Vec<String>,
    /// Words of a firm of the State.
    state: Vec<String>,
    /// Words that only hold one of those.
    no_state: Vec<String>,
    /// Words of public bodies.
    bodies: Vec<String>,
    no_bodies: Vec<String>,
    /// What leads from a firm to the body that owns it.
    owners: Vec<String>,
    /// Positions in short, in front of one with the firm's name.
    short: Vec<String>,
    /// What leads to a firm's name in a foreign spelling.
    brands: Vec<String>,
}

struct Firms {
    firm: Regex,
    office: Regex,
    /// Offices at the beginning of a position that are a firm's where a body is named.
    general: Regex,
    /// Offices, at the beginning of a position, that firms have too.
    manager: Regex,
    /// The same in Vietnamese, with a word behind that may be a firm's name.
    branded: Regex,
    /// The same further behind the office.
    brand: Regex,
    state: Regex,
    no_state: Regex,
    body: Regex,
    no_body: Regex,
    /// A body that owns the firm in front of it.
    owner: Regex,
    /// A position in short, as a whole.
    short: Regex,
}

static FIRMS: LazyLock<Firms> = LazyLock::new(|| {
    let table: Table = rules::read("rules/firms.toml").expect("the table comes with the program");
    let any = |words: &[String]| {
        longest_first(words).iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
    };
    let whole =
        |words: &[String]| format!(r"(?i)(?:^|[^\p{{L}}\p{{N}}])(?:{})(?:[^\p{{L}}\p{{N}}]|$)", any(words));
    let regex = |pattern: String| Regex::new(&pattern).expect("the tables hold plain words");
    let before = any(&[&POSITIONS.former[..], &POSITIONS.acting[..]].concat());
    Firms {
        firm: regex(whole(&table.firms)),
        office: regex(whole(&table.offices)),
        general: regex(format!(r"(?i)^(?:(?:{before}) )?(?:{}) ", any(&table.general))),
        manager: regex(format!(r"(?i)^(?:(?:{before}) )?(?:{})(?:[^\p{{L}}]|$)", any(&table.managers))),
        branded: {
            let vi: Vec<String> =
                table.managers.iter().filter(|office| !office.is_ascii()).cloned().collect();
            regex(format!(
                r"^(?i:(?:(?:{before}) )?(?:{})) (\p{{Lu}}\p{{Ll}}{{3,}})(?:[^\p{{L}}]|$)",
                any(&vi)
            ))
        },
        brand: regex(format!(r" (?:{}) (\p{{Lu}}\p{{Ll}}{{3,}})(?:[^\p{{L}}]|$)", any(&table.brands))),
        state: regex(whole(&table.state)),
        no_state: regex(format!("(?i)(?:{})", any(&table.no_state))),
        body: regex(whole(&table.bodies)),
        no_body: regex(format!("(?i)(?:{})", any(&table.no_bodies))),
        owner: regex(format!(
            r"(?i)(?:{}) ?(?:{})(?:[^\p{{L}}\p{{N}}]|$)",
            any(&table.owners),
            any(&table.bodies)
        )),
        short: regex(format!(r"(?i)^(?:(?:{before}) )?(?:{})$", any(&table.short))),
    }
});

/// Whether a position is one in a firm of which nothing tells that it is the State's.
pub(super) fn is_private(position: &str) -> bool {
    let firms = &*FIRMS;
    // `Giám đốc Kinelo Việt Nam`: no body of the State has a name in another spelling, but for letters.
    let is_branded = || {
        let name = firms.branded.captures(position).and_then(|hit| hit.get(1));
        let is_led = firms.manager.is_match(position) && names_brand(position);
        is_led || name.is_some_and(|name| !is_vietnamese(&slug(name.as_str())))
    };
    let of_firm = || {
        firms.firm.is_match(position)
            || firms.office.is_match(position)
            || firms.general.is_match(position)
            || is_branded()
    };
    of_firm() && !is_public(position)
}

/// Whether the words around an office that firms have too tell of a firm, where its own name no body: those `behind` it up to the
/// end of the clause, or those `before` the name.
pub(super) fn is_told_private(position: &str, before: &str, behind: &str) -> bool {
    let firms = &*FIRMS;
    if !firms.manager.is_match(position) || is_public(position) {
        return false;
    }
    let clause = behind.split([',', '.', ';', ':', '(', ')', '"', '”', '“', '–']).next().unwrap_or_default();
    let small = |word: &&str| word.starts_with(char::is_lowercase);
    let stops = |word: &str| word != "của" && POSITIONS.vi_stop.iter().any(|stop| stop == word);
    // Up to what the holder does.
    let goes_on = !clause.split_whitespace().take_while(small).any(stops);
    let tells = |words: &str| firms.firm.is_match(words) && !is_public(words);
    // `Phó Tổng Giám đốc, Công ty Khe Bến`
    let next = behind.trim_start_matches([',', '(', '-', '–', ' ']);
    let next = next.split([',', '.', ';', ':', '(', ')']).next().unwrap_or_default();
    let of_next = || firms.firm.find(next).is_some_and(|firm| firm.start() == 0) && tells(next);
    let is_bare = !position.chars().skip(1).any(char::is_uppercase);
    goes_on && tells(clause) || of_next() || is_bare && tells(before)
}

/// Whether words lead to the name of a firm in a foreign spelling: `của Kinelo`.
fn names_brand(words: &str) -> bool {
    let name = FIRMS.brand.captures(words).and_then(|hit| hit.get(1));
    name.is_some_and(|name| {
        !is_vietnamese(&slug(name.as_str())) && !begins_with_state(&words[name.start()..])
    })
}

/// Whether words may be a position in a firm whose name stands in another one: `Chủ tịch` before `Tổng Giám đốc Công ty A`.
pub(super) fn is_short(position: &str) -> bool {
    FIRMS.short.is_match(position)
}

/// Whether words tell of a public body, or of a firm of the State.
fn is_public(words: &str) -> bool {
    let firms = &*FIRMS;
    if firms.state.is_match(&firms.no_state.replace_all(words, "-")) {
        return true;
    }
    let words = firms.no_body.replace_all(words, "-");
    match firms.firm.find(&words) {
        // `Chủ tịch Công đoàn Công ty A`, `Giám đốc Công ty A thuộc Sở Xây dựng`
        Some(firm) => {
            firms.body.is_match(&words[..firm.start()]) || firms.owner.is_match(&words[firm.end()..])
        }
        None => firms.body.is_match(&words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_firm_is_private_where_nothing_says_that_it_is_the_states() {
        let check = |position: &str, expected: bool| assert_eq!(is_private(position), expected, "{position}");
        check("Giám đốc Công ty TNHH Khe Bến", true);
        check("Tổng Giám đốc Khe Bến Land", true);
        check("Chủ tịch HĐQT", true);
        check("Phó Chủ tịch Hội đồng quản trị Công ty cổ phần Khe Bến", true);
        check("Giám đốc điều hành Khe Bến", true);
        check("Director of Son Khe Tea Company", true);
        check("Giám đốc HTX chè Khe Bến", true);
        check("Giám đốc Phòng khám tư nhân Khe Bến", true);
        check("Giám đốc Kinelo Việt Nam", true);
        check("Director General of Kinelo", false);
        check("Giám đốc CDC Sơn Khê", false);
        // In the name of a firm such words are its trade or its seat.
        check("Giám đốc Công ty Môi trường Khe Bến", true);
        check("Tổng Giám đốc Công ty CP Khe Trường", true);
        check("Phó Giám đốc Công ty Khe Bến (trụ sở tại Hạ Sơn)", true);
        check("Tổng Giám đốc Công ty Quản lý quỹ Khe Bến", true);
        check("Tổng Giám đốc tập đoàn đa quốc gia Kinelo", true);
        check("Trưởng bộ phận Kinh doanh", true);
        check("Giám đốc văn phòng miền Bắc của Kinelo", true);
        check("Giám đốc Công ty Khe Bến thuộc Sở Xây dựng", false);
        check("Giám đốc Công ty Khe Bến (Bộ Quốc phòng)", false);
        check("Giám đốc Công ty Môi trường đô thị Sơn Khê", false);
        check("Trưởng bộ phận một cửa UBND xã", false);
        check("Giám đốc Trung tâm Hỗ trợ doanh nghiệp tỉnh", false);
        check("Giám đốc Ban Quản lý của Sơn Khê", false);
        check("Giám đốc Tư vấn Kinelo GmbH", true);
        check("Chủ tịch Liên minh HTX tỉnh", false);
        check("Giám đốc Công ty TNHH MTV Khe Bến", false);
        check("Tổng Giám đốc Công ty Điện lực Sơn Khê", false);
        check("Tổng Giám đốc Đài Phát thanh Sơn Khê", false);
        check("Tổng giám đốc", false);
        check("Chủ tịch CĐCS Công ty TNHH Khe Bến", false);
        check("Chủ tịch Hiệp hội Doanh nghiệp tỉnh", false);
        check("Giám đốc Sở Y tế", false);
        check("Giám đốc Bệnh viện Sơn Khê", false);
        check("Phó Chủ tịch UBND tỉnh", false);
    }

    #[test]
    fn the_words_around_a_bare_office_tell_of_a_firm() {
        let check = |before: &str, position: &str, behind: &str, expected: bool| {
            assert_eq!(is_told_private(position, before, behind), expected, "{before} {position} {behind}");
        };
        check("", "Trưởng Phòng Kiểm soát", " chất lượng của Công ty Khe Bến, nói", true);
        check("", "giám đốc", " của một thương hiệu chè", true);
        check("Công ty Khe Bến (do ông ", "giám đốc", ")", true);
        check("", "Giám đốc", " Công ty TNHH Khe Bến", true);
        check("", "Phó Tổng Giám đốc", ", Công ty cổ phần Khe Bến, cho biết", true);
        check("", "Trưởng phòng Truyền thông", " (Tập đoàn Khe Bến) cho biết", true);
        check("", "Phó Tổng Giám đốc", ", Tập đoàn Điện lực, cho biết", false);
        check("", "Giám đốc Sở Y tế", " cho biết Công ty Khe Bến", false);
        check("", "Phó giám đốc", " đã gửi Công ty Khe Bến", false);
        check("Công ty Khe Bến kiện ông ", "Giám đốc Sở Y tế", "", false);
        check("", "Thủ tướng", " biểu dương Tập đoàn Khe Bến", false);
        check("", "Trưởng phòng Nội vụ", " huyện", false);
    }
}
