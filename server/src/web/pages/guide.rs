//! The guide without JavaScript: the parts of a screen of `todoita::guide`, as a page.
//!
//! Nothing is kept: the answers travel in the page's own form and are replayed every time.

use askama::Template;
use todoita::cause::Cause;
use todoita::channel::Channel;
use todoita::guide::facts::Value;
use todoita::guide::view::Part;
use todoita::guide::{INSTEAD, Screen, Step};
use todoita::text::{Piece, RichText};

use crate::web::pages::guide_request::GuideRequest;
use crate::web::pages::{self, SUPPORT};
use crate::words::guide::{GuideWords, Interpolation, Picture, ScreenWords, picture};
use crate::words::{Lang, Words};

/// A screen of the guide as a page.
#[derive(Template)]
#[template(path = "guide.html")]
pub struct Page {
    words: &'static Words,
    guide: &'static GuideWords,
    other_lang: &'static str,
    step: &'static str,
    answers: String,
    /// The refusal that the next page is to know, too.
    cause: Option<&'static str>,
    title: RichText,
    notices: Vec<RichText>,
    picture: Option<&'static Picture>,
    lead: Vec<RichText>,
    steps: Vec<RichText>,
    why: Option<RichText>,
    time: Option<RichText>,
    folds: Vec<Fold>,
    quote: Option<RichText>,
    methods: Vec<(&'static str, &'static str)>,
    groups: Vec<Group>,
    search: Option<Search>,
    /// The groups behind "more".
    more: Option<Vec<Group>>,
    support: Option<&'static str>,
    back: bool,
    /// The answer that leads to the other methods.
    other: Option<Other>,
    safety: bool,
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
    /// It cannot be pressed now.
    shut: bool,
    /// A sentence beneath it.
    warning: Option<&'static str>,
}

struct Search {
    text: String,
    /// The screens that were found, or those to take instead, and their titles.
    found: Option<Vec<(&'static str, String)>>,
    /// Whether any was found.
    any: bool,
}

/// The names of the other methods.
#[derive(Default)]
struct Other {
    left: Vec<&'static str>,
}

/// The effect of an exit's button.
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
        let words = Words::of(lang);
        let value = |name: &str| {
            Some(match facts.value(name, screen.about())? {
                Value::Fact(fact) => request.fact(fact)?,
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
            cause: None,
            title: RichText::default(),
            notices: Vec::new(),
            picture: None,
            lead: Vec::new(),
            steps: Vec::new(),
            why: None,
            time: None,
            folds: Vec::new(),
            quote: None,
            methods: Vec::new(),
            groups: Vec::new(),
            search: None,
            more: None,
            support: None,
            back: false,
            other: None,
            safety: false,
            exits: Vec::new(),
        };
        let mut open = Vec::new();
        screen.parts(&mut |part, name| {
            page.part(request, &interpolation, own, &mut open, (part, name));
        });
        if let Some(search) = &mut page.search {
            search.text = query.unwrap_or_default().to_owned();
            if let Some(text) = query.filter(|text| !text.trim().is_empty()) {
                let found: Vec<Step> = guide.find(text).collect();
                search.any = !found.is_empty();
                let shown = if search.any { &found } else { &INSTEAD[..] };
                search.found = Some(titles(guide, shown, &interpolation));
            }
        }
        Some(page)
    }

    /// The same, after a refusal that was shown once.
    pub fn after(mut self, refusal: Option<Cause>) -> Page {
        self.cause = refusal.map(Cause::as_str);
        self
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
                "say" => self.quote = one(&own.quote),
                _ => self.folds = folds(own, interpolation, open),
            },
            Part::Notice => self
                .notices
                .extend(match request.config.incident.as_deref() {
                    // A site's own notice is text as it is.
                    Some(text) if name == "incident" && !text.is_empty() => {
                        Some(RichText(vec![Piece::Text(text.to_owned())]))
                    }
                    _ => interpolation.text(self.guide.ui(name)),
                }),
            Part::Open => open.push(name),
            Part::Method => {
                // The others have no button in the code step.
                if Channel::from_name(name).is_some() {
                    self.methods.push((name, self.guide.method(name)));
                }
            }
            Part::More => self.more = Some(Vec::new()),
            Part::Group => {
                let group = Group {
                    name,
                    title: self.guide.group(name),
                    choices: Vec::new(),
                };
                self.more.as_mut().unwrap_or(&mut self.groups).push(group);
            }
            Part::Choice => {
                let label = own.choices.get(name);
                let label = label.and_then(|label| interpolation.text(label));
                let groups = self.more.as_mut().unwrap_or(&mut self.groups);
                if let (Some(label), Some(group)) = (label, groups.last_mut()) {
                    group.choices.push(Choice {
                        name,
                        label,
                        wait: None,
                        shut: false,
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
            Part::Shut => {
                let text = interpolation.text(self.guide.ui(name));
                if let (Some(choice), Some(text)) = (self.last_choice(), text) {
                    choice.wait = Some(text.plain());
                    choice.shut = true;
                }
            }
            Part::Search => {
                self.search = Some(Search {
                    text: String::new(),
                    found: None,
                    any: false,
                });
            }
            // The service has no page of notices.
            Part::Link => self.support = (name == "support").then_some(SUPPORT),
            Part::Other => self.other = Some(Other::default()),
            Part::Left => {
                let name = self.guide.name(name);
                if let Some(other) = &mut self.other {
                    other.left.push(name);
                }
            }
            Part::Safety => self.safety = true,
            Part::Exit => self.exits.push((name, goal(name))),
            // The values of sentences, which `Interpolation` has.
            Part::Flag | Part::Value | Part::Fact | Part::Number | Part::Time => {}
        }
    }

    fn last_choice(&mut self) -> Option<&mut Choice> {
        let groups = self.more.as_mut().unwrap_or(&mut self.groups);
        groups.last_mut()?.choices.last_mut()
    }

    /// The label of the answer that leads to the other methods.
    fn other_label(&self, other: &Other) -> String {
        let names = other.left.join(self.words.own("ways-joint"));
        self.guide.ui("other-ways").replace("{ways}", &names)
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
                quote: words
                    .quote
                    .as_deref()
                    .and_then(|quote| interpolation.text(quote)),
            });
        }
    }
    folds
}

fn titles(
    guide: &GuideWords,
    steps: &[Step],
    interpolation: &Interpolation<'_>,
) -> Vec<(&'static str, String)> {
    let label = |step: &Step| {
        // The last of several titles knows nothing of this sign-in: what is found is a subject.
        let title = interpolation.all(guide.screen(*step)?.title.all()).pop()?;
        Some((step.as_str(), title.plain()))
    };
    steps.iter().filter_map(label).collect()
}

fn goal(exit: &str) -> Goal {
    match exit {
        "code" | "page" => Goal::Answer("~code"),
        "other" => Goal::Answer("~other"),
        "support" => Goal::Answer("~support"),
        _ => Goal::Start(Step::Entry.as_str()),
    }
}
