// The attributes that a page states once for all its fields and guides: those of its <meta name="todoita">.

export const defaults = () => document.querySelectorAll("meta[name=todoita]");

/** An attribute of an element, or where the element lacks it, the page's; null or undefined where both lack it. */
export const setting = (element, name) => element.getAttribute(name) ?? defaults()[0]?.getAttribute(name);
