// Types of `todoita`: importing it registers <todoita-code>.
export * from "./element.js";
