// Your sign-in, which was sent this code. For the tests.
export const check = async (kind, digits) => kind === "code" && digits === "482913";
