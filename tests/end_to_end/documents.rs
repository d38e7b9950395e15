//! Reports as PDF files: their text with all diacritics, and the page that each fact stands on.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::{Folder, Server, skipped};

const FIRST: &str = "Thực hiện Kế hoạch số 45/KH-UBND ngày 5/1/2019 của UBND tỉnh Sơn Khê, huyện Khê Thượng đã huy động nhân dân \
                     làm đường giao thông nông thôn.";
const SECOND: &str = "Đến nay toàn huyện còn 312 hộ nghèo, giảm 87 hộ theo Nghị quyết số 12-NQ/TU ngày 3/2/2017 của Tỉnh ủy Sơn Khê về \
                      giảm nghèo bền vững.";

/// Prints a page of ours to PDF, as portals make their files; `false` where there is no browser.
fn print(folder: &Path, html: &str, name: &str) -> bool {
    let page = folder.join("print.html");
    std::fs::write(&page, html).unwrap();
    let made = Command::new("chromium")
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("--print-to-pdf={}", folder.join(name).display()))
        .arg(format!("file://{}", page.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    made.is_ok_and(|status| status.success()) && folder.join(name).exists()
}

fn has(program: &str) -> bool {
    Command::new(program).arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

fn report() -> String {
    format!(
        "<!doctype html><meta charset=utf-8><style>body{{font:14pt serif}}p.next{{break-before:page}}</style>\
         <h1>Báo cáo kết quả giảm nghèo</h1><p>{FIRST}</p><p class=next>{SECOND}</p>"
    )
}

#[test]
fn a_fact_of_a_pdf_names_its_page() {
    let folder = Folder::new();
    if !has("pdftotext") || !print(folder.path(), &report(), "report.pdf") {
        return skipped("PDF files: there is no chromium or no pdftotext (Debian's package poppler-utils)");
    }
    folder.ok(&["import", "report.pdf", "--province", "Sơn Khê"]);
    folder.ok(&["index"]);
    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    let hits = server.json("/v1/search?q=h%E1%BB%99+ngh%C3%A8o");
    let id = hits["results"][0]["document"]["id"].as_str().unwrap();
    let document = server.json(&format!("/v1/documents/{id}"));
    for sentence in [FIRST, SECOND] {
        assert!(document["text"].as_str().unwrap().contains(sentence), "{document:#}");
    }
    let page_of = |number: &str| {
        let directives = document["directives"].as_array().unwrap();
        directives.iter().find(|directive| directive["number"] == number).unwrap()["evidence"]["page"].clone()
    };
    assert_eq!(page_of("45/KH-UBND"), 1);
    assert_eq!(page_of("12-NQ/TU"), 2);
}

#[test]
fn a_scan_is_recognized() {
    let folder = Folder::new();
    let programs = has("pdftoppm") && has("tesseract");
    if !programs || !print(folder.path(), &report(), "report.pdf") {
        return skipped(
            "scans: there is no chromium, pdftoppm or tesseract (Debian's packages tesseract-ocr, tesseract-ocr-vie)",
        );
    }
    let drawn = Command::new("pdftoppm")
        .args(["-r", "200", "-png", "report.pdf", "drawn"])
        .current_dir(folder.path())
        .status()
        .unwrap();
    assert!(drawn.success());
    let pictures = "<style>*{margin:0}img{width:100%;break-after:page}</style><img src=drawn-1.png><img src=drawn-2.png>";
    assert!(print(folder.path(), pictures, "scan.pdf"));
    let line = folder.ok(&["extract", "scan.pdf"]);
    let article: serde_json::Value = serde_json::from_str(&line).unwrap();
    let text = article["text"].as_str().unwrap();
    assert!(text.contains("hộ nghèo") && text.contains("đường giao thông nông thôn"), "{text}");
}
