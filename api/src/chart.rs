//! Charts as SVG. They hold numbers, dates and ids alone, and every mark links to what it stands for.

use std::fmt::Write as _;

use indexer::statistics::series::Series;

use crate::words::Ui;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 36.0;

fn begin(height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" fill=\"currentColor\" font-family=\"sans-serif\" font-size=\"12\">"
    )
}

/// A round step of about a quarter of a range.
fn step(range: f64) -> f64 {
    let rough = (range / 4.0).max(f64::MIN_POSITIVE);
    let unit = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * unit >= rough).unwrap_or(10.0);
    factor * unit
}

/// The levels of a series over the years: a dot a value, each linked to its sentence.
pub(crate) fn series(series: &Series, ui: Ui) -> String {
    let mut svg = begin(HEIGHT);
    let middle = |point: &indexer::statistics::series::Point| {
        let (first, last) = point.period.days();
        let year = |date: jiff::civil::Date| f64::from(date.year()) + f64::from(date.day_of_year()) / 366.0;
        f64::midpoint(year(first), year(last))
    };
    let years: Vec<f64> = series.points.iter().map(middle).collect();
    let bounds = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::MAX, f64::MIN), |(low, high): (f64, f64), value| (low.min(value), high.max(value)))
    };
    let (first, last) = bounds(&mut years.iter().copied());
    let (low, high) = bounds(&mut series.points.iter().map(|point| point.value));
    let (low, high) = (low.min(0.0), if high > 0.0 { high } else { 1.0 });
    let x = |year: f64| {
        let share = if last > first { (year - first) / (last - first) } else { 0.5 };
        LEFT + 24.0 + (WIDTH - LEFT - RIGHT - 48.0) * share
    };
    let y = |value: f64| HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low);
    let by = step(high - low);
    let mut tick = (low / by).ceil() * by;
    while tick <= high && !series.points.is_empty() {
        let _ = write!(
            svg,
            "<line x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{1:.1}\" y2=\"{1:.1}\" stroke=\"currentColor\" stroke-opacity=\".15\"/><text x=\"{2:.1}\" y=\"{3:.1}\" text-anchor=\"end\" opacity=\".7\">{4}</text>",
            WIDTH - RIGHT,
            y(tick),
            LEFT - 8.0,
            y(tick) + 4.0,
            ui.short(tick)
        );
        tick += by;
    }
    let (mut line, mut dots, mut labels) = (String::new(), String::new(), String::new());
    let mut labelled = f64::MIN;
    for (point, year) in series.points.iter().zip(&years) {
        let (x, y) = (x(*year), y(point.value));
        let _ = write!(line, "{x:.1},{y:.1} ");
        let fill =
            if point.disputed { " fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"" } else { "" };
        let _ = write!(
            dots,
            "<a href=\"/documents/{}#c{}\"><title>{}: {}</title><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\"{fill}/></a>",
            point.evidence.document.id, point.evidence.start, point.period, point.value,
        );
        if x - labelled > 46.0 {
            labelled = x;
            let _ = write!(
                labels,
                "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-weight=\"bold\">{}</text><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" opacity=\".7\">{}</text>",
                y - 11.0,
                ui.short(point.value),
                HEIGHT - 12.0,
                point.period
            );
        }
    }
    let _ = write!(
        svg,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".5\"/>{dots}{labels}</svg>",
        line.trim_end()
    );
    svg
}

/// One bar a year, each linked to its own address.
pub(crate) fn years(counts: &[(i16, u64, String)]) -> String {
    const LOW: f64 = 110.0;
    let mut svg = begin(LOW);
    let most = counts.iter().map(|(_, count, _)| *count).max().unwrap_or(1).max(1) as f64;
    let width = ((WIDTH - 20.0) / counts.len().max(1) as f64).min(70.0);
    for (at, (year, count, href)) in counts.iter().enumerate() {
        let height = (LOW - 44.0) * *count as f64 / most;
        let left = 10.0 + at as f64 * width;
        let middle = left + width / 2.0;
        let _ = write!(
            svg,
            "<a href=\"{href}\"><title>{year}: {count}</title><rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" opacity=\".75\"/><text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{count}</text><text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\" opacity=\".7\">{year}</text></a>",
            left + 3.0,
            LOW - 22.0 - height,
            (width - 6.0).max(2.0),
            height.max(1.0),
            LOW - 28.0 - height,
            LOW - 6.0
        );
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        let check = |range: f64, expected: f64| {
            assert!((step(range) - expected).abs() < 1e-9, "{range}: {}", step(range));
        };
        check(100.0, 50.0);
        check(8.0, 2.0);
        check(0.4, 0.1);
        check(411.0, 200.0);
    }
}
