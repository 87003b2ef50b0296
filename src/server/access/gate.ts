import { createHash, randomBytes } from "node:crypto";
import { type Desk, ROLES, type Role } from "../../store/index.js";
import { ProblemError } from "../problem.js";
import type { Crew } from "../threads/crew.js";
import { hashPassword, isPassword } from "./password.js";
import { Throttle } from "./throttle.js";

export interface Who {
  readonly name: string;
  readonly role: Role;
  /** How they came in: a session of the browser, a token of a program, or no sign-in at all. */
  readonly by: "session" | "token" | "nobody";
  readonly session?: string;
}

const HOUR_MS = 3_600_000;
/** A session ends when it was not used for so long, or is so old. */
const IDLE_MS = 7 * 24 * HOUR_MS;
const LONGEST_MS = 30 * 24 * HOUR_MS;
/** What was looked up is believed for so long, and uses are written down as seldom. */
const BELIEVED_MS = 5_000;
const WRITTEN_MS = 60_000;

export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");
const isAtLeast = (role: Role, wanted: Role) => ROLES.indexOf(role) >= ROLES.indexOf(wanted);
export const lesser = (a: Role, b: Role): Role => (isAtLeast(a, b) ? b : a);

/** Throws where someone may not what this role may. */
export function demand(who: Who | undefined, wanted: Role): Who {
  if (!who) throw new ProblemError("sign-in");
  if (!isAtLeast(who.role, wanted))
    throw new ProblemError("forbidden", `this takes the role ${wanted}; ${who.name} is ${who.role}`);
  return who;
}

/** Who comes in. Secrets are kept as hashes only. */
export class Gate {
  private readonly throttle = new Throttle();
  private readonly known = new Map<string, { readonly who: Who | undefined; readonly at: number }>();
  private readonly used = new Set<string>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly desk: Desk,
    private readonly crew: Crew,
  ) {
    this.timer = setInterval(() => void this.writeUses().catch(() => undefined), WRITTEN_MS);
    this.timer.unref();
  }

  /** Who has this session. */
  async bySession(secret: string): Promise<Who | undefined> {
    return this.believed(hashOf(secret), async (hash) => {
      const found = await this.desk.session(hash);
      if (!found) return undefined;
      const now = Date.now();
      if (now - Date.parse(found.used) > IDLE_MS || now - Date.parse(found.made) > LONGEST_MS) return undefined;
      return { name: found.user.name, role: found.user.role, by: "session", session: hash };
    });
  }

  async byToken(secret: string): Promise<Who | undefined> {
    return this.believed(hashOf(secret), async (hash) => {
      const found = await this.desk.token(hash);
      return found && { name: found.user, role: lesser(found.role, found.userRole), by: "token" };
    });
  }

  private async believed(hash: string, find: (hash: string) => Promise<Who | undefined>): Promise<Who | undefined> {
    const known = this.known.get(hash);
    if (known && Date.now() - known.at < BELIEVED_MS) return known.who;
    const who = await find(hash);
    if (this.known.size > 10_000) this.known.clear();
    this.known.set(hash, { who, at: Date.now() });
    if (who) this.used.add(hash);
    return who;
  }

  /** Whoever was looked up before is looked up again: users or sessions have changed. */
  forget(): void {
    this.known.clear();
  }

  /** Signs in; returns the session's secret. Throws `too-many` and `sign-in`, which does not tell what was wrong. */
  async signIn(name: string, password: string, address: string): Promise<string> {
    const keys = [`name ${name.toLowerCase()}`, `address ${address}`];
    const wait = this.throttle.waitFor(...keys);
    if (wait > 0) throw new ProblemError("too-many", `wait ${wait} s`, { retryAfter: wait });
    const user = await this.desk.user(name);
    // counted before it is known: many tries at once are many
    this.throttle.failed(...keys);
    if (!(await isPassword(password, user?.password)))
      throw new ProblemError("sign-in", "the name or the password is wrong");
    this.throttle.succeeded(...keys);
    const secret = randomBytes(32).toString("base64url");
    await this.crew.json("beginSession", { hash: hashOf(secret), user: name });
    const now = Date.now();
    await this.crew.json("endSessions", {
      unused: new Date(now - IDLE_MS).toISOString(),
      made: new Date(now - LONGEST_MS).toISOString(),
    });
    return secret;
  }

  async signOut(who: Who): Promise<void> {
    if (who.session) await this.crew.json("endSession", { hash: who.session });
    this.forget();
  }

  /** Throws `forbidden` where the old password is wrong. */
  async setPassword(who: Who, old: string, password: string): Promise<void> {
    const key = `name ${who.name.toLowerCase()}`;
    const wait = this.throttle.waitFor(key);
    if (wait > 0) throw new ProblemError("too-many", `wait ${wait} s`, { retryAfter: wait });
    const user = await this.desk.user(who.name);
    if (!(await isPassword(old, user?.password))) {
      this.throttle.failed(key);
      throw new ProblemError("forbidden", "the old password is wrong");
    }
    const keep = who.session === undefined ? {} : { keep: who.session };
    await this.crew.json("changeUser", { name: who.name, change: { password: await hashPassword(password) }, ...keep });
    this.forget();
  }

  private async writeUses(): Promise<void> {
    const hashes = [...this.used];
    this.used.clear();
    if (hashes.length > 0) await this.crew.json("used", { hashes, at: new Date().toISOString() });
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.writeUses().catch(() => undefined);
  }
}
