import node from "@astrojs/node";
import { defineConfig } from "astro/config";

export default defineConfig({
  output: "server",
  adapter: node({ mode: "standalone" }),
  // Your host: Astro refuses posts (403) whose origin is another one.
  security: { allowedDomains: [{ hostname: "localhost" }] },
  // Small files stay files: as `data:` addresses a policy with `connect-src 'self'` refuses them.
  vite: { build: { assetsInlineLimit: 0 } },
});
