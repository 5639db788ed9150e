// The pages. `answer` is an answer of the code step.

const page = (title, body) => `<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="stylesheet" href="/todoita/dist/todoita.css">
<script type="module" src="/todoita/dist/todoita.js"></script>
${body}
</html>`;

export const codePage = (answer) =>
  page(
    "認証コード",
    `<form method="post" action="/login/code">
  <todoita-code backup="none" answers="json"${answer.html()}>
    <label for="code">認証コード</label>
    <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required>
    <button>確認する</button>
  </todoita-code>
</form>`,
  );

export const inPage = page("ログイン", "<h1>ログインしました</h1>");
