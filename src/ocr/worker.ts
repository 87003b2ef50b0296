/** The program of a pool's child process: reads one page after the other until its parent goes. */
import { OcrError, type OcrPage } from "./index.js";
import { type EngineChoice, engineOf } from "./open.js";

export interface Question {
  readonly image: Uint8Array;
  readonly dpi: number;
}

/** `bytes`: what the process holds in memory. */
export type Answer = { readonly bytes: number } & (
  | { readonly page: OcrPage }
  | { readonly reason: OcrError["reason"] | "failed"; readonly detail: string }
);

const choice = JSON.parse(process.argv[2] ?? "{}") as EngineChoice;
const engine = engineOf(choice);
engine.catch(() => undefined);

process.on("disconnect", () => process.exit());
// Ctrl-C is for the parent, which lets pages in hand end
process.on("SIGINT", () => undefined);

process.on("message", (question: Question) => {
  void answerTo(question).then((answer) => process.send?.(answer));
});

async function answerTo({ image, dpi }: Question): Promise<Answer> {
  try {
    const page = await (await engine).read(image, { dpi });
    return { bytes: process.memoryUsage().rss, page };
  } catch (cause) {
    const bytes = process.memoryUsage().rss;
    if (cause instanceof OcrError) return { bytes, reason: cause.reason, detail: cause.message };
    return { bytes, reason: "failed", detail: (cause as Error).message ?? String(cause) };
  }
}
