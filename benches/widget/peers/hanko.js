import { register } from "@teamhanko/hanko-elements";

await register(location.origin + "/hanko");
document.getElementById("place").append(document.createElement("hanko-auth"));
