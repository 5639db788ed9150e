import { mount } from "svelte";
import App from "./App.svelte";

// For the tests: another page, by `vite build --mode sign-in`.
const { default: Page } = import.meta.env.MODE === "sign-in" ? await import("./SignIn.svelte") : { default: App };

mount(Page, { target: document.getElementById("app") });
