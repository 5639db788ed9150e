//! HTTP: routes, pages, forms, cookies, headers, and errors as responses.

pub mod assets; // files that pages load
pub mod error; // errors and their statuses
pub mod form; // posted fields
mod headers; // the headers of every response
mod middleware; // what every request passes
pub mod pages; // what each template shows
mod redirect; // redirects, and the cookie of the language
pub mod request_context; // origin, language, formats and network of a request
pub mod responses; // JSON
pub mod router; // which address does what
pub mod routes; // what each address does
