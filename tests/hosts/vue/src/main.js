import { createApp } from "vue";
import App from "./App.vue";

// For the tests: another page, by `vite build --mode sign-in`.
const { default: Page } = import.meta.env.MODE === "sign-in" ? await import("./SignIn.vue") : { default: App };

createApp(Page).mount("#app");
