import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { type Flow, inOrder } from "../../src/batch/in-order.js";
import { Rate, timeLeft } from "../../src/batch/progress.js";

const flow: Flow = { active: 4, bytes: 100, batch: 3, batchMs: 5 };
const signal = new AbortController().signal;

async function* numbers(count: number, onRead = (_: number) => {}) {
  for (let number = 0; number < count; number++) {
    onRead(number);
    yield number;
  }
}

test("results come in the order of the source, however long each takes", async () => {
  const taken: number[] = [];
  const work = async (number: number) => {
    await sleep((number * 7) % 11);
    return number;
  };
  await inOrder(numbers(40), work, async (results) => void taken.push(...results), { flow, sizeOf: () => 1, signal });
  expect(taken).toEqual([...Array(40).keys()]);
});

test("no more is read and held than the flow allows", async () => {
  let read = 0;
  let taken = 0;
  let most = 0;
  const work = async (number: number) => {
    most = Math.max(most, read - taken);
    await sleep(1);
    return number;
  };
  const take = async (results: readonly number[]) => {
    await sleep(5);
    taken += results.length;
  };
  const source = numbers(60, () => {
    read++;
  });
  await inOrder(source, work, take, { flow: { ...flow, active: 50 }, sizeOf: () => 10, signal });
  expect(taken).toBe(60);
  expect(most).toBeLessThanOrEqual(12);
});

test("stopped, what comes before the first that is given up is handed over", async () => {
  const stop = new AbortController();
  const taken: number[] = [];
  const work = async (number: number, ending: AbortSignal) => {
    if (number === 7) stop.abort();
    await sleep(number === 3 ? 20 : 1);
    return number > 5 && ending.aborted ? undefined : number;
  };
  await inOrder(numbers(100), work, async (results) => void taken.push(...results), {
    ...{ flow, sizeOf: () => 1, signal: stop.signal },
  });
  expect(taken).toEqual([0, 1, 2, 3, 4, 5].slice(0, taken.length));
});

test.each(["source", "work", "take"])("an error of %s ends it", async (where) => {
  async function* source() {
    yield 1;
    if (where === "source") throw new Error("source");
    yield 2;
  }
  const fail = async (here: string) => {
    if (where === here) throw new Error(here);
    return 1;
  };
  const running = inOrder(
    source(),
    () => fail("work"),
    async () => void (await fail("take")),
    {
      ...{ flow, sizeOf: () => 1, signal },
    },
  );
  await expect(running).rejects.toThrow(where);
});

test("time left follows the rate of late", () => {
  const rate = new Rate();
  for (const [done, at] of [
    [0, 0],
    [1000, 1],
    [1010, 40],
    [1040, 50],
  ] as const)
    rate.mark(done, at);
  expect(rate.perSecond).toBeCloseTo(3);
  expect(timeLeft(90, 3)).toBe("30 s");
  expect(timeLeft(7384, 1)).toBe("2 h 3 min");
  expect(timeLeft(10, 0)).toBe("");
});
