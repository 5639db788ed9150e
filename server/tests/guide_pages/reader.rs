//! A person who reads the guide's pages and presses their buttons.

use super::*;

/// A person who reads a page and presses its buttons.
pub struct Reader {
    pub person: Person,
    pub lang: &'static str,
    pub words: Value,
    pub path: String,
    pub page: Html,
    pub raw: String,
}

impl Reader {
    /// On the code step's page, in a language.
    pub async fn at_the_code(person: Person, lang: &'static str) -> Reader {
        let mut reader = Reader {
            person,
            lang,
            words: words(lang),
            path: CODE.to_owned(),
            page: Html::read(""),
            raw: String::new(),
        };
        reader.open(CODE).await;
        reader
    }

    /// In the guide, by its button on the code step.
    pub async fn in_the_guide(person: Person, lang: &'static str) -> Reader {
        let mut reader = Reader::at_the_code(person, lang).await;
        let opens_guide = reader.one(|press| press.goal == GUIDE);
        assert!(!opens_guide.label.is_empty());
        reader.press(&opens_guide).await;
        assert_eq!(reader.path, GUIDE);
        reader
    }

    pub async fn open(&mut self, path: &str) {
        let request = self.person.get(path).header("accept-language", self.lang);
        self.take(request.send().await.unwrap(), path).await;
    }

    pub async fn take(&mut self, answer: Response, path: &str) {
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
        assert_eq!(answer.url().query(), None);
        self.raw = answer.text().await.unwrap();
        self.page = Html::read(&self.raw);
        self.path = path.to_owned();
        let words: String = self.raw.split("<main").nth(1).unwrap_or_default().into();
        assert!(!words.contains('{') && !words.contains("@!"), "{words}");
    }

    /// Presses a button or a link as a browser would, and follows the redirect.
    pub async fn press(&mut self, press: &Press) {
        if press.is_link {
            return self.open(&press.goal.clone()).await;
        }
        let mut fields = press.fields.clone();
        if !press.name.is_empty() {
            fields.push((press.name.clone(), press.value.clone()));
        }
        let request = self.person.post(&press.goal).form(&fields);
        let answer = request
            .header("accept-language", self.lang)
            .header("origin", &self.person.base)
            .send()
            .await
            .unwrap();
        if answer.status() == StatusCode::SEE_OTHER {
            let to = location(&answer).to_owned();
            assert_eq!(to, CODE, "to the code, and no answer goes along");
            self.open(&to).await;
        } else {
            self.take(answer, &press.goal.clone()).await;
        }
    }

    pub fn one(&self, is: impl Fn(&Press) -> bool) -> Press {
        let mut found = self.page.presses().into_iter().filter(|press| is(press));
        let press = found
            .next()
            .unwrap_or_else(|| panic!("{}", self.page.text()));
        assert!(found.next().is_none(), "{press:?} is not the only one");
        press
    }

    pub fn screen(&self) -> &str {
        &self.page.attributes("todoita-guide")[0]["data-screen"]
    }

    pub fn heading(&self) -> String {
        let headings = self.page.all("h1");
        assert_eq!(headings.len(), 1);
        headings.into_iter().next().unwrap()
    }

    /// Presses the choice with this name, if it has the label of the words file.
    pub async fn answer(&mut self, name: &str) {
        let label = self.words["screens"][self.screen()]["choices"][name].clone();
        let label = label
            .as_str()
            .unwrap_or_else(|| panic!("{name} on {}", self.screen()))
            .replace("{site}", site_name(self.lang));
        let press = self.one(|press| press.name == "answer" && press.label == label);
        assert_eq!(press.value, name);
        self.press(&press).await;
    }

    pub async fn method(&mut self, name: &str) {
        let label = self.words["ways"][name].as_str().unwrap().to_owned();
        let press = self.one(|press| press.label == label);
        self.press(&press).await;
    }

    pub async fn exit(&mut self, name: &str) {
        if name == "other" {
            let press = self.one(|press| press.value == "~other");
            return self.press(&press).await;
        }
        let label = self.words["ui"][name].as_str().unwrap().to_owned();
        // The support screen has a link with the same label.
        let press = self.one(|press| press.label == label && press.goal != "/help");
        self.press(&press).await;
    }

    /// The same after a change of the language.
    pub async fn exit_in(&mut self, lang: &'static str, name: &str) {
        self.lang = lang;
        self.words = words(lang);
        self.exit(name).await;
    }

    pub async fn search(&mut self, text: &str) {
        let label = self.words["ui"]["search-go"].as_str().unwrap().to_owned();
        let mut press = self.one(|press| press.label == label);
        let box_ = press
            .fields
            .iter_mut()
            .find(|(name, _)| name == "search")
            .unwrap();
        box_.1 = text.to_owned();
        self.press(&press).await;
    }

    /// The screens that a search found.
    pub fn found(&self) -> Vec<String> {
        let results = self.page.presses().into_iter();
        results
            .filter(|press| {
                press.name == "start" && press.value != "entry" && !press.label.is_empty()
            })
            .map(|press| press.value)
            .collect()
    }
}

pub fn words_file(lang: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    format!("{root}/../www/words/{lang}.guide.json")
}

pub fn words(lang: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(words_file(lang)).unwrap()).unwrap()
}

pub fn site_name(lang: &str) -> &'static str {
    if lang == "ja" {
        "ひばり便"
    } else {
        "Hibari Post"
    }
}

/// Posts fields to the guide.
pub async fn post(person: &Person, fields: &[(&str, &str)]) -> Response {
    person.post(GUIDE).form(fields).send().await.unwrap()
}
