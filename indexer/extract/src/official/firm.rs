//! Positions in private firms, which are no public office: told by the words for a firm, or by offices that only firms have, where
//! none tells that the firm is the State's (`firms.toml`).

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::table::longest_first;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    firms: Vec<String>,
    offices: Vec<String>,
    general: Vec<String>,
    public: Vec<String>,
    /// Words that only hold one of those.
    no_public: Vec<String>,
}

struct Firms {
    firm: Regex,
    office: Regex,
    /// Offices at the beginning of a position that are a firm's where a body is named.
    general: Regex,
    public: Regex,
    no_public: Regex,
}

static FIRMS: LazyLock<Firms> = LazyLock::new(|| {
    let table: Table = rules::read("rules/firms.toml").expect("the table comes with the program");
    let any = |words: &[String]| {
        longest_first(words).iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
    };
    let whole =
        |words: &[String]| format!(r"(?i)(?:^|[^\p{{L}}\p{{N}}])(?:{})(?:[^\p{{L}}\p{{N}}]|$)", any(words));
    let regex = |pattern: String| Regex::new(&pattern).expect("the tables hold plain words");
    Firms {
        firm: regex(whole(&table.firms)),
        office: regex(whole(&table.offices)),
        general: regex(format!(r"(?i)^(?:(?:nguyên|cựu|cố|quyền|former) )?(?:{}) ", any(&table.general))),
        public: regex(whole(&table.public)),
        no_public: regex(format!("(?i)(?:{})", any(&table.no_public))),
    }
});

/// Whether a position is one in a firm of which nothing tells that it is the State's.
pub(super) fn is_private(position: &str) -> bool {
    let firms = &*FIRMS;
    let of_firm = || {
        firms.firm.is_match(position) || firms.office.is_match(position) || firms.general.is_match(position)
    };
    of_firm() && !firms.public.is_match(&firms.no_public.replace_all(position, "-"))
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
}
