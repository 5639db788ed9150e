//! A page as a person without JavaScript sees it: its texts, its links and buttons, and the requests that they send.

use std::collections::BTreeMap;

use html5gum::Tokenizer;

/// A tag or a text, in the order of the page.
enum Token {
    Start(String, BTreeMap<String, String>),
    End(String),
    Text(String),
}

/// A button or a link.
#[derive(Clone, Debug)]
pub struct Press {
    /// Its text, without the remaining time beside it.
    pub label: String,
    /// The button's name and value.
    pub name: String,
    pub value: String,
    /// The address of the request.
    pub goal: String,
    pub is_link: bool,
    /// The other fields of its form.
    pub fields: Vec<(String, String)>,
}

/// The page.
pub struct Html {
    tokens: Vec<Token>,
}

impl Html {
    /// Parses a page.
    pub fn read(page: &str) -> Html {
        let tokens = Tokenizer::new(page)
            .filter_map(|token| match token {
                Ok(html5gum::Token::StartTag(tag)) => Some(Token::Start(
                    text_of(&tag.name),
                    tag.attributes
                        .iter()
                        .map(|(name, value)| (text_of(name), text_of(value)))
                        .collect(),
                )),
                Ok(html5gum::Token::EndTag(tag)) => Some(Token::End(text_of(&tag.name))),
                Ok(html5gum::Token::String(text)) => Some(Token::Text(text_of(&text))),
                Ok(html5gum::Token::Error(error)) => panic!("{error:?} in {page}"),
                Ok(_) => None,
            })
            .collect();
        Html { tokens }
    }

    /// The whole text of the page.
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
    pub fn attributes(&self, kind: &str) -> Vec<&BTreeMap<String, String>> {
        let mut found = Vec::new();
        for token in &self.tokens {
            if let Token::Start(name, attributes) = token
                && name == kind
            {
                found.push(attributes);
            }
        }
        found
    }

    /// The links and buttons, in the order of the page.
    pub fn presses(&self) -> Vec<Press> {
        let mut found = Vec::new();
        let mut form = None;
        for (at, token) in self.tokens.iter().enumerate() {
            match token {
                Token::Start(name, attributes) if name == "form" => form = Some(attributes),
                Token::End(name) if name == "form" => form = None,
                Token::Start(name, attributes) if name == "a" => found.push(Press {
                    label: self.inside(at, "a"),
                    name: String::new(),
                    value: String::new(),
                    goal: attributes["href"].clone(),
                    is_link: true,
                    fields: Vec::new(),
                }),
                Token::Start(name, attributes) if name == "button" => {
                    let own = match attributes.get("form") {
                        Some(id) => self.form(id),
                        None => form,
                    };
                    let Some(own) = own else { continue };
                    assert_eq!(own["method"], "post", "an answer must not be in an address");
                    let get = |name: &str| attributes.get(name).cloned().unwrap_or_default();
                    found.push(Press {
                        label: self.inside(at, "button"),
                        name: get("name"),
                        value: get("value"),
                        goal: attributes
                            .get("formaction")
                            .unwrap_or(&own["action"])
                            .clone(),
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
        let mut forms = self.attributes("form").into_iter();
        forms.find(|attributes| attributes.get("id").is_some_and(|own| own == id))
    }

    /// The inputs within a form.
    fn fields(&self, form: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        let mut inside = false;
        for token in &self.tokens {
            match token {
                Token::Start(name, attributes) if name == "form" => inside = attributes == form,
                Token::End(name) if name == "form" => inside = false,
                Token::Start(name, attributes) if name == "input" && inside => {
                    let value = attributes.get("value").cloned().unwrap_or_default();
                    fields.push((attributes["name"].clone(), value));
                }
                _ => {}
            }
        }
        fields
    }

    /// The text from a start tag to its end tag, without the remaining time, which is a part of its own.
    fn inside(&self, at: usize, kind: &str) -> String {
        let mut text = String::new();
        let mut aside = false;
        for token in &self.tokens[at + 1..] {
            match token {
                Token::End(name) if name == kind => break,
                Token::Start(name, attributes) if name == "span" => {
                    aside = attributes
                        .get("data-part")
                        .is_some_and(|part| part == "left");
                }
                Token::End(name) if name == "span" => aside = false,
                Token::Text(more) if !aside => text.push_str(more),
                _ => {}
            }
        }
        text.trim().to_owned()
    }
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
