//! Posted fields: a form, or a flat JSON object of strings. Anything else is refused with a reason.

use std::fmt;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use http_body_util::BodyExt as _;
use serde::de::{Deserializer, MapAccess, Visitor};
use zeroize::Zeroizing;

use crate::web::error::Error;

/// The fields of a posted form.
#[derive(Default)]
pub struct Fields(Vec<(String, Zeroizing<String>)>);

/// No form of the service is longer; a pasted message fits many times.
const LONGEST: usize = 16 * 1024;
/// A longer body is read to this length and dropped, so that the client gets the refusal.
const DRAINED: usize = 4 * 1024 * 1024;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(20);

impl Fields {
    /// The value of a field; `None` where it is missing.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] where it is there more than once.
    pub fn one(&self, name: &'static str) -> Result<Option<&str>, Error> {
        let mut values = self.0.iter().filter(|(own, _)| own == name);
        let first = values.next().map(|(_, value)| value.as_str());
        match values.next() {
            None => Ok(first),
            Some(_) => Err(Error::InvalidInput(
                format!("{name} is there more than once").into(),
            )),
        }
    }

    fn from_form(bytes: &[u8]) -> Result<Fields, Error> {
        let mut fields = Vec::new();
        for (name, value) in form_urlencoded::parse(bytes) {
            // The parser replaces invalid UTF-8 by U+FFFD; no field of the service contains it otherwise.
            if name.contains('\u{FFFD}') || value.contains('\u{FFFD}') {
                return Err(Error::InvalidInput("the form is not UTF-8".into()));
            }
            fields.push((name.into_owned(), Zeroizing::new(value.into_owned())));
        }
        Ok(Fields(fields))
    }

    fn from_json(bytes: &[u8]) -> Result<Fields, Error> {
        let mut deserializer = serde_json::Deserializer::from_slice(bytes);
        let fields = deserializer.deserialize_map(Strings).and_then(|fields| {
            deserializer.end()?;
            Ok(fields)
        });
        // serde_json's own message may quote what was sent.
        fields.map_err(|_| {
            Error::InvalidInput("the JSON is not one object whose values are all strings".into())
        })
    }
}

struct Strings;

impl<'de> Visitor<'de> for Strings {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of strings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, String>()? {
            fields.push((name, Zeroizing::new(value)));
        }
        Ok(Fields(fields))
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Error;

    async fn from_request(request: Request, _state: &S) -> Result<Fields, Error> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        let kind = kind.map(|kind| {
            kind.split(';')
                .next()
                .unwrap_or(kind)
                .trim()
                .to_ascii_lowercase()
        });
        let bytes = read_body(request.into_body()).await?;
        match kind.as_deref() {
            Some("application/x-www-form-urlencoded") => Fields::from_form(&bytes),
            Some("application/json") => Fields::from_json(&bytes),
            None if bytes.is_empty() => Ok(Fields::default()),
            _ => Err(Error::MediaType),
        }
    }
}

/// Reads a body that is as long as a form at most.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::TooSlow`]; [`Error::InvalidInput`] for a body that broke off.
pub async fn read_body(body: Body) -> Result<Zeroizing<Vec<u8>>, Error> {
    read_within(PATIENCE, body).await
}

async fn read_within(patience: Duration, body: Body) -> Result<Zeroizing<Vec<u8>>, Error> {
    let bytes = tokio::time::timeout(patience, read(body)).await;
    bytes.map_err(|_| Error::TooSlow)?
}

async fn read(mut body: Body) -> Result<Zeroizing<Vec<u8>>, Error> {
    // Reserved at once: a vector that grows would leave copies in memory.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Error::InvalidInput("the body broke off".into()))?;
        let Some(chunk) = frame.data_ref() else {
            continue;
        };
        length += chunk.len();
        if length <= LONGEST {
            bytes.extend_from_slice(chunk);
        } else if length > DRAINED {
            break;
        }
    }
    if length > LONGEST {
        Err(Error::TooLarge)
    } else {
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use axum::body::Bytes;
    use axum::http::StatusCode;
    use hyper::body::Frame;

    /// A body that is held back.
    struct Silent;

    impl hyper::body::Body for Silent {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            Poll::Pending
        }
    }

    #[tokio::test]
    async fn a_body_that_does_not_arrive_in_time_is_408() {
        let late = read_within(Duration::from_millis(10), Body::new(Silent)).await;
        assert_eq!(late.unwrap_err().status(), StatusCode::REQUEST_TIMEOUT);
    }

    #[test]
    fn a_field_has_one_value() {
        let fields = Fields::from_form("code=４８２&x=1&x=2&empty=".as_bytes())
            .ok()
            .unwrap();
        assert_eq!(fields.one("code").unwrap(), Some("４８２"));
        assert_eq!(fields.one("empty").unwrap(), Some(""));
        assert_eq!(fields.one("none").unwrap(), None);
        assert!(matches!(fields.one("x"), Err(Error::InvalidInput(_))));
        assert!(Fields::from_form(b"code=%FF").is_err());
    }

    #[test]
    fn json_is_a_flat_object_of_strings() {
        let fields = Fields::from_json(br#"{"code":"081804","todoita-attempt":"a"}"#)
            .ok()
            .unwrap();
        assert_eq!(fields.one("code").unwrap(), Some("081804"));
        for bad in [
            r#"{"code":["081804"]}"#,
            r#"{"code":81804}"#,
            r#"{"code":{"a":"b"}}"#,
            r#"{"code":null}"#,
            r#"{"code":true}"#,
            r#"["081804"]"#,
            r#""081804""#,
            r#"{"code":"1"} {}"#,
            r#"{"code":"1""#,
            "",
            "\u{FF}",
        ] {
            assert!(Fields::from_json(bad.as_bytes()).is_err(), "{bad}");
        }
        let twice = Fields::from_json(br#"{"code":"1","code":"2"}"#)
            .ok()
            .unwrap();
        assert!(twice.one("code").is_err());
    }
}
