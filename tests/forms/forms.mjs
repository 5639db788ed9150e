// Forms as sites write them, rebuilt. Each is driven twice by the same steps: with the element around the input, and as
// the plain form. What is posted is compared; where it differs, `plain` says what the plain form does.

const LABEL = "<label for=code>認証コード</label>";
const INPUT = "<input id=code name=code>";
const GO = "<button id=go>確認する</button>";
/** A text in full width with a space, as people copy it. */
const WIDE = "４８２ ９１３";

/** A form: its attributes, the content of the element, the steps, and the fields that are posted, one object for each post. */
export const FORMS = {
  "the plainest form": {
    content: LABEL + INPUT + GO,
    steps: async (person) => person.type("482913", "enter"),
    posts: [{ code: "482913" }],
  },
  "full width and a space": {
    content: LABEL + INPUT + GO,
    steps: async (person) => person.type(WIDE, "enter"),
    posts: [{ code: "482913" }],
    plain: [{ code: WIDE }],
  },
  "an input that a framework exchanged": {
    content: LABEL + INPUT + GO,
    steps: async (person) => {
      await person.type("111111");
      await person.run(() => {
        const next = document.getElementById("code").cloneNode();
        next.value = "";
        document.getElementById("code").replaceWith(next);
      });
      await person.type(WIDE, "enter");
    },
    posts: [{ code: "482913" }],
    plain: [{ code: WIDE }],
  },
  "an input exchanged in the middle of a code": {
    content: LABEL + INPUT + GO,
    steps: async (person) => {
      await person.type("1111");
      await person.run(() => {
        const next = document.getElementById("code").cloneNode();
        next.value = "";
        document.getElementById("code").replaceWith(next);
      });
      await person.type("482913", "enter");
    },
    posts: [{ code: "482913" }],
  },
  "a content that was written again": {
    content: LABEL + INPUT + GO,
    steps: async (person) => {
      await person.type("1111");
      await person.run(() => {
        const host = document.getElementById("host");
        // As Turbo, htmx and the like do.
        host.replaceChildren(...[...host.childNodes].map((node) => node.cloneNode(true)));
        document.getElementById("code").value = "";
      });
      await person.type("482913", "enter");
    },
    posts: [{ code: "482913" }],
  },
  "the site's own resend, with an empty field": {
    content: `${LABEL}${INPUT}<input type=submit id=go value="Log In"><input type=submit id=resend name=resend value="Resend Code">`,
    steps: async (person) => person.press("resend"),
    posts: [{ code: "", resend: "Resend Code" }],
  },
  "the site's own cancel, with a part of a code": {
    content: `${LABEL}${INPUT}${GO}<button id=cancel name=cancel value=1>やめる</button>`,
    steps: async (person) => {
      await person.type("482");
      await person.press("cancel");
    },
    posts: [{ code: "482", cancel: "1" }],
  },
  "the site's own other method, at another address": {
    content: `${LABEL}${INPUT}${GO}<button id=voice name=way value=voice formaction="/other">電話</button>`,
    steps: async (person) => person.press("voice"),
    posts: [{ path: "/other", code: "", way: "voice" }],
  },
  "a cancel before the field": {
    content: `<input type=submit id=back name=back value="戻る" formnovalidate>${LABEL}${INPUT}${GO}`,
    steps: async (person) => {
      await person.type(WIDE);
      await person.press("go");
    },
    posts: [{ code: "482913" }],
    plain: [{ code: WIDE }],
  },
  "a part of a code is stopped once, and sent when the person insists": {
    content: LABEL + INPUT + GO,
    steps: async (person) => {
      await person.type("482");
      await person.press("go");
      if (!person.alive) return;
      await person.isStopped(/まだ3桁/);
      await person.press("go");
    },
    posts: [{ code: "482" }],
  },
  "a checkbox before the field": {
    content: `<label><input type=checkbox name=remember value=1>覚える</label>${LABEL}${INPUT}${GO}`,
    steps: async (person) => person.type(WIDE, "enter"),
    posts: [{ code: "482913" }],
    plain: [{ code: WIDE }],
  },
  "the user's name before the field": {
    content: `<input name=username autocomplete=username value=hanako readonly>${LABEL}${INPUT}${GO}`,
    steps: async (person) => person.type(WIDE, "enter"),
    posts: [{ username: "hanako", code: "482913" }],
    plain: [{ username: "hanako", code: WIDE }],
  },
  "the user's name before the field, hidden by its style": {
    head: "<style>.off { display: none }</style>",
    content: `<input name=username class=off value=hanako>${LABEL}${INPUT}${GO}`,
    steps: async (person) => person.type(WIDE, "enter"),
    posts: [{ username: "hanako", code: "482913" }],
    plain: [{ username: "hanako", code: WIDE }],
  },
  "a button that its form disables on submit": {
    form: 'onsubmit="go.disabled = true"',
    content: LABEL + INPUT + GO,
    steps: async (person) => {
      await person.type("4829", "enter");
      if (!person.alive) return;
      await person.isStopped(/まだ4桁/);
      await person.type("13", "enter");
    },
    posts: [{ code: "482913" }],
    plain: [{ code: "4829" }],
  },
  "a field that is read-only until it has the focus": {
    content: `${LABEL}<input id=code name=code readonly onfocus="this.removeAttribute('readonly')">${GO}`,
    steps: async (person) => person.type("482913", "enter"),
    posts: [{ code: "482913" }],
  },
  "a code that the server put back, with auto-submit": {
    element: 'auto-submit cause="wrong"',
    content: `${LABEL}<input id=code name=code value=111111>${GO}`,
    steps: async (person) => {
      await person.waits(500);
      await person.replaceBy("482913");
      await person.waits(200);
      if (!person.alive) await person.press("go");
    },
    posts: [{ code: "482913" }],
  },
  "maxlength and a pasted backup code": {
    content: `${LABEL}<input id=code name=code maxlength=6>${GO}`,
    steps: async (person) => person.type("48291337", "enter"),
    posts: [{ code: "48291337" }],
    plain: [{ code: "482913" }],
  },
  "maxlength and spaces between the digits": {
    content: `${LABEL}<input id=code name=code maxlength=6>${GO}`,
    steps: async (person) => person.type("4 8 2 9 1 3", "enter"),
    posts: [{ code: "482913" }],
    plain: [{ code: "4 8 2 " }],
  },
  "a pattern of six digits and a backup code": {
    content: `${LABEL}<input id=code name=code pattern="[0-9]{6}">${GO}`,
    steps: async (person) => person.type("48291337", "enter"),
    posts: [{ code: "48291337" }],
    plain: [],
  },
  "minlength and a code with look-alikes": {
    content: `${LABEL}<input id=code name=code minlength=6 maxlength=6 pattern="[0-9]*">${GO}`,
    steps: async (person) => person.type("48291E", "backspace", "3", "enter"),
    posts: [{ code: "482913" }],
  },
  "an input that belongs to the form by its attribute": {
    outside: "<form id=f method=post action=/login/code></form>",
    content: `${LABEL}<input id=code name=code form=f><button id=go form=f>確認する</button>`,
    steps: async (person) => person.type(WIDE, "enter"),
    posts: [{ code: "482913" }],
    plain: [{ code: WIDE }],
  },
  "a form data that a script reads between two submits": {
    form: 'onsubmit="return false"',
    content: LABEL + INPUT + GO,
    steps: async (person) => {
      await person.type("111111", "enter");
      await person.waits(200);
      await person.replaceBy("482913");
      await person.run(() => fetch("/read", { method: "POST", body: new URLSearchParams(new FormData(document.querySelector("form"))) }));
    },
    posts: [{ path: "/read", code: "482913" }],
  },
  "a number with its limits": {
    content: `${LABEL}<input id=code name=code type=number min=0 max=999999>${GO}`,
    steps: async (person) => person.type("482913", "enter"),
    posts: [{ code: "482913" }],
  },
  "a number that begins with zeros and ends in full width": {
    content: `${LABEL}<input id=code name=code type=number>${GO}`,
    steps: async (person) => person.type("0012３４", "enter"),
    posts: [{ code: "001234" }],
    plain: [{ code: "0012" }],
  },
  "a telephone's keyboard": {
    content: `${LABEL}<input id=code name=code type=tel autocomplete=off>${GO}`,
    steps: async (person) => person.type("482-913", "enter"),
    posts: [{ code: "482913" }],
    plain: [{ code: "482-913" }],
  },
  "an input type=submit": {
    content: `${LABEL}${INPUT}<input type=submit id=go value="確認する">`,
    steps: async (person) => {
      await person.type(WIDE);
      await person.press("go");
    },
    posts: [{ code: "482913" }],
    plain: [{ code: WIDE }],
  },
  "a named submit button": {
    content: `${LABEL}${INPUT}<button id=go name=verify value=1>確認する</button>`,
    steps: async (person) => {
      await person.type(WIDE);
      await person.press("go");
    },
    posts: [{ code: "482913", verify: "1" }],
    plain: [{ code: WIDE, verify: "1" }],
  },
  "a label around the input": {
    content: `<label>認証コード ${INPUT}</label>${GO}`,
    steps: async (person) => person.type(WIDE, "enter"),
    posts: [{ code: "482913" }],
    plain: [{ code: WIDE }],
  },
  "a table, as old systems have it": {
    content: `<table><tr><td>${LABEL}</td><td>${INPUT}</td></tr><tr><td></td><td>${GO}</td></tr></table>`,
    steps: async (person) => person.type(WIDE, "enter"),
    posts: [{ code: "482913" }],
    plain: [{ code: WIDE }],
  },
  "hidden fields before and after": {
    content: `<input type=hidden name=csrf value=a1>${LABEL}${INPUT}<input type=hidden name=next value="/in">${GO}`,
    steps: async (person) => person.type("482913", "enter"),
    posts: [{ csrf: "a1", code: "482913", next: "/in" }],
  },
  "a choice of the factor, as Keycloak has it": {
    content: `<input type=radio name=device id=phone value=phone checked><label for=phone>電話</label>
      <input type=radio name=device id=tablet value=tablet><label for=tablet>タブレット</label>
      ${LABEL}<input id=code name=otp autocomplete=off autofocus>${'<input type=submit id=go name=login value="Sign In">'}`,
    steps: async (person) => {
      await person.press("tablet");
      await person.type(WIDE, "enter");
    },
    posts: [{ device: "tablet", otp: "482913", login: "Sign In" }],
    plain: [{ device: "tablet", otp: WIDE, login: "Sign In" }],
  },
  "a password that is asked for too": {
    content: `<label for=password>パスワード</label><input type=password id=password name=password autocomplete=current-password>${LABEL}${INPUT}${GO}`,
    steps: async (person) => person.type("482913", "enter"),
    posts: [{ password: "", code: "482913" }],
  },
  "a wrong step back, as WordPress has it": {
    content: `${LABEL}<input id=code name=authcode inputmode=numeric autocomplete=one-time-code pattern="[0-9 ]*" placeholder="123 456">
      <p><input type=submit id=go name=submit value="Log In"></p>
      <p><input type=submit id=resend name=two-factor-email-code-resend value="Resend Code"></p>`,
    steps: async (person) => {
      await person.type("4829");
      await person.press("resend");
    },
    posts: [{ authcode: "4829", "two-factor-email-code-resend": "Resend Code" }],
  },
  "a step of a wizard, as django-two-factor-auth has it": {
    content: `<input type=hidden name=step value=token>${LABEL}<input id=code name=token-otp_token type=number min=0 max=999999 autofocus autocomplete=one-time-code>
      <input type=submit value="" hidden><button id=back name=wizard_goto_step value=auth>戻る</button>${GO}`,
    steps: async (person) => {
      await person.type("482913");
      await person.press("back");
    },
    posts: [{ step: "token", "token-otp_token": "482913", wizard_goto_step: "auth" }],
  },
  "letters and digits, as recovery codes are": {
    element: "backup=alphanumeric backup-digits=10",
    content: LABEL + INPUT + GO,
    steps: async (person) => person.type("ab12c-de34f", "enter"),
    posts: [{ code: "ab12cde34f" }],
    plain: [{ code: "ab12c-de34f" }],
  },
  "a button that is disabled until six characters are there": {
    head: `<script type=module>
      code.addEventListener("input", () => (go.disabled = code.value.length !== 6));
    </script>`,
    content: `${LABEL}${INPUT}<button id=go disabled>確認する</button>`,
    steps: async (person) => {
      await person.type("482913");
      await person.press("go");
    },
    posts: [{ code: "482913" }],
  },
  "a handler of the site that sends the form itself": {
    head: `<script>
      addEventListener("DOMContentLoaded", () =>
        document.querySelector("form").addEventListener("submit", (event) => {
          event.preventDefault();
          fetch("/own", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
        }));
    </script>`,
    content: LABEL + INPUT + GO,
    steps: async (person) => person.type(WIDE, "enter"),
    posts: [{ path: "/own", code: "482913" }],
    plain: [{ path: "/own", code: WIDE }],
  },
};
