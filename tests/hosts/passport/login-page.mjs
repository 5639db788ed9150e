export const passwordPage = (failed) => `<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>ログイン</title>
<form method="post" action="/login">
  ${failed ? '<p role="alert">名前かパスワードがちがいます。</p>' : ""}
  <p><label for="name">名前</label> <input id="name" name="name" autocomplete="username" required></p>
  <p><label for="password">パスワード</label> <input id="password" name="password" type="password" autocomplete="current-password" required></p>
  <button>次へ</button>
</form>
</html>`;
