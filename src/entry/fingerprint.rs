//! Fingerprints: texts are recognised without being kept.

/// A hash to recognise a repeated text without keeping it.
pub(super) type Fingerprint = u32;

/// FNV-1a, 32 bits. Two texts with the same hash (a chance of 1 in 2^32) are taken for each other until the next
/// key is pressed; the request carries the text itself.
pub(super) fn fingerprint(text: &str) -> Fingerprint {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ Fingerprint::from(byte)).wrapping_mul(0x0100_0193)
    })
}
