//! The language of a text.

use corpus::Language;

/// The language that a text shows, else the one that is declared for it.
///
/// Letters that only Vietnamese has decide first, since the detector is unsure of short texts; it then chooses between
/// Vietnamese and English, and another language only where the text is long enough for it to be sure.
pub(super) fn of(text: &str, declared: Option<Language>) -> Option<Language> {
    let sample = &text[..text.floor_char_boundary(4_000)];
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let vietnamese = sample.chars().filter(|c| is_vietnamese(*c)).count();
    if letters == 0 {
        return declared;
    }
    // Running Vietnamese has one such letter in five; English with Vietnamese names far fewer.
    if vietnamese * 12 >= letters {
        return Some(Language::VIETNAMESE);
    }
    let detected = whatlang::detect(sample).filter(|found| found.is_reliable() && letters > 200);
    match detected.map(|found| found.lang()) {
        Some(whatlang::Lang::Eng) => Some(Language::ENGLISH),
        Some(whatlang::Lang::Vie) => Some(Language::VIETNAMESE),
        Some(other) => declared.or_else(|| two_letters(other)),
        None => {
            let both = whatlang::Detector::with_allowlist(vec![whatlang::Lang::Vie, whatlang::Lang::Eng]);
            declared.or_else(|| match both.detect_lang(sample)? {
                whatlang::Lang::Vie => Some(Language::VIETNAMESE),
                _ => Some(Language::ENGLISH),
            })
        }
    }
}

/// Letters of Vietnamese that its neighbours in print (English, French) do not have.
fn is_vietnamese(c: char) -> bool {
    matches!(c, 'ă' | 'đ' | 'ơ' | 'ư' | 'Ă' | 'Đ' | 'Ơ' | 'Ư' | '\u{1ea0}'..='\u{1ef9}')
        || matches!(c, '\u{0309}' | '\u{0323}' | '\u{031b}')
}

/// The two-letter code of a language that the detector names by three letters.
fn two_letters(language: whatlang::Lang) -> Option<Language> {
    let code = match language {
        whatlang::Lang::Fra => "fr",
        whatlang::Lang::Deu => "de",
        whatlang::Lang::Spa => "es",
        whatlang::Lang::Rus => "ru",
        whatlang::Lang::Cmn => "zh",
        whatlang::Lang::Jpn => "ja",
        whatlang::Lang::Kor => "ko",
        whatlang::Lang::Tha => "th",
        _ => return None,
    };
    code.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        let check = |text: &str, declared: Option<&str>, expected: Option<&str>| {
            let declared = declared.map(|tag| tag.parse().unwrap());
            assert_eq!(of(text, declared).map(|found| found.to_string()).as_deref(), expected, "{text}");
        };
        check("Hội nghị triển khai nhiệm vụ", None, Some("vi"));
        check("The conference was chaired by Lê Hồng Vinh", None, Some("en"));
        check("The Provincial People's Committee met in Sơn Khê on Monday", Some("vi"), Some("vi"));
        check("hoi nghi trien khai nhiem vu nam 2021 cua tinh uy", None, Some("vi"));
        check("12 345", None, None);
        check("12 345", Some("vi"), Some("vi"));
        let french =
            "Le comité populaire de la province a tenu une conférence pour faire le point sur la situation. "
                .repeat(4);
        check(&french, None, Some("fr"));
    }
}
