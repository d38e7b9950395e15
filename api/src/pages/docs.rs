//! The API by its own table.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;

use super::{Frame, shown};
use crate::Error;
use crate::params::{self, Pairs, Parameter, Params};
use crate::routes::{Answer, ROUTES};
use crate::words::Ui;

#[derive(Template)]
#[template(path = "docs.html")]
struct DocsPage {
    frame: Frame,
    resources: Vec<Resource>,
}

struct Resource {
    path: &'static str,
    about: &'static str,
    parameters: Vec<&'static Parameter>,
}

pub(crate) async fn show(ui: Ui, Query(pairs): Pairs) -> Result<Response, Error> {
    Params::read(pairs.clone(), params::NONE)?;
    let mut frame = Frame::new(ui.words().api, "/docs", &pairs, ui);
    "/openapi.json".clone_into(&mut frame.twin);
    let resources = resources();
    shown(&DocsPage { frame, resources })
}

fn resources() -> Vec<Resource> {
    ROUTES
        .iter()
        .filter(|route| !matches!(route.answer, Answer::Page))
        .map(|route| Resource {
            path: route.path,
            about: route.about,
            parameters: route.parameters.iter().filter(|parameter| parameter.name != "ui").collect(),
        })
        .collect()
}
