// The pages. `refusal` is the result of `check`, or nothing. The values are names and numbers, never a person's input.

const page = (title, body) => `<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="stylesheet" href="/todoita/dist/todoita.css">
<script type="module" src="/todoita/dist/todoita.js"></script>
${body}
</html>`;

const attribute = (name, value) => (value === undefined ? "" : ` ${name}="${value}"`);
const instant = (time) => time && new Date(time).toISOString();

export const codePage = (refusal = {}) =>
  page(
    "確認コード",
    `<form method="post" action="/login/code">
  <todoita-code channel="app" backup="none" answers="json"${attribute("cause", refusal.cause)}${attribute("attempts-left", refusal.attemptsLeft)}${attribute("now", instant(refusal.now ?? Date.now()))}${attribute("retry-at", instant(refusal.retryAt))}>
    <label for="code">確認コード</label>
    <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required>
    <button>確認する</button>
  </todoita-code>
</form>`,
  );

export const inPage = page("ログイン", "<h1>ログインしました</h1>");
