// The field with a client of better-auth: what is right compiles, and what is wrong does not.

import { connect } from "todoita/better-auth";

declare const call: (body: { code: string }) => Promise<{ data: unknown; error: { status: number; code?: string } | null }>;
declare const field: import("todoita").TodoitaCodeElement;
const clientOfBetterAuth = { twoFactor: { verifyTotp: call, verifyOtp: call, verifyBackupCode: call, sendOtp: call } };
const disconnect: () => void = connect(field, clientOfBetterAuth, { trustDevice: "remember", location: "/in", start: "/login" });
disconnect();
connect(field, clientOfBetterAuth, { plugin: "emailOTP", email: "hana@example.com", codeLife: 300_000 });
// @ts-expect-error codes by mail have an address
connect(field, clientOfBetterAuth, { plugin: "emailOTP" });
// @ts-expect-error no such plugin
connect(field, clientOfBetterAuth, { plugin: "passkey" });
