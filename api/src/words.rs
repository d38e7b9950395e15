//! The words of the pages, in both languages.

use std::fmt;

use axum::extract::{FromRequestParts, Query};
use axum::http::header;
use axum::http::request::Parts;
use indexer::composed::Composed;
use indexer::statistics::catalogue::Named;
use indexer::statistics::series::PeriodKind;
use indexer::{DirectiveKind, Modality};
use jiff::civil::Date;

/// Declares the table: a field, its English, its Vietnamese.
macro_rules! words {
    ($($name:ident: $en:literal, $vi:literal;)+) => {
        /// The words of one language.
        #[derive(Debug)]
        pub(crate) struct Words { $(pub(crate) $name: &'static str,)+ }

        static ENGLISH: Words = Words { $($name: $en,)+ };
        static VIETNAMESE: Words = Words { $($name: $vi,)+ };

        #[cfg(test)]
        const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $en, $vi),)+];
    };
}

words! {
    tagline: "News and reports over the years: who directed what, who held which office, how a number moved. Each with its sentence.",
        "Tin tức và báo cáo qua các năm: ai chỉ đạo việc gì, ai giữ chức vụ nào, con số thay đổi ra sao. Mỗi điều kèm câu văn gốc.";
    search: "Search", "Tìm kiếm";
    search_for: "Words, “a phrase”, -without, begin*", "Từ khóa, “cụm từ”, -loại trừ, đầu từ*";
    directives: "Directives", "Văn bản chỉ đạo";
    officials: "Officials", "Cán bộ";
    series: "Statistics", "Số liệu";
    read_first: "Values are found in texts by rules, and some are wrong: read the sentence before you use one.",
        "Các giá trị do chương trình tìm trong bài viết, có thể sai: hãy đọc câu văn gốc trước khi sử dụng.";
    who_held: "Who held office", "Ai giữ chức vụ";
    who_held_lead: "Who held an office on a day, as far as texts prove it.",
        "Ai giữ một chức vụ vào một ngày, theo những gì bài viết chứng minh được.";
    office_words: "Office, such as Secretary of the Provincial Party Committee",
        "Chức vụ, chẳng hạn Bí thư Tỉnh ủy";
    place: "Province", "Tỉnh, thành";
    at_day: "On the day", "Vào ngày";
    certain: "certain: texts before and after it, or the dates that they state, prove it",
        "chắc chắn: bài viết trước và sau ngày đó, hoặc ngày tháng nêu trong bài, chứng minh";
    near: "near: proved within a year of that day, not on it",
        "gần: có bằng chứng trong vòng một năm, không đúng vào ngày đó";
    certain_mark: "certain", "chắc chắn";
    near_mark: "near", "gần";
    acting: "acting", "quyền";
    holders: "in office, as far as the texts tell", "lượt giữ chức vụ theo các bài viết";
    no_holder: "No text proves who held it then. Another wording of the office, another day or no day may find more.",
        "Không có bài viết nào chứng minh ai giữ chức vụ này khi đó. Thử cách gọi khác, ngày khác hoặc bỏ trống ngày.";
    ended_after: "There has been no such office since", "Chức vụ này không còn sau ngày";
    merged_into: "the province was merged into", "tỉnh đã sáp nhập vào";
    named: "What the words name", "Từ khóa này chỉ";
    document: "document", "tài liệu";
    documents: "documents", "tài liệu";
    mention: "mention", "lượt nhắc";
    mentions: "mentions", "lượt nhắc";
    vietnamese: "Vietnamese", "Tiếng Việt";
    english: "English", "Tiếng Anh";
    nothing: "Nothing was found. Words without accents find every spelling; fewer words or filters find more.",
        "Không có kết quả. Gõ không dấu để tìm mọi cách viết; bớt từ hoặc bớt điều kiện lọc để tìm rộng hơn.";
    unquoted: "No document has this word for word, so its words were looked for:",
        "Không có tài liệu nào chứa nguyên văn cụm từ sau, nên từng từ của nó được tìm:";
    unread_signs: "A search of more than a hundred words is read as a text: its quotation marks, -, +, * and OR were not read as signs.",
        "Câu tìm kiếm trên một trăm từ được đọc như một bài viết: dấu ngoặc kép, -, +, * và OR không được hiểu là ký hiệu.";
    respelt: "No document has this word, so the nearest spelling was looked for:",
        "Không có tài liệu nào chứa từ này, nên cách viết gần nhất được tìm:";
    without_quotes: "Search without the quotation marks", "Tìm không dùng dấu ngoặc kép";
    filters: "Narrow down", "Thu hẹp";
    remove: "remove", "bỏ lọc";
    sort: "Order", "Sắp xếp";
    with_all_words: "have all these words; others with some of them are listed too, each saying what it lacks",
        "có đủ các từ này; danh sách gồm cả những tài liệu chỉ có một phần các từ, mỗi tài liệu ghi rõ từ còn thiếu";
    with_most_words: "have most of these words; others with fewer are listed too, each saying what it lacks",
        "có phần lớn các từ này; danh sách gồm cả những tài liệu có ít từ hơn, mỗi tài liệu ghi rõ từ còn thiếu";
    with_some_words: "have some of these words, the rare ones above all",
        "có một phần các từ này, trước hết là các từ hiếm";
    only_all_words: "Only documents with all words", "Chỉ tài liệu có đủ các từ";
    side_by_side: "have these words side by side", "có các từ này liền nhau";
    lacks: "without", "không có";
    relevance: "best first", "phù hợp nhất";
    newest: "newest first", "mới nhất";
    oldest: "oldest first", "cũ nhất";
    next: "Next page", "Trang sau";
    previous: "Previous page", "Trang trước";
    first_page: "First page", "Trang đầu";
    by_year: "By year of publication", "Theo năm xuất bản";
    as_json: "This page as JSON", "Trang này dạng JSON";
    api: "API", "API";
    source: "Source", "Nguồn";
    province: "Province", "Tỉnh, thành";
    year: "Year", "Năm";
    month: "Month", "Tháng";
    language: "Language", "Ngôn ngữ";
    kind: "What it mentions", "Loại thông tin";
    directive: "Directive", "Văn bản";
    official: "Official", "Cán bộ";
    position: "Position", "Chức vụ";
    indicator: "Statistic", "Chỉ tiêu";
    author: "Author", "Tác giả";
    published: "Published", "Ngày đăng";
    address: "Original", "Bản gốc";
    versions: "versions", "phiên bản";
    mentioned_here: "In this text", "Trong bài này";
    issued: "Issued", "Ban hành";
    issuer: "Issued by", "Cơ quan ban hành";
    subject: "About", "Nội dung";
    central: "Central", "Trung ương";
    cited: "Cited", "Được trích dẫn";
    citations: "Where it is cited", "Những nơi trích dẫn";
    positions: "Positions over time", "Chức vụ qua các năm";
    seen: "seen", "ghi nhận";
    last_seen: "last seen as", "ghi nhận sau cùng:";
    seen_lead: "The time beside a position is when texts name the person in it, first and last: not the term of office.",
        "Thời gian ghi bên chức vụ là lúc bài viết nhắc đến người này ở chức vụ đó, lần đầu và lần cuối: không phải nhiệm kỳ.";
    former: "former", "nguyên";
    in_office: "In office, the texts say,", "Tại chức, theo bài viết,";
    decisions: "Decided by people", "Do người dùng quyết định";
    decided_same: "mentions brought together", "gộp các lượt nhắc";
    decided_different: "mentions kept apart", "tách các lượt nhắc";
    decided_none: "not a mention", "không phải lượt nhắc";
    decided_name: "the name that is shown", "tên hiển thị";
    decided_by: "decided by", "quyết định bởi";
    decided_on: "on", "ngày";
    since: "from", "từ";
    until: "until", "đến";
    all_mentions: "All mentions", "Mọi lượt nhắc";
    points: "Values and their sentences", "Giá trị và câu văn gốc";
    changes: "Changes", "Mức tăng, giảm";
    disputed: "disputed", "số liệu khác nhau";
    linked_from: "Linked from", "Được dẫn từ trang";
    same_text: "The same text", "Cùng một bài";
    carriers: "also in", "cũng có trong";
    of: "of", "trên";
    undated: "period not given: as of publication", "không nêu kỳ: tính đến ngày xuất bản";
    period: "Period", "Kỳ";
    compare: "Compare", "So sánh";
    compare_with: "Compare with up to seven other places", "So sánh với tối đa bảy nơi khác";
    nothing_certain: "No certain value of this kind is known of:",
        "Chưa có giá trị chắc chắn nào cùng loại của:";
    other_series: "Other series of this statistic", "Chuỗi khác của chỉ tiêu này";
    value: "value", "giá trị";
    values: "values", "giá trị";
    figures: "Figures", "Con số";
    figures_by_words: "Numbers whose own words have what is asked for. What they measure is not told closely enough to make a series; the statistics that are series stand here:",
        "Các con số có từ ngữ cần tìm. Nội dung chưa đủ rõ để lập thành chuỗi; các chỉ tiêu có chuỗi số liệu xem tại:";
    unread: "More figures are known than were read for this; last published and not read:", "Còn con số công bố sau cùng chưa được đọc cho trang này:";
    catalogue: "Statistics by subject", "Chỉ tiêu theo lĩnh vực";
    without_values: "Statistics that no text gives a value of yet", "Chỉ tiêu chưa có bài viết nào nêu giá trị";
    actual: "actual", "thực hiện";
    estimate: "estimate", "ước tính";
    target: "target", "mục tiêu";
    forecast: "forecast", "dự báo";
    limit: "limit", "giới hạn";
    other_sense: "other", "khác";
    span_time: "at a time", "tại một thời điểm";
    span_year: "years", "năm";
    span_half: "half years", "nửa năm";
    span_quarter: "quarters", "quý";
    span_month: "months", "tháng";
    span_day: "as of a day", "tính đến ngày";
    span_months: "months from the first on", "lũy kế tháng";
    span_years: "several years", "giai đoạn";
    the_world: "the world", "thế giới";
    trillions: " tn", " nghìn tỷ";
    billions: " bn", " tỷ";
    millions: " m", " triệu";
    district: "District", "Quận";
    ward: "Ward", "Phường";
    csv: "as CSV", "dạng CSV";
    every_sentence: "Every sentence that gives a value of it", "Mọi câu nêu giá trị của chỉ tiêu này";
    figures_of: "Every number that the texts give for this statistic, also where they do not say whose it is or when. What is told plainly enough stands in its series:",
        "Mọi con số mà các bài viết nêu cho chỉ tiêu này, kể cả khi bài không nói rõ là của ai hay vào lúc nào. Những gì đủ rõ nằm trong chuỗi số liệu:";
    no_points: "No value with a date is known for this.", "Chưa có giá trị nào có thời gian cho chỉ tiêu này.";
    uncertain: "Found, not certain", "Tìm thấy, chưa chắc chắn";
    uncertain_why: "The text does not say plainly enough what these are values of, of whom, when or in what sense. They are in no line and in no table of values.",
        "Bài viết chưa nói đủ rõ các giá trị này là của chỉ tiêu nào, của ai, vào lúc nào hay theo nghĩa nào. Chúng không nằm trong biểu đồ và bảng giá trị.";
    unknown_time: "undated", "không rõ ngày";
    parameters: "Parameters", "Tham số";
    docs_lead: "Everything on these pages is also there for tools, as JSON over HTTP.",
        "Mọi nội dung trên các trang này cũng có cho công cụ khác, dạng JSON qua HTTP.";
    wrong: "That did not work", "Không thực hiện được";
    missing: "There is no such page", "Không có trang này";
    home: "Back to the search", "Về trang tìm kiếm";
    somewhere: "Place", "Nơi";
    unit: "Unit", "Đơn vị";
    from_day: "From", "Từ ngày";
    to_day: "To", "Đến ngày";
    how_many: "How many", "Số kết quả";
    skip: "Skip to the content", "Đến nội dung chính";
    other_language: "Tiếng Việt", "English";
}

/// The language of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ui {
    English,
    Vietnamese,
}

impl Ui {
    /// Its code.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Vietnamese => "vi",
        }
    }

    /// The other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::English => Self::Vietnamese,
            Self::Vietnamese => Self::English,
        }
    }

    /// Its words.
    pub(crate) fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::Vietnamese => &VIETNAMESE,
        }
    }

    /// A page of a printed document.
    pub(crate) fn page_number(self, page: usize) -> String {
        match self {
            Self::English => format!("page {page}"),
            Self::Vietnamese => format!("trang {page}"),
        }
    }

    /// A day, in the middle of a sentence.
    pub(crate) fn day(self, day: Date) -> String {
        let form = match self {
            Self::English => "%-d %B %Y",
            Self::Vietnamese => "%-d/%-m/%Y",
        };
        day.strftime(form).to_string()
    }

    /// Where a text was published first (the name of the place follows, unless it is here); where not all places are
    /// known, as far as is known.
    pub(crate) fn first(self, is_here: bool, is_exact: bool) -> &'static str {
        match (self, is_here, is_exact) {
            (Self::English, true, true) => "First published here",
            (Self::English, true, false) => "Here first, as far as is known",
            (Self::English, false, true) => "First in",
            (Self::English, false, false) => "First, as far as is known, in",
            (Self::Vietnamese, true, true) => "Đăng đầu tiên tại đây",
            (Self::Vietnamese, true, false) => "Bản đăng sớm nhất được biết",
            (Self::Vietnamese, false, true) => "Đăng đầu tiên trên",
            (Self::Vietnamese, false, false) => "Bản đăng sớm nhất được biết: trên",
        }
    }

    /// When somebody was seen in an office, first and last: no term of office.
    pub(crate) fn seen(self, first: &str, last: &str) -> String {
        let when = if first == last { first.to_owned() } else { format!("{first} – {last}") };
        format!("{} {when}", self.words().seen)
    }

    /// The office that somebody was seen in last.
    pub(crate) fn last_seen(self, office: &str) -> String {
        format!("{} {office}", self.words().last_seen)
    }

    /// In how many other places a text stands, or at least stands.
    pub(crate) fn carried(self, others: usize, is_exact: bool) -> String {
        match (self, others, is_exact) {
            (Self::English, 1, true) => "carried by 1 other".to_owned(),
            (Self::English, _, true) => format!("carried by {others} others"),
            (Self::English, 1, false) => "carried by at least 1 other".to_owned(),
            (Self::English, _, false) => format!("carried by at least {others} others"),
            (Self::Vietnamese, _, true) => format!("{others} nơi khác đăng lại"),
            (Self::Vietnamese, _, false) => format!("ít nhất {others} nơi khác đăng lại"),
        }
    }

    /// What a type of directive is called.
    pub(crate) fn kind(self, kind: DirectiveKind) -> &'static str {
        use DirectiveKind as Kind;
        let (en, vi) = match kind {
            Kind::Directive => ("Directive", "Chỉ thị"),
            Kind::Resolution => ("Resolution", "Nghị quyết"),
            Kind::Conclusion => ("Conclusion", "Kết luận"),
            Kind::Plan => ("Plan", "Kế hoạch"),
            Kind::Decision => ("Decision", "Quyết định"),
            Kind::Decree => ("Decree", "Nghị định"),
            Kind::Circular => ("Circular", "Thông tư"),
            Kind::Law => ("Law", "Luật"),
            Kind::Ordinance => ("Ordinance", "Pháp lệnh"),
            Kind::Regulation => ("Regulation", "Quy định"),
            Kind::Programme => ("Programme", "Chương trình"),
            Kind::Project => ("Project", "Đề án"),
            Kind::Report => ("Report", "Báo cáo"),
            Kind::Notice => ("Notice", "Thông báo"),
            Kind::Guidance => ("Guidance", "Hướng dẫn"),
            Kind::OfficialLetter => ("Official letter", "Công văn"),
            Kind::Telegram => ("Telegram", "Công điện"),
            Kind::Order => ("Order", "Lệnh"),
            Kind::Other => ("Document", "Văn bản"),
        };
        match self {
            Self::English => en,
            Self::Vietnamese => vi,
        }
    }

    /// What an office is called in this language: as texts in it have it, else as the table of offices has it.
    pub(crate) fn office<'o>(self, name: &'o str, composed: &'o Composed) -> &'o str {
        let other = match self {
            Self::English => composed.en.as_deref(),
            // Of wordings in Vietnamese one is the name, where there are any.
            Self::Vietnamese => composed.vi.as_deref().filter(|_| name.is_ascii()),
        };
        other.unwrap_or(name)
    }

    /// What a language is called; where nobody told, its code.
    pub(crate) fn language(self, code: &str) -> &str {
        match code {
            "vi" => self.words().vietnamese,
            "en" => self.words().english,
            code => code,
        }
    }

    /// What a parameter of a page is called.
    pub(crate) fn parameter(self, name: &str) -> Option<&'static str> {
        let w = self.words();
        Some(match name.strip_prefix("exclude.").unwrap_or(name) {
            "source" => w.source,
            "province" => w.province,
            "place" => w.somewhere,
            "year" => w.year,
            "month" => w.month,
            "language" | "lang" => w.language,
            "type" => w.kind,
            "directive" => w.directive,
            "official" => w.official,
            "position" | "title" => w.position,
            "indicator" => w.indicator,
            "unit" => w.unit,
            "sort" => w.sort,
            "from" => w.from_day,
            "to" => w.to_day,
            "at" => w.at_day,
            "limit" => w.how_many,
            _ => return None,
        })
    }

    /// So many documents.
    pub(crate) fn documents(self, count: u64) -> String {
        self.counted(count, self.words().document, self.words().documents)
    }

    /// So many mentions.
    pub(crate) fn mentions(self, count: u64) -> String {
        self.counted(count, self.words().mention, self.words().mentions)
    }

    /// So many values.
    pub(crate) fn values(self, count: u64) -> String {
        self.counted(count, self.words().value, self.words().values)
    }

    fn counted(self, count: u64, one: &str, several: &str) -> String {
        format!("{} {}", self.number(count as f64), if count == 1 { one } else { several })
    }

    /// A name of the catalogue in the page's language.
    pub(crate) fn name(self, name: &'static Named) -> &'static str {
        match self {
            Self::English => &name.en,
            Self::Vietnamese => &name.vi,
        }
    }

    /// In what sense a value is said.
    pub(crate) fn sense(self, modality: Modality) -> &'static str {
        let w = self.words();
        match modality {
            Modality::Actual => w.actual,
            Modality::Estimate => w.estimate,
            Modality::Target => w.target,
            Modality::Forecast => w.forecast,
            Modality::Limit => w.limit,
            Modality::Other => w.other_sense,
        }
    }

    /// What the periods of values are.
    pub(crate) fn span(self, span: PeriodKind) -> &'static str {
        let w = self.words();
        match span {
            PeriodKind::Time => w.span_time,
            PeriodKind::Year => w.span_year,
            PeriodKind::Half => w.span_half,
            PeriodKind::Quarter => w.span_quarter,
            PeriodKind::Month => w.span_month,
            PeriodKind::Day => w.span_day,
            PeriodKind::Months => w.span_months,
            PeriodKind::Years => w.span_years,
        }
    }

    /// A value as people write it: digits in threes.
    pub(crate) fn number(self, value: f64) -> String {
        let (thousands, decimal) = match self {
            Self::English => (',', '.'),
            Self::Vietnamese => ('.', ','),
        };
        let plain = value.abs().to_string();
        let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(a, b)| (a, Some(b)));
        let mut out = if value < 0.0 { "−".to_owned() } else { String::new() };
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push(thousands);
            }
            out.push(digit);
        }
        if let Some(fraction) = fraction {
            out.push(decimal);
            out.push_str(fraction);
        }
        out
    }

    /// A sum of money: exact, in millions or billions where it is so large.
    pub(crate) fn sum(self, value: f64) -> String {
        let w = self.words();
        let (scale, unit) = match value.abs() {
            size if size >= 1e9 => (1e9, w.billions),
            size if size >= 1e6 => (1e6, w.millions),
            _ => (1.0, ""),
        };
        format!("{}{unit}", self.number((value / scale * 1e9).round() / 1e9))
    }

    /// A value as short as it can be read: two places, in millions, billions or trillions.
    pub(crate) fn short(self, value: f64) -> String {
        let w = self.words();
        let (scaled, unit) = match value.abs() {
            size if size >= 1e12 => (value / 1e12, w.trillions),
            size if size >= 1e9 => (value / 1e9, w.billions),
            size if size >= 1e6 => (value / 1e6, w.millions),
            _ => (value, ""),
        };
        format!("{}{unit}", self.number((scaled * 100.0).round() / 100.0))
    }

    /// The language that a request asks for: `ui`, else the first of ours in `Accept-Language`, else English.
    pub(crate) fn of(parts: &Parts) -> Self {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map(|pairs| pairs.0);
        let asked = pairs.unwrap_or_default().into_iter().rev().find(|(name, _)| name == "ui");
        let known = |code: &str| match code.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("vi") => Some(Self::Vietnamese),
            Some("en") => Some(Self::English),
            _ => None,
        };
        let accepted = || {
            let header = parts.headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            header.split(',').find_map(|tag| known(tag.trim()))
        };
        asked.and_then(|(_, code)| known(&code)).or_else(accepted).unwrap_or(Self::English)
    }
}

impl fmt::Display for Ui {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl<S: Sync> FromRequestParts<S> for Ui {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_every_word() {
        for (name, en, vi) in ALL {
            assert!(!en.trim().is_empty() && !vi.trim().is_empty(), "{name}");
            assert!(en.is_ascii() || en.contains(['“', 'ế']), "{name} is not English: {en}");
        }
    }

    #[test]
    fn carriers_are_counted_in_words() {
        assert_eq!(Ui::English.carried(1, true), "carried by 1 other");
        assert_eq!(Ui::English.carried(99, false), "carried by at least 99 others");
        assert_eq!(Ui::Vietnamese.carried(99, false), "ít nhất 99 nơi khác đăng lại");
    }

    #[test]
    fn a_page_speaks_the_language_that_is_asked_for() {
        let check = |address: &str, accepted: &str, expected: Ui| {
            let request =
                axum::http::Request::builder().uri(address).header(header::ACCEPT_LANGUAGE, accepted);
            let (parts, ()) = request.body(()).unwrap().into_parts();
            assert_eq!(Ui::of(&parts), expected, "{address} {accepted}");
        };
        check("/", "", Ui::English);
        check("/", "fr, vi-VN;q=0.8, en", Ui::Vietnamese);
        check("/?ui=en", "vi", Ui::English);
        check("/?q=a&ui=vi", "en", Ui::Vietnamese);
        check("/?ui=xx", "vi", Ui::Vietnamese);
    }

    #[test]
    fn values_are_written_as_people_do() {
        assert_eq!(Ui::English.number(9_504_000_000.0), "9,504,000,000");
        assert_eq!(Ui::Vietnamese.number(-1234.5), "−1.234,5");
        assert_eq!(Ui::English.number(7.58), "7.58");
        assert_eq!(Ui::English.short(-9_504_000_000.0), "−9.5 bn");
        assert_eq!(Ui::Vietnamese.short(1_234_560_000_000.0), "1,23 nghìn tỷ");
        assert_eq!(Ui::Vietnamese.short(35_400_000.0), "35,4 triệu");
        assert_eq!(Ui::Vietnamese.short(11.76), "11,76");
    }
}
