const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; form-action 'self'; frame-ancestors 'none'";

export default defineNitroConfig({
  compatibilityDate: "2026-11-01",
  // The files of the field at /todoita/.
  publicAssets: [{ baseURL: "todoita", dir: "node_modules/todoita" }],
  routeRules: { "/login/**": { headers: { "cache-control": "no-store", "content-security-policy": POLICY } } },
});
