//! todoita (届いた, "it has arrived") takes a person from "a code was sent" to "I am in".
//!
//! The core is pure: it reads no clock, no randomness and no network, and names no browser. What it
//! needs to know arrives as a value. `wasm` is the only module that knows a browser.
//!
//! Times are milliseconds since the Unix epoch, spans of time are milliseconds.

#![no_std]

extern crate alloc;
// Only so that a build without the feature `bare` has an allocator and a panic that speaks.
#[cfg(not(feature = "bare"))]
extern crate std;

pub mod cause; // why a verifier said no
pub mod channel; // how a code arrives, what the buttons do, methods of recovery
pub mod code; // what was typed: cleaned, the code found in it, its digits counted
pub mod entry; // the field's whole behaviour, without a browser: State, Event, Effect, update
pub mod facts; // what the server has said about a sign-in
pub mod guide; // which screen helps: the table of the guide, its walk, its search
pub mod otp; // HOTP and TOTP, secrets, key URIs
pub mod page; // what crosses to the page: events, effects and the view as text
pub mod phone; // phone numbers as people write them, and what can receive an SMS
pub mod policy; // expiry, attempts, resend cool-down, replay: pure rules
pub mod text; // the rules of sentences: values, conditions, paths, clock times
pub mod view; // View: exactly what a shell shows
mod word_list; // lists of words in one string
pub mod words; // the key of every sentence

#[cfg(target_arch = "wasm32")]
mod wasm; // the boundary: every #[wasm_bindgen] of the project

#[cfg(all(target_arch = "wasm32", feature = "bare"))]
mod bare {
    use lol_alloc::LockedAllocator;

    #[cfg(not(feature = "guide"))]
    #[global_allocator]
    static ALLOCATOR: LockedAllocator<lol_alloc::FreeListAllocator> =
        LockedAllocator::new(lol_alloc::FreeListAllocator::new());

    // A question to the guide takes some 5 kB, a search some 60, and a person asks a few times: to give memory back
    // would cost 190 bytes of code (brotli).
    #[cfg(feature = "guide")]
    #[global_allocator]
    static ALLOCATOR: LockedAllocator<lol_alloc::LeakingAllocator> =
        LockedAllocator::new(lol_alloc::LeakingAllocator::new());

    #[panic_handler]
    fn stop(_: &core::panic::PanicInfo<'_>) -> ! {
        core::arch::wasm32::unreachable()
    }
}
