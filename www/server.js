// `todoita`, `todoita/element`, `todoita/guide` and `todoita/setup` on a server: a module of a page that is rendered there may import
// them, without effect. The elements are defined when the page is in a browser.

export class TodoitaCodeElement {}
export class TodoitaGuideElement {}
export class TodoitaSetupElement {}
export class TodoitaBackupCodesElement {}
export class TodoitaPhoneElement {}
