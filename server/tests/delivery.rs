//! The delivery of messages: the queue, its gateways, and what they report.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

mod delivery {
    mod dead_gateway; // the methods that a person is offered meanwhile
    mod destination; // one that is refused for a while, and what that says on its gateway
    mod doubtful; // a gateway that takes messages and does not deliver them
    #[cfg(unix)]
    mod exim; // a real mail server
    mod gateway; // a gateway that does what a test wants
    mod holding_gateway; // one that holds messages until it is to answer
    mod http_gateway; // one that does what a test wants, by HTTP
    mod mail; // mail by SMTP
    #[cfg(unix)]
    mod mail_by_exim; // mail by SMTP to a real server
    mod mail_site; // a site that sends mail
    mod queue; // retries, give-up, timeouts, crashes
    mod received_mail; // a mail as a server has stored it
    mod reports; // what gateways report
    mod smtp_server; // a mail server that does what a test wants
    mod tls; // certificates, and a webhook by https
    mod undelivered; // what the person of a code sees that failed
    mod webhook; // the requests of the webhook, and its answers
    mod workers; // what several attempts and several workers do beside each other
}
