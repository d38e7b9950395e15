//! The names of people of other states, which texts write in several ways.

use std::borrow::Cow;
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
    let is_ours = |word: &str| text::is_vietnamese(&slug(word));
    if matches!(way, Cow::Borrowed(_)) || name.split([' ', '-']).all(is_ours) {
        return way;
    }
    let bones = |word: &str| -> String {
        let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
        word.chars().enumerate().filter(|(at, c)| *at == 0 || !is_vowel(*c)).map(|(_, c)| c).collect()
    };
    let mut words: Vec<String> = way.split(' ').map(bones).collect();
    // The family stands first or last, and which turn of the name is the least the vowels have a say in.
    words.sort_unstable();
    Cow::Owned(words.join(" "))
}

/// A word in the letters that others may be written for, none twice in a row.
fn in_plain_letters(word: &str) -> String {
    let letters = TABLE.letters.iter();
    let mut plain = letters.fold(slug(word), |word, (from, to)| word.replace(from.as_str(), to));
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
}
