//! A mail as a mail server has stored it: its headers and its two parts, decoded, and what every mail with a code has.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::common::code_in;

/// The most bytes of a line, without its end (RFC 5322 section 2.1.1).
const LONGEST_LINE: usize = 998;

/// A mail of two parts, text and HTML.
#[derive(Debug)]
pub struct Received {
    /// Names and values, in their order, decoded.
    headers: Vec<(String, String)>,
    pub text: String,
    pub html: String,
}

impl Received {
    /// Reads a mail whose lines end with `\n`.
    pub fn read(mail: &str) -> Received {
        assert!(mail.lines().all(|line| line.len() <= LONGEST_LINE));
        // Whatever has more than seven bits is encoded: the mail passes servers without 8BITMIME.
        assert!(mail.is_ascii() && !mail.contains('\r'), "{mail}");
        let (head, body) = mail.split_once("\n\n").unwrap();
        let headers = headers(head);
        let kind = value(&headers, "Content-Type");
        assert!(kind.starts_with("multipart/alternative"), "{kind}");
        let boundary = kind.split("boundary=\"").nth(1).unwrap();
        let boundary = boundary.split('"').next().unwrap();
        let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
        assert_eq!(parts.len(), 4, "{mail}");
        let text = part(parts[1], "text/plain; charset=utf-8");
        let html = part(parts[2], "text/html; charset=utf-8");
        Received {
            headers,
            text,
            html,
        }
    }

    /// Reads a mail with a code in this language, checks all that such a mail has, and gives its code.
    pub fn with_code(mail: &str, lang: &str) -> (Received, String) {
        let received = Received::read(mail);
        let (first, subject) = match lang {
            "ja" => ("はひばり便の認証コードです", "ひばり便の認証コード"),
            _ => (" is your Hibari Post code.", "Your Hibari Post code"),
        };
        let Received { text, html, .. } = &received;
        let code = code_in(text);
        assert!(text.starts_with(&format!("{code}{first}")), "{text}");
        assert_eq!(text.lines().last(), Some(&*format!("@127.0.0.1 #{code}")));
        assert!(html.contains(&format!("<html lang=\"{lang}\">")), "{html}");
        // The same words.
        let paragraphs = html.split("<p>").skip(1);
        let paragraphs: Vec<&str> = paragraphs
            .map(|it| it.split("</p>").next().unwrap())
            .collect();
        assert_eq!(paragraphs.join("\n\n"), *text);
        assert_eq!(received.header("Subject"), subject);
        assert_eq!(received.header("From"), "ひばり便 <code@login.example>");
        assert_eq!(received.header("To"), "hanako@example.com");
        assert_eq!(received.header("Auto-Submitted"), "auto-generated");
        assert_eq!(received.header("Content-Language"), lang);
        let date = received.header("Date");
        assert!(date.starts_with("Wed, 18 Nov 2026 11:"), "{date}");
        let head = &received.headers;
        assert!(
            head.iter().all(|(_, value)| !value.contains(&code)),
            "{head:?}"
        );
        assert!(!mail.contains("http"), "{mail}");
        (received, code)
    }

    /// The value of a header that is there once.
    pub fn header(&self, name: &str) -> &str {
        value(&self.headers, name)
    }
}

fn value<'a>(headers: &'a [(String, String)], name: &str) -> &'a str {
    let mut found = headers
        .iter()
        .filter(|(own, _)| own.eq_ignore_ascii_case(name));
    let (_, value) = found
        .next()
        .unwrap_or_else(|| panic!("{name}: {headers:?}"));
    assert!(found.next().is_none(), "{name} twice: {headers:?}");
    value
}

/// The headers of a mail or of a part, their lines joined.
fn headers(head: &str) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.lines() {
        if line.starts_with([' ', '\t']) {
            headers.last_mut().unwrap().1.push_str(line);
        } else {
            let (name, value) = line.split_once(':').unwrap();
            headers.push((name.to_owned(), value.trim_start().to_owned()));
        }
    }
    let decoded = headers.into_iter();
    decoded
        .map(|(name, value)| (name, without_encoded_words(&value)))
        .collect()
}

/// A value whose encoded words are decoded (RFC 2047); the space between two of them is none.
fn without_encoded_words(value: &str) -> String {
    let mut decoded = String::new();
    let mut rest = value;
    let mut after_word = false;
    while let Some((before, word)) = rest.split_once("=?") {
        if !(after_word && before.trim().is_empty()) {
            decoded.push_str(before);
        }
        let mut parts = word.splitn(3, '?');
        let (charset, encoding) = (parts.next().unwrap(), parts.next().unwrap());
        let (encoded, after) = parts.next().unwrap().split_once("?=").unwrap();
        assert!(charset.eq_ignore_ascii_case("utf-8"), "{value}");
        // A word has whole characters (RFC 2047 section 5).
        let bytes = match encoding {
            "b" | "B" => STANDARD.decode(encoded).unwrap(),
            _ => unquoted(&encoded.replace('_', " ")),
        };
        decoded.push_str(std::str::from_utf8(&bytes).unwrap());
        (rest, after_word) = (after, true);
    }
    decoded + rest
}

/// The decoded text of a part of this type.
fn part(part: &str, kind: &str) -> String {
    let (head, body) = part.trim_start().split_once("\n\n").unwrap();
    let headers = headers(head);
    assert_eq!(value(&headers, "Content-Type"), kind);
    // The line end before the boundary is the boundary's.
    let body = body.strip_suffix('\n').unwrap();
    let bytes = match value(&headers, "Content-Transfer-Encoding") {
        "base64" => STANDARD.decode(body.replace('\n', "")).unwrap(),
        "quoted-printable" => unquoted(body),
        encoding => {
            assert_eq!(encoding, "7bit");
            body.as_bytes().to_vec()
        }
    };
    String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
}

/// Quoted-printable as bytes (RFC 2045 section 6.7).
fn unquoted(body: &str) -> Vec<u8> {
    let joined = body.replace("=\n", "");
    let mut parts = joined.split('=');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}
