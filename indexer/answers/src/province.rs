//! Provinces by any of their names.

use store::{Content, Error, Facet, Filters, Query, Search, Sort};
use text::slug;

use crate::Index;

/// What a province's name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Province {
    /// A province, by its Vietnamese name as documents have it.
    Known(String),
    /// None.
    Unknown {
        /// The name that is written most alike.
        nearest: Option<String>,
    },
}

/// How much a name must be like another to be offered for it.
const LEAST_LIKE: f64 = 0.72;
/// Longest name that is compared with others, in characters.
const LONGEST: usize = 60;

impl Index {
    /// The province that a name stands for: one of the gazetteer's in any spelling, or another that documents are from.
    pub fn province(&self, name: &str) -> Result<Province, Error> {
        if let Some(known) = identity::province_called(name) {
            return Ok(Province::Known(known.to_owned()));
        }
        let wanted = slug(name);
        // The whole country is no province, and no mistake.
        if matches!(wanted.as_str(), "viet-nam" | "vietnam") {
            return Ok(Province::Known(name.to_owned()));
        }
        let everything = (Query::default(), Filters::default());
        let found = self.store().search(&Search {
            words: &everything.0,
            matching: store::Matching::All,
            filters: &everything.1,
            sort: Sort::Newest,
            page: None,
            facets: &[(Facet::Province, usize::MAX)],
            months: false,
            content: Content::Summary,
            time: self.limits().time,
        })?;
        let own: Vec<String> =
            found.facets.into_iter().flat_map(|facet| facet.values).map(|(province, _)| province).collect();
        if let Some(known) = own.iter().find(|known| slug(known) == wanted) {
            return Ok(Province::Known(known.clone()));
        }
        let all = own.into_iter().chain(identity::provinces().map(str::to_owned));
        Ok(Province::Unknown { nearest: nearest(&wanted, all) })
    }
}

/// The name that is written most like a slug, where one is like it at all.
pub(crate) fn nearest(wanted: &str, all: impl Iterator<Item = String>) -> Option<String> {
    let wanted: String = wanted.chars().take(LONGEST).collect();
    // A name that begins as it was typed is nearer than a short one of other letters.
    let likeness = |known: &String| strsim::jaro_winkler(&slug(known), &wanted);
    let best = all.max_by(|a, b| likeness(a).total_cmp(&likeness(b)).then_with(|| b.cmp(a)))?;
    (likeness(&best) >= LEAST_LIKE).then_some(best)
}

/// What a province's name stands for in the gazetteer alone, before there are documents.
pub fn in_gazetteer(name: &str) -> Province {
    match identity::province_called(name) {
        Some(known) => Province::Known(known.to_owned()),
        None => Province::Unknown { nearest: nearest(&slug(name), identity::provinces().map(str::to_owned)) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{extracted, page};

    #[test]
    fn provinces_are_known_by_any_name() {
        let pages = [page("a", "Mưa.").of("Báo", "Sơn Khê"), page("b", "Nắng.").of("Báo", "Thanh Hoá")];
        let (_fixture, index) = extracted(&pages);
        let check = |name: &str, known: Option<&str>, nearest: Option<&str>| {
            let expected = match known {
                Some(known) => Province::Known(known.to_owned()),
                None => Province::Unknown { nearest: nearest.map(str::to_owned) },
            };
            assert_eq!(index.province(name).unwrap(), expected, "{name}");
        };
        for name in ["Thanh Hóa", "Thanh Hoá", "thanh hoa", "THANH HÓA", "tỉnh Thanh Hoá", "thanh-hoa"]
        {
            check(name, Some("Thanh Hóa"), None);
        }
        for name in [
            "TP.HCM",
            "TP HCM",
            "TPHCM",
            "TP. Hồ Chí Minh",
            "thành phố Hồ Chí Minh",
            "Ho Chi Minh City",
            "ho chi minh",
        ] {
            check(name, Some("TP. Hồ Chí Minh"), None);
        }
        for name in ["Huế", "Thừa Thiên Huế", "Thua Thien-Hue", "TT-Huế"] {
            check(name, Some("Huế"), None);
        }
        check("Hanoi", Some("Hà Nội"), None);
        check("Sơn Khê", Some("Sơn Khê"), None);
        check("son khe", Some("Sơn Khê"), None);
        check("Nghệ", None, Some("Nghệ An"));
        check("Sơn Kê", None, Some("Sơn Khê"));
        assert_eq!(in_gazetteer("Thanh Hoá"), Province::Known("Thanh Hóa".to_owned()));
        assert_eq!(in_gazetteer("Ngệ An"), Province::Unknown { nearest: Some("Nghệ An".to_owned()) });
        // Documents have the one name, however their source writes it.
        let found = index.search(&crate::search::SearchRequest { limit: 10, ..Default::default() }).unwrap();
        let mut provinces: Vec<_> =
            found.hits.iter().map(|hit| hit.document.province.clone().unwrap()).collect();
        provinces.sort();
        assert_eq!(provinces, ["Sơn Khê", "Thanh Hóa"]);
    }
}
