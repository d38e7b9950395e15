//! The document's own number: who issued it, when and about what stands in its head, not in the sentence.

use super::rules::RULES;
use crate::{Directive, PartialDate};

/// Gives the mention in the line of a document's own number what the head says; nothing else is changed.
pub(crate) fn complete(text: &str, found: &mut [Directive]) {
    let Some(own) = corpus::head::own(text) else { return };
    let is_own = |directive: &&mut Directive| {
        own.number.start() <= directive.span.start() && directive.span.end() <= own.number.end()
    };
    let Some(directive) = found.iter_mut().find(is_own) else { return };
    directive.issuer = directive.issuer.take().or_else(|| issuer(&own.authority));
    let signed = own.signed.and_then(|day| PartialDate::new(day.year(), Some(day.month()), Some(day.day())));
    directive.issued = directive.issued.or(signed);
    directive.subject = directive.subject.take().or(own.subject);
}

/// Who issued a document, of the lines above its number: the last one that begins with the words for a body, and what goes on
/// with it. The one above it is whom it belongs to (Decree 30/2020/NĐ-CP, annex I), and tells the place where it has none.
fn issuer(lines: &[String]) -> Option<String> {
    let begins = lines.iter().rposition(|line| body(&line.to_lowercase()).is_some()).unwrap_or_default();
    let (above, own) = lines.split_at(begins);
    let own = cased(&own.join(" "));
    if own.is_empty() {
        return None;
    }
    let of = cased(&above.join(" "));
    let place = (place(&own).is_none()).then(|| place(&of)).flatten().map(|at| &of[at..]);
    Some(place.map_or_else(|| own.clone(), |place| format!("{own} {place}")))
}

/// The words for a body that a line in small letters begins with: as people write them, and how long they are.
fn body(line: &str) -> Option<(&'static str, usize)> {
    let begins = |known: &&String| {
        let rest = line.strip_prefix(known.to_lowercase().as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let longest = RULES.bodies.iter().filter(begins).max_by_key(|known| known.len())?;
    Some((longest, longest.to_lowercase().len()))
}

/// Where the place of a body begins: `tỉnh Sơn Khê`.
fn place(body: &str) -> Option<usize> {
    let words = RULES.places.iter().filter_map(|word| {
        let found = body.match_indices(word.as_str()).map(|(at, _)| at).find(|at| {
            let rest = &body[at + word.len()..];
            (*at == 0 || body[..*at].ends_with(' ')) && rest.starts_with(' ')
        })?;
        // Behind it a name, not a verb.
        body[found + word.len()..].trim_start().starts_with(char::is_uppercase).then_some(found)
    });
    words.min()
}

/// A body in the letters that people write it in, where a line gives it in capitals alone.
fn cased(line: &str) -> String {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.contains(char::is_lowercase) {
        return line;
    }
    let small = line.to_lowercase();
    let (mut cased, rest) = match body(&small) {
        Some((known, length)) => (known.to_owned(), &small[length..]),
        None => (String::new(), small.as_str()),
    };
    // Behind the committee of a place stands its name, as behind the word for it.
    let mut is_name = RULES.committees.iter().any(|end| cased.ends_with(end.as_str()));
    let mut is_first = true;
    let mut words = rest.split(' ').filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        if !cased.is_empty() {
            cased.push(' ');
        }
        let two = words.peek().map(|next| format!("{word} {next}"));
        let is_place = |words: &str| RULES.places.iter().any(|known| known == words);
        if let Some(two) = two.filter(|two| is_place(two)) {
            cased.push_str(&two);
            words.next();
            is_name = true;
        } else if is_place(word) {
            cased.push_str(word);
            is_name = true;
        } else if !is_name && RULES.small.contains(word) && (!is_first || RULES.linking.contains(word)) {
            cased.push_str(word);
        } else {
            let mut letters = word.chars();
            cased.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            cased.push_str(letters.as_str());
        }
        // `Giáo dục và Đào tạo`, `Văn hóa, Thể thao`: each part begins anew.
        is_first = RULES.linking.contains(word) || word.ends_with([',', '-', '–']);
    }
    cased
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_above_a_number_say_who_issued_it() {
        let check = |lines: &[&str], expected: Option<&str>| {
            let all: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            assert_eq!(issuer(&all).as_deref(), expected, "{lines:?}");
        };
        check(&["ỦY BAN NHÂN DÂN", "TỈNH SƠN KHÊ"], Some("Ủy ban nhân dân tỉnh Sơn Khê"));
        check(&["UBND TỈNH SƠN KHÊ", "SỞ TÀI CHÍNH"], Some("Sở Tài chính tỉnh Sơn Khê"));
        check(&["UBND THÀNH PHỐ KHÊ AN"], Some("UBND thành phố Khê An"));
        check(&["BỘ NÔNG NGHIỆP", "VÀ PHÁT TRIỂN NÔNG THÔN"], Some("Bộ Nông nghiệp và Phát triển nông thôn"));
        check(&["BỘ TÀI CHÍNH", "TỔNG CỤC THUẾ"], Some("Tổng cục Thuế"));
        check(&["ĐẢNG BỘ TỈNH SƠN KHÊ", "HUYỆN ỦY KHÊ THƯỢNG"], Some("Huyện ủy Khê Thượng tỉnh Sơn Khê"));
        check(&["TỈNH ỦY SƠN KHÊ"], Some("Tỉnh ủy Sơn Khê"));
        check(&["Sở Y tế Sơn Khê"], Some("Sở Y tế Sơn Khê"));
        check(&[], None);
    }

    #[test]
    fn a_document_of_its_own_is_known_with_all_that_its_head_says() {
        let text = "UỶ BAN NHÂN DÂN\nTỈNH SƠN KHÊ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
                    Số: 1234/QĐ-UBND\nSơn Khê, ngày 04 tháng 5 năm 2021\nQUYẾT ĐỊNH\nVề việc trồng rừng năm 2021\n\
                    CHỦ TỊCH UỶ BAN NHÂN DÂN TỈNH\nCăn cứ Nghị quyết số 12-NQ/TU ngày 01/02/2021 của Tỉnh ủy;\n\
                    Điều 2. Quyết định số 1234/QĐ-UBND có hiệu lực từ ngày ký.";
        let article = corpus::plain_text::read(text);
        assert_eq!(article.title.as_deref(), Some("Về việc trồng rừng năm 2021"));
        let (mentions, _) = crate::Extractor.first_mentions(&article, |_| false);
        let own: Vec<&Directive> =
            mentions.directives.iter().filter(|one| one.number.as_deref() == Some("1234/QĐ-UBND")).collect();
        assert_eq!(own.len(), 2);
        for one in own {
            // What the head says holds for a later mention of the number, too.
            assert_eq!(one.issuer.as_deref(), Some("Uỷ ban nhân dân tỉnh Sơn Khê"));
            assert_eq!(one.issued, PartialDate::new(2021, Some(5), Some(4)));
            assert_eq!(one.subject.as_deref(), Some("Về việc trồng rừng năm 2021"));
        }
        let other = mentions.directives.iter().find(|one| one.number.as_deref() == Some("12-NQ/TU")).unwrap();
        assert_eq!((other.issuer.as_deref(), other.subject.as_deref()), (Some("Tỉnh ủy"), None));
    }
}
