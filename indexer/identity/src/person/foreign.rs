//! The names of people of other states, which texts write in several ways.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use text::slug;

use super::rarity::is_family;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// Letters, and those that stand for them.
    letters: Vec<(String, String)>,
    /// Words that some texts leave out.
    particles: Vec<String>,
    /// Short forms of first names, and the names.
    nicknames: HashMap<String, String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| rules::read("rules/foreign.toml").expect("the table comes with the program"));

/// A name in the one way of all its writings, where it is foreign: without any Vietnamese family, or with letters that no
/// Vietnamese syllable has. The family stands first or last, which of both no text tells (`Shinzo Abe`, `Abe Shinzo`; `Moon
/// Jae-in`, `Moon Jae In`), so of all turns of the name it is the least. Other names as they are.
pub(super) fn in_one_way(name: &str) -> Cow<'_, str> {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty()).collect();
    let others = || words.iter().copied().filter(|word| !is_family(word));
    let is_foreign =
        others().count() == words.len() || others().any(|word| !text::is_vietnamese(&slug(word)));
    if words.len() < 2 || !is_foreign {
        return Cow::Borrowed(name);
    }
    // What could be a name of the country keeps its accents: `Cầm Bá Thể`.
    let could_be_ours = words.iter().all(|word| text::is_vietnamese(&slug(word)));
    let plain = |word: &&str| if could_be_ours { (*word).to_owned() } else { in_plain_letters(word) };
    let mut plain: Vec<String> = words.iter().map(plain).collect();
    let is_particle = |word: &String| TABLE.particles.contains(word);
    if plain.iter().filter(|word| !is_particle(word)).count() >= 2 {
        plain.retain(|word| !is_particle(word));
    }
    if plain.len() <= 3 {
        let turned = |by: usize| [&plain[by..], &plain[..by]].concat();
        let least = (0..plain.len()).map(turned).min_by_key(|turn| slug(&turn.join(" ")));
        plain = least.unwrap_or(plain);
    }
    Cow::Owned(plain.join(" "))
}

/// What a name is looked for by, whatever vowels texts write a foreign one with: `Michel`, `Michael`. Other names as they are.
pub(super) fn by_consonants(name: &str) -> Cow<'_, str> {
    let way = in_one_way(name);
    if matches!(way, Cow::Borrowed(_)) || could_be_ours(name) {
        return way;
    }
    let bones = |word: &str| -> String {
        word.chars().enumerate().filter(|(at, c)| *at == 0 || !is_vowel(*c)).map(|(_, c)| c).collect()
    };
    let mut words: Vec<String> = way.split(' ').map(bones).collect();
    // The family stands first or last, and which turn of the name is the least the vowels have a say in.
    words.sort_unstable();
    Cow::Owned(words.join(" "))
}

/// What brings all writings of a foreign name together before anything else is known of them: the consonants, each once, of that
/// of its words that has the most. `Recep Tayyip Erdogan`, `Tayyip Erdogan`; `Macron`, `Marcon`. Other names as they are.
pub(super) fn gathered(name: &str) -> Cow<'_, str> {
    let bones = by_consonants(name);
    if matches!(bones, Cow::Borrowed(_)) || could_be_ours(name) {
        return bones;
    }
    let letters = |word: &str| -> String {
        let mut letters: Vec<char> = word.chars().filter(|c| !is_vowel(*c)).map(sounding).collect();
        letters.sort_unstable();
        letters.dedup();
        letters.into_iter().collect()
    };
    // Of two that have as many the last by their letters, whichever way the name is turned.
    let most = bones.split(' ').map(letters).max_by_key(|letters| (letters.len(), letters.clone()));
    most.map_or(bones, Cow::Owned)
}

/// Whether two names in their one way may be one that a text has misspelt, shortened or written with another first name: they
/// share a word, and what else the shorter has begins like something in the longer.
pub(super) fn may_be_one(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let of_short: Vec<&str> = short.split(' ').collect();
    let mut left: Vec<&str> = long.split(' ').collect();
    let mut others = Vec::new();
    for word in of_short {
        match left.iter().position(|other| *other == word) {
            Some(at) => drop(left.swap_remove(at)),
            None => others.push(word),
        }
    }
    let shared = long.split(' ').count() - left.len();
    let begins = |word: &str, other: &str| word.bytes().next() == other.bytes().next();
    // Who is told apart by initials is told apart from other initials: a father and his son.
    let initials = |name: &str| name.split(' ').filter(|word| word.len() == 1).count();
    let (of_short, of_long) = (initials(short), initials(long));
    let are_apart = of_short > 0 && of_long > 0 && (of_short != of_long || initials(&others.join(" ")) > 0);
    shared > 0 && !are_apart && others.iter().all(|word| left.iter().any(|other| begins(word, other)))
}

/// Whether each part of a name could be a Vietnamese syllable.
fn could_be_ours(name: &str) -> bool {
    name.split([' ', '-']).all(|word| text::is_vietnamese(&slug(word)))
}

/// In plain letters, where no `y` is left.
fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// One letter for those that sound alike in the names of other languages.
fn sounding(letter: char) -> char {
    if letter == 'c' { 'k' } else { letter }
}

/// A word in the letters that others may be written for, none twice in a row.
fn in_plain_letters(word: &str) -> String {
    let letters = TABLE.letters.iter();
    let word = slug(word);
    let word = TABLE.nicknames.get(&word).cloned().unwrap_or(word);
    let mut plain = letters.fold(word, |word, (from, to)| word.replace(from.as_str(), to));
    let mut before = None;
    plain.retain(|letter| before.replace(letter) != Some(letter) || letter.is_ascii_digit());
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_name_is_one_in_all_its_writings() {
        let check = |names: &[&str], expected: &str| {
            for name in names {
                assert_eq!(in_one_way(name), expected, "{name}");
            }
        };
        check(&["Sergey Stonov", "Sergei Stonov", "Stonov Sergey"], "sergei stonov");
        check(&["Hassan al-Riverri", "Hasan Riveri", "Sheikh Hassan Riverri"], "hasan riveri");
        check(&["Mike Stone", "Michael Stone"], "michael stone");
        check(&["Kim Jong-un", "Kim Jong Un"], "jong un kim");
        check(&["Joseph Stone", "Stone Josef"], "josef stone");
        for name in ["Trần Văn Suối", "Cầm Bá Thể", "Lê Anh", "Sheikh", "Nguyễn Thị Kim Chi"] {
            check(&[name], name);
        }
        let looked_for = |name: &str| by_consonants(name).into_owned();
        assert_eq!(looked_for("Michel Riveri"), looked_for("Riverri Michael"));
        assert_eq!(looked_for("Trần Văn Suối"), "Trần Văn Suối");
        assert_ne!(looked_for("Kim Jong-un"), looked_for("Kim Jong-il"));
        assert_ne!(in_one_way("George W. Stone"), in_one_way("George H. Stone"));
    }

    #[test]
    fn names_that_may_be_one_are_decided_together() {
        let check = |a: &str, b: &str, expected: bool| {
            let together = gathered(a) == gathered(b);
            assert_eq!(together && may_be_one(&in_one_way(a), &in_one_way(b)), expected, "{a}, {b}");
        };
        check("Hassan Tamir Riverdan", "Tamir Riverdan", true);
        check("Josef K. Stone", "Josef Stone", true);
        check("Emanuel Riveron", "Emanuel Rivenor", true);
        check("Nicki Stonehay", "Nikki Stonehay", true);
        check("James Stoneman", "Jim Stoneman", true);
        check("Stoneman Josef", "Jozef Stoneman", true);
        check("Josef Stoneman", "Mary Stoneman", false);
        check("Josef W. Stoneman", "Josef H. W. Stoneman", false);
        check("Josef W. Stoneman", "Josef H. Stoneman", false);
        check("Kim Jong-un", "Kim Jong-il", false);
        check("Josef Stoneman", "Josef Riverdan", false);
        for name in ["Trần Văn Suối", "Cầm Bá Thể"] {
            assert_eq!(gathered(name), name);
        }
    }
}
