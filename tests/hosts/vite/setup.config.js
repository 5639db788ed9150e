// For the test of the set-up elements.
export default { root: "setup", build: { outDir: "../dist-setup", emptyOutDir: true, assetsInlineLimit: 0 } };
