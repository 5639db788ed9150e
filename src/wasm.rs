//! The boundary: every `#[wasm_bindgen]` of the project.

#[cfg(feature = "field")]
pub(crate) mod field;
#[cfg(feature = "functions")]
mod functions;
#[cfg(feature = "guide")]
mod guide;
#[cfg(any(feature = "field", feature = "guide"))]
mod text_channel;
