import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { type Command, Option } from "commander";
import { toTable } from "../export/table.js";
import { type Desk, DeskError, openSqliteHouse, ROLES, type Role } from "../store/index.js";
import { EXIT, err, out, UsageError, withStore } from "./common.js";

interface Options {
  store: string;
  role?: Role;
}

export function userCommand(program: Command): void {
  const user = program.command("user").description("who may sign in to jianbao serve");
  const role = () => new Option("--role <role>", "reader, reviewer or admin").choices([...ROLES]);
  const command = (name: string, about: string, example: string) =>
    withStore(user.command(name).description(about)).addHelpText("after", `\nExample:\n  $ jianbao user ${example}`);
  command(
    "add",
    "add a user, or change one's role or password; asks for the password, or reads a line of standard input",
    "add 王芳 --role admin",
  )
    .argument("<name>")
    .addOption(role())
    .action((name: string, options: Options) => at(options, (desk) => add(desk, name, options.role)));
  command("remove", "remove a user; their decisions stay", "remove 王芳")
    .argument("<name>")
    .action((name: string, options: Options) =>
      at(options, async (desk) => {
        await desk.removeUser(name);
        err(`removed ${name}`);
      }),
    );
  command("list", "list users", "list").action((options: Options) => at(options, list));
  command(
    "token",
    "make a token for programs (Authorization: Bearer …); printed this once",
    "token 王芳 --role reader --label notebook",
  )
    .argument("<name>")
    .addOption(role())
    .option("--label <text>", "what it is for", "command line")
    .option("--days <number>", "how long it holds; for ever where it is not given")
    .action((name: string, options: Options & { label: string; days?: string }) =>
      at(options, (desk) => token(desk, name, options)),
    );
}

async function at(options: Options, work: (desk: Desk) => Promise<void>): Promise<void> {
  const { store, desk } = await openSqliteHouse(options.store);
  try {
    await work(desk);
  } catch (cause) {
    if (cause instanceof DeskError) throw new UsageError(cause.message);
    throw cause;
  } finally {
    await store.close();
  }
}

async function add(desk: Desk, name: string, role: Role | undefined): Promise<void> {
  const { UserName } = await import("../server/contract/index.js");
  const { hashPassword } = await import("../server/access/password.js");
  if (UserName.safeParse(name).data !== name)
    throw new UsageError(`'${name}' is no name: up to 40 characters, none of < > & " / \\`);
  const password = await askPassword(`password of ${name}: `);
  if (password.length < 10) throw new UsageError("a password has at least 10 characters");
  const hash = await hashPassword(password);
  if (await desk.user(name)) {
    await desk.changeUser(name, { password: hash, ...(role ? { role } : {}) });
    err(`changed ${name}; their sessions ended`);
    return;
  }
  // somebody has to be able to let the others in
  const isFirst = (await desk.users()).length === 0;
  const given = role ?? (isFirst ? "admin" : "reviewer");
  if (isFirst && given !== "admin") throw new UsageError("the first user is an admin: --role admin");
  await desk.addUser({ name, role: given, password: hash });
  err(`added ${name}, ${given}`);
}

async function list(desk: Desk): Promise<void> {
  const users = await desk.users();
  if (users.length === 0) out("no users");
  else
    out(
      toTable(
        [{ title: "name" }, { title: "role" }, { title: "added" }, { title: "seen" }],
        users.map(({ name, role, added, seen }) => [name, role, added.slice(0, 10), seen?.slice(0, 16) ?? "–"]),
      ),
    );
}

async function token(
  desk: Desk,
  name: string,
  { role, label, days }: { role?: Role; label: string; days?: string },
): Promise<void> {
  const user = await desk.user(name);
  if (!user) throw new UsageError(`there is no user ${name}`);
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days)) throw new UsageError("--days takes a whole number");
  const { hashOf, lesser } = await import("../server/access/gate.js");
  const secret = `jb_${randomBytes(32).toString("base64url")}`;
  await desk.addToken({
    ...{ hash: hashOf(secret), user: name, label, role: lesser(role ?? user.role, user.role) },
    added: new Date().toISOString(),
    expires: days === undefined ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString(),
  });
  out(secret);
  process.exitCode = EXIT.well;
}

/** Asks on a terminal without showing what is typed; elsewhere reads a line. Never an argument: others see those. */
async function askPassword(question: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    const lines = createInterface({ input: stdin });
    for await (const line of lines) return line;
    return "";
  }
  stderr.write(question);
  stdin.setRawMode(true);
  try {
    return await typed();
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write("\n");
  }
}

const ENTER = /[\r\n\u0004]/;

/** What is typed up to Enter; Backspace takes a character back, Ctrl-C ends. */
function typed(): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const on = (chunk: Buffer) => {
      for (const char of chunk.toString("utf8")) {
        if (char === "\u0003") process.exit(130);
        if (ENTER.test(char)) {
          process.stdin.off("data", on);
          resolve(text);
          return;
        }
        text = char === "\u007f" || char === "\b" ? [...text].slice(0, -1).join("") : text + char;
      }
    };
    process.stdin.on("data", on);
  });
}
