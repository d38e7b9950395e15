//! Where the subject of a directive ends. A subject is a phrase (`đẩy mạnh cải cách hành chính`); what the sentence goes on to
//! tell is no part of it, and a reader would take it for the document's own words.

use super::rules::RULES;

/// Words of a subject that something was cut from, at least: fewer say nothing.
const FEWEST: usize = 2;

/// Words before a quotation that is cut off, at least: `việc ban hành “Quy chế …` loses what it is about.
const FEWEST_BEFORE_A_TITLE: usize = 4;

/// Words of the new subject between a comma and what it does, at most.
const LONGEST_BEGINNING: usize = 14;

/// The subject that some words behind `về` begin with; `None` where none can be told from what follows.
pub(super) fn of(words: &str) -> Option<&str> {
    let subject = &words[..RULES.subject.ends.find(words).map_or(words.len(), |found| found.start())];
    let ends = |found: &aho_corasick::Match| !is_addition(&subject[found.end()..]);
    let end =
        RULES.subject.additions.find_iter(subject).find(ends).map_or(subject.len(), |found| found.start());
    let subject = &subject[..end];
    let subject = before_clause(subject);
    let subject = before_act(subject)?;
    let subject = match RULES.subject.run_on.find(subject) {
        Some(found) => &subject[..found.start() + found.as_str().find('.').unwrap_or_default()],
        None => subject,
    };
    let subject = balanced(trimmed(subject))?;
    let doubtful = RULES.subject.doubts.is_match(subject);
    let says = count(subject) >= FEWEST || !subject.is_empty() && subject == trimmed(words);
    (!doubtful && says).then_some(subject)
}

/// Whether what stands behind a comma and the word for a place or a year goes on with the subject: the name of the place, years
/// alone.
fn is_addition(rest: &str) -> bool {
    let is_span = |c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | ' ' | '.');
    rest.starts_with(char::is_uppercase)
        || RULES.subject.added.iter().any(|word| rest.starts_with(word.as_str()))
        || rest.starts_with(|c: char| c.is_ascii_digit()) && rest.trim_start_matches(is_span).is_empty()
}

fn count(words: &str) -> usize {
    words.split_whitespace().count()
}

/// The words before a comma behind which another clause begins.
fn before_clause(words: &str) -> &str {
    let begins = |found: &regex::Match<'_>| {
        let clause = found.as_str().trim_start_matches([',', ' ']);
        let rest = &words[found.end() - clause.len()..];
        !RULES.subject.goes_on.iter().any(|word| rest.starts_with(word.as_str()))
            && count(&words[..found.start()]) >= FEWEST
    };
    RULES.subject.clauses.find_iter(words).find(begins).map_or(words, |found| &words[..found.start()])
}

/// The words before what is done, by the document or by another, and before the other; `None` where nothing is left.
fn before_act(words: &str) -> Option<&str> {
    let is_act = |found: &regex::Match<'_>| {
        let act = words[found.start()..].trim_start();
        !RULES.subject.attributes.iter().any(|word| act.starts_with(word.as_str()))
    };
    let Some(act) = RULES.subject.acts.find_iter(words).find(is_act) else { return Some(words) };
    let mut subject = &words[..act.start()];
    if count(subject) < FEWEST {
        return None;
    }
    while let Some((before, last)) = subject.rsplit_once(", ") {
        let named = last.starts_with(char::is_uppercase) && count(last) > 1;
        let another = named || RULES.subject.others.is_match(last);
        if !another || count(last) > LONGEST_BEGINNING {
            break;
        }
        subject = before;
    }
    Some(subject)
}

/// Some words without what links them to what followed.
fn trimmed(words: &str) -> &str {
    let mut words = words;
    loop {
        let bare =
            words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ',' | ':' | '/'));
        let link =
            RULES.subject.links.iter().find_map(|link| bare.strip_suffix(link.as_str())?.strip_suffix(' '));
        match link {
            Some(before) => words = before,
            None => return bare.trim_start(),
        }
    }
}

/// Some words without a bracket or a quotation that does not end, and without the end of one that began before them.
fn balanced(words: &str) -> Option<&str> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut end = words.len();
    for (at, c) in words.char_indices() {
        let begun = open.last().map(|(_, opener)| *opener);
        match (c, begun) {
            ('"', Some('"')) | ('”', Some('“' | '"')) | ('»', Some('«')) | (')', Some('(')) => {
                open.pop();
            }
            ('(' | '“' | '«' | '"', _) => open.push((at, c)),
            (')' | '”' | '»', _) => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let Some((at, opener)) = open.first().filter(|(at, _)| *at < end) else {
        return Some(trimmed(&words[..end]));
    };
    let before = trimmed(&words[..*at]);
    let enough = *opener == '(' || count(before) >= FEWEST_BEFORE_A_TITLE;
    enough.then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_ends_where_the_sentence_goes_on() {
        let check = |words: &str, subject: Option<&str>| assert_eq!(of(words), subject, "{words}");
        for whole in [
            "đẩy mạnh cải cách hành chính, nâng cao chất lượng phục vụ",
            "quản lý, theo dõi rừng trồng đến năm 2025, tầm nhìn đến năm 2030",
            "tăng cường lãnh đạo, chỉ đạo công tác dân vận",
            "xử lý xe máy đã qua sử dụng",
            "tổ chức các sở thuộc UBND tỉnh, thành phố trực thuộc Trung ương",
            "mở rộng chợ xã Khe Bến, huyện Hạ Sơn, tỉnh Sơn Khê",
            "tổ chức hội khỏe lần thứ VI, năm 2021-2022",
            "phê duyệt Đề án “Làng nghề sông Khê”",
            "bổ nhiệm ông Lê Văn Suối (sinh năm 1970) giữ chức Phó Giám đốc Sở",
        ] {
            check(whole, Some(whole));
        }
        // What another does behind a comma, what the document does, what was done with it.
        check("cải cách hành chính, Sở Lâm nghiệp tỉnh đã mở hai lớp", Some("cải cách hành chính"));
        check("phòng dịch, các cấp, các ngành, địa phương đã vào cuộc", Some("phòng dịch"));
        check("cải cách hành chính, tỉnh Sơn Khê đã mở hai lớp", Some("cải cách hành chính"));
        check("cải cách hành chính, năm 2017, Đại học mở hai lớp", Some("cải cách hành chính"));
        check("giữ rừng đầu nguồn đã nêu rõ trách nhiệm của chủ rừng", Some("giữ rừng đầu nguồn"));
        check("giữ rừng đầu nguồn cũng như giữ nước", Some("giữ rừng đầu nguồn cũng như giữ nước"));
        check("phí bến bãi có hiệu lực từ ngày 1/8", Some("phí bến bãi"));
        check("phí bến bãi, Sở Lâm nghiệp hiện nay thừa hai người", Some("phí bến bãi"));
        check("phí bến bãi cho phù hợp với bến mới", Some("phí bến bãi"));
        check("phí bến bãi cho thấy: qua hai năm", Some("phí bến bãi"));
        check("phí bến bãi, khu đất trên nằm trong xã", Some("phí bến bãi"));
        check("phí bến bãi và khoản 3 Điều 5", Some("phí bến bãi"));
        check("phí bến bãi vừa được UBND tỉnh ban hành", Some("phí bến bãi"));
        check("cách ly xã hội, tổng số tiền phạt gần 9 triệu đồng", Some("cách ly xã hội"));
        check("kinh doanh gạo, theo Thanh tra Sở", Some("kinh doanh gạo"));
        check("trật tự xây dựng trên địa bàn.7 tháng qua có mười vụ", Some("trật tự xây dựng trên địa bàn"));
        // Brackets and titles that do not end.
        check("giá khám bệnh ngoài bảo hiểm (thông tư 2", Some("giá khám bệnh ngoài bảo hiểm"));
        check("trồng rừng phòng hộ”, ngày mai họp", Some("trồng rừng phòng hộ"));
        check("việc ban hành “Quy chế làm việc", None);
        check("cho vay nhà ở trong năm 2017 là 4,8%/năm", None);
        check("phí", Some("phí"));
        check("phí do Sở ban hành", None);
    }
}
