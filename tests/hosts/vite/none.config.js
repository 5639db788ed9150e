// For the test that no configuration is needed.
export default { build: { outDir: "none" } };
