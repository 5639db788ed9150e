//! The network of a request, by which limits count.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use core::net::IpAddr;
use core::str::FromStr;

/// The network of a request at three widths. One customer may have a whole /56 or /48 of IPv6 (RFC 6177), so the limits of
/// a single address alone would not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// The IPv4 address, or the /64 of IPv6.
    pub address: String,
    /// The /56 of IPv6, which a household or a company is assigned; the IPv4 address.
    pub subnet: String,
    /// The /24 of IPv4, the /48 of IPv6.
    pub range: String,
}

impl Network {
    /// The network of an address. An IPv4 address that is mapped into IPv6 is the IPv4 address.
    pub fn of(address: IpAddr) -> Network {
        match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                Network {
                    address: address.to_string(),
                    subnet: address.to_string(),
                    range: format!("{a}.{b}.{c}.0/24"),
                }
            }
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Network {
                    address: format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"),
                    subnet: format!("{a:x}:{b:x}:{c:x}:{:x}::/56", d & 0xff00),
                    range: format!("{a:x}:{b:x}:{c:x}::/48"),
                }
            }
        }
    }
}

/// A text that is no address of IPv4 or IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAddress;

impl FromStr for Network {
    type Err = NotAnAddress;

    /// The network of an address as a connection or a proxy states it. The zone of an IPv6 address (RFC 4007), which names an
    /// interface of this host, is left out.
    fn from_str(text: &str) -> Result<Network, NotAnAddress> {
        let address = match text.split_once('%') {
            Some((address, _zone)) => address.parse().map(IpAddr::V6),
            None => text.parse(),
        };
        address.map(Network::of).map_err(|_| NotAnAddress)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_network_at_three_widths() {
        let network = |address: &str| {
            let network: Network = address.parse().unwrap();
            [network.address, network.subnet, network.range]
        };
        let v4 = ["192.0.2.7", "192.0.2.7", "192.0.2.0/24"];
        assert_eq!(network("192.0.2.7"), v4);
        assert_eq!(network("::ffff:192.0.2.7"), v4);
        let v6 = [
            "2001:db8:1:2345::/64",
            "2001:db8:1:2300::/56",
            "2001:db8:1::/48",
        ];
        assert_eq!(network("2001:db8:1:2345:3:4:5:6"), v6);
        assert_eq!(network("2001:0DB8:1:2345::6"), v6);
        let zone = ["fe80:0:0:0::/64", "fe80:0:0:0::/56", "fe80:0:0::/48"];
        assert_eq!(network("fe80::1%eth0"), zone);
    }

    #[test]
    fn a_text_that_is_no_address_has_no_network() {
        for text in [
            "",
            "localhost",
            "192.0.2",
            "192.0.2.7:443",
            "[2001:db8::1]",
            "192.0.2.7%eth0",
            "192.0.2.7, 198.51.100.1",
        ] {
            assert_eq!(text.parse::<Network>(), Err(NotAnAddress), "{text}");
        }
    }
}
