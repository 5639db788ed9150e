import { index, route } from "@react-router/dev/routes";

export default [index("code.jsx"), route("in", "in.jsx")];
