//! The network of a request, by which limits count.

pub use todoita::network::Network;
