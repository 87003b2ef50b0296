import { execFile } from "node:child_process";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(program, args, { env: { ...process.env, ...env }, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    );
  });

export const CLI = `${process.execPath} dist/cli/main.js`;

/** Runs the built command line; `npm run build` comes before. */
export const jianbao = (args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran> =>
  run(process.execPath, ["dist/cli/main.js", ...args], env);

export const shell = (script: string): Promise<Ran> => run("sh", ["-c", script]);

/** Runs a script as root of a mount namespace of its own. */
export const apart = (script: string): Promise<Ran> => run("unshare", ["-rm", "sh", "-c", script]);

/** Whether this machine lets us mount: containers often do not. */
export const canMount = async (): Promise<boolean> => (await apart("mount -t tmpfs -o size=1m tmpfs /mnt")).code === 0;
