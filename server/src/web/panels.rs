//! Panels beside a page's own content. The demo shows its users and its phone.

use std::fmt;
use std::pin::Pin;

use askama::Template;
use askama::filters::HtmlSafe;
use login::store::User;

use crate::web::error::Error;
use crate::words::Words;

/// A rendered template, shown beside a page's own content.
#[derive(Debug)]
pub struct Panel(String);

impl Panel {
    /// Renders a template.
    ///
    /// # Errors
    /// [`Error::Page`].
    pub fn render(template: &impl Template) -> Result<Panel, Error> {
        Ok(Panel(template.render()?))
    }
}

impl fmt::Display for Panel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Its template has escaped what had to be.
impl HtmlSafe for Panel {}

/// Makes panels.
pub trait Panels: fmt::Debug + Send + Sync {
    /// The panel of the login page.
    ///
    /// # Errors
    /// [`Error::Page`].
    fn login(&self, words: &'static Words) -> Result<Panel, Error>;

    /// The panel of the code step of an account.
    ///
    /// # Errors
    /// [`Error::Page`]. Internal errors: database.
    fn code<'a>(
        &'a self,
        words: &'static Words,
        user: &'a User,
    ) -> Pin<Box<dyn Future<Output = Result<Panel, Error>> + Send + 'a>>;
}
