//! Offices: a role in a body at a place, composed from the words of a position in either language.
//!
//! `Chủ tịch UBND TP Đà Nẵng`, `Chủ tịch thành phố Đà Nẵng` and `Chairman of the Da Nang People's Committee` are one office.
//! Whether it is held, was held or is held for the time being belongs to a holding, not to the office.

use serde::{Deserialize, Serialize};
use text::slug;

pub(crate) use self::places::named;
pub use self::question::OfficeAsked;
pub(crate) use self::reading::spelt_alike;
pub(crate) use self::table::level;
use self::table::{OFFICES, Role};
use crate::place::{Level, Place, is_city};

/// What the words of a position say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The office.
    pub office: Office,
    /// It is told of as one that is no longer held.
    pub former: bool,
    /// It is held for the time being.
    pub acting: bool,
}

/// Stands for the state of somebody abroad whose state no text names.
pub(crate) const SOME_STATE: &str = "abroad";

/// A role in a body at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Office {
    /// Key of the role in the table, `None` where the words begin with none of them.
    pub role: Option<String>,
    /// The body in its one spelling without accents; empty where the words name none.
    pub body: String,
    /// Where.
    pub place: Place,
    /// The state whose office it is, where it is not Vietnam; without accents.
    pub country: Option<String>,
}

fn starts(body: &str, word: &str) -> bool {
    body.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

impl Office {
    /// Gives an office that every province has the place that its text is about.
    fn settle(&mut self, near: Option<&Place>) {
        if self.country.is_some() || !self.is_local() {
            return;
        }
        if matches!(self.place.level, Some(Level::Commune | Level::Hamlet)) && self.place.province.is_none() {
            self.place.suppose(near.and_then(|near| near.province.as_deref()));
        }
        let Some(near) = near else { return };
        match self.place.level {
            None | Some(Level::Province) => {
                if self.place.province.is_none() {
                    self.place.province.clone_from(&near.province);
                }
                if self.place.level.is_none()
                    && self.place.province.is_some()
                    && self.place.district.is_none()
                {
                    self.place.level = Some(Level::Province);
                }
            }
            Some(Level::District) => {
                if self.place.district.is_none() {
                    // "thành phố" in the text of a city under the Centre is that city.
                    if near.province.as_deref().is_some_and(is_city) && near.district.is_none() {
                        self.place.level = Some(Level::Province);
                    } else {
                        self.place.district.clone_from(&near.district);
                    }
                }
                if self.place.province.is_none() {
                    self.place.province.clone_from(&near.province);
                }
            }
            Some(Level::Commune | Level::Hamlet) => {}
        }
    }

    /// Whether every province, district or commune has such an office.
    pub fn is_local(&self) -> bool {
        self.place.level.is_some() || self.is_of_every_place()
    }

    /// Whether its body is one that every province, district or commune has.
    fn is_of_every_place(&self) -> bool {
        let begins = || OFFICES.table.local.iter().any(|begin| starts(&self.body, begin));
        let is_one = OFFICES.table.one_of_a_kind.iter().any(|end| self.body.ends_with(end.as_str()));
        begins() && !is_one
    }

    /// Whether it is a province's where the words name no rung: districts and communes have no such body.
    pub(crate) fn is_provincial(&self) -> bool {
        let table = &OFFICES.table;
        let role = self.role.as_deref();
        table.provincial.iter().any(|begin| starts(&self.body, begin))
            || table.provincial_roles.iter().any(|(of, body)| role == Some(of) && starts(&self.body, body))
    }

    /// Whether its words name no body, or a kind of which there are many: `Chủ tịch`, `Giám đốc Trung tâm`.
    fn is_of_some_body(&self) -> bool {
        // `Bệnh viện Sơn Khê`: but a place that every such body has tells nothing.
        let is_placed = || self.place.key().is_some() && !self.is_of_every_place();
        let is_kind = || OFFICES.table.kinds.contains(&self.body);
        self.body.is_empty() || self.country.is_none() && is_kind() && !is_placed()
    }

    /// Whether its words tell an office at all. Those of a role alone, of a kind of body, of a state that no text names, or of a body
    /// that every province has, somewhere, are as many offices as there are people called so.
    pub fn is_told(&self) -> bool {
        let is_somewhere = || {
            let every = || self.is_provincial() || OFFICES.table.local.contains(&self.body);
            self.country.is_none() && every() && !self.place.is_named()
        };
        let of_some_state = self.country.as_deref() == Some(SOME_STATE);
        !self.is_of_some_body() && !of_some_state && !is_somewhere()
    }

    /// Whether the words tell it from all other offices: it has a role and a body, and where its like are elsewhere, a place.
    pub fn is_definite(&self) -> bool {
        self.table_role().is_some_and(|role| !role.abroad || self.country.is_some())
            && !self.is_of_some_body()
            && (self.country.is_some() || !self.is_local() || self.place.is_named())
    }

    /// Held by one person at a time.
    pub fn is_single(&self) -> bool {
        self.table_role().is_some_and(|role| role.single)
    }

    /// Its holders are known all over the country by their role.
    pub(crate) fn is_high(&self) -> bool {
        self.table_role().is_some_and(|role| role.high)
    }

    /// Its holders are known all over the country by their role or by their body: the Centre's, and those who lead a province.
    pub(crate) fn is_known_everywhere(&self) -> bool {
        self.leads() || OFFICES.table.known_bodies.iter().any(|end| self.body.ends_with(end.as_str()))
    }

    /// Those who lead the State, a ministry or a province.
    pub(crate) fn leads(&self) -> bool {
        let table = &OFFICES.table;
        let is_role = || self.role.as_ref().is_some_and(|role| table.known_roles.contains(role));
        let in_province = || table.known_in_provinces.contains(&self.body);
        self.is_high() || self.place.level == Some(Level::Province) && is_role() && in_province()
    }

    /// The head of a ministry of Vietnam or a deputy.
    pub(crate) fn is_in_ministry(&self) -> bool {
        self.country.is_none()
            && self.table_role().is_some_and(|role| role.body.as_deref() == Some("bo"))
            && !self.body.is_empty()
    }

    /// Whether its words may be a short form of another office: the same role, and nothing that contradicts.
    pub(crate) fn is_short_for(&self, whole: &Self) -> bool {
        self.role.is_some()
            && self.role == whole.role
            && (starts(&whole.body, &self.body) || self.body.is_empty())
            && self.place.level.is_none_or(|level| whole.place.level == Some(level))
    }

    /// How many hold an office of such words in the country at one time, about.
    pub(crate) fn bearers(&self) -> u32 {
        let table = &OFFICES.table.bearers;
        let by_body = match self.place.level {
            Some(Level::Province) => table.province,
            Some(Level::District) => table.district,
            Some(Level::Commune) => table.commune,
            Some(Level::Hamlet) => table.hamlet,
            None if self.is_of_some_body() => table.role,
            None if self.is_provincial() => table.province,
            None if self.is_local() => table.any,
            None => table.body,
        };
        self.table_role().and_then(|role| role.bearers).map_or(by_body, |role| role.min(by_body))
    }

    /// Held by many at once, beside other offices.
    pub fn is_membership(&self) -> bool {
        self.table_role().is_some_and(|role| role.membership)
    }

    /// Whether its words say that it is won, and not yet held: `Tổng thống đắc cử`.
    pub fn is_to_come(&self) -> bool {
        let words = &OFFICES.table.to_come;
        words.iter().any(|word| starts(&self.body, word))
    }

    /// Whether it may be the office of another state where the words name none: heads of state and of government.
    pub(crate) fn may_be_abroad(&self) -> bool {
        let alone = self
            .table_role()
            .is_some_and(|role| role.abroad || role.alone.as_deref() == Some(self.body.as_str()));
        self.country.is_none() && (alone || self.body.is_empty())
    }

    /// Whether its holder serves the country in another state.
    pub(crate) fn is_posted_abroad(&self) -> bool {
        self.role.as_ref().is_some_and(|role| OFFICES.table.posted.contains(role))
    }

    /// The same office of another state. A ministry abroad is one with and without the word.
    pub(crate) fn abroad(&self, country: &str) -> Self {
        let body = self.body.strip_prefix("bo ").unwrap_or(&self.body).to_owned();
        Self { body, country: Some(country.to_owned()), ..self.clone() }
    }

    /// The same in the province of another state that has the name of the office's own.
    pub(crate) fn of_namesake(&self, state: &str) -> Self {
        let province = self.place.province.as_deref().unwrap_or_default().replace('-', " ");
        let body = format!("{} {province}", self.body).trim().to_owned();
        Self { body, place: Place::default(), ..self.abroad(&slug(state).replace('-', " ")) }
    }

    /// Whether it is one of the central Party or State.
    pub fn is_central(&self) -> bool {
        self.country.is_none() && !self.is_local() && !self.body.is_empty()
    }

    fn table_role(&self) -> Option<&'static Role> {
        let at = OFFICES.by_key.get(self.role.as_ref()?)?;
        Some(&OFFICES.table.role[*at])
    }

    /// The role in words.
    pub fn role_name(&self, english: bool) -> Option<&'static str> {
        self.table_role().map(|role| if english { role.en.as_str() } else { role.vi.as_str() })
    }

    /// Body, place and state in one: two offices that have it in common stand in one house.
    pub fn house(&self) -> String {
        let mut house = self.body.replace(' ', "-");
        // Some district of a province is not the province.
        if let Some(level) = self.place.level.filter(|_| !self.place.is_named()) {
            house.push_str(match level {
                Level::Hamlet => ".thon",
                Level::Commune => ".xa",
                Level::District => ".huyen",
                Level::Province => ".tinh",
            });
            if let Some(place) = self.place.key() {
                house.push('-');
                house.push_str(&place);
            }
        } else if let Some(place) = self.place.key() {
            house.push('.');
            house.push_str(&place);
        }
        if let Some(country) = &self.country {
            house.push('.');
            house.push_str(&country.replace(' ', "-"));
        }
        house
    }

    /// What it is asked for by, the same for all its wordings.
    pub fn key(&self) -> String {
        let role = self.role.as_deref().unwrap_or("office");
        let house = self.house();
        if house.is_empty() { role.to_owned() } else { format!("{role}.{house}") }
    }
}

mod assembly;
mod label;
mod places;
mod question;
mod reading;
mod table;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_of_one_office_have_one_key() {
        let check = |position: &str, near: Option<&str>, expected: &str| {
            let near = near.map(Place::province);
            assert_eq!(Position::read(position, near.as_ref()).office.key(), expected, "{position}");
        };
        for (position, near, expected) in [
            ("Chủ tịch Nghị viện châu Âu (EP)", None, "chu-tich.nghi-vien-chau-au"),
            ("Chủ tịch EP", None, "chu-tich.nghi-vien-chau-au"),
            ("Tổng Giám đốc WHO", None, "tong-giam-doc.to-chuc-y-te-the-gioi"),
            ("Tổng Giám đốc Tổ chức Y tế Thế giới (WHO)", None, "tong-giam-doc.to-chuc-y-te-the-gioi"),
            ("Giám đốc CA tỉnh Lạng Sơn", None, "giam-doc.cong-an.lang-son"),
            ("Giám đốc Sở Y tế (TP.HCM)", None, "giam-doc.so-y-te.ho-chi-minh"),
            ("Chủ tịch UBND TP Đà Nẵng", None, "chu-tich.ubnd.da-nang"),
            ("Chủ tịch thành phố Đà Nẵng", None, "chu-tich.ubnd.da-nang"),
            ("Chủ tịch UBND thành phố", Some("Đà Nẵng"), "chu-tich.ubnd.da-nang"),
            // Typed without accents; of a rung below the province.
            ("chu tich ubnd tinh", Some("Quảng Trị"), "chu-tich.ubnd.quang-tri"),
            ("Chủ tịch UBND huyện", Some("Quảng Trị"), "chu-tich.ubnd.huyen-quang-tri"),
            ("Chủ tịch UBND thị xã Chũ", None, "chu-tich.ubnd.chu-bac-giang"),
            ("Chairman of the Da Nang People's Committee", None, "chu-tich.ubnd.da-nang"),
            ("Chủ tịch UBND TP.HCM", None, "chu-tich.ubnd.ho-chi-minh"),
            ("Chủ tịch UBND thành phố Hồ Chí Minh", None, "chu-tich.ubnd.ho-chi-minh"),
            ("Chủ tịch UBND tỉnh", Some("Nghệ An"), "chu-tich.ubnd.nghe-an"),
            ("Provincial People's Committee Chairman", Some("Nghệ An"), "chu-tich.ubnd.nghe-an"),
            (
                "Chairman of Anh Son District People's Committee",
                Some("Nghệ An"),
                "chu-tich.ubnd.anh-son-nghe-an",
            ),
            (
                "Chủ tịch UBND xã Cát Tiến (huyện Phù Cát, Bình Định)",
                None,
                "chu-tich.ubnd.xa-cat-tien-binh-dinh",
            ),
            ("Chủ tịch UBND TP Thanh Hóa", None, "chu-tich.ubnd.thanh-hoa-thanh-hoa"),
            ("Bí thư Thành ủy TP.HCM", None, "bi-thu.cap-uy.ho-chi-minh"),
            ("Bí thư TP.HCM", None, "bi-thu.cap-uy.ho-chi-minh"),
            ("Bí thư Tỉnh ủy Nghệ An", None, "bi-thu.cap-uy.nghe-an"),
            ("Secretary of the Provincial Party Committee", Some("Nghệ An"), "bi-thu.cap-uy.nghe-an"),
            ("Bí thư Huyện ủy Anh Sơn", None, "bi-thu.cap-uy.anh-son-nghe-an"),
            ("Bộ trưởng Bộ NN&PTNT", None, "bo-truong.bo-nong-nghiep-phat-trien-nong-thon"),
            ("Bộ trưởng Nông nghiệp", None, "bo-truong.bo-nong-nghiep-phat-trien-nong-thon"),
            ("Minister of Health", None, "bo-truong.bo-y-te"),
            ("Minister of the Ministry of Health", None, "bo-truong.bo-y-te"),
            ("Director of the Department of Home Affairs", Some("Nghệ An"), "giam-doc.so-noi-vu.nghe-an"),
            ("Director of Nghe An Health Department", None, "giam-doc.so-y-te.nghe-an"),
            (
                "Director of the Provincial Department of Public Security",
                Some("Nghệ An"),
                "giam-doc.cong-an.nghe-an",
            ),
            ("Bộ trưởng Bộ Giáo dục và Đào tạo (GD-ĐT)", None, "bo-truong.bo-giao-duc-dao-tao"),
            ("Bộ trưởng Bộ GD&ĐT", None, "bo-truong.bo-giao-duc-dao-tao"),
            (
                "Chi cục trưởng Chi cục ATVSTP Nghệ An",
                None,
                "chi-cuc-truong.chi-cuc-an-toan-ve-sinh-thuc-pham.nghe-an",
            ),
            (
                "Chi cục trưởng Chi cục An toàn vệ sinh thực phẩm (ATVSTP) Nghệ An",
                None,
                "chi-cuc-truong.chi-cuc-an-toan-ve-sinh-thuc-pham.nghe-an",
            ),
            ("Phó Vụ trưởng Vụ BHYT", None, "pho-vu-truong.vu-bao-hiem-y-te"),
            ("Chủ tịch Hội Sông nước Khe Bến (SNKB)", None, "chu-tich.hoi-song-nuoc-khe-ben"),
            ("Bộ trưởng Y tế", None, "bo-truong.bo-y-te"),
            ("Bộ trưởng Y tế Nga", None, "bo-truong.y-te.nga"),
            ("Thủ tướng", None, "thu-tuong.chinh-phu"),
            ("Thủ tướng Chính phủ Việt Nam", None, "thu-tuong.chinh-phu"),
            ("Trưởng ban Tổ chức T.Ư", None, "truong.ban-to-chuc-trung-uong"),
            ("Trưởng Ban Tổ chức Trung ương Đảng", None, "truong.ban-to-chuc-trung-uong"),
            ("Giám đốc Sở Y tế TPHCM", None, "giam-doc.so-y-te.ho-chi-minh"),
            ("Giám đốc Sở Y tế", Some("Nghệ An"), "giam-doc.so-y-te.nghe-an"),
            ("Chủ nhiệm Ủy ban Kinh tế của QH", None, "chu-nhiem.uy-ban-kinh-te-quoc-hoi"),
            ("Chủ nhiệm Ủy ban Kinh tế", None, "chu-nhiem.uy-ban-kinh-te-quoc-hoi"),
            ("Thủ tướng Nhật Bản", None, "thu-tuong.chinh-phu.nhat-ban"),
            ("Tổng thống Hoa Kỳ", None, "tong-thong.nuoc.my"),
            ("Tổng thống mới của Hoa Kỳ", None, "tong-thong.nuoc.my"),
            ("Giám đốc Khu đô thị mới Khe Bến", None, "giam-doc.khu-do-thi-moi-khe-ben"),
            ("Thủ tướng Chính phủ Nhật", None, "thu-tuong.chinh-phu.nhat-ban"),
            (
                "Chủ tịch Phòng Thương mại và Công nghiệp Việt Nam",
                Some("Hà Nội"),
                "chu-tich.phong-thuong-mai-cong-nghiep-viet-nam",
            ),
            ("Chủ tịch UBTƯ MTTQ Việt Nam", Some("Nghệ An"), "chu-tich.mttq-trung-uong"),
            ("Chủ tịch Ủy ban Trung ương MTTQ Việt Nam", Some("Nghệ An"), "chu-tich.mttq-trung-uong"),
            ("Chủ tịch Ủy ban MTTQ Việt Nam tỉnh", Some("Nghệ An"), "chu-tich.mttq.nghe-an"),
            ("Chủ tịch VCCI", Some("Hà Nội"), "chu-tich.phong-thuong-mai-cong-nghiep-viet-nam"),
            ("Chủ tịch UBND huyện Hoài Đức", None, "chu-tich.ubnd.hoai-duc-ha-noi"),
            ("Bộ trưởng Ngoại giao Đức", None, "bo-truong.ngoai-giao.duc"),
            ("Thủ tướng Anh", None, "thu-tuong.chinh-phu.anh"),
            ("Giám đốc Bệnh viện Việt Đức", Some("Hà Nội"), "giam-doc.benh-vien-viet-duc"),
            ("Phó GĐ Sở Y tế TPHCM", None, "pho-giam-doc.so-y-te.ho-chi-minh"),
            ("Thứ trưởng Kế hoạch & Đầu tư", None, "thu-truong.bo-ke-hoach-dau-tu"),
            // Words for places that are parts of other words, and names that begin like such words.
            ("Phó Bí thư Quân ủy Trung ương", Some("Nghệ An"), "pho-bi-thu.quan-uy-trung-uong"),
            ("Tổng Giám đốc Thông tấn xã Việt Nam", Some("Hà Nội"), "tong-giam-doc.thong-tan-xa"),
            ("Tổng Giám đốc TTXVN", None, "tong-giam-doc.thong-tan-xa"),
            ("Chủ tịch Liên minh Hợp tác xã Việt Nam", Some("Hà Nội"), "chu-tich.lien-minh-hop-tac-xa"),
            ("Cục trưởng Cục Xuất bản", Some("Hà Nội"), "cuc-truong.cuc-xuat-ban"),
            ("Trưởng Công an thị xã Cửa Lò", None, "truong.cong-an.cua-lo-nghe-an"),
            ("Chủ tịch UBND huyện Quan Sơn", None, "chu-tich.ubnd.quan-son-thanh-hoa"),
            ("Chánh VP UBND TP.HCM", None, "chanh-van-phong.van-phong-ubnd.ho-chi-minh"),
            ("Chủ tịch Hiệp hội các Nhà thầu Khe Bến", None, "chu-tich.hiep-hoi-nha-thau-khe-ben"),
            ("Tổng Giám đốc Đài TNVN", None, "tong-giam-doc.dai-tieng-noi"),
            ("trợ lý Tổng Bí thư", None, "office.tro-ly-tong-bi-thu"),
            ("Thống đốc Ngân hàng Nhà nước", None, "thong-doc.ngan-hang-nha-nuoc"),
            ("Thống đốc bang Khe Bến", Some("Nghệ An"), "thong-doc.bang-khe-ben.abroad"),
        ] {
            check(position, near, expected);
        }
    }

    #[test]
    fn a_city_is_its_provinces_before_it_is_one_under_the_centre() {
        let check = |position: &str, day: Option<&str>, expected: &str| {
            let day = day.map(|day| day.parse().unwrap());
            assert_eq!(Position::read_on(position, None, day).office.key(), expected, "{position}");
        };
        for (day, of_city) in [(Some("2020-01-01"), "hue-hue"), (Some("2025-01-01"), "hue"), (None, "hue")] {
            check("Chủ tịch UBND TP Huế", day, &format!("chu-tich.ubnd.{of_city}"));
            check("Bí thư Thành ủy Huế", day, &format!("bi-thu.cap-uy.{of_city}"));
            check("Chủ tịch UBND tỉnh Thừa Thiên Huế", day, "chu-tich.ubnd.hue");
            check("Giám đốc Sở Y tế Thừa Thiên Huế", day, "giam-doc.so-y-te.hue");
        }
        check("Chủ tịch UBND TP Đà Nẵng", Some("2020-01-01"), "chu-tich.ubnd.da-nang");
    }

    #[test]
    fn an_office_of_a_province_abroad_is_none_of_ours() {
        let office = Position::read("Bí thư Tỉnh ủy Hà Nam", None).office.of_namesake("Trung Quốc");
        assert_eq!(office.key(), "bi-thu.cap-uy-ha-nam.trung-quoc");
        assert_eq!(office.place.province, None);
    }

    #[test]
    fn words_that_many_are_called_by_tell_no_office() {
        let check = |position: &str, near: Option<&str>, expected: bool| {
            let near = near.map(Place::province);
            assert_eq!(Position::read(position, near.as_ref()).office.is_told(), expected, "{position}");
        };
        for position in [
            "Chủ tịch",
            "Bộ trưởng",
            "Giám đốc Trung tâm",
            "Hiệu trưởng nhà trường",
            "Thẩm phán",
            "Giám đốc Sở Y tế",
            "Chủ tịch UBND",
        ] {
            check(position, None, false);
        }
        for position in [
            "Thủ tướng",
            "Bộ trưởng Bộ Y tế",
            "Hiệu trưởng Trường THCS Khe Bến",
            "Thượng nghị sĩ Mỹ",
            "Giám đốc Công ty Nước sạch Khe Bến",
        ] {
            check(position, None, true);
        }
        check("Giám đốc Sở Y tế", Some("Nghệ An"), true);
        check("Chủ tịch UBND tỉnh", Some("Nghệ An"), true);
        check("Giám đốc Bệnh viện Đà Nẵng", None, true);
        check("Trưởng phòng", Some("Nghệ An"), false);
    }

    #[test]
    fn former_and_acting_are_no_part_of_the_office() {
        let check = |position: &str, former: bool, acting: bool, office: &str| {
            let read = Position::read(position, None);
            assert_eq!((read.former, read.acting), (former, acting), "{position}");
            assert_eq!(read.office.key(), office, "{position}");
        };
        check("nguyên quyền Chủ tịch UBND tỉnh Nghệ An", true, true, "chu-tich.ubnd.nghe-an");
        check("cố Thủ tướng", true, false, "thu-tuong.chinh-phu");
        check("Former Prime Minister", true, false, "thu-tuong.chinh-phu");
        // An adviser is nobody late.
        check("Cố vấn Bộ Y tế", false, false, "office.co-van-bo-y-te");
    }
}
