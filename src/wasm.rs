//! The boundary: every `#[wasm_bindgen]` of the project.

#[cfg(any(feature = "functions", feature = "host", feature = "setup"))]
mod clean_stack; // wipes the stack after a function that used a secret
#[cfg(feature = "field")]
mod draw; // a view as calls on the page's parts
#[cfg(feature = "field")]
pub mod field; // the field of one element
#[cfg(feature = "functions")]
mod functions;
#[cfg(feature = "guide")]
pub mod guide;
#[cfg(feature = "host")]
mod host; // the exports of todoita.wasm
#[cfg(feature = "field")]
pub mod imports; // the page as the field calls it
#[cfg(feature = "field")]
pub mod names; // names that cross
#[cfg(feature = "functions")]
pub mod policy; // the limits, for servers
#[cfg(feature = "setup")]
pub mod setup; // the elements of set-up pages
