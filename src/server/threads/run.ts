import { CursorError, DeskError } from "../../store/index.js";
import { type ProblemBody, ProblemError } from "../problem.js";
import type { Room } from "../services/room.js";
import { TASKS, type TaskName } from "./tasks.js";

/** What crosses from one thread to another. */
export interface Order {
  readonly id: number;
  readonly task: TaskName;
  readonly input: unknown;
}
export type Answer =
  | { readonly id: number; readonly json: string }
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly problem: ProblemBody }
  | { readonly id: number; readonly crash: string };

/** Does one task; whatever goes wrong is an answer, too. JSON is made here, so that the thread that serves need not. */
export async function answer(room: Room, { id, task, input }: Order): Promise<Answer> {
  try {
    const run = TASKS[task] as (room: Room, input: unknown) => Promise<unknown>;
    const result = await run(room, input);
    return result instanceof Uint8Array ? { id, bytes: result } : { id, json: JSON.stringify(result ?? null) };
  } catch (cause) {
    const problem = toProblem(cause);
    return problem ? { id, problem: problem.body } : { id, crash: (cause as Error).stack ?? String(cause) };
  }
}

const DESK: Readonly<Record<DeskError["code"], "conflict" | "not-found">> = {
  taken: "conflict",
  "last-admin": "conflict",
  unknown: "not-found",
};

function toProblem(cause: unknown): ProblemError | undefined {
  if (cause instanceof ProblemError) return cause;
  if (cause instanceof CursorError) return new ProblemError("bad-request", cause.message);
  if (cause instanceof DeskError) return new ProblemError(DESK[cause.code], cause.message);
  return undefined;
}
