//! The boundary: every `#[wasm_bindgen]` of the project.

#[cfg(feature = "field")]
pub mod field;
#[cfg(feature = "functions")]
mod functions;
#[cfg(feature = "guide")]
pub mod guide;
#[cfg(any(feature = "field", feature = "guide"))]
pub mod text_channel;
