//! A report as a page to print, as Chromium makes PDF files of.

use crate::report::{Part, RUNNING_HEAD, Report};

pub(crate) fn write(report: &Report) -> String {
    let layout = report.layout;
    let page = if layout.landscape { "landscape" } else { "portrait" };
    let number = if layout.page_numbers { "@bottom-center{content:counter(page)}" } else { "" };
    let head =
        if layout.running_head { format!("@top-left{{content:'{RUNNING_HEAD}'}}") } else { String::new() };
    let align = if layout.justified { "p{text-align:justify}" } else { "" };
    let columns = if layout.two_columns { ".c{column-count:2;column-gap:10mm}" } else { "" };
    let mut html = format!(
        "<!doctype html><html lang=vi><meta charset=utf-8><style>@page{{size:A4 {page};margin:20mm;{number}{head}}}\
         body{{font:{}pt serif}}p{{text-indent:1cm}}{align}td{{border:1px solid;padding:2px 6px}}table{{border-collapse:collapse}}\
         .h{{width:100%}}.h td{{border:0;text-align:center}}h1{{font-size:120%;text-align:center}}.n{{font-size:80%}}{columns}</style>",
        layout.size
    );
    let mut notes = String::new();
    let mut open = false;
    for part in &report.parts {
        if !open && !matches!(part, Part::Letterhead(_) | Part::Title(_)) {
            html.push_str("<div class=c>");
            open = true;
        }
        match part {
            Part::Letterhead(rows) => {
                let rows =
                    rows.iter().map(|[left, right]| format!("<tr><td>{left}<td>{right}")).collect::<String>();
                html.push_str(&format!("<table class=h>{rows}</table>"));
            }
            Part::Title(text) => html.push_str(&format!("<h1>{text}</h1>")),
            Part::Heading(text) => html.push_str(&format!("<h2>{text}</h2>")),
            Part::Paragraph(text) | Part::Unit(text) => html.push_str(&format!("<p>{text}</p>")),
            Part::Noted(text, note) => {
                html.push_str(&format!("<p>{text}</p>"));
                notes.push_str(&format!("<p class=n>{note}</p>"));
            }
            Part::Item(text) => html.push_str(&format!("<p>- {text}</p>")),
            Part::Numbered(number, text) => html.push_str(&format!("<p>{number}. {text}</p>")),
            Part::Table(table) => {
                html.push_str("<table>");
                for row in &table.heads {
                    html.push_str("<tr>");
                    for (cell, wide) in row {
                        html.push_str(&format!("<td align=center colspan={wide}>{cell}"));
                    }
                }
                for row in &table.rows {
                    html.push_str("<tr>");
                    row.iter().for_each(|cell| html.push_str(&format!("<td>{cell}")));
                }
                html.push_str("</table>");
            }
        }
    }
    html + "</div><hr>" + &notes
}
