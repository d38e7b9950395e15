//! Charts as SVG. They hold numbers, dates and ids alone, and every mark links to what it stands for.

use std::fmt::Write as _;

use indexer::statistics::comparison::{Comparison, MOST_PLACES};
use indexer::statistics::series::{Point, Series};

use crate::pages::passage;
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

/// The plane of values over years.
struct Plane {
    years: (f64, f64),
    values: (f64, f64),
}

impl Plane {
    /// One that holds all points, and zero.
    fn of<'p>(points: impl Iterator<Item = &'p Point>) -> Self {
        let (mut years, mut values) = ((f64::MAX, f64::MIN), (0.0_f64, f64::MIN));
        for point in points {
            let year = middle(point);
            years = (years.0.min(year), years.1.max(year));
            values = (values.0.min(point.value), values.1.max(point.upto.unwrap_or(point.value)));
        }
        let high = if values.1 > 0.0 { values.1 } else { 1.0 };
        Self { years, values: (values.0, high) }
    }

    /// Where a point is drawn.
    fn place(&self, point: &Point) -> (f64, f64) {
        let (first, last) = self.years;
        let share = if last > first { (middle(point) - first) / (last - first) } else { 0.5 };
        (LEFT + 24.0 + (WIDTH - LEFT - RIGHT - 48.0) * share, self.height(point.value))
    }

    fn height(&self, value: f64) -> f64 {
        let (low, high) = self.values;
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low)
    }

    /// Lines at round values.
    fn grid(&self, ui: Ui) -> String {
        let (low, high) = self.values;
        let mut svg = String::new();
        let by = step(high - low);
        let mut tick = (low / by).ceil() * by;
        while tick <= high {
            let y = self.height(tick);
            let _ = write!(
                svg,
                "<line x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"currentColor\" stroke-opacity=\".15\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" opacity=\".7\">{}</text>",
                WIDTH - RIGHT,
                LEFT - 8.0,
                y + 4.0,
                ui.short(tick)
            );
            tick += by;
        }
        svg
    }

    /// A line through the periods of which there is one value: what is disputed is on no line.
    fn line(&self, points: &[Point]) -> String {
        let mut line = String::new();
        for point in points {
            if points.iter().filter(|other| other.period == point.period).count() == 1 {
                let (x, y) = self.place(point);
                let _ = write!(line, "{x:.1},{y:.1} ");
            }
        }
        format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".5\"/>",
            line.trim_end()
        )
    }
}

/// The middle of a point's period, in years.
fn middle(point: &Point) -> f64 {
    let (first, last) = point.period.days();
    let year = |date: jiff::civil::Date| f64::from(date.year()) + f64::from(date.day_of_year()) / 366.0;
    f64::midpoint(year(first), year(last))
}

/// A mark that leads to the sentence of a value.
fn linked(point: &Point, mark: &str) -> String {
    let (period, value, href) = (point.period, point.value, passage(&point.evidence));
    let upto = point.upto.map(|upto| format!("–{upto}")).unwrap_or_default();
    format!("<a href=\"{href}\"><title>{period}: {value}{upto}</title>{mark}</a>")
}

/// The levels of a series over the years: a dot a value, each linked to its sentence.
pub(crate) fn series(series: &Series, ui: Ui) -> String {
    let plane = Plane::of(series.points.iter());
    let (mut dots, mut labels) = (String::new(), String::new());
    let mut labelled = f64::MIN;
    for point in &series.points {
        let (x, y) = plane.place(point);
        let fill =
            if point.disputed { " fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"" } else { "" };
        // Of a range both ends.
        let range = point.upto.map_or_else(String::new, |upto| {
            let top = plane.height(upto);
            format!("<path d=\"M{x:.1},{y:.1}V{top:.1}\" stroke=\"currentColor\" stroke-width=\"2\"/><circle cx=\"{x:.1}\" cy=\"{top:.1}\" r=\"6\"{fill}/>")
        });
        let mark = format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\"{fill}/>{range}");
        dots.push_str(&linked(point, &mark));
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
    let grid = if series.points.is_empty() { String::new() } else { plane.grid(ui) };
    format!("{}{grid}{}{dots}{labels}</svg>", begin(HEIGHT), plane.line(&series.points))
}

/// Colours that people who see few of them tell apart, too (Okabe and Ito, Color Universal Design, 2008), each with a form
/// of its own.
const COLOURS: [&str; MOST_PLACES] =
    ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a6d3b", "#888888"];

/// The mark of the place that stands so in a comparison.
fn mark(at: usize, x: f64, y: f64, disputed: bool) -> String {
    let outline = match at % MOST_PLACES {
        0 => "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z",
        1 => "M-5,-5h10v10h-10z",
        2 => "M0,-6l6,11h-12z",
        3 => "M0,-7l6,7l-6,7l-6,-7z",
        4 => "M0,6l6,-11h-12z",
        5 => "M-2,-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
        6 => "M-7,-3h14v6h-14z",
        _ => "M-3,-7h6v14h-6z",
    };
    let colour = COLOURS[at % MOST_PLACES];
    let fill = if disputed { "none" } else { colour };
    format!(
        "<path transform=\"translate({x:.1} {y:.1})\" d=\"{outline}\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.5\"/>"
    )
}

/// The mark alone, for a legend.
pub(crate) fn legend(at: usize) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 18 18\" width=\"18\" height=\"18\" aria-hidden=\"true\">{}</svg>",
        mark(at, 9.0, 9.0, false)
    )
}

/// A statistic of several places over the years: a line a place, each value linked to its sentence.
pub(crate) fn comparison(comparison: &Comparison, ui: Ui) -> String {
    let all = || comparison.places.iter().flat_map(|compared| &compared.points);
    let plane = Plane::of(all());
    let mut svg = begin(HEIGHT) + &plane.grid(ui);
    for (at, compared) in comparison.places.iter().enumerate() {
        let _ = write!(svg, "<g color=\"{}\">{}", COLOURS[at % MOST_PLACES], plane.line(&compared.points));
        for point in &compared.points {
            let (x, y) = plane.place(point);
            svg.push_str(&linked(point, &mark(at, x, y, point.disputed)));
        }
        svg.push_str("</g>");
    }
    let mut labels: Vec<(f64, &Point)> = all().map(|point| (plane.place(point).0, point)).collect();
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut labelled = f64::MIN;
    for (x, point) in labels {
        if x - labelled > 56.0 {
            labelled = x;
            let _ = write!(
                svg,
                "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" opacity=\".7\">{}</text>",
                HEIGHT - 12.0,
                point.period
            );
        }
    }
    svg + "</svg>"
}

/// One bar a year from the first to the last, each linked to its own address; a year without any has room, and no bar.
pub(crate) fn years(counts: &[(i16, u64, String)]) -> String {
    const LOW: f64 = 110.0;
    let counts = without_gaps(counts);
    let mut svg = begin(LOW);
    let most = counts.iter().map(|(_, count, _)| *count).max().unwrap_or(1).max(1) as f64;
    let width = ((WIDTH - 20.0) / counts.len().max(1) as f64).min(70.0);
    for (at, (year, count, href)) in counts.iter().enumerate() {
        if *count == 0 {
            let _ = write!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" opacity=\".4\">{year}</text>",
                10.0 + (at as f64 + 0.5) * width,
                LOW - 6.0
            );
            continue;
        }
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

/// Years that are filled in at most: a wrong date far off would push the others together.
const LONGEST_GAP: i16 = 30;

/// Years with those between them of which there is nothing.
fn without_gaps(counts: &[(i16, u64, String)]) -> Vec<(i16, u64, String)> {
    let mut filled: Vec<(i16, u64, String)> = Vec::with_capacity(counts.len());
    for (year, count, href) in counts {
        if let Some((last, ..)) = filled.last().filter(|(last, ..)| year - last <= LONGEST_GAP) {
            filled.extend((last + 1..*year).map(|year| (year, 0, String::new())).collect::<Vec<_>>());
        }
        filled.push((*year, *count, href.clone()));
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_without_any_has_room() {
        let check = |years: &[i16], expected: &[i16]| {
            let counts: Vec<(i16, u64, String)> =
                years.iter().map(|year| (*year, 1, "/".to_owned())).collect();
            let filled: Vec<i16> = without_gaps(&counts).into_iter().map(|(year, ..)| year).collect();
            assert_eq!(filled, expected);
            assert_eq!(super::years(&counts).matches("<rect").count(), years.len());
        };
        check(&[], &[]);
        check(&[2018, 2020, 2022], &[2018, 2019, 2020, 2021, 2022]);
        check(&[1901, 2020], &[1901, 2020]);
    }

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
