import type { Role, Token } from "../../store/index.js";
import type * as contract from "../contract/index.js";
import { agreement } from "../services/agreement.js";
import * as clippings from "../services/clippings.js";
import * as compare from "../services/compare.js";
import * as figures from "../services/figures.js";
import { findings } from "../services/findings.js";
import * as names from "../services/names.js";
import * as overview from "../services/overview.js";
import * as review from "../services/review.js";
import type { Room } from "../services/room.js";
import * as source from "../services/source.js";

/** Whatever only reads the store: any number of threads. */
export const READ = {
  figures: figures.figures,
  figureCount: figures.figureCount,
  figure: figures.figure,
  history: figures.history,
  decisions: figures.decisions,
  comments: figures.comments,
  clippings: clippings.clippings,
  clipping: clippings.clipping,
  pages: clippings.pages,
  text: clippings.text,
  sourcePath: (room: Room, { id }: { id: string }) => source.located(room, id),
  next: review.next,
  queue: review.queue,
  progress: review.progress,
  settings: review.settings,
  secondNext: review.secondNext,
  disagreements: review.disagreements,
  agreement,
  compare: compare.compare,
  series: compare.series,
  drawn: compare.drawn,
  findings,
  search: names.search,
  regions: names.regions,
  region: names.region,
  regionCounts: names.regionCounts,
  regionTree: names.regionTree,
  indicators: names.indicators,
  periods: names.periods,
  overview: overview.overview,
  coverage: overview.coverage,
  accuracy: overview.accuracy,
  failures: overview.failures,
  failedPaths: overview.failedPaths,
  users: async ({ desk }: Room) => ({ items: (await desk.users()).map(toUser) }),
  tokens: async ({ desk }: Room, { user }: { user?: string }) => ({ items: (await desk.tokens(user)).map(toToken) }),
} as const;

/** What looks at much of the store, or draws: what is quick does not wait behind it. */
export const HEAVY: ReadonlySet<TaskName> = new Set<TaskName>([
  "figureCount",
  "progress",
  "compare",
  "series",
  "drawn",
  "findings",
  "regionCounts",
  "indicators",
  "overview",
  "coverage",
  "accuracy",
  "agreement",
  "disagreements",
  "failures",
  "failedPaths",
  "search",
]);

/** Whatever writes: one thread, one after another. */
export const WRITE = {
  decide: review.decide,
  second: review.second,
  changeSettings: review.changeSettings,
  changeClipping: clippings.changeClipping,
  comment: (room: Room, comment: Parameters<Room["desk"]["addComment"]>[0]) => room.desk.addComment(comment),
  settle: (room: Room, { places }: { places: number }) => room.lists.settle(places),
  addUploads: (room: Room, uploads: Parameters<Room["desk"]["addUploads"]>[0]) => room.desk.addUploads(uploads),
  addUser: async (room: Room, user: { name: string; role: Role; password: string }) =>
    toUser(await room.desk.addUser(user)),
  changeUser: async (
    room: Room,
    { name, change, keep }: { name: string; change: { role?: Role; password?: string }; keep?: string },
  ) => toUser(await room.desk.changeUser(name, change, keep)),
  removeUser: (room: Room, { name }: { name: string }) => room.desk.removeUser(name),
  beginSession: (room: Room, { hash, user }: { hash: string; user: string }) => room.desk.beginSession(hash, user),
  endSession: (room: Room, { hash }: { hash: string }) => room.desk.endSession(hash),
  endSessions: (room: Room, { unused, made }: { unused: string; made: string }) => room.desk.endSessions(unused, made),
  used: (room: Room, { hashes, at }: { hashes: string[]; at: string }) => room.desk.used(hashes, at),
  addToken: async (room: Room, token: Parameters<Room["desk"]["addToken"]>[0]) =>
    toToken(await room.desk.addToken(token)),
  removeToken: (room: Room, { id, user }: { id: string; user?: string }) => room.desk.removeToken(id, user),
} as const;

/** Whatever opens the bytes of clippings, which come from anywhere: a process that can be ended. */
export const SOURCE = {
  normal: source.normal,
  pageImage: source.pageImage,
  figureImage: source.figureImage,
  pageLayout: source.pageLayout,
  locate: source.locate,
} as const;

export const TASKS = { ...READ, ...WRITE, ...SOURCE } as const;

type Tasks = typeof TASKS;
export type TaskName = keyof Tasks;
export type Input<K extends TaskName> = Parameters<Tasks[K]> extends [unknown, infer I, ...unknown[]] ? I : undefined;
export type Output<K extends TaskName> = Awaited<ReturnType<Tasks[K]>>;

const toUser = ({
  name,
  role,
  added,
  seen,
}: {
  name: string;
  role: Role;
  added: string;
  seen: string | null;
}): contract.User => ({
  ...{ name, role, added },
  lastSeen: seen,
});
const toToken = ({ id, user, label, role, added, expires, used }: Token): contract.Token => ({
  ...{ id, user, label, role, added, expires },
  lastUsed: used,
});
