//! What both services are asked.

/// A kind of question, over several words in turn.
pub(crate) struct Question {
    pub(crate) name: &'static str,
    words: &'static [&'static str],
    /// Parameters of Yearline's search.
    yearline: &'static str,
    /// Parameters of the bare handler.
    bare: &'static str,
}

const TERMS: &[&str] = &["thuế", "bão", "lúa", "cầu", "điện", "rừng", "vốn", "xuất", "trường", "bệnh"];
const PAIRS: &[&str] = &[
    "ngân sách đầu tư",
    "giáo dục học sinh",
    "tai nạn giao thông",
    "xuất khẩu gạo",
    "bệnh viện bác sĩ",
    "nông thôn mới",
];
const PHRASES: &[&str] = &[
    "\"ngân sách nhà nước\"",
    "\"tai nạn giao thông\"",
    "\"nông thôn mới\"",
    "\"bộ trưởng bộ\"",
    "\"ủy ban nhân dân\"",
];
/// Whole questions, of 8 to 20 words.
const SENTENCES: &[&str] = &[
    "Tỉnh nào có kim ngạch xuất khẩu gạo tăng mạnh nhất trong năm?",
    "Vì sao người dân ven sông phải di dời khỏi nhà trong mùa lũ vừa qua?",
    "Bộ trưởng trả lời thế nào về việc học sinh phải đóng quá nhiều khoản tiền đầu năm học?",
    "Bệnh viện nào tiếp nhận các nạn nhân trong vụ cháy chung cư ban đêm?",
    "Khi nào tuyến đường cao tốc nối hai thành phố được đưa vào sử dụng",
    "Doanh nghiệp nhỏ được vay vốn ưu đãi với lãi suất bao nhiêu phần trăm một năm?",
    "How many households will have clean water after the new plant opens next year",
];

pub(crate) const QUESTIONS: &[Question] = &[
    Question { name: "term", words: TERMS, yearline: "&highlight=false", bare: "" },
    Question { name: "conjunction", words: PAIRS, yearline: "&highlight=false", bare: "" },
    Question { name: "phrase", words: PHRASES, yearline: "&highlight=false", bare: "" },
    Question {
        name: "year filter",
        words: TERMS,
        yearline: "&highlight=false&year=2018",
        bare: "&year=2018",
    },
    Question {
        name: "facet",
        words: TERMS,
        yearline: "&highlight=false&facet=source",
        bare: "&facet=source",
    },
    Question {
        name: "month histogram",
        words: TERMS,
        yearline: "&highlight=false&interval=month",
        bare: "&interval=month",
    },
    Question { name: "snippet", words: PAIRS, yearline: "", bare: "&snippet=true" },
    Question { name: "question", words: SENTENCES, yearline: "&highlight=false", bare: "&any=true" },
];

/// Words as a part of an address.
fn escaped(words: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    words.bytes().map(byte).collect()
}

impl Question {
    /// Its addresses at Yearline's service.
    pub(crate) fn yearline(&self) -> Vec<String> {
        self.words.iter().map(|words| format!("/v1/search?q={}{}", escaped(words), self.yearline)).collect()
    }

    /// Its addresses at the bare one.
    pub(crate) fn bare(&self) -> Vec<String> {
        self.words.iter().map(|words| format!("/search?q={}{}", escaped(words), self.bare)).collect()
    }
}
