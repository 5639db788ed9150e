//! A person at a browser, and the answers that it gets.

use reqwest::header::ACCEPT;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::Value;

use super::cookie;

/// A person at a browser.
#[derive(Clone)]
pub struct Person {
    pub client: Client,
    pub base: String,
}

/// An answer in JSON.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub session: Option<String>,
}

impl Answer {
    pub fn cause(&self) -> &str {
        self.body["cause"].as_str().unwrap_or_default()
    }

    pub fn accepted(&self) -> bool {
        self.status == 200 && self.body["status"] == "accepted"
    }

    pub fn left(&self) -> u64 {
        self.body["attemptsLeft"].as_u64().unwrap()
    }
}

impl Person {
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.base))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.base))
    }

    pub async fn password(&self, name: &str, password: &str) -> Response {
        self.post("/login")
            .form(&[("name", name), ("password", password)])
            .send()
            .await
            .unwrap()
    }

    pub async fn page(&self, path: &str) -> String {
        let answer = self.get(path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.unwrap()
    }

    pub async fn page_status(&self, path: &str) -> u16 {
        self.get(path).send().await.unwrap().status().as_u16()
    }

    /// Posts to the code step as the widget does.
    pub async fn ask(&self, fields: &[(&str, &str)]) -> Answer {
        self.ask_at("/login/code", fields).await
    }

    /// Posts to a form as the widget does.
    pub async fn ask_at(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.post(path).form(fields);
        let answer = request
            .header(ACCEPT, "application/json, application/problem+json")
            .send()
            .await
            .unwrap();
        let kind = answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned();
        let status = answer.status().as_u16();
        let session = cookie(&answer, "todoita-session");
        assert_eq!(
            kind,
            if status == 200 {
                "application/json"
            } else {
                "application/problem+json"
            }
        );
        Answer {
            status,
            session,
            body: answer.json().await.unwrap(),
        }
    }

    /// Submits a code without an idempotency key.
    pub async fn give(&self, code: &str) -> Answer {
        self.ask(&[("code", code)]).await
    }

    pub async fn give_as(&self, code: &str, key: &str) -> Answer {
        self.ask(&[("code", code), ("todoita-attempt", key)]).await
    }

    pub async fn press(&self, action: &str) -> Answer {
        self.ask(&[("code", ""), ("todoita-action", action)]).await
    }

    pub async fn signed_in(&self) -> bool {
        self.get("/account").send().await.unwrap().status() == StatusCode::OK
    }
}
