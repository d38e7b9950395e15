//! The numbers that an office program writes before paragraphs of lists: `I.`, `1.2.`, `a)`, `Điều 3.`. A file holds how they
//! are made, not what they are.

use std::collections::{HashMap, HashSet};

/// Levels of a list.
pub(crate) const LEVELS: usize = 10;
/// The highest number that is written in letters or Roman: more is no list.
const HIGHEST: u32 = 3_999;
const ROMAN: [(u32, &str); 13] = [
    (1_000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Figures {
    #[default]
    Decimal,
    /// `01`
    Padded,
    Roman {
        capitals: bool,
    },
    Letters {
        capitals: bool,
    },
    /// A bullet, or nothing.
    None,
}

impl Figures {
    /// By its name in DOCX; what is not known there is written in digits, as Word does.
    pub(crate) fn of_docx(name: &str) -> Self {
        match name {
            "bullet" | "none" => Self::None,
            "decimalZero" => Self::Padded,
            "upperRoman" => Self::Roman { capitals: true },
            "lowerRoman" => Self::Roman { capitals: false },
            "upperLetter" => Self::Letters { capitals: true },
            "lowerLetter" => Self::Letters { capitals: false },
            _ => Self::Decimal,
        }
    }

    /// By its name in ODT, which is its first number.
    pub(crate) fn of_odt(first: &str) -> Self {
        match first {
            "" => Self::None,
            "01" => Self::Padded,
            "I" => Self::Roman { capitals: true },
            "i" => Self::Roman { capitals: false },
            "A" => Self::Letters { capitals: true },
            "a" => Self::Letters { capitals: false },
            _ => Self::Decimal,
        }
    }

    fn written(self, number: u32) -> String {
        let (small, capitals) = match self {
            Self::None => return String::new(),
            Self::Padded => return format!("{number:02}"),
            Self::Roman { capitals } if (1..=HIGHEST).contains(&number) => (roman(number), capitals),
            // The second round of the alphabet is written twice: `aa`, `bb`.
            Self::Letters { capitals } if (1..=HIGHEST).contains(&number) => {
                let letter = char::from(b'a' + ((number - 1) % 26) as u8);
                (letter.to_string().repeat((number - 1) as usize / 26 + 1), capitals)
            }
            _ => return number.to_string(),
        };
        if capitals { small.to_uppercase() } else { small }
    }
}

fn roman(mut number: u32) -> String {
    let mut written = String::new();
    for (value, letters) in ROMAN {
        while number >= value {
            written.push_str(letters);
            number -= value;
        }
    }
    written
}

/// A level of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Level {
    pub(crate) figures: Figures,
    pub(crate) start: u32,
    /// What is written, `%1` for the number of the first level: `Điều %1.`, `%1.%2.`
    pub(crate) pattern: String,
    /// Numbers of other levels are written in digits.
    pub(crate) in_digits: bool,
    /// It begins anew only behind this level, from 1, or one above; 0 is never.
    pub(crate) restarts: Option<usize>,
}

impl Default for Level {
    fn default() -> Self {
        Self { figures: Figures::None, start: 1, pattern: String::new(), in_digits: false, restarts: None }
    }
}

/// How far lists have counted.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    lists: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<(String, usize)>,
}

impl Counts {
    /// The number of the next paragraph at a level (from 0) of a list, as it is written before it; `None` for bullets.
    ///
    /// Lists of one name count on from each other. `anew` is what a part of a list, by its name, begins with where it comes
    /// for the first time.
    pub(crate) fn next(
        &mut self,
        list: &str,
        levels: &[Level],
        at: usize,
        anew: Option<(&str, u32)>,
    ) -> Option<String> {
        let level = levels.get(at)?;
        let counts = self.lists.entry(list.to_owned()).or_default();
        let begins = anew.filter(|(part, _)| self.begun.insert(((*part).to_owned(), at)));
        let next = match (begins, counts[at]) {
            (Some((_, number)), _) => number,
            (None, Some(number)) => number.saturating_add(1),
            (None, None) => level.start,
        };
        counts[at] = Some(next);
        for below in at + 1..levels.len().min(LEVELS) {
            if levels[below].restarts.is_none_or(|restarts| at < restarts) {
                counts[below] = None;
            }
        }
        if level.figures == Figures::None {
            return None;
        }
        let mut written = String::new();
        let mut rest = level.pattern.as_str();
        while let Some((before, behind)) = rest.split_once('%') {
            written.push_str(before);
            let of = behind.bytes().next().filter(u8::is_ascii_digit).map(|digit| usize::from(digit - b'0'));
            rest = behind.get(usize::from(of.is_some())..).unwrap_or_default();
            match of.and_then(|of| of.checked_sub(1)).and_then(|of| Some((of, levels.get(of)?))) {
                Some((of, named)) => {
                    let figures = if level.in_digits && named.figures != Figures::None {
                        Figures::Decimal
                    } else {
                        named.figures
                    };
                    // A level above that has not come yet stands at its beginning.
                    written.push_str(&figures.written(counts[of].unwrap_or(named.start)));
                }
                None => written.push('%'),
            }
        }
        written.push_str(rest);
        let written = written.trim();
        (!written.is_empty()).then(|| written.to_owned())
    }

    /// Has the next paragraph at a level of a list be this one.
    pub(crate) fn begin(&mut self, list: &str, at: usize, number: u32) {
        if let Some(count) = self.lists.entry(list.to_owned()).or_default().get_mut(at) {
            *count = Some(number.saturating_sub(1));
        }
    }

    /// Begins a list anew.
    pub(crate) fn forget(&mut self, list: &str) {
        self.lists.remove(list);
    }
}

/// The words of a paragraph with its number. Nothing is said by a number alone, but that of a cell counts the rows.
pub(crate) fn numbered(number: Option<String>, words: String, is_cell: bool) -> String {
    match number {
        Some(number) if words.is_empty() => {
            if is_cell {
                number
            } else {
                words
            }
        }
        Some(number) => format!("{number} {words}"),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(figures: Figures, pattern: &str) -> Level {
        Level { figures, pattern: pattern.to_owned(), ..Level::default() }
    }

    #[test]
    fn numbers_are_written_as_the_level_says() {
        let check = |figures: Figures, number: u32, expected: &str| {
            assert_eq!(figures.written(number), expected, "{figures:?} {number}");
        };
        check(Figures::Decimal, 12, "12");
        check(Figures::Padded, 7, "07");
        check(Figures::Roman { capitals: true }, 14, "XIV");
        check(Figures::Roman { capitals: false }, 9, "ix");
        check(Figures::Roman { capitals: false }, 0, "0");
        check(Figures::Letters { capitals: false }, 4, "d");
        check(Figures::Letters { capitals: true }, 28, "BB");
        check(Figures::Letters { capitals: true }, u32::MAX, "4294967295");
        check(Figures::None, 3, "");
    }

    #[test]
    fn lists_count_by_level() {
        let roman = level(Figures::Roman { capitals: true }, "%1.");
        let legal = Level { in_digits: true, ..level(Figures::Decimal, "%1.%2.") };
        let letters = level(Figures::Letters { capitals: false }, "%3)");
        let steady = Level { restarts: Some(0), ..level(Figures::Decimal, "Bước %4:") };
        let levels = [roman, legal, letters, steady];
        let mut counts = Counts::default();
        let mut check = |steps: &[(usize, Option<&str>)]| {
            for (at, expected) in steps {
                assert_eq!(counts.next("list", &levels, *at, None).as_deref(), *expected, "{steps:?}");
            }
        };
        check(&[(0, Some("I.")), (1, Some("1.1.")), (1, Some("1.2.")), (2, Some("a)")), (2, Some("b)"))]);
        check(&[(3, Some("Bước 1:")), (0, Some("II.")), (1, Some("2.1.")), (2, Some("a)"))]);
        check(&[(3, Some("Bước 2:")), (9, None)]);
    }

    #[test]
    fn a_part_of_a_list_may_begin_anew() {
        let levels = [level(Figures::Decimal, "%1)"), level(Figures::Decimal, "%1.%2")];
        let mut counts = Counts::default();
        let mut next = |at, anew| counts.next("list", &levels, at, anew).unwrap();
        assert_eq!(next(1, None), "1.1");
        assert_eq!(next(0, None), "1)");
        assert_eq!(next(0, Some(("second", 5))), "5)");
        assert_eq!(next(0, Some(("second", 5))), "6)");
        counts.forget("list");
        assert_eq!(counts.next("list", &levels, 0, None).unwrap(), "1)");
        let bullet = [level(Figures::None, "•")];
        assert_eq!(counts.next("bullets", &bullet, 0, None), None);
        assert_eq!(
            counts.next("odd", &[level(Figures::Decimal, "100% %9 %1")], 0, None).unwrap(),
            "100% % 1"
        );
    }
}
