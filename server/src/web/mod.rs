//! HTTP: routes, pages, forms, cookies, headers, and errors as responses.

pub mod assets; // files that pages load
pub mod cookies; // sign-in, session, known browser, language, refusal
pub mod error; // errors, their statuses and sentences
pub mod form; // posted fields
mod headers; // the headers of every response
pub mod measure; // what is counted for the operator
mod middleware; // around every request and response
pub mod pages; // the templates and their data
pub mod panels; // panels beside a page's content
mod redirect; // redirects within the service
pub mod request_context; // origin, language, format and network of a request
pub mod responses; // JSON
pub mod router; // which address is handled by what
pub mod routes; // handlers
pub mod sentences; // sentences with values
pub mod state; // shared by handlers
