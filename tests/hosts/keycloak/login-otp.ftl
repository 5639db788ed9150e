<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("totp"); section>
  <#if section = "header">
    ${msg("doLogIn")}
  <#elseif section = "form">
    <link rel="stylesheet" href="${url.resourcesPath}/todoita/dist/todoita.css">
    <script type="module" src="${url.resourcesPath}/todoita/dist/todoita.js"></script>
    <form id="kc-otp-login-form" action="${url.loginAction}" method="post">
      <todoita-code channel="app" backup="none" <#if messagesPerField.existsError("totp")>cause="wrong"</#if>>
        <#if otpLogin.userOtpCredentials?size gt 1>
          <#list otpLogin.userOtpCredentials as credential>
            <label>
              <input type="radio" name="selectedCredentialId" value="${credential.id}" <#if credential.id == otpLogin.selectedCredentialId>checked</#if>>
              ${credential.userLabel}
            </label>
          </#list>
        </#if>
        <label for="otp">${msg("loginOtpOneTime")}</label>
        <input id="otp" name="otp" type="text" inputmode="numeric" autocomplete="one-time-code" dir="ltr" autofocus>
        <div data-part="message">
          <p role="status"></p>
          <p role="alert"><#if messagesPerField.existsError("totp")>${kcSanitize(messagesPerField.get("totp"))?no_esc}</#if></p>
          <span data-part="count" aria-hidden="true" translate="no"></span>
        </div>
        <button id="kc-login">${msg("doLogIn")}</button>
      </todoita-code>
    </form>
  </#if>
</@layout.registrationLayout>
