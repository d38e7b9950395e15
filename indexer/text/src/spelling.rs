//! Spellings of one syllable: without case and marks, and with the tone mark in one place.

use std::borrow::Cow;

use unicode_normalization::char::{compose, decompose_canonical, is_combining_mark as is_mark};

/// The form without case and without marks: `Đắk Lắk` is `dak lak`. `Ð` (U+00D0), which many texts write for `Đ`, folds
/// alike. Characters of other scripts keep their marks off too.
pub(crate) fn fold_into(text: &str, folded: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            push_folded(c, folded);
        }
    }
}

fn push_folded(c: char, folded: &mut String) {
    decompose_canonical(c, |part| {
        for lower in part.to_lowercase() {
            match lower {
                'đ' | 'ð' => folded.push('d'),
                // As Unicode's case folding has it: how it is written depends on what follows.
                'ς' => folded.push('σ'),
                mark if is_mark(mark) => {}
                other => folded.push(other),
            }
        }
    });
}

/// The five tone marks, as combining characters: huyền, sắc, ngã, hỏi, nặng.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// One spelling of a lower-case syllable where two are in use: the tone of an open `oa`, `oe`, `uy` on its first vowel
/// (`hoà` is `hòa`, `uỷ` is `ủy`; `quý` stays, since its u belongs to the q), and `y` for a final `i` after
/// h, k, l, m, s, t, v (`tỉ` is `tỷ`, `kĩ` is `kỹ`), as most newspapers write. Idempotent.
pub(crate) fn tone_normal(syllable: &str) -> Cow<'_, str> {
    if syllable.is_ascii() {
        return Cow::Borrowed(syllable);
    }
    let mut letters: Vec<char> = syllable.chars().collect();
    let changed = move_tone(&mut letters) | write_y(&mut letters);
    if changed { Cow::Owned(letters.into_iter().collect()) } else { Cow::Borrowed(syllable) }
}

/// Moves the tone of a final `oà`, `oè`, `uỳ` to the first vowel.
fn move_tone(letters: &mut [char]) -> bool {
    let [before @ .., first, second] = letters else { return false };
    let Some((vowel, tone)) = toned(*second) else { return false };
    let open = matches!((*first, vowel), ('o', 'a' | 'e') | ('u', 'y'));
    if !open || (*first == 'u' && before.last() == Some(&'q')) {
        return false;
    }
    match compose(*first, tone) {
        Some(composed) => {
            *first = composed;
            *second = vowel;
            true
        }
        None => false,
    }
}

/// Writes `y` for the toned `i` that ends a syllable of one of seven consonants.
fn write_y(letters: &mut [char]) -> bool {
    let [consonant, vowel] = letters else { return false };
    let Some(('i', tone)) = toned(*vowel) else { return false };
    match compose('y', tone) {
        Some(composed) if matches!(consonant, 'h' | 'k' | 'l' | 'm' | 's' | 't' | 'v') => {
            *vowel = composed;
            true
        }
        _ => false,
    }
}

/// A vowel and its tone, where it has one.
fn toned(c: char) -> Option<(char, char)> {
    let mut parts = ['\0'; 3];
    let mut count = 0;
    decompose_canonical(c, |part| {
        if let Some(slot) = parts.get_mut(count) {
            *slot = part;
        }
        count += 1;
    });
    match parts {
        [vowel, tone, '\0'] if TONES.contains(&tone) => Some((vowel, tone)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_brought_together() {
        let fold = |text: &str| {
            let mut folded = String::new();
            fold_into(text, &mut folded);
            folded
        };
        assert_eq!(fold("Đắk QÐ Ơ"), "dak qd o");
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
        for (syllable, normal) in
            [("hoà", "hòa"), ("uỷ", "ủy"), ("quý", "quý"), ("hoàn", "hoàn"), ("tỉ", "tỷ"), ("gì", "gì")]
        {
            assert_eq!(tone_normal(syllable), normal, "{syllable}");
        }
    }
}
