//! Whether a host is this machine.

use std::net::IpAddr;

/// Whether a host is this machine: `localhost`, or an address of loopback, that of IPv6 with brackets or without.
pub fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
