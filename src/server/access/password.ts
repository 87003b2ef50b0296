import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** OWASP's setting for scrypt of 2024: 32 MB a check. */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
const LENGTH = 32;
/** Checks that run at once: each takes memory and a thread of the pool, and anyone may ask for one. */
const AT_ONCE = 2;

let running = 0;
const line: (() => void)[] = [];

/** Runs work when a place is free. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => line.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    line.shift()?.();
  }
}

const derive = (password: string, salt: Buffer, { N, r, p }: { N: number; r: number; p: number }): Promise<Buffer> =>
  inTurn(
    () =>
      new Promise((resolve, reject) => {
        const options = { N, r, p, maxmem: 256 * N * r };
        // NFKC: the same password typed on two systems is one
        scrypt(password.normalize("NFKC"), salt, LENGTH, options, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );

/** `scrypt$N$r$p$salt$key`, so that the setting can change without ending what is kept. */
export async function hashPassword(
  password: string,
  cost: { N: number; r: number; p: number } = COST,
): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** Whether a password is the one of a hash. Takes as long where there is no hash, so that names cannot be told by time. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = "", key = ""] = (hash ?? (await nobody())).split("$");
  const wanted = Buffer.from(key, "base64url");
  const made = await derive(password, Buffer.from(salt, "base64url"), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(made, wanted) && hash !== undefined;
}

let none: Promise<string> | undefined;
const nobody = (): Promise<string> => {
  none ??= hashPassword(randomBytes(16).toString("hex"));
  return none;
};
