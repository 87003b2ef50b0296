import { SingleBar } from "cli-progress";
import type { Command } from "commander";
import { type Copied, care } from "../store/index.js";
import { out, withStore } from "./common.js";

export function backupCommand(program: Command): void {
  withStore(program.command("backup").description("copy a store to a file, while others read and write it"))
    .argument("<file>", "the copy")
    .option("--force", "replace a file that is there")
    .addHelpText(
      "after",
      "\nThe copy is the store as it was when it began. It is checked before it gets its name; its SHA-256 lies beside it.\n\nExample:\n  $ jianbao backup backups/henan-2026-11.db --store henan.db",
    )
    .action(async (file: string, options: { store: string; force?: boolean }) => {
      const progress = new PageProgress();
      const copied = await care
        .backUp(options.store, file, { force: options.force ?? false, onProgress: progress.update })
        .finally(progress.stop);
      out(`${options.store} → ${file}: ${described(copied)}`);
    });
}

export function restoreCommand(program: Command): void {
  withStore(program.command("restore").description("put a backup in the place of a store"))
    .argument("<backup>", "what jianbao backup wrote")
    .option("--force", "also where a store is: it is kept under another name")
    .addHelpText("after", "\nExample:\n  $ jianbao restore backups/henan-2026-11.db --store henan.db --force")
    .action(async (backup: string, options: { store: string; force?: boolean }) => {
      const restored = await care.restore(backup, options.store, { force: options.force ?? false });
      out(`${backup} → ${options.store}: ${described(restored)}`);
      if (restored.before) out(`the store that was there is ${restored.before} now`);
    });
}

const described = ({ bytes, sha256, counts }: Copied): string =>
  `${bytes} bytes, ${counts["clipping"] ?? 0} clippings, ${counts["decision"] ?? 0} decisions, sound, SHA-256 ${sha256}`;

/** A bar on a terminal, nothing elsewhere. */
class PageProgress {
  private readonly bar = process.stderr.isTTY
    ? new SingleBar({
        format: "{bar} {value}/{total} pages  {eta} s left",
        stream: process.stderr,
        clearOnComplete: true,
      })
    : undefined;
  private isBegun = false;

  readonly update = (done: number, total: number): void => {
    if (!this.isBegun) this.bar?.start(total, done);
    this.isBegun = true;
    this.bar?.update(done);
  };

  readonly stop = (): void => this.bar?.stop();
}
