// The attributes that a page states once for all its fields and guides: those of its first <meta name="todoita">.

export const defaults = () => document.querySelector("meta[name=todoita]");

/** An attribute of an element, or where the element lacks it, the page's; null or undefined where both lack it. */
export const setting = (element, name) => element.getAttribute(name) ?? defaults()?.getAttribute(name);
