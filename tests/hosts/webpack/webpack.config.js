export default {
  entry: "./main.js",
  experiments: { css: true }, // or css-loader, as you have it
};
