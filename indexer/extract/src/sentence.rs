//! The sentence around a mention: the proof that every fact carries.

use corpus::Span;
use corpus::block::is_glued_sentence;

/// Bytes before and after a quote in which its sentence is looked for.
const REACH: usize = 400;

/// The sentence that a place stands in: up to the end of its line, or a stop that is followed by a blank and something
/// else than a small letter. A sentence that is very long is cut between words.
pub fn sentence(text: &str, span: Span) -> Span {
    Span::new(sentence_start(text, span.start()), sentence_end(text, span.end()))
}

/// Where the sentence of a place begins, in bytes.
fn sentence_start(text: &str, at: usize) -> usize {
    let before = &text[..at];
    let floor = before.floor_char_boundary(at.saturating_sub(REACH));
    let near = &before[floor..];
    // A blank may have two bytes (U+00A0).
    let behind_blank =
        || near.char_indices().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8());
    let cut_before = if floor == 0 { 0 } else { behind_blank() };
    let mut start = near.rfind('\n').map_or(cut_before, |line| line + 1);
    for (at, _) in near.rmatch_indices(is_stop) {
        if at < start {
            break;
        }
        if let Some(next) = after_stop(&near[..at], &text[floor + at..]) {
            let next = at + next;
            if next <= near.len() {
                start = start.max(next);
                break;
            }
        }
    }
    let start = floor + start;
    start + text[start..at].len() - text[start..at].trim_start().len()
}

/// Where the sentence of what ends at a place ends, in bytes.
pub fn sentence_end(text: &str, at: usize) -> usize {
    let after = &text[at..];
    let ceiling = after.ceil_char_boundary(REACH);
    let near_after = &after[..ceiling];
    let cut_after = if ceiling == after.len() {
        ceiling
    } else {
        near_after.rfind(char::is_whitespace).unwrap_or(ceiling)
    };
    let mut end = near_after.find('\n').unwrap_or(cut_after);
    for (at, stop) in near_after.match_indices(is_stop) {
        if at >= end {
            break;
        }
        if after_stop(&near_after[..at], &after[at..]).is_some() {
            end = at + stop.len();
            break;
        }
    }
    at + after[..end].trim_end().len()
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | ';')
}

/// Where the next sentence begins behind a stop that stands behind `before`, in bytes from the stop; `None` where the stop
/// ends no sentence.
fn after_stop(before: &str, text: &str) -> Option<usize> {
    let stop = text.chars().next()?;
    let rest = text[stop.len_utf8()..].trim_start_matches(['”', '"', ')', '’']);
    let first = rest.chars().next()?;
    if !first.is_whitespace() {
        // Where the blank is lost, so is a paragraph: `dân.Những`.
        return (stop != ';' && is_glued_sentence(before, rest)).then_some(text.len() - rest.len());
    }
    let next = rest.trim_start();
    match next.chars().next() {
        Some(letter) if letter.is_lowercase() && stop != ';' => None,
        _ => Some(text.len() - next.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_quote_stands_in_its_sentence() {
        let check = |text: &str, quote: &str, expected: &str| {
            let at = text.find(quote).unwrap();
            assert_eq!(sentence(text, Span::new(at, at + quote.len())).of(text), expected);
        };
        check("Mưa to. Cả tỉnh có 12 xã ngập. Nước rút.", "12", "Cả tỉnh có 12 xã ngập.");
        check("Tăng 7.5 lần\nso với năm 2020", "7.5", "Tăng 7.5 lần");
        check("Theo No. 15 of the province. Next", "15", "15 of the province.");
        check("Của dân.Những xã khó có 12 hộ.Sau đó thì hết", "12", "Những xã khó có 12 hộ.");
        check("một", "một", "một");
        check("It grew (3%.) Then 4% followed", "4%", "Then 4% followed");
    }

    proptest! {
        #[test]
        fn the_sentence_holds_the_quote(text in "[a-zA-ZđẾ\u{a0}.!?; \n”]{0,900}", from in 0usize..900, length in 0usize..20) {
            let from = text.floor_char_boundary(from.min(text.len()));
            let to = text.ceil_char_boundary((from + length).min(text.len()));
            let span = Span::new(from, to);
            let found = sentence(&text, span);
            prop_assert!(found.contains(span));
            prop_assert!(text.is_char_boundary(found.start()) && text.is_char_boundary(found.end()));
        }
    }
}
