//! The API by its own table.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;

use super::{Frame, shown};
use crate::params::{self, Pairs, Parameter, Params};
use crate::routes::{Answer, ROUTES};
use crate::words::Ui;
use crate::{Error, documented};

#[derive(Template)]
#[template(path = "docs.html")]
struct DocsPage {
    frame: Frame,
    resources: Vec<Resource>,
}

struct Resource {
    method: &'static str,
    path: &'static str,
    about: &'static str,
    parameters: Vec<Described>,
}

struct Described {
    name: &'static str,
    about: &'static str,
    example: &'static str,
}

pub(crate) async fn show(ui: Ui, Query(pairs): Pairs) -> Result<Response, Error> {
    Params::read(pairs.clone(), params::NONE)?;
    let mut frame = Frame::new(ui.words().api, "/docs", &pairs, ui);
    "/openapi.json".clone_into(&mut frame.twin);
    let resources = resources(ui);
    shown(&DocsPage { frame, resources })
}

fn resources(ui: Ui) -> Vec<Resource> {
    let described = |parameter: &'static Parameter| Described {
        name: parameter.name,
        about: documented::parameter(parameter.about, ui),
        example: parameter.example,
    };
    ROUTES
        .iter()
        .filter(|route| !matches!(route.answer, Answer::Page))
        .map(|route| Resource {
            method: if route.takes_text { "POST" } else { "GET" },
            path: route.path,
            about: documented::route(route.path, ui),
            parameters: route
                .parameters
                .iter()
                .filter(|parameter| parameter.name != "ui")
                .map(described)
                .collect(),
        })
        .collect()
}
