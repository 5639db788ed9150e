//! Bytes as hexadecimal digits.

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    bytes
        .iter()
        .flat_map(|&byte| [digit(byte >> 4), digit(byte)])
        .collect()
}

/// The bytes of hexadecimal digits. `None` for anything else.
pub fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    let mut bytes = vec![0; text.len() / 2];
    read_hex(text, &mut bytes)?;
    Some(bytes)
}

/// Reads hexadecimal digits into `bytes`, which nothing else keeps. `None` where they are not as many, or something else.
pub fn read_hex(text: &str, bytes: &mut [u8]) -> Option<()> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    if pairs.len() != bytes.len() {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = u8::try_from(digit(high)? << 4 | digit(low)?).ok()?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_two_lower_case_digits() {
        assert_eq!(hex(&[0, 0x1f, 0xff]), "001fff");
    }

    #[test]
    fn digits_are_read_back_and_nothing_else_is() {
        assert_eq!(bytes_of_hex("001fFF"), Some(vec![0, 0x1f, 0xff]));
        for text in ["0", "0g", "é", "00 ", "+1"] {
            assert_eq!(bytes_of_hex(text), None, "{text}");
        }
    }
}
