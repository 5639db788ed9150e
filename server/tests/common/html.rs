//! A page as a person without JavaScript sees it: what can be pressed, and what that sends.

use std::collections::BTreeMap;

/// A start tag or a text, in the order of the page.
enum Token {
    Start(String, BTreeMap<String, String>),
    End(String),
    Text(String),
}

/// A button or a link.
#[derive(Clone, Debug)]
pub struct Press {
    /// What stands on it, without what is added beside (a wait).
    pub label: String,
    /// The button's name and value.
    pub name: String,
    pub value: String,
    /// Where it goes.
    pub goal: String,
    pub is_link: bool,
    /// The other fields of its form that go along.
    pub fields: Vec<(String, String)>,
}

/// The page.
pub struct Html {
    tokens: Vec<Token>,
}

impl Html {
    pub fn read(text: &str) -> Html {
        let mut tokens = Vec::new();
        let mut rest = text;
        while let Some((before, tail)) = rest.split_once('<') {
            tokens.push(Token::Text(plain(before)));
            let (tag, after) = tail.split_once('>').unwrap();
            rest = after;
            tokens.push(match tag.strip_prefix('/') {
                Some(name) => Token::End(name.to_owned()),
                None => start(tag),
            });
        }
        tokens.push(Token::Text(plain(rest)));
        Html { tokens }
    }

    /// Everything that can be read, in order.
    pub fn text(&self) -> String {
        let text = |token: &Token| match token {
            Token::Text(text) => text.clone(),
            _ => String::new(),
        };
        self.tokens.iter().map(text).collect()
    }

    /// The texts of all elements of a kind (`h1`, `li`).
    pub fn all(&self, kind: &str) -> Vec<String> {
        (0..self.tokens.len())
            .filter(|at| matches!(&self.tokens[*at], Token::Start(name, _) if name == kind))
            .map(|at| self.inside(at, kind))
            .collect()
    }

    /// The attributes of all elements of a kind.
    pub fn marks(&self, kind: &str) -> Vec<&BTreeMap<String, String>> {
        let mut found = Vec::new();
        for token in &self.tokens {
            if let Token::Start(name, marks) = token
                && name == kind
            {
                found.push(marks);
            }
        }
        found
    }

    /// Everything that can be pressed, in order.
    pub fn presses(&self) -> Vec<Press> {
        let mut found = Vec::new();
        let mut form = None;
        for (at, token) in self.tokens.iter().enumerate() {
            match token {
                Token::Start(name, marks) if name == "form" => form = Some(marks),
                Token::End(name) if name == "form" => form = None,
                Token::Start(name, marks) if name == "a" => found.push(Press {
                    label: self.inside(at, "a"),
                    name: String::new(),
                    value: String::new(),
                    goal: marks["href"].clone(),
                    is_link: true,
                    fields: Vec::new(),
                }),
                Token::Start(name, marks) if name == "button" => {
                    let own = match marks.get("form") {
                        Some(id) => self.form(id),
                        None => form,
                    };
                    let Some(own) = own else { continue };
                    assert_eq!(own["method"], "post", "answers never stand in an address");
                    let get = |name: &str| marks.get(name).cloned().unwrap_or_default();
                    found.push(Press {
                        label: self.inside(at, "button"),
                        name: get("name"),
                        value: get("value"),
                        goal: marks.get("formaction").unwrap_or(&own["action"]).clone(),
                        is_link: false,
                        fields: self.fields(own),
                    });
                }
                _ => {}
            }
        }
        found
    }

    fn form(&self, id: &str) -> Option<&BTreeMap<String, String>> {
        let mut forms = self.marks("form").into_iter();
        forms.find(|marks| marks.get("id").is_some_and(|own| own == id))
    }

    /// The inputs within a form.
    fn fields(&self, form: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        let mut inside = false;
        for token in &self.tokens {
            match token {
                Token::Start(name, marks) if name == "form" => inside = marks == form,
                Token::End(name) if name == "form" => inside = false,
                Token::Start(name, marks) if name == "input" && inside => {
                    let value = marks.get("value").cloned().unwrap_or_default();
                    fields.push((marks["name"].clone(), value));
                }
                _ => {}
            }
        }
        fields
    }

    /// The text from a start tag to its end tag, without the spans that are parts of their own.
    fn inside(&self, at: usize, kind: &str) -> String {
        let mut text = String::new();
        let mut aside = false;
        for token in &self.tokens[at + 1..] {
            match token {
                Token::End(name) if name == kind => break,
                Token::Start(name, marks) if name == "span" => {
                    aside = marks.get("data-part").is_some_and(|part| part == "left");
                }
                Token::End(name) if name == "span" => aside = false,
                Token::Text(more) if !aside => text.push_str(more),
                _ => {}
            }
        }
        text.trim().to_owned()
    }
}

fn start(tag: &str) -> Token {
    let (name, mut rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
    let mut marks = BTreeMap::new();
    while !rest.trim().is_empty() {
        let (mark, after) = match rest.trim_start().split_once('=') {
            Some((mark, after)) if !mark.contains(' ') => (mark, after),
            _ => {
                let rest_now = rest.trim_start();
                let (mark, after) = rest_now.split_once(' ').unwrap_or((rest_now, ""));
                marks.insert(mark.to_owned(), String::new());
                rest = after;
                continue;
            }
        };
        let (value, after) = after.strip_prefix('"').unwrap().split_once('"').unwrap();
        marks.insert(mark.to_owned(), plain(value));
        rest = after.trim_end_matches('/');
    }
    Token::Start(name.to_owned(), marks)
}

fn plain(text: &str) -> String {
    let pairs = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
    ];
    let text = pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&#38;", "&")
}
