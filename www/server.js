// What `todoita`, `todoita/element` and `todoita/guide` are where no page is: a module of a page that is rendered
// by a server may import them, and nothing happens. The elements are there when the page is in a browser.

export class TodoitaCodeElement {}
export class TodoitaGuideElement {}
