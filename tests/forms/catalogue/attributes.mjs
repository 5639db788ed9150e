// Attributes that authors give the code's input, and fields before it.

const form = (input, { before = "", after = "", attributes = "", facts = "" } = {}) =>
  `<form method="post" action="/login/code" ${attributes}><todoita-code channel="sms" destination="5678" ${facts}>${before}<label for="code">認証コード</label>${input}<button id="go">確認する</button>${after}</todoita-code></form>`;

const entry = (name, html, more = {}) => ({ name, html, button: "#go", ...more });

export default [
  entry("maxlength=6", form('<input id="code" name="code" maxlength="6">')),
  entry("minlength and maxlength", form('<input id="code" name="code" minlength="6" maxlength="6" required>')),
  entry("pattern of six digits", form('<input id="code" name="code" pattern="[0-9]{6}" title="6 digits">')),
  entry("type=number with min and max", form('<input id="code" name="code" type="number" min="0" max="999999">')),
  entry("type=number", form('<input id="code" name="code" type="number" inputmode="numeric" required>')),
  entry("type=tel", form('<input id="code" name="code" type="tel" autocomplete="one-time-code">')),
  entry("type=text with size and autocomplete=off", form('<input id="code" name="code" type="text" size="6" autocomplete="off">')),
  entry("type=password", form('<input id="code" name="code" type="password" autocomplete="one-time-code">')),
  entry("autofocus", form('<input id="code" name="code" autofocus>')),
  entry("read-only until it gets the focus", form('<input id="code" name="code" readonly onfocus="this.removeAttribute(\'readonly\')">')),
  entry("novalidate on the form", form('<input id="code" name="code" required pattern="[0-9]{6}">', { attributes: "novalidate" })),
  entry("checkbox before the code", form('<input id="code" name="code">', { before: '<label><input type="checkbox" name="remember" value="1" checked> この端末を覚える</label>' })),
  entry("read-only user name before the code", form('<input id="code" name="code">', { before: '<input type="text" name="username" autocomplete="username" value="hanako" readonly>' })),
  entry("user name hidden by style before the code", form('<input id="code" name="code">', { before: '<input type="text" name="username" autocomplete="username" value="hanako" style="display:none">' })),
  entry("name with brackets, value of the server kept", form('<input id="code" name="login[code]" value="">'), { field: "login[code]" }),
  entry("input named submit and action beside the code", form('<input id="code" name="code"><input type="hidden" name="action" value="verify"><input type="hidden" name="submit" value="1">')),
];
