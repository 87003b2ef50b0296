import { expect, test } from "vitest";
import { Memo } from "../../src/server/http/memo.js";

/** A memo with a clock and a store of its own; `make` counts up and takes `cost` milliseconds. */
function madeMemo(cost: number) {
  const state = { now: 0, stamp: 1, made: 0 };
  const memo = new Memo(
    () => state.stamp,
    () => state.now,
  );
  const make = async () => {
    state.now += cost;
    return String(++state.made);
  };
  return { state, memo, get: async (keeping = {}) => (await memo.get("key", make, keeping)).text };
}

test("an answer is kept until something changes", async () => {
  const { get, memo } = madeMemo(10);
  expect([await get(), await get()]).toEqual(["1", "1"]);
  memo.changed(["a"]);
  expect(await get()).toBe("2");
  expect(await get({ of: ["b"] })).not.toBe("1");
});

test("what a change does not touch stays", async () => {
  const { get, memo } = madeMemo(10);
  const of = ["problem.collected"];
  expect(await get({ of })).toBe("1");
  memo.changed(["fund.loan"]);
  expect(await get({ of })).toBe("1");
  memo.changed(["problem.collected"]);
  expect(await get({ of })).toBe("2");
  memo.changed();
  expect(await get({ of })).toBe("3");
});

test("what others wrote is seen after a moment; what this server wrote, it says itself", async () => {
  const { get, memo, state } = madeMemo(10);
  await get();
  state.stamp++;
  memo.wrote();
  state.now += 60_000;
  expect(await get()).toBe("1");
  state.stamp++;
  expect(await get()).toBe("2");
});

test("a count that takes long is told late while it is made anew, one that is quick never", async () => {
  const slow = madeMemo(500);
  await slow.get({ lateMs: 60_000 });
  slow.memo.changed();
  slow.state.now += 1000;
  expect(await slow.get({ lateMs: 60_000 })).toBe("1");
  await new Promise((resolve) => setTimeout(resolve));
  expect(await slow.get({ lateMs: 60_000 })).toBe("2");
  const quick = madeMemo(5);
  await quick.get({ lateMs: 60_000 });
  quick.memo.changed();
  expect(await quick.get({ lateMs: 60_000 })).toBe("2");
});

test("many who ask at once wait for one answer, and a failure is not kept", async () => {
  const { memo } = madeMemo(0);
  let made = 0;
  const make = async () => {
    made++;
    if (made === 1) throw new Error("first");
    return "x";
  };
  const first = await Promise.allSettled([memo.get("a", make), memo.get("a", make)]);
  expect(first.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(made).toBe(1);
  expect((await memo.get("a", make)).text).toBe("x");
});
