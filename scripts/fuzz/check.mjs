// What must hold whatever the input.
import { ClippingError } from "../../dist/doc/index.js";
import { ExtractContract } from "../../dist/export/contract.js";
import { toContract } from "../../dist/export/extraction.js";
import { normalise } from "../../dist/index.js";
import { extractBytes } from "../../dist/pipeline.js";

/**
 * Runs one input. Undefined when all holds, else `{ name, detail }`. `most` is
 * the CPU seconds that 100,000 characters may take; short texts get as much.
 */
export async function check(bytes, most = 1) {
  let extraction;
  const before = process.cpuUsage();
  try {
    extraction = await extractBytes(bytes, { path: "fuzz.txt" });
  } catch (cause) {
    if (cause instanceof ClippingError) return undefined;
    return { name: "crash", detail: String(cause.stack ?? cause).slice(0, 600) };
  }
  const used = process.cpuUsage(before);
  const seconds = (used.user + used.system) / 1e6;
  const allowed = most * Math.max(1, extraction.text.length / 100_000);
  if (seconds > allowed)
    return { name: "slow", detail: `${seconds.toFixed(2)} s for ${extraction.text.length} characters` };
  return troubleOf(extraction) ?? roundTrip(extraction.text);
}

function troubleOf(extraction) {
  const printed = JSON.parse(JSON.stringify(toContract(extraction)));
  const read = ExtractContract.safeParse(printed);
  if (!read.success) return { name: "contract", detail: JSON.stringify(read.error.issues[0]) };
  for (const figure of extraction.figures) {
    const { start, end } = figure.at;
    const said = `${figure.indicator} ${figure.value} at ${start}–${end}`;
    if (!(start >= 0 && start < end && end <= extraction.text.length)) return { name: "span", detail: said };
    if (extraction.text.slice(start, end) !== figure.quote) return { name: "quote", detail: said };
    if (!Number.isFinite(figure.value)) return { name: "value", detail: said };
    if (!(figure.confidence >= 0 && figure.confidence <= 1)) return { name: "confidence", detail: said };
  }
  return undefined;
}

/** Each character of the normal text leads back into the text. */
function roundTrip(text) {
  const sample = text.slice(0, 20_000);
  const normal = normalise(sample);
  if (normal.map.length !== normal.text.length) return { name: "map", detail: "the map is not as long as its text" };
  for (let at = 0; at < normal.text.length; at++) {
    const start = normal.map.startOf(at);
    const end = normal.map.endOf(at);
    if (!(start >= 0 && start <= end && end <= sample.length))
      return { name: "map", detail: `character ${at} leads to ${start}–${end} of ${sample.length}` };
  }
  return undefined;
}
