// What is yours: a sign-in that was sent this code. For the tests.
export const check = async (kind, digits) => kind === "code" && digits === "482913";
