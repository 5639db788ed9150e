// For bundled-functions.test.mjs: the functions in a page and in a server.
import { resolve } from "node:path";

const config = (target, name, folder, filename) => ({
  target,
  entry: `./${name}.js`,
  output: { path: resolve(folder), filename },
  performance: { hints: false },
});

export default [
  config("web", "called-page", "called", "called-page.js"),
  config("node18", "called-server", "called-server", "called-server.cjs"),
];
