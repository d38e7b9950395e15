//! Every address that is answered: the router, the `OpenAPI` document and its page are made from this one table.

use axum::Json;
use axum::routing::{MethodRouter, get, post};
use serde_json::Value;
use utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Ref, Type};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, HttpMethod, InfoBuilder, OpenApiBuilder, PathItem, PathsBuilder,
    RefOr, Required, ResponseBuilder, Schema,
};
use utoipa::{PartialSchema, ToSchema};

use crate::params::{self, Parameter};
use crate::{State, coverage, forms, handlers, pages};

/// An address and what it answers.
pub(crate) struct Route {
    pub(crate) path: &'static str,
    pub(crate) about: &'static str,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) answer: Answer,
    pub(crate) handler: fn() -> MethodRouter<State>,
    /// Whether it is sent a text with POST instead of being read with GET.
    pub(crate) takes_text: bool,
}

/// The form of an answer.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    /// JSON of a schema.
    Json(fn() -> (String, RefOr<Schema>)),
    /// Another media type.
    Media(&'static str),
    /// For people: not part of the API.
    Page,
}

/// Name and schema of a form.
fn named<T: ToSchema>() -> (String, RefOr<Schema>) {
    (T::name().into_owned(), T::schema())
}

/// Name and schema of a list of a form.
fn list<T: ToSchema>() -> (String, RefOr<Schema>) {
    (format!("{}List", T::name()), forms::List::<T>::schema())
}

const LINES: &str = "application/x-ndjson";
const CSV: &str = "text/csv";

macro_rules! route {
    ($path:literal, $about:literal, $parameters:expr, $answer:expr, $handler:path) => {
        Route {
            path: $path,
            about: $about,
            parameters: $parameters,
            answer: $answer,
            handler: || get($handler),
            takes_text: false,
        }
    };
}

use Answer::{Json as Is, Media, Page};
use params::{
    COMPARISON, COVERAGE, DOCUMENT, DOCUMENTS, FACET, FIGURES, LISTED, MENTIONS, NONE, OFFICES, POSITIONS,
    RESOLVE, SEARCH, SERIES,
};

/// What tools call, then what people open.
pub(crate) const ROUTES: &[Route] = &[
    route!(
        "/v1/search",
        "Documents by words and filters, with passages, facets and counts by calendar.",
        SEARCH,
        Is(list::<forms::Hit>),
        handlers::search
    ),
    route!(
        "/v1/search.ndjson",
        "All documents that a search finds, one a line, any number of them.",
        SEARCH,
        Media(LINES),
        handlers::search
    ),
    route!("/v1/search.csv", "One page of a search as rows.", SEARCH, Media(CSV), handlers::search),
    route!(
        "/v1/facets/{facet}",
        "The values of a facet that begin as `prefix`, in the documents that a search finds.",
        FACET,
        Is(list::<forms::FacetValue>),
        handlers::facet
    ),
    route!(
        "/v1/documents",
        "The document of an address.",
        DOCUMENTS,
        Is(list::<forms::Summary>),
        handlers::documents
    ),
    route!(
        "/v1/documents/{id}",
        "A document with all that it mentions, and who carries the same text.",
        DOCUMENT,
        Is(named::<forms::Document>),
        handlers::document
    ),
    route!(
        "/v1/documents/{id}/versions",
        "The versions of a document's text.",
        NONE,
        Is(list::<forms::Version>),
        handlers::versions
    ),
    route!(
        "/v1/directives",
        "Directives, the most often cited first.",
        LISTED,
        Is(list::<forms::Directive>),
        handlers::directives
    ),
    route!("/v1/directives.ndjson", "Directives, one a line.", LISTED, Media(LINES), handlers::directives),
    route!("/v1/directives.csv", "Directives as rows.", LISTED, Media(CSV), handlers::directives),
    route!(
        "/v1/directives/{key}",
        "The dossier of a directive: what it is and every passage that cites it.",
        NONE,
        Is(named::<forms::Dossier>),
        handlers::directive
    ),
    route!(
        "/v1/directives/{key}/mentions",
        "The mentions of a directive, the earliest published first.",
        MENTIONS,
        Is(list::<forms::DirectiveMention>),
        handlers::directive_mentions
    ),
    route!(
        "/v1/directives/{key}/mentions.ndjson",
        "All mentions of a directive, one a line.",
        MENTIONS,
        Media(LINES),
        handlers::directive_mentions
    ),
    route!(
        "/v1/directives/{key}/mentions.csv",
        "All mentions of a directive as rows.",
        MENTIONS,
        Media(CSV),
        handlers::directive_mentions
    ),
    route!(
        "/v1/officials",
        "Officials, the most often mentioned first.",
        LISTED,
        Is(list::<forms::Official>),
        handlers::officials
    ),
    route!("/v1/officials.ndjson", "Officials, one a line.", LISTED, Media(LINES), handlers::officials),
    route!("/v1/officials.csv", "Officials as rows.", LISTED, Media(CSV), handlers::officials),
    route!(
        "/v1/officials/{key}",
        "The career of an official: positions over time, each with its first and last proof.",
        NONE,
        Is(named::<forms::Career>),
        handlers::official
    ),
    route!(
        "/v1/officials/{key}/mentions",
        "The mentions of an official, the earliest published first.",
        MENTIONS,
        Is(list::<forms::OfficialMention>),
        handlers::official_mentions
    ),
    route!(
        "/v1/officials/{key}/mentions.ndjson",
        "All mentions of an official, one a line.",
        MENTIONS,
        Media(LINES),
        handlers::official_mentions
    ),
    route!(
        "/v1/officials/{key}/mentions.csv",
        "All mentions of an official as rows.",
        MENTIONS,
        Media(CSV),
        handlers::official_mentions
    ),
    route!(
        "/v1/positions",
        "Who held an office, at a day where one is given.",
        POSITIONS,
        Is(list::<forms::Holding>),
        handlers::positions
    ),
    route!(
        "/v1/positions.ndjson",
        "Who held an office, one a line.",
        POSITIONS,
        Media(LINES),
        handlers::positions
    ),
    route!(
        "/v1/offices",
        "The offices that words name, each with its wordings; without words all.",
        OFFICES,
        Is(list::<forms::Office>),
        handlers::offices
    ),
    route!("/v1/offices.ndjson", "Offices, one a line.", OFFICES, Media(LINES), handlers::offices),
    route!("/v1/offices.csv", "Offices as rows.", OFFICES, Media(CSV), handlers::offices),
    route!("/v1/positions.csv", "Who held an office, as rows.", POSITIONS, Media(CSV), handlers::positions),
    route!(
        "/v1/figures",
        "Figures with their sentences, the earliest published first.",
        FIGURES,
        Is(list::<forms::Figure>),
        handlers::figures
    ),
    route!("/v1/figures.ndjson", "Figures, one a line.", FIGURES, Media(LINES), handlers::figures),
    route!("/v1/figures.csv", "Figures as rows.", FIGURES, Media(CSV), handlers::figures),
    route!(
        "/v1/indicators",
        "Statistics by how many figures measure them.",
        FIGURES,
        Is(list::<forms::Indicator>),
        handlers::indicators
    ),
    route!("/v1/indicators.ndjson", "Statistics, one a line.", FIGURES, Media(LINES), handlers::indicators),
    route!("/v1/indicators.csv", "Statistics as rows.", FIGURES, Media(CSV), handlers::indicators),
    route!(
        "/v1/series",
        "A statistic over the years, each value with its sentence.",
        SERIES,
        Is(named::<forms::Series>),
        handlers::series
    ),
    route!("/v1/series.csv", "A statistic over the years as rows.", SERIES, Media(CSV), handlers::series),
    route!(
        "/v1/comparison",
        "A statistic of several places over the years, each value with its sentence.",
        COMPARISON,
        Is(named::<forms::Comparison>),
        handlers::comparison
    ),
    route!(
        "/v1/comparison.csv",
        "A statistic of several places as rows.",
        COMPARISON,
        Media(CSV),
        handlers::comparison
    ),
    route!(
        "/v1/series.svg",
        "A statistic over the years as a chart.",
        SERIES,
        Media("image/svg+xml"),
        handlers::series_svg
    ),
    route!(
        "/v1/timeline",
        "Documents found in each year, quarter or month, beside those collected.",
        SEARCH,
        Is(list::<forms::Step>),
        handlers::timeline
    ),
    route!("/v1/timeline.csv", "The timeline as rows.", SEARCH, Media(CSV), handlers::timeline),
    Route {
        path: "/v1/resolve",
        about: "The directives, officials and figures of any text that is sent as the body, each with what the index knows it as.",
        parameters: RESOLVE,
        answer: Is(named::<forms::ResolvedText>),
        handler: || post(handlers::resolve),
        takes_text: true,
    },
    route!("/v1/sources", "What is collected.", NONE, Is(list::<forms::Source>), handlers::sources),
    route!(
        "/v1/coverage",
        "What was crawled of each source on each day, the latest first.",
        COVERAGE,
        Is(list::<coverage::Day>),
        coverage::show
    ),
    route!(
        "/v1/coverage.csv",
        "What was crawled on each day, as rows.",
        COVERAGE,
        Media(CSV),
        coverage::show
    ),
    route!("/healthz", "Answers `ok` while the service runs.", NONE, Media("text/plain"), handlers::healthy),
    route!(
        "/readyz",
        "Whether questions are answered, and from which commit of the index.",
        NONE,
        Is(named::<forms::Ready>),
        handlers::ready
    ),
    route!("/openapi.json", "This document.", NONE, Media("application/json"), openapi),
    route!("/", "", SEARCH, Page, pages::search::show),
    route!("/documents/{id}", "", DOCUMENT, Page, pages::document::show),
    route!("/directives", "", LISTED, Page, pages::directive::all),
    route!("/directives/{key}", "", NONE, Page, pages::directive::show),
    route!("/officials", "", LISTED, Page, pages::official::all),
    route!("/officials/{key}", "", NONE, Page, pages::official::show),
    route!("/positions", "", POSITIONS, Page, pages::position::show),
    route!("/series", "", SERIES, Page, pages::series::show),
    route!("/comparison", "", COMPARISON, Page, pages::comparison::show),
    route!("/figures", "", FIGURES, Page, pages::figure::all),
    route!("/docs", "", NONE, Page, pages::docs::show),
    route!("/static/style.css", "", NONE, Page, pages::style),
    route!("/favicon.ico", "", NONE, Page, pages::icon),
];

/// The `OpenAPI` 3.1 document, made from [`ROUTES`] and the forms of the answers.
pub(crate) fn document() -> Value {
    let mut schemas: Vec<(String, RefOr<Schema>)> = Vec::new();
    forms::schemas(&mut schemas);
    let mut components = ComponentsBuilder::new();
    let mut paths = PathsBuilder::new();
    for route in ROUTES {
        let content = match route.answer {
            Answer::Page => continue,
            Answer::Json(schema) => {
                let (name, schema) = schema();
                components = components.schema(name.clone(), schema);
                ("application/json", ContentBuilder::new().schema(Some(Ref::from_schema_name(name))).build())
            }
            Answer::Media(media) => (
                media,
                ContentBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::String))).build(),
            ),
        };
        let ok = ResponseBuilder::new().description("The answer.").content(content.0, content.1);
        let problem = ResponseBuilder::new().description("Why not (RFC 9457).").content(
            "application/problem+json",
            ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build(),
        );
        let mut operation = OperationBuilder::new()
            .summary(Some(route.about))
            .operation_id(Some(operation_id(route.path)))
            .response("200", ok)
            .response("default", problem);
        for name in ["id", "key", "facet"].iter().filter(|name| route.path.contains(&format!("{{{name}}}"))) {
            operation = operation.parameter(
                ParameterBuilder::new()
                    .name(*name)
                    .parameter_in(ParameterIn::Path)
                    .required(Required::True)
                    .schema(Some(ObjectBuilder::new().schema_type(Type::String))),
            );
        }
        for parameter in route.parameters.iter().filter(|parameter| parameter.name != "ui") {
            for name in parameter.names() {
                let text = ObjectBuilder::new().schema_type(Type::String);
                let schema: RefOr<Schema> = if parameter.many {
                    RefOr::T(ArrayBuilder::new().items(text).build().into())
                } else {
                    RefOr::T(text.build().into())
                };
                operation = operation.parameter(
                    ParameterBuilder::new()
                        .name(name)
                        .parameter_in(ParameterIn::Query)
                        .description(Some(parameter.about))
                        .example(Some(Value::from(parameter.example)))
                        .schema(Some(schema)),
                );
            }
        }
        let mut method = HttpMethod::Get;
        if route.takes_text {
            method = HttpMethod::Post;
            let text = ContentBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::String)));
            let body = RequestBodyBuilder::new().content("text/plain", text.build());
            operation = operation.request_body(Some(body.required(Some(Required::True)).build()));
        }
        paths = paths.path(route.path, PathItem::new(method, operation));
    }
    for (name, schema) in schemas {
        components = components.schema(name, schema);
    }
    let info = InfoBuilder::new()
        .title("Yearline")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Search and text analytics over news and report archives: directives, officials and figures joined over the years. Offsets count Unicode code points; what is not known is null."));
    let document = OpenApiBuilder::new().info(info).paths(paths).components(Some(components.build())).build();
    serde_json::to_value(document).unwrap_or_default()
}

/// `/v1/documents/{id}` becomes `v1_documents_id`.
fn operation_id(path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

async fn openapi() -> Json<Value> {
    static DOCUMENT: std::sync::LazyLock<Value> = std::sync::LazyLock::new(document);
    Json(DOCUMENT.clone())
}
