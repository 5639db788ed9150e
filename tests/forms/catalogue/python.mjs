// Forms as Django, Flask and their packages render them.

const CSRF = '<input type="hidden" name="csrfmiddlewaretoken" value="k3X0">';

export default [
  {
    name: "allauth: reauthentication, labels by as_p, a second form for another code",
    html: `<form method="post" action="/accounts/2fa/authenticate/">${CSRF}
<todoita-code channel="app">
<p><label for="id_code">Code:</label> <input type="text" name="code" placeholder="Code" autocomplete="one-time-code" required id="id_code"></p>
<button type="submit">Sign In</button></todoita-code></form>
<form id="resend" method="post" action="/accounts/2fa/resend/">${CSRF}<button id="again" name="action" value="resend">Request new code</button></form>`,
    input: "#id_code",
    button: "todoita-code button[type=submit]",
    others: [{ press: "#again" }],
  },
  {
    name: "django-two-factor-auth: table, maxlength and min/max, hidden default button, other devices",
    html: `<form action="" method="post">${CSRF}<todoita-code channel="app">
<input type="hidden" name="login_view-current_step" value="token">
<table><tr><th><label for="id_token-otp_token">Token:</label></th><td><input type="text" inputmode="numeric" name="token-otp_token" maxlength="6" pattern="[0-9]*" autofocus autocomplete="one-time-code" required id="id_token-otp_token"></td></tr>
<tr><th><label for="id_token-remember">Don't ask again on this device</label></th><td><input type="checkbox" name="token-remember" id="id_token-remember"></td></tr></table>
<input type="submit" value="" style="display:none">
<p><button id="sms" name="challenge_device" value="phonenumber.phonedevice/1" type="submit" formnovalidate>Send text message to +81 ** **78</button></p>
<p><button id="backup" name="wizard_goto_step" type="submit" value="backup" formnovalidate>Use Backup Token</button></p>
<button id="back" name="wizard_goto_step" type="submit" value="auth" formnovalidate>Back</button>
<button id="next" type="submit">Next</button></todoita-code></form>`,
    input: "#id_token-otp_token",
    field: "token-otp_token",
    button: "#next",
    others: [{ press: "#sms" }, { press: "#back", text: "482" }],
  },
  {
    name: "django-two-factor-auth: the other devices without formnovalidate and without required",
    html: `<form action="" method="post">${CSRF}<todoita-code channel="sms" destination="78">
<label for="id_token-otp_token">Token:</label><input type="text" name="token-otp_token" id="id_token-otp_token">
<p><button id="call" name="challenge_device" value="phonenumber.phonedevice/2" type="submit">Call number +81 ** **78</button></p>
<button id="back" name="wizard_goto_step" type="submit" value="auth">Back</button>
<button id="next" type="submit">Next</button></todoita-code></form>`,
    input: "#id_token-otp_token",
    field: "token-otp_token",
    button: "#next",
    // The first submit button is the form's default button: Enter asks for a call, as it does without the element.
    enter: false,
    others: [{ press: "#call", text: "482" }, { press: "#back" }],
  },
  {
    name: "django-otp: the admin's form with a user name, a password and the token in one",
    html: `<form action="/admin/login/" method="post" id="login-form">${CSRF}<todoita-code channel="app">
<div class="form-row"><label for="id_username">Username:</label> <input type="text" name="username" value="hanako" autocapitalize="none" autocomplete="username" maxlength="150" required id="id_username"></div>
<div class="form-row"><label for="id_password">Password:</label> <input type="password" name="password" value="demo" autocomplete="current-password" required id="id_password"><input type="hidden" name="next" value="/admin/"></div>
<div class="form-row"><label for="id_otp_token">OTP Token:</label> <input type="text" name="otp_token" autocomplete="one-time-code" id="id_otp_token"></div>
<div class="submit-row"><input id="in" type="submit" value="Log in"><input id="challenge" type="submit" name="otp_challenge" value="Get OTP Challenge"></div></todoita-code></form>`,
    input: "#id_otp_token",
    field: "otp_token",
    button: "#in",
    others: [{ press: "#challenge" }],
  },
  {
    name: "wagtail-2fa: a list of fields and a button in a footer",
    html: `<form method="post" novalidate action="/admin/2fa/auth"><input type="hidden" name="next" value="/admin/">${CSRF}
<todoita-code channel="app"><ul class="fields"><li class="full"><label for="id_otp_token">OTP token</label><div class="field iconfield"><input type="text" name="otp_token" placeholder="Enter your 2FA code" id="id_otp_token" required></div></li>
<li class="submit"><button type="submit" class="button">Sign in</button></li></ul></todoita-code></form>`,
    input: "#id_otp_token",
    field: "otp_token",
    button: ".button",
  },
  {
    name: "Flask-WTF: table of fields with <input type=submit name=submit>",
    html: `<form method="POST" action="/two-factor"><input id="csrf_token" name="csrf_token" type="hidden" value="Ij"><todoita-code channel="app">
<table><tr><th><label for="token">Token</label></th><td><input id="token" name="token" required type="text" value=""></td></tr>
<tr><td colspan="2"><input id="submit" name="submit" type="submit" value="Verify"></td></tr></table></todoita-code></form>`,
    input: "#token",
    field: "token",
    button: "#submit",
  },
  {
    name: "Flask-Security: the code's form, and a rescue form with radios on the same page",
    html: `<form action="/tf-validate" method="post" name="two_factor_verify_code_form"><input type="hidden" name="csrf_token" value="I1"><todoita-code channel="email">
<div class="fs-div"><label for="code">Authentication Code</label> <input autocomplete="one-time-code" id="code" inputmode="numeric" name="code" required type="text" value=""></div>
<div class="fs-div"><input id="submit" name="submit" type="submit" value="Submit Code"></div></todoita-code></form>
<form action="/tf-rescue" method="post"><input type="radio" id="help-1" name="help_setup" value="email" checked><label for="help-1">Send code via email</label><input id="rescue" name="submit" type="submit" value="Submit"></form>`,
    button: "#submit",
    others: [{ press: "#rescue" }],
  },
];
