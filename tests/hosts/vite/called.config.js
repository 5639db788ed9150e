// For bundled-functions.test.mjs: the functions in a page, and with --ssr in a server whose bundle has the package in it.
export default {
  build: {
    assetsInlineLimit: 0,
    outDir: "called",
    rollupOptions: { input: "called-page.js", output: { entryFileNames: "[name].js" } },
  },
  ssr: { noExternal: true },
};
