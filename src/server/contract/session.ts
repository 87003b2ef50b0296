import { z } from "zod";
import { Kind } from "./common.js";

/** A reader sees all and changes nothing; a reviewer decides, comments, uploads; an admin sets up. */
export const Role = z.enum(["reader", "reviewer", "admin"]);
export type Role = z.infer<typeof Role>;
export const UserName = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{C}\p{Z}<>&"'/\\][^\p{C}<>&"/\\]*$/u, 'no control characters, no < > & " / \\');
const Password = z.string().min(10).max(200);

/** `signIn` is `none` on loopback without users: everyone is an admin, under a name of their own choice. */
export const Session = z
  .object({
    signIn: z.enum(["none", "password"]),
    user: z.object({ name: z.string(), role: Role }).nullable(),
    version: z.string(),
    limits: z.object({
      fileBytes: z.int(),
      files: z.int().describe("of one upload"),
      kinds: z.array(Kind),
    }),
  })
  .meta({ id: "Session" });
export type Session = z.infer<typeof Session>;

export const SignInInput = z
  .strictObject({ name: z.string().max(80), password: z.string().max(200) })
  .meta({ id: "SignInInput" });
/** Only where `signIn` is `none`. */
export const NameInput = z.strictObject({ name: UserName }).meta({ id: "NameInput" });
export const PasswordInput = z.strictObject({ old: z.string().max(200), new: Password }).meta({ id: "PasswordInput" });

export const User = z
  .object({ name: z.string(), role: Role, added: z.string(), lastSeen: z.string().nullable() })
  .meta({ id: "User" });
export type User = z.infer<typeof User>;
export const UserList = z.object({ items: z.array(User) }).meta({ id: "UserList" });
export const UserInput = z.strictObject({ name: UserName, password: Password, role: Role }).meta({ id: "UserInput" });
export const UserChange = z.strictObject({ role: Role, password: Password }).partial().meta({ id: "UserChange" });

/** For programs: `Authorization: Bearer <token>`; needs no `x-jianbao` header. */
export const Token = z
  .object({
    id: z.string(),
    user: z.string(),
    label: z.string(),
    role: Role,
    added: z.string(),
    expires: z.string().nullable(),
    lastUsed: z.string().nullable(),
  })
  .meta({ id: "Token" });
export type Token = z.infer<typeof Token>;
export const TokenList = z.object({ items: z.array(Token) }).meta({ id: "TokenList" });
export const TokenInput = z
  .strictObject({
    label: z.string().trim().min(1).max(80),
    role: Role.optional().describe("at most one's own, which it is where it is not given"),
    days: z.int().min(1).max(3650).optional().describe("for ever where it is not given"),
  })
  .meta({ id: "TokenInput" });
/** 201. `token` is told this once; only its hash is kept. */
export const TokenReply = z.object({ token: z.string(), info: Token }).meta({ id: "TokenReply" });
