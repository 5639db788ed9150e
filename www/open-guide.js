// Brings the guide's element into the page when it is first opened. In the one file to drop in,
// open-guide.pinned.js takes its place.

/** Resolves when <todoita-guide> is registered. */
export const openGuide = () => import("./todoita-guide.js");
