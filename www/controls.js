// The controls that send a code or lead to another method: the site's own, which have `data-way`, and the widget's.

/** The site's own control for an action, anywhere in the element or its form. */
export const siteControl = (host, form, action) =>
  [...host.getRootNode().querySelectorAll(`[data-way="${action}"]`)].find(
    (control) => host.contains(control) || (form && (control.form === form || form.contains(control))),
  );

/**
 * A button of the widget becomes a submit button only while it is pressed: otherwise Enter in the field could press it in
 * place of the site's own.
 */
export const pressed = (target) => {
  const button = target.closest("button[name=todoita-action][type=button]");
  if (!button) return;
  button.type = "submit";
  setTimeout(() => (button.type = "button"));
};

/** The submit buttons of a form, in their order; those of images are not in `elements`. */
const submitButtons = (form) => [...form.elements, ...form.querySelectorAll("input[type=image]")].filter(({ type }) => type === "submit" || type === "image");

/**
 * Whether a button sends the code: one without a name or an address of its own, or one with `data-way="code"`; in a form that
 * has none of these, the default button. All others ("cancel", "resend") are the site's alone.
 */
export const isForCode = (button) => {
  if (!button || button.dataset.way === "code") return true;
  if (button.formNoValidate || button.hasAttribute("formaction") || button.dataset.way) return false;
  const buttons = submitButtons(button.form);
  return !button.name || (button === buttons[0] && buttons.every(({ name }) => name));
};
