using Workerd = import "/workerd/workerd.capnp";

const wasm :Workerd.Worker.Module = (
  name = "dist/functions/functions_bg.wasm",
  wasm = embed "node_modules/todoita/dist/functions/functions_bg.wasm",
);

const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "dist/worker.js"), .wasm],
      compatibilityDate = "2026-10-01",
    )),
    (name = "all", worker = (
      modules = [(name = "all.js", esModule = embed "dist/all.js"), .wasm],
      compatibilityDate = "2026-10-01",
    )),
  ],
  sockets = [
    (name = "main", address = "127.0.0.1:0", http = (), service = "main"),
    (name = "all", address = "127.0.0.1:0", http = (), service = "all"),
  ],
);
