import { expect, test } from "vitest";
import { normalise } from "../../src/index.js";

test("an annotated run that cannot be read again is passed over once", () => {
  const text = "堅(jiān)持招商和項(xiàng)目?jī)深^並重,專班推進(jìn),逐個(gè)解決。";
  expect(normalise(text).text.length).toBeGreaterThan(10);
}, 20_000);
