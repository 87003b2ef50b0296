import { randomBytes } from "node:crypto";
import type Database from "better-sqlite3";
import { DeskError, ROLES, type Role, type SignedIn, type Token, type User } from "../../desk.js";
import { toBase32 } from "../../identity.js";

interface UserRow {
  name: string;
  role: Role;
  password: string;
  added_at: string;
  seen_at: string | null;
}
interface TokenRow {
  id: string;
  user: string;
  label: string;
  role: Role;
  added_at: string;
  expires_at: string | null;
  used_at: string | null;
}

const toUser = (row: UserRow): User => ({ name: row.name, role: row.role, added: row.added_at, seen: row.seen_at });
const toToken = (row: TokenRow): Token => ({
  id: row.id,
  user: row.user,
  label: row.label,
  role: row.role,
  added: row.added_at,
  expires: row.expires_at,
  used: row.used_at,
});

export const newId = (length = 12): string => toBase32(randomBytes(length), length);
const now = () => new Date().toISOString();

/** Users, sessions, tokens. What writes is called inside a transaction. */
export class Users {
  private readonly sql: ReturnType<typeof statementsOf>;

  constructor(database: Database.Database) {
    this.sql = statementsOf(database);
  }

  all(): User[] {
    return (this.sql.users.all() as UserRow[]).map(toUser);
  }

  one(name: string): (User & { password: string }) | undefined {
    const row = this.sql.user.get(name) as UserRow | undefined;
    return row && { ...toUser(row), password: row.password };
  }

  add({ name, role, password }: { name: string; role: Role; password: string }): User {
    if (this.sql.user.get(name)) throw new DeskError("taken", `there is a user ${name} already`);
    this.sql.add.run(name, role, password, now());
    return toUser(this.sql.user.get(name) as UserRow);
  }

  change(name: string, { role, password }: { role?: Role; password?: string }, keepSession?: string): User {
    const before = this.known(name);
    if (role && role !== "admin") this.leaveAnAdmin(before);
    this.sql.change.run({ name, role: role ?? null, password: password ?? null });
    if (role) for (const token of this.tokens(name)) this.sql.lower.run(lesser(token.role, role), token.id);
    this.sql.endOthers.run(name, keepSession ?? "");
    return toUser(this.sql.user.get(name) as UserRow);
  }

  remove(name: string): void {
    this.leaveAnAdmin(this.known(name));
    this.sql.remove.run(name);
  }

  begin(hash: string, user: string): void {
    this.sql.begin.run(hash, user, now(), now());
    this.sql.seen.run(now(), user);
  }

  session(hash: string): SignedIn | undefined {
    const row = this.sql.session.get(hash) as (UserRow & { made_at: string; used_at: string }) | undefined;
    return row && { user: toUser(row), made: row.made_at, used: row.used_at };
  }

  used(hashes: readonly string[], at: string): void {
    for (const hash of hashes) {
      this.sql.usedSession.run(at, hash);
      this.sql.usedToken.run(at, hash);
      this.sql.usedBy.run({ at, hash });
    }
  }

  end(hash: string): void {
    this.sql.end.run(hash);
  }

  endOld(unusedSince: string, madeBefore: string): void {
    this.sql.endOld.run(unusedSince, madeBefore);
  }

  addToken({ hash, user, label, role, added, expires }: Omit<Token, "id" | "used"> & { hash: string }): Token {
    const id = newId(8);
    this.sql.addToken.run(id, hash, user, label, role, added, expires);
    return { id, user, label, role, added, expires, used: null };
  }

  tokens(user?: string): Token[] {
    return (this.sql.tokens.all(user ?? null, user ?? null) as TokenRow[]).map(toToken);
  }

  token(hash: string): (Token & { userRole: Role }) | undefined {
    const row = this.sql.token.get(hash, now()) as (TokenRow & { user_role: Role }) | undefined;
    return row && { ...toToken(row), userRole: row.user_role };
  }

  removeToken(id: string, user?: string): boolean {
    return this.sql.removeToken.run(id, user ?? null, user ?? null).changes > 0;
  }

  private known(name: string): UserRow {
    const row = this.sql.user.get(name) as UserRow | undefined;
    if (!row) throw new DeskError("unknown", `there is no user ${name}`);
    return row;
  }

  private leaveAnAdmin({ name, role }: UserRow): void {
    if (role === "admin" && this.sql.otherAdmin.get(name) === undefined)
      throw new DeskError("last-admin", `${name} is the last admin`);
  }
}

/** The lesser of two roles. */
export const lesser = (a: Role, b: Role): Role => (ROLES.indexOf(a) < ROLES.indexOf(b) ? a : b);

function statementsOf(database: Database.Database) {
  return {
    users: database.prepare("SELECT * FROM user ORDER BY name"),
    user: database.prepare("SELECT * FROM user WHERE name = ?"),
    otherAdmin: database.prepare("SELECT 1 FROM user WHERE role = 'admin' AND name <> ?"),
    add: database.prepare("INSERT INTO user (name, role, password, added_at) VALUES (?, ?, ?, ?)"),
    change: database.prepare(
      "UPDATE user SET role = coalesce(:role, role), password = coalesce(:password, password) WHERE name = :name",
    ),
    remove: database.prepare("DELETE FROM user WHERE name = ?"),
    seen: database.prepare("UPDATE user SET seen_at = ? WHERE name = ?"),
    begin: database.prepare("INSERT INTO session (hash, user, made_at, used_at) VALUES (?, ?, ?, ?)"),
    session: database.prepare(
      "SELECT user.*, session.made_at, session.used_at FROM session JOIN user ON user.name = session.user WHERE hash = ?",
    ),
    usedSession: database.prepare("UPDATE session SET used_at = ? WHERE hash = ?"),
    usedToken: database.prepare("UPDATE token SET used_at = ? WHERE hash = ?"),
    usedBy: database.prepare(`
      UPDATE user SET seen_at = :at WHERE name IN (
        SELECT user FROM session WHERE hash = :hash UNION ALL SELECT user FROM token WHERE hash = :hash)`),
    end: database.prepare("DELETE FROM session WHERE hash = ?"),
    endOthers: database.prepare("DELETE FROM session WHERE user = ? AND hash <> ?"),
    endOld: database.prepare("DELETE FROM session WHERE used_at < ? OR made_at < ?"),
    addToken: database.prepare(
      "INSERT INTO token (id, hash, user, label, role, added_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ),
    tokens: database.prepare("SELECT * FROM token WHERE ? IS NULL OR user = ? ORDER BY added_at DESC, id"),
    token: database.prepare(`
      SELECT token.*, user.role AS user_role FROM token JOIN user ON user.name = token.user
      WHERE hash = ? AND (expires_at IS NULL OR expires_at > ?)`),
    lower: database.prepare("UPDATE token SET role = ? WHERE id = ?"),
    removeToken: database.prepare("DELETE FROM token WHERE id = ? AND (? IS NULL OR user = ?)"),
  };
}
