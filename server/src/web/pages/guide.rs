//! The guide without JavaScript: the parts of a screen of `todoita::guide`, as a page.
//!
//! Nothing is kept: the answers travel in the page's own form and are replayed every time.

use askama::Template;
use todoita::channel::Channel;
use todoita::guide::facts::{self, GuideFacts, Value};
use todoita::guide::view::Part;
use todoita::guide::{Screen, Step};
use todoita::text::{Piece, RichText};

use crate::config::Config;
use crate::web::pages::{self, SUPPORT};
use crate::web::request_context::RequestContext;
use crate::words::guide::{GuideWords, Interpolation, Picture, ScreenWords, picture};
use crate::words::{Lang, Words};
use login::code_rule::{BACKUP_DIGITS, DIGITS};
use login::status::SignInStatus;

/// A pending sign-in and its request, as the guide takes them.
#[derive(Clone, Debug)]
pub struct GuideRequest<'a> {
    /// Who asks.
    pub context: &'a RequestContext,
    /// What the operator decided.
    pub config: &'a Config,
    /// What the person may know of the sign-in.
    pub status: &'a SignInStatus,
    /// The account's methods.
    pub methods: &'a [Channel],
    /// What the page is open on: `ios`, `android` or `desktop`.
    pub device: Option<&'static str>,
}

/// The device that the page is open on, by its user agent. The code may come to another.
pub fn device(user_agent: &str) -> &'static str {
    let has = |word| user_agent.contains(word);
    if has("Android") {
        "android"
    } else if has("iPhone") || has("iPad") {
        "ios"
    } else {
        "desktop"
    }
}

impl GuideRequest<'_> {
    /// The facts of the sign-in, under the names of the element's attributes ([`GuideFacts`]).
    pub fn facts(&self) -> String {
        let status = self.status;
        let words = Words::of(self.context.lang);
        let own = |key| Some(words.own(key).to_owned());
        let instant = |at: Option<u64>| at.map(|at| at.to_string());
        let methods: Vec<&str> = self.methods.iter().map(|method| method.as_str()).collect();
        let mut text = String::new();
        for (name, value) in [
            (
                "channel",
                status.channel.map(|channel| channel.as_str().to_owned()),
            ),
            ("destination", status.destination.clone()),
            ("cause", status.cause.map(|cause| cause.as_str().to_owned())),
            ("alternatives", Some(methods.join(" "))),
            ("now", Some(status.now.to_string())),
            ("sent-at", instant(status.sent_at)),
            ("expires-at", instant(status.expires_at)),
            ("resend-at", instant(status.resend_at)),
            ("retry-at", instant(status.retry_at)),
            ("resends", Some(status.resends.to_string())),
            ("purpose", Some("sign-in".to_owned())),
            ("incident", self.config.incident.clone()),
            ("device", self.device.map(str::to_owned)),
            ("site", own("service")),
            ("domain", Some(self.context.host().to_owned())),
            ("sender", own("sender")),
            ("support-hours", own("support-hours")),
            ("support-answer", own("support-answer")),
            ("digits", Some(DIGITS.to_string())),
            ("backup-digits", Some(BACKUP_DIGITS.to_string())),
        ] {
            if let Some(value) = value {
                facts::push(&mut text, name, &value);
            }
        }
        text
    }
}

/// A screen of the guide as a page.
#[derive(Template)]
#[template(path = "guide.html")]
pub struct Page {
    words: &'static Words,
    guide: &'static GuideWords,
    other_lang: &'static str,
    step: &'static str,
    answers: String,
    title: RichText,
    notices: Vec<RichText>,
    picture: Option<&'static Picture>,
    lead: Vec<RichText>,
    steps: Vec<RichText>,
    why: Option<RichText>,
    time: Option<RichText>,
    folds: Vec<Fold>,
    methods: Vec<(&'static str, &'static str)>,
    groups: Vec<Group>,
    search: Option<Search>,
    support: Option<&'static str>,
    back: bool,
    exits: Vec<(&'static str, Goal)>,
}

struct Fold {
    open: bool,
    title: String,
    text: Vec<RichText>,
    steps: Vec<RichText>,
    quote: Option<RichText>,
}

struct Group {
    name: &'static str,
    title: Option<&'static str>,
    choices: Vec<Choice>,
}

struct Choice {
    name: &'static str,
    label: RichText,
    /// How long until what it sends may be sent.
    wait: Option<String>,
    /// A sentence beneath it.
    warning: Option<&'static str>,
}

struct Search {
    text: String,
    /// The screens that were found, and their titles.
    found: Option<Vec<(&'static str, String)>>,
}

/// What an exit's button does.
enum Goal {
    /// Is an answer.
    Answer(&'static str),
    /// Is a new start.
    Start(&'static str),
}

impl Page {
    /// A screen in words. `query`: what was searched for on the menu.
    pub fn new(request: &GuideRequest<'_>, screen: &Screen, query: Option<&str>) -> Option<Page> {
        let lang = request.context.lang;
        let guide = GuideWords::of(lang);
        let own = guide.screen(screen.step)?;
        let facts = request.facts();
        let facts = GuideFacts(&facts);
        let words = Words::of(lang);
        let about = screen.step.about();
        let value = |name: &str| {
            Some(match facts.value(name, about)? {
                Value::Fact(fact) => facts.text(fact)?.to_owned(),
                Value::Number(number) => number.to_string(),
                Value::Time(at) => {
                    words.clock_time(at, request.status.now, request.config.utc_offset)
                }
            })
        };
        let interpolation = Interpolation {
            flags: screen.flags,
            value: &value,
        };
        let mut page = Page {
            words,
            guide,
            other_lang: match lang {
                Lang::Ja => Lang::En.as_str(),
                Lang::En => Lang::Ja.as_str(),
            },
            step: screen.step.as_str(),
            answers: screen.answers.clone(),
            title: RichText::default(),
            notices: Vec::new(),
            picture: None,
            lead: Vec::new(),
            steps: Vec::new(),
            why: None,
            time: None,
            folds: Vec::new(),
            methods: Vec::new(),
            groups: Vec::new(),
            search: None,
            support: None,
            back: false,
            exits: Vec::new(),
        };
        let mut open = Vec::new();
        screen.parts(|part, name| page.part(request, &interpolation, own, &mut open, (part, name)));
        if let Some(search) = &mut page.search {
            search.text = query.unwrap_or_default().to_owned();
            search.found = query
                .filter(|text| !text.trim().is_empty())
                .map(|text| found(guide, text, &interpolation));
        }
        Some(page)
    }

    /// Takes up a part of the screen.
    fn part(
        &mut self,
        request: &GuideRequest<'_>,
        interpolation: &Interpolation<'_>,
        own: &ScreenWords,
        open: &mut Vec<&'static str>,
        (part, name): (Part, &'static str),
    ) {
        let one = |sentence: &Option<String>| interpolation.text(sentence.as_deref()?);
        match part {
            Part::Back => self.back = true,
            Part::Words => match name {
                "title" => {
                    let titles = interpolation.all(own.title.all());
                    self.title = titles.into_iter().next().unwrap_or_default();
                }
                "picture" => self.picture = own.picture.as_deref().and_then(picture),
                "lead" => self.lead = interpolation.all(&own.lead),
                "steps" => self.steps = interpolation.all(&own.steps),
                "why" => self.why = one(&own.why),
                "time" => self.time = one(&own.time),
                _ => self.folds = folds(own, interpolation, open),
            },
            Part::Notice => self.notices.push(match request.config.incident.as_deref() {
                // A site's own notice is text as it is.
                Some(text) if name == "incident" && !text.is_empty() => {
                    RichText(vec![Piece::Text(text.to_owned())])
                }
                _ => RichText::new(self.guide.ui(name)),
            }),
            Part::Open => open.push(name),
            Part::Method => {
                // The others have no button in the code step.
                if Channel::from_name(name).is_some() {
                    self.methods.push((name, self.guide.method(name)));
                }
            }
            Part::Group => self.groups.push(Group {
                name,
                title: self.guide.group(name),
                choices: Vec::new(),
            }),
            Part::Choice => {
                let label = own.choices.get(name);
                let label = label.and_then(|label| interpolation.text(label));
                if let (Some(label), Some(group)) = (label, self.groups.last_mut()) {
                    group.choices.push(Choice {
                        name,
                        label,
                        wait: None,
                        warning: None,
                    });
                }
            }
            // The answer is posted; its screen and its action are found by it.
            Part::To => {}
            Part::Action => {
                if let Some(choice) = self.last_choice()
                    && name == "resend"
                {
                    choice.wait =
                        pages::code::resend_wait(request.context, request.status, request.methods);
                }
            }
            Part::Warning => {
                let text = self.guide.ui(name);
                if let Some(choice) = self.last_choice() {
                    choice.warning = Some(text);
                }
            }
            Part::Search => {
                self.search = Some(Search {
                    text: String::new(),
                    found: None,
                });
            }
            Part::Support => self.support = Some(SUPPORT),
            Part::Exit => self.exits.push((name, goal(name))),
        }
    }

    fn last_choice(&mut self) -> Option<&mut Choice> {
        self.groups.last_mut()?.choices.last_mut()
    }
}

fn folds(own: &ScreenWords, interpolation: &Interpolation<'_>, open: &[&str]) -> Vec<Fold> {
    let mut folds = Vec::new();
    for (name, words) in &own.folds.0 {
        if let Some(title) = interpolation.text(&words.title) {
            folds.push(Fold {
                open: open.contains(&name.as_str()),
                title: title.plain(),
                text: interpolation.all(&words.text),
                steps: interpolation.all(&words.steps),
                quote: words.say.as_deref().and_then(|say| interpolation.text(say)),
            });
        }
    }
    folds
}

fn found(
    guide: &GuideWords,
    text: &str,
    interpolation: &Interpolation<'_>,
) -> Vec<(&'static str, String)> {
    let label = |step: Step| {
        // The last of several titles knows nothing of this sign-in: what is found is a subject.
        let title = interpolation.all(guide.screen(step)?.title.all()).pop()?;
        Some((step.as_str(), title.plain()))
    };
    guide.find(text).filter_map(label).collect()
}

fn goal(exit: &str) -> Goal {
    match exit {
        "code" => Goal::Answer("~code"),
        "other" => Goal::Answer("~other"),
        "support" => Goal::Answer("~support"),
        _ => Goal::Start(Step::Entry.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_device_is_read_from_the_user_agent() {
        let android = "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)";
        assert_eq!(device(android), "android");
        assert_eq!(device(iphone), "ios");
        assert_eq!(device("curl/8"), "desktop");
    }
}
