//! What a number measures: the words around it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::noun::before_stroke;
use super::sequence::Sequences;
use super::table::{Cuts, number_patterns, phrases, units};
use crate::pattern::{Pattern, alternatives, has_century, has_digit, lower};

/// Words at which the words in front of a number are cut off, behind the last of them.
static FRONT: LazyLock<Pattern> = LazyLock::new(|| {
    let (words, joins) = (alternatives(&cuts().front), alternatives(&cuts().front_joins));
    Pattern::new(&format!(
        r#"(?i)\b(?:[;:]\s|,\s|\s[-–]\s|[“”"(]|(?:{words})(?:[^\p{{L}}\p{{M}}]|$)|(?:{joins})\s*(?:\d|$))"#
    ))
});

/// Where the words behind a number end.
static BACK: LazyLock<Pattern> = LazyLock::new(|| {
    let (words, joins) = (alternatives(&cuts().back), alternatives(&cuts().back_joins));
    Pattern::new(&format!(
        r#"(?i)\b(?:[;:]|[.](?:\s|$)|[“”"]|,\s|\s[-–]\s|\s(?:{joins})\s+(?:\p{{L}}+\s+){{0,4}}\d|(?:{words})(?:[^\p{{L}}\p{{M}}]|$))"#
    ))
});

static PERIOD: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(&cuts().periods));

/// Months, days and spans of time without a year.
static TIME: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(&cuts().times));

static PARENTHESIS: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"\([^()]*\)"));

static SINCE: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(&cuts().since));

/// What [`SINCE`] ends with.
static UP_TO_NOW: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).build(&cuts().now).expect("a few words")
});

/// Other numbers with their units.
static NUMBERS: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(&cuts().numbers));

fn cuts() -> &'static Cuts {
    &number_patterns().cuts
}

/// The words in front of a number that say what it measures, without periods and idle words: those behind the last break,
/// and where there are none those behind the break before.
pub(super) fn front(before: &str) -> (String, String) {
    /// Pieces that are looked at: a list of numbers without words goes on for ever.
    const PIECES: usize = 8;
    let before = PARENTHESIS.blanked_where(before.contains('('), before);
    let before = SINCE.blanked_where(UP_TO_NOW.is_match(before.as_ref()), &before);
    let before = PERIOD.blanked_where(has_century(&before), &before);
    let before = TIME.blanked_where(has_digit(&before), &before);
    // `mức độ 3, 4` is no break, nor is the dash of a compound: `thương mại - dịch vụ`.
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let breaks: Vec<(usize, usize)> = FRONT
        .find_iter(&before)
        .map(|found| (found.start(), found.end()))
        .filter(|(start, end)| {
            let digits =
                is_digit(before[..*start].chars().next_back()) && is_digit(before[*end..].chars().next());
            !digits && !is_compound(&before, *start, *end)
        })
        .collect();
    let words = |from: usize, to: usize| {
        // `đạt 104% dự toán được giao`
        let behind = before[from..to].rsplit_once('%').map_or("", |(_, behind)| behind);
        if begins_with(&phrases().plans, behind) {
            return String::new();
        }
        let here = without_measure(behind_number(&before[from..to]));
        let here = NUMBERS.blanked_where(has_digit(here), here);
        phrase(&here).join(" ")
    };
    // Ends of the pieces between the breaks, the last first.
    let mut end = before.len();
    let mut nearest: Option<String> = None;
    let mut named: Option<String> = None;
    // No other number stands between the piece and the number: what it says has no number yet.
    let mut is_open = true;
    // The piece behind this one stands in brackets.
    let mut in_brackets = false;
    let pieces =
        breaks.iter().copied().enumerate().rev().map(|(at, place)| (Some(at), place)).chain([(None, (0, 0))]);
    for (at, (start, after)) in pieces.take(PIECES) {
        let from = after.min(end);
        if is_closed(&before[from..end], before[end..].starts_with(':')) {
            return (nearest.unwrap_or_default(), String::new());
        }
        let here = words(from, end);
        let numbered = has_digit(&before[from..end]);
        match &nearest {
            None => {
                let list = at.map_or(0, |at| list_start(&before, &breaks[..=at]));
                let list = if begins_with_head(&here) {
                    list
                } else {
                    list.min(at.map_or(0, |at| phrase_start(&before, &breaks[..=at])))
                };
                nearest = Some(if list < after { words(list, end) } else { here.clone() });
            }
            // `thu nhập tăng nhanh, năm 2020 đạt …`, `dịch vụ tăng khá (+7,8%)`
            Some(near)
                if near.is_empty() && is_open && !numbered && (in_brackets || begins_with_head(&here)) =>
            {
                nearest = Some(here.clone());
            }
            Some(_) => {}
        }
        in_brackets = before[start..after].starts_with('(');
        is_open &= !numbered || here.is_empty();
        // `tỷ lệ nhập học tại Sơn Hạ, Thạch Bình đạt 100%`: names in a row are of what stands in front of them.
        let lists_names = is_name(&here) && before[start..after].starts_with(',') && !numbered;
        // `theo Sở Y tế, đến nay có …`, `trong đợt kiểm tra, …`: neither is what is measured.
        let is_adjunct = !numbered && before[end..].starts_with(',') && is_adjunct(&before[from..end]);
        if !here.is_empty() && !lists_names && !is_adjunct {
            return (nearest.unwrap_or_default(), here);
        }
        named = named.or_else(|| Some(here).filter(|here| !here.is_empty() && !is_adjunct));
        end = start;
    }
    let named = named.unwrap_or_default();
    (nearest.filter(|nearest| !nearest.is_empty()).unwrap_or_else(|| named.clone()), named)
}

/// What a piece says behind its last number, where another statistic is joined to that of the number there: `dân số 900
/// người và toàn bộ diện tích`. Else the whole piece.
fn behind_number(piece: &str) -> &str {
    /// Words of the number's unit.
    const UNIT: usize = 3;
    let Some(mut last) = last_number(piece) else { return piece };
    // `12,22 km2`: the digit of the unit is no number.
    if piece[..last.start].ends_with(char::is_alphabetic) {
        let Some(before) = last_number(&piece[..last.start]) else { return piece };
        last = before;
    }
    let (number, rest) = piece.split_at(last.end);
    // `Quyết định 755/QĐ`, `năm 2020` are no numbers that measure.
    let digits = &number[last.start..];
    let is_year = digits.len() == 4 && (digits.starts_with("20") || digits.starts_with("19"));
    let is_joined = number[..number.len() - digits.len()].ends_with(|c: char| !c.is_whitespace() && c != '(');
    if is_year || is_joined || rest.starts_with(['/', '-']) {
        return piece;
    }
    if let Some((_, head)) = joined_head(rest) {
        return &rest[head..];
    }
    // `có 9 tỷ đồng và tạo việc làm cho`
    let near = rest.split_whitespace().take(UNIT + 1).find(|word| phrases().is_coordinator(word));
    let behind = near.map(|word| &rest[place(word, rest) + word.len()..]);
    behind.filter(|behind| phrase(behind).len() > 1).unwrap_or(piece)
}

/// The last digits of some words, with the signs between them.
fn last_number(words: &str) -> Option<Range<usize>> {
    let end = words.rfind(|c: char| c.is_ascii_digit())? + 1;
    let begin = words[..end].trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')).len();
    Some(begin..end)
}

/// A piece of a sentence without the number that it ends with and the one word of its unit, where a head begins what stands in
/// front: `sản lượng điện đạt 29 tỷ kWh`.
fn without_measure(piece: &str) -> &str {
    let Some(last) = last_number(piece) else { return piece };
    let unit = piece[last.end..]
        .split_whitespace()
        .filter(|word| !units().multipliers.contains_key(lower(word).as_ref()));
    let front = &piece[..last.start];
    if unit.count() == 1 && begins_with_head(&phrase(front).join(" ")) { front } else { piece }
}

/// Where words join a head to what stands before them, the last such place: the bytes of the join and of the head.
fn joined_head(words: &str) -> Option<(usize, usize)> {
    let starts: Vec<usize> = words.split_whitespace().map(|word| place(word, words)).collect();
    let small: Vec<Cow<'_, str>> = words.split_whitespace().map(lower).collect();
    (0..small.len()).rev().find_map(|at| {
        let mut next = at + phrases().joins.begin(&small[at..])?;
        while let Some(length) = phrases().determiners.begin(small.get(next..)?) {
            next += length;
        }
        at_head(small.get(next..)?).then(|| (starts[at], starts[next]))
    })
}

/// The byte of a text at which a piece of it begins.
fn place(piece: &str, text: &str) -> usize {
    piece.as_ptr() as usize - text.as_ptr() as usize
}

/// Whether a break is a dash inside of one name: in small letters, or `Thương mại – Dịch vụ`, where both parts have a capital
/// and no other statistic begins behind it.
fn is_compound(text: &str, start: usize, end: usize) -> bool {
    if !matches!(text[start..end].trim(), "-" | "–") {
        return false;
    }
    let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let capital = |word: Option<&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
    let behind = text[end..].chars().next();
    let is_small = small(behind);
    let is_name = || {
        // The words of the part in front: `Thương mại`.
        let front = text[..start].split_whitespace().rev().take(2).last();
        let next: Vec<Cow<'_, str>> = text[end..].split_whitespace().take(2).map(lower).collect();
        behind.is_some_and(char::is_uppercase) && capital(front) && !at_head(&next)
    };
    small(text[..start].chars().next_back()) && (is_small || is_name())
}

/// Whether words in front of a number end with those that make it a whole of which a part is told.
pub(super) fn is_out_of(words: &str) -> bool {
    let words = bare(words);
    let from = words.len().saturating_sub(4);
    phrases().out_of.end(&words[from..].iter().map(|word| lower(word)).collect::<Vec<_>>()).is_some()
}

/// Whether a piece of a sentence only says by whom, where, when or by what something is so.
fn is_adjunct(piece: &str) -> bool {
    let words = bare(piece);
    let small: Vec<Cow<'_, str>> = words.iter().take(3).map(|word| lower(word)).collect();
    phrases().adjuncts.begin(&small).is_some()
}

/// Whether a piece in front of a number says nothing of it, nor does what stands before: it ends with who told it, or it is a
/// label (`Đối với xã miền núi:`), or only says that something follows (`như sau:`).
fn is_closed(piece: &str, colon: bool) -> bool {
    let words = bare(piece);
    let small: Vec<Cow<'_, str>> = words.iter().map(|word| lower(word)).collect();
    let is_told = |at: usize| {
        let behind = phrases().tellers.begin(&small[at..]).map(|length| kept(&words[at + length..]));
        behind.is_some_and(|behind| behind.is_empty() || phrases().is_weak(&behind))
    };
    (0..small.len()).any(is_told) || colon && (is_label(piece) || phrases().following.make_up(&words))
}

/// Whether what stands in front of a colon leads to a place or to those concerned, behind the mark of an item or none:
/// `a) Đối với …`.
fn is_label(piece: &str) -> bool {
    let words = bare(piece);
    let mark = usize::from(words.first().is_some_and(|word| word.chars().count() == 1));
    let small: Vec<Cow<'_, str>> = words[mark..].iter().map(|word| lower(word)).collect();
    phrases().labels.begin(&small).is_some()
}

/// The noun phrase that a piece of a sentence in front of a number ends with; nothing where it says nothing.
fn phrase(piece: &str) -> Vec<&str> {
    /// Words of a phrase that begins with its head, and of another.
    const HEADED: usize = 13;
    const OTHER: usize = 11;
    /// Words that a head has when it stands alone.
    const ALONE: usize = 3;
    let mut words = bare(piece);
    let small: Vec<Cow<'_, str>> = words.iter().map(|word| lower(word)).collect();
    let first = leading(&small);
    let mut from = first;
    for at in first..words.len() {
        let opened = phrases().openers.begin(&small[at..]).map(|length| at + length);
        // `so với tổng số lao động` begins nothing.
        let is_against = at > 0 && phrases().against.begin(&small[at - 1..]).is_some();
        let mut joined =
            phrases().joins.begin(&small[at..]).map(|length| at + length).filter(|_| !is_against);
        while let Some(length) = joined.and_then(|next| phrases().determiners.begin(small.get(next..)?)) {
            joined = joined.map(|next| next + length);
        }
        // `sản lượng điện sản xuất và nhập khẩu`: no verb stands between, so one phrase has both.
        let is_one = phrases().is_coordinator(&small[at])
            && at_head(&small[from..])
            && !small[from..at].iter().any(|word| phrases().is_reaching(word));
        let joined = joined.filter(|_| !is_one);
        // `dự án được hỗ trợ với số tiền`: a head alone is of what stands in front.
        let is_alone =
            |at: usize| small[at..].iter().filter(|word| !phrases().is_edge(word)).count() <= ALONE;
        let joined = joined.filter(|at| small.get(*at..).is_some_and(at_head) && !is_alone(*at));
        // `sáp nhập xã có diện tích tự nhiên`: what stands in front of the verb has what is measured.
        let governed = phrases().governors.begin(&small[at..]).map(|length| {
            let mut next = at + length;
            while let Some(length) = phrases().determiners.begin(&small[next.min(small.len())..]) {
                next += length;
            }
            next
        });
        let governed = governed
            .filter(|next| small.get(*next..).is_some_and(at_head))
            .filter(|next| !is_alone(*next) || phrases().populations.begin(&small[*next..]).is_some())
            .filter(|_| !small.get(from..).is_some_and(at_head));
        // `tại Sơn Hạ giá lợn hơi`: no phrase goes on from a name to a head.
        let named = (at > from + 1 && is_plain_head(&words[at..], &small[at..]) && !is_alone(at))
            .then_some(at)
            .filter(|at| is_name(words[at - 1]) && is_name(words[at - 2]))
            .filter(|_| !small.get(from..).is_some_and(at_head));
        if let Some(next) = opened.or(joined).or(governed).or(named)
            && next < words.len()
            && next > from
        {
            from = next;
        }
    }
    let against = (from + 2..words.len()).find(|at| phrases().against.begin(&small[*at..]).is_some());
    let against = against.unwrap_or(words.len());
    let verb = (from + 1..against).find(|at| phrases().verbs_en.begin(&small[*at..]).is_some());
    words.truncate(verb.unwrap_or(against));
    if words.len() <= ALONE
        && small.get(from).is_some_and(|word| phrases().pronouns.make_up(&[word.as_ref()]))
    {
        return Vec::new();
    }
    // Before words at its edges are taken away: `con số trên`, `số hộ nghèo`.
    let headed = words[from..].first().is_some_and(|word| at_head(&[lower(word)]));
    if phrases().is_weak(&words[from..]) {
        return Vec::new();
    }
    let mut words = kept(&words[from..]);
    if phrases().is_weak(&words) {
        return Vec::new();
    }
    let mut small: Vec<Cow<'_, str>> = words.iter().map(|word| lower(word)).collect();
    // What is left is a phrase, or a short form such as `GRDP`.
    let is_short_form = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    while let Some(length) = phrases()
        .tails
        .end(&small)
        .filter(|length| length + 1 < small.len() || *length + 1 == small.len() && is_short_form(words[0]))
    {
        words.truncate(words.len() - length);
        words = kept(&words);
        small = words.iter().map(|word| lower(word)).collect();
    }
    let points_back = words.len() <= ALONE && phrases().pointers.end(&small).is_some();
    // `chỉ số này tăng liên tục`
    let head = phrases().heads.begin(&small);
    let points_back =
        points_back || head.is_some_and(|length| phrases().pointers.begin(&small[length..]).is_some());
    if points_back || phrases().is_weak(&words) {
        return Vec::new();
    }
    if headed || at_head(&small) {
        words.truncate(HEADED);
        return words;
    }
    words.split_off(words.len().saturating_sub(OTHER))
}

/// How many words in front of a head only lead to it: `cao hơn tỷ lệ`, `nhờ đó tỷ lệ`; none where no head follows.
fn leading(small: &[Cow<'_, str>]) -> usize {
    let mut from = 0;
    while from < small.len() && !at_head(&small[from..]) {
        let idle = phrases().leads.begin(&small[from..]).or_else(|| phrases().weak.begin(&small[from..]));
        match idle {
            Some(length) => from += length,
            None if phrases().is_edge(&small[from]) => from += 1,
            None => return 0,
        }
    }
    if from < small.len() { from } else { 0 }
}

/// Whether two phrases measure the same: most of the words of the shorter one, and more than two, stand in the other too.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    const LEAST: usize = 3;
    let words =
        |phrase: &str| phrase.split_whitespace().map(|word| lower(word).into_owned()).collect::<Vec<_>>();
    let (one, other) = (words(one), words(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let shared = short.iter().filter(|word| long.contains(word)).count();
    shared >= LEAST && shared * 4 >= short.len() * 3
}

fn at_head(small: &[Cow<'_, str>]) -> bool {
    phrases().heads.begin(small).is_some()
}

/// Whether words begin with a head that is a word by itself, and no syllable of a name or of another word.
fn is_plain_head(words: &[&str], small: &[Cow<'_, str>]) -> bool {
    let length = phrases().heads.begin(small);
    words[0].starts_with(char::is_lowercase)
        && (length.is_some_and(|length| length > 1) || phrases().is_plain_head(words[0]))
}

fn begins_with_head(words: &str) -> bool {
    begins_with(&phrases().heads, words)
}

/// Whether words begin with a phrase of a table.
pub(super) fn begins_with(table: &Sequences, words: &str) -> bool {
    length(table, words).is_some()
}

/// How many words the phrase of a table has that words begin with.
pub(super) fn length(table: &Sequences, words: &str) -> Option<usize> {
    let small: Vec<Cow<'_, str>> = words.split_whitespace().take(4).map(lower).collect();
    table.begin(&small)
}

/// Whether words point back to what was measured before: `tỷ lệ này`.
pub(super) fn points_back(words: &str) -> bool {
    // `Diễn biến qua các quý như sau: …`
    let follows = |lead: &str| {
        let words = bare(lead);
        phrases().following.end(&words.iter().map(|word| lower(word)).collect::<Vec<_>>()).is_some()
    };
    if words.rsplit_once(':').is_some_and(|(lead, _)| follows(lead)) {
        return true;
    }
    let words = bare(words);
    // `It made up 6% of the total`
    if words.first().is_some_and(|word| phrases().pronouns.make_up(&[word])) {
        return true;
    }
    let small: Vec<Cow<'_, str>> = words.iter().map(|word| lower(word)).collect();
    (0..small.len()).any(|at| {
        let head = phrases().heads.begin(&small[at..]);
        head.is_some_and(|length| phrases().pointers.begin(&small[at + length..]).is_some())
    })
}

/// Where the phrase begins whose last piece stands behind the last of `breaks`, when it has its head before them: `tỷ lệ
/// trang trại, hợp tác xã dùng nền tảng số`.
fn phrase_start(text: &str, breaks: &[(usize, usize)]) -> usize {
    /// Pieces that one phrase may have.
    const PIECES: usize = 4;
    let last = breaks.last().map_or(0, |place| place.1);
    for (at, (start, after)) in breaks.iter().copied().enumerate().rev().take(PIECES) {
        let from = at.checked_sub(1).map_or(0, |at| breaks[at].1);
        let piece = &text[from..start];
        let is_said = |word: &str| phrases().is_reaching(word);
        if !text[start..after].starts_with(',') || has_digit(piece) || piece.split_whitespace().any(is_said) {
            break;
        }
        if begins_with_head(&phrase(piece).join(" ")) {
            return from;
        }
    }
    last
}

/// Where the list begins whose last item stands behind the last of `breaks`: `các phòng, ban đã tiếp`, `chế độ, chính sách`.
fn list_start(text: &str, breaks: &[(usize, usize)]) -> usize {
    let mut from = breaks.last().map_or(0, |place| place.1);
    for (at, (start, after)) in breaks.iter().copied().enumerate().rev() {
        let item = &text[from..];
        let broken = &text[start..after];
        let labelled = broken.starts_with(':') && kept(&bare(item)).len() <= 3;
        let is_listed = broken.starts_with(',')
            && item.starts_with(char::is_lowercase)
            && kept(&bare(item.split(',').next().unwrap_or_default())).len() <= 3;
        let before = at.checked_sub(1).map_or(0, |at| breaks[at].1);
        let piece = &text[before..start];
        let words: Vec<&str> = piece.split_whitespace().collect();
        let opens = words.iter().rev().take(4).any(|word| phrases().opens_list(word));
        let ends = words.last().is_some_and(|word| !phrases().is_edge(word));
        let short =
            words.len() <= 4 && piece.trim_start().starts_with(char::is_lowercase) && !piece.is_ascii();
        let labels = labelled && words.len() <= 14 && kept(&bare(piece)).len() > 1 && !is_label(piece);
        if !(is_listed && ends && (short || opens) || labels) || piece.contains(|c: char| c.is_ascii_digit())
        {
            break;
        }
        from = before;
    }
    from
}

/// The words behind a number that say what it counts.
pub(super) fn back(after: &str) -> String {
    let after = PARENTHESIS.blanked_where(after.contains('('), before_stroke(after));
    let after = after.trim_start();
    let mut end = after.len();
    for found in BACK.find_iter(after) {
        if found.start() == 0 {
            return String::new();
        }
        if is_compound(after, found.start(), found.end()) {
            continue;
        }
        let comma = found.as_str().starts_with(',');
        // A list or an apposition goes on behind its comma while nothing else has been said.
        let short = after[..found.start()].split_whitespace().count() <= 3;
        let next = &after[found.end()..];
        let word = next.split_whitespace().next().unwrap_or_default();
        // The next item of a list of counts: `75 sản phẩm, nhóm đồ uống 7 sản phẩm`.
        let piece = next.split([',', ';', ':']).next().unwrap_or_default();
        let is_clause = word.ends_with("ing")
            || piece.split_whitespace().take(8).any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
            || phrases().is_idle(None, word, None)
            || phrases().is_edge(word)
            || phrases().begins_clause(word)
            || begins_with_head(piece);
        let quoted = found.as_str().starts_with(['“', '”', '"'])
            && after[..found.start()].split_whitespace().count() < 12;
        if quoted || comma && short && !is_clause {
            continue;
        }
        end = found.start();
        break;
    }
    let words = &after[..end];
    // `900 người và toàn bộ diện tích tự nhiên 12 km2`: what has its own number is another statistic.
    let joined = joined_head(words).filter(|(_, head)| has_digit(&words[*head..]));
    let words = joined.map_or(words, |(join, _)| &words[..join]);
    let words = PERIOD.blanked_where(has_century(words), words);
    let words = TIME.blanked_where(has_digit(&words), &words);
    let words = NUMBERS.blanked_where(has_digit(&words), &words);
    let mut words = kept(&bare(&words));
    words.truncate(10);
    words.join(" ")
}

/// Words without their punctuation.
fn bare(words: &str) -> Vec<&str> {
    words
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%'))
        .filter(|word| !word.is_empty())
        .collect()
}

/// The same without idle words, numbers, and words that say nothing at the edge of a phrase.
fn kept<'t>(trimmed: &[&'t str]) -> Vec<&'t str> {
    let is_number = |word: &str| {
        word.len() > 1
            && word.starts_with(|c: char| c.is_ascii_digit())
            && !word.ends_with(char::is_alphabetic)
    };
    let around = |at: usize| (at.checked_sub(1).map(|at| trimmed[at]), trimmed.get(at + 1).copied());
    let is_kept = |at: usize| {
        let (before, after) = around(at);
        !phrases().is_idle(before, trimmed[at], after) && !is_number(trimmed[at])
    };
    let all: Vec<&str> = (0..trimmed.len()).filter(|at| is_kept(*at)).map(|at| trimmed[at]).collect();
    let pair = |first: Option<&&str>, second: Option<&&str>| {
        first.zip(second).is_some_and(|(first, second)| phrases().is_compound(first, second))
    };
    let is_edge = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| all.get(before));
        phrases().is_edge(all[at]) && !pair(all.get(at), all.get(at + 1)) && !pair(before, all.get(at))
    };
    // `tăng trưởng`, `giảm nghèo` begin with what elsewhere only leads to a number.
    let begins = |at: &usize| !is_edge(*at) || matches!(lower(all[*at]).as_ref(), "tăng" | "giảm");
    let start = (0..all.len()).find(begins).unwrap_or(all.len());
    let end = (0..all.len()).rfind(|at| !is_edge(*at)).map_or(start, |last| last + 1);
    // `nông thôn mới` and `công nghệ mới` end with what elsewhere means `only just`.
    let end = if all.get(end).is_some_and(|word| *word == "mới") && end > start { end + 1 } else { end };
    all[start..end].to_vec()
}

/// Whether words are a name and nothing else: of one more country or company that the same is measured of.
pub(super) fn is_name(words: &str) -> bool {
    let is_one = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    words.split_whitespace().count() <= 4 && words.split_whitespace().all(is_one)
}

/// How many words there are.
pub(super) fn count(words: &str) -> usize {
    words.split_whitespace().count()
}
