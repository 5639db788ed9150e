//! The guide's sentences and pictures: `www/words/*.guide.json` and `www/pictures.json`, which the page reads too.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use todoita::guide::{Flags, Step};
use todoita::text::{RichText, fill_if_known};

use crate::words::Lang;

/// The guide's words in a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideWords {
    ui: BTreeMap<String, String>,
    groups: BTreeMap<String, String>,
    #[serde(rename = "ways")]
    methods: BTreeMap<String, String>,
    /// A method in one or two words.
    names: BTreeMap<String, String>,
    screens: BTreeMap<String, ScreenWords>,
    /// Terms and their screens, as [`todoita::guide::find`] takes them.
    #[serde(skip)]
    search: String,
}

/// The words of a screen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreenWords {
    /// The heading: the first that can be filled in.
    pub title: Titles,
    /// Paragraphs.
    #[serde(default)]
    pub lead: Vec<String>,
    /// Steps, in order.
    #[serde(default)]
    pub steps: Vec<String>,
    /// Why it may help.
    pub why: Option<String>,
    /// How long it takes.
    pub time: Option<String>,
    /// A sentence to show to somebody.
    #[serde(rename = "say")]
    pub quote: Option<String>,
    /// A picture's name.
    pub picture: Option<String>,
    /// Fold-outs.
    #[serde(default)]
    pub folds: Ordered<FoldWords>,
    /// The label of each choice.
    pub choices: BTreeMap<String, String>,
}

/// One heading, or several: the first that can be filled in is used.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Titles {
    /// One.
    One(String),
    /// The one liked best first.
    Several(Vec<String>),
}

impl Titles {
    /// All of them, the one liked best first.
    pub fn all(&self) -> &[String] {
        match self {
            Titles::One(title) => std::slice::from_ref(title),
            Titles::Several(titles) => titles,
        }
    }
}

/// A fold-out of a screen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoldWords {
    /// The text that opens it.
    pub title: String,
    /// Paragraphs.
    #[serde(default)]
    pub text: Vec<String>,
    /// Steps, in order.
    #[serde(default)]
    pub steps: Vec<String>,
    /// A sentence to show to somebody.
    #[serde(rename = "say")]
    pub quote: Option<String>,
}

/// An object whose members keep their order.
#[derive(Debug)]
pub struct Ordered<T>(pub Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Ordered(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }
}

struct Members<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
    type Value = Ordered<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered<T>, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Ordered(members))
    }
}

static JA: LazyLock<GuideWords> = LazyLock::new(|| {
    with_search(
        include_str!("../../../www/words/ja.guide.json"),
        include_str!("../../../www/words/ja.search.json"),
    )
});
static EN: LazyLock<GuideWords> = LazyLock::new(|| {
    with_search(
        include_str!("../../../www/words/en.guide.json"),
        include_str!("../../../www/words/en.search.json"),
    )
});
static PICTURES: LazyLock<BTreeMap<String, Picture>> =
    LazyLock::new(|| load(include_str!("../../../www/pictures.json")));

fn load<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    serde_json::from_str(text).expect("the files are compiled in, and the tests read them")
}

/// The words of two files: those of the screens, and the search's terms with the screens that they lead to.
fn with_search(words: &str, search: &str) -> GuideWords {
    let groups: Vec<(String, String)> = load(search);
    let lines = groups
        .iter()
        .map(|(terms, screens)| format!("{terms}\t{screens}"));
    GuideWords {
        search: lines.collect::<Vec<_>>().join("\n"),
        ..load(words)
    }
}

/// A line drawing: its SVG view box, then the path data of its lines.
pub type Picture = Vec<String>;

/// The picture of a name. `None` for a name that has none.
pub fn picture(name: &str) -> Option<&'static Picture> {
    PICTURES.get(name)
}

impl GuideWords {
    /// The words in a language.
    pub fn of(lang: Lang) -> &'static GuideWords {
        match lang {
            Lang::Ja => &JA,
            Lang::En => &EN,
        }
    }

    /// A sentence of every screen. An unknown key is returned as it is; a test asks for all.
    pub fn ui<'a>(&'a self, key: &'a str) -> &'a str {
        self.ui.get(key).map_or(key, String::as_str)
    }

    /// The heading over a group of choices, where it has one.
    pub fn group(&self, name: &str) -> Option<&str> {
        self.groups.get(name).map(String::as_str)
    }

    /// The label of a method.
    pub fn method<'a>(&'a self, name: &'a str) -> &'a str {
        self.methods.get(name).map_or(name, String::as_str)
    }

    /// The words of a screen. `None` only if the files were not those that the tests read.
    pub fn screen(&self, step: Step) -> Option<&ScreenWords> {
        self.screens.get(step.as_str())
    }

    /// A method in one or two words.
    pub fn name<'a>(&'a self, method: &'a str) -> &'a str {
        self.names.get(method).map_or(method, String::as_str)
    }

    /// The screens for what somebody typed, best first.
    pub fn find(&self, text: &str) -> impl Iterator<Item = Step> {
        todoita::guide::find(&self.search, text)
            .into_iter()
            .flatten()
    }
}

/// The values for a screen's sentences, and its flags.
pub struct Interpolation<'a> {
    /// The flags of the screen.
    pub flags: Flags,
    /// The value of a name; `None` where it is not known.
    pub value: &'a dyn Fn(&str) -> Option<String>,
}

impl Interpolation<'_> {
    /// A sentence with its values. `None` where its condition does not hold or a value is not known.
    pub fn text(&self, sentence: &str) -> Option<RichText> {
        let holds = |flag: &str| self.flags.names().any(|name| name == flag);
        let text = fill_if_known(sentence, holds, self.value)?;
        Some(RichText::new(&text))
    }

    /// All sentences that can be filled in.
    pub fn all(&self, sentences: &[String]) -> Vec<RichText> {
        sentences
            .iter()
            .filter_map(|sentence| self.text(sentence))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use todoita::channel::RecoveryMethod;
    use todoita::guide::FLOW;

    #[test]
    fn every_screen_choice_method_and_picture_has_its_words() {
        for words in [GuideWords::of(Lang::Ja), GuideWords::of(Lang::En)] {
            assert_eq!(words.screens.len(), Step::ALL.len());
            for (step, choices) in FLOW {
                let screen = words.screen(step).unwrap();
                for choice in choices {
                    assert!(
                        screen.choices.contains_key(choice.name),
                        "{step:?} {}",
                        choice.name
                    );
                }
                if let Some(name) = &screen.picture {
                    assert!(picture(name).is_some_and(|lines| lines.len() > 1), "{name}");
                }
            }
            for method in RecoveryMethod::ALL {
                assert_ne!(words.method(method.as_str()), method.as_str());
            }
        }
        assert_eq!(
            GuideWords::of(Lang::Ja)
                .find("ドコモ")
                .collect::<Vec<_>>()
                .first(),
            Some(&Step::CarrierFilter)
        );
    }
}
