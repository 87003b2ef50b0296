import { expect, test } from "vitest";
import { confidenceModel, confidenceOf, contributionsOf } from "../../src/check/confidence.js";

const model = { intercept: 1, weights: { a: 2, b: -1 }, prior: { intercept: 0, weights: {} } };

test("the contributions add up to the confidence, the strongest first", () => {
  const features = new Map([
    ["b", 2],
    ["a", 1.5],
    ["unheard of", 1],
  ]);
  const parts = contributionsOf(features, model);
  expect(parts).toEqual([
    { feature: "a", odds: 3 },
    { feature: "b", odds: -2 },
    { feature: "base", odds: 1 },
  ]);
  const odds = parts.reduce((sum, part) => sum + part.odds, 0);
  expect(confidenceOf(features, model)).toBeCloseTo(1 / (1 + Math.exp(-odds)), 2);
});

test("checks that agree raise a confidence, those that differ lower it", () => {
  const weights = confidenceModel().weights;
  expect(weights["checks agree"]).toBeGreaterThan(0);
  expect(weights["checks differ"]).toBeLessThan(0);
});
