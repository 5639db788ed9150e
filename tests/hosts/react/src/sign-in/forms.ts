// For the tests: the forms by the name in the address.
export { ByAction as action } from "./ByAction";
export { Controlled as controlled } from "./Controlled";
export { WithFormik as formik } from "./WithFormik";
export { WithHookForm as hookForm } from "./WithHookForm";
export { WithRouter as router } from "./router";
