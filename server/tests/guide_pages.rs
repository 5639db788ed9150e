//! The guide without JavaScript.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;
#[path = "guide_pages/reader.rs"]
mod reader;
#[path = "guide_pages/requests.rs"]
mod requests;
#[path = "guide_pages/screens.rs"]
mod screens;
#[path = "guide_pages/symptoms.rs"]
mod symptoms;

use common::html::{Html, Press};
use common::{HOUR, MINUTE, Person, SECOND, Site, location, other};
use reader::{Reader, post, words_file};
use reqwest::{Response, StatusCode};
use serde_json::Value;
use todoita::guide::{FLOW, Group, Step};

const GUIDE: &str = "/login/guide";
const CODE: &str = "/login/code";
