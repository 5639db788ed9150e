//! The log in JSON.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use todoita_server::signature::{self, Secrets};

use super::gateway::Gateway;
use super::running::{Files, wait_until};
use crate::common::{SECRET, client};

/// JSON in which no object has a name twice. Most readers keep one of the two values without a word.
struct Unambiguous;

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Unambiguous)
    }
}

impl<'de> Visitor<'de> for Unambiguous {
    type Value = Unambiguous;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without a name that comes twice")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        let mut names = HashSet::new();
        while let Some((name, Unambiguous)) = map.next_entry::<String, Unambiguous>()? {
            if !names.insert(name.clone()) {
                return Err(A::Error::custom(format!("{name} comes twice")));
            }
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Self, A::Error> {
        while values.next_element::<Unambiguous>()?.is_some() {}
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }
}

fn ambiguity(line: &str) -> Option<String> {
    let read = serde_json::from_str::<Unambiguous>(line);
    read.err().map(|error| format!("{error}: {line}"))
}

#[test]
fn a_name_that_comes_twice_is_found() {
    assert_eq!(ambiguity(r#"{"a": [1, {"b": null}], "b": "c"}"#), None);
    assert!(ambiguity(r#"{"a": 1, "a": 1}"#).is_some());
    assert!(ambiguity(r#"{"a": [{"b": 1, "b": 2}]}"#).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_line_of_the_log_has_a_name_twice_where_messages_arrive_fail_and_are_given_up() {
    let gateway = Gateway::start().await;
    let files = Files::new(&gateway, "code-life = '3s'").await;
    let mut program = files.start().await;
    let logs = async |sentence: &str| {
        let message = format!(r#""message":"{sentence}"#);
        wait_until(sentence, async || files.log().contains(&message)).await;
    };
    program.signing_in().await;
    logs("delivered").await;
    let (id, _) = gateway.received().pop().unwrap();
    let body = format!(r#"{{"type": "message.delivered", "data": {{"id": "{id}"}}}}"#);
    let now = login::clock::Clock::system().wall() / 1_000;
    let secrets = Secrets::read(SECRET).unwrap();
    let report = client()
        .post(format!("{}/delivery/reports", program.base))
        .header("content-type", "application/json")
        .header(signature::ID, "a report")
        .header(signature::TIMESTAMP, now)
        .header(
            signature::SIGNATURE,
            secrets.sign("a report", now, body.as_bytes()),
        );
    assert_eq!(report.body(body).send().await.unwrap().status(), 204);
    logs("a gateway has reported").await;
    gateway.answer(422);
    program.signing_in().await;
    logs("a message was refused by the gateway: given up").await;
    gateway.answer(503);
    program.signing_in().await;
    logs("a message was not delivered; it will be tried again").await;
    logs("given up: its code has expired").await;
    program.process.kill().await.unwrap();
    let log = files.log();
    let ambiguous: Vec<String> = log.lines().filter_map(ambiguity).collect();
    assert_eq!(ambiguous, Vec::<String>::new());
    let of_this_message = format!(r#""id":"{id}""#);
    assert!(log.contains(&of_this_message), "{log}");
}
