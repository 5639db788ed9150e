// Addresses that a page was given: which of them may be followed.

const protocolOf = (address) => {
  try {
    return new URL(address, document.baseURI).protocol;
  } catch {
    return "";
  }
};

/** Whether a page may lead to an address, by its scheme: never to a script. */
export const canBeFollowed = (address) => /^(https?|mailto|tel):$/.test(protocolOf(address));

/** Whether an address is http(s) on the page's own origin. Not `location.origin`: a page in `srcdoc` has its parent's. */
export const isSameOrigin = (address) => /^http/.test(protocolOf(address)) && new URL(address, document.baseURI).origin === origin;
