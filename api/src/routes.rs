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
use crate::words::Ui;
use crate::{State, coverage, documented, forms, handlers, pages, resolve};

/// An address and what it answers.
pub(crate) struct Route {
    pub(crate) path: &'static str,
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
    ($path:literal, $parameters:expr, $answer:expr, $handler:path) => {
        Route {
            path: $path,
            parameters: $parameters,
            answer: $answer,
            handler: || get($handler),
            takes_text: false,
        }
    };
}

use Answer::{Json as Is, Media, Page};
use params::{
    COMPARISON, COVERAGE, DOCUMENT, DOCUMENTS, FACET, FIGURES, INDICATORS, LISTED, MENTIONS, NONE, OFFICES,
    POSITIONS, RESOLVE, SEARCH, SERIES,
};

/// What tools call, then what people open.
pub(crate) const ROUTES: &[Route] = &[
    route!("/v1/search", SEARCH, Is(list::<forms::Hit>), handlers::search),
    route!("/v1/search.ndjson", SEARCH, Media(LINES), handlers::search),
    route!("/v1/search.csv", SEARCH, Media(CSV), handlers::search),
    route!("/v1/facets/{facet}", FACET, Is(list::<forms::FacetValue>), handlers::facet),
    route!("/v1/documents", DOCUMENTS, Is(list::<forms::Summary>), handlers::documents),
    route!("/v1/documents/{id}", DOCUMENT, Is(named::<forms::Document>), handlers::document),
    route!("/v1/documents/{id}/versions", NONE, Is(list::<forms::Version>), handlers::versions),
    route!("/v1/directives", LISTED, Is(list::<forms::Directive>), handlers::directives),
    route!("/v1/directives.ndjson", LISTED, Media(LINES), handlers::directives),
    route!("/v1/directives.csv", LISTED, Media(CSV), handlers::directives),
    route!("/v1/directives/{key}", NONE, Is(named::<forms::Dossier>), handlers::directive),
    route!(
        "/v1/directives/{key}/mentions",
        MENTIONS,
        Is(list::<forms::DirectiveMention>),
        handlers::directive_mentions
    ),
    route!("/v1/directives/{key}/mentions.ndjson", MENTIONS, Media(LINES), handlers::directive_mentions),
    route!("/v1/directives/{key}/mentions.csv", MENTIONS, Media(CSV), handlers::directive_mentions),
    route!("/v1/officials", LISTED, Is(list::<forms::Official>), handlers::officials),
    route!("/v1/officials.ndjson", LISTED, Media(LINES), handlers::officials),
    route!("/v1/officials.csv", LISTED, Media(CSV), handlers::officials),
    route!("/v1/officials/{key}", NONE, Is(named::<forms::Career>), handlers::official),
    route!(
        "/v1/officials/{key}/mentions",
        MENTIONS,
        Is(list::<forms::OfficialMention>),
        handlers::official_mentions
    ),
    route!("/v1/officials/{key}/mentions.ndjson", MENTIONS, Media(LINES), handlers::official_mentions),
    route!("/v1/officials/{key}/mentions.csv", MENTIONS, Media(CSV), handlers::official_mentions),
    route!("/v1/positions", POSITIONS, Is(list::<forms::Holding>), handlers::positions),
    route!("/v1/positions.ndjson", POSITIONS, Media(LINES), handlers::positions),
    route!("/v1/offices", OFFICES, Is(list::<forms::Office>), handlers::offices),
    route!("/v1/offices.ndjson", OFFICES, Media(LINES), handlers::offices),
    route!("/v1/offices.csv", OFFICES, Media(CSV), handlers::offices),
    route!("/v1/positions.csv", POSITIONS, Media(CSV), handlers::positions),
    route!("/v1/figures", FIGURES, Is(list::<forms::Figure>), handlers::figures),
    route!("/v1/figures.ndjson", FIGURES, Media(LINES), handlers::figures),
    route!("/v1/figures.csv", FIGURES, Media(CSV), handlers::figures),
    route!("/v1/indicators", INDICATORS, Is(list::<forms::Indicator>), handlers::indicators),
    route!("/v1/indicators.ndjson", INDICATORS, Media(LINES), handlers::indicators),
    route!("/v1/indicators.csv", INDICATORS, Media(CSV), handlers::indicators),
    route!("/v1/series", SERIES, Is(named::<forms::Series>), handlers::series),
    route!("/v1/series.csv", SERIES, Media(CSV), handlers::series),
    route!("/v1/comparison", COMPARISON, Is(named::<forms::Comparison>), handlers::comparison),
    route!("/v1/comparison.csv", COMPARISON, Media(CSV), handlers::comparison),
    route!("/v1/series.svg", SERIES, Media("image/svg+xml"), handlers::series_svg),
    route!("/v1/timeline", SEARCH, Is(list::<forms::Step>), handlers::timeline),
    route!("/v1/timeline.csv", SEARCH, Media(CSV), handlers::timeline),
    Route {
        path: "/v1/resolve",
        parameters: RESOLVE,
        answer: Is(named::<forms::ResolvedText>),
        handler: || post(resolve::answer),
        takes_text: true,
    },
    route!("/v1/sources", NONE, Is(list::<forms::Source>), handlers::sources),
    route!("/v1/coverage", COVERAGE, Is(list::<coverage::Day>), coverage::show),
    route!("/v1/coverage.csv", COVERAGE, Media(CSV), coverage::show),
    route!("/healthz", NONE, Media("text/plain"), handlers::healthy),
    route!("/readyz", NONE, Is(named::<forms::Ready>), handlers::ready),
    route!("/openapi.json", NONE, Media("application/json"), openapi),
    route!("/", SEARCH, Page, pages::search::show),
    route!("/documents/{id}", DOCUMENT, Page, pages::document::show),
    route!("/directives", LISTED, Page, pages::directive::all),
    route!("/directives/{key}", NONE, Page, pages::directive::show),
    route!("/officials", LISTED, Page, pages::official::all),
    route!("/officials/{key}", NONE, Page, pages::official::show),
    route!("/positions", POSITIONS, Page, pages::position::show),
    route!("/series", SERIES, Page, pages::series::show),
    route!("/comparison", COMPARISON, Page, pages::comparison::show),
    route!("/figures", FIGURES, Page, pages::figure::all),
    route!("/docs", NONE, Page, pages::docs::show),
    route!("/static/style.css", NONE, Page, pages::style),
    route!("/favicon.ico", NONE, Page, pages::icon),
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
            .summary(Some(documented::route(route.path, Ui::English)))
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
                let example = Some(parameter.example_of(&name)).filter(|example| !example.is_empty());
                operation = operation.parameter(
                    ParameterBuilder::new()
                        .name(name)
                        .parameter_in(ParameterIn::Query)
                        .description(Some(documented::parameter(parameter.about, Ui::English)))
                        .example(example.map(Value::from))
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
