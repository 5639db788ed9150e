export default {
  // Node reads todoita/node from node_modules, its WebAssembly beside it.
  serverExternalPackages: ["todoita"],
};
