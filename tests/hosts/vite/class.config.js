// For the test that the class alone registers nothing.
export default { root: "class", build: { outDir: "../dist-class", emptyOutDir: true } };
