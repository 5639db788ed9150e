// The modules `todoita`, `todoita/element` and `todoita/guide` on a server: a module that is rendered there may import
// them, and nothing happens. The elements are there when the page is in a browser.

export class TodoitaCodeElement {}
export class TodoitaGuideElement {}
