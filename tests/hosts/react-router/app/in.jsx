export default function In() {
  return <h1>ログインしました</h1>;
}
