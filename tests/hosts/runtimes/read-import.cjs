async function main() {
  const { readCode, verifyTotp } = await import("todoita/node");

  const { digits } = readCode(process.argv[2]);
  console.log(digits, verifyTotp(process.argv[3], digits, 1_111_111_109_000).ok);
}

main();
