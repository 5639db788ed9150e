import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("todoita-") } } })],
  // Small files stay files: as `data:` addresses a policy with `connect-src 'self'` refuses them.
  build: { assetsInlineLimit: 0 },
});
