// Forms as identity servers and other systems in Java, .NET, Go and others render them.

export default [
  {
    name: "Keycloak login-otp: a choice of authenticators by radio before the code",
    html: `<form id="kc-otp-login-form" action="/realms/x/login-actions/authenticate?session_code=s" method="post"><todoita-code channel="app">
<div class="form-group"><input id="otp-0" type="radio" name="selectedCredentialId" value="c0" checked><label for="otp-0" tabindex="0">Phone</label><input id="otp-1" type="radio" name="selectedCredentialId" value="c1"><label for="otp-1" tabindex="1">Tablet</label></div>
<div class="form-group"><div class="col-xs-12"><label for="otp" class="control-label">One-time code</label></div><div class="col-xs-12"><input id="otp" name="otp" autocomplete="one-time-code" type="text" class="form-control" autofocus aria-invalid="" dir="ltr"></div></div>
<div id="kc-form-buttons"><input class="btn" name="login" id="kc-login" type="submit" value="Sign In"></div></todoita-code></form>`,
    input: "#otp",
    field: "otp",
    button: "#kc-login",
  },
  {
    name: "Keycloak login-otp: the button disabled by onsubmit",
    html: `<form id="kc-otp-login-form" onsubmit="login.disabled = true; return true;" action="/realms/x/authenticate" method="post"><todoita-code channel="app">
<label for="otp">One-time code</label><input id="otp" name="otp" autocomplete="off" type="text" autofocus><input class="btn" name="login" id="kc-login" type="submit" value="Sign In"></todoita-code></form>`,
    input: "#otp",
    field: "otp",
    button: "#kc-login",
  },
  {
    name: "CAS simple MFA: a password input, a reveal button, Resend that sets the event",
    html: `<form method="post" id="fm1" action="/cas/login"><todoita-code channel="email"><section class="form-group"><div><label for="token">Token</label><input class="form-control pwd" type="password" name="token" id="token" size="25" autocomplete="one-time-code" required><button class="reveal-password" tabindex="-1" type="button"><span>Toggle Password</span></button></div></section>
<div class="d-flex"><button id="loginButton">Login</button><button id="resendButton" name="resend" formnovalidate onclick="document.getElementById('eventId').value = 'resend'">Resend</button></div>
<input type="hidden" id="eventId" name="_eventId" value="submit"><input type="hidden" name="execution" value="e1s2"><input type="hidden" name="geolocation"></todoita-code></form>`,
    input: "#token",
    field: "token",
    button: "#loginButton",
    others: [{ press: "#resendButton" }, { press: "#resendButton", text: "482" }],
  },
  {
    name: "ASP.NET Identity: floating label after the input, remember machine, validation spans",
    html: `<style>.form-floating { position: relative } .form-floating label { position: absolute; top: 0; left: 0; pointer-events: none }</style>
<form method="post" action="/Account/LoginWith2fa?rememberMe=False"><input name="RememberMe" type="hidden" value="False"><todoita-code channel="app"><div class="text-danger validation-summary-valid" data-valmsg-summary="true"></div>
<div class="form-floating mb-3"><input class="form-control" autocomplete="off" type="text" data-val="true" data-val-required="The Authenticator code field is required." id="Input_TwoFactorCode" maxlength="7" name="Input.TwoFactorCode" value="" placeholder=" "><label for="Input_TwoFactorCode" class="form-label">Authenticator code</label><span class="text-danger"></span></div>
<div class="checkbox mb-3"><label for="Input_RememberMachine"><input type="checkbox" id="Input_RememberMachine" name="Input.RememberMachine" value="true"> Remember this machine</label></div><div><button type="submit" class="w-100 btn" id="go">Log in</button></div></todoita-code><input name="__RequestVerificationToken" type="hidden" value="Cf"></form>`,
    input: "#Input_TwoFactorCode",
    field: "Input.TwoFactorCode",
    button: "#go",
  },
  {
    name: "Duende / Identity Server: Verify and Cancel by the same button name, code before them",
    html: `<form action="/Account/Mfa" method="post"><input type="hidden" name="ReturnUrl" value="/"><todoita-code channel="sms" destination="78"><div class="form-group"><label for="Input_Code">Code</label><input class="form-control" placeholder="Code" autofocus type="text" id="Input_Code" name="Input.Code" value=""></div>
<button class="btn btn-primary" name="Input.Button" value="verify" id="verify">Verify</button> <button class="btn btn-secondary" name="Input.Button" value="cancel" id="cancel">Cancel</button></todoita-code></form>`,
    input: "#Input_Code",
    field: "Input.Code",
    button: "#verify",
    others: [{ press: "#cancel" }, { press: "#cancel", text: "482" }],
  },
  {
    name: "Spring Security: default one-time-token page",
    html: `<div class="container"><form class="login-form" action="/login/ott" method="post"><todoita-code channel="email"><h2>Please input the token</h2><p><label for="token" class="screenreader">Token</label><input type="text" id="token" name="token" value="" placeholder="Token" required autofocus></p><button class="primary" type="submit">Sign in</button></todoita-code><input name="_csrf" type="hidden" value="x"></form></div>`,
    input: "#token",
    field: "token",
    button: ".primary",
  },
  {
    name: "Gitea: type=number, label beside, button and a link to the scratch code",
    html: `<form class="ui form" action="/user/two_factor" method="post"><input type="hidden" name="_csrf" value="g"><todoita-code channel="app"><h3>Two-Factor Authentication</h3><div class="required inline field"><label for="passcode">Passcode</label><input id="passcode" name="passcode" type="number" autocomplete="off" autofocus required></div><div class="inline field"><label></label><button class="ui green button">Verify</button> <a href="/user/two_factor/scratch">Use a scratch code</a></div></todoita-code></form>`,
    input: "#passcode",
    field: "passcode",
    button: ".green",
  },
  {
    name: "Odoo: a checkbox that is on, and Cancel in a form of its own",
    html: `<form method="POST" action="/web/login/totp"><input type="hidden" name="csrf_token" value="o"><input type="hidden" name="redirect" value=""><todoita-code channel="app"><div class="mb-2"><label for="totp_token">Authentication Code</label><input id="totp_token" name="totp_token" class="form-control" placeholder="e.g. 123456" autocomplete="one-time-code" autofocus required></div><div class="mb-2"><input type="checkbox" name="remember" id="switch-remember" checked><label for="switch-remember">Remember this Device</label></div><button type="submit" class="btn btn-primary btn-block" id="go">Verify</button></todoita-code></form><form method="POST" action="/web/session/logout"><button type="submit" id="cancel">Cancel</button></form>`,
    input: "#totp_token",
    field: "totp_token",
    button: "#go",
    others: [{ press: "#cancel" }],
  },
  {
    name: "Zitadel: back as a link, resend and next as buttons with addresses of their own",
    html: `<form action="/ui/login/mfa/otp/verify" method="POST"><input type="hidden" name="authRequestID" value="1"><input type="hidden" name="selectedProvider" value="3"><todoita-code channel="sms" destination="78"><div class="fields"><label class="lgn-label" for="code">Code</label><input class="lgn-input" type="text" id="code" name="code" autocomplete="one-time-code" autofocus required></div><div class="lgn-actions"><a class="lgn-icon-button" href="/ui/login/">back</a><button class="lgn-stroked-button" type="submit" name="resend" value="true" id="resend" formaction="/ui/login/mfa/otp/resend" formnovalidate>Resend code</button><button class="lgn-raised-button" id="submit-button" type="submit">Next</button></div></todoita-code></form>`,
    button: "#submit-button",
    // The first submit button is Resend.
    enter: false,
    others: [{ press: "#resend" }, { press: "#resend", text: "482" }],
  },
  {
    name: "Authelia-like: back button named before the code's input",
    html: `<form action="/api/secondfactor/totp" method="post"><todoita-code channel="app"><input type="submit" name="back" id="back" value="戻る" formnovalidate><label for="otp">One-Time Password</label><input id="otp" name="otp" type="text" inputmode="numeric"><button id="go">Sign in</button></todoita-code></form>`,
    input: "#otp",
    field: "otp",
    button: "#go",
    // The first submit button is Back.
    enter: false,
    others: [{ press: "#back" }],
  },
];
