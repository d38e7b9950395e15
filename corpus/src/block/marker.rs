//! The signs that lines begin with: `PHẦN I`, `I.`, `1.`, `1.1.`, `a)`, `(1)`, `-`, `+`, `•`.

use super::words::words;

/// The kind of a sign: lines with signs of one kind stand beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A heading that its form ranks, 1 to 6.
    Ranked(u8),
    /// A word and a number: `CHƯƠNG II`; the place of the word in its table.
    Division(u8),
    /// No sign, all in capitals.
    Capitals,
    /// `A.`
    Upper,
    /// `I.`
    Roman,
    /// `1.` and `1.1.`: how many numbers.
    Number(u8),
    /// A heading without a sign.
    Plain,
    /// `a)`
    Lower,
    /// `(1)`, `(i)`
    Bracketed,
    /// A line that opens a list.
    Opener,
    /// `-`
    Dash,
    /// `*`
    Star,
    /// `•`
    Bullet,
    /// `+`
    Plus,
    /// An item that its form marks, this deep.
    Listed(u8),
    /// None.
    None,
}

impl Class {
    /// Signs with a lower order stand above those with a higher one, where a text does not show otherwise.
    pub(super) fn order(self) -> u8 {
        match self {
            Self::Ranked(rank) => rank,
            Self::Division(word) => 10 + word.min(9),
            Self::Capitals => 20,
            Self::Upper => 21,
            Self::Roman => 22,
            Self::Number(parts) => 23 + parts.min(6),
            Self::Plain => 31,
            Self::Lower | Self::Bracketed => 32,
            Self::Opener => 33,
            Self::Dash | Self::Star | Self::Bullet => 34,
            Self::Plus => 35,
            Self::Listed(depth) => 36_u8.saturating_add(depth),
            Self::None => u8::MAX,
        }
    }

    /// Whether it has a number or letter that goes on from line to line.
    pub(super) fn is_counted(self) -> bool {
        matches!(
            self,
            Self::Division(_) | Self::Upper | Self::Roman | Self::Number(_) | Self::Lower | Self::Bracketed
        )
    }

    /// Whether it is a mere sign.
    pub(super) fn is_sign(self) -> bool {
        matches!(self, Self::Dash | Self::Star | Self::Bullet | Self::Plus)
    }
}

/// A sign at the head of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) class: Class,
    /// Its number, where it counts.
    pub(super) value: u32,
    /// Bytes of the sign, without the blanks behind it.
    pub(super) length: usize,
}

/// The sign that a line begins with.
pub(super) fn read(line: &str) -> Option<Marker> {
    let first = line.chars().next()?;
    match first {
        '0'..='9' => number(line),
        '(' => {
            let close = line.bytes().take(6).position(|byte| byte == b')')?;
            let value = value(&line[1..close])?;
            goes_on(&line[close + 1..]).then_some(Marker {
                class: Class::Bracketed,
                value,
                length: close + 1,
            })
        }
        'a'..='z' | 'đ' => lower(line, first),
        _ if first.is_alphabetic() => division(line).or_else(|| capital(line)),
        _ => sign(line, first),
    }
}

fn goes_on(rest: &str) -> bool {
    let next = rest.trim_start().chars().next();
    next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '“' | '"' | '(' | '‘' | '[' | '*'))
}

/// `-`, `+`, `•`. `-1,12 %` and `+84` are numbers, `*(…)` is a note, `---` an ornament.
fn sign(line: &str, first: char) -> Option<Marker> {
    let class = match first {
        '-' | '–' | '—' | '−' => Class::Dash,
        '+' => Class::Plus,
        '*' => Class::Star,
        '•' | '●' | '▪' | '◦' | '·' | '»' | '○' | '■' | '□' | '❖' | '➢' | '►' | '✓' | '\u{f0b7}'
        | '\u{f0a7}' => Class::Bullet,
        _ => return None,
    };
    let length = first.len_utf8();
    let next = line[length..].chars().next()?;
    let is_other = next.is_ascii_digit() && matches!(class, Class::Dash | Class::Plus)
        || next == first
        || class == Class::Star && next == '(';
    (!is_other && goes_on(&line[length..])).then_some(Marker { class, value: 0, length })
}

/// `1.`, `1)`, `1/`, `1.1.`
fn number(line: &str) -> Option<Marker> {
    let (mut parts, mut length, mut last) = (0_u8, 0, 0);
    loop {
        let digits = line[length..].bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 2 || parts == 5 {
            break;
        }
        last = line[length..length + digits].parse().ok()?;
        parts += 1;
        length += digits;
        match line.as_bytes().get(length) {
            Some(b'.') => length += 1,
            Some(b')' | b'/' | b'-') if parts == 1 => {
                length += 1;
                break;
            }
            _ => break,
        }
    }
    let closes = line[..length].ends_with(['.', ')', '/', '-']);
    let rest = &line[length..];
    let apart = rest.starts_with(char::is_whitespace);
    let next = rest.trim_start().chars().next()?;
    let begins = next.is_uppercase() || matches!(next, '“' | '"');
    let fits = if apart {
        // `3) tỷ lệ …` and `1. 100% …` are items, `12. 5 triệu` is none.
        let firm = parts == 1 && line[..length].ends_with([')', '.']);
        begins && (closes || parts > 1)
            || firm
                && (next.is_lowercase() && last < 30
                    || next.is_ascii_digit() && rest[..rest.floor_char_boundary(40)].contains('%'))
    } else {
        begins && line[..length].ends_with(['.', ')'])
    };
    (fits && last > 0).then_some(Marker { class: Class::Number(parts), value: last, length })
}

/// `a)`, `b.`, `c/`
fn lower(line: &str, first: char) -> Option<Marker> {
    let rest = &line[first.len_utf8()..];
    let close = rest.chars().next().filter(|close| matches!(close, ')' | '.' | '/'))?;
    let rest = &rest[1..];
    let apart = rest.starts_with(char::is_whitespace);
    let begins = rest.trim_start().chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let fits = if close == ')' { goes_on(rest) } else { apart && begins };
    fits.then(|| Marker { class: Class::Lower, value: letter(first), length: first.len_utf8() + 1 })
}

/// `I.`, `IV -`, `A.`
fn capital(line: &str) -> Option<Marker> {
    let run = line.chars().take(6).take_while(|c| c.is_ascii_uppercase() || *c == 'Đ').collect::<String>();
    let length = run.len();
    let rest = &line[length..];
    let sign = rest.trim_start().chars().next()?;
    let before = rest.len() - rest.trim_start().len();
    let fits = matches!(sign, '.' | ')' | '/') && before == 0 || matches!(sign, '-' | '–' | ':');
    let behind = &rest[before + sign.len_utf8()..];
    let apart = behind.starts_with(char::is_whitespace);
    let glued = sign == '.' && behind.chars().take(3).filter(|c| c.is_uppercase()).count() == 3;
    let begins = behind.trim_start().chars().next().is_some_and(char::is_uppercase);
    if !fits || !begins || !(apart || glued) {
        return None;
    }
    let length = length + before + sign.len_utf8();
    if let Some(value) = roman(&run) {
        return Some(Marker { class: Class::Roman, value, length });
    }
    let mut letters = run.chars();
    let only = letters.next().filter(|_| matches!(sign, '.' | ')' | '/'))?;
    let value = letter(only.to_lowercase().next()?);
    letters.next().is_none().then_some(Marker { class: Class::Upper, value, length })
}

/// `PHẦN I`, `Điều 5.`
fn division(line: &str) -> Option<Marker> {
    let head: String = line.chars().take(12).flat_map(char::to_lowercase).collect();
    for (place, word) in words().divisions() {
        if !head.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')) {
            continue;
        }
        let start = line.char_indices().nth(word.chars().count())?.0;
        let blank = line[start..].len() - line[start..].trim_start().len();
        let number: String =
            line[start + blank..].chars().take(8).take_while(|c| c.is_alphanumeric()).collect();
        let alone = || {
            let mut letters = number.chars();
            let only = letters.next().filter(|c| c.is_uppercase())?;
            letters.next().is_none().then_some(only)?.to_lowercase().next().map(letter)
        };
        let digits = number.parse().ok().filter(|_| number.len() < 4);
        let value = digits.or_else(|| roman(&number)).or_else(alone)?;
        let length = start + blank + number.len();
        let rest = &line[length..];
        let closes = rest.starts_with(['.', ':']);
        let next = rest.trim_start_matches(['.', ':', '-', '–', ' ']).chars().next();
        return next.is_none_or(|c| c.is_uppercase() || closes).then_some(Marker {
            class: Class::Division(place),
            value,
            length: length + usize::from(closes),
        });
    }
    None
}

/// The number in a bracket: `1`, `iv`, `a`.
fn value(inside: &str) -> Option<u32> {
    if let Some(number) = inside.parse().ok().filter(|_| inside.len() <= 2) {
        return Some(number);
    }
    if inside.chars().any(|c| !c.is_lowercase()) {
        return None;
    }
    let mut letters = inside.chars();
    let only = letters.next()?;
    roman(&inside.to_ascii_uppercase()).or_else(|| letters.next().is_none().then(|| letter(only)))
}

/// The place of a letter among those that lists are counted by: a, b, c, d, đ, e, …
fn letter(letter: char) -> u32 {
    match letter {
        'đ' => 5,
        'a'..='d' => u32::from(letter) - u32::from('a') + 1,
        _ => u32::from(letter).saturating_sub(u32::from('a')) + 2,
    }
}

fn roman(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 6 {
        return None;
    }
    let (mut all, mut last) = (0_u32, 0);
    for digit in letters.chars().rev() {
        let value = match digit {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            _ => return None,
        };
        all = if value < last { all.checked_sub(value)? } else { all + value };
        last = last.max(value);
    }
    Some(all)
}
