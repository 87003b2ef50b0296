import type { Decision, Meaning } from "./decision.js";

/** A reader sees all and changes nothing; a reviewer decides; an admin sets up. */
export const ROLES = ["reader", "reviewer", "admin"] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  readonly name: string;
  readonly role: Role;
  readonly added: string;
  readonly seen: string | null;
}

export interface Token {
  readonly id: string;
  readonly user: string;
  readonly label: string;
  readonly role: Role;
  readonly added: string;
  readonly expires: string | null;
  readonly used: string | null;
}

export interface SignedIn {
  readonly user: User;
  /** ISO 8601. */
  readonly made: string;
  readonly used: string;
}

export interface Comment {
  readonly id: string;
  readonly clipping: string;
  readonly figure: string | null;
  readonly author: string;
  readonly text: string;
  readonly link: string | null;
  readonly at: string;
}

/** What a second reviewer says, who did not see what the first decided. */
export interface Opinion {
  readonly id: string;
  readonly clipping: string;
  readonly figure: string;
  /** The decision it stands beside. */
  readonly decision: string;
  readonly reviewer: string;
  readonly kind: "accept" | "correct" | "reject";
  readonly is: Meaning;
  readonly reason: string | null;
  readonly at: string;
  readonly agrees: boolean;
}

export interface Upload {
  readonly clipping: string;
  readonly name: string;
  readonly bytes: number;
  readonly by: string;
  readonly at: string;
}

/** What is asked for cannot be done as things are: the name is taken, the last admin would go, another opinion is there. */
export class DeskError extends Error {
  constructor(
    readonly code: "taken" | "unknown" | "last-admin",
    detail: string,
  ) {
    super(detail);
  }
}

/**
 * Who works with a store, and what they say beside decisions. Secrets come
 * hashed: this port never sees a password, a cookie or a token.
 */
export interface Desk {
  users(): Promise<readonly User[]>;
  user(name: string): Promise<(User & { readonly password: string }) | undefined>;
  /** Throws DeskError `taken`. */
  addUser(user: { name: string; role: Role; password: string }): Promise<User>;
  /** Ends the user's sessions; of a role that goes down, tokens go down with it. Throws DeskError `unknown`, `last-admin`. */
  changeUser(name: string, change: { role?: Role; password?: string }, keepSession?: string): Promise<User>;
  /** With sessions and tokens; what they decided stays. Throws DeskError `unknown`, `last-admin`. */
  removeUser(name: string): Promise<void>;

  beginSession(hash: string, user: string): Promise<void>;
  session(hash: string): Promise<SignedIn | undefined>;
  /** Notes that sessions and tokens were used, with the users whose they are. */
  used(hashes: readonly string[], at: string): Promise<void>;
  endSession(hash: string): Promise<void>;
  /** Those not used since, or made before. */
  endSessions(unusedSince: string, madeBefore: string): Promise<void>;

  addToken(token: Omit<Token, "id" | "used"> & { hash: string }): Promise<Token>;
  tokens(user?: string): Promise<readonly Token[]>;
  /** By its hash; undefined where it is unknown or past its day. */
  token(hash: string): Promise<(Token & { readonly userRole: Role }) | undefined>;
  /** False where there is none. */
  removeToken(id: string, user?: string): Promise<boolean>;

  /** Throws DeskError `unknown` where the clipping is not there. */
  addComment(comment: Omit<Comment, "id" | "at">): Promise<Comment>;
  /** Newest first; `before`: the comments older than the one with this id. */
  comments(
    of: { readonly figure?: string; readonly clipping?: string },
    limit: number,
    before?: string,
  ): Promise<readonly Comment[]>;

  /** Throws DeskError `taken` where the decision has one already. */
  addOpinion(opinion: Omit<Opinion, "id" | "at">): Promise<Opinion>;
  opinions(figure: string): Promise<readonly Opinion[]>;
  /** Of all decisions, with those; oldest first. */
  opinionPairs(): Promise<readonly { readonly first: Decision; readonly second: Opinion; readonly open: boolean }[]>;

  setting(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;

  addUploads(uploads: readonly Omit<Upload, "at">[]): Promise<void>;
  /** Names that these bytes were uploaded under, newest first, by clipping. */
  uploadNames(clippings: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
