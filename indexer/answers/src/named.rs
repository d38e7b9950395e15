//! What the words of a search name besides what they stand in: an instrument in any writing, a person, an office, a
//! statistic.

use std::time::Instant;

use corpus::Article;
use extract::catalogue;
use identity::{OfficeAsked, name_group};
use jiff::civil::Date;
use store::document::of_official;
use store::{By, Entity, EntityKind, EntityList, Error, FigureFilter, Proved, Query, What};
use text::{Syllable, Syllables};

use crate::Index;
use crate::composed::Composed;
use crate::facets::spelt;
use crate::official::{PositionQuestion, summary};
use crate::text::{Bounds, Resolution};

/// Something that words name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What it is.
    pub kind: NamedKind,
    /// What it is asked for by.
    pub key: String,
    /// The most frequent spelling; of a statistic its name in Vietnamese.
    pub label: String,
    /// What tells it from others that are called the same: whose a document is, the office that somebody was seen in last.
    pub known_by: Option<KnownBy>,
    /// Documents with it.
    pub documents: u64,
    /// The words that name it; of an office without those of a question around it.
    pub asked: String,
    /// The day that a question about an office names.
    pub at: Option<Date>,
}

/// What tells something from others that are called the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBy {
    /// In the words of most texts.
    pub words: String,
    /// Of an office, what it is called in each language.
    pub composed: Composed,
}

impl KnownBy {
    fn of(entity: &Entity) -> Option<Self> {
        if let What::Instrument(known) = &entity.what {
            let words = known.issuer.clone().filter(|_| !known.instrument.named)?;
            return Some(Self { words, composed: Composed::default() });
        }
        let official = summary(entity)?;
        if let Some(words) = official.latest_position {
            return Some(Self { words, composed: official.latest_composed });
        }
        // Of whoever holds none any more the one that most texts tell.
        let What::Person(known) = &entity.what else { return None };
        let told = |proved: &&Proved| proved.holding.held + proved.holding.former;
        let most = known.holdings.iter().max_by_key(told)?;
        Some(Self { words: most.holding.words.clone(), composed: Composed::default() })
    }
}

/// What words can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NamedKind {
    /// A governing document.
    Directive,
    /// Someone in office.
    Official,
    /// What is held.
    Office,
    /// A statistic.
    Indicator,
}

/// Longest words that are read for what they name, in bytes: a name is short.
const LONGEST: usize = 200;
/// Things that are told of one kind.
const OF_ONE_KIND: usize = 5;

impl Index {
    /// What words name, instruments first; nothing where they only stand in texts.
    pub fn named(&self, words: &str) -> Result<Vec<Named>, Error> {
        let words = words.trim().trim_matches(['"', '“', '”']).trim();
        let syllables: Vec<Syllable> = Syllables::new(words).collect();
        if words.len() > LONGEST || syllables.is_empty() {
            return Ok(Vec::new());
        }
        let mut instruments = Vec::new();
        let mut people = Vec::new();
        if syllables.len() > 1 {
            let article = Article { text: words.to_owned(), ..Article::default() };
            let bounds = Bounds {
                mentions: OF_ONE_KIND,
                bytes: usize::MAX,
                candidates: OF_ONE_KIND,
                until: Instant::now() + self.limits().naming,
            };
            let read = self.resolve(article, bounds)?;
            instruments.extend(read.directives.into_iter().flat_map(|(_, known)| keys(known)));
            people.extend(read.officials.into_iter().flat_map(|(_, known)| keys(known)));
        }
        let mut all = self.by_ids(&instruments, NamedKind::Directive)?;
        if all.is_empty()
            && let Some(number) = written_number(words)
        {
            all = self.by_number(&number)?;
        }
        let mut people = self.by_ids(&people, NamedKind::Official)?;
        if people.is_empty() {
            people = self.people_spelt(&syllables)?;
        }
        all.extend(people);
        let OfficeAsked { title, at } = OfficeAsked::read(words);
        let question = PositionQuestion { title: Some(title.clone()), at, ..PositionQuestion::default() };
        if let Some(key) = self.office_named(&question)? {
            let offices = self.by_ids(&[key], NamedKind::Office)?;
            all.extend(offices.into_iter().map(|named| Named { asked: title.clone(), at, ..named }));
        }
        if let Some(row) = catalogue::by_words(words) {
            let filter = FigureFilter { keys: vec![row.id.clone()], ..FigureFilter::default() };
            let found = self.store().indicators(&filter, 1)?.0;
            all.extend(found.into_iter().map(|count| Named {
                kind: NamedKind::Indicator,
                key: count.key,
                label: row.name.vi.clone(),
                known_by: None,
                documents: count.documents,
                asked: String::new(),
                at: None,
            }));
        }
        for named in all.iter_mut().filter(|named| named.kind != NamedKind::Office) {
            words.clone_into(&mut named.asked);
        }
        Ok(all)
    }

    /// People whose name the words are, or else stands among them: `Vì sao ông Trần Văn Suối bị kỷ luật`.
    fn people_spelt(&self, words: &[Syllable]) -> Result<Vec<Named>, Error> {
        /// Syllables of a name among other words; one of two is too often two other words.
        const AMONG: [usize; 3] = [5, 4, 3];
        // A name has two syllables at least.
        if words.len() < 2 {
            return Ok(Vec::new());
        }
        let among = AMONG.into_iter().filter(|count| *count < words.len());
        let parts: Vec<&[Syllable]> =
            std::iter::once(words).chain(among.flat_map(|count| words.windows(count))).collect();
        let group = |part: &&[Syllable]| {
            let name: Vec<&str> = part.iter().map(|word| word.exact.as_str()).collect();
            of_official(&name_group(&name.join(" ")))
        };
        let groups: Vec<String> = parts.iter().map(group).collect();
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        let found = self.store().entities(By::Group, &groups)?;
        let (whole, mut found): (Vec<Entity>, Vec<Entity>) =
            found.into_iter().partition(|entity| spelt(entity).any(|name| is_spelt(words, name)));
        if !whole.is_empty() {
            return Ok(most(whole, NamedKind::Official));
        }
        let longest = |entity: &Entity| {
            let is_whole = |part: &[Syllable]| {
                let is_all = |name: &str| Syllables::new(name).count() == part.len() && is_spelt(part, name);
                spelt(entity).any(is_all)
            };
            parts[1..].iter().filter(|part| is_whole(part)).map(|part| part.len()).max()
        };
        // `Trần Văn Suối Xa` is not `Trần Văn Suối` too.
        let most_syllables = found.iter().filter_map(longest).max();
        found.retain(|entity| longest(entity).is_some_and(|count| Some(count) == most_syllables));
        Ok(most(found, NamedKind::Official))
    }

    fn by_ids(&self, ids: &[String], kind: NamedKind) -> Result<Vec<Named>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        Ok(most(self.store().entities(By::Id, &ids)?, kind))
    }

    /// Instruments whose number is written in these syllables, one behind the other, however they are set apart.
    fn by_number(&self, number: &[Syllable]) -> Result<Vec<Named>, Error> {
        /// Instruments that are called by the words somewhere.
        const CALLED: usize = 100;
        let number: Vec<&str> = number.iter().map(|word| plain(&word.folded)).collect();
        let Ok(query) = Query::parse(&number.join(" "), &self.limits().query) else { return Ok(Vec::new()) };
        let list = EntityList { kind: EntityKind::Instrument, words: &query, after: None, limit: CALLED };
        let mut found = self.store().list(&list)?.0;
        found.retain(|entity| {
            let of = match &entity.what {
                What::Instrument(known) => known.number.iter().chain(&known.spellings),
                _ => return false,
            };
            of.map(String::as_str).chain([entity.id.as_str()]).any(|written| {
                let written: Vec<Syllable> = Syllables::new(written).collect();
                let written: Vec<&str> = written.iter().map(|word| plain(&word.folded)).collect();
                written.windows(number.len()).any(|some| some == number)
            })
        });
        Ok(most(found, NamedKind::Directive))
    }
}

/// The syllables of a number with its symbol: the first word with a digit, or from there on where it is a bare number.
fn written_number(words: &str) -> Option<Vec<Syllable>> {
    let has_digit = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
    let word = words.split_whitespace().find(has_digit)?;
    let one: Vec<Syllable> = Syllables::new(word).collect();
    if one.len() > 1 {
        return Some(one);
    }
    let rest: Vec<Syllable> = Syllables::new(&words[words.find(word)?..]).collect();
    (rest.len() > 1).then_some(rest)
}

/// A number without leading zeros; other words as they are.
fn plain(word: &str) -> &str {
    let bare = word.trim_start_matches('0');
    if bare.starts_with(|c: char| c.is_ascii_digit()) { bare } else { word }
}

fn keys(known: Resolution) -> Vec<String> {
    match known {
        Resolution::Found(key) => vec![key],
        Resolution::Ambiguous(keys) => keys,
        // What words contradict they do not name.
        Resolution::Contradicted(_) | Resolution::Unknown => Vec::new(),
    }
}

/// Those of the most documents first.
fn most(mut found: Vec<Entity>, kind: NamedKind) -> Vec<Named> {
    found.sort_by(|a, b| a.place().cmp(&b.place()));
    found.truncate(OF_ONE_KIND);
    let named = |entity: Entity| Named {
        kind,
        label: entity.label(),
        known_by: KnownBy::of(&entity),
        documents: entity.counts.documents,
        key: entity.id,
        asked: String::new(),
        at: None,
    };
    found.into_iter().map(named).collect()
}

/// Whether a name is spelt as typed: accents count where they were typed.
fn is_spelt(typed: &[Syllable], name: &str) -> bool {
    let mut words = Syllables::new(name);
    typed.iter().all(|typed| {
        words.next().is_some_and(|word| {
            if typed.has_accents() { typed.exact == word.exact } else { typed.folded == word.folded }
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::fixture::{extracted, page};

    #[test]
    fn words_name_entities_in_any_writing() {
        let pages = [
            page("a", "Ông Trần Văn Suối, Chủ tịch UBND tỉnh Nghệ An, ký Chỉ thị số 05-CT/TU ngày 1/2/2012.")
                .of("Báo", "Nghệ An"),
            page("b", "Luật Đất đai năm 2013. Nghị định số 67/2014/NĐ-CP. Năm 2021, toàn tỉnh có 121/180 xã đạt chuẩn nông thôn mới.")
                .of("Báo", "Nghệ An"),
            page("c", "Ông Trần Văn Suốt, Giám đốc Sở Y tế, họp bàn việc đất đai với 5 xã.").of("Báo", "Nghệ An"),
        ];
        let (_fixture, index) = extracted(&pages);
        let check = |words: &str, expected: &[&str]| {
            let found: Vec<String> = index.named(words).unwrap().into_iter().map(|named| named.key).collect();
            assert_eq!(found, expected, "{words}");
        };
        let directive = "directive-05-ct-tu-nghe-an-2012";
        for words in ["Chỉ thị 05-CT/TU", "chi thi 5-CT/TU", "5-ct/tu", "05 CT TU", "5/CT-TU", "\"05-CT/TU\""]
        {
            check(words, &[directive]);
        }
        for words in ["67/2014/NĐ-CP", "67/2014/nd-cp", "Nghị định 67/2014/NĐ-CP", "Nghị định 67"]
        {
            check(words, &["decree-67-2014-nd-cp"]);
        }
        let known_by = |words: &str| {
            let found = index.named(words).unwrap().into_iter().next();
            found.and_then(|named| named.known_by).map(|known| known.words)
        };
        assert_eq!(known_by("Nghị định 67").as_deref(), Some("Chính phủ"));
        assert_eq!(known_by("Trần Văn Suối").as_deref(), Some("Chủ tịch UBND tỉnh Nghệ An"));
        assert_eq!(known_by("Luật Đất đai"), None);
        check("Luật Đất đai", &["law-luat-dat-dai-2013"]);
        for words in ["Trần Văn Suối", "tran van suoi", "TRẦN VĂN SUỐI"] {
            check(words, &["tran-van-suoi"]);
        }
        check("Trần Văn Suôi", &[]);
        for words in
            ["Vì sao ông Trần Văn Suối bị kỷ luật?", "what happened to tran van suoi", "trần văn suối nói gì"]
        {
            check(words, &["tran-van-suoi"]);
        }
        check("Vì sao ông Trần Văn Suôi vắng mặt", &[]);
        for words in ["Chủ tịch UBND tỉnh Nghệ An", "chairman of the Nghe An People's Committee"] {
            check(words, &["chu-tich.ubnd.nghe-an"]);
        }
        for words in [
            "who was chairman of Nghe An in 2020",
            "ai là chủ tịch tỉnh nghệ an ngày 5/3/2020",
            "Chủ tịch UBND tỉnh Nghệ An là ai?",
        ] {
            check(words, &["chu-tich.ubnd.nghe-an"]);
        }
        // Of which texts have only one.
        check("Giám đốc Sở Y tế", &["giam-doc.so-y-te.nghe-an"]);
        check("Giám đốc", &[]);
        for words in ["xã đạt chuẩn nông thôn mới", "xa dat chuan NTM"] {
            check(words, &["new-rural-communes"]);
        }
        for words in ["", "mưa", "đất đai", "-", "2021", "họp bàn", "5 xã"] {
            check(words, &[]);
        }
    }
}
