// Where the label, the input and the button can be in a page.

export default [
  {
    name: "README: label, input, button",
    html: `<form method="post" action="/login/code"><todoita-code channel="sms" destination="5678"><label for="code">認証コード</label><input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required><button id="go">確認する</button></todoita-code></form>`,
    button: "#go",
  },
  {
    name: "table with one cell for each part",
    html: `<form method="post" action="/login/code"><todoita-code channel="sms" destination="5678"><table><tbody><tr><th scope="row"><label for="code">認証コード</label></th><td><input id="code" name="code" size="8"></td><td><input type="submit" value="確認する" id="go"></td></tr></tbody></table></todoita-code></form>`,
    button: "#go",
  },
  {
    name: "label around the input",
    html: `<form method="post" action="/login/code"><todoita-code channel="sms" destination="5678"><label>認証コード <input id="code" name="code"></label><button id="go">確認する</button></todoita-code></form>`,
    button: "#go",
  },
  {
    name: "floating label after the input",
    html: `<style>.f { position: relative } .f input + label { position: absolute; left: 12px; top: 12px; pointer-events: none } .f input:focus + label, .f input:not(:placeholder-shown) + label { top: -8px }</style>
<form method="post" action="/login/code"><todoita-code channel="sms" destination="5678"><div class="f"><input id="code" name="code" placeholder=" "><label for="code">認証コード</label></div><button id="go">確認する</button></todoita-code></form>`,
    button: "#go",
  },
  {
    name: "input and button in a flex row",
    html: `<form method="post" action="/login/code"><todoita-code channel="sms" destination="5678"><label for="code">認証コード</label><div style="display:flex;gap:8px"><input id="code" name="code" style="flex:1"><button id="go">確認する</button></div></todoita-code></form>`,
    button: "#go",
  },
  {
    name: "form elsewhere, input and button by form=",
    html: `<form id="f" method="post" action="/login/code"><input type="hidden" name="csrf" value="x"></form><todoita-code channel="sms" destination="5678"><label for="code">認証コード</label><input id="code" name="code" form="f"><button id="go" form="f">確認する</button></todoita-code>`,
    button: "#go",
  },
  {
    name: "the whole form in the element",
    html: `<todoita-code channel="sms" destination="5678"><form method="post" action="/login/code"><label for="code">認証コード</label><input id="code" name="code"><button id="go">確認する</button></form></todoita-code>`,
    button: "#go",
  },
  {
    name: "button outside of the element, in a footer of the form",
    html: `<form method="post" action="/login/code"><todoita-code channel="sms" destination="5678"><label for="code">認証コード</label><input id="code" name="code" autocomplete="one-time-code"></todoita-code><footer><button id="cancel" name="cancel" value="1" type="submit" formnovalidate>やめる</button><button id="go">確認する</button></footer></form>`,
    button: "#go",
    enter: false,
    others: [{ press: "#cancel" }, { press: "#cancel", text: "482" }],
  },
  {
    name: "modal dialog around the form",
    html: `<button id="open" onclick="d.showModal()">続ける</button><dialog id="d"><form method="post" action="/login/code"><todoita-code channel="sms" destination="5678"><label for="code">認証コード</label><input id="code" name="code"><button id="go">確認する</button><button id="close" type="button" onclick="d.close()">閉じる</button></todoita-code></form></dialog>`,
    button: "#go",
    before: "#open",
  },
  {
    name: "page in an iframe",
    html: `<form method="post" action="/login/code"><todoita-code channel="sms" destination="5678"><label for="code">認証コード</label><input id="code" name="code"><button id="go">確認する</button></todoita-code></form>`,
    button: "#go",
    frame: "iframe",
  },
  {
    name: "form that posts into a hidden iframe",
    html: `<iframe name="sink" hidden></iframe><form method="post" action="/login/code" target="sink"><todoita-code channel="sms" destination="5678"><label for="code">認証コード</label><input id="code" name="code"><button id="go">確認する</button></todoita-code></form>`,
    button: "#go",
    stays: true,
  },
  {
    name: "backend that answers 204",
    html: `<form method="post" action="/login/code"><todoita-code channel="sms" destination="5678"><label for="code">認証コード</label><input id="code" name="code"><button id="go">確認する</button></todoita-code></form>`,
    button: "#go",
    stays: true,
    status: 204,
  },
  {
    name: "fieldset with a legend as the only label",
    html: `<form method="post" action="/login/code"><fieldset><legend>認証コード</legend><todoita-code channel="sms" destination="5678"><input id="code" name="code" aria-label="認証コード"><input type="image" alt="確認する" id="go" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="80" height="30"></todoita-code></fieldset></form>`,
    button: "#go",
    // An image button posts where it was pressed; only Enter gives the same coordinates twice.
    press: "enter",
  },
  {
    name: "two elements in one form",
    html: `<form method="post" action="/login/code"><todoita-code channel="email"><label for="mail">メールのコード</label><input id="mail" name="mail" value="771204"></todoita-code><todoita-code channel="sms" destination="5678"><label for="code">SMSのコード</label><input id="code" name="code"><button id="go">確認する</button></todoita-code></form>`,
    button: "#go",
  },
  {
    name: "code and a new password in one form",
    html: `<form method="post" action="/reset"><todoita-code channel="email"><label for="code">確認コード</label><input id="code" name="code" autocomplete="one-time-code"><label for="pw">新しいパスワード</label><input id="pw" name="password" type="password" autocomplete="new-password" value="correct horse"><button id="go">変更する</button></todoita-code></form>`,
    button: "#go",
  },
];
