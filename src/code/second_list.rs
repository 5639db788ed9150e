//! Whether this build has the second list of keywords, and with it the rules that the builds for pages leave out.

/// Whether the build has the keywords of the other languages. A test reads as a page does with
/// [`with_first_list_alone`].
#[cfg(not(test))]
#[inline(always)]
pub(super) const fn has_more() -> bool {
    !cfg!(feature = "bare")
}

#[cfg(test)]
pub(super) use tests::has_more;
#[cfg(test)]
#[allow(unused_imports, reason = "tests in WebAssembly read no files")]
pub(crate) use tests::with_first_list_alone;

#[cfg(test)]
mod tests {
    extern crate std;

    use core::cell::Cell;

    std::thread_local! {
        /// This thread reads as the build of a page does.
        static FIRST_LIST_ALONE: Cell<bool> = const { Cell::new(false) };
    }

    pub(in crate::code) fn has_more() -> bool {
        !FIRST_LIST_ALONE.get()
    }

    /// Reads as the build of a page does, without the second list and the rules that need it.
    #[allow(dead_code, reason = "tests in WebAssembly read no files")]
    pub(crate) fn with_first_list_alone<T>(read: impl FnOnce() -> T) -> T {
        FIRST_LIST_ALONE.set(true);
        let result = read();
        FIRST_LIST_ALONE.set(false);
        result
    }
}
