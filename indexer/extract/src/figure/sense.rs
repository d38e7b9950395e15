//! What the figures of a text say besides their value: which statistic, about whom, in what sense.
//!
//! Read once the figures are known, paragraph by paragraph: the words of rows first ([`key`]), then what opens a sense
//! ([`modality`]), then the places ([`about`]).

use corpus::{Article, BlockKind, Span};

use super::about::{NATION, Places, Seen, Whose};
use super::key::{Bound, Terms, Topics};
use super::token::{self, Kind, Token};
use super::{cell, dealt, doubt, link, modality};
use crate::catalogue::{self, Basis, Indicator, Kind as Statistic, Time, exact};
use crate::passage::{Context, Passage};
use crate::pattern;
use crate::scope::Way;
use crate::{About, By, Figure, Level, Modality, Period, Whence, Words};

/// Tokens before a number that are looked at for its sense: sentences without end have many numbers.
const LONGEST_SENTENCE: usize = 400;

/// What was told of a year that is more years ago goes on in its own sentence alone: a story comes back to its day.
const LONG_AGO: i16 = 9;

/// Fills in key, about and modality of the figures of a text, which are in reading order.
pub(crate) fn read(context: &Context<'_>, article: &Article, figures: &mut [Figure]) {
    if figures.is_empty() {
        return;
    }
    let places = Places::new(article);
    let headline = article.title.as_deref().map_or_else(Vec::new, exact);
    let mut topics = Topics::default();
    topics.hear(headline.len(), |place| &headline[place]);
    let headline = doubt::Headline::new(&headline);
    let mut heading: Heading = Heading::default();
    let mut survey: Option<(Modality, Words)> = None;
    let mut spoken = doubt::Spoken::default();
    let mut coming = 0;
    for passage in &context.passages {
        let first = coming;
        while coming < figures.len() && figures[coming].span.start() < passage.span.end() {
            coming += 1;
        }
        let line = passage.span.of(context.text);
        let lists = is_item(line);
        if !lists {
            heading.modality = None;
        }
        let here = &mut figures[first..coming];
        let is_short = line.chars().take(140).count() < 140;
        if here.is_empty() && !(is_short || line.ends_with(':')) {
            heading = Heading::default();
            continue;
        }
        if context.blocks[passage.block].kind == BlockKind::Cell && cell::is_numeric(line) {
            for figure in here {
                read_whole_of_cell(&places, passage, figure);
            }
            continue;
        }
        let tokens = token::all(context.text, &passage.sentences, here, |span| places.is_name(span));
        let marks = modality::marks(&tokens, here);
        let terms = Terms::new(&tokens, here);
        topics.hear(tokens.len(), |place| &tokens[place].word);
        let mut dealt = deal(context.text, passage, here, &tokens, &terms, &places);
        let mut bound: Vec<Option<Bound>> = Vec::with_capacity(here.len());
        let mut senses: Vec<(Modality, Option<Words>)> = Vec::with_capacity(here.len());
        let mut changes = Vec::with_capacity(here.len());
        let mut doubted: Vec<bool> = Vec::with_capacity(here.len());
        let mut coming_up: Vec<Option<Span>> = Vec::with_capacity(here.len());
        let mut past: Vec<bool> = Vec::with_capacity(here.len());
        let (mut sentence, mut last_sentence) = (0, None);
        for (at, token) in tokens.iter().enumerate() {
            spoken = spoken.behind(&tokens, at);
            match token.kind {
                // What a semicolon ends goes on in the same list.
                Kind::End if !token.listed => sentence = at + 1,
                Kind::Figure(number) => {
                    let from_here = sentence.max(at.saturating_sub(LONGEST_SENTENCE));
                    let is_dealt = dealt[number].is_some();
                    let row = dealt[number].as_mut().and_then(|dealt| dealt.row.take());
                    let found = row.or_else(|| terms.bind(at, number, &bound, &topics));
                    let doubt =
                        |found: &Bound| doubt::of(found, &tokens, at, from_here, &headline, spoken, is_dealt);
                    doubted.push(found.as_ref().and_then(doubt).is_some());
                    let from = found.as_ref().map(|found| found.from);
                    let mut sense = modality::of(&tokens, &marks, at, from, from_here, heading.modality);
                    survey = modality::of_survey(&marks, at).or(survey);
                    // `15 - 17%` is said in one sense.
                    let ends_range = at.checked_sub(2).is_some_and(|begin| {
                        tokens[at - 1].kind == Kind::Sign('-')
                            && matches!(tokens[begin].kind, Kind::Figure(_))
                    });
                    if ends_range && sense == (Modality::Actual, None) {
                        sense = senses.last().copied().unwrap_or(sense);
                    }
                    // A rank or a difference behind a value has its sense; so have the parts of a whole.
                    let follows = found.is_none() && last_sentence == Some(sentence);
                    let last = senses.last().copied().unwrap_or(sense);
                    // What is estimated of another time says nothing of these parts.
                    let of_one_time = || number > 0 && here[number].period == here[number - 1].period;
                    let tells_parts = modality::tells_parts(&tokens, sentence)
                        && (last.0 != Modality::Estimate || of_one_time());
                    if sense == (Modality::Actual, None) && (follows || tells_parts) {
                        sense = last;
                    }
                    // `GDP đã giảm 2%` tells of no survey.
                    let surveyed = survey.filter(|_| !modality::is_past(&tokens, at, from_here));
                    if let (true, Some((modality, words))) = (sense == (Modality::Actual, None), surveyed) {
                        sense = (modality, Some(words));
                    }
                    last_sentence = Some(sentence);
                    coming_up.push(modality::is_coming(&tokens, at, from_here));
                    past.push(modality::is_past(&tokens, at, from_here));
                    changes.push(terms.yearly_change(at));
                    senses.push(sense);
                    bound.push(found);
                }
                _ => {}
            }
        }
        for figure in here.iter_mut().filter(|figure| is_long_ago(context, figure)) {
            (figure.period, figure.period_from) = (None, None);
        }
        end_ranges(context.text, here);
        let mut last_sense: Option<(Modality, bool)> = None;
        let mut last_sum: Option<(&str, Option<String>, Option<Period>, Modality)> = None;
        // What a paragraph tells of the nation's product it goes on with, where it names nothing narrower.
        let mut of_nation: Option<(About, Words)> = None;
        for (number, figure) in here.iter_mut().enumerate() {
            if let Some((modality, words)) = senses.get(number) {
                (figure.modality, figure.grounds.modality) = (*modality, *words);
            }
            let yearly = changes.get(number).copied().flatten().filter(|_| figure.change.is_none());
            figure.change = figure.change.or(yearly);
            if past.get(number).copied().unwrap_or_default() && goes_on_to_come(context, figure) {
                (figure.period, figure.period_from) = (None, None);
            }
            read_time(context, figure);
            if let Some(span) = coming_up.get(number).copied().flatten()
                && figure.modality == Modality::Actual
            {
                figure.modality = Modality::Forecast;
                figure.grounds.modality = Some(Words { span: Some(span), whence: Whence::Clause });
            }
            // `đến năm 2030 đạt 3 tỷ, năm 2035 đạt 4 tỷ`: a row of times to come, all aimed at.
            let by_its_time = figure.grounds.modality.is_none();
            if figure.modality == Modality::Forecast
                && by_its_time
                && last_sense == Some((Modality::Target, true))
            {
                figure.modality = Modality::Target;
            }
            last_sense = Some((figure.modality, by_its_time));
            let found = bound.get_mut(number).and_then(Option::take);
            let before = passage.sentences.partition_point(|sentence| sentence.end() < figure.span.end());
            let sentence = passage.sentences.get(before).copied().unwrap_or(passage.span);
            let whole = whole_sentence(context.text, &passage.sentences, before).unwrap_or(sentence);
            let words = found.as_ref().map(|found| found.words);
            let seen = Seen {
                number: figure.span,
                words,
                sentence,
                paragraph: passage.span,
                heading: &heading.lines,
                whose: Whose::of(found.as_ref().map(|found| found.row)),
            };
            let in_row = dealt[number].take();
            let is_dealt = in_row.is_some();
            let own = in_row.and_then(|dealt| dealt.about);
            let told = own.or_else(|| places.of(&seen));
            let is_far = told.as_ref().is_none_or(|(about, words)| {
                about.name.as_deref() == Some(NATION) && words.whence == Whence::Paragraph
            });
            let goes_on = || of_nation.clone().filter(|_| places.is_wide(passage.span, figure.span));
            let told = if is_far { goes_on().or(told) } else { told };
            if let Some((about, words)) = told.clone() {
                figure.about = Some(about);
                figure.grounds.about = Some(words);
            }
            if let Some(found) = found {
                let is_body = figure.about.as_ref().is_some_and(|about| about.level == Level::Organization);
                // A change by the year is no level.
                let moved = yearly.is_some() && found.row.kind != Statistic::Growth;
                let sure = !doubted.get(number).copied().unwrap_or_default();
                // `cả nước có 9 triệu người …; 8 triệu người …` names it in the same sentence.
                let whence = |words: &Words| match words.span.filter(|span| whole.contains(*span)) {
                    Some(_) => words.whence.min(Whence::Sentence),
                    None => words.whence,
                };
                let sure = sure
                    && told.as_ref().is_none_or(|(about, words)| is_plain(found.row, about, whence(words)));
                // What is counted from the end of the year before is the growth up to a month, and not that of a month.
                let monthly = found.row.basis == Some(Basis::December)
                    && matches!(figure.period, Some(Period::Date(date)) if date.month().is_some() && date.day().is_none())
                    && !modality::leads_to(context.text, figure);
                // `đến năm 2020 đạt tăng trưởng bình quân 7%` is of the years up to it, and nobody knows from which.
                let begin = found.words.start().min(figure.span.start());
                let averaged = found.row.kind == Statistic::Growth
                    && modality::leads_to(context.text, figure)
                    && super::period::is_average(&context.text[begin..figure.span.end()]);
                if averaged {
                    (figure.period, figure.period_from) = (None, None);
                }
                // A sum has one value of a period: a second one is of something else.
                let sum = (found.row.id.as_str(), figure.unit.clone(), figure.period, figure.modality);
                let again = found.by == By::Passed
                    && !is_dealt
                    && matches!(found.row.kind, Statistic::Count | Statistic::Amount)
                    && last_sum.as_ref() == Some(&sum);
                last_sum = Some(sum);
                // `đã thu hút 300 dự án`: in which time, or there are so many by now.
                let unspanned = found.row.spanned && figure.period.is_none();
                let moved = moved || monthly || again || unspanned;
                if found.row.level == Some(Level::Country)
                    && figure.about.as_ref().is_some_and(|about| about.name.as_deref() == Some(NATION))
                {
                    let whence = Whence::Document;
                    let words = Words { span: Some(found.words), whence };
                    of_nation = figure.about.clone().map(|about| (about, words));
                }
                if sure && !moved && (!is_body || found.row.bodies) {
                    if found.row.project {
                        figure.about = Some(About { level: Level::Other, name: None });
                    }
                    figure.key = Some(found.row.id.clone());
                    let whence = match found.by {
                        By::Last => Whence::Sentence,
                        _ => Whence::Clause,
                    };
                    figure.grounds.key = Some(Words { span: Some(found.words), whence });
                    figure.grounds.by = Some(found.by);
                }
            }
        }
        if line.ends_with(':') || here.is_empty() && is_short && !line.ends_with('.') {
            // Of a paragraph that opens a list its last sentence alone does.
            let opens = passage.sentences.last().copied().unwrap_or(passage.span);
            let within = marks.partition_point(|mark| mark.begins() < opens.start());
            heading = Heading { lines: vec![opens], modality: modality::opened(&marks[within..]) };
        }
    }
}

/// A sentence with the pieces before it that semicolons part from it: `cả nước có 9 triệu người; 8 triệu người …`.
fn whole_sentence(text: &str, sentences: &[Span], at: usize) -> Option<Span> {
    /// Pieces that are looked at: a list goes on for ever.
    const PIECES: usize = 8;
    let last = sentences.get(at)?;
    let parts = sentences[..at]
        .iter()
        .rev()
        .take(PIECES)
        .take_while(|before| before.of(text).trim_end().ends_with(';'));
    let begins = parts.last().unwrap_or(last).start();
    Some(Span::new(begins, last.end()))
}

/// Takes the rows away from values of which nothing tells whose they are: those are points of nobody's.
pub(crate) fn let_go(figures: &mut [Figure]) {
    for figure in figures.iter_mut().filter(|figure| figure.about.is_none()) {
        figure.key = None;
        (figure.grounds.key, figure.grounds.by) = (None, None);
    }
}

/// What a figure is given of what was named in a row before it: one of its statistics, one of its places, or one of its times.
struct Dealt {
    row: Option<Bound>,
    about: Option<(About, Words)>,
}

/// What is dealt out to the figures of a passage, where the text says which is whose.
fn deal(
    text: &str,
    passage: &Passage,
    figures: &[Figure],
    tokens: &[Token],
    terms: &Terms<'_>,
    places: &Places<'_>,
) -> Vec<Option<Dealt>> {
    let mut dealt: Vec<Option<Dealt>> = figures.iter().map(|_| None).collect();
    let spans: Vec<Span> = figures.iter().map(|figure| figure.span).collect();
    for sentence in &passage.sentences {
        let first = spans.partition_point(|span| span.start() < sentence.start());
        let last = spans.partition_point(|span| span.start() < sentence.end());
        for group in dealt::groups(text, *sentence, &spans[first..last]) {
            let numbers: Vec<usize> = group.numbers.clone().map(|number| first + number).collect();
            let token = |byte: usize| tokens.partition_point(|token| token.span.start() < byte);
            let (from, upto) = (token(group.named.start()), token(group.named.end()));
            let rows = terms.dealt(from, upto, &numbers);
            let abouts = if rows.is_none() { places.dealt(group.named, numbers.len()) } else { None };
            let mut periods: Vec<Option<Period>> = numbers.iter().map(|at| figures[*at].period).collect();
            periods.dedup();
            let in_time = periods.len() == numbers.len() && periods.iter().all(Option::is_some);
            if rows.is_none() && abouts.is_none() && !in_time {
                continue;
            }
            let mut rows = rows.into_iter().flatten();
            let mut abouts = abouts.into_iter().flatten();
            for number in numbers {
                dealt[number] = Some(Dealt { row: rows.next(), about: abouts.next() });
            }
        }
    }
    dealt
}

/// Whom a cell is about whose heads name nobody: what its caption, its headings or its text are about.
fn read_whole_of_cell(places: &Places<'_>, passage: &Passage, figure: &mut Figure) {
    if figure.about.is_some() {
        return;
    }
    let row = figure.key.as_deref().and_then(catalogue::by_key);
    let seen = Seen {
        number: figure.span,
        words: None,
        sentence: passage.span,
        paragraph: passage.span,
        heading: &[],
        whose: Whose::of(row),
    };
    if let Some((about, words)) = places.of(&seen) {
        (figure.about, figure.grounds.about) = (Some(about), Some(words));
    }
}

/// Whether a figure only goes on with a year long ago: `Năm 1984, công ty ra đời. … Thu nhập bình quân đạt 6 triệu đồng`.
fn is_long_ago(context: &Context<'_>, figure: &Figure) -> bool {
    let goes_on = figure.period_from.as_ref().is_some_and(|from| from.way == Way::Before);
    let year = match figure.period {
        Some(Period::Date(date)) if date.month().is_none() && goes_on => date.year(),
        _ => return false,
    };
    context.published.is_some_and(|today| today.year() - year > LONG_AGO)
}

/// Whether a figure only goes on with a time that is still to come, or years that reach beyond that in which it is told: what
/// has happened is not of that time.
fn goes_on_to_come(context: &Context<'_>, figure: &Figure) -> bool {
    let goes_on = figure.period_from.as_ref().is_some_and(|from| from.way >= Way::Before);
    let told = context.published.zip(figure.period).filter(|_| goes_on);
    told.is_some_and(|(today, period)| {
        let (begins, ends) = period.days();
        begins > today || begins.year() < ends.year() && ends.year() > today.year()
    })
}

/// What a figure's period tells of its sense: what is to come has not been reached, and what is over is no aim of the
/// heading above.
fn read_time(context: &Context<'_>, figure: &mut Figure) {
    if let Some((today, period)) = context.published.zip(figure.period)
        && matches!(figure.modality, Modality::Target | Modality::Forecast)
        && figure.period_from.as_ref().is_some_and(|from| {
            // Yesterday is of no other year.
            let dated = pattern::has_digit(&from.words) || !super::period::is_day(Some(period));
            dated && !pattern::has_century(&from.words)
        })
        && let Some(coming) = super::period::year_behind(period)
        && period.days().1 < today
        && coming.days().1 > today
    {
        // An aim of a month without a year is of the one to come: `phấn đấu đến tháng 9`.
        figure.period = Some(coming);
    }
    let Some((today, period)) = context.published.zip(figure.period) else { return };
    let (begins, ends) = period.days();
    // Years to come in a row are those of a plan, which reaches beyond the day on which it is told.
    let spans = matches!(period, Period::Range(from, to) if from.year() != to.year());
    if figure.modality == Modality::Actual && begins > today {
        let aimed = spans || modality::leads_to(context.text, figure);
        figure.modality = if aimed { Modality::Target } else { Modality::Forecast };
    }
    if figure.modality == Modality::Actual && spans && ends.year() > today.year() {
        figure.modality = Modality::Target;
    }
    // The year of a plan is not that of the results told before it: `6 tháng đầu năm thu 3 tỷ. Theo kế hoạch, thu 9 tỷ`.
    let carried = figure.period_from.as_ref().is_some_and(|from| from.way == Way::Before);
    let opened = figure.grounds.modality.and_then(|words| words.span);
    let here = opened.filter(|words| words.end() <= figure.span.start()).is_some_and(|words| {
        let between = &context.text[words.end()..figure.span.start()];
        !between.contains(". ") && !between.contains('\n')
    });
    if figure.modality == Modality::Target && carried && here && ends < today {
        (figure.period, figure.period_from) = (None, None);
        return;
    }
    let from_heading = figure.grounds.modality.is_some_and(|words| words.whence == Whence::Heading);
    let stated = figure.period_from.as_ref().is_some_and(|from| from.way == Way::Sentence);
    if from_heading && stated && ends < today {
        (figure.modality, figure.grounds.modality) = (Modality::Actual, None);
    }
}

/// Whether a text says plainly enough whom a value is about. Provinces and what lies in them go on from sentence to sentence;
/// a country or a region is meant where the number's own sentence or the heading above it names it, and another country only
/// by a statistic that countries alone have.
fn is_plain(row: &Indicator, about: &About, whence: Whence) -> bool {
    let level = row.level;
    let near = matches!(whence, Whence::Clause | Whence::Sentence | Whence::Heading);
    // The text as a whole is on the country.
    let whole = matches!(whence, Whence::Document | Whence::Headline);
    let near = near || whole && about.name.as_deref() == Some(NATION);
    match about.level {
        Level::Province | Level::District | Level::Commune | Level::Organization => true,
        Level::Country if about.name.as_deref() == Some(NATION) => near || level == Some(Level::Country),
        Level::Country => {
            // `Lào có dân số 7 triệu người`
            let counts_there =
                row.time == Time::Stock && row.kind == Statistic::Count && whence == Whence::Clause;
            near && (level == Some(Level::Country) || row.abroad) || counts_there
        }
        Level::Region | Level::World | Level::Person | Level::Other => near,
    }
}

/// Takes away the period of the value that one has become, where it is only that of the value before:
/// `from 6.36% in 2022 to 4.89%`.
fn end_ranges(text: &str, figures: &mut [Figure]) {
    for at in 1..figures.len() {
        let (first, second) = (&figures[at - 1], &figures[at]);
        let between = &text[first.span.end()..second.span.start()];
        let begins = link::begins_range(&text[..first.span.start()]);
        if begins && first.period == second.period && link::ends_range(between) {
            // `giai đoạn 2011-2016 từ 11% xuống còn 8%`: at its beginning and at its end.
            if let Some(Period::Range(from, to)) = first
                .period
                .filter(|period| matches!(period, Period::Range(from, to) if from.year() != to.year()))
            {
                figures[at - 1].period = Some(Period::Date(from));
                figures[at].period = Some(Period::Date(to));
                continue;
            }
        }
        if begins && first.period == second.period && link::ends_range(between) && pattern::has_digit(between)
        {
            figures[at].period = None;
        } else if begins && first.period == second.period && link::ends_range(between) {
            // `trong tháng 7 giảm từ 11% xuống 10%`: what it began from was before.
            figures[at - 1].period = None;
        }
    }
}

/// What the lines above a paragraph have told.
#[derive(Default)]
struct Heading {
    lines: Vec<Span>,
    modality: Option<(Modality, Words)>,
}

/// Whether a line is an item of a list or a row of a table.
fn is_item(line: &str) -> bool {
    let mark = line.chars().next();
    mark.is_some_and(|c| {
        matches!(c, '-' | '–' | '+' | '•' | '*' | '·') || c.is_lowercase() || c.is_ascii_digit()
    }) || line.contains('|')
}

#[cfg(test)]
mod tests;
